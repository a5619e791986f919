"""Gives a building that is stopped a past: entries of a month in its ledger, each told to everybody it was to be told to."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import func, select, update

from custom_components.courier_access.access.model import (
    Decision,
    GrantKey,
    Outcome,
    Proof,
    Reason,
)
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox.expand import (
    NotificationState,
    expand_fanouts,
)
from custom_components.courier_access.ledger.queue import NotificationKind, enqueue
from custom_components.courier_access.ledger.state.entries import (
    Attempt,
    record_attempt,
)
from custom_components.courier_access.ledger.tables import (
    entries as kept,
    notifications,
    resident_sets,
)

DAYS: Final = 29
"""Over how many days the entries are spread: none is old enough to be forgotten."""

ADMITTED_OF_FOUR: Final = 3
_STEP: Final = 500


async def give_past(
    path: Path, count: int, courier: tuple[str, str], units: dict[str, str]
) -> None:
    """Write so many entries of one courier, by id and name, for these units, the newest a moment ago.

    Three of four were admitted, opened the door and are told; the fourth was refused and owes nobody anything.
    """
    ledger = Ledger(path)
    await ledger.open()
    try:
        now = datetime.now(UTC)
        for first in range(0, count, _STEP):
            numbers = range(first, min(count, first + _STEP))

            def write(transaction: Transaction, numbers: range = numbers) -> None:
                for number in numbers:
                    at = now - timedelta(days=DAYS) * (count - number) / count
                    _enter(transaction, number, at, courier, units)
                while expand_fanouts(transaction.conn, now):
                    pass
                transaction.conn.execute(
                    update(notifications)
                    .where(notifications.c.state == NotificationState.PENDING)
                    .values(
                        state=NotificationState.DELIVERED,
                        next_at=None,
                        delivered_at=now,
                    )
                )

            await ledger.write(write)
    finally:
        await ledger.close()


def _enter(
    transaction: Transaction,
    number: int,
    at: datetime,
    courier: tuple[str, str],
    units: dict[str, str],
) -> None:
    courier_id, courier_name = courier
    attempt = Attempt(
        f"past-{number}",
        GrantKey(courier_id, f"past-{number}"),
        at,
        courier_name,
        "past",
        "Front door",
        Proof.SIGNED,
        f"past-{number}",
        parcel_ref=f"PKT-{number}",
    )
    if number % 4 >= ADMITTED_OF_FOUR:
        record_attempt(
            transaction, attempt, Decision.REFUSED, Reason.OUTSIDE_SCHEDULE, units
        )
        return
    recorded = record_attempt(transaction, attempt, Decision.ADMITTED, Reason.OK, units)
    conn = transaction.conn
    conn.execute(
        update(kept)
        .where(kept.c.entry_id == attempt.entry_id)
        .values(outcome=Outcome.OPENED, lock_confirmed=True, completed_at=at)
    )
    revision = conn.execute(select(func.max(resident_sets.c.revision))).scalar_one()
    enqueue(
        transaction.raw,
        NotificationKind.ENTRY_ADMITTED,
        recorded.seq,
        attempt.entry_id,
        revision,
        at,
    )
