"""A building is loaded anew once for all that changes in one turn of the loop, such as forty residents at once."""

from contextlib import suppress

from homeassistant.config_entries import UnknownEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN

_DUE: HassKey[set[str]] = HassKey(f"{DOMAIN}_to_be_loaded_anew")


@callback
def async_reload_soon(hass: HomeAssistant, entry_id: str) -> None:
    """Reload a building in the loop's next turn, once for all requests until then."""
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
    # The building may have been removed, also while this waited for its turn.
    with suppress(UnknownEntry):
        await hass.config_entries.async_reload(entry_id)
