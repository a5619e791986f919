"""Decide whether a courier may enter, and explain it; the only place that does.

Every rule yields a finding. A decision is a unit's first refusal; residents may see all
of its findings.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import repeat
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from .hours import ALWAYS_OPEN, Hours, Interval, overlap, union
from .model import (
    Answer,
    Attitude,
    Consent,
    Courier,
    Decision,
    Door,
    EntityState,
    Grant,
    GrantState,
    Pause,
    Proof,
    Reason,
    Rules,
    UnitPart,
)


class Layer(StrEnum):
    """A rule that speaks for or against an entry."""

    PROBLEM = "problem"
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


BLOCKING: Final = {
    Layer.PROBLEM: Reason.NOT_ACCEPTING,
    Layer.COURIER_DISABLED: Reason.COURIER_DISABLED,
    Layer.DOOR_NOT_ALLOWED: Reason.DOOR_NOT_ALLOWED,
    Layer.BUILDING_PAUSED: Reason.PAUSED,
    Layer.UNIT_PAUSED: Reason.PAUSED,
    Layer.BUILDING_HOURS: Reason.OUTSIDE_BUILDING_HOURS,
    Layer.NOBODY_CONSENTS: Reason.NOT_ACCEPTING,
    Layer.WITHDRAWN: Reason.NOT_ACCEPTING,
    Layer.DENIED: Reason.NOT_ACCEPTING,
}
"""The layers that refuse the courier for the whole unit, and what the courier learns."""


class ClosedReason(StrEnum):
    """Why couriers can't enter for a unit now."""

    NOT_CONFIRMED = "not_confirmed"
    PROBLEM = "problem"
    BUILDING_PAUSED = "building_paused"
    UNIT_PAUSED = "unit_paused"
    NOT_GIVEN = "not_given"
    WITHDRAWN = "withdrawn"
    NO_HOURS = "no_hours"
    NO_COURIER = "no_courier"
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


WILLING: Final = frozenset({Reason.OK, Reason.NO_ANSWER})
"""What a unit says if it admits the courier, or would after a question."""

_FURTHEST: Final = (
    Reason.PAUSED,
    Reason.OUTSIDE_BUILDING_HOURS,
    Reason.NOT_ACCEPTING,
    Reason.OUTSIDE_SCHEDULE,
    Reason.DECLINED,
    Reason.NO_ANSWER,
    Reason.OK,
)
"""What a unit says of an entry; of a grant's units, the last in this order decides."""

_ANSWERED: Final = {Answer.APPROVED: Reason.OK, Answer.DECLINED: Reason.DECLINED}

NEXT_WINDOWS_SPAN: Final = timedelta(days=14)
MOST_NEXT_WINDOWS: Final = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision depends on besides the request.

    `rules` holds every resident's rules by unit. Missing `entities` are unknown.
    `has_problem` says whether the building can't let in any courier.
    """

    courier: Courier
    doors: Mapping[str, Door]
    rules: Mapping[str, Sequence[Rules]]
    pauses: Sequence[Pause]
    zone: ZoneInfo
    building_hours: Hours = ALWAYS_OPEN
    entities: Mapping[str, EntityState] = MappingProxyType({})
    has_problem: bool = False


NOBODY: Final = Courier("", "", frozenset(), timedelta())
"""A stand-in that no rules name, for facts about all couriers."""


@dataclass(frozen=True, slots=True)
class EntryRequest:
    """A courier at the door; `door_id` is None if the message named no door."""

    grant: Grant | None
    proof: Proof
    door_id: str | None = None
    stale: bool = False
    answers: Mapping[str, Answer] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on an entry, with the `units` that admit it or must be asked."""

    decision: Decision
    reason: Reason
    units: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GrantVerdict:
    """The decision on an issued grant, with each unit's status and the shared hours.

    `parts` includes vetoes of units that this revision no longer names.
    """

    decision: Decision
    reason: Reason
    parts: Mapping[str, UnitPart]
    repeat: bool = False
    usable: tuple[Interval, ...] | None = None
    next_windows: tuple[Interval, ...] | None = None


