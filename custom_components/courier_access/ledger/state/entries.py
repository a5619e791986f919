"""Store entries: each attempt to its end, with the reply to its message (promises 2, 5).

An admitted entry is claimed before the door is touched.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import replace
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final, NamedTuple

import orjson

from ...access.model import (
    Decision,
    DeliveryDetails,
    EntryDecision,
    Grant,
    GrantKey,
    GrantState,
    Opening,
    Outcome,
    Proof,
    Reason,
    Resident,
    UnitPart,
)
from .. import queue
from ..chain import Recorded
from ..ledger import Ledger, Transaction
from ..sql import Command, Query, fields_of
from . import questions
from .grants import OF_GRANT, count_pass_use, fingerprint
from .residents import HAS_CONSENTED, IS_PAUSED, enroll_residents, newest_set

SAME_REFUSAL: Final = timedelta(minutes=10)
"""Equal refusals at one door within this time are counted in one record.

Unknown grants of a courier count as one, since each may be invented.
"""

LATE_UNLOCK: Final = "entry.late_unlock"
"""The record that an entry's door unlocked after all."""

LEFT_UNLOCKED: Final = "entry.left_unlocked"
"""The record that an entry's door may have stayed unlocked when Home Assistant stopped."""


class Attempt(NamedTuple):
    """One attempt of a courier to enter, with the names at the time."""

    entry_id: str
    key: GrantKey
    at: datetime
    courier_name: str
    door_id: str
    door_name: str
    proof: Proof
    context_id: str
    delivery: DeliveryDetails = DeliveryDetails()


NO_MARKS: Final[Mapping[str, bool]] = MappingProxyType({})


def record_attempt(
    transaction: Transaction,
    attempt: Attempt,
    decision: Decision,
    reason: Reason,
    units: Mapping[str, str],
    pass_id: str | None = None,
    relock_by: datetime | None = None,
    marks: Mapping[str, bool] = NO_MARKS,
) -> Recorded:
    """Append an attempt and its decision; `units` maps the units to their names.

    `relock_by` is when the door must be locked again. Overlapping entries have one each.
    """
    return transaction.append(
        "entry.admitted" if decision is Decision.ADMITTED else "entry.refused",
        attempt.at,
        {
            "entry_id": attempt.entry_id,
            "courier": attempt.key.courier_id,
            "courier_name": attempt.courier_name,
            "door": attempt.door_id,
            "door_name": attempt.door_name,
            "proof": attempt.proof,
            "decision": decision,
            "reason": reason,
            **marks,
        },
        {
            "grant_id": attempt.key.grant_id,
            "units": _json(list(units)),
            "unit_labels": _json(dict(units)),
            **attempt.delivery.as_dict(),
        },
        {
            "grant_id": attempt.key.grant_id,
            "context_id": attempt.context_id,
            "pass_id": pass_id,
            "relock_by": relock_by,
        },
    )


_COUNT_REPEAT: Final = Query(
    """
    UPDATE entries SET repeats = repeats + 1, last_at = :at
    WHERE entry_id = (
        SELECT entry_id FROM entries
        WHERE courier_id = :courier_id
            AND (
                grant_id IN (:grant_id, :fingerprint) OR reason = 'unknown_grant'
            )
            AND door_id = :door_id AND proof = :proof
            AND decision = 'refused' AND reason = :reason
            AND at > :since AND at <= :at
        ORDER BY seq DESC LIMIT 1
    )
    RETURNING entry_id
    """,
    str,
)


def count_repeat(
    transaction: Transaction, attempt: Attempt, reason: Reason
) -> str | None:
    """Count a refusal in the record of a recent equal one; return that entry, if any.

    That one may have been recorded by the fingerprint of the grant's ID alone.
    """
    return _COUNT_REPEAT.first(
        transaction.conn,
        **fields_of(attempt.key),
        fingerprint=fingerprint(attempt.key),
        door_id=attempt.door_id,
        proof=attempt.proof,
        reason=reason,
        since=attempt.at - SAME_REFUSAL,
        at=attempt.at,
    )


