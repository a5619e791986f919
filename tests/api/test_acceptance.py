"""Acceptance follows all of a resident's rules, and what they depend on."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from tests.support.house import House, ask, build, courier, door, pass_time, utc
from tests.support.people import People

ACCEPTING = "binary_sensor.ada_accepting_deliveries"
# A Tuesday, in winter.
NOON = utc(2026, 11, 24, 12, 0)

pytestmark = pytest.mark.freeze_time(NOON)


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    await hass.config.async_set_time_zone("UTC")
    homes = await people.homes(Ada="3B", Bea="3B")
    house = await build(hass, door(), courier(), *homes, household="one")
    await people.consent(house, "Ada")
    return house


async def set_rules(house: House, people: People, **rules: Any) -> None:
    await ask(house, "set_rules", "resident-ada", people.acting("Ada"), **rules)


def read(house: House, entity_id: str = ACCEPTING) -> tuple[str, object]:
    """Return whether somebody accepts deliveries, and when that changes."""
    state = house.hass.states.get(entity_id)
    assert state is not None
    return state.state, state.attributes["next_change"]


async def test_exception_closes_the_hours_and_shows_its_end(
    house: House, people: People, freezer: FrozenDateTimeFactory
) -> None:
    assert read(house) == ("on", None)

    holiday = {"from": "2026-11-25", "to": "2026-11-26"}
    await set_rules(house, people, exceptions=[holiday])
    assert read(house) == ("on", utc(2026, 11, 25, 0, 0))

    await pass_time(house.hass, freezer, 12 * 3600)
    assert read(house) == ("off", utc(2026, 11, 27, 0, 0))


async def test_linked_entity_counts_at_once_and_after_it_is_renamed(
    hass: HomeAssistant, house: House, people: People
) -> None:
    registry = er.async_get(hass)
    registry.async_get_or_create(
        "input_boolean", "test", "home", suggested_object_id="home"
    )

    async def turned(entity_id: str, state: str) -> str:
        hass.states.async_set(f"input_boolean.{entity_id}", state)
        await hass.async_block_till_done()
        return read(house)[0]

    await turned("home", "off")
    await set_rules(house, people, only_while=["input_boolean.home"])
    assert read(house)[0] == "off"
    assert await turned("home", "on") == "on"

    registry.async_update_entity(
        "input_boolean.home", new_entity_id="input_boolean.there"
    )
    await hass.async_block_till_done()
    assert read(house)[0] == "off"
    assert await turned("there", "on") == "on"

    await set_rules(house, people, only_while=[])
    assert await turned("there", "off") == "on"


async def test_pending_resident_accepts_nothing(house: House, people: People) -> None:
    await people.consent(house, "Bea")
    of_bea = "binary_sensor.bea_accepting_deliveries"
    assert read(house, of_bea)[0] == "off"

    await people.confirm(house, "Bea", "Ada")

    assert read(house, of_bea)[0] == "on"


async def test_building_hours_end_acceptance(house: House) -> None:
    hours = {"tuesday": [{"from": "18:00:00", "to": "20:00:00"}]}
    house.hass.config_entries.async_update_entry(
        house.entry, options={"building_hours": hours}
    )
    await house.settle()

    assert read(house) == ("off", utc(2026, 11, 24, 18, 0))
