"""Test migrations: old files open with all data, and failures change nothing."""

from collections.abc import Callable, Mapping
from pathlib import Path
import shutil
import sqlite3
from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from sqlalchemy import Connection, select

from custom_components.courier_access.access.model import EntryDecision
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.ledger import ledger as ledger_module
from custom_components.courier_access.ledger.ledger import (
    Ledger,
    LedgerTooNew,
    LedgerUnavailable,
)
from custom_components.courier_access.ledger.migrations import STEPS, Step
from custom_components.courier_access.ledger.state.entries import (
    EntryFilter,
    latest_entries,
)
from custom_components.courier_access.ledger.tables import SCHEMA_VERSION, metadata
from tests.ledger.parts import execute, note, opened
from tests.support.house import build, courier, door, entries_of, resident

STORED = {
    int(path.stem[1:]): path
    for path in (Path(__file__).parent / "stored").glob("v*.sql")
}
EACH = pytest.mark.parametrize("version", sorted(STORED))

type Schema = Mapping[str, object]


def restore(path: Path, version: int) -> None:
    """Copy a stored ledger into place."""
    conn = sqlite3.connect(path)
    conn.executescript(STORED[version].read_text("utf-8"))
    conn.close()


def version_of(path: Path) -> int:
    [(found,)] = execute(path, "PRAGMA user_version")
    return int(found)


TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"


def rows_of(path: Path) -> dict[str, list[Any]]:
    """Return all data of a file, by table."""
    tables = execute(path, TABLES)
    return {name: execute(path, f'SELECT * FROM "{name}"') for (name,) in tables}


def schema_of(path: Path) -> Schema:
    """Return the tables of a file, as SQLite sees them."""

    def of_name(pragma: str, name: str) -> list[tuple[Any, ...]]:
        return execute(path, f'PRAGMA {pragma}("{name}")')

    found = {}
    for (name,) in execute(path, f"{TABLES} AND name NOT LIKE 'sqlite_%'"):
        columns = {row[1:] for row in of_name("table_xinfo", name)}
        indexes = {
            (index[2], index[4], tuple(of_name("index_info", index[1])))
            for index in of_name("index_list", name)
        }
        references = {row[2:] for row in of_name("foreign_key_list", name)}
        found[name] = (columns, indexes, references)
    return found


