"""Purge personal data whose time is over; the chain still verifies (promise 7).

Each step is a small transaction, so no entry waits long. Pending notifications (promise
2) and evidence of consent are kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson

from ...access.details import DETAILS
from ...access.model import GrantKey
from ..chain import PERSONAL_ERASED
from ..ledger import Transaction
from ..outbox.expand import NOTIFICATIONS_PER_STEP
from ..queue import Family, kinds_with
from ..sql import Command, Query, fields_of, listed
from ..state import questions as kept_asks
from ..state.grants import (
    IS_FINGERPRINT,
    OF_GRANT,
    OLDEST_MESSAGE,
    REMEMBERED,
    fingerprint,
)
from ..state.passes import end_orphaned_codes
from ..state.rules import EVIDENCE_STAYS

STEP: Final = 100
"""How many rows one transaction erases at most."""


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


_IS_PENDING: Final = """(
    fanouts.expanded_at IS NULL OR EXISTS (
        SELECT * FROM notifications
        WHERE notifications.fanout_id = fanouts.id AND next_at IS NOT NULL
    )
)"""
"""Whether a fan-out or one of its notifications is still pending."""

_OLD_FANOUT: Final = Query(
    f"""
    SELECT id, NOT {_IS_PENDING} AND NOT (
        kind IN {listed(kinds_with(Family.ANNOUNCEMENT))} AND EXISTS (
            SELECT * FROM grants
            WHERE grants.courier_id = fanouts.courier_id
                AND grants.grant_id = fanouts.grant_id AND ends_at > :now
        )
    )
    FROM fanouts WHERE id > :after AND at <= :cutoff ORDER BY id LIMIT 1
    """,
    tuple[int, bool],
)
# All but the latest evidence of a resident who can't be reached.
_DELETE_NOTIFICATIONS: Final = Command(f"""
    DELETE FROM notifications WHERE id IN (
        SELECT id FROM notifications AS old
        WHERE fanout_id = :fanout_id AND NOT (
            state = 'undeliverable' AND addressed IS NULL
            AND EXISTS (
                SELECT * FROM residences
                WHERE residences.resident_id = old.resident_id
            )
            AND NOT EXISTS (
                SELECT * FROM notifications AS later
                WHERE later.resident_id = old.resident_id AND (
                    later.sent_at >= old.due_at
                    OR later.state = 'undeliverable' AND later.id > old.id
                )
            )
        )
        LIMIT {NOTIFICATIONS_PER_STEP}
    )
""")
_DELETE_FANOUT: Final = Command("""
    DELETE FROM fanouts WHERE id = :fanout_id
        AND NOT EXISTS (SELECT * FROM notifications WHERE fanout_id = fanouts.id)
""")
_EMPTY_FANOUT: Final = Command("""
    UPDATE fanouts SET grant_id = NULL, units = '{}', details = '{}', addressed = NULL,
        set_revision = (SELECT max(revision) FROM resident_sets)
    WHERE id = :fanout_id
