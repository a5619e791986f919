"""Runs beside Courier Access in a bench: an action that writes a line, as a careful user's automation would.

The line is on the disk when the action ends. Nothing of it is in what is released.
"""

import os
from pathlib import Path
from typing import Final

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType
import voluptuous as vol

DOMAIN: Final = "courier_line"
ACTION: Final = "write"
LINE: Final = "line"

_FILE: Final = "courier_lines.txt"


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Offer the action."""
    file = Path(hass.config.path(_FILE))

    async def write(call: ServiceCall) -> None:
        await hass.async_add_executor_job(_append, file, call.data[LINE])

    schema = vol.Schema({vol.Required(LINE): cv.string})
    hass.services.async_register(DOMAIN, ACTION, write, schema)
    return True


def _append(file: Path, line: str) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"{line}\n")
        opened.flush()
        os.fsync(opened.fileno())
