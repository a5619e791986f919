"""Ask residents about a courier who waits at the door."""

import asyncio
from collections import Counter
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from copy import replace
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial
import logging
import secrets
from typing import Final, NamedTuple

from homeassistant.util import dt as dt_util
import orjson

from ..access.model import Answer, Grant, GrantKey, Proof, Resident
from ..const import DOMAIN
from ..grants.grants import Grants
from ..home_assistant.callbacks import Listeners, Timer
from ..home_assistant.host import Host
from ..ledger.ledger import Ledger, LedgerUnavailable, Transaction
from ..ledger.queue import NotificationKind
from ..ledger.state import questions as asks
from ..ledger.state.questions import ANSWERABLE, MAX_QUESTIONS, Answered, Asked
from ..notifications.dispatcher import Dispatcher
from ..notifications.questions import Question, QuestionPushes, Waits, read_choice
from ..residents.directory import Directory, is_user_of, may_log_in
from ..residents.rulebook import Rulebook
from .request import (
    WAITS,
    About,
    Answers,
    At,
    Became,
    Request,
    UnusedAnswer,
    Waiting,
    is_within,
)

_LOGGER = logging.getLogger(__name__)


MOST_QUESTIONS: Final = 6
"""How often a courier may have a unit asked within `WITHIN`, over all its grants."""

MOST_OF_BELL: Final = 3
"""How many rings at a door's doorbell may ask residents in vain within `WITHIN`."""

WITHIN: Final = timedelta(hours=1)

BACK_WITHIN: Final = 5.0
"""Seconds for those who waited to come to the building that took another's place."""


class QuestionLimit[KeyT]:
    """Count how often there was a question lately, such as to a unit from a courier.

    A grant allows three questions, but couriers can make up any number of grants:
    without this limit they could make phones ring at will.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: dict[KeyT, list[datetime]] = {}

    def is_left(self, key: KeyT) -> bool:
        return len(self._lately(key)) < self._most

    def left_at(self, key: KeyT) -> datetime | None:
        """Return when a question is left again, or None if one is left now."""
        lately = self._lately(key)
        return None if self.is_left(key) else lately[-self._most] + WITHIN

    def spend(self, *keys: KeyT) -> None:
        """Count a question."""
        now = dt_util.utcnow()
        for key in keys:
            self._asked[key] = [*self._lately(key), now]

    def restore(self, *keys: KeyT) -> None:
        """Uncount a question, such as one that nobody got."""
        for key in keys:
            self._asked[key] = self._lately(key)[:-1]

    def _lately(self, key: KeyT) -> list[datetime]:
        now = dt_util.utcnow()
        # Even if the clock was set back.
        return [at for at in self._asked.get(key, ()) if abs(now - at) < WITHIN]


class Origin(Enum):
    """What a question counts as; none uses up what others may ask."""

    COURIER = auto()
    BELL = auto()
    PAGE = auto()

    @classmethod
    def of(cls, proof: Proof, waiting: Waiting) -> Origin:
        """Return what a question about this counts as."""
        if proof is not Proof.RING:
            return cls.COURIER
        return cls.PAGE if waiting.at is At.PAGE else cls.BELL

    @property
    def most(self) -> int:
        """The most questions about one grant; the last by ring is the bell's."""
        return MAX_QUESTIONS - 1 if self is Origin.PAGE else MAX_QUESTIONS


MOST_IN_VAIN: Final = 3
"""How many rings at a door's page nobody answers before somebody is notified."""


class RingsInVain:
    """Notify the administrator and the unit once if rings at a page go unanswered."""

    def __init__(self, host: Host, ledger: Ledger, rulebook: Rulebook) -> None:
        self._host = host
        self._ledger = ledger
        self._rulebook = rulebook
        self.rings = Counter[GrantKey]()
        self._due: dict[str, set[str]] = {}

    def count(self, grant: Grant, door_name: str) -> None:
        """Count a ring about a delivery that nobody answered."""
        self.rings[grant.key] += 1
        if self.rings[grant.key] != MOST_IN_VAIN:
            return
        if grant.door_id not in self._due:
            work = self._notify(grant.door_id, door_name)
            self._host.spawn(work, f"{DOMAIN} rings in vain")
        self._due.setdefault(grant.door_id, set()).update(grant.accepted_units)

    def forget(self, key: GrantKey) -> None:
        """Forget them, since somebody answered."""
        self.rings.pop(key, None)

    async def _notify(self, door_id: str, door_name: str) -> None:
        # One ring is about all that are expected, and is one notification.
        await asyncio.sleep(0)
        units, now = sorted(self._due.pop(door_id)), dt_util.utcnow()

        def write(transaction: Transaction) -> None:
            transaction.append(
                "rings.unanswered",
                now,
                {"door": door_id},
                {"units": orjson.dumps(units).decode()},
            )
            fan_out = self._rulebook.fan_out(transaction, now)
            kind = NotificationKind.RINGS_UNANSWERED
            fan_out.notify(kind, {"door": door_name}, units=units)

        await self._ledger.write(write)


