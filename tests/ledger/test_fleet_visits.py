"""Test what of visits to a fleet the ledger keeps, and for how long."""

from datetime import datetime
from functools import partial

from custom_components.courier_access.access.model import Decision, Reason, Resident
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state.entries import record_attempt
from custom_components.courier_access.ledger.state.fleet_visits import (
    load_visits_choices,
    put_visits_choice,
)
from tests.ledger.filled import NOON
from tests.ledger.parts import attempt
from tests.ledger.purging import DAY, MONTH, run
from tests.support.verified import verified

ANNA = Resident("anna", "Anna", "3b", "3B", None, "user-anna")


def visit(transaction: Transaction, at: datetime) -> None:
    tried = attempt(f"entry of {at}", at)
    units = {ANNA.unit: ANNA.unit_label}
    record_attempt(transaction, tried, Decision.REFUSED, Reason.EXPIRED, units)


async def object_to(ledger: Ledger, at: datetime, *, objects: bool) -> None:
    await ledger.write(
        partial(put_visits_choice, resident=ANNA, at=at, objects=objects)
    )


async def test_ended_objection_is_kept_until_the_visits_before_it_are_erased(
    ledger: Ledger,
) -> None:
    await ledger.write(partial(visit, at=NOON))
    await object_to(ledger, NOON, objects=True)
    await object_to(ledger, NOON, objects=False)
    await ledger.write(partial(visit, at=NOON + 20 * DAY))

    await run(ledger, NOON + MONTH - DAY)
    [choice] = (await ledger.read(load_visits_choices)).values()
    assert choice.until is not None
    assert choice.covers(1)

    await run(ledger, NOON + MONTH + DAY)
    assert await ledger.read(load_visits_choices) == {}
    await verified(ledger)


async def test_objection_is_kept_as_long_as_it_lasts(ledger: Ledger) -> None:
    await object_to(ledger, NOON, objects=True)
    await run(ledger, NOON + 12 * MONTH)
    [choice] = (await ledger.read(load_visits_choices)).values()
    assert choice.is_current
