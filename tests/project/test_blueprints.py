"""The blueprints: each is imported as people import it, and its automation does what its name says."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
import json
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.automation.helpers import async_get_blueprints
from homeassistant.components.blueprint.importer import fetch_blueprint_from_url
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_mqtt_message,
    async_fire_time_changed,
    async_mock_service,
)
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    MqttMockHAClient,
    WebSocketGenerator,
)

from custom_components.courier_access.access.model import Issuer, IssuerKind
from custom_components.courier_access.grants.by_residents import Delivery
from custom_components.courier_access.ledger.state.rules import Author
from tests.support.asked_phones import PushService, asked_house
from tests.support.door_parts import CONTACT, Bolt, install_bolt
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    until,
)

pytestmark = pytest.mark.usefixtures("repository")

FOLDER = Path(__file__).parents[2] / "blueprints" / "automation" / "courier_access"
REPOSITORY = "courier-access/courier-access"
PLACE = "blueprints/automation/courier_access"
BLUEPRINTS = sorted(path.stem for path in FOLDER.iterdir())
HALL, STAIRS = "input_boolean.hall", "input_boolean.stairs"
CALENDAR = "calendar.12_elm_street_expected_deliveries"


def address(name: str) -> str:
    """Return where the repository has a blueprint, as people copy it."""
    return f"https://github.com/{REPOSITORY}/blob/main/{PLACE}/{name}.yaml"


@pytest.fixture
def repository(aioclient_mock: AiohttpClientMocker) -> None:
    """Have the repository's files where they are read."""
    for name in BLUEPRINTS:
        raw = f"https://raw.githubusercontent.com/{REPOSITORY}/main/{PLACE}/{name}.yaml"
        aioclient_mock.get(  # type: ignore[no-untyped-call]  # the harness's mocker has no types
            raw, text=(FOLDER / f"{name}.yaml").read_text("utf-8")
        )


async def automate(hass: HomeAssistant, name: str, **given: Any) -> None:
    """Import a blueprint, make an automation of it and load that."""
    assert await async_setup_component(hass, "automation", {})
    read = await fetch_blueprint_from_url(hass, address(name))
    path = f"{read.suggested_filename}.yaml"
    await async_get_blueprints(hass).async_add_blueprint(read.blueprint, path)
    automation = {
        "id": name,
        "alias": name,
        "use_blueprint": {"path": path, "input": given},
    }
    written = json.dumps({"automation": [automation]})
    configuration = Path(hass.config.path("configuration.yaml"))
    await hass.async_add_executor_job(configuration.write_text, written)
    await hass.services.async_call("automation", "reload", blocking=True)
    assert state(hass, f"automation.{name}") == "on"


def state(hass: HomeAssistant, entity_id: str) -> str:
    read = hass.states.get(entity_id)
    assert read is not None
    return read.state


