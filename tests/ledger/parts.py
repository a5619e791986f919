"""What the ledger's tests have in common: small records, and a ledger that is at work."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
import threading

from sqlalchemy import Connection, func, select

from custom_components.courier_access.ledger.chain import Recorded
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.tables import records
from tests.ledger.filled import NOON


def note(transaction: Transaction, name: str = "noted", secret: str | None = None) -> Recorded:
    return transaction.append("test", NOON, {"name": name}, {"secret": secret})


def count(conn: Connection) -> int:
    return conn.execute(select(func.count()).select_from(records)).scalar_one()


def names(conn: Connection) -> list[str]:
    query = select(func.json_extract(records.c.body, "$.name")).order_by(records.c.seq)
    return list(conn.execute(query).scalars())


def pragma(conn: Connection, name: str) -> object:
    return conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def hand_in[T](ledger: Ledger, work: Callable[[Transaction], T]) -> asyncio.Task[T]:
    """Hand a job in; it waits for its turn when this returns."""
    return asyncio.Task(ledger.write(work), eager_start=True)


@asynccontextmanager
async def busy(ledger: Ledger) -> AsyncIterator[None]:
    """Keep the ledger at work meanwhile."""
    started, go_on = threading.Event(), threading.Event()

    def work(_: Connection) -> None:
        started.set()
        go_on.wait()

    task = asyncio.Task(ledger.read(work), eager_start=True)
    await asyncio.to_thread(started.wait)
    try:
        yield
    finally:
        go_on.set()
        await task
