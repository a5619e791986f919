"""Read and write one building's ledger: one SQLite file, one thread, group commit."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
import sqlite3
from sqlite3 import Connection
import threading
from types import MappingProxyType
from typing import Any, Final

from . import chain, migrations
from .chain import NOTHING, BoundSum, Recorded, Value
from .errors import RAISED_BY_FILES, Cause, LedgerUnavailable, unavailable
from .files import LOG, Identity, Mark, beside, identity, keep_log
from .queue import Pending
from .sql import (
    Command,
    Query,
    Storable,
    hold_wal_checkpoints,
    reader,
    run_checkpoint,
    shorten_log,
    structure_revision,
    transaction,
    writer,
)

__all__ = ["Ledger", "LedgerUnavailable", "Transaction"]

MOST_JOBS_A_COMMIT: Final = 64

ROWS_IN_LOG: Final = 500
"""Changed rows after which the log is moved into the file: about 1.5 MB of its pages.

It is 4 MB for a file from before pages had 1 KB.
"""

_ROUTINE: Final = ("entry.", "grant.accepted", "grant.refused")
"""The kinds of records that restrict nobody, as they begin.

After any other one, the mark of the newest record is saved before the caller gets its
result: a restored ledger must not bring back, for example, a withdrawn consent.
"""

_NONE: Final[Mapping[str, None]] = MappingProxyType({})
_NO_COMMITMENTS: Final[Mapping[str, str]] = MappingProxyType({})

STATE_CHANGED: Final = "state.changed"
"""The record of changed bound rows without another record."""


class Transaction:
    """A running transaction of the ledger."""

    def __init__(
        self, conn: Connection, head: Recorded | None, bound: BoundSum
    ) -> None:
        self.conn = conn
        self.head = head
        self.bound = bound
        self.restricts = False
        bound.total = self._recorded

    @property
    def next_seq(self) -> int:
        return chain.next_seq(self.head)

    def append(
        self,
        kind: str,
        at: datetime,
        fields: Mapping[str, Value],
        personal: Mapping[str, str | None] = _NONE,
        unrecorded: Mapping[str, Storable] = _NONE,
        commitments: Mapping[str, str] = _NO_COMMITMENTS,
    ) -> Recorded:
        """Append a record of what happens in this transaction.

        `unrecorded` has what only the table of entries holds. `commitments` are those of
        values that are stored already.
        """
        self.restricts |= not kind.startswith(_ROUTINE)
        self.head = head = chain.append(
            self.conn,
            self.head,
            kind,
            at,
            fields,
            personal,
            self.bound.total,
            commitments,
        )
        chain.apply_record(self.conn, kind, head.seq, at, fields, unrecorded)
        return head

    def bind_all(self) -> None:
        self.bound.total = chain.bound_total(self.conn)

    def settle(self) -> None:
        """Append a record if bound rows changed without one, for example in a purge."""
        if self.bound.total != self._recorded:
            self.append(
                STATE_CHANGED,
                datetime.now(UTC) if self.head is None else self.head.at,
                {},
            )

    @property
    def _recorded(self) -> int:
        return NOTHING if self.head is None else self.head.bound


class _Task[W, T]:
    """Work for the thread, with a future of the event loop."""

    def __init__(self, work: Callable[[W], T]) -> None:
        self.future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._work = work
        self._resolve: Callable[[], None]
        """Sets the result, or the error, of the future."""

    @property
    def is_wanted(self) -> bool:
        """Whether the caller is still there; once work began, it is done to its end."""
        return not self.future.cancelled()

    def fail(self, error: BaseException) -> None:
        self._resolve = partial(self.future.set_exception, error)

    def settle(self) -> None:
        """Give the result to the caller, on the event loop."""
        if not self.future.done():
            self._resolve()


class _Job[T](_Task[Transaction, T]):
    """Work within a transaction; its result is delivered after the commit."""

    def run(
        self, transaction: Transaction, pending: Pending, *, is_alone: bool
    ) -> None:
        before, bound = transaction.head, transaction.bound.total
        was_pending = pending.is_any
        conn = transaction.conn
        if not is_alone:
            conn.execute("SAVEPOINT job")
        try:
            result = self._work(transaction)
            transaction.settle()
            if not is_alone:
                conn.execute("RELEASE job")
            self._resolve = partial(self.future.set_result, result)
            return
        except RAISED_BY_FILES as err:
            self.fail(unavailable(err))
            if not conn.in_transaction:
                raise  # for example a full disk: SQLite rolled back the whole transaction
        except BaseException as err:  # noqa: BLE001 - the caller gets it; the thread must survive
            self.fail(err)
        if is_alone:
            conn.execute("ROLLBACK")
        else:
            conn.execute("ROLLBACK TO job")
            conn.execute("RELEASE job")
        transaction.head, transaction.bound.total = before, bound
        pending.is_any = was_pending


class _Errand[T](_Task[Connection, T]):
    """Work between two transactions, on the connection itself."""

    def run(self, conn: Connection) -> None:
        try:
            self._resolve = partial(self.future.set_result, self._work(conn))
        except (*RAISED_BY_FILES, OSError, LedgerUnavailable) as err:
            self.fail(unavailable(err))


type _Jobs = SimpleQueue[_Job[Any] | _Errand[Any] | None]


class Ledger:
    """One building's ledger; any method may raise LedgerUnavailable.

    Its callers pass that on, and have changed nothing in memory by then, unless they say
    otherwise.

    Jobs run one after another on the ledger's own thread. Waiting jobs share a commit,
    each in a savepoint, so a failed job fails alone, and a failed commit fails them
    all. Results are delivered after the commit, in the order of the jobs.
    """

    def __init__(
        self, path: Path, failed: Callable[[Cause], None] = lambda _: None
    ) -> None:
        """Prepare the ledger at `path` without touching it.

        `failed` is called for each failure caused by the file, before the caller gets
        it.
        """
        self.on_pending: Callable[[], None] = lambda: None
        """Called on the event loop after a commit from which notifications are pending.

        The call comes before the results of the commit's jobs.
        """
        self.path = path
        self._log = beside(path, LOG)
        self._failed = failed
        self._files: Identity = ()
        self._structure: int
        self._bound: BoundSum
        self._pending: Pending
        self._loop: asyncio.AbstractEventLoop
        self._jobs: _Jobs = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._ending: threading.Thread | None = None
        self.newest: Recorded | None = None
        """The newest record on disk."""
        self._is_newest_known = True
        self.holds_checkpoints = False
        """Whether checkpoints are held while a backup copies the files."""
        self._moved = 0
        self._is_marking = False
        self._is_mark_late = False
        self._reading = asyncio.Lock()
        self.version_before: int
        """The file's schema version when it was opened."""
        self.mark: Mark | None
        """The newest record when the ledger was last known as the original."""

    @property
    def newest_at(self) -> datetime | None:
        """Return the latest record time since the clock was accepted (promise 8).

        Not the last record's time: a pause that a resident sets while the clock is
        wrong must not make the clock trusted.
        """
        return None if self.newest is None else self.newest.latest

    async def open(self, *, hold_checkpoints: bool = False) -> None:
        """Open or create the file; hold checkpoints while a backup copies it."""
        self.holds_checkpoints = hold_checkpoints
        self._loop = asyncio.get_running_loop()
        opened: Future[None] = Future()
        opened.set_running_or_notify_cancel()  # the thread sets a result even if nobody waits
        jobs: _Jobs = SimpleQueue()
        thread = threading.Thread(
            target=self._run,
            args=(opened, jobs),
            name=f"courier_access {self.path.stem}",
            daemon=True,
        )
        thread.start()
        try:
            await asyncio.wrap_future(opened)
        except asyncio.CancelledError:
            jobs.put(None)
            raise
        except LedgerUnavailable:
            await asyncio.to_thread(thread.join)
            raise
        self._jobs, self._thread = jobs, thread

    async def close(self) -> None:
        """Finish the queued jobs, close the file, and end the thread.

        Anyone who closes it meanwhile waits, too.
        """
        if self._thread is not None:
            self._jobs.put(None)
            self._ending, self._thread = self._thread, None
        if self._ending is not None:
            await asyncio.to_thread(self._ending.join)

    async def write[T](self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a transaction and return its result after the commit.

        `work` runs on the ledger's thread; an exception undoes all of it.
        """
        return await self._done(_Job(work))

    async def read[T](self, work: Callable[[Connection], T]) -> T:
        """Run a short `work` on the ledger's thread and return its result."""
        return await self.write(lambda transaction: work(transaction.conn))

    async def read_apart[T](self, work: Callable[[Connection], T]) -> T:
        """Run a long `work` on a consistent snapshot and return its result.

        It uses a read-only connection on another thread, so no entry waits for it.
        Readers wait for each other, even if a caller is gone, so they keep only one
        thread busy.
        """
        await self._reading.acquire()
        reading = asyncio.ensure_future(asyncio.to_thread(self._read_apart, work))
        reading.add_done_callback(self._end_turn)
        try:
            return await asyncio.shield(reading)
        except LedgerUnavailable as err:
            self._report(err)
            raise

    def _end_turn(self, reading: asyncio.Task[Any]) -> None:
        self._reading.release()
        with suppress(asyncio.CancelledError):
            reading.exception()  # Retrieve the error if the caller is gone.

    async def checkpoint(self) -> bool:
        """Move the write-ahead log into the file; return whether all of it was moved.

        It isn't while checkpoints are held or someone reads apart.
        """
        return await self._done(_Errand(self._checkpoint))

    async def rebuild(self) -> bool:
        """Write all indexes again, and all tables without row IDs; return whether it was done.

        It isn't while checkpoints are held. Entries wait meanwhile.
        """
        return await self._write_again("REINDEX")

    async def rewrite(self) -> bool:
        return await self._write_again("VACUUM")

    async def _write_again(self, statement: str) -> bool:
        def write(conn: Connection) -> bool:
            if self.holds_checkpoints:
                return False
            self._check_structure(conn)
            conn.execute(statement)
            # VACUUM counts as one change of the structure: one more isn't ours.
            self._structure += statement == "VACUUM"
            return True

        return await self._done(_Errand(write))

    async def accept(self) -> None:
        """Take the file as the original, and follow its newest record from now on."""

        def accept(_: Connection) -> None:
            Mark.of(self.newest).put(self.path)
            self._is_marking = True

        await self._done(_Errand(accept))

    async def mark_newest(self) -> None:
        """Mark the newest record, unless the mark is already about it."""

        def mark(_: Connection) -> None:
            newest = Mark.of(self.newest)
            if Mark.read(self.path) != newest:
                newest.put(self.path)

        await self._done(_Errand(mark))

    async def hold_checkpoints(self) -> None:
        """Only append to the log after the next commit, so the files can be copied.

        Checkpoints stay held even if the ledger is closed.
        """

        def hold(raw: Connection) -> None:
            self._checkpoint(raw)
            self.holds_checkpoints = True
            hold_wal_checkpoints(raw)

        await self._done(_Errand(hold))

    async def release_checkpoints(self) -> None:
        """Allow automatic checkpoints again."""

        def release(raw: Connection) -> None:
            hold_wal_checkpoints(raw, held=False)
            self.holds_checkpoints = False

        await self._done(_Errand(release))

    def _checkpoint(self, raw: Connection) -> bool:
        return not self.holds_checkpoints and run_checkpoint(raw)

    async def _done[T](self, task: _Job[T] | _Errand[T]) -> T:
        if self._thread is None:
            raise LedgerUnavailable("the ledger is closed")
        self._jobs.put(task)
        try:
            return await task.future
        except LedgerUnavailable as err:
            self._report(err)
            raise

    def _report(self, err: LedgerUnavailable) -> None:
        if err.cause is not None:
            self._failed(err.cause)

    def _settle(self, tasks: Sequence[_Task[Any, Any]], *, are_pending: bool) -> None:
        if are_pending:
            self.on_pending()
        for task in tasks:
            task.settle()

    def _deliver(self, tasks: Sequence[_Task[Any, Any]], *, are_pending: bool) -> None:
        with suppress(RuntimeError):  # The loop is closed.
            self._loop.call_soon_threadsafe(
                partial(self._settle, tasks, are_pending=are_pending)
            )

    def _read_apart[T](self, work: Callable[[Connection], T]) -> T:
        try:
            with reader(self.path) as conn:
                return work(conn)
        except RAISED_BY_FILES as err:
            raise unavailable(err) from err

    def _run(self, opened: Future[None], jobs: _Jobs) -> None:
        conn: Connection | None = None
        try:
            try:
                keep_log(self.path)
                self.path.touch(mode=0o600)
                conn = writer(self.path)
                if self.holds_checkpoints:
                    hold_wal_checkpoints(conn)
                self._prepare(conn)
            except Exception as err:  # noqa: BLE001 - whatever the error, the file isn't open
                fault = unavailable(err)
                opened.set_exception(
                    LedgerUnavailable(str(fault), fault.cause or Cause.UNFIT)
                )
                return
            opened.set_result(None)
            self._work_off(conn, jobs)
            self._save_mark()
            if not self._is_in_place():
                # Another file is in place, and SQLite would delete its log with ours.
                hold_wal_checkpoints(conn)
        finally:
            if conn is not None:
                conn.close()

    def _prepare(self, conn: Connection) -> None:
        self.version_before = migrations.bring_up_to_date(conn, migrations.PRESENT)
        with transaction(conn):
            self.newest = chain.head(conn)
        self._bound, self._moved = BoundSum(conn), 0
        self._pending = Pending(conn)
        self._files = identity(self.path, self._log)
        self._structure = structure_revision(conn)
        if self.newest is None:
            # An empty file is no copy of another one.
            Mark.of(None).put(self.path)
            self._is_marking = True
        self.mark = Mark.read(self.path)

    def _is_in_place(self) -> bool:
        return identity(self.path, self._log) == self._files

    def _check_place(self) -> None:
        """Raise LedgerUnavailable if the file was moved, deleted, or replaced."""
        if not self._is_in_place():
            raise LedgerUnavailable(
                "the file was moved, deleted or replaced", Cause.MOVED
            )

    def _check_structure(self, conn: Connection) -> None:
        """Raise LedgerUnavailable if something was planted since the file was opened.

        No statement of ours may run by a constraint or an index that isn't ours.
        """
        if structure_revision(conn) != self._structure:
            raise LedgerUnavailable("the file's structure was changed", Cause.MOVED)

    def _work_off(self, conn: Connection, jobs: _Jobs) -> None:
        task = jobs.get()
        while task is not None:
            if isinstance(task, _Errand):
                if task.is_wanted:
                    task.run(conn)
                    self._deliver([task], are_pending=False)
                task = jobs.get()
            else:
                task = self._commit_together(conn, task, jobs)

    def _commit_together(
        self, conn: Connection, first: _Job[Any], jobs: _Jobs
    ) -> _Job[Any] | _Errand[Any] | None:
        batch = [first]
        while len(batch) < MOST_JOBS_A_COMMIT:
            try:
                waiting = jobs.get_nowait()
            except Empty:
                break
            if not isinstance(waiting, _Job):
                self._commit(conn, batch)
                return waiting
            batch.append(waiting)
        self._commit(conn, batch)
        return jobs.get()

    def _commit(self, conn: Connection, batch: list[_Job[Any]]) -> None:
        wanted = [job for job in batch if job.is_wanted]
        try:
            with transaction(conn):
                self._check_structure(conn)
                head = self.newest if self._is_newest_known else chain.head(conn)
                running = Transaction(conn, head, self._bound)
                self._pending.is_any = False
                for job in wanted:
                    job.run(running, self._pending, is_alone=len(wanted) == 1)
            self._check_place()
        except Exception as err:  # noqa: BLE001 - every caller gets the error
            self._is_newest_known = False
            for job in wanted:
                job.fail(unavailable(err))
            self._deliver(wanted, are_pending=False)
            return
        self.newest, self._is_newest_known = running.head, True
        if running.restricts or self._is_mark_late:
            self._save_mark()
        self._deliver(wanted, are_pending=self._pending.is_any)
        self._shorten_log(running.conn)

    def _save_mark(self) -> None:
        """Save the mark of the newest record, or later if it can't be written now.

        What was committed is in effect in any case.
        """
        if not self._is_marking:
            return
        try:
            Mark.of(self.newest).add(self.path)
            self._is_mark_late = False
        except OSError as err:
            self._is_mark_late = True
            with suppress(RuntimeError):  # The loop is closed.
                self._loop.call_soon_threadsafe(self._report, unavailable(err))

    def _shorten_log(self, raw: Connection) -> None:
        """Move a long log into the file, now that nobody waits for its commit."""
        if not self.holds_checkpoints and raw.total_changes - self._moved > ROWS_IN_LOG:
            self._moved = raw.total_changes
            with suppress(sqlite3.Error):  # The log keeps what can't be moved.
                shorten_log(raw)


_READ: Final = Query("SELECT value FROM about WHERE name = :name", str)
_PUT: Final = Command("REPLACE INTO about (name, value) VALUES (:name, :value)")
_REMOVE: Final = Command("DELETE FROM about WHERE name = :name")


def read_value(conn: Connection, name: str) -> str | None:
    """Return what is stored about the ledger itself under this name, if anything."""
    return _READ.first(conn, name=name)


def put_value(conn: Connection, name: str, value: str) -> None:
    _PUT.run(conn, name=name, value=value)


def remove_value(conn: Connection, name: str) -> None:
    _REMOVE.run(conn, name=name)


_NAME: Final = "probe"
_ROOM: Final = "." * 65_536
"""Enough that a disk with a few free bytes doesn't pass."""


async def probe(ledger: Ledger) -> None:
    """Write and remove a value to check that the ledger works."""
    await ledger.write(lambda transaction: put_value(transaction.conn, _NAME, _ROOM))
    await ledger.write(lambda transaction: remove_value(transaction.conn, _NAME))
