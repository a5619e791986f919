"""One file, one thread, group commit: what callers can rely on, whatever the disk does."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
import os
from pathlib import Path
import sqlite3
import threading
from typing import cast

import pytest
from sqlalchemy import Connection, delete, func, insert, select, text

from custom_components.courier_access.ledger import ledger as ledger_module
from custom_components.courier_access.ledger.chain import Recorded
from custom_components.courier_access.ledger.ledger import (
    MOST_JOBS_A_COMMIT,
    Ledger,
    LedgerTooNew,
    LedgerUnavailable,
    Transaction,
)
from custom_components.courier_access.ledger.tables import SCHEMA_VERSION, personal, records
from tests.ledger.filled import NOON


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "building.db"


@pytest.fixture
async def ledger(path: Path) -> AsyncGenerator[Ledger]:
    made = Ledger(path)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for other users of the file for a moment only."""
    monkeypatch.setattr(ledger_module, "BUSY_SECONDS", 0.05)


def note(transaction: Transaction, name: str = "noted", secret: str | None = None) -> Recorded:
    return transaction.append("test", NOON, {"name": name}, {"secret": secret})


def count(conn: Connection) -> int:
    return conn.execute(select(func.count()).select_from(records)).scalar_one()


def names(conn: Connection) -> list[str]:
    query = select(func.json_extract(records.c.body, "$.name")).order_by(records.c.seq)
    return list(conn.execute(query).scalars())


def hand_in[T](ledger: Ledger, work: Callable[[Transaction], T]) -> asyncio.Task[T]:
    """Hand a job in; it waits for its turn when this returns."""
    return asyncio.Task(ledger.write(work), eager_start=True)


@asynccontextmanager
async def busy(ledger: Ledger) -> AsyncIterator[None]:
    """Keep the ledger at work meanwhile."""
    started, go_on = threading.Event(), threading.Event()

    def work(_: Connection) -> None:
        started.set()
        go_on.wait()

    task = asyncio.Task(ledger.read(work), eager_start=True)
    await asyncio.to_thread(started.wait)
    try:
        yield
    finally:
        go_on.set()
        await task


async def statements(ledger: Ledger) -> list[str]:
    """Return a list into which SQLite puts each statement from now on."""
    seen: list[str] = []
    await ledger.read(lambda conn: raw(conn).set_trace_callback(seen.append))
    seen.clear()
    return seen


