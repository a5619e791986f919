"""Answer couriers' messages, each once, and track when each courier was last heard."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
import logging
from typing import Final, NamedTuple

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..access.model import Courier, GrantKey, Proof, door_id_by_key, normal_unit
from ..access.policy import availability
from ..const import DOMAIN
from ..contract import replies
from ..contract.messages import (
    AvailabilityRequested,
    EntryRequested,
    GrantIssued,
    GrantRevoked,
    Malformed,
    Ping,
    is_stale,
    limits,
    parse,
)
from ..contract.replies import Problem, Reply
from ..entries.admission import OPEN_WITHIN, Admission
from ..entries.request import NotNow, Request
from ..grants.grants import Grants
from ..home_assistant.callbacks import Listeners
from ..home_assistant.clock import ClockWatch
from ..home_assistant.host import Host
from ..ledger.budgets import Budgets, grant_size, reply_size, revocation_size
from ..ledger.ledger import Ledger, LedgerUnavailable
from ..ledger.state.entries import (
    AlreadyAnswered,
    MessageKey,
    StoredReply,
    check_unanswered,
    store_reply,
)
from ..ledger.state.grants import REMEMBERED
from ..notifications.late_writes import LateWrites
from ..residents.directory import Directory
from ..residents.rulebook import Rulebook

REPLY_WITHIN: Final = 29.5
"""Seconds within which each message is answered, even while the ledger hangs.

