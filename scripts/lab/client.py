"""A user's connection to Home Assistant: REST, WebSocket and the flows, as the front end uses them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import Self

import aiohttp

from .answers import (
    Record,
    UnexpectedAnswerError,
    parsed,
    record,
    records,
    shorten,
    text,
)

SECONDS = 30


@dataclass(frozen=True, slots=True)
class Form:
    """What a flow shows: a form to fill in, a menu, or its end."""

    flow_id: str
    type: str
    content: Record

    @property
    def step(self) -> str:
        """The step's id."""
        return text(self.content, "step_id")

    @property
    def values(self) -> dict[str, object]:
        """What stands in the fields before anyone types, sections included."""
        return _prefilled(records(self.content.get("data_schema") or []))

    @property
    def fields(self) -> set[str]:
        """The names of all fields, those in sections too."""
        return set(_names(records(self.content.get("data_schema") or [])))


def _prefilled(fields: list[Record]) -> dict[str, object]:
    values: dict[str, object] = {}
    for shown in fields:
        name = text(shown, "name")
        description = record(shown.get("description") or {})
        if shown.get("type") == "expandable":
            values[name] = _prefilled(records(shown["schema"]))
        elif "suggested_value" in description:
            values[name] = description["suggested_value"]
        elif "default" in shown:
            values[name] = shown["default"]
    return {name: value for name, value in values.items() if value is not None}


def _names(fields: list[Record]) -> list[str]:
    names: list[str] = []
    for shown in fields:
        names.append(text(shown, "name"))
        if shown.get("type") == "expandable":
            names += _names(records(shown["schema"]))
    return names


@dataclass(slots=True)
class User:
    """Someone who is logged in. Every call raises UnexpectedAnswerError where it is turned down."""

    http: aiohttp.ClientSession
    url: str
    token: str

    async def call(self, method: str, path: str, body: object = None) -> object:
        """Make a REST call and return the JSON of its answer."""
        async with self.http.request(
            method,
            self.url + path,
            json=body,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=aiohttp.ClientTimeout(SECONDS),
        ) as answer:
            content = await answer.read()
        if not 200 <= answer.status < 300:
            said = shorten(content.decode(errors="replace"))
            raise UnexpectedAnswerError(f"{method} {path}: {answer.status} {said}")
        return parsed(content)

    async def get(self, path: str) -> object:
        """Read something."""
        return await self.call("GET", path)

    async def post(self, path: str, body: object = None) -> object:
        """Send something."""
        return await self.call("POST", path, body)

    async def act(self, action: str, data: Mapping[str, object]) -> None:
        """Perform an action such as `lock.unlock`."""
        await self.post(f"/api/services/{action.replace('.', '/')}", dict(data))

    async def ask(self, action: str, data: Mapping[str, object]) -> Record:
        """Perform an action that answers, and return its response."""
        path = f"/api/services/{action.replace('.', '/')}?return_response"
        return record(record(await self.post(path, dict(data)))["service_response"])

    async def state(self, entity_id: str) -> Record:
        """Return an entity's state object."""
        return record(await self.get(f"/api/states/{entity_id}"))

    async def reads(self, entity_id: str, state: str) -> None:
        """Wait until an entity is there and in a state."""
        async with asyncio.timeout(SECONDS):
            while True:
                with suppress(UnexpectedAnswerError):
                    if (await self.state(entity_id))["state"] == state:
                        return
                await asyncio.sleep(0.05)

    async def running(self) -> Record:
        """Wait until Home Assistant has started completely; returns its configuration."""
        async with asyncio.timeout(SECONDS * 4):
            while True:
                config = record(await self.get("/api/config"))
                if config["state"] == "RUNNING":
                    return config
                await asyncio.sleep(0.1)

    async def open_flow(self, handler: str) -> Form:
        """Open the flow that adds an integration."""
        return _form(await self.post(f"{FLOW}", {"handler": handler}))

    async def open_subentry_flow(
        self, entry_id: str, kind: str, subentry_id: str | None = None
    ) -> Form:
        """Open the flow that adds a part of an entry, or changes the one that is named."""
        start: dict[str, object] = {"handler": [entry_id, kind]}
        if subentry_id is not None:
            start["subentry_id"] = subentry_id
        return _form(await self.post(SUBENTRY_FLOW, start))

    async def fill(self, form: Form, values: Mapping[str, object]) -> Form:
        """Submit a form with the given values over what stands in it; sections by their name."""
        return await self._submit(FLOW, form, values)

    async def fill_subentry(self, form: Form, values: Mapping[str, object]) -> Form:
        """Do the same in a subentry flow."""
        return await self._submit(SUBENTRY_FLOW, form, values)

    async def open_options_flow(self, entry_id: str) -> Form:
        """Open the flow that changes an entry's options."""
        return _form(await self.post(OPTIONS_FLOW, {"handler": entry_id}))

    async def fill_options(self, form: Form, values: Mapping[str, object]) -> Form:
        """Submit a form of an options flow."""
        return await self._submit(OPTIONS_FLOW, form, values)

    async def choose_option(self, menu: Form, option: str) -> Form:
        """Choose from the menu of an options flow."""
        return _form(
            await self.post(f"{OPTIONS_FLOW}/{menu.flow_id}", {"next_step_id": option})
        )

    async def choose_subentry(self, menu: Form, option: str) -> Form:
        """Choose from the menu of a subentry flow."""
        return _form(
            await self.post(f"{SUBENTRY_FLOW}/{menu.flow_id}", {"next_step_id": option})
        )

    async def _submit(
        self, path: str, form: Form, values: Mapping[str, object]
    ) -> Form:
        filled = {**form.values, **values}
        result = _form(await self.post(f"{path}/{form.flow_id}", filled))
        if result.type == "form" and result.content.get("errors"):
            raise UnexpectedAnswerError(
                f"step {result.step} turned down: {shorten(result.content['errors'])}"
            )
        return result

    @asynccontextmanager
    async def channel(self) -> AsyncIterator[Channel]:
        """Open a WebSocket connection."""
        socket = await self.http.ws_connect(f"{self.url}/api/websocket", max_msg_size=0)
        async with Channel(socket) as channel:
            await channel.log_in(self.token)
            yield channel


