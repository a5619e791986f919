"""Residents who are asked on their phones: the real app integration, registered and pushed to over HTTP."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    GrantKey,
    Proof,
    Rules,
)
from custom_components.courier_access.api.commands import async_confirm_resident
from custom_components.courier_access.api.permissions import async_actor
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.entries.questions import _Ask
from custom_components.courier_access.home_assistant.callbacks import Timer
from custom_components.courier_access.ledger.state import questions as asks
from custom_components.courier_access.ledger.state.questions import Asked
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.house import (
    Answer,
    House,
    Sender,
    build,
    courier,
    door,
    resident,
    until,
)
from tests.support.people import People, acting
from tests.support.phone_app import PhoneApp, register_app

TAG = "courier-access-ask-"
ASK = Rules(consent=Consent.GIVEN, schedule=ALWAYS, default=Attitude.ASK)


@dataclass(frozen=True, slots=True)
class AskedPhone(PhoneApp):
    """A phone with the app: the questions that were pushed to it, and what is answered."""

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The questions that were pushed so far."""
        return [
            push["data"]
            for push in self.pushes
            if push["data"]["tag"].startswith(TAG) and "actions" in push["data"]
        ]

    @property
    def showing(self) -> list[str]:
        """The tags of the questions that show now."""
        tags: dict[str, bool] = {}
        for push in self.pushes:
            if push["data"]["tag"].startswith(TAG):
                tags[push["data"]["tag"]] = push["message"] != "clear_notification"
        return [tag for tag, shows in tags.items() if shows]

    def button(self, title: str, question: int = -1) -> str:
        """Return what the app sends back for a button of a question."""
        [action] = [
            action["action"]
            for action in self.questions[question]["actions"]
            if action["title"] == title
        ]
        return str(action)

    async def answer(self, title: str, question: int = -1) -> None:
        """Press a button of a question, by default of the last one."""
        await self.press(self.button(title, question))


@dataclass(slots=True)
class AskedHouse:
    """A building whose residents' rules say that they want to be asked."""

    house: House
    people: People
    sender: Sender
    phones: dict[str, AskedPhone]

    @property
    def hass(self) -> HomeAssistant:
        """The Home Assistant."""
        return self.house.hass

    async def decide(self, name: str, rules: Rules) -> None:
        """Let a resident decide something."""
        building = self.house.building
        await building.rulebook.change(
            building.residents[f"resident-{name.lower()}"],
            rules,
            Author(self.people[name].id),
        )

    async def confirm(self, name: str, flatmate: str) -> None:
        """Let a flatmate confirm that somebody counts in their unit, where that is not so yet."""
        building = self.house.building
        resident = building.residents[f"resident-{name.lower()}"]
        if not resident.is_confirmed:
            actor = await async_actor(
                self.hass, acting(self.people[flatmate]), building.residents.values()
            )
            await async_confirm_resident(building, actor, resident)

    @property
    def waiting(self) -> int:
        """How many couriers wait for an answer."""
        return sum(len(ask.waiters) for ask in self.house.building.questions._under_way)

    async def back(self) -> None:
        """Wait until couriers who waited in the former building wait in the present one."""
        questions = self.house.building.questions
        await until(lambda: not any(ask.is_handed_over for ask in questions._under_way))

    async def rest(self) -> None:
        """Let what was sent arrive, while a courier waits who can't be waited for."""
        for _ in range(200):
            await asyncio.sleep(0)

    async def come(self, *names: str, **more: Any) -> asyncio.Task[Answer]:
        """Let a courier come to the door, and wait until these residents are asked and their phones took it."""
        entering = await self.show(*names, **more)
        # Time that passes must not run out for a push that is on its way.
        await until(lambda: not self.house.building.questions._sending)
        return entering

    async def show(self, *names: str, **more: Any) -> asyncio.Task[Answer]:
        """Let a courier come to the door, and wait until these residents see the question."""
        before = {name: len(self.phones[name].questions) for name in names}
        entering = asyncio.create_task(self.sender.enter(**more))
        await until(
            lambda: all(
                len(self.phones[name].questions) > before[name] for name in names
            )
        )
        return entering

    async def wait(self, freezer: FrozenDateTimeFactory, seconds: float) -> None:
        """Let time pass while a courier may be waiting, who can't be waited for."""
        freezer.tick(seconds)
        async_fire_time_changed(self.hass)
        await self.rest()

    async def silence(self, freezer: FrozenDateTimeFactory, *names: str) -> Answer:
        """Let a courier come whom nobody answers in time."""
        entering = await self.come(*names)
        await self.wait(freezer, 12)
        answer = await entering
        await self.settle()
        return answer

    async def settle(self) -> None:
        """Let everything that is under way come to rest."""
        await self.house.settle()


