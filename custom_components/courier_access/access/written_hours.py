"""Read and write weekly hours as people write them: `8:00-12:00, 14h-18h30`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
import re

from .schedule import (
    MOST_WINDOWS,
    WEEKDAYS,
    InvalidSchedule,
    ScheduleProblem,
    WeekSchedule,
)

FIELD_EVERY_DAY = "every_day"
HOURS_FIELDS = (FIELD_EVERY_DAY, *WEEKDAYS)

_SEPARATOR = re.compile(r"[,;]")
_CLOCK = r"([0-9]{1,2})(?:[:hH]([0-9]{2})?)?"
_WINDOW = re.compile(rf"{_CLOCK}\s*[-\u2013\u2014]\s*{_CLOCK}")


class HoursProblem(StrEnum):
    """Problems with the hours of a day; the error keys."""

    UNREADABLE = "hours_unreadable"
    EMPTY = "hours_empty"
    TOO_MANY = "hours_too_many"


@dataclass(frozen=True, slots=True)
class HoursFault:
    """A problem in a field; `window` is its text, or empty if there are too many."""

    field: str
    window: str
    problem: HoursProblem


class InvalidHours(ValueError):
    """Hours that can't be read, with all `faults` in the fields' order."""

    def __init__(self, faults: tuple[HoursFault, ...]) -> None:
        super().__init__(
            "; ".join(f"{at.field} {at.window!r}: {at.problem}" for at in faults)
        )
        self.faults = faults


def read_hours(texts: Mapping[str, str]) -> WeekSchedule:
    """Return the schedule of the fields; every day's hours are added to each day.

    Raises InvalidHours with all problems at once.
    """
    faults: list[HoursFault] = []
    read: dict[str, list[dict[str, str]]] = {}
    for field in HOURS_FIELDS:
        read[field] = []
        for window in _read_field(field, texts.get(field, "")):
            if isinstance(window, HoursFault):
                faults.append(window)
            else:
                read[field].append(window)
    if faults:
        raise InvalidHours(tuple(faults))
    try:
        return WeekSchedule.from_mapping(
            {day: [*read[FIELD_EVERY_DAY], *read[day]] for day in WEEKDAYS}
        )
    except InvalidSchedule as invalid:
        # Each window is valid, so some days have too many.
        crowded = [fault.day for fault in invalid.faults]
        fields = {day if read[day] else FIELD_EVERY_DAY for day in crowded}
        raise InvalidHours(
            tuple(
                HoursFault(field, "", HoursProblem.TOO_MANY)
                for field in HOURS_FIELDS
                if field in fields
            )
        ) from invalid


def write_hours(schedule: WeekSchedule) -> dict[str, str]:
    """Return the field texts for a schedule."""
    texts = {
        day: ", ".join(
            f"{_short(window['from'])}-{_short(window['to'])}" for window in windows
        )
        for day, windows in schedule.to_mapping().items()
    }
    if len(texts) == len(WEEKDAYS) and len(set(texts.values())) == 1:
        return {FIELD_EVERY_DAY: texts[WEEKDAYS[0]]}
    return texts


def _read_field(field: str, text: str) -> Iterator[dict[str, str] | HoursFault]:
    windows = [window.strip() for window in _SEPARATOR.split(text) if window.strip()]
    if len(windows) > MOST_WINDOWS:
        yield HoursFault(field, "", HoursProblem.TOO_MANY)
        return
    for window in windows:
        found = _read_window(window)
        yield (
            HoursFault(field, window, found)
            if isinstance(found, HoursProblem)
            else found
        )


def _read_window(text: str) -> dict[str, str] | HoursProblem:
    found = _WINDOW.fullmatch(text)
    if found is None:
        return HoursProblem.UNREADABLE
    from_hour, from_minute, to_hour, to_minute = found.groups(default="00")
    window = {
        "from": f"{from_hour:0>2}:{from_minute}",
        "to": f"{to_hour:0>2}:{to_minute}",
    }
    try:
        WeekSchedule.from_mapping({WEEKDAYS[0]: [window]})
    except InvalidSchedule as invalid:
        empty = invalid.faults[0].problem is ScheduleProblem.EMPTY_WINDOW
        return HoursProblem.EMPTY if empty else HoursProblem.UNREADABLE
    return window


def _short(clock: str) -> str:
    return clock.removesuffix(":00")
