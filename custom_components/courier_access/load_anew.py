"""A building is loaded anew once for all that changes in one turn of the loop, such as forty residents at once."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN

_DUE: HassKey[set[str]] = HassKey(f"{DOMAIN}_to_be_loaded_anew")


@callback
def async_load_anew(hass: HomeAssistant, entry_id: str) -> None:
    """Load a building anew with the loop's next turn, whatever else asks for it until then."""
    due = hass.data.setdefault(_DUE, set())
    if entry_id in due:
        return
    due.add(entry_id)

    @callback
    def load() -> None:
        due.discard(entry_id)
        hass.config_entries.async_schedule_reload(entry_id)

    hass.loop.call_soon(load)
