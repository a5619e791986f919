"""Diagnostic sensors for courier contact and pending notifications."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.sensor import RestoreSensor, SensorEntity
from homeassistant.components.sensor.const import SensorDeviceClass, SensorStateClass
from homeassistant.const import EntityCategory
from homeassistant.core import CALLBACK_TYPE

from .building.building import Building
from .couriers.inbox import courier_activity
from .entity import BuildingEntity, platform_of

PARALLEL_UPDATES = 0


@platform_of
def async_setup_entry(building: Building) -> Iterator[BuildingEntity]:
    if building.fault is None:
        yield LastCourierContact(building)
        yield PendingNotifications(building)


class LastCourierContact(BuildingEntity, RestoreSensor):
    """When a courier last sent a signed message.

    Queries count, too, so it may change often and is disabled by default.
    """

    _attr_translation_key = "last_courier_contact"
    _attr_device_class = SensorDeviceClass.TIMESTAMP
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _attr_entity_registry_enabled_default = False

    @override
    async def async_restore(self) -> None:
        if (last := await self.async_get_last_sensor_data()) is not None:
            self._attr_native_value = last.native_value

    @override
    def follow(self) -> Iterator[CALLBACK_TYPE]:
        yield courier_activity(self.hass).on_received.add(self._heard)

    def _heard(self, courier_id: str, _by_newest_key: bool) -> None:
        if courier_id in self.building.directory.couriers:
            self._attr_native_value = courier_activity(self.hass).of(courier_id).at
            self.async_write_ha_state()


class PendingNotifications(BuildingEntity, SensorEntity):
    """How many notifications no target has accepted yet."""

    _attr_translation_key = "notifications_pending"
    _attr_state_class = SensorStateClass.MEASUREMENT
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _attr_entity_registry_enabled_default = False

    @override
    def follow(self) -> Iterator[CALLBACK_TYPE]:
        yield self.building.notifications.listeners.add(self.async_write_ha_state)

    @property
    @override
    def native_value(self) -> int:
        return self.building.notifications.pending
