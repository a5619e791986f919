"""Record admitted entries before the door is touched, and how they end (promise 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Row,
    Update,
    and_,
    bindparam,
    func,
    select,
    update,
)

from ...access.model import Decision, GrantKey, GrantState, Outcome, Reason, UnitPart
from .. import queue
from ..chain import Recorded
from ..ledger import Transaction
from ..statements import Statement, microseconds
from ..tables import (
    Instant,
    entries as entries_table,
    fanouts,
    grant_units,
    grants,
    of_grant,
    of_same_grant,
    passes,
    resident_sets,
)
from . import questions, replies
from .entries import (
    LATE_UNLOCK,
    LEFT_UNLOCKED,
    Attempt,
    change_entry,
    has_later,
    record_attempt,
)
from .passes import count_pass_use
from .replies import MessageKey
from .rules import has_consented, is_paused

MOST_RETURNS: Final = 2
"""How many uses of a grant can be refunded, however often the door fails."""


_OF_GRANT: Final = (
    grants.c.courier_id == bindparam("courier_id"),
    grants.c.grant_id == bindparam("grant_id"),
)
_CLAIMED: Final = Statement.of(
    select(
        grants.c.state,
        grants.c.revision,
        grants.c.uses,
        grants.c.max_entries,
        passes.c.is_used,
        passes.c.is_revoked,
        grant_units.c.unit,
        grant_units.c.label,
    )
    .join_from(
        grants,
        grant_units,
        and_(
            of_same_grant(grants, grant_units),
            grant_units.c.part == UnitPart.ACCEPTED,
            has_consented(grant_units.c.unit),
            ~is_paused(grant_units.c.unit, bindparam("now", type_=Instant())),
        ),
        isouter=True,
    )
    .join(passes, passes.c.pass_id == bindparam("pass_id"), isouter=True)
    .where(*_OF_GRANT)
    .order_by(grant_units.c.position)
)
_TAKE_USE: Final = Statement.of(
    update(grants).where(*_OF_GRANT).values(uses=grants.c.uses + 1)
)


@dataclass(frozen=True, slots=True)
class Claim:
    """An admitted entry to write before the door is touched."""

    attempt: Attempt
    revision: int
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


@dataclass(frozen=True, slots=True)
class Claimed:
    """A written claim: its record, the admitting units, and the grant's uses so far."""

    record: Recorded
    units: tuple[str, ...]
    uses: int
    fanout_id: int


class GrantChanged(Exception):
    """The grant was revised while the entry was decided, so decide again."""


def claim(transaction: Transaction, request: Claim) -> Claimed | Reason:
    """Consume a use and enqueue notifications, or return why the entry is refused.

    All conditions are checked again in this transaction, since memory may be behind.
    Raise GrantChanged if the decision was based on another revision.
    """
    conn, attempt = transaction.conn, request.attempt
    key = {"courier_id": attempt.key.courier_id, "grant_id": attempt.key.grant_id}
    found = _CLAIMED.run(
        transaction.raw,
        now=microseconds(attempt.at),
        pass_id=request.pass_id,
        **key,
    ).fetchall()
    if not found:
        return Reason.UNKNOWN_GRANT
    state, revision, uses, max_entries, is_used, is_revoked, _, _ = found[0]
    if state == GrantState.REVOKED:
        return Reason.REVOKED
    if revision != request.revision:
        raise GrantChanged
    if uses >= max_entries:
        return Reason.ENTRIES_EXHAUSTED
    if request.pass_id is not None:
        if is_revoked is None or is_revoked:
            return Reason.REVOKED
        if is_used:
            return Reason.ENTRIES_EXHAUSTED
    units = {unit: label for *_, unit, label in found if unit in request.units}
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
    _TAKE_USE.run(transaction.raw, **key)
    return _write(transaction, request, units, uses + 1)


def _write(
    transaction: Transaction, request: Claim, units: Mapping[str, str], uses: int
) -> Claimed:
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
    fanout_id = queue.enqueue(
        transaction.raw,
        queue.NotificationKind.ENTRY_ADMITTED,
        record.seq,
        attempt.entry_id,
        request.set_revision,
        attempt.at,
    )
    _keep_reply(transaction, request, request.reply, is_final=False)
    return Claimed(record, tuple(units), uses, fanout_id)


@dataclass(frozen=True, slots=True)
class Ending:
    """The result of an entry at the door; `unlocked_until` is None without a re-lock."""

    entry_id: str
    outcome: Outcome
    lock_confirmed: bool
    unlocked_until: datetime | None
    deadline: datetime | None
    use_returned: bool


def finish(
    transaction: Transaction, claim: Claim, ending: Ending, reply: str, at: datetime
) -> bool:
    """Record the outcome and reply, refund the use if due, and set the deadline.

    Return whether the use was refunded; at most `MOST_RETURNS` are.
    """
    conn, attempt = transaction.conn, claim.attempt
    returned = ending.use_returned and _refund_use(conn, attempt.key)
    transaction.append(
        "entry.outcome",
        at,
        {
            "entry_id": attempt.entry_id,
            "outcome": ending.outcome,
            "lock_confirmed": ending.lock_confirmed,
            "unlocked_until": None
            if ending.unlocked_until is None
            else ending.unlocked_until.isoformat(),
            "use_returned": returned,
        },
    )
    conn.execute(
        change_entry(attempt.entry_id).values(
            outcome=ending.outcome,
            lock_confirmed=ending.lock_confirmed,
            unlocked_until=ending.unlocked_until,
            use_returned=returned,
            relock_by=ending.deadline,
        )
    )
    if returned:
        count_pass_use(conn, attempt.entry_id)
    _keep_reply(transaction, claim, reply)
    return returned


