"""Build the external addresses of personal and lobby pages."""

from typing import Final
from urllib.parse import quote

from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError, get_url

from ..const import DOMAIN

PATH: Final = f"/api/{DOMAIN}/personal"
LOBBY_PATH: Final = f"/api/{DOMAIN}/lobby"


def link_url(hass: HomeAssistant, token: str) -> str | None:
    """Return the external URL of a personal link, or None without one."""
    return _outside(hass, PATH, token)


def lobby_url(hass: HomeAssistant, token: str) -> str | None:
    """Return the external URL of a lobby page, or None without one."""
    return _outside(hass, LOBBY_PATH, token)


def _outside(hass: HomeAssistant, path: str, token: str) -> str | None:
    try:
        base = get_url(hass, allow_internal=False, prefer_external=True)
    except NoURLAvailableError:
        return None
    return f"{base}{path}/{quote(token, safe='')}"
