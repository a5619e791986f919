"""Shared helpers: purge a ledger to the end and read what is left."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from custom_components.courier_access.access.model import Consent, Resident
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state.residents import Author, put_rules
from custom_components.courier_access.ledger.upkeep import purge
from custom_components.courier_access.ledger.upkeep.purge import Limits
from tests.ledger.parts import ANNA, OPEN
from tests.support.rows import row, rows

DAY = timedelta(days=1)
MONTH = timedelta(days=30)
YEAR = timedelta(days=365)
SECOND = timedelta(seconds=1)


async def run(
    ledger: Ledger,
    now: datetime,
    retention: timedelta = MONTH,
    proof: timedelta = YEAR,
) -> int:
    """Purge to the end; return the number of steps."""
    limits, steps = Limits(now, retention, proof), 0
    for job in purge.JOBS:
        after: int | None = 0
        while after is not None:
            went_on = partial(purge.step, job=job, limits=limits, after=after)
            after = await ledger.write(went_on)
            steps += 1
    return steps


def count(ledger: Ledger, table: str) -> int:
    return row(ledger.path, f"SELECT count(*) FROM {table}", int)


def kept(ledger: Ledger) -> list[tuple[str, str]]:
    """Return the kinds of records with the personal fields that are kept."""
    query = "SELECT kind, field FROM personal JOIN records USING (seq) ORDER BY seq"
    return rows(ledger.path, query, tuple[str, str])


def said(
    transaction: Transaction, at: datetime, consent: Consent, resident: Resident = ANNA
) -> None:
    """Let a resident consent to deliveries at any time, or not."""
    put_rules(transaction, resident, replace(OPEN, consent=consent), Author(), at)