_IS_KNOWN: Final = Query(
    "SELECT EXISTS (SELECT * FROM entries WHERE entry_id = :entry_id)", bool
)


def is_known_entry(conn: Connection, entry_id: str) -> bool:
    return _IS_KNOWN.one(conn, entry_id=entry_id)


def complete_entry(
    transaction: Transaction,
    entry_id: str,
    at: datetime,
    story: Mapping[str, str | bool | None],
) -> None:
    """Record how an entry ended at the door, which needs no locking from now on."""
    transaction.append("entry.completed", at, {"entry_id": entry_id, **story})


class Observation(NamedTuple):
    """An entry through other courier access, with the names at the time."""

    entry_id: str
    at: datetime
    source_id: str
    source_name: str
    door_id: str
    door_name: str


def record_observed(
    transaction: Transaction,
    observed: Observation,
    residents: Sequence[Resident],
    now: datetime,
) -> Recorded:
    """Append an observed entry, and enqueue its notification to every resident.

    It may be written late, so the notification's day of retries begins `now`. A ledger
    that was re-created meanwhile knows no residents: then it's those of that time.
    """
    known = newest_set(transaction.conn)
    set_revision = known or enroll_residents(transaction, residents, now)
    recorded = transaction.append(
        "entry.observed",
        observed.at,
        {
            "entry_id": observed.entry_id,
            "courier_name": observed.source_name,
            "door_name": observed.door_name,
            "proof": None,
            "decision": EntryDecision.OBSERVED,
            "reason": None,
            "courier": observed.source_id,
            "door": observed.door_id,
        },
    )
    queue.enqueue(
        transaction.conn,
        queue.NotificationKind.ENTRY_OBSERVED,
        recorded.seq,
        observed.entry_id,
        set_revision,
        now,
    )
    return recorded


class EntryRow(NamedTuple):
    """A stored entry, with the personal fields that are still kept."""

    entry_id: str
    seq: int
    at: datetime
    last_at: datetime
    courier_id: str
    courier_name: str
    door_id: str
    door_name: str
    proof: Proof | None
    decision: EntryDecision
    reason: Reason | None
    outcome: Outcome | None
    lock_confirmed: bool | None
    unlocked_until: datetime | None
    completed_at: datetime | None
    repeats: int
    personal: Mapping[str, str]

    @property
    def is_erased(self) -> bool:
        """Return whether the personal fields were purged (promise 7)."""
        return self.decision is not EntryDecision.OBSERVED and not self.personal


class DriverVisit(NamedTuple):
    """What a driver may know of their visit: nothing about the home."""

    at: datetime
    door_name: str
    decision: EntryDecision
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """The newest `limit` entries that match every given field.

    To continue a list, set `before_seq` to its last `seq`: entries may share an
    instant.
    """

    limit: int
    before: datetime | None = None
    before_seq: int | None = None
    door_id: str | None = None
    courier_id: str | None = None
    decision: EntryDecision | None = None


_LATEST: Final = Query(
    """
    SELECT entry_id, seq, at, last_at, courier_id, courier_name, door_id, door_name,
        proof, decision, reason, outcome, lock_confirmed, unlocked_until, completed_at,
        repeats, (
            SELECT json_group_object(field, value) FROM personal
            WHERE personal.seq = entries.seq
        ) AS personal
    FROM entries
    WHERE seq < coalesce(:before_seq, 9223372036854775807)
        AND (:before IS NULL OR at < :before)
        AND (:door_id IS NULL OR door_id = :door_id)
        AND (:courier_id IS NULL OR courier_id = :courier_id)
        AND (:decision IS NULL OR decision = :decision)
    ORDER BY seq DESC LIMIT :limit
    """,
    EntryRow,
)


