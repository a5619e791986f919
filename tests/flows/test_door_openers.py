from homeassistant.components.cover.const import CoverEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.const import DOMAIN

from .conftest import AddSubentry
from .doors import choose_opener, lock
from .front_end import FrontEnd


class TestRefusedOpeners:
    async def refused(self, flow: FrontEnd, opener: str) -> str:
        screen = await choose_opener(flow, opener)
        assert screen.step == "opener"
        return screen.errors["opener"]

    async def test_unsupported_domain_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        hass.states.async_set("light.hall", "on")
        assert await self.refused(door_flow, "light.hall") == "opener_unsupported"

    async def test_missing_entity_is_refused(self, door_flow: FrontEnd) -> None:
        assert await self.refused(door_flow, "lock.nowhere") == "opener_missing"

    async def test_removed_registry_id_is_refused(self, door_flow: FrontEnd) -> None:
        assert await self.refused(door_flow, "0" * 32) == "opener_missing"

    @pytest.mark.parametrize("domain", ["lock", "switch"])
    async def test_own_entity_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd, domain: str
    ) -> None:
        entry = er.async_get(hass).async_get_or_create(domain, DOMAIN, "front")
        hass.states.async_set(entry.entity_id, "locked")
        assert await self.refused(door_flow, entry.entity_id) == "opener_ours"

    async def test_lock_group_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
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

    async def test_yaml_switch_group_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        hass.states.async_set("switch.left", "off")
        config = {
            "switch": {"platform": "group", "name": "All", "entities": ["switch.left"]}
        }
        assert await async_setup_component(hass, "switch", config)
        await hass.async_block_till_done()
        assert await self.refused(door_flow, "switch.all") == "opener_group"

    async def test_other_integrations_group_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        lock(hass, entity_id=["lock.left", "lock.right"])
        assert await self.refused(door_flow, "lock.front") == "opener_group"

    async def test_registered_group_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        entry = er.async_get(hass).async_get_or_create("cover", "group", "all")
        hass.states.async_set(entry.entity_id, "unavailable")
        assert await self.refused(door_flow, entry.entity_id) == "opener_group"

    async def test_unavailable_entity_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        hass.states.async_set("lock.front", "unavailable")
        assert await self.refused(door_flow, "lock.front") == "opener_unavailable"

    async def test_cover_that_cannot_open_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        features = CoverEntityFeature.CLOSE
        hass.states.async_set("cover.gate", "open", {"supported_features": features})
        assert await self.refused(door_flow, "cover.gate") == "opener_cannot_open"

    async def test_opener_of_another_door_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        add_door(opener_kind="entity", opener=lock(hass).id)
        assert await self.refused(door_flow, "lock.front") == "opener_taken"

    async def test_opener_of_another_building_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd, add_door: AddSubentry
    ) -> None:
        other = MockConfigEntry(domain=DOMAIN, title="Other", data={"household": "one"})
        other.add_to_hass(hass)
        hass.states.async_set("switch.strike", "off")
        add_door(other, opener_kind="entity", opener="switch.strike")
        assert await self.refused(door_flow, "switch.strike") == "opener_taken"

    async def test_lock_that_needs_code_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        lock(hass, code_format=r"^\d{4}$")
        assert await self.refused(door_flow, "lock.front") == "opener_needs_code"

    async def test_unregistered_lock_that_needs_code_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd
    ) -> None:
        hass.states.async_set("lock.front", "locked", {"code_format": r"^\d{4}$"})
        assert await self.refused(door_flow, "lock.front") == "opener_needs_code"

    @pytest.mark.parametrize(
        ("code_format", "code"), [(r"^\d{4}$", "123"), (r"(", "1234")]
    )
    async def test_mismatched_default_code_is_refused(
        self, hass: HomeAssistant, door_flow: FrontEnd, code_format: str, code: str
    ) -> None:
        lock(hass, code_format=code_format)
        options = {"default_code": code}
        er.async_get(hass).async_update_entity_options("lock.front", "lock", options)
        assert await self.refused(door_flow, "lock.front") == "opener_needs_code"


async def test_lock_with_default_code_is_accepted(
    hass: HomeAssistant, door_flow: FrontEnd
) -> None:
    lock(hass, code_format=r"^\d{4}$")
    options = {"default_code": "1234"}
    er.async_get(hass).async_update_entity_options("lock.front", "lock", options)
    assert (await choose_opener(door_flow, "lock.front")).step == "details"


async def test_refused_opener_can_be_replaced(
    hass: HomeAssistant, door_flow: FrontEnd
) -> None:
    lock(hass)
    screen = await choose_opener(door_flow, "lock.nowhere")
    assert screen.value("opener") == "lock.nowhere"
    assert (await door_flow.submit(screen, opener="lock.front")).step == "details"
