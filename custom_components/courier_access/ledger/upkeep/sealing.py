"""Seal the log: delete the records whose period is over (docs/reference/retention.md).

One transaction carries on what is still in effect, appends the seal, and deletes. So a log is
never without a record that it rests on, whenever the machine stops.
"""

from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Final, NamedTuple

import orjson

from ..chain import GENESIS, PERSONAL_ERASED, SINCE
from ..ledger import Transaction
from ..seals import CARRIED, SEALED, SHORTEST, Original, lacks_consent
from ..sql import Command, Query
from ..state.residents import IS_KEPT
from ..structure import SCHEMA_VERSION

MOST_RECORDS: Final = 500
"""How many records one transaction deletes at most: no entry waits long."""

EVERY: Final = timedelta(days=30)
"""How much older than the log's period the oldest record is before any are deleted."""

MONTH: Final = timedelta(days=365) / 12

_NEVER: Final = 9223372036854775807
_IS_ORIGINAL: Final = f"kind NOT IN ('{SEALED}', '{CARRIED}')"

# Records are sealed in their order, whatever their times. The newest one, and what is still under
# way, stays. A seal has the body of the last one, so that isn't one with a body of another,
# even if the log begins with more of those than a transaction deletes.
# With `+`, SQLite finds the doors to lock by their index instead of reading all entries.
_LAST: Final = Query(
    f"""
    WITH step (beyond) AS (
        SELECT max(
            (SELECT min(seq) + {MOST_RECORDS} FROM records),
            (SELECT min(seq) + 1 FROM records WHERE {_IS_ORIGINAL})
        )
    )
    SELECT seq FROM records
    WHERE {_IS_ORIGINAL} AND seq < min(
        (SELECT beyond FROM step),
        (SELECT max(seq) FROM records),
        coalesce(
            (
                SELECT min(seq) FROM records
                WHERE at > :cutoff AND seq < (SELECT beyond FROM step)
            ),
            {_NEVER}
        ),
        coalesce((SELECT min(seq) FROM fanouts WHERE expanded_at IS NULL), {_NEVER}),
        coalesce(
            (
                SELECT min(fanouts.seq) FROM notifications
                CROSS JOIN fanouts ON fanouts.id = notifications.fanout_id
                WHERE next_at IS NOT NULL
            ),
            {_NEVER}
        ),
        coalesce((SELECT min(+seq) FROM entries WHERE relock_by IS NOT NULL), {_NEVER})
    )
    ORDER BY seq DESC LIMIT 1
    """,
    int,
)
_IS_DUE: Final = Query(
    """
    SELECT EXISTS (
        SELECT * FROM records WHERE seq = (SELECT min(seq) FROM records) AND at <= :due
    )
    """,
    bool,
)


class _Record(NamedTuple):
    kind: str
    body: bytes
    hash: bytes
    before: bytes | None


_RECORD: Final = Query(
    """
    SELECT kind, CAST(body AS BLOB) AS body, hash,
        (SELECT hash FROM records AS one WHERE one.seq = records.seq - 1) AS before
    FROM records WHERE seq = :seq
    """,
    _Record,
)
_HASH_BEFORE: Final = Query(
    f"SELECT body ->> 'hash' FROM records WHERE kind = '{SEALED}' ORDER BY seq DESC LIMIT 1",
    str,
)
# Without its personal values, a record is evidence of nothing.
_IN_EFFECT: Final = Query(
    f"""
    SELECT DISTINCT seq FROM personal
    WHERE seq <= :last AND (
        seq IN (SELECT seq FROM evidence WHERE {IS_KEPT})
        OR seq IN (SELECT seq FROM orders)
    )
    ORDER BY seq
    """,
    int,
)
_KEPT_SINCE: Final = Query(
    "SELECT min(since), count(*) FROM personal WHERE seq = :seq", tuple[datetime, int]
)
_MOVE_EVIDENCE: Final = Command("UPDATE evidence SET seq = :to WHERE seq = :seq")
_MOVE_VALUES: Final = Command("UPDATE personal SET seq = :to WHERE seq = :seq")
_MOVE_ORDER: Final = Command("UPDATE orders SET seq = :to WHERE seq = :seq")
_COUNTS: Final = Query(
    """
    SELECT
        (SELECT count(*) FROM records WHERE seq <= :last),
        (SELECT count(*) FROM entries WHERE seq <= :last)
    """,
    tuple[int, int],
)
_DELETE_ENTRIES: Final = Command("DELETE FROM entries WHERE seq <= :last")
_DELETE_EVIDENCE: Final = Command("DELETE FROM evidence WHERE seq <= :last")
_DELETE_VALUES: Final = Command("DELETE FROM personal WHERE seq <= :last")
_DELETE_RECORDS: Final = Command("DELETE FROM records WHERE seq <= :last")


