"""What residents have decided, on the disk: rules with their consent, pauses, who is enrolled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import orjson
import pytest
from sqlalchemy import Connection, literal, select

from custom_components.courier_access.access.model import Attitude, Consent, Pause, Resident, Rules
from custom_components.courier_access.access.schedule import WeekSchedule
from custom_components.courier_access.ledger import rules as kept_rules
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.rules import Author, KeptRules
from custom_components.courier_access.ledger.tables import (
    personal,
    resident_sets,
    rules as table,
)
from tests.ledger.claims_house import count_records, said
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO, CLEO, OPEN, decide

INSTANT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
WORDY = Rules(
    consent=Consent.GIVEN,
    schedule=WeekSchedule.from_mapping(
        {"monday": [{"from": "08:00", "to": "12:30"}], "sunday": [{"from": "22:00", "to": "02:00"}]}
    ),
    share_hours=True,
    default=Attitude.ASK,
    couriers={"swift": Attitude.ALLOW, "slow": Attitude.DENY},
    revision=3,
)


async def put(
    ledger: Ledger,
    rules: Rules,
    resident: Resident = ANNA,
    author: Author | None = None,
    at: datetime = NOON,
) -> None:
    by = Author("user-anna") if author is None else author
    await ledger.write(lambda transaction: kept_rules.put(transaction, resident, rules, by, at))


async def load(ledger: Ledger) -> dict[str, KeptRules]:
    return await ledger.read(kept_rules.load)


async def consent_at(ledger: Ledger) -> datetime:
    found: datetime = await ledger.read(
        lambda conn: conn.execute(select(table.c.consent_at)).scalar_one()
    )
    return found


class TestRules:
    @pytest.mark.parametrize("rules", [WORDY, OPEN, Rules()], ids=["wordy", "open", "none"])
    async def test_rules_are_read_as_they_were_put(self, ledger: Ledger, rules: Rules) -> None:
        resident = replace(ANNA, person="person-anna")
        await put(ledger, rules, resident)

        assert await load(ledger) == {
            "anna": KeptRules("anna", "3b", "person-anna", ANNA.user_id, rules, None)
        }

    async def test_each_resident_has_their_own_and_only_the_newest(self, ledger: Ledger) -> None:
        await put(ledger, OPEN)
        await put(ledger, WORDY, BO)
        await put(ledger, replace(OPEN, consent=Consent.WITHDRAWN, revision=2))

        kept = await load(ledger)
        assert kept["anna"].rules == replace(OPEN, consent=Consent.WITHDRAWN, revision=2)
        assert kept["bo"].rules == WORDY

    async def test_who_consented_to_what_and_when_is_recorded(self, ledger: Ledger) -> None:
        await put(ledger, WORDY)

        [record] = await said(ledger, "rules.changed")
        assert {name: record[name] for name in ("resident", "revision", "consent", "policy")} == {
            "resident": "anna",
            "revision": 3,
            "consent": "given",
            "policy": kept_rules.POLICY_VERSION,
        }
        assert (record["on_paper"], record["decided_on"]) == (False, None)
        values = await ledger.read(
            lambda conn: {row.field: row.value for row in conn.execute(select(personal))}
        )
        assert (values["unit"], values["decided_by"]) == ("3b", "user-anna")
        assert orjson.loads(values["rules"]) == {
            "schedule": WORDY.schedule.to_mapping(),
            "share_hours": True,
            "default": "ask",
            "couriers": {"swift": "allow", "slow": "deny"},
        }

    async def test_a_decision_on_paper_is_marked_and_known_from_then_on(
        self, ledger: Ledger
    ) -> None:
        paper = Author(paper_id="paper-1", decided_on="2026-01-02")
        await put(ledger, OPEN, BO, paper)
        assert (await load(ledger))["bo"].paper_id == "paper-1"
        [record] = await said(ledger, "rules.changed")
        assert (record["on_paper"], record["decided_on"]) == (True, "2026-01-02")

        # What is changed by hand later must not make the same paper count once more.
        await put(ledger, WORDY, BO)
        assert (await load(ledger))["bo"].paper_id == "paper-1"
        await put(ledger, OPEN, BO, Author(paper_id="paper-2"))
        assert (await load(ledger))["bo"].paper_id == "paper-2"

    async def test_a_consent_stands_since_it_was_given_whatever_else_changes(
        self, ledger: Ledger
    ) -> None:
        await put(ledger, OPEN)
        await put(ledger, replace(WORDY, revision=2), at=NOON + HOUR)
        assert await consent_at(ledger) == NOON

        for number, consent in enumerate((Consent.WITHDRAWN, Consent.GIVEN), 2):
            at = NOON + number * HOUR
            await put(ledger, replace(OPEN, consent=consent), at=at)
            assert await consent_at(ledger) == at

    async def test_a_decision_on_a_new_paper_is_a_consent_of_its_own(self, ledger: Ledger) -> None:
        await put(ledger, OPEN, BO, Author(paper_id="paper-1"))
        await put(ledger, OPEN, BO, Author(paper_id="paper-2"), NOON + HOUR)

        assert await consent_at(ledger) == NOON + HOUR

    async def test_a_consent_for_another_unit_is_a_new_one(self, ledger: Ledger) -> None:
        await put(ledger, OPEN)
        await put(ledger, OPEN, replace(ANNA, unit="4a"), at=NOON + HOUR)

        assert await consent_at(ledger) == NOON + HOUR

    async def test_who_leaves_has_no_rules_and_why_is_recorded(self, ledger: Ledger) -> None:
        await put(ledger, OPEN)
        await put(ledger, OPEN, CLEO)
        await ledger.write(partial(kept_rules.remove, resident_id="anna", why="left", at=NOON))

        assert list(await load(ledger)) == ["cleo"]
        [record] = await said(ledger, "rules.erased")
        assert (record["resident"], record["why"]) == ("anna", "left")


class TestEnrolling:
    async def enrol(self, ledger: Ledger, *residents: Resident) -> int:
        return await ledger.write(
            lambda transaction: kept_rules.enrol(transaction, residents, NOON)
        )

    async def test_the_same_residents_are_the_same_set(self, ledger: Ledger) -> None:
        assert await self.enrol(ledger, ANNA, CLEO) == 1
        written = await count_records(ledger)
        assert await self.enrol(ledger, CLEO, ANNA) == 1
        assert await self.enrol(ledger, replace(ANNA, name="Änne"), CLEO) == 1
        assert await count_records(ledger) == written

    async def test_another_set_has_another_revision_and_is_recorded(self, ledger: Ledger) -> None:
        sets: list[Sequence[Resident]] = [
            (ANNA,),
            (ANNA, BO),
            (replace(ANNA, unit="4a"), BO),
            (),
            (ANNA,),
        ]
        assert [await self.enrol(ledger, *residents) for residents in sets] == [1, 2, 3, 4, 5]

        members = await ledger.read(
            lambda conn: list(conn.execute(select(resident_sets.c.members)).scalars())
        )
        assert members[1] == [["anna", "3b"], ["bo", "3b"]]
        told = [record["residents"] for record in await said(ledger, "residents.changed")]
        assert told == [["anna"], ["anna", "bo"], ["anna", "bo"], [], ["anna"]]

    async def test_a_building_without_residents_has_a_set_too(self, ledger: Ledger) -> None:
        assert await self.enrol(ledger) == 1
        assert await self.enrol(ledger) == 1


async def pause(
    ledger: Ledger, until: datetime, unit: str | None = None, by_unit: str | None = None
) -> Pause:
    return await ledger.write(
        lambda transaction: kept_rules.pause(
            transaction, NOON, until, unit=unit, by_unit=by_unit, by="user-anna"
        )
    )


async def holding(ledger: Ledger, now: datetime = NOON) -> list[Pause]:
    return await ledger.read(partial(kept_rules.pauses_at, now=now))


class TestPausing:
    async def test_a_pause_holds_up_to_its_end(self, ledger: Ledger) -> None:
        made = await pause(ledger, NOON + HOUR, "3b", "4a")

        assert (made.until, made.unit, made.by_unit) == (NOON + HOUR, "3b", "4a")
        assert await holding(ledger) == [made]
        assert await holding(ledger, NOON + HOUR - INSTANT) == [made]
        assert await holding(ledger, NOON + HOUR) == []

    async def test_what_is_returned_is_what_is_kept(self, ledger: Ledger) -> None:
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

    async def test_resuming_ends_these_pauses_only_and_is_recorded(self, ledger: Ledger) -> None:
        first = await pause(ledger, NOON + HOUR)
        second = await pause(ledger, NOON + HOUR)
        third = await pause(ledger, NOON + HOUR, "3b")
        await ledger.write(
            lambda transaction: kept_rules.resume(transaction, [first, third], NOON, by="user-bo")
        )

        assert await holding(ledger) == [second]
        told = [record["pause"] for record in await said(ledger, "access.resumed")]
        assert told == [first.id, third.id]


def holds(conn: Connection, unit: str, now: datetime) -> tuple[bool, bool]:
    """Return whether a unit consents, and whether it is paused, as a query sees it."""
    consents, paused = conn.execute(
        select(kept_rules.consents(literal(unit)), kept_rules.paused(literal(unit), now))
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
    async def test_a_unit_consents_when_one_does_and_none_withdrew(
        self, ledger: Ledger, anna: Consent | None, bo: Consent | None, consents: bool
    ) -> None:
        def say(transaction: Transaction) -> None:
            decide(transaction, CLEO, Consent.GIVEN if not consents else Consent.WITHDRAWN)
            for resident, consent in ((ANNA, anna), (BO, bo)):
                if consent is not None:
                    decide(transaction, resident, consent)

        await ledger.write(say)

        assert (await ledger.read(partial(holds, unit="3b", now=NOON)))[0] is consents

    async def test_pauses_hold_as_they_do_in_memory(self, ledger: Ledger) -> None:
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
