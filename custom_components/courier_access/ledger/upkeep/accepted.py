"""Accept a clock that is behind the newest record (docs/reliability.md#clock)."""

from datetime import datetime

from sqlalchemy import update

from ..chain import CLOCK_ACCEPTED
from ..ledger import Transaction
from ..tables import evidence, personal
from .restore import refuse_before, restored_at


def accept_clock(transaction: Transaction, at: datetime, by: str | None) -> None:
    """Record that the time is `at` from now on, and the latest time that stood in the record before.

    What couriers sent before a restore is refused for good; one by a clock that was ahead was no later than now.
    """
    latest = None if transaction.head is None else transaction.head.latest.isoformat()
    transaction.append(CLOCK_ACCEPTED, at, {"latest": latest}, {"decided_by": by})
    # What was written by a clock that was ahead was written no later than now.
    transaction.conn.execute(update(personal).where(personal.c.since > at).values(since=at))
    transaction.conn.execute(update(evidence).where(evidence.c.ended_at > at).values(ended_at=at))
    restored = restored_at(transaction.conn)
    if restored is not None and restored > at:
        refuse_before(transaction, at)
