"""Locks for the building's doors."""

from collections.abc import Iterator
from typing import Any, override

from homeassistant.components.lock import LockEntity
from homeassistant.components.lock.const import LockEntityFeature
from homeassistant.core import CALLBACK_TYPE, Context

from .building.building import Building
from .doors.openers import Position
from .entity import BuildingEntity, DoorEntity, platform_of

PARALLEL_UPDATES = 0


@platform_of
def async_setup_entry(building: Building) -> Iterator[BuildingEntity]:
    for door_id in building.drivers:
        yield DoorLock(building, door_id)


class DoorLock(DoorEntity, LockEntity):
    """Mirrors the door's opener; manual commands aren't recorded (promise 6)."""

    _attr_translation_key = "door"
    _attr_name = None
    _needs_ledger = False

    @property
    @override
    def available(self) -> bool:
        return self.driver.opener.available

    @override
    def follow(self) -> Iterator[CALLBACK_TYPE]:
        yield self.driver.listen(self._update)
        self._read_position()

    @override
    async def async_lock(self, **kwargs: Any) -> None:
        await self.driver.lock_manually(self._caller)

    @override
    async def async_unlock(self, **kwargs: Any) -> None:
        await self.driver.unlock_manually(self._caller)

    @override
    async def async_open(self, **kwargs: Any) -> None:
        await self.driver.unlatch_manually(self._caller)

    @property
    def _caller(self) -> Context:
        return self._context or Context()

    def _update(self, context: Context) -> None:
        self._read_position()
        self.async_set_context(context)
        self.async_write_ha_state()

    def _read_position(self) -> None:
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
            if self.driver.opener.supports_open
            else LockEntityFeature(0)
        )
