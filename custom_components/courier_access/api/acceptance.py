"""What couriers would be answered and which rule of whom says so, without anything happening."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from homeassistant.util.json import JsonObjectType, JsonValueType

from ..access.explain import ClosedReason, Finding, Layer, explain
from ..access.model import (
    Consent,
    Decision,
    Door,
    Grant,
    GrantKey,
    Resident,
    UnitPart,
    normal_unit,
)
from ..access.policy import WILLING, EntryRequest, Facts, decide, unit_says
from ..building.building import Building
from ..hass.entities import entity_id_of
from ..residents.linked_entities import states_of
from .commands import check, invalid
from .permissions import Actor, Permission

_MOST_TURNS: Final = 64
"""How many ends of windows and pauses are looked at for a change; one further off is not told."""


def is_accepting(building: Building, resident: Resident, at: datetime) -> bool:
    """Whether the resident consents and counts, all hours are open then, nothing is paused and no entity says no.

    Linked entities are looked at as they are now. Single couriers may be denied all the same.
    """
    return not _is_barred(building, resident) and _is_open(building, resident)(at)


def next_change(
    building: Building, resident: Resident, now: datetime
) -> datetime | None:
    """Return when time alone next changes `is_accepting`; None where it does not, or only in the far future."""
    if _is_barred(building, resident):
        return None
    is_open = _is_open(building, resident)
    zone = building.zone()
    schedules = (
        building.rulebook.of(resident.id).hours,
        building.directory.building_hours,
    )
    ends = [pause.until for pause in building.rulebook.pauses.over(resident.unit)]
    at, is_now = now, is_open(now)
    for _ in range(_MOST_TURNS):
        turns = (each.next_change(at, zone) for each in schedules)
        coming = [turn for turn in (*turns, *ends) if turn is not None and turn > at]
        if not coming:
            return None
        at = min(coming)
        if is_open(at) is not is_now:
            return at
    return None


def why_shut(
    building: Building, resident: Resident, now: datetime
) -> ClosedReason | None:
    """Say why no courier comes in for the resident's unit now, whoever of it says so; None where one may."""
    if not resident.is_confirmed:
        return ClosedReason.NOT_CONFIRMED
    unit, rulebook = resident.unit, building.rulebook
    rules = rulebook.of_unit(unit)
    consenting = [each for each in rules if each.consent is Consent.GIVEN]
    if rulebook.pauses.of_building() is not None:
        return ClosedReason.BUILDING_PAUSED
    if rulebook.pauses.over(unit):
        return ClosedReason.UNIT_PAUSED
    if any(each.consent is Consent.WITHDRAWN for each in rules):
        return ClosedReason.WITHDRAWN
    if not consenting:
        return ClosedReason.NOT_GIVEN
    if all(each.hours.is_empty for each in consenting):
        return ClosedReason.NO_HOURS
    facts = [
        rulebook.facts(courier)
        for courier in building.directory.couriers.values()
        if courier.enabled and not courier.door_ids.isdisjoint(building.directory.doors)
    ]
    if not all(each.building_hours.is_open(now, each.zone) for each in facts):
        return ClosedReason.OUTSIDE_BUILDING_HOURS
    if not any(each.hours.is_open(now, building.zone()) for each in consenting):
        return ClosedReason.OUTSIDE_HOURS
    willing = any(
        unit_says(
            each.rules.get(unit, ()),
            each.courier.id,
            lambda own: own.is_open(now, building.zone()),
            each.entities,
        )
        in WILLING
        for each in facts
    )
    return None if willing else ClosedReason.OTHERWISE


def _is_barred(building: Building, resident: Resident) -> bool:
    """Whether something says no that no time ends."""
    rules = building.rulebook.in_effect(resident)
    return (
        not resident.is_confirmed
        or rules.consent is not Consent.GIVEN
        or bool(rules.forbidding(states_of(building.hass, rules.linked)))
    )


