"""Shared test data: small records, grants, and consents, and a busy ledger."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from copy import replace
from datetime import datetime, timedelta
from pathlib import Path
import sqlite3
from sqlite3 import Connection
import threading
from typing import Any

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import (
    Consent,
    DeliveryDetails,
    Grant,
    GrantKey,
    Opening,
    Outcome,
    Proof,
    Resident,
    Rules,
    UnitPart,
)
from custom_components.courier_access.ledger.chain import Recorded
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state.entries import (
    Attempt,
    Claim,
    MessageKey,
)
from custom_components.courier_access.ledger.state.residents import (
    Author,
    LoginState,
    put_residence,
    put_rules,
)
from tests.ledger.filled import NOON
from tests.support.rows import row, rows

PATIENCE = 10
"""Seconds after which a stuck thread fails its test."""


def note(
    transaction: Transaction, name: str = "noted", secret: str | None = None
) -> Recorded:
    return transaction.append("test", NOON, {"name": name}, {"secret": secret})


def count(conn: Connection) -> int:
    return row(conn, "SELECT count(*) FROM records", int)


def names(conn: Connection) -> list[str]:
    return rows(conn, "SELECT body ->> 'name' FROM records ORDER BY seq", str)


def pragma(conn: Connection, name: str) -> object:
    return row(conn, f"PRAGMA {name}", object)


def hand_in[T](ledger: Ledger, work: Callable[[Transaction], T]) -> asyncio.Task[T]:
    """Queue a job; it waits for its turn when this returns."""
    return asyncio.Task(ledger.write(work), eager_start=True)


@asynccontextmanager
async def opened(path: Path, **how: bool) -> AsyncIterator[Ledger]:
    """Keep the ledger of a file open meanwhile."""
    ledger = Ledger(path)
    await ledger.open(**how)
    try:
        yield ledger
    finally:
        await ledger.close()


def execute(path: Path, *statements: str) -> list[tuple[Any, ...]]:
    """Return the last statement's rows; run it like another program."""
    rows: list[tuple[Any, ...]] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as foreign:
        for statement in statements:
            rows = foreign.execute(statement).fetchall()
    return rows


@asynccontextmanager
async def busy(ledger: Ledger) -> AsyncIterator[None]:
    """Keep the ledger busy meanwhile."""
    started, go_on = threading.Event(), threading.Event()

    def work(_: Connection) -> None:
        started.set()
        assert go_on.wait(PATIENCE)

    task = asyncio.Task(ledger.read(work), eager_start=True)
    assert await asyncio.to_thread(started.wait, PATIENCE)
    try:
        yield
    finally:
        go_on.set()
        await task


KEY = GrantKey("courier-1", "grant-1")
GRANT = Grant(
    key=KEY,
    revision=1,
    door_id="door-1",
    starts_at=NOON - timedelta(hours=1),
    ends_at=NOON + timedelta(hours=1),
    max_entries=2,
    units={"3b": UnitPart.ACCEPTED, "4a": UnitPart.ACCEPTED},
    unit_labels={"3b": "3B", "4a": "4 a"},
    delivery=DeliveryDetails(parcel_ref="PKT-7"),
    content="as asked",
)
ANNA = Resident("anna", "Anna", "3b", "3B", user_id="user-anna")
BO = Resident("bo", "Bo", "3b", "3B")
CLEO = Resident("cleo", "Cleo", "4a", "4 a")
OPEN = Rules(consent=Consent.GIVEN, schedule=ALWAYS, revision=1)


def decide(
    transaction: Transaction, resident: Resident, consent: Consent = Consent.GIVEN
) -> None:
    """Let a confirmed resident consent to deliveries at any time, or not."""
    put_residence(transaction.conn, resident, LoginState.LINKED, NOON, 1, {})
    put_rules(transaction, resident, replace(OPEN, consent=consent), Author(), NOON)


def attempt(
    entry_id: str = "entry-1",
    at: datetime = NOON,
    *,
    key: GrantKey = KEY,
    door_id: str = "door-1",
) -> Attempt:
    return Attempt(
        entry_id=entry_id,
        key=key,
        at=at,
        courier_name="Swift Parcels",
        door_id=door_id,
        door_name="Front door",
        proof=Proof.SIGNED,
        context_id=f"context of {entry_id}",
        delivery=DeliveryDetails("PKT-7", "driver-9"),
    )


def ended(
    outcome: Outcome, *, until: datetime | None = None, returned: bool = False
) -> Opening:
    """Return how a courier's command ended, perhaps so that the use is refunded."""
    confirmed = outcome is Outcome.OPENED
    return Opening(outcome, confirmed, until, reads_locked=returned)


def claim(entry_id: str = "entry-1", *, revision: int = 1, **changes: object) -> Claim:
    """Return a claim; its message is named after the entry."""
    asked = Claim(
        attempt=attempt(entry_id),
        grant=replace(GRANT, revision=revision),
        units=("3b", "4a"),
        message=MessageKey("courier-1", f"message of {entry_id}", b"body" * 8),
        reply='{"outcome": "unknown"}',
        keep_until=NOON + timedelta(days=7),
        deadline=NOON + timedelta(seconds=21),
        set_revision=1,
    )
    return replace(asked, **changes)  # type: ignore[arg-type]
