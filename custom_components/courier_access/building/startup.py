"""Start and stop buildings: complete, with a re-created ledger, or with manual doors only."""

import asyncio
from collections.abc import Iterable
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_NAME, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.issue_registry import IssueSeverity
from homeassistant.util import dt as dt_util

from ..const import (
    CONF_CLOSE_COVER,
    CONF_HOUSEHOLD,
    CONF_LOBBY,
    CONF_OWNER_CONTACT,
    CONF_RESPONSIBLE,
    DOMAIN,
    MINOR_VERSION,
    VERSION,
    SubentryType,
)
from ..doors.doors import door_drivers
from ..home_assistant.host import begin_to_stop, settings_in_effect
from ..home_assistant.issues import Fix, IssueKind
from ..ledger.errors import Cause, LedgerUnavailable, unavailable
from ..ledger.files import is_damaged, set_aside, version_of_file
from .building import Building, CourierAccessConfigEntry, running_building
from .ledger_health import Loss, RecreatedLedger, ledger_memory

_LOGGER = logging.getLogger(__name__)


async def async_start_building(
    hass: HomeAssistant, entry: CourierAccessConfigEntry, former: Building | None = None
) -> Building:
    """Return the started building; without its ledger, its doors still work by hand.

    It goes on with what waits in the `former` building, whose place it takes. Only a
    file that is found to be damaged is quarantined: not one that is locked, out of
    reach, too new, read-only, or not understood.
    """
    building = Building(hass, entry, former)
    fault: LedgerUnavailable | None = LedgerUnavailable("", Cause.DAMAGED)
    if not ledger_memory(hass, entry.entry_id).use_suspicion():
        fault = await _async_try(building, None)
    if fault is not None and fault.cause in (Cause.DAMAGED, Cause.UNFIT, Cause.OTHER):
        # Don't trust what was read before the damage was found.
        building = Building(hass, entry, former)
        fault = await _async_examine(building, fault)
    if fault is not None:
        building = Building(hass, entry, former)
        await building.async_start_doors(fault)
    _show_lost(building)
    return building


async def _async_examine(
    building: Building, why: LedgerUnavailable
) -> LedgerUnavailable | None:
    """Start with a new ledger if the file is damaged; return why it can't start."""
    hass, path = building.hass, building.ledger.path
    lost: RecreatedLedger | None = None
    try:
        if await _async_is_damaged(building):
            name = await hass.async_add_executor_job(set_aside, path, dt_util.utcnow())
            _LOGGER.error(
                "The ledger is damaged: set aside as %s, a new one begins", name
            )
            lost = RecreatedLedger(Loss.SET_ASIDE, name)
        elif why.cause is Cause.UNFIT:
            return why  # It would fail again in the same way.
    except (LedgerUnavailable, OSError) as err:
        fault = unavailable(err)
        is_known = why.cause is Cause.DAMAGED and fault.cause is not None
        return fault if is_known else why
    again = await _async_try(building, lost)
    if again is not None and again.cause is Cause.DAMAGED:
        return LedgerUnavailable(str(again), Cause.OTHER)
    return again


async def _async_is_damaged(building: Building) -> bool:
    """Examine a file, but not again before it changes: that takes time with its size."""
    hass, path = building.hass, building.ledger.path
    memory = ledger_memory(hass, building.entry.entry_id)
    version = await hass.async_add_executor_job(version_of_file, path)
    if version == memory.found_whole:
        return False
    try:
        if await hass.async_add_executor_job(is_damaged, path):
            return True
    except LedgerUnavailable as err:
        if err.cause is not None:
            raise  # Otherwise it's whole, and of another shape.
    memory.found_whole = version
    return False


async def _async_try(
    building: Building, lost: RecreatedLedger | None
) -> LedgerUnavailable | None:
    try:
        if lost is None and _has_had_ledger(building):
            lost = RecreatedLedger(Loss.MISSING)
        await building.async_start(lost)
    except LedgerUnavailable as err:
        return err if err.cause else LedgerUnavailable(str(err), Cause.UNFIT)
    except Exception as err:
        _LOGGER.exception("The ledger holds what makes no sense")
        return LedgerUnavailable(type(err).__name__, Cause.UNFIT)
    return None


def _show_lost(building: Building) -> None:
    known = building.recreated
    if known is None or known.is_seen:
        return
    building.host.issues.show(
        IssueKind.LEDGER_SET_ASIDE
        if known.loss is Loss.SET_ASIDE
        else IssueKind.LEDGER_MISSING,
        placeholders={} if known.file is None else {"file": known.file},
        fix=Fix.SEE_LEDGER_LOST,
        severity=IssueSeverity.ERROR,
    )


def _has_had_ledger(building: Building) -> bool:
    """Whether the building ever had a ledger: its switch exists only with one."""
    key = f"{building.entry.entry_id}_courier_access"
    return (
        er.async_get(building.hass).async_get_entity_id(Platform.SWITCH, DOMAIN, key)
        is not None
    )


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
        # Home Assistant doesn't wait for a hand-over that is under way.
        await settings_in_effect(hass)
        stopping = (building.async_stop() for building in _buildings(hass))
        await asyncio.gather(*stopping, return_exceptions=True)


def _buildings(hass: HomeAssistant) -> Iterable[Building]:
    """Yield all buildings at run time, also one that couldn't be unloaded."""
    for entry in hass.config_entries.async_entries(DOMAIN):
        if (building := running_building(entry)) is not None:
            yield building


type _Entry = ConfigEntry[Any]


def async_convert(hass: HomeAssistant, entry: _Entry) -> bool:
    """Convert an earlier version's data; return False if a newer version can't be read.

    Each conversion changes nothing the second time, because it runs until the ledger
    has been migrated, too.
    """
    if entry.version > VERSION:
        return False
    if entry.minor_version < 2:
        _move_settings(hass, entry)
        _convert_parts(hass, entry)
    if entry.minor_version < 6:
        _move_contact(hass, entry)
    return True


def async_note_version(hass: HomeAssistant, entry: _Entry) -> None:
    if entry.minor_version < MINOR_VERSION:
        hass.config_entries.async_update_entry(entry, minor_version=MINOR_VERSION)


def _move_settings(hass: HomeAssistant, entry: _Entry) -> None:
    data = {CONF_HOUSEHOLD: entry.data[CONF_HOUSEHOLD]}
    moved = {name: value for name, value in entry.data.items() if name not in data}
    hass.config_entries.async_update_entry(
        entry, data=data, options={**moved, **entry.options}
    )


def _move_contact(hass: HomeAssistant, entry: _Entry) -> None:
    """Make the contact on the lobby notice that of who is responsible."""
    notice = dict(entry.options.get(CONF_LOBBY, {}))
    if (contact := notice.pop(CONF_OWNER_CONTACT, None)) is None:
        return
    options = {**entry.options, CONF_LOBBY: notice}
    options.setdefault(CONF_RESPONSIBLE, {CONF_OWNER_CONTACT: contact})
    hass.config_entries.async_update_entry(entry, options=options)


def _convert_parts(hass: HomeAssistant, entry: _Entry) -> None:
    """Drop names beside the titles, and say of each door whether it closes a cover."""
    for part in entry.subentries.values():
        data = {**part.data}
        if part.subentry_type == SubentryType.DOOR:
            data = {CONF_CLOSE_COVER: False, **data}
        data.pop(CONF_NAME, None)
        hass.config_entries.async_update_subentry(entry, part, data=data)
