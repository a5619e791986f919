"""Purge personal data whose time is over; the chain still verifies (promise 7).

Each step is a small transaction, so no entry waits long. Pending notifications (promise
2) and evidence of consent are kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)

from ...access.model import GrantKey, GrantState
from ..chain import PERSONAL_ERASED
from ..ledger import Transaction
from ..outbox.expand import NOTIFICATIONS_PER_STEP, NotificationState
from ..queue import ANNOUNCEMENTS
from ..state import questions as kept_asks
from ..state.grants import OLDEST_MESSAGE, REMEMBERED, fingerprint, is_fingerprint
from ..state.passes import end_orphaned_codes
from ..state.rules import EVIDENCE_STAYS
from ..tables import (
    asks,
    entries,
    evidence,
    fanouts,
    grant_units,
    grants,
    notifications,
    of_same_grant,
    orders,
    passes,
    pauses,
    personal,
    records,
    replies,
    residences,
    resident_sets,
)

STEP: Final = 100
"""How many rows one transaction checks."""

PURGED_FANOUTS_PER_STEP: Final = 1
"""Each has a notification per resident; a step drops `NOTIFICATIONS_PER_STEP`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The current time and the retention."""

    now: datetime
    retention: timedelta

    @property
    def cutoff(self) -> datetime:
        """Return the time up to which personal data is erased."""
        return self.now - self.retention


type Job = Callable[[Transaction, Limits, int], int | None]


def step(transaction: Transaction, job: Job, limits: Limits, after: int) -> int | None:
    """Run one step of a job; return where to continue, or None at the end."""
    return job(transaction, limits, after)


def sent_fanouts(transaction: Transaction, limits: Limits, after: int) -> int | None:
    """Drop notified fan-outs with their notifications, unless a veto needs them.

    An undeliverable notification is kept without content until one is delivered.
    """
    conn = transaction.conn
    is_old = fanouts.c.at <= limits.cutoff
    checked = _next(conn, fanouts.c.id, after, is_old, most=PURGED_FANOUTS_PER_STEP)
    old = [
        row.id
        for row in conn.execute(
            select(fanouts.c.id).where(
                fanouts.c.id.in_(checked),
                ~_is_pending(),
                ~_may_be_vetoed(limits.now),
            )
        )
    ]
    is_last_failure = _is_last_failure()
    of_old = (
        select(notifications.c.id)
        .where(notifications.c.fanout_id.in_(old), ~is_last_failure)
        .limit(NOTIFICATIONS_PER_STEP)
    )
    if (
        conn.execute(
            delete(notifications).where(notifications.c.id.in_(of_old))
        ).rowcount
        == NOTIFICATIONS_PER_STEP
    ):
        return after
    has_notifications = exists().where(notifications.c.fanout_id == fanouts.c.id)
    conn.execute(delete(fanouts).where(fanouts.c.id.in_(old), ~has_notifications))
    newest = select(func.max(resident_sets.c.revision)).scalar_subquery()
    conn.execute(
        update(fanouts)
        .where(fanouts.c.id.in_(old))
        .values(
            grant_id=None, units={}, details={}, addressed=None, set_revision=newest
        )
    )
    return _go_on(checked, PURGED_FANOUTS_PER_STEP)


def values(transaction: Transaction, limits: Limits, after: int) -> int | None:
    """Erase personal values and salts, after a record of the cutoff."""
    conn = transaction.conn
    checked = _next(conn, personal.c.seq, after)
    is_evidence = exists().where(
        evidence.c.seq == records.c.seq,
        or_(
            evidence.c.ended_at.is_(None),
            evidence.c.ended_at > limits.now - EVIDENCE_STAYS,
        ),
    )
    is_order = exists().where(orders.c.seq == records.c.seq)
    is_needed = exists().where(fanouts.c.seq == records.c.seq, _is_pending())
    query = (
        select(records.c.seq)
        .distinct()
        .where(
            records.c.seq.in_(checked),
            personal.c.since <= limits.cutoff,
            ~is_evidence,
            ~is_order,
            ~is_needed,
        )
        .join(personal, personal.c.seq == records.c.seq)
    )
    if old := list(conn.execute(query).scalars()):
        _record(transaction, limits)
        conn.execute(delete(personal).where(personal.c.seq.in_(old)))
        conn.execute(
            update(entries).where(entries.c.seq.in_(old)).values(grant_id=None)
        )
    return _go_on(checked)


def ended_grants(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Delete grants and their units when nothing needs them anymore."""
    conn = transaction.conn
    keys = _keys(conn, grants.c.keep_until <= limits.now)
    for table in (grant_units, grants):
        conn.execute(delete(table).where(_has_key(table, keys)))
    return _again(keys)


