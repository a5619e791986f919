"""Start a building: complete, with a re-created ledger, or with manual doors only."""

import logging

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.issue_registry import IssueSeverity
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..hass.issues import Fix, IssueKind
from ..ledger.errors import Cause, LedgerUnavailable, cause_of
from ..ledger.files import is_damaged, set_aside
from .building import Building, CourierAccessConfigEntry, ledger_path
from .ledger_health import take_suspicion
from .recovery import Loss, RecreatedLedger

_LOGGER = logging.getLogger(__name__)


async def async_start_building(
    hass: HomeAssistant, entry: CourierAccessConfigEntry
) -> Building:
    """Return the started building; without its ledger, its doors still work by hand.

    Only a file that is found to be damaged is quarantined: not one that is locked, out
    of reach, too new, read-only, or not understood.
    """
    building = Building(hass, entry)
    cause: Cause | None = Cause.DAMAGED
    if not take_suspicion(hass, entry.entry_id):
        cause = await _async_try(building, None)
    if cause in (Cause.DAMAGED, Cause.OTHER):
        # Don't trust what was read before the damage was found.
        building = Building(hass, entry)
        cause = await _async_examine(hass, building, cause)
    if cause is not None:
        building = Building(hass, entry)
        await building.async_start_doors(cause)
    _show_lost(building)
    return building


async def _async_examine(
    hass: HomeAssistant, building: Building, why: Cause
) -> Cause | None:
    """Start with a new ledger if the file is damaged; return why it can't start."""
    path = ledger_path(hass, building.entry.entry_id)
    lost: RecreatedLedger | None = None
    try:
        if await hass.async_add_executor_job(is_damaged, path):
            name = await hass.async_add_executor_job(set_aside, path, dt_util.utcnow())
            _LOGGER.error(
                "The ledger is damaged: set aside as %s, a new one begins", name
            )
            lost = RecreatedLedger(Loss.SET_ASIDE, name)
    except (LedgerUnavailable, OSError) as err:
        return (cause_of(err) if why is Cause.DAMAGED else None) or why
    cause = await _async_try(building, lost)
    return Cause.OTHER if cause is Cause.DAMAGED else cause


async def _async_try(building: Building, lost: RecreatedLedger | None) -> Cause | None:
    """Start a building with its ledger; return why it can't start."""
    try:
        await building.async_start(lost, had_ledger=_has_had_ledger(building))
    except LedgerUnavailable as err:
        return err.cause or Cause.OTHER
    except Exception:
        _LOGGER.exception("The ledger holds what makes no sense")
        return Cause.OTHER
    return None


def _show_lost(building: Building) -> None:
    """Show that a ledger was lost until the owner confirms it."""
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