""")


def sent_fanouts(transaction: Transaction, limits: Limits, after: int) -> int | None:
    """Drop a notified fan-out with its notifications, unless a veto needs them.

    An undeliverable notification is kept without content until one is delivered.
    """
    conn = transaction.conn
    old = _OLD_FANOUT.first(conn, after=after, cutoff=limits.cutoff, now=limits.now)
    if old is None:
        return None
    fanout_id, is_done = old
    if is_done:
        deleted = _DELETE_NOTIFICATIONS.run(conn, fanout_id=fanout_id)
        if deleted == NOTIFICATIONS_PER_STEP:
            return after
        _DELETE_FANOUT.run(conn, fanout_id=fanout_id)
        _EMPTY_FANOUT.run(conn, fanout_id=fanout_id)
    return fanout_id


# The last record of a full step; after it, there may be more.
_LAST_VALUE: Final = Query(
    f"""
    SELECT DISTINCT seq FROM personal WHERE seq > :after
    ORDER BY seq LIMIT 1 OFFSET {STEP - 1}
    """,
    int,
)
_OLD_VALUES: Final = Query(
    f"""
    SELECT DISTINCT seq FROM personal
    WHERE seq > :after AND seq <= coalesce(:last, 9223372036854775807)
        AND since <= :cutoff
        AND NOT EXISTS (
            SELECT * FROM evidence WHERE evidence.seq = personal.seq
                AND (ended_at IS NULL OR ended_at > :evidence_since)
        )
        AND NOT EXISTS (SELECT * FROM orders WHERE orders.seq = personal.seq)
        AND NOT EXISTS (
            SELECT * FROM fanouts WHERE fanouts.seq = personal.seq AND {_IS_PENDING}
        )
    """,
    int,
)
_ERASE_VALUES: Final = Command(
    "DELETE FROM personal WHERE seq IN (SELECT value FROM json_each(:old))"
)
_ERASE_GRANT_IDS: Final = Command("""
    UPDATE entries SET grant_id = NULL
    WHERE seq IN (SELECT value FROM json_each(:old))
""")


def values(transaction: Transaction, limits: Limits, after: int) -> int | None:
    """Erase personal values and salts, after a record of the cutoff."""
    conn = transaction.conn
    last = _LAST_VALUE.first(conn, after=after)
    old = _OLD_VALUES.all(
        conn,
        after=after,
        last=last,
        cutoff=limits.cutoff,
        evidence_since=limits.now - EVIDENCE_STAYS,
    )
    if old:
        _record(transaction, limits)
        _ERASE_VALUES.run(conn, old=old)
        _ERASE_GRANT_IDS.run(conn, old=old)
    return last


_ENDED_GRANTS: Final = f"""(
    SELECT courier_id, grant_id FROM grants WHERE keep_until <= :now
    ORDER BY keep_until, courier_id, grant_id LIMIT {STEP}
)"""
_DELETE_UNITS_OF_ENDED: Final = Command(
    f"DELETE FROM grant_units WHERE (courier_id, grant_id) IN {_ENDED_GRANTS}"
)
_DELETE_ENDED_GRANTS: Final = Command(
    f"DELETE FROM grants WHERE (courier_id, grant_id) IN {_ENDED_GRANTS}"
)


def ended_grants(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Delete grants and their units when nothing needs them anymore."""
    _DELETE_UNITS_OF_ENDED.run(transaction.conn, now=limits.now)
    return _again(_DELETE_ENDED_GRANTS.run(transaction.conn, now=limits.now))


_REVOKED_GRANTS: Final = Query(
    f"""
    SELECT courier_id, grant_id FROM grants
    WHERE state = 'revoked' AND ends_at <= :cutoff AND keep_until <= :remembered
        AND NOT {IS_FINGERPRINT}
    LIMIT {STEP}
    """,
    GrantKey,
)
_DELETE_UNITS: Final = Command(f"DELETE FROM grant_units {OF_GRANT}")
_NO_DETAILS: Final = ", ".join(f"{name} = NULL" for name in DETAILS)
_REDUCE_GRANT: Final = Command(f"""
    UPDATE grants SET grant_id = :fingerprint,
        {_NO_DETAILS},
        content = '', issuer_kind = NULL, issuer_id = NULL
    {OF_GRANT}
""")


