"""Test the ledger's file: opening, closing, access rights, and readers."""

import asyncio
from contextlib import closing
from functools import partial
import os
from pathlib import Path
import sqlite3
from sqlite3 import Connection
import threading

import pytest

from custom_components.courier_access.ledger import structure
from custom_components.courier_access.ledger.ledger import (
    Ledger,
    LedgerUnavailable,
    probe,
    read_value,
)
from custom_components.courier_access.ledger.structure import SCHEMA_VERSION
from tests.ledger.filled import NOON
from tests.ledger.parts import (
    PATIENCE,
    busy,
    count,
    execute,
    hand_in,
    note,
    opened,
    pragma,
)
from tests.support.rows import plant
from tests.support.verified import verified


def files(directory: Path) -> list[str]:
    return sorted(file.name for file in directory.iterdir())


async def test_probe_leaves_nothing_behind(ledger: Ledger) -> None:
    await probe(ledger)
    assert await ledger.read(partial(read_value, name="probe")) is None


class TestOpeningAndClosing:
    async def test_writes_survive_reopening(self, path: Path) -> None:
        for seq in (1, 2):
            async with opened(path) as ledger:
                assert (await ledger.write(note)).seq == seq

        async with opened(path) as again:
            assert again.newest_at == NOON
            assert (await verified(again)).records == 2

    async def test_new_ledger_has_no_newest_record(self, ledger: Ledger) -> None:
        assert ledger.newest_at is None
        assert (await verified(ledger)).records == 0

    async def test_closing_finishes_queued_jobs(self, path: Path) -> None:
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
        async with opened(path):
            assert thread_of(path) is not None

        assert thread_of(path) is None

    async def test_closed_ledger_can_be_closed_again_and_is_unavailable(
        self, path: Path
    ) -> None:
        ledger = Ledger(path)
        await ledger.close()
        await refuses_and_closes(ledger)
        assert files(path.parent) == []
        await ledger.open()
        await ledger.close()
        await refuses_and_closes(ledger)
        with pytest.raises(LedgerUnavailable, match="closed"):
            await ledger.read(count)

    async def test_file_of_a_newer_version_is_left_alone(self, path: Path) -> None:
        execute(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")

        await can_not_be_opened(path, why="this version knows")

        assert execute(path, "PRAGMA user_version") == [(SCHEMA_VERSION + 1,)]
        assert execute(path, "SELECT name FROM sqlite_schema") == []

    @pytest.mark.parametrize(
        "content",
        [b"no database" * 1000, b"SQLite format 3\0" + bytes(4080)],
        ids=["no database", "an empty header"],
    )
    async def test_file_that_is_no_database_is_unavailable(
        self, path: Path, content: bytes
    ) -> None:
        await asyncio.to_thread(path.write_bytes, content)

        await can_not_be_opened(path)

        with pytest.raises(LedgerUnavailable):
            await verified(Ledger(path))
        assert await asyncio.to_thread(path.read_bytes) == content

    async def test_invalid_newest_record_is_unavailable(self, path: Path) -> None:
        async with opened(path) as ledger:
            await ledger.write(note)
        execute(path, "UPDATE records SET at = 'yesterday'")

        await can_not_be_opened(path)

    async def test_directory_in_its_place_or_none_around_it_is_unavailable(
        self, path: Path, tmp_path: Path
    ) -> None:
        await can_not_be_opened(tmp_path / "nowhere" / "building.db")
        await asyncio.to_thread(path.mkdir)
        await can_not_be_opened(path)

    @pytest.mark.usefixtures("impatient")
    async def test_file_locked_by_another_program_opens_once_released(
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

    async def test_cancelled_opening_leaves_no_thread(self, path: Path) -> None:
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


async def can_not_be_opened(path: Path, why: str | None = None) -> None:
    ledger = Ledger(path)
    with pytest.raises(LedgerUnavailable, match=why):
        await ledger.open()
    await refuses_and_closes(ledger)


async def refuses_and_closes(ledger: Ledger) -> None:
    """Check that a ledger that couldn't be opened keeps nobody waiting."""
    with pytest.raises(LedgerUnavailable, match="closed"):
        await ledger.write(note)
    await ledger.close()


def thread_of(path: Path) -> threading.Thread | None:
    name = f"courier_access {path.stem}"
    return next(
        (thread for thread in threading.enumerate() if thread.name == name), None
    )


class TestTheFile:
    async def test_only_its_owner_can_read_the_file(self, path: Path) -> None:
        mask = os.umask(0)
        try:
            async with opened(path) as ledger:
                await ledger.write(note)
                found = {
                    file.name: file.stat().st_mode & 0o777
                    for file in path.parent.iterdir()
                }
        finally:
            os.umask(mask)

        names = (
            "building.db",
            "building.db-wal",
            "building.db-shm",
            "building.newest.log",
        )
        assert found == dict.fromkeys(names, 0o600)

    async def test_any_path_works(self, tmp_path: Path) -> None:
        strange = tmp_path / "50% of #1?mode=memory&x" / "ünë.db"
        strange.parent.mkdir()
        async with opened(strange) as ledger:
            await ledger.write(note)
            assert (await verified(ledger)).records == 1
            assert strange.stat().st_mode & 0o777 == 0o600
        assert files(tmp_path) == [strange.parent.name]

    async def test_commits_are_synced_and_deleted_data_is_overwritten(
        self, ledger: Ledger
    ) -> None:
        def settings(conn: Connection) -> list[object]:
            names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
            return [pragma(conn, name) for name in names]

        # Synchronous: 2 is FULL.
        assert await ledger.read(settings) == ["wal", 2, 1, 1]

    @pytest.mark.parametrize("has_been", [None, 4096])
    async def test_new_file_has_small_pages_and_an_existing_one_keeps_its(
        self, path: Path, has_been: int | None
    ) -> None:
        if has_been is not None:
            with closing(sqlite3.connect(path)) as earlier:
                earlier.execute(f"PRAGMA page_size = {has_been}")
                structure.create(earlier, structure.schema(SCHEMA_VERSION))
                earlier.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

        async with opened(path) as ledger:
            await ledger.write(note)
            assert (await verified(ledger)).intact
        assert execute(path, "PRAGMA page_size") == [(has_been or 1024,)]

    async def test_erased_value_is_gone_from_the_file(self, path: Path) -> None:
        async with opened(path) as ledger:
            await ledger.write(partial(note, secret="a parcel for the third floor"))
        assert b"third floor" in await asyncio.to_thread(path.read_bytes)

        async with opened(path) as ledger:
            await ledger.read(lambda conn: plant(conn, "DELETE FROM personal"))

        assert b"third floor" not in await asyncio.to_thread(path.read_bytes)

    async def test_record_needs_its_personal_values(self, ledger: Ledger) -> None:
        await ledger.write(partial(note, secret="kept"))

        with pytest.raises(LedgerUnavailable, match="FOREIGN KEY"):
            await ledger.read(lambda conn: plant(conn, "DELETE FROM records"))


class TestReadingApart:
    async def test_writers_do_not_wait_for_a_check_on_a_snapshot(
        self, ledger: Ledger
    ) -> None:
        await ledger.write(note)
        started, go_on = threading.Event(), threading.Event()

        def slowly(conn: Connection) -> tuple[int, int]:
            before = count(conn)
            started.set()
            assert go_on.wait(PATIENCE)
            return before, count(conn)

        reading = asyncio.Task(ledger.read_apart(slowly), eager_start=True)
        assert await asyncio.to_thread(started.wait, PATIENCE)
        await ledger.write(note)
        await ledger.write(note)
        go_on.set()

        assert await reading == (1, 1)
        assert (await verified(ledger)).records == 3

    async def test_readers_apart_can_not_write(self, ledger: Ledger) -> None:
        with pytest.raises(LedgerUnavailable, match="readonly"):
            await ledger.read_apart(lambda conn: plant(conn, "DELETE FROM records"))

    async def test_cancelled_read_keeps_its_turn_until_it_ends(
        self, ledger: Ledger
    ) -> None:
        started, go_on, reads = threading.Event(), threading.Event(), list[str]()

        def slowly(_conn: Connection) -> None:
            reads.append("begins")
            started.set()
            assert go_on.wait(PATIENCE)
            reads.append("ends")
            raise sqlite3.DatabaseError  # nobody is left to take it

        left = asyncio.Task(ledger.read_apart(slowly), eager_start=True)
        assert await asyncio.to_thread(started.wait, PATIENCE)
        left.cancel()
        with pytest.raises(asyncio.CancelledError):
            await left
        after = asyncio.Task(
            ledger.read_apart(lambda _: reads.append("next")), eager_start=True
        )
        for _ in range(100):  # time enough for another thread to read
            await asyncio.to_thread(int)
        assert reads == ["begins"]

        go_on.set()
        await after
        assert reads == ["begins", "ends", "next"]

    async def test_closed_ledger_can_be_verified(self, path: Path) -> None:
        async with opened(path) as ledger:
            await ledger.write(note)

        assert (await verified(ledger)).records == 1

    async def test_verifying_does_not_create_a_missing_file(self, path: Path) -> None:
        with pytest.raises(LedgerUnavailable):
            await verified(Ledger(path))
        assert files(path.parent) == []
