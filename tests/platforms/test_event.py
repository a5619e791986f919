"""The courier event entity."""

from collections.abc import Mapping
import json

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant, State

from custom_components.courier_access.doors.doors import DoorEventType
from tests.support.door_parts import CONTACT, Bolt, install_bolt
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    two_doors,
    watch,
)

LOBBY = "event.lobby_courier"


def event_state(hass: HomeAssistant, entity_id: str = LOBBY) -> State:
    state = hass.states.get(entity_id)
    assert state is not None
    return state


def what(state: State) -> Mapping[str, object]:
    """Return an event's type and own attributes."""
    ours = ("event_type", "courier", "door", "reason", "outcome", "entry_id")
    return {name: state.attributes[name] for name in ours if name in state.attributes}


async def test_entry_fires_events_from_announcement_to_completion(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "Garden flat"))
    assert event_state(hass).state == "unknown"
    types = event_state(hass).attributes["event_types"]
    assert types == [
        "entry_admitted",
        "entry_refused",
        "entry_observed",
        "entry_completed",
        "door_left_open",
        "never_opened",
        "delivery_announced",
    ]
    states = []

    def expect(**attributes: object) -> None:
        state = event_state(hass)
        assert what(state) == {"courier": "Parcel Post", "door": "Lobby"} | attributes
        states.append(state)

    await sender.grant(units=("Garden flat",), parcel_ref="P-77", driver_ref="D-5")
    expect(event_type="delivery_announced")

    entered = await sender.enter()
    entry: dict[str, object] = {"reason": "ok", "entry_id": entered.body["entry_id"]}
    expect(event_type="entry_admitted", outcome="opened", **entry)

    await pass_time(hass, freezer, 6)
    await house.settle()
    expect(event_type="entry_completed", **entry)

    entry_id = (await sender.enter()).body["entry_id"]
    reason = "entries_exhausted"
    expect(event_type="entry_refused", reason=reason, entry_id=entry_id)
    for state in states:
        written = json.dumps(state.as_dict(), default=str)
        for secret in ("Garden flat", "P-77", "D-5", "Ada"):
            assert secret not in written


async def test_never_opened_and_left_open_fire_events(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    hass.states.async_set(CONTACT, "off")
    opener = await install_bolt(hass, Bolt())
    house = await build(
        hass, door(opener=opener, contact=CONTACT), courier(), resident()
    )
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
    hass: HomeAssistant, sender: Sender
) -> None:
    house = await build(hass, *two_doors(), resident())

    await sender.grant(door="garage")
    await sender.enter()
    await house.settle()

    assert event_state(hass).state == "unknown"
    assert (
        event_state(hass, "event.garage_courier").attributes["event_type"]
        == "entry_admitted"
    )


async def test_last_event_survives_reload_and_new_ones_fire(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    await sender.grant()
    before = event_state(hass)

    await house.reload()
    assert event_state(hass).state == before.state
    assert what(event_state(hass)) == what(before)

    await sender.enter()
    assert event_state(hass).attributes["event_type"] == "entry_admitted"
    await house.settle()


async def test_every_event_type_is_declared(hass: HomeAssistant, house: House) -> None:
    for kind in DoorEventType:
        context = Context()

        house.building.events.fire(kind, "door-lobby", context, door="Lobby")

        assert event_state(hass).attributes["event_type"] == kind.value
        assert event_state(hass).context is context
