from typing import Any

from homeassistant.components.cover.const import CoverEntityFeature
from homeassistant.components.lock.const import LockEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.const import DOMAIN

from .front_end import FrontEnd, Screen
from .parts import CONTACT_ATTRIBUTES, PartFlow, choose_opener, lock


async def test_door_with_lock_is_added(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    entry = lock(hass)
    hass.states.async_set("binary_sensor.front", "off", CONTACT_ATTRIBUTES)
    assert (await door_flow.add()).options == ["opener", "demo"]
    screen = await door_flow.choose("opener")
    screen = await door_flow.submit(screen, opener="lock.front")
    assert screen.step == "details"
    assert screen.value("name") == "Front lock"
    screen = await door_flow.submit(
        screen,
        name=" Front door ",
        key="front",
        unlock_seconds=8,
        contact="binary_sensor.front",
    )
    assert screen.type is FlowResultType.CREATE_ENTRY
    door_flow.has_only(
        "Front door",
        {
            "key": "front",
            "opener_kind": "entity",
            "opener": entry.id,
            "unlock_seconds": 8,
            "operation": "unlock",
            "contact": "binary_sensor.front",
            "close_cover": False,
        },
        "front",
    )


async def test_demo_door_only_needs_name(door_flow: PartFlow) -> None:
    await door_flow.add()
    screen = await door_flow.choose("demo")
    assert screen.fields.keys() == {"name", "key", "unlock_seconds", "contact"}
    screen = await door_flow.submit(screen, name="Côté cour")
    assert screen.type is FlowResultType.CREATE_ENTRY
    door_flow.has_only(
        "Côté cour",
        {
            "key": "cote_cour",
            "opener_kind": "demo",
            "unlock_seconds": 5,
            "operation": "unlock",
            "close_cover": False,
        },
        "cote_cour",
    )


async def test_only_a_lock_asks_for_an_operation(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    for opener in ("switch.strike", "button.buzzer", "script.gate"):
        hass.states.async_set(opener, "unknown")
        screen = await choose_opener(door_flow, opener)
        assert screen.fields.keys() == {"name", "key", "unlock_seconds", "contact"}
        screen = await door_flow.submit(screen, name=opener)
        assert screen.type is FlowResultType.CREATE_ENTRY, opener
        assert screen.shown["data"]["opener"] == opener


async def test_closing_a_cover_is_opt_in_and_offered_if_it_can_close(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    features = CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE
    hass.states.async_set("cover.gate", "closed", {"supported_features": features})
    screen = await choose_opener(door_flow, "cover.gate")
    assert screen.value("close_cover") is False
    await door_flow.submit(screen, close_cover=True)
    assert door_flow.only().data["close_cover"] is True

    only_opens = {"supported_features": CoverEntityFeature.OPEN}
    hass.states.async_set("cover.yard", "closed", only_opens)
    assert "close_cover" not in (await choose_opener(door_flow, "cover.yard")).fields


async def test_open_is_accepted_for_a_lock_with_a_latch_only(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    lock(hass, supported_features=LockEntityFeature.OPEN)
    screen = await choose_opener(door_flow, "lock.front")
    await door_flow.submit(screen, operation="open")
    assert door_flow.only().data["operation"] == "open"

    lock(hass, "back", friendly_name="Back lock")
    screen = await choose_opener(door_flow, "lock.back")
    screen = await door_flow.submit(screen, operation="open")
    assert screen.errors == {"operation": "operation_unsupported"}
    done = await door_flow.submit(screen, operation="unlock")
    assert done.type is FlowResultType.CREATE_ENTRY


async def demo(flow: FrontEnd) -> Screen:
    """Open the form of a demo door."""
    await flow.add()
    return await flow.choose("demo")


async def submitted(flow: FrontEnd, **answers: Any) -> Screen:
    return await flow.submit(await demo(flow), **answers)


async def test_wrong_details_are_refused_and_shown_again(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    door_flow.add_door()
    hass.states.async_set("switch.door", "on")
    own = er.async_get(hass).async_get_or_create("binary_sensor", DOMAIN, "expected")
    hass.states.async_set(own.entity_id, "off")
    cases = [
        ("name", " ", "name_blank"),
        ("name", "front DOOR ", "name_taken"),
        *(("key", key, "key_format") for key in ("Front", "a door", "é", "x" * 33)),
        ("key", "front", "key_taken"),
        ("contact", "binary_sensor.nowhere", "contact_missing"),
        ("contact", "0" * 32, "contact_missing"),
        ("contact", "switch.door", "contact_unsupported"),
        ("contact", own.entity_id, "contact_unsupported"),
    ]
    for field, value, error in cases:
        screen = await submitted(door_flow, **{"name": "Side door"} | {field: value})
        assert screen.errors == {field: error}, value
        assert screen.value(field) == value.strip()


async def test_unlock_seconds_have_bounds(door_flow: PartFlow) -> None:
    for seconds in (2, 61):
        with pytest.raises(InvalidData):
            await submitted(door_flow, name="Front door", unlock_seconds=seconds)


async def test_another_building_can_use_the_same_key(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    other = MockConfigEntry(domain=DOMAIN, title="Other", data={"household": "one"})
    other.add_to_hass(hass)
    door_flow.add_door(other)
    screen = await submitted(door_flow, name="Front door", key="front")
    assert screen.type is FlowResultType.CREATE_ENTRY


async def test_derived_key_is_free_and_short(door_flow: PartFlow) -> None:
    door_flow.add_door(name="One", key="x" * 28)
    door_flow.add_door(name="Two", key="x" * 28 + "_2")
    screen = await submitted(door_flow, name="X" * 40)
    assert screen.shown["unique_id"] == "x" * 28 + "_3"


async def test_key_taken_while_form_is_open_is_refused(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    other = FrontEnd(hass, door_flow.building, "door")
    first, second = await demo(door_flow), await demo(other)
    await door_flow.submit(first, name="Front door", key="front")
    screen = await other.submit(second, name="Side door", key="front")
    assert screen.errors == {"key": "key_taken"}
    assert len(door_flow.existing) == 1


async def test_registered_contact_sensor_is_stored_by_registry_id(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    entry = er.async_get(hass).async_get_or_create("binary_sensor", "reeds", "front")
    hass.states.async_set(entry.entity_id, "off", CONTACT_ATTRIBUTES)
    await submitted(door_flow, name="Front door", contact=entry.entity_id)
    assert door_flow.only().data["contact"] == entry.id
