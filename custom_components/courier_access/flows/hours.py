"""Read and write weekly hours in form fields, such as `8:00-12:00, 14h-18h30`."""

from collections.abc import Mapping
from enum import StrEnum
import re

from homeassistant.helpers.selector import TextSelector
import voluptuous as vol

from ..access.schedule import (
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


class InvalidHours(ValueError):
    """A field's hours are invalid; `window` is the text, or empty if too many."""

    def __init__(self, field: str, window: str, problem: HoursProblem) -> None:
        super().__init__(f"{field} {window!r}: {problem}")
        self.field = field
        self.window = window
        self.problem = problem


def hours_fields() -> dict[vol.Marker, TextSelector]:
    """Return the optional fields for hours."""
    return {vol.Optional(field): TextSelector() for field in HOURS_FIELDS}


def read_hours(texts: Mapping[str, str]) -> WeekSchedule:
    """Return the schedule of the fields; every day's hours are added to each day.

    Raises InvalidHours for the first problem.
    """
    read = {field: _read_field(field, texts.get(field, "")) for field in HOURS_FIELDS}
    try:
        return WeekSchedule.from_mapping(
            {day: [*read[FIELD_EVERY_DAY], *read[day]] for day in WEEKDAYS}
        )
    except InvalidSchedule as invalid:
        # Each window is valid, so a day has too many.
        day = invalid.faults[0].day
        field = day if read[day] else FIELD_EVERY_DAY
        raise InvalidHours(field, "", HoursProblem.TOO_MANY) from invalid


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


def _read_field(field: str, text: str) -> list[dict[str, str]]:
    windows = [window.strip() for window in _SEPARATOR.split(text) if window.strip()]
    if len(windows) > MOST_WINDOWS:
        raise InvalidHours(field, "", HoursProblem.TOO_MANY)
    return [_read_window(field, window) for window in windows]


def _read_window(field: str, text: str) -> dict[str, str]:
    found = _WINDOW.fullmatch(text)
    if found is None:
        raise InvalidHours(field, text, HoursProblem.UNREADABLE)
    from_hour, from_minute, to_hour, to_minute = found.groups(default="00")
    window = {
        "from": f"{from_hour:0>2}:{from_minute}",
        "to": f"{to_hour:0>2}:{to_minute}",
    }
    try:
        WeekSchedule.from_mapping({WEEKDAYS[0]: [window]})
    except InvalidSchedule as invalid:
        empty = invalid.faults[0].problem is ScheduleProblem.EMPTY_WINDOW
        problem = HoursProblem.EMPTY if empty else HoursProblem.UNREADABLE
        raise InvalidHours(field, text, problem) from invalid
    return window


def _short(clock: str) -> str:
    return clock.removesuffix(":00")
