"""A door's issue while one of its doorbells was removed, is disabled, or is unavailable."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from tests.support.doorbells import Ding, Occupied, Visitor, choose, hang
from tests.support.fixing import shown
from tests.support.house import House, build, pass_time

HOUR = 3600


@pytest.fixture
async def ding(hass: HomeAssistant) -> Ding:
    """A doorbell that can be reached."""
    return await hang(hass, Ding())


@pytest.fixture
async def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ding: Ding
) -> House:
    """A building with two doorbells at its door."""
    house = await build(hass)
    await choose(house, ding, await hang(hass, Visitor()))
    return house


def is_lost(hass: HomeAssistant) -> bool:
    """Return whether the door has the issue; it names the door and the building."""
    if (issue := shown(hass, "doorbell_lost")) is None:
        return False
    names = {"door": "Lobby", "building": "12 Elm Street"}
    assert issue.translation_placeholders == names
    return True


async def test_doorbell_that_is_unavailable_for_an_hour_has_an_issue_until_it_is_back(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, house: House, ding: Ding
) -> None:
    for _ in range(2):
        ding.connect(is_started=False)
        await pass_time(hass, freezer, HOUR - 1)
        assert not is_lost(hass)
        ding.connect(is_started=True)
    ding.connect(is_started=False)
    await pass_time(hass, freezer, HOUR)
    assert is_lost(hass)
    await choose(house, ding)
    assert is_lost(hass)
    ding.connect(is_started=True)
    assert not is_lost(hass)


async def test_second_doorbell_that_fails_does_not_delay_the_issue_of_the_first(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, house: House, ding: Ding
) -> None:
    visitor = await hang(hass, Occupied())
    await choose(house, ding, visitor)
    ding.connect(is_started=False)
    await pass_time(hass, freezer, HOUR / 2)
    visitor.report(is_on=False, is_available=False)
    await pass_time(hass, freezer, HOUR / 2)
    assert is_lost(hass)
    ding.connect(is_started=True)
    assert is_lost(hass)
    visitor.end()
    assert not is_lost(hass)


async def test_doorbell_that_never_existed_has_an_issue_after_an_hour(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, house: House
) -> None:
    await choose(house, "binary_sensor.nowhere")
    assert not is_lost(hass)
    await pass_time(hass, freezer, HOUR)
    assert is_lost(hass)


async def test_disabled_doorbell_has_an_issue_at_once_until_it_is_enabled(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, house: House, ding: Ding
) -> None:
    registry, entity_id = er.async_get(hass), ding.entity_id
    disabled = er.RegistryEntryDisabler.USER
    registry.async_update_entity(entity_id, disabled_by=disabled)
    await hass.async_block_till_done()
    assert hass.states.get(entity_id) is None
    assert is_lost(hass)
    await house.reload()
    assert is_lost(hass)
    registry.async_update_entity(entity_id, disabled_by=None)
    await hang(hass, Ding())
    await hass.async_block_till_done()
    assert not is_lost(hass)


async def test_removed_doorbell_has_an_issue_until_another_one_is_chosen(
    hass: HomeAssistant, house: House, ding: Ding
) -> None:
    er.async_get(hass).async_remove(ding.entity_id)
    await hass.async_block_till_done()
    assert is_lost(hass)
    await choose(house)
    assert not is_lost(hass)


async def test_door_that_is_removed_has_no_issue(
    hass: HomeAssistant, house: House, ding: Ding
) -> None:
    er.async_get(hass).async_remove(ding.entity_id)
    await hass.async_block_till_done()
    assert is_lost(hass)
    hass.config_entries.async_remove_subentry(house.entry, "door-lobby")
    await house.settle()
    assert not is_lost(hass)
