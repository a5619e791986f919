"""Test what the phone of an administrator gets in the first hour (docs/tutorial.md)."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.doors.doors import sheets_of
from tests.support.drivers import at_door
from tests.support.house import ALWAYS, House, pass_time
from tests.support.people import People, access_token, user
from tests.support.phone_app import PhoneApp, PushService, push_service
from tests.support.rows import bodies
from tests.support.wires import connect

BUILDINGS = "/api/config/config_entries/flow"
PARTS = "/api/config/config_entries/subentries/flow"
BUILDING = {"name": "12 Elm Street", "household": "several", "door": "Front door"}


@dataclass(slots=True)
class Olive:
    """Olive, who administers Home Assistant, at her browser and with her phone."""

    hass: HomeAssistant
    people: People
    service: PushService
    phone: PhoneApp

    @property
    def pushes(self) -> list[str]:
        """Return what her phone shows, the oldest first."""
        return [push["message"] for push in self.phone.pushes]

    async def fill(
        self, flows: str, handler: str | list[str], *answers: dict[str, Any]
    ) -> dict[str, Any]:
        """Fill in the forms of a flow, one after the other; return its end."""
        token = await access_token(self.hass, self.people["Olive"])
        headers = {"Authorization": f"Bearer {token}"}
        path = flows
        for answer in ({"handler": handler}, *answers):
            response = await self.service.client.post(
                path, json=answer, headers=headers
            )
            assert response.status == 200, await response.text()
            shown: dict[str, Any] = await response.json()
            path = f"{flows}/{shown['flow_id']}"
        return shown

    async def add_building(self, couriers: list[str], *residents: str) -> House:
        """Add a building with couriers and the residents of one home."""
        people = {"couriers": couriers, "residents": residents, "unit": "3B"}
        made = await self.fill(BUILDINGS, DOMAIN, BUILDING, people)
        assert made["type"] == "create_entry", made
        house = House(self.hass, self.entry)
        await house.settle()
        return house

    @property
    def entry(self) -> MockConfigEntry:
        [entry] = self.hass.config_entries.async_entries(DOMAIN)
        return entry  # type: ignore[return-value]


@pytest.fixture
async def olive(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> AsyncGenerator[Olive]:
    people = People(hass)
    for name in ("Olive", "Ben"):
        people.users[name] = await user(hass, name, admin=name == "Olive")
    persons = [
        {"id": name.lower(), "name": name, "user_id": someone.id}
        for name, someone in people.users.items()
    ]
    for component, config in (
        ("person", {"person": persons}),
        ("websocket_api", {}),
        ("config", {}),
        ("calendar", {}),
        (DOMAIN, {}),
    ):
        assert await async_setup_component(hass, component, config)
    async with push_service(hass, hass_client_no_auth) as service:
        phone = await service.register(people["Olive"], "Olive's phone")
        yield Olive(hass, people, service, phone)


async def test_tutorial_pushes_two_notifications_besides_the_entrys_own(
    olive: Olive, hass_ws_client: WebSocketGenerator, freezer: FrozenDateTimeFactory
) -> None:
    house = await olive.add_building(["DHL"], "person.olive")
    wire = await connect(olive.hass, house, hass_ws_client, olive.people["Olive"])
    [resident] = house.building.residents
    [courier] = house.building.directory.couriers
    [door] = house.building.directory.doors

    for change in ({"consent": True}, {"windows": ALWAYS}):
        revision = (await wire.result("rules/get", resident=resident))["revision"]
        await wire.result("rules/set", resident=resident, revision=revision, **change)
    now = dt_util.now().replace(tzinfo=None)
    issued = await wire.result(
        "grants/issue",
        courier=courier,
        door=door,
        units=["3B"],
        starts_at=now.isoformat(),
        ends_at=(now + timedelta(hours=2)).isoformat(),
    )
    grant = {"courier": courier, "grant_id": issued["grant_id"]}
    made = await wire.result("passes/make", **grant)
    await house.settle()
    said_yes, announced = olive.pushes
    assert said_yes.startswith("You said yes. Couriers may come always. ")
    assert announced.startswith("DHL is expected at Front door, ")

    driver = at_door(olive.service.client, sheets_of(house.entry)[door])
    assert "The door is open" in await driver.enter(made["pin"])
    await house.settle()
    # Nothing else waits to be sent later.
    await pass_time(olive.hass, freezer, 600)
    await house.settle()
    assert len(olive.pushes) == 3
    assert olive.pushes[-1].startswith("DHL was let in at Front door, ")


async def test_new_courier_is_pushed_to_everybody_but_who_registered_it(
    olive: Olive,
) -> None:
    bens = await olive.service.register(olive.people["Ben"], "Ben's phone")
    house = await olive.add_building([], "person.olive", "person.ben")
    [door] = house.building.directory.doors
    before = len(bens.pushes)
    details = {
        "name": "UPS",
        "doors": [door],
        "longest_grant_hours": 12,
        "rate_per_minute": 60,
    }
    await olive.fill(
        PARTS,
        [house.entry.entry_id, "courier"],
        details,
        {"next_step_id": "unsigned"},
    )
    await house.settle()

    assert await bodies(house.building.ledger, "courier.admitted")
    [push] = bens.pushes[before:]
    assert push["message"].startswith("The administrator registered UPS.")
    assert not any("UPS" in message for message in olive.pushes)


async def test_invitation_is_pushed_to_residents_whom_somebody_else_added(
    olive: Olive,
) -> None:
    bens = await olive.service.register(olive.people["Ben"], "Ben's phone")
    house = await olive.add_building(["DHL"], "person.olive", "person.ben")

    invited = [
        each["message"] for each in bens.pushes if "May couriers" in each["message"]
    ]
    assert len(invited) == 1
    assert not any("May couriers" in message for message in olive.pushes)
    # A person who is added again by somebody else is invited like anybody.
    [resident] = [
        key for key, each in house.building.residents.items() if each.name == "Olive"
    ]
    part = house.entry.subentries[resident]
    olive.hass.config_entries.async_remove_subentry(house.entry, resident)
    await house.settle()
    olive.hass.config_entries.async_add_subentry(house.entry, part)
    await house.settle()
    assert sum("May couriers" in message for message in olive.pushes) == 1
