"""The path of an entry: decide, claim, open, record, tell. Nothing else opens a door for a courier."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
import logging
from typing import Final

from homeassistant.core import Context

from .access.model import Courier, Decision, Grant, Outcome, Reason, door_by_key
from .access.policy import EntryRequest, Verdict, decide
from .aftermath import Aftermath
from .contract import replies
from .contract.messages import EntryRequested
from .contract.replies import Problem, Reply
from .door import DoorDriver
from .events import DoorEvents, DoorEventType
from .grants import Grants
from .ledger import claims
from .ledger.claims import Claim, Claimed, Ending, GrantChanged
from .ledger.entries import Attempt
from .ledger.ledger import Ledger, LedgerUnavailable
from .ledger.replies import MessageKey
from .opening import DoorUnavailable, Opening, Stopped
from .refusing import Refusals, Request, keep_until
from .relock import CONFIRM_WITHIN
from .rules import Rulebook

TURN_SECONDS: Final = 3
BUSY_RETRY_SECONDS: Final = 5
UNAVAILABLE_RETRY_SECONDS: Final = 30

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An admitted entry from its claim on."""

    request: Request
    grant: Grant
    driver: DoorDriver
    claim: Claim
    claimed: Claimed


class Admission:
    """Lets couriers in, or not."""

    def __init__(
        self,
        ledger: Ledger,
        rulebook: Rulebook,
        grants: Grants,
        drivers: Mapping[str, DoorDriver],
        events: DoorEvents,
        aftermath: Aftermath,
        stands: Callable[[str, str, Sequence[str]], Reason | None],
        owed: Callable[[], None],
        clock: Callable[[], datetime],
    ) -> None:
        """Admit through these doors.

        `stands` says what the owner has taken away meanwhile of a courier, a door or some units' residents;
        `owed` is called when notices are owed.
        """
        self._ledger = ledger
        self._rulebook = rulebook
        self._grants = grants
        self._drivers = drivers
        self._aftermath = aftermath
        self._stands = stands
        self._owed = owed
        self._clock = clock
        self._refusals = Refusals(ledger, rulebook, drivers, events, owed, clock)

    async def enter(
        self, courier: Courier, asked: EntryRequested, message: MessageKey, *, stale: bool
    ) -> Reply:
        """Decide a courier's entry, open the door where it is admitted, and return the reply.

        Once the claim is on the disk the reply is 200, whatever the door does. To be run in a task that a
        caller who disconnects can't cancel.

        Raises:
            LedgerUnavailable: nothing could be written, and the door was not touched.

        """
        request = Request(courier, asked, message, stale, Context())
        grant, verdict = await self._decide(request)
        if grant is None or verdict.decision is Decision.REFUSED:
            return await self._refusals.refuse(request, grant, verdict.reason)
        driver = self._drivers[grant.door_id]
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await driver.turn.acquire()
        except TimeoutError:
            return replies.problem(Problem.DOOR_BUSY, retry_after=BUSY_RETRY_SECONDS)
        try:
            return await self._at_the_door(request, driver)
        finally:
            driver.turn.release()

    async def _at_the_door(self, request: Request, driver: DoorDriver) -> Reply:
        while True:
            # While others had their turn, the grant or the rules may have changed.
            grant, verdict = await self._decide(request)
            if grant is None or verdict.decision is Decision.REFUSED:
                return await self._refusals.refuse(request, grant, verdict.reason)
            if grant.door_id != driver.door.id:
                return replies.problem(Problem.DOOR_BUSY, retry_after=BUSY_RETRY_SECONDS)
            if not driver.available:
                return _unavailable()
            if self._stands(grant.key.courier_id, grant.door_id, verdict.units) is not None:
                # The building is about to be loaded anew, and then says why.
                return replies.problem(Problem.NOT_READY)
            try:
                return await self._claim_and_open(request, driver, grant, verdict)
            except GrantChanged:
                continue

    async def _claim_and_open(
        self, request: Request, driver: DoorDriver, grant: Grant, verdict: Verdict
    ) -> Reply:
        attempt = self._refusals.attempt(request, grant)
        claim = Claim(
            attempt=attempt,
            revision=grant.revision,
            units=verdict.units,
            message=request.message,
            reply=_reply(grant, attempt, driver, Outcome.UNKNOWN, uses=grant.uses + 1).body,
            keep_until=keep_until(grant, attempt.at),
            deadline=_deadline(attempt, driver),
            set_revision=self._rulebook.set_revision,
        )
        claimed = await self._ledger.write(lambda transaction: claims.claim(transaction, claim))
        if isinstance(claimed, Reason):
            return await self._refusals.refuse(request, grant, claimed)
        self._grants.count_use(grant.key, claimed.uses)
        entry = _Entry(request, grant, driver, claim, claimed)
        self._aftermath.follow(attempt.entry_id, attempt.courier_name, attempt.door_name, grant.key)
        try:
            opening = await driver.open(
                attempt.entry_id,
                request.courier.name,
                request.context,
                lambda: self._speaks_against(entry),
            )
        except Stopped as stopped:
            return await self._stop(entry, stopped.reason)
        except DoorUnavailable:
            return await self._stop(entry, None)
        except Exception:
            # Whatever went wrong, the door may have been commanded: the entry happened.
            _LOGGER.exception("Entry %s: %s failed", attempt.entry_id, driver.door.name)
            opening = Opening(
                Outcome.UNKNOWN, confirmed=False, unlocked_until=None, reads_locked=False
            )
        return await self._finish(entry, opening)

    def _speaks_against(self, entry: _Entry) -> Reason | None:
        """Look once more at what residents and courier may have changed since the claim (promise 3)."""
        grant = self._grants.live(entry.grant.key)
        if grant is None:
            return Reason.UNKNOWN_GRANT
        units = {unit: part for unit, part in grant.units.items() if unit in entry.claimed.units}
        before = replace(grant, units=units, uses=grant.uses - 1)
        facts = self._rulebook.facts(entry.request.courier)
        verdict = decide(EntryRequest(before), facts, self._clock())
        if verdict.decision is Decision.REFUSED:
            return verdict.reason
        return self._stands(grant.key.courier_id, grant.door_id, verdict.units)

    async def _stop(self, entry: _Entry, reason: Reason | None) -> Reply:
        """Take a claim back whose door was not touched; without a reason the door was unavailable."""
        attempt = entry.claim.attempt
        reply = (
            _unavailable()
            if reason is None
            else replies.entry(
                Decision.REFUSED,
                reason,
                grant_id=attempt.key.grant_id,
                door=entry.driver.door.key,
                entry_id=attempt.entry_id,
                entries_left=entry.grant.entries_left,
            )
        )
        await self._ledger.write(
            lambda transaction: claims.stop(
                transaction, entry.claim, entry.claimed.record, reason, reply.body, self._clock()
            )
        )
        self._grants.return_use(attempt.key, counted=False)
        self._aftermath.drop(attempt.entry_id)
        if reason is not None:
            self._refusals.fire(
                DoorEventType.ENTRY_REFUSED, attempt, entry.request.context, reason=reason
            )
            self._owed()
        return reply

    async def _finish(self, entry: _Entry, opening: Opening) -> Reply:
        attempt = entry.claim.attempt
        returned = (
            opening.outcome is not Outcome.OPENED
            and opening.reads_locked
            and entry.grant.returned < claims.MOST_RETURNS
        )
        ending = Ending(
            attempt.entry_id,
            opening.outcome,
            opening.confirmed,
            opening.unlocked_until,
            deadline=opening.unlocked_until or entry.claim.deadline,
            use_returned=returned,
        )
        reply = _reply(
            entry.grant,
            attempt,
            entry.driver,
            opening.outcome,
            uses=entry.claimed.uses - returned,
            confirmed=opening.confirmed,
            unlocked_until=opening.unlocked_until,
        )
        try:
            returned = await self._ledger.write(
                lambda transaction: claims.finish(
                    transaction, entry.claim, ending, reply.body, self._clock()
                )
            )
        except LedgerUnavailable as err:
            # The claim stands on the disk and the door was commanded: the answer is 200 all the same.
            _LOGGER.error("The outcome of entry %s can't be recorded: %s", attempt.entry_id, err)
        else:
            if returned:
                self._grants.return_use(attempt.key, counted=True)
        self._refusals.fire(
            DoorEventType.ENTRY_ADMITTED,
            attempt,
            entry.request.context,
            reason=Reason.OK,
            outcome=opening.outcome,
        )
        self._aftermath.outcome_kept(attempt.entry_id)
        self._owed()
        return reply

    async def _decide(self, request: Request) -> tuple[Grant | None, Verdict]:
        grant = await self._grants.find(request.key)
        facts = self._rulebook.facts(request.courier)
        door_id = None
        if request.asked.door is not None:
            door = door_by_key(facts.doors, request.asked.door)
            door_id = "" if door is None else door.id
        asked = EntryRequest(grant, door_id, request.stale)
        return grant, decide(asked, facts, self._clock())


def _unavailable() -> Reply:
    return replies.problem(Problem.DOOR_UNAVAILABLE, retry_after=UNAVAILABLE_RETRY_SECONDS)


def _deadline(attempt: Attempt, driver: DoorDriver) -> datetime:
    """Return when the door is to be locked again at the latest, should the outcome never be known.

    The command may wait for a lock command that is under way, and then for its own effect.
    """
    return attempt.at + timedelta(seconds=2 * CONFIRM_WITHIN + driver.unlock_seconds)


def _reply(
    grant: Grant,
    attempt: Attempt,
    driver: DoorDriver,
    outcome: Outcome,
    *,
    uses: int,
    confirmed: bool = False,
    unlocked_until: datetime | None = None,
) -> Reply:
    return replies.entry(
        Decision.ADMITTED,
        Reason.OK,
        grant_id=grant.key.grant_id,
        door=driver.door.key,
        entry_id=attempt.entry_id,
        outcome=outcome,
        lock_confirmed=confirmed,
        unlocked_until=unlocked_until,
        entries_left=max(0, grant.max_entries - uses),
    )