FLOW = "/api/config/config_entries/flow"
OPTIONS_FLOW = "/api/config/config_entries/options/flow"
SUBENTRY_FLOW = "/api/config/config_entries/subentries/flow"


def _form(answer: object) -> Form:
    content = record(answer)
    return Form(text(content, "flow_id"), text(content, "type"), content)


type Listener = Callable[[Record], None]


@dataclass(slots=True)
class Channel:
    """A WebSocket connection: commands with a result, and subscriptions."""

    socket: aiohttp.ClientWebSocketResponse
    _ids: count[int] = field(default_factory=lambda: count(1))
    _waiting: dict[int, asyncio.Future[object]] = field(default_factory=dict)
    _listeners: dict[int, Listener] = field(default_factory=dict)
    _reader: asyncio.Task[None] | None = None

    async def log_in(self, token: str) -> None:
        """Authenticate; nothing else is answered before."""
        await self.socket.receive_json(timeout=SECONDS)
        await self.socket.send_json({"type": "auth", "access_token": token})
        answer = record(await self.socket.receive_json(timeout=SECONDS))
        if answer["type"] != "auth_ok":
            raise UnexpectedAnswerError(f"not logged in: {shorten(answer)}")
        self._reader = asyncio.create_task(self._read())

    async def command(self, kind: str, **fields: object) -> object:
        """Give a command and return its result."""
        return await self._send(next(self._ids), kind, fields)

    async def subscribe(self, listener: Listener, kind: str, **fields: object) -> None:
        """Have the listener called with every event of a subscription."""
        number = next(self._ids)
        self._listeners[number] = listener
        await self._send(number, kind, fields)

    async def _send(
        self, number: int, kind: str, fields: Mapping[str, object]
    ) -> object:
        waiting: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        self._waiting[number] = waiting
        try:
            await self.socket.send_json({"id": number, "type": kind, **fields})
            async with asyncio.timeout(SECONDS):
                return await waiting
        finally:
            del self._waiting[number]

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                break
            self._take(record(parsed(message.data)))
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(
                    UnexpectedAnswerError("the connection was closed")
                )

    def _take(self, message: Record) -> None:
        number = message.get("id")
        if not isinstance(number, int):
            return
        if message["type"] == "event":
            self._listeners[number](record(message["event"]))
        elif message["type"] == "result" and (waiting := self._waiting.get(number)):
            if message["success"]:
                waiting.set_result(message["result"])
            else:
                waiting.set_exception(UnexpectedAnswerError(shorten(message["error"])))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.socket.close()
        if self._reader is not None:
            self._reader.cancel()
            with suppress(asyncio.CancelledError):
                await self._reader
