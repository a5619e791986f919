from homeassistant.components.cover.const import CoverEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.const import DOMAIN

from .parts import PartFlow, choose_opener, lock


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
