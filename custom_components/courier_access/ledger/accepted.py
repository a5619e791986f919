"""A clock that the owner accepts, though the newest record bears a later time (design, *The ledger*)."""

from datetime import datetime

from .chain import CLOCK_ACCEPTED
from .ledger import Transaction


def accept_clock(transaction: Transaction, at: datetime, by: str | None) -> None:
    """Record that the time is `at` from now on, and the latest time that stood in the record before."""
    latest = None if transaction.head is None else transaction.head.latest.isoformat()
    transaction.append(CLOCK_ACCEPTED, at, {"latest": latest}, {"decided_by": by})
