"""A courier's request at a door, residents' answers to it, and its result."""

import asyncio
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
import math
from types import MappingProxyType
from typing import Final, NamedTuple

from homeassistant.core import Context
from homeassistant.util import dt as dt_util

from ..access.model import (
    Answer,
    Consent,
    Courier,
    Decision,
    DeliveryDetails,
    GrantKey,
    Outcome,
    Proof,
    Reason,
    Resident,
    Rules,
)
from ..contract import replies
from ..contract.replies import Problem, Reply
from ..grants.grants import Grants
from ..grants.passes import NoCodes
from ..ledger.state.entries import MessageKey
from ..ledger.state.questions import ANSWER_VALID_FOR, Answered, Asked
from ..residents.rulebook import Rulebook

SEEN_WITHIN: Final = 10.0
"""Seconds before the command in which a page must have been fetched."""


class Became(StrEnum):
    """What became of a ring at a doorbell, if it's one of these."""

    ASKED = "asked"
    NOT_EXPECTED = "not_expected"
    TOO_MANY = "too_many"
    """Nobody was asked, because too many rings went unanswered."""
    ASKED_ENOUGH = "asked_enough"
    """Nobody was asked, because residents were asked often enough about the delivery."""


class At(StrEnum):
    """Where an answer is waited for."""

    SENDER = "sender"
    KEYPAD = "keypad"
    BELL = "bell"
    PAGE = "page"


WAITS: Final[Mapping[At, float]] = MappingProxyType(
    {At.SENDER: 12.0, At.KEYPAD: 12.0, At.BELL: 45.0, At.PAGE: 120.0}
)
"""Seconds for which an answer is waited for."""


def _now() -> float:
    return asyncio.get_running_loop().time()


@dataclass(slots=True, eq=False)
class Waiting:
    """Somebody who may wait for an answer, and at a page stays who they are.

    A page that rings again is the same one. It is there while it is fetched: only then
    does somebody stand at the door.
    """

    at: At = At.SENDER
    network: str | None = None
    bell: str | None = None
    """The doorbell of the door's settings that they rang, if they did."""
    since: float = field(default_factory=_now)
    seen: float = field(default_factory=_now)
    entered: EntryResult | None = None
    """The entry that let in everybody who waited for the same yes."""
    has_rung: bool = False
    """Whether it ever waited for an answer."""
    has_asked: bool = False
    """Whether residents were asked because they rang."""
    became: Became | None = None
    unasked: frozenset[str] = frozenset()
    """The units that weren't asked, because a limit of questions was reached."""
    is_opening: bool = False
    """Whether somebody who waited for the same yes is being let in."""
    leaves: list[Callable[[], None]] = field(default_factory=list)
    """Called if the wait is ended before its time."""
    _fetches: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def until(self) -> float:
        return self.since + WAITS[self.at]

    @property
    def seconds_left(self) -> int:
        """For how long it still waits for an answer; zero if it doesn't."""
        return max(0, math.ceil(self.until - _now())) if self.has_rung else 0

    @property
    def is_too_many(self) -> bool:
        return self.became is Became.TOO_MANY

    @property
    def is_there(self) -> bool:
        """Whether somebody can still be at the door."""
        return self.at is not At.PAGE or _now() - self.seen <= SEEN_WITHIN

    def begin(self) -> None:
        """Begin to wait, or begin again."""
        self.leaves.clear()
        self.since = self.seen = _now()
        self.has_rung = True

    def note_presence(self) -> None:
        self.seen = _now()

    @contextmanager
    def fetching(self) -> Generator[None]:
        """Mark the page as there while it is fetched."""
        self.note_presence()
        self._fetches += 1
        self._news.set()
        try:
            yield
        finally:
            self._fetches -= 1

    async def come(self, is_over: Callable[[], bool]) -> bool:
        """Wait until the page is fetched; return whether it is in time.

        Once `is_over`, `wake` ends the wait.
        """
        if self.at is not At.PAGE:
            return True
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self.until):
                while not (self._is_fetched or is_over()) and self.until > _now():
                    self._news.clear()
                    await self._news.wait()
        return self._is_fetched

    @property
    def _is_fetched(self) -> bool:
        return self._fetches > 0 or self.entered is not None

    def let_in(self, entered: EntryResult) -> None:
        """Let a page read that the door is open."""
        self.entered = entered
        self._news.set()

    def wake(self) -> None:
        """Let who waits for the page look again whether that is over."""
        self._news.set()

    def end(self) -> None:
        """End the wait before its time."""
        self.since = -WAITS[self.at]
        self.wake()
        leaves, self.leaves = self.leaves, []
        for leave in leaves:
            leave()


