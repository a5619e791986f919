"""Openers against the real components."""

from typing import Any

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest

from custom_components.courier_access.const import Operation
from custom_components.courier_access.doors.openers import (
    DemoOpener,
    DoorSettings,
    EntityOpener,
    Opener,
    OpenerUnavailable,
    Position,
    Reading,
)
from tests.support.door_parts import BOLT, Bolt, install_bolt, install_template, turn

ON = "{{ is_state('input_boolean.bolt', 'on') }}"


def opener_of(hass: HomeAssistant, reference: str, **settings: Any) -> EntityOpener:
    return EntityOpener(hass, DoorSettings(opener=reference, **settings))


def reads(opener: Opener) -> Position:
    """Return the position; mypy would narrow the property."""
    return opener.position


def readings_of(opener: Opener) -> list[Reading]:
    readings: list[Reading] = []
    opener.listen(readings.append)
    return readings


@pytest.fixture
async def opener(hass: HomeAssistant, bolt: Bolt) -> EntityOpener:
    """The bolt as an opener."""
    return opener_of(hass, await install_bolt(hass, bolt))


async def install_lock(hass: HomeAssistant) -> str:
    return await install_template(
        hass,
        "lock",
        {"state": "{{ is_state('input_boolean.bolt', 'off') }}"}
        | {"unlock": turn("on"), "lock": turn("off")},
    )


async def install_switch(hass: HomeAssistant) -> str:
    return await install_template(
        hass, "switch", {"state": ON, "turn_on": turn("on"), "turn_off": turn("off")}
    )


async def install_cover(hass: HomeAssistant) -> str:
    return await install_template(
        hass,
        "cover",
        {"state": ON, "open_cover": turn("on"), "close_cover": turn("off")},
    )


async def install_button(hass: HomeAssistant) -> str:
    return await install_template(hass, "button", {"press": turn("on")})


async def install_script(hass: HomeAssistant) -> str:
    assert await async_setup_component(
        hass, "input_boolean", {"input_boolean": {"bolt": {}}}
    )
    assert await async_setup_component(
        hass, "script", {"script": {"front": {"sequence": [turn("on")]}}}
    )
    return "script.front"


@pytest.mark.parametrize(
    ("install", "unlocked"),
    [
        (install_lock, Position.UNLOCKED),
        (install_switch, Position.UNLOCKED),
        (install_cover, Position.OPEN),
    ],
)
async def test_openers_with_state_open_close_and_report(
    hass: HomeAssistant, install: Any, unlocked: Position
) -> None:
    opener = opener_of(hass, await install(hass), close_cover=True)
    readings = readings_of(opener)
    context = Context()
    assert reads(opener) is Position.LOCKED
    assert opener.has_state
    assert opener.is_seen
    assert opener.can_close

    await opener.open(context)
    await hass.async_block_till_done()
    assert reads(opener) is unlocked
    assert readings == [Reading(unlocked, context, changed=True)]

    await opener.close(context)
    await hass.async_block_till_done()
    assert reads(opener) is Position.LOCKED
    assert readings[1:] == [Reading(Position.LOCKED, context, changed=True)]


@pytest.mark.parametrize("install", [install_button, install_script])
async def test_button_and_script_open_without_state_or_closing(
    hass: HomeAssistant, install: Any
) -> None:
    opener = opener_of(hass, await install(hass))
    readings = readings_of(opener)
    await opener.open(Context())
    await hass.async_block_till_done()
    assert hass.states.is_state("input_boolean.bolt", "on")
    assert reads(opener) is Position.LOCKED
    assert not opener.has_state
    assert not opener.is_seen
    assert not opener.can_close
    assert {reading.position for reading in readings} == {Position.LOCKED}
    with pytest.raises(ValueError, match=r"button|script"):
        await opener.close(Context())


async def test_cover_closes_only_if_allowed(hass: HomeAssistant) -> None:
    reference = await install_cover(hass)
    assert not opener_of(hass, reference).can_close
    assert opener_of(hass, reference, close_cover=True).can_close


