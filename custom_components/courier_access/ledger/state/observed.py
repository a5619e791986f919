"""Record entries of others, which weren't decided here (promise 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ...access.model import EntryDecision, Resident
from .. import queue
from ..chain import Recorded
from ..ledger import Transaction
from .rules import enroll_residents, newest_set


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
