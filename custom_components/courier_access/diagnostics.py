"""Diagnostics of a building: kinds and numbers, nothing secret or personal.

Every value is picked for it: no name, key, address, or token is copied here. Doors and
couriers are numbered in the order in which they were added.
"""

from collections.abc import Sequence
from sqlite3 import Connection
from typing import Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.util.json import JsonObjectType, JsonValueType

from .api.access_log import instant_view
from .api.overview import fleet_view
from .building.building import Building, CourierAccessConfigEntry
from .home_assistant.callbacks import entity_id_of
from .ledger.ledger import LedgerUnavailable
from .ledger.outbox.status import count_rows, outbox_figures
from .ledger.state.entries import EntryFilter, EntryRow, latest_entries
from .residents.directory import Directory

LAST_ENTRIES: Final = 20


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, config_entry: CourierAccessConfigEntry
) -> JsonObjectType:
    """Return what helps to find an error in a building, whether or not it is loaded."""
    directory = Directory.read(hass, config_entry)
    diagnostics: JsonObjectType = {
        "entry": {
            "state": config_entry.state.value,
            "version": f"{config_entry.version}.{config_entry.minor_version}",
            "household": directory.household.value,
            "retention_days": directory.retention_days,
            "log_months": directory.log_months,
            "proof_days": directory.proof_days,
            "couriers": len(directory.couriers),
            "residents": len(directory.addressees),
        },
        "openers": [
            (entity_id_of(hass, settings.opener) or "").partition(".")[0] or None
            for settings in directory.door_settings.values()
        ],
        "doorbells": [
            (entity_id_of(hass, bell.entity) or "").partition(".")[0] or None
            for bell in directory.doorbells
        ],
    }
    if config_entry.state is ConfigEntryState.LOADED:
        diagnostics["fleet"] = fleet_view(config_entry.runtime_data)
        diagnostics |= await _from_ledger(config_entry.runtime_data)
    return diagnostics


async def _from_ledger(building: Building) -> JsonObjectType:
    def read(conn: Connection) -> JsonObjectType:
        notifications, unexpanded, oldest_pending_at = outbox_figures(conn)
        return {
            "statistics": {
                "rows": dict[str, JsonValueType](count_rows(conn)),
                "notifications": {
                    state.value: number for state, number in notifications.items()
                },
                "fanouts": unexpanded,
                "oldest_pending_at": instant_view(oldest_pending_at),
            },
            "last_entries": _entries_view(
                building, latest_entries(conn, EntryFilter(LAST_ENTRIES))
            ),
        }

    if building.fault is not None:
        return {"ledger_unavailable": building.fault}
    try:
        return await building.ledger.read_apart(read)
    except LedgerUnavailable as err:
        return {"ledger_unavailable": err.cause}


def _entries_view(building: Building, rows: Sequence[EntryRow]) -> list[JsonValueType]:
    doors, couriers = list(building.directory.doors), list(building.directory.couriers)
    return [
        {
            "record": row.seq,
            "at": instant_view(row.at),
            "door": _number(doors, row.door_id),
            "courier": _number(couriers, row.courier_id),
            "decision": row.decision,
            "reason": row.reason,
            "outcome": row.outcome,
            "lock_confirmed": row.lock_confirmed,
            "completed_at": instant_view(row.completed_at),
            "repeats": row.repeats,
        }
        for row in rows
    ]


def _number(ids: Sequence[str], one: str) -> int | None:
    return ids.index(one) + 1 if one in ids else None