def decide(request: EntryRequest, facts: Facts, now: datetime) -> Verdict:
    """Decide whether the courier may enter now (promises 1, 4, and 8)."""
    grant = request.grant
    if (reason := _courier_refusal(request.stale, facts.courier)) is not None:
        return _refused(reason)
    if grant is None:
        return _refused(Reason.UNKNOWN_GRANT)
    if (reason := _grant_refusal(grant, request.door_id, facts, now)) is not None:
        return _refused(reason)
    proof = _counted(request.proof, grant)
    said = {unit: unit_says(unit, facts, now, proof) for unit in grant.accepted_units}
    if Reason.OK not in said.values():
        said |= {
            unit: _ANSWERED[answer]
            for unit, answer in request.answers.items()
            if said.get(unit) is Reason.NO_ANSWER
        }
    reason = max(said.values(), key=_FURTHEST.index)
    units = tuple(unit for unit in said if said[unit] is reason)
    if reason is Reason.OK:
        return Verdict(Decision.ADMITTED, reason, units=units)
    return _refused(reason, asks=units if reason is Reason.NO_ANSWER else ())


def _counted(proof: Proof, grant: Grant) -> Proof:
    """Return what a proof counts for: a stranger's own parcel proves nothing.

    Strangers who made it up know its number, and can have learned the address code.
    """
    is_weak = proof.is_weaker_than(Proof.PASS)
    return Proof.RING if is_weak and grant.is_forgeable else proof


def decide_grant(
    grant: Grant,
    previous: Grant | None,
    facts: Facts,
    now: datetime,
    *,
    stale: bool = False,
) -> GrantVerdict:
    """Decide whether an issued or revised grant is accepted, and by which units.

    A courier can't revise its way past a veto (promise 4).
    """
    vetoed = () if previous is None else _vetoed(previous)
    if (reason := _issue_refusal(grant, previous, facts, now, stale=stale)) is not None:
        return _refused_grant(reason, _parts(grant, vetoed, accepting=()))
    start = max(now, grant.starts_at)
    if previous is not None and previous.accepted_units and _same(grant, previous):
        usable = _shared_windows(previous.accepted_units, facts, start, grant.ends_at)
        return GrantVerdict(
            Decision.ACCEPTED, Reason.OK, previous.units, repeat=True, usable=usable
        )
    hours = facts.building_hours.windows(start, grant.ends_at, facts.zone)
    accepting = []
    for unit in grant.units:
        since = _pause_end(unit, facts.pauses, start)
        says = _says_to_grant(unit, grant, facts, hours, since)
        if unit not in vetoed and says in WILLING:
            accepting.append(unit)
    parts = _parts(grant, vetoed, accepting)
    if accepting:
        usable = _shared_windows(accepting, facts, start, grant.ends_at)
        return GrantVerdict(Decision.ACCEPTED, Reason.OK, parts, usable=usable)
    # Whatever the units say: otherwise it would reveal which ones were willing.
    if _pause_end(None, facts.pauses, start) >= grant.ends_at:
        return _refused_grant(Reason.PAUSED, parts)
    if any(unit in vetoed for unit in grant.units):
        return _refused_grant(Reason.VETOED, parts)
    if not hours:
        return _refused_grant(Reason.OUTSIDE_BUILDING_HOURS, parts)
    closed = [
        unit
        for unit in grant.units
        if _says_to_grant(unit, grant, facts, hours, start) is Reason.OUTSIDE_SCHEDULE
    ]
    if not closed:
        return _refused_grant(Reason.NOT_ACCEPTING, parts)
    until = start + NEXT_WINDOWS_SPAN
    windows = _shared_windows(closed, facts, start, until, most=MOST_NEXT_WINDOWS)
    return _refused_grant(Reason.OUTSIDE_SCHEDULE, parts, next_windows=windows)


