"""Stop all buildings with Home Assistant, after locking their doors (promise 8)."""

import asyncio
from collections.abc import Iterable

from homeassistant.core import HomeAssistant

from ..const import DOMAIN
from ..doors.doors import door_drivers
from ..hass.host import begin_to_stop
from .building import Building


async def async_stop_buildings(hass: HomeAssistant) -> None:
    """Let no courier in anymore, lock the doors that couriers unlocked, and stop.

    Home Assistant waits for this, but at most 20 seconds.
    """
    begin_to_stop(hass)
    for building in _buildings(hass):
        building.questions.close()
        building.unsigned.close()
    try:
        await door_drivers(hass).async_lock_up()
    finally:
        stopping = (building.async_stop() for building in _buildings(hass))
        await asyncio.gather(*stopping, return_exceptions=True)


def _buildings(hass: HomeAssistant) -> Iterable[Building]:
    """Yield all buildings at run time, also one that couldn't be unloaded."""
    for entry in hass.config_entries.async_entries(DOMAIN):
        if (building := getattr(entry, "runtime_data", None)) is not None:
            yield building
