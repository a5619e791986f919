"""What is evidence of a consent stays while that is in force, and for thirty days after (promise 7)."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import func, select

from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state.rules import (
    EVIDENCE_STAYS,
    Author,
    put_rules,
    remove_rules,
)
from custom_components.courier_access.ledger.tables import evidence, personal, records
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, OPEN
from tests.ledger.purging import DAY, MONTH, SECOND, count, kept, run, said


async def test_evidence_of_a_consent_stays_while_it_is_in_force_and_thirty_days_after(
    ledger: Ledger,
) -> None:
    await ledger.write(lambda transaction: said(transaction, NOON, Consent.GIVEN))
    given = [
        ("rules.changed", name) for name in ("consent", "resident", "rules", "unit")
    ]
    await run(ledger, NOON + 400 * DAY, 7 * DAY)
    assert await kept(ledger) == given

    over = NOON + 400 * DAY
    await ledger.write(lambda transaction: said(transaction, over, Consent.WITHDRAWN))
    await run(ledger, over + MONTH - SECOND, 7 * DAY)
    assert await kept(ledger) == [*given, *given]

    await run(ledger, over + MONTH, 7 * DAY)
    assert await kept(ledger) == []
    assert await count(ledger, evidence) == 0
    assert (await ledger.verify()).intact


async def test_of_hours_that_were_changed_only_those_in_force_stay(
    ledger: Ledger,
) -> None:
    for day in (0, 100, 200):
        at = NOON + day * DAY
        await ledger.write(partial(said, at=at, consent=Consent.GIVEN))

    await run(ledger, NOON + 229 * DAY)
    assert len(await kept(ledger)) == 3 * 4

    await run(ledger, NOON + 230 * DAY)
    # The first gave the consent that is in force, the last are the rules that it stands with.
    query = select(records.c.at).join(evidence).order_by(evidence.c.seq)
    assert await ledger.read(lambda conn: list(conn.execute(query).scalars())) == [
        NOON,
        NOON + 200 * DAY,
    ]
    assert len(await kept(ledger)) == 2 * 4


@pytest.mark.parametrize("change", ["on paper", "another unit", "left"])
async def test_a_consent_that_another_replaced_is_forgotten_thirty_days_after(
    ledger: Ledger, change: str
) -> None:
    def follow(transaction: Transaction, at: datetime) -> None:
        match change:
            case "on paper":
                put_rules(transaction, ANNA, OPEN, Author(paper_id="paper"), at)
            case "another unit":
                said(transaction, at, Consent.GIVEN, replace(ANNA, unit="4a"))
            case _:
                remove_rules(transaction, ANNA.id, "left", at)

    await ledger.write(lambda transaction: said(transaction, NOON, Consent.GIVEN))
    await ledger.write(lambda transaction: follow(transaction, NOON + DAY))

    async def of_first() -> int:
        return await ledger.read(
            lambda conn: conn.execute(
                select(func.count()).select_from(personal).where(personal.c.seq == 1)
            ).scalar_one()
        )

    await run(ledger, NOON + DAY + MONTH - SECOND, 7 * DAY)
    assert await of_first() == 4
    await run(ledger, NOON + DAY + MONTH, 7 * DAY)
    assert await of_first() == 0


async def test_what_somebody_said_who_never_consented_is_evidence_of_nothing(
    ledger: Ledger,
) -> None:
    def write(transaction: Transaction) -> None:
        put_rules(transaction, ANNA, Rules(revision=1), Author(), NOON)
        remove_rules(transaction, ANNA.id, "left", NOON)

    await ledger.write(write)
    await run(ledger, NOON + 7 * DAY, 7 * DAY)

    assert await kept(ledger) == []


async def test_evidence_is_kept_no_shorter_than_anything_else(ledger: Ledger) -> None:
    await ledger.write(lambda transaction: said(transaction, NOON, Consent.GIVEN))
    await ledger.write(lambda transaction: said(transaction, NOON, Consent.WITHDRAWN))

    await run(ledger, NOON + 90 * DAY - SECOND, 90 * DAY)

    assert len(await kept(ledger)) == 8
    assert await count(ledger, evidence) == 2
    assert EVIDENCE_STAYS == MONTH