def _says_to_grant(
    unit: str, grant: Grant, facts: Facts, hours: Sequence[Interval], since: datetime
) -> Reason:
    """Return what a unit says to a grant from then on, within the building's hours.

    Whatever is shown at the door: a unit that would be asked then accepts now. Linked
    entities matter only at entry.
    """

    def is_open(own: Hours) -> bool:
        return bool(overlap(own.windows(since, grant.ends_at, facts.zone), hours))

    residents = facts.rules.get(unit, ())
    found = _of_residents(residents, facts.courier, Proof.SIGNED, is_open)
    return _says(found, residents, is_open)


def availability(
    units: Sequence[str],
    facts: Facts,
    start: datetime,
    end: datetime,
    *,
    door_id: str | None = None,
) -> Mapping[str, tuple[Interval, ...]]:
    """Return when the courier may come in [start, end), for units that share hours.

    All other units are left out without distinction. Linked entities are ignored.
    """
    usable = facts.courier.door_ids if door_id is None else {door_id}
    if not facts.courier.enabled or not any(may_use(facts, door) for door in usable):
        return {}
    shared_windows = {}
    for unit in units:
        since = _pause_end(unit, facts.pauses, start)
        windows = _shared_windows([unit], facts, since, end)
        if windows is not None:
            shared_windows[unit] = windows
    return shared_windows


def _courier_refusal(stale: bool, courier: Courier) -> Reason | None:
    if not courier.enabled:
        return Reason.COURIER_DISABLED
    return Reason.STALE_REQUEST if stale else None


def _grant_refusal(
    grant: Grant, door_id: str | None, facts: Facts, now: datetime
) -> Reason | None:
    if grant.state is not GrantState.OPEN:
        return Reason.REVOKED
    if door_id not in (None, grant.door_id) or not may_use(facts, grant.door_id):
        return Reason.DOOR_NOT_ALLOWED
    if now < grant.starts_at:
        return Reason.NOT_YET_VALID
    if now >= grant.ends_at:
        return Reason.EXPIRED
    if grant.entries_left == 0:
        return Reason.ENTRIES_EXHAUSTED
    # Check before the units, so that all of them look alike during a building pause.
    if _pause_end(None, facts.pauses, now) > now:
        return Reason.PAUSED
    if not grant.accepted_units:
        return Reason.VETOED if _vetoed(grant) else Reason.NOT_ACCEPTING
    return None


def _issue_refusal(
    grant: Grant, previous: Grant | None, facts: Facts, now: datetime, *, stale: bool
) -> Reason | None:
    if (reason := _courier_refusal(stale, facts.courier)) is not None:
        return reason
    if previous is not None and _has_ended(grant, previous):
        return Reason.REVOKED
    if previous is not None and _is_stale(grant, previous):
        return Reason.STALE_REVISION
    if not may_use(facts, grant.door_id):
        return Reason.DOOR_NOT_ALLOWED
    if now >= grant.ends_at:
        return Reason.EXPIRED
    return None


def _same(grant: Grant, previous: Grant) -> bool:
    return (grant.revision, grant.content) == (previous.revision, previous.content)


def _has_ended(grant: Grant, previous: Grant) -> bool:
    """Return whether a grant was ended for the issuer of this revision."""
    if previous.state is GrantState.CALLED_OFF:
        return grant.issuer != previous.issuer
    return previous.state is GrantState.REVOKED


def _is_stale(grant: Grant, previous: Grant) -> bool:
    has_other_issuer = grant.issuer != previous.issuer
    return has_other_issuer or (
        grant.revision <= previous.revision and not _same(grant, previous)
    )


def may_use(facts: Facts, door_id: str) -> bool:
    return door_id in facts.doors and door_id in facts.courier.door_ids


def _vetoed(grant: Grant) -> tuple[str, ...]:
    return tuple(unit for unit, part in grant.units.items() if part is UnitPart.VETOED)


