"""The hours that an owner sets for a building as a whole, as its config entry keeps them: they only restrict."""

from collections.abc import Mapping
from typing import Any

from .access.schedule import WeekSchedule
from .const import CONF_BUILDING_HOURS


def hours_of(building: Mapping[str, Any]) -> WeekSchedule:
    """Return the week of a building with this data; an empty one where the building has no hours of its own."""
    return WeekSchedule.from_mapping(building.get(CONF_BUILDING_HOURS, {}))


def with_hours(building: Mapping[str, Any], week: WeekSchedule) -> dict[str, Any]:
    """Return a building's data with these hours; with an empty week residents alone decide when."""
    data = {**building, CONF_BUILDING_HOURS: week.to_mapping()}
    if week.is_empty:
        del data[CONF_BUILDING_HOURS]
    return data