@dataclass(frozen=True, slots=True, eq=False)
class _Waiter:
    """A courier who waits for the answers of some units."""

    units: Callable[[], Collection[str]]
    waiting: Waiting
    timer: Timer
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def go_on(self) -> None:
        self.timer.stop()
        self.done.set()


@dataclass(slots=True, eq=False)
class _Ask:
    """A question that can be answered; it has `waiters` only while it is under way.

    `waiting` are all who waited for it, and `spent` the courier's limits, one for each
    unit, that it counts against. `sending` is done once it was shown, or reached nobody.
    """

    key: GrantKey
    door_id: str
    proof: Proof
    at: datetime
    tokens: dict[str, Asked]
    timer: Timer
    id: int | None = None
    origin: Origin = Origin.COURIER
    is_over: bool = False
    is_handed_over: bool = False
    """Whether its waiters are of the former building, and none has come back yet."""
    spent: frozenset[tuple[str, str]] = frozenset()
    waiters: list[_Waiter] = field(default_factory=list)
    waiting: set[Waiting] = field(default_factory=set)
    questions: Mapping[str, Question] = field(default_factory=dict)
    sending: asyncio.Task[bool] | None = None

    @property
    def about(self) -> About:
        return self.key, self.door_id, self.proof

    @property
    def lets_in(self) -> frozenset[Waiting] | None:
        """Who a yes lets in; None if anyone who shows the same within minutes.

        A page may ring again, but a bell that stopped waiting has nobody at it.
        """
        if not self.waiting or any(
            each.at in (At.SENDER, At.KEYPAD) for each in self.waiting
        ):
            return None
        at_bells = {each.waiting for each in self.waiters}
        return frozenset(
            each for each in self.waiting if each.at is At.PAGE or each in at_bells
        )

    @property
    def waits(self) -> Waits:
        """Whether somebody waits for the answer."""
        lets_in = self.lets_in
        if self.waiters or lets_in is None:
            return Waits.NOW
        return Waits.MAY_RETURN if lets_in else Waits.NOBODY

    @property
    def units(self) -> set[str]:
        return {asked.unit for asked in self.tokens.values()}


def _couriers(request: Request, keys: Sequence[GrantKey]) -> dict[GrantKey, str]:
    """Return the couriers that a question about these grants names, in their order.

    A ring doesn't say whose it is, so each courier with its first grant. What is shown
    otherwise is looked up, and a yes to it is for one grant.
    """
    firsts: dict[str, GrantKey] = {}
    for key in keys if request.proof is Proof.RING else keys[:1]:
        firsts.setdefault(key.courier_id, key)
    return {key: request.couriers[key].name for key in firsts.values()}


def _stays_open(stored: asks.Ask) -> bool:
    """Return whether a question can still let somebody in after a restart.

    A signed message says which courier it is. Pages are gone, and somebody else may show
    the same code.
    """
    return stored.proof is Proof.SIGNED


class OpenQuestion(NamedTuple):
    """A question that a resident can still answer; its ID is its token's hash.

    A yes is for one of `choices`, which are grants of different couriers. `may_admit`:
    whether a yes counts.
    """

    id: str
    asked: Asked
    choices: Sequence[GrantKey]
    door_id: str
    proof: Proof
    until: datetime
    may_admit: bool
    waits: Waits


