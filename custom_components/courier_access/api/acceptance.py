"""Explain what couriers would be answered, and which rules decide it."""

from collections.abc import Collection, Iterable, Mapping
from copy import replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import voluptuous as vol

from ..access.hours import Interval, union
from ..access.model import (
    Attitude,
    Consent,
    Courier,
    Grant,
    Proof,
    Reason,
    Resident,
    Rules,
    normal_unit,
)
from ..access.policy import (
    BLOCKING,
    NOBODY,
    WILLING,
    ClosedReason,
    Facts,
    Finding,
    Layer,
    asks_all,
    asks_first,
    explain,
    unit_says,
    when_open,
    why_closed,
    why_refused,
)
from ..building.building import Building
from ..building.status import kept_out_by
from ..const import CONF_UNIT
from ..home_assistant.callbacks import entity_id_of
from ..residents.rulebook import states_of
from .lookup import instant, invalid, named_door, on_wall_clock
from .permissions import Actor, Permission
from .schemas import LONGEST_OPENING

_MOST_CHANGES: Final = 64
"""Ends of windows and pauses to check for the next change."""


def is_accepting(building: Building, resident: Resident, at: datetime) -> bool:
    """Whether a confirmed resident accepts couriers at that time.

    Uses the linked entities' current states, and ignores rules for single couriers.
    """
    says = unit_says(resident.unit, _alone(building, resident), at)
    return resident.is_confirmed and says is Reason.OK


def _alone(building: Building, resident: Resident) -> Facts:
    """Return facts in which a unit has this resident only, who allows any courier."""
    rules = replace(building.rulebook.in_effect(resident), default=Attitude.ALLOW)
    return Facts(
        NOBODY,
        building.directory.doors,
        {resident.unit: [rules]},
        building.rulebook.pauses.over(resident.unit),
        building.zone(),
        building.directory.building_hours,
        states_of(building.hass, rules.linked),
    )


def next_change(
    building: Building, resident: Resident, now: datetime
) -> datetime | None:
    """Return when time alone next changes `is_accepting`; None if not soon."""
    facts = _alone(building, resident)
    [rules] = facts.rules[resident.unit]
    bars = rules.consent is not Consent.GIVEN or rules.forbidding(facts.entities)
    if bars or not resident.is_confirmed:
        return None
    schedules = (rules.hours, facts.building_hours)
    ends = [pause.until for pause in facts.pauses]
    at, is_now = now, unit_says(resident.unit, facts, now) is Reason.OK
    for _ in range(_MOST_CHANGES):
        changes = (each.next_change(at, facts.zone) for each in schedules)
        coming = [each for each in (*changes, *ends) if each is not None and each > at]
        if not coming:
            return None
        at = min(coming)
        if (unit_says(resident.unit, facts, at) is Reason.OK) is not is_now:
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


def _facts(building: Building, courier: Courier) -> Facts:
    """Return what decides now, with what keeps all couriers out of the building."""
    has_problem = kept_out_by(building) is not None
    return replace(building.rulebook.facts(courier), has_problem=has_problem)


def why_shut(
    building: Building, resident: Resident, now: datetime
) -> ClosedReason | None:
    """Return why no courier is admitted for the resident's unit; None if one is."""
    if not resident.is_confirmed:
        return ClosedReason.NOT_CONFIRMED
    facts = _facts(building, NOBODY)
    couriers = building.directory.couriers.values()
    reason = why_closed(resident.unit, facts, couriers, now)
    if reason is ClosedReason.BUILDING_PAUSED and building.directory.is_one_home:
        # The only household's building is its home.
        return ClosedReason.UNIT_PAUSED
    return reason


def asks_now(building: Building, resident: Resident, now: datetime) -> bool:
    """Return whether the unit's residents are asked before any pass opens the door."""
    facts = _facts(building, NOBODY)
    couriers = building.directory.couriers.values()
    return resident.is_confirmed and asks_all(resident.unit, facts, couriers, now)


class Refusal(NamedTuple):
    """What refuses a delivery as things stand, and until when, if that is known."""

    layer: Layer
    until: datetime | None


def refusal_of(building: Building, unit: str, grant: Grant) -> Refusal | None:
    """Return what would refuse a delivery for a unit, for those who live there only."""
    courier = building.directory.couriers[grant.key.courier_id]
    return _refusal(building, unit, grant, _facts(building, courier))


def refusal_by_rules(building: Building, unit: str, grant: Grant) -> Refusal | None:
    """Return which rule refuses a delivery, even if no courier can be let in now."""
    courier = building.directory.couriers[grant.key.courier_id]
    return _refusal(building, unit, grant, building.rulebook.facts(courier))