def raw(conn: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", conn.connection.dbapi_connection)


def files(directory: Path) -> list[str]:
    return sorted(file.name for file in directory.iterdir())


def put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def content_of(path: Path) -> bytes:
    return path.read_bytes()


def make_directory(path: Path) -> None:
    path.mkdir()


def pragma(conn: Connection, name: str) -> object:
    return conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()


@pytest.fixture
async def foreign(path: Path, ledger: Ledger) -> AsyncGenerator[sqlite3.Connection]:
    """Another program that has the ledger's file open."""
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


class TestWriting:
    async def test_a_result_is_handed_over_once_it_is_on_the_disk(
        self, ledger: Ledger, foreign: sqlite3.Connection
    ) -> None:
        recorded = await ledger.write(note)

        on_disk = foreign.execute("SELECT seq, hash FROM records").fetchall()
        assert on_disk == [(recorded.seq, recorded.hash)]
        assert ledger.newest_at == NOON

    async def test_a_read_sees_what_was_written_before(self, ledger: Ledger) -> None:
        writing = hand_in(ledger, note)

        assert await ledger.read(count) == 1
        await writing

    async def test_jobs_that_wait_together_share_one_commit(self, ledger: Ledger) -> None:
        seen = await statements(ledger)

        async with busy(ledger):
            waiting = [hand_in(ledger, partial(note, name=str(number))) for number in range(20)]
        recorded = await asyncio.gather(*waiting)

        assert seen.count("COMMIT") == 2  # the one that kept it busy, and all that came meanwhile
        assert [one.seq for one in recorded] == list(range(1, 21))
        assert await ledger.read(names) == [str(number) for number in range(20)]

    async def test_a_commit_is_shared_by_so_many_jobs_only(self, ledger: Ledger) -> None:
        seen = await statements(ledger)

        async with busy(ledger):
            waiting = [hand_in(ledger, note) for _ in range(MOST_JOBS_A_COMMIT + 1)]
        await asyncio.gather(*waiting)

        assert seen.count("COMMIT") == 3

    async def test_results_come_in_the_order_of_the_jobs(self, ledger: Ledger) -> None:
        told: list[int] = []

        async def follow(number: int) -> None:
            await ledger.write(partial(note, name=str(number)))
            told.append(number)

        async with busy(ledger):
            waiting = [asyncio.Task(follow(number), eager_start=True) for number in range(50)]
        await asyncio.gather(*waiting)

        assert told == list(range(50))

    async def test_a_caller_who_leaves_before_its_turn_takes_the_job_along(
        self, ledger: Ledger
    ) -> None:
        async with busy(ledger):
            leaving, staying = hand_in(ledger, note), hand_in(ledger, partial(note, name="stays"))
            leaving.cancel()
            with pytest.raises(asyncio.CancelledError):
                await leaving
        await staying

        assert await ledger.read(names) == ["stays"]

    async def test_a_job_under_way_is_written_though_its_caller_left(self, ledger: Ledger) -> None:
        started, go_on = threading.Event(), threading.Event()

        def work(transaction: Transaction) -> None:
            started.set()
            go_on.wait()
            note(transaction, "on its way")

        leaving = hand_in(ledger, work)
        await asyncio.to_thread(started.wait)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        go_on.set()

        assert await ledger.read(names) == ["on its way"]


class Refusal(Exception):
    """What a job itself raises."""


class TestFailing:
    async def test_a_job_that_raises_fails_alone(self, ledger: Ledger) -> None:
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
        assert (await ledger.verify()).intact

    async def test_a_job_that_the_database_refuses_fails_alone(self, ledger: Ledger) -> None:
        def twice(transaction: Transaction) -> None:
            values = {"seq": 9, "at": NOON, "kind": "test", "body": "the secret", "hash": b""}
            transaction.conn.execute(insert(records), [values, values])

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
    async def test_whatever_a_job_raises_the_thread_goes_on(
        self, ledger: Ledger, stop: type[BaseException]
    ) -> None:
        def work(_: Transaction) -> None:
            raise stop

        # Not awaited as a task: asyncio lets SystemExit out of those.
        with pytest.raises(stop):
            await ledger.write(work)

        await ledger.write(note)
        assert await ledger.read(count) == 1

    async def test_a_commit_that_fails_fails_all_that_share_it(self, ledger: Ledger) -> None:
        await ledger.write(partial(note, name="before"))

        async with busy(ledger):
            waiting = [
                hand_in(ledger, partial(note, name="lost")),
                hand_in(ledger, owe_a_record),
                hand_in(ledger, partial(note, name="lost, too")),
            ]
        results = await asyncio.gather(*waiting, return_exceptions=True)

        assert [type(result) for result in results] == [LedgerUnavailable] * 3
        assert (await ledger.write(partial(note, name="after"))).seq == 2
        assert await ledger.read(names) == ["before", "after"]
        assert (await ledger.verify()).intact

    async def test_after_a_failed_commit_the_head_is_read_again(
        self, ledger: Ledger, path: Path
    ) -> None:
        with pytest.raises(LedgerUnavailable):
            await ledger.write(owe_a_record)
        other = Ledger(path)
        await other.open()
        await other.write(partial(note, name="written after all"))
        await other.close()

        assert (await ledger.write(partial(note, name="goes on"))).seq == 2
        assert (await ledger.verify()).intact

    async def test_a_transaction_that_sqlite_gives_up_fails_all_its_jobs(
        self, ledger: Ledger
    ) -> None:
        def give_up(transaction: Transaction) -> None:
            seq = note(transaction, "given up").seq
            transaction.conn.exec_driver_sql(
                "INSERT OR ROLLBACK INTO records SELECT * FROM records WHERE seq = ?", (seq,)
            )

        async with busy(ledger):
            waiting = [hand_in(ledger, note), hand_in(ledger, give_up), hand_in(ledger, note)]
        results = await asyncio.gather(*waiting, return_exceptions=True)

        assert [type(result) for result in results] == [LedgerUnavailable] * 3
        assert (await ledger.write(note)).seq == 1
        assert (await ledger.verify()).intact

    async def test_a_full_disk_fails_what_does_not_fit_and_nothing_else(
        self, ledger: Ledger
    ) -> None:
        await ledger.write(partial(note, name="before"))
        await ledger.read(
            lambda conn: pragma(conn, f"max_page_count = {pragma(conn, 'page_count')}")
        )
        with pytest.raises(LedgerUnavailable, match="full"):
            await ledger.write(partial(note, name="too much", secret="x" * 100_000))

        await ledger.read(lambda conn: pragma(conn, "max_page_count = 100000"))
        assert (await ledger.write(partial(note, name="after"))).seq == 2
        assert await ledger.read(names) == ["before", "after"]
        assert (await ledger.verify()).intact

    async def test_a_file_that_turned_read_only_is_unavailable(self, ledger: Ledger) -> None:
        await ledger.write(partial(note, name="before"))
        await ledger.read(lambda conn: conn.exec_driver_sql("PRAGMA query_only = ON"))

        with pytest.raises(LedgerUnavailable, match="readonly"):
            await ledger.write(note)
        assert await ledger.read_apart(names) == ["before"]

    @pytest.mark.usefixtures("impatient")
    async def test_a_file_locked_by_another_program_is_unavailable_until_it_lets_go(
        self, path: Path
    ) -> None:
        ledger = Ledger(path)
        await ledger.open()
        foreign = sqlite3.connect(path, isolation_level=None)
        foreign.execute("BEGIN IMMEDIATE")

        with pytest.raises(LedgerUnavailable, match="locked"):
            await ledger.write(note)
        foreign.execute("ROLLBACK")
        assert (await ledger.write(note)).seq == 1

        foreign.close()
        await ledger.close()

    async def test_a_lock_held_for_a_moment_is_waited_for(
        self, ledger: Ledger, foreign: sqlite3.Connection
    ) -> None:
        foreign.execute("BEGIN IMMEDIATE")
        waiting = hand_in(ledger, note)
        foreign.execute("ROLLBACK")

        assert (await waiting).seq == 1


def owe_a_record(transaction: Transaction) -> None:
    """Write what SQLite refuses only when it is to be committed."""
    transaction.conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    values = {"seq": 77, "field": "secret", "value": "of no record", "salt": bytes(32)}
    transaction.conn.execute(insert(personal), values)


class TestOpeningAndClosing:
    async def test_what_was_written_is_there_after_reopening(self, path: Path) -> None:
        ledger = Ledger(path)
        await ledger.open()
        first = await ledger.write(note)
        await ledger.close()
        await ledger.open()

        second = await ledger.write(note)
        assert (first.seq, second.seq) == (1, 2)
        await ledger.close()

        again = Ledger(path)
        await again.open()
        assert again.newest_at == NOON
        assert (await again.verify()).records == 2
        await again.close()

    async def test_a_new_ledger_has_no_newest_record(self, ledger: Ledger) -> None:
        assert ledger.newest_at is None
        assert (await ledger.verify()).records == 0

    async def test_closing_finishes_what_was_handed_in(self, path: Path) -> None:
        ledger = Ledger(path)
        await ledger.open()
        async with busy(ledger):
            waiting = [hand_in(ledger, note) for _ in range(3)]
            closing = asyncio.Task(ledger.close(), eager_start=True)
            with pytest.raises(LedgerUnavailable, match="closed"):
                await ledger.write(note)
        await closing

        assert [one.seq for one in await asyncio.gather(*waiting)] == [1, 2, 3]
        assert not path.with_name("building.db-wal").exists()

    async def test_closing_an_idle_ledger_ends_its_thread(self, path: Path) -> None:
        ledger = Ledger(path)
        await ledger.open()
        assert thread_of(path) is not None

        await ledger.close()
        assert thread_of(path) is None

    async def test_a_closed_ledger_can_be_closed_again_and_says_that_it_is_closed(
        self, path: Path
    ) -> None:
        ledger = Ledger(path)
        await ledger.close()
        await ledger.open()
        await ledger.close()
        await ledger.close()

        for call in (ledger.write(note), ledger.read(count)):
            with pytest.raises(LedgerUnavailable, match="closed"):
                await call

    async def test_before_it_is_open_a_ledger_is_unavailable(self, path: Path) -> None:
        with pytest.raises(LedgerUnavailable, match="closed"):
            await Ledger(path).write(note)
        assert files(path.parent) == []

    async def test_a_file_of_a_newer_version_is_left_alone(self, path: Path) -> None:
        newer = sqlite3.connect(path)
        newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        newer.close()
        ledger = Ledger(path)

        with pytest.raises(LedgerTooNew):
            await ledger.open()

        await refuses_and_closes(ledger)
        left = sqlite3.connect(path)
        assert left.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION + 1,)
        assert left.execute("SELECT name FROM sqlite_schema").fetchall() == []
        left.close()

    @pytest.mark.parametrize("content", [b"no database" * 1000, b"SQLite format 3\0" + bytes(4080)])
    async def test_a_file_that_is_no_database_is_unavailable(
        self, path: Path, content: bytes
    ) -> None:
        put(path, content)
        ledger = Ledger(path)

        with pytest.raises(LedgerUnavailable):
            await ledger.open()
        with pytest.raises(LedgerUnavailable):
            await ledger.verify()

        await refuses_and_closes(ledger)
        assert content_of(path) == content

    async def test_a_newest_record_that_makes_no_sense_is_unavailable(self, path: Path) -> None:
        ledger = Ledger(path)
        await ledger.open()
        await ledger.write(note)
        await ledger.close()
        spoiler = sqlite3.connect(path, isolation_level=None)
        spoiler.execute("UPDATE records SET at = 'yesterday'")
        spoiler.close()

        with pytest.raises(LedgerUnavailable):
            await ledger.open()

        await refuses_and_closes(ledger)

    async def test_without_its_directory_a_ledger_is_unavailable(self, tmp_path: Path) -> None:
        ledger = Ledger(tmp_path / "nowhere" / "building.db")

        with pytest.raises(LedgerUnavailable):
            await ledger.open()

        await refuses_and_closes(ledger)

    async def test_a_directory_in_its_place_is_unavailable(self, path: Path) -> None:
        make_directory(path)
        ledger = Ledger(path)

        with pytest.raises(LedgerUnavailable):
            await ledger.open()

        await refuses_and_closes(ledger)

    @pytest.mark.usefixtures("impatient")
    async def test_a_file_locked_by_another_program_can_be_opened_once_it_is_free(
        self, path: Path
    ) -> None:
        foreign = sqlite3.connect(path, isolation_level=None)
        foreign.execute("BEGIN EXCLUSIVE")
        ledger = Ledger(path)
        with pytest.raises(LedgerUnavailable, match="locked"):
            await ledger.open()
        foreign.execute("ROLLBACK")
        foreign.close()

        await ledger.open()
        assert (await ledger.write(note)).seq == 1
        await ledger.close()

    async def test_giving_up_while_it_opens_leaves_no_thread_and_hangs_nobody(
        self, path: Path
    ) -> None:
        foreign = sqlite3.connect(path, isolation_level=None)
        foreign.execute("BEGIN EXCLUSIVE")
        ledger = Ledger(path)
        opening = asyncio.Task(ledger.open(), eager_start=True)
        thread = thread_of(path)
        assert thread is not None
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        foreign.execute("ROLLBACK")
        foreign.close()

        await asyncio.to_thread(thread.join)
        await refuses_and_closes(ledger)


