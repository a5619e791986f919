"""Connect to the ledger's file as the one writer or as a reader."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
import logging
from pathlib import Path
import sqlite3
from typing import Any, Final, cast, override
from urllib.parse import quote

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql.compiler import Compiled

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

MOST_COMPILED: Final = 1000
"""How many compiled statements are cached; there are some hundreds."""


class _Compiled(dict[Any, Compiled]):
    """A cache of compiled statements for all ledgers, whose dialects are equal."""

    @override
    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_without_dialect(key), default)

    @override
    def __setitem__(self, key: Any, compiled: Compiled) -> None:
        if len(self) >= MOST_COMPILED:
            self.clear()
        super().__setitem__(_without_dialect(key), compiled)


def _without_dialect(key: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(type(part) if isinstance(part, Dialect) else part for part in key)


_COMPILED: Final = _Compiled()


def writer(path: Path) -> Engine:
    """Return the writer's engine, for `transaction`; its commits are durable."""
    engine = _engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _set_up)
    return engine


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


def reader(path: Path) -> Engine:
    """Return a read-only engine."""
    engine = _engine(
        URL.create(
            "sqlite",
            database=f"file:{quote(str(path))}",
            query={"mode": "ro", "uri": "true"},
        )
    )
    event.listen(engine, "connect", _connect)
    event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN"))
    return engine


def _engine(url: URL) -> Engine:
    # Personal values must not get into a log, whatever its level.
    return create_engine(
        url,
        poolclass=StaticPool,
        connect_args={"cached_statements": MOST_COMPILED},
        hide_parameters=True,
        logging_name=_LOGGING_NAME,
        execution_options={"compiled_cache": _COMPILED},
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
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        "foreign_keys = ON",
        # The ledger moves the log into the file when nobody waits for the commit.
        "wal_autocheckpoint = 0",
    ):
        connection.execute(f"PRAGMA {pragma}")


def raw(conn: Connection) -> sqlite3.Connection:
    """Return the driver's connection, which begins nothing by itself."""
    return cast("sqlite3.Connection", conn.connection.dbapi_connection)
