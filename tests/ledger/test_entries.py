"""Test stored entries: recorded, counted, completed, and read."""

from collections.abc import Mapping
from copy import replace
from datetime import timedelta
from functools import partial
from typing import Any

import orjson
import pytest

from custom_components.courier_access.access.model import (
    Decision,
    EntryDecision,
    GrantKey,
    Outcome,
    Proof,
    Reason,
)
from custom_components.courier_access.ledger.chain import Recorded
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.state.entries import (
    SAME_REFUSAL,
    Attempt,
    EntryFilter,
    EntryRow,
    complete_entry,
    count_repeat,
    latest_entries,
    record_attempt,
    visits_by_quarter,
)
from tests.ledger.claims_house import said
from tests.ledger.filled import NOON
from tests.ledger.parts import KEY, attempt, count, execute
from tests.support.rows import plant

INSTANT = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
UNITS = {"3b": "3B", "4a": "4 a"}


async def record(
    ledger: Ledger,
    tried: Attempt | None = None,
    reason: Reason = Reason.EXPIRED,
    units: Mapping[str, str] = UNITS,
) -> Recorded:
    decision = Decision.ADMITTED if reason is Reason.OK else Decision.REFUSED
    return await ledger.write(
        lambda transaction: record_attempt(
            transaction, attempt() if tried is None else tried, decision, reason, units
        )
    )


async def latest(ledger: Ledger, limit: int = 100, **wanted: Any) -> list[EntryRow]:
    return await ledger.read(
        lambda conn: latest_entries(conn, EntryFilter(limit, **wanted))
    )


async def test_visits_are_counted_by_quarter_hour_from_the_index_alone(
    ledger: Ledger,
) -> None:
    """Refusals are no visits."""
    for number, (minutes, reason) in enumerate(
        ((-1, Reason.OK), (0, Reason.OK), (14, Reason.OK), (15, Reason.OK), (15, None))
    ):
        at = NOON + minutes * MINUTE
        tried = replace(attempt(), entry_id=f"entry-{number}", at=at)
        await record(ledger, tried, reason or Reason.EXPIRED)

    found = await ledger.read(lambda conn: visits_by_quarter(conn, NOON))

    assert found == [(NOON, 2), (NOON + 15 * MINUTE, 1)]
    plan = execute(
        ledger.path,
        "EXPLAIN QUERY PLAN SELECT at / 900000000, count(*) FROM entries "
        "WHERE at >= 0 AND decision != 'refused' GROUP BY 1",
    )
    assert "USING COVERING INDEX entries_by_time (at>?)" in plan[0][3]


class TestRecording:
    @pytest.mark.parametrize(
        ("reason", "decision"),
        [
            (Reason.OK, EntryDecision.ADMITTED),
            (Reason.EXPIRED, EntryDecision.REFUSED),
        ],
    )
    async def test_attempt_is_read_as_recorded(
        self, ledger: Ledger, reason: Reason, decision: EntryDecision
    ) -> None:
        recorded = await record(ledger, reason=reason)

        assert await latest(ledger) == [
            EntryRow(
                entry_id="entry-1",
                seq=recorded.seq,
                at=NOON,
                last_at=NOON,
                courier_id="courier-1",
                courier_name="Swift Parcels",
                door_id="door-1",
                door_name="Front door",
                proof=Proof.SIGNED,
                decision=decision,
                reason=reason,
                outcome=None,
                lock_confirmed=None,
                unlocked_until=None,
                completed_at=None,
                repeats=0,
                personal={
                    "grant_id": "grant-1",
                    "units": orjson.dumps(list(UNITS)).decode(),
                    "unit_labels": orjson.dumps(UNITS).decode(),
                    "parcel_ref": "PKT-7",
                    "driver_ref": "driver-9",
                },
            )
        ]
        assert len(await said(ledger, f"entry.{decision}")) == 1

    async def test_unknown_values_are_not_stored(self, ledger: Ledger) -> None:
        tried = Attempt(
            "entry-1", KEY, NOON, "Swift Parcels", "", "", Proof.SIGNED, "context"
        )
        await record(ledger, tried, Reason.UNKNOWN_GRANT, units={})

        [row] = await latest(ledger)
        nothing = {"units": "[]", "unit_labels": "{}"}
        assert row.personal == {"grant_id": "grant-1", **nothing}

    async def test_entry_stays_without_its_erased_values(self, ledger: Ledger) -> None:
        await record(ledger)
        plant(ledger.path, "DELETE FROM personal")

        [row] = await latest(ledger)
        assert (row.entry_id, row.personal) == ("entry-1", {})

    async def test_completion_is_recorded(self, ledger: Ledger) -> None:
        await record(ledger, reason=Reason.OK)
        end = NOON + timedelta(minutes=1)
        story: dict[str, str | bool | None] = {"locked_again": True}
        await ledger.write(
            partial(complete_entry, entry_id="entry-1", at=end, story=story)
        )

        [row] = await latest(ledger)
        assert row.completed_at == end
        [completed] = await said(ledger, "entry.completed")
        assert (completed["entry_id"], completed["locked_again"]) == ("entry-1", True)


