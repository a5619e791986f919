"""Test migrations: old files open with all data, and failures change nothing."""

from collections.abc import Callable, Mapping
from copy import replace
from datetime import timedelta
from functools import partial
import json
from pathlib import Path
import shutil
import sqlite3
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.access.model import (
    Consent,
    EntryDecision,
    GrantState,
)
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.const import DOMAIN, MINOR_VERSION
from custom_components.courier_access.ledger import migrations, structure
from custom_components.courier_access.ledger.errors import Cause
from custom_components.courier_access.ledger.files import all_files, is_damaged
from custom_components.courier_access.ledger.ledger import (
    Ledger,
    LedgerUnavailable,
    Transaction,
)
from custom_components.courier_access.ledger.migrations import Schema, Step
from custom_components.courier_access.ledger.outbox.due import note_delivered
from custom_components.courier_access.ledger.outbox.status import (
    count_pending,
    find_by_token,
)
from custom_components.courier_access.ledger.sql import columns
from custom_components.courier_access.ledger.state.consent_texts import (
    consent_given,
    not_shown,
    note_shown,
)
from custom_components.courier_access.ledger.state.entries import (
    EntryFilter,
    latest_entries,
)
from custom_components.courier_access.ledger.state.grants import (
    grants_by_orders,
    load_orders,
)
from custom_components.courier_access.ledger.state.residents import load_rules
from custom_components.courier_access.ledger.structure import SCHEMA_VERSION, Fill
from custom_components.courier_access.ledger.upkeep import sealing
from custom_components.courier_access.ledger.upkeep.restore import (
    RestoreCause,
    restore_cause,
)
from tests.ledger.filled import NOON
from tests.ledger.parts import execute, note, opened
from tests.support.house import build, courier, door, entries_of, resident
from tests.support.rows import plant
from tests.support.verified import verified

STORED = {path.stem: path for path in (Path(__file__).parent / "stored").glob("*.sql")}
"""Ledgers by version; version 1 also has two of earlier commits, when it still changed."""

KEPT = sealing.Kept(timedelta(days=365), timedelta(days=30), timedelta(days=365))

OLDEST = "v1-d7dd17d"
"""It was written before rows were bound, and before there were passes."""

PRESENT = f"v{SCHEMA_VERSION}"
EACH = pytest.mark.parametrize("stored", sorted(STORED))

type Structure = Mapping[str, object]


def restore(path: Path, stored: str) -> None:
    """Copy a stored ledger into place."""
    conn = sqlite3.connect(path)
    conn.executescript(STORED[stored].read_text("utf-8"))
    conn.close()


def version_of(path: Path) -> int:
    [(found,)] = execute(path, "PRAGMA user_version")
    return int(found)


TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"


def rows_of(path: Path) -> dict[str, list[Any]]:
    """Return all data of a file, by table."""
    tables = execute(path, TABLES)
    return {name: execute(path, f'SELECT * FROM "{name}"') for (name,) in tables}


def schema_of(path: Path) -> Structure:
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


