"""Identify the ledger's files, quarantine damaged ones, and mark the newest record.

The mark is in a file beside the ledger, and tells whether it was restored: backups of
Home Assistant and the Supervisor leave `*.log` out, so a restored ledger has no mark,
or a newer one than its own records.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
import json
import os
from pathlib import Path
from sqlite3 import Connection
from types import MappingProxyType
from typing import Any, Final, Self

from . import structure
from .chain import GENESIS, Recorded
from .errors import RAISED_BY_FILES, Cause, cause_of, unavailable
from .sql import instant, reader
from .verification import is_consistent, verify_ledger


def is_damaged(path: Path) -> bool:
    """Return whether a ledger's closed file is damaged; takes time with its size.

    It is damaged if SQLite says so, a row holds a value that the integration can't have
    written, or the chain is broken.

    Raise LedgerUnavailable if it can't be read for another reason.
    """
    try:
        with reader(path) as conn:
            is_whole = (
                is_consistent(conn)
                and not conn.execute("PRAGMA foreign_key_check").fetchone()
            )
            return not (is_whole and _is_readable(conn) and verify_ledger(conn).intact)
    except (*RAISED_BY_FILES, OSError) as err:
        if cause_of(err) is Cause.DAMAGED:
            return True
        raise unavailable(err) from err


_READ: Final[Mapping[str, Callable[[Any], object]]] = MappingProxyType(
    {"BIGINT": instant, "JSON": json.loads}
)
"""How values are read of the types that SQLite doesn't know."""


def _is_readable(conn: Connection) -> bool:
    try:
        for table in structure.tables():
            types = conn.execute(f"SELECT type FROM pragma_table_info('{table}')")
            reads = [_READ.get(kind) for (kind,) in types]
            for row in conn.execute(f"SELECT * FROM {table}"):
                for value, read in zip(row, reads, strict=True):
                    if read is not None and value is not None:
                        read(value)
    except TypeError, ValueError, ArithmeticError:
        return False  # for example text that isn't JSON
    return True


type Identity = tuple[tuple[int, int] | None, ...]
"""Distinguishes the open files from others of the same names."""

LOG: Final = "-wal"
INDEX: Final = "-shm"
OURS_ALONE: Final = 0o600


def version_of_file(path: Path) -> tuple[object, ...]:
    """Return what changes with each change of a ledger's file or log."""
    there = [file.stat() for file in (path, beside(path, LOG)) if file.exists()]
    # An empty log comes and goes with each connection.
    return tuple(
        (each.st_ino, each.st_size, each.st_mtime_ns) for each in there if each.st_size
    )


def identity(*paths: Path) -> Identity:
    """Return what tells files apart, with None for one that isn't there."""
    found: list[tuple[int, int] | None] = []
    for path in paths:
        try:
            status = path.stat()
        except FileNotFoundError:
            found.append(None)
        else:
            found.append((status.st_dev, status.st_ino))
    return tuple(found)


def beside(path: Path, suffix: str) -> Path:
    """Return the path of a file that SQLite keeps beside a database."""
    return path.with_name(path.name + suffix)


def set_aside(path: Path, at: datetime) -> str:
    """Rename a ledger's file and its log so that SQLite finds both; return the name.

    After a crash in between, `keep_log` renames the log at the next start.

    Raise OSError if it can't be renamed and stays in place.
    """
    name = _free_name(path, at)
    # It is only an index of the log, which SQLite re-creates.
    beside(path, INDEX).unlink(missing_ok=True)
    path.rename(path.with_name(name))
    path.with_name(name).chmod(OURS_ALONE)
    _rename_log(path, name)
    sync(path.parent)
    return name


def keep_log(path: Path) -> None:
    """Quarantine a log without its file, which SQLite would delete.

    It may hold the last writes.

    Raise OSError if it can't be renamed.
    """
    log = beside(path, LOG)
    if log.exists() and not path.exists():
        last_written = datetime.fromtimestamp(log.stat().st_mtime, UTC)
        _rename_log(path, _free_name(path, last_written))
        sync(path.parent)


def mark_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.newest.log")


def new_mark_of(path: Path) -> Path:
    """Return the file that is about to replace the one with the mark."""
    return path.with_name(f"{path.stem}.newest.new.log")


def all_files(path: Path) -> list[Path]:
    """Return all files of a ledger, including quarantined ones."""
    aside = path.parent.glob(f"{path.stem}.set-aside-*")
    marks = mark_of(path), new_mark_of(path)
    return [path, beside(path, LOG), beside(path, INDEX), *marks, *aside]


def file_sizes(path: Path) -> dict[str, int | None]:
    """Return the size in bytes of each file, or None if it is missing."""
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
        aside.chmod(OURS_ALONE)


def sync(directory: Path) -> None:
    """Make the new names durable before anything is written under the old ones."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest record that a ledger is known to have; 0 is before the first one."""

    seq: int
    hash: bytes

    @classmethod
    def of(cls, newest: Recorded | None) -> Self:
        return cls(0, GENESIS) if newest is None else cls(newest.seq, newest.hash)

    @classmethod
    def read(cls, ledger: Path) -> Self | None:
        """Return a ledger's mark, if any; a line that was cut off isn't one.

        Raise OSError if the file is there and can't be read.
        """
        found = None
        with suppress(FileNotFoundError):
            *lines, _ = mark_of(ledger).read_bytes().split(b"\n")
            for line in lines:
                with suppress(ValueError):
                    seq, hashed = line.decode().split(" ")
                    mark = cls(int(seq), bytes.fromhex(hashed))
                    found = mark if len(mark.hash) == len(GENESIS) else found
        return found

    def add(self, ledger: Path) -> None:
        """Durably add a later mark. Raise OSError if it can't be written."""
        _write(mark_of(ledger), self, os.O_APPEND)

    def put(self, ledger: Path) -> None:
        """Durably replace all marks. Raise OSError if it can't be written."""
        new = new_mark_of(ledger)
        _write(new, self, os.O_TRUNC)
        new.replace(mark_of(ledger))
        sync(ledger.parent)


def _write(path: Path, mark: Mark, how: int) -> None:
    target = os.open(path, os.O_WRONLY | os.O_CREAT | how, OURS_ALONE)
    with os.fdopen(target, "wb") as file:
        # A line that a full disk cut off must not become the beginning of this one.
        file.write(f"\n{mark.seq} {mark.hash.hex()}\n".encode())
        file.flush()
        os.fsync(file.fileno())
