"""Test the shapes that ledgers of version 1 had on the way."""

from contextlib import closing
from functools import partial
import hashlib
import json
from pathlib import Path
import sqlite3

import pytest

from custom_components.courier_access.ledger.chain import link
from custom_components.courier_access.ledger.structure import SCHEMA_VERSION
from custom_components.courier_access.ledger.upkeep.restore import (
    RestoreCause,
    restore_cause,
)
from tests.ledger.parts import count, execute, opened
from tests.ledger.test_migrations import OLDEST, restore, version_of
from tests.support.verified import verified

EARLIER_BOUND = {
    "rules": "resident_id revision unit person user_id consent consent_at schedule"
    " share_hours default_attitude couriers exceptions only_while never_while digest_at"
    " paper_id by_link",
    "residences": "resident_id unit counts",
    "grants": "courier_id grant_id revision state door_id starts_at ends_at max_entries"
    " uses returned",
    "grant_units": "courier_id grant_id unit part",
    "pauses": "id unit until ended_at",
}
"""What the first commit with a sum bound, in its order."""


def bind_as_then(path: Path) -> None:
    """Turn the oldest ledger into one of the first commit with a sum."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        total = 0
        for table, columns in EARLIER_BOUND.items():
            conn.execute(f"ALTER TABLE {table} ADD COLUMN salt BLOB")
            conn.execute(f"UPDATE {table} SET salt = randomblob(16)")
            values = " || ',' || ".join(
                f"quote({name})" for name in ("salt", *columns.split())
            )
            for (row,) in conn.execute(
                f"SELECT CAST('{table} ' || {values} AS BLOB) FROM {table}"
            ):
                total += int.from_bytes(hashlib.sha256(b"\x01" + row).digest())
        (previous,), (newest, body) = (
            conn.execute(
                "SELECT hash FROM records ORDER BY seq DESC LIMIT 1 OFFSET 1"
            ).fetchone(),
            conn.execute(
                "SELECT seq, body FROM records ORDER BY seq DESC LIMIT 1"
            ).fetchone(),
        )
        bound = {**json.loads(body), "bound": f"{total % (1 << 256):064x}"}
        written = json.dumps(bound, sort_keys=True, separators=(",", ":"))
        conn.execute(
            "UPDATE records SET body = ?, hash = ? WHERE seq = ?",
            (written, link(previous, written.encode()), newest),
        )


async def altered(path: Path) -> bool:
    async with opened(path) as ledger:
        cause = await ledger.read(partial(restore_cause, mark=None, is_known=False))
        assert cause in (None, RestoreCause.ALTERED)
        if cause is None:
            assert (await verified(ledger)).intact
    return cause is not None


async def test_first_ledger_with_a_sum_is_migrated(path: Path) -> None:
    restore(path, OLDEST)
    bind_as_then(path)
    assert not await altered(path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE rules SET consent = 'given'",
        "UPDATE grants SET uses = uses - 1",
        "UPDATE pauses SET unit = unit || char(0) || 'x' WHERE unit IS NOT NULL",
        "UPDATE residences SET unit = CAST(unit AS BLOB) || x'00'",
    ],
)
async def test_change_of_the_first_ledger_with_a_sum_is_found(
    path: Path, change: str
) -> None:
    restore(path, OLDEST)
    bind_as_then(path)
    execute(path, change)
    assert await altered(path)


async def test_entry_keeps_its_pass(path: Path) -> None:
    """For some commits, a pass named its entry, and not the entry its pass."""
    restore(path, "v1-9c19534")
    [(entry_id,)] = execute(path, "SELECT min(entry_id) FROM entries")
    execute(
        path,
        "ALTER TABLE passes ADD COLUMN entry_id VARCHAR",
        f"UPDATE passes SET entry_id = '{entry_id}'",
        "DROP INDEX entries_by_pass",
        "ALTER TABLE entries DROP COLUMN pass_id",
    )
    assert not await altered(path)
    kept = "SELECT pass_id, entry_id FROM entries WHERE pass_id IS NOT NULL"
    [(pass_id,)] = execute(path, "SELECT pass_id FROM passes")
    assert execute(path, kept) == [(pass_id, entry_id)]


async def test_entries_keep_their_proof_and_relock_deadline(path: Path) -> None:
    restore(path, OLDEST)
    left = execute(path, "SELECT entry_id, deadline FROM relocks")
    assert left
    assert not await altered(path)
    assert execute(path, "SELECT DISTINCT proof FROM entries") == [("signed",)]
    assert left == execute(
        path,
        "SELECT entry_id, relock_by FROM entries WHERE relock_by IS NOT NULL",
    )


async def test_notifications_keep_their_delivery(path: Path) -> None:
    restore(path, OLDEST)
    before = execute(
        path,
        "SELECT id, token, replace(replace(state, 'handed_over', 'sent'), 'owed', 'pending'),"
        " next_at, handed_over_at, confirmed_at FROM notices ORDER BY id",
    )
    assert {row[2] for row in before} == {"sent", "pending"}
    assert not await altered(path)
    assert before == execute(
        path,
        "SELECT id, token, state, next_at, sent_at, delivered_at FROM notifications"
        " ORDER BY id",
    )


async def test_what_is_known_of_an_earlier_ledger_is_kept(path: Path) -> None:
    restore(path, OLDEST)
    known = {
        "loss": "ledger.set_aside",
        "file": "old.db",
        "carried_over": [],
        "left_unlocked": [],
        "is_told": True,
        "is_seen": False,
    }
    execute(path, f"INSERT INTO about VALUES ('begun_anew', '{json.dumps(known)}')")
    assert not await altered(path)
    [(value,)] = execute(path, "SELECT value FROM about WHERE name = 'recreated'")
    assert json.loads(value) == {
        "loss": "ledger.set_aside",
        "file": "old.db",
        "is_announced": True,
        "is_seen": False,
    }


async def test_empty_ledger_is_migrated_without_a_record(path: Path) -> None:
    restore(path, "v1")
    tables = execute(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")
    execute(
        path,
        "PRAGMA foreign_keys = OFF",
        *(f"DELETE FROM {name}" for (name,) in tables),
    )
    assert not await altered(path)
    assert version_of(path) == SCHEMA_VERSION
    async with opened(path) as ledger:
        assert await ledger.read(count) == 0


async def test_forged_migration_is_none(path: Path) -> None:
    restore(path, "v1")
    execute(
        path,
        "UPDATE records SET kind = 'ledger.migrated', body = 'none' WHERE seq = 3",
    )
    async with opened(path) as ledger:
        assert (await verified(ledger)).broken_at == 3
