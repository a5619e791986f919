"""Calendar of expected deliveries."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, override
from zoneinfo import ZoneInfo

from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.core import CALLBACK_TYPE, HomeAssistant

from .access.model import Grant
from .building.building import Building
from .entity import BuildingEntity, platform_of

PARALLEL_UPDATES = 0

_SHORTEST: Final = timedelta(seconds=1)


@platform_of
def async_setup_entry(building: Building) -> Iterator[BuildingEntity]:
    if building.fault is None:
        yield ExpectedDeliveries(building)


class ExpectedDeliveries(BuildingEntity, CalendarEntity):
    """Shows the windows of grants that couriers can use now or later.

    Every user can read it, so it names couriers and windows, never units, parcels, or
    grants. Past grants are removed.
    """

    _attr_translation_key = "expected_deliveries"

    @override
    def follow(self) -> Iterator[CALLBACK_TYPE]:
        """Follow the grants; calendars schedule their own state changes."""
        yield self.building.grants.listen(self.async_write_ha_state)

    @property
    @override
    def event(self) -> CalendarEvent | None:
        grant = next(self.building.grants.to_come(), None)
        return None if grant is None else self._event(grant)

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        # Times in the same zone would be compared by wall clock.
        first, last = start_date.astimezone(UTC), end_date.astimezone(UTC)
        events = (
            event
            for event in map(self._event, self.building.grants.expected())
            if event.start_datetime_local < last and event.end_datetime_local > first
        )
        return sorted(events, key=lambda event: (event.start, event.end, event.summary))

    def _event(self, grant: Grant) -> CalendarEvent:
        directory = self.building.directory
        courier = directory.couriers[grant.key.courier_id].name
        door = directory.doors[grant.door_id].name
        start, end = _local_window(grant.starts_at, grant.ends_at, self.building.zone())
        return CalendarEvent(
            start=start,
            end=end,
            summary=f"{courier} · {door}" if len(directory.doors) > 1 else courier,
            uid=self.building.passes.public_id(grant.key),
        )


def _local_window(
    starts_at: datetime, ends_at: datetime, zone: ZoneInfo
) -> tuple[datetime, datetime]:
    """Return a window on the wall clock that a calendar accepts.

    Calendars compare wall-clock times and require at least a second. If a window ends
    before it starts because the clock goes back, its end is start plus length.
    """
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    if end - start >= _SHORTEST:
        return start, end
    return start, start + max(_SHORTEST, ends_at - starts_at)