class Kept(NamedTuple):
    """For how long the log, details, and the proof of an ended consent are kept."""

    log: timedelta
    details: timedelta
    proof: timedelta


def seal(transaction: Transaction, now: datetime, kept: Kept) -> bool:
    """Seal and delete records that are older than the log's period; return whether any were.

    In doubt, all are kept: if the clock is behind, a consent in effect has no record, or a
    record that another one would stand for was changed by hand.
    """
    conn, head = transaction.conn, transaction.head
    if head is None or now < head.latest or not is_due(conn, now - kept.log - EVERY):
        return False
    last = _LAST.first(conn, cutoff=now - max(kept.log, SHORTEST))
    if last is None or lacks_consent(conn):
        return False
    in_effect = _IN_EFFECT.all(
        conn, last=last, cutoff=now - kept.details, proof_since=now - kept.proof
    )
    try:
        sealed = _original(conn, last)
        carried = [_original(conn, seq) for seq in in_effect]
    except LookupError, TypeError, ValueError:
        return False
    erased = [
        since
        for seq, original in zip(in_effect, carried, strict=True)
        if (since := _carry(transaction, now, seq, original)) is not None
    ]
    if erased:
        # The records of the purges before this one may be deleted.
        up_to = max(erased).isoformat()
        transaction.append(PERSONAL_ERASED, now, {"up_to": up_to})
    records, entries = _COUNTS.one(conn, last=last)
    for delete in (_DELETE_ENTRIES, _DELETE_EVIDENCE, _DELETE_VALUES, _DELETE_RECORDS):
        delete.run(conn, last=last)
    counts = {"records": records, "entries": entries, "schema": SCHEMA_VERSION}
    transaction.append(SEALED, now, {**sealed.fields, **counts})
    return True


def is_due(conn: Connection, due: datetime) -> bool:
    """Return whether the oldest record is as old."""
    return _IS_DUE.one(conn, due=due)


def _carry(
    transaction: Transaction, now: datetime, seq: int, original: Original
) -> datetime | None:
    """Let a new record stand for one that is deleted, and move its personal values there.

    Return since when they were kept if some of them are erased.
    """
    conn = transaction.conn
    since, values = _KEPT_SINCE.one(conn, seq=seq)
    commitments = orjson.loads(original.body)["personal"]
    carried = transaction.append(
        CARRIED,
        now,
        {**original.fields, SINCE: since},
        commitments=commitments,
    )
    for move in (_MOVE_EVIDENCE, _MOVE_VALUES, _MOVE_ORDER):
        move.run(conn, to=carried.seq, seq=seq)
    return since if values < len(commitments) else None


def _original(conn: Connection, seq: int) -> Original:
    """Return this record, or the one that it stands for.

    Raise a LookupError, TypeError, or ValueError if it was changed by hand.
    """
    found = _RECORD.one(conn, seq=seq)
    before = found.before
    if before is None:
        sealed = _HASH_BEFORE.first(conn)
        before = GENESIS if sealed is None else bytes.fromhex(sealed)
    itself = Original.checked(seq, found.hash, before, found.body.decode())
    if found.kind != CARRIED:
        return itself
    return Original.read(orjson.loads(found.body))
