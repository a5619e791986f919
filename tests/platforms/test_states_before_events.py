"""Test that what an event's automation reads is what the event says."""

from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.doors.doors import DoorEvent, DoorEventType
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import Sender, build, courier, door, resident

EVENT = "event.lobby_courier"
EXPECTED = "binary_sensor.lobby_delivery_expected"


async def test_announced_delivery_is_expected_when_its_event_triggers(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    assert hass.states.is_state(EXPECTED, STATE_OFF)
    automation = {
        "triggers": [{"trigger": "state", "entity_id": EVENT}],
        "conditions": [{"condition": "state", "entity_id": EXPECTED, "state": "on"}],
        "actions": [{"event": "lobby_light"}],
    }
    assert await async_setup_component(hass, "automation", {"automation": automation})
    lit: list[Event] = []
    hass.bus.async_listen("lobby_light", lit.append)

    await Sender(await hass_client_no_auth()).grant()
    await house.settle()
    await hass.async_block_till_done()

    assert len(lit) == 1


async def test_refunded_entry_is_expected_again_when_its_event_triggers(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    bolt = Bolt()
    house = await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await house.settle()
    bolt.raises = HomeAssistantError("jammed")
    seen: list[bool] = []

    @callback
    def note(event: DoorEvent) -> None:
        if event.type is DoorEventType.ENTRY_ADMITTED:
            seen.append(hass.states.is_state(EXPECTED, STATE_ON))

    house.building.events.listen("door-lobby", note)

    assert (await sender.enter()).body["entries_left"] == 1
    assert seen == [True]
