"""A device of another integration that offers triggers to automations."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from homeassistant.components.device_automation import DEVICE_TRIGGER_BASE_SCHEMA
from homeassistant.components.device_automation.exceptions import (
    InvalidDeviceAutomationConfig,
)
from homeassistant.components.homeassistant.triggers import event as event_trigger
from homeassistant.config_entries import ConfigEntry, ConfigFlow
from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.trigger import TriggerActionType, TriggerInfo
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    MockPlatform,
    mock_config_flow,
    mock_integration,
    mock_platform,
)
import voluptuous as vol

MAKER = "maker"
OPENED = "maker_opened"
TYPES = ("remote_unlock", "tamper")


@dataclass(slots=True)
class Keypad:
    """A device whose integration fires an event for each of its triggers."""

    hass: HomeAssistant
    entry: MockConfigEntry
    is_refusing: bool = False
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """Attaching waits until it is set, as it is at first."""
    attached: list[str] = field(default_factory=list)

    @property
    def device(self) -> dr.DeviceEntry:
        """The device, registered again if it was removed."""
        return dr.async_get(self.hass).async_get_or_create(
            config_entry_id=self.entry.entry_id,
            identifiers={(MAKER, "keypad")},
            name="Keypad",
        )

    def trigger(self, kind: str = TYPES[0]) -> dict[str, Any]:
        """Return one of its triggers, as it offers it."""
        return {
            "platform": "device",
            "domain": MAKER,
            "device_id": self.device.id,
            "type": kind,
        }

    def remove(self) -> None:
        """Remove the device."""
        dr.async_get(self.hass).async_remove_device(self.device.id)

    async def fire(self, kind: str = TYPES[0]) -> None:
        """Let one of its triggers fire."""
        self.hass.bus.async_fire(OPENED, {"type": kind})
        await self.hass.async_block_till_done(wait_background_tasks=True)


@asynccontextmanager
async def install_keypad(hass: HomeAssistant) -> AsyncGenerator[Keypad]:
    """Set up the integration with its device, for as long as a test needs it."""
    keypad = Keypad(hass, MockConfigEntry(domain=MAKER))
    keypad.gate.set()

    async def load(_: HomeAssistant, _entry: ConfigEntry) -> bool:
        return True

    async def offer(_: HomeAssistant, device_id: str) -> list[dict[str, Any]]:
        if device_id != keypad.device.id:
            raise InvalidDeviceAutomationConfig
        return [{**keypad.trigger(kind), "metadata": {}} for kind in TYPES]

    async def attach(
        hass: HomeAssistant,
        config: dict[str, Any],
        action: TriggerActionType,
        info: TriggerInfo,
    ) -> CALLBACK_TYPE:
        await keypad.gate.wait()
        if keypad.is_refusing:
            raise InvalidDeviceAutomationConfig("no such trigger")
        keypad.attached.append(config["type"])
        followed = event_trigger.TRIGGER_SCHEMA(
            {
                "platform": "event",
                "event_type": OPENED,
                "event_data": {"type": config["type"]},
            }
        )
        detach = await event_trigger.async_attach_trigger(
            hass, followed, action, info, platform_type="device"
        )

        def remove() -> None:
            keypad.attached.remove(config["type"])
            detach()

        return remove

    async def unload(_: HomeAssistant, _entry: ConfigEntry) -> bool:
        return True

    mock_integration(
        hass, MockModule(MAKER, async_setup_entry=load, async_unload_entry=unload)
    )
    schema = DEVICE_TRIGGER_BASE_SCHEMA.extend({vol.Required("type"): vol.In(TYPES)})
    platform = MockPlatform()
    vars(platform).update(
        TRIGGER_SCHEMA=schema, async_get_triggers=offer, async_attach_trigger=attach
    )
    mock_platform(hass, f"{MAKER}.device_trigger", platform)
    mock_platform(hass, f"{MAKER}.config_flow")
    keypad.entry.add_to_hass(hass)
    with mock_config_flow(MAKER, ConfigFlow):
        assert await hass.config_entries.async_setup(keypad.entry.entry_id)
        assert keypad.device.id
        yield keypad
