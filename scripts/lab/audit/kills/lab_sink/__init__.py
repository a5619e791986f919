"""Notify entities that post to an address and raise where it does not take the notification; set up from YAML."""

from homeassistant.config_entries import SOURCE_IMPORT, ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.typing import ConfigType

DOMAIN = "lab_sink"


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Make an entry of what stands in YAML, once."""
    hass.async_create_task(
        hass.config_entries.flow.async_init(
            DOMAIN, context={"source": SOURCE_IMPORT}, data=dict(config[DOMAIN])
        )
    )
    return True


async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Set up the entities."""
    await hass.config_entries.async_forward_entry_setups(entry, [Platform.NOTIFY])
    return True
