"""Test that evidence of consent stays 30 days longer than the consent (promise 7)."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest

from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state.residents import (
    EVIDENCE_STAYS,
    Author,
    put_rules,
    remove_rules,
)
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, OPEN
from tests.ledger.purging import DAY, MONTH, SECOND, count, kept, run, said
from tests.support.rows import row, rows
from tests.support.verified import verified


async def test_evidence_stays_thirty_days_after_the_consent(ledger: Ledger) -> None:
    await ledger.write(lambda transaction: said(transaction, NOON, Consent.GIVEN))
    given = [
        ("rules.changed", name)
        for name in (
            *("consent", "decided_by", "decided_on", "on_paper"),
            *("resident", "rules", "unit"),
        )
    ]
    await run(ledger, NOON + 400 * DAY, 7 * DAY)
    assert kept(ledger) == given

    over = NOON + 400 * DAY
    await ledger.write(lambda transaction: said(transaction, over, Consent.WITHDRAWN))
    await run(ledger, over + MONTH - SECOND, 7 * DAY)
    assert kept(ledger) == [*given, *given]

    await run(ledger, over + MONTH, 7 * DAY)
    assert kept(ledger) == []
    assert count(ledger, "evidence") == 0
    assert (await verified(ledger)).intact


async def test_only_the_current_hours_stay(ledger: Ledger) -> None:
    for day in (0, 100, 200):
        at = NOON + day * DAY
        await ledger.write(partial(said, at=at, consent=Consent.GIVEN))

    await run(ledger, NOON + 229 * DAY)
    assert len(kept(ledger)) == 3 * 7

    await run(ledger, NOON + 230 * DAY)
    # The first record gave the consent, the last ones are its current rules.
    query = "SELECT at FROM records JOIN evidence USING (seq) ORDER BY seq"
    assert rows(ledger.path, query, datetime) == [NOON, NOON + 200 * DAY]
    assert len(kept(ledger)) == 2 * 7


@pytest.mark.parametrize("change", ["on paper", "another unit", "left"])
async def test_replaced_consent_is_deleted_after_thirty_days(
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

    def of_first() -> int:
        return row(ledger.path, "SELECT count(*) FROM personal WHERE seq = 1", int)

    await run(ledger, NOON + DAY + MONTH - SECOND, 7 * DAY)
    assert of_first() == 7
    await run(ledger, NOON + DAY + MONTH, 7 * DAY)
    assert of_first() == 0


async def test_rules_without_consent_are_no_evidence(ledger: Ledger) -> None:
    def write(transaction: Transaction) -> None:
        put_rules(transaction, ANNA, Rules(revision=1), Author(), NOON)
        remove_rules(transaction, ANNA.id, "left", NOON)

    await ledger.write(write)
    await run(ledger, NOON + 7 * DAY, 7 * DAY)

    assert kept(ledger) == []


async def test_evidence_is_kept_at_least_as_long_as_other_data(ledger: Ledger) -> None:
    await ledger.write(lambda transaction: said(transaction, NOON, Consent.GIVEN))
    await ledger.write(lambda transaction: said(transaction, NOON, Consent.WITHDRAWN))

    await run(ledger, NOON + 90 * DAY - SECOND, 90 * DAY)

    assert len(kept(ledger)) == 14
    assert count(ledger, "evidence") == 2
    assert EVIDENCE_STAYS == MONTH
