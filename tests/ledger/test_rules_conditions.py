"""Test queries on stored rules: pauses, and consenting units."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from sqlite3 import Connection
from zoneinfo import ZoneInfo

from custom_components.courier_access.access.model import Consent, Pause
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.sql import Query
from custom_components.courier_access.ledger.state.residents import (
    HAS_CONSENTED,
    IS_PAUSED,
    end_pauses,
    move_pauses,
    pauses_in_effect,
    put_pause,
)
from tests.ledger.claims_house import said
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO, CLEO, decide
from tests.support.rows import personal

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
        assert of_unit["building"] is False
        # Others could tell from it when the home is away.
        assert not of_unit.keys() & {"pause", "unit", "until"}
        assert await personal(ledger, "pause", "access.paused") == [str(second.id)]

    async def test_moved_pause_shows_others_no_end(self, ledger: Ledger) -> None:
        pauses = [await pause(ledger, NOON + HOUR, unit) for unit in (None, "3b")]
        await ledger.write(partial(move_pauses, moved=pauses, at=NOON))

        of_building, of_unit = await said(ledger, "access.pause_moved")
        assert of_building["until"] == (NOON + HOUR).isoformat()
        assert not of_unit.keys() & {"pause", "unit", "until"}

    async def test_resuming_ends_only_these_pauses_and_is_recorded(
        self, ledger: Ledger
    ) -> None:
        first, second, third = [
            await pause(ledger, NOON + HOUR, unit) for unit in (None, None, "3b")
        ]
        await ledger.write(partial(end_pauses, ended=[first, third], at=NOON, by="bo"))

        assert await holding(ledger) == [second]
        of_building, of_unit = await said(ledger, "access.resumed")
        assert of_building["pause"] == first.id
        assert not of_unit.keys() & {"pause", "unit"}
        assert await personal(ledger, "pause", "access.resumed") == [str(third.id)]
        assert await personal(ledger, "unit", "access.resumed") == ["3b"]


HOLDS = Query(
    f"SELECT {HAS_CONSENTED}, {IS_PAUSED} FROM (SELECT :unit AS unit) AS grant_units",
    tuple[bool, bool],
)


def holds(conn: Connection, unit: str, now: datetime) -> tuple[bool, bool]:
    """Return whether a unit consents, and whether it is paused, according to SQL."""
    return HOLDS.one(conn, unit=unit, now=now)


class TestConditions:
    async def test_unit_consents_if_one_consents_and_none_withdrew(
        self, ledger: Ledger
    ) -> None:
        given, silent, withdrawn = Consent.GIVEN, Consent.NOT_GIVEN, Consent.WITHDRAWN
        cases: list[tuple[list[Consent], bool]] = [
            ([], False),
            ([silent], False),
            ([given], True),
            ([withdrawn], False),
            ([given, silent], True),
            ([given, given], True),
            ([given, withdrawn], False),
            ([silent, withdrawn], False),
        ]
        for number, (decisions, consents) in enumerate(cases):
            unit = f"unit {number}"
            other = withdrawn if consents else given
            await ledger.write(partial(decide, resident=CLEO, consent=other))
            for resident, consent in zip((ANNA, BO), decisions, strict=False):
                there = replace(resident, id=f"{resident.id} of {unit}", unit=unit)
                await ledger.write(partial(decide, resident=there, consent=consent))

            found = await ledger.read(partial(holds, unit=unit, now=NOON))
            assert found[0] is consents, decisions

    async def test_pending_resident_neither_consents_nor_withdraws(
        self, ledger: Ledger
    ) -> None:
        await ledger.write(partial(decide, resident=BO))
        for consent in Consent:
            for one in (ANNA, CLEO):
                pending = replace(one, is_confirmed=False)
                await ledger.write(partial(decide, resident=pending, consent=consent))

            for unit, consents in (("3b", True), ("4a", False)):
                found = await ledger.read(partial(holds, unit=unit, now=NOON))
                assert found[0] is consents, consent

    async def test_stored_pauses_match_those_in_memory(self, ledger: Ledger) -> None:
        ends = (HOUR, None), (2 * HOUR, "3b")
        pauses = [await pause(ledger, NOON + until, unit) for until, unit in ends]
        for unit in ("3b", "4a"):
            for until, _ in ends:
                for now in (NOON, NOON + until - INSTANT, NOON + until):
                    found = await ledger.read(partial(holds, unit=unit, now=now))
                    assert found[1] == any(one.covers(unit, now) for one in pauses)