class Questions:
    """Ask the residents of units whose rules say so.

    The first answer of a unit wins. An answer decides nothing by itself: the entry is
    decided again. If the ledger can't be read or written, LedgerUnavailable is raised:
    then nobody is asked, and an answer doesn't count.
    """

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        rulebook: Rulebook,
        grants: Grants,
        directory: Directory,
        notifications: Dispatcher,
    ) -> None:
        self._host = host
        self._hass = host.hass
        self._ledger = ledger
        self.answers = Answers(rulebook, grants)
        self._pushes = QuestionPushes(host, directory)
        self._former: Questions | None = None
        self._limits = {
            origin: QuestionLimit[tuple[str, str]](MOST_QUESTIONS) for origin in Origin
        }
        self._of_bells = QuestionLimit[str](MOST_OF_BELL)
        self._in_vain = RingsInVain(host, ledger, rulebook)
        self._notifications = notifications
        self._grants = grants
        self._is_open = True
        self._under_way: list[_Ask] = []
        self._answerable: dict[str, _Ask] = {}
        self._sending: set[asyncio.Task[bool]] = set()
        self.listeners = Listeners[[]]()
        """Called when a question begins, can't be answered anymore, or isn't asked."""
        rulebook.listeners.add(self._reconsider)
        grants.listeners.add(self._reconsider)

    def go_on_from(self, former: Questions) -> None:
        """Go on with what the building asked whose place this one takes."""
        self._former = former
        self._limits, self._of_bells = former._limits, former._of_bells
        self._in_vain.rings = former._in_vain.rings

    async def load(self) -> None:
        """Load the questions that can still be answered, and the unused answers.

        The disk says which ones; the former building, if this one takes its place, says
        who waits for them. Otherwise, all but couriers who send messages are gone.
        """
        former, self._former = self._former, None
        now = dt_util.utcnow()
        for stored in await self._ledger.write(partial(asks.load, now=now)):
            self.answers.add(*self._unused(stored, former))
            ask = None if former is None else former.find(stored)
            if former is not None and ask is not None:
                self._go_on_with(ask, former)
            else:
                self._load(stored, now)

    def _unused(
        self, stored: asks.Ask, former: Questions | None
    ) -> Iterator[UnusedAnswer]:
        known = [] if former is None else former.answers.unused()
        for given in stored.answers:
            unused = UnusedAnswer(
                stored.id,
                stored.key,
                stored.door_id,
                stored.proof,
                given,
                rules=self.answers.rules_of(given.asked.unit),
            )
            found = [
                one for one in known if (one.ask_id, one.given) == (stored.id, given)
            ]
            if found:
                yield from found
            elif not given.is_used and (_stays_open(stored) or not unused.is_yes):
                yield unused

    def _load(self, stored: asks.Ask, now: datetime) -> None:
        ask = _Ask(
            stored.key,
            stored.door_id,
            stored.proof,
            stored.at,
            dict(stored.tokens),
            Timer(self._hass),
            stored.id,
        )
        self._answerable |= dict.fromkeys(ask.tokens, ask)
        if ask.tokens:
            is_over = not _stays_open(stored) or any(
                given.answer is Answer.APPROVED for given in stored.answers
            )
            left = 0.0 if is_over else (stored.at + ANSWERABLE - now).total_seconds()
            ask.timer.start(left, partial(self._end, ask))

    def find(self, stored: asks.Ask) -> _Ask | None:
        """Return a question that can still be answered as it is in memory."""
        same = (stored.id, stored.at, stored.key, stored.door_id, stored.proof)
        known = (*self._under_way, *self._answerable.values())
        return next(
            (ask for ask in known if (ask.id, ask.at, *ask.about) == same), None
        )

    def _go_on_with(self, ask: _Ask, former: Questions) -> None:
        """Go on with a question, but without residents who can't answer it anymore."""
        gone = {
            digest: asked
            for digest, asked in ask.tokens.items()
            if self.answers.respondent(asked) is None
        }
        former.clear_pushes(gone)
        for digest in gone:
            del ask.tokens[digest]
        self._answerable |= dict.fromkeys(ask.tokens, ask)
        if ask in former._under_way:
            ask.is_handed_over = True
            self._under_way.append(ask)
        else:
            self._end_later(ask)
        if ask.sending is not None:
            self._follow(ask, ask.sending)

    def open(self) -> None:
        """Let couriers wait, also those who waited in the former building.

        A question ends if none of them comes back for it.
        """
        for ask in self._under_way:
            ask.timer.start(BACK_WITHIN, partial(self._end, ask))
        self._reconsider()

    def close(self) -> None:
        """Stop asking; couriers go on without an answer, or in the next building."""
        self._is_open = False
        self._former = None
        for ask in self._answerable.values():
            ask.timer.stop()
        for ask in list(self._under_way):
            if self._host.is_handing_over:
                self._release(ask)
                for waiter in ask.waiters:
                    waiter.waiting.leaves.clear()
            else:
                self._stop_waiting(ask)
        if not self._host.is_handing_over:
            for sending in self._sending:
                sending.cancel()

    async def ask(
        self,
        grant: Grant,
        request: Request,
        units: Callable[[], Collection[str]],
        expected: Mapping[str, Sequence[GrantKey]],
        door_name: str,
    ) -> None:
        """Ask the units' residents, or join a question under way, and wait.

        A question names the couriers of all grants that its unit has in `expected`.
        Wait only while `units` returns units whose answer is needed: it is called after
        each answer and each change of rules or grants, and other units' questions are
        withdrawn. Don't wait if nobody can be reached, or if the limit for the grant or
        for the courier is used up.
        """
        if not self._is_open:
            return
        waiter = _Waiter(units, request.waiting, Timer(self._hass))
        ask = self._under_way_about(grant, request.proof)
        if ask is not None and not ask.units.isdisjoint(units()):
            self._wait(ask, waiter)
        elif questions := self._compose(grant, request, units(), expected, door_name):
            ask = self._begin(grant, request.proof, questions, waiter)
            await self._put(ask)
        else:
            return
        await waiter.done.wait()

    async def asked_enough(
        self, grants: Iterable[Grant], request: Request
    ) -> set[GrantKey]:
        """Return the grants about which a request can neither ask nor join a question."""
        proof = request.proof
        alone = [one.key for one in grants if not self._under_way_about(one, proof)]
        most = Origin.of(proof, request.waiting).most
        return await self._ledger.read(
            partial(asks.asked_enough, keys=alone, proof=proof, most=most)
        )

    def _under_way_about(self, grant: Grant, proof: Proof) -> _Ask | None:
        """Return a question that waits at least as long as anyone who joins it."""
        about, now = (grant.key, grant.door_id, proof), dt_util.utcnow()
        lasts = WAITS[At.SENDER if proof is Proof.SIGNED else At.PAGE]
        joinable = (
            ask
            for ask in self._under_way
            if ask.about == about and is_within(now, ask.at, timedelta(seconds=lasts))
        )
        return next(joinable, None)

    def _wait(self, ask: _Ask, waiter: _Waiter) -> None:
        if ask.is_handed_over:
            # All who waited come back together.
            ask.is_handed_over = False
            ask.timer.stop()
            ask.waiters.clear()
        ask.waiters.append(waiter)
        ask.waiting.add(waiter.waiting)
        waiter.waiting.became = Became.ASKED
        leave = partial(self._time_up, ask, waiter)
        waiter.timer.start(waiter.waiting.until - self._hass.loop.time(), leave)
        waiter.waiting.leaves.append(leave)

    def open_to(self, resident_ids: Collection[str]) -> list[OpenQuestion]:
        """Return the questions that these residents can answer now, newest first."""
        questions = []
        for digest, ask in reversed(self._answerable.items()):
            # The building that takes this one's place may have removed a resident.
            asked = ask.tokens.get(digest)
            if asked is None or asked.resident_id not in resident_ids:
                continue
            resident = self._respondent(ask, asked)
            if resident is None or ask.id is None:
                continue
            may_admit = self.answers.may_give(resident, Answer.APPROVED)
            until = ask.at + ANSWERABLE
            questions.append(
                OpenQuestion(
                    digest,
                    asked,
                    self._choices(ask, digest, asked),
                    ask.door_id,
                    ask.proof,
                    until,
                    may_admit,
                    ask.waits,
                )
            )
        return questions

    def bell_asks_at(self, ring: Waiting) -> datetime | None:
        """Return when the doorbell that somebody rang asks again; None if it asks now."""
        return self._of_bells.left_at(ring.bell or "")

    def _respondent(self, ask: _Ask, asked: Asked) -> Resident | None:
        is_late = not is_within(dt_util.utcnow(), ask.at, ANSWERABLE)
        if is_late or asked.unit in self.answers.in_effect(ask.about):
            return None
        return self.answers.respondent(asked)

    def _choices(self, ask: _Ask, digest: str, asked: Asked) -> list[GrantKey]:
        """Return the grants that a question is about, without others that are over."""
        question = ask.questions.get(digest)
        others = [] if question is None else list(question.couriers)[1:]
        return [
            ask.key,
            *(
                key
                for key in others
                if (grant := self._grants.live(key))
                and asked.unit in grant.accepted_units
            ),
        ]

    async def answer(self, answer: Answer, token: str, user_id: str) -> None:
        """Handle an answer from a user's phone, but only of the resident who was asked."""
        token, courier_id = read_choice(token)
        await self.answer_open(answer, asks.hash_token(token), user_id, courier_id)

    async def answer_open(
        self, answer: Answer, digest: str, user_id: str, courier_id: str | None = None
    ) -> bool:
        """Handle a user's answer to an open question; return whether it counts.

        A yes is for the courier `courier_id`, or for the first one that the question
        names. A no is for all of them.
        """
        may_log_in_now = await may_log_in(self._hass, user_id)
        ask = self._answerable.get(digest)
        if ask is None or ask.id is None or ask.waits is Waits.NOBODY:
            return False
        asked, now = ask.tokens.get(digest), dt_util.utcnow()
        resident = None if asked is None else self._respondent(ask, asked)
        if (
            asked is None
            or resident is None
            or not may_log_in_now
            or not is_user_of(self._hass, user_id, resident)
            or not self.answers.may_give(resident, answer)
        ):
            return False
        keys = self._choices(ask, digest, asked)
        if answer is Answer.APPROVED:
            keys = [key for key in keys if courier_id in (None, key.courier_id)][:1]
        if not keys:
            return False
        given, ask_id = Answered(asked, answer, now), ask.id
        lets_in, rules = ask.lets_in, self.answers.rules_of(asked.unit)
        unused = [
            UnusedAnswer(ask_id, key, ask.door_id, ask.proof, given, lets_in, rules)
            for key in keys
        ]
        is_first = await self._ledger.write(
            lambda transaction: asks.answer(
                transaction, ask_id, keys[0], given, user_id
            )
        )
        if is_first:
            self.answers.add(*unused)
            self._in_vain.forget(ask.key)
            self._uncount_rings(ask)
            self._go_on(ask, given)
        return is_first

    def _uncount_rings(self, ask: _Ask) -> None:
        """Let a ring that was answered not count against its doorbell's limit."""
        for waiting in ask.waiting:
            if waiting.bell is not None and waiting.has_asked:
                # One ring counts once, also if it asks about several grants.
                waiting.has_asked = False
                self._of_bells.restore(waiting.bell)

    def _go_on(self, ask: _Ask, given: Answered) -> None:
        """Withdraw an answered question from the unit, and from all if it is over."""
        self.clear_pushes(self._remove(ask, {given.asked.unit}))
        self._reconsider()
        is_yes = given.answer is Answer.APPROVED
        if ask in self._under_way:
            # Who came while a yes was being written has nobody left to answer them.
            is_over = is_yes and not ask.tokens and ask.lets_in is not None
        else:
            is_over = is_yes or not ask.tokens
        if is_over:
            self._end(ask)

    def _compose(
        self,
        grant: Grant,
        request: Request,
        units: Collection[str],
        expected: Mapping[str, Sequence[GrantKey]],
        door_name: str,
    ) -> dict[str, Question]:
        """Return the questions to residents with phones, by their tokens' hashes."""
        courier_id, waiting = grant.key.courier_id, request.waiting
        # One ring may ask about several grants.
        if not (waiting.has_asked or self._of_bells.is_left(waiting.bell or "")):
            self._leave_unasked(waiting, Became.TOO_MANY, units)
            return {}
        limit = self._limits[Origin.of(request.proof, waiting)]
        patient = [unit for unit in units if limit.is_left((courier_id, unit))]
        tokens = {
            secrets.token_hex(16): resident
            for resident in self.answers.respondents(patient)
            if self._pushes.phones(resident.id)
        }
        return {
            asks.hash_token(token): Question(
                Asked(resident.id, resident.unit),
                token,
                self.answers.may_give(resident, Answer.APPROVED),
                _couriers(request, expected[resident.unit]),
                door_name,
                request.image,
                rings=request.proof is Proof.RING,
            )
            for token, resident in tokens.items()
        }

    def _leave_unasked(
        self, waiting: Waiting, became: Became, units: Collection[str]
    ) -> None:
        """Remember for the panel why a ring asked nobody of these units."""
        waiting.became = became
        waiting.unasked |= set(units)
        self.listeners.call_soon()

    def _begin(
        self,
        grant: Grant,
        proof: Proof,
        questions: Mapping[str, Question],
        waiter: _Waiter,
    ) -> _Ask:
        """Begin a question, so that couriers who come before it is written join it."""
        tokens = {digest: question.asked for digest, question in questions.items()}
        ask = _Ask(
            grant.key,
            grant.door_id,
            proof,
            dt_util.utcnow(),
            tokens,
            Timer(self._hass),
            origin=Origin.of(proof, waiter.waiting),
            questions=questions,
        )
        self._wait(ask, waiter)
        self._under_way.append(ask)
        self._answerable |= dict.fromkeys(tokens, ask)
        ask.spent = frozenset((ask.key.courier_id, unit) for unit in ask.units)
        self._limits[ask.origin].spend(*ask.spent)
        if waiter.waiting.bell is not None and not waiter.waiting.has_asked:
            waiter.waiting.has_asked = True
            self._of_bells.spend(waiter.waiting.bell)
        return ask

    async def _put(self, ask: _Ask) -> None:
        """Write a question to the ledger, and only then send it."""
        tokens = dict(ask.tokens)
        most = ask.origin.most
        try:
            ask.id = await self._ledger.write(
                lambda transaction: asks.begin(
                    transaction, *ask.about, tokens, ask.at, most
                )
            )
        except LedgerUnavailable:
            self._discard(ask)
            raise
        if ask.id is None:
            units = ask.units
            self._discard(ask)
            for waiting in ask.waiting:
                # It may ask other units about their own delivery.
                has_asked = any(waiting in each.waiting for each in self._under_way)
                became = Became.ASKED if has_asked else Became.ASKED_ENOUGH
                self._leave_unasked(waiting, became, units)
            self._count_in_vain(ask)
        elif not self._is_open or ask not in self._under_way:
            await self._withdraw(ask, ask.id)
        else:
            self.listeners.call_soon()
            if len(ask.tokens) < len(tokens):
                # A unit was dropped while it was being written.
                self._write_who_is_left(ask, ask.id)
            ask.sending = self._hass.async_create_background_task(
                self._send(ask), f"{DOMAIN} question"
            )
            self._follow(ask, ask.sending)

    async def _send(self, ask: _Ask) -> bool:
        shown = await asyncio.gather(
            *(
                self._send_one(ask, question, digest)
                for digest, question in ask.questions.items()
                if digest in ask.tokens
            )
        )
        return any(shown)

    def _follow(self, ask: _Ask, sending: asyncio.Task[bool]) -> None:
        """Follow a question to the phones, perhaps one that the former building sends."""

        def sent(_: object) -> None:
            self._sending.discard(sending)
            if sending.cancelled() or not self._is_open or ask.id is None:
                return
            if sending.result():
                self._notifications.send_waiting(ask.key)
                self._end_earlier(ask)
            elif not ask.is_over:
                self._host.spawn(self._withdraw(ask, ask.id), f"{DOMAIN} no question")

        self._sending.add(sending)
        sending.add_done_callback(sent)

    async def _send_one(self, ask: _Ask, question: Question, digest: str) -> bool:
        try:
            shown = await self._pushes.show(question, digest)
        except Exception:
            _LOGGER.exception("A question could not be sent")
            return False
        if shown and digest not in ask.tokens:
            # It was withdrawn before it arrived.
            await self._pushes.clear(question.asked.resident_id, digest)
        return shown

    async def _withdraw(self, ask: _Ask, ask_id: int) -> None:
        """Uncount a question that reached nobody."""
        self._discard(ask)
        try:
            await self._ledger.write(
                lambda transaction: asks.withdraw(transaction.conn, ask_id)
            )
        except LedgerUnavailable as err:
            _LOGGER.warning("A question that reached nobody counts as one: %s", err)

    def _reconsider(self) -> None:
        """End waits that no answer can help, and remove units that aren't needed.

        A yes that was ended by a pause or narrower rules is none after a restart either.
        """
        for unused in self.answers.remove_stale():
            self._host.spawn(self._write_removed(unused), f"{DOMAIN} answer over")
        for ask in [each for each in self._under_way if not each.is_handed_over]:
            needed: set[str] = set()
            for waiter in list(ask.waiters):
                if units := waiter.units():
                    needed.update(units)
                else:
                    ask.waiters.remove(waiter)
                    waiter.go_on()
            if needed:
                self._excuse(ask, ask.units - needed)
            else:
                self._end(ask)

    def _time_up(self, ask: _Ask, waiter: _Waiter) -> None:
        """End a wait; the question stays on phones, since a late answer counts."""
        if waiter not in ask.waiters:
            return
        ask.waiters.remove(waiter)
        waiter.go_on()
        if ask.waiters:
            return
        self._stop_waiting(ask)
        self._count_in_vain(ask)
        self._end_later(ask)
        self._show_who_waits(ask)

    def _end_later(self, ask: _Ask) -> None:
        if not ask.tokens:
            # All units were dropped. A timer would outlive the building.
            self._end(ask)
            return
        left = ask.at + ANSWERABLE - dt_util.utcnow()
        ask.timer.start(left.total_seconds(), partial(self._end, ask))

    def _show_who_waits(self, ask: _Ask) -> None:
        """Show on phones and panels that the driver has stopped waiting."""
        if (waits := ask.waits) is Waits.NOW or ask.id is None:
            return
        self.listeners.call_soon()
        for digest in ask.tokens:
            question = replace(ask.questions[digest], waits=waits)
            self._hass.async_create_background_task(
                self._send_one(ask, question, digest), f"{DOMAIN} question late"
            )

    def _count_in_vain(self, ask: _Ask) -> None:
        grant = self._grants.live(ask.key)
        if ask.origin is Origin.PAGE and grant is not None:
            door_name = next(iter(ask.questions.values())).door_name
            self._in_vain.count(grant, door_name)

    def _end_earlier(self, ask: _Ask) -> None:
        """End the questions of pages that rang again, and wait for this one by now."""
        for other in set(self._answerable.values()) - {ask}:
            is_late = other.waits is Waits.MAY_RETURN and other.about == ask.about
            if is_late and other.waiting <= ask.waiting:
                self._end(other)

    def _end(self, ask: _Ask) -> None:
        if ask.is_over:
            return
        self.clear_pushes(self._forget(ask))
        if ask.id is not None:
            self._write_who_is_left(ask, ask.id)

    def _excuse(self, ask: _Ask, units: Collection[str]) -> None:
        """Remove these units from a question, also after a restart."""
        gone = self._remove(ask, units)
        self.clear_pushes(gone)
        if gone and ask.id is not None:
            self._write_who_is_left(ask, ask.id)

    def _write_who_is_left(self, ask: _Ask, ask_id: int) -> None:
        tokens = dict(ask.tokens)
        work = self._ledger.write(
            lambda transaction: asks.leave(transaction.conn, ask_id, tokens)
        )
        self._host.spawn(work, f"{DOMAIN} question over")

    async def _write_removed(self, unused: UnusedAnswer) -> None:
        ask_id, unit = unused.ask_id, unused.given.asked.unit
        await self._ledger.write(
            lambda transaction: asks.drop(transaction.conn, ask_id, unit)
        )

    def clear_pushes(self, tokens: Mapping[str, Asked]) -> None:
        for digest, asked in tokens.items():
            self._hass.async_create_background_task(
                self._pushes.clear(asked.resident_id, digest),
                f"{DOMAIN} question over",
            )

    def _remove(self, ask: _Ask, units: Collection[str]) -> Mapping[str, Asked]:
        """Remove these units from a question; return who could have answered."""
        gone = {
            digest: asked for digest, asked in ask.tokens.items() if asked.unit in units
        }
        for digest in gone:
            del ask.tokens[digest], self._answerable[digest]
        if gone:
            self.listeners.call_soon()
        return gone

    def _discard(self, ask: _Ask) -> None:
        """Remove a question that nobody got."""
        self._forget(ask)
        for waiting in ask.waiting:
            waiting.became = None
        self._limits[ask.origin].restore(*ask.spent)

    def _forget(self, ask: _Ask) -> Mapping[str, Asked]:
        if ask in self._under_way:
            self._stop_waiting(ask)
        ask.is_over = True
        ask.timer.stop()
        return self._remove(ask, ask.units)

    def _stop_waiting(self, ask: _Ask) -> None:
        self._under_way.remove(ask)
        ask.timer.stop()
        self._release(ask)
        ask.waiters.clear()

    def _release(self, ask: _Ask) -> None:
        for waiter in ask.waiters:
            waiter.go_on()
