"""Parcels as feeds list them: which of them come today, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from .hours import Hours, Interval
from .model import Grant, GrantState, UnitPart

LONGEST_NUMBER: Final = 64
LONGEST_CARRIER: Final = 64
MOST_PARCELS: Final = 200
"""How many parcels of one list are read."""

MOST_LIST_BYTES: Final = 64_000
"""How much of one list is read."""

MOST_VISITS: Final = 10
"""How many visits a day a source that only counts can announce."""

BEFORE: Final = timedelta(hours=1)
"""How much before a planned time a driver may come."""

AFTER: Final = timedelta(hours=2)
"""How much after a planned time a driver may come."""

LONGEST_WINDOW: Final = timedelta(hours=26)
"""The longest window of a grant: a day with its margin."""

LONGEST_PLANNED: Final = timedelta(days=1)
"""A time that is planned for longer than this doesn't say on which day."""

MOST_DAYS: Final = 7
"""On how many days a parcel gets a grant."""


class Progress(StrEnum):
    """Where a parcel is."""

    EXPECTED = "expected"
    """Registered, in transit, or unknown: it comes only if it is planned for now."""
    OUT = "out"
    OVER = "over"
    """Delivered, returning, a problem, or at a pickup point: it doesn't come."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel of a list, with what it says of its delivery.

    `is_for_pickup` is a parcel that goes to a locker or shop. `carrier` is a name or code
    as the list has it, which is only compared with couriers' names.

    Raises ValueError for a number that is empty, too long, or has spaces around it, for
    a carrier's name that is too long, and for a planned time without a zone.
    """

    barcode: str
    progress: Progress
    planned_from: datetime | None = None
    planned_to: datetime | None = None
    is_for_pickup: bool = False
    carrier: str | None = None

    def __post_init__(self) -> None:
        if not 0 < len(self.barcode.strip()) == len(self.barcode) <= LONGEST_NUMBER:
            raise ValueError("a parcel's number has 1 to 64 characters")
        if self.carrier is not None and len(self.carrier) > LONGEST_CARRIER:
            raise ValueError("a carrier's name has at most 64 characters")
        for planned in (self.planned_from, self.planned_to):
            if planned is not None and planned.utcoffset() is None:
                raise ValueError("a planned time has a zone")


@dataclass(frozen=True, slots=True)
class Listing:
    """What the state of a source says.

    `visits` is for a source that counts: how many deliveries of today have no number of
    their own. A source that names each delivery has None. `left_out` counts the parcels
    beyond the limits, which weren't read.

    Raises ValueError for negative numbers.
    """

    parcels: tuple[Parcel, ...] = ()
    visits: int | None = None
    left_out: int = 0

    def __post_init__(self) -> None:
        if min(self.visits or 0, self.left_out) < 0:
            raise ValueError("a list counts from 0")


def wanted(
    parcel: Parcel,
    now: datetime,
    zone: ZoneInfo,
    out_on: date | None = None,
    *,
    is_announced: bool = False,
) -> bool:
    """Return whether a parcel comes to the door today, as far as its list says.

    It comes if it is out for delivery, unless it is planned for another day, and if it
    isn't, while a driver may come by its planned time. One that `is_announced` still
    comes if its time has moved to later that day. After a failed attempt, some lists
    repeat the planned time of that day. So if it was `out_on` a day, only one of a later
    day counts.
    """
    if parcel.is_for_pickup or parcel.progress is Progress.OVER:
        return False
    planned = _planned(parcel, zone)
    if parcel.progress is Progress.OUT:
        return planned is None or planned.start < day_end(now, zone)
    return (
        planned is not None
        and has_window(parcel)
        and now < planned.end
        and (
            planned.start <= now
            or (is_announced and planned.start < day_end(now, zone))
        )
        and (out_on is None or day_of(planned.start + BEFORE, zone) > out_on)
    )


def has_window(parcel: Parcel) -> bool:
    """Return whether a parcel is planned from one time to another one within a day."""
    start, end = parcel.planned_from, parcel.planned_to
    return (
        start is not None
        and end is not None
        and timedelta() < end - start <= LONGEST_PLANNED
    )


def window(
    parcel: Parcel | None, hours: Hours, zone: ZoneInfo, now: datetime
) -> Interval | None:
    """Return the window of a grant from now on, or None if the hours are closed then.

    It lasts while a driver may come by the planned time. If there is none, or it has
    passed, and for deliveries without a number, it lasts until the day ends. It is cut
    at the first and the last open minute. What is closed in between, the rules refuse
    at the door.
    """
    rest_of_day = Interval(now, day_end(now, zone))
    planned = (parcel and _planned(parcel, zone)) or rest_of_day
    if planned.end <= now:
        planned = rest_of_day
    start = max(now, planned.start)
    end = min(planned.end, start + LONGEST_WINDOW)
    return hours.span(start, end, zone, LONGEST_WINDOW)


def _planned(parcel: Parcel, zone: ZoneInfo) -> Interval | None:
    """Return when a driver may come by the planned time.

    Only a start is an estimate: the parcel comes on that day. So is a start whose end is
    more than a day later.
    """
    start, end = parcel.planned_from, parcel.planned_to
    if start is not None and end is not None and has_window(parcel):
        return Interval(start - BEFORE, end + AFTER)
    if start is not None:
        return Interval(day_start(start, zone), day_end(start, zone))
    if end is not None:
        return Interval(day_start(end, zone), end + AFTER)
    return None


def is_refused(grants: Iterable[Grant]) -> bool:
    """Return whether a person vetoed or canceled one of a parcel's grants."""
    return any(
        grant.state is GrantState.REVOKED or UnitPart.VETOED in grant.units.values()
        for grant in grants
    )


def may_come_back(
    grants: Iterable[Grant], today: date, zone: ZoneInfo, most_days: int = MOST_DAYS
) -> bool:
    """Return whether a parcel with these grants may have one today, whatever is listed.

    What a person refused or a driver used is never issued again.
    """
    grants = tuple(grants)
    days = {today, *(day_of(grant.starts_at, zone) for grant in grants)}
    is_used = any(grant.uses for grant in grants)
    return not is_used and not is_refused(grants) and len(days) <= most_days


def fits_into(new: Interval, grant: Grant) -> bool:
    """Return whether a new window lies inside a grant's, which then stays."""
    return grant.starts_at <= new.start and new.end <= grant.ends_at


def moved_window(grant: Grant, new: Interval, zone: ZoneInfo) -> Interval:
    """Return a grant's new window, as far as it ends within a day of the first one.

    What comes later is another grant's, which counts as one more.
    """
    if day_of(new.start, zone) > day_of(grant.starts_at, zone):
        return Interval(grant.starts_at, grant.ends_at)
    end_of_day = day_start(grant.starts_at, zone).astimezone(UTC) + LONGEST_WINDOW
    return Interval(new.start, min(new.end, max(grant.ends_at, end_of_day)))


def day_of(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


def day_start(instant: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(day_of(instant, zone), time(), tzinfo=zone)


def day_end(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return when the wall clock's day of an instant ends."""
    tomorrow = day_of(instant, zone) + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=zone)
