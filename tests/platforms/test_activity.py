"""Contexts in *Activity*: what an entry causes is traced to it."""

from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    async_capture_events,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.support.automations import begins
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import Sender, build, courier, door, resident

pytestmark = pytest.mark.usefixtures("recorder_mock")

HALL = "input_boolean.hall"
CAUSED = ("automation.hall_light", "event.lobby_courier", "lock.lobby", HALL)
BY_DOOR = {"context_entity_id": "lock.lobby", "context_state": "unlocked"}
BY_ACTION = {
    "context_event_type": "call_service",
    "context_domain": "lock",
    "context_service": "unlock",
}
BY_AUTOMATION = {
    "context_event_type": "automation_triggered",
    "context_domain": "automation",
    "context_entity_id": "automation.hall_light",
    "context_name": "Hall light",
    "context_message": "triggered by state of event.lobby_courier",
    "context_source": "state of event.lobby_courier",
}

type Line = tuple[str, str, dict[str, Any]]


async def activity(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    since: datetime,
    **more: object,
) -> list[Line]:
    """Return the entries in *Activity*: subject, change, and cause."""
    await async_wait_recording_done(hass)
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {"type": "logbook/get_events", "start_time": since.isoformat(), **more}
    )
    return [
        (
            line["entity_id"],
            line.get("attributes", {}).get("event_type")
            or line.get("state", "triggered"),
            {key: cause for key, cause in line.items() if key.startswith("context_")},
        )
        for line in (await client.receive_json())["result"]
    ]


@pytest.mark.parametrize("has_bolt", [False, True], ids=["demo door", "real opener"])
async def test_everything_an_entry_causes_shows_its_context(
    hass: HomeAssistant,
    sender: Sender,
    hass_ws_client: WebSocketGenerator,
    *,
    has_bolt: bool,
) -> None:
    assert await async_setup_component(hass, "logbook", {})
    assert await async_setup_component(
        hass, "input_boolean", {"input_boolean": {"hall": {}}}
    )
    opener = await install_bolt(hass, Bolt()) if has_bolt else None
    house = await build(hass, door(opener=opener), courier(), resident())
    hall = {
        "alias": "Hall light",
        "triggers": begins(
            "courier_entered", {"device_id": house.device("door-lobby").id}
        ),
        "actions": {"action": "input_boolean.turn_on", "target": {"entity_id": HALL}},
    }
    assert await async_setup_component(hass, "automation", {"automation": hall})
    await sender.grant()
    await house.settle()
    since = dt_util.utcnow()

    await sender.enter()
    await house.settle()
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=6))
    await house.settle()

    lines = [
        line
        for line in await activity(hass, hass_ws_client, since)
        if line[0] in CAUSED
    ]
    assert lines[2][2].pop("context_id")
    # A real door is opened by an action, which comes first.
    (unlocked, *_), by_entry = lines, BY_ACTION if has_bolt else BY_DOOR
    assert unlocked == ("lock.lobby", "unlocked", BY_ACTION if has_bolt else {})
    assert lines[1:4] == [
        ("event.lobby_courier", "entry_admitted", by_entry),
        ("automation.hall_light", "triggered", by_entry),
        (HALL, "on", BY_AUTOMATION),
    ]
    assert sorted(lines[4:], key=lambda line: line[0]) == [
        ("event.lobby_courier", "entry_completed", by_entry),
        ("lock.lobby", "locked", by_entry),
    ]


@pytest.mark.parametrize("more", [{}, {"entity_ids": ["event.lobby_courier"]}])
async def test_each_event_of_a_door_is_shown_once(
    hass: HomeAssistant,
    sender: Sender,
    hass_ws_client: WebSocketGenerator,
    more: dict[str, object],
) -> None:
    assert await async_setup_component(hass, "logbook", {})
    house = await build(hass)
    since = dt_util.utcnow()

    await sender.grant()
    await sender.enter()
    await house.settle()
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=6))
    await house.settle()
    await sender.enter()
    await house.settle()

    lines = await activity(hass, hass_ws_client, since, **more)
    assert [line[1] for line in lines if line[0] == "event.lobby_courier"] == [
        "delivery_announced",
        "entry_admitted",
        "entry_completed",
        "entry_refused",
    ]


async def test_entry_notifications_share_its_context_and_refusals_do_not(
    hass: HomeAssistant, sender: Sender
) -> None:
    """An entry is everybody's business; a refusal is only its recipient's."""
    called = async_capture_events(hass, "call_service")
    house = await build(hass)
    await sender.grant()
    await house.settle()

    async def told_and_shown() -> tuple[str, str]:
        called.clear()
        await sender.enter()
        await house.settle()
        [notification] = [call for call in called if call.data["domain"] == "notify"]
        shown = hass.states.get("event.lobby_courier")
        assert shown is not None
        return notification.context.id, shown.context.id

    admitted, entry = await told_and_shown()
    assert admitted == entry
    refused, entry = await told_and_shown()
    assert refused != entry
