"""Test transactions: one file, one thread, group commit, and disk errors."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
import sqlite3
import threading

import pytest

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.ledger.ledger import (
    MOST_JOBS_A_COMMIT,
    Ledger,
    LedgerUnavailable,
    Transaction,
)
from tests.ledger.filled import NOON, owed_entry, residents
from tests.ledger.parts import (
    PATIENCE,
    busy,
    count,
    hand_in,
    names,
    note,
    opened,
    pragma,
)
from tests.support.rows import plant
from tests.support.verified import verified


async def statements(ledger: Ledger) -> list[str]:
    """Return a list that collects each statement from now on."""
    seen: list[str] = []
    await ledger.read(lambda conn: conn.set_trace_callback(seen.append))
    seen.clear()
    return seen


@pytest.fixture
async def foreign(path: Path, ledger: Ledger) -> AsyncGenerator[sqlite3.Connection]:
    """Open the ledger's file as another program."""
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


class TestWriting:
    async def test_result_is_delivered_after_the_commit(
        self, ledger: Ledger, foreign: sqlite3.Connection
    ) -> None:
        recorded = await ledger.write(note)

        on_disk = foreign.execute("SELECT seq, hash FROM records").fetchall()
        assert on_disk == [(recorded.seq, recorded.hash)]
        assert ledger.newest_at == NOON

    async def test_read_sees_earlier_writes(self, ledger: Ledger) -> None:
        writing = hand_in(ledger, note)

        assert await ledger.read(count) == 1
        await writing

    async def test_waiting_jobs_share_one_commit(self, ledger: Ledger) -> None:
        seen = await statements(ledger)

        async with busy(ledger):
            waiting = [
                hand_in(ledger, partial(note, name=str(number))) for number in range(20)
            ]
        recorded = await asyncio.gather(*waiting)

        assert (
            seen.count("COMMIT") == 2
        )  # the job that kept it busy, and all that waited
        assert [one.seq for one in recorded] == list(range(1, 21))
        assert await ledger.read(names) == [str(number) for number in range(20)]

    async def test_number_of_jobs_per_commit_is_limited(self, ledger: Ledger) -> None:
        seen = await statements(ledger)

        async with busy(ledger):
            waiting = [hand_in(ledger, note) for _ in range(MOST_JOBS_A_COMMIT + 1)]
        await asyncio.gather(*waiting)

        assert seen.count("COMMIT") == 3

    async def test_results_come_in_the_order_of_the_jobs(self, ledger: Ledger) -> None:
        results: list[int] = []

        async def follow(number: int) -> None:
            await ledger.write(partial(note, name=str(number)))
            results.append(number)

        async with busy(ledger):
            waiting = [
                asyncio.Task(follow(number), eager_start=True) for number in range(50)
            ]
        await asyncio.gather(*waiting)

        assert results == list(range(50))

    async def test_cancelled_waiting_job_does_not_run(self, ledger: Ledger) -> None:
        async with busy(ledger):
            leaving, staying = (
                hand_in(ledger, note),
                hand_in(ledger, partial(note, name="stays")),
            )
            leaving.cancel()
            with pytest.raises(asyncio.CancelledError):
                await leaving
        await staying

        assert await ledger.read(names) == ["stays"]

    async def test_running_job_is_written_even_if_cancelled(
        self, ledger: Ledger
    ) -> None:
        started, go_on = threading.Event(), threading.Event()

        def work(transaction: Transaction) -> None:
            started.set()
            assert go_on.wait(PATIENCE)
            note(transaction, "on its way")

        leaving = hand_in(ledger, work)
        assert await asyncio.to_thread(started.wait, PATIENCE)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        go_on.set()

        assert await ledger.read(names) == ["on its way"]


class Refusal(Exception):
    """Raised by a job itself."""

    async def test_anyone_who_closes_a_ledger_waits_until_it_is_closed(
        self, path: Path
    ) -> None:
        ledger = Ledger(path)
        await ledger.open()
        async with busy(ledger):
            closing = [asyncio.Task(ledger.close()) for _ in range(2)]
            ended, _ = await asyncio.wait(closing, timeout=0.05)
            assert not ended
        await asyncio.gather(*closing)


