"""Test that nothing that was planted in the file has an effect or stays unseen."""

from functools import partial
import hashlib
import json
from pathlib import Path
import sqlite3

import pytest

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.ledger import chain, structure, verify_record
from custom_components.courier_access.ledger.chain import Recorded
from custom_components.courier_access.ledger.errors import Cause
from custom_components.courier_access.ledger.files import is_damaged
from custom_components.courier_access.ledger.ledger import (
    Ledger,
    LedgerUnavailable,
    Transaction,
)
from custom_components.courier_access.ledger.state.residents import put_pause
from custom_components.courier_access.ledger.structure import SCHEMA_VERSION
from custom_components.courier_access.ledger.upkeep.restore import (
    RestoreCause,
    restore_cause,
)
from tests.ledger.claims_house import house
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, decide, execute, note, opened
from tests.ledger.test_binding import lived_in
from tests.support.verified import verified

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
        "entries", "UNIQUE (entry_id)", "UNIQUE (entry_id) ON CONFLICT REPLACE"
    ),
    "a collation": redefine(
        "rules", "consent VARCHAR", "consent VARCHAR COLLATE NOCASE"
    ),
    "a check": redefine(
        "fanouts", "kind VARCHAR NOT NULL", "kind VARCHAR NOT NULL CHECK (kind > 0)"
    ),
    "a default": redefine("rules", "randomblob(16)", "zeroblob(16)"),
    "a type whose name has what looks like a space": redefine(
        "fanouts", "kind VARCHAR NOT NULL", "kind VARCHAR\u00a0NOT NULL"
    ),
    "made-up statistics": ("ANALYZE",),
    "a trigger whose type is in capitals": (
        "CREATE TRIGGER quiet AFTER INSERT ON fanouts BEGIN DELETE FROM fanouts; END",
        REDEFINED,
        "UPDATE sqlite_schema SET type = 'TRIGGER' WHERE name = 'quiet'",
    ),
    "a virtual table": ("CREATE VIRTUAL TABLE more USING fts5(name)",),
    "a virtual table of a missing module": (
        REDEFINED,
        (
            "INSERT INTO sqlite_schema VALUES"
            " ('table', 'more', 'more', 0, 'CREATE VIRTUAL TABLE more USING missing')"
        ),
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
async def test_planted_object_is_found_by_verification_and_at_the_next_start(
    ledger: Ledger, path: Path, planted: str
) -> None:
    await ledger.write(house)
    assert (await verified(ledger)).intact
    execute(path, *PLANTED[planted])

    found = await verified(ledger)
    assert (found.state_differs, found.broken_at) == (True, found.records)
    await ledger.close()
    rows = execute(path, "SELECT count(*) FROM rules")
    async with opened(path) as again:
        cause = await again.read(partial(restore_cause, mark=None, is_known=True))
        assert cause is RestoreCause.ALTERED
        # The file itself is as it was, without what was planted.
        assert await again.read(chain.state_fits)
        assert (await verified(again)).intact
        await again.write(note)
    assert execute(path, "SELECT count(*) FROM rules") == rows
    conn = sqlite3.connect(path)
    assert structure.differences(conn, structure.schema(SCHEMA_VERSION)) == []
    assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    conn.close()


QUIET = (
    "CREATE TRIGGER quiet AFTER INSERT ON records BEGIN"
    " UPDATE rules SET consent = 'given'; END"
)


@pytest.mark.parametrize(
    "planted",
    [
        (QUIET,),
        ("CREATE UNIQUE INDEX more ON fanouts (kind)",),
        (
            *redefine(
                "entries", "UNIQUE (entry_id)", "UNIQUE (entry_id) ON CONFLICT IGNORE"
            ),
            "PRAGMA schema_version = 4711",
        ),
    ],
)
async def test_nothing_is_written_by_what_was_planted_meanwhile(
    ledger: Ledger, path: Path, planted: tuple[str, ...]
) -> None:
    await ledger.write(house)
    execute(path, *planted)
    with pytest.raises(LedgerUnavailable) as raised:
        await ledger.write(note)
    assert raised.value.cause is Cause.MOVED

    await ledger.close()
    async with opened(path) as again:
        assert await again.read(partial(restore_cause, mark=None, is_known=True))
        await again.write(note)


async def test_trigger_that_was_planted_unseen_does_nothing(
    ledger: Ledger, path: Path
) -> None:
    await ledger.write(house)
    [(revision,)] = execute(path, "PRAGMA schema_version")
    execute(path, QUIET, f"PRAGMA schema_version = {revision}")
    await ledger.write(lambda transaction: decide(transaction, ANNA, Consent.WITHDRAWN))

    [(consent,)] = execute(path, "SELECT consent FROM rules WHERE resident_id = 'anna'")
    assert consent == "withdrawn"
    assert await ledger.read_apart(chain.state_fits)


UNIT_WITHOUT_ROWS = "CREATE INDEX ix_rules_unit ON rules (unit) WHERE unit IS NULL"
ROOT = "(SELECT rootpage FROM sqlite_schema WHERE name = '{}')"
HIDDEN = {
    "an index lacks rows": (
        (
            REDEFINED,
            (
                f"UPDATE sqlite_schema SET sql = '{UNIT_WITHOUT_ROWS}'"
                " WHERE name = 'ix_rules_unit'"
            ),
        ),
        ("REINDEX ix_rules_unit",),
        redefine("ix_rules_unit", " WHERE unit IS NULL", ""),
    ),
    "an index has the rows of another": (
        (
            REDEFINED,
            (
                f"UPDATE sqlite_schema SET rootpage = {ROOT.format('ix_asks_at')}"
                " WHERE name = 'ix_records_at'"
            ),
        ),
    ),
    "a key has the rows of another table": (
        (
            REDEFINED,
            (
                "UPDATE sqlite_schema SET rootpage ="
                f" {ROOT.format('sqlite_autoindex_residences_1')}"
                " WHERE name = 'sqlite_autoindex_rules_1'"
            ),
        ),
    ),
    "two tables share their rows": (
        (
            REDEFINED,
            (
                f"UPDATE sqlite_schema SET rootpage = {ROOT.format('rules')}"
                " WHERE name = 'evidence'"
            ),
        ),
    ),
}


@pytest.mark.parametrize("hidden", HIDDEN)
async def test_index_that_hides_rows_is_damage(
    ledger: Ledger, path: Path, hidden: str
) -> None:
    await ledger.write(lived_in)
    await ledger.checkpoint()
    for statements in HIDDEN[hidden]:
        execute(path, *statements)
    with pytest.raises(LedgerUnavailable, match="damaged") as raised:
        await verified(ledger)
    assert raised.value.cause is Cause.DAMAGED

    await ledger.close()
    with pytest.raises(LedgerUnavailable) as raised:
        await Ledger(path).open()
    assert raised.value.cause is Cause.DAMAGED
    assert is_damaged(path)


async def test_missing_counter_of_ids_is_made_again(ledger: Ledger, path: Path) -> None:
    await ledger.write(lived_in)
    await ledger.close()
    execute(path, REDEFINED, "DELETE FROM sqlite_schema WHERE name = 'sqlite_sequence'")
    async with opened(path) as again:
        cause = await again.read(partial(restore_cause, mark=None, is_known=True))
        assert cause is RestoreCause.ALTERED
        await again.write(partial(put_pause, at=NOON, until=NOON))


@pytest.mark.parametrize("counter", [0, 9_223_372_036_854_775_807])
async def test_counter_of_ids_set_by_hand_has_no_effect(
    ledger: Ledger, path: Path, counter: int
) -> None:
    pause = partial(put_pause, at=NOON, until=NOON)
    first = await ledger.write(pause)
    execute(path, "DELETE FROM pauses", f"UPDATE sqlite_sequence SET seq = {counter}")
    assert (await ledger.write(pause)).id == first.id + 1


async def test_bytes_cannot_be_moved_between_a_value_and_its_salt(
    ledger: Ledger, path: Path
) -> None:
    recorded = await ledger.write(partial(note, secret="4711-B"))
    execute(
        path,
        "UPDATE personal SET value = 'B', salt = salt || CAST('4711-' AS BLOB)"
        f" WHERE seq = {recorded.seq}",
    )
    assert (await verified(ledger)).broken_at == recorded.seq


OTHER_TYPES = {
    "a value": "UPDATE personal SET value = CAST(value AS BLOB)",
    "a salt": "UPDATE personal SET salt = CAST(salt AS TEXT)",
    "a kind": "UPDATE records SET kind = CAST(kind AS BLOB)",
    "a body": "UPDATE records SET body = CAST(body AS BLOB)",
    "a field, in the place of a deleted one": (
        "UPDATE personal SET (field, value, salt) = ("
        "SELECT CAST(kept.field AS BLOB), kept.value, kept.salt FROM personal AS kept"
        " WHERE kept.seq = personal.seq AND kept.field = 'secret')"
        " WHERE field = 'more'"
    ),
}


@pytest.mark.parametrize("changed", OTHER_TYPES)
async def test_same_bytes_of_another_type_are_found(
    ledger: Ledger, path: Path, changed: str
) -> None:
    """SQLite's comparisons don't find them, and the panel can't show them."""

    def write(transaction: Transaction) -> Recorded:
        secrets = {"secret": "4711-B", "more": "3b"}
        return transaction.append("test", NOON, {}, secrets)

    recorded = await ledger.write(write)
    assert (await verified(ledger)).intact
    execute(path, OTHER_TYPES[changed])
    assert (await verified(ledger)).broken_at == recorded.seq


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
            verify_record.check(records, verify_record.begin(records))
    else:
        verify_record.check(records, verify_record.begin(records))
