"""Acceptance follows all of a resident's rules, and what they depend on."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.courier_access.api.commands import (
    async_set_rules,
)
from custom_components.courier_access.api.permissions import async_acting
from tests.support.house import (
    ALWAYS,
    House,
    build,
    courier,
    door,
    pass_time,
    resident,
    utc,
)
from tests.support.people import People, acting

ACCEPTING = "binary_sensor.ada_accepting_deliveries"
# A Tuesday, in winter.
NOON = utc(2026, 11, 24, 12, 0)

pytestmark = pytest.mark.freeze_time(NOON)


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    await hass.config.async_set_time_zone("UTC")
    people = People(hass)
    await people.move_in("Ada", "Bea")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    return await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Bea", "3B", None, person=people.person("Bea")),
        household="one",
    )


async def set_rules(
    house: House, people: People, name: str = "Ada", **rules: Any
) -> None:
    building = house.building
    actor = await async_acting(building, acting(people[name]))
    await async_set_rules(
        building, actor, building.residents[f"resident-{name.lower()}"], rules
    )


def read(hass: HomeAssistant, entity_id: str = ACCEPTING) -> State:
    state = hass.states.get(entity_id)
    assert state is not None
    return state


async def test_exception_closes_the_hours_and_shows_its_end(
    hass: HomeAssistant, house: House, people: People, freezer: FrozenDateTimeFactory
) -> None:
    await set_rules(house, people, consent=True, windows=ALWAYS)
    assert (read(hass).state, read(hass).attributes["next_change"]) == ("on", None)

    await set_rules(
        house, people, exceptions=[{"from": "2026-11-25", "to": "2026-11-26"}]
    )
    assert read(hass).attributes["next_change"] == utc(2026, 11, 25, 0, 0)

    await pass_time(hass, freezer, 12 * 3600)
    assert read(hass).state == "off"
    assert read(hass).attributes["next_change"] == utc(2026, 11, 27, 0, 0)


async def test_linked_entity_counts_at_once_and_after_it_is_renamed(
    hass: HomeAssistant, house: House, people: People
) -> None:
    registry = er.async_get(hass)
    registry.async_get_or_create(
        "input_boolean", "test", "home", suggested_object_id="home"
    )
    hass.states.async_set("input_boolean.home", "off")
    await set_rules(
        house, people, consent=True, windows=ALWAYS, only_while=["input_boolean.home"]
    )
    assert read(hass).state == "off"

    hass.states.async_set("input_boolean.home", "on")
    await hass.async_block_till_done()
    assert read(hass).state == "on"

    registry.async_update_entity(
        "input_boolean.home", new_entity_id="input_boolean.there"
    )
    await hass.async_block_till_done()
    assert read(hass).state == "off"
    hass.states.async_set("input_boolean.there", "on")
    await hass.async_block_till_done()
    assert read(hass).state == "on"

    await set_rules(house, people, only_while=[])
    hass.states.async_set("input_boolean.there", "off")
    await hass.async_block_till_done()
    assert read(hass).state == "on"


async def test_pending_resident_accepts_nothing(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await set_rules(house, people, "Bea", consent=True, windows=ALWAYS)
    of_bea = "binary_sensor.bea_accepting_deliveries"
    assert read(hass, of_bea).state == "off"

    await hass.services.async_call(
        "courier_access",
        "confirm_resident",
        {"device_id": house.device("resident-bea").id},
        blocking=True,
        context=acting(people["Ada"]),
    )

    assert read(hass, of_bea).state == "on"


async def test_building_hours_end_acceptance(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await set_rules(house, people, consent=True, windows=ALWAYS)
    evenings = {"tuesday": [{"from": "18:00:00", "to": "20:00:00"}]}
    hass.config_entries.async_update_entry(
        house.entry, options={"building_hours": evenings}
    )
    await house.settle()

    assert read(hass).state == "off"
    assert read(hass).attributes["next_change"] == utc(2026, 11, 24, 18, 0)
