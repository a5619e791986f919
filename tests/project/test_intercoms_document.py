"""What the page on intercoms says of Home Assistant's components stands in their source.

Most of their libraries aren't installed, so that the modules are read, not imported.
"""

import ast
import json
import re
from typing import Any, NamedTuple

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service
import yaml

from custom_components.courier_access.const import (
    DEFAULT_UNLOCK_SECONDS,
    MAX_UNLOCK_SECONDS,
    MIN_UNLOCK_SECONDS,
)
from tests.support.documents import HOW_TO, ROOT, blocks, rows, section, text
from tests.support.nuki import NUKI_OPENER, NukiOpener
from tests.support.source_code import CORE, tree_of

INTERCOMS = HOW_TO / "intercoms.md"
TABLE = rows(INTERCOMS, "What each device offers")
RING, DOORBIRD, ACCESS, PROTECT = "ring", "doorbird", "unifi_access", "unifiprotect"
OPENER, BELL, KEYPAD = 1, 2, 3


class Shown(NamedTuple):
    """An entity that a cell of the table shows, as its component describes it.

    `name_key` is the key of its name if that isn't the description's.
    """

    domain: str
    column: int
    platform: str
    key: str
    name_key: str | None = None


SHOWN = (
    Shown(RING, OPENER, "button", "open_door"),
    Shown(RING, BELL, "event", "KIND_DING", "ding"),
    Shown(DOORBIRD, BELL, "event", "doorbell"),
    Shown(ACCESS, OPENER, "button", "unlock"),
    Shown(ACCESS, BELL, "event", "doorbell"),
    Shown(PROTECT, BELL, "event", "doorbell"),
    Shown("nuki", BELL, "binary_sensor", "ring_action"),
    Shown("reolink", BELL, "binary_sensor", "visitor"),
    Shown("nest", BELL, "event", "chime"),
    Shown("homekit_controller", BELL, "event", "doorbell"),
    Shown("shelly", BELL, "binary_sensor", "input"),
)
PLATFORMS = {
    RING: {"button", "event"},
    DOORBIRD: {"button", "event"},
    ACCESS: {"button", "event", "switch", "binary_sensor"},
    PROTECT: {"switch", "event"},
    "nuki": {"lock", "binary_sensor"},
    "comelit": {"switch"},
    "netatmo": set(),
    "reolink": {"binary_sensor"},
    "nest": {"event"},
    "tuya": {"event"},
    "hikvision": {"event"},
    "homekit_controller": {"lock", "event"},
    "esphome": {"switch", "lock", "button", "binary_sensor", "event"},
    "shelly": {"switch", "binary_sensor"},
    "mqtt": {"switch", "lock"},
    "zha": {"switch", "lock"},
    "zwave_js": set[str](),
}
"""The platforms that the table counts on."""

MISSING = {
    RING: {"lock"},
    DOORBIRD: {"lock"},
    ACCESS: {"lock"},
    PROTECT: {"lock"},
    "comelit": {"lock", "button", "event"},
    "netatmo": {"lock", "event"},
    "reolink": {"lock", "cover", "event"},
    "nest": {"lock", "cover", "button", "switch"},
    "tuya": {"lock"},
    "hikvision": {"lock", "cover", "button", "switch"},
}
"""The platforms whose entities would be a better opener or bell, if there were any."""


def domains() -> dict[str, list[str]]:
    """Return the table's rows by the component that Home Assistant ships."""
    return {
        found[1]: row for row in TABLE if (found := re.search(r"\(`(\w+)`\)", row[0]))
    }


def module(domain: str, platform: str) -> ast.Module:
    return tree_of(CORE / domain / f"{platform}.py")


def arguments(call: ast.Call) -> dict[str, str]:
    """Return a call's named arguments; of a constant the value, else the source."""
    return {
        each.arg: str(each.value.value)
        if isinstance(each.value, ast.Constant)
        else ast.unparse(each.value)
        for each in call.keywords
        if each.arg
    }


def descriptions(domain: str, platform: str) -> list[dict[str, str]]:
    """Return the entities that a platform describes, each with its key."""
    return [
        described
        for node in ast.walk(module(domain, platform))
        if isinstance(node, ast.Call)
        and (described := arguments(node)).keys() & {"key", "translation_key"}
    ]


def keys(domain: str, platform: str) -> set[str]:
    """Return the keys of a platform's entities, and of those that are described by their class."""
    of_classes = {
        str(node.value.value)
        for node in ast.walk(module(domain, platform))
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "_attr_translation_key"
        and isinstance(node.value, ast.Constant)
    }
    described = descriptions(domain, platform)
    return of_classes | {
        each[name]
        for each in described
        for name in ("key", "translation_key")
        if name in each
    }