async def test_lock_uses_configured_operation_except_for_manual_use(
    hass: HomeAssistant, bolt: Bolt
) -> None:
    reference = await install_bolt(hass, bolt)
    for operation, command in (
        (Operation.UNLOCK, "unlock"),
        (Operation.OPEN, "open"),
    ):
        opener = opener_of(hass, reference, operation=operation)
        context = Context()
        await opener.open(context)
        assert bolt.commands[-1] == (command, context)
        await opener.unlatch(Context())
        await opener.unlock(Context())
        assert bolt.names[-2:] == ["open", "unlock"]


async def test_only_locks_release_latch(hass: HomeAssistant) -> None:
    opener = opener_of(hass, await install_switch(hass), operation=Operation.OPEN)
    await opener.open(Context())
    await hass.async_block_till_done()
    assert reads(opener) is Position.UNLOCKED


async def test_open_needs_supporting_lock(
    hass: HomeAssistant, opener: EntityOpener, bolt: Bolt
) -> None:
    assert opener.supports_open
    bolt._attr_supported_features = type(bolt._attr_supported_features)(0)
    bolt.report()
    assert not opener_of(hass, BOLT).supports_open
    hass.states.async_set("switch.front", "off", {"supported_features": 1})
    assert not opener_of(hass, "switch.front").supports_open
    assert not opener_of(hass, "lock.missing").supports_open


async def test_states_are_read_by_domain(hass: HomeAssistant) -> None:
    for entity_id, state, position in (
        ("lock.x", "locked", Position.LOCKED),
        ("lock.x", "locking", Position.LOCKING),
        ("lock.x", "unlocked", Position.UNLOCKED),
        ("lock.x", "unlocking", Position.UNLOCKING),
        ("lock.x", "open", Position.OPEN),
        ("lock.x", "opening", Position.OPENING),
        ("lock.x", "jammed", Position.JAMMED),
        ("lock.x", "unknown", Position.UNKNOWN),
        ("lock.x", "unavailable", Position.UNAVAILABLE),
        ("lock.x", "something else", Position.UNKNOWN),
        ("switch.x", "on", Position.UNLOCKED),
        ("switch.x", "off", Position.LOCKED),
        ("switch.x", "unknown", Position.UNKNOWN),
        ("cover.x", "open", Position.OPEN),
        ("cover.x", "opening", Position.OPENING),
        ("cover.x", "closed", Position.LOCKED),
        ("cover.x", "closing", Position.LOCKING),
        ("button.x", "unknown", Position.LOCKED),
        ("button.x", "unavailable", Position.UNAVAILABLE),
        ("script.x", "on", Position.LOCKED),
    ):
        hass.states.async_set(entity_id, state)
        opener = opener_of(hass, entity_id)
        is_available = position is not Position.UNAVAILABLE
        read = (reads(opener), opener.available)
        assert read == (position, is_available), (entity_id, state)


async def test_assumed_state_is_not_seen(hass: HomeAssistant) -> None:
    opener = opener_of(hass, await install_bolt(hass, Bolt(assumed=True)))
    assert (opener.assumed, opener.has_state, opener.is_seen) == (True, True, False)


async def test_command_to_unavailable_opener_raises(
    hass: HomeAssistant, opener: EntityOpener, bolt: Bolt
) -> None:
    bolt.reachable(False)
    assert hass.states.is_state(BOLT, STATE_UNAVAILABLE)
    await hass.services.async_call("lock", "unlock", {"entity_id": BOLT}, blocking=True)
    for command in (opener.open, opener.unlock, opener.unlatch, opener.close):
        with pytest.raises(OpenerUnavailable):
            await command(Context())
    assert bolt.commands == []
    bolt.reachable(True)
    await opener.open(Context())
    assert bolt.names == ["unlock"]


async def test_missing_opener_can_close_but_no_unsupported_one(
    hass: HomeAssistant,
) -> None:
    hass.states.async_set("light.porch", "on")
    for reference, can_close in (
        ("0123456789abcdef" * 2, True),
        ("light.porch", False),
    ):
        opener = opener_of(hass, reference)
        assert reads(opener) is Position.UNAVAILABLE, reference
        assert not opener.available, reference
        assert not opener.assumed, reference
        assert (opener.has_state, opener.can_close) == (can_close,) * 2, reference
        with pytest.raises(OpenerUnavailable):
            await opener.open(Context())


