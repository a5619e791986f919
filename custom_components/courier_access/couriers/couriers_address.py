"""Over what couriers reach this Home Assistant from outside."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError, get_url
from yarl import URL

from ..const import CONF_CLOUDHOOK_URL
from .addresses import is_connected, is_out_of_service


class Reach(StrEnum):
    """What leads here: an address of its own, as good as it is, or Home Assistant Cloud."""

    HTTPS = "https"
    CLOUD = "cloud"
    CLOUD_GONE = "cloud_gone"
    NOT_HTTPS = "not_https"
    NOTHING = "nothing"


def reach(hass: HomeAssistant) -> Reach:
    """Return over what any courier reaches Home Assistant now."""
    try:
        address = get_url(hass, allow_internal=False, prefer_external=True)
    except NoURLAvailableError:
        return Reach.CLOUD if is_connected(hass) else Reach.NOTHING
    return Reach.HTTPS if URL(address).scheme == "https" else Reach.NOT_HTTPS


def reach_of(hass: HomeAssistant, courier: Mapping[str, Any]) -> Reach:
    """Return over what a courier with this data reaches Home Assistant: it may have been given a Cloud's address only."""
    if CONF_CLOUDHOOK_URL in courier:
        return Reach.CLOUD_GONE if is_out_of_service(hass) else Reach.CLOUD
    own = reach(hass)
    return Reach.CLOUD if own is Reach.NOT_HTTPS and is_connected(hass) else own