class TestCounting:
    async def again(
        self,
        ledger: Ledger,
        after: timedelta,
        reason: Reason = Reason.EXPIRED,
        key: GrantKey = KEY,
        door_id: str = "door-1",
    ) -> str | None:
        tried = attempt("again", NOON + after, key=key, door_id=door_id)
        return await ledger.write(
            lambda transaction: count_repeat(transaction, tried, reason)
        )

    async def test_recent_equal_refusal_is_counted_in_its_record(
        self, ledger: Ledger
    ) -> None:
        await record(ledger)
        written = await ledger.read(count)

        for after in (timedelta(), SAME_REFUSAL / 2, SAME_REFUSAL - INSTANT):
            assert await self.again(ledger, after) == "entry-1"

        [row] = await latest(ledger)
        assert (row.repeats, row.at) == (3, NOON)
        assert row.last_at == NOON + SAME_REFUSAL - INSTANT
        assert await ledger.read(count) == written

    async def test_different_refusal_or_an_admission_is_not_counted(
        self, ledger: Ledger
    ) -> None:
        assert await self.again(ledger, INSTANT) is None
        await record(ledger, attempt("admitted"), Reason.OK)
        assert await self.again(ledger, INSTANT, reason=Reason.OK) is None
        await record(ledger)

        for after in (SAME_REFUSAL, timedelta(days=1), -INSTANT):
            assert await self.again(ledger, after) is None, after
        others: list[dict[str, Any]] = [
            {"reason": Reason.PAUSED},
            {"key": GrantKey("courier-1", "other")},
            {"key": GrantKey("courier-2", "grant-1")},
            {"door_id": "door-2"},
        ]
        for other in others:
            assert await self.again(ledger, INSTANT, **other) is None, other
        assert [row.repeats for row in await latest(ledger)] == [0, 0]

    async def test_unknown_grants_of_a_courier_are_counted_together(
        self, ledger: Ledger
    ) -> None:
        await record(ledger, attempt(door_id=""), Reason.UNKNOWN_GRANT)
        unknown = partial(self.again, ledger, INSTANT, Reason.UNKNOWN_GRANT, door_id="")

        assert await unknown(key=GrantKey("courier-1", "invented")) == "entry-1"
        assert await unknown(key=GrantKey("courier-2", "invented")) is None
        assert await self.again(ledger, INSTANT, Reason.EXPIRED, door_id="") is None
        assert (await latest(ledger))[0].repeats == 1

    async def test_repeat_is_counted_in_the_newest_refusal(
        self, ledger: Ledger
    ) -> None:
        await record(ledger)
        await record(ledger, attempt("entry-2", NOON + INSTANT))

        assert await self.again(ledger, INSTANT) == "entry-2"
        assert [row.repeats for row in await latest(ledger)] == [1, 0]


class TestReading:
    @pytest.fixture(autouse=True)
    async def five(self, ledger: Ledger) -> None:
        """Write five entries at two doors, three of them at one instant."""
        for number, minute in enumerate((0, 1, 1, 1, 2), 1):
            at, door = NOON + minute * MINUTE, "door-1" if number % 2 else "door-2"
            await record(ledger, attempt(f"entry-{number}", at, door_id=door))

    async def test_entries_are_filtered_with_the_newest_first(
        self, ledger: Ledger
    ) -> None:
        other = replace(
            attempt("entry-6", NOON + HOUR), key=GrantKey("courier-2", "grant-1")
        )
        await record(ledger, other, Reason.OK)
        refused, admitted = EntryDecision.REFUSED, EntryDecision.ADMITTED
        filters: list[tuple[dict[str, Any], list[int]]] = [
            ({}, [6, 5, 4, 3, 2, 1]),
            ({"limit": 2}, [6, 5]),
            ({"before": NOON + MINUTE}, [1]),
            ({"before": NOON + 2 * MINUTE, "limit": 2}, [4, 3]),
            ({"before": NOON}, []),
            ({"door_id": "door-2"}, [4, 2]),
            ({"door_id": "door-3"}, []),
            ({"courier_id": "courier-2"}, [6]),
            ({"decision": admitted}, [6]),
            ({"decision": refused}, [5, 4, 3, 2, 1]),
            ({"courier_id": "courier-2", "decision": refused}, []),
        ]
        for wanted, numbers in filters:
            rows = await latest(ledger, **wanted)
            found = [row.entry_id for row in rows]
            assert found == [f"entry-{number}" for number in numbers], wanted

    async def test_paging_neither_skips_nor_repeats(self, ledger: Ledger) -> None:
        for page in range(1, 6):
            read: list[EntryRow] = []
            while rows := await latest(
                ledger, page, before_seq=read[-1].seq if read else None
            ):
                read += rows
            assert read == await latest(ledger), page

    async def test_each_entry_has_its_own_personal_values(self, ledger: Ledger) -> None:
        await record(ledger, attempt("entry-6", NOON + HOUR), units={"9z": "9Z"})

        newest, *_, oldest = await latest(ledger)
        assert newest.personal["units"] == '["9z"]'
        assert oldest.personal["units"] == '["3b","4a"]'

    async def test_outcome_is_read_as_an_enum(self, ledger: Ledger) -> None:
        failed = "UPDATE entries SET outcome = 'failed', lock_confirmed = 0"
        await ledger.read(lambda conn: plant(conn, failed))

        row = (await latest(ledger))[0]
        assert (row.outcome, row.lock_confirmed) == (Outcome.FAILED, False)
