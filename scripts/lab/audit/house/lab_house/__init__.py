"""The house's lock and mailboxes, which belong to the code that started Home Assistant in this process."""

from collections.abc import Awaitable, Callable

from homeassistant.core import HomeAssistant
from homeassistant.helpers.typing import ConfigType
from homeassistant.util.hass_dict import HassKey

DOMAIN = "lab_house"
FURNISH: HassKey[Callable[[HomeAssistant], Awaitable[None]]] = HassKey(DOMAIN)
"""Adds what the house has; the code that starts Home Assistant provides it."""


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Let the house be furnished."""
    await hass.data[FURNISH](hass)
    return True