async def refuses_and_closes(ledger: Ledger) -> None:
    """Check that a ledger which could not be opened keeps nobody waiting."""
    with pytest.raises(LedgerUnavailable, match="closed"):
        await ledger.write(note)
    await ledger.close()


def thread_of(path: Path) -> threading.Thread | None:
    name = f"courier_access {path.stem}"
    return next((thread for thread in threading.enumerate() if thread.name == name), None)


class TestTheFile:
    async def test_only_its_owner_may_read_it(self, path: Path) -> None:
        mask = os.umask(0)
        try:
            ledger = Ledger(path)
            await ledger.open()
            await ledger.write(note)
        finally:
            os.umask(mask)

        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
        assert modes == dict.fromkeys(("building.db", "building.db-wal", "building.db-shm"), 0o600)
        await ledger.close()

    async def test_any_path_is_taken_as_it_is(self, tmp_path: Path) -> None:
        strange = tmp_path / "50% of #1?mode=memory&x" / "ünë.db"
        strange.parent.mkdir()
        ledger = Ledger(strange)
        await ledger.open()
        await ledger.write(note)

        assert (await ledger.verify()).records == 1
        assert strange.stat().st_mode & 0o777 == 0o600
        assert files(tmp_path) == [strange.parent.name]
        await ledger.close()

    async def test_a_commit_is_synced_and_what_is_deleted_is_overwritten(
        self, ledger: Ledger
    ) -> None:
        settings = await ledger.read(
            lambda conn: [
                pragma(conn, name)
                for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
            ]
        )

        assert settings == ["wal", 2, 1, 1]  # synchronous: 2 is FULL

    async def test_an_erased_value_is_gone_from_the_file(self, path: Path) -> None:
        ledger = Ledger(path)
        await ledger.open()
        await ledger.write(partial(note, secret="a parcel for the third floor"))
        await ledger.close()
        assert b"third floor" in content_of(path)

        await ledger.open()
        await ledger.write(lambda transaction: transaction.conn.execute(delete(personal)))
        await ledger.close()

        assert b"third floor" not in content_of(path)

    async def test_a_record_can_not_be_had_without_its_personal_values(
        self, ledger: Ledger
    ) -> None:
        await ledger.write(partial(note, secret="kept"))

        with pytest.raises(LedgerUnavailable, match="FOREIGN KEY"):
            await ledger.write(lambda transaction: transaction.conn.execute(delete(records)))


