"""Test how claims end: at the door, before it, late, or by a crash."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
import shutil
import threading

import pytest

from custom_components.courier_access.access.model import (
    Decision,
    EntryDecision,
    Outcome,
    Reason,
)
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox.expand import expand_fanouts
from custom_components.courier_access.ledger.state import entries
from custom_components.courier_access.ledger.state.entries import (
    Claim,
    record_attempt,
)
from custom_components.courier_access.ledger.state.grants import put_grant
from tests.ledger.claims_house import (
    claimed,
    count_records,
    house,
    on_disk,
    refused,
    said,
    stop,
)
from tests.ledger.filled import NOON
from tests.ledger.parts import GRANT, PATIENCE, attempt, claim, ended, hand_in, opened
from tests.support.rows import kept_rows
from tests.support.verified import verified

LATER = NOON + timedelta(seconds=9)
FINAL = '{"outcome": "final"}'


@pytest.fixture(autouse=True)
async def courier_may_enter(ledger: Ledger) -> None:
    await ledger.write(house)


async def finish(
    ledger: Ledger,
    asked: Claim,
    outcome: Outcome = Outcome.OPENED,
    *,
    returned: bool = False,
) -> bool:
    until = LATER + timedelta(seconds=5) if outcome is Outcome.OPENED else None
    ending = ended(outcome, until=until, returned=returned)
    return await ledger.write(
        lambda transaction: entries.finish(transaction, asked, ending, FINAL, LATER)
    )


async def fail(ledger: Ledger, number: int) -> bool:
    """Let an entry fail at a door that reads locked."""
    asked = claim(f"entry-{number}")
    await claimed(ledger, asked)
    return await finish(ledger, asked, Outcome.FAILED, returned=True)


async def record_late_unlock(ledger: Ledger, entry_id: str) -> int | None:
    return await ledger.write(
        partial(entries.record_late_unlock, entry_id=entry_id, at=LATER)
    )


class TestAtTheDoor:
    async def test_opened_door_is_recorded_with_its_final_reply(
        self, ledger: Ledger
    ) -> None:
        await claimed(ledger, claim())

        assert await finish(ledger, claim()) is False

        disk = await on_disk(ledger)
        [entry] = disk.entries
        assert (entry.outcome, entry.lock_confirmed) == (Outcome.OPENED, True)
        assert entry.unlocked_until == LATER + timedelta(seconds=5)
        assert entry.completed_at is None
        assert disk.replies == {"message of entry-1": FINAL}
        [relock] = disk.relocks
        assert relock.deadline == LATER + timedelta(seconds=5)
        assert disk.grant.uses == 1
        [record] = await said(ledger, "entry.outcome")
        assert (record["entry_id"], record["outcome"]) == ("entry-1", "opened")
        assert (record["use_returned"], record["lock_confirmed"]) == (False, True)

    async def test_deadline_stays_until_the_door_is_locked_again(
        self, ledger: Ledger
    ) -> None:
        await claimed(ledger, claim())
        await finish(ledger, claim(), Outcome.UNCONFIRMED)

        [relock] = (await on_disk(ledger)).relocks
        assert relock.deadline == claim().deadline

    async def test_use_is_refunded_at_most_twice(self, ledger: Ledger) -> None:
        assert [await fail(ledger, number) for number in (1, 2, 3)] == [
            True,
            True,
            False,
        ]

        disk = await on_disk(ledger)
        assert (disk.grant.uses, disk.grant.returned) == (1, 2)
        outcomes = await said(ledger, "entry.outcome")
        assert [each["use_returned"] for each in outcomes] == [True, True, False]
        # A use that wasn't refunded isn't consumed again.
        assert await record_late_unlock(ledger, "entry-3") is None

    async def test_revision_allows_no_further_refunds(self, ledger: Ledger) -> None:
        await fail(ledger, 1)
        await fail(ledger, 2)
        revised = replace(GRANT, revision=2, content="again")
        await ledger.write(lambda transaction: put_grant(transaction, revised, NOON))
        asked = claim("entry-3", revision=2)
        await claimed(ledger, asked)

        assert await finish(ledger, asked, Outcome.FAILED, returned=True) is False
        assert (await on_disk(ledger)).grant.uses == 1

    async def test_late_unlock_consumes_a_refunded_use(self, ledger: Ledger) -> None:
        await fail(ledger, 1)
        await claimed(ledger, claim("entry-2"))

        assert await record_late_unlock(ledger, "entry-1") == 2
        assert await record_late_unlock(ledger, "entry-1") is None
        assert await refused(ledger, claim("entry-3")) is Reason.ENTRIES_EXHAUSTED
        [record] = await said(ledger, "entry.late_unlock")
        assert record["use_taken"] is True
        # It still counts as a refund.
        assert (await on_disk(ledger)).grant.returned == 1

    async def test_late_unlock_consumes_nothing_without_a_refund(
        self, ledger: Ledger
    ) -> None:
        await claimed(ledger, claim())
        await finish(ledger, claim(), Outcome.UNCONFIRMED)

        assert await record_late_unlock(ledger, "entry-1") is None
        assert (await on_disk(ledger)).grant.uses == 1

    async def test_door_left_unlocked_is_recorded_and_enqueued_once(
        self, ledger: Ledger
    ) -> None:
        await claimed(ledger, claim())
        await finish(ledger, claim())
        leave = partial(entries.record_left_unlocked, entry_id="entry-1", at=LATER)

        for _ in range(2):
            await ledger.write(leave)

        [record] = await said(ledger, "entry.left_unlocked")
        assert record["entry_id"] == "entry-1"
        disk = await on_disk(ledger)
        kinds = [kind for kind, _ in disk.pending]
        assert kinds == ["entry_admitted", "left_unlocked"]
        [relock] = disk.relocks
        assert relock.entry_id == "entry-1"
        assert (await verified(ledger)).intact


class TestBeforeTheDoor:
    async def test_veto_just_in_time_refuses_and_notifies(self, ledger: Ledger) -> None:
        await stop(ledger, claim(), Reason.VETOED, LATER, FINAL)

        disk = await on_disk(ledger)
        [entry] = disk.entries
        assert (entry.decision, entry.reason) == (EntryDecision.REFUSED, Reason.VETOED)
        assert (entry.outcome, entry.completed_at) == (None, LATER)
        assert disk.pending == [("entry_refused", "entry-1")]
        assert disk.replies == {"message of entry-1": FINAL}
        assert disk.relocks == []
        assert (disk.grant.uses, disk.grant.returned) == (0, 0)
        [record] = await said(ledger, "entry.stopped")
        assert (record["entry_id"], record["reason"]) == ("entry-1", "vetoed")

    async def test_unreachable_door_leaves_the_message_unanswered(
        self, ledger: Ledger
    ) -> None:
        await stop(ledger, claim(), None, LATER, FINAL)

        disk = await on_disk(ledger)
        assert disk.entries[0].decision is EntryDecision.REFUSED
        assert (disk.pending, disk.replies, disk.relocks) == ([], {}, [])
        assert disk.grant.uses == 0
        again = claim("entry-2", message=claim().message)
        assert (await claimed(ledger, again)).uses == 1

    async def test_stopped_claim_keeps_other_deadlines_at_that_door(
        self, ledger: Ledger
    ) -> None:
        await claimed(ledger, claim("entry-2"))
        await stop(ledger, claim(), Reason.PAUSED, LATER, FINAL)

        [relock] = (await on_disk(ledger)).relocks
        assert relock.entry_id == "entry-2"


class TestAfterACrash:
    @asynccontextmanager
    async def crashed(self, path: Path) -> AsyncIterator[Ledger]:
        """Open a copy of the files as they are, like after a power failure."""
        left = path.with_name("left.db")
        for suffix in ("", "-wal"):
            await asyncio.to_thread(shutil.copy, f"{path}{suffix}", f"{left}{suffix}")
        async with opened(left) as found:
            yield found

    async def test_interrupted_entry_has_an_unknown_outcome(
        self, ledger: Ledger, path: Path
    ) -> None:
        await claimed(ledger, claim())

        async with self.crashed(path) as found:
            cut_off = await found.write(partial(entries.settle_in_flight, at=LATER))
            disk = await on_disk(found)
            await found.read(lambda conn: expand_fanouts(conn, LATER))
            query = "SELECT expanded_at FROM fanouts"
            expanded = await kept_rows(found, query, datetime | None)
            assert (await verified(found)).intact

        assert cut_off == ["entry-1"]
        [entry] = disk.entries
        assert (entry.decision, entry.outcome) == (
            EntryDecision.ADMITTED,
            Outcome.UNKNOWN,
        )
        assert entry.lock_confirmed is False
        assert disk.grant.uses == 1
        assert disk.replies == {"message of entry-1": claim().reply}
        assert [relock.deadline for relock in disk.relocks] == [claim().deadline]
        assert expanded == [LATER]  # its notifications are sent
        assert disk.kinds == ["entry.admitted", "entry.outcome"]

    async def test_interrupted_entries_are_settled_once_in_order(
        self, ledger: Ledger
    ) -> None:
        for number in (2, 1):
            await claimed(ledger, claim(f"entry-{number}"))

        settle = partial(entries.settle_in_flight, at=LATER)
        assert await ledger.write(settle) == ["entry-2", "entry-1"]
        written = await count_records(ledger)
        assert await ledger.write(settle) == []
        assert await count_records(ledger) == written

    async def test_ended_entries_are_left_unchanged(self, ledger: Ledger) -> None:
        await claimed(ledger, claim("entry-1"))
        await finish(ledger, claim("entry-1"))
        await stop(ledger, claim("entry-2"), Reason.PAUSED, LATER, FINAL)
        await ledger.write(
            lambda transaction: record_attempt(
                transaction, attempt("entry-3"), Decision.REFUSED, Reason.PAUSED, {}
            )
        )
        before = await on_disk(ledger)

        assert await ledger.write(partial(entries.settle_in_flight, at=LATER)) == []
        assert await on_disk(ledger) == before

    async def test_uncommitted_claim_never_happened(
        self, ledger: Ledger, path: Path
    ) -> None:
        written, go_on = threading.Event(), threading.Event()

        def slowly(transaction: Transaction) -> None:
            entries.claim(transaction, claim())
            written.set()
            assert go_on.wait(PATIENCE)

        claiming = hand_in(ledger, slowly)
        assert await asyncio.to_thread(written.wait, PATIENCE)
        async with self.crashed(path) as found:
            disk = await on_disk(found)
        go_on.set()
        await claiming

        assert (disk.grant, disk.entries, disk.relocks) == (GRANT, [], [])
        assert (await on_disk(ledger)).grant.uses == 1
