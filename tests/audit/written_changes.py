"""What people write about the night in which a clock changes, and what that means by the C library's clock."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
import os
from random import Random
import time
from typing import Final

from tests.properties.tz_database import zone_file
from tests.properties.written_exceptions import (
    WrittenExceptions,
    hours_are_open_as_written,
)
from tests.properties.written_schedules import DAYS, Written

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ALWAYS: Final[Written] = {day: [{"from": "00:00", "to": "24:00"}] for day in DAYS}
ADA, BEN, CLEO = "Ada", "Ben", "Cleo"
LIVES: Final[Mapping[str, tuple[str, ...]]] = {"3B": (ADA, BEN), "4A": (CLEO,)}
"""Who lives in which unit. Ben wants to be asked, and only Ada shares her hours."""

type Span = tuple[datetime, datetime]
type WallClock = Callable[[int], datetime]
"""Reads what a zone's wall clock shows at a second since 1970."""
type Finding = tuple[str, str | None]
"""A layer that speaks for or against an entry, and the resident whose rule it is."""


@contextmanager
def wall_clock(zone: str) -> Iterator[WallClock]:
    """Read a zone's wall clock with the C library, which has its own reader of the zones' files."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = f":{zone_file(zone)}"
    time.tzset()
    try:
        yield lambda second: datetime(*time.localtime(second)[:6])  # noqa: DTZ001 - a wall clock has no zone
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours as somebody writes them."""

    week: Written
    exceptions: WrittenExceptions = field(default_factory=list)

    def is_open(self, local: datetime) -> bool:
        """Say whether they are open when a wall clock shows this."""
        return hours_are_open_as_written(self.week, self.exceptions, local)


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause of the building or of a unit, until a second since 1970."""

    unit: str | None
    until: int


@dataclass(frozen=True, slots=True)
class Night:
    """What applies in a building when its clock changes."""

    hours: Mapping[str, Hours]
    """By the resident's name."""
    building: Hours
    pauses: Sequence[Pause] = ()

    def answer(self, unit: str, second: int, local: datetime) -> str:
        """Return what a courier of a unit is answered, as the documents promise it."""
        if self._paused(unit, second):
            return "paused"
        if not self.building.is_open(local):
            return "outside_building_hours"
        if unit == "4A":
            return "ok" if self.hours[CLEO].is_open(local) else "not_accepting"
        if self.hours[ADA].is_open(local):
            return "ok"
        return "no_answer" if self.hours[BEN].is_open(local) else "outside_schedule"

    def findings(self, unit: str, second: int, local: datetime) -> set[Finding]:
        """Return what speaks for and against an entry, as residents of the unit read it."""
        found: set[Finding] = {
            ("building_paused" if pause is None else "unit_paused", None)
            for pause in self._paused(unit, second)
        }
        if not self.building.is_open(local):
            found.add(("building_hours", None))
        for name in LIVES[unit]:
            yes = "asks" if name == BEN else "allows"
            is_open = self.hours[name].is_open(local)
            found.add((yes if is_open else "outside_hours", name))
        return found

    def accepts(self, name: str, unit: str, second: int, local: datetime) -> bool:
        """Say whether a resident's own rules admit couriers."""
        return (
            not self._paused(unit, second)
            and self.building.is_open(local)
            and self.hours[name].is_open(local)
        )

    def shared(self, local: datetime) -> bool:
        """Say whether the hours that a courier may know are open."""
        return self.building.is_open(local) and self.hours[ADA].is_open(local)

    def _paused(self, unit: str, second: int) -> list[str | None]:
        return [
            each.unit
            for each in self.pauses
            if each.unit in (None, unit) and second < each.until
        ]


def spans(low: datetime, high: datetime) -> Mapping[str, Span]:
    """Return spans of wall clock about those minutes that a change skips or repeats, from `low` to `high`."""
    middle = (low + (high - low) / 2).replace(second=0)
    quarter = timedelta(minutes=(high - low) // MINUTE // 4)
    midnight = datetime.combine(high, datetime.min.time())
    evening = datetime.combine(low - DAY, datetime.min.time()).replace(hour=22)
    return {
        "before": (low - 90 * MINUTE, low),
        "after": (high, high + 90 * MINUTE),
        "across": (low - 30 * MINUTE, high + 30 * MINUTE),
        "exactly": (low, high),
        "inside": (low + quarter, high - quarter),
        "into": (low - 40 * MINUTE, middle),
        "out of": (middle, high + 40 * MINUTE),
        "the date": (midnight, midnight + DAY),
        "about midnight": (midnight - 20 * MINUTE, midnight + 20 * MINUTE),
        "until midnight": (midnight - 100 * MINUTE, midnight),
        "since midnight": (midnight, midnight + 100 * MINUTE),
        "the night": (evening, evening + 8 * 60 * MINUTE),
        "by a minute": (low - MINUTE, low + MINUTE),
    }


class Writer:
    """Writes rules about the change of a clock from `before` to `after`, as chance has it."""

    def __init__(self, chance: Random, before: datetime, after: datetime) -> None:
        self._chance = chance
        low, high = sorted((before, after))
        self._low, self._high = low, high
        self._spans = list(spans(low, high).values())

    def hours(self) -> Hours:
        """Write hours: of weekdays, perhaps with dates that differ."""
        week: Written = {}
        if self._chance.random() < 0.2:
            week = {day: list(windows) for day, windows in ALWAYS.items()}
        else:
            for start, end in self._some(3):
                day, window = _of_week(start, end)
                week.setdefault(day, []).append(window)
        return Hours(week, self._exceptions())

    def building(self) -> Hours:
        """Write a building's hours, which have no exceptions."""
        if self._chance.random() < 0.6:
            return Hours(ALWAYS)
        return Hours(self.hours().week)

    def _exceptions(self) -> WrittenExceptions:
        """Write none, a holiday, a date with other hours, or a range of dates."""
        dates = sorted({self._low.date(), self._high.date()})
        match self._chance.randrange(6):
            case 0:
                return [{"from": self._chance.choice(dates).isoformat()}]
            case 1:
                return [
                    {"from": date.isoformat(), "windows": windows}
                    for date in [dates[0] - DAY, *dates, dates[-1] + DAY]
                    if (windows := self._of(date))
                ]
            case 2:
                first, last = dates[0] - self._chance.randrange(3) * DAY, dates[-1]
                windows = self._of(self._chance.choice(dates))
                return [
                    {
                        "from": first.isoformat(),
                        "to": last.isoformat(),
                        "windows": windows,
                    }
                ]
        return []

    def _of(self, date: object) -> list[dict[str, str]]:
        """Write windows of a date, which end by its midnight."""
        windows = []
        for start, end in self._some(2):
            if start.date() == date:
                midnight = datetime.combine(start, datetime.min.time()) + DAY
                to = "24:00" if end >= midnight else f"{end:%H:%M}"
                windows.append({"from": f"{start:%H:%M}", "to": to})
        return windows

    def _some(self, most: int) -> list[Span]:
        some = self._chance.sample(self._spans, self._chance.randint(1, most))
        return [(start, end) for start, end in some if start < end]


def _of_week(start: datetime, end: datetime) -> tuple[str, dict[str, str]]:
    """Write a window of a weekday, which ends before the same time of the next one."""
    midnight = datetime.combine(start, datetime.min.time()) + DAY
    to = "24:00" if end == midnight or end - start >= DAY else f"{end:%H:%M}"
    return DAYS[start.weekday()], {"from": f"{start:%H:%M}", "to": to}