async def make(path: Path) -> Path:
    """Make or migrate a ledger; return its path."""
    async with opened(path):
        pass
    return path


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Simulate later code, with these steps from the present version."""

    def make(*steps: Step) -> None:
        known = {SCHEMA_VERSION + number: step for number, step in enumerate(steps)}
        monkeypatch.setattr(ledger_module, "STEPS", {**STEPS, **known})
        monkeypatch.setattr(
            ledger_module, "SCHEMA_VERSION", SCHEMA_VERSION + len(steps)
        )

    return make


def add(conn: Connection) -> None:
    """Migrate to a version with one more column and one more table."""
    conn.exec_driver_sql(
        "ALTER TABLE couriers ADD COLUMN color VARCHAR NOT NULL DEFAULT 'blue'"
    )
    conn.exec_driver_sql("CREATE TABLE colors (name VARCHAR PRIMARY KEY)")
    conn.exec_driver_sql("INSERT INTO colors SELECT DISTINCT color FROM couriers")


def test_each_released_version_is_stored_and_migrates_to_the_next() -> None:
    assert STORED.keys() == set(range(1, SCHEMA_VERSION + 1))
    assert STEPS.keys() == set(range(1, SCHEMA_VERSION))


def test_stored_file_has_rows_in_every_table(path: Path) -> None:
    restore(path, SCHEMA_VERSION)
    rows = rows_of(path)
    # Values about the ledger come from clocks and backups, not couriers.
    assert {name for name, found in rows.items() if not found} <= {"about"}


async def test_tables_match_the_named_version(path: Path, tmp_path: Path) -> None:
    """A change of tables needs a new version; before release, run `scripts/stored`."""
    restore(path, SCHEMA_VERSION)
    schema = schema_of(await make(tmp_path / "fresh.db"))

    assert schema_of(path) == schema
    assert schema.keys() == metadata.tables.keys()


@EACH
async def test_file_of_each_version_opens_and_verifies(
    path: Path, tmp_path: Path, version: int
) -> None:
    restore(path, version)
    before = rows_of(path)
    async with opened(path) as ledger:
        found = await ledger.verify()
        assert found.intact
        assert found.records == len(before["records"]) > 30
        read = await ledger.read(lambda conn: latest_entries(conn, EntryFilter(100)))
        assert {entry.decision for entry in read} == set(EntryDecision)
        assert any(entry.personal for entry in read)
        for table in metadata.sorted_tables:
            await ledger.read(lambda conn, it=table: conn.execute(select(it)).all())  # type: ignore[misc]
        assert (await ledger.write(note)).seq == found.records + 1
        assert (await ledger.verify()).intact
    assert schema_of(path) == schema_of(await make(tmp_path / "fresh.db"))
    assert version_of(path) == SCHEMA_VERSION


@EACH
async def test_building_loads_with_a_file_of_each_version(
    hass: HomeAssistant, version: int
) -> None:
    first = await build(hass, door(), courier(), resident("Dora", "5C"))
    assert await hass.config_entries.async_unload(first.entry.entry_id)
    await first.settle()
    path = ledger_path(hass, first.entry.entry_id)
    for file in (
        path,
        path.with_name(f"{path.name}-wal"),
        path.with_name(f"{path.name}-shm"),
    ):
        file.unlink(missing_ok=True)
    restore(path, version)

    assert await hass.config_entries.async_setup(first.entry.entry_id)
    await first.settle()

    kept = await entries_of(first.building, 100)
    assert {entry.courier_name for entry in kept} == {"Parcel Post", "Amazon Key"}
    assert (await first.building.ledger.verify()).intact
    assert hass.services.has_service(DOMAIN, "verify_ledger")


async def test_step_keeps_data_and_adds_its_own(
    path: Path, next_version: Callable[..., None]
) -> None:
    restore(path, SCHEMA_VERSION)
    before = rows_of(path)
    next_version(add)
    async with opened(path) as ledger:
        assert (await ledger.verify()).intact
    after = rows_of(path)
    assert version_of(path) == SCHEMA_VERSION + 1
    assert after.pop("colors") == [("blue",)]
    assert after.pop("couriers") == [(*row, "blue") for row in before.pop("couriers")]
    assert after == before

    assert rows_of(await make(path))["colors"] == [("blue",)]


async def test_older_code_leaves_a_migrated_file_alone(
    path: Path, next_version: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    restore(path, SCHEMA_VERSION)
    next_version(add)
    await make(path)
    monkeypatch.undo()
    before = rows_of(path)

    with pytest.raises(LedgerTooNew, match=f"schema {SCHEMA_VERSION + 1}"):
        await Ledger(path).open()
    assert rows_of(path) == before


async def test_failed_step_leaves_the_file_as_it_was(
    path: Path, next_version: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(conn: Connection) -> None:
        add(conn)
        conn.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    restore(path, SCHEMA_VERSION)
    before = rows_of(path)
    next_version(fail)
    with pytest.raises(LedgerUnavailable, match="nowhere"):
        await Ledger(path).open()

    assert (version_of(path), rows_of(path)) == (SCHEMA_VERSION, before)
    monkeypatch.undo()
    async with opened(path) as ledger:
        assert (await ledger.verify()).intact


async def test_power_failure_within_a_step_leaves_the_file_as_it_was(
    path: Path,
    tmp_path: Path,
    next_version: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = tmp_path / "left" / path.name

    def stop(conn: Connection) -> None:
        add(conn)
        conn.exec_driver_sql("PRAGMA cache_spill = 1")
        # Enough that SQLite writes some of it before the commit.
        for _ in range(8):
            conn.exec_driver_sql(
                "INSERT INTO colors SELECT hex(randomblob(40)) FROM records, records"
            )
        left.parent.mkdir()
        for file in path.parent.glob(f"{path.name}*"):
            shutil.copy(file, left.parent / file.name)
        assert left.with_name(f"{path.name}-wal").stat().st_size > 100_000

    restore(path, SCHEMA_VERSION)
    before = rows_of(path)
    next_version(stop)
    assert version_of(await make(path)) == SCHEMA_VERSION + 1

    monkeypatch.undo()
    assert (version_of(left), rows_of(left)) == (SCHEMA_VERSION, before)
    async with opened(left) as again:
        assert (await again.verify()).intact


async def test_first_step_stays_if_the_second_fails(
    path: Path, next_version: Callable[..., None]
) -> None:
    def fail(conn: Connection) -> None:
        conn.exec_driver_sql("DROP TABLE colors")
        raise OSError("the disk is gone")

    restore(path, SCHEMA_VERSION)
    next_version(add, fail)
    with pytest.raises(LedgerUnavailable, match="gone"):
        await Ledger(path).open()

    assert version_of(path) == SCHEMA_VERSION + 1
    assert rows_of(path)["colors"] == [("blue",)]
    next_version(add, lambda conn: conn.exec_driver_sql("DROP TABLE colors"))
    assert version_of(await make(path)) == SCHEMA_VERSION + 2


async def test_referenced_table_can_be_rebuilt(
    path: Path, next_version: Callable[..., None]
) -> None:
    def rebuild(conn: Connection) -> None:
        conn.exec_driver_sql("CREATE TABLE sets AS SELECT * FROM resident_sets")
        conn.exec_driver_sql("DROP TABLE resident_sets")
        conn.exec_driver_sql(
            "CREATE TABLE resident_sets (revision INTEGER PRIMARY KEY, at BIGINT, members JSON)"
        )
        conn.exec_driver_sql("INSERT INTO resident_sets SELECT * FROM sets")
        conn.exec_driver_sql("DROP TABLE sets")

    restore(path, SCHEMA_VERSION)
    before = rows_of(path)
    next_version(rebuild)
    delete = "DELETE FROM resident_sets"
    async with opened(path) as ledger:
        with pytest.raises(LedgerUnavailable, match="FOREIGN KEY"):
            await ledger.read(lambda conn: conn.exec_driver_sql(delete))
    assert rows_of(path) == before


async def test_step_that_breaks_references_is_rolled_back(
    path: Path, next_version: Callable[..., None]
) -> None:
    restore(path, SCHEMA_VERSION)
    before = rows_of(path)
    next_version(lambda conn: conn.exec_driver_sql("DELETE FROM resident_sets"))

    with pytest.raises(LedgerUnavailable, match="missing"):
        await Ledger(path).open()
    assert (version_of(path), rows_of(path)) == (SCHEMA_VERSION, before)


@pytest.mark.parametrize("version", [-1, SCHEMA_VERSION])
async def test_missing_step_leaves_the_file_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    restore(path, SCHEMA_VERSION)
    execute(path, f"PRAGMA user_version = {version}")
    before = rows_of(path)
    monkeypatch.setattr(ledger_module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)

    with pytest.raises(LedgerUnavailable, match=f"schema {version}"):
        await Ledger(path).open()
    assert (version_of(path), rows_of(path)) == (version, before)
