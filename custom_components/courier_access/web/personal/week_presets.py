"""Weekly hours that a resident takes with one tap, as in the panel (`frontend/src/week.ts`)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ...access.schedule import ALWAYS, WEEKDAYS, WeekSchedule


class WeekPreset(StrEnum):
    """A week to choose; the keys of its names."""

    EVENINGS = "evenings"
    DAYTIME = "daytime"
    ALWAYS = "always"
    NONE = "none"


SHOWN_HOURS: Final[Mapping[WeekPreset, tuple[int, int]]] = MappingProxyType(
    {WeekPreset.EVENINGS: (17, 21), WeekPreset.DAYTIME: (8, 18)}
)
"""The first and last hour of presets whose names don't say them."""


def _daily(preset: WeekPreset, days: int) -> WeekSchedule:
    start, end = SHOWN_HOURS[preset]
    window = {"from": f"{start:02}:00", "to": f"{end:02}:00"}
    return WeekSchedule.from_mapping({day: [window] for day in WEEKDAYS[:days]})


WEEK_PRESETS: Final[Mapping[WeekPreset, WeekSchedule]] = MappingProxyType(
    {
        WeekPreset.EVENINGS: _daily(WeekPreset.EVENINGS, 5),
        WeekPreset.DAYTIME: _daily(WeekPreset.DAYTIME, 7),
        WeekPreset.ALWAYS: ALWAYS,
        WeekPreset.NONE: WeekSchedule(),
    }
)
