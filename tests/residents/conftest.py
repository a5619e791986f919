"""Fixtures for residents and their accounts."""

from homeassistant.core import HomeAssistant
import pytest

from tests.support.enqueued import move_in
from tests.support.house import House, build, courier, door, resident
from tests.support.people import People


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    """People with accounts, whether they live here or not."""
    people = People(hass)
    await people.move_in("Ada", "Cleo", "Mia", "Eve")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """A building where Ada lives in 3B and Cleo in 4A, each with an account and undecided."""
    return await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Cleo", "4A", None, person=people.person("Cleo")),
    )


@pytest.fixture
async def house_with_mia(house: House, people: People) -> House:
    """That building with Mia, who is pending in Ada's unit."""
    await move_in(house, resident("Mia", "3b", None, person=people.person("Mia")))
    return house


@pytest.fixture
async def paper_house(hass: HomeAssistant) -> House:
    """A building where Ben lives in 5C, who has no account and consented on paper."""
    return await build(hass, door(), courier(), resident("Ben", "5C"))
