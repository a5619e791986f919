"""Instants and windows in a reader's words."""

from collections.abc import Mapping
from datetime import datetime

from homeassistant.util import dt as dt_util

type Words = Mapping[str, str]


def write_window(said: Words, details: Mapping[str, str], now: datetime) -> str:
    """Write from when to when, with the dates that aren't today."""
    start, end = (
        datetime.fromisoformat(details[name]) for name in ("starts_at", "ends_at")
    )
    same_day = dt_util.as_local(start).date() == dt_util.as_local(end).date()
    return said["window"].format(
        start=write_time(said, start, now),
        end=write_time(said, end, start if same_day else now),
    )


def write_instant(said: Words, instant: str, now: datetime) -> str:
    """Write an instant that is kept as text."""
    return write_time(said, datetime.fromisoformat(instant), now)


def write_time(said: Words, at: datetime, now: datetime) -> str:
    """Write a time of the building's clock, with its date if that isn't today."""
    local = dt_util.as_local(at)
    form = "time" if local.date() == dt_util.as_local(now).date() else "date_and_time"
    return said[form].format(
        year=f"{local:%Y}",
        month=f"{local:%m}",
        day=f"{local:%d}",
        hour=f"{local:%H}",
        minute=f"{local:%M}",
    )


def write_date(said: Words, written: str) -> str:
    """Write a date that is kept as text."""
    year, month, day = written.split("-")
    return said["date"].format(year=year, month=month, day=day)
