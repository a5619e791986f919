from typing import Any

from homeassistant.components.cover.const import CoverEntityFeature
from homeassistant.components.lock.const import LockEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.const import DOMAIN

from .front_end import FrontEnd, Screen
from .parts import CONTACT_ATTRIBUTES, PartFlow, choose_opener, lock

DEMO_FIELDS = {"name", "key", "unlock_seconds", "contact", "doorbells", "driver_note"}


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
    assert screen.fields.keys() == DEMO_FIELDS
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
        assert screen.fields.keys() == DEMO_FIELDS
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


async def test_what_a_lock_with_a_latch_does_must_be_chosen(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    """Unlocking an intercom's opener lets in everybody who rings next."""
    lock(hass, supported_features=LockEntityFeature.OPEN)
    screen = await choose_opener(door_flow, "lock.front")
    assert screen.value("operation") is None
    # The frontend preselects a required choice.
    assert not screen.fields["operation"].get("required")
    screen = await door_flow.submit(screen)
    assert screen.errors == {"operation": "operation_missing"}
    await door_flow.submit(screen, operation="unlock")
    assert door_flow.only().data["operation"] == "unlock"

    lock(hass, "back", friendly_name="Back lock")
    screen = await choose_opener(door_flow, "lock.back")
    assert screen.value("operation") == "unlock"


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


async def refused(flow: PartFlow, opener: str) -> str:
    screen = await choose_opener(flow, opener)
    assert screen.step == "opener", opener
    return screen.errors["opener"]


async def test_opener_that_no_door_can_have_is_refused_with_the_reason(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    registry, states = er.async_get(hass), hass.states
    states.async_set("light.hall", "on")
    own = registry.async_get_or_create("lock", DOMAIN, "front").entity_id
    states.async_set(own, "locked")
    own_switch = registry.async_get_or_create("switch", DOMAIN, "front").entity_id
    states.async_set(own_switch, "on")
    lock(hass, "both", entity_id=["lock.left", "lock.right"])
    group = registry.async_get_or_create("cover", "group", "all").entity_id
    states.async_set(group, "unavailable")
    states.async_set("lock.away", "unavailable")
    only_closes = {"supported_features": CoverEntityFeature.CLOSE}
    states.async_set("cover.gate", "open", only_closes)
    lock(hass, "code", code_format=r"^\d{4}$")
    states.async_set("lock.unregistered", "locked", {"code_format": r"^\d{4}$"})
    for name, code_format, code in (
        ("short", r"^\d{4}$", "123"),
        ("no_pattern", r"(", "1234"),
    ):
        lock(hass, name, code_format=code_format)
        options = {"default_code": code}
        registry.async_update_entity_options(f"lock.{name}", "lock", options)
    expected = {
        "light.hall": "opener_unsupported",
        "lock.nowhere": "opener_missing",
        "0" * 32: "opener_missing",
        own: "opener_ours",
        own_switch: "opener_ours",
        "lock.both": "opener_group",
        group: "opener_group",
        "lock.away": "opener_unavailable",
        "cover.gate": "opener_cannot_open",
        "lock.code": "opener_needs_code",
        "lock.unregistered": "opener_needs_code",
        "lock.short": "opener_needs_code",
        "lock.no_pattern": "opener_needs_code",
    }
    assert {each: await refused(door_flow, each) for each in expected} == expected


async def test_home_assistants_own_groups_are_refused(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    lock(hass, "left")
    hass.states.async_set("switch.left", "off")
    group = MockConfigEntry(
        domain="group",
        title="Both",
        options={
            "entities": ["lock.left"],
            "group_type": "lock",
            "hide_members": False,
            "name": "Both",
        },
    )
    group.add_to_hass(hass)
    assert await hass.config_entries.async_setup(group.entry_id)
    in_yaml = {"platform": "group", "name": "All", "entities": ["switch.left"]}
    assert await async_setup_component(hass, "switch", {"switch": in_yaml})
    await hass.async_block_till_done()
    for each in ("lock.both", "switch.all"):
        assert await refused(door_flow, each) == "opener_group", each


async def test_opener_of_another_door_is_refused_in_any_building(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    door_flow.add_door(opener_kind="entity", opener=lock(hass).id)
    other = MockConfigEntry(domain=DOMAIN, title="Other", data={"household": "one"})
    other.add_to_hass(hass)
    hass.states.async_set("switch.strike", "off")
    door_flow.add_door(other, opener_kind="entity", opener="switch.strike")
    for each in ("lock.front", "switch.strike"):
        assert await refused(door_flow, each) == "opener_taken", each


async def test_opener_that_another_form_takes_meanwhile_is_refused(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    opener = lock(hass)
    screen = await choose_opener(door_flow, "lock.front")
    door_flow.add_door(opener_kind="entity", opener=opener.id)
    screen = await door_flow.submit(screen, name="Back door", unlock_seconds=5)
    assert (screen.step, screen.errors) == ("opener", {"opener": "opener_taken"})


async def test_lock_with_default_code_is_accepted(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    lock(hass, code_format=r"^\d{4}$")
    options = {"default_code": "1234"}
    er.async_get(hass).async_update_entity_options("lock.front", "lock", options)
    assert (await choose_opener(door_flow, "lock.front")).step == "details"


async def test_refused_opener_can_be_replaced(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    lock(hass)
    screen = await choose_opener(door_flow, "lock.nowhere")
    assert screen.value("opener") == "lock.nowhere"
    assert (await door_flow.submit(screen, opener="lock.front")).step == "details"


class TestReconfigure:
    async def test_details_start_with_current_settings_and_key_stays(
        self, hass: HomeAssistant, door_flow: PartFlow
    ) -> None:
        entry = lock(hass, supported_features=LockEntityFeature.OPEN)
        hass.states.async_set("binary_sensor.front", "off", CONTACT_ATTRIBUTES)
        door = door_flow.add_door(
            opener_kind="entity",
            opener=entry.id,
            operation="open",
            unlock_seconds=20,
            contact="binary_sensor.front",
        )
        er.async_get(hass).async_update_entity(
            "lock.front", new_entity_id="lock.renamed"
        )
        hass.states.async_set("lock.renamed", "locked", {"supported_features": 1})
        screen = await door_flow.change(door.subentry_id)
        assert screen.options == ["details", "opener", "demo"]
        screen = await door_flow.choose("details")
        assert {name: screen.value(name) for name in screen.fields} == {
            "name": "Front door",
            "key": "front",
            "operation": "open",
            "unlock_seconds": 20,
            "contact": "binary_sensor.front",
            "doorbells": None,
            "driver_note": None,
        }
        screen = await door_flow.submit(
            screen, name="Main door", key=None, contact=None
        )
        assert screen.reason == "reconfigure_successful"
        kept = {key: door.data[key] for key in door.data if key != "contact"}
        door_flow.has_only("Main door", kept, "front")

    async def test_note_for_drivers_is_one_line_and_can_be_removed(
        self, door_flow: PartFlow
    ) -> None:
        door = door_flow.add_door()
        await door_flow.change(door.subentry_id)
        screen = await door_flow.choose("demo")
        assert screen.value("driver_note") is None
        screen = await door_flow.submit(screen, driver_note="x" * 121)
        assert screen.errors == {"driver_note": "note_too_long"}
        screen = await door_flow.submit(screen, driver_note=" Mind\nthe \u202estep. ")
        assert screen.reason == "reconfigure_successful"
        assert door_flow.only().data["driver_note"] == "Mind the step."

        await door_flow.change(door.subentry_id)
        screen = await door_flow.choose("demo")
        assert screen.value("driver_note") == "Mind the step."
        await door_flow.submit(screen, driver_note=None)
        assert "driver_note" not in door_flow.only().data

    async def test_key_can_change(self, door_flow: PartFlow) -> None:
        await door_flow.change(door_flow.add_door().subentry_id)
        await door_flow.submit(await door_flow.choose("demo"), key="main")
        assert door_flow.only().unique_id == "main"

    async def test_opener_can_change(
        self, hass: HomeAssistant, door_flow: PartFlow
    ) -> None:
        door = door_flow.add_door(
            opener_kind="entity", opener=lock(hass).id, operation="open"
        )
        hass.states.async_set("switch.strike", "off")
        await door_flow.change(door.subentry_id)
        screen = await door_flow.choose("opener")
        assert screen.value("opener") == "lock.front"
        screen = await door_flow.submit(screen, opener="switch.strike")
        assert "operation" not in screen.fields
        await door_flow.submit(screen)
        data = door_flow.only().data
        assert (data["opener"], data["operation"]) == ("switch.strike", "unlock")

    async def test_own_opener_is_not_taken(
        self, hass: HomeAssistant, door_flow: PartFlow
    ) -> None:
        door = door_flow.add_door(opener_kind="entity", opener=lock(hass).id)
        await door_flow.change(door.subentry_id)
        screen = await door_flow.submit(await door_flow.choose("opener"))
        assert screen.step == "details"

    async def test_real_door_can_become_demo_door(
        self, hass: HomeAssistant, door_flow: PartFlow
    ) -> None:
        door = door_flow.add_door(opener_kind="entity", opener=lock(hass).id)
        await door_flow.change(door.subentry_id)
        await door_flow.submit(await door_flow.choose("demo"))
        data = door_flow.only().data
        assert data["opener_kind"] == "demo"
        assert "opener" not in data

    async def test_demo_door_can_become_real_door(
        self, hass: HomeAssistant, door_flow: PartFlow
    ) -> None:
        entry = lock(hass)
        screen = await door_flow.change(door_flow.add_door().subentry_id)
        assert (screen.step, screen.options) == ("reconfigure_demo", ["demo", "opener"])
        screen = await door_flow.submit(
            await door_flow.choose("opener"), opener="lock.front"
        )
        assert screen.value("name") == "Front door"
        await door_flow.submit(screen)
        assert door_flow.only().data["opener"] == entry.id

    async def test_door_with_removed_opener_asks_for_another(
        self, door_flow: PartFlow
    ) -> None:
        door = door_flow.add_door(opener_kind="entity", opener="0" * 32)
        screen = await door_flow.change(door.subentry_id)
        assert screen.step == "opener"
        assert screen.errors == {"opener": "opener_missing"}

    async def test_unavailable_lock_keeps_its_settings(
        self, door_flow: PartFlow
    ) -> None:
        door = door_flow.add_door(
            opener_kind="entity", opener="lock.front", operation="open"
        )
        await door_flow.change(door.subentry_id)
        screen = await door_flow.choose("details")
        assert screen.shown["description_placeholders"] == {"opener": r"lock\.front"}
        screen = await door_flow.submit(screen)
        # Its features are unknown while it is unavailable.
        assert screen.errors == {"operation": "operation_unsupported"}

    async def test_menus_can_be_shown_again(self, door_flow: PartFlow) -> None:
        screen = await door_flow.change(door_flow.add_door().subentry_id)
        assert await door_flow.go_on(screen.shown["flow_id"]) == screen
