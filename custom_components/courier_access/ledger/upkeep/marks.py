"""The mark by which a ledger's copy is known: in the file while it is copied, and beside it in one that no copy holds."""

from contextlib import suppress
import os
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from .. import metadata as about
from ..ledger import Transaction

_MARK: Final = "mark"


def aside(path: Path) -> Path:
    """Return the file beside a ledger that says which marks are its own.

    Backups of Home Assistant and of the Supervisor leave `*.log` out.
    """
    return path.with_name(f"{path.stem}.marks.log")


def note(path: Path, mark: str) -> None:
    """Put a mark down as this file's own, on the disk before the ledger gets it."""
    target = os.open(aside(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(target, "w") as file:
        file.write(f"{mark}\n")
        file.flush()
        os.fsync(file.fileno())


def noted(path: Path) -> frozenset[str]:
    """Return the marks that are this file's own; what can't be read is none."""
    try:
        return frozenset(aside(path).read_text().splitlines())
    except OSError, UnicodeDecodeError:
        return frozenset()


def forget(path: Path) -> None:
    """Forget all marks of this file; one that stays would be that of no other."""
    with suppress(OSError):
        aside(path).unlink(missing_ok=True)


def read(conn: Connection) -> str | None:
    """Return the mark that a ledger carries."""
    return about.read(conn, _MARK)


def put(transaction: Transaction, mark: str) -> None:
    """Mark a ledger: whatever is copied of it from now on is known to be a copy."""
    about.put(transaction.conn, _MARK, mark)


def remove(transaction: Transaction) -> None:
    """Take the mark off."""
    about.remove(transaction.conn, _MARK)
