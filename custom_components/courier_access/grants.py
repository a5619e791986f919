"""Couriers' grants: issued, revised, revoked, and parted from units that said no."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from homeassistant.core import CALLBACK_TYPE, callback
import orjson

from .access.model import (
    Courier,
    Decision,
    Door,
    Grant,
    GrantKey,
    GrantState,
    Reason,
    UnitPart,
    door_by_key,
    normal_unit,
)
from .access.policy import GrantVerdict, decide_grant
from .contract import replies
from .contract.messages import Fault, GrantIssued, GrantRevoked, Malformed, content_digest
from .contract.replies import Reply
from .events import DoorEvent, DoorEvents, DoorEventType
from .ledger import grants as kept_grants, replies as kept_replies
from .ledger.ledger import Ledger, Transaction
from .ledger.replies import MessageKey
from .listeners import Listeners
from .rules import Rulebook

_GRANT_STAYS: Final = frozenset(
    {Reason.COURIER_DISABLED, Reason.STALE_REQUEST, Reason.REVOKED, Reason.STALE_REVISION}
)
"""Refusals that leave an earlier revision as it is; after any other, the grant is what was asked last."""


class Grants:
    """The grants that can still be used, in memory as they are on the disk."""

    def __init__(
        self,
        ledger: Ledger,
        rulebook: Rulebook,
        doors: Mapping[str, Door],
        couriers: Mapping[str, Courier],
        events: DoorEvents,
        clock: Callable[[], datetime],
    ) -> None:
        """Prepare the grants for these doors; `load` reads them."""
        self._ledger = ledger
        self._rulebook = rulebook
        self._doors = doors
        self._couriers = couriers
        self._events = events
        self._clock = clock
        self._live: dict[GrantKey, Grant] = {}
        self._listeners = Listeners[[]]()
        rulebook.listen_parted(self._part)

    async def load(self) -> None:
        """Read the grants that can still be used."""
        now = self._clock()
        live = await self._ledger.read(lambda conn: kept_grants.live(conn, now))
        self._live = {grant.key: grant for grant in live}

    async def find(self, key: GrantKey) -> Grant | None:
        """Return a grant, also one that is over.

        Raises:
            LedgerUnavailable: it can't be read.

        """
        if (grant := self._live.get(key)) is not None:
            return grant
        found = await self._ledger.read(lambda conn: kept_grants.find(conn, key))
        # While the disk was read, the grant may have come.
        return self._live.get(key, found)

    def live(self, key: GrantKey) -> Grant | None:
        """Return a grant that can still be used, as memory has it at this moment."""
        return self._live.get(key)

    def for_door(self, door_id: str) -> list[Grant]:
        """Return the grants for a door that its couriers can use now or later."""
        now = self._clock()
        return [
            grant
            for grant in self._live.values()
            if grant.door_id == door_id
            and grant.ends_at > now
            and grant.state is GrantState.OPEN
            and grant.accepted_units
            and (courier := self._couriers.get(grant.key.courier_id)) is not None
            and courier.enabled
            and door_id in courier.door_ids
        ]

    async def issue(
        self, courier: Courier, issued: GrantIssued, message: MessageKey, *, stale: bool
    ) -> Reply:
        """Decide a grant, or a revision of one, and write it down with its reply.

        Raises:
            LedgerUnavailable: it can't be written; nothing changed.
            Malformed: the door was left out where the courier has not just one.

        """
        door_id = self._door_of(courier, issued)
        key = GrantKey(courier.id, issued.grant_id)
        previous = await self.find(key)
        while True:
            try:
                return await self._issue(courier, issued, door_id, previous, message, stale=stale)
            except kept_grants.Overtaken:
                previous = await self._ledger.read(lambda conn: kept_grants.find(conn, key))

    async def _issue(
        self,
        courier: Courier,
        issued: GrantIssued,
        door_id: str,
        previous: Grant | None,
        message: MessageKey,
        *,
        stale: bool,
    ) -> Reply:
        now = self._clock()
        asked = _grant(courier, issued, door_id, previous)
        verdict = decide_grant(asked, previous, self._rulebook.facts(courier), now, stale=stale)
        grant = replace(asked, units=verdict.parts)
        reply = replies.grant_issued(
            verdict.decision,
            verdict.reason,
            grant_id=issued.grant_id,
            revision=issued.revision,
            units=[grant.unit_labels[unit] for unit in grant.accepted_units],
            usable=verdict.usable,
            next_windows=verdict.next_windows,
        )
        replaces = verdict.reason not in _GRANT_STAYS and grant != previous

        def write(transaction: Transaction) -> None:
            if replaces:
                if not _same(kept_grants.find(transaction.conn, grant.key), previous):
                    raise kept_grants.Overtaken("the grant changed while it was decided")
                kept_grants.put(transaction, grant, now)
            if replaces or verdict.reason in _GRANT_STAYS:
                _record(transaction, grant, verdict, now)
            keep_until = max(now, issued.ends_at) + kept_grants.REMEMBERED
            kept_replies.store(transaction, message, reply.body, keep_until)

        await self._ledger.write(write)
        if replaces:
            self._replace(grant, now)
        if verdict.decision is Decision.ACCEPTED and not verdict.repeat:
            self._announce(courier, grant)
        return reply

    async def revoke(
        self, courier: Courier, revoked: GrantRevoked, message: MessageKey, *, stale: bool
    ) -> Reply:
        """Revoke a grant for good, also one that has not been seen yet. A disabled courier may, too.

        Raises:
            LedgerUnavailable: it can't be written; nothing changed.

        """
        now = self._clock()
        key = GrantKey(courier.id, revoked.grant_id)
        reply = (
            replies.grant_revoked(revoked.grant_id, Decision.REFUSED, Reason.STALE_REQUEST)
            if stale
            else replies.grant_revoked(revoked.grant_id)
        )

        def write(transaction: Transaction) -> None:
            if not stale:
                kept_grants.revoke(transaction, key, now)
                transaction.append(
                    "grant.revoked",
                    now,
                    {"courier": courier.id, "grant_id": revoked.grant_id},
                    {"reason": revoked.reason},
                )
            keep_until = now + kept_grants.OLDEST_MESSAGE + kept_grants.REMEMBERED
            kept_replies.store(transaction, message, reply.body, keep_until)

        await self._ledger.write(write)
        if stale:
            return reply
        if (grant := self._live.get(key)) is not None:
            self._live[key] = replace(grant, state=GrantState.REVOKED)
        self._listeners.tell()
        return reply

    @callback
    def count_use(self, key: GrantKey, uses: int) -> None:
        """Follow a claim that is on the disk: so many uses of the grant are taken."""
        if (grant := self._live.get(key)) is not None:
            self._live[key] = replace(grant, uses=uses)
            self._listeners.tell()

    @callback
    def return_use(self, key: GrantKey, *, counted: bool) -> None:
        """Follow a use that was given back; `counted` where it counts towards the most that are."""
        if (grant := self._live.get(key)) is not None:
            self._live[key] = replace(grant, uses=grant.uses - 1, returned=grant.returned + counted)
            self._listeners.tell()

    @callback
    def listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `listener` after each change, until the returned function is called."""
        return self._listeners.add(listener)

    def _replace(self, grant: Grant, now: datetime) -> None:
        current = self._live.get(grant.key)
        over = [key for key, old in self._live.items() if old.ends_at <= now]
        for key in over:
            del self._live[key]
        if current is not None:
            # Uses that were claimed while the disk was written count on, and an entry that is under way
            # is to see what has become of its grant, also where nobody accepts it any more.
            self._live[grant.key] = replace(grant, uses=current.uses, returned=current.returned)
        elif grant.accepted_units:
            self._live[grant.key] = grant
        self._listeners.tell()

    @callback
    def _part(self, keys: Sequence[GrantKey], unit: str, part: UnitPart) -> None:
        for key in keys:
            if (grant := self._live.get(key)) is not None:
                self._live[key] = replace(grant, units={**grant.units, unit: part})
        self._listeners.tell()

    def _announce(self, courier: Courier, grant: Grant) -> None:
        self._events.fire(
            DoorEvent(
                DoorEventType.DELIVERY_ANNOUNCED,
                grant.door_id,
                {"courier": courier.name, "door": self._doors[grant.door_id].name},
            )
        )

    def _door_of(self, courier: Courier, issued: GrantIssued) -> str:
        if issued.door is not None:
            door = door_by_key(self._doors, issued.door)
            return "" if door is None else door.id
        own = [door_id for door_id in self._doors if door_id in courier.door_ids]
        if len(own) > 1:
            raise Malformed([Fault("/data/door", "is required: this courier has several doors")])
        return own[0] if own else ""


