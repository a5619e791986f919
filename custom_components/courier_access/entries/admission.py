"""The path of an entry, top to bottom. Nothing else opens a door for a courier."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from copy import replace
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
import logging
from types import MappingProxyType
from typing import Final, NamedTuple

from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ..access.model import (
    Answer,
    Courier,
    Decision,
    DeliveryDetails,
    Grant,
    GrantKey,
    IssuerKind,
    Opening,
    Outcome,
    Proof,
    Reason,
    UnitPart,
    door_id_by_key,
)
from ..access.policy import EntryRequest, decide
from ..contract import replies
from ..contract.replies import Problem, Reply
from ..doors.commands import CONFIRM_WITHIN, DoorUnavailable, Stopped
from ..doors.doors import DoorEvents, DoorEventType, Doors
from ..doors.driver import DoorDriver, LifecycleEvent, LifecycleStep
from ..grants.grants import Grants
from ..grants.issue import consents, unnamed_key
from ..home_assistant.clock import ClockWatch
from ..home_assistant.host import Host
from ..ledger import queue
from ..ledger.budgets import Budget, refusal_size
from ..ledger.ledger import Ledger, LedgerUnavailable, Transaction
from ..ledger.state import entries
from ..ledger.state.entries import (
    Attempt,
    Claim,
    GrantChanged,
    MessageKey,
    Relock,
    check_unanswered,
    clear_relock,
    complete_entry,
    count_repeat,
    record_attempt,
    store_reply,
)
from ..ledger.state.grants import REMEMBERED, WITHOUT_CONSENT
from ..notifications.dispatcher import Dispatcher
from ..notifications.late_writes import LateWrites
from ..residents.rulebook import Rulebook
from .questions import Questions
from .request import At, EntryResult, NotNow, Request, UnusedAnswer, waiting_for

TURN_SECONDS: Final = 3
OPEN_WITHIN: Final = 21.0
"""Seconds after its arrival from which a request opens no door.

