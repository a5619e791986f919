"""The form fields of weekly hours, and their errors."""

from collections.abc import Mapping
from typing import Any

from homeassistant.helpers.selector import TextSelector
import voluptuous as vol

from ..access.written_hours import FORM_FIELDS, InvalidHours, read_hours


def hours_fields() -> dict[vol.Marker, TextSelector]:
    """Return the optional fields for hours."""
    return {vol.Optional(field): TextSelector() for field in FORM_FIELDS}


def hours_errors(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the first error of each field."""
    try:
        read_hours(answers)
    except InvalidHours as invalid:
        return {fault.field: fault.problem for fault in reversed(invalid.faults)}
    return {}