def revoked_grants(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Reduce revoked grants to the revocation itself (docs/reference/retention.md)."""
    conn = transaction.conn
    keys = _keys(
        conn,
        and_(
            grants.c.state == GrantState.REVOKED,
            grants.c.ends_at <= limits.cutoff,
            grants.c.keep_until <= limits.cutoff + OLDEST_MESSAGE + REMEMBERED,
            ~is_fingerprint(grants.c.grant_id),
        ),
    )
    conn.execute(delete(grant_units).where(_has_key(grant_units, keys)))
    for key in keys:
        conn.execute(
            update(grants)
            .where(_has_key(grants, [key]))
            .values(
                grant_id=fingerprint(GrantKey(*key)),
                parcel_ref=None,
                driver_ref=None,
                content="",
                issuer_kind=None,
                issuer_id=None,
            )
        )
    return _again(keys)


def questions(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Erase finished questions, and their number once the grant is deleted."""
    conn = transaction.conn
    kept_asks.erase_old(conn, limits.now)
    old = list(
        conn.execute(
            select(asks.c.id)
            .where(
                asks.c.at <= limits.now - kept_asks.KEPT_FOR,
                ~exists().where(of_same_grant(grants, asks)),
            )
            .limit(STEP)
        ).scalars()
    )
    conn.execute(delete(asks).where(asks.c.id.in_(old)))
    return _again(old)


def expired_replies(
    transaction: Transaction, limits: Limits, _after: int
) -> int | None:
    """Delete replies that no longer need to be replayed."""
    conn = transaction.conn
    key = tuple_(replies.c.courier_id, replies.c.message_id)
    old = conn.execute(
        select(replies.c.courier_id, replies.c.message_id)
        .where(replies.c.keep_until <= limits.now)
        .limit(STEP)
    ).all()
    conn.execute(delete(replies).where(key.in_([tuple(row) for row in old])))
    return _again(old)


def ended_passes(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Delete passes of grants that are long over."""
    conn = transaction.conn
    old = list(
        conn.execute(
            select(passes.c.pass_id)
            .where(passes.c.keep_until <= limits.now)
            .limit(STEP)
        ).scalars()
    )
    conn.execute(delete(passes).where(passes.c.pass_id.in_(old)))
    return _again(old)


def orphaned_codes(
    transaction: Transaction, _limits: Limits, _after: int
) -> int | None:
    """End the address codes of residents who no longer live in the unit."""
    end_orphaned_codes(transaction.conn)
    return None


def ended_pauses(transaction: Transaction, limits: Limits, after: int) -> int | None:
    """Delete pauses that ended before the cutoff."""
    ended_at = func.coalesce(pauses.c.ended_at, pauses.c.until)
    return _delete(transaction, pauses.c.id, after, ended_at <= limits.cutoff)


def former_residents(
    transaction: Transaction, _limits: Limits, after: int
) -> int | None:
    """Delete old revisions of the set of residents that no fan-out needs."""
    revision = resident_sets.c.revision
    is_former = revision < select(func.max(revision)).scalar_subquery()
    is_needed = exists().where(fanouts.c.set_revision == revision)
    return _delete(transaction, revision, after, is_former, ~is_needed)


def past_evidence(transaction: Transaction, limits: Limits, after: int) -> int | None:
    """Delete evidence whose values are erased."""
    is_past = evidence.c.ended_at <= limits.now - EVIDENCE_STAYS
    is_kept = exists().where(personal.c.seq == evidence.c.seq)
    return _delete(transaction, evidence.c.seq, after, is_past, ~is_kept)


JOBS: Final[tuple[Job, ...]] = (
    sent_fanouts,
    values,
    ended_grants,
    revoked_grants,
    questions,
    expired_replies,
    ended_passes,
    orphaned_codes,
    ended_pauses,
    former_residents,
    past_evidence,
)


def _record(transaction: Transaction, limits: Limits) -> None:
    """Record the cutoff of this purge, once."""
    newest = (
        select(records.c.body)
        .where(records.c.kind == PERSONAL_ERASED)
        .order_by(records.c.seq.desc())
        .limit(1)
    )
    cutoff = limits.cutoff.isoformat()
    body = transaction.conn.execute(newest).scalar_one_or_none()
    if body is None or orjson.loads(body)["up_to"] != cutoff:
        transaction.append(PERSONAL_ERASED, limits.now, {"up_to": cutoff})


def _is_pending() -> ColumnElement[bool]:
    """Return whether a fan-out or one of its notifications is still pending."""
    is_retried = exists().where(
        notifications.c.fanout_id == fanouts.c.id, notifications.c.next_at.is_not(None)
    )
    return or_(fanouts.c.expanded_at.is_(None), is_retried)


def _may_be_vetoed(now: datetime) -> ColumnElement[bool]:
    return and_(
        fanouts.c.kind.in_(ANNOUNCEMENTS),
        exists().where(of_same_grant(grants, fanouts), grants.c.ends_at > now),
    )


def _is_last_failure() -> ColumnElement[bool]:
    """Return whether a notification is the latest evidence of an unreachable resident."""
    later = notifications.alias()
    return and_(
        notifications.c.state == NotificationState.UNDELIVERABLE,
        notifications.c.addressed.is_(None),
        exists().where(residences.c.resident_id == notifications.c.resident_id),
        ~exists().where(
            later.c.resident_id == notifications.c.resident_id,
            or_(
                later.c.sent_at >= notifications.c.due_at,
                and_(
                    later.c.state == NotificationState.UNDELIVERABLE,
                    later.c.id > notifications.c.id,
                ),
            ),
        ),
    )


def _keys(conn: Connection, condition: ColumnElement[bool]) -> list[tuple[str, str]]:
    rows = conn.execute(
        select(grants.c.courier_id, grants.c.grant_id).where(condition).limit(STEP)
    )
    return [(row.courier_id, row.grant_id) for row in rows]


def _has_key(table: Table, keys: Sequence[tuple[str, str]]) -> ColumnElement[bool]:
    return tuple_(table.c.courier_id, table.c.grant_id).in_(keys)


def _delete(
    transaction: Transaction,
    key: Column[int],
    after: int,
    *conditions: ColumnElement[bool],
) -> int | None:
    """Delete the next rows of a key's table that meet the conditions."""
    checked = _next(transaction.conn, key, after)
    transaction.conn.execute(delete(key.table).where(key.in_(checked), *conditions))
    return _go_on(checked)


def _next(
    conn: Connection,
    column: Column[int],
    after: int,
    *conditions: ColumnElement[bool],
    most: int = STEP,
) -> list[int]:
    query = (
        select(column)
        .distinct()
        .where(column > after, *conditions)
        .order_by(column)
        .limit(most)
    )
    return list(conn.execute(query).scalars())


def _go_on(checked: Sequence[int], most: int = STEP) -> int | None:
    return checked[-1] if len(checked) == most else None


def _again(done: Sequence[Any]) -> int | None:
    return 0 if len(done) == STEP else None
