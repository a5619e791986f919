"""Locks for the building's doors."""

from typing import Any, override

from homeassistant.components.lock import LockEntity
from homeassistant.components.lock.const import LockEntityFeature
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers.entity_platform import (
    AddConfigEntryEntitiesCallback,
    async_get_platforms,
)

from .access.model import Door
from .building.building import Building, CourierAccessConfigEntry
from .const import DOMAIN
from .doors.driver import DoorDriver
from .doors.openers import DoorSettings, Position
from .entity import DoorEntity

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: CourierAccessConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a lock per door."""
    building = entry.runtime_data
    for door_id, shown in doors_to_show(building).items():
        async_add_entities([DoorLock(building, shown)], config_subentry_id=door_id)


type Shown = tuple[DoorDriver, Door, DoorSettings]
"""What a lock shows. If it changes, the door needs a new lock entity."""


def doors_to_show(building: Building) -> dict[str, Shown]:
    """Return what the building's locks must show, by door."""
    directory = building.directory
    return {
        door_id: (driver, directory.doors[door_id], directory.door_settings[door_id])
        for door_id, driver in building.drivers.items()
    }


def doors_shown(
    hass: HomeAssistant, entry: CourierAccessConfigEntry
) -> dict[str, Shown]:
    """Return what the lock entities show that there are, by door."""
    return {
        entity.driver.door.id: entity.shown
        for platform in async_get_platforms(hass, DOMAIN)
        if platform.config_entry is entry
        for entity in platform.entities.values()
        if isinstance(entity, DoorLock)
    }


class DoorLock(DoorEntity, LockEntity):
    """Mirrors the door's opener; manual commands aren't recorded (promise 6)."""

    _attr_translation_key = "door"
    _attr_name = None

    def __init__(self, building: Building, shown: Shown) -> None:
        super().__init__(building, shown[0])
        self.shown = shown
        # The lock is kept through reloads, so it may outlive the building.
        del self.building
        self._follow()

    @property
    @override
    def available(self) -> bool:
        """Return whether the opener is available, even while couriers are blocked."""
        return self.driver.available

    @override
    async def async_follow(self) -> None:
        await super().async_follow()
        self.async_on_remove(self.driver.listen(self._update))
        self._follow()

    @override
    async def async_lock(self, **kwargs: Any) -> None:
        await self.driver.manual.lock(self._caller)

    @override
    async def async_unlock(self, **kwargs: Any) -> None:
        await self.driver.manual.unlock(self._caller)

    @override
    async def async_open(self, **kwargs: Any) -> None:
        await self.driver.manual.unlatch(self._caller)

    @property
    def _caller(self) -> Context:
        return self._context or Context()

    @callback
    def _update(self, context: Context) -> None:
        self._follow()
        self.async_set_context(context)
        self.async_write_ha_state()

    def _follow(self) -> None:
        position = self.driver.position
        self._attr_is_locked = (
            None if position is Position.UNKNOWN else position is Position.LOCKED
        )
        self._attr_is_locking = position is Position.LOCKING
        self._attr_is_unlocking = position is Position.UNLOCKING
        self._attr_is_open = position is Position.OPEN
        self._attr_is_opening = position is Position.OPENING
        self._attr_is_jammed = position is Position.JAMMED
        self._attr_changed_by = self.driver.changed_by
        self._attr_supported_features = (
            LockEntityFeature.OPEN
            if self.driver.supports_open
            else LockEntityFeature(0)
        )