def latest_entries(conn: Connection, wanted: EntryFilter) -> list[EntryRow]:
    return _LATEST.all(conn, **fields_of(wanted))


_OF_DRIVER: Final = Query(
    """
    SELECT at, door_name, decision, outcome FROM entries
    JOIN personal USING (seq)
    WHERE at BETWEEN :since AND :until AND courier_id = :courier_id
        AND field = 'driver_ref' AND value = :driver_ref
    ORDER BY seq
    """,
    DriverVisit,
)


def visits_of_driver(
    conn: Connection, courier_id: str, driver_ref: str, since: datetime, until: datetime
) -> list[DriverVisit]:
    """Return the visits of a courier's driver in a span of time, the oldest first."""
    return _OF_DRIVER.all(
        conn, courier_id=courier_id, driver_ref=driver_ref, since=since, until=until
    )


QUARTER: Final = timedelta(minutes=15)
"""Every time zone's offset is a multiple of it."""


_QUARTER: Final = QUARTER // timedelta(microseconds=1)
_VISITS: Final = Query(
    f"""
    SELECT at / {_QUARTER} * {_QUARTER}, count(*) FROM entries
    WHERE at >= :since AND decision <> 'refused'
    GROUP BY 1
    """,
    tuple[datetime, int],
)


def visits_by_quarter(conn: Connection, since: datetime) -> list[tuple[datetime, int]]:
    """Return how many couriers were let in or observed, per quarter-hour since a time.

    It costs one walk through the index over that time: 0.13 s for a million entries.
    """
    return _VISITS.all(conn, since=since)


_NEW_ENTRIES: Final = Query(
    """
    SELECT courier_id, max(decision = 'admitted'), max(seq) FROM entries
    WHERE seq > :read_to GROUP BY courier_id
    """,
    tuple[str, bool, int],
)
_HAS_SENT: Final = Query(
    """
    SELECT EXISTS (SELECT * FROM replies WHERE courier_id = :courier_id)
        OR EXISTS (SELECT * FROM grants WHERE courier_id = :courier_id)
    """,
    bool,
)


class History:
    """What was ever recorded; it stays true, so each entry is read once."""

    def __init__(self) -> None:
        self.ever_admitted = False
        self.couriers: frozenset[str] = frozenset()
        """Couriers of which the ledger has anything, as far as it was read."""
        self._read_to = 0

    def is_known(self, courier_ids: Iterable[str]) -> bool:
        """Return whether reading on can't change anything about these couriers."""
        return self.ever_admitted and self.couriers.issuperset(courier_ids)

    def read_on(self, conn: Connection, courier_ids: Iterable[str]) -> None:
        """Read of these couriers, and the entries since the last time.

        For readers apart: there is one at a time, and it ends even if the caller left.
        """
        new = _NEW_ENTRIES.all(conn, read_to=self._read_to)
        found = self.couriers.union(courier_id for courier_id, _, _ in new)
        self.couriers = found.union(
            courier_id
            for courier_id in courier_ids
            if courier_id not in found and _HAS_SENT.one(conn, courier_id=courier_id)
        )
        self.ever_admitted |= any(entered for _, entered, _ in new)
        self._read_to = max((seq for _, _, seq in new), default=self._read_to)


class MessageKey(NamedTuple):
    """The identity of a message: courier, `webhook-id`, and the body's SHA-256."""

    courier_id: str
    message_id: str
    body_hash: bytes


class StoredReply(NamedTuple):
    """A stored reply, and the hash of the body it answered."""

    body_hash: bytes
    reply: str


_FIND_REPLY: Final = Query(
    """
    SELECT body_hash, reply FROM replies
    WHERE courier_id = :courier_id AND message_id = :message_id
    """,
    StoredReply,
)
# What doesn't change isn't set: SQLite would write its index again.
_STORE_REPLY: Final = Command("""
    INSERT INTO replies (courier_id, message_id, body_hash, reply, entry_id, keep_until)
    VALUES (:courier_id, :message_id, :body_hash, :reply, :entry_id, :keep_until)
    ON CONFLICT (courier_id, message_id) DO UPDATE SET reply = excluded.reply
    WHERE :is_final
""")
_FORGET_REPLY: Final = Command(
    "DELETE FROM replies WHERE courier_id = :courier_id AND message_id = :message_id"
)


