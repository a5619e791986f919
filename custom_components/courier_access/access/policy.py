"""Decide whether a courier may enter; the only place that does."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from .hours import ALWAYS_OPEN, Hours
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
from .wall_clock import Interval, overlap, union


class Say(Enum):
    """A unit's answer; CLOSED is a refusal whose reason (hours) the courier may know."""

    YES = auto()
    ASK = auto()
    CLOSED = auto()
    NO = auto()


WILLING: Final = frozenset({Say.YES, Say.ASK})


def unit_says(
    residents: Sequence[Rules],
    courier_id: str,
    proof: Proof,
    is_open: Callable[[Hours], bool],
    entities: Mapping[str, EntityState] | None = None,
) -> Say:
    """Return a unit's answer; `is_open` returns whether given hours are open.

    Without `entities`, linked entities are ignored; they matter only at entry.
    """
    if is_barred(residents, courier_id):
        return Say.NO
    open_now = [rules for rules in _consenting(residents) if is_open(rules.hours)]
    attitudes = {
        rules.answer(courier_id, proof)
        for rules in open_now
        if entities is None or not rules.forbidding(entities)
    }
    if Attitude.ALLOW in attitudes:
        return Say.YES
    if Attitude.ASK in attitudes:
        return Say.ASK
    # A courier may learn that shared hours are closed, but nothing about other hours or
    # about entities.
    if any(rules.share_hours for rules in open_now):
        return Say.NO
    return Say.CLOSED if shared_hours(residents) else Say.NO


def is_barred(residents: Sequence[Rules], courier_id: str) -> bool:
    """Return whether no resident consents, or one withdrew or denies the courier."""
    return not any(_consenting(residents)) or any(
        rules.consent is Consent.WITHDRAWN
        or rules.attitude(courier_id) is Attitude.DENY
        for rules in residents
    )


def shared_hours(residents: Sequence[Rules]) -> tuple[Hours, ...]:
    """Return the hours that a courier may know."""
    return tuple(rules.hours for rules in _consenting(residents) if rules.share_hours)


def _consenting(residents: Sequence[Rules]) -> Iterable[Rules]:
    return (rules for rules in residents if rules.consent is Consent.GIVEN)


