"""What couriers would be answered and which rule of whom says so, without anything happening."""

from datetime import UTC, datetime
from typing import Final

from homeassistant.util.json import JsonObjectType, JsonValueType

from ..access.explain import Finding, Layer, explain
from ..access.model import Decision, Door, Grant, GrantKey, UnitPart, normal_unit
from ..access.policy import EntryRequest, Facts, decide
from ..building.building import Building
from ..hass.entities import entity_id_of
from .commands import check, wrong
from .permissions import Actor, Deed

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


def told_checks(
    building: Building, actor: Actor, door: Door, at: datetime, unit: str | None = None
) -> dict[str, JsonValueType]:
    """Return what each courier of the door would be answered at that time, by the units the actor may check.

    Which rule of whom says so is told to those who live in the unit; to others only what holds for all units, and
    what they may read anyway. Linked entities are looked at as they are now.

    Raises:
        ServiceValidationError: the actor may not check, or not that unit.

    """
    check(actor, Deed.CHECK_ACCESS)
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


def _units_to_check(building: Building, actor: Actor, asked: str | None) -> dict[str, str]:
    """Return the units to check with their names: one's own, or for the owner any."""
    labels = {resident.unit: resident.unit_label for resident in building.residents.values()}
    allowed = {
        unit: label for unit, label in labels.items() if actor.is_owner or unit in actor.units
    }
    if asked is None:
        return allowed
    unit = normal_unit(asked)
    if unit not in allowed:
        raise wrong("not_your_unit")
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
        if resident.unit == unit and resident.counts
    }
    return {
        "courier": facts.courier.name,
        "unit": label,
        "admitted": verdict.decision is Decision.ADMITTED,
        "reason": verdict.reason.value,
        "because": [
            _told_finding(building, finding)
            for finding in explain(unit, rules, facts, door.id, at)
            if _may_know(building, actor, unit, finding)
        ],
    }


def _may_know(building: Building, actor: Actor, unit: str, finding: Finding) -> bool:
    if unit in actor.units or finding.layer in _OF_THE_BUILDING:
        return True
    resident = building.residents.get(finding.resident_id or "")
    return resident is not None and actor.may(Deed.READ_RULES, resident)


def _told_finding(building: Building, finding: Finding) -> JsonObjectType:
    told: JsonObjectType = {"layer": finding.layer.value, "says": finding.says.value}
    if finding.resident_id is not None:
        told["resident"] = building.residents[finding.resident_id].name
    if finding.entity is not None:
        told["entity"] = entity_id_of(building.hass, finding.entity) or finding.entity
    if finding.state is not None:
        told["state"] = finding.state.value
    return told