def _grant(courier: Courier, issued: GrantIssued, door_id: str, previous: Grant | None) -> Grant:
    labels = {normal_unit(unit): unit for unit in issued.units}
    return Grant(
        key=GrantKey(courier.id, issued.grant_id),
        revision=issued.revision,
        door_id=door_id,
        starts_at=issued.starts_at,
        ends_at=issued.ends_at,
        max_entries=issued.max_entries,
        units=dict.fromkeys(labels, UnitPart.NOT_ACCEPTING),
        uses=0 if previous is None else previous.uses,
        returned=0 if previous is None else previous.returned,
        unit_labels=labels,
        parcel_ref=issued.parcel_ref,
        driver_ref=issued.driver_ref,
        content=content_digest(issued),
    )


def _same(kept: Grant | None, decided_on: Grant | None) -> bool:
    """Whether the disk holds what was decided on, but for uses, which don't matter to the decision."""
    if kept is None or decided_on is None:
        return kept is decided_on
    return (kept.revision, kept.state, kept.units) == (
        decided_on.revision,
        decided_on.state,
        decided_on.units,
    )


def _record(transaction: Transaction, grant: Grant, verdict: GrantVerdict, now: datetime) -> None:
    accepted = verdict.decision is Decision.ACCEPTED
    transaction.append(
        "grant.accepted" if accepted else "grant.refused",
        now,
        {
            "courier": grant.key.courier_id,
            "grant_id": grant.key.grant_id,
            "revision": grant.revision,
            "door": grant.door_id,
            "starts_at": grant.starts_at.isoformat(),
            "ends_at": grant.ends_at.isoformat(),
            "max_entries": grant.max_entries,
            "reason": verdict.reason,
        },
        {
            "units": orjson.dumps(
                {unit: part.value for unit, part in grant.units.items()}
            ).decode(),
            "parcel_ref": grant.parcel_ref,
            "driver_ref": grant.driver_ref,
        },
    )
