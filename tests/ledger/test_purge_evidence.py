"""Test that proof of a consent stays for its time, and rules as long as other details (promise 7)."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest

from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state.consent_texts import (
    ConsentText,
    find_text,
    put_text,
)
from custom_components.courier_access.ledger.state.residents import (
    Author,
    put_rules,
    remove_rules,
)
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, OPEN
from tests.ledger.purging import DAY, MONTH, SECOND, YEAR, count, kept, run, said
from tests.support.rows import plant, row, rows
from tests.support.verified import verified

PROOF = (
    *("consent", "decided_by", "decided_on", "on_paper", "resident", "text", "unit"),
)
WHOLE = tuple(sorted((*PROOF, "rules")))
ENDED = tuple(each for each in PROOF if each != "unit")


def fields(ledger: Ledger, number: int) -> tuple[str, ...]:
    """Return the personal fields of a record that are kept."""
    query = f"SELECT field FROM personal WHERE seq = {number} ORDER BY field"
    return tuple(rows(ledger.path, query, str))


async def test_proof_of_a_consent_stays_without_its_hours(ledger: Ledger) -> None:
    await ledger.write(lambda transaction: said(transaction, NOON, Consent.GIVEN))
    await run(ledger, NOON + 400 * DAY, 7 * DAY)
    assert fields(ledger, 1) == WHOLE

    over = NOON + 400 * DAY
    await ledger.write(lambda transaction: said(transaction, over, Consent.WITHDRAWN))
    await run(ledger, over + 7 * DAY - SECOND, 7 * DAY)
    assert fields(ledger, 1) == fields(ledger, 2) == WHOLE
    await run(ledger, over + 7 * DAY, 7 * DAY)
    assert fields(ledger, 1) == fields(ledger, 2) == ENDED
    assert (await verified(ledger)).intact

    await run(ledger, over + YEAR - SECOND, 7 * DAY)
    assert fields(ledger, 1) == fields(ledger, 2) == ENDED
    assert (await verified(ledger)).intact

    await run(ledger, over + YEAR, 7 * DAY)
    assert kept(ledger) == []
    assert count(ledger, "evidence") == 0
    assert (await verified(ledger)).intact


async def test_missing_hours_without_a_purge_are_found(ledger: Ledger) -> None:
    await ledger.write(lambda transaction: said(transaction, NOON, Consent.GIVEN))
    plant(ledger.path, "DELETE FROM personal WHERE field = 'rules'")

    assert not (await verified(ledger)).intact


async def test_only_the_current_hours_stay(ledger: Ledger) -> None:
    for day in (0, 100, 200):
        at = NOON + day * DAY
        await ledger.write(partial(said, at=at, consent=Consent.GIVEN))

    await run(ledger, NOON + 130 * DAY - SECOND)
    assert [fields(ledger, number) for number in (1, 2)] == [WHOLE, WHOLE]
    await run(ledger, NOON + 130 * DAY)
    assert [fields(ledger, number) for number in (1, 2)] == [PROOF, WHOLE]

    await run(ledger, NOON + 230 * DAY)
    # The first record gave the consent, the last one has its current rules.
    last = row(ledger.path, "SELECT max(seq) FROM evidence", int)
    assert (fields(ledger, 1), fields(ledger, last)) == (PROOF, WHOLE)
    query = "SELECT at FROM records JOIN evidence USING (seq) ORDER BY seq"
    assert rows(ledger.path, query, datetime) == [NOON, NOON + 200 * DAY]
    assert (await verified(ledger)).intact


@pytest.mark.parametrize("change", ["on paper", "another unit", "left"])
async def test_replaced_consent_is_deleted_after_its_time(
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

    await run(ledger, NOON + DAY + YEAR - SECOND, 7 * DAY)
    assert fields(ledger, 1) == ENDED
    await run(ledger, NOON + DAY + YEAR, 7 * DAY)
    assert fields(ledger, 1) == ()


async def test_text_is_kept_as_long_as_a_proof_names_it(ledger: Ledger) -> None:
    one, other = (ConsentText.of("en", [line]) for line in ("One.", "Other."))

    def give(transaction: Transaction) -> None:
        put_text(transaction.conn, other, NOON + DAY)
        put_rules(transaction, ANNA, OPEN, Author(), NOON, text=one)

    await ledger.write(give)
    await ledger.write(
        lambda transaction: said(transaction, NOON + DAY, Consent.WITHDRAWN)
    )
    texts = "SELECT text FROM consent_texts ORDER BY text"
    await run(ledger, NOON + DAY - SECOND)
    assert rows(ledger.path, texts, str) == ["One.", "Other."]
    await run(ledger, NOON + DAY + YEAR - SECOND)
    assert rows(ledger.path, texts, str) == ["One."]
    assert await ledger.read(lambda conn: find_text(conn, one.hash)) == one
    await run(ledger, NOON + DAY + YEAR)
    assert rows(ledger.path, texts, str) == []


async def test_rules_without_consent_are_no_evidence(ledger: Ledger) -> None:
    def write(transaction: Transaction) -> None:
        put_rules(transaction, ANNA, Rules(revision=1), Author(), NOON)
        remove_rules(transaction, ANNA.id, "left", NOON)

    await ledger.write(write)
    await run(ledger, NOON + 7 * DAY, 7 * DAY)

    assert kept(ledger) == []


async def test_proof_is_kept_at_least_as_long_as_other_data(ledger: Ledger) -> None:
    await ledger.write(lambda transaction: said(transaction, NOON, Consent.GIVEN))
    await ledger.write(lambda transaction: said(transaction, NOON, Consent.WITHDRAWN))

    await run(ledger, NOON + 90 * DAY - SECOND, 90 * DAY, MONTH)
    assert len(kept(ledger)) == 2 * len(WHOLE)
    assert count(ledger, "evidence") == 2

    await run(ledger, NOON + 90 * DAY, 90 * DAY, MONTH)
    assert count(ledger, "evidence") == 0
