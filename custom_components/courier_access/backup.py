"""Hold the ledgers while Home Assistant backs up their files.

A ledger that can't be prepared never prevents a backup; the log says what its copy
lacks.
"""

import asyncio
import logging

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from .building.backups import UNDER_WAY, WITHIN, async_end_backup
from .building.building import CourierAccessConfigEntry, ledger_path
from .const import DOMAIN
from .home_assistant.host import settings_in_effect
from .ledger.ledger import LedgerUnavailable

_LOGGER = logging.getLogger(__name__)


async def async_pre_backup(hass: HomeAssistant) -> None:
    """Prepare every ledger to be copied, also those opened meanwhile."""
    hass.data[UNDER_WAY] = True
    await asyncio.gather(
        *(_begin(hass, entry) for entry in hass.config_entries.async_entries(DOMAIN))
    )


async def async_post_backup(hass: HomeAssistant) -> None:
    """Release every ledger."""
    hass.data.pop(UNDER_WAY, None)
    await asyncio.gather(
        *(
            _end(hass, entry)
            for entry in hass.config_entries.async_loaded_entries(DOMAIN)
        )
    )


async def _begin(hass: HomeAssistant, entry: CourierAccessConfigEntry) -> None:
    if entry.state is not ConfigEntryState.LOADED:
        if await hass.async_add_executor_job(ledger_path(hass, entry.entry_id).exists):
            _LOGGER.warning(
                "%s is not loaded: its ledger is copied as it is", entry.title
            )
        return
    try:
        async with asyncio.timeout(WITHIN):
            await settings_in_effect(hass, entry.entry_id)
            await entry.runtime_data.ledger.hold_checkpoints()
    except (LedgerUnavailable, TimeoutError) as err:
        _LOGGER.error(
            "The ledger of %s could not be readied for the backup: the copy may be"
            " unreadable: %s",
            entry.title,
            repr(err),
        )


async def _end(hass: HomeAssistant, entry: CourierAccessConfigEntry) -> None:
    try:
        async with asyncio.timeout(WITHIN):
            await settings_in_effect(hass, entry.entry_id)
            await async_end_backup(entry.runtime_data.ledger)
    except (LedgerUnavailable, TimeoutError) as err:
        _LOGGER.error(
            "The ledger of %s is still held after the backup; reload the building: %s",
            entry.title,
            repr(err),
        )