class AlreadyAnswered(Exception):
    """The message was answered before, so nothing of it may happen again."""

    def __init__(self, stored: StoredReply) -> None:
        super().__init__()
        self.stored = stored


def find_reply(
    conn: Connection, courier_id: str, message_id: str
) -> StoredReply | None:
    return _FIND_REPLY.first(conn, courier_id=courier_id, message_id=message_id)


async def check_unanswered(ledger: Ledger, key: MessageKey) -> None:
    """Raise AlreadyAnswered if a message was; for a reply that has no other effect."""
    stored = await ledger.read(
        lambda conn: find_reply(conn, key.courier_id, key.message_id)
    )
    if stored is not None:
        raise AlreadyAnswered(stored)


def store_reply(
    transaction: Transaction,
    key: MessageKey,
    reply: str,
    keep_until: datetime,
    entry_id: str | None = None,
    *,
    is_final: bool = False,
) -> None:
    """Store a reply with its effect; an entry's final reply replaces the first one.

    The final reply is kept as long as the first one. Raise AlreadyAnswered if the message
    has a reply, and this one isn't an entry's final.
    """
    conn, named = transaction.conn, key._asdict()
    if not _STORE_REPLY.run(
        conn,
        **named,
        reply=reply,
        entry_id=entry_id,
        keep_until=keep_until,
        is_final=is_final,
    ):
        raise AlreadyAnswered(_FIND_REPLY.one(conn, **named))


def forget_reply(transaction: Transaction, key: MessageKey) -> None:
    """Delete the reply to a message without effect, so that it can come again."""
    _FORGET_REPLY.run(transaction.conn, **key._asdict())


MOST_RETURNS: Final = 2
"""How many uses of a grant can be refunded, however often the door fails."""


class _Claimed(NamedTuple):
    """A grant with one of the units that it may be used for now, or none."""

    state: GrantState
    revision: int
    uses: int
    max_entries: int
    is_used: bool | None
    is_revoked: bool | None
    unit: str | None
    label: str


_CLAIMED: Final = Query(
    f"""
    SELECT grants.state, grants.revision, grants.uses, grants.max_entries,
        passes.is_used, passes.is_revoked, grant_units.unit, grant_units.label
    FROM grants
    LEFT JOIN grant_units ON grant_units.courier_id = grants.courier_id
        AND grant_units.grant_id = grants.grant_id AND grant_units.part = 'accepted'
        AND {HAS_CONSENTED} AND NOT {IS_PAUSED}
    LEFT JOIN passes ON passes.pass_id = :pass_id
    WHERE grants.courier_id = :courier_id AND grants.grant_id = :grant_id
    ORDER BY grant_units.position
    """,
    _Claimed,
)
_TAKE_USE: Final = Query(
    f"UPDATE grants SET uses = uses + 1 {OF_GRANT} RETURNING uses", int
)
_UNDO_USE: Final = Command(f"UPDATE grants SET uses = uses - 1 {OF_GRANT}")
_REFUND_USE: Final = Command(f"""
    UPDATE grants SET uses = uses - 1, returned = returned + 1
    {OF_GRANT} AND returned < {MOST_RETURNS}
""")


class Claim(NamedTuple):
    """An admitted entry to write before the door is touched.

    Once it is written, `units` are those that let the courier in, and `uses` the uses
    of the grant so far.
    """

    attempt: Attempt
    grant: Grant
    units: tuple[str, ...]
    message: MessageKey | None
    reply: str
    keep_until: datetime
    deadline: datetime
    set_revision: int
    approvals: Mapping[str, int] | None = None
    """The questions that approved each of `units`, if residents were asked."""
    pass_id: str | None = None
    """The pass that was shown, which this entry uses up."""
    uses: int = 0


