"""Test queries on stored rules: pauses, and consenting units."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, literal, select

from custom_components.courier_access.access.model import Consent, Pause
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state.rules import (
    end_pauses,
    has_consented,
    is_paused,
    pauses_in_effect,
    put_pause,
)
from tests.ledger.claims_house import said
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO, CLEO, decide

INSTANT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)


async def pause(
    ledger: Ledger, until: datetime, unit: str | None = None, by_unit: str | None = None
) -> Pause:
    return await ledger.write(
        lambda transaction: put_pause(
            transaction, NOON, until, unit=unit, by_unit=by_unit, by="user-anna"
        )
    )


async def holding(ledger: Ledger, now: datetime = NOON) -> list[Pause]:
    return await ledger.read(partial(pauses_in_effect, now=now))


class TestPausing:
    async def test_pause_applies_until_its_end(self, ledger: Ledger) -> None:
        made = await pause(ledger, NOON + HOUR, "3b", "4a")

        assert (made.until, made.unit, made.by_unit) == (NOON + HOUR, "3b", "4a")
        assert await holding(ledger) == [made]
        assert await holding(ledger, NOON + HOUR - INSTANT) == [made]
        assert await holding(ledger, NOON + HOUR) == []

    async def test_returned_pause_matches_the_stored_one(self, ledger: Ledger) -> None:
        # The hour that Paris repeats, the second time.
        until = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Paris"))
        made = await pause(ledger, until)

        [kept] = await holding(ledger, datetime(2026, 10, 25, tzinfo=ZoneInfo("UTC")))
        assert kept == made
        assert made.until.utcoffset() == timedelta()

    async def test_pausing_is_recorded(self, ledger: Ledger) -> None:
        first = await pause(ledger, NOON + HOUR)
        second = await pause(ledger, NOON + HOUR, "3b")

        of_building, of_unit = await said(ledger, "access.paused")
        assert (of_building["pause"], of_building["building"]) == (first.id, True)
        assert of_building["until"] == (NOON + HOUR).isoformat()
        assert (of_unit["pause"], of_unit["building"]) == (second.id, False)
        assert "unit" not in of_unit

    async def test_resuming_ends_only_these_pauses_and_is_recorded(
        self, ledger: Ledger
    ) -> None:
        first = await pause(ledger, NOON + HOUR)
        second = await pause(ledger, NOON + HOUR)
        third = await pause(ledger, NOON + HOUR, "3b")
        await ledger.write(
            lambda transaction: end_pauses(
                transaction, [first, third], NOON, by="user-bo"
            )
        )

        assert await holding(ledger) == [second]
        told = [record["pause"] for record in await said(ledger, "access.resumed")]
        assert told == [first.id, third.id]


def holds(conn: Connection, unit: str, now: datetime) -> tuple[bool, bool]:
    """Return whether a unit consents, and whether it is paused, according to SQL."""
    consents, paused = conn.execute(
        select(has_consented(literal(unit)), is_paused(literal(unit), now))
    ).one()
    return bool(consents), bool(paused)


class TestConditions:
    @pytest.mark.parametrize(
        ("anna", "bo", "consents"),
        [
            (None, None, False),
            (Consent.NOT_GIVEN, None, False),
            (Consent.GIVEN, None, True),
            (Consent.WITHDRAWN, None, False),
            (Consent.GIVEN, Consent.NOT_GIVEN, True),
            (Consent.GIVEN, Consent.GIVEN, True),
            (Consent.GIVEN, Consent.WITHDRAWN, False),
            (Consent.NOT_GIVEN, Consent.WITHDRAWN, False),
        ],
    )
    async def test_unit_consents_if_one_consents_and_none_withdrew(
        self, ledger: Ledger, anna: Consent | None, bo: Consent | None, consents: bool
    ) -> None:
        def say(transaction: Transaction) -> None:
            decide(
                transaction, CLEO, Consent.GIVEN if not consents else Consent.WITHDRAWN
            )
            for resident, consent in ((ANNA, anna), (BO, bo)):
                if consent is not None:
                    decide(transaction, resident, consent)

        await ledger.write(say)

        assert (await ledger.read(partial(holds, unit="3b", now=NOON)))[0] is consents

    @pytest.mark.parametrize("consent", list(Consent))
    async def test_pending_resident_neither_consents_nor_withdraws(
        self, ledger: Ledger, consent: Consent
    ) -> None:
        await ledger.write(lambda transaction: decide(transaction, BO))
        await ledger.write(
            lambda transaction: decide(
                transaction, replace(ANNA, is_confirmed=False), consent
            )
        )
        await ledger.write(
            lambda transaction: decide(
                transaction, replace(CLEO, is_confirmed=False), consent
            )
        )

        assert (await ledger.read(partial(holds, unit="3b", now=NOON)))[0]
        assert not (await ledger.read(partial(holds, unit="4a", now=NOON)))[0]

    async def test_stored_pauses_match_those_in_memory(self, ledger: Ledger) -> None:
        pauses = [
            await pause(ledger, NOON + HOUR),
            await pause(ledger, NOON + 2 * HOUR, "3b"),
        ]
        for unit in ("3b", "4a"):
            for now in (
                NOON,
                NOON + HOUR - INSTANT,
                NOON + HOUR,
                NOON + 2 * HOUR - INSTANT,
                NOON + 2 * HOUR,
            ):
                on_disk = (await ledger.read(partial(holds, unit=unit, now=now)))[1]
                assert on_disk == any(one.covers(unit, now) for one in pauses)
