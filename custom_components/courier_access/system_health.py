"""System health; every user can read it."""

from collections.abc import Iterable
from typing import Final

from homeassistant.components import system_health
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.json import JsonObjectType, JsonValueType

from .building.building import Building
from .const import DOMAIN
from .couriers.addresses import Reach, reach

OK: Final = "ok"
OVER_CLOUDHOOKS: Final = "Home Assistant Cloud"


@callback
def async_register(
    hass: HomeAssistant, register: system_health.SystemHealthRegistration
) -> None:
    register.async_register_info(
        system_health_info, f"/config/integrations/integration/{DOMAIN}"
    )


async def system_health_info(hass: HomeAssistant) -> JsonObjectType:
    """Return the status of all buildings together."""
    entries = hass.config_entries.async_entries(
        DOMAIN, include_ignore=False, include_disabled=False
    )
    loaded: list[Building] = [
        entry.runtime_data for entry in hass.config_entries.async_loaded_entries(DOMAIN)
    ]
    whole = [building for building in loaded if building.fault is None]
    return {
        "couriers_address": _couriers_address(hass),
        "buildings": len(entries),
        "buildings_loaded": len(loaded),
        "couriers_answered": sum(building.host.answers_couriers for building in loaded),
        "record": _status(building.health.fault for building in loaded),
        "clock": _status(building.clock_watch.doubt for building in loaded),
        "fleet": _fleet(loaded),
        "notifications_pending": sum(
            building.notifications.pending for building in whole
        ),
    }


def _couriers_address(hass: HomeAssistant) -> JsonValueType:
    match reach(hass):
        case Reach.HTTPS:
            return OK
        case Reach.CLOUD:
            return OVER_CLOUDHOOKS
        case Reach.NOT_HTTPS as error:
            return _failed(error)
        case _:
            return _failed("no_external_url")


def _fleet(loaded: Iterable[Building]) -> JsonValueType:
    """Return how reports go; False if no building belongs to a fleet."""
    found = [each.fleet.status for each in loaded if each.fleet.settings is not None]
    return _status(each.problem for each in found) if found else False


def _status(errors: Iterable[str | None]) -> JsonValueType:
    found = sorted({error for error in errors if error is not None})
    return _failed(", ".join(found)) if found else OK


def _failed(error: str) -> JsonObjectType:
    return {"type": "failed", "error": error}