@dataclass(frozen=True, slots=True)
class Request:
    """One entry that a courier asks for, by what it shows.

    `couriers` has the grants that it may be for, each with its courier: the first one
    that admits counts. `door` is the key of the door, if one is named. A `message` is
    answered once. `may_ask` is called before residents are asked, and only then: it
    returns false if too many wait already. `waiting` is who waits for their answer.
    Only the units `of_units` decide, if what is shown is theirs alone.
    `is_still_shown` is false once what was shown is revoked. If it `always_asks`, no rule
    lets it in without a resident's answer. After `open_by`, on the loop's clock, it opens
    no door.
    """

    couriers: Mapping[GrantKey, Courier]
    proof: Proof
    door: str | None
    open_by: float
    delivery: DeliveryDetails = DeliveryDetails()
    pass_id: str | None = None
    of_units: frozenset[str] | None = None
    is_still_shown: Callable[[], bool] = lambda: True
    always_asks: bool = False
    may_ask: Callable[[], bool] = lambda: True
    waiting: Waiting = field(default_factory=Waiting)
    image: str | None = None
    message: MessageKey | None = None
    stale: bool = False
    context: Context = field(default_factory=Context)

    @property
    def key(self) -> GrantKey:
        """The grant that it names, or the first of several."""
        return next(iter(self.couriers))

    @property
    def judged_as(self) -> Proof:
        """The proof that residents' rules judge: they are always asked about a ring."""
        return Proof.RING if self.always_asks else self.proof

    @property
    def is_too_late(self) -> bool:
        return _now() > self.open_by or not self.waiting.is_there


class EntryResult(NamedTuple):
    """The answer at a door; without an `entry_id`, nothing was recorded.

    A message is answered with `reply`. `ring_again_at` is for a page that rang, or whose
    code residents were asked about.
    """

    decision: Decision
    reason: Reason | Problem
    entry_id: str | None = None
    outcome: Outcome | None = None
    reply: Reply = replies.problem(Problem.NOT_READY)
    ring_again_at: datetime | None = None
    may_go_on: bool = False
    """Whether the building that takes this one's place can answer instead."""
    no_codes: NoCodes | None = None
    notes: tuple[str, ...] = ()
    """What a driver at a page reads once the door is open."""
    pass_id: str | None = None
    """The pass that was shown: who has one may read when it works, or was called off."""
    unlocked_until: datetime | None = None
    """When an open door is locked again; None if it isn't."""


class NotNow(Exception):
    """A request can't be answered now; the courier may ask again."""

    def __init__(self, problem: Problem, retry_after: int | None = None) -> None:
        """Prepare the reply; `retry_after` is in seconds."""
        super().__init__(problem)
        self.problem = problem
        self.reply = replies.problem(problem, retry_after=retry_after)


type About = tuple[GrantKey, str, Proof]
"""What residents are asked about: a grant, its door's ID, and what is shown."""


class UnusedAnswer(NamedTuple):
    """A unit's unused answer about a grant, and the question to which it was given.

    A yes to `waiting` is for them alone. `rules` are the unit's when it was given.
    """

    ask_id: int
    key: GrantKey
    door_id: str
    proof: Proof
    given: Answered
    waiting: frozenset[Waiting] | None = None
    rules: Mapping[str, Rules] = MappingProxyType({})

    @property
    def is_yes(self) -> bool:
        return self.given.answer is Answer.APPROVED


def waiting_for(used: Iterable[UnusedAnswer]) -> set[Waiting]:
    return {waiting for answer in used for waiting in answer.waiting or ()}


