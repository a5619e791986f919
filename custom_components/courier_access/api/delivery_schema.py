"""The schema in which people say what delivery a grant is for."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..access.model import Grant
from ..building.building import Building
from ..contract.messages import ENTRIES, REFERENCE, UNITS
from ..grants.by_residents import Delivery
from .lookup import instant, on_wall_clock

ATTR_UNITS: Final = "units"
ATTR_STARTS_AT: Final = "starts_at"
ATTR_ENDS_AT: Final = "ends_at"
ATTR_MAX_ENTRIES: Final = "max_entries"
ATTR_PARCEL_REF: Final = "parcel_ref"

_ENTRIES = vol.All(vol.Coerce(int), ENTRIES)
PARCEL: Final = vol.All(cv.string, str.strip, REFERENCE)
"""A parcel's number, or a note that only its recipients read."""

DELIVERY_FIELDS: Final[VolDictType] = {
    vol.Required(ATTR_UNITS): vol.All(cv.ensure_list, UNITS),
    vol.Optional(ATTR_STARTS_AT): instant,
    vol.Required(ATTR_ENDS_AT): instant,
    vol.Optional(ATTR_MAX_ENTRIES, default=1): _ENTRIES,
    vol.Optional(ATTR_PARCEL_REF): PARCEL,
}
"""A delivery starts now if it has no start."""

REVISION_FIELDS: Final[VolDictType] = {
    vol.Optional(ATTR_STARTS_AT): instant,
    vol.Optional(ATTR_ENDS_AT): instant,
    vol.Optional(ATTR_MAX_ENTRIES): _ENTRIES,
    vol.Optional(ATTR_PARCEL_REF): PARCEL,
}
"""Omitted fields stay unchanged; an empty parcel removes it."""


def read_delivery(building: Building, given: Mapping[str, Any]) -> Delivery:
    """Return the delivery of `DELIVERY_FIELDS`."""
    return Delivery(
        units=tuple(given[ATTR_UNITS]),
        starts_at=on_wall_clock(building, given.get(ATTR_STARTS_AT, dt_util.utcnow())),
        ends_at=on_wall_clock(building, given[ATTR_ENDS_AT]),
        max_entries=given[ATTR_MAX_ENTRIES],
        parcel_ref=given.get(ATTR_PARCEL_REF) or None,
    )


def read_revision(
    building: Building, grant: Grant, given: Mapping[str, Any]
) -> Delivery:
    """Return a grant's delivery, revised by the `REVISION_FIELDS` that are given."""
    return Delivery(
        units=tuple(grant.unit_labels.values()),
        starts_at=on_wall_clock(building, given.get(ATTR_STARTS_AT, grant.starts_at)),
        ends_at=on_wall_clock(building, given.get(ATTR_ENDS_AT, grant.ends_at)),
        max_entries=given.get(ATTR_MAX_ENTRIES, grant.max_entries),
        parcel_ref=given.get(ATTR_PARCEL_REF, grant.delivery.parcel_ref) or None,
    )
