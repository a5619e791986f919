"""Read and write weekly hours as people write them: `8-12, 14h-18h30, 7pm-9pm`."""

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
FIELD_MONDAY_TO_FRIDAY = "monday_to_friday"
HOURS_FIELDS = (FIELD_EVERY_DAY, *WEEKDAYS)
FORM_FIELDS = (FIELD_EVERY_DAY, FIELD_MONDAY_TO_FRIDAY, *WEEKDAYS)

_WORKING_WEEK = WEEKDAYS[:5]

_SEPARATOR = re.compile(r"[,;]")
_CLOCK = r"([0-9]{1,2})(?:[:.h]([0-9]{2})?)?(?:\s*([ap])\.?m\.?)?"
_WINDOW = re.compile(rf"{_CLOCK}\s*[-\u2013\u2014]\s*{_CLOCK}", re.IGNORECASE)


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
    """Return the schedule of the fields; hours of several days are added to each.

    Raises InvalidHours with all problems at once.
    """
    faults: list[HoursFault] = []
    read: dict[str, list[dict[str, str]]] = {}
    for field in FORM_FIELDS:
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
            {
                day: [window for field in _fields_of(day) for window in read[field]]
                for day in WEEKDAYS
            }
        )
    except InvalidSchedule as invalid:
        # Each window is valid, so some days have too many, and most of them are their own.
        crowded = [fault.day for fault in invalid.faults]
        fields = {
            next(at for at in reversed(_fields_of(day)) if read[at]) for day in crowded
        }
        raise InvalidHours(
            tuple(
                HoursFault(field, "", HoursProblem.TOO_MANY)
                for field in FORM_FIELDS
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


def write_form_hours(schedule: WeekSchedule) -> dict[str, str]:
    """Return the field texts, with one for a working week of equal days."""
    texts = write_hours(schedule)
    week = {texts.get(day, "") for day in _WORKING_WEEK}
    if len(week) > 1 or week == {""}:
        return texts
    others = {day: text for day, text in texts.items() if day not in _WORKING_WEEK}
    return {FIELD_MONDAY_TO_FRIDAY: week.pop(), **others}


def _fields_of(day: str) -> tuple[str, ...]:
    """Return the fields whose hours a day has."""
    of_several = (FIELD_EVERY_DAY, FIELD_MONDAY_TO_FRIDAY)
    return (*of_several, day) if day in _WORKING_WEEK else (FIELD_EVERY_DAY, day)


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
    from_hour, from_minute, from_half, to_hour, to_minute, to_half = found.groups()
    if bool(from_half) != bool(to_half):
        return HoursProblem.UNREADABLE  # 2-5pm may begin at night or after noon
    window = {
        "from": f"{_in_24_hours(from_hour, from_half)}:{from_minute or '00'}",
        "to": f"{_in_24_hours(to_hour, to_half)}:{to_minute or '00'}",
    }
    try:
        WeekSchedule.from_mapping({WEEKDAYS[0]: [window]})
    except InvalidSchedule as invalid:
        empty = invalid.faults[0].problem is ScheduleProblem.EMPTY_WINDOW
        return HoursProblem.EMPTY if empty else HoursProblem.UNREADABLE
    return window


def _in_24_hours(hour: str, half: str | None) -> str:
    """Return an hour of a half of the day, such as 5 p.m., in 24 hours."""
    if not half:
        return f"{hour:0>2}"
    if not 1 <= int(hour) <= 12:
        return "99"  # 13 p.m. is no time; neither is 99.
    return f"{int(hour) % 12 + 12 * (half in 'pP'):02}"


def _short(clock: str) -> str:
    return clock.removesuffix(":00")