class TestReadingApart:
    async def test_no_writer_waits_for_a_check_and_the_check_sees_one_moment(
        self, ledger: Ledger
    ) -> None:
        await ledger.write(note)
        started, go_on = threading.Event(), threading.Event()

        def slowly(conn: Connection) -> tuple[int, int]:
            before = count(conn)
            started.set()
            go_on.wait()
            return before, count(conn)

        reading = asyncio.Task(ledger.read_apart(slowly), eager_start=True)
        await asyncio.to_thread(started.wait)
        await ledger.write(note)
        await ledger.write(note)
        go_on.set()

        assert await reading == (1, 1)
        assert (await ledger.verify()).records == 3

    async def test_who_reads_apart_can_not_write(self, ledger: Ledger) -> None:
        with pytest.raises(LedgerUnavailable, match="readonly"):
            await ledger.read_apart(lambda conn: conn.execute(text("DELETE FROM records")))

    async def test_a_ledger_that_is_closed_can_be_checked(self, path: Path) -> None:
        ledger = Ledger(path)
        await ledger.open()
        await ledger.write(note)
        await ledger.close()

        assert (await ledger.verify()).records == 1

    async def test_a_file_that_is_not_there_is_not_made_by_checking_it(self, path: Path) -> None:
        with pytest.raises(LedgerUnavailable):
            await Ledger(path).verify()
        assert files(path.parent) == []
