"""Entries through other courier access that a device trigger reports."""

from collections.abc import AsyncGenerator
import json

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_mqtt_message,
)
from pytest_homeassistant_custom_component.typing import MqttMockHAClient

from tests.support import fixing
from tests.support.house import (
    House,
    build,
    door,
    entries_of,
    observed,
    pass_time,
    resident,
)
from tests.support.triggers import Keypad, install_keypad
from tests.support.verified import verified


@pytest.fixture
async def keypad(hass: HomeAssistant) -> AsyncGenerator[Keypad]:
    async with install_keypad(hass) as keypad:
        yield keypad


async def observe(keypad: Keypad, **options: int) -> House:
    """Set up a building whose other courier access is one of the keypad's triggers."""
    access = observed(trigger=keypad.trigger(), **options)  # type: ignore[arg-type]  # the test names its options
    return await build(keypad.hass, door(), access, resident())


async def count(house: House) -> int:
    await house.settle()
    return len(await entries_of(house.building, 100))


def is_lost(hass: HomeAssistant) -> bool:
    return fixing.shown(hass, "observed_lost") is not None


async def test_each_fire_is_an_entry(
    keypad: Keypad, freezer: FrozenDateTimeFactory
) -> None:
    house = await observe(keypad)
    await keypad.fire("tamper")
    assert await count(house) == 0
    await keypad.fire()
    used_at = dt_util.utcnow()
    assert await count(house) == 1
    [entry] = await entries_of(house.building, 10)
    assert (entry.courier_name, entry.door_name) == ("Amazon Key", "Lobby")
    assert entry.at == used_at
    assert (await verified(house.building.ledger)).intact

    await pass_time(keypad.hass, freezer, 31)
    await keypad.fire()
    assert await count(house) == 2
    assert not is_lost(keypad.hass)


async def test_fires_within_the_cool_down_are_one_entry(
    keypad: Keypad, freezer: FrozenDateTimeFactory
) -> None:
    house = await observe(keypad, cool_down=60)
    await keypad.fire()
    await pass_time(keypad.hass, freezer, 59)
    await keypad.fire()
    assert await count(house) == 1
    await house.reload()
    await keypad.fire()
    assert await count(house) == 1
    await pass_time(keypad.hass, freezer, 1)
    await keypad.fire()
    assert await count(house) == 2


async def test_fire_while_the_building_reloads_is_not_missed(
    hass: HomeAssistant, keypad: Keypad, freezer: FrozenDateTimeFactory
) -> None:
    house = await observe(keypad)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await keypad.fire()
    used_at = dt_util.utcnow()
    freezer.tick(5)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    assert await count(house) == 1
    [entry] = await entries_of(house.building, 10)
    assert entry.at == used_at
    await house.reload()
    assert await count(house) == 1
    assert keypad.attached == ["remote_unlock"]


async def test_trigger_is_detached_with_its_building(
    hass: HomeAssistant, keypad: Keypad
) -> None:
    house = await observe(keypad)
    assert keypad.attached == ["remote_unlock"]
    assert await hass.config_entries.async_remove(house.entry.entry_id)
    assert keypad.attached == []
    keypad.remove()
    assert keypad.device.id
    await house.settle()
    assert keypad.attached == []


async def test_trigger_is_detached_with_its_access(
    hass: HomeAssistant, keypad: Keypad
) -> None:
    house = await observe(keypad)
    hass.config_entries.async_remove_subentry(house.entry, "observed-amazon-key")
    await house.settle()
    assert keypad.attached == []


async def test_removed_device_is_an_issue_until_it_returns(
    hass: HomeAssistant, keypad: Keypad
) -> None:
    house = await observe(keypad)
    keypad.remove()
    await house.settle()
    assert is_lost(hass)
    assert keypad.attached == []
    await house.reload()
    assert is_lost(hass)

    assert keypad.device.id
    await house.settle()
    assert not is_lost(hass)
    await keypad.fire()
    assert await count(house) == 1


async def test_device_that_is_removed_while_its_trigger_is_attached_leaves_nothing(
    hass: HomeAssistant, keypad: Keypad
) -> None:
    house = await observe(keypad)
    keypad.remove()
    await house.settle()
    keypad.gate.clear()
    assert keypad.device.id
    await hass.async_block_till_done()
    keypad.remove()
    keypad.gate.set()
    await house.settle()
    assert keypad.attached == []
    assert is_lost(hass)


async def test_fire_before_the_door_was_changed_is_not_one_at_the_new_door(
    hass: HomeAssistant, keypad: Keypad
) -> None:
    access = observed(trigger=keypad.trigger())
    garage = door("Garage", "garage")
    house = await build(hass, door(), garage, access, resident())
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await keypad.fire()
    subentry = house.entry.subentries["observed-amazon-key"]
    hass.config_entries.async_update_subentry(
        house.entry, subentry, data={**subentry.data, "door": "door-garage"}
    )
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    assert await count(house) == 0
    assert keypad.attached == ["remote_unlock"]
    await keypad.fire()
    [entry] = await entries_of(house.building, await count(house))
    assert entry.door_name == "Garage"


