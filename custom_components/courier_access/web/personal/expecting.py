"""The parcels that a resident may expect: the choices of the form, and its window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from ...access.hours import Hours
from ...building.building import Building
from ...contract.messages import FURTHEST_END
from .forms import DAY, FROM, HOURS, TO

_A_DAY: Final = timedelta(days=1)


class Preset(StrEnum):
    """Hours to choose: one's own of that day, fixed ones, or other times."""

    MINE = "mine"
    DAY = "day"
    EVENING = "evening"
    ALL_DAY = "all_day"
    OTHER = "other"


FIXED: Final[Mapping[Preset, tuple[time, time]]] = MappingProxyType(
    {
        Preset.DAY: (time(8), time(18)),
        Preset.EVENING: (time(17), time(21)),
        Preset.ALL_DAY: (time(0), time(0)),
    }
)
"""From when until when; an end that isn't later is on the next day."""


class WindowProblem(StrEnum):
    """Why a form has no window."""

    UNREADABLE = "unreadable"
    CLOSED = "closed"


class NoWindow(Exception):
    """The form has no window."""

    def __init__(self, problem: WindowProblem) -> None:
        """Keep the reason."""
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers: couriers and doors by ID, presets, and days."""

    couriers: Mapping[str, str]
    doors: Mapping[str, str]
    presets: Sequence[Preset]
    first: date
    last: date


def choices(building: Building, hours: Hours, now: datetime) -> Choices | None:
    """Return what a resident with these hours may choose; None without couriers."""
    directory = building.directory
    usable = {
        courier.id: courier
        for courier in directory.couriers.values()
        if courier.enabled and not courier.door_ids.isdisjoint(directory.doors)
    }
    if not usable:
        return None
    doors = {
        door.id: door.name
        for door in directory.doors.values()
        if any(door.id in courier.door_ids for courier in usable.values())
    }
    longest = max(courier.longest_grant for courier in usable.values())
    offered = [Preset.DAY, Preset.EVENING, Preset.OTHER]
    if longest >= _A_DAY:
        offered.insert(2, Preset.ALL_DAY)
    today = now.astimezone(building.zone()).date()
    a_week = _midnight(today + timedelta(days=7), building.zone())
    if hours.windows(now, a_week, building.zone()):
        offered.insert(0, Preset.MINE)
    return Choices(
        {courier.id: courier.name for courier in usable.values()},
        doors,
        offered,
        today,
        today + FURTHEST_END - _A_DAY,
    )


def read_window(
    fields: Mapping[str, str],
    hours: Hours,
    zone: ZoneInfo,
    longest: timedelta,
    now: datetime,
) -> tuple[datetime, datetime]:
    """Return the window of the form's day and times on the building's clock.

    One's own hours are cut to the longest grant, the same as in the panel.

    Raises:
        NoWindow: they can't be read, or the resident has no hours on that day.

    """
    try:
        day = date.fromisoformat(fields[DAY])
        preset = Preset(fields[HOURS])
        if preset is Preset.MINE:
            if (own := _own(day, hours, zone, longest, now)) is None:
                raise NoWindow(WindowProblem.CLOSED)
            return own
        start, end = (
            (time.fromisoformat(fields[FROM]), time.fromisoformat(fields[TO]))
            if preset is Preset.OTHER
            else FIXED[preset]
        )
        if start.tzinfo is not None or end.tzinfo is not None:
            raise NoWindow(WindowProblem.UNREADABLE)
        last = day if start < end else day + _A_DAY
        return _instant(day, start, zone), _instant(last, end, zone)
    except ValueError, OverflowError:
        raise NoWindow(WindowProblem.UNREADABLE) from None


def _own(
    day: date, hours: Hours, zone: ZoneInfo, longest: timedelta, now: datetime
) -> tuple[datetime, datetime] | None:
    """Return from the first to the last of one's hours on a day.

    Hours that are longer than a grant may be are cut: from now on if they have begun,
    else from the morning on.
    """
    midnight, next_midnight = _midnight(day, zone), _midnight(day + _A_DAY, zone)
    windows = hours.windows(midnight, next_midnight, zone)
    if not windows:
        return None
    start, end = windows[0].start, windows[-1].end
    if end - start <= longest:
        return start, end
    if start <= now < next_midnight:
        since = now.replace(second=0, microsecond=0)
    else:
        since = _instant(day, FIXED[Preset.DAY][0], zone)
    # Hours that run into midnight may go on after it.
    *_, last = (
        each
        for each in hours.windows(midnight, next_midnight + longest, zone)
        if each.start < next_midnight
    )
    own = hours.span(since, last.end, zone, longest) or hours.span(
        start, end, zone, longest
    )
    return None if own is None else (own.start, own.end)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return _instant(day, time(0), zone)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
