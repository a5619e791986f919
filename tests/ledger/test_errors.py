"""Test that file problems are distinguished, and the open file is the one in place."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
import errno
from functools import partial
from pathlib import Path
import resource
import shutil
import sqlite3

import pytest

from custom_components.courier_access.ledger.errors import (
    Cause,
    LedgerUnavailable,
    cause_of,
)
from custom_components.courier_access.ledger.ledger import Ledger
from tests.ledger.parts import note, pragma
from tests.support.rows import plant
from tests.support.verified import verified


def of_sqlite(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


def test_cause_follows_from_sqlite_and_system_codes() -> None:
    undecodable = "Could not decode to UTF-8 column 'x'"
    for code, cause in (
        (sqlite3.SQLITE_FULL, Cause.FULL),
        (sqlite3.SQLITE_IOERR_SHMSIZE, Cause.FULL),
        (sqlite3.SQLITE_READONLY_DIRECTORY, Cause.READ_ONLY),
        (sqlite3.SQLITE_READONLY_DBMOVED, Cause.MOVED),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Cause.LOCKED),
        (sqlite3.SQLITE_IOERR_FSYNC, Cause.IO_ERROR),
        (sqlite3.SQLITE_IOERR_READ, Cause.IO_ERROR),
        (sqlite3.SQLITE_CORRUPT_INDEX, Cause.DAMAGED),
        (sqlite3.SQLITE_NOTADB, Cause.DAMAGED),
        (sqlite3.SQLITE_CANTOPEN, Cause.OTHER),
        (sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY, None),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, None),
        (sqlite3.SQLITE_ERROR, None),
    ):
        assert cause_of(of_sqlite(code)) is cause, code
    for error, cause in (
        (sqlite3.OperationalError(undecodable), Cause.DAMAGED),
        (UnicodeDecodeError("utf-8", b"\x80", 0, 1, "invalid"), Cause.DAMAGED),
        (sqlite3.ProgrammingError("closed"), None),
        (OSError(errno.ENOSPC, "no space"), Cause.FULL),
        (OSError(errno.EROFS, "read-only"), Cause.READ_ONLY),
        (OSError(errno.EIO, "input/output"), Cause.IO_ERROR),
        (OSError(errno.ENOENT, "no directory"), Cause.OTHER),
        (LedgerUnavailable("full", Cause.FULL), Cause.FULL),
        (LedgerUnavailable("the ledger is closed"), None),
        (ValueError("no JSON"), None),
    ):
        assert cause_of(error) is cause, error


@asynccontextmanager
async def reporting(path: Path) -> AsyncIterator[tuple[Ledger, list[Cause]]]:
    """Open a ledger with a list of the causes that it reports."""
    causes: list[Cause] = []
    ledger = Ledger(path, causes.append)
    await ledger.open()
    yield ledger, causes
    await ledger.close()


async def test_violated_constraint_is_not_the_files_fault(path: Path) -> None:
    async with reporting(path) as (ledger, causes):
        with pytest.raises(LedgerUnavailable):
            await ledger.read(
                lambda conn: plant(conn, "INSERT INTO records (seq) VALUES (1)")
            )
        with pytest.raises(LedgerUnavailable):
            await ledger.read(lambda conn: plant(conn, "DELETE FROM nowhere"))
        assert causes == []


async def test_each_file_failure_is_reported(path: Path) -> None:
    async with reporting(path) as (ledger, causes):
        await ledger.read(
            lambda conn: pragma(conn, f"max_page_count = {pragma(conn, 'page_count')}")
        )
        with pytest.raises(LedgerUnavailable):
            await ledger.write(partial(note, secret="x" * 100_000))
        await ledger.read(lambda conn: plant(conn, "PRAGMA query_only = ON"))
        with pytest.raises(LedgerUnavailable):
            await ledger.write(note)

        assert causes == [Cause.FULL, Cause.READ_ONLY]


async def test_refused_write_is_an_io_error_and_harms_nothing(path: Path) -> None:
    async with reporting(path) as (ledger, causes):
        await ledger.write(note)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        size = path.with_name("building.db-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
        try:
            with pytest.raises(LedgerUnavailable, match="disk I/O"):
                await ledger.write(partial(note, secret="x" * 100_000))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)

        assert causes == [Cause.IO_ERROR]
        assert (await ledger.write(note)).seq == 2
        assert (await verified(ledger)).intact


def delete(path: Path) -> None:
    path.unlink()


def replace(path: Path) -> None:
    other = path.with_name("other.db")
    shutil.copy(path, other)
    other.replace(path)


def delete_log(path: Path) -> None:
    path.with_name("building.db-wal").unlink()


@pytest.mark.parametrize("change", [delete, replace, delete_log])
async def test_nothing_is_written_to_a_file_that_was_moved(
    path: Path, change: Callable[[Path], None]
) -> None:
    async with reporting(path) as (ledger, causes):
        await ledger.write(note)
        await asyncio.to_thread(change, path)

        for _ in range(2):
            with pytest.raises(LedgerUnavailable, match="moved, deleted or replaced"):
                await ledger.write(note)
        assert causes == [Cause.MOVED, Cause.MOVED]


async def test_closing_a_replaced_file_leaves_the_new_one_and_its_log(
    path: Path,
) -> None:
    ledger = Ledger(path)
    await ledger.open()
    await ledger.write(note)
    other = Ledger(path.with_name("other.db"))
    await other.open()
    await other.write(partial(note, name="other"))
    for suffix in ("-wal", "-shm", ""):
        shutil.copy(path.with_name(f"other.db{suffix}"), path.with_name(f"new{suffix}"))
        path.with_name(f"new{suffix}").replace(path.with_name(path.name + suffix))
    log = path.with_name("building.db-wal").stat()

    await ledger.close()

    assert path.with_name("building.db-wal").stat() == log
    await other.close()
    await ledger.open()
    assert (await verified(ledger)).records == 1
    await ledger.close()


async def test_failed_read_apart_is_reported(path: Path) -> None:
    causes: list[Cause] = []

    with pytest.raises(LedgerUnavailable):
        await verified(Ledger(path, causes.append))

    assert causes == [Cause.OTHER]
