"""What somebody who helps an owner needs to see of a building: kinds, numbers and faults, nothing secret or personal.

All is picked for it: nothing that people named or wrote, and no key, address or token, is copied here. Doors and
couriers go by their numbers, in the order in which they were added.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
import sqlite3
from typing import Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    ATTR_ASSUMED_STATE,
    ATTR_DEVICE_CLASS,
    ATTR_SUPPORTED_FEATURES,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import AnyDeviceEntry
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
from sqlalchemy import Connection

from .access.hours import ALWAYS_OPEN
from .api.entries_view import instant_view
from .building.building import Building, CourierAccessConfigEntry, ledger_path
from .const import CONF_ENDS_AT, CONF_KEY, CONF_KEYS, CONF_RATE_PER_MINUTE, DOMAIN
from .contract.signature import parse_key
from .couriers.activity import courier_activity
from .doors.openers import DoorSettings
from .hass.addresses import link_url
from .hass.entities import FollowedEntity
from .ledger.files import all_files, file_sizes
from .ledger.ledger import LedgerUnavailable
from .ledger.state.entries import EntryRow, latest_entries
from .ledger.tables import SCHEMA_VERSION
from .ledger.upkeep import statistics as figures
from .ledger.upkeep.statistics import OutboxFigures
from .notifications.targets import routes
from .residents.directory import Directory
from .residents.recipients import Addressee


def set_up_view(hass: HomeAssistant, entry: CourierAccessConfigEntry) -> JsonObjectType:
    """Return how a building is set up, whether or not it is loaded."""
    directory = Directory.read(hass, entry)
    addressees = directory.addressees.values()
    ways = [ways_view(hass, addressee) for addressee in addressees]
    return {
        "version": f"{entry.version}.{entry.minor_version}",
        "household": directory.household.value,
        "has_building_hours": directory.building_hours != ALWAYS_OPEN,
        "retention_days": directory.retention_days,
        "is_reachable_from_outside": link_url(hass, "") is not None,
        "doors": [
            door_view(hass, settings) for settings in directory.door_settings.values()
        ],
        "couriers": [
            _courier_view(hass, entry, directory, id_) for id_ in directory.couriers
        ],
        "residents": {
            "enrolled": len(addressees),
            "units": len({each.resident.unit for each in addressees}),
            "with_person": sum(each.resident.person is not None for each in addressees),
            "with_login": sum(each.resident.user_id is not None for each in addressees),
            "with_paper": len(directory.paper_consents),
            "targets": counted(
                target.kind.value for each in addressees for target in each.targets
            ),
            "without_a_way": sum(not each["lead_to"] for each in ways),
        },
    }


def door_view(hass: HomeAssistant, settings: DoorSettings) -> JsonObjectType:
    """Return what opens a door and how, by kind."""
    return {
        "opener": None
        if settings.opener is None
        else _entity_view(hass, settings.opener),
        "operation": settings.operation.value,
        "unlock_seconds": settings.unlock_seconds,
        "closes_cover": settings.close_cover,
        "contact": None
        if settings.contact is None
        else _entity_view(hass, settings.contact),
    }


def ways_view(hass: HomeAssistant, addressee: Addressee) -> JsonObjectType:
    """Return over what kinds of targets a resident is told, and where these lead now."""
    return {
        "targets": counted(target.kind.value for target in addressee.targets),
        "lead_to": counted(route.kind.value for route in routes(hass, addressee)),
    }


def counted(values: Iterable[str]) -> JsonObjectType:
    """Return how often each value is there."""
    return dict[str, JsonValueType](Counter(values))


def _courier_view(
    hass: HomeAssistant,
    entry: CourierAccessConfigEntry,
    directory: Directory,
    courier_id: str,
) -> JsonObjectType:
    courier, data = directory.couriers[courier_id], entry.subentries[courier_id].data
    heard = courier_activity(hass).of(courier_id)
    return {
        "enabled": courier.enabled,
        "doors": len(courier.door_ids & directory.doors.keys()),
        "longest_grant_hours": int(courier.longest_grant.total_seconds() // 3600),
        "rate_per_minute": data[CONF_RATE_PER_MINUTE],
        "keys": [
            {
                "version": parse_key(key[CONF_KEY]).version.value,
                "ends_at": key[CONF_ENDS_AT],
            }
            for key in data[CONF_KEYS]
        ],
        "signed_last_at": instant_view(heard.at),
        "answered_by_status": {
            str(status): times for status, times in heard.answers.items()
        },
    }


def _entity_view(hass: HomeAssistant, reference: str) -> JsonObjectType:
    """Tell of an entity by its domain and its integration; of its state no more than whether there is one.

    That of a button, say, is when somebody pressed it last.
    """
    entity = FollowedEntity(hass, reference)
    entity_id, state = entity.entity_id, entity.state
    registered = er.async_get(hass).async_get(reference)
    return {
        "domain": None if entity_id is None else entity_id.partition(".")[0],
        "integration": None if registered is None else registered.platform,
        "is_there": state is not None
        and state.state not in (STATE_UNAVAILABLE, STATE_UNKNOWN),
        "device_class": None
        if state is None
        else state.attributes.get(ATTR_DEVICE_CLASS),
        "features": None
        if state is None
        else state.attributes.get(ATTR_SUPPORTED_FEATURES),
        "is_assumed": state is not None
        and bool(state.attributes.get(ATTR_ASSUMED_STATE)),
    }


LAST_ENTRIES: Final = 20


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, config_entry: CourierAccessConfigEntry
) -> JsonObjectType:
    """Return what is known of a building, whether or not it is loaded."""
    path = ledger_path(hass, config_entry.entry_id)
    told: JsonObjectType = {
        "state": config_entry.state.value,
        "set_up": set_up_view(hass, config_entry),
        "files": await hass.async_add_executor_job(_files_view, path),
    }
    if config_entry.state is ConfigEntryState.LOADED:
        told["at_run_time"] = await _at_run_time(config_entry.runtime_data)
    return told


async def async_get_device_diagnostics(
    hass: HomeAssistant, config_entry: CourierAccessConfigEntry, device: AnyDeviceEntry
) -> JsonObjectType:
    """Return what is known of a door, of whether a resident can be told, or of the building as a whole."""
    subject = next(
        (value for domain, value in device.identifiers if domain == DOMAIN), ""
    )
    if config_entry.state is ConfigEntryState.LOADED:
        building = config_entry.runtime_data
        if subject in building.drivers:
            return await _door(building, subject)
        if subject in building.residents:
            return await _resident(building, subject)
    return await async_get_config_entry_diagnostics(hass, config_entry)


async def _at_run_time(building: Building) -> JsonObjectType:
    now = dt_util.utcnow()
    rules = [building.rulebook.of(resident_id) for resident_id in building.residents]
    watch = building.clock_watch
    return {
        "answers_couriers": building.answers_couriers,
        "ledger_fault": building.health.fault,
        "ledger_lost": None if building.anew is None else building.anew.loss,
        "ledger_restored_at": instant_view(building.restore.at),
        "keys_to_be_confirmed": building.restore.couriers_wait,
        "clock": {
            "doubt": watch.doubt,
            "ran_evenly_for_seconds": int(watch.agreed_for(now).total_seconds()),
        },
        "doors": [_driver_view(building, door_id) for door_id in building.drivers],
        "residents_who_wait_to_be_confirmed": sum(
            not resident.is_confirmed for resident in building.residents.values()
        ),
        "consents": counted([each.consent for each in rules]),
        "rules": {
            "with_exceptions": sum(bool(each.exceptions) for each in rules),
            "with_linked_entities": sum(bool(each.linked) for each in rules),
            "with_digest": sum(each.digest_at is not None for each in rules),
            "default": counted([each.default for each in rules]),
        },
        "is_paused": building.rulebook.pauses.of_building() is not None,
        "expected_deliveries": len(building.grants.expected()),
        "ledger": await _ledger_view(building),
    }


async def _door(building: Building, door_id: str) -> JsonObjectType:
    return {
        "set_up": door_view(building.hass, building.directory.door_settings[door_id]),
        "at_run_time": _driver_view(building, door_id),
        "expected_deliveries": sum(
            grant.door_id == door_id for grant in building.grants.expected()
        ),
        "last_entries": await _read(
            building,
            lambda conn: _entries_view(
                building, latest_entries(conn, LAST_ENTRIES, door_id=door_id)
            ),
        ),
    }


async def _resident(building: Building, resident_id: str) -> JsonObjectType:
    """Tell whether a resident can be told, and nothing of what they decided."""
    return {
        "ways": ways_view(building.hass, building.directory.addressees[resident_id]),
        "waits_to_be_confirmed": not building.residents[resident_id].is_confirmed,
        "has_link": building.links.link_of(resident_id) is not None,
        "outbox": await _read(
            building, lambda conn: _outbox_view(figures.outbox(conn, resident_id))
        ),
    }


def _driver_view(building: Building, door_id: str) -> JsonObjectType:
    driver = building.drivers[door_id]
    return {
        "position": driver.position,
        "opener_removed": driver.opener_removed,
        "lock_due_at": instant_view(driver.lock_due),
        "waits_for_leaf": driver.held_open,
    }


async def _ledger_view(building: Building) -> JsonValueType:
    newest = building.ledger.newest

    def read(conn: Connection) -> JsonObjectType:
        return {
            "schema_version": SCHEMA_VERSION,
            "sqlite_version": sqlite3.sqlite_version,
            "newest_record": None if newest is None else newest.seq,
            "newest_at": instant_view(building.ledger.newest_at),
            "rows": dict[str, JsonValueType](figures.rows(conn)),
            "outbox": _outbox_view(figures.outbox(conn)),
            "last_entries": _entries_view(building, latest_entries(conn, LAST_ENTRIES)),
        }

    return await _read(building, read)


async def _read(
    building: Building, work: Callable[[Connection], JsonValueType]
) -> JsonValueType:
    if building.fault is not None:
        return {"unavailable": building.fault}
    try:
        return await building.ledger.read_apart(work)
    except LedgerUnavailable as err:
        return {"unavailable": err.cause}


def _outbox_view(outbox: OutboxFigures) -> JsonObjectType:
    return {
        "notices": {state.value: number for state, number in outbox.notices.items()},
        "not_yet_notices": outbox.unexpanded,
        "oldest_pending_at": instant_view(outbox.oldest_pending_at),
    }


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
    """Return by which number one goes, None for one that is gone."""
    return ids.index(one) + 1 if one in ids else None


def _files_view(path: Path) -> JsonObjectType:
    """Tell how large the ledger's files are; None for one that is not there."""
    sizes = file_sizes(path)
    aside = len(all_files(path)) - len(sizes)
    return {"bytes": dict[str, JsonValueType](sizes), "set_aside": aside}
