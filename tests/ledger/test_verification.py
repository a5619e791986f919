"""Test that the entries shown to residents match their records."""

from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
import sqlite3

import pytest

from custom_components.courier_access.access.model import (
    Decision,
    GrantKey,
    Outcome,
    Reason,
)
from custom_components.courier_access.ledger import structure, verification
from custom_components.courier_access.ledger.chain import (
    GENESIS,
    canonical,
    link,
)
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.sql import columns
from custom_components.courier_access.ledger.state import entries
from custom_components.courier_access.ledger.state.entries import (
    complete_entry,
    count_repeat,
    record_attempt,
)
from tests.ledger.claims_house import claimed, house, seq_of, stop
from tests.ledger.filled import NOON
from tests.ledger.parts import attempt, claim, ended, note
from tests.support.rows import plant
from tests.support.verified import verified

LATER = NOON + timedelta(seconds=9)


@pytest.fixture
async def lived_in(ledger: Ledger) -> dict[str, int]:
    """Write entries of every kind; return their records' numbers."""
    await ledger.write(house)
    opened = claim("opened")
    await claimed(ledger, opened)
    ending = ended(Outcome.OPENED, until=LATER)
    await ledger.write(
        partial(entries.finish, claim=opened, opening=ending, reply="", at=LATER)
    )
    await ledger.write(partial(complete_entry, entry_id="opened", at=LATER, story={}))
    for entry_id, reason in (("stopped", Reason.VETOED), ("gone", None)):
        await stop(ledger, claim(entry_id), reason, LATER, "")
    await claimed(ledger, claim("cut off"))
    admitted = ("opened", "stopped", "gone", "cut off")
    seqs = {entry_id: await seq_of(ledger, entry_id) for entry_id in admitted}
    await ledger.write(partial(entries.settle_in_flight, at=LATER))

    def refuse(transaction: Transaction) -> int:
        key = GrantKey("courier-1", "unseen")
        tried = attempt("refused", key=key)
        seq = record_attempt(
            transaction, tried, Decision.REFUSED, Reason.UNKNOWN_GRANT, {}
        ).seq
        count_repeat(transaction, tried, Reason.UNKNOWN_GRANT)
        return seq

    seqs["refused"] = await ledger.write(refuse)
    return seqs


async def spoil(ledger: Ledger, statement: str) -> None:
    """Change the file without knowledge of its structure."""
    await ledger.read(lambda conn: plant(conn, statement))


def test_every_column_of_an_entry_is_checked() -> None:
    with closing(structure.in_memory()) as conn:
        assert {
            name
            for name in columns(conn, "entries")
            if name not in verification._ENTRIES.text
        } == set()


async def test_untouched_entries_match_their_records(
    ledger: Ledger, lived_in: dict[str, int]
) -> None:
    found = await verified(ledger)

    assert found.intact
    assert found.records > len(lived_in)


CHANGES = (
    "at = at + 1",
    "at = 'noon'",
    "courier_id = 'courier-9'",
    "courier_name = 'Slow Parcels'",
    "courier_name = CAST(x'ff' AS TEXT)",
    "grant_id = 'grant-9'",
    "door_id = 'door-9'",
    "door_name = 'Back door'",
    "decision = 'unheard of'",
    "decision = CAST(decision AS BLOB)",
    "context_id = CAST(context_id AS BLOB)",
    "reason = 'paused'",
    "outcome = 'unconfirmed'",
    "lock_confirmed = 5",
    "use_returned = NOT use_returned",
    "unlocked_until = 1",
    "completed_at = 1",
    "entry_id = 'another'",
)


