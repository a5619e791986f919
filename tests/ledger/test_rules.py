"""Test stored rules with their consent, and enrollment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import orjson
import pytest

from custom_components.courier_access.access.hours import (
    WeekSchedule,
    exceptions_from_list,
)
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    Proof,
    Resident,
    Rules,
)
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.state.residents import (
    Author,
    KeptRules,
    enroll_residents,
    load_rules,
    put_rules,
    remove_rules,
)
from tests.ledger.claims_house import count_records, said
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO, CLEO, OPEN
from tests.support.rows import opened, personal, plant, row, rows

INSTANT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
WORDY = Rules(
    consent=Consent.GIVEN,
    schedule=WeekSchedule.from_mapping(
        {
            "monday": [{"from": "08:00", "to": "12:30"}],
            "sunday": [{"from": "22:00", "to": "02:00"}],
        }
    ),
    share_hours=True,
    default=Attitude.ASK,
    couriers={"swift": Attitude.ALLOW, "slow": Attitude.DENY},
    revision=3,
    exceptions=exceptions_from_list(
        [
            {"from": "2026-12-24", "to": "2026-12-26"},
            {"from": "2026-12-31", "windows": [{"from": "08:00", "to": "10:00"}]},
        ]
    ),
    only_while=("schedule.porter", "0123456789abcdef0123456789abcdef"),
    never_while=("binary_sensor.alarm",),
    digest_at=19 * 60,
    default_proof=Proof.ADDRESS_CODE,
    proofs={"swift": Proof.PARCEL_NUMBER},
)


async def put(
    ledger: Ledger,
    rules: Rules,
    resident: Resident = ANNA,
    author: Author | None = None,
    at: datetime = NOON,
) -> None:
    by = Author("user-anna") if author is None else author
    await ledger.write(
        lambda transaction: put_rules(transaction, resident, rules, by, at)
    )


async def load(ledger: Ledger) -> dict[str, KeptRules]:
    return await ledger.read(load_rules)


def consent_at(ledger: Ledger) -> datetime:
    return row(ledger.path, "SELECT consent_at FROM rules", datetime)


async def set_column(ledger: Ledger, column: str, written: str) -> None:
    change = f"UPDATE rules SET {column} = :it WHERE resident_id = 'anna'"
    await ledger.read(lambda conn: plant(conn, change, it=written))


class TestRules:
    @pytest.mark.parametrize(
        "rules", [WORDY, OPEN, Rules()], ids=["wordy", "open", "none"]
    )
    async def test_rules_are_read_as_stored(self, ledger: Ledger, rules: Rules) -> None:
        resident = replace(ANNA, person="person-anna")
        await put(ledger, rules, resident)

        assert await load(ledger) == {
            "anna": KeptRules(
                "anna", "3b", "person-anna", ANNA.user_id, None, rules=rules
            )
        }

    async def test_each_resident_has_their_newest_rules(self, ledger: Ledger) -> None:
        await put(ledger, OPEN)
        await put(ledger, WORDY, BO)
        await put(ledger, replace(OPEN, consent=Consent.WITHDRAWN, revision=2))

        kept = await load(ledger)
        assert kept["anna"].rules == replace(
            OPEN, consent=Consent.WITHDRAWN, revision=2
        )
        assert kept["bo"].rules == WORDY

    async def test_consent_is_recorded_with_its_author_and_time(
        self, ledger: Ledger
    ) -> None:
        await put(ledger, WORDY)

        [record] = await said(ledger, "rules.changed")
        # Others could tell from them whose decision it was.
        assert not record.keys() & {"revision", "on_paper", "decided_on", "policy"}
        assert "anna" not in str(record)
        assert "given" not in str(record)
        fields = "SELECT field, value FROM personal"
        values = dict(rows(ledger.path, fields, tuple[str, str]))
        assert (values["resident"], values["consent"]) == ("anna", "given")
        assert (values["unit"], values["decided_by"]) == ("3b", "user-anna")
        assert (values["on_paper"], values["decided_on"]) == ("false", "")
        assert orjson.loads(values["rules"]) == {
            "revision": 3,
            "schedule": WORDY.schedule.to_mapping(),
            "share_hours": True,
            "default": "ask",
            "couriers": {"swift": "allow", "slow": "deny"},
            "exceptions": [
                {"from": "2026-12-24", "to": "2026-12-26", "windows": []},
                {
                    "from": "2026-12-31",
                    "to": "2026-12-31",
                    "windows": [{"from": "08:00:00", "to": "10:00:00"}],
                },
            ],
            "only_while": ["schedule.porter", "0123456789abcdef0123456789abcdef"],
            "never_while": ["binary_sensor.alarm"],
            "digest_at": 1140,
            "default_proof": "address_code",
            "proofs": {"swift": "parcel_number"},
        }

    async def test_change_is_recorded_with_its_revision(self, ledger: Ledger) -> None:
        await put(ledger, replace(OPEN, revision=1))
        await put(ledger, replace(WORDY, revision=2))

        changes = await personal(ledger, "rules", "rules.changed")
        assert [orjson.loads(each)["revision"] for each in changes] == [1, 2]

    async def test_unreadable_rules_admit_nobody_and_affect_nobody_else(
        self, ledger: Ledger
    ) -> None:
        for column, written in (
            ("schedule", '{"monday": [{"from": "25:00", "to": "26:00"}]}'),
            ("schedule", "[]"),
            ("schedule", "{broken"),
            ("exceptions", '[{"from": "2026-02-30"}]'),
            ("exceptions", "null"),
            ("only_while", '"schedule.porter"'),
            ("never_while", "[1]"),
            ("couriers", '{"swift": "sometimes"}'),
            ("couriers", "[]"),
            ("consent", "perhaps"),
            ("default_attitude", ""),
            ("digest_at", "1440"),
        ):
            await put(ledger, WORDY)
            await put(ledger, OPEN, CLEO)
            await set_column(ledger, column, written)

            kept = await load(ledger)
            unreadable = Rules(default=Attitude.DENY, revision=3)
            assert kept["anna"].rules == unreadable, (column, written)
            assert kept["cleo"].rules == OPEN

    async def test_decision_by_link_is_marked_from_then_on(
        self, ledger: Ledger
    ) -> None:
        await put(ledger, OPEN, BO, Author(by_link=True))
        await put(ledger, replace(WORDY, revision=4), BO, Author("user-owner"))

        assert (await load(ledger))["bo"].by_link
        query = "SELECT value FROM personal WHERE field = 'decided_by' ORDER BY seq"
        assert rows(ledger.path, query, str) == ["link", "user-owner"]

    async def test_decision_on_paper_is_marked_from_then_on(
        self, ledger: Ledger
    ) -> None:
        paper = Author(paper_id="paper-1", decided_on="2026-01-02")
        await put(ledger, OPEN, BO, paper)
        assert (await load(ledger))["bo"].paper_id == "paper-1"
        [record] = await opened(ledger, "rules.changed")
        assert (record["on_paper"], record["decided_on"]) == ("true", "2026-01-02")

        # A later change by hand must not make the same paper valid again.
        await put(ledger, WORDY, BO)
        assert (await load(ledger))["bo"].paper_id == "paper-1"
        await put(ledger, OPEN, BO, Author(paper_id="paper-2"))
        assert (await load(ledger))["bo"].paper_id == "paper-2"

    async def test_consent_keeps_its_time_through_other_changes(
        self, ledger: Ledger
    ) -> None:
        await put(ledger, OPEN)
        await put(ledger, replace(WORDY, revision=2), at=NOON + HOUR)
        assert consent_at(ledger) == NOON

        for number, consent in enumerate((Consent.WITHDRAWN, Consent.GIVEN), 2):
            at = NOON + number * HOUR
            await put(ledger, replace(OPEN, consent=consent), at=at)
            assert consent_at(ledger) == at

    @pytest.mark.parametrize(
        ("resident", "author"),
        [
            (ANNA, Author(paper_id="paper-2")),
            (replace(ANNA, unit="4a"), Author(paper_id="paper-1")),
        ],
        ids=["on a new paper", "for another unit"],
    )
    async def test_new_decision_is_a_new_consent(
        self, ledger: Ledger, resident: Resident, author: Author
    ) -> None:
        await put(ledger, OPEN, author=Author(paper_id="paper-1"))
        await put(ledger, OPEN, resident, author, NOON + HOUR)

        assert consent_at(ledger) == NOON + HOUR

    async def test_former_resident_has_no_rules_and_the_reason_is_recorded(
        self, ledger: Ledger
    ) -> None:
        await put(ledger, OPEN)
        await put(ledger, OPEN, CLEO)
        await ledger.write(
            partial(remove_rules, resident_id="anna", why="left", at=NOON)
        )

        assert list(await load(ledger)) == ["cleo"]
        [record] = await said(ledger, "rules.erased")
        assert "why" not in record
        assert "anna" not in str(record)
        assert await personal(ledger, "why", "rules.erased") == ["left"]


class TestEnrolling:
    async def enroll(self, ledger: Ledger, *residents: Resident) -> int:
        return await ledger.write(
            partial(enroll_residents, residents=residents, at=NOON)
        )

    def members(self, ledger: Ledger) -> list[list[list[str]]]:
        query = "SELECT members FROM resident_sets ORDER BY revision"
        return rows(ledger.path, query, list[list[str]])

    async def test_same_residents_are_the_same_set(self, ledger: Ledger) -> None:
        assert await self.enroll(ledger) == await self.enroll(ledger) == 1
        assert await self.enroll(ledger, ANNA, CLEO) == 2
        written = await count_records(ledger)
        assert await self.enroll(ledger, CLEO, ANNA) == 2
        assert await self.enroll(ledger, replace(ANNA, name="Änne"), CLEO) == 2
        assert await count_records(ledger) == written

    async def test_changed_set_gets_a_recorded_revision(self, ledger: Ledger) -> None:
        sets: list[Sequence[Resident]] = [
            (ANNA,),
            (ANNA, BO),
            (replace(ANNA, unit="4a"), BO),
            (),
            (ANNA,),
        ]
        revisions = [await self.enroll(ledger, *residents) for residents in sets]
        assert revisions == [1, 2, 3, 4, 5]

        assert self.members(ledger)[1] == [["anna", "3b"], ["bo", "3b"]]
        changes = await personal(ledger, "residents", "residents.changed")
        assert [orjson.loads(change) for change in changes] == [
            {resident.id: resident.unit for resident in residents} for residents in sets
        ]
        # Neighbors can't tell from the log who lives there, or how many do.
        for change in await said(ledger, "residents.changed"):
            assert "anna" not in str(change)

    async def test_pending_resident_is_in_the_set_without_a_unit(
        self, ledger: Ledger
    ) -> None:
        assert await self.enroll(ledger, ANNA, replace(BO, is_confirmed=False)) == 1
        assert await self.enroll(ledger, ANNA, BO) == 2

        anna = ["anna", "3b"]
        pending, confirmed = [anna, ["bo", ""]], [anna, ["bo", "3b"]]
        assert self.members(ledger) == [pending, confirmed]
