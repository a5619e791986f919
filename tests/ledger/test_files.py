"""Test that damaged ledgers are detected and quarantined, never deleted."""

import asyncio
from collections.abc import Callable
from functools import partial
import os
from pathlib import Path
import shutil

import pytest

from custom_components.courier_access.ledger.errors import Cause, LedgerUnavailable
from custom_components.courier_access.ledger.files import (
    Mark,
    all_files,
    is_damaged,
    keep_log,
    set_aside,
)
from tests.ledger.filled import NOON
from tests.ledger.parts import execute, note, opened

NAME = f"building.set-aside-{NOON:%Y%m%dT%H%M%SZ}"

UNREADABLE_NAME = "UPDATE sqlite_schema SET name = CAST(x'80' AS TEXT), sql = 'CREATE' WHERE name = 'about'"
"""After this, SQLite's message quotes bytes that aren't text."""


async def filled(path: Path) -> None:
    async with opened(path) as ledger:
        for _ in range(50):
            await ledger.write(partial(note, secret="x" * 200))


def edit(path: Path, statement: str) -> None:
    execute(path, "PRAGMA writable_schema = ON", statement)


def overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no database": lambda path: path.write_bytes(b"this is no database" * 500),
    "pages": partial(overwrite, at=4096 * 3, content=bytes(4096 * 30)),
    "schema": partial(overwrite, at=100, content=b"\xff" * 50),
    "cut": cut,
}
EDITS = {
    "a record": "UPDATE records SET body = replace(body, 'noted', 'other')",
    "no JSON": "INSERT INTO asks VALUES (1, 'c', 'g', 'd', 'signed', 0, '{no JSON')",
    "no text": "INSERT INTO about VALUES ('x', CAST(x'ff' AS TEXT))",
    "astray": "INSERT INTO personal VALUES (999, 'x', 'y', x'00', 0)",
    "a name": UNREADABLE_NAME,
}


async def test_damage_is_found(path: Path, tmp_path: Path) -> None:
    await filled(path)
    assert not is_damaged(path)

    edits: dict[str, Callable[[Path], object]] = {
        name: partial(edit, statement=it) for name, it in EDITS.items()
    }
    for name, damage in [*DAMAGE.items(), *edits.items()]:
        copy = tmp_path / f"{name}.db"
        await asyncio.to_thread(shutil.copy, path, copy)
        await asyncio.to_thread(damage, copy)
        assert is_damaged(copy), name


def test_unreadable_file_is_not_called_damaged(path: Path) -> None:
    with pytest.raises(LedgerUnavailable) as raised:
        is_damaged(path)
    assert raised.value.cause is Cause.OTHER


def test_file_is_quarantined_with_its_log_for_the_owner_only(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).write_text(f"kept{suffix}")

    assert set_aside(path, NOON) == f"{NAME}.db"

    aside = {file.name: file.read_text() for file in path.parent.iterdir()}
    assert aside == {f"{NAME}.db": "kept", f"{NAME}.db-wal": "kept-wal"}
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}


def test_earlier_quarantined_files_are_not_overwritten(path: Path) -> None:
    names = []
    for content in ("first", "second", "third"):
        path.write_text(content)
        names.append(set_aside(path, NOON))

    assert names == [f"{NAME}.db", f"{NAME}-2.db", f"{NAME}-3.db"]
    assert [path.with_name(name).read_text() for name in names] == [
        "first",
        "second",
        "third",
    ]
    assert set(path.parent.iterdir()) < set(all_files(path))


def test_all_files_include_those_of_a_mark_that_a_kill_left(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = Mark(1, bytes(32))
    mark.put(path)

    def kill(_: int) -> None:
        raise OSError

    monkeypatch.setattr(os, "fsync", kill)
    with pytest.raises(OSError, match=r"^$"):
        mark.put(path)
    assert len(left := set(path.parent.iterdir())) == 2
    assert left < set(all_files(path))


def test_log_without_its_file_is_quarantined(path: Path) -> None:
    log = path.with_name("building.db-wal")
    keep_log(path)
    log.write_text("what was written last")
    path.write_text("the file")
    keep_log(path)
    assert log.exists()

    path.unlink()
    os.utime(log, (NOON.timestamp(), NOON.timestamp()))
    keep_log(path)

    assert [file.name for file in path.parent.iterdir()] == [f"{NAME}.db-wal"]