LATER_SQL = """
CREATE TABLE colors (name VARCHAR PRIMARY KEY);
"""


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Simulate later code, with these steps from the present version.

    Its structure has one more column and one more table.
    """
    present = migrations.PRESENT

    def sql(version: int) -> str:
        written = structure.schema(min(version, SCHEMA_VERSION))
        if version > SCHEMA_VERSION:
            written = written.replace(
                "CREATE TABLE links (",
                "CREATE TABLE links (color VARCHAR NOT NULL, ",
            )
            written += LATER_SQL
        return written

    def make(*steps: Step) -> None:
        known = {SCHEMA_VERSION + number: step for number, step in enumerate(steps)}
        later = Schema(SCHEMA_VERSION + len(steps), {**present.steps, **known}, sql)
        monkeypatch.setattr(migrations, "PRESENT", later)

    return make


def paint(_: sqlite3.Connection) -> Fill:
    """Convert to a version in which links have a color."""
    return {("links", "color"): "'blue'"}


def test_each_released_version_is_stored_and_migrates_to_the_next() -> None:
    assert {f"v{version}" for version in range(1, SCHEMA_VERSION + 1)} <= STORED.keys()
    assert migrations.PRESENT.steps.keys() == set(range(1, SCHEMA_VERSION))
    assert SCHEMA_VERSION == MINOR_VERSION


def test_stored_file_has_rows_in_every_table(path: Path) -> None:
    restore(path, PRESENT)
    rows = rows_of(path)
    # Values about the ledger come from clocks and backups, not couriers.
    assert {name for name, found in rows.items() if not found} <= {"about"}


async def test_couriers_of_version_2_are_kept_by_name(path: Path) -> None:
    restore(path, "v2")
    names = dict(execute(path, "SELECT courier_id, name FROM couriers"))

    await make(path)

    rows = execute(path, "SELECT id, value, length(salt) FROM configured")
    assert {id_: json.loads(value) for id_, value, _ in rows} == {
        id_: {"name": name} for id_, name in names.items()
    }
    assert {length for *_, length in rows} == {16}
    assert "couriers" not in rows_of(path)


async def test_tables_match_the_named_version(path: Path, tmp_path: Path) -> None:
    """A change of tables needs a new version, with its own file of SQL."""
    restore(path, PRESENT)
    assert schema_of(path) == schema_of(await make(tmp_path / "fresh.db"))


@EACH
async def test_file_of_each_version_opens_and_verifies(
    path: Path, tmp_path: Path, stored: str
) -> None:
    restore(path, stored)
    before = rows_of(path)
    is_older = stored != PRESENT
    async with opened(path) as ledger:
        found = await verified(ledger)
        assert found.intact
        assert found.records == len(before["records"]) + is_older > 30
        assert (
            await ledger.read(partial(restore_cause, mark=None, is_known=False)) is None
        )
        read = await ledger.read(lambda conn: latest_entries(conn, EntryFilter(100)))
        assert {entry.decision for entry in read} == (
            {EntryDecision.ADMITTED, EntryDecision.REFUSED}
            if stored == OLDEST
            else set(EntryDecision)
        )
        assert any(entry.personal for entry in read)
        assert (await ledger.write(note)).seq == found.records + 1
        assert (await verified(ledger)).intact
    assert not is_damaged(path)
    assert schema_of(path) == schema_of(await make(tmp_path / "fresh.db"))
    assert version_of(path) == SCHEMA_VERSION
    consents = "SELECT resident_id, consent, schedule FROM rules"
    assert execute(path, consents) == [
        (
            row[0],
            row[names(stored, "rules").index("consent")],
            row[names(stored, "rules").index("schedule")],
        )
        for row in before["rules"]
    ]


@EACH
async def test_file_of_each_version_can_be_sealed(
    path: Path, stored: str, freezer: FrozenDateTimeFactory
) -> None:
    restore(path, stored)
    later = NOON + timedelta(days=400)
    freezer.move_to(later)
    async with opened(path) as ledger:
        # Everything was sent and locked again in the meantime.
        for statement in (
            "UPDATE fanouts SET expanded_at = at",
            "UPDATE notifications SET next_at = NULL",
            "UPDATE entries SET relock_by = NULL",
        ):
            plant(path, statement)
        rules = await ledger.read(load_rules)
        for kind in ("test", "other"):
            await ledger.write(
                partial(Transaction.append, kind=kind, at=later, fields={})
            )
        assert await ledger.write(
            lambda transaction: sealing.seal(transaction, later, KEPT)
        )
        found = await verified(ledger)
        assert found.intact
        assert found.sealed > 30
        assert await ledger.read(load_rules) == rules
    async with opened(path) as again:
        assert await cause_of(again) is None
        assert (await verified(again)).intact


def names(stored: str, table: str) -> list[str]:
    """Return the columns that a stored ledger's table has."""
    conn = sqlite3.connect(":memory:")
    conn.executescript(STORED[stored].read_text("utf-8"))
    found = columns(conn, table)
    conn.close()
    return found


