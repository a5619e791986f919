"""Test what comes to a building that is being loaded."""

from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event

from custom_components.courier_access.entries.request import EntryResult
from custom_components.courier_access.entries.unsigned import Shown
from tests.support.house import House


async def test_driver_who_comes_before_the_building_is_loaded_is_not_answered(
    hass: HomeAssistant, house: House
) -> None:
    answers: list[EntryResult] = []

    async def ring() -> None:
        lobby = house.building.directory.doors["door-lobby"]
        answers.append(await house.building.unsigned.request(lobby, Shown()))

    @callback
    def come(_: Event[EventStateChangedData]) -> None:
        hass.async_create_task(ring())

    assert await hass.config_entries.async_unload(house.entry.entry_id)
    leave = async_track_state_change_event(hass, ["lock.lobby"], come)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    leave()
    await house.settle()
    assert {answer.reason for answer in answers} == {"not_ready"}
