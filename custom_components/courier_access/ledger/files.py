"""The ledger's files: which are open, and how they are set aside (never deleted) when they are damaged."""

from datetime import UTC, datetime
import os
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from .connections import reader
from .errors import RAISED_BY_FILES, Cause, cause_of, unavailable
from .tables import metadata
from .verification import verify_ledger


def is_damaged(path: Path) -> bool:
    """Look through a ledger's whole file that nobody has open, which takes time with its size.

    It is damaged where SQLite says so, where a row holds what no row of ours can, and where the chain is broken. A
    file that can be read throughout is not damaged, whatever else could not be done with it.

    Raises:
        LedgerUnavailable: it can't be read, for another cause than damage.

    """
    engine = reader(path)
    try:
        with engine.connect() as conn:
            return not (
                _is_whole(conn) and _is_readable(conn) and verify_ledger(conn).intact
            )
    except (*RAISED_BY_FILES, OSError) as err:
        if cause_of(err) is Cause.DAMAGED:
            return True
        raise unavailable(err) from err
    finally:
        engine.dispose()


def _is_whole(conn: Connection) -> bool:
    checked = conn.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    astray = conn.exec_driver_sql("PRAGMA foreign_key_check").first()
    return bool(checked == "ok") and astray is None


def _is_readable(conn: Connection) -> bool:
    try:
        for table in metadata.sorted_tables:
            for _ in conn.execute(select(table)):
                pass
    except TypeError, ValueError, ArithmeticError:
        return False  # such as a text that is no JSON
    return True


type Identity = tuple[tuple[int, int] | None, ...]
"""What tells the files that are open from others of the same names."""

LOG: Final = "-wal"
INDEX: Final = "-shm"
_OURS_ALONE: Final = 0o600


def identity(path: Path) -> Identity:
    """Return which file and which write-ahead log are at this place now."""
    return _identity(path), _identity(beside(path, LOG))


def beside(path: Path, suffix: str) -> Path:
    """Return the file that SQLite keeps beside a database."""
    return path.with_name(path.name + suffix)


def set_aside(path: Path, at: datetime) -> str:
    """Give a ledger's file and its log another name each, under which SQLite finds them together; return the file's.

    A crash in between leaves the log behind, and `keep_log` names it at the next start.

    Raises:
        OSError: it can't be renamed, and is left where it is.

    """
    name = _free_name(path, at)
    beside(path, INDEX).unlink(
        missing_ok=True
    )  # nothing but an index of the log, made anew from it
    path.rename(path.with_name(name))
    path.with_name(name).chmod(_OURS_ALONE)
    _rename_log(path, name)
    _sync(path.parent)
    return name


def keep_log(path: Path) -> None:
    """Set aside a log whose file is gone: SQLite would delete it, and it may hold what was written last.

    Raises:
        OSError: it can't be renamed.

    """
    log = beside(path, LOG)
    if log.exists() and not path.exists():
        last_written = datetime.fromtimestamp(log.stat().st_mtime, UTC)
        _rename_log(path, _free_name(path, last_written))
        _sync(path.parent)


def all_files(path: Path) -> list[Path]:
    """Return every file there is of a ledger, those set aside among them."""
    aside = path.parent.glob(f"{path.stem}.set-aside-*")
    return [path, beside(path, LOG), beside(path, INDEX), *aside]


def file_sizes(path: Path) -> dict[str, int | None]:
    """Return how many bytes the ledger's file, its log and the log's index have; None for one that is not there."""
    named = {"ledger": path, "log": beside(path, LOG), "index": beside(path, INDEX)}
    return {
        name: file.stat().st_size if file.exists() else None
        for name, file in named.items()
    }


def _free_name(path: Path, at: datetime) -> str:
    name = stem = f"{path.stem}.set-aside-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    number = 1
    while any(
        beside(path.with_name(f"{name}.db"), suffix).exists() for suffix in ("", LOG)
    ):
        number += 1
        name = f"{stem}-{number}"
    return f"{name}.db"


def _rename_log(path: Path, name: str) -> None:
    log = beside(path, LOG)
    if log.exists():
        aside = beside(path.with_name(name), LOG)
        log.rename(aside)
        aside.chmod(_OURS_ALONE)


def _sync(directory: Path) -> None:
    """Have the new names on the disk before anything is written under the old ones."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
