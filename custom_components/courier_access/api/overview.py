"""The overview of a building and its expected deliveries, as each user may see them."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from typing import Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import Platform
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType

from ..access.model import Door, Grant, Pause, Resident
from ..building.building import Building
from ..const import DOMAIN
from ..couriers.keys import CourierKeys
from ..grants.grants import place
from ..grants.issue import Issue
from .acceptance import has_hours, is_accepting, next_change, why_shut
from .entries_view import instant_view
from .passes import pass_view
from .permissions import Actor, Permission, async_acting

MOST_GRANTS: Final = 500


def is_visible(actor: Actor) -> bool:
    """Whether the actor sees anything of the building."""
    return actor.may(Permission.READ_GRANTS)


def not_ready(hass: HomeAssistant) -> list[str]:
    """Return the IDs of buildings that are not loaded, or have no ledger."""
    return [
        entry.entry_id
        for entry in hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        if entry.state is not ConfigEntryState.LOADED
        or entry.runtime_data.fault is not None
    ]


def overview_of(building: Building, actor: Actor) -> JsonObjectType | None:
    """Return the actor's overview of a building; None if it is empty.

    Without its ledger, only the owner sees the building, with its fault.
    """
    if building.fault is None:
        return overview_view(building, actor) if is_visible(actor) else None
    if not actor.may(Permission.READ_BUILDING):
        return None
    return {
        "building": building.entry.entry_id,
        "name": building.entry.title,
        "time_zone": building.zone().key,
        "fault": building.fault.value,
    }


async def async_overview(hass: HomeAssistant, context: Context) -> JsonObjectType:
    """Return a user's overview of all loaded buildings."""
    views: list[JsonObjectType] = []
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        building: Building = entry.runtime_data
        actor = await async_acting(building, context)
        if (view := overview_of(building, actor)) is not None:
            views.append(view)
    return buildings_view(hass, views)


def buildings_view(
    hass: HomeAssistant, views: Iterable[JsonObjectType]
) -> JsonObjectType:
    """Return the overviews of buildings, with those without a ledger apart."""
    whole: list[JsonValueType] = []
    without: list[JsonValueType] = []
    for each in views:
        (without if "fault" in each else whole).append(each)
    return {
        "buildings": whole,
        "without_ledger": without,
        "not_ready": list[JsonValueType](not_ready(hass)),
    }


def shown_residents(building: Building, actor: Actor) -> list[Resident]:
    """Return the residents that the actor's overview shows."""
    return [
        resident
        for resident in building.residents.values()
        if actor.may(Permission.READ_RULES, resident)
    ]


def overview_view(building: Building, actor: Actor) -> JsonObjectType:
    """Return a building's overview, as the actor may see it."""
    actor.check(Permission.READ_GRANTS)
    directory = building.directory
    pause = building.rulebook.pauses.of_building()
    expected, has_more = _expected(building, actor)
    doors: list[JsonValueType] = [
        {
            "door": door.id,
            "name": door.name,
            "lock": lock_of(building, door),
            "codes_off": building.wrong_codes.are_off(door.id),
        }
        for door in directory.doors.values()
    ]
    couriers: list[JsonValueType] = [
        {
            "courier": courier.id,
            "name": courier.name,
            "enabled": courier.enabled,
            "doors": [door for door in directory.doors if door in courier.door_ids],
            "longest_grant_hours": courier.longest_grant / timedelta(hours=1),
            "has_key": _has_key(building, courier.id),
        }
        for courier in directory.couriers.values()
    ]
    return {
        "building": building.entry.entry_id,
        "name": building.entry.title,
        "time_zone": building.zone().key,
        "is_owner": actor.is_owner,
        "doors": doors,
        "couriers": couriers,
        "paused_until": _until(pause),
        "retention_days": directory.retention_days,
        "residents": [
            _resident_view(building, actor, resident)
            for resident in shown_residents(building, actor)
        ],
        "pending_residents": _pending_views(building, actor),
        "questions": _question_views(building, actor),
        "expected": [_grant_view(building, actor, grant) for grant in expected],
        "more_expected": has_more,
    }


def _expected(building: Building, actor: Actor) -> tuple[list[Grant], bool]:
    """Return the first expected deliveries, and whether there are more.

    Those to the actor's units are all among them: each can be vetoed.
    """
    first = islice(building.grants.to_come(), MOST_GRANTS)
    own = building.grants.expected_by(actor.units)
    expected = {grant.key: grant for grant in (*first, *own)}
    has_more = any(grant.key not in expected for grant in building.grants.to_come())
    return sorted(expected.values(), key=place), has_more


