"""Record a courier's attempts, and refuse them."""

from datetime import datetime

from homeassistant.core import callback
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ..access.model import Decision, Grant, GrantKey, Proof, Reason
from ..contract.replies import Problem
from ..doors.doors import DoorEventType, Doors
from ..ledger import queue
from ..ledger.budgets import Budget, refusal_size
from ..ledger.ledger import Ledger, Transaction
from ..ledger.state import replies as kept_replies
from ..ledger.state.entries import Attempt, count_repeat, record_attempt
from ..ledger.state.grants import REMEMBERED
from ..residents.rulebook import Rulebook
from .request import EntryResult, NotNow, Request


class Refusals:
    """Refuse attempts and record them."""

    def __init__(
        self,
        ledger: Ledger,
        rulebook: Rulebook,
        doors: Doors,
        budget: Budget,
    ) -> None:
        """Refuse at these doors, and record refusals within a budget."""
        self._ledger = ledger
        self._rulebook = rulebook
        self._drivers = doors.drivers
        self._events = doors.events
        self._budget = budget

    def attempt(self, request: Request, grant: Grant | None) -> Attempt:
        """Return a request as an attempt, with the current names."""
        driver = None if grant is None else self._drivers.get(grant.door_id)
        key = request.key if grant is None else grant.key
        return Attempt(
            entry_id=ulid_now(),
            key=key,
            at=dt_util.utcnow(),
            courier_name=request.couriers[key].name,
            door_id="" if driver is None else driver.door.id,
            door_name="" if driver is None else driver.door.name,
            proof=request.proof,
            context_id=request.context.id,
            driver_ref=request.driver_ref,
            parcel_ref=None if grant is None else grant.parcel_ref,
        )

    async def refuse(
        self, request: Request, grant: Grant | None, reason: Reason
    ) -> EntryResult:
        """Record a refusal with its reply; repeats only count in its record.

        Raises:
            NotNow: the courier was refused too often lately, and nothing is written.
            LedgerUnavailable: it can't be written.

        """
        payer = _payer(request, request.key if grant is None else grant.key)
        with self._budget.take(payer, self._size(request, grant)) as wait:
            if wait is not None:
                raise NotNow(Problem.RATE_LIMITED, retry_after=wait)
            return await self._refuse(request, grant, reason)

    @callback
    def charge(self, request: Request, grant: Grant) -> None:
        """Charge the budget for an entry whose door wasn't touched after all."""
        payer = _payer(request, grant.key)
        self._budget.charge(payer, self._size(request, grant))

    def _size(self, request: Request, grant: Grant | None) -> int:
        named = (request.driver_ref, request.door)
        return refusal_size(named, grant, self._rulebook.most_in_a_unit)

    async def _refuse(
        self, request: Request, grant: Grant | None, reason: Reason
    ) -> EntryResult:
        attempt = self.attempt(request, grant)
        is_new = False

        def write(transaction: Transaction) -> EntryResult:
            nonlocal is_new
            entry_id = count_repeat(transaction, attempt, reason)
            is_new = entry_id is None
            if entry_id is None:
                entry_id = attempt.entry_id
                self._record(transaction, attempt, grant, reason)
            result = self.refused(request, grant, attempt, reason, entry_id)
            if request.message is not None:
                kept_replies.store(
                    transaction,
                    request.message,
                    result.reply().body,
                    keep_until(grant, attempt.at),
                    entry_id,
                )
            return result

        result = await self._ledger.write(write)
        if is_new:
            self._events.fire_decided(
                DoorEventType.ENTRY_REFUSED, attempt, request.context, reason=reason
            )
        return result

    def refused(
        self,
        request: Request,
        grant: Grant | None,
        attempt: Attempt,
        reason: Reason,
        entry_id: str,
    ) -> EntryResult:
        """Return a refusal."""
        door = self._drivers.get(attempt.door_id)
        return EntryResult(
            Decision.REFUSED,
            reason,
            attempt.key,
            attempt.proof,
            request.door if door is None else door.door.key,
            entry_id,
            None if grant is None else grant.entries_left,
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


def _payer(request: Request, key: GrantKey) -> str:
    """Return whose budget pays.

    Anybody can ring or type a code, and must not use up a courier's.
    """
    is_signed = request.proof is Proof.SIGNED
    return key.courier_id if is_signed else f"{key.courier_id} unsigned"
