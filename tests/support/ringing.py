"""Drivers whose pages wait at a door, over real HTTP, while time is moved."""

import asyncio
from dataclasses import dataclass
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.support.asked_phones import AskedHouse, PushService, asked_house
from tests.support.drivers import (
    Driver,
    at_door,
    behind_a_proxy,
    hang_sheets,
    said,
)
from tests.support.house import ask, quiet, until
from tests.support.pages import Answer

LETS_IN = "The door is open. Please come in."
STILL_ASKING = (
    "Still asking … Please keep this page open and the screen on."
    " An answer can take two minutes."
)


@dataclass(slots=True)
class Page:
    """A driver's page at the lobby that rang or showed a code."""

    ringing: Ringing
    driver: Driver
    to: str = ""

    async def send(self, **shown: str) -> Answer:
        """Send what the page shows, by default a ring, and keep where it leads to."""
        form = await self.driver.form(0 if shown else 1)
        return self._keep(await self.driver.send({**form, **shown}))

    async def ring_again(self) -> Answer:
        """Tap *Ring again* on the page."""
        shown = await self.fetch()
        [form] = [each for each in shown.page.forms if "again" in each]
        return self._keep(await self.driver.send(form))

    async def fetch(self) -> Answer:
        """Let the browser look for the answer once, for at most two seconds."""
        looking = asyncio.create_task(self.driver.look(self.to))
        await self.ringing.rest()
        while not looking.done():
            await self.ringing.wait(0.5)
        return await looking

    async def reads(self) -> str:
        """Fetch the page, and return what it says."""
        return said(await self.fetch())

    def _keep(self, sent: Answer) -> Answer:
        if sent.status == 303:
            self.to = sent.headers["Location"]
        return sent


@dataclass(slots=True)
class Ringing:
    """A building with a sheet at the lobby, and who comes to it."""

    asked: AskedHouse
    freezer: FrozenDateTimeFactory
    door: Driver

    def page(self, network: str = "198.51.100.7") -> Page:
        """Return a page of a driver in a network."""
        return Page(self, Driver(self.door.client, self.door.path, network))

    async def rings(self, network: str = "198.51.100.7", *names: str) -> Page:
        """Let a driver ring, and wait until these residents are asked, by default Ada."""
        page, phones = self.page(network), self.asked.phones
        before = {name: len(phones[name].questions) for name in names or ("Ada",)}
        await page.send()
        await until(
            lambda: all(len(phones[name].questions) > before[name] for name in before)
        )
        await self.sent()
        return page

    async def sent(self) -> None:
        """Wait until no question is on its way to a phone."""
        await until(lambda: not self.asked.house.building.questions._sending)

    async def bell(self) -> asyncio.Task[dict[str, Any]]:
        """Press the door's own bell, whose automation calls the action."""
        ringing = asyncio.create_task(
            ask(self.asked.house, "request_entry", "door-lobby", Context(), ring=True)
        )
        await self.rest()
        return ringing

    async def after(self, seconds: float, *pages: Page) -> None:
        """Let time pass, while these pages are fetched every five seconds."""
        ends = dt_util.utcnow().timestamp() + seconds
        while (left := ends - dt_util.utcnow().timestamp()) > 0:
            for page in pages:
                await page.fetch()
            left = ends - dt_util.utcnow().timestamp()
            await self.wait(max(0.0, min(left, 3.0)))

    async def wait(self, seconds: float) -> None:
        """Let time pass, and what was due in it happen."""
        self.freezer.tick(seconds)
        async_fire_time_changed(self.asked.hass)
        await self.rest()

    async def answer(self, title: str = "Let in", name: str = "Ada") -> None:
        """Let a resident answer the last question."""
        await self.asked.phones[name].answer(title)
        await self.rest()

    async def rest(self) -> None:
        """Let what is under way be written, while somebody waits who can't be waited for."""
        building = self.asked.house.building
        hashing = building.passes._hashing
        for _ in range(4):
            await quiet()
            # Hashes are made in a thread of their own.
            await until(lambda: not hashing.locked())
            await building.ledger.read(lambda conn: None)
        await quiet()

    def questions(self, name: str = "Ada") -> int:
        """Return how many questions a resident was asked so far."""
        return len({push["tag"] for push in self.asked.phones[name].questions})


async def ringing_house(
    hass: HomeAssistant,
    clients: ClientSessionGenerator,
    service: PushService,
    freezer: FrozenDateTimeFactory,
    opener: str | None = None,
    **lives: str,
) -> Ringing:
    """Set up a building whose residents expect a parcel each, by default Ada of 3B."""
    await behind_a_proxy(hass)
    lives = lives or {"Ada": "3B"}
    asked = await asked_house(hass, clients, service, lives, opener)
    for unit in lives.values():
        await asked.sender.grant(f"of-{unit}", units=(unit,), door="lobby")
    sheets = await hang_sheets(asked.house, "door-lobby")
    door = at_door(asked.sender.client, sheets["door-lobby"])
    return Ringing(asked, freezer, door)
