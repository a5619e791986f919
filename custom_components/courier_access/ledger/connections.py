"""Connect to the ledger's file as the one writer or as a reader."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
import logging
from pathlib import Path
import sqlite3
from typing import Final, cast
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Connection as SQLAlchemyConnection,
    Engine,
    create_engine,
    event,
)
from sqlalchemy.pool import StaticPool

type Connection = SQLAlchemyConnection
"""A connection to a ledger, as its statements take it."""

_LOGGING_NAME: Final = "courier_access"
# At the level *debug*, every row that is read would be logged, with tokens and units.
logging.getLogger(f"sqlalchemy.engine.Engine.{_LOGGING_NAME}").setLevel(logging.WARNING)


def run_checkpoint(raw: sqlite3.Connection) -> bool:
    """Move the log into the file and empty it; return whether no reader was in the way.

    It doesn't wait for readers: every writer would wait with it.
    """
    timeout = raw.execute("PRAGMA busy_timeout").fetchone()[0]
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        raw.execute(f"PRAGMA busy_timeout = {timeout}")
    return not busy


def shorten_log(raw: sqlite3.Connection) -> None:
    """Move what no reader needs from the log into the file; the log is used again."""
    raw.execute("PRAGMA wal_checkpoint(PASSIVE)")


def hold_wal_checkpoints(raw: sqlite3.Connection, *, held: bool = True) -> None:
    """Keep the log when this connection closes.

    The next commit may still start the log over if all of it had been moved.
    """
    raw.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, held)


BUSY_SECONDS: Final = 5.0

_MOST_PREPARED: Final = 1000
"""How many prepared statements SQLite's driver keeps; there are some hundreds."""


_PAGE_BYTES: Final = 1024
"""The size of a new file's pages, of which each commit writes whole ones."""


def writer(path: Path) -> Connection:
    """Connect as the writer, for `transaction`; its commits are durable."""
    engine = _engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _set_up)
    try:
        return engine.connect()
    except BaseException:
        engine.dispose()
        raise


def close(conn: Connection) -> None:
    """Close a connection."""
    conn.close()
    conn.engine.dispose()


@contextmanager
def transaction(conn: Connection) -> Iterator[None]:
    """Commit what the writer does meanwhile, or none of it.

    No other writer can come between its reads and writes.
    """
    connection = raw(conn)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.commit()
    except BaseException:
        # SQLite leaves a transaction open whose commit failed.
        with suppress(sqlite3.Error):  # then the next one fails and ends here again
            connection.rollback()
        raise


@contextmanager
def reader(path: Path) -> Iterator[Connection]:
    """Connect read-only, to a snapshot that stays the same meanwhile."""
    engine = _engine(
        URL.create(
            "sqlite",
            database=f"file:{quote(str(path))}",
            query={"mode": "ro", "uri": "true"},
        )
    )
    event.listen(engine, "connect", _connect)
    try:
        with engine.connect() as conn:
            raw(conn).execute("BEGIN")
            yield conn
    finally:
        engine.dispose()


def _engine(url: URL) -> Engine:
    # Personal values must not get into a log, whatever its level.
    return create_engine(
        url,
        poolclass=StaticPool,
        connect_args={"cached_statements": _MOST_PREPARED},
        hide_parameters=True,
        logging_name=_LOGGING_NAME,
    )


def _connect(connection: sqlite3.Connection, _record: object) -> None:
    # A file may have been given some; ours are temporary and stay on.
    connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
    connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
    # Send BEGIN ourselves: the driver's would come too late for savepoints.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


def _set_up(connection: sqlite3.Connection, record: object) -> None:
    _connect(connection, record)
    for pragma in (
        f"page_size = {_PAGE_BYTES}",  # has no effect on a file that isn't empty
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        "foreign_keys = ON",
        # The ledger moves the log into the file when nobody waits for the commit.
        "wal_autocheckpoint = 0",
    ):
        connection.execute(f"PRAGMA {pragma}")


def raw(conn: Connection | sqlite3.Connection) -> sqlite3.Connection:
    """Return the driver's connection, which begins nothing by itself."""
    if isinstance(conn, sqlite3.Connection):
        return conn
    return cast("sqlite3.Connection", conn.connection.dbapi_connection)