def _is_open(building: Building, resident: Resident) -> Callable[[datetime], bool]:
    hours, building_hours = (
        building.rulebook.of(resident.id).hours,
        building.directory.building_hours,
    )
    pauses = building.rulebook.pauses.over(resident.unit)
    zone = building.zone()
    return lambda at: (
        hours.is_open(at, zone)
        and building_hours.is_open(at, zone)
        and not any(pause.covers(resident.unit, at) for pause in pauses)
    )


_OF_THE_BUILDING: Final = frozenset(
    {
        Layer.COURIER_DISABLED,
        Layer.DOOR_NOT_ALLOWED,
        Layer.BUILDING_PAUSED,
        Layer.BUILDING_HOURS,
    }
)
"""What holds for all units alike; the other layers are a unit's own."""

_END_OF_TIME: Final = datetime.max.replace(tzinfo=UTC)


def checks_view(
    building: Building, actor: Actor, door: Door, at: datetime, unit: str | None = None
) -> dict[str, JsonValueType]:
    """Return what each courier of the door would be answered at that time, by the units the actor may check.

    Which rule of whom says so is told to those who live in the unit; to others only what holds for all units, and
    what they may read anyway. Linked entities are looked at as they are now.

    Raises:
        ServiceValidationError: the actor may not check, or not that unit.

    """
    check(actor, Permission.CHECK_ACCESS)
    units = _units_to_check(building, actor, unit)
    # What linked entities say is looked at once for all units.
    facts = [
        building.rulebook.facts(courier)
        for courier in building.directory.couriers.values()
        if door.id in courier.door_ids
    ]
    return {
        "at": at.isoformat(),
        "door": door.name,
        "checks": [
            _check(building, actor, door, each, unit, label, at)
            for unit, label in units.items()
            for each in facts
        ],
    }


def _units_to_check(
    building: Building, actor: Actor, asked: str | None
) -> dict[str, str]:
    """Return the units to check with their names: one's own, or for the owner any."""
    labels = {
        resident.unit: resident.unit_label for resident in building.residents.values()
    }
    allowed = {
        unit: label
        for unit, label in labels.items()
        if actor.is_owner or unit in actor.units
    }
    if asked is None:
        return allowed
    unit = normal_unit(asked)
    if unit not in allowed:
        raise invalid("not_your_unit")
    return {unit: allowed[unit]}


def _check(
    building: Building,
    actor: Actor,
    door: Door,
    facts: Facts,
    unit: str,
    label: str,
    at: datetime,
) -> dict[str, JsonValueType]:
    grant = Grant(
        key=GrantKey(facts.courier.id, ""),
        revision=1,
        door_id=door.id,
        starts_at=at,
        ends_at=_END_OF_TIME,
        max_entries=1,
        units={unit: UnitPart.ACCEPTED},
    )
    verdict = decide(EntryRequest(grant), facts, at)
    rules = {
        resident.id: building.rulebook.in_effect(resident)
        for resident in building.residents.values()
        if resident.unit == unit and resident.is_confirmed
    }
    return {
        "courier": facts.courier.name,
        "unit": label,
        "admitted": verdict.decision is Decision.ADMITTED,
        "reason": verdict.reason.value,
        "because": [
            _finding_view(building, finding)
            for finding in explain(unit, rules, facts, door.id, at)
            if _may_know(building, actor, unit, finding)
        ],
    }


def _may_know(building: Building, actor: Actor, unit: str, finding: Finding) -> bool:
    if unit in actor.units or finding.layer in _OF_THE_BUILDING:
        return True
    resident = building.residents.get(finding.resident_id or "")
    return resident is not None and actor.may(Permission.READ_RULES, resident)


def _finding_view(building: Building, finding: Finding) -> JsonObjectType:
    told: JsonObjectType = {"layer": finding.layer.value, "says": finding.says.value}
    if finding.resident_id is not None:
        told["resident"] = building.residents[finding.resident_id].name
    if finding.entity is not None:
        told["entity"] = entity_id_of(building.hass, finding.entity) or finding.entity
    if finding.state is not None:
        told["state"] = finding.state.value
    return told
