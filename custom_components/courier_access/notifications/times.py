"""Write times and windows in the reader's language."""

from collections.abc import Mapping
from datetime import datetime

from homeassistant.util import dt as dt_util

type Words = Mapping[str, str]


def write_window(texts: Words, details: Mapping[str, str], now: datetime) -> str:
    """Write a window, with the dates that aren't today."""
    start, end = (
        datetime.fromisoformat(details[name]) for name in ("starts_at", "ends_at")
    )
    same_day = dt_util.as_local(start).date() == dt_util.as_local(end).date()
    return texts["window"].format(
        start=write_time(texts, start, now),
        end=write_time(texts, end, start if same_day else now),
    )


def write_instant(texts: Words, instant: str, now: datetime) -> str:
    """Write an instant that is stored as text."""
    return write_time(texts, datetime.fromisoformat(instant), now)


def write_time(texts: Words, at: datetime, now: datetime) -> str:
    """Write a local time, with its date if that isn't today."""
    local = dt_util.as_local(at)
    form = "time" if local.date() == dt_util.as_local(now).date() else "date_and_time"
    return texts[form].format(
        year=f"{local:%Y}",
        month=f"{local:%m}",
        day=f"{local:%d}",
        hour=f"{local:%H}",
        minute=f"{local:%M}",
    )


def write_date(texts: Words, written: str) -> str:
    """Write a date that is stored as text."""
    year, month, day = written.split("-")
    return texts["date"].format(year=year, month=month, day=day)