@EACH
async def test_building_loads_with_a_file_of_each_version(
    hass: HomeAssistant, stored: str
) -> None:
    first = await build(hass, door(), courier(), resident("Dora", "5C"))
    assert await hass.config_entries.async_unload(first.entry.entry_id)
    await first.settle()
    path = ledger_path(hass, first.entry.entry_id)
    for file in all_files(path):
        file.unlink(missing_ok=True)
    restore(path, stored)
    hass.config_entries.async_update_entry(first.entry, minor_version=1)

    assert await hass.config_entries.async_setup(first.entry.entry_id)
    await first.settle()

    kept = await entries_of(first.building, 100)
    known = {"Parcel Post", "Amazon Key"}
    assert {entry.courier_name for entry in kept} == known - (
        {"Amazon Key"} if stored == OLDEST else set()
    )
    assert (await verified(first.building.ledger)).intact
    assert first.building.host.answers_couriers
    assert hass.services.has_service(DOMAIN, "verify_ledger")
    assert first.entry.minor_version == MINOR_VERSION


async def test_earlier_ledger_under_a_later_entry_is_a_restored_one(
    hass: HomeAssistant,
) -> None:
    first = await build(hass, door(), courier(), resident("Dora", "5C"))
    assert await hass.config_entries.async_unload(first.entry.entry_id)
    path = ledger_path(hass, first.entry.entry_id)
    for file in all_files(path):
        file.unlink(missing_ok=True)
    restore(path, "v1")

    assert await hass.config_entries.async_setup(first.entry.entry_id)
    await first.settle()
    assert not first.building.host.answers_couriers


async def test_step_keeps_data_and_adds_its_own(
    path: Path, next_version: Callable[..., None]
) -> None:
    restore(path, PRESENT)
    before = rows_of(path)
    next_version(paint)
    async with opened(path) as ledger:
        assert (await verified(ledger)).intact
    after = rows_of(path)
    assert version_of(path) == SCHEMA_VERSION + 1
    assert after.pop("colors") == []
    assert after.pop("links") == [("blue", *row) for row in before.pop("links")]
    *records, migrated = after.pop("records")
    assert records == before.pop("records")
    assert migrated[2] == "ledger.migrated"
    assert after == before

    assert rows_of(await make(path))["records"] == [*records, migrated]


