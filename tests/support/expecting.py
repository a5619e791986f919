"""A building where Ada of 3B and Cleo of 4A take deliveries from drivers, with a sheet at the lobby."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp.test_utils import TestClient
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.doors.doors import Sheet
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.drivers import Driver, at_door, hang_sheets
from tests.support.enqueued import move_in
from tests.support.house import ALWAYS, House, ask, build, courier, door, resident
from tests.support.people import People, acting, user
from tests.support.wires import Wire, connect

OUTSIDE = "https://elm.example"
SECRETS = ("Ada", "Cleo", "3B", "3b", "4A", "4a", "Parcel Post")


@dataclass(slots=True)
class Expecting:
    """The building, its residents, and a driver at the lobby."""

    house: House
    people: People
    ada: Wire
    client: TestClient[Any, Any]
    sheet: Sheet

    @property
    def driver(self) -> Driver:
        """A driver who scanned the sheet at the lobby."""
        return at_door(self.client, self.sheet)

    async def expect(
        self, start: datetime | None = None, at: str = "door-lobby", **more: Any
    ) -> dict[str, str]:
        """Expect a parcel to 3B within two hours; return how it is named."""
        start = start or dt_util.utcnow()
        delivery = {
            "courier": "Parcel Post",
            "units": ["3B"],
            "starts_at": start.isoformat(),
            "ends_at": (start + timedelta(hours=2)).isoformat(),
        }
        issued = await ask(
            self.house,
            "issue_grant",
            at,
            acting(self.people["Ada"]),
            **delivery | more,
        )
        assert issued["decision"] == "accepted", issued
        return {"courier": issued["courier_id"], "grant_id": issued["grant_id"]}

    async def make_pass(self, start: datetime | None = None, **more: Any) -> Any:
        """Make a pass for a delivery that Ada expects."""
        return await self.ada.result("passes/make", **await self.expect(start, **more))

    async def pin(self) -> str:
        """Make a pass as Ada does, whose panel isn't followed while time is moved."""
        building, named = self.house.building, await self.expect()
        grant = building.grants.live(GrantKey(named["courier"], named["grant_id"]))
        assert grant is not None
        ada = building.residents["resident-ada"]
        return (await building.passes.make(grant, ada, Author())).pin

    def with_link(self, made: Any) -> Driver:
        """Return a driver who was sent a pass's link."""
        return Driver(self.client, made["link"].removeprefix(OUTSIDE))

    async def allow(self, proof: str) -> None:
        """Let Ada decide what she lets in without a question."""
        ada = acting(self.people["Ada"])
        await ask(self.house, "set_rules", "resident-ada", ada, default_proof=proof)


async def expecting_house(
    hass: HomeAssistant,
    clients: ClientSessionGenerator,
    wires: WebSocketGenerator,
    opener: str | None = None,
) -> Expecting:
    """Set the building up; `opener` opens the lobby."""
    await hass.config.async_update(external_url=OUTSIDE)
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    assert await async_setup_component(hass, "courier_access", {})
    house = await two_flats(hass, people, opener)
    sheets = await hang_sheets(house, "door-lobby")
    ada = await connect(hass, house, wires, people["Ada"])
    return Expecting(house, people, ada, await clients(), sheets["door-lobby"])


async def two_flats(
    hass: HomeAssistant, people: People, opener: str | None = None
) -> House:
    """Let Ada of 3B and Cleo of 4A take deliveries at any time, at two doors."""
    house = await build(
        hass,
        door(opener=opener),
        door("Garage", "garage"),
        courier(doors=("door-lobby", "door-garage")),
        *(
            resident(name, unit, None, person=people.person(name))
            for name, unit in (("Ada", "3B"), ("Cleo", "4A"))
        ),
    )
    for name in ("Ada", "Cleo"):
        await ask(
            house,
            "set_rules",
            f"resident-{name.lower()}",
            acting(people[name]),
            consent=True,
            windows=ALWAYS,
        )
    return house


async def move_mia_in(
    at: Expecting, hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> Wire:
    """Let Mia move in with Ada; she is pending."""
    at.people.users["Mia"] = await user(hass, "Mia")
    hass.states.async_set("person.mia", "home", {"user_id": at.people["Mia"].id})
    at.house.listen("Mia")
    await move_in(at.house, resident("Mia", "3B", None, person="person.mia"))
    return await connect(hass, at.house, hass_ws_client, at.people["Mia"])
