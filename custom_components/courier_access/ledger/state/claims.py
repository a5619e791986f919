"""Record admitted entries before the door is touched, and how they end (promise 2)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from sqlite3 import Connection
from typing import Final, NamedTuple

from ...access.model import (
    Decision,
    Grant,
    GrantKey,
    GrantState,
    Opening,
    Outcome,
    Reason,
    UnitPart,
)
from .. import queue
from ..chain import Recorded
from ..ledger import Transaction
from ..sql import Command, Query, fields_of
from . import questions, replies
from .entries import (
    LATE_UNLOCK,
    LEFT_UNLOCKED,
    Attempt,
    has_later,
    record_attempt,
)
from .grants import OF_GRANT
from .passes import count_pass_use
from .replies import MessageKey
from .rules import HAS_CONSENTED, IS_PAUSED, newest_set

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
_TAKE_USE: Final = Command(f"UPDATE grants SET uses = uses + 1 {OF_GRANT}")
_UNDO_USE: Final = Command(f"UPDATE grants SET uses = uses - 1 {OF_GRANT}")
_TAKE_USE_AGAIN: Final = Query(
    f"UPDATE grants SET uses = uses + 1 {OF_GRANT} RETURNING uses", int
)
_REFUND_USE: Final = Command(f"""
    UPDATE grants SET uses = uses - 1, returned = returned + 1
    {OF_GRANT} AND returned < {MOST_RETURNS}
""")


@dataclass(frozen=True, slots=True)
class Claim:
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
    if grant.state is GrantState.REVOKED:
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
    _TAKE_USE.run(conn, **key)
    return _write(transaction, request, units, grant.uses + 1)


def _write(
    transaction: Transaction, request: Claim, units: Mapping[str, str], uses: int
) -> Claim:
    """Write an entry with its record, notifications, reply, and re-lock deadline."""
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
            replies.forget(transaction, claim.message)
        return
    _keep_reply(transaction, claim, reply)
    seq = _SEQ.one(conn, entry_id=attempt.entry_id)
    queue.enqueue_refusal(
        conn, attempt.key, seq, attempt.entry_id, claim.set_revision, at
    )


class _Entry(NamedTuple):
    """An entry, and whether the record of what happened to its door is there."""

    courier_name: str
    door_name: str
    at: datetime
    key: GrantKey
    use_returned: bool
    is_recorded: bool


_ENTRY: Final = """
    SELECT courier_name, door_name, at, courier_id, coalesce(grant_id, '') AS grant_id,
        use_returned, {} AS is_recorded
    FROM entries WHERE entry_id = :entry_id
"""
_UNLOCKED_LATE: Final = Query(_ENTRY.format(has_later(LATE_UNLOCK)), _Entry)
_LEFT_UNLOCKED: Final = Query(_ENTRY.format(has_later(LEFT_UNLOCKED)), _Entry)
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
    entry = _UNLOCKED_LATE.one(conn, entry_id=entry_id)
    if entry.is_recorded:
        return None
    uses = None
    if entry.use_returned:
        uses = _TAKE_USE_AGAIN.first(conn, **fields_of(entry.key))
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
    entry = _LEFT_UNLOCKED.one(conn, entry_id=entry_id)
    if entry.is_recorded:
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
        replies.store(
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
