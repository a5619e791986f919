"""Couriers' messages to a building, each answered once: the path from a message to its reply."""

from datetime import datetime
from typing import Protocol

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..access.model import Courier, GrantKey, door_id_by_key, normal_unit
from ..access.policy import availability
from ..contract import replies
from ..contract.messages import (
    AvailabilityRequested,
    EntryRequested,
    GrantIssued,
    GrantRevoked,
    Message,
    Ping,
    is_stale,
    limits,
)
from ..contract.replies import Problem, Reply
from ..entries.admission import Admission
from ..grants.grants import Grants
from ..grants.limits import OpenGrants
from ..hass.clock import ClockWatch
from ..hass.host import Host
from ..hass.late_writes import LateWrites
from ..ledger.budgets import Budgets, grant_size, reply_size, revocation_size
from ..ledger.ledger import Ledger
from ..ledger.state import replies as kept_replies
from ..ledger.state.grants import REMEMBERED
from ..ledger.state.replies import MessageKey, StoredReply
from ..residents.directory import Directory
from ..residents.rulebook import Rulebook


class Restored(Protocol):
    """What the inbox must know about a restored ledger."""

    at: datetime | None
    """When the ledger was last restored."""


class Inbox:
    """Answer couriers' messages to one building, each once (docs/courier-api/README.md#send-again)."""

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
        restore: Restored,
    ) -> None:
        """Begin with nothing in flight."""
        self._host = host
        self._directory = directory
        self._ledger = ledger
        self._rulebook = rulebook
        self._grants = grants
        self._admission = admission
        self._late_writes = late_writes
        self._clock_watch = clock_watch
        self._restore = restore
        self._open_grants = OpenGrants(grants)
        self._budgets = budgets
        self._in_flight: dict[tuple[str, str], bytes] = {}

    @callback
    def reserve(self, key: MessageKey) -> Reply | None:
        """Reserve a message before anything is awaited; return the reply where it is in flight already."""
        slot = (key.courier_id, key.message_id)
        if (body_hash := self._in_flight.get(slot)) is not None:
            return replies.problem(
                Problem.IN_FLIGHT if body_hash == key.body_hash else Problem.ID_REUSED
            )
        self._in_flight[slot] = key.body_hash
        return None

    @callback
    def release(self, key: MessageKey) -> None:
        """End the reservation of a message."""
        self._in_flight.pop((key.courier_id, key.message_id), None)

    async def earlier_reply(self, key: MessageKey) -> StoredReply | None:
        """Return the reply already given to a message of that id.

        Raises:
            LedgerUnavailable: it can't be read, or does not hold yet.

        """
        await self._late_writes.catch_up()
        return await self._ledger.read(
            lambda conn: kept_replies.find(conn, key.courier_id, key.message_id)
        )

    def commanded(self, key: MessageKey) -> Reply | None:
        """Return the reply that stands for an entry whose door was commanded and whose outcome is not on the disk yet."""
        return self._admission.commanded(key)

    async def answer(
        self, courier_id: str, message: Message, key: MessageKey, received: float
    ) -> Reply:
        """Do what a courier's message asks and return the reply; it was `received` then, on the loop's clock.

        Raises:
            LedgerUnavailable: nothing could be written, and the door was not touched.
            Malformed: it breaks a limit that the owner set.

        """
        courier = self._directory.couriers.get(courier_id)
        if courier is None:
            return replies.problem(Problem.NOT_READY)
        # A clock that was set since the last look ends no pause.
        self._clock_watch.look()
        if not self._clock_watch.is_trusted:
            return replies.problem(Problem.CLOCK_UNTRUSTED)
        now = dt_util.utcnow()
        stale = is_stale(message, now)
        # What was sent before a restore may have been done, revoked or vetoed already.
        is_before = (
            restored := self._restore.at
        ) is not None and message.sent_at < restored
        match message.data:
            case Ping():
                return await self._pong(courier, key)
            case GrantIssued() as issued:
                limits(issued, courier.longest_grant, now)
                return await self._issue(courier, issued, key, stale=stale or is_before)
            case GrantRevoked() as revoked:
                return await self._revoke(courier, revoked, key, stale=stale)
            case EntryRequested() as asked:
                return await self._admission.enter(
                    courier, asked, key, received, stale=stale or is_before
                )
            case AvailabilityRequested() as question:
                return await self._availability(courier, question, key)

    async def _pong(self, courier: Courier, key: MessageKey) -> Reply:
        doors = [
            door.key
            for door in self._directory.doors.values()
            if door.id in courier.door_ids
        ]
        reply = replies.pong(self._host.title, doors)
        with self._budgets.messages.take(courier.id, reply_size(reply)) as wait:
            if wait is not None:
                return _too_much(wait)
            return await self._keep(key, reply)

    async def _issue(
        self, courier: Courier, issued: GrantIssued, key: MessageKey, *, stale: bool
    ) -> Reply:
        budget, grant_key = (
            self._budgets.messages,
            GrantKey(courier.id, issued.grant_id),
        )
        with self._open_grants.one_more(grant_key) as too_many:
            if too_many is not None:
                return _too_much(too_many)
            previous, residents = (
                self._grants.live(grant_key),
                self._rulebook.residents.values(),
            )
            with budget.take(
                courier.id, grant_size(issued, previous, residents)
            ) as wait:
                if wait is not None:
                    return _too_much(wait)
                reply = (
                    await self._grants.issue(courier, issued, key, stale=stale)
                ).reply()
            budget.charge(courier.id, len(reply.body))
            return reply

    async def _revoke(
        self, courier: Courier, revoked: GrantRevoked, key: MessageKey, *, stale: bool
    ) -> Reply:
        budget, now = self._budgets.messages, dt_util.utcnow()
        grant = await self._grants.find(GrantKey(courier.id, revoked.grant_id))
        ended = None if stale or grant is None or grant.is_over(now) else grant
        size = revocation_size(revoked, ended, self._rulebook.residents.values())
        if ended is not None:
            # Nothing stands in the way of what takes access away.
            reply = await self._grants.revoke(courier, revoked, key, stale=False)
            budget.charge(courier.id, size)
            return reply
        with budget.take(courier.id, size) as wait:
            if wait is not None:
                return _too_much(wait)
            return await self._grants.revoke(courier, revoked, key, stale=stale)

    async def _availability(
        self, courier: Courier, question: AvailabilityRequested, key: MessageKey
    ) -> Reply:
        budget, doors, named = (
            self._budgets.answers,
            self._directory.doors,
            question.door,
        )
        if (wait := budget.wait(courier.id)) is not None:
            return _too_much(wait)
        windows = availability(
            [normal_unit(unit) for unit in question.units],
            self._rulebook.facts(courier),
            max(dt_util.utcnow(), question.since),
            question.until,
            door_id=None if named is None else door_id_by_key(doors, named),
        )
        labels = {normal_unit(unit): unit for unit in question.units}
        told = {labels[unit]: intervals for unit, intervals in windows.items()}
        reply = replies.availability(told)
        with budget.spend(courier.id, reply_size(reply)):
            return await self._keep(key, reply)

    async def _keep(self, key: MessageKey, reply: Reply) -> Reply:
        keep_until = dt_util.utcnow() + REMEMBERED
        await self._ledger.write(
            lambda transaction: kept_replies.store(
                transaction, key, reply.body, keep_until
            )
        )
        return reply


def _too_much(wait: int) -> Reply:
    return replies.problem(Problem.RATE_LIMITED, retry_after=wait)
