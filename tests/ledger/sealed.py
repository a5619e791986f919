"""Shared test data: a log of three years, with consents and an order, ready to be sealed."""

from copy import replace
from datetime import datetime, timedelta
from functools import partial

from custom_components.courier_access.access.model import Consent, Decision, Reason
from custom_components.courier_access.access.standing_orders import StandingOrder
from custom_components.courier_access.ledger.chain import Recorded
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state.entries import record_attempt
from custom_components.courier_access.ledger.state.grants import put_order
from custom_components.courier_access.ledger.state.residents import (
    Author,
    enroll_residents,
)
from custom_components.courier_access.ledger.upkeep import sealing
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO, CLEO, attempt
from tests.ledger.purging import DAY, MONTH, run, said

YEAR = 12 * sealing.MONTH
BEGAN = NOON - 3 * YEAR
ORDER = StandingOrder("order-1", ANNA.id, ("sensor-1",), "courier-1", "door-1", 2)


def visit(transaction: Transaction, at: datetime) -> Recorded:
    tried = replace(attempt(f"entry of {at}"), at=at)
    return record_attempt(
        transaction, tried, Decision.ADMITTED, Reason.OK, {"3b": "3B"}
    )


async def live(ledger: Ledger) -> list[Recorded]:
    """Let residents decide three years ago, and a courier come every ten days since."""
    await ledger.write(
        lambda transaction: enroll_residents(transaction, [ANNA, BO, CLEO], BEGAN)
    )
    for resident in (ANNA, CLEO):
        await ledger.write(
            partial(said, at=BEGAN, consent=Consent.GIVEN, resident=resident)
        )
    await ledger.write(
        lambda transaction: put_order(
            transaction, ORDER, "3b", Author(user_id="user-anna"), BEGAN
        )
    )
    visits = []
    at = BEGAN
    while at < NOON:
        visits.append(await ledger.write(partial(visit, at=at)))
        at += 10 * DAY
    await run(ledger, NOON)
    return visits


def keeping(period: timedelta) -> sealing.Kept:
    """Return how long everything is kept, with a log of this period."""
    return sealing.Kept(period, MONTH, YEAR)


async def seal(ledger: Ledger, now: datetime = NOON, period: timedelta = YEAR) -> bool:
    return await ledger.write(partial(sealing.seal, now=now, kept=keeping(period)))