class PushService:
    """Takes pushes as the service behind the app does, at an address of 127.0.0.1."""

    def __init__(self) -> None:
        self._phones: dict[str, AskedPhone] = {}
        app = web.Application()
        app.router.add_post("/{name}", self._take)
        self._server = TestServer(app, host="127.0.0.1")
        self.status = 201

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncGenerator[Self]:
        """Run one."""
        service = cls()
        await service._server.start_server(access_log=None)
        try:
            yield service
        finally:
            await service._server.close()

    async def register(
        self,
        hass: HomeAssistant,
        client: TestClient[Any, Any],
        someone: User,
        name: str,
    ) -> AskedPhone:
        """Register a phone's app as the app does, logged in as its user."""
        app = {
            "push_token": "token",
            "push_url": str(self._server.make_url(f"/{name}")),
        }
        webhook_id = await register_app(hass, client, someone, name, app)
        self._phones[name] = AskedPhone(client, webhook_id)
        return self._phones[name]

    async def _take(self, request: web.Request) -> web.Response:
        push = await request.json()
        self._phones[request.match_info["name"]].pushes.append(push)
        return web.json_response({}, status=self.status)


async def asked_house(
    hass: HomeAssistant,
    clients: ClientSessionGenerator,
    service: PushService,
    lives: dict[str, str] | None = None,
    opener: str | None = None,
    without_phone: tuple[str, ...] = (),
    without_login: tuple[str, ...] = (),
    unlock_seconds: int = 5,
) -> AskedHouse:
    """Set up a building with these residents by name, by default one, each with a phone and asked about couriers."""
    lives = lives or {"Ada": "3B"}
    people = People(hass)
    await people.move_in(*lives)
    # All that has addresses is there before the server starts.
    assert await async_setup_component(hass, "mobile_app", {})
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done()
    client = await clients()
    phones = {
        name: await service.register(hass, client, people[name], name.lower())
        for name in lives
        if name not in (*without_phone, *without_login)
    }
    house = await build(
        hass,
        door(opener=opener, unlock_seconds=unlock_seconds),
        door("Garage", "garage"),
        courier(doors=("door-lobby", "door-garage"), rate_per_minute=6000),
        *(
            resident(
                name,
                unit,
                None,
                person=None if name in without_login else people.person(name),
                targets=[{"kind": "person_apps"}],
            )
            for name, unit in lives.items()
        ),
    )
    asked = AskedHouse(house, people, Sender(client), phones)
    for name, unit in lives.items():
        await asked.confirm(name, next(one for one in lives if lives[one] == unit))
        if name not in without_login:
            await asked.decide(name, ASK)
    await house.settle()
    return asked


async def ask_ada(house: House, key: GrantKey) -> str:
    """Ask Ada of Flat 1 at the lobby, without her phone; return the question's ID."""
    building, now = house.building, dt_util.utcnow()
    digest = asks.hash_token(key.grant_id)
    tokens = {digest: Asked("resident-ada", "flat 1")}
    about = (key, "door-lobby", Proof.SIGNED)
    ask_id = await building.ledger.write(
        lambda transaction: asks.begin(transaction, *about, tokens, now)
    )
    ask = _Ask(*about, now, tokens, Timer(house.hass), ask_id)
    building.questions._answerable[digest] = ask
    return digest


async def three_asked(
    hass: HomeAssistant, clients: ClientSessionGenerator, service: PushService
) -> AskedHouse:
    """Set up a building where Ada and Ben live in 3B and Cleo in 4A."""
    return await asked_house(
        hass, clients, service, {"Ada": "3B", "Ben": "3B", "Cleo": "4A"}
    )