async def test_renamed_opener_is_followed(
    hass: HomeAssistant, opener: EntityOpener, bolt: Bolt
) -> None:
    readings = readings_of(opener)
    er.async_get(hass).async_update_entity(BOLT, new_entity_id="lock.hall")
    await hass.async_block_till_done()
    assert reads(opener) is Position.LOCKED
    readings.clear()
    context = Context()
    await opener.open(context)
    assert bolt.names == ["unlock"]
    assert readings == [Reading(Position.UNLOCKED, context, changed=True)]
    # Another entity with the old id isn't the opener.
    hass.states.async_set(BOLT, "locked")
    assert len(readings) == 1


async def test_removed_opener_is_unavailable_until_it_returns(
    hass: HomeAssistant, opener: EntityOpener
) -> None:
    readings = readings_of(opener)
    registry = er.async_get(hass)
    registry.async_remove(BOLT)
    await hass.async_block_till_done()
    assert reads(opener) is Position.UNAVAILABLE
    assert [reading.position for reading in readings[-1:]] == [Position.UNAVAILABLE]
    assert opener.has_state
    assert opener.can_close

    # Another entity takes its id, and it returns with a new one.
    stranger = registry.async_get_or_create(
        "lock", "other", "x", suggested_object_id="bolt"
    )
    assert stranger.entity_id == BOLT
    hass.states.async_set(BOLT, "locked")
    assert reads(opener) is Position.UNAVAILABLE
    returned = registry.async_get_or_create("lock", "test", "bolt")
    assert returned.entity_id != BOLT
    hass.states.async_set(returned.entity_id, "unlocked")
    assert reads(opener) is Position.UNLOCKED
    assert [reading.position for reading in readings[-1:]] == [Position.UNLOCKED]
    assert readings[-1].changed


async def test_other_registry_changes_are_not_reports(
    hass: HomeAssistant, opener: EntityOpener
) -> None:
    readings = readings_of(opener)
    er.async_get(hass).async_get_or_create("lock", "test", "another")
    await hass.async_block_till_done()
    assert readings == []


async def test_repeated_state_is_unchanged(opener: EntityOpener, bolt: Bolt) -> None:
    readings = readings_of(opener)
    bolt.report(context := Context())
    assert readings == [Reading(Position.LOCKED, context, changed=False)]


async def test_removed_listener_gets_no_reports(
    hass: HomeAssistant, opener: EntityOpener, bolt: Bolt
) -> None:
    readings: list[Reading] = []
    stop = opener.listen(readings.append)
    stop()
    bolt.move(locked=False)
    er.async_get(hass).async_update_entity(BOLT, new_entity_id="lock.hall")
    await hass.async_block_till_done()
    assert readings == []


async def test_unregistered_opener_uses_entity_id(hass: HomeAssistant) -> None:
    opener = opener_of(hass, "lock.plain")
    readings = readings_of(opener)
    assert reads(opener) is Position.UNAVAILABLE
    hass.states.async_set("lock.plain", "locked")
    assert reads(opener) is Position.LOCKED
    assert [reading.changed for reading in readings] == [True]


async def test_demo_door_obeys_at_once(hass: HomeAssistant) -> None:
    opener = DemoOpener(hass, DoorSettings())
    readings: list[Reading] = []
    stop = opener.listen(readings.append)
    first, second, third = Context(), Context(), Context()
    assert reads(opener) is Position.LOCKED
    assert opener.is_seen
    assert opener.can_close
    assert opener.available
    assert not opener.supports_open

    await opener.open(first)
    assert readings == []  # the report follows the command
    await hass.async_block_till_done()
    await opener.unlatch(second)
    await hass.async_block_till_done()
    await opener.close(third)
    await hass.async_block_till_done()
    assert readings == [
        Reading(Position.UNLOCKED, first, changed=True),
        Reading(Position.UNLOCKED, second, changed=False),
        Reading(Position.LOCKED, third, changed=True),
    ]
    stop()
    await opener.unlock(first)
    await hass.async_block_till_done()
    assert reads(opener) is Position.UNLOCKED
    assert len(readings) == 3


async def test_demo_door_has_no_entity(hass: HomeAssistant) -> None:
    with pytest.raises(ValueError, match="demo"):
        EntityOpener(hass, DoorSettings())
