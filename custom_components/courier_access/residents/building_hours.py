"""The building's hours as its options keep them: they only restrict."""

from collections.abc import Mapping
from typing import Any

from ..access.schedule import WeekSchedule
from ..const import CONF_BUILDING_HOURS


def hours_of(options: Mapping[str, Any]) -> WeekSchedule:
    """Return the building's week; an empty one means that the building has no hours of its own."""
    return WeekSchedule.from_mapping(options.get(CONF_BUILDING_HOURS, {}))


def with_hours(options: Mapping[str, Any], week: WeekSchedule) -> dict[str, Any]:
    """Return the options with this week; with an empty week residents alone decide when."""
    changed = {**options, CONF_BUILDING_HOURS: week.to_mapping()}
    if week.is_empty:
        del changed[CONF_BUILDING_HOURS]
    return changed
