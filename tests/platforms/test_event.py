"""The courier event entity."""

from collections.abc import Mapping
import json

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.doors.events import DoorEvent, DoorEventType
from tests.support.door_parts import CONTACT, Bolt, install_bolt
from tests.support.house import Sender, build, courier, door, pass_time, resident, watch

LOBBY = "event.lobby_courier"


def event_state(hass: HomeAssistant, entity_id: str = LOBBY) -> State:
    state = hass.states.get(entity_id)
    assert state is not None
    return state


def what(state: State) -> Mapping[str, object]:
    """Return an event's type and own attributes."""
    ours = ("event_type", "courier", "door", "reason", "outcome", "entry_id")
    return {name: state.attributes[name] for name in ours if name in state.attributes}


async def test_event_is_unknown_at_first(hass: HomeAssistant) -> None:
    await build(hass)

    assert event_state(hass).state == "unknown"
    assert event_state(hass).attributes["event_types"] == [
        kind.value for kind in DoorEventType
    ]


async def test_entry_fires_events_from_announcement_to_completion(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "Garden flat"))
    sender = Sender(await hass_client_no_auth())

    await sender.grant(units=("Garden flat",), parcel_ref="P-77", driver_ref="D-5")
    announced = event_state(hass)
    assert what(announced) == {
        "event_type": "delivery_announced",
        "courier": "Parcel Post",
        "door": "Lobby",
    }

    entered = await sender.enter()
    admitted = event_state(hass)
    assert what(admitted) == {
        "event_type": "entry_admitted",
        "courier": "Parcel Post",
        "door": "Lobby",
        "reason": "ok",
        "outcome": "opened",
        "entry_id": entered.body["entry_id"],
    }

    await pass_time(hass, freezer, 6)
    await house.settle()
    completed = event_state(hass)
    assert what(completed) == {
        "event_type": "entry_completed",
        "courier": "Parcel Post",
        "door": "Lobby",
        "reason": "ok",
        "entry_id": entered.body["entry_id"],
    }
    for state in (announced, admitted, completed):
        written = json.dumps(state.as_dict(), default=str)
        assert "Garden flat" not in written
        assert "P-77" not in written
        assert "D-5" not in written
        assert "Ada" not in written


async def test_refusal_fires_event_with_reason(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter()
    await house.settle()

    again = await sender.enter()

    assert what(event_state(hass)) == {
        "event_type": "entry_refused",
        "courier": "Parcel Post",
        "door": "Lobby",
        "reason": "entries_exhausted",
        "entry_id": again.body["entry_id"],
    }


async def test_never_opened_and_left_open_fire_events(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    hass.states.async_set(CONTACT, "off")
    opener = await install_bolt(hass, Bolt())
    house = await build(
        hass, door(opener=opener, contact=CONTACT), courier(), resident()
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=2)
    seen = watch(hass, LOBBY)

    def kinds() -> list[str]:
        return [state.attributes["event_type"] for state in seen]

    await sender.enter()
    await pass_time(hass, freezer, 6)
    await house.settle()
    assert kinds() == ["entry_admitted", "never_opened", "entry_completed"]

    seen.clear()
    await sender.enter()
    hass.states.async_set(CONTACT, "on")
    await pass_time(hass, freezer, 70)
    await house.settle()
    assert kinds() == ["entry_admitted", "door_left_open"]
    hass.states.async_set(CONTACT, "off")
    await pass_time(hass, freezer, 2)
    await house.settle()
    assert kinds() == ["entry_admitted", "door_left_open", "entry_completed"]


async def test_each_door_only_fires_its_own_events(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(doors=("door-lobby", "door-garage")),
        resident(),
    )
    sender = Sender(await hass_client_no_auth())

    await sender.grant(door="garage")
    await sender.enter()
    await house.settle()

    assert event_state(hass).state == "unknown"
    assert (
        event_state(hass, "event.garage_courier").attributes["event_type"]
        == "entry_admitted"
    )


async def test_last_event_survives_reload_and_new_ones_fire(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    before = event_state(hass)

    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    assert event_state(hass).state == before.state
    assert what(event_state(hass)) == what(before)

    await sender.enter()
    assert event_state(hass).attributes["event_type"] == "entry_admitted"
    await house.settle()


@pytest.mark.parametrize("kind", DoorEventType)
async def test_every_event_type_is_declared(
    hass: HomeAssistant, kind: DoorEventType
) -> None:
    house = await build(hass)
    event = DoorEvent(kind, "door-lobby", {"courier": "Parcel Post", "door": "Lobby"})

    house.building.events.fire(event)

    state = event_state(hass)
    assert state.attributes["event_type"] == kind.value
    assert state.context is event.context
