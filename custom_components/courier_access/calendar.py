"""Calendar of expected deliveries."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Final, override

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
        yield self.building.grants.listeners.add(self.async_write_ha_state)

    @property
    @override
    def event(self) -> CalendarEvent | None:
        grant = next(self.building.grants.to_come(), None)
        return None if grant is None else self._event(grant)

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        events = (
            event
            for event in map(self._event, self.building.grants.expected())
            if event.start_datetime_local < end_date
            and event.end_datetime_local > start_date
        )
        return sorted(events, key=lambda event: (event.start, event.end, event.summary))

    def _event(self, grant: Grant) -> _Window:
        directory = self.building.directory
        courier = directory.couriers[grant.key.courier_id].name
        door = directory.doors[grant.door_id].name
        zone = self.building.zone()
        # Calendars require at least a second.
        ends_at = max(grant.ends_at, grant.starts_at + _SHORTEST)
        return _Window(
            start=_by_instant(grant.starts_at.astimezone(zone)),
            end=_by_instant(ends_at.astimezone(zone)),
            summary=f"{courier} · {door}" if len(directory.doors) > 1 else courier,
            uid=self.building.passes.public_id(grant.key),
        )


class _Window(CalendarEvent):
    """A window that is compared with Home Assistant's clock by the instant.

    By the clock on the wall, one that began in an hour that is repeated begins again:
    until then, Home Assistant would update the calendar without a pause.
    """

    @override
    def __post_init__(self) -> None:
        """Leave out the checks: by the clock on the wall, it may end before it begins."""

    @property
    @override
    def start_datetime_local(self) -> datetime:
        return _by_instant(super().start_datetime_local)

    @property
    @override
    def end_datetime_local(self) -> datetime:
        return _by_instant(super().end_datetime_local)


def _by_instant(time: datetime) -> datetime:
    """Return the same time, but one that is compared by the instant.

    Python compares two times of one zone by what the clock on the wall shows.
    """
    offset = time.utcoffset()
    assert offset is not None
    return time.replace(tzinfo=timezone(offset))