def _parts(
    grant: Grant, vetoed: Sequence[str], accepting: Sequence[str]
) -> Mapping[str, UnitPart]:
    parts = {
        unit: UnitPart.ACCEPTED if unit in accepting else UnitPart.NOT_ACCEPTING
        for unit in grant.units
    }
    # Keep vetoes of units left out, or the next revision could bring them back.
    return parts | dict.fromkeys(vetoed, UnitPart.VETOED)


def _pause_end(unit: str | None, pauses: Sequence[Pause], start: datetime) -> datetime:
    """Return when pauses end for a unit; for None, the building's pauses."""
    return max(
        [start, *(pause.until for pause in pauses if pause.unit in (None, unit))]
    )


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
    everyone = tuple(residents.values())
    return tuple(_of_unit(unit, everyone, facts, now, proof, door_id, names=residents))


def why_refused(unit: str, grant: Grant, facts: Facts, now: datetime) -> Layer | None:
    """Return what refuses a unit's accepted delivery as things stand; None if nothing does.

    Before its time, the first moment counts when the hours admit it. Linked entities may
    have changed by then.
    """
    residents = facts.rules.get(unit, ())
    is_early = now < grant.starts_at
    at = _judged_at(residents, grant, facts, now)
    found = list(_of_unit(unit, residents, facts, at, Proof.PASS, grant.door_id))
    layers = {finding.layer for finding in found}
    blocking = (finding.layer for finding in found if finding.layer in BLOCKING)
    if (first := next(blocking, None)) is not None:
        return first
    if any(finding.says is not Says.NO for finding in found):
        return None
    if Layer.ENTITY in layers:
        return None if is_early else Layer.ENTITY
    return Layer.OUTSIDE_HOURS


def asks_first(unit: str, grant: Grant, facts: Facts, now: datetime) -> bool:
    """Return whether a pass for a unit's delivery only asks its residents.

    Before its time, the first moment counts when the hours admit it, and linked entities
    are ignored: they may have changed by then.
    """
    residents = facts.rules.get(unit, ())
    at = _judged_at(residents, grant, facts, now)
    if now < grant.starts_at:
        facts = replace(facts, rules={unit: tuple(map(_without_entities, residents))})
    return unit_says(unit, facts, at, Proof.PASS) is Reason.NO_ANSWER


def _without_entities(rules: Rules) -> Rules:
    return replace(rules, only_while=(), never_while=())


def _judged_at(
    residents: Sequence[Rules], grant: Grant, facts: Facts, now: datetime
) -> datetime:
    """Return the moment that counts for a delivery: now, once its time has begun.

    Before, it is when hours first admit it within its time, or else its beginning.
    """
    if now >= grant.starts_at:
        return now
    opens = _open_within(residents, facts, grant.starts_at, grant.ends_at)
    return opens[0].start if opens else grant.starts_at


def when_open(
    unit: str, grant: Grant, facts: Facts, now: datetime
) -> tuple[Interval, ...]:
    """Return when a unit's delivery can still open the door as things stand.

    Linked entities are ignored: they may have changed by then.
    """
    residents = facts.rules.get(unit, ())
    if (
        not facts.courier.enabled
        or not may_use(facts, grant.door_id)
        or _keep_out(residents, facts.courier)
    ):
        return ()
    since = _pause_end(unit, facts.pauses, grant.starts_at)
    opens = _open_within(residents, facts, since, grant.ends_at)
    return tuple(each for each in opens if each.end > now)


def _open_within(
    residents: Sequence[Rules], facts: Facts, start: datetime, end: datetime
) -> tuple[Interval, ...]:
    own = [
        window
        for rules in _consenting(residents)
        for window in rules.hours.windows(start, end, facts.zone)
    ]
    of_building = facts.building_hours.windows(start, end, facts.zone)
    return overlap(union(own), of_building)


