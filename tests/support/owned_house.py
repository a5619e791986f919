"""A building of four residents and two couriers: import its fixtures."""

from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest

from tests.support.door_parts import BOLT, CONTACT, Bolt, install_bolt
from tests.support.house import KEY, House, ask, build, courier, door, resident
from tests.support.people import People
from tests.support.signing import PUBLIC
from tests.support.wires import Wire

OLD_KEY = "whsec_" + "B" * 32
OWN_HOURS = {"tuesday": [{"from": "06:10:00", "to": "06:20:00"}]}


@pytest.fixture
async def bolt(hass: HomeAssistant) -> Bolt:
    bolt = Bolt()
    await install_bolt(hass, bolt)
    return bolt


@pytest.fixture
async def house(hass: HomeAssistant, people: People, bolt: Bolt) -> House:
    """Ada decides by herself, Nia waits for her, Ben said yes on paper, and Cleo decided nothing."""
    await hass.config.async_update(external_url="https://elm.example")
    hass.states.async_set(CONTACT, "off")
    entity = er.async_get(hass).async_get(BOLT)
    assert entity is not None
    house = await build(
        hass,
        door(opener=entity.id, contact=CONTACT),
        courier(
            keys=[{"key": KEY, "ends_at": None}, {"key": OLD_KEY, "ends_at": soon()}]
        ),
        courier(
            "Own Key", keys=[{"key": PUBLIC, "ends_at": None}], enabled=False, doors=()
        ),
        *await people.homes(Ada="3B", Nia="3B"),
        resident("Ben", "4A", OWN_HOURS),
        resident("Cleo", "5C", None, targets=[{"kind": "person_apps"}]),
    )
    decided = {"consent": True, "windows": OWN_HOURS, "digest_at": "19:37"}
    await ask(house, "set_rules", "resident-ada", people.acting("Ada"), **decided)
    return house


def soon() -> str:
    return (dt_util.utcnow() + timedelta(hours=20)).isoformat()


async def part(wire: Wire, name: str) -> list[dict[str, Any]]:
    """Return a part of the administrator's view of the building."""
    found: list[dict[str, Any]] = (await wire.result("building"))[name]
    return found
