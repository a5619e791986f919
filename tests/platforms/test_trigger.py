"""Triggers."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.automation.config import async_validate_config_item
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    label_registry as lr,
)
import pytest
from pytest_homeassistant_custom_component.common import (
    mock_restore_cache_with_extra_data,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
import voluptuous as vol

from custom_components.courier_access.doors.doors import DoorEventType
from tests.support.automations import Automations, Config, begins
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
)

LOBBY = {"entity_id": "event.lobby_courier"}
ACCESS = "switch.12_elm_street_courier_access"
FIRST = "2026-11-25T09:00:00.000+00:00"


def fire(
    house: House, kind: str = "entry_admitted", door: str = "lobby", **extra: str
) -> None:
    """Fire a door event as an entry does."""
    attributes = {"courier": "Parcel Post", "door": door, **extra}
    house.building.events.fire(
        DoorEventType(kind), f"door-{door}", Context(), **attributes
    )


async def turn(hass: HomeAssistant, onoff: str, entity_id: str) -> None:
    await hass.services.async_call(
        "switch", f"turn_{onoff}", {"entity_id": entity_id}, blocking=True
    )
    await hass.async_block_till_done()


async def test_each_trigger_fires_for_its_event(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    hass.states.async_set(CONTACT, "off")
    opener = await install_bolt(hass, Bolt())
    house = await build(
        hass, door(opener=opener, contact=CONTACT), courier(), resident()
    )
    names = (
        "courier_entered",
        "courier_refused",
        "delivery_announced",
        "door_left_open",
    )
    automations = await Automations.set_up(
        hass,
        {name: begins(name, LOBBY) for name in names}
        | {
            "courier_access_paused": begins(
                "courier_access_paused", {"entity_id": ACCESS}
            )
        },
    )

    await sender.grant()
    await house.settle()
    assert automations.take() == ["delivery_announced"]

    await sender.enter()
    await house.settle()
    assert automations.take() == ["courier_entered"]
    assert automations.events[-1].data["courier"] == "Parcel Post"

    hass.states.async_set(CONTACT, "on")
    await pass_time(hass, freezer, 70)
    await house.settle()
    assert automations.take() == ["door_left_open"]
    hass.states.async_set(CONTACT, "off")
    await pass_time(hass, freezer, 2)
    await house.settle()
    assert automations.take() == []

    await sender.enter()
    await house.settle()
    assert automations.take() == ["courier_refused"]

    await turn(hass, "off", ACCESS)
    assert automations.take() == ["courier_access_paused"]


async def test_trigger_filters_couriers_and_reasons(
    hass: HomeAssistant, house: House
) -> None:
    filters: dict[str, dict[str, Any]] = {
        "none": {},
        "empty": {"courier": []},
        "one": {"courier": "Parcel Post"},
        "list": {"courier": ["Fast Food", " parcel post "]},
        "other": {"courier": ["Fast Food"]},
        "vetoed": {"reason": "vetoed"},
        "either": {"reason": ["paused", "vetoed"]},
        "paused": {"reason": ["paused"]},
        "both": {"courier": "Fast Food", "reason": "paused"},
    }
    automations = await Automations.set_up(
        hass,
        {
            name: begins("courier_refused", LOBBY, **options)
            for name, options in filters.items()
        },
    )
    for attributes, runs in (
        ({"courier": "Anybody"}, set()),
        ({"courier": "Parcel Post"}, {"one", "list"}),
        (
            {"courier": "Parcel Post", "reason": "vetoed"},
            {"one", "list", "vetoed", "either"},
        ),
        ({"reason": "paused"}, {"one", "list", "paused", "either"}),
    ):
        fire(house, "entry_refused", **attributes)
        await hass.async_block_till_done()
        assert set(automations.take()) == runs | {"none", "empty"}, attributes


async def test_trace_explains_filtered_trigger(
    hass: HomeAssistant, house: House, hass_ws_client: WebSocketGenerator
) -> None:
    config = begins("courier_refused", LOBBY, courier="Fast Food", reason="paused")
    await Automations.set_up(hass, {"refused": config})
    client = await hass_ws_client(hass)

    fire(house, "entry_admitted", courier="Parcel Post")
    fire(house, "entry_refused", courier="Parcel Post", reason="paused")
    fire(house, "entry_refused", courier="Fast Food", reason="vetoed")
    await hass.async_block_till_done()

    async def ask(kind: str, **more: str) -> Any:
        await client.send_json_auto_id({"type": kind, "domain": "automation"} | more)
        return (await client.receive_json())["result"]

    results = []
    for run in await ask("trace/list", item_id="refused"):
        read = await ask("trace/get", item_id="refused", run_id=run["run_id"])
        (step,) = read["trace"]["trigger/0"]
        results.append(step["result"])
    assert results == [
        {"reason": "other_courier", "data": {"courier": "Parcel Post"}},
        {"reason": "other_reason", "data": {"reason": "vetoed"}},
    ]


@pytest.mark.usefixtures("house")
async def test_invalid_options_are_refused(hass: HomeAssistant) -> None:
    cases: tuple[tuple[str, dict[str, Any]], ...] = (
        ("courier_entered", {"courier": [""]}),
        ("courier_entered", {"reason": "paused"}),
        ("courier_refused", {"reason": "ok"}),
        ("courier_refused", {"reason": "stale_revision"}),
        ("courier_access_paused", {"courier": "Parcel Post"}),
    )
    for trigger, options in cases:
        begin = begins(trigger, LOBBY, **options)
        config = {"alias": "Never", "triggers": begin, "actions": []}
        with pytest.raises(vol.Invalid, match=f"options.{next(iter(options))}") as read:
            await async_validate_config_item(hass, "never", config)
        assert "Reason." not in str(read.value)


async def test_targets_resolve_to_doors_and_buildings(hass: HomeAssistant) -> None:
    house = await build(hass, *two_doors(), resident())
    area = ar.async_get(hass).async_create("Entrance")
    label = lr.async_get(hass).async_create("Ways in")
    lobby = house.device("door-lobby")
    dr.async_get(hass).async_update_device(
        lobby.id, area_id=area.id, labels={label.label_id}
    )
    garage = {"entity_id": "event.garage_courier"}
    every = [
        entity_id
        for entity_id in hass.states.async_entity_ids()
        if "garage" not in entity_id
    ]
    targets: dict[str, Config] = {
        "device": {"device_id": lobby.id},
        "area": {"area_id": area.id},
        "label": {"label_id": label.label_id},
        "every": {"entity_id": every},
        "garage": garage,
    }
    automations = await Automations.set_up(
        hass,
        {name: begins("courier_entered", target) for name, target in targets.items()}
        | {
            "building": begins(
                "courier_access_paused", {"device_id": house.device().id}
            )
        },
    )

    fire(house)
    await hass.async_block_till_done()
    assert sorted(automations.take()) == ["area", "device", "every", "label"]

    await turn(hass, "off", ACCESS)
    assert automations.take() == ["building"]


async def test_reload_and_withdrawn_consent_fire_nothing(hass: HomeAssistant) -> None:
    house = await build(hass, door(), courier(), resident(), household="one")
    ada = {"device_id": house.device("resident-ada").id}
    automations = await Automations.set_up(
        hass,
        {
            "entered": begins("courier_entered", LOBBY),
            "paused": begins("courier_access_paused", {"entity_id": ACCESS}),
            "withdrawn": begins("courier_access_paused", ada),
        },
    )
    await turn(hass, "off", "switch.ada_deliveries")
    assert automations.take() == []
    fire(house)
    await turn(hass, "off", ACCESS)
    assert automations.take() == ["entered", "paused"]

    await house.reload()
    state = hass.states.get(LOBBY["entity_id"])
    assert state is not None
    assert state.attributes["event_type"] == "entry_admitted"
    assert automations.take() == []

    fire(house)
    await hass.async_block_till_done()
    assert automations.take() == ["entered"]


async def test_restored_event_fires_nothing(hass: HomeAssistant) -> None:
    last = State(LOBBY["entity_id"], FIRST)
    stored = {
        "last_event_type": "entry_admitted",
        "last_event_attributes": {"courier": "Parcel Post", "door": "Lobby"},
    }
    mock_restore_cache_with_extra_data(hass, [(last, stored)])
    automations = await Automations.set_up(
        hass, {"entered": begins("courier_entered", LOBBY)}
    )

    house = await build(hass)
    assert house.entry.state is ConfigEntryState.LOADED
    state = hass.states.get(LOBBY["entity_id"])
    assert state is not None
    assert state.state == FIRST
    assert automations.take() == []

    fire(house)
    await hass.async_block_till_done()
    assert automations.take() == ["entered"]


async def test_two_events_in_one_millisecond_fire_twice(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory
) -> None:
    automations = await Automations.set_up(
        hass,
        {name: begins(name, LOBBY) for name in ("courier_entered", "door_left_open")},
    )

    fire(house, entry_id="E1")
    fire(house, "door_left_open", entry_id="E1")
    fire(house, "door_left_open", entry_id="E2")
    await hass.async_block_till_done()

    assert automations.take() == ["courier_entered", "door_left_open", "door_left_open"]


async def test_renamed_door_fires_nothing(hass: HomeAssistant, house: House) -> None:
    lobby = {"device_id": house.device("door-lobby").id}
    automations = await Automations.set_up(
        hass, {"entered": begins("courier_entered", lobby)}
    )
    fire(house)
    await hass.async_block_till_done()
    assert automations.take() == ["entered"]

    registry = er.async_get(hass)
    registry.async_update_entity(LOBBY["entity_id"], name="Deliverer")
    registry.async_update_entity(LOBBY["entity_id"], new_entity_id="event.deliverer")
    await house.settle()
    assert automations.take() == []

    fire(house)
    await hass.async_block_till_done()
    assert automations.take() == ["entered"]
