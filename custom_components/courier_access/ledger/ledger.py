"""The durable record of one building: one SQLite file, one thread, group commit."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
import sqlite3
import threading
from typing import Any, Final, cast
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from . import account, chain
from .chain import Recorded, Value, Verification
from .tables import SCHEMA_VERSION, metadata

BUSY_SECONDS: Final = 5.0
MOST_JOBS_A_COMMIT: Final = 64


class LedgerUnavailable(Exception):
    """The record can't be read or written now; whatever was asked for did not happen."""


class LedgerTooNew(LedgerUnavailable):
    """The file was written by a newer version of this integration."""


class Transaction:
    """What a writing job is handed: the connection, and the one way to append a record."""

    def __init__(self, conn: Connection, head: Recorded | None) -> None:
        """Begin after the record `head`."""
        self.conn = conn
        self.head = head

    def append(
        self,
        kind: str,
        at: datetime,
        fields: Mapping[str, Value],
        personal: Mapping[str, str | None] | None = None,
    ) -> Recorded:
        """Append a record of what happens in this transaction."""
        self.head = chain.append(self.conn, self.head, kind, at, fields, personal or {})
        return self.head


class _Job[T]:
    """Work for the thread, and the future that learns of it once it is on the disk."""

    def __init__(self, work: Callable[[Transaction], T]) -> None:
        self.future: Future[T] = Future()
        self._work = work
        self._result: list[T] = []
        self._error: BaseException | None = None

    def run(self, transaction: Transaction) -> None:
        before = transaction.head
        savepoint = transaction.conn.begin_nested()
        try:
            self._result.append(self._work(transaction))
            savepoint.commit()
            return
        except (SQLAlchemyError, sqlite3.Error) as err:
            self._error = LedgerUnavailable(str(err))
            if not _raw(transaction.conn).in_transaction:
                raise  # such as a full disk: SQLite gave up the whole transaction
        except BaseException as err:  # noqa: BLE001 - it goes to whoever asked; the thread outlives it
            self._error = err
        savepoint.rollback()
        transaction.head = before

    def settle(self) -> None:
        if self._error is None:
            self.future.set_result(self._result[0])
        else:
            self.future.set_exception(self._error)

    def fail(self, error: LedgerUnavailable) -> None:
        self.future.set_exception(error)


type _Jobs = SimpleQueue[_Job[Any] | None]