def why_closed(
    unit: str, facts: Facts, couriers: Iterable[Courier], now: datetime
) -> ClosedReason | None:
    """Return why none of the couriers is admitted for a unit; None if one is.

    What applies to all couriers comes first. The courier of `facts` doesn't matter.
    """
    known = list(couriers)
    usable = _of_usable(known, facts)
    if any(unit_says(unit, each, now) in WILLING for each in usable):
        return None
    residents = facts.rules.get(unit, ())
    layers = {finding.layer for finding in _of_unit(unit, residents, facts, now)}
    hours = [rules.hours for rules in _consenting(residents)]
    applies = {
        ClosedReason.PROBLEM: Layer.PROBLEM in layers,
        ClosedReason.BUILDING_PAUSED: Layer.BUILDING_PAUSED in layers,
        ClosedReason.UNIT_PAUSED: Layer.UNIT_PAUSED in layers,
        ClosedReason.WITHDRAWN: Layer.WITHDRAWN in layers,
        ClosedReason.NOT_GIVEN: Layer.NOBODY_CONSENTS in layers,
        ClosedReason.NO_HOURS: all(own.is_empty for own in hours),
        ClosedReason.NO_COURIER: not any(courier.enabled for courier in known),
        ClosedReason.OUTSIDE_BUILDING_HOURS: usable and Layer.BUILDING_HOURS in layers,
        ClosedReason.OUTSIDE_HOURS: not any(
            own.is_open(now, facts.zone) for own in hours
        ),
        ClosedReason.OTHERWISE: True,
    }
    return next(reason for reason, is_so in applies.items() if is_so)


def asks_all(
    unit: str, facts: Facts, couriers: Iterable[Courier], now: datetime
) -> bool:
    """Return whether residents are asked about every pass that could open the door now.

    The courier of `facts` doesn't matter.
    """
    says = {
        unit_says(unit, each, now, Proof.PASS) for each in _of_usable(couriers, facts)
    }
    return says & WILLING == {Reason.NO_ANSWER}


def _of_usable(couriers: Iterable[Courier], facts: Facts) -> list[Facts]:
    """Return the facts for each courier that may use a door."""
    return [
        replace(facts, courier=courier)
        for courier in couriers
        if courier.enabled and not courier.door_ids.isdisjoint(facts.doors)
    ]


def unit_says(
    unit: str,
    facts: Facts,
    now: datetime,
    proof: Proof = Proof.SIGNED,
) -> Reason:
    """Return what a unit says to a courier at a door that the courier may use.

    It is OK, or the reason for a refusal. Grants aren't considered.
    """
    residents = facts.rules.get(unit, ())
    found = _of_unit(unit, residents, facts, now, proof)
    return _says(found, residents, lambda own: own.is_open(now, facts.zone))


def _says(
    found: Iterable[Finding],
    residents: Sequence[Rules],
    is_open: Callable[[Hours], bool],
) -> Reason:
    """Return what findings amount to: the first refusal, or whether anybody admits."""
    says = set()
    for finding in found:
        if finding.layer in BLOCKING:
            return BLOCKING[finding.layer]
        says.add(finding.says)
    if Says.YES in says:
        return Reason.OK
    if Says.ASK in says:
        return Reason.NO_ANSWER
    # A courier may learn that shared hours are closed, but nothing about other hours or
    # about entities.
    hours = _shared_hours(residents)
    if hours and not any(map(is_open, hours)):
        return Reason.OUTSIDE_SCHEDULE
    return Reason.NOT_ACCEPTING


def _of_unit(
    unit: str,
    residents: Sequence[Rules],
    facts: Facts,
    now: datetime,
    proof: Proof = Proof.SIGNED,
    door_id: str | None = None,
    names: Iterable[str | None] = repeat(None),
) -> Iterator[Finding]:
    if facts.has_problem:
        yield _no(Layer.PROBLEM)
    if not facts.courier.enabled:
        yield _no(Layer.COURIER_DISABLED)
    if door_id is not None and not may_use(facts, door_id):
        yield _no(Layer.DOOR_NOT_ALLOWED)
    covering = [pause.unit for pause in facts.pauses if pause.covers(unit, now)]
    if None in covering:
        yield _no(Layer.BUILDING_PAUSED)
    if unit in covering:
        yield _no(Layer.UNIT_PAUSED)
    if not facts.building_hours.is_open(now, facts.zone):
        yield _no(Layer.BUILDING_HOURS)
    yield from _of_residents(
        residents,
        facts.courier,
        proof,
        lambda own: own.is_open(now, facts.zone),
        facts.entities,
        names,
    )


