"""The blueprints for keypads and doorbells let drivers in by what they show."""

from collections.abc import Callable, Mapping
from datetime import timedelta
import json
from pathlib import Path
import shutil
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_mqtt_message,
    async_mock_service,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    MqttMockHAClient,
)

from custom_components.courier_access.access.model import Issuer, IssuerKind
from custom_components.courier_access.grants.by_residents import Delivery
from custom_components.courier_access.ledger.state.residents import Author
from tests.project.test_blueprints import FOLDER, come_to_rest, state
from tests.support.asked_phones import PushService, asked_house
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import House, build, courier, door, resident, until
from tests.support.phone_app import live_camera

RANG = {"device_class": "doorbell", "event_type": "ring"}


async def automate(hass: HomeAssistant, name: str, **given: Any) -> None:
    """Make an automation of a blueprint."""
    folder = Path(hass.config.path("blueprints/automation/courier_access"))

    def copy() -> None:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(FOLDER / f"{name}.yaml", folder)

    await hass.async_add_executor_job(copy)
    use = {"path": f"courier_access/{name}.yaml", "input": given}
    config = {"automation": [{"id": name, "alias": name, "use_blueprint": use}]}
    assert await async_setup_component(hass, "automation", config)
    assert state(hass, f"automation.{name}") == "on"


async def pin_of_a_pass(house: House) -> str:
    """Have a pass for a parcel that its resident expects; return its PIN."""
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
    return made.pin


def zigbee2mqtt(code: str) -> dict[str, Any]:
    """Return what Zigbee2MQTT publishes when a code is typed on a keypad."""
    return {
        "action": "disarm",
        "action_code": code,
        "action_transaction": 99,
        "action_zone": 23,
        "battery": 100,
    }


@pytest.mark.parametrize("expected_lingering_timers", [True])
async def test_zigbee2mqtt_keypad_opens_with_a_pin_and_shows_a_wrong_one(
    hass: HomeAssistant, mqtt_mock: MqttMockHAClient
) -> None:
    house = await build(hass)
    pin = await pin_of_a_pass(house)
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
    hass: HomeAssistant, name: str
) -> None:
    shown = async_mock_service(hass, "zwave_js", "set_value")
    house = await build(hass)
    pin = await pin_of_a_pass(house)
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


class Keypad:
    """A keypad that shows an answer, and the answers that it showed."""

    def __init__(self, house: House, name: str, mqtt: MqttMockHAClient) -> None:
        self._house, self._name, self._mqtt = house, name, mqtt
        self._values = async_mock_service(house.hass, "zwave_js", "set_value")

    async def install(self) -> None:
        """Make its automation."""
        given = (
            {"keypad": "keypad"}
            if self._name in KEYPADS
            else {"topic": "zigbee2mqtt/keypad"}
        )
        lobby = self._house.device("door-lobby").id
        await automate(self._house.hass, self._name, door=lobby, **given)

    async def shows(self, code: str) -> list[object]:
        """Type a code; return what the keypad shows then."""
        hass = self._house.hass
        self._values.clear()
        self._mqtt.async_publish.reset_mock()
        if self._name in KEYPADS:
            hass.bus.async_fire(*KEYPADS[self._name](code))
        else:
            payload = json.dumps(zigbee2mqtt(code))
            async_fire_mqtt_message(hass, "zigbee2mqtt/keypad", payload)
        await self._house.settle()
        return [call.data["property"] for call in self._values] + [
            json.loads(call.args[1])["arm_mode"]["mode"]
            for call in self._mqtt.async_publish.mock_calls
        ]


REFUSED: Mapping[str, object] = {
    "keypad_ring_v2": 9,
    "keypad_zigbee2mqtt": "invalid_code",
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("expected_lingering_timers", [True])
async def test_keypad_shows_a_refusal_if_the_door_does_not_open(
    hass: HomeAssistant, mqtt_mock: MqttMockHAClient, name: str
) -> None:
    bolt = Bolt()
    opener = await install_bolt(hass, bolt)
    house = await build(hass, door(opener=opener), courier(), resident())
    keypad = Keypad(house, name, mqtt_mock)
    await keypad.install()
    bolt.raises = HomeAssistantError("no power")

    shown = await keypad.shows(await pin_of_a_pass(house))

    assert bolt.names == ["unlock"]
    assert shown == [REFUSED[name]]


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("expected_lingering_timers", [True])
async def test_keypad_shows_a_refusal_while_the_building_is_not_loaded(
    hass: HomeAssistant, mqtt_mock: MqttMockHAClient, name: str
) -> None:
    house = await build(hass)
    keypad = Keypad(house, name, mqtt_mock)
    await keypad.install()
    pin = await pin_of_a_pass(house)
    assert await hass.config_entries.async_unload(house.entry.entry_id)

    assert await keypad.shows(pin) == [REFUSED[name]]


async def test_ring_while_a_delivery_is_expected_asks_with_a_picture_and_answers(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    said = async_mock_service(hass, "tts", "speak")
    hass.states.async_set("binary_sensor.bell", "off")
    hass.states.async_set("event.doorbell", "2026-11-27T12:00:00+00:00", RANG)
    asked = await asked_house(hass, hass_client_no_auth, service)
    await automate(
        hass,
        "doorbell_while_expected",
        door=asked.house.device("door-lobby").id,
        bells=["binary_sensor.bell", "event.doorbell"],
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
    hass.states.async_set(
        "event.doorbell", "2026-11-27T12:00:01+00:00", RANG | {"event_type": "motion"}
    )
    # Restored: an entity without a unique ID has no state before, any other an unavailable one.
    hass.states.async_remove("event.doorbell")
    hass.states.async_set("event.doorbell", "2026-11-27T12:00:00+00:00", RANG)
    hass.states.async_set("event.doorbell", "unavailable")
    hass.states.async_set("event.doorbell", "2026-11-27T12:00:00+00:00", RANG)
    for _ in range(10):
        await come_to_rest()
        await asked.rest()
        await asked.house.building.ledger.read(lambda conn: None)
    assert asked.phones["Ada"].questions == []
    hass.states.async_set("event.doorbell", "2026-11-27T12:00:02+00:00", RANG)
    phone = asked.phones["Ada"]
    await until(lambda: len(phone.questions) == 1)
    assert phone.questions[0]["image"] == "/api/camera_proxy/camera.lobby"
    assert live_camera(phone.questions[0]) == "camera.lobby"
    await phone.answer("Let in")
    await until(lambda: len(said) == 1)
    await asked.settle()
    assert said[0].data["message"] == "The door is open. Please come in."
    assert asked.house.door_state() == "unlocked"


async def test_doorbell_asks_without_camera_and_speakers_from_its_first_ring_on(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    hass.states.async_set("event.doorbell", "unknown", {"device_class": "doorbell"})
    asked = await asked_house(hass, hass_client_no_auth, service)
    lobby = asked.house.device("door-lobby").id
    await automate(
        hass, "doorbell_while_expected", door=lobby, bells=["event.doorbell"]
    )
    await asked.sender.grant(units=("3B",), door="lobby")
    hass.states.async_set("event.doorbell", "2026-11-27T12:00:00+00:00", RANG)
    await until(lambda: len(asked.phones["Ada"].questions) == 1)
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    assert asked.house.door_state() == "unlocked"
