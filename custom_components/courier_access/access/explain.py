"""Explain every rule for or against an entry; `policy.decide` stops at the first.

Residents may see all of them for their unit; a courier may know only the first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from .model import Attitude, Consent, EntityState, Proof, Rules
from .policy import Facts, may_use


class Layer(StrEnum):
    """A rule that speaks for or against an entry."""

    COURIER_DISABLED = "courier_disabled"
    DOOR_NOT_ALLOWED = "door_not_allowed"
    BUILDING_PAUSED = "building_paused"
    UNIT_PAUSED = "unit_paused"
    BUILDING_HOURS = "building_hours"
    NOBODY_CONSENTS = "nobody_consents"
    WITHDRAWN = "withdrawn"
    DENIED = "denied"
    NOT_CONSENTING = "not_consenting"
    OUTSIDE_HOURS = "outside_hours"
    ENTITY = "entity"
    ASKS = "asks"
    ALLOWS = "allows"


class ClosedReason(StrEnum):
    """Why couriers can't enter for a unit now."""

    NOT_CONFIRMED = "not_confirmed"
    BUILDING_PAUSED = "building_paused"
    UNIT_PAUSED = "unit_paused"
    NOT_GIVEN = "not_given"
    WITHDRAWN = "withdrawn"
    NO_HOURS = "no_hours"
    OUTSIDE_BUILDING_HOURS = "outside_building_hours"
    OUTSIDE_HOURS = "outside_hours"
    OTHERWISE = "otherwise"


class Says(StrEnum):
    """A layer's answer."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one layer, with the resident or entity that causes it."""

    layer: Layer
    says: Says
    resident_id: str | None = None
    entity: str | None = None
    state: EntityState | None = None


def explain(
    unit: str,
    residents: Mapping[str, Rules],
    facts: Facts,
    door_id: str,
    now: datetime,
    proof: Proof = Proof.SIGNED,
) -> tuple[Finding, ...]:
    """Return all findings for a courier at a door, from the building to each resident.

    `residents` holds the rules of everyone in the unit, by resident ID. Grants aren't
    considered.
    """
    return (
        *_building_findings(unit, facts, door_id, now),
        *_unit_findings(residents, facts, now, proof),
    )


def _building_findings(
    unit: str, facts: Facts, door_id: str, now: datetime
) -> Iterator[Finding]:
    if not facts.courier.enabled:
        yield _no(Layer.COURIER_DISABLED)
    if not may_use(facts, door_id):
        yield _no(Layer.DOOR_NOT_ALLOWED)
    covering = [pause.unit for pause in facts.pauses if pause.covers(unit, now)]
    if None in covering:
        yield _no(Layer.BUILDING_PAUSED)
    if unit in covering:
        yield _no(Layer.UNIT_PAUSED)
    if not facts.building_hours.is_open(now, facts.zone):
        yield _no(Layer.BUILDING_HOURS)


def _unit_findings(
    residents: Mapping[str, Rules], facts: Facts, now: datetime, proof: Proof
) -> Iterator[Finding]:
    if all(rules.consent is not Consent.GIVEN for rules in residents.values()):
        yield _no(Layer.NOBODY_CONSENTS)
    for resident_id, rules in residents.items():
        for finding in _resident_findings(rules, facts, now, proof):
            yield replace(finding, resident_id=resident_id)


def _resident_findings(
    rules: Rules, facts: Facts, now: datetime, proof: Proof
) -> Iterator[Finding]:
    attitude = rules.answer(facts.courier.id, proof)
    if rules.consent is Consent.WITHDRAWN:
        yield _no(Layer.WITHDRAWN)
    if attitude is Attitude.DENY:
        yield _no(Layer.DENIED)
    if rules.consent is Consent.NOT_GIVEN:
        yield _no(Layer.NOT_CONSENTING)
    if rules.consent is not Consent.GIVEN or attitude is Attitude.DENY:
        return
    is_open = rules.hours.is_open(now, facts.zone)
    if not is_open:
        yield _no(Layer.OUTSIDE_HOURS)
    forbidding = rules.forbidding(facts.entities)
    for entity in forbidding:
        state = facts.entities.get(entity, EntityState.UNKNOWN)
        yield Finding(Layer.ENTITY, Says.NO, entity=entity, state=state)
    if is_open and not forbidding:
        if attitude is Attitude.ASK:
            yield Finding(Layer.ASKS, Says.ASK)
        else:
            yield Finding(Layer.ALLOWS, Says.YES)


def _no(layer: Layer) -> Finding:
    return Finding(layer, Says.NO)
