"""Where a resident's personal page is, as seen from outside the building."""

from typing import Final
from urllib.parse import quote

from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError, get_url

from .const import DOMAIN

PATH: Final = f"/api/{DOMAIN}/personal"


def link_url(hass: HomeAssistant, token: str) -> str | None:
    """Return the personal link with that token, on Home Assistant's external URL; None where there is none."""
    try:
        base = get_url(hass, allow_internal=False, prefer_external=True)
    except NoURLAvailableError:
        return None
    return f"{base}{PATH}/{quote(token, safe='')}"
