from collections.abc import Mapping
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

from .conftest import AddSubentry
from .front_end import FrontEnd, Screen

CONTACT_ATTRIBUTES = {"device_class": "door"}


def lock(hass: HomeAssistant, name: str = "front", **attributes: Any) -> er.RegistryEntry:
    """Add a registered lock with a state."""
    entry = er.async_get(hass).async_get_or_create("lock", "bolts", name, suggested_object_id=name)
    attributes = {"friendly_name": "Front lock", "supported_features": 0} | attributes
    hass.states.async_set(entry.entity_id, "locked", attributes)
    return entry


def only_door(building: MockConfigEntry) -> tuple[str, str | None, Mapping[str, Any]]:
    (door,) = building.get_subentries_of_type("door")
    return door.title, door.unique_id, door.data


async def choose_opener(flow: FrontEnd, opener: str) -> Screen:
    await flow.add()
    return await flow.submit(await flow.choose("opener"), opener=opener)


async def test_a_lock_becomes_a_door(
    hass: HomeAssistant, building: MockConfigEntry, door_flow: FrontEnd
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
    assert only_door(building) == (
        "Front door",
        "front",
        {
            "name": "Front door",
            "key": "front",
            "opener_kind": "entity",
            "opener": entry.id,
            "unlock_seconds": 8,
            "operation": "unlock",
            "contact": "binary_sensor.front",
            "close_cover": False,
        },
    )


async def test_a_demo_door_needs_a_name_only(
    building: MockConfigEntry, door_flow: FrontEnd
) -> None:
    await door_flow.add()
    screen = await door_flow.choose("demo")
    assert screen.fields.keys() == {"name", "key", "unlock_seconds", "contact"}
    screen = await door_flow.submit(screen, name="Côté cour")
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert only_door(building) == (
        "Côté cour",
        "cote_cour",
        {
            "name": "Côté cour",
            "key": "cote_cour",
            "opener_kind": "demo",
            "unlock_seconds": 5,
            "operation": "unlock",
            "close_cover": False,
        },
    )


@pytest.mark.parametrize("opener", ["switch.strike", "button.buzzer", "script.gate"])
async def test_only_a_lock_is_asked_what_to_do(
    hass: HomeAssistant, door_flow: FrontEnd, opener: str
) -> None:
    hass.states.async_set(opener, "unknown")
    screen = await choose_opener(door_flow, opener)
    assert screen.fields.keys() == {"name", "key", "unlock_seconds", "contact"}
    screen = await door_flow.submit(screen)
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert screen.shown["data"]["opener"] == opener


async def test_a_cover_is_closed_by_us_only_if_the_owner_says_so(
    hass: HomeAssistant, building: MockConfigEntry, door_flow: FrontEnd
) -> None:
    features = CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE
    hass.states.async_set("cover.gate", "closed", {"supported_features": features})
    screen = await choose_opener(door_flow, "cover.gate")
    assert screen.value("close_cover") is False
    await door_flow.submit(screen, close_cover=True)
    assert only_door(building)[2]["close_cover"] is True


async def test_a_cover_that_cannot_close_is_not_asked_to(
    hass: HomeAssistant, door_flow: FrontEnd
) -> None:
    hass.states.async_set("cover.gate", "closed", {"supported_features": CoverEntityFeature.OPEN})
    assert "close_cover" not in (await choose_opener(door_flow, "cover.gate")).fields


async def test_a_lock_that_can_open_may_be_opened(
    hass: HomeAssistant, building: MockConfigEntry, door_flow: FrontEnd
) -> None:
    lock(hass, supported_features=LockEntityFeature.OPEN)
    await door_flow.submit(await choose_opener(door_flow, "lock.front"), operation="open")
    assert only_door(building)[2]["operation"] == "open"


async def test_a_lock_that_cannot_open_is_not_opened(
    hass: HomeAssistant, door_flow: FrontEnd
) -> None:
    lock(hass)
    screen = await door_flow.submit(await choose_opener(door_flow, "lock.front"), operation="open")
    assert screen.errors == {"operation": "operation_unsupported"}
    assert (await door_flow.submit(screen, operation="unlock")).type is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("seconds", [2, 61])
async def test_unlock_seconds_have_bounds(
    hass: HomeAssistant, door_flow: FrontEnd, seconds: int
) -> None:
    await door_flow.add()
    screen = await door_flow.choose("demo")
    with pytest.raises(InvalidData):
        await door_flow.submit(screen, name="Front door", unlock_seconds=seconds)


class TestOpenersThatAreRefused:
    async def refused(self, flow: FrontEnd, opener: str) -> str:
        screen = await choose_opener(flow, opener)
        assert screen.step == "opener"
        return screen.errors["opener"]

    async def test_what_opens_nothing(self, hass: HomeAssistant, door_flow: FrontEnd) -> None:
        hass.states.async_set("light.hall", "on")
        assert await self.refused(door_flow, "light.hall") == "opener_unsupported"

    async def test_what_does_not_exist(self, door_flow: FrontEnd) -> None:
        assert await self.refused(door_flow, "lock.nowhere") == "opener_missing"

    async def test_a_registry_id_that_is_gone(self, door_flow: FrontEnd) -> None:
        assert await self.refused(door_flow, "0" * 32) == "opener_missing"

    @pytest.mark.parametrize("domain", ["lock", "switch"])
    async def test_our_own(self, hass: HomeAssistant, door_flow: FrontEnd, domain: str) -> None:
        entry = er.async_get(hass).async_get_or_create(domain, DOMAIN, "front")
        hass.states.async_set(entry.entity_id, "locked")
        assert await self.refused(door_flow, entry.entity_id) == "opener_ours"

    async def test_a_lock_group(self, hass: HomeAssistant, door_flow: FrontEnd) -> None:
        lock(hass, "left")
        lock(hass, "right")
        group = MockConfigEntry(
            domain="group",
            title="Both",
            options={
                "entities": ["lock.left", "lock.right"],
                "group_type": "lock",
                "hide_members": False,
                "name": "Both",
            },
        )
        group.add_to_hass(hass)
        assert await hass.config_entries.async_setup(group.entry_id)
        await hass.async_block_till_done()
        assert await self.refused(door_flow, "lock.both") == "opener_group"

    async def test_a_switch_group_from_yaml(self, hass: HomeAssistant, door_flow: FrontEnd) -> None:
        hass.states.async_set("switch.left", "off")
        config = {"switch": {"platform": "group", "name": "All", "entities": ["switch.left"]}}
        assert await async_setup_component(hass, "switch", config)
        await hass.async_block_till_done()
        assert await self.refused(door_flow, "switch.all") == "opener_group"

    async def test_a_group_of_another_integration(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        lock(hass, entity_id=["lock.left", "lock.right"])
        assert await self.refused(door_flow, "lock.front") == "opener_group"

    async def test_a_group_that_the_registry_knows(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        entry = er.async_get(hass).async_get_or_create("cover", "group", "all")
        hass.states.async_set(entry.entity_id, "unavailable")
        assert await self.refused(door_flow, entry.entity_id) == "opener_group"

    async def test_what_cannot_be_checked_now(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        hass.states.async_set("lock.front", "unavailable")
        assert await self.refused(door_flow, "lock.front") == "opener_unavailable"

    async def test_a_cover_that_cannot_open(self, hass: HomeAssistant, door_flow: FrontEnd) -> None:
        features = CoverEntityFeature.CLOSE
        hass.states.async_set("cover.gate", "open", {"supported_features": features})
        assert await self.refused(door_flow, "cover.gate") == "opener_cannot_open"

    async def test_what_opens_another_door_of_the_building(
        self, hass: HomeAssistant, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        add_door(opener_kind="entity", opener=lock(hass).id)
        assert await self.refused(door_flow, "lock.front") == "opener_taken"

    async def test_what_opens_a_door_of_another_building(
        self, hass: HomeAssistant, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        other = MockConfigEntry(domain=DOMAIN, title="Other", data={"household": "one"})
        other.add_to_hass(hass)
        hass.states.async_set("switch.strike", "off")
        add_door(other, opener_kind="entity", opener="switch.strike")
        assert await self.refused(door_flow, "switch.strike") == "opener_taken"

    async def test_a_lock_that_needs_a_code(self, hass: HomeAssistant, door_flow: FrontEnd) -> None:
        lock(hass, code_format=r"^\d{4}$")
        assert await self.refused(door_flow, "lock.front") == "opener_needs_code"

    async def test_an_unregistered_lock_that_needs_a_code(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        hass.states.async_set("lock.front", "locked", {"code_format": r"^\d{4}$"})
        assert await self.refused(door_flow, "lock.front") == "opener_needs_code"

    @pytest.mark.parametrize(("code_format", "code"), [(r"^\d{4}$", "123"), (r"(", "1234")])
    async def test_a_default_code_that_does_not_fit(
        self, hass: HomeAssistant, door_flow: FrontEnd, code_format: str, code: str
    ) -> None:
        lock(hass, code_format=code_format)
        options = {"default_code": code}
        er.async_get(hass).async_update_entity_options("lock.front", "lock", options)
        assert await self.refused(door_flow, "lock.front") == "opener_needs_code"


async def test_a_lock_with_a_default_code_is_accepted(
    hass: HomeAssistant, door_flow: FrontEnd
) -> None:
    lock(hass, code_format=r"^\d{4}$")
    options = {"default_code": "1234"}
    er.async_get(hass).async_update_entity_options("lock.front", "lock", options)
    assert (await choose_opener(door_flow, "lock.front")).step == "details"


async def test_an_opener_that_is_refused_can_be_replaced(
    hass: HomeAssistant, door_flow: FrontEnd
) -> None:
    lock(hass)
    screen = await choose_opener(door_flow, "lock.nowhere")
    assert screen.value("opener") == "lock.nowhere"
    assert (await door_flow.submit(screen, opener="lock.front")).step == "details"


class TestNamesAndKeys:
    async def submitted(self, flow: FrontEnd, **answers: Any) -> Screen:
        await flow.add()
        return await flow.submit(await flow.choose("demo"), **answers)

    async def test_a_name_is_not_blank(self, door_flow: FrontEnd) -> None:
        assert (await self.submitted(door_flow, name=" ")).errors == {"name": "name_blank"}

    async def test_a_name_tells_doors_apart(
        self, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        add_door()
        screen = await self.submitted(door_flow, name="front DOOR ")
        assert screen.errors == {"name": "name_taken"}

    @pytest.mark.parametrize("key", ["Front", "front door", "é", "x" * 33])
    async def test_a_key_is_plain(self, door_flow: FrontEnd, key: str) -> None:
        screen = await self.submitted(door_flow, name="Side door", key=key)
        assert screen.errors == {"key": "key_format"}
        assert screen.value("key") == key

    async def test_a_key_is_unique_in_the_building(
        self, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        add_door()
        screen = await self.submitted(door_flow, name="Side door", key="front")
        assert screen.errors == {"key": "key_taken"}

    async def test_another_building_may_use_the_same_key(
        self, hass: HomeAssistant, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        other = MockConfigEntry(domain=DOMAIN, title="Other", data={"household": "one"})
        other.add_to_hass(hass)
        add_door(other)
        screen = await self.submitted(door_flow, name="Front door", key="front")
        assert screen.type is FlowResultType.CREATE_ENTRY

    async def test_a_key_made_from_the_name_is_free_and_short_enough(
        self, building: MockConfigEntry, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        add_door(name="One", key="x" * 28)
        add_door(name="Two", key="x" * 28 + "_2")
        screen = await self.submitted(door_flow, name="X" * 40)
        assert screen.shown["unique_id"] == "x" * 28 + "_3"

    async def test_a_key_taken_while_the_form_is_open_is_not_given_twice(
        self, hass: HomeAssistant, building: MockConfigEntry, door_flow: FrontEnd
    ) -> None:
        other = FrontEnd(hass, building, "door")
        await door_flow.add()
        first = await door_flow.choose("demo")
        await other.add()
        second = await other.choose("demo")
        await door_flow.submit(first, name="Front door", key="front")
        screen = await other.submit(second, name="Side door", key="front")
        assert screen.errors == {"key": "key_taken"}
        assert len(building.subentries) == 1


class TestContactSensors:
    @pytest.mark.parametrize("contact", ["binary_sensor.nowhere", "0" * 32])
    async def test_a_missing_one_is_refused(self, door_flow: FrontEnd, contact: str) -> None:
        await door_flow.add()
        screen = await door_flow.choose("demo")
        screen = await door_flow.submit(screen, name="Front door", contact=contact)
        assert screen.errors == {"contact": "contact_missing"}

    async def test_another_kind_is_refused(self, hass: HomeAssistant, door_flow: FrontEnd) -> None:
        hass.states.async_set("switch.door", "on")
        await door_flow.add()
        screen = await door_flow.choose("demo")
        screen = await door_flow.submit(screen, name="Front door", contact="switch.door")
        assert screen.errors == {"contact": "contact_unsupported"}

    async def test_our_own_is_refused(self, hass: HomeAssistant, door_flow: FrontEnd) -> None:
        entry = er.async_get(hass).async_get_or_create("binary_sensor", DOMAIN, "expected")
        hass.states.async_set(entry.entity_id, "off")
        await door_flow.add()
        screen = await door_flow.choose("demo")
        screen = await door_flow.submit(screen, name="Front door", contact=entry.entity_id)
        assert screen.errors == {"contact": "contact_unsupported"}

    async def test_a_registered_one_is_kept_by_what_survives_a_renaming(
        self, hass: HomeAssistant, building: MockConfigEntry, door_flow: FrontEnd
    ) -> None:
        entry = er.async_get(hass).async_get_or_create("binary_sensor", "reeds", "front")
        hass.states.async_set(entry.entity_id, "off", CONTACT_ATTRIBUTES)
        await door_flow.add()
        screen = await door_flow.choose("demo")
        await door_flow.submit(screen, name="Front door", contact=entry.entity_id)
        assert only_door(building)[2]["contact"] == entry.id


class TestChanging:
    async def test_the_details_begin_as_they_are_and_the_key_stays(
        self,
        hass: HomeAssistant,
        building: MockConfigEntry,
        door_flow: FrontEnd,
        add_door: AddSubentry,
    ) -> None:
        entry = lock(hass, supported_features=LockEntityFeature.OPEN)
        hass.states.async_set("binary_sensor.front", "off", CONTACT_ATTRIBUTES)
        door = add_door(
            opener_kind="entity",
            opener=entry.id,
            operation="open",
            unlock_seconds=20,
            contact="binary_sensor.front",
        )
        er.async_get(hass).async_update_entity("lock.front", new_entity_id="lock.renamed")
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
        }
        screen = await door_flow.submit(screen, name="Main door", key=None, contact=None)
        assert screen.reason == "reconfigure_successful"
        title, unique_id, data = only_door(building)
        assert (title, unique_id) == ("Main door", "front")
        assert data == {
            "name": "Main door",
            "key": "front",
            "opener_kind": "entity",
            "opener": entry.id,
            "operation": "open",
            "unlock_seconds": 20,
            "close_cover": False,
        }

    async def test_the_key_can_change(
        self, building: MockConfigEntry, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        await door_flow.change(add_door().subentry_id)
        await door_flow.submit(await door_flow.choose("demo"), key="main")
        assert only_door(building)[1] == "main"

    async def test_another_opener(
        self,
        hass: HomeAssistant,
        building: MockConfigEntry,
        door_flow: FrontEnd,
        add_door: AddSubentry,
    ) -> None:
        door = add_door(opener_kind="entity", opener=lock(hass).id, operation="open")
        hass.states.async_set("switch.strike", "off")
        await door_flow.change(door.subentry_id)
        screen = await door_flow.choose("opener")
        assert screen.value("opener") == "lock.front"
        screen = await door_flow.submit(screen, opener="switch.strike")
        assert "operation" not in screen.fields
        await door_flow.submit(screen)
        data = only_door(building)[2]
        assert (data["opener"], data["operation"]) == ("switch.strike", "unlock")

    async def test_its_own_opener_is_not_taken(
        self, hass: HomeAssistant, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        door = add_door(opener_kind="entity", opener=lock(hass).id)
        await door_flow.change(door.subentry_id)
        screen = await door_flow.submit(await door_flow.choose("opener"))
        assert screen.step == "details"

    async def test_into_a_demo_door(
        self,
        hass: HomeAssistant,
        building: MockConfigEntry,
        door_flow: FrontEnd,
        add_door: AddSubentry,
    ) -> None:
        door = add_door(opener_kind="entity", opener=lock(hass).id)
        await door_flow.change(door.subentry_id)
        await door_flow.submit(await door_flow.choose("demo"))
        data = only_door(building)[2]
        assert data["opener_kind"] == "demo"
        assert "opener" not in data

    async def test_a_demo_door_into_a_real_one(
        self,
        hass: HomeAssistant,
        building: MockConfigEntry,
        door_flow: FrontEnd,
        add_door: AddSubentry,
    ) -> None:
        entry = lock(hass)
        screen = await door_flow.change(add_door().subentry_id)
        assert (screen.step, screen.options) == ("reconfigure_demo", ["demo", "opener"])
        screen = await door_flow.submit(await door_flow.choose("opener"), opener="lock.front")
        assert screen.value("name") == "Front door"
        await door_flow.submit(screen)
        assert only_door(building)[2]["opener"] == entry.id

    async def test_a_door_whose_opener_is_gone_asks_for_another(
        self, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        door = add_door(opener_kind="entity", opener="0" * 32)
        screen = await door_flow.change(door.subentry_id)
        assert screen.step == "opener"
        assert screen.errors == {"opener": "opener_missing"}

    async def test_a_lock_that_is_away_keeps_its_settings(
        self,
        hass: HomeAssistant,
        building: MockConfigEntry,
        door_flow: FrontEnd,
        add_door: AddSubentry,
    ) -> None:
        door = add_door(opener_kind="entity", opener="lock.front", operation="open")
        await door_flow.change(door.subentry_id)
        screen = await door_flow.choose("details")
        assert screen.shown["description_placeholders"] == {"opener": "lock.front"}
        screen = await door_flow.submit(screen)
        # Nothing says that it can open: better to say so than to find out at the door.
        assert screen.errors == {"operation": "operation_unsupported"}

    async def test_menus_can_be_shown_again(
        self, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        screen = await door_flow.change(add_door().subentry_id)
        assert await door_flow.go_on(screen.shown["flow_id"]) == screen