_LAST_USES: Final = Query(
    """
    SELECT courier_id, grant_id, max(at) FROM entries
    WHERE at >= :since AND decision = 'admitted' AND grant_id IS NOT NULL
    GROUP BY courier_id, grant_id
    """,
    tuple[GrantKey, datetime],
)


def last_uses(conn: Connection, since: datetime) -> dict[GrantKey, datetime]:
    return dict(_LAST_USES.each(conn, since=since))


class GrantChanged(Exception):
    """The grant was revised while the entry was decided, so decide again."""


def claim(transaction: Transaction, request: Claim) -> Claim | Reason:
    """Consume a use and enqueue notifications, or return why the entry is refused.

    All conditions are checked again in this transaction, since memory may be behind.
    Raise GrantChanged if the decision was based on another revision.
    """
    conn, attempt = transaction.conn, request.attempt
    key = fields_of(attempt.key)
    found = _CLAIMED.all(conn, **key, pass_id=request.pass_id, now=attempt.at)
    if not found:
        return Reason.UNKNOWN_GRANT
    grant = found[0]
    if grant.state is not GrantState.OPEN:
        return Reason.REVOKED
    if grant.revision != request.grant.revision:
        raise GrantChanged
    if grant.uses >= grant.max_entries:
        return Reason.ENTRIES_EXHAUSTED
    if request.pass_id is not None:
        if grant.is_revoked is None or grant.is_revoked:
            return Reason.REVOKED
        if grant.is_used:
            return Reason.ENTRIES_EXHAUSTED
    units = {row.unit: row.label for row in found if row.unit in request.units}
    if not units:
        return _refusal_reason(conn, request)
    if request.approvals is not None:
        approved = questions.use(
            conn,
            {unit: ask for unit, ask in request.approvals.items() if unit in units},
            attempt.entry_id,
            attempt.at,
        )
        units = {unit: label for unit, label in units.items() if unit in approved}
        if not units:
            return Reason.NO_ANSWER
    return _write(transaction, request, units, _TAKE_USE.one(conn, **key))


def _write(
    transaction: Transaction, request: Claim, units: Mapping[str, str], uses: int
) -> Claim:
    attempt = request.attempt
    record = record_attempt(
        transaction,
        attempt,
        Decision.ADMITTED,
        Reason.OK,
        units,
        request.pass_id,
        request.deadline,
    )
    if request.pass_id is not None:
        count_pass_use(transaction.conn, attempt.entry_id)
    queue.enqueue(
        transaction.conn,
        queue.NotificationKind.ENTRY_ADMITTED,
        record.seq,
        attempt.entry_id,
        request.set_revision,
        attempt.at,
    )
    _keep_reply(transaction, request, request.reply, is_final=False)
    return replace(request, units=tuple(units), uses=uses)


def finish(
    transaction: Transaction, claim: Claim, opening: Opening, reply: str, at: datetime
) -> bool:
    """Record the outcome and reply, refund the use if due, and set the deadline.

    Return whether the use was refunded; at most `MOST_RETURNS` are.
    """
    conn, attempt = transaction.conn, claim.attempt
    returned = opening.refunds_use and bool(
        _REFUND_USE.run(conn, **fields_of(attempt.key))
    )
    transaction.append(
        "entry.outcome",
        at,
        {
            "entry_id": attempt.entry_id,
            "outcome": opening.outcome,
            "lock_confirmed": opening.confirmed,
            "unlocked_until": opening.unlocked_until,
            "use_returned": returned,
        },
        unrecorded={"relock_by": opening.unlocked_until or claim.deadline},
    )
    if returned:
        count_pass_use(conn, attempt.entry_id)
    _keep_reply(transaction, claim, reply)
    return returned