def stop(
    transaction: Transaction,
    claim: Claim,
    record: Recorded,
    reason: Reason | None,
    reply: str,
    at: datetime,
) -> None:
    """Undo a claim before the door is touched: refuse the entry and refund the use.

    Without a reason (the door is unavailable), the message can come again.
    """
    conn, attempt = transaction.conn, claim.attempt
    conn.execute(_grant(attempt.key).values(uses=grants.c.uses - 1))
    transaction.append(
        "entry.stopped", at, {"entry_id": attempt.entry_id, "reason": reason}
    )
    conn.execute(
        change_entry(attempt.entry_id).values(
            decision=Decision.REFUSED,
            reason=entries_table.c.reason if reason is None else reason,
            use_returned=True,
            completed_at=at,
            relock_by=None,
        )
    )
    count_pass_use(conn, attempt.entry_id)
    queue.withdraw(conn, attempt.entry_id, queue.NotificationKind.ENTRY_ADMITTED)
    questions.release_answers(conn, attempt.entry_id)
    if reason is None:
        if claim.message is not None:
            replies.forget(transaction, claim.message)
        return
    _keep_reply(transaction, claim, reply)
    queue.enqueue_refusal(
        conn, attempt.key, record.seq, attempt.entry_id, claim.set_revision, at
    )


def record_late_unlock(
    transaction: Transaction, entry_id: str, at: datetime
) -> int | None:
    """Record that the door unlocked late, consume a refunded use, and notify.

    Return the grant's uses, or None if nothing was refunded or the unlock is known.
    """
    conn = transaction.conn
    entry = _entry(conn, entry_id, LATE_UNLOCK)
    if entry.is_recorded:
        return None
    uses = None
    if entry.use_returned:
        key = GrantKey(entry.courier_id, entry.grant_id)
        uses = conn.execute(
            _grant(key).values(uses=grants.c.uses + 1).returning(grants.c.uses)
        ).scalar_one_or_none()
        conn.execute(change_entry(entry_id).values(use_returned=False))
        count_pass_use(conn, entry_id)
    record = transaction.append(
        LATE_UNLOCK, at, {"entry_id": entry_id, "use_taken": entry.use_returned}
    )
    set_revision = conn.execute(
        select(fanouts.c.set_revision).where(
            fanouts.c.entry_id == entry_id,
            fanouts.c.kind == queue.NotificationKind.ENTRY_ADMITTED,
        )
    ).scalar_one()
    kind = queue.NotificationKind.UNLOCKED_LATE
    _enqueue_unlocked(conn, kind, record, entry, set_revision, at)
    return uses


def record_left_unlocked(transaction: Transaction, entry_id: str, at: datetime) -> None:
    """Record once that the door may have stayed unlocked at a stop, and notify."""
    conn = transaction.conn
    entry = _entry(conn, entry_id, LEFT_UNLOCKED)
    if entry.is_recorded:
        return
    record = transaction.append(LEFT_UNLOCKED, at, {"entry_id": entry_id})
    # Residents of today may find the door unlocked, not just those of back then.
    newest = conn.execute(select(func.max(resident_sets.c.revision))).scalar_one()
    kind = queue.NotificationKind.LEFT_UNLOCKED
    _enqueue_unlocked(conn, kind, record, entry, newest, at)


def _entry(conn: Connection, entry_id: str, kind: str) -> Row[Any]:
    """Return an entry, and whether it has a record of that kind."""
    is_recorded = has_later(kind, entries_table.c.seq, entries_table.c.entry_id)
    return conn.execute(
        select(entries_table, is_recorded.label("is_recorded")).where(
            entries_table.c.entry_id == entry_id
        )
    ).one()


def _enqueue_unlocked(
    conn: Connection,
    kind: queue.NotificationKind,
    record: Recorded,
    entry: Row[Any],
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


def settle_in_flight(transaction: Transaction, at: datetime) -> list[str]:
    """Set the outcome of entries that a crash interrupted to *unknown*; no refund."""
    conn = transaction.conn
    cut_off = [
        row.entry_id
        for row in conn.execute(
            select(entries_table.c.entry_id)
            .where(
                entries_table.c.decision == Decision.ADMITTED,
                entries_table.c.outcome.is_(None),
            )
            .order_by(entries_table.c.seq)
        )
    ]
    for entry_id in cut_off:
        transaction.append(
            "entry.outcome",
            at,
            {
                "entry_id": entry_id,
                "outcome": Outcome.UNKNOWN,
                "lock_confirmed": False,
                "use_returned": False,
            },
        )
        conn.execute(
            change_entry(entry_id).values(outcome=Outcome.UNKNOWN, lock_confirmed=False)
        )
    return cut_off


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


def _refund_use(conn: Connection, key: GrantKey) -> bool:
    refunded = conn.execute(
        _grant(key)
        .where(grants.c.returned < MOST_RETURNS)
        .values(uses=grants.c.uses - 1, returned=grants.c.returned + 1)
    )
    return refunded.rowcount == 1


def _refusal_reason(conn: Connection, claimed: Claim) -> Reason:
    key, now = claimed.attempt.key, claimed.attempt.at
    rows = conn.execute(
        select(
            grant_units.c.part, is_paused(grant_units.c.unit, now).label("paused")
        ).where(
            of_grant(grant_units, key),
            grant_units.c.unit.in_(claimed.units),
        )
    ).all()
    if any(row.part == UnitPart.VETOED for row in rows):
        return Reason.VETOED
    return Reason.PAUSED if any(row.paused for row in rows) else Reason.NOT_ACCEPTING


def _grant(key: GrantKey) -> Update:
    return update(grants).where(of_grant(grants, key))