class Ledger:
    """One building's ledger.

    Jobs run one after the other on a thread of the ledger's own. Those that wait together share one commit, each in
    a savepoint, so that one that fails fails alone; a commit that fails fails them all. A job's result is handed
    over after the commit, in the order of the jobs, so that whoever follows the results sees what the disk holds.
    """

    def __init__(self, path: Path) -> None:
        """Prepare the ledger kept at `path`; nothing is touched before `open`."""
        self._path = path
        self._jobs: _Jobs = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._head: Recorded | None = None
        self._head_known = True
        self._reading = asyncio.Lock()

    @property
    def newest_at(self) -> datetime | None:
        """The time of the newest record on the disk, by which an untrusted clock is known (promise 8)."""
        return None if self._head is None else self._head.at

    async def open(self) -> None:
        """Open or create the file.

        Raises:
            LedgerTooNew: a newer version wrote it.
            LedgerUnavailable: it can't be opened, read or written.

        """
        opened: Future[None] = Future()
        opened.set_running_or_notify_cancel()  # the thread's answer is due even if nobody waits
        jobs: _Jobs = SimpleQueue()
        thread = threading.Thread(
            target=self._run,
            args=(opened, jobs),
            name=f"courier_access {self._path.stem}",
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
        """Finish the jobs already handed in, close the file and end the thread."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._jobs.put(None)
            await asyncio.to_thread(thread.join)

    async def write[T](self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a transaction and return its result once it is on the disk.

        `work` runs on the ledger's thread and may be undone as a whole by raising.

        Raises:
            LedgerUnavailable: it could not be written; nothing of it was.

        """
        if self._thread is None:
            raise LedgerUnavailable("the ledger is closed")
        job = _Job(work)
        self._jobs.put(job)
        return await asyncio.wrap_future(job.future)

    async def read[T](self, work: Callable[[Connection], T]) -> T:
        """Run a short `work` over what has been written so far and return its result.

        Raises:
            LedgerUnavailable: it could not be read.

        """
        return await self.write(lambda transaction: work(transaction.conn))

    async def read_apart[T](self, work: Callable[[Connection], T]) -> T:
        """Run a long `work` over what has been written so far, all of one moment, and return its result.

        It has a connection of its own, that can only read, on a thread of its own: no entry waits for it. One
        waits for the other, so that many who read keep no more than one thread busy.

        Raises:
            LedgerUnavailable: it could not be read.

        """
        async with self._reading:
            return await asyncio.to_thread(self._read_apart, work)

    async def verify(self) -> Verification:
        """Check the whole chain, and that entries read as it says (promise 5).

        Raises:
            LedgerUnavailable: it could not be read.

        """
        return await self.read_apart(account.verify)

    def _read_apart[T](self, work: Callable[[Connection], T]) -> T:
        engine = _reader(self._path)
        try:
            with engine.connect() as conn:
                return work(conn)
        except (SQLAlchemyError, sqlite3.Error) as err:
            raise LedgerUnavailable(str(err)) from err
        finally:
            engine.dispose()

    def _run(self, opened: Future[None], jobs: _Jobs) -> None:
        engine = _writer(self._path)
        try:
            try:
                self._path.touch(mode=0o600)
                conn = engine.connect()
                self._prepare(conn)
            except LedgerTooNew as err:
                opened.set_exception(err)
                return
            except Exception as err:  # noqa: BLE001 - whatever is wrong with the file, it is not open
                opened.set_exception(LedgerUnavailable(str(err)))
                return
            opened.set_result(None)
            self._work_off(conn, jobs)
            conn.close()
        finally:
            engine.dispose()

    def _prepare(self, conn: Connection) -> None:
        with conn.begin():
            version = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version > SCHEMA_VERSION:
                raise LedgerTooNew(f"schema {version}, this version knows {SCHEMA_VERSION}")
            metadata.create_all(conn)
            conn.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
            self._head = chain.head(conn)

    def _work_off(self, conn: Connection, jobs: _Jobs) -> None:
        while (job := jobs.get()) is not None:
            batch = [job]
            while len(batch) < MOST_JOBS_A_COMMIT:
                try:
                    waiting = jobs.get_nowait()
                except Empty:
                    break
                if waiting is None:
                    self._commit(conn, batch)
                    return
                batch.append(waiting)
            self._commit(conn, batch)

    def _commit(self, conn: Connection, batch: list[_Job[Any]]) -> None:
        wanted = [job for job in batch if job.future.set_running_or_notify_cancel()]
        try:
            with conn.begin():
                head = self._head if self._head_known else chain.head(conn)
                transaction = Transaction(conn, head)
                for job in wanted:
                    job.run(transaction)
        except Exception as err:  # noqa: BLE001 - whoever waits is told, whatever it is
            self._head_known = False
            _roll_back(conn)
            for job in wanted:
                job.fail(LedgerUnavailable(str(err)))
            return
        self._head, self._head_known = transaction.head, True
        for job in wanted:
            job.settle()


def _writer(path: Path) -> Engine:
    engine = _engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _set_up)
    # So that no other writer can come between what a transaction reads and what it writes.
    event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _reader(path: Path) -> Engine:
    engine = _engine(
        URL.create(
            "sqlite", database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true"}
        )
    )
    event.listen(engine, "connect", _connect)
    event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
    return engine


def _engine(url: URL) -> Engine:
    # Personal values must not get into a log, whatever level its owner sets.
    return create_engine(url, poolclass=StaticPool, hide_parameters=True)


def _connect(connection: sqlite3.Connection, _record: object) -> None:
    # SQLite's own BEGIN is ours to send: the driver's would come too late for savepoints.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


def _set_up(connection: sqlite3.Connection, record: object) -> None:
    _connect(connection, record)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _roll_back(conn: Connection) -> None:
    """End a transaction whose commit failed: SQLite leaves it open, and no other could begin."""
    with suppress(sqlite3.Error):  # then the next one fails, and ends here again
        _raw(conn).rollback()


def _raw(conn: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", conn.connection.dbapi_connection)
