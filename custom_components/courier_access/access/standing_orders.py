"""Standing orders: when a parcel's feed becomes a grant, and for which window."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from .hours import Hours, Interval

DEFAULT_MOST_PER_DAY: Final = 3
MOST_PER_DAY: Final = 20
LONGEST_PLANNED: Final = timedelta(days=1)
FURTHEST_PLANNED: Final = timedelta(days=7)
"""What is planned for longer or later than this is no delivery that is under way."""


class SourceKind(StrEnum):
    """What reports the parcels of a standing order."""

    DEVICE = "device"
    """An account of a parcel integration, by its device."""
    SENSOR = "sensor"
    """A sensor whose state is a parcel's status."""


@dataclass(frozen=True, slots=True)
class Source:
    """A device by its ID, or a sensor by its registry ID or entity ID."""

    kind: SourceKind
    reference: str


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """A resident's decision that their building issues grants from a parcel feed.

    Only its limit and its pause change; anything else is another order.

    Raises ValueError for a limit that isn't from 1 to `MOST_PER_DAY`.
    """

    id: str
    resident_id: str
    source: Source
    courier_id: str
    door_id: str
    most_per_day: int = DEFAULT_MOST_PER_DAY
    is_paused: bool = False
    revision: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.most_per_day <= MOST_PER_DAY:
            raise ValueError("a standing order issues 1 to 20 grants a day")

    def changed(
        self, *, most_per_day: int | None = None, is_paused: bool | None = None
    ) -> StandingOrder:
        """Return the order with another limit or pause, in a new revision if it differs."""
        new = replace(
            self,
            most_per_day=self.most_per_day if most_per_day is None else most_per_day,
            is_paused=self.is_paused if is_paused is None else is_paused,
        )
        return self if new == self else replace(new, revision=self.revision + 1)

    def restricts(self, earlier: StandingOrder) -> bool:
        """Return whether this revision issues nothing that the earlier one wouldn't."""
        return self.most_per_day <= earlier.most_per_day and (
            self.is_paused or not earlier.is_paused
        )


class ParcelStatus(StrEnum):
    """A parcel's status, as parcel integrations report it."""

    REGISTERED = "registered"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    AT_PICKUP_POINT = "at_pickup_point"
    DELIVERED = "delivered"
    RETURNING = "returning"
    PROBLEM = "problem"
    UNKNOWN = "unknown"


_COMES_NO_MORE: Final = frozenset(
    {
        ParcelStatus.AT_PICKUP_POINT,
        ParcelStatus.DELIVERED,
        ParcelStatus.RETURNING,
        ParcelStatus.PROBLEM,
    }
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a feed reports of a parcel; without a barcode, of a source's only one."""

    status: ParcelStatus
    barcode: str | None = None
    planned_from: datetime | None = None
    planned_to: datetime | None = None
    is_for_pickup: bool = False

    @property
    def says_nothing(self) -> bool:
        """Return whether neither its status nor its time is known."""
        is_planned = self.planned_from is not None or self.planned_to is not None
        return self.status is ParcelStatus.UNKNOWN and not (
            is_planned or self.is_for_pickup
        )

    @property
    def comes(self) -> bool:
        """Return whether it is on its way to the door today."""
        return self.status is ParcelStatus.OUT_FOR_DELIVERY and not self.is_for_pickup

    @property
    def comes_no_more(self) -> bool:
        """Return whether it is delivered, or doesn't come to the door."""
        return self.status in _COMES_NO_MORE or self.is_for_pickup


def grant_window(
    parcel: Parcel, hours: Hours, zone: ZoneInfo, since: datetime, longest: timedelta
) -> Interval | None:
    """Return the window of a parcel's grant from `since` on, or None if nothing is left.

    It runs from the first to the last open minute of the planned time, or of the rest
    of the day without one. What is closed in between, the rules refuse at the door.
    """
    start = max(since, parcel.planned_from or since)
    if start - since > FURTHEST_PLANNED:
        return None
    end = parcel.planned_to
    if end is None or (parcel.planned_from is not None and end <= parcel.planned_from):
        end = day_end(start, zone)
    return hours.span(start, min(end, start + LONGEST_PLANNED), zone, longest)


def day_end(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return when the wall clock's day of an instant ends."""
    tomorrow = instant.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=zone)