def _refusal(
    building: Building, unit: str, grant: Grant, facts: Facts
) -> Refusal | None:
    rulebook = building.rulebook
    layer = why_refused(unit, grant, facts, dt_util.utcnow())
    if layer is None:
        return None
    match layer:
        case Layer.BUILDING_PAUSED:
            return Refusal(layer, rulebook.pauses.until())
        case Layer.UNIT_PAUSED:
            return Refusal(layer, rulebook.pauses.until(unit))
    return Refusal(layer, None)


def may_open_once(rules: Rules, refusal: Refusal | None, lasts: timedelta) -> bool:
    """Return whether a resident's own hours refuse a delivery, and can open for it once."""
    return (
        refusal is not None
        and refusal.layer is Layer.OUTSIDE_HOURS
        and rules.consent is Consent.GIVEN
        and lasts <= LONGEST_OPENING
    )


def opens_of(
    building: Building, units: Iterable[str], grant: Grant
) -> tuple[Interval, ...]:
    """Return when a delivery can still open the door for one of these units.

    It is the only answer to this question: passes and views promise nothing else.
    """
    facts = building.rulebook.facts(building.directory.couriers[grant.key.courier_id])
    now = dt_util.utcnow()
    return union(
        opens for unit in units for opens in when_open(unit, grant, facts, now)
    )


def asks_of(building: Building, admitting: Collection[str], grant: Grant) -> bool:
    """Return whether a pass asks residents, and opens no door by itself.

    `admitting` are the units for which nothing refuses the delivery.
    """
    facts = building.rulebook.facts(building.directory.couriers[grant.key.courier_id])
    now = dt_util.utcnow()
    return bool(admitting) and all(
        asks_first(unit, grant, facts, now) for unit in admitting
    )


_OF_THE_BUILDING: Final = frozenset(
    {
        Layer.PROBLEM,
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


def check_access(
    building: Building,
    actor: Actor,
    door_id: str,
    given: Mapping[str, Any],
) -> dict[str, JsonValueType]:
    """Return what each courier would be answered at a door by the `given` fields.

    The unit's residents read which rules decide, at any time. Others only read the
    answer of now, layers of all units, and rules they may read anyway: answers for other
    times would show a home's hours and days off. Uses the linked entities' current
    states.
    """
    actor.check(Permission.CHECK_ACCESS)
    door = named_door(building, door_id)
    units = _units_to_check(building, actor, given)
    at = on_wall_clock(building, given.get("at") or dt_util.utcnow())
    proof = Proof(given["proof"])
    all_facts = [
        _facts(building, courier)
        for courier in building.directory.couriers.values()
        if door.id in courier.door_ids
    ]
    checks: list[JsonValueType] = []
    for unit, label in units.items():
        rules = {
            resident.id: building.rulebook.in_effect(resident)
            for resident in building.residents.values()
            if resident.unit == unit and resident.is_confirmed
        }
        for facts in all_facts:
            findings = explain(unit, rules, facts, door.id, at, proof)
            reason = unit_says(unit, facts, at, proof)
            if unit not in actor.units:
                reason = _without_home(reason, findings)
            because: list[JsonValueType] = [
                _finding_view(building, finding)
                for finding in findings
                if _may_know(building, actor, unit, finding)
            ]
            checks.append(
                {
                    "courier": facts.courier.name,
                    "unit": label,
                    "admitted": reason is Reason.OK,
                    "reason": reason.value,
                    "because": because,
                }
            )
    return {"at": at.isoformat(), "door": door.name, "checks": checks}


def _units_to_check(
    building: Building, actor: Actor, given: Mapping[str, Any]
) -> dict[str, str]:
    """Return the units to check with their labels: at a given time, only the actor's."""
    named, is_now = given.get(CONF_UNIT), "at" not in given
    labels = {
        resident.unit: resident.unit_label
        for resident in building.residents.values()
        if actor.is_administrator or resident.unit in actor.units
    }
    units = labels.keys() if named is None else {normal_unit(named)}
    if not units <= labels.keys():
        raise invalid("not_your_unit")
    shown = {unit: labels[unit] for unit in units if is_now or unit in actor.units}
    if units and not shown:
        raise invalid("not_allowed_other_time")
    return shown


def _without_home(reason: Reason, findings: Iterable[Finding]) -> Reason:
    """Return a unit's answer without what only the home may know, such as its pause."""
    if reason in WILLING:
        return reason
    of_all = (
        BLOCKING[each.layer] for each in findings if each.layer in _OF_THE_BUILDING
    )
    return next(of_all, Reason.NOT_ACCEPTING)


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
