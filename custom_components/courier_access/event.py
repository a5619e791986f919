"""Event entities for couriers at a door."""

from typing import override

from homeassistant.components.event import EventEntity
from homeassistant.components.logbook.const import (
    LOGBOOK_ENTRY_DOMAIN,
    LOGBOOK_ENTRY_ENTITY_ID,
    LOGBOOK_ENTRY_MESSAGE,
    LOGBOOK_ENTRY_NAME,
)
from homeassistant.const import EVENT_LOGBOOK_ENTRY
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.translation import async_get_cached_translations

from .building.building import Building, CourierAccessConfigEntry
from .const import DOMAIN
from .doors.driver import DoorDriver
from .doors.events import DoorEvent, DoorEventType
from .entity import DoorEntity

PARALLEL_UPDATES = 0

_TYPES = f"component.{DOMAIN}.entity.event.courier.state_attributes.event_type.state"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: CourierAccessConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add an event entity per door."""
    building = entry.runtime_data
    for door_id, driver in building.drivers.items():
        async_add_entities([CourierEvent(building, driver)], config_subentry_id=door_id)


class CourierEvent(DoorEntity, EventEntity):
    """Shows the courier events of a door; attributes never name recipients."""

    _attr_translation_key = "courier"

    def __init__(self, building: Building, driver: DoorDriver) -> None:
        super().__init__(building, driver)
        self._attr_event_types = [kind.value for kind in DoorEventType]

    @override
    async def async_follow(self) -> None:
        await super().async_follow()
        self.async_on_remove(
            self.building.events.listen(self.driver.door.id, self._handle_event)
        )

    @callback
    def _handle_event(self, event: DoorEvent) -> None:
        self._trigger_event(event.type, event.attributes)
        self.async_set_context(event.context)
        self.async_write_ha_state()
        if event.type is not DoorEventType.ENTRY_COMPLETED:  # its courier is named
            self._log_courier(event)

    @callback
    def _log_courier(self, event: DoorEvent) -> None:
        """Name the courier in Activity, which shows only an event's type."""
        texts = async_get_cached_translations(
            self.hass, self.hass.config.language, "entity", DOMAIN
        )
        # Nothing is cached while the texts of another language are loaded.
        what = texts.get(f"{_TYPES}.{event.type}", event.type)
        courier = event.attributes["courier"]
        self.hass.bus.async_fire(
            EVENT_LOGBOOK_ENTRY,
            {
                LOGBOOK_ENTRY_NAME: courier,
                # For an entity, the frontend shows only this.
                LOGBOOK_ENTRY_MESSAGE: f"{what}: {courier}",
                LOGBOOK_ENTRY_DOMAIN: DOMAIN,
                LOGBOOK_ENTRY_ENTITY_ID: self.entity_id,
            },
            context=event.context,
        )