class Answers:
    """Residents' answers, each for 5 minutes.

    A yes is for one door, and for no weaker proof than the one that it was asked about.
    It counts only while the resident lives there and consents, and ends with a later no,
    a pause, a veto, and narrower rules. A no is for the whole grant.
    """

    def __init__(self, rulebook: Rulebook, grants: Grants) -> None:
        self._rulebook = rulebook
        self._grants = grants
        self._unused: list[UnusedAnswer] = []

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

    def in_effect(
        self, about: About, waiting: Waiting | None = None
    ) -> Mapping[str, UnusedAnswer]:
        """Return the answer of each unit that counts for who waits."""
        key, door_id, proof = about
        by_unit: dict[str, UnusedAnswer] = {}
        for answer in self._unused:
            if (
                answer.key == key
                and self._is_fresh(answer)
                and self._applies(answer, door_id, proof, waiting)
            ):
                by_unit.setdefault(answer.given.asked.unit, answer)
        return by_unit

    def is_awaited(self, waiting: Waiting) -> bool:
        """Return whether a yes waits for a page to come back."""
        return any(
            answer.is_yes
            and answer.waiting is not None
            and waiting in answer.waiting
            and self._is_fresh(answer)
            for answer in self._unused
        )

    def unused(self) -> list[UnusedAnswer]:
        return list(self._unused)

    def add(self, *answers: UnusedAnswer) -> None:
        """Add answers that are on the disk; the first one of a unit wins."""
        self._unused += answers
        self._retain(self._is_fresh)

    def remove_stale(self) -> list[UnusedAnswer]:
        """Remove and return the yeses that a later no, a pause, a veto, or narrower rules ended."""
        stale = list(filter(self._is_stale, self._unused))
        self._retain(lambda answer: answer not in stale)
        return stale

    def use(
        self, key: GrantKey, approvals: Mapping[str, int], units: Collection[str]
    ) -> list[UnusedAnswer]:
        """Remove and return the answers that a claim on the disk used up."""
        used = [
            answer
            for answer in self._unused
            if answer.key == key
            and answer.given.asked.unit in units
            and approvals.get(answer.given.asked.unit) == answer.ask_id
        ]
        if used:
            self._retain(lambda answer: answer not in used)
        return used

    def _retain(self, applies: Callable[[UnusedAnswer], bool]) -> None:
        self._unused = list(filter(applies, self._unused))

    def _is_stale(self, answer: UnusedAnswer) -> bool:
        unit, grant = answer.given.asked.unit, self._grants.live(answer.key)
        if not answer.is_yes:
            return False
        if grant is None or unit not in grant.accepted_units:
            return True
        if self._is_refused(answer):
            return True
        now = self.rules_of(unit)
        return bool(self._rulebook.pauses.over(unit)) or any(
            resident_id not in now or not before.restricts(now[resident_id])
            for resident_id, before in answer.rules.items()
        )

    def _is_refused(self, yes: UnusedAnswer) -> bool:
        """Return whether the unit also said no to the grant: nobody can say yes after it."""
        return any(
            not other.is_yes
            and (other.key, other.given.asked.unit) == (yes.key, yes.given.asked.unit)
            for other in self._unused
        )

    def _applies(
        self, answer: UnusedAnswer, door_id: str, proof: Proof, waiting: Waiting | None
    ) -> bool:
        given = answer.given
        if given.answer is Answer.DECLINED:
            return True
        resident = self.respondent(given.asked)
        return (
            resident is not None
            and (answer.waiting is None or waiting in answer.waiting)
            and answer.door_id == door_id
            and not proof.is_weaker_than(answer.proof)
            and self.may_give(resident, Answer.APPROVED)
        )

    def _is_fresh(self, answer: UnusedAnswer) -> bool:
        return is_within(dt_util.utcnow(), answer.given.at, ANSWER_VALID_FOR)


def is_within(now: datetime, at: datetime, span: timedelta) -> bool:
    """Whether less time has passed, even if the clock was set back."""
    return abs(now - at) < span
