from typing import Any

from homeassistant.components.cover.const import CoverEntityFeature
from homeassistant.components.lock.const import LockEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.const import DOMAIN

from .conftest import AddSubentry
from .doors import CONTACT_ATTRIBUTES, choose_opener, lock, only_door
from .front_end import FrontEnd, Screen


async def test_door_with_lock_is_added(
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
            "key": "front",
            "opener_kind": "entity",
            "opener": entry.id,
            "unlock_seconds": 8,
            "operation": "unlock",
            "contact": "binary_sensor.front",
            "close_cover": False,
        },
    )


async def test_demo_door_only_needs_name(
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
            "key": "cote_cour",
            "opener_kind": "demo",
            "unlock_seconds": 5,
            "operation": "unlock",
            "close_cover": False,
        },
    )


@pytest.mark.parametrize("opener", ["switch.strike", "button.buzzer", "script.gate"])
async def test_only_lock_asks_for_operation(
    hass: HomeAssistant, door_flow: FrontEnd, opener: str
) -> None:
    hass.states.async_set(opener, "unknown")
    screen = await choose_opener(door_flow, opener)
    assert screen.fields.keys() == {"name", "key", "unlock_seconds", "contact"}
    screen = await door_flow.submit(screen)
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert screen.shown["data"]["opener"] == opener


async def test_closing_cover_is_opt_in(
    hass: HomeAssistant, building: MockConfigEntry, door_flow: FrontEnd
) -> None:
    features = CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE
    hass.states.async_set("cover.gate", "closed", {"supported_features": features})
    screen = await choose_opener(door_flow, "cover.gate")
    assert screen.value("close_cover") is False
    await door_flow.submit(screen, close_cover=True)
    assert only_door(building)[2]["close_cover"] is True


async def test_cover_that_cannot_close_has_no_close_option(
    hass: HomeAssistant, door_flow: FrontEnd
) -> None:
    hass.states.async_set(
        "cover.gate", "closed", {"supported_features": CoverEntityFeature.OPEN}
    )
    assert "close_cover" not in (await choose_opener(door_flow, "cover.gate")).fields


async def test_open_is_accepted_for_lock_with_latch(
    hass: HomeAssistant, building: MockConfigEntry, door_flow: FrontEnd
) -> None:
    lock(hass, supported_features=LockEntityFeature.OPEN)
    await door_flow.submit(
        await choose_opener(door_flow, "lock.front"), operation="open"
    )
    assert only_door(building)[2]["operation"] == "open"


async def test_open_is_refused_for_lock_without_latch(
    hass: HomeAssistant, door_flow: FrontEnd
) -> None:
    lock(hass)
    screen = await door_flow.submit(
        await choose_opener(door_flow, "lock.front"), operation="open"
    )
    assert screen.errors == {"operation": "operation_unsupported"}
    assert (
        await door_flow.submit(screen, operation="unlock")
    ).type is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("seconds", [2, 61])
async def test_unlock_seconds_have_bounds(
    hass: HomeAssistant, door_flow: FrontEnd, seconds: int
) -> None:
    await door_flow.add()
    screen = await door_flow.choose("demo")
    with pytest.raises(InvalidData):
        await door_flow.submit(screen, name="Front door", unlock_seconds=seconds)


class TestNamesAndKeys:
    async def submitted(self, flow: FrontEnd, **answers: Any) -> Screen:
        await flow.add()
        return await flow.submit(await flow.choose("demo"), **answers)

    async def test_blank_name_is_refused(self, door_flow: FrontEnd) -> None:
        assert (await self.submitted(door_flow, name=" ")).errors == {
            "name": "name_blank"
        }

    async def test_door_names_are_unique(
        self, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        add_door()
        screen = await self.submitted(door_flow, name="front DOOR ")
        assert screen.errors == {"name": "name_taken"}

    @pytest.mark.parametrize("key", ["Front", "front door", "é", "x" * 33])
    async def test_key_format_is_validated(self, door_flow: FrontEnd, key: str) -> None:
        screen = await self.submitted(door_flow, name="Side door", key=key)
        assert screen.errors == {"key": "key_format"}
        assert screen.value("key") == key

    async def test_key_is_unique_in_building(
        self, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        add_door()
        screen = await self.submitted(door_flow, name="Side door", key="front")
        assert screen.errors == {"key": "key_taken"}

    async def test_another_building_can_use_same_key(
        self, hass: HomeAssistant, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        other = MockConfigEntry(domain=DOMAIN, title="Other", data={"household": "one"})
        other.add_to_hass(hass)
        add_door(other)
        screen = await self.submitted(door_flow, name="Front door", key="front")
        assert screen.type is FlowResultType.CREATE_ENTRY

    async def test_derived_key_is_free_and_short(
        self, building: MockConfigEntry, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        add_door(name="One", key="x" * 28)
        add_door(name="Two", key="x" * 28 + "_2")
        screen = await self.submitted(door_flow, name="X" * 40)
        assert screen.shown["unique_id"] == "x" * 28 + "_3"

    async def test_key_taken_while_form_is_open_is_refused(
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
    async def test_missing_sensor_is_refused(
        self, door_flow: FrontEnd, contact: str
    ) -> None:
        await door_flow.add()
        screen = await door_flow.choose("demo")
        screen = await door_flow.submit(screen, name="Front door", contact=contact)
        assert screen.errors == {"contact": "contact_missing"}

    async def test_other_domain_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        hass.states.async_set("switch.door", "on")
        await door_flow.add()
        screen = await door_flow.choose("demo")
        screen = await door_flow.submit(
            screen, name="Front door", contact="switch.door"
        )
        assert screen.errors == {"contact": "contact_unsupported"}

    async def test_own_sensor_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        entry = er.async_get(hass).async_get_or_create(
            "binary_sensor", DOMAIN, "expected"
        )
        hass.states.async_set(entry.entity_id, "off")
        await door_flow.add()
        screen = await door_flow.choose("demo")
        screen = await door_flow.submit(
            screen, name="Front door", contact=entry.entity_id
        )
        assert screen.errors == {"contact": "contact_unsupported"}

    async def test_registered_sensor_is_stored_by_registry_id(
        self, hass: HomeAssistant, building: MockConfigEntry, door_flow: FrontEnd
    ) -> None:
        entry = er.async_get(hass).async_get_or_create(
            "binary_sensor", "reeds", "front"
        )
        hass.states.async_set(entry.entity_id, "off", CONTACT_ATTRIBUTES)
        await door_flow.add()
        screen = await door_flow.choose("demo")
        await door_flow.submit(screen, name="Front door", contact=entry.entity_id)
        assert only_door(building)[2]["contact"] == entry.id
