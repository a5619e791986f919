"""Test that nothing that was planted in the file has an effect or stays unseen."""

from functools import partial
import hashlib
import json
from pathlib import Path
import sqlite3

import pytest

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.ledger import binding, structure, verify_record
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.tables import SCHEMA_VERSION
from custom_components.courier_access.ledger.upkeep.restore import (
    RestoreCause,
    restore_cause,
)
from tests.ledger.claims_house import house
from tests.ledger.parts import ANNA, decide, execute, note, opened

REDEFINED = "PRAGMA writable_schema = ON"


def redefine(name: str, old: str, new: str) -> tuple[str, ...]:
    """Return statements that change a definition without leaving another trace."""
    return (
        REDEFINED,
        f"UPDATE sqlite_schema SET sql = replace(sql, '{old}', '{new}') WHERE name = '{name}'",
    )


PLANTED = {
    "a trigger": (
        "CREATE TRIGGER quiet AFTER INSERT ON fanouts BEGIN DELETE FROM fanouts; END",
    ),
    "a trigger with a name of SQLite's own": (
        "CREATE TRIGGER quiet AFTER INSERT ON fanouts BEGIN DELETE FROM fanouts; END",
        REDEFINED,
        "UPDATE sqlite_schema SET name = 'sqlite_quiet' WHERE name = 'quiet'",
        "UPDATE sqlite_schema SET sql = replace(sql, 'quiet', 'sqlite_quiet')",
    ),
    "a view": ("CREATE VIEW more AS SELECT * FROM rules",),
    "a table": ("CREATE TABLE more (name)",),
    "an index": ("CREATE UNIQUE INDEX more ON fanouts (kind)",),
    "no index": ("DROP INDEX entries_to_relock",),
    "another index": (
        "DROP INDEX entries_to_relock",
        "CREATE INDEX entries_to_relock ON entries (relock_by) WHERE relock_by < 0",
    ),
    "a column": ("ALTER TABLE fanouts ADD COLUMN more",),
    "a generated column": (
        "ALTER TABLE fanouts ADD COLUMN more GENERATED ALWAYS AS (id)",
    ),
    "a constraint": redefine(
        "notifications", "UNIQUE (token)", "UNIQUE (token) ON CONFLICT REPLACE"
    ),
    "a collation": redefine(
        "rules", "consent VARCHAR", "consent VARCHAR COLLATE NOCASE"
    ),
    "a check": redefine(
        "fanouts", "kind VARCHAR NOT NULL", "kind VARCHAR NOT NULL CHECK (kind > 0)"
    ),
    "a default": redefine("rules", "randomblob(16)", "zeroblob(16)"),
}


@pytest.mark.parametrize("planted", PLANTED)
async def test_planted_object_is_found_by_verification_and_at_the_next_start(
    ledger: Ledger, path: Path, planted: str
) -> None:
    await ledger.write(house)
    assert (await ledger.verify()).intact
    execute(path, *PLANTED[planted])

    found = await ledger.verify()
    assert (found.state_differs, found.broken_at) == (True, found.records)
    await ledger.close()
    rows = execute(path, "SELECT count(*) FROM rules")
    async with opened(path) as again:
        cause = await again.read(partial(restore_cause, mark=None, is_known=True))
        assert cause is RestoreCause.ALTERED
        # The file itself is as it was, without what was planted.
        assert await again.read(binding.fits)
        assert (await again.verify()).intact
        await again.write(note)
    assert execute(path, "SELECT count(*) FROM rules") == rows
    conn = sqlite3.connect(path)
    assert structure.differences(conn, structure.schema(SCHEMA_VERSION)) == []
    assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    conn.close()


async def test_planted_trigger_does_nothing_meanwhile(
    ledger: Ledger, path: Path
) -> None:
    await ledger.write(house)
    execute(
        path,
        "CREATE TRIGGER kept_in AFTER INSERT ON records BEGIN"
        " UPDATE rules SET consent = 'given'; END",
    )
    await ledger.write(lambda transaction: decide(transaction, ANNA, Consent.WITHDRAWN))

    [(consent,)] = execute(path, "SELECT consent FROM rules WHERE resident_id = 'anna'")
    assert consent == "withdrawn"
    assert await ledger.read_apart(binding.fits)


async def test_bytes_cannot_be_moved_between_a_value_and_its_salt(
    ledger: Ledger, path: Path
) -> None:
    recorded = await ledger.write(partial(note, secret="4711-B"))
    execute(
        path,
        "UPDATE personal SET value = 'B', salt = salt || CAST('4711-' AS BLOB)"
        f" WHERE seq = {recorded.seq}",
    )
    assert (await ledger.verify()).broken_at == recorded.seq


@pytest.mark.parametrize("moved", [0, 2])
def test_exported_value_with_a_salt_of_another_length_is_refused(moved: int) -> None:
    salt, value = bytes(range(32)), "4711-B"
    body = {
        "at": "2026-11-24T12:00:00.000000+00:00",
        "kind": "test",
        "personal": {"unit": hashlib.sha256(salt + value.encode()).hexdigest()},
        "seq": 1,
    }
    written = json.dumps(body)
    opened_as = {
        "salt": (salt + value[:moved].encode()).hex(),
        "value": value[moved:],
    }
    hashed = hashlib.sha256(b"\x00" + bytes(32) + written.encode())
    records = {
        1: {
            "record": 1,
            "hash": hashed.hexdigest(),
            "body": written,
            "opened": {"unit": opened_as},
        }
    }
    if moved:
        with pytest.raises(verify_record.Altered, match="unit"):
            verify_record.check(records)
    else:
        verify_record.check(records)
