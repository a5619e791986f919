"""Test that damaged ledgers are detected and quarantined, never deleted."""

from collections.abc import Callable
import os
from pathlib import Path
import sqlite3

import pytest

from custom_components.courier_access.ledger.errors import Cause, LedgerUnavailable
from custom_components.courier_access.ledger.files import (
    all_files,
    is_damaged,
    keep_log,
    set_aside,
)
from custom_components.courier_access.ledger.ledger import Ledger
from tests.ledger.filled import NOON
from tests.ledger.parts import note

NAME = f"building.set-aside-{NOON:%Y%m%dT%H%M%SZ}"

UNREADABLE_NAME = "UPDATE sqlite_schema SET name = CAST(x'80' AS TEXT), sql = 'CREATE' WHERE name = 'about'"
"""After this, SQLite's message quotes bytes that aren't text."""


async def filled(path: Path) -> None:
    ledger = Ledger(path)
    await ledger.open()
    for _ in range(50):
        await ledger.write(lambda transaction: note(transaction, secret="x" * 200))
    await ledger.close()


def edit(path: Path, statement: str) -> None:
    spoiler = sqlite3.connect(path, isolation_level=None)
    spoiler.execute("PRAGMA writable_schema = ON")
    spoiler.execute(statement)
    spoiler.close()


def overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"this is no database" * 500),
        lambda path: overwrite(path, 4096 * 3, bytes(4096 * 30)),
        lambda path: overwrite(path, 100, b"\xff" * 50),
        cut,
        lambda path: edit(
            path, "UPDATE records SET body = replace(body, 'noted', 'other')"
        ),
        lambda path: edit(
            path, "INSERT INTO asks VALUES (1, 'c', 'g', 'd', 0, '{no JSON')"
        ),
        lambda path: edit(path, "INSERT INTO about VALUES ('x', CAST(x'ff' AS TEXT))"),
        lambda path: edit(
            path, "INSERT INTO personal VALUES (999, 'x', 'y', x'00', 0)"
        ),
        lambda path: edit(path, UNREADABLE_NAME),
    ],
    ids=[
        "no database",
        "pages",
        "schema",
        "cut",
        "a record",
        "no JSON",
        "no text",
        "astray",
        "a name",
    ],
)
async def test_damage_is_found(path: Path, damage: Callable[[Path], object]) -> None:
    await filled(path)
    assert not is_damaged(path)

    damage(path)

    assert is_damaged(path)


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
