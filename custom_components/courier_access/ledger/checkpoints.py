"""When SQLite's write-ahead log is moved into the file: at once, by itself, or not while somebody copies the files."""

import sqlite3
from typing import Final

PAGES: Final = 1000
"""How long the log grows before SQLite moves it by itself (SQLite's own default)."""


def run(raw: sqlite3.Connection) -> bool:
    """Move the log into the file and empty it; return whether nobody was in the way.

    Who reads would be waited for, and everybody who writes with them: it is tried only.
    """
    patience = raw.execute("PRAGMA busy_timeout").fetchone()[0]
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        raw.execute(f"PRAGMA busy_timeout = {patience}")
    return not busy


def hold(raw: sqlite3.Connection) -> None:
    """Let the log grow only, even when this connection is closed.

    It may begin anew at the next commit still, if all of it had been moved; after that one it is only appended to.
    """
    raw.execute("PRAGMA wal_autocheckpoint = 0")
    raw.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True)


def release(raw: sqlite3.Connection) -> None:
    """Let the log be moved by itself again."""
    raw.execute(f"PRAGMA wal_autocheckpoint = {PAGES}")
    raw.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, False)
