"""Bring the data of a building's config entry to the present version.

The minor version is that of the ledger's schema. It is raised only after the ledger was
migrated, so a ledger of an earlier version is known as a restored one from then on.
"""

from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant, callback

from ..const import (
    CONF_CLOSE_COVER,
    CONF_HOUSEHOLD,
    MINOR_VERSION,
    VERSION,
    SubentryType,
)

type _Entry = ConfigEntry[Any]


@callback
def async_convert(hass: HomeAssistant, entry: _Entry) -> bool:
    """Convert an earlier version's data; return False if a newer version can't be read.

    Each conversion changes nothing the second time, because it runs until the ledger
    has been migrated, too.
    """
    if entry.version > VERSION:
        return False
    if entry.minor_version < 2:
        _move_settings(hass, entry)
        _convert_parts(hass, entry)
    return True


@callback
def async_note_version(hass: HomeAssistant, entry: _Entry) -> None:
    """Note that both the entry and its ledger have the present version."""
    if entry.minor_version < MINOR_VERSION:
        hass.config_entries.async_update_entry(entry, minor_version=MINOR_VERSION)


def _move_settings(hass: HomeAssistant, entry: _Entry) -> None:
    """Move to the options what was in the data once."""
    data = {CONF_HOUSEHOLD: entry.data[CONF_HOUSEHOLD]}
    moved = {name: value for name, value in entry.data.items() if name not in data}
    hass.config_entries.async_update_entry(
        entry, data=data, options={**moved, **entry.options}
    )


def _convert_parts(hass: HomeAssistant, entry: _Entry) -> None:
    """Drop names beside the titles, and say of each door whether it closes a cover."""
    for part in entry.subentries.values():
        data = {**part.data}
        if part.subentry_type == SubentryType.DOOR:
            data = {CONF_CLOSE_COVER: False, **data}
        data.pop(CONF_NAME, None)
        hass.config_entries.async_update_subentry(entry, part, data=data)
