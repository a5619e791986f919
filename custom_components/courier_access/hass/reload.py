"""Reload a building once for all changes of one loop iteration."""

from contextlib import suppress

from homeassistant.config_entries import UnknownEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN

_DUE: HassKey[set[str]] = HassKey(f"{DOMAIN}_reload_due")


@callback
def async_reload_soon(hass: HomeAssistant, entry_id: str) -> None:
    """Reload a building in the next loop iteration, once for all requests."""
    due = hass.data.setdefault(_DUE, set())
    if entry_id in due:
        return
    due.add(entry_id)

    @callback
    def load() -> None:
        due.discard(entry_id)
        hass.async_create_task(
            _async_reload(hass, entry_id), f"{DOMAIN} reload {entry_id}"
        )

    hass.loop.call_soon(load)


async def _async_reload(hass: HomeAssistant, entry_id: str) -> None:
    # The building may have been removed meanwhile.
    with suppress(UnknownEntry):
        await hass.config_entries.async_reload(entry_id)
