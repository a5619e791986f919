"""The schema in which people say what delivery a grant is for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..access.model import Grant
from ..contract.messages import ENTRIES, REFERENCE, UNITS
from ..grants.by_residents import Delivery
from .lookup import instant

ATTR_UNITS: Final = "units"
ATTR_STARTS_AT: Final = "starts_at"
ATTR_ENDS_AT: Final = "ends_at"
ATTR_MAX_ENTRIES: Final = "max_entries"
ATTR_PARCEL_REF: Final = "parcel_ref"

_ENTRIES = vol.All(vol.Coerce(int), ENTRIES)
PARCEL: Final = vol.All(cv.string, str.strip, REFERENCE)
"""A parcel's number, or a note that only its recipients read."""

DELIVERY_FIELDS: Final[Mapping[vol.Marker, Any]] = {
    vol.Required(ATTR_UNITS): vol.All(cv.ensure_list, UNITS),
    vol.Optional(ATTR_STARTS_AT): instant,
    vol.Required(ATTR_ENDS_AT): instant,
    vol.Optional(ATTR_MAX_ENTRIES, default=1): _ENTRIES,
    vol.Optional(ATTR_PARCEL_REF): PARCEL,
}
"""A delivery starts now if it has no start."""

REVISION_FIELDS: Final[Mapping[vol.Marker, Any]] = {
    vol.Optional(ATTR_STARTS_AT): instant,
    vol.Optional(ATTR_ENDS_AT): instant,
    vol.Optional(ATTR_MAX_ENTRIES): _ENTRIES,
    vol.Optional(ATTR_PARCEL_REF): PARCEL,
}
"""Omitted fields stay unchanged; an empty parcel removes it."""


def read_delivery(given: Mapping[str, Any]) -> Delivery:
    """Return the delivery of `DELIVERY_FIELDS`."""
    return Delivery(
        units=tuple(given[ATTR_UNITS]),
        starts_at=given.get(ATTR_STARTS_AT) or dt_util.utcnow(),
        ends_at=given[ATTR_ENDS_AT],
        max_entries=given[ATTR_MAX_ENTRIES],
        parcel_ref=given.get(ATTR_PARCEL_REF) or None,
    )


def read_revision(grant: Grant, given: Mapping[str, Any]) -> Delivery:
    """Return a grant's delivery, revised by the `REVISION_FIELDS` that are given."""
    revised: Iterable[str] = (ATTR_STARTS_AT, ATTR_ENDS_AT, ATTR_MAX_ENTRIES)
    changes = {name: given[name] for name in revised if name in given}
    if ATTR_PARCEL_REF in given:
        changes[ATTR_PARCEL_REF] = given[ATTR_PARCEL_REF] or None
    return replace(
        Delivery(
            units=tuple(grant.unit_labels.values()),
            starts_at=grant.starts_at,
            ends_at=grant.ends_at,
            max_entries=grant.max_entries,
            parcel_ref=grant.parcel_ref,
        ),
        **changes,
    )