NEXT_WINDOWS_SPAN: Final = timedelta(days=14)
MOST_NEXT_WINDOWS: Final = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision depends on besides the request.

    `rules` holds every resident's rules by unit. Missing `entities` are unknown.
    """

    courier: Courier
    doors: Mapping[str, Door]
    rules: Mapping[str, Sequence[Rules]]
    pauses: Sequence[Pause]
    zone: ZoneInfo
    building_hours: Hours = ALWAYS_OPEN
    entities: Mapping[str, EntityState] = field(
        default_factory=lambda: MappingProxyType({})
    )


@dataclass(frozen=True, slots=True)
class EntryRequest:
    """A courier at the door; `door_id` is None if the message named no door."""

    grant: Grant | None
    proof: Proof
    door_id: str | None = None
    stale: bool = False
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))


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
    units = tuple(
        unit
        for unit in grant.accepted_units
        if not any(pause.covers(unit, now) for pause in facts.pauses)
    )
    if not units:
        return _refused(Reason.PAUSED)
    if not facts.building_hours.is_open(now, facts.zone):
        return _refused(Reason.OUTSIDE_BUILDING_HOURS)
    return _ask_units(units, request, facts, now)


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
        return GrantVerdict(
            Decision.REFUSED, reason, _parts(grant, vetoed, accepting=())
        )
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
        if unit not in vetoed and _says(unit, grant, facts, hours, since) in WILLING:
            accepting.append(unit)
    parts = _parts(grant, vetoed, accepting)
    if accepting:
        usable = _shared_windows(accepting, facts, start, grant.ends_at)
        return GrantVerdict(Decision.ACCEPTED, Reason.OK, parts, usable=usable)
    # Whatever the units say: otherwise it would reveal which ones were willing.
    if _pause_end(None, facts.pauses, start) >= grant.ends_at:
        return GrantVerdict(Decision.REFUSED, Reason.PAUSED, parts)
    if any(unit in vetoed for unit in grant.units):
        return GrantVerdict(Decision.REFUSED, Reason.VETOED, parts)
    if not hours:
        return GrantVerdict(Decision.REFUSED, Reason.OUTSIDE_BUILDING_HOURS, parts)
    answers = {unit: _says(unit, grant, facts, hours, start) for unit in grant.units}
    return _refused_by_units(answers, parts, facts, start)


def _says(
    unit: str, grant: Grant, facts: Facts, hours: Sequence[Interval], since: datetime
) -> Say:
    """Return what a unit says to a grant from then on, within the building's hours.

    Whatever is shown at the door: a unit that would be asked then accepts now.
    """
    return unit_says(
        facts.rules.get(unit, ()),
        facts.courier.id,
        Proof.SIGNED,
        lambda own: bool(overlap(own.windows(since, grant.ends_at, facts.zone), hours)),
    )


def _refused_by_units(
    answers: Mapping[str, Say],
    parts: Mapping[str, UnitPart],
    facts: Facts,
    start: datetime,
) -> GrantVerdict:
    """Refuse a grant; if shared hours are the reason, say when they open next."""
    reason, windows = _closed_or_not_accepting(answers), None
    if reason is Reason.OUTSIDE_SCHEDULE:
        closed = [unit for unit, say in answers.items() if say is Say.CLOSED]
        until = start + NEXT_WINDOWS_SPAN
        windows = _shared_windows(closed, facts, start, until, most=MOST_NEXT_WINDOWS)
    return GrantVerdict(Decision.REFUSED, reason, parts, next_windows=windows)


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
        if not is_barred(facts.rules.get(unit, ()), facts.courier.id):
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
    if grant.state is GrantState.REVOKED:
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
    if previous is not None and previous.state is GrantState.REVOKED:
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


def _is_stale(grant: Grant, previous: Grant) -> bool:
    has_other_issuer = grant.issuer != previous.issuer
    return has_other_issuer or (
        grant.revision <= previous.revision and not _same(grant, previous)
    )


def may_use(facts: Facts, door_id: str) -> bool:
    """Return whether the owner allows the courier at that door."""
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


def _ask_units(
    units: Sequence[str], request: EntryRequest, facts: Facts, now: datetime
) -> Verdict:
    answers = request.answers
    says = {
        unit: unit_says(
            facts.rules.get(unit, ()),
            facts.courier.id,
            request.proof,
            lambda own: own.is_open(now, facts.zone),
            facts.entities,
        )
        for unit in units
    }
    if allowing := tuple(unit for unit in units if says[unit] is Say.YES):
        return Verdict(Decision.ADMITTED, Reason.OK, units=allowing)
    asked = tuple(unit for unit in units if says[unit] is Say.ASK)
    if approved := tuple(
        unit for unit in asked if answers.get(unit) is Answer.APPROVED
    ):
        return Verdict(Decision.ADMITTED, Reason.OK, units=approved)
    if unanswered := tuple(unit for unit in asked if unit not in answers):
        return Verdict(Decision.REFUSED, Reason.NO_ANSWER, asks=unanswered)
    if asked:
        return _refused(Reason.DECLINED)
    return _refused(_closed_or_not_accepting(says))


def _closed_or_not_accepting(says: Mapping[str, Say]) -> Reason:
    return (
        Reason.OUTSIDE_SCHEDULE if Say.CLOSED in says.values() else Reason.NOT_ACCEPTING
    )


def _shared_windows(
    units: Sequence[str],
    facts: Facts,
    start: datetime,
    end: datetime,
    most: int | None = None,
) -> tuple[Interval, ...] | None:
    shared = [own for unit in units for own in shared_hours(facts.rules.get(unit, ()))]
    if not shared:
        return None
    hours = facts.building_hours.windows(start, end, facts.zone)
    windows = union(
        [window for own in shared for window in own.windows(start, end, facts.zone)]
    )
    return overlap(windows, hours)[:most]


def _refused(reason: Reason) -> Verdict:
    return Verdict(Decision.REFUSED, reason)
