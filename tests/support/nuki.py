"""A Nuki Opener: the entity of Home Assistant's component `nuki`, over a device of ours.

The device's library isn't installed. The component reads and calls nothing else of it.
"""

from importlib import import_module
import logging
import sys
from types import ModuleType
from unittest.mock import patch

from homeassistant.components.lock import LockEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import setup_test_component_platform
from requests.exceptions import ConnectTimeout

NUKI_OPENER = "lock.street_door_opener"
_LIBRARY = {
    "pynuki": ("NukiBridge", "NukiLock", "NukiOpener"),
    "pynuki.bridge": ("InvalidCredentialsException",),
    "pynuki.constants": (),
    "pynuki.device": ("NukiDevice",),
}
_MODE_CONTINUOUS = 3


class Device:
    """An opener at its bridge, as `homeassistant/components/nuki/lock.py` uses one."""

    nuki_id = 1
    state = 1
    mode = 2
    is_rto_activated = False

    def __init__(self) -> None:
        self.done: list[str] = []
        self.is_reachable = True

    def electric_strike_actuation(self) -> None:
        """Let the door buzz, which changes no state."""
        self._do("buzz")

    def activate_rto(self) -> None:
        """Turn on ring-to-open: the door opens to everybody who rings next."""
        self._do("ring to open")
        self.is_rto_activated = True

    def deactivate_rto(self) -> None:
        """Turn off ring-to-open."""
        self._do("no ring to open")
        self.is_rto_activated = False

    def _do(self, what: str) -> None:
        if not self.is_reachable:
            raise ConnectTimeout
        self.done.append(what)


class NukiOpener:
    """A device, and the lock that Home Assistant makes of it."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.device = Device()
        self._coordinator = DataUpdateCoordinator[None](
            hass, logging.getLogger(__name__), config_entry=None, name="nuki devices"
        )
        modules = {name: ModuleType(name) for name in _LIBRARY}
        for name, classes in _LIBRARY.items():
            vars(modules[name]).update({each: type(each, (), {}) for each in classes})
        vars(modules["pynuki.bridge"])["InvalidCredentialsException"] = OSError
        vars(modules["pynuki.constants"]).update(
            MODE_OPENER_CONTINUOUS=_MODE_CONTINUOUS, STATE_DOORSENSOR_OPENED=3
        )
        with patch.dict(sys.modules, modules):
            made = import_module("homeassistant.components.nuki.lock")
        # Without its config entry it has no device, which would also name it.
        of_its_own = {
            "device_info": None,
            "unique_id": str(Device.nuki_id),
            "_attr_name": "Street door opener",
        }
        kind = type("Opener", (made.NukiOpenerEntity,), of_its_own)
        self.entity: LockEntity = kind(self._coordinator, self.device)

    async def install(self, hass: HomeAssistant) -> str:
        """Add the lock to Home Assistant; return its registry ID."""
        setup_test_component_platform(hass, "lock", [self.entity])
        assert await async_setup_component(hass, "lock", {"lock": {"platform": "test"}})
        await hass.async_block_till_done()
        entry = er.async_get(hass).async_get(NUKI_OPENER)
        assert entry is not None
        return entry.id

    def poll(self) -> None:
        """Let Home Assistant read the device, as it does every 30 seconds."""
        self._coordinator.async_update_listeners()