def get_grants(
    building: Building, actor: Actor, door: Door | None = None
) -> JsonObjectType:
    """Return expected deliveries, at a door if one is given.

    Residents get those of their units. The owner gets all, without others' units.
    """
    actor.check(Permission.READ_GRANTS)
    expected = (
        building.grants.to_come()
        if actor.is_owner
        else building.grants.expected_by(actor.units)
    )
    grants = list(
        islice(
            (grant for grant in expected if door is None or grant.door_id == door.id),
            MOST_GRANTS + 1,
        )
    )
    views: list[JsonValueType] = [
        _grant_view(building, actor, grant) for grant in grants[:MOST_GRANTS]
    ]
    return {"grants": views, "more": len(grants) > MOST_GRANTS}


def issue_view(issue: Issue) -> JsonObjectType:
    """Return the reply to an issued grant: the same as a courier gets."""
    grant, verdict = issue.grant, issue.verdict
    view: JsonObjectType = {
        "courier": issue.courier.name,
        "courier_id": issue.courier.id,
        "grant_id": grant.key.grant_id,
        "decision": verdict.decision.value,
        "reason": verdict.reason.value,
        "units": [grant.unit_labels[unit] for unit in grant.accepted_units],
        "starts_at": instant_view(grant.starts_at),
        "ends_at": instant_view(grant.ends_at),
    }
    for name, windows in (
        ("usable", verdict.usable),
        ("next_windows", verdict.next_windows),
    ):
        if windows is not None:
            view[name] = [
                {"from": instant_view(each.start), "until": instant_view(each.end)}
                for each in windows
            ]
    return view


def _resident_view(
    building: Building, actor: Actor, resident: Resident
) -> JsonObjectType:
    now = dt_util.utcnow()
    return {
        "resident": resident.id,
        "name": resident.name,
        "unit": resident.unit_label,
        "is_me": any(each.id == resident.id for each in actor.residents),
        "waits_for_confirmation": not resident.is_confirmed,
        "consent": building.rulebook.of(resident.id).consent.value,
        "has_hours": has_hours(building, resident),
        "accepting": is_accepting(building, resident, now),
        "shut": why_shut(building, resident, now),
        "next_change": instant_view(next_change(building, resident, now)),
        "unit_paused_until": _until(building.rulebook.pauses.of_unit(resident.unit)),
        "has_address_code": building.passes.has_address_code(resident.unit),
    }


def _pending_views(building: Building, actor: Actor) -> list[JsonValueType]:
    """Return the pending residents that the actor can confirm."""
    return [
        {"resident": resident.id, "name": resident.name, "unit": resident.unit_label}
        for resident in building.residents.values()
        if not resident.is_confirmed
        and actor.may(Permission.CONFIRM_RESIDENT, resident)
    ]


def _question_views(building: Building, actor: Actor) -> list[JsonValueType]:
    """Return the questions that the actor's own residents can answer now."""
    directory = building.directory
    own = {resident.id for resident in actor.residents}
    return [
        {
            "question": each.id,
            "courier": directory.couriers[each.key.courier_id].name,
            "door": directory.doors[each.door_id].name,
            "proof": each.proof.value,
            "until": instant_view(each.until),
            "may_admit": each.may_admit,
            "waits": each.waits.value,
        }
        for each in building.questions.open_to(own)
        if each.key.courier_id in directory.couriers and each.door_id in directory.doors
    ]


def _grant_view(building: Building, actor: Actor, grant: Grant) -> JsonObjectType:
    """Return a delivery: in full for its recipients, else as the calendar shows it.

    The owner, who may revoke it, also gets its ID.
    """
    directory = building.directory
    view: JsonObjectType = {
        "courier": directory.couriers[grant.key.courier_id].name,
        "door": directory.doors[grant.door_id].name,
        "starts_at": instant_view(grant.starts_at),
        "ends_at": instant_view(grant.ends_at),
    }
    own = [unit for unit in grant.accepted_units if unit in actor.units]
    if own or actor.is_owner:
        view |= {
            "courier_id": grant.key.courier_id,
            "grant_id": grant.key.grant_id,
            "issued_by": "courier" if grant.issuer is None else grant.issuer.kind.value,
        }
    if own:
        view |= {
            "units": [grant.unit_labels.get(unit, unit) for unit in own],
            "door_id": grant.door_id,
            "is_mine": actor.is_issuer(grant.issuer),
            "passes": [pass_view(each) for each in building.passes.of_grants([grant])],
            **grant.delivery.as_dict(),
            "max_entries": grant.max_entries,
            "entries_left": grant.entries_left,
        }
    return view


def lock_of(building: Building, door: Door) -> str | None:
    """Return the current entity ID of the door's lock."""
    registry = er.async_get(building.hass)
    return registry.async_get_entity_id(Platform.LOCK, DOMAIN, f"{door.id}_door")


def _has_key(building: Building, courier_id: str) -> bool:
    """Whether the courier signs messages; a removed one doesn't anymore."""
    courier = building.entry.subentries.get(courier_id)
    return courier is not None and CourierKeys.read(courier.data).newest is not None


def _until(pause: Pause | None) -> str | None:
    return None if pause is None else instant_view(pause.until)
