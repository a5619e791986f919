"""Event entities for couriers at a door."""

from collections.abc import Iterator
from typing import override

from homeassistant.components.event import EventEntity
from homeassistant.core import CALLBACK_TYPE

from .building.building import Building
from .doors.doors import DoorEvent, DoorEventType
from .entity import BuildingEntity, DoorEntity, platform_of

PARALLEL_UPDATES = 0


@platform_of
def async_setup_entry(building: Building) -> Iterator[BuildingEntity]:
    for door_id in building.drivers if building.fault is None else ():
        yield CourierEvent(building, door_id)


class CourierEvent(DoorEntity, EventEntity):
    """Shows the courier events of a door; attributes never name recipients."""

    _attr_translation_key = "courier"

    def __init__(self, building: Building, door_id: str) -> None:
        super().__init__(building, door_id)
        self._attr_event_types = [kind.value for kind in DoorEventType]

    @override
    def follow(self) -> Iterator[CALLBACK_TYPE]:
        yield self.building.events.listen(self.subject, self._handle_event)

    def _handle_event(self, event: DoorEvent) -> None:
        self._trigger_event(event.type, event.attributes)
        self.async_set_context(event.context)
        self.async_write_ha_state()