class TestFailing:
    async def test_job_that_raises_fails_alone(self, ledger: Ledger) -> None:
        refusal = Refusal("decide again")

        def refuse(transaction: Transaction) -> None:
            note(transaction, "undone")
            raise refusal

        async with busy(ledger):
            first = hand_in(ledger, partial(note, name="first"))
            refused = hand_in(ledger, refuse)
            last = hand_in(ledger, partial(note, name="last"))
        with pytest.raises(Refusal) as raised:
            await refused

        assert raised.value is refusal
        assert ((await first).seq, (await last).seq) == (1, 2)
        assert await ledger.read(names) == ["first", "last"]
        assert (await verified(ledger)).intact

    async def test_job_that_the_database_refuses_fails_alone(
        self, ledger: Ledger
    ) -> None:
        def twice(transaction: Transaction) -> None:
            record = "INSERT INTO records VALUES (9, 0, 'test', 'the secret', x'')"
            plant(transaction.conn, record)
            plant(transaction.conn, record)

        async with busy(ledger):
            first = hand_in(ledger, partial(note, name="first"))
            refused = hand_in(ledger, twice)
            last = hand_in(ledger, partial(note, name="last"))
        with pytest.raises(LedgerUnavailable) as raised:
            await refused

        assert "the secret" not in str(raised.value)
        await asyncio.gather(first, last)
        assert await ledger.read(names) == ["first", "last"]

    @pytest.mark.parametrize("stop", [SystemExit, KeyboardInterrupt, GeneratorExit])
    async def test_thread_survives_any_exception(
        self, ledger: Ledger, stop: type[BaseException]
    ) -> None:
        def work(_: Transaction) -> None:
            raise stop

        # Not awaited as a task: asyncio doesn't catch SystemExit there.
        with pytest.raises(stop):
            await ledger.write(work)

        await ledger.write(note)
        assert await ledger.read(count) == 1

    @pytest.mark.parametrize("how", ["at the commit", "by SQLite"])
    async def test_failed_commit_fails_all_its_jobs(
        self, ledger: Ledger, how: str
    ) -> None:
        work = break_at_the_commit if how == "at the commit" else roll_back
        await ledger.write(partial(note, name="before"))

        async with busy(ledger):
            waiting = [
                hand_in(ledger, partial(note, name="lost")),
                hand_in(ledger, work),
                hand_in(ledger, partial(note, name="lost, too")),
            ]
        results = await asyncio.gather(*waiting, return_exceptions=True)

        assert [type(result) for result in results] == [LedgerUnavailable] * 3
        assert (await ledger.write(partial(note, name="after"))).seq == 2
        assert await ledger.read(names) == ["before", "after"]
        assert (await verified(ledger)).intact

    async def test_head_is_read_again_after_a_failed_commit(
        self, ledger: Ledger, path: Path
    ) -> None:
        with pytest.raises(LedgerUnavailable):
            await ledger.write(break_at_the_commit)
        async with opened(path) as other:
            await other.write(partial(note, name="written after all"))

        assert (await ledger.write(partial(note, name="goes on"))).seq == 2
        assert (await verified(ledger)).intact

    async def test_full_disk_fails_only_what_does_not_fit(self, ledger: Ledger) -> None:
        await ledger.write(partial(note, name="before"))
        await ledger.read(
            lambda conn: pragma(conn, f"max_page_count = {pragma(conn, 'page_count')}")
        )
        with pytest.raises(LedgerUnavailable, match="full"):
            await ledger.write(partial(note, name="too much", secret="x" * 100_000))

        await ledger.read(lambda conn: pragma(conn, "max_page_count = 100000"))
        assert (await ledger.write(partial(note, name="after"))).seq == 2
        assert await ledger.read(names) == ["before", "after"]
        assert (await verified(ledger)).intact

    async def test_read_only_file_is_unavailable(self, ledger: Ledger) -> None:
        await ledger.write(partial(note, name="before"))
        await ledger.read(lambda conn: plant(conn, "PRAGMA query_only = ON"))

        with pytest.raises(LedgerUnavailable, match="readonly"):
            await ledger.write(note)
        assert await ledger.read_apart(names) == ["before"]

    @pytest.mark.usefixtures("impatient")
    async def test_locked_file_is_unavailable_until_released(self, path: Path) -> None:
        async with opened(path) as ledger:
            with closing(sqlite3.connect(path, isolation_level=None)) as foreign:
                foreign.execute("BEGIN IMMEDIATE")
                with pytest.raises(LedgerUnavailable, match="locked"):
                    await ledger.write(note)
                foreign.execute("ROLLBACK")
                assert (await ledger.write(note)).seq == 1

    async def test_short_lock_is_waited_for(
        self, ledger: Ledger, foreign: sqlite3.Connection
    ) -> None:
        foreign.execute("BEGIN IMMEDIATE")
        waiting = hand_in(ledger, note)
        foreign.execute("ROLLBACK")

        assert (await waiting).seq == 1


def break_at_the_commit(transaction: Transaction) -> None:
    """Write something that SQLite refuses only at the commit."""
    plant(transaction.conn, "PRAGMA defer_foreign_keys = ON")
    value = "INSERT INTO personal VALUES (77, 'secret', 'of no record', x'', 0)"
    plant(transaction.conn, value)


def roll_back(transaction: Transaction) -> None:
    """Have SQLite roll back the whole transaction."""
    seq = note(transaction, "given up").seq
    twice = "INSERT OR ROLLBACK INTO records SELECT * FROM records WHERE seq = :seq"
    plant(transaction.conn, twice, seq=seq)


async def test_pending_notifications_are_announced_before_their_writer_goes_on(
    ledger: Ledger,
) -> None:
    seen: list[str] = []
    ledger.on_pending = partial(seen.append, "pending")

    async def write(work: Callable[[Transaction], object]) -> None:
        with suppress(RuntimeError):
            await ledger.write(work)
        seen.append("written")

    def fail_late(transaction: Transaction) -> None:
        owed_entry(transaction, entry_id="entry-2", reason=Reason.REVOKED)
        raise RuntimeError

    await write(residents)
    await write(fail_late)
    await write(partial(owed_entry, outcome=None))
    assert seen == ["written"] * 3

    seen.clear()
    await write(partial(owed_entry, entry_id="entry-2", reason=Reason.REVOKED))
    assert seen == ["pending", "written"]

    seen.clear()
    await write(
        lambda transaction: plant(
            transaction.conn, "UPDATE entries SET outcome = 'opened'"
        )
    )
    assert seen == ["pending", "written"]