_SEQ: Final = Query("SELECT seq FROM entries WHERE entry_id = :entry_id", int)


def stop(
    transaction: Transaction,
    claim: Claim,
    reason: Reason | None,
    reply: str,
    at: datetime,
) -> None:
    """Undo a claim before the door is touched: refuse the entry and refund the use.

    Without a reason (the door is unavailable), the message can come again.
    """
    conn, attempt = transaction.conn, claim.attempt
    _UNDO_USE.run(conn, **fields_of(attempt.key))
    transaction.append(
        "entry.stopped", at, {"entry_id": attempt.entry_id, "reason": reason}
    )
    count_pass_use(conn, attempt.entry_id)
    queue.withdraw(conn, attempt.entry_id, queue.NotificationKind.ENTRY_ADMITTED)
    questions.release_answers(conn, attempt.entry_id)
    if reason is None:
        if claim.message is not None:
            forget_reply(transaction, claim.message)
        return
    _keep_reply(transaction, claim, reply)
    seq = _SEQ.one(conn, entry_id=attempt.entry_id)
    queue.enqueue_refusal(
        conn, attempt.key, seq, attempt.entry_id, claim.set_revision, at
    )


_CUT_OFF: Final = Query(
    """
    SELECT entry_id, relock_by FROM entries
    WHERE decision = 'admitted' AND outcome IS NULL ORDER BY seq
    """,
    tuple[str, datetime | None],
)


def settle_in_flight(transaction: Transaction, at: datetime) -> list[str]:
    """Set the outcome of entries that a crash interrupted to *unknown*; no refund."""
    cut_off = _CUT_OFF.all(transaction.conn)
    for entry_id, relock_by in cut_off:
        transaction.append(
            "entry.outcome",
            at,
            {
                "entry_id": entry_id,
                "outcome": Outcome.UNKNOWN,
                "lock_confirmed": False,
                "use_returned": False,
            },
            unrecorded={"relock_by": relock_by},
        )
    return [entry_id for entry_id, _ in cut_off]


def _keep_reply(
    transaction: Transaction, claim: Claim, reply: str, *, is_final: bool = True
) -> None:
    """Keep the reply to a courier's message, which may come again."""
    if claim.message is not None:
        store_reply(
            transaction,
            claim.message,
            reply,
            claim.keep_until,
            claim.attempt.entry_id,
            is_final=is_final,
        )


_PARTS: Final = Query(
    f"""
    SELECT part, {IS_PAUSED} FROM grant_units
    {OF_GRANT} AND unit IN (SELECT value FROM json_each(:units))
    """,
    tuple[UnitPart, bool],
)


def _refusal_reason(conn: Connection, claimed: Claim) -> Reason:
    attempt = claimed.attempt
    parts = _PARTS.all(
        conn, **fields_of(attempt.key), units=claimed.units, now=attempt.at
    )
    if any(part is UnitPart.VETOED for part, _ in parts):
        return Reason.VETOED
    return Reason.PAUSED if any(paused for _, paused in parts) else Reason.NOT_ACCEPTING


def _has_later(kind: str) -> str:
    """Return the condition that an entry has a later record of that kind."""
    return f"""EXISTS (
        SELECT * FROM records
        WHERE records.seq > entries.seq AND records.kind = '{kind}'
            AND json_extract(records.body, '$.entry_id') = entries.entry_id
    )"""


class Relock(NamedTuple):
    """A door to lock again, and the entry that it was unlocked for."""

    door_id: str
    entry_id: str
    deadline: datetime
    courier_name: str
    door_name: str
    context_id: str
    key: GrantKey
    confirmed: bool
    """The door was seen to unlock, or can't be watched."""
    cut_off: bool
    """A crash interrupted the entry, so its outcome is unknown."""