async def test_older_code_leaves_a_migrated_file_alone(
    path: Path, next_version: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    restore(path, PRESENT)
    next_version(paint)
    await make(path)
    monkeypatch.undo()
    before = rows_of(path)

    with pytest.raises(LedgerUnavailable, match=f"schema {SCHEMA_VERSION + 1}"):
        await Ledger(path).open()
    assert rows_of(path) == before

    # Nor is it taken for an older one because it calls itself one.
    execute(path, f"PRAGMA user_version = {SCHEMA_VERSION}")
    with pytest.raises(LedgerUnavailable, match=f"schema {SCHEMA_VERSION + 1}"):
        await Ledger(path).open()
    next_version(paint)
    async with opened(path) as ledger:
        assert await cause_of(ledger) is RestoreCause.ALTERED


async def cause_of(ledger: Ledger) -> RestoreCause | None:
    """Return why a ledger is treated as a restored one."""
    return await ledger.read(partial(restore_cause, mark=None, is_known=False))


async def test_failed_step_leaves_the_file_as_it_was(
    path: Path, next_version: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(conn: sqlite3.Connection) -> Fill:
        conn.execute("DELETE FROM links")
        conn.execute("INSERT INTO nowhere VALUES (1)")
        return {}

    restore(path, PRESENT)
    before = rows_of(path)
    for steps in ([fail], [paint, fail]):
        next_version(*steps)
        with pytest.raises(LedgerUnavailable, match="nowhere") as raised:
            await Ledger(path).open()
        assert raised.value.cause is Cause.UNFIT
        assert (version_of(path), rows_of(path)) == (SCHEMA_VERSION, before)
    monkeypatch.undo()
    async with opened(path) as ledger:
        assert (await verified(ledger)).intact


async def test_power_failure_within_a_step_leaves_the_file_as_it_was(
    path: Path,
    tmp_path: Path,
    next_version: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = tmp_path / "left" / path.name

    def stop(conn: sqlite3.Connection) -> Fill:
        conn.execute("PRAGMA cache_spill = 1")
        # Enough that SQLite writes some of it before the commit.
        for _ in range(8):
            conn.execute(
                "INSERT INTO about SELECT hex(randomblob(40)), '' FROM records, records"
            )
        conn.execute("DELETE FROM about WHERE value = ''")
        left.parent.mkdir()
        for file in path.parent.glob(f"{path.name}*"):
            shutil.copy(file, left.parent / file.name)
        assert left.with_name(f"{path.name}-wal").stat().st_size > 100_000
        return paint(conn)

    restore(path, PRESENT)
    before = rows_of(path)
    next_version(stop)
    assert version_of(await make(path)) == SCHEMA_VERSION + 1

    monkeypatch.undo()
    assert (version_of(left), rows_of(left)) == (SCHEMA_VERSION, before)
    async with opened(left) as again:
        assert (await verified(again)).intact


async def test_step_that_breaks_references_is_rolled_back(
    path: Path, next_version: Callable[..., None]
) -> None:
    def lose(conn: sqlite3.Connection) -> Fill:
        conn.execute("DELETE FROM resident_sets")
        return paint(conn)

    restore(path, PRESENT)
    before = rows_of(path)
    next_version(lose)

    with pytest.raises(LedgerUnavailable, match="missing"):
        await Ledger(path).open()
    assert (version_of(path), rows_of(path)) == (SCHEMA_VERSION, before)

    delete = "DELETE FROM resident_sets"
    migrations_done = Ledger(path)
    next_version(paint)
    await migrations_done.open()
    with pytest.raises(LedgerUnavailable, match="FOREIGN KEY"):
        await migrations_done.read(lambda conn: plant(conn, delete))
    await migrations_done.close()


async def test_missing_step_leaves_the_file_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore(path, PRESENT)
    before = rows_of(path)
    lacking = replace(migrations.PRESENT, version=SCHEMA_VERSION + 1)
    monkeypatch.setattr(migrations, "PRESENT", lacking)

    with pytest.raises(LedgerUnavailable, match=f"schema {SCHEMA_VERSION}"):
        await Ledger(path).open()
    assert (version_of(path), rows_of(path)) == (SCHEMA_VERSION, before)


async def test_database_of_something_else_is_left_alone(path: Path) -> None:
    execute(path, "CREATE TABLE songs (name)", "INSERT INTO songs VALUES ('Ode')")
    with pytest.raises(LedgerUnavailable, match="no ledger"):
        await Ledger(path).open()
    assert rows_of(path) == {"songs": [("Ode",)]}


async def test_ids_of_deleted_rows_are_not_used_again(path: Path) -> None:
    restore(path, "v1")
    execute(path, "UPDATE sqlite_sequence SET seq = 77 WHERE name = 'pauses'")
    await make(path)
    assert execute(path, "SELECT name, seq FROM sqlite_sequence") == [("pauses", 77)]


class TestAFileChangedByHandBeforeItsMigration:
    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE rules SET consent = 'given' WHERE consent = 'withdrawn'",
            "UPDATE pauses SET unit = unit || char(0) || 'x' WHERE unit IS NOT NULL",
            "UPDATE grants SET uses = 0",
            "CREATE TRIGGER quiet AFTER INSERT ON fanouts BEGIN DELETE FROM fanouts; END",
            "CREATE VIEW more AS SELECT * FROM rules",
            "CREATE TABLE more (name)",
            "UPDATE records SET body = 'none' WHERE seq = (SELECT max(seq) FROM records)",
        ],
    )
    @pytest.mark.parametrize("stored", ["v1", "v1-9c19534", "v2"])
    async def test_it_is_altered_afterwards(
        self, path: Path, stored: str, change: str, next_version: Callable[..., None]
    ) -> None:
        restore(path, stored)
        execute(path, change)
        if stored == PRESENT:
            next_version(paint)
        async with opened(path) as ledger:
            assert await cause_of(ledger) is RestoreCause.ALTERED
        assert version_of(path) == SCHEMA_VERSION + (stored == PRESENT)
        left = "SELECT name FROM sqlite_schema WHERE name IN ('quiet', 'more')"
        assert execute(path, left) == []

    @pytest.mark.parametrize(
        "planted", ["CREATE TABLE configured (name)", "CREATE TABLE old_grants (name)"]
    )
    async def test_name_that_the_migration_needs_is_no_obstacle(
        self, path: Path, planted: str
    ) -> None:
        restore(path, "v2")
        execute(path, planted)
        async with opened(path) as ledger:
            assert await cause_of(ledger) is RestoreCause.ALTERED
            assert (await verified(ledger)).intact

    async def test_foreign_object_is_found_in_the_oldest_file(self, path: Path) -> None:
        restore(path, OLDEST)
        execute(path, "CREATE TABLE more (name)")
        async with opened(path) as ledger:
            assert await cause_of(ledger) is RestoreCause.ALTERED

    @pytest.mark.parametrize("version", [-1, 0, 1])
    async def test_file_that_calls_itself_older_is_altered(
        self, path: Path, version: int
    ) -> None:
        restore(path, "v1")
        await make(path)
        execute(path, f"PRAGMA user_version = {version}")
        async with opened(path) as ledger:
            assert await cause_of(ledger) is RestoreCause.ALTERED
        assert version_of(path) == SCHEMA_VERSION


async def test_order_of_version_3_names_its_account_until_its_list_is_found(
    path: Path,
) -> None:
    restore(path, "v3")
    async with opened(path) as ledger:
        [order] = await ledger.read(load_orders)
        assert (order.sources, order.account) == ((), "an account")
        grants = await ledger.read(lambda conn: grants_by_orders(conn, ["P-3"], NOON))
        assert [grant.is_forgeable for grant in grants] == [False]
        assert (await verified(ledger)).intact


async def test_version_4_keeps_all_rows_under_other_indexes(path: Path) -> None:
    restore(path, "v4")
    before = rows_of(path)
    await make(path)
    after = rows_of(path)
    assert after.pop("records")[:-1] == before.pop("records")
    # Version 7 has two tables more.
    assert after.pop("consent_texts") == after.pop("texts_shown") == []
    assert after == before


async def test_version_6_keeps_all_rows_beside_the_texts(path: Path) -> None:
    restore(path, "v6")
    before = rows_of(path)
    await make(path)
    after = rows_of(path)
    assert after.pop("records")[:-1] == before.pop("records")
    assert after.pop("consent_texts") == after.pop("texts_shown") == []
    assert after == before
    async with opened(path) as ledger:
        rules = await ledger.read(load_rules)
        assert rules["resident-dora"].rules.consent is Consent.GIVEN
        # It was given to an earlier text, so the present one is shown once.
        given = await ledger.read(lambda conn: consent_given(conn, "resident-dora"))
        assert given is not None
        assert (given.number, given.hash) == (3, None)
        assert "resident-dora" in await ledger.read(not_shown)
        await ledger.write(
            lambda transaction: note_shown(transaction.conn, "resident-dora", NOON)
        )
        assert "resident-dora" not in await ledger.read(not_shown)


async def test_notifications_of_version_4_are_found_as_before(path: Path) -> None:
    restore(path, "v4")
    [(pending,)] = execute(
        path, "SELECT count(*) FROM notifications WHERE state = 'pending'"
    )
    [(tag, resident_id), *_] = execute(
        path,
        "SELECT tag, resident_id FROM notifications WHERE state = 'sent' AND delivered_at IS NULL",
    )
    [(token,), *_] = execute(
        path, "SELECT token FROM notifications WHERE token IS NOT NULL"
    )
    async with opened(path) as ledger:
        assert await ledger.read(count_pending) == pending > 0
        assert await ledger.read(lambda conn: find_by_token(conn, token)) is not None
        assert await ledger.read(
            lambda conn: note_delivered(conn, tag, [resident_id], NOON)
        )


async def test_parcel_that_its_feed_called_off_is_stored_as_such(path: Path) -> None:
    restore(path, "v4")
    async with opened(path) as ledger:
        [order] = await ledger.read(load_orders)
        assert (len(order.sources), order.account) == (1, None)
        grants = await ledger.read(lambda conn: grants_by_orders(conn, ["P-4"], NOON))
        states = {each.delivery.parcel_ref: each.state for each in grants}
        assert states["P-4"] is GrantState.CALLED_OFF
