"""The owner's view of the building, value by value.

It has no key, address, or token, and of residents' decisions only their consent.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final, cast

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import CALLBACK_TYPE, Event, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType

from ..access.model import Consent, Door, Resident
from ..building.building import Building, CourierAccessConfigEntry, ledger_path
from ..building.status import follow_kept_out, kept_out_by
from ..const import DOMAIN
from ..contract.signature import Version
from ..couriers.addresses import listen_to_cloud, reach_of
from ..couriers.keys import CourierKey, CourierKeys, courier_activity, uses_newest_key
from ..doors.openers import Contact
from ..hass.entities import FollowedEntity
from ..hass.issues import FIX, SUBJECT, Issues
from ..ledger.files import file_sizes
from ..ledger.ledger import LedgerUnavailable
from ..notifications.targets import routes
from ..residents.directory import hours_of
from .entries_view import instant_view
from .overview import lock_of
from .permissions import Actor, Permission

HISTORY_WITHIN: Final = 1.0
"""Seconds for which the view waits for others who read the ledger."""


async def async_get_building(building: Building, actor: Actor) -> JsonObjectType:
    """Return `building_view` with the size of the ledger's files and its history."""
    view = building_view(building, actor)
    path = ledger_path(building.hass, building.entry.entry_id)
    sizes = await building.hass.async_add_executor_job(file_sizes, path)
    size: JsonObjectType = {"record_bytes": sum(each or 0 for each in sizes.values())}
    return {**view, **size, **await _history_view(building, actor)}


async def async_is_in_setup(building: Building, actor: Actor) -> bool:
    """Whether the actor owns a building where nobody was admitted yet, as far as read."""
    if building.history.ever_admitted or not actor.may(Permission.READ_BUILDING):
        return False
    return (await _history_view(building, actor)).get("ever_admitted") is False


async def _history_view(building: Building, actor: Actor) -> JsonObjectType:
    """Return what was ever recorded; nothing if it can't be read soon."""
    if building.fault is not None:
        return {}
    heard, history = courier_activity(building.hass), building.history
    silent = [
        courier_id
        for courier_id in building.directory.couriers
        if heard.of(courier_id).at is None
    ]
    if not history.is_known(silent):
        try:
            async with (
                asyncio.timeout(HISTORY_WITHIN),
                building.reading_turn(actor.whose),
            ):
                await building.ledger.read_apart(
                    partial(history.read_on, courier_ids=silent)
                )
        except TimeoutError:
            return {}
        except LedgerUnavailable:
            return {}  # the issues say why
    never: list[JsonValueType] = [
        each for each in silent if each not in history.couriers
    ]
    return {"ever_admitted": history.ever_admitted, "never_heard": never}


def building_view(building: Building, actor: Actor) -> JsonObjectType:
    """Return a building as its owner sees it, with or without its ledger."""
    actor.check(Permission.READ_BUILDING)
    directory = building.directory
    # After a courier is removed, the building is handed over shortly after.
    couriers = [id_ for id_ in directory.couriers if id_ in building.entry.subentries]
    return {
        "building": building.entry.entry_id,
        "name": building.entry.title,
        "issues": _issues_view(building),
        "couriers": [_courier_view(building, courier_id) for courier_id in couriers],
        "residents": [
            _resident_view(building, each) for each in building.residents.values()
        ],
        "doors": [_door_view(building, door) for door in directory.doors.values()],
        "record": _record_view(building),
        "hours": hours_view(building.entry),
        "has_residents_hours": _has_residents_hours(building),
    }


def _has_residents_hours(building: Building) -> bool:
    """Whether a resident who consents has hours; never whose, or which."""
    if building.fault is not None:
        return False
    rules = map(building.rulebook.in_effect, building.residents.values())
    return any(
        each.consent is Consent.GIVEN and not each.hours.is_empty for each in rules
    )


def hours_view(building: CourierAccessConfigEntry) -> JsonValueType:
    """Return the building's own hours, in the format of rules."""
    return cast("JsonValueType", hours_of(building.options).to_mapping())


@callback
def follow_building(building: Building, listener: Callable[[], None]) -> CALLBACK_TYPE:
    """Call `listener` when `building_view` may have changed; return how to stop.

    It doesn't follow rules, the config entry, or entries.
    """
    hass = building.hass
    heard = courier_activity(hass)

    @callback
    def of_courier(courier_id: str, *_: object) -> None:
        if courier_id in building.directory.couriers:
            listener()

    @callback
    def of_issue(event: Event[ir.EventIssueRegistryUpdatedData]) -> None:
        if event.data["domain"] == DOMAIN:
            listener()

    @callback
    def of_anything(*_: object) -> None:
        listener()

    stops = [
        follow_kept_out(building, listener),
        building.notifications.listen(listener),
        heard.listen(of_courier),
        heard.listen_answered(of_courier),
        listen_to_cloud(hass, listener),
        hass.bus.async_listen(ir.EVENT_REPAIRS_ISSUE_REGISTRY_UPDATED, of_issue),
        hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, of_anything),
        *(driver.listen(of_anything) for driver in building.drivers.values()),
        *(
            Contact(hass, settings.contact).listen(of_anything)
            for settings in building.directory.door_settings.values()
        ),
    ]

    @callback
    def stop() -> None:
        for each in stops:
            each()

    return stop


