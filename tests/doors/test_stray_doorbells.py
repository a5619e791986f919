"""A door's issue while one of its doorbells is for a unit that no resident has."""

from homeassistant.core import HomeAssistant

from tests.support.doorbells import Ding, choose, hang
from tests.support.fixing import shown
from tests.support.house import House, build, courier, door, resident


async def rename_unit(house: House, name: str, unit: str) -> None:
    """Let the administrator give a resident's unit another name, as the resident's form stores it."""
    part = house.entry.subentries[f"resident-{name.lower()}"]
    data = {**part.data, "unit": unit}
    house.hass.config_entries.async_update_subentry(house.entry, part, data=data)
    await house.settle()


async def rung_house(hass: HomeAssistant) -> House:
    """Set up a building with a doorbell of 3B, where Ada and Ben live, and 4A, where Cleo does."""
    lives = {"Ada": "3B", "Ben": "3B", "Cleo": "4A"}
    residents = [resident(name, unit) for name, unit in lives.items()]
    house = await build(hass, door(), courier(), *residents)
    await choose(house, await hang(hass, Ding()), units=("3B", "4A"))
    return house


async def test_doorbell_of_a_renamed_unit_has_an_issue_until_the_new_name_is_chosen(
    hass: HomeAssistant,
) -> None:
    house = await rung_house(hass)
    await rename_unit(house, "Ada", "3 B")
    await rename_unit(house, "Cleo", " 4a")
    assert shown(hass, "doorbell_stray") is None
    await rename_unit(house, "Ben", "3 B")
    issue = shown(hass, "doorbell_stray")
    assert issue is not None
    names = {"door": "Lobby", "building": "12 Elm Street"}
    assert issue.translation_placeholders == names
    [bell] = house.building.bells
    await choose(house, bell.entity, units=("3 B", "4A"))
    assert shown(hass, "doorbell_stray") is None


async def test_doorbell_of_a_unit_that_gets_a_resident_has_no_issue_anymore(
    hass: HomeAssistant,
) -> None:
    house = await rung_house(hass)
    await rename_unit(house, "Cleo", "5C")
    assert shown(hass, "doorbell_stray") is not None
    await rename_unit(house, "Ben", "4A")
    assert shown(hass, "doorbell_stray") is None


async def test_doorbell_of_every_unit_has_no_issue(hass: HomeAssistant) -> None:
    house = await rung_house(hass)
    [bell] = house.building.bells
    await choose(house, bell.entity)
    await rename_unit(house, "Cleo", "5C")
    assert shown(hass, "doorbell_stray") is None
