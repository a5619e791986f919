"""May this courier come in: the one place where that is decided (design, *Rules and schedules*)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from .model import (
    Answer,
    Attitude,
    Consent,
    Courier,
    Decision,
    Door,
    Grant,
    GrantState,
    Pause,
    Reason,
    Rules,
    UnitPart,
)
from .schedule import ALWAYS, Interval, WeekSchedule

NEXT_WINDOWS_SPAN: Final = timedelta(days=14)
MOST_NEXT_WINDOWS: Final = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a decision looks at besides the request; `rules` holds every resident's rules by unit."""

    courier: Courier
    doors: Mapping[str, Door]
    rules: Mapping[str, Sequence[Rules]]
    pauses: Sequence[Pause]
    zone: ZoneInfo
    building_hours: WeekSchedule = ALWAYS


@dataclass(frozen=True, slots=True)
class EntryRequest:
    """A courier at the door. `door_id` is None where the message named none."""

    grant: Grant | None
    door_id: str | None = None
    stale: bool = False
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Verdict:
    """An entry's decision: the `units` that let it in, or that would have to be asked."""

    decision: Decision
    reason: Reason
    units: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GrantVerdict:
    """An issued grant's decision: each unit's part, and the hours of the units that share theirs.

    `parts` also hold the vetoes of units that this revision no longer names. A `repeat` of a grant that stands
    changes nothing.
    """

    decision: Decision
    reason: Reason
    parts: Mapping[str, UnitPart]
    repeat: bool = False
    usable: tuple[Interval, ...] | None = None
    next_windows: tuple[Interval, ...] | None = None


class _Say(Enum):
    """What one unit says to one courier."""

    YES = auto()
    ASK = auto()
    CLOSED = auto()
    NO = auto()


_WILLING: Final = frozenset({_Say.YES, _Say.ASK})


def decide(request: EntryRequest, facts: Facts, now: datetime) -> Verdict:
    """Decide whether the courier may enter now (promises 1 and 4); in doubt the answer is no (promise 8)."""
    grant = request.grant
    if (reason := _bars_courier(request.stale, facts.courier)) is not None:
        return _refused(reason)
    if grant is None:
        return _refused(Reason.UNKNOWN_GRANT)
    if (reason := _bars_grant(grant, request.door_id, facts, now)) is not None:
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
    return _ask_units(units, request.answers, facts, now)


def decide_grant(
    grant: Grant, previous: Grant | None, facts: Facts, now: datetime, *, stale: bool = False
) -> GrantVerdict:
    """Decide whether a grant that a courier issues, or revises, is accepted, and by which of its units.

    A unit's veto outlives revisions: a courier can't talk its way past a resident (promise 4).
    """
    vetoed = () if previous is None else _vetoed(previous)
    if (reason := _bars_issue(grant, previous, facts, now, stale=stale)) is not None:
        return GrantVerdict(Decision.REFUSED, reason, _parts(grant, vetoed, accepting=()))
    start = max(now, grant.starts_at)
    if previous is not None and previous.accepted_units and _same(grant, previous):
        usable = _shared_windows(previous.accepted_units, facts, start, grant.ends_at)
        return GrantVerdict(
            Decision.ACCEPTED, Reason.OK, previous.units, repeat=True, usable=usable
        )
    hours = facts.building_hours.windows(start, grant.ends_at, facts.zone)

    def says(unit: str, since: datetime) -> _Say:
        return _unit_says(
            facts.rules.get(unit, ()),
            facts.courier.id,
            lambda schedule: bool(_meet(schedule.windows(since, grant.ends_at, facts.zone), hours)),
        )

    accepting = [
        unit
        for unit in grant.units
        if unit not in vetoed and says(unit, _resumes(unit, facts.pauses, start)) in _WILLING
    ]
    parts = _parts(grant, vetoed, accepting)
    if accepting:
        usable = _shared_windows(accepting, facts, start, grant.ends_at)
        return GrantVerdict(Decision.ACCEPTED, Reason.OK, parts, usable=usable)
    said = {unit: says(unit, start) for unit in grant.units}
    # Only of a building's pause, and whatever the units say: else it would tell who were willing but for it.
    if _resumes(None, facts.pauses, start) >= grant.ends_at:
        reason = Reason.PAUSED
    elif any(unit in vetoed for unit in grant.units):
        reason = Reason.VETOED
    elif not hours:
        reason = Reason.OUTSIDE_BUILDING_HOURS
    else:
        reason = _closed_or_not_accepting(said)
    if reason is not Reason.OUTSIDE_SCHEDULE:
        return GrantVerdict(Decision.REFUSED, reason, parts)
    closed = [unit for unit, say in said.items() if say is _Say.CLOSED]
    until = start + NEXT_WINDOWS_SPAN
    next_windows = _shared_windows(closed, facts, start, until, most=MOST_NEXT_WINDOWS)
    return GrantVerdict(Decision.REFUSED, reason, parts, next_windows=next_windows)


def _bars_courier(stale: bool, courier: Courier) -> Reason | None:
    if not courier.enabled:
        return Reason.COURIER_DISABLED
    return Reason.STALE_REQUEST if stale else None


def _bars_grant(grant: Grant, door_id: str | None, facts: Facts, now: datetime) -> Reason | None:
    if grant.state is GrantState.REVOKED:
        return Reason.REVOKED
    if door_id not in (None, grant.door_id) or not _may_use(facts, grant.door_id):
        return Reason.DOOR_NOT_ALLOWED
    if now < grant.starts_at:
        return Reason.NOT_YET_VALID
    if now >= grant.ends_at:
        return Reason.EXPIRED
    if grant.entries_left == 0:
        return Reason.ENTRIES_EXHAUSTED
    # Before any unit is looked at, so that under a building's pause all of them read alike.
    if _resumes(None, facts.pauses, now) > now:
        return Reason.PAUSED
    if not grant.accepted_units:
        return Reason.VETOED if _vetoed(grant) else Reason.NOT_ACCEPTING
    return None