def _issues_view(building: Building) -> list[JsonValueType]:
    """Return the building's repair issues, except those the owner ignores."""
    return [
        {
            "kind": issue.translation_key,
            "subject": (issue.data or {}).get(SUBJECT),
            "placeholders": {
                name: (issue.data or {}).get(name, text)
                for name, text in (issue.translation_placeholders or {}).items()
            },
            "is_fixable": FIX in (issue.data or {}),
        }
        for issue in Issues(building.hass, building.entry.entry_id).shown()
        if issue.active and issue.dismissed_version is None
    ]


def _courier_view(building: Building, courier_id: str) -> JsonObjectType:
    directory, hass = building.directory, building.hass
    courier, data = (
        directory.couriers[courier_id],
        building.entry.subentries[courier_id].data,
    )
    heard = courier_activity(hass).of(courier_id)
    last = heard.last_refusal
    keys = CourierKeys.read(data)
    return {
        "courier": courier.id,
        "name": courier.name,
        "enabled": courier.enabled,
        "doors": [
            each.name
            for each in directory.doors.values()
            if each.id in courier.door_ids
        ],
        "reach": reach_of(hass, data).value,
        "keys": [_key_view(key) for key in keys.active(dt_util.utcnow()).newest_first],
        "uses_newest_key": uses_newest_key(hass, courier, keys),
        "last_contact": instant_view(heard.at),
        "refusals": heard.refusals,
        "last_refusal": None
        if last is None
        else {"at": instant_view(last.at), "why": last.why},
    }


def _key_view(key: CourierKey) -> JsonObjectType:
    is_shared = key.parse().version is Version.V1
    return {
        "kind": "secret" if is_shared else "public_key",
        "ends_at": instant_view(key.ends_at),
    }


def _resident_view(building: Building, resident: Resident) -> JsonObjectType:
    """Return a resident; consent and delivery are unknown without the ledger."""
    addressee = building.directory.addressees[resident.id]
    view: JsonObjectType = {
        "resident": resident.id,
        "name": resident.name,
        "unit": resident.unit_label,
        "has_way": bool(routes(building.hass, addressee)),
    }
    if building.fault is not None:
        return view
    consent = building.rulebook.of(resident.id).consent
    _, paper = building.directory.paper_consents.get(resident.id, (None, None))
    return view | {
        "consent": consent.value,
        "on_paper": consent is not Consent.NOT_GIVEN
        and paper is not None
        and paper.consent is consent,
        "waits_for_confirmation": not resident.is_confirmed,
        "unreachable_since": instant_view(
            building.notifications.unreachable.get(resident.id)
        ),
    }


def _door_view(building: Building, door: Door) -> JsonObjectType:
    hass, driver = building.hass, building.drivers[door.id]
    settings = driver.settings
    opener = None if settings.opener is None else FollowedEntity(hass, settings.opener)
    state = None if opener is None else opener.state
    # A removed opener has no state with a time.
    since = None if driver.available or state is None else state.last_changed
    return {
        "door": door.id,
        "name": door.name,
        "lock": lock_of(building, door),
        "position": driver.position.value,
        "opener": None if opener is None else opener.entity_id,
        "available": driver.available,
        "unavailable_since": instant_view(since),
        "opener_removed": driver.opener_removed,
        "unlock_seconds": settings.unlock_seconds,
        "contact": None
        if settings.contact is None
        else Contact(hass, settings.contact).state.value,
        "left_open": driver.left_open,
        "lock_due_at": instant_view(driver.lock_due),
    }


def _record_view(building: Building) -> JsonObjectType:
    newest, doubt = building.ledger.newest, building.clock_watch.doubt
    kept_out = kept_out_by(building)
    return {
        "kept_out_by": None if kept_out is None else kept_out.value,
        "records": None if newest is None else newest.seq,
        "newest_at": instant_view(building.ledger.newest_at),
        "retention_days": building.directory.retention_days,
        "clock_doubt": None if doubt is None else doubt.value,
        "restored_at": instant_view(building.restore.at),
        "keys_to_be_confirmed": building.restore.couriers_wait,
        "notifications_pending": building.notifications.pending,
    }
