"""Gives a building that is stopped a past: entries of a month in its ledger, and grants that are open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from custom_components.courier_access.access.model import (
    Decision,
    DeliveryDetails,
    Grant,
    GrantKey,
    Proof,
    Reason,
    UnitPart,
)
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox.expand import TAG_PREFIX
from custom_components.courier_access.ledger.queue import NotificationKind, enqueue
from custom_components.courier_access.ledger.sql import Command, Query
from custom_components.courier_access.ledger.state.entries import (
    Attempt,
    record_attempt,
)
from custom_components.courier_access.ledger.state.grants import put_grant

DAYS: Final = 29
"""Over how many days the entries are spread: none is old enough to be forgotten."""

ADMITTED_OF_FOUR: Final = 3
_STEP: Final = 500

_OPENED: Final = Command("""
    UPDATE entries SET outcome = 'opened', lock_confirmed = 1, completed_at = :at
    WHERE entry_id = :entry_id
""")
_EXPANDED: Final = Command("UPDATE fanouts SET expanded_at = :at WHERE id = :id")
_NOTIFIED: Final = Command("""
    INSERT INTO notifications (
        fanout_id, resident_id, recipient, state, tag, token, held, over, attempts,
        due_at, sent_at, delivered_at
    ) VALUES (
        :fanout_id, :resident_id, :recipient, 'delivered', :tag, :token, 0, '[]', 1,
        :at, :at, :at
    )
""")


@dataclass(frozen=True, slots=True)
class _Residents:
    """The newest revision of the residents: their IDs and units."""

    revision: int
    members: tuple[tuple[str, str], ...]


_NEWEST: Final = Query(
    "SELECT revision, members FROM resident_sets ORDER BY revision DESC LIMIT 1",
    _Residents,
)


async def give_past(
    path: Path, count: int, courier: tuple[str, str], units: dict[str, str]
) -> None:
    """Write so many entries of one courier, by id and name, for these units, the newest a moment ago.

    Three of four were admitted, opened the door and are notified; the fourth was refused, and nobody is notified.
    """
    now = datetime.now(UTC)

    def enter(transaction: Transaction, number: int) -> None:
        at = now - timedelta(days=DAYS) * (count - number) / count
        _enter(transaction, number, at, courier, units)

    await _write_all(path, count, enter)


async def give_grants(
    path: Path, count: int, courier_ids: Sequence[str], door_id: str, unit: str
) -> None:
    """Write so many open grants for a unit, by turns of these couriers, that were announced long ago."""
    now = datetime.now(UTC)

    def issue(transaction: Transaction, number: int) -> None:
        courier_id = courier_ids[number % len(courier_ids)]
        starts_at = now + timedelta(hours=8) * number / count
        grant = Grant(
            key=GrantKey(courier_id, f"past-{number}"),
            revision=1,
            door_id=door_id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=4),
            max_entries=1,
            units={unit.lower(): UnitPart.ACCEPTED},
            uses=0,
            unit_labels={unit.lower(): unit},
        )
        put_grant(transaction, grant, now)
        transaction.append(
            "grant.accepted",
            now,
            {"courier": courier_id, "door": door_id},
            {"grant_id": grant.key.grant_id},
        )

    await _write_all(path, count, issue)


async def _write_all(
    path: Path, count: int, write_one: Callable[[Transaction, int], None]
) -> None:
    ledger = Ledger(path)
    await ledger.open()
    try:
        for first in range(0, count, _STEP):
            numbers = range(first, min(count, first + _STEP))

            def write(transaction: Transaction, numbers: range = numbers) -> None:
                for number in numbers:
                    write_one(transaction, number)

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
        delivery=DeliveryDetails(f"PKT-{number}"),
    )
    if number % 4 >= ADMITTED_OF_FOUR:
        record_attempt(
            transaction, attempt, Decision.REFUSED, Reason.OUTSIDE_SCHEDULE, units
        )
        return
    recorded = record_attempt(transaction, attempt, Decision.ADMITTED, Reason.OK, units)
    conn = transaction.conn
    _OPENED.run(conn, entry_id=attempt.entry_id, at=at)
    residents = _NEWEST.one(conn)
    enqueue(
        conn,
        NotificationKind.ENTRY_ADMITTED,
        recorded.seq,
        attempt.entry_id,
        residents.revision,
        at,
    )
    (fanout_id,) = conn.execute("SELECT last_insert_rowid()").fetchone()
    _EXPANDED.run(conn, id=fanout_id, at=at)
    for resident_id, unit in residents.members:
        _NOTIFIED.run(
            conn,
            fanout_id=fanout_id,
            resident_id=resident_id,
            recipient=unit in units,
            tag=f"{TAG_PREFIX}past-{number}-{resident_id}",
            token=f"past-{number}-{resident_id}",
            at=at,
        )
