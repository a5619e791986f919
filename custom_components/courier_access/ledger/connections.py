"""Connect to the ledger's file as the one writer or as a reader."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
import sqlite3
from sqlite3 import Connection
from typing import Final
from urllib.parse import quote


def run_checkpoint(conn: Connection) -> bool:
    """Move the log into the file and empty it; return whether no reader was in the way.

    It doesn't wait for readers: every writer would wait with it.
    """
    timeout = conn.execute("PRAGMA busy_timeout").fetchone()[0]
    conn.execute("PRAGMA busy_timeout = 0")
    try:
        busy, _, _ = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        conn.execute(f"PRAGMA busy_timeout = {timeout}")
    return not busy


def shorten_log(conn: Connection) -> None:
    """Move what no reader needs from the log into the file; the log is used again."""
    conn.execute("PRAGMA wal_checkpoint(PASSIVE)")


def hold_wal_checkpoints(conn: Connection, *, held: bool = True) -> None:
    """Keep the log when this connection closes.

    The next commit may still start the log over if all of it had been moved.
    """
    conn.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, held)


BUSY_SECONDS: Final = 5.0

_MOST_PREPARED: Final = 1000
"""How many prepared statements SQLite's driver keeps; there are some hundreds."""


_PAGE_BYTES: Final = 1024
"""The size of a new file's pages, of which each commit writes whole ones."""


def writer(path: Path) -> Connection:
    """Connect as the writer, for `transaction`; its commits are durable."""
    conn = _connect(quote(str(path)))
    try:
        for pragma in (
            f"page_size = {_PAGE_BYTES}",  # has no effect on a file that isn't empty
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            "foreign_keys = ON",
            # The ledger moves the log into the file when nobody waits for the commit.
            "wal_autocheckpoint = 0",
        ):
            conn.execute(f"PRAGMA {pragma}")
    except BaseException:
        conn.close()
        raise
    return conn


@contextmanager
def reader(path: Path) -> Iterator[Connection]:
    """Connect read-only, to a snapshot that stays the same meanwhile."""
    with closing(_connect(f"{quote(str(path))}?mode=ro")) as conn:
        conn.execute("BEGIN")
        yield conn


def _connect(uri: str) -> Connection:
    conn = sqlite3.connect(
        f"file:{uri}",
        uri=True,
        # BEGIN is sent by ourselves: the driver's would come too late for savepoints.
        isolation_level=None,
        cached_statements=_MOST_PREPARED,
    )
    # A file may have been given some; ours are temporary and stay on.
    conn.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
    conn.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
    conn.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    return conn


@contextmanager
def transaction(conn: Connection) -> Iterator[None]:
    """Commit what the writer does meanwhile, or none of it.

    No other writer can come between its reads and writes.
    """
    try:
        conn.execute("BEGIN IMMEDIATE")
        yield
        conn.commit()
    except BaseException:
        # SQLite leaves a transaction open whose commit failed.
        with suppress(sqlite3.Error):  # then the next one fails and ends here again
            conn.rollback()
        raise
