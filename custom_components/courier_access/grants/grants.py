"""Issue, revise, revoke, and veto grants."""

import asyncio
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import replace
from datetime import datetime
from functools import partial
from heapq import heapify, heappop, heappush
from typing import Final

from homeassistant.util import dt as dt_util
from homeassistant.util.async_ import create_eager_task

from ..access.model import (
    Courier,
    Decision,
    Grant,
    GrantKey,
    GrantState,
    Issuer,
    Reason,
    UnitPart,
    door_id_by_key,
    normal_unit,
)
from ..access.policy import decide_grant
from ..contract import replies
from ..contract.messages import Fault, GrantIssued, GrantRevoked, Malformed
from ..contract.replies import Reply
from ..doors.doors import DoorEvents, DoorEventType
from ..home_assistant.callbacks import Listeners
from ..ledger.ledger import Ledger, LedgerUnavailable, Transaction
from ..ledger.outbox.status import find_by_token
from ..ledger.state.entries import MessageKey, store_reply
from ..ledger.state.grants import (
    REMEMBERED,
    GrantConflict,
    call_off_grant,
    call_off_unlisted,
    find_grant,
    live_grants,
    put_veto,
    revoke_grant,
)
from ..ledger.state.questions import KEPT_FOR
from ..ledger.state.residents import Author
from ..notifications.late_writes import LateWrites
from ..residents.directory import Directory
from ..residents.rulebook import Rulebook
from .issue import Issue, News, Origin, as_asked, as_known, issuer_of, named, vetoed

type Place = tuple[datetime, datetime, str, str]
"""A grant's place among others: by start, end, courier, and ID."""


type _List = tuple[str, str]
"""All grants, or those of a door, an issuer, or a unit."""

_ALL: Final = ("all", "")


def place(grant: Grant) -> Place:
    """Return where a grant stands in the order of deliveries to come."""
    key = grant.key
    return grant.starts_at, grant.ends_at, key.courier_id, key.grant_id


def _lists(grant: Grant) -> list[_List]:
    units = grant.accepted_units
    if grant.state is not GrantState.OPEN or grant.entries_left == 0 or not units:
        return []
    return [
        _ALL,
        ("door", grant.door_id),
        ("issuer", grant.key.courier_id if grant.issuer is None else grant.issuer.id),
        *(("unit", unit) for unit in units),
    ]


class LiveGrants:
    """Grants by key, and those with deliveries to come in the order of their start.

    All of them, those at a door, to a unit, or of an issuer, are kept in order. The
    next one to end is on a heap.
    """

    def __init__(self, grants: Iterable[Grant] = ()) -> None:
        self._by_key = {grant.key: grant for grant in grants}
        self._of = defaultdict[_List, list[Place]](list)
        for grant in self._by_key.values():
            for each in _lists(grant):
                self._of[each].append(place(grant))
        for order in self._of.values():
            order.sort()
        self._ends = [(grant.ends_at, place(grant)) for grant in self._by_key.values()]
        heapify(self._ends)

    def get(self, key: GrantKey) -> Grant | None:
        return self._by_key.get(key)

    def __iter__(self) -> Iterator[Grant]:
        return iter(self._by_key.values())

    def put(self, grant: Grant) -> None:
        """Hold a grant, in the place of an earlier one with its key."""
        before = self._by_key.get(grant.key)
        self._by_key[grant.key] = grant
        here, lists = place(grant), _lists(grant)
        if before is not None:
            there, earlier = place(before), _lists(before)
            if (there, earlier) == (here, lists):
                return
            self._take_out(there, earlier)
        for each in lists:
            insort(self._of[each], here)
        if before is None or before.ends_at != grant.ends_at:
            heappush(self._ends, (grant.ends_at, here))

    def drop(self, key: GrantKey) -> None:
        """Hold a grant no longer."""
        grant = self._by_key.pop(key)
        self._take_out(place(grant), _lists(grant))

    def ended(self, now: datetime) -> Iterator[GrantKey]:
        """Drop the grants that have ended, and return their keys."""
        while self._ends and self._ends[0][0] <= now:
            _, (_, _, *key) = heappop(self._ends)
            grant = self._by_key.get(GrantKey(*key))
            if grant is not None and grant.ends_at <= now:
                self.drop(grant.key)
                yield grant.key

    def to_come(self, of: _List = _ALL) -> Iterator[Grant]:
        """Return a list's grants with deliveries to come; read them before any changes."""
        return (self._by_key[GrantKey(*key)] for _, _, *key in self._of[of])

    def count(self, of: _List) -> int:
        return len(self._of[of])

    def _take_out(self, there: Place, lists: Iterable[_List]) -> None:
        for each in lists:
            order = self._of[each]
            del order[bisect_left(order, there)]