def _bars_issue(
    grant: Grant, previous: Grant | None, facts: Facts, now: datetime, *, stale: bool
) -> Reason | None:
    if (reason := _bars_courier(stale, facts.courier)) is not None:
        return reason
    if previous is not None and previous.state is GrantState.REVOKED:
        return Reason.REVOKED
    if previous is not None and _is_stale(grant, previous):
        return Reason.STALE_REVISION
    if not _may_use(facts, grant.door_id):
        return Reason.DOOR_NOT_ALLOWED
    if now >= grant.ends_at:
        return Reason.EXPIRED
    return None


def _same(grant: Grant, previous: Grant) -> bool:
    return (grant.revision, grant.content) == (previous.revision, previous.content)


def _is_stale(grant: Grant, previous: Grant) -> bool:
    return grant.revision <= previous.revision and not _same(grant, previous)


def _may_use(facts: Facts, door_id: str) -> bool:
    return door_id in facts.doors and door_id in facts.courier.door_ids


def _vetoed(grant: Grant) -> tuple[str, ...]:
    return tuple(unit for unit, part in grant.units.items() if part is UnitPart.VETOED)


def _parts(grant: Grant, vetoed: Sequence[str], accepting: Sequence[str]) -> Mapping[str, UnitPart]:
    parts = {
        unit: UnitPart.ACCEPTED if unit in accepting else UnitPart.NOT_ACCEPTING
        for unit in grant.units
    }
    # Also of units left out this time, lest the revision after it brings them back.
    return parts | dict.fromkeys(vetoed, UnitPart.VETOED)


def _resumes(unit: str | None, pauses: Sequence[Pause], start: datetime) -> datetime:
    """Return when nothing is paused any more: for that unit, or (None) of what is paused for everyone."""
    return max([start, *(pause.until for pause in pauses if pause.unit in (None, unit))])


def _ask_units(
    units: Sequence[str], answers: Mapping[str, Answer], facts: Facts, now: datetime
) -> Verdict:
    says = {
        unit: _unit_says(
            facts.rules.get(unit, ()),
            facts.courier.id,
            lambda schedule: schedule.is_open(now, facts.zone),
        )
        for unit in units
    }
    if allowing := tuple(unit for unit in units if says[unit] is _Say.YES):
        return Verdict(Decision.ADMITTED, Reason.OK, units=allowing)
    asked = tuple(unit for unit in units if says[unit] is _Say.ASK)
    if approved := tuple(unit for unit in asked if answers.get(unit) is Answer.APPROVED):
        return Verdict(Decision.ADMITTED, Reason.OK, units=approved)
    if unanswered := tuple(unit for unit in asked if unit not in answers):
        return Verdict(Decision.REFUSED, Reason.NO_ANSWER, asks=unanswered)
    if asked:
        return _refused(Reason.DECLINED)
    return _refused(_closed_or_not_accepting(says))


def _unit_says(
    residents: Sequence[Rules], courier_id: str, is_open: Callable[[WeekSchedule], bool]
) -> _Say:
    consenting = [rules for rules in residents if rules.consent is Consent.GIVEN]
    if (
        not consenting
        or any(rules.consent is Consent.WITHDRAWN for rules in residents)
        or any(rules.attitude(courier_id) is Attitude.DENY for rules in residents)
    ):
        return _Say.NO
    attitudes = {rules.attitude(courier_id) for rules in consenting if is_open(rules.schedule)}
    if Attitude.ALLOW in attitudes:
        return _Say.YES
    if Attitude.ASK in attitudes:
        return _Say.ASK
    # Only who shares their hours is said to be outside them; of the others a courier learns nothing.
    return _Say.CLOSED if any(rules.share_hours for rules in consenting) else _Say.NO


def _closed_or_not_accepting(says: Mapping[str, _Say]) -> Reason:
    return Reason.OUTSIDE_SCHEDULE if _Say.CLOSED in says.values() else Reason.NOT_ACCEPTING


def _shared_windows(
    units: Sequence[str], facts: Facts, start: datetime, end: datetime, most: int | None = None
) -> tuple[Interval, ...] | None:
    schedules = [
        rules.schedule
        for unit in units
        for rules in facts.rules.get(unit, ())
        if rules.share_hours and rules.consent is Consent.GIVEN
    ]
    if not schedules:
        return None
    hours = facts.building_hours.windows(start, end, facts.zone)
    windows = _join([w for schedule in schedules for w in schedule.windows(start, end, facts.zone)])
    return _meet(windows, hours)[:most]


def _join(windows: Sequence[Interval]) -> tuple[Interval, ...]:
    joined: list[Interval] = []
    for window in sorted(windows, key=lambda window: window.start):
        if joined and window.start <= joined[-1].end:
            joined[-1] = Interval(joined[-1].start, max(joined[-1].end, window.end))
        else:
            joined.append(window)
    return tuple(joined)


def _meet(ours: Sequence[Interval], theirs: Sequence[Interval]) -> tuple[Interval, ...]:
    return tuple(
        Interval(max(a.start, b.start), min(a.end, b.end))
        for a in ours
        for b in theirs
        if a.start < b.end and b.start < a.end
    )


def _refused(reason: Reason) -> Verdict:
    return Verdict(Decision.REFUSED, reason)