@pytest.mark.parametrize(
    "entry_id", ["opened", "stopped", "gone", "cut off", "refused"]
)
async def test_changed_or_removed_entry_is_found(
    ledger: Ledger, lived_in: dict[str, int], entry_id: str
) -> None:
    await spoil(ledger, "CREATE TEMP TABLE kept AS SELECT * FROM entries")
    which = f"WHERE entry_id = '{entry_id}'"
    statements = [f"UPDATE entries SET {change} {which}" for change in CHANGES]
    if entry_id == "opened":
        statements.append(f"UPDATE entries SET decision = 'refused' {which}")
    for statement in (*statements, f"DELETE FROM entries {which}"):
        await spoil(ledger, statement)
        assert (await verified(ledger)).broken_at == lived_in[entry_id], statement
        await spoil(ledger, "DELETE FROM entries")
        await spoil(ledger, "INSERT INTO entries SELECT * FROM kept")
        assert (await verified(ledger)).intact


@pytest.mark.parametrize("kind", ["of another kind", "of none"])
async def test_entry_without_a_record_is_found(
    ledger: Ledger, lived_in: dict[str, int], path: Path, kind: str
) -> None:
    other = (await ledger.write(note)).seq + (kind == "of none")
    foreign = sqlite3.connect(path, isolation_level=None)
    foreign.execute(
        "INSERT INTO entries (entry_id, seq, at, courier_id, courier_name, grant_id, door_id,"
        " door_name, proof, decision, reason, use_returned, repeats, last_at) SELECT 'made up',"
        f" {other}, at, courier_id, courier_name, grant_id, door_id, door_name, proof, decision, reason,"
        " 0, 0, last_at FROM entries WHERE entry_id = 'opened'"
    )
    foreign.close()

    assert (await verified(ledger)).broken_at == other


async def test_broken_chain_is_reported_before_entries(
    ledger: Ledger, lived_in: dict[str, int]
) -> None:
    await spoil(
        ledger, "UPDATE entries SET reason = 'paused' WHERE entry_id = 'opened'"
    )
    await spoil(
        ledger, f"UPDATE records SET kind = 'other' WHERE seq = {lived_in['refused']}"
    )

    assert (await verified(ledger)).broken_at == lived_in["refused"]


@pytest.mark.parametrize(
    "entry_id", [5, ["opened"], None], ids=["number", "list", "nothing"]
)
async def test_forged_record_with_a_matching_hash_is_found(
    ledger: Ledger, entry_id: object
) -> None:
    body = canonical(
        {
            "at": "2026-11-24T12:00:00.000000+00:00",
            "entry_id": entry_id,
            "kind": "entry.admitted",
            "personal": {},
            "seq": 1,
        }
    )
    forged = "INSERT INTO records VALUES (1, :at, 'entry.admitted', :body, :hash)"
    plant(ledger.path, forged, at=NOON, body=body.decode(), hash=link(GENESIS, body))

    assert (await verified(ledger)).broken_at == 1


FIELDS: Mapping[str, str | None] = {
    "entry_id": "old",
    "courier": "courier-1",
    "courier_name": "Swift Parcels",
    "door": "door-1",
    "door_name": "Front door",
    "decision": "refused",
    "reason": "unknown_grant",
}


async def test_forged_record_that_the_table_refuses_is_found(ledger: Ledger) -> None:
    body = canonical(
        {
            **FIELDS,
            "at": "2026-11-24T12:00:00.000000+00:00",
            "entry_id": None,
            "kind": "entry.refused",
            "personal": {},
            "seq": 1,
        }
    )
    forged = "INSERT INTO records VALUES (1, :at, 'entry.refused', :body, :hash)"
    plant(ledger.path, forged, at=NOON, body=body.decode(), hash=link(GENESIS, body))

    assert (await verified(ledger)).broken_at == 1


@pytest.mark.parametrize(
    ("grant_id", "is_intact"), [("grant-1", True), (None, True), ("grant-9", False)]
)
async def test_grant_in_the_body_of_an_old_record_may_be_erased(
    ledger: Ledger, grant_id: str | None, is_intact: bool
) -> None:
    await ledger.write(
        lambda transaction: transaction.append(
            "entry.refused",
            NOON,
            {**FIELDS, "grant_id": "grant-1"},
            unrecorded={"grant_id": grant_id},
        )
    )
    assert (await verified(ledger)).intact is is_intact