def inputs(shown: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return a blueprint's inputs, those of sections too."""
    for one in shown.values():
        if "input" in one:
            yield from inputs(one["input"])
        else:
            yield one


@pytest.mark.parametrize("name", BLUEPRINTS)
async def test_a_blueprint_can_be_imported_and_says_what_it_wants(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, name: str
) -> None:
    assert await async_setup_component(hass, "automation", {})
    client = await hass_ws_client(hass)

    await client.send_json_auto_id({"type": "blueprint/import", "url": address(name)})

    read = (await client.receive_json())["result"]
    assert read["validation_errors"] is None
    assert read["suggested_filename"] == f"courier-access/{name}"
    told = read["blueprint"]["metadata"]
    assert told["source_url"] == address(name)
    assert told["homeassistant"] == {"min_version": "2026.10.0"}
    assert told["name"].startswith("Courier Access: ")
    assert len(told["description"]) > 40
    for shown in inputs(told["input"]):
        assert shown["name"]
        assert shown["selector"]


async def elapse(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float
) -> None:
    """Let time pass while an automation waits, which would be waited for without end."""
    await come_to_rest()
    freezer.tick(seconds)
    async_fire_time_changed(hass)
    await come_to_rest()


async def come_to_rest() -> None:
    for _ in range(100):
        await asyncio.sleep(0)


async def test_the_hall_is_lit_while_couriers_come(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    rooms: dict[str, Any] = {"hall": {}, "stairs": {"initial": True}}
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "input_boolean", {"input_boolean": rooms})
    house = await build(hass)
    await automate(
        hass,
        "hall_light_on_entry",
        doors=[house.device("door-lobby").id],
        lights=[HALL, STAIRS],
        stays_on={"minutes": 2},
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=3)
    hass.states.async_set("sun.sun", "above_horizon")
    await sender.enter()
    await house.settle()
    assert state(hass, HALL) == "off"

    hass.states.async_set("sun.sun", "below_horizon")
    await sender.enter()
    await until(lambda: state(hass, HALL) == "on")
    await elapse(hass, freezer, 90)
    await sender.enter()
    await elapse(hass, freezer, 90)
    assert (state(hass, HALL), state(hass, STAIRS)) == ("on", "on")

    await elapse(hass, freezer, 40)
    await house.settle()
    assert (state(hass, HALL), state(hass, STAIRS)) == ("off", "on")


async def test_recipients_are_sent_a_picture(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    pictures = async_mock_service(hass, "camera", "snapshot")
    house = await build(hass)
    await automate(
        hass,
        "snapshot_to_recipients",
        doors=[house.device("door-lobby").id],
        camera="camera.lobby",
        folder="/media/",
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    entered = (await sender.enter()).body["entry_id"]
    await until(lambda: len(house.told) == 1)
    assert pictures == []

    await elapse(hass, freezer, 21)
    await house.settle()
    [picture] = pictures
    assert picture.data["filename"] == f"/media/courier_{entered}.jpg"
    assert house.told[1][1].startswith("This is how it looks at Lobby.")


async def test_a_speaker_tells_of_couriers_by_day(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    said = async_mock_service(hass, "tts", "speak")
    freezer.move_to("2026-11-25 12:00:00+00:00")
    await hass.config.async_set_time_zone("UTC")
    house = await build(hass)
    await automate(
        hass,
        "announce_on_speaker",
        doors=[house.device("door-lobby").id],
        speakers=["media_player.kitchen"],
        voice="tts.voice",
        events=["announced", "entered"],
        words_announced="{{ courier }} is on the way.",
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=2, ends_at="2026-11-25T23:00:00+00:00")
    await sender.enter()
    await house.settle()
    assert [call.data["message"] for call in said] == [
        "Parcel Post is on the way.",
        "Parcel Post was let in at Lobby.",
    ]
    assert said[0].data["media_player_entity_id"] == ["media_player.kitchen"]

    freezer.move_to("2026-11-25 22:00:00+00:00")
    await sender.enter()
    await house.settle()
    assert len(said) == 2


async def test_the_evening_tells_of_the_day_and_of_what_is_expected(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    sent = async_mock_service(hass, "notify", "send_message")
    freezer.move_to("2026-11-25 19:59:30+00:00")
    await hass.config.async_set_time_zone("UTC")
    assert await async_setup_component(hass, "counter", {"counter": {"entries": {}}})
    house = await build(hass)
    await automate(
        hass,
        "evening_summary",
        doors=[house.device("door-lobby").id],
        calendar=CALENDAR,
        counter="counter.entries",
        recipients=["notify.ada_phone"],
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant("G1", max_entries=2)
    await sender.enter("G1")
    await sender.enter("G1")
    tomorrow = "2026-11-26T{}:00+00:00"
    await sender.grant(
        "G2", starts_at=tomorrow.format("09:00"), ends_at=tomorrow.format("11:30")
    )
    await house.settle()
    assert state(hass, "counter.entries") == "2"

    await pass_time(hass, freezer, 31)
    await house.settle()
    [message] = sent
    assert message.data["message"] == (
        "2 couriers were let in since the last summary.\nExpected:\nParcel Post, Thu 09:00 to 11:30"
    )
    assert state(hass, "counter.entries") == "0"
    # The next evening is not waited for.
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": "all"}, blocking=True
    )


async def passed(house: House, wires: WebSocketGenerator) -> dict[str, str]:
    """Have a pass for a parcel that its resident expects."""
    building = house.building
    lobby, ada = (
        building.directory.doors["door-lobby"],
        building.residents["resident-ada"],
    )
    now = dt_util.utcnow()
    issue = await building.local_grants.issue(
        building.directory.couriers["courier-parcel-post"],
        lobby,
        Delivery(("3B",), now, now + timedelta(hours=1)),
        Issuer(IssuerKind.RESIDENT, "ada"),
    )
    made = await building.passes.make(issue.grant, ada, Author(user_id="ada"))
    await house.settle()
    return {"pin": made.pin}


def zigbee2mqtt(code: str) -> dict[str, Any]:
    """Return what Zigbee2MQTT publishes when a code is typed on a keypad."""
    return {
        "action": "disarm",
        "action_code": code,
        "action_transaction": 99,
        "action_zone": 23,
        "battery": 100,
    }


async def test_zigbee2mqtt_keypad_opens_with_a_pin_and_shows_a_wrong_one(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, mqtt_mock: MqttMockHAClient
) -> None:
    house = await build(hass)
    pin = (await passed(house, hass_ws_client))["pin"]
    await automate(
        hass,
        "keypad_zigbee2mqtt",
        door=house.device("door-lobby").id,
        topic="zigbee2mqtt/keypad",
    )
    answered = []
    for payload in ({"battery": 99}, zigbee2mqtt("000001"), zigbee2mqtt(pin)):
        mqtt_mock.async_publish.reset_mock()
        async_fire_mqtt_message(hass, "zigbee2mqtt/keypad", json.dumps(payload))
        await house.settle()
        answered += [
            json.loads(call.args[1])["arm_mode"]
            for call in mqtt_mock.async_publish.mock_calls
        ]

    assert answered == [
        {"transaction": 99, "mode": "invalid_code"},
        {"transaction": 99, "mode": "disarm"},
    ]
    assert house.door_state() == "unlocked"


KEYPADS: Mapping[str, Callable[[str], tuple[str, dict[str, Any]]]] = {
    "keypad_zha": lambda code: (
        "zha_event",
        {
            "device_ieee": "00:11:22:33:44:55:66:77",
            "device_id": "keypad",
            "unique_id": "00:11:22:33:44:55:66:77:1:0x0501",
            "endpoint_id": 1,
            "cluster_id": 1281,
            "command": "arm",
            "args": {
                "arm_mode": 0,
                "arm_mode_description": "Disarm",
                "code": code,
                "zone_id": 0,
            },
            "params": {},
        },
    ),
    "keypad_ring_v2": lambda code: (
        "zwave_js_notification",
        {
            "domain": "zwave_js",
            "node_id": 7,
            "home_id": 1,
            "endpoint": 0,
            "device_id": "keypad",
            "command_class": 111,
            "command_class_name": "Entry Control",
            "event_type": 2,
            "event_type_label": "Enter",
            "data_type": 2,
            "data_type_label": "ASCII",
            "event_data": code,
        },
    ),
}


@pytest.mark.parametrize("name", KEYPADS)
async def test_keypad_opens_with_a_pin_that_its_event_has(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, name: str
) -> None:
    shown = async_mock_service(hass, "zwave_js", "set_value")
    house = await build(hass)
    pin = (await passed(house, hass_ws_client))["pin"]
    await automate(hass, name, door=house.device("door-lobby").id, keypad="keypad")
    states = []
    for code in ("", "000001", pin):
        hass.bus.async_fire(*KEYPADS[name](code))
        await house.settle()
        states.append(house.door_state())

    assert states == ["locked", "locked", "unlocked"]
    assert [call.data["property"] for call in shown] == (
        [9, 2] if name == "keypad_ring_v2" else []
    )


async def test_ring_while_a_delivery_is_expected_asks_with_a_picture_and_answers(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    said = async_mock_service(hass, "tts", "speak")
    assert await async_setup_component(hass, "doorbell", {})
    hass.states.async_set("binary_sensor.bell", "off")
    asked = await asked_house(hass, hass_client_no_auth, service)
    await automate(
        hass,
        "doorbell_while_expected",
        door=asked.house.device("door-lobby").id,
        buttons=["binary_sensor.bell"],
        camera="camera.lobby",
        speakers=["media_player.lobby"],
        voice="tts.voice",
    )

    async def ring() -> None:
        for state_of_bell in ("on", "off"):
            hass.states.async_set("binary_sensor.bell", state_of_bell)
            await come_to_rest()

    await ring()
    await until(lambda: state(hass, "automation.doorbell_while_expected") == "on")
    assert (asked.phones["Ada"].questions, said) == ([], [])

    await asked.sender.grant(units=("3B",), door="lobby")
    await ring()
    phone = asked.phones["Ada"]
    await until(lambda: len(phone.questions) == 1)
    assert phone.questions[0]["image"] == "/api/camera_proxy/camera.lobby"
    await phone.answer("Let in")
    await until(lambda: len(said) == 1)
    await asked.settle()
    assert said[0].data["message"] == "The door is open. Please come in."
    assert asked.house.door_state() == "unlocked"


async def test_the_porch_is_recorded_until_the_door_is_shut(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    clips = async_mock_service(hass, "camera", "record")
    hass.states.async_set(CONTACT, "off")
    opener = await install_bolt(hass, Bolt())
    house = await build(
        hass, door(opener=opener, contact=CONTACT), courier(), resident()
    )
    await automate(
        hass,
        "porch_recording",
        door=house.device("door-lobby").id,
        contact=CONTACT,
        camera="camera.porch",
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    entered = (await sender.enter()).body["entry_id"]
    hass.states.async_set(CONTACT, "on")
    await elapse(hass, freezer, 33)
    hass.states.async_set(CONTACT, "off")
    await elapse(hass, freezer, 33)
    await house.settle()
    await pass_time(hass, freezer, 33)

    assert [clip.data["filename"] for clip in clips] == [
        f"/media/courier_{entered}_1.mp4",
        f"/media/courier_{entered}_2.mp4",
    ]
