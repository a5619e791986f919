"""Disturbs what a courier's message has begun, at one await after the other (tests/test_*_disturbed.py)."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Generator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from sqlite3 import Connection
import types
from typing import Any

from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.webhook import async_handle_webhook
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from homeassistant.util.aiohttp import MockRequest
import orjson
import pytest

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.entries.questions import Questions
from custom_components.courier_access.home_assistant.host import hand_over_soon
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.state.entries import find_reply
from tests.support.door_parts import Bolt
from tests.support.house import House, Sender, pass_time
from tests.support.rows import rows
from tests.support.verified import verified

COURIER = "courier-parcel-post"
TASKS = ("courier_access", "phone action ")
"""Whatever a message begins, by the names of the tasks."""


class Coming(StrEnum):
    """What comes in between, other than the end of Home Assistant, after which nothing can be sent again."""

    CALLER_LEAVES = "caller leaves"
    RELOAD = "reload"
    UNLOAD = "unload"


class SlowBolt(Bolt):
    """A lock that takes some turns of the loop to obey."""

    async def _take(self, name: str, *, locked: bool, opened: bool = False) -> None:
        for _ in range(3):
            await asyncio.sleep(0)
        await super()._take(name, locked=locked, opened=opened)


@dataclass(slots=True)
class Disturbance:
    """What is done at the n-th await of a message's tasks, from when they are counted; `awaits` are those that they made."""

    at: int
    act: Callable[[], None]
    counts: Callable[[], bool]
    awaits: int = field(default=0, init=False)
    done: bool = field(default=False, init=False)

    @types.coroutine
    def through(self, work: Coroutine[Any, Any, Any]) -> Generator[Any, Any, Any]:
        """Run some work and disturb it while it waits."""
        sent: Any = None
        thrown: BaseException | None = None
        while True:
            try:
                awaited = work.send(sent) if thrown is None else work.throw(thrown)
            except StopIteration as ended:
                return ended.value
            sent, thrown = None, None
            self.awaits += self.counts()
            if self.awaits == self.at and not self.done:
                self.done = True
                self.act()
            try:
                sent = yield awaited
            except BaseException as err:  # noqa: BLE001 - it is thrown into the work
                thrown = err

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """See every await of a message's tasks from now on."""

        def watched(create: Callable[..., Any]) -> Callable[..., Any]:
            def creating(
                hass: HomeAssistant,
                work: Any,
                name: str | None = None,
                *more: Any,
                **also: Any,
            ) -> Any:
                if name is not None and name.startswith(TASKS):
                    work = self._whole(work)
                return create(hass, work, name, *more, **also)

            return creating

        for create in ("async_create_task", "async_create_background_task"):
            patch.setattr(
                HomeAssistant, create, watched(getattr(HomeAssistant, create))
            )
        # What a question is pushed by are tasks of their own.
        push = Questions._send_one
        patch.setattr(Questions, "_send_one", lambda *args: self._whole(push(*args)))

    async def _whole(self, work: Coroutine[Any, Any, Any]) -> Any:
        return await self.through(work)


@dataclass(frozen=True, slots=True)
class OnDisk:
    """What the ledger says of a message: how often each kind of record names its grant, and the reply, if there is one."""

    records: Counter[str]
    reply: Mapping[str, Any]


