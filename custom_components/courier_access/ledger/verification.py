"""Verify the records, and that the entries shown to residents match them (promise 5).

The chain protects the records, but people read the table of entries. So a check applies
all records to an empty table, as they once changed that of the file, and compares both.
The number and time of repeated refusals are in no record and aren't checked. Both begin
after the newest seal.
"""

from collections.abc import Collection, Mapping
from contextlib import closing
from copy import replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from itertools import zip_longest
import sqlite3
from sqlite3 import Connection
from typing import Any, Final, NamedTuple

from . import chain, migrations, seals, structure
from .chain import EFFECTS, GENESIS, Verification, apply_record
from .errors import Cause, LedgerUnavailable
from .sql import Query, Storable, bytes_of, of_type
from .verify_record import Witness


def verify_ledger(conn: Connection) -> Verification:
    """Verify the chain, and that each entry matches its records.

    It needs no clock: one that is behind is no reason to set a ledger aside.
    """
    found, mismatch = _verify(conn, None)
    return found if mismatch is None else replace(found, broken_at=mismatch)


_AS_RECORDED: Final = bytes_of(
    "entry_id",
    "at",
    "courier_id",
    "courier_name",
    "grant_id",
    "door_id",
    "door_name",
    "proof",
    "decision",
    "reason",
    "outcome",
    "lock_confirmed",
    "unlocked_until",
    "completed_at",
    "use_returned",
)
_ENTRIES: Final = Query(
    f"""
    SELECT seq, {_AS_RECORDED}, {of_type("integer", "last_at", "repeats", "relock_by")}
        AND {of_type("text", "context_id", "pass_id")}
    FROM entries ORDER BY seq
    """,
    tuple[int, str, bool],
)


def _verify(conn: Connection, now: datetime | None) -> tuple[Verification, int | None]:
    """Verify the chain, and find the first entry that isn't as its records say."""
    try:
        seal = seals.newest_seal(conn, now)
    except seals.BadSeal:
        first = _FIRST.one(conn)
        return Verification(first - 1, GENESIS, first, sealed=first - 1), None
    last = (0, GENESIS) if seal is None else (seal.last.number, seal.last.hash)
    with closing(structure.in_memory()) as recorded:
        found = chain.verify(conn, partial(_apply, conn, recorded, seal), *last)
        if found.intact:
            both = zip_longest(_ENTRIES.each(conn), _ENTRIES.each(recorded))
            for kept, expected in both:
                if kept != expected:
                    return found, min(row[0] for row in (kept, expected) if row)
        return found, None


_FIRST: Final = Query("SELECT min(seq) FROM records", int)
_IS_GRANT_ERASED: Final = Query(
    "SELECT EXISTS (SELECT * FROM entries WHERE seq = :seq AND grant_id IS NULL)", bool
)


def _apply(
    conn: Connection,
    to: Connection,
    seal: seals.Seal | None,
    body: Mapping[str, Any],
    at: int,
    personal: Mapping[bytes, bytes],
) -> None:
    """Apply a record to an empty table. Raise ValueError if it can't be ours."""
    seals.check_later(seal, body, at)
    if body["kind"] not in EFFECTS:
        return
    more: dict[str, Storable] = {"personal": None}
    if until := body.get("unlocked_until"):
        more["unlocked_until"] = datetime.fromisoformat(until)
    if (grant_id := personal.get(b"grant_id")) is not None:
        more["grant_id"] = grant_id.decode()
    elif "grant_id" in body and _IS_GRANT_ERASED.one(conn, seq=body["seq"]):
        # Before it was a personal field, the ID was part of the body.
        more["grant_id"] = None
    try:
        apply_record(to, body["kind"], body["seq"], at, body, more)
    except sqlite3.Error as err:
        raise ValueError from err  # its hash was made to match


class RecordStatus(StrEnum):
    """What verification found about the record of a notification.

    UNCHANGED includes all records before it. ALTERED: the record or one before it no
    longer matches its hash. ANOTHER: the record was replaced. MISSING: it was left out
    or cut off. OLDER: the log no longer goes back to it.
    """

    UNCHANGED = "unchanged"
    ALTERED = "altered"
    ANOTHER = "another"
    MISSING = "missing"
    OLDER = "older"


class Checked(NamedTuple):
    """The result of verifying the ledger and individual records."""

    found: Verification
    standing: Mapping[Witness, RecordStatus]


def check_codes(
    conn: Connection, witnesses: Collection[Witness], now: datetime
) -> Checked:
    """Verify the ledger, and the record of each verification code.

    Raise LedgerUnavailable if the file is damaged, for example if an index lacks a row.
    """
    found, mismatch = _verify(conn, now)
    standing = {witness: _status(conn, found, witness) for witness in witnesses}
    if mismatch is not None:
        found = replace(found, broken_at=mismatch)
    is_as_recorded = chain.state_fits(conn) and migrations.has_present_structure(conn)
    if not is_as_recorded or (found.sealed and seals.lacks_consent(conn)):
        broken_at = found.records if found.intact else found.broken_at
        found = replace(found, broken_at=broken_at, state_differs=True)
    elif not is_consistent(conn):
        raise LedgerUnavailable("the file is damaged", Cause.DAMAGED)
    return Checked(found, standing)


_CHECKED: Final = Query("PRAGMA integrity_check(1)", str)


def is_consistent(conn: Connection) -> bool:
    """Return whether SQLite finds that all tables and indexes fit each other."""
    return _CHECKED.one(conn) == "ok"


def _status(conn: Connection, found: Verification, witness: Witness) -> RecordStatus:
    if 0 < witness.record <= found.sealed:
        return _status_of_sealed(conn, found, witness)
    kept = chain.RECORD_HASH.first(conn, seq=witness.record)
    if kept is None:
        return RecordStatus.MISSING
    if not kept.hex().startswith(witness.hash):
        return RecordStatus.ANOTHER
    is_whole = found.broken_at is None or witness.record < found.broken_at
    return RecordStatus.UNCHANGED if is_whole else RecordStatus.ALTERED


def _status_of_sealed(
    conn: Connection, found: Verification, witness: Witness
) -> RecordStatus:
    if not found.intact:
        return RecordStatus.ALTERED  # The seal may be, too.
    hashed = seals.original_hash(conn, witness.record)
    if hashed is None:
        return RecordStatus.OLDER
    is_same = hashed.startswith(witness.hash)
    return RecordStatus.UNCHANGED if is_same else RecordStatus.ANOTHER
