"""Record entries of others, which weren't decided here (promise 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from ...access.model import EntryDecision, Resident
from .. import queue
from ..chain import Recorded
from ..ledger import Transaction
from ..tables import entries, resident_sets
from .rules import enroll_residents


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
    set_revision = conn.execute(
        select(func.max(resident_sets.c.revision))
    ).scalar_one() or enroll_residents(transaction, residents, now)
    shown = {
        "entry_id": observed.entry_id,
        "courier_name": observed.source_name,
        "door_name": observed.door_name,
        "proof": None,
        "decision": EntryDecision.OBSERVED,
        "reason": None,
    }
    courier, door, at = observed.source_id, observed.door_id, observed.at
    recorded = transaction.append(
        "entry.observed", at, {**shown, "courier": courier, "door": door}
    )
    ids = {"courier_id": courier, "door_id": door}
    times = {"at": at, "last_at": at}
    conn.execute(insert(entries), {**shown, **ids, **times, "seq": recorded.seq})
    queue.enqueue(
        transaction.conn,
        queue.NotificationKind.ENTRY_OBSERVED,
        recorded.seq,
        observed.entry_id,
        set_revision,
        now,
    )
    return recorded