_CLEAR_RELOCK: Final = Command(
    "UPDATE entries SET relock_by = NULL WHERE entry_id = :entry_id"
)
_RELOCKS: Final = Query(
    f"""
    SELECT door_id, entry_id, relock_by AS deadline, courier_name, door_name,
        context_id, courier_id, coalesce(grant_id, '') AS grant_id,
        lock_confirmed OR unlocked_until IS NOT NULL
            OR {_has_later(LATE_UNLOCK)} AS confirmed,
        outcome = 'unknown' AS cut_off
    FROM entries WHERE relock_by IS NOT NULL
    """,
    Relock,
)


def clear_relock(conn: Connection, entry_id: str) -> None:
    """Remove an entry's deadline: its door needs no locking, but the entry goes on."""
    _CLEAR_RELOCK.run(conn, entry_id=entry_id)


def load_relocks(conn: Connection) -> list[Relock]:
    return _RELOCKS.all(conn)


class _Entry(NamedTuple):
    """An entry, and what is recorded of its door."""

    courier_name: str
    door_name: str
    at: datetime
    key: GrantKey
    use_returned: bool
    unlocked_late: bool
    left_unlocked: bool


_ENTRY: Final = Query(
    f"""
    SELECT courier_name, door_name, at, courier_id, coalesce(grant_id, '') AS grant_id,
        use_returned, {_has_later(LATE_UNLOCK)} AS unlocked_late,
        {_has_later(LEFT_UNLOCKED)} AS left_unlocked
    FROM entries WHERE entry_id = :entry_id
    """,
    _Entry,
)
_NOTIFIED: Final = Query(
    f"""
    SELECT set_revision FROM fanouts
    WHERE entry_id = :entry_id AND kind = '{queue.NotificationKind.ENTRY_ADMITTED}'
    """,
    int,
)


def record_late_unlock(
    transaction: Transaction, entry_id: str, at: datetime
) -> int | None:
    """Record that the door unlocked late, consume a refunded use, and notify.

    Return the grant's uses, or None if nothing was refunded or the unlock is known.
    """
    conn = transaction.conn
    entry = _ENTRY.one(conn, entry_id=entry_id)
    if entry.unlocked_late:
        return None
    uses = None
    if entry.use_returned:
        uses = _TAKE_USE.first(conn, **fields_of(entry.key))
    record = transaction.append(
        LATE_UNLOCK, at, {"entry_id": entry_id, "use_taken": entry.use_returned}
    )
    if entry.use_returned:
        count_pass_use(conn, entry_id)
    set_revision = _NOTIFIED.one(conn, entry_id=entry_id)
    kind = queue.NotificationKind.UNLOCKED_LATE
    _enqueue_unlocked(conn, kind, record, entry, set_revision, at)
    return uses


def record_left_unlocked(transaction: Transaction, entry_id: str, at: datetime) -> None:
    """Record once that the door may have stayed unlocked at a stop, and notify."""
    conn = transaction.conn
    entry = _ENTRY.one(conn, entry_id=entry_id)
    if entry.left_unlocked:
        return
    record = transaction.append(LEFT_UNLOCKED, at, {"entry_id": entry_id})
    # Residents of today may find the door unlocked, not just those of back then.
    newest = newest_set(conn)
    assert newest is not None, "an entry was notified to a set of residents"
    kind = queue.NotificationKind.LEFT_UNLOCKED
    _enqueue_unlocked(conn, kind, record, entry, newest, at)


def _enqueue_unlocked(
    conn: Connection,
    kind: queue.NotificationKind,
    record: Recorded,
    entry: _Entry,
    set_revision: int,
    at: datetime,
) -> None:
    queue.enqueue_fan_out(
        conn,
        queue.FanOut(
            kind,
            record.seq,
            set_revision,
            at,
            details={
                "courier": entry.courier_name,
                "door": entry.door_name,
                "entered_at": entry.at.isoformat(),
                "at": at.isoformat(),
            },
        ),
    )


def _json(value: list[str] | dict[str, str]) -> str:
    return orjson.dumps(value).decode()
