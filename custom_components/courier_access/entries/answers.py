"""Hold residents' answers until an entry uses them (docs/explanation/mechanisms.md#the-path-of-a-question)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..access.model import Answer, Consent, GrantKey, Resident
from ..ledger.state.questions import ANSWER_VALID_FOR, Answered, Asked
from ..residents.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Held:
    """A unit's answer that no entry has used, and the question to which it was given."""

    ask_id: int
    door_id: str
    given: Answered


class Answers:
    """Holds what units answered, each for 5 minutes from when it was given.

    A yes is for one door, and holds only as long as whoever gave it lives there and consents; a no is for the grant.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        """Hold answers of the residents with these rules."""
        self._rulebook = rulebook
        self._held: dict[GrantKey, list[Held]] = {}

    def respondents(self, units: Collection[str]) -> list[Resident]:
        """Return who can answer for these units."""
        residents = self._rulebook.residents.values()
        return [one for one in residents if one.is_confirmed and one.unit in units]

    def respondent(self, asked: Asked) -> Resident | None:
        """Return who was asked, None where they can't answer for that unit any more."""
        found = (
            one for one in self.respondents([asked.unit]) if one.id == asked.resident_id
        )
        return next(found, None)

    def may_give(self, resident: Resident, answer: Answer) -> bool:
        """Whether a resident can answer that: only who consents can let somebody in (promise 1)."""
        return (
            answer is Answer.DECLINED
            or self._rulebook.in_effect(resident).consent is Consent.GIVEN
        )

    def holding(self, key: GrantKey, door_id: str) -> Mapping[str, Answer]:
        """Return what units answer now to an entry on this grant at this door."""
        return {
            unit: held.given.answer
            for unit, held in self._by_unit(key, door_id).items()
        }

    def approvals(self, key: GrantKey, door_id: str) -> Mapping[str, int]:
        """Return by which question each unit lets the courier in."""
        return {
            unit: held.ask_id
            for unit, held in self._by_unit(key, door_id).items()
            if held.given.answer is Answer.APPROVED
        }

    @callback
    def hold(self, key: GrantKey, *answers: Held) -> None:
        """Hold answers that are on the disk; of two, the one held before wins."""
        self._held[key] = [*self._held.get(key, []), *answers]
        fresh = {
            each: [one for one in held if self._is_fresh(one)]
            for each, held in self._held.items()
        }
        self._held = {each: held for each, held in fresh.items() if held}

    @callback
    def use(
        self, key: GrantKey, approvals: Mapping[str, int], units: Collection[str]
    ) -> list[Held]:
        """Follow a claim on the disk that used up what these units answered; return the answers."""
        held = self._held.get(key, [])
        used = [
            one
            for one in held
            if one.given.asked.unit in units
            and approvals.get(one.given.asked.unit) == one.ask_id
        ]
        self._held[key] = [one for one in held if one not in used]
        if not self._held[key]:
            del self._held[key]
        return used

    def _by_unit(self, key: GrantKey, door_id: str) -> dict[str, Held]:
        by_unit: dict[str, Held] = {}
        for held in self._held.get(key, []):
            if self._is_fresh(held) and self._stands(held, door_id):
                by_unit.setdefault(held.given.asked.unit, held)
        return by_unit

    def _stands(self, held: Held, door_id: str) -> bool:
        given = held.given
        if given.answer is Answer.DECLINED:
            return True
        resident = self.respondent(given.asked)
        return (
            resident is not None
            and held.door_id == door_id
            and self.may_give(resident, Answer.APPROVED)
        )

    def _is_fresh(self, held: Held) -> bool:
        return is_within(dt_util.utcnow(), held.given.at, ANSWER_VALID_FOR)


def is_within(now: datetime, at: datetime, span: timedelta) -> bool:
    """Whether so little time has passed, also where the clock was set back."""
    return abs(now - at) < span
