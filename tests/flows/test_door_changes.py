from homeassistant.components.lock.const import LockEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .parts import CONTACT_ATTRIBUTES, PartFlow, lock


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
        }
        screen = await door_flow.submit(
            screen, name="Main door", key=None, contact=None
        )
        assert screen.reason == "reconfigure_successful"
        kept = {key: door.data[key] for key in door.data if key != "contact"}
        door_flow.has_only("Main door", kept, "front")

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