def strings(domain: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(text(CORE / domain / "strings.json"))
    return read


def name_of(shown: Shown) -> str:
    """Return an entity's name: its own, or that of its device class."""
    key = shown.name_key or shown.key
    name: str | None = strings(shown.domain)["entity"][shown.platform][key].get("name")
    if name is None or name.startswith("[%key:component::event::entity_component"):
        name = strings("event")["entity_component"][key]["name"]
    return name


def source(domain: str) -> str:
    return "\n".join(text(path) for path in sorted((CORE / domain).glob("*.py")))


def functions(domain: str, file: str) -> set[str]:
    return {
        node.name
        for node in ast.walk(module(domain, file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_the_table_names_the_components_that_home_assistant_ships() -> None:
    found = domains()
    assert found.keys() == PLATFORMS.keys()
    assert [domain for domain in found if not is_shipped(domain)] == []


def is_shipped(domain: str) -> bool:
    return (CORE / domain / "manifest.json").is_file()


def test_what_is_of_a_third_party_is_not_shipped() -> None:
    others = [row[0] for row in TABLE if row not in domains().values()]
    assert all(each.endswith("(third party)") for each in others)
    assert [each.split()[0] for each in others] == ["2N", "Dahua", "Eufy"]
    assert not any(map(is_shipped, ("2n", "2n_intercom", "dahua", "eufy_security")))
    eufy = {path.stem for path in (CORE / "eufy").glob("*.py")}
    assert eufy == {"__init__", "light", "switch"}


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: ".".join(shown[::3]))
def test_opener_or_bell_of_the_table_is_one_that_its_component_makes(
    shown: Shown,
) -> None:
    cell = domains()[shown.domain][shown.column]
    kind = shown.platform.replace("_", " ").capitalize()
    assert shown.key in keys(shown.domain, shown.platform)
    assert f"{kind} **{name_of(shown)}**" in cell


@pytest.mark.parametrize("domain", PLATFORMS)
def test_each_platform_that_the_table_counts_on_is_there_and_no_better_one(
    domain: str,
) -> None:
    there = {path.stem for path in (CORE / domain).glob("*.py")}
    assert there >= PLATFORMS[domain]
    assert not there & MISSING.get(domain, set())


def test_every_bell_that_is_an_event_rings_as_doorbells_do() -> None:
    bells = [shown for shown in SHOWN if shown[1:3] == (BELL, "event")]
    assert len(bells) == 6
    for bell in bells:
        described = [
            each
            for each in descriptions(bell.domain, bell.platform)
            if bell.key in (each.get("key"), each.get("translation_key"))
        ]
        assert described, bell
        for each in described:
            assert each["device_class"] == "EventDeviceClass.DOORBELL", bell
        rings = ("DoorbellEventType.RING", '["ring"]', 'SINGLE_PRESS: "ring"')
        assert any(ring in source(bell.domain) for ring in rings), bell


@pytest.mark.parametrize("domain", ["tuya", "hikvision"])
def test_events_of_a_device_without_a_bell_are_no_rings(domain: str) -> None:
    classes = {each.get("device_class") for each in descriptions(domain, "event")}
    assert "EventDeviceClass.DOORBELL" not in classes
    assert domains()[domain][BELL].startswith("None")


def test_a_doorbird_has_a_button_for_each_relay_and_never_seems_offline() -> None:
    button = ast.unparse(module(DOORBIRD, "button"))
    assert "energize_relay(relay)" in button
    assert "replace(RELAY_ENTITY_DESCRIPTION, name=f'Relay {relay}')" in button
    assert "Button **Relay 1**" in domains()[DOORBIRD][OPENER]
    for file in ("entity", "button"):
        assert "available" not in functions(DOORBIRD, file)


def test_the_switches_that_act_on_every_door_are_warned_of() -> None:
    warned = re.findall(
        r"never choose the switch \*\*(\w+)\*\* or \*\*(\w+)\*\*", text(INTERCOMS)
    )
    switches = strings(ACCESS)["entity"]["switch"]
    made = {each["key"] for each in descriptions(ACCESS, "switch") if "key" in each}
    assert made == switches.keys()
    assert warned == [tuple(each["name"] for each in switches.values())]


def test_the_door_of_unifi_access_has_a_contact_sensor() -> None:
    assert "BinarySensorDeviceClass.DOOR" in ast.unparse(
        module(ACCESS, "binary_sensor")
    )


def test_a_relay_of_unifi_protect_is_a_switch() -> None:
    assert "relay_output" in strings(PROTECT)["entity"]["switch"]
    assert "class ProtectRelayOutputSwitch(" in source(PROTECT)


def test_bticino_is_served_by_a_component_without_doors() -> None:
    manifest = json.loads(text(CORE / "bticino" / "manifest.json"))
    assert manifest["supported_by"] == "netatmo"
    assert domains()["netatmo"][0].startswith("BTicino")


@pytest.mark.parametrize("domain", [RING, "nest"])
def test_a_device_that_needs_its_makers_cloud_is_said_to(domain: str) -> None:
    manifest = json.loads(text(CORE / domain / "manifest.json"))
    assert manifest["iot_class"].startswith("cloud_")
    missing = domains()[domain][4]
    assert re.search(r"works only through \w+'s cloud", missing)


def test_a_lock_of_homekit_opens_no_latch() -> None:
    assert "LockEntityFeature" not in text(CORE / "homekit_controller" / "lock.py")


def test_an_input_of_a_shelly_is_a_bell_only_as_a_switch() -> None:
    events = descriptions("shelly", "event")
    classes = {each.get("device_class") for each in events if each["key"] != "script"}
    assert classes == {"EventDeviceClass.BUTTON"}
    # The timers of its output are set in the device alone.
    assert not re.search(r"auto_off|initial_state", source("shelly"))


@pytest.mark.parametrize("domain", ["zha", "zwave_js", "mqtt"])
def test_a_keypads_event_is_one_that_its_blueprint_follows(domain: str) -> None:
    cell = domains()[domain][KEYPAD]
    folder = ROOT / "blueprints" / "automation" / "courier_access"
    name = {"zha": "zha", "zwave_js": "ring_v2", "mqtt": "zigbee2mqtt"}[domain]
    blueprint = text(folder / f"keypad_{name}.yaml")
    named = re.findall(r"`([^`]+)`", cell)
    assert named
    for each in named:
        assert each in blueprint, each
    if domain != "mqtt":  # Zigbee2MQTT isn't a part of Home Assistant.
        assert named[0] in source(domain) or named[0].upper() in source(domain)


async def test_a_nuki_opener_does_what_the_page_says(hass: HomeAssistant) -> None:
    nuki = NukiOpener(hass)
    await nuki.install(hass)
    reads = []
    for action in ("open", "unlock", "lock"):
        await hass.services.async_call(
            "lock", action, {"entity_id": NUKI_OPENER}, blocking=True
        )
        nuki.poll()
        state = hass.states.get(NUKI_OPENER)
        assert state is not None
        reads.append((nuki.device.done[-1], state.state))
    assert reads == [
        ("buzz", "locked"),
        ("ring to open", "unlocked"),
        ("no ring to open", "locked"),
    ]


async def test_the_trigger_that_is_shown_ignores_a_ring_of_before(
    hass: HomeAssistant,
) -> None:
    """Home Assistant restores the time of the last ring when it starts."""
    shown = yaml.safe_load(next(iter(blocks(INTERCOMS, "yaml"))))
    bell = shown["triggers"][0]["target"]["entity_id"]
    registered = er.async_get(hass).async_get_or_create(
        "event",
        RING,
        "1-ding",
        suggested_object_id=bell.partition(".")[2],
        original_device_class="doorbell",
    )
    assert registered.entity_id == bell
    rang = async_mock_service(hass, "test", "rang")
    automation = {**shown, "actions": [{"action": "test.rang"}]}
    assert await async_setup_component(hass, "automation", {"automation": automation})
    ring = {"device_class": "doorbell", "event_type": "ring"}
    old, new = "2026-11-28T12:00:00.000+00:00", "2026-11-28T12:00:01.000+00:00"
    for state in (old, "unavailable", old):
        hass.states.async_set(bell, state, ring)
        await hass.async_block_till_done()
        assert rang == []
    hass.states.async_set(bell, new, ring)
    await hass.async_block_till_done()
    assert len(rang) == 1


def test_the_relay_that_is_shown_lets_go_by_itself_within_the_unlock_time() -> None:
    steps = section(INTERCOMS, "3. Let the relay release by itself")
    (shown,) = (
        yaml.safe_load(block) for block in blocks(INTERCOMS, "yaml") if block in steps
    )
    (relay,) = shown["switch"]
    wait, off = relay["on_turn_on"]
    assert relay["restore_mode"] == "ALWAYS_OFF"
    assert off == {"switch.turn_off": relay["id"]}
    assert int(wait["delay"].removesuffix("s")) < DEFAULT_UNLOCK_SECONDS
    bounds = f"{MIN_UNLOCK_SECONDS} to {MAX_UNLOCK_SECONDS}"
    default = f"{DEFAULT_UNLOCK_SECONDS} seconds ({bounds})"
    assert text(INTERCOMS).count(default) == 2
