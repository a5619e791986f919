"""Event entities for couriers at a door."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.event import EventEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .building.building import Building, CourierAccessConfigEntry
from .doors.doors import DoorEvent, DoorEventType
from .doors.driver import DoorDriver
from .entity import BuildingEntity, DoorEntity, show_entities

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: CourierAccessConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add an event entity per door."""
    show_entities(entry, async_add_entities, _entities_of)


def _entities_of(building: Building) -> Iterator[BuildingEntity]:
    for driver in building.drivers.values() if building.fault is None else ():
        yield CourierEvent(building, driver)


class CourierEvent(DoorEntity, EventEntity):
    """Shows the courier events of a door; attributes never name recipients."""

    _attr_translation_key = "courier"

    def __init__(self, building: Building, driver: DoorDriver) -> None:
        super().__init__(building, driver)
        self._attr_event_types = [kind.value for kind in DoorEventType]

    @override
    @callback
    def follow(self) -> None:
        super().follow()
        self.until_handed_over.callback(
            self.building.events.listen(self.driver.door.id, self._handle_event)
        )

    @callback
    def _handle_event(self, event: DoorEvent) -> None:
        self._trigger_event(event.type, event.attributes)
        self.async_set_context(event.context)
        self.async_write_ha_state()
