"""Store entries: each attempt, admitted or refused, to its end (promises 2 and 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Final

import orjson

from ...access.model import (
    Decision,
    DeliveryDetails,
    EntryDecision,
    GrantKey,
    Outcome,
    Proof,
    Reason,
)
from ..chain import Recorded
from ..ledger import Transaction
from ..sql import Command, Query

SAME_REFUSAL: Final = timedelta(minutes=10)
"""Equal refusals at one door within this time are counted in one record.

Unknown grants of a courier count as one, since each may be invented.
"""

LATE_UNLOCK: Final = "entry.late_unlock"
"""The record that an entry's door unlocked after all."""

LEFT_UNLOCKED: Final = "entry.left_unlocked"
"""The record that an entry's door may have stayed unlocked when Home Assistant stopped."""


@dataclass(frozen=True, slots=True)
class Attempt:
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


@dataclass(frozen=True, slots=True)
class EntryRow:
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


def record_attempt(
    transaction: Transaction,
    attempt: Attempt,
    decision: Decision,
    reason: Reason,
    units: Mapping[str, str],
    pass_id: str | None = None,
    relock_by: datetime | None = None,
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
            AND (grant_id = :grant_id OR reason = 'unknown_grant')
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
    """Count a refusal in the record of a recent equal one; return that entry, if any."""
    return _COUNT_REPEAT.first(
        transaction.conn,
        courier_id=attempt.key.courier_id,
        grant_id=attempt.key.grant_id,
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
    """Return whether there is an entry with that ID."""
    return _IS_KNOWN.one(conn, entry_id=entry_id)


def complete_entry(
    transaction: Transaction,
    entry_id: str,
    at: datetime,
    story: Mapping[str, str | bool | None],
) -> None:
    """Record how an entry ended at the door."""
    transaction.append("entry.completed", at, {"entry_id": entry_id, **story})


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
    """Return the newest entries that match the filter, newest first."""
    return _LATEST.all(
        conn,
        before_seq=wanted.before_seq,
        before=wanted.before,
        door_id=wanted.door_id,
        courier_id=wanted.courier_id,
        decision=wanted.decision,
        limit=wanted.limit,
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


def _json(value: list[str] | dict[str, str]) -> str:
    return orjson.dumps(value).decode()


def has_later(kind: str) -> str:
    """Return the condition that an entry has a later record of that kind."""
    return f"""EXISTS (
        SELECT * FROM records
        WHERE records.seq > entries.seq AND records.kind = '{kind}'
            AND json_extract(records.body, '$.entry_id') = entries.entry_id
    )"""


@dataclass(frozen=True, slots=True)
class Relock:
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


_CLEAR: Final = Command(
    "UPDATE entries SET relock_by = NULL WHERE entry_id = :entry_id"
)
_LEFT: Final = Query(
    f"""
    SELECT door_id, entry_id, relock_by AS deadline, courier_name, door_name,
        context_id, courier_id, coalesce(grant_id, '') AS grant_id,
        lock_confirmed OR unlocked_until IS NOT NULL
            OR {has_later(LATE_UNLOCK)} AS confirmed,
        outcome = 'unknown' AS cut_off
    FROM entries WHERE relock_by IS NOT NULL
    """,
    Relock,
)


def clear_relock(conn: Connection, entry_id: str) -> None:
    """Remove an entry's deadline: its door is locked again, or was used by hand."""
    _CLEAR.run(conn, entry_id=entry_id)


def load_relocks(conn: Connection) -> list[Relock]:
    """Return the remaining deadlines."""
    return _LEFT.all(conn)