@dataclass(slots=True)
class Doorstep:
    """A building, its door, and a courier who comes by one message after the other, each on a grant of its own."""

    house: House
    bolt: Bolt
    sender: Sender
    freezer: FrozenDateTimeFactory
    patch: pytest.MonkeyPatch
    answer: web.Response | None = field(default=None, init=False, kw_only=True)
    """What the last message was answered; None where its caller left."""

    @property
    def told(self) -> list[str]:
        """Who was notified since the message, each as often as they were."""
        return sorted(name for name, _ in (*self.house.told, *self.house.announced))

    def counts(self) -> bool:
        """Whether awaits count yet."""
        return True

    def begin(self) -> None:
        """Begin with nobody notified and the door at rest."""
        self.house.told.clear()
        self.house.announced.clear()
        self.bolt.commands.clear()

    def body(self, kind: str, data: Mapping[str, Any]) -> str:
        """Write a message."""
        message = {
            "type": kind,
            "timestamp": dt_util.utcnow().isoformat(),
            "data": dict(data),
        }
        return orjson.dumps(message).decode()

    async def post(self, number: int, body: str) -> web.Response:
        """Send a message as a cloudhook would, with a handler that can be cancelled."""
        request = MockRequest(
            content=body.encode(),
            headers=self.sender.headers(body, message_id=f"msg_{number}"),
            method="POST",
            mock_source="test",
        )
        return await async_handle_webhook(
            self.house.hass, self.sender.webhook_id, request
        )

    async def again(self, number: int, body: str) -> dict[str, Any]:
        """Send the message again, and let all come to rest."""
        response = await self.post(number, body)
        await self.rest()
        answered: dict[str, Any] = orjson.loads(response.text or "")
        return answered

    async def rest(self) -> None:
        """Let all come to rest, and the door be locked again."""
        await self.house.settle()
        await pass_time(self.house.hass, self.freezer, 6)
        await self.house.settle()

    async def disturb(
        self, number: int, body: str, coming: Coming | None
    ) -> Disturbance:
        """Send a message, let something come at an await of its tasks, and let all come to rest.

        Without anything else, a changed setting comes.
        """
        hass, entry_id = self.house.hass, self.house.entry.entry_id
        sending = asyncio.ensure_future(self.post(number, body))
        tasks: list[asyncio.Future[Any]] = []

        def act() -> None:
            match coming:
                case None:
                    hand_over_soon(hass, entry_id)
                case Coming.CALLER_LEAVES:
                    sending.cancel()
                case Coming.RELOAD:
                    tasks.append(
                        asyncio.ensure_future(
                            hass.config_entries.async_reload(entry_id)
                        )
                    )
                case Coming.UNLOAD:
                    tasks.append(
                        asyncio.ensure_future(
                            hass.config_entries.async_unload(entry_id)
                        )
                    )

        disturbance = Disturbance(number, act, self.counts)
        with self.patch.context() as patch:
            disturbance.watch(patch)
            [answer] = await asyncio.gather(sending, return_exceptions=True)
            await self.house.settle()
            await asyncio.gather(*tasks)
        self.answer = answer if isinstance(answer, web.Response) else None
        if coming is Coming.UNLOAD and disturbance.done:
            assert await hass.config_entries.async_setup(entry_id)
        await self.rest()
        return disturbance

    async def stop(self, number: int, body: str, at: int) -> Disturbance:
        """Send a message and stop Home Assistant at an await of its tasks."""
        stopping: list[asyncio.Future[None]] = []

        def act() -> None:
            stopping.append(
                asyncio.ensure_future(self.house.hass.async_stop(force=True))
            )

        disturbance = Disturbance(at, act, self.counts)
        with self.patch.context() as patch:
            disturbance.watch(patch)
            self.answer = await self.post(number, body)
            await self.house.settle()
            await asyncio.gather(*stopping)
        return disturbance

    async def on_disk(self, number: int) -> OnDisk:
        """Read what the ledger says, also after Home Assistant has stopped."""

        def read(conn: Connection) -> OnDisk:
            of_grant = rows(
                conn,
                """
                SELECT kind FROM records JOIN personal USING (seq)
                WHERE field = 'grant_id' AND value = :grant_id
                """,
                str,
                grant_id=f"G{number}",
            )
            kept = find_reply(conn, COURIER, f"msg_{number}")
            return OnDisk(
                Counter(of_grant),
                {} if kept is None else orjson.loads(kept.reply),
            )

        if self.house.hass.is_running:
            return await _verified(self.house.building.ledger, read)
        ledger = Ledger(ledger_path(self.house.hass, self.house.entry.entry_id))
        await ledger.open()
        try:
            return await _verified(ledger, read)
        finally:
            await ledger.close()

    def nothing_is_left(self) -> bool:
        """Whether nothing is under way in the building, nor held."""
        building = self.house.building
        return not (
            [task for task in building.host._tasks if not task.done()]
            or building.inbox._in_flight
            or building.grants._arriving.total()
            or building.questions._under_way
            or building.questions._sending
            or any(driver.turn.is_held for driver in building.drivers.values())
        )


async def _verified(ledger: Ledger, read: Callable[[Connection], OnDisk]) -> OnDisk:
    assert (await verified(ledger)).intact
    return await ledger.read(read)