Senders wait 30 (docs/courier-api/README.md#from-planning-to-the-door).
"""

_LOGGER = logging.getLogger(__name__)


class Inbox:
    """Answer messages to one building (docs/courier-api/README.md#send-again)."""

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        directory: Directory,
        rulebook: Rulebook,
        grants: Grants,
        admission: Admission,
        late_writes: LateWrites,
        clock_watch: ClockWatch,
        budgets: Budgets,
    ) -> None:
        self._host = host
        self._ledger = ledger
        self._directory = directory
        self._rulebook = rulebook
        self._grants = grants
        self._admission = admission
        self._late_writes = late_writes
        self._clock_watch = clock_watch
        self._budgets = budgets
        self._in_flight: dict[tuple[str, str], bytes] = {}

    async def answer(self, key: MessageKey, document: object, received: float) -> Reply:
        """Answer a message that was received at that time on the loop's clock.

        A caller that leaves does not cancel it. What is done after the reply is
        answered when the courier sends the message again.
        """
        if not self._host.answers_couriers:
            return replies.problem(Problem.NOT_READY)
        if (in_flight := self._reserve(key)) is not None:
            return in_flight
        answering = self._host.run(
            self._answer_once(key, document, received), "courier_access message"
        )
        left = received + REPLY_WITHIN - asyncio.get_running_loop().time()
        await asyncio.wait([answering], timeout=left)
        if answering.done():
            return answering.result()
        commanded = self._admission.commanded(key)
        return commanded or replies.problem(Problem.LEDGER_UNAVAILABLE)

    def _reserve(self, key: MessageKey) -> Reply | None:
        """Reserve a message ID; return the reply if it is in flight already."""
        slot = (key.courier_id, key.message_id)
        if (body_hash := self._in_flight.get(slot)) is not None:
            return replies.problem(
                Problem.IN_FLIGHT if body_hash == key.body_hash else Problem.ID_REUSED
            )
        self._in_flight[slot] = key.body_hash
        return None

    async def _answer_once(
        self, key: MessageKey, document: object, received: float
    ) -> Reply:
        """Answer a reserved message. Raise nothing: its caller may have left."""
        try:
            return await self._reply(key, document, received)
        except AlreadyAnswered as answered:
            return _again(answered.stored, key)
        except LedgerUnavailable as err:
            if err.cause is None:  # otherwise, `building/ledger_health` logs it once
                _LOGGER.error("A courier's message could not be answered: %s", err)
            return replies.problem(Problem.LEDGER_UNAVAILABLE)
        finally:
            del self._in_flight[key.courier_id, key.message_id]

    async def _reply(self, key: MessageKey, document: object, received: float) -> Reply:
        """Return the reply that was written, or one that needn't be.

        Raise AlreadyAnswered if the message has a reply.
        """
        # Until all is written, an earlier reply isn't final.
        await self._late_writes.catch_up()
        try:
            return await self._answer(document, key, received)
        except AlreadyAnswered, LedgerUnavailable:
            raise
        except Malformed as malformed:
            unwritten = replies.problem(Problem.MALFORMED, malformed.faults)
        except NotNow as not_now:
            unwritten = not_now.reply
        except Exception:
            _LOGGER.exception("A courier's message could not be answered")
            unwritten = replies.problem(Problem.NOT_READY)
        # It may have been answered before. An entry that was rolled back has no reply.
        await check_unanswered(self._ledger, key)
        return unwritten

    async def _answer(
        self, document: object, key: MessageKey, received: float
    ) -> Reply:
        """Do what a courier's message asks and return the reply.

        Raises:
            NotNow: it can't be done now.
            AlreadyAnswered: it has a reply.
            LedgerUnavailable: nothing was written, and the door wasn't touched.
            Malformed: it has faults, or breaks a limit that the administrator set.

        """
        if isinstance(document, Malformed):
            raise document
        courier = self._directory.couriers.get(key.courier_id)
        if courier is None or not self._host.answers_couriers:
            raise NotNow(Problem.NOT_READY)
        message = parse(document)
        # Setting the clock forward since the last look must not end a pause.
        self._clock_watch.check()
        if not self._clock_watch.is_trusted:
            raise NotNow(Problem.CLOCK_UNTRUSTED)
        now = dt_util.utcnow()
        stale = is_stale(message, now)
        # Earlier messages may have been answered, revoked, or vetoed in the lost ledger.
        restored_at = self._host.restored_at
        is_before = restored_at is not None and message.sent_at < restored_at
        match message.data:
            case Ping():
                return await self._pong(courier, key)
            case GrantIssued() as issued:
                limits(issued, courier.longest_grant, now)
                return await self._issue(courier, issued, key, stale=stale or is_before)
            case GrantRevoked() as revoked:
                return await self._revoke(courier, revoked, key, stale=stale)
            case EntryRequested() as asked:
                grant = GrantKey(courier.id, asked.grant_id)
                request = Request(
                    {grant: courier},
                    Proof.SIGNED,
                    asked.door,
                    received + OPEN_WITHIN,
                    delivery=asked.delivery,
                    message=key,
                    stale=stale or is_before,
                )
                return (await self._admission.enter(request)).reply
            case AvailabilityRequested() as question:
                return await self._availability(courier, question, key)

    async def _pong(self, courier: Courier, key: MessageKey) -> Reply:
        doors = [
            door.key
            for door in self._directory.doors.values()
            if door.id in courier.door_ids
        ]
        reply = replies.pong(self._host.title, doors)
        with self._budgets.messages.reserve(courier.id, reply_size(reply)) as wait:
            _check(wait)
            return await self._store(key, reply)

    async def _issue(
        self, courier: Courier, issued: GrantIssued, key: MessageKey, *, stale: bool
    ) -> Reply:
        budget, grant_key = (
            self._budgets.messages,
            GrantKey(courier.id, issued.grant_id),
        )
        with self._grants.one_more(grant_key) as too_many:
            _check(too_many)
            previous = self._grants.live(grant_key)
            size = grant_size(issued, previous, self._rulebook.most_in_a_unit)
            with budget.reserve(courier.id, size) as wait:
                _check(wait)
                decided = await self._grants.issue(courier, issued, key, stale=stale)
                reply = decided.reply()
            budget.charge(courier.id, len(reply.body))
        await self._grants.announce(decided)
        return reply

    async def _revoke(
        self, courier: Courier, revoked: GrantRevoked, key: MessageKey, *, stale: bool
    ) -> Reply:
        budget, now = self._budgets.messages, dt_util.utcnow()
        grant = await self._grants.find(GrantKey(courier.id, revoked.grant_id))
        ended = None if stale or grant is None or grant.is_over(now) else grant
        size = revocation_size(revoked, ended, self._rulebook.most_in_a_unit)
        if ended is not None:
            # No budget stands in the way of taking access away.
            reply = await self._grants.revoke(courier, revoked, key, stale=False)
            budget.charge(courier.id, size)
            return reply
        with budget.reserve(courier.id, size) as wait:
            _check(wait)
            return await self._grants.revoke(courier, revoked, key, stale=stale)

    async def _availability(
        self, courier: Courier, question: AvailabilityRequested, key: MessageKey
    ) -> Reply:
        budget, named = self._budgets.answers, question.door
        _check(budget.wait(courier.id))
        # Windows are worked out only once, since that takes long.
        await check_unanswered(self._ledger, key)
        labels = {normal_unit(unit): unit for unit in question.units}
        windows = availability(
            list(labels),
            self._rulebook.facts(courier),
            max(dt_util.utcnow(), question.since),
            question.until,
            door_id=None
            if named is None
            else door_id_by_key(self._directory.doors, named),
        )
        reply = replies.availability(
            {labels[unit]: intervals for unit, intervals in windows.items()}
        )
        with budget.spend(courier.id, reply_size(reply)):
            return await self._store(key, reply)

    async def _store(self, key: MessageKey, reply: Reply) -> Reply:
        keep_until = dt_util.utcnow() + REMEMBERED
        await self._ledger.write(
            lambda transaction: store_reply(transaction, key, reply.body, keep_until)
        )
        return reply


def _again(stored: StoredReply, key: MessageKey) -> Reply:
    if stored.body_hash != key.body_hash:
        return replies.problem(Problem.ID_REUSED)
    return replies.replayed(stored.reply)


def _check(wait: int | None) -> None:
    if wait is not None:
        raise NotNow(Problem.RATE_LIMITED, retry_after=wait)


class Refusal(NamedTuple):
    """Hold when a request was refused, and the problem code or reason."""

    at: datetime
    why: str


@dataclass(slots=True)
class Heard:
    """When a courier last sent a signed message, and what it was refused."""

    at: datetime | None = None
    refusals: int = 0
    last_refusal: Refusal | None = None


@dataclass(slots=True)
class Trial:
    """Hold a test message of our own and its reply; None until it arrives."""

    reply: Reply | None = None


class CourierActivity:
    """Track requests by courier, also through hand-overs and reloads of the building."""

    def __init__(self) -> None:
        self._heard: dict[str, Heard] = {}
        self.on_received = Listeners[str, bool]()
        """Called with the courier of a message, and whether its newest key signed it."""
        self.on_answered = Listeners[str]()
        """Called with the courier after each answer at its address."""
        self.trials: dict[str, Trial] = {}
        """Our own test messages under way, by their secret IDs."""

    def of(self, courier_id: str) -> Heard:
        return self._heard.get(courier_id) or Heard()

    def received(self, courier_id: str, at: datetime, *, by_newest_key: bool) -> None:
        """Record a signed message, and whether it was signed with the newest key."""
        self._heard.setdefault(courier_id, Heard()).at = at
        self.on_received.call(courier_id, by_newest_key)

    def answered(self, courier_id: str, refusal: str | None, at: datetime) -> None:
        """Record the answer to any request at the courier's address."""
        heard = self._heard.setdefault(courier_id, Heard())
        if refusal is not None:
            heard.refusals += 1
            heard.last_refusal = Refusal(at, refusal)
        self.on_answered.call(courier_id)

    @contextmanager
    def trying(self, message_id: str) -> Iterator[Trial]:
        """Treat a message with this secret ID as our own test, not the courier's."""
        trial = self.trials[message_id] = Trial()
        try:
            yield trial
        finally:
            del self.trials[message_id]


_HEARD: HassKey[CourierActivity] = HassKey(f"{DOMAIN}_couriers_heard")


def courier_activity(hass: HomeAssistant) -> CourierActivity:
    return hass.data.setdefault(_HEARD, CourierActivity())
