"""The time zone of a building's wall clock; only here is Home Assistant's own zone read.

An administrator of Home Assistant can change its zone at any time. Residents' hours must
not move with it.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant, callback

from ..const import CONF_TIME_ZONE
from ..ledger.state.configured import zone_named


@callback
def home_assistants_zone(hass: HomeAssistant) -> ZoneInfo:
    """Return the zone that Home Assistant has loaded for itself."""
    return ZoneInfo(hass.config.time_zone)


async def async_configured_zone(
    hass: HomeAssistant, options: Mapping[str, Any]
) -> ZoneInfo:
    """Return the zone in a building's options, or Home Assistant's."""
    chosen: str | None = options.get(CONF_TIME_ZONE)
    zone = await hass.async_add_executor_job(zone_named, chosen)
    return zone or home_assistants_zone(hass)
