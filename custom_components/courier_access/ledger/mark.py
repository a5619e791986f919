"""Mark the newest record in a file beside the ledger, by which a restore is detected.

Backups of Home Assistant and the Supervisor leave `*.log` out, so a restored ledger has
no mark, or a newer one than its own records.
"""

from contextlib import suppress
from dataclasses import dataclass
import os
from pathlib import Path
from typing import Self

from .chain import GENESIS, Recorded
from .files import OURS_ALONE, mark_of, new_mark_of, sync


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest record that a ledger is known to have; 0 is before the first one."""

    seq: int
    hash: bytes

    @classmethod
    def of(cls, newest: Recorded | None) -> Self:
        """Return the mark of a ledger with this newest record."""
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
