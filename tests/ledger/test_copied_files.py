"""Test copies made during writes: whole only while checkpoints are held."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial
from pathlib import Path
import random
import sqlite3

import pytest

from custom_components.courier_access.ledger import ledger as ledger_module
from custom_components.courier_access.ledger.ledger import Ledger, LedgerUnavailable
from tests.ledger.parts import count, note, opened
from tests.support.verified import verified

COPIES = 6
PIECES = 10
SECRET = 12_000
"""The size of a note, some pages."""
ROWS = 5


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Move the log into the file after a few notes."""
    monkeypatch.setattr(ledger_module, "ROWS_IN_LOG", ROWS)


async def copies(
    path: Path, seed: int, *, hold: bool
) -> AsyncGenerator[tuple[Path, int]]:
    """Yield copies with the number of records at their start, writing in between."""
    chance = random.Random(seed)
    async with opened(path) as ledger:
        for number in range(COPIES):
            if chance.random() < 0.5:
                await ledger.checkpoint()
            if hold:
                await ledger.hold_checkpoints()
            there = await ledger.read(count)
            target = path.with_name(f"copy-{number}.db")
            suffixes = ["", "-wal"]
            chance.shuffle(suffixes)
            for suffix in suffixes:
                # Like tarfile: only as many bytes as there were at first.
                left = path.with_name(path.name + suffix).stat().st_size
                with (
                    path.with_name(path.name + suffix).open("rb") as source,
                    target.with_name(target.name + suffix).open("wb") as copy,
                ):
                    piece = max(1, left // PIECES)
                    while left > 0:
                        copy.write(source.read(min(piece, left)))
                        left -= piece
                        for _ in range(chance.randrange(6)):
                            secret = chance.randbytes(SECRET // 2).hex()
                            await ledger.write(partial(note, secret=secret))
            if hold:
                await ledger.release_checkpoints()
            yield target, there
            for suffix in ("", "-wal", "-shm"):
                target.with_name(target.name + suffix).unlink(missing_ok=True)


async def is_whole(copy: Path, there: int) -> bool:
    """Return whether a copy opens, verifies, and has the early records."""
    checked = sqlite3.connect(copy)
    try:
        if checked.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return False
    except sqlite3.DatabaseError:
        return False
    finally:
        checked.close()
    ledger = Ledger(copy)
    try:
        await ledger.open()
        found = await verified(ledger)
        return found.intact and found.records >= there
    except LedgerUnavailable:
        return False
    finally:
        await ledger.close()


@pytest.mark.parametrize("seed", [1, 2])
async def test_every_copy_is_whole_while_checkpoints_are_held(
    path: Path, seed: int
) -> None:
    async for copy, there in copies(path, seed, hold=True):
        assert await is_whole(copy, there)


async def test_copies_are_broken_otherwise(path: Path) -> None:
    async with aclosing(copies(path, 1, hold=False)) as made:
        async for copy, there in made:
            if not await is_whole(copy, there):
                return
    pytest.fail("every copy is whole")
