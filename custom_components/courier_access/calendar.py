"""When deliveries are expected in the building."""

from datetime import datetime
from typing import override

from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .access.model import Grant
from .building import Building, CourierAccessEntry
from .entity import BuildingEntity

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: CourierAccessEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the building's calendar."""
    async_add_entities([ExpectedDeliveries(entry.runtime_data)])


class ExpectedDeliveries(BuildingEntity, CalendarEntity):
    """The windows of the grants that couriers can use now or later.

    Everybody who can log in may read it: it names couriers and windows, never units, parcels or grants. What is over
    is gone from it.
    """

    def __init__(self, building: Building) -> None:
        """Show this building's grants."""
        super().__init__(building, "expected_deliveries")

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the grants; the times between are waited for by calendars themselves."""
        await super().async_added_to_hass()
        self.async_on_remove(self.building.grants.listen(self.async_write_ha_state))

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """Return the delivery that is expected now, or next."""
        return next(iter(self._events()), None)

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the deliveries that are expected in a range of time."""
        return [
            event
            for event in self._events()
            if event.start_datetime_local < end_date and event.end_datetime_local > start_date
        ]

    def _events(self) -> list[CalendarEvent]:
        grants = (
            grant
            for door_id in self.building.drivers
            for grant in self.building.grants.for_door(door_id)
            if grant.entries_left > 0
        )
        events = map(self._event, grants)
        return sorted(events, key=lambda event: (event.start, event.end, event.summary))

    def _event(self, grant: Grant) -> CalendarEvent:
        directory = self.building.directory
        courier = directory.couriers[grant.key.courier_id].name
        door = directory.doors[grant.door_id].name
        return CalendarEvent(
            start=dt_util.as_local(grant.starts_at),
            end=dt_util.as_local(grant.ends_at),
            summary=f"{courier} · {door}" if len(directory.doors) > 1 else courier,
        )
