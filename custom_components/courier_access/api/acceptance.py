"""Explain what couriers would be answered, and which rules decide it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import voluptuous as vol

from ..access.explain import ClosedReason, Finding, Layer, explain
from ..access.model import (
    Consent,
    Decision,
    Door,
    Grant,
    GrantKey,
    Proof,
    Resident,
    UnitPart,
    normal_unit,
)
from ..access.policy import WILLING, EntryRequest, Facts, decide, unit_says
from ..building.building import Building
from ..const import CONF_UNIT
from ..hass.entities import entity_id_of
from ..residents.linked_entities import states_of
from .errors import invalid
from .lookup import instant, named_door, on_wall_clock
from .permissions import Actor, Permission

_MOST_CHANGES: Final = 64
"""Ends of windows and pauses to check for the next change."""


def is_accepting(building: Building, resident: Resident, at: datetime) -> bool:
    """Whether a confirmed resident accepts couriers at that time.

    Uses the linked entities' current states, and ignores rules for single couriers.
    """
    return not _is_barred(building, resident) and _is_open(building, resident)(at)


def next_change(
    building: Building, resident: Resident, now: datetime
) -> datetime | None:
    """Return when time alone next changes `is_accepting`; None if not soon."""
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
    for _ in range(_MOST_CHANGES):
        changes = (each.next_change(at, zone) for each in schedules)
        coming = [each for each in (*changes, *ends) if each is not None and each > at]
        if not coming:
            return None
        at = min(coming)
        if is_open(at) is not is_now:
            return at
    return None


def next_look(
    building: Building, units: Iterable[str], now: datetime
) -> datetime | None:
    """Return when a pause over these units ends, or hours begin or end for them.

    Unlike `next_change`, it includes what changes only `why_shut`.
    """
    zone, rulebook = building.zone(), building.rulebook
    units = frozenset(units)
    schedules = [rules.hours for unit in units for rules in rulebook.of_unit(unit)]
    if units:
        schedules.append(building.directory.building_hours)
    changes = (hours.next_change(now, zone) for hours in schedules)
    ends = (
        pause.until
        for pause in rulebook.pauses.all
        if pause.unit is None or pause.unit in units
    )
    coming = [each for each in (*changes, *ends) if each is not None and each > now]
    return min(coming, default=None)


def linked_to(building: Building, units: Iterable[str]) -> list[str]:
    """Return the entities that these units' rules refer to."""
    return [
        reference
        for unit in units
        for rules in building.rulebook.of_unit(unit)
        for reference in rules.linked
    ]


def has_hours(building: Building, resident: Resident) -> bool:
    """Whether a resident who consents for the resident's unit has hours."""
    return any(
        each.consent is Consent.GIVEN and not each.hours.is_empty
        for each in building.rulebook.of_unit(resident.unit)
    )


def why_shut(
    building: Building, resident: Resident, now: datetime
) -> ClosedReason | None:
    """Return why no courier is admitted for the resident's unit; None if one is."""
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
    if not has_hours(building, resident):
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
            Proof.SIGNED,
            lambda own: own.is_open(now, building.zone()),
            each.entities,
        )
        in WILLING
        for each in facts
    )
    return None if willing else ClosedReason.OTHERWISE


def _is_barred(building: Building, resident: Resident) -> bool:
    """Whether the resident doesn't accept couriers at any time."""
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
"""Layers that are the same for all units."""

CHECK_FIELDS: Final[VolDictType] = {
    vol.Optional(CONF_UNIT): str,
    vol.Optional("at"): instant,
    vol.Optional("proof", default=Proof.SIGNED): vol.Coerce(Proof),
}
_END_OF_TIME: Final = datetime.max.replace(tzinfo=UTC)


def check_access(
    building: Building,
    actor: Actor,
    door_id: str,
    given: Mapping[str, Any],
) -> dict[str, JsonValueType]:
    """Return what each courier would be answered at a door by the `given` fields.

    The unit's residents read which rules decide; others only read layers of all
    units, and rules they may read anyway. Uses the linked entities' current states.
    """
    actor.check(Permission.CHECK_ACCESS)
    door = named_door(building, door_id)
    at = on_wall_clock(building, given.get("at") or dt_util.utcnow())
    proof = Proof(given["proof"])
    units = _units_to_check(building, actor, given.get(CONF_UNIT))
    facts = [
        building.rulebook.facts(courier)
        for courier in building.directory.couriers.values()
        if door.id in courier.door_ids
    ]
    return {
        "at": at.isoformat(),
        "door": door.name,
        "checks": [
            _check(building, actor, door, each, unit, label, at, proof)
            for unit, label in units.items()
            for each in facts
        ],
    }


def _units_to_check(
    building: Building, actor: Actor, named: str | None
) -> dict[str, str]:
    """Return the units that the actor may check, with their names."""
    labels = {
        resident.unit: resident.unit_label for resident in building.residents.values()
    }
    allowed = {
        unit: label
        for unit, label in labels.items()
        if actor.is_owner or unit in actor.units
    }
    if named is None:
        return allowed
    unit = normal_unit(named)
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
    proof: Proof,
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
    verdict = decide(EntryRequest(grant, proof), facts, at)
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
            for finding in explain(unit, rules, facts, door.id, at, proof)
            if _may_know(building, actor, unit, finding)
        ],
    }


def _may_know(building: Building, actor: Actor, unit: str, finding: Finding) -> bool:
    if unit in actor.units or finding.layer in _OF_THE_BUILDING:
        return True
    resident = building.residents.get(finding.resident_id or "")
    return resident is not None and actor.may(Permission.READ_RULES, resident)


def _finding_view(building: Building, finding: Finding) -> JsonObjectType:
    view: JsonObjectType = {"layer": finding.layer.value, "says": finding.says.value}
    if finding.resident_id is not None:
        view["resident"] = building.residents[finding.resident_id].name
    if finding.entity is not None:
        view["entity"] = entity_id_of(building.hass, finding.entity) or finding.entity
    if finding.state is not None:
        view["state"] = finding.state.value
    return view
