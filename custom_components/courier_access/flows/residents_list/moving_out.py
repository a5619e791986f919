"""The form by which residents move out, all of a unit's at once where it changes hands."""

import re
from typing import Final

from homeassistant.config_entries import ConfigSubentry
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorConfig
import voluptuous as vol

from ...access.model import normal_unit
from ...building.building import CourierAccessConfigEntry
from ...const import CONF_UNIT, SubentryType

FIELD_LEAVING: Final = "leaving"


def leaving_schema(building: CourierAccessConfigEntry) -> vol.Schema:
    """Return the form: who lives in the building, by unit."""
    residents = building.get_subentries_of_type(SubentryType.RESIDENT)
    options = [
        SelectOptionDict(value=each.subentry_id, label=f"{each.data[CONF_UNIT]} · {each.title}")
        for each in sorted(residents, key=by_unit)
    ]
    return vol.Schema(
        {
            vol.Required(FIELD_LEAVING, default=list): SelectSelector(
                SelectSelectorConfig(options=options, multiple=True)
            )
        }
    )


def by_unit(resident: ConfigSubentry) -> tuple[str, str]:
    """Return the sort key of a resident: unit 9 before unit 10, then the name."""
    unit = normal_unit(resident.data[CONF_UNIT])
    return re.sub(r"\d+", lambda found: found[0].zfill(8), unit), resident.title.casefold()