_NOBODY: Final = frozenset[str]()

MOST_OPEN_GRANTS: Final = 200
"""How many grants of one courier may be open: each was announced to residents."""

MOST_OF_AN_ISSUER: Final = 50
"""How many grants issued by one person may be open."""

LONGEST_WAIT: Final = 3600
SHORTEST_WAIT: Final = 60
"""Bounds on the seconds to wait for the next open grant to end."""


class Grants:
    """The grants that can still be used, in memory as they are on the disk.

    If the ledger can't be read or written, LedgerUnavailable is raised, and nothing has
    changed, but for a veto.
    """

    def __init__(
        self,
        ledger: Ledger,
        late_writes: LateWrites,
        rulebook: Rulebook,
        directory: Directory,
        events: DoorEvents,
    ) -> None:
        self._ledger = ledger
        self._late_writes = late_writes
        self._rulebook = rulebook
        self._doors = directory.doors
        self._couriers = directory.couriers
        self._events = events
        self._live = LiveGrants()
        self._secret = b""
        self._vetoes: dict[GrantKey, frozenset[str]] = {}
        """Vetoes that aren't on the disk yet: nothing read from it may undo them."""
        self._arriving = Counter[str]()
        """How many grants are being issued, by courier or issuer."""
        self._entering = Counter[GrantKey]()
        """How many entries are under way on each grant."""
        self._unwritten: set[tuple[GrantKey, str]] = set()
        """Vetoes among them that couldn't be written, and will be."""
        self.listeners = Listeners[[]]()
        self.uses = Listeners[[]]()
        """Called when a use was counted or refunded."""
        rulebook.closed.add(self._close_unit)

    async def load(self, secret: bytes) -> None:
        """Read the grants that can still be used; `secret` isn't in the ledger."""
        self._secret = secret
        now = dt_util.utcnow()
        live = await self._ledger.read(lambda conn: live_grants(conn, now))
        self._live = LiveGrants(live)

    async def find(self, key: GrantKey) -> Grant | None:
        """Return a grant, even one that is over."""
        if (grant := self._live.get(key)) is not None:
            return grant
        found = await self._ledger.read(lambda conn: find_grant(conn, key))
        # The grant may have come meanwhile.
        live = self._live.get(key)
        return live or (found and vetoed(found, self._vetoes.get(key, _NOBODY)))

    def live(self, key: GrantKey) -> Grant | None:
        return self._live.get(key)

    def ordered(self) -> list[Grant]:
        """Return the open grants that standing orders issued."""
        now = dt_util.utcnow()
        return [
            grant
            for grant in self._live
            if grant.issuer is not None
            and grant.issuer.order_id is not None
            and not grant.is_over(now)
        ]

    def to_come(self) -> Iterator[Grant]:
        return self._usable(self._live.to_come())

    def expected(self, unit: str | None = None) -> list[Grant]:
        """Return all grants with deliveries to come, to one unit or any, by start."""
        if unit is None:
            return list(self.to_come())
        return list(self._usable(self._live.to_come(("unit", unit))))

    def expected_by(self, units: Iterable[str]) -> list[Grant]:
        """Return grants with deliveries to come to any of these units, by start."""
        grants = {grant.key: grant for unit in units for grant in self.expected(unit)}
        return sorted(grants.values(), key=place)

    def expected_at(self, door_id: str) -> Iterator[Grant]:
        return self._usable(self._live.to_come(("door", door_id)))

    @contextmanager
    def one_more(
        self, key: GrantKey, issuer: Issuer | None = None
    ) -> Iterator[int | None]:
        """Count a grant that is being issued; yield the seconds to wait if too many.

        An open grant may always be revised.
        """
        grant = self._live.get(key)
        # A revision of a grant that no unit accepts counts as a new grant.
        if grant is not None and _lists(grant) and any(self._usable([grant])):
            yield None
            return
        whose = key.courier_id if issuer is None else issuer.id
        most = MOST_OPEN_GRANTS if issuer is None else MOST_OF_AN_ISSUER
        if (ends := self._ends_of_too_many(whose, most)) is not None:
            now = dt_util.utcnow()
            wait = (min(ends, default=now) - now).total_seconds()
            yield min(max(SHORTEST_WAIT, round(wait)), LONGEST_WAIT)
            return
        self._arriving[whose] += 1
        try:
            yield None
        finally:
            self._arriving[whose] -= 1

    def _ends_of_too_many(self, whose: str, most: int) -> list[datetime] | None:
        """Return when the open grants end, if there are too many for one more."""
        issued, allowed = ("issuer", whose), most - self._arriving[whose]
        if self._live.count(issued) < allowed:
            return None
        ends = [grant.ends_at for grant in self._usable(self._live.to_come(issued))]
        return ends if len(ends) >= allowed else None

    def _usable(self, grants: Iterable[Grant]) -> Iterator[Grant]:
        now = dt_util.utcnow()
        for grant in grants:
            courier = self._couriers.get(grant.key.courier_id)
            if (
                grant.ends_at > now
                and courier is not None
                and courier.enabled
                and grant.door_id in courier.door_ids
                and grant.door_id in self._doors
            ):
                yield grant

    async def issue(
        self,
        courier: Courier,
        issued: GrantIssued,
        origin: Origin,
        *,
        stale: bool = False,
    ) -> Issue:
        """Decide a grant or a revision, and write it with the reply to the courier.

        Raises:
            Malformed: it names no door, and the courier has several.
            OrderRefused: its standing order doesn't issue it.

        """
        door_id = self._door_of(courier, issued)
        key = GrantKey(courier.id, issued.grant_id)
        # A new grant isn't looked up: if it is known after all, that is a conflict.
        previous = self._live.get(key)
        while True:
            try:
                return await self._issue(
                    courier, issued, door_id, previous, origin, stale=stale
                )
            except GrantConflict:
                previous = await self._ledger.read(lambda conn: find_grant(conn, key))

    async def _issue(
        self,
        courier: Courier,
        issued: GrantIssued,
        door_id: str,
        previous: Grant | None,
        origin: Origin,
        *,
        stale: bool,
    ) -> Issue:
        now = dt_util.utcnow()
        vetoes = self._vetoes.get(GrantKey(courier.id, issued.grant_id), _NOBODY)
        previous = previous and vetoed(previous, vetoes)
        asked_units = {normal_unit(unit): unit for unit in issued.units}
        labels = self._rulebook.enrolled(asked_units)
        asked = as_asked(courier, issued, door_id, previous, labels, issuer_of(origin))
        facts = self._rulebook.facts(courier)
        known = as_known(asked, previous, self._secret)
        verdict = decide_grant(known, previous, facts, now, stale=stale)
        decided = Issue(
            courier=courier,
            doors=self._doors,
            grant=named(asked, previous, verdict, facts.rules, self._secret),
            previous=previous,
            vetoes=vetoes,
            verdict=verdict,
            origin=origin,
            set_revision=self._rulebook.set_revision,
            asked_units=asked_units,
            at=now,
        )
        await self._ledger.write(decided.write)
        if decided.replaces:
            self._replace(decided.grant, now)
        return decided

    async def announce(self, issue: Issue) -> None:
        """Fire the event of an accepted grant, after its states in the loop's next turn."""
        if issue.verdict.decision is Decision.ACCEPTED and not issue.verdict.repeat:
            await asyncio.sleep(0)
            self._events.fire(
                DoorEventType.DELIVERY_ANNOUNCED,
                issue.grant.door_id,
                courier=issue.courier.name,
                door=self._doors[issue.grant.door_id].name,
            )

    async def revoke(
        self,
        courier: Courier,
        revoked: GrantRevoked,
        message: MessageKey,
        *,
        stale: bool,
    ) -> Reply:
        """Revoke a grant for good, even one that hasn't come yet.

        A disabled courier may, too.
        """
        now = dt_util.utcnow()
        key = GrantKey(courier.id, revoked.grant_id)
        decision, reason = (
            (Decision.REFUSED, Reason.STALE_REQUEST)
            if stale
            else (Decision.REVOKED, Reason.OK)
        )

        def write(transaction: Transaction) -> Reply:
            previous = find_grant(transaction.conn, key)
            # Revoking a grant that never came leaves revision 0.
            known = previous is not None and previous.revision > 0
            reply = replies.grant_revoked(
                revoked.grant_id, decision, reason, known=known
            )
            ends_at = now if previous is None else previous.ends_at
            if not stale:
                revoke_grant(transaction, key, now)
                transaction.append(
                    "grant.revoked",
                    now,
                    {"courier": courier.id, "by_courier": True},
                    {}
                    if previous is not None and previous.is_unnamed
                    else {"grant_id": revoked.grant_id, "reason": revoked.reason},
                )
                self._enqueue_called_off(transaction, previous, now)
            keep_until = max(now, ends_at) + REMEMBERED
            store_reply(transaction, message, reply.body, keep_until)
            return reply

        reply = await self._ledger.write(write)
        if not stale:
            self._ended(key)
        return reply

    async def call_off(
        self, key: GrantKey, author: Author, to: GrantState = GrantState.REVOKED
    ) -> bool:
        """End any grant from inside the building; return whether one was open."""
        now = dt_util.utcnow()

        def write(transaction: Transaction) -> bool:
            previous = find_grant(transaction.conn, key)
            by = author.decided_by
            was_there = call_off_grant(transaction, key, now, by=by, to=to)
            if was_there:
                self._enqueue_called_off(transaction, previous, now)
            return was_there

        if was_there := await self._ledger.write(write):
            self._ended(key, to)
        return was_there

    async def call_off_unlisted(self, key: GrantKey) -> None:
        """Call off a grant whose parcel doesn't come, unless its driver is at the door.

        Nobody is notified: the parcel was delivered, or comes on another day.
        """
        now = dt_util.utcnow()
        if self._entering[key]:
            return
        asked_since = now - KEPT_FOR
        if await self._ledger.write(
            lambda transaction: call_off_unlisted(transaction, key, now, asked_since)
        ):
            self._ended(key, GrantState.CALLED_OFF)

    @contextmanager
    def entering(self, keys: Iterable[GrantKey]) -> Iterator[None]:
        """Note that an entry on one of these grants is under way."""
        under_way = Counter([*keys])
        self._entering += under_way
        try:
            yield
        finally:
            self._entering -= under_way

    def _ended(self, key: GrantKey, to: GrantState = GrantState.REVOKED) -> None:
        if (grant := self._live.get(key)) is not None:
            self._live.put(replace(grant, state=to))
        self.listeners.call()

    def _enqueue_called_off(
        self, transaction: Transaction, previous: Grant | None, now: datetime
    ) -> None:
        courier = (
            None if previous is None else self._couriers.get(previous.key.courier_id)
        )
        if previous is None or courier is None:
            return
        previous = vetoed(previous, self._vetoes.get(previous.key, _NOBODY))
        news = News(
            courier=courier,
            doors=self._doors,
            grant=replace(previous, state=GrantState.REVOKED),
            previous=previous,
            set_revision=self._rulebook.set_revision,
            at=now,
        )
        news.enqueue_called_off(transaction)

    async def veto(self, key: GrantKey, unit: str, author: Author) -> bool:
        """Remove a unit from a grant for good, whatever revisions come (promise 3).

        Return whether the grant is one that it can be removed from.

        It counts from this call on: before the door opens it wins for its unit, even
        against an entry under way, and even if it can't be written.

        Raise LedgerUnavailable if it can't be written yet. It counts, and is written
        before a courier is answered.
        """
        now = dt_util.utcnow()
        self._vetoes[key] = self._vetoes.get(key, _NOBODY) | {unit}
        if (grant := self._live.get(key)) is not None:
            self._keep(grant)
            self.listeners.call()
        if (key, unit) in self._unwritten:
            await self._late_writes.write_left()
        try:
            is_removed = await self._late_writes.write(
                None,
                lambda transaction: put_veto(transaction, key, unit, author, now),
                partial(self._vetoed, key, unit),
            )
        except LedgerUnavailable:
            self._unwritten.add((key, unit))
            raise
        return bool(is_removed)

    async def press_veto(self, token: str, user_id: str) -> None:
        """Veto the grants that a notification announced, for its unit, by its button.

        A token works only for the resident who got the notification, and only while they
        live in that unit.

        Raise LedgerUnavailable if the token can't be read, or a veto not written yet.
        """
        sent = await self._ledger.read(lambda conn: find_by_token(conn, token))
        if sent is None:
            return
        resident = self._rulebook.residents.get(sent.resident_id)
        if resident is None or not resident.is_confirmed or resident.user_id != user_id:
            return
        author = Author(user_id=user_id)
        # Start all at once: each counts from its call on.
        await asyncio.gather(
            *(
                create_eager_task(self.veto(key, resident.unit, author))
                for key, unit in sent.deliveries.items()
                if unit == resident.unit
            )
        )

    def _vetoed(self, key: GrantKey, unit: str, is_removed: bool) -> None:
        self._unwritten.discard((key, unit))
        if (grant := self._live.get(key)) is not None and is_removed:
            # Even if this revision doesn't name the unit: the next one may.
            self._keep(replace(grant, units={**grant.units, unit: UnitPart.VETOED}))
            self.listeners.call()
        if left := self._vetoes.get(key, _NOBODY) - {unit}:
            self._vetoes[key] = left
        else:
            self._vetoes.pop(key, None)

    def count_use(self, key: GrantKey, uses: int) -> None:
        """Set the uses of a grant after a claim that is on the disk."""
        if (grant := self._live.get(key)) is not None:
            self._live.put(replace(grant, uses=uses))
            self.listeners.call_soon()
        self.uses.call_soon()

    def return_use(self, key: GrantKey, *, counted: bool) -> None:
        """Follow a refunded use; `counted` if it counts toward the limit of refunds."""
        if (grant := self._live.get(key)) is not None:
            self._live.put(
                replace(grant, uses=grant.uses - 1, returned=grant.returned + counted)
            )
            self.listeners.call()
        self.uses.call()

    def _replace(self, grant: Grant, now: datetime) -> None:
        current = self._live.get(grant.key)
        self._forget_ended(now)
        if current is not None:
            # Keep uses that were claimed meanwhile. An entry under way must see its
            # grant, even if no unit accepts it anymore.
            self._keep(replace(grant, uses=current.uses, returned=current.returned))
        elif grant.accepted_units:
            self._keep(grant)
        self.listeners.call_soon()

    def forget(self, now: datetime) -> None:
        """Drop grants from memory that are over or that no unit accepts."""
        self._forget_ended(now)
        nothing = [
            grant.key
            for grant in self._live
            if grant.key not in self._vetoes
            and (grant.is_over(now) or not grant.accepted_units)
        ]
        for key in nothing:
            self._live.drop(key)

    def _forget_ended(self, now: datetime) -> None:
        for key in self._live.ended(now):
            self._vetoes.pop(key, None)

    def _keep(self, grant: Grant) -> None:
        self._live.put(vetoed(grant, self._vetoes.get(grant.key, _NOBODY)))

    def _close_unit(self, keys: Sequence[GrantKey], unit: str) -> None:
        for key in keys:
            if (grant := self._live.get(key)) is not None:
                units = {**grant.units, unit: UnitPart.WITHDRAWN}
                self._keep(replace(grant, units=units))
        self.listeners.call()

    def _door_of(self, courier: Courier, issued: GrantIssued) -> str:
        if issued.door is not None:
            return door_id_by_key(self._doors, issued.door)
        own = [door_id for door_id in self._doors if door_id in courier.door_ids]
        if len(own) > 1:
            raise Malformed(
                [Fault("/data/door", "is required: this courier has several doors")]
            )
        return own[0] if own else ""