def _of_residents(
    residents: Sequence[Rules],
    courier: Courier,
    proof: Proof,
    is_open: Callable[[Hours], bool],
    entities: Mapping[str, EntityState] | None = None,
    names: Iterable[str | None] = repeat(None),
) -> Iterator[Finding]:
    """Find what residents say; `is_open` returns whether given hours are open.

    Without `entities`, linked entities are ignored. `names` are the residents' IDs.
    """
    if not any(_consenting(residents)):
        yield _no(Layer.NOBODY_CONSENTS)
    for resident_id, rules in zip(names, residents, strict=False):
        attitude = rules.answer(courier.id, proof)
        if rules.consent is Consent.WITHDRAWN:
            yield _no(Layer.WITHDRAWN, resident_id)
        if attitude is Attitude.DENY:
            yield _no(Layer.DENIED, resident_id)
        if rules.consent in (Consent.NOT_GIVEN, Consent.OPTED_OUT):
            yield _no(Layer.NOT_CONSENTING, resident_id)
        if rules.consent is not Consent.GIVEN or attitude is Attitude.DENY:
            continue
        opens = is_open(rules.hours)
        if not opens:
            yield _no(Layer.OUTSIDE_HOURS, resident_id)
        forbidding = (
            []
            if entities is None
            else [
                (entity, entities.get(entity, EntityState.UNKNOWN))
                for entity in rules.forbidding(entities)
            ]
        )
        for entity, state in forbidding:
            yield Finding(Layer.ENTITY, Says.NO, resident_id, entity, state)
        if opens and not forbidding:
            if attitude is Attitude.ASK:
                yield Finding(Layer.ASKS, Says.ASK, resident_id)
            else:
                yield Finding(Layer.ALLOWS, Says.YES, resident_id)


def _no(layer: Layer, resident_id: str | None = None) -> Finding:
    return Finding(layer, Says.NO, resident_id)


def _shared_hours(residents: Sequence[Rules]) -> tuple[Hours, ...]:
    return tuple(rules.hours for rules in _consenting(residents) if rules.share_hours)


def _consenting(residents: Sequence[Rules]) -> Iterable[Rules]:
    return (rules for rules in residents if rules.consent is Consent.GIVEN)


def _keep_out(residents: Sequence[Rules], courier: Courier) -> bool:
    """Return whether a unit refuses the courier at any hour."""
    found = _of_residents(residents, courier, Proof.SIGNED, lambda _: True)
    return any(finding.layer in BLOCKING for finding in found)


def _shared_windows(
    units: Sequence[str],
    facts: Facts,
    start: datetime,
    end: datetime,
    most: int | None = None,
) -> tuple[Interval, ...] | None:
    """Return the shared hours of units that don't keep the courier out; None without any."""
    homes = (facts.rules.get(unit, ()) for unit in units)
    shared = [
        own
        for residents in homes
        if not _keep_out(residents, facts.courier)
        for own in _shared_hours(residents)
    ]
    if not shared:
        return None
    hours = facts.building_hours.windows(start, end, facts.zone)
    windows = union(
        [window for own in shared for window in own.windows(start, end, facts.zone)]
    )
    return overlap(windows, hours)[:most]


def _refused(reason: Reason, asks: tuple[str, ...] = ()) -> Verdict:
    return Verdict(Decision.REFUSED, reason, asks=asks)


_refused_grant = partial(GrantVerdict, Decision.REFUSED)
