"""A building with every kind of person, and one across the street: import the fixtures.

Ada, Abe, Nia, and Pia live in Flat 1. Nobody confirmed Nia; Pia and Ben have no account.
Cleo lives in Flat 2, Ben in Flat 3. Lea lives in Flat 4 and owns the building, Otto only
owns it. Zoe lives across the street, Dan nowhere.
"""

from typing import Any

from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.api import commands
from custom_components.courier_access.api.permissions import async_acting
from custom_components.courier_access.const import DOMAIN
from tests.support.house import (
    ALWAYS,
    House,
    across_the_street,
    ask,
    build,
    courier,
    door,
    resident,
)
from tests.support.people import People, acting


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in(
        *("Otto", "Lea", "Ada", "Abe", "Nia", "Cleo", "Dan", "Zoe", "Fay", "Gone")
    )
    for owner in ("Otto", "Lea"):
        await hass.auth.async_update_user(people[owner], group_ids=[GROUP_ID_ADMIN])
    people.users["System"] = await hass.auth.async_create_system_user(
        "Voice", group_ids=[GROUP_ID_ADMIN]
    )
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """Return a building of four units, next to another building."""

    def lives(name: str, unit: str) -> Any:
        return resident(name, unit, None, person=people.person(name))

    house = await build(
        hass,
        door(),
        courier(rate_per_minute=6000),
        lives("Ada", "Flat 1"),
        resident("Pia", "Flat 1"),
        lives("Abe", "Flat 1"),
        lives("Nia", "Flat 1"),
        lives("Cleo", "Flat 2"),
        resident("Ben", "Flat 3"),
        lives("Lea", "Flat 4"),
        lives("Fay", "Flat 5"),
    )
    gate, post, zoe = across_the_street()
    zoes = {**zoe["data"], "person": people.person("Zoe"), "paper": None}
    street = MockConfigEntry(
        domain=DOMAIN,
        title="Across",
        data={"household": "several"},
        subentries_data=[gate, post, {**zoe, "data": zoes}],
    )
    street.add_to_hass(hass)
    assert await hass.config_entries.async_setup(street.entry_id)
    ada = acting(people["Ada"])
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    adas = await async_acting(house.building, ada)
    for name in ("abe", "pia"):
        each = house.building.residents[f"resident-{name}"]
        await commands.async_confirm_resident(house.building, adas, each)
    await house.settle()
    return house