async def test_refused_trigger_is_an_issue_until_its_integration_takes_it(
    hass: HomeAssistant, keypad: Keypad
) -> None:
    keypad.is_refusing = True
    house = await observe(keypad)
    assert house.building.host.is_open
    assert is_lost(hass)

    keypad.is_refusing = False
    assert await hass.config_entries.async_reload(keypad.entry.entry_id)
    await house.settle()
    assert not is_lost(hass)
    await keypad.fire()
    assert await count(house) == 1


async def test_refused_trigger_is_tried_again_when_its_device_changes(
    hass: HomeAssistant, keypad: Keypad
) -> None:
    keypad.is_refusing = True
    house = await observe(keypad)
    keypad.is_refusing = False
    dr.async_get(hass).async_update_device(keypad.device.id, sw_version="2")
    await house.settle()
    assert not is_lost(hass)
    assert keypad.attached == ["remote_unlock"]


async def test_unknown_integration_is_an_issue_and_the_building_loads(
    hass: HomeAssistant, keypad: Keypad
) -> None:
    trigger = {**keypad.trigger(), "domain": "gone"}
    house = await build(hass, door(), observed(trigger=trigger), resident())
    assert house.building.host.is_open
    assert is_lost(hass)


async def test_trigger_stays_while_its_integration_is_not_loaded(
    hass: HomeAssistant, keypad: Keypad
) -> None:
    house = await observe(keypad)
    assert await hass.config_entries.async_unload(keypad.entry.entry_id)
    await house.settle()
    assert not is_lost(hass)
    await keypad.fire()
    assert await count(house) == 1


async def test_integration_that_loads_after_the_building_is_waited_for(
    hass: HomeAssistant, keypad: Keypad
) -> None:
    assert await hass.config_entries.async_unload(keypad.entry.entry_id)
    keypad.is_refusing = True
    hass.set_state(CoreState.starting)
    house = await observe(keypad)
    assert not is_lost(hass)

    keypad.is_refusing = False
    assert await hass.config_entries.async_setup(keypad.entry.entry_id)
    await house.settle()
    assert keypad.attached == ["remote_unlock"]
    hass.set_state(CoreState.running)
    hass.bus.async_fire("homeassistant_started")
    await house.settle()
    assert keypad.attached == ["remote_unlock"]
    await keypad.fire()
    assert await count(house) == 1


async def test_integration_that_never_loads_is_an_issue_once_started(
    hass: HomeAssistant, keypad: Keypad
) -> None:
    assert await hass.config_entries.async_unload(keypad.entry.entry_id)
    keypad.is_refusing = True
    hass.set_state(CoreState.starting)
    house = await observe(keypad)
    hass.set_state(CoreState.running)
    hass.bus.async_fire("homeassistant_started")
    await house.settle()
    assert is_lost(hass)


async def test_trigger_of_an_entity_follows_its_renames(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="maker", state=ConfigEntryState.LOADED)
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("maker", "relay")}
    )
    registry = er.async_get(hass)
    relay = registry.async_get_or_create(
        "binary_sensor", "maker", "relay", config_entry=entry, device_id=device.id
    )
    trigger = {
        "platform": "device",
        "domain": "binary_sensor",
        "device_id": device.id,
        "entity_id": relay.id,
        "type": "turned_on",
    }
    assert await async_setup_component(hass, "binary_sensor", {})
    hass.states.async_set(relay.entity_id, "off")
    house = await build(hass, door(), observed(trigger=trigger), resident())
    registry.async_update_entity(relay.entity_id, new_entity_id="binary_sensor.renamed")
    await house.settle()
    for state in ("off", "on"):
        hass.states.async_set("binary_sensor.renamed", state)
        await house.settle()
    assert await count(house) == 1

    registry.async_remove("binary_sensor.renamed")
    await house.settle()
    assert is_lost(hass)


async def test_mqtt_trigger_is_observed_through_removal_and_return(
    hass: HomeAssistant, mqtt_mock: MqttMockHAClient, freezer: FrozenDateTimeFactory
) -> None:
    topic = "homeassistant/device_automation/keypad/config"
    offered = {
        "automation_type": "trigger",
        "topic": "keypad",
        "type": "action",
        "subtype": "courier",
        "device": {"identifiers": ["keypad"]},
    }

    async def discover(payload: str) -> None:
        async_fire_mqtt_message(hass, topic, payload)
        await hass.async_block_till_done()

    await discover(json.dumps(offered))
    [device] = [
        each
        for each in dr.async_get(hass).devices
        if ("mqtt", "keypad") in each.identifiers
    ]
    trigger = {
        "platform": "device",
        "domain": "mqtt",
        "device_id": device.id,
        "type": "action",
        "subtype": "courier",
    }
    house = await build(hass, door(), observed(trigger=trigger), resident())
    async_fire_mqtt_message(hass, "keypad", "pressed")
    assert await count(house) == 1

    await discover("")
    await house.settle()
    assert is_lost(hass)
    await discover(json.dumps(offered))
    await house.settle()
    assert not is_lost(hass)
    await pass_time(hass, freezer, 31)
    async_fire_mqtt_message(hass, "keypad", "pressed")
    assert await count(house) == 2
