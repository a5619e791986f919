"""Record entries of others, which weren't decided here (promise 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ...access.model import EntryDecision, Resident
from .. import queue
from ..chain import Recorded
from ..ledger import Transaction
from ..sql import Command, fields_of
from .rules import enroll_residents, newest_set

_PUT: Final = Command("""
    INSERT INTO entries (
        seq, entry_id, at, last_at, courier_id, courier_name, door_id, door_name,
        decision, use_returned, repeats
    ) VALUES (
        :seq, :entry_id, :at, :at, :source_id, :source_name, :door_id, :door_name,
        'observed', 0, 0
    )
""")


@dataclass(frozen=True, slots=True)
class Observation:
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
    conn = transaction.conn
    set_revision = newest_set(conn) or enroll_residents(transaction, residents, now)
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
    _PUT.run(conn, **fields_of(observed), seq=recorded.seq)
    queue.enqueue(
        transaction.conn,
        queue.NotificationKind.ENTRY_OBSERVED,
        recorded.seq,
        observed.entry_id,
        set_revision,
        now,
    )
    return recorded
