"""What has to be true of a building, said as simply as can be: the reference for the state machine.

It knows no ledger, no memory beside it, no notices and no doors; only who decided what, and what follows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

MINUTE = timedelta(minutes=1)
DAY_FROM, DAY_TO = 8, 20


class Hours(Enum):
    """When a resident lets couriers in."""

    NEVER = "never"
    BY_DAY = "by day"
    ALWAYS = "always"

    def is_open(self, at: datetime) -> bool:
        """Whether it is open at that instant; the building keeps UTC."""
        return self is Hours.ALWAYS or (self is Hours.BY_DAY and DAY_FROM <= at.hour < DAY_TO)


@dataclass(frozen=True)
class Decided:
    """What one resident decided."""

    consent: str = "not_given"
    hours: Hours = Hours.NEVER
    attitude: str = "allow"
    shares: bool = False


@dataclass(frozen=True)
class Asked:
    """What a courier asked for with a grant."""

    revision: int
    units: tuple[str, ...]
    start: datetime
    end: datetime
    most: int


@dataclass
class Granted:
    """A grant as it stands."""

    asked: Asked | None
    parts: dict[str, str] = field(default_factory=dict)
    uses: int = 0
    revoked: bool = False
    announced: frozenset[str] = frozenset()
    """The units that were ever told of it beforehand."""

    @property
    def accepted(self) -> list[str]:
        """The units that still take part."""
        return [unit for unit, part in self.parts.items() if part == "accepted"]


@dataclass(frozen=True)
class Paused:
    """A pause of the building, or of one unit; `by` is the unit of who paused."""

    until: datetime
    unit: str | None
    by: str | None


@dataclass
class Reference:
    """A building: who lives where, what they decided, and what couriers were granted."""

    now: datetime
    lives: Mapping[str, str]
    counts: set[str]
    decided: dict[str, Decided]
    grants: dict[str, Granted] = field(default_factory=dict)
    pauses: list[Paused] = field(default_factory=list)
    admitted: list[tuple[str, ...]] = field(default_factory=list)
    """The units that let each courier in, in the order of the entries."""

    def of(self, unit: str) -> list[Decided]:
        """What those decided who count in a unit."""
        return [
            self.decided[name]
            for name, where in self.lives.items()
            if where == unit and name in self.counts
        ]

    def says(self, unit: str, instants: Iterator[datetime]) -> str:
        """What a unit says to a courier who comes at any of these instants: yes, ask, closed or no."""
        there = self.of(unit)
        consenting = [one for one in there if one.consent == "given"]
        if not consenting or any(one.consent == "withdrawn" for one in there):
            return "no"
        if any(one.attitude == "deny" for one in there):
            return "no"
        times = list(instants)
        willing = {one.attitude for one in consenting if any(one.hours.is_open(at) for at in times)}
        if "allow" in willing:
            return "yes"
        if "ask" in willing:
            return "ask"
        sharing = [one for one in consenting if one.shares]
        return "closed" if sharing else "no"

    def decide(self, name: str, decided: Decided) -> None:
        """Let a resident decide; a withdrawal ends the unit's part in the grants that are open."""
        before, self.decided[name] = self.decided[name], decided
        if name in self.counts and decided.consent == "withdrawn" != before.consent:
            for grant in self.grants.values():
                is_open = grant.asked and self.now < grant.asked.end and not grant.revoked
                if is_open and grant.parts.get(self.lives[name]) == "accepted":
                    grant.parts[self.lives[name]] = "withdrawn"

    def veto(self, name: str, grant_id: str) -> None:
        """Take a resident's unit out of a grant for good, also where it does not accept, or no longer takes part."""
        grant, unit = self.grants.get(grant_id), self.own(name)
        if grant is None or grant.revoked or grant.asked is None or self.now >= grant.asked.end:
            return
        if unit is not None and (unit in grant.parts or unit in grant.announced):
            grant.parts[unit] = "vetoed"

    def pause(self, name: str, *, whole: bool, until: datetime) -> None:
        """Halt everything, or what concerns the unit in which a resident counts."""
        own = self.own(name)
        if whole or own is not None:
            self.pauses.append(Paused(until, None if whole else own, own))

    def resume(self, name: str, *, whole: bool) -> None:
        """End the pauses of one's own unit; or also the building's, but for the units of others who paused it."""
        own = self.own(name)
        left = [one for one in self.pauses if one.unit is None or one.unit != own]
        if whole:
            foreign = [
                replace(one, unit=one.by)
                for one in left
                if one.unit is None and one.by not in (None, own)
            ]
            left = [one for one in left if one.unit is not None] + foreign
        self.pauses = left

    def own(self, name: str) -> str | None:
        """The unit in which a resident counts."""
        return self.lives[name] if name in self.counts else None

    def revoke(self, grant_id: str) -> None:
        """End a grant for good, also one that was never seen."""
        self.grants.setdefault(grant_id, Granted(None)).revoked = True

    def issue(self, grant_id: str, asked: Asked) -> tuple[str, str]:
        """Grant what is asked, or not: decision and reason."""
        grant = self.grants.get(grant_id)
        if grant is not None and grant.revoked:
            return "refused", "revoked"
        earlier = None if grant is None else grant.asked
        if earlier is not None and asked.revision <= earlier.revision and asked != earlier:
            return "refused", "stale_revision"
        if grant is not None and asked == earlier and grant.accepted and self.now < asked.end:
            return "accepted", "ok"
        vetoed = (
            []
            if grant is None
            else [unit for unit, part in grant.parts.items() if part == "vetoed"]
        )
        start = max(self.now, asked.start)
        accepting: list[str] = []
        if self.now < asked.end:
            accepting = [
                unit
                for unit in asked.units
                if unit not in vetoed
                and self.says(unit, _minutes(self._resumes(unit, start), asked.end))
                in ("yes", "ask")
            ]
        parts = {unit: "accepted" if unit in accepting else "not_accepting" for unit in asked.units}
        earlier_grant = Granted(None) if grant is None else grant
        self.grants[grant_id] = replace(
            earlier_grant,
            asked=asked,
            parts=parts | dict.fromkeys(vetoed, "vetoed"),
            announced=earlier_grant.announced | set(accepting),
        )
        if accepting:
            return "accepted", "ok"
        if self.now >= asked.end:
            return "refused", "expired"
        if self._resumes(None, start) >= asked.end:
            return "refused", "paused"
        if any(unit in vetoed for unit in asked.units):
            return "refused", "vetoed"
        said = [self.says(unit, _minutes(start, asked.end)) for unit in asked.units]
        return "refused", "outside_schedule" if "closed" in said else "not_accepting"

    def enter(self, grant_id: str) -> tuple[str, str]:
        """Let a courier in, or not: decision and reason."""
        reason, units = self.may_enter(grant_id)
        if reason != "ok":
            return "refused", reason
        self.grants[grant_id].uses += 1
        self.admitted.append(units)
        return "admitted", "ok"

    def may_enter(self, grant_id: str) -> tuple[str, tuple[str, ...]]:
        """Why a courier may enter or not, and the units that let them in."""
        grant = self.grants.get(grant_id)
        if grant is None:
            return "unknown_grant", ()
        if grant.revoked or grant.asked is None:
            return "revoked", ()
        if self.now < grant.asked.start:
            return "not_yet_valid", ()
        if self.now >= grant.asked.end:
            return "expired", ()
        if grant.uses >= grant.asked.most:
            return "entries_exhausted", ()
        if self._resumes(None, self.now) > self.now:
            return "paused", ()
        if not grant.accepted:
            return ("vetoed" if "vetoed" in grant.parts.values() else "not_accepting"), ()
        units = [unit for unit in grant.accepted if self._resumes(unit, self.now) <= self.now]
        if not units:
            return "paused", ()
        said = {unit: self.says(unit, iter([self.now])) for unit in units}
        if yes := tuple(unit for unit in units if said[unit] == "yes"):
            return "ok", yes
        if "ask" in said.values():
            return "no_answer", ()
        return ("outside_schedule" if "closed" in said.values() else "not_accepting"), ()

    def copy(self) -> Reference:
        """Return a building of its own in the same state."""
        return replace(
            self,
            counts=set(self.counts),
            decided=dict(self.decided),
            grants={
                key: replace(grant, parts=dict(grant.parts)) for key, grant in self.grants.items()
            },
            pauses=list(self.pauses),
            admitted=list(self.admitted),
        )

    def _resumes(self, unit: str | None, start: datetime) -> datetime:
        return max([start, *(one.until for one in self.pauses if one.unit in (None, unit))])


def _minutes(start: datetime, end: datetime) -> Iterator[datetime]:
    """Every instant at which something may be open between two: the first, and each full minute."""
    if start >= end:
        return
    yield start
    at = start.replace(second=0, microsecond=0) + MINUTE
    while at < end:
        yield at
        at += MINUTE