Its sender waits 30 (docs/courier-api/README.md#from-planning-to-the-door). The body
takes at most 5 s. A command sent 16 s later is confirmed within 8 s: 29 s in all. A
question (12 s), the door's turn (3 s), and a lock command under way (8 s) together take
longer, and are answered *door_busy* after 28 s.
"""
MOST_DECISIONS: Final = 3
"""How often a request is decided at the door before it is answered *door_busy*.

Each decision may leave a claim in the ledger.
"""

_LOGGER = logging.getLogger(__name__)
_NOBODY: Final[Mapping[GrantKey, tuple[str, ...]]] = MappingProxyType({})
_UNKNOWN: Final = Opening(
    Outcome.UNKNOWN, confirmed=False, unlocked_until=None, reads_locked=False
)


class _Admitted(NamedTuple):
    """A decision to admit; `approvals` are the questions that residents said yes to."""

    grant: Grant
    units: tuple[str, ...]
    approvals: Mapping[str, int] | None


class _Refused(NamedTuple):
    """A decision to refuse, which residents of `asking` grants may change."""

    grant: Grant | None
    reason: Reason
    asking: Mapping[GrantKey, tuple[str, ...]] = _NOBODY


class _DecideAgain(Exception):
    """Nothing was sent: time ran out, or a veto or another change may be overlooked."""


class Admission:
    """Admit couriers, or refuse them."""

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        rulebook: Rulebook,
        grants: Grants,
        doors: Doors,
        questions: Questions,
        late_writes: LateWrites,
        notifications: Dispatcher,
        refusals_budget: Budget,
        clock_watch: ClockWatch,
    ) -> None:
        self._host = host
        self._clock_watch = clock_watch
        self._ledger = ledger
        self._rulebook = rulebook
        self._grants = grants
        self._drivers = doors.drivers
        self._questions = questions
        self.answers = questions.answers
        self._refusals = Refusals(ledger, rulebook, doors, refusals_budget)
        self._events = doors.events
        self.follow_up = FollowUp(host, late_writes, grants, doors.events)
        self._late_writes = late_writes
        self._notifications = notifications
        self._commanded: dict[MessageKey, Reply] = {}
        self._lines = defaultdict[str | None, asyncio.Lock](asyncio.Lock)

    def commanded(self, message: MessageKey) -> Reply | None:
        """Return the reply to an entry whose door was commanded, until it is on the disk."""
        return self._commanded.get(message)

    async def enter(self, request: Request) -> EntryResult:
        """Decide an entry, and open the door if it is admitted.

        Once the claim is on the disk, the entry is admitted, whatever the door does.
        Run this in a task that isn't canceled with its caller.

        Raises:
            NotNow: it can't be done now, and the door wasn't touched.
            AlreadyAnswered: its message was answered before.
            LedgerUnavailable: nothing could be written, and the door wasn't touched.

        """
        with self._grants.entering(request.couriers):
            return await self._enter_in_time(request)

    async def _enter_in_time(self, request: Request) -> EntryResult:
        await self._late_writes.catch_up()
        decided = await self._decide(request)
        waiting = request.waiting
        is_fresh = True
        if isinstance(decided, _Refused) and decided.asking:
            is_fresh = False
            if request.message is not None:
                await check_unanswered(self._ledger, request.message)
            await self._ask(request, decided.asking)
            decided = await self._decide(request)
        if isinstance(decided, _Admitted) and not (
            is_fresh and (waiting.is_there or decided.approvals is None)
        ):
            is_fresh = False
            if not await waiting.come(lambda: self._host.is_closing):
                # Nobody is at the door now. The yes is kept for who comes back.
                self._check_running()
                raise NotNow(Problem.DOOR_BUSY)
        if isinstance(decided, _Refused) and not waiting.is_opening:
            is_answered = not is_fresh and decided.reason is Reason.DECLINED
            if waiting.at is At.BELL and not is_answered:
                # It may be a visitor, and visitors aren't recorded.
                return EntryResult(Decision.REFUSED, decided.reason)
            return await self._refusals.refuse(request, decided.grant, decided.reason)
        if waiting.at not in (At.PAGE, At.BELL):
            return await self._go_in(request, decided, is_fresh=is_fresh)
        # One yes may be for many: the first one opens the door for all of them.
        line = self._lines[request.door]
        is_fresh = is_fresh and not line.locked()
        async with line:
            if waiting.entered is not None:
                return waiting.entered
            if not is_fresh:
                decided = await self._decide(request)
            return await self._go_in(request, decided, is_fresh=is_fresh)

    async def _go_in(
        self, request: Request, decided: _Admitted | _Refused, *, is_fresh: bool
    ) -> EntryResult:
        if isinstance(decided, _Refused):
            return await self._refusals.refuse(request, decided.grant, decided.reason)
        driver = self._drivers[decided.grant.door_id]
        is_fresh = is_fresh and not driver.turn.is_held
        try:
            await driver.turn.acquire(decided.grant.key.courier_id, TURN_SECONDS)
        except TimeoutError:
            raise NotNow(Problem.DOOR_BUSY) from None
        try:
            return await self._enter(request, decided, driver, is_fresh=is_fresh)
        finally:
            driver.turn.release()

    async def _enter(
        self,
        request: Request,
        decided: _Admitted | _Refused,
        driver: DoorDriver,
        *,
        is_fresh: bool,
    ) -> EntryResult:
        """Claim and open in the door's turn; decide again unless that was just now."""
        for _ in range(MOST_DECISIONS):
            if not is_fresh:
                # During a wait, the grant or the rules may have changed.
                await self._late_writes.catch_up()
                decided = await self._decide(request)
            is_fresh = False
            if isinstance(decided, _Refused):
                return await self._refusals.refuse(
                    request, decided.grant, decided.reason
                )
            if decided.grant.door_id != driver.door.id:
                raise NotNow(Problem.DOOR_BUSY)
            if not driver.opener.available:
                raise NotNow(Problem.DOOR_UNAVAILABLE)
            if request.is_too_late:
                raise NotNow(Problem.DOOR_BUSY)
            try:
                claim = await self._claim(request, decided, driver)
                if isinstance(claim, Reason):
                    return await self._refusals.refuse(request, decided.grant, claim)
                return await self._open(request, driver, claim)
            except GrantChanged, _DecideAgain:
                continue
        raise NotNow(Problem.DOOR_BUSY)

    async def _decide(self, request: Request) -> _Admitted | _Refused:
        self._check_running()
        if not self._clock_watch.is_trusted:
            # It was set while the courier waited.
            self._clock_watch.check()
            raise NotNow(Problem.CLOCK_UNTRUSTED)
        grants = {key: await self._grants.find(key) for key in request.couriers}
        return self._judge(request, grants)

    def _judge(
        self, request: Request, grants: Mapping[GrantKey, Grant | None]
    ) -> _Admitted | _Refused:
        """Return the first admission, or else the first refusal with all who may ask."""
        refusals = []
        for key, grant in grants.items():
            decided = self._judge_one(request, request.couriers[key], grant)
            if isinstance(decided, _Admitted):
                return decided
            refusals.append(decided)
        asking = {key: units for each in refusals for key, units in each.asking.items()}
        first = next((each for each in refusals if each.asking), refusals[0])
        return replace(first, asking=asking)

    def _judge_one(
        self, request: Request, courier: Courier, grant: Grant | None
    ) -> _Admitted | _Refused:
        facts, now = self._rulebook.facts(courier), dt_util.utcnow()
        named = request.door
        door_id = None if named is None else door_id_by_key(facts.doors, named)
        asked = EntryRequest(
            None if grant is None else grant.of_units(request.of_units),
            request.judged_as,
            door_id,
            request.stale,
        )
        verdict, approvals = decide(asked, facts, now), None
        if grant is not None and verdict.asks:
            # Only now, so that no answer is used up without need.
            about = (grant.key, grant.door_id, request.proof)
            unused = self.answers.in_effect(about, request.waiting)
            answers = {unit: each.given.answer for unit, each in unused.items()}
            verdict = decide(replace(asked, answers=answers), facts, now)
            approvals = {
                unit: each.ask_id for unit, each in unused.items() if each.is_yes
            }
        if grant is None or verdict.decision is Decision.REFUSED:
            asking = {} if grant is None else {grant.key: verdict.asks}
            return _Refused(grant, verdict.reason, asking if verdict.asks else _NOBODY)
        return _Admitted(grant, verdict.units, approvals)

    async def _ask(
        self, request: Request, asking: Mapping[GrantKey, Sequence[str]]
    ) -> None:
        """Ask residents if they may be asked, and wait while that may change the decision.

        Each unit has one question, about the first grant that it expects and that has a
        question left. If it expects others, the residents may say that it's one of these.
        """
        expected: dict[str, list[GrantKey]] = {}
        for key, willing in asking.items():
            for unit in willing:
                expected.setdefault(unit, []).append(key)
        asked_about = await self._asked_about(request, expected)

        def units(key: GrantKey) -> Sequence[str]:
            live = {each: self._grants.live(each) for each in request.couriers}
            decided = self._judge(request, live)
            asks = decided.asking.get(key, ()) if isinstance(decided, _Refused) else ()
            return [unit for unit in asks if asked_about.get(unit) == key]

        async def ask(grant: Grant) -> None:
            door = self._drivers[grant.door_id].door.name
            needed = partial(units, grant.key)
            await self._questions.ask(grant, request, needed, expected, door)

        keys = [key for key in asking if key in asked_about.values()]
        grants = [grant for key in keys if (grant := self._grants.live(key))]
        if not all(self._drivers[grant.door_id].opener.available for grant in grants):
            raise NotNow(Problem.DOOR_UNAVAILABLE)
        if not request.may_ask():
            return
        ended = await asyncio.gather(*map(ask, grants), return_exceptions=True)
        for error in ended:
            if error is not None:
                raise error

    async def _asked_about(
        self, request: Request, expected: Mapping[str, Sequence[GrantKey]]
    ) -> Mapping[str, GrantKey]:
        """Return the grant that each unit's question is about."""
        several = {key for keys in expected.values() if len(keys) > 1 for key in keys}
        grants = [grant for key in several if (grant := self._grants.live(key))]
        enough = await self._questions.asked_enough(grants, request) if grants else ()
        return {
            unit: next((key for key in keys if key not in enough), keys[0])
            for unit, keys in expected.items()
        }

    def _check_running(self) -> None:
        """Raise NotNow once Home Assistant stops, or if a setting isn't in effect yet."""
        if self._host.is_closing:
            raise NotNow(Problem.NOT_READY)

    async def _claim(
        self, request: Request, decided: _Admitted, driver: DoorDriver
    ) -> Claim | Reason:
        """Reserve a use of the grant, or return what speaks against it by now.

        Raise GrantChanged if the ledger has another revision.
        """
        grant = decided.grant
        attempt = self._refusals.attempt(request, grant)
        uses = grant.uses + 1
        claim = Claim(
            attempt=attempt,
            grant=grant,
            units=decided.units,
            message=request.message,
            reply=_admitted(grant, attempt, driver, _UNKNOWN, uses).reply.body,
            keep_until=keep_until(grant, attempt.at),
            deadline=_deadline(attempt, driver),
            set_revision=self._rulebook.set_revision,
            approvals=decided.approvals,
            pass_id=request.pass_id,
        )
        claimed = await self._ledger.write(partial(entries.claim, request=claim))
        if isinstance(claimed, Reason):
            return claimed
        self._grants.count_use(grant.key, claimed.uses)
        self.follow_up.follow(attempt)
        return claimed

    async def _open(
        self, request: Request, driver: DoorDriver, claim: Claim
    ) -> EntryResult:
        """Open the door, or roll the claim back if it wasn't touched."""
        attempt, grant = claim.attempt, claim.grant
        used = self.answers.use(grant.key, claim.approvals or {}, claim.units)
        for waiting in waiting_for(used):
            waiting.is_opening = True
        try:
            opening = await driver.open(
                attempt.entry_id,
                attempt.courier_name,
                request.context,
                partial(self._last_look, request, driver, claim),
            )
        except Stopped as stopped:
            result = self._refusals.refused(request, grant, attempt, stopped.reason)
            reply = result.reply.body
            await self._roll_back(request, claim, used, stopped.reason, reply)
            return result
        except DoorUnavailable:
            await self._roll_back(request, claim, used)
            raise NotNow(Problem.DOOR_UNAVAILABLE) from None
        except _DecideAgain, NotNow:
            await self._roll_back(request, claim, used)
            raise
        except Exception:
            # Whatever went wrong, the door may have been commanded: the entry happened.
            _LOGGER.exception("Entry %s: %s failed", attempt.entry_id, driver.door.name)
            opening = _UNKNOWN
        try:
            result = await self._finish(request, driver, claim, opening)
            for waiting in waiting_for(used):
                waiting.let_in(result)
            return result
        finally:
            if request.message is not None:
                self._commanded.pop(request.message, None)

    def _last_look(
        self, request: Request, driver: DoorDriver, claim: Claim
    ) -> Reason | None:
        """Return what speaks against the command, which follows without a pause.

        If nothing does, the answer is 200 from here on.

        Raises:
            NotNow: Home Assistant stops, or a setting isn't in effect yet.
            _DecideAgain: time ran out, a resident's press isn't read yet, the grant is
                for another door by now, or one of its units dropped out.

        """
        self._check_running()
        grant = self._grants.live(claim.grant.key)
        was_moved = grant is not None and grant.door_id != driver.door.id
        if request.is_too_late or self._late_writes.may_overlook or was_moved:
            raise _DecideAgain
        reason = self._speaks_against(request, claim, grant)
        if reason is None and request.message is not None:
            self._commanded[request.message] = Reply(200, claim.reply)
        return reason

    def _speaks_against(
        self, request: Request, claim: Claim, grant: Grant | None
    ) -> Reason | None:
        """Look at what residents and couriers may have changed since the claim."""
        if grant is None:
            return Reason.UNKNOWN_GRANT
        if not request.is_still_shown():
            return Reason.REVOKED
        units = {
            unit: part for unit, part in grant.units.items() if unit in claim.units
        }
        before = replace(grant, units=units, uses=grant.uses - 1)
        facts = self._rulebook.facts(request.couriers[grant.key])
        answers = dict.fromkeys(units if claim.approvals else (), Answer.APPROVED)
        asked = EntryRequest(before, request.judged_as, answers=answers)
        verdict = decide(asked, facts, dt_util.utcnow())
        if verdict.decision is Decision.REFUSED:
            return verdict.reason
        if len(verdict.units) < len(claim.units):
            # The record must not name a unit that doesn't let the courier in.
            raise _DecideAgain
        return None

    async def _finish(
        self, request: Request, driver: DoorDriver, claim: Claim, opening: Opening
    ) -> EntryResult:
        attempt, grant = claim.attempt, claim.grant
        returned = opening.refunds_use and grant.returned < entries.MOST_RETURNS
        result = _admitted(grant, attempt, driver, opening, claim.uses - returned)
        result = replace(result, notes=self._notes(driver, grant, opening))
        reply = result.reply
        if request.message is not None:
            self._commanded[request.message] = reply
        try:
            returned = await self._ledger.write(
                lambda transaction: entries.finish(
                    transaction, claim, opening, reply.body, dt_util.utcnow()
                )
            )
        except LedgerUnavailable as err:
            # The claim is on the disk and the door was commanded: the answer stays 200.
            _LOGGER.error(
                "The outcome of entry %s can't be recorded: %s", attempt.entry_id, err
            )
        else:
            if returned:
                self._grants.return_use(attempt.key, counted=True)
        self._notifications.send_waiting(attempt.key)
        self._events.fire_decided(attempt, request.context, Reason.OK, opening.outcome)
        self.follow_up.outcome_recorded(attempt.entry_id)
        return result

    def _notes(
        self, driver: DoorDriver, grant: Grant, opening: Opening
    ) -> tuple[str, ...]:
        """Return the notes for a driver who was let in, the home's first.

        Nothing confirms what an opener without a state did. A delivery to several homes
        has no note of one of them: the driver goes on to the others.
        """
        is_open = opening.outcome is Outcome.OPENED or (
            opening.outcome is Outcome.UNCONFIRMED and not driver.opener.is_seen
        )
        if not is_open:
            return ()
        homes = [self._rulebook.notes.get(unit, "") for unit in grant.units]
        of_home = homes[0] if len(homes) == 1 else ""
        return tuple(note for note in (of_home, driver.door.note) if note)

    async def _roll_back(
        self,
        request: Request,
        claim: Claim,
        used: Sequence[UnusedAnswer],
        reason: Reason | None = None,
        reply: str = "",
    ) -> None:
        """Release the reserved use of an entry whose door wasn't touched.

        Without a reason, the message may be sent again.
        """
        attempt = claim.attempt
        if request.message is not None:
            self._commanded.pop(request.message, None)
        self._refusals.charge(request, claim.grant)

        def rolled_back(_: None) -> None:
            self._grants.return_use(attempt.key, counted=False)
            self.answers.add(*used)
            for waiting in waiting_for(used):
                waiting.is_opening = False
            self.follow_up.forget(attempt.entry_id)
            if reason is not None:
                self._events.fire_decided(attempt, request.context, reason)

        await self._late_writes.write(
            attempt.entry_id,
            lambda transaction: entries.stop(
                transaction, claim, reason, reply, dt_util.utcnow()
            ),
            rolled_back,
        )


class Refusals:
    """Refuse attempts and record them."""

    def __init__(
        self,
        ledger: Ledger,
        rulebook: Rulebook,
        doors: Doors,
        budget: Budget,
    ) -> None:
        self._ledger = ledger
        self._rulebook = rulebook
        self._drivers = doors.drivers
        self._events = doors.events
        self._budget = budget

    def attempt(self, request: Request, grant: Grant | None) -> Attempt:
        """Return a request as an attempt, with the current names."""
        driver = None if grant is None else self._drivers.get(grant.door_id)
        key = request.key if grant is None else grant.key
        said = DeliveryDetails() if grant is None else grant.delivery
        return Attempt(
            entry_id=ulid_now(),
            key=key,
            at=dt_util.utcnow(),
            courier_name=request.couriers[key].name,
            door_id="" if driver is None else driver.door.id,
            door_name="" if driver is None else driver.door.name,
            proof=request.proof,
            context_id=request.context.id,
            delivery=said.at_door(request.delivery),
        )

    async def refuse(
        self, request: Request, grant: Grant | None, reason: Reason
    ) -> EntryResult:
        """Record a refusal with its reply; repeats only count in its record.

        Raise NotNow if the courier was refused too often lately, and nothing is written.
        """
        attempt = self.attempt(request, grant)

        def write(transaction: Transaction) -> EntryResult:
            entry_id = count_repeat(transaction, attempt, reason)
            if entry_id is None:
                entry_id = attempt.entry_id
                if grant is not None and self._is_unnamed(grant):
                    self._record_unnamed(transaction, attempt, reason)
                else:
                    self._record(transaction, attempt, grant, reason)
            result = self.refused(request, grant, attempt, reason, entry_id)
            if request.message is not None:
                store_reply(
                    transaction,
                    request.message,
                    result.reply.body,
                    keep_until(grant, attempt.at),
                    entry_id,
                )
            return result

        with self._budget.reserve(*self._cost(request, grant)) as wait:
            if wait is not None:
                raise NotNow(Problem.RATE_LIMITED, retry_after=wait)
            result = await self._ledger.write(write)
        if result.entry_id == attempt.entry_id:
            self._events.fire_decided(attempt, request.context, reason)
        return result

    def _is_unnamed(self, grant: Grant) -> bool:
        """Whether a courier's grant is for homes without consent alone.

        A home that vetoed it has said so itself.
        """
        of_courier = grant.issuer is None or grant.issuer.kind is IssuerKind.OWNER
        return of_courier and (
            grant.is_unnamed
            or (
                bool(grant.unit_labels)
                and not any(
                    part is UnitPart.VETOED or consents(self._rulebook.of_unit(unit))
                    for unit, part in grant.units.items()
                )
            )
        )

    def charge(self, request: Request, grant: Grant) -> None:
        """Charge the budget for an entry whose door wasn't touched after all."""
        self._budget.charge(*self._cost(request, grant))

    def _cost(self, request: Request, grant: Grant | None) -> tuple[str, int]:
        """Return whose budget pays for a refusal, and how many bytes.

        Anybody can ring or type a code, and must not use up a courier's.
        """
        courier_id = (request.key if grant is None else grant.key).courier_id
        is_signed = request.proof is Proof.SIGNED
        named = (*request.delivery.given().values(), request.door)
        size = refusal_size(named, grant, self._rulebook.most_in_a_unit)
        return courier_id if is_signed else f"{courier_id} unsigned", size

    def refused(
        self,
        request: Request,
        grant: Grant | None,
        attempt: Attempt,
        reason: Reason,
        entry_id: str | None = None,
    ) -> EntryResult:
        """Return a refusal; a repeated one has another entry's ID."""
        driver = self._drivers.get(attempt.door_id)
        entry_id = entry_id or attempt.entry_id
        reply = replies.entry(
            Decision.REFUSED,
            reason,
            grant_id=attempt.key.grant_id,
            door=request.door if driver is None else driver.door.key,
            entry_id=entry_id,
            proof=attempt.proof,
            entries_left=None if grant is None else grant.entries_left,
        )
        return EntryResult(Decision.REFUSED, reason, entry_id, reply=reply)

    def _record_unnamed(
        self,
        transaction: Transaction,
        attempt: Attempt,
        reason: Reason,
    ) -> None:
        """Record a refusal for homes without consent: nothing that leads to them."""
        record_attempt(
            transaction,
            replace(attempt, key=unnamed_key(attempt.key), delivery=DeliveryDetails()),
            Decision.REFUSED,
            reason,
            {},
            marks={WITHOUT_CONSENT: True},
        )

    def _record(
        self,
        transaction: Transaction,
        attempt: Attempt,
        grant: Grant | None,
        reason: Reason,
    ) -> None:
        units = {} if grant is None else self._rulebook.enrolled(grant.unit_labels)
        record = record_attempt(transaction, attempt, Decision.REFUSED, reason, units)
        if grant is not None:
            queue.enqueue_refusal(
                transaction.conn,
                grant.key,
                record.seq,
                attempt.entry_id,
                self._rulebook.set_revision,
                attempt.at,
            )


def keep_until(grant: Grant | None, at: datetime) -> datetime:
    """Return how long a reply is kept (docs/courier-api/README.md#send-again)."""
    return (at if grant is None else max(at, grant.ends_at)) + REMEMBERED


def _admitted(
    grant: Grant, attempt: Attempt, driver: DoorDriver, opening: Opening, uses: int
) -> EntryResult:
    reply = replies.entry(
        Decision.ADMITTED,
        Reason.OK,
        grant_id=grant.key.grant_id,
        door=driver.door.key,
        entry_id=attempt.entry_id,
        proof=attempt.proof,
        outcome=opening.outcome,
        lock_confirmed=opening.confirmed,
        unlocked_until=opening.unlocked_until,
        entries_left=max(0, grant.max_entries - uses),
    )
    return EntryResult(
        Decision.ADMITTED,
        Reason.OK,
        attempt.entry_id,
        opening.outcome,
        reply,
        unlocked_until=opening.unlocked_until,
    )


def _deadline(attempt: Attempt, driver: DoorDriver) -> datetime:
    """Return when the door must be locked again if the outcome is never known.

    The command may wait for a lock command under way, and then for its own effect.
    """
    return attempt.at + timedelta(
        seconds=2 * CONFIRM_WITHIN + driver.settings.unlock_seconds
    )


_EVENTS = {
    LifecycleStep.NEVER_OPENED: DoorEventType.NEVER_OPENED,
    LifecycleStep.LEFT_OPEN: DoorEventType.DOOR_LEFT_OPEN,
    LifecycleStep.COMPLETED: DoorEventType.ENTRY_COMPLETED,
}


@dataclass(slots=True)
class _Followed:
    """An entry whose door is watched; steps wait until its outcome is on the disk."""

    entry: Attempt | Relock
    outcome_recorded: bool
    waiting: list[Callable[[], None]] = field(default_factory=list)


class FollowUp:
    """Follow admitted entries until their lifecycle is over."""

    def __init__(
        self,
        host: Host,
        late_writes: LateWrites,
        grants: Grants,
        events: DoorEvents,
    ) -> None:
        self._host = host
        self._late_writes = late_writes
        self._grants = grants
        self._events = events
        self._followed: dict[str, _Followed] = {}

    def follow(
        self, entry: Attempt | Relock, *, outcome_recorded: bool = False
    ) -> None:
        """Follow an entry from its claim on, or after a restart from its re-lock on."""
        self._followed[entry.entry_id] = _Followed(entry, outcome_recorded)

    def follows(self, entry_id: str) -> bool:
        return entry_id in self._followed

    def outcome_recorded(self, entry_id: str) -> None:
        """Handle what happened while the entry's outcome was being written."""
        if (followed := self._followed.get(entry_id)) is not None:
            followed.outcome_recorded = True
            waiting, followed.waiting = followed.waiting, []
            for go_on in waiting:
                go_on()

    def forget(self, entry_id: str) -> None:
        """Forget an entry whose door was never touched."""
        self._followed.pop(entry_id, None)

    def handle(self, event: LifecycleEvent) -> None:
        if (followed := self._followed.get(event.entry_id)) is not None:
            self._in_turn(followed, lambda: self._handle(followed, event))

    def deadline_done(self, entry_id: str) -> None:
        """Clear the re-lock deadline of an entry that goes on without one."""
        if (followed := self._followed.get(entry_id)) is not None:
            self._in_turn(
                followed,
                lambda: self._write(
                    entry_id,
                    lambda transaction: clear_relock(transaction.conn, entry_id),
                ),
            )

    def _in_turn(self, followed: _Followed, go_on: Callable[[], None]) -> None:
        if followed.outcome_recorded:
            go_on()
        else:
            followed.waiting.append(go_on)

    def _handle(self, followed: _Followed, event: LifecycleEvent) -> None:
        if event.kind is LifecycleStep.LATE_UNLOCK:
            self._consume_refund(followed.entry, event.at)
        if event.kind is LifecycleStep.LEFT_UNLOCKED:
            self._write(
                event.entry_id,
                lambda transaction: entries.record_left_unlocked(
                    transaction, event.entry_id, event.at
                ),
            )
        if event.kind is LifecycleStep.COMPLETED:
            del self._followed[event.entry_id]
            story = {kind.value: at.isoformat() for kind, at in event.steps.items()}
            self._write(
                event.entry_id,
                lambda transaction: complete_entry(
                    transaction, event.entry_id, event.at, story
                ),
            )
        if (kind := _EVENTS.get(event.kind)) is not None:
            self._events.fire(
                kind,
                event.door_id,
                event.context,
                courier=followed.entry.courier_name,
                door=followed.entry.door_name,
                reason=Reason.OK,
                entry_id=event.entry_id,
            )

    def _consume_refund(self, entry: Attempt | Relock, at: datetime) -> None:
        def counted(uses: int | None) -> None:
            if uses is not None:
                self._grants.count_use(entry.key, uses)

        self._write(
            entry.entry_id,
            lambda transaction: entries.record_late_unlock(
                transaction, entry.entry_id, at
            ),
            counted,
        )

    def _write[T](
        self,
        entry_id: str,
        work: Callable[[Transaction], T],
        then: Callable[[T], None] = lambda _: None,
    ) -> None:
        async def write() -> None:
            try:
                await self._late_writes.write(entry_id, work, then)
            except LedgerUnavailable as err:
                _LOGGER.error(
                    "What became of entry %s can't be recorded yet: %s", entry_id, err
                )

        self._host.spawn(write(), "courier_access aftermath")
