"""Form for the doors' pages and sheets."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import BooleanSelector
import voluptuous as vol

from ..building.building import CourierAccessConfigEntry
from ..const import CONF_DOOR_PAGES, CONF_DOORS, CONF_LANGUAGE
from ..doors.doors import Sheet, sheets_of
from .forms import chosen_language, languages, named_choice, names_of_doors

FIELD_REPLACE: Final = "replace"


def door_pages_fields(
    hass: HomeAssistant, building: CourierAccessConfigEntry
) -> dict[vol.Marker, object]:
    """Return the form's fields with the current settings; at first, every door has a page."""
    current: Mapping[str, Any] = building.options.get(CONF_DOOR_PAGES, {})
    doors = names_of_doors(building)
    sheets = sheets_of(building)
    chosen = list(sheets if current else doors)
    fields: dict[vol.Marker, object] = {
        vol.Required(CONF_DOORS, default=chosen): named_choice(doors, multiple=True),
        vol.Required(
            CONF_LANGUAGE, default=chosen_language(hass, current)
        ): languages(),
    }
    if sheets:
        fields[vol.Required(FIELD_REPLACE, default=False)] = BooleanSelector()
    return fields


def first_door_page(hass: HomeAssistant, door_id: str) -> dict[str, Any]:
    """Return the settings of a new building whose door has a page."""
    return {
        CONF_LANGUAGE: chosen_language(hass, {}),
        CONF_DOORS: {door_id: Sheet.new().to_mapping()},
    }


def door_pages_settings(
    building: CourierAccessConfigEntry, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the settings; a door that isn't chosen loses its page for good."""
    kept = {} if answers.get(FIELD_REPLACE) else sheets_of(building)
    return {
        CONF_LANGUAGE: answers[CONF_LANGUAGE],
        CONF_DOORS: {
            door_id: (kept.get(door_id) or Sheet.new()).to_mapping()
            for door_id in answers[CONF_DOORS]
            if door_id in building.subentries
        },
    }
