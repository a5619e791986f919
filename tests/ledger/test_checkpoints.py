"""Test checkpoints: run, held during a copy, and released."""

import asyncio
from contextlib import closing
from functools import partial
from pathlib import Path
import sqlite3
from sqlite3 import Connection
import threading

import pytest

from custom_components.courier_access.ledger import ledger as ledger_module
from custom_components.courier_access.ledger.ledger import (
    ROWS_IN_LOG,
    Ledger,
    LedgerUnavailable,
    Transaction,
    put_value,
    read_value,
    remove_value,
)
from tests.ledger.parts import PATIENCE, busy, count, hand_in, note, opened, pragma


def log_of(path: Path) -> int:
    return path.with_name("building.db-wal").stat().st_size


def in_file(path: Path) -> int:
    """Return how many records the file holds without its write-ahead log."""
    alone = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    with closing(alone):
        return int(alone.execute("SELECT count(*) FROM records").fetchone()[0])


MANY = ROWS_IN_LOG + 1


def many_notes(transaction: Transaction) -> None:
    for _ in range(MANY):
        note(transaction)


class TestRunning:
    async def test_long_log_is_moved_once_nobody_waits_for_the_commit(
        self, ledger: Ledger, path: Path
    ) -> None:
        await ledger.write(many_notes)
        await ledger.read(count)
        size = log_of(path)
        assert in_file(path) == MANY

        await ledger.write(note)
        await ledger.read(count)

        assert in_file(path) == MANY
        assert log_of(path) == size

    async def test_log_that_can_not_be_moved_is_kept(
        self, ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_: Connection) -> None:
            raise sqlite3.OperationalError("disk I/O error")

        await ledger.checkpoint()
        with monkeypatch.context() as patched:
            patched.setattr(ledger_module, "shorten_log", refuse)
            await ledger.write(many_notes)
            assert await ledger.read(count) == MANY
            assert in_file(path) == 0

        await ledger.write(many_notes)
        await ledger.read(count)

        assert in_file(path) >= MANY

    async def test_checkpoint_moves_commits_into_the_file(
        self, ledger: Ledger, path: Path
    ) -> None:
        await ledger.checkpoint()
        await ledger.write(note)
        assert in_file(path) == 0

        assert await ledger.checkpoint()

        assert in_file(path) == 1
        assert log_of(path) == 0

    async def test_checkpoint_runs_after_queued_jobs(
        self, ledger: Ledger, path: Path
    ) -> None:
        async with busy(ledger):
            writing = hand_in(ledger, note)
            running = asyncio.Task(ledger.checkpoint(), eager_start=True)
            after = hand_in(ledger, note)
        await asyncio.gather(writing, after)

        assert await running
        assert in_file(path) == 1
        assert await ledger.read(count) == 2

    async def test_checkpoint_does_not_wait_for_readers(self, ledger: Ledger) -> None:
        await ledger.checkpoint()
        await ledger.write(note)
        started, go_on = threading.Event(), threading.Event()

        def slowly(conn: Connection) -> int:
            counted = count(conn)
            started.set()
            assert go_on.wait(PATIENCE)
            return counted

        reading = asyncio.Task(ledger.read_apart(slowly), eager_start=True)
        assert await asyncio.to_thread(started.wait, PATIENCE)
        await ledger.write(note)
        assert not await ledger.checkpoint()
        assert await ledger.read(lambda conn: pragma(conn, "busy_timeout")) == 5000
        go_on.set()

        assert await reading == 1
        assert await ledger.checkpoint()

    async def test_cancelled_checkpoint_does_not_run(
        self, ledger: Ledger, path: Path
    ) -> None:
        await ledger.checkpoint()
        async with busy(ledger):
            writing = hand_in(ledger, note)
            leaving = asyncio.Task(ledger.checkpoint(), eager_start=True)
            leaving.cancel()
            with pytest.raises(asyncio.CancelledError):
                await leaving
        await writing
        await ledger.read(count)

        assert in_file(path) == 0

    async def test_closed_ledger_has_no_checkpoint(self, path: Path) -> None:
        ledger = Ledger(path)
        for call in (
            ledger.checkpoint,
            ledger.hold_checkpoints,
            ledger.release_checkpoints,
        ):
            with pytest.raises(LedgerUnavailable, match="closed"):
                await call()

    async def test_disk_error_is_reported_and_the_ledger_continues(
        self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_: Connection) -> bool:
            raise sqlite3.OperationalError("disk I/O error")

        monkeypatch.setattr(ledger_module, "run_checkpoint", refuse)

        with pytest.raises(LedgerUnavailable, match="OperationalError"):
            await ledger.checkpoint()
        assert (await ledger.write(note)).seq == 1


class TestHolding:
    async def test_held_file_is_not_touched_by_any_writes(
        self, ledger: Ledger, path: Path
    ) -> None:
        await ledger.write(note)
        await ledger.hold_checkpoints()
        before = path.read_bytes()  # noqa: ASYNC240 - one small file
        assert in_file(path) == 1

        secret = "x" * 4_000_000
        await ledger.write(lambda transaction: note(transaction, secret=secret))
        assert not await ledger.checkpoint()

        assert log_of(path) > len(secret)
        assert path.read_bytes() == before  # noqa: ASYNC240

    async def test_held_log_survives_closing_and_is_used_at_opening(
        self, path: Path
    ) -> None:
        async with opened(path) as ledger:
            await ledger.hold_checkpoints()
            await ledger.write(note)
        assert in_file(path) == 0

        async with opened(path, hold_checkpoints=True) as ledger:
            await ledger.write(note)
            assert not await ledger.checkpoint()
        assert in_file(path) == 0

        async with opened(path) as ledger:
            assert await ledger.read(count) == 2
        assert in_file(path) == 2

    async def test_released_log_is_moved_automatically(
        self, ledger: Ledger, path: Path
    ) -> None:
        await ledger.hold_checkpoints()
        await ledger.write(many_notes)
        assert in_file(path) == 0

        await ledger.release_checkpoints()
        await ledger.write(note)
        await ledger.read(count)  # The log is moved once the note is delivered.

        assert in_file(path) == MANY + 1

    async def test_released_log_is_removed_at_closing(self, path: Path) -> None:
        async with opened(path, hold_checkpoints=True) as ledger:
            await ledger.write(note)
            await ledger.release_checkpoints()

        assert not path.with_name("building.db-wal").exists()
        assert in_file(path) == 1


async def test_named_value_is_stored_replaced_and_removed(ledger: Ledger) -> None:
    for name, value in (("name", "first"), ("other", "its own"), ("name", "second")):
        await ledger.read(partial(put_value, name=name, value=value))
    assert await ledger.read(partial(read_value, name="name")) == "second"

    for _ in range(2):
        await ledger.read(partial(remove_value, name="name"))

    assert await ledger.read(partial(read_value, name="name")) is None
    assert await ledger.read(partial(read_value, name="other")) == "its own"