def revoked_grants(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Reduce revoked grants to the revocation itself (docs/reference/retention.md)."""
    conn = transaction.conn
    remembered = limits.cutoff + OLDEST_MESSAGE + REMEMBERED
    keys = _REVOKED_GRANTS.all(conn, cutoff=limits.cutoff, remembered=remembered)
    for key in keys:
        _DELETE_UNITS.run(conn, **fields_of(key))
        _REDUCE_GRANT.run(conn, **fields_of(key), fingerprint=fingerprint(key))
    return _again(len(keys))


_DELETE_QUESTIONS: Final = Command(f"""
    DELETE FROM asks WHERE id IN (
        SELECT id FROM asks
        WHERE at <= :cutoff AND NOT EXISTS (
            SELECT * FROM grants WHERE grants.courier_id = asks.courier_id
                AND grants.grant_id = asks.grant_id
        )
        LIMIT {STEP}
    )
""")


def questions(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Erase finished questions, and their number once the grant is deleted."""
    kept_asks.erase_old(transaction.conn, limits.now)
    cutoff = limits.now - kept_asks.KEPT_FOR
    return _again(_DELETE_QUESTIONS.run(transaction.conn, cutoff=cutoff))


_DELETE_REPLIES: Final = Command(f"""
    DELETE FROM replies WHERE (courier_id, message_id) IN (
        SELECT courier_id, message_id FROM replies WHERE keep_until <= :now LIMIT {STEP}
    )
""")


def expired_replies(
    transaction: Transaction, limits: Limits, _after: int
) -> int | None:
    """Delete replies that no longer need to be replayed."""
    return _again(_DELETE_REPLIES.run(transaction.conn, now=limits.now))


_DELETE_PASSES: Final = Command(f"""
    DELETE FROM passes WHERE pass_id IN (
        SELECT pass_id FROM passes WHERE keep_until <= :now LIMIT {STEP}
    )
""")


def ended_passes(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Delete passes of grants that are long over."""
    return _again(_DELETE_PASSES.run(transaction.conn, now=limits.now))


def orphaned_codes(
    transaction: Transaction, _limits: Limits, _after: int
) -> int | None:
    """End the address codes of residents who no longer live in the unit."""
    end_orphaned_codes(transaction.conn)
    return None


_DELETE_PAUSES: Final = Command(f"""
    DELETE FROM pauses WHERE id IN (
        SELECT id FROM pauses WHERE coalesce(ended_at, until) <= :cutoff LIMIT {STEP}
    )
""")


def ended_pauses(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Delete pauses that ended before the cutoff."""
    return _again(_DELETE_PAUSES.run(transaction.conn, cutoff=limits.cutoff))


_DELETE_SETS: Final = Command(f"""
    DELETE FROM resident_sets WHERE revision IN (
        SELECT revision FROM resident_sets
        WHERE revision < (SELECT max(revision) FROM resident_sets)
            AND revision NOT IN (SELECT set_revision FROM fanouts)
        LIMIT {STEP}
    )
""")


def former_residents(
    transaction: Transaction, _limits: Limits, _after: int
) -> int | None:
    """Delete old revisions of the set of residents that no fan-out needs."""
    return _again(_DELETE_SETS.run(transaction.conn))


_DELETE_EVIDENCE: Final = Command(f"""
    DELETE FROM evidence WHERE seq IN (
        SELECT seq FROM evidence
        WHERE ended_at <= :cutoff
            AND NOT EXISTS (SELECT * FROM personal WHERE personal.seq = evidence.seq)
        LIMIT {STEP}
    )
""")


def past_evidence(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Delete evidence whose values are erased."""
    cutoff = limits.now - EVIDENCE_STAYS
    return _again(_DELETE_EVIDENCE.run(transaction.conn, cutoff=cutoff))


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


_NEWEST_PURGE: Final = Query(
    f"""
    SELECT body FROM records WHERE kind = '{PERSONAL_ERASED}' ORDER BY seq DESC LIMIT 1
    """,
    str,
)


def _record(transaction: Transaction, limits: Limits) -> None:
    """Record the cutoff of this purge, once."""
    cutoff = limits.cutoff.isoformat()
    body = _NEWEST_PURGE.first(transaction.conn)
    if body is None or orjson.loads(body)["up_to"] != cutoff:
        transaction.append(PERSONAL_ERASED, limits.now, {"up_to": cutoff})


def _again(done: int) -> int | None:
    return 0 if done == STEP else None
