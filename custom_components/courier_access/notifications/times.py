"""Write times in the reader's words, on the building's clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ..access.hours import EPOCH, Hours, Window

_A_DAY: Final = timedelta(days=1)
_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class WallClock:
    """The building's wall clock, as a text shows it.

    Without `today`, days are dates: the text may be read on another day.
    """

    zone: ZoneInfo
    today: date | None = None


def write_time(texts: Mapping[str, str], at: datetime, wall: WallClock) -> str:
    """Write a local time with its day: today, tomorrow, or its date."""
    local = at.astimezone(wall.zone)
    return write_on_day(texts, local.date(), _clock(texts, local), wall.today)


def write_instant(texts: Mapping[str, str], instant: str, wall: WallClock) -> str:
    return write_time(texts, datetime.fromisoformat(instant), wall)


def write_window(
    texts: Mapping[str, str], start: datetime, end: datetime, wall: WallClock
) -> str:
    """Write a window, with the day once if it is the same."""
    first, last = start.astimezone(wall.zone), end.astimezone(wall.zone)
    today = wall.today
    begins, ends = _clock(texts, first), _clock(texts, last)
    if first.date() == last.date():
        times = texts["window"].format(start=begins, end=ends)
        return write_on_day(texts, first.date(), times, today)
    if today is not None and first.date() == today == last.date() - _A_DAY:
        ends = texts["time_tomorrow"].format(time=ends)
    else:
        begins = write_on_day(texts, first.date(), begins, today)
        ends = write_on_day(texts, last.date(), ends, today)
    return texts["span"].format(start=begins, end=ends)


def write_date(texts: Mapping[str, str], day: date) -> str:
    """Write a date with its year."""
    return texts["date"].format(day=day.day, month=_month(texts, day), year=f"{day:%Y}")


def write_hours_of_day(
    texts: Mapping[str, str], hours: Hours, at: datetime, zone: ZoneInfo
) -> str | None:
    """Write a local day with its hours, such as Mon 10 to 12; None without any."""
    local = at.astimezone(zone)
    windows = hours.of_day(local.date().toordinal() - EPOCH.toordinal())
    if not windows:
        return None
    times = ", ".join(_hours(texts, window) for window in windows)
    return f"{write_weekday(texts, at, zone)} {times}"


def write_weekday(texts: Mapping[str, str], at: datetime, zone: ZoneInfo) -> str:
    return texts["weekdays"].split()[at.astimezone(zone).weekday()]


def write_for_issue(at: datetime, zone: ZoneInfo) -> str:
    """Write a local time for an issue, which has no language of its own."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _hours(texts: Mapping[str, str], window: Window) -> str:
    is_whole = all(second % _HOUR == 0 for second in window)
    start, end = (
        str(second // _HOUR)
        if is_whole
        else f"{second // _HOUR}:{second % _HOUR // 60:02}"
        for second in window
    )
    return texts["window"].format(start=start, end=end)


def write_on_day(
    texts: Mapping[str, str], day: date, time: str, today: date | None = None
) -> str:
    """Write what is already written of a day, with that day."""
    if day == today:
        return texts["today"].format(time=time)
    if today is not None and day - _A_DAY == today:
        return texts["tomorrow"].format(time=time)
    return texts["on_date"].format(day=day.day, month=_month(texts, day), time=time)


def _clock(texts: Mapping[str, str], local: datetime) -> str:
    return texts["time"].format(hour=local.hour, minute=f"{local:%M}")


def _month(texts: Mapping[str, str], day: date) -> str:
    return texts["months"].split()[day.month - 1]
