"""The form fields of weekly hours."""

from homeassistant.helpers.selector import TextSelector
import voluptuous as vol

from ..access.written_hours import HOURS_FIELDS


def hours_fields() -> dict[vol.Marker, TextSelector]:
    """Return the optional fields for hours."""
    return {vol.Optional(field): TextSelector() for field in HOURS_FIELDS}
