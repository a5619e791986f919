"""Hold residents' answers until an entry uses them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..access.model import Answer, Consent, GrantKey, Proof, Resident, Rules
from ..grants.grants import Grants
from ..ledger.state.questions import ANSWER_VALID_FOR, Answered, Asked
from ..residents.rulebook import Rulebook
from .request import Waiting


@dataclass(frozen=True, slots=True)
class Held:
    """A unit's unused answer, and the question to which it was given.

    A yes to `waiting` is for them alone. `rules` are the unit's when it was given.
    """

    ask_id: int
    door_id: str
    proof: Proof
    given: Answered
    waiting: frozenset[Waiting] | None = None
    rules: Mapping[str, Rules] = field(default_factory=dict)

    @property
    def is_yes(self) -> bool:
        """Whether it lets in."""
        return self.given.answer is Answer.APPROVED


def waiting_for(used: Iterable[Held]) -> set[Waiting]:
    """Return who was waiting for these answers."""
    return {waiting for held in used for waiting in held.waiting or ()}


class Answers:
    """Hold each answer for 5 minutes.

    A yes is for one door, and for no weaker proof than the one that it was asked about.
    It counts only while the resident lives there and consents, and ends with a pause, a
    veto, and narrower rules. A no is for the whole grant.
    """

    def __init__(self, rulebook: Rulebook, grants: Grants) -> None:
        """Begin without answers."""
        self._rulebook = rulebook
        self._grants = grants
        self._held: dict[GrantKey, list[Held]] = {}

    def respondents(self, units: Collection[str]) -> list[Resident]:
        """Return the residents who can answer for these units."""
        residents = self._rulebook.residents.values()
        return [one for one in residents if one.is_confirmed and one.unit in units]

    def respondent(self, asked: Asked) -> Resident | None:
        """Return the resident who was asked if they can still answer for that unit."""
        found = (
            one for one in self.respondents([asked.unit]) if one.id == asked.resident_id
        )
        return next(found, None)

    def may_give(self, resident: Resident, answer: Answer) -> bool:
        """Whether a resident can give that answer: a yes needs consent (promise 1)."""
        return (
            answer is Answer.DECLINED
            or self._rulebook.in_effect(resident).consent is Consent.GIVEN
        )

    def rules_of(self, unit: str) -> Mapping[str, Rules]:
        """Return the rules on which a unit's yes rests."""
        residents = self._rulebook.residents_of(unit)
        return {each.id: self._rulebook.in_effect(each) for each in residents}

    def holding(
        self,
        key: GrantKey,
        door_id: str,
        proof: Proof,
        waiting: Waiting | None = None,
    ) -> Mapping[str, Answer]:
        """Return the units' answers to an entry on this grant at this door."""
        return {
            unit: held.given.answer
            for unit, held in self._by_unit(key, door_id, proof, waiting).items()
        }

    def approvals(
        self, key: GrantKey, door_id: str, proof: Proof, waiting: Waiting
    ) -> Mapping[str, int]:
        """Return the question to which each unit said yes."""
        return {
            unit: held.ask_id
            for unit, held in self._by_unit(key, door_id, proof, waiting).items()
            if held.is_yes
        }

    def is_awaited(self, waiting: Waiting) -> bool:
        """Return whether a yes waits for a page to come back."""
        return any(
            held.waiting is not None
            and waiting in held.waiting
            and self._is_fresh(held)
            for each in self._held.values()
            for held in each
        )

    @callback
    def hold(self, key: GrantKey, *answers: Held) -> None:
        """Hold answers that are on the disk; the first one of a unit wins."""
        self._held[key] = [*self._held.get(key, []), *answers]
        self._keep(self._is_fresh)

    @callback
    def drop_stale(self) -> list[Held]:
        """Drop and return the yeses that a pause, a veto, or narrower rules ended."""
        stale = [
            held
            for key, each in self._held.items()
            for held in each
            if self._is_stale(key, held)
        ]
        self._keep(lambda held: held not in stale)
        return stale

    @callback
    def use(
        self, key: GrantKey, approvals: Mapping[str, int], units: Collection[str]
    ) -> list[Held]:
        """Remove and return the answers that a claim on the disk used up."""
        used = [
            held
            for held in self._held.get(key, [])
            if held.given.asked.unit in units
            and approvals.get(held.given.asked.unit) == held.ask_id
        ]
        self._keep(lambda held: held not in used)
        return used

    def _keep(self, applies: Callable[[Held], bool]) -> None:
        kept = {
            key: [one for one in held if applies(one)]
            for key, held in self._held.items()
        }
        self._held = {key: held for key, held in kept.items() if held}

    def _by_unit(
        self, key: GrantKey, door_id: str, proof: Proof, waiting: Waiting | None
    ) -> dict[str, Held]:
        by_unit: dict[str, Held] = {}
        for held in self._held.get(key, []):
            if self._is_fresh(held) and self._stands(held, door_id, proof, waiting):
                by_unit.setdefault(held.given.asked.unit, held)
        return by_unit

    def _is_stale(self, key: GrantKey, held: Held) -> bool:
        unit, grant = held.given.asked.unit, self._grants.live(key)
        if not held.is_yes:
            return False
        if grant is None or unit not in grant.accepted_units:
            return True
        now = self.rules_of(unit)
        return bool(self._rulebook.pauses.over(unit)) or any(
            resident_id not in now or not before.restricts(now[resident_id])
            for resident_id, before in held.rules.items()
        )

    def _stands(
        self, held: Held, door_id: str, proof: Proof, waiting: Waiting | None
    ) -> bool:
        given = held.given
        if given.answer is Answer.DECLINED:
            return True
        resident = self.respondent(given.asked)
        return (
            resident is not None
            and (held.waiting is None or waiting in held.waiting)
            and held.door_id == door_id
            and not proof.is_weaker_than(held.proof)
            and self.may_give(resident, Answer.APPROVED)
        )

    def _is_fresh(self, held: Held) -> bool:
        return is_within(dt_util.utcnow(), held.given.at, ANSWER_VALID_FOR)


def is_within(now: datetime, at: datetime, span: timedelta) -> bool:
    """Whether less time has passed, even if the clock was set back."""
    return abs(now - at) < span
