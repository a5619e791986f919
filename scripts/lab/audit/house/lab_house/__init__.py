"""The house's lock and mailboxes, in the hands of whoever started Home Assistant in this process."""

from collections.abc import Awaitable, Callable

from homeassistant.core import HomeAssistant
from homeassistant.helpers.typing import ConfigType
from homeassistant.util.hass_dict import HassKey

DOMAIN = "lab_house"
FURNISH: HassKey[Callable[[HomeAssistant], Awaitable[None]]] = HassKey(DOMAIN)
"""Puts in what the house has; whoever starts Home Assistant files it."""


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Let the house be furnished."""
    await hass.data[FURNISH](hass)
    return True
