"""Verify that the entries shown to residents match their records (promise 5).

The chain protects the records, but people read the table of entries. The number and
time of repeated refusals are in no record and aren't checked.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from sqlite3 import Connection
from typing import Any, Final, NamedTuple

import orjson

from ..access.model import Decision, Proof
from . import binding, chain, migrations
from .chain import Verification
from .errors import Cause, LedgerUnavailable
from .sql import Query, listed, microseconds, of_type
from .verify_record import Witness

_FIRST: Final = ("entry.admitted", "entry.refused", "entry.observed")
_LATER: Final = (
    "entry.stopped",
    "entry.outcome",
    "entry.completed",
    "entry.late_unlock",
)
_CHANGES: Final = Query(
    f"SELECT kind, body FROM records WHERE kind IN {listed(_LATER)} ORDER BY seq",
    tuple[str, str],
)


def verify_ledger(conn: Connection) -> Verification:
    """Verify the chain, and that each entry matches its records."""
    found = chain.verify(conn)
    return found if not found.intact else replace(found, broken_at=first_mismatch(conn))


def first_mismatch(conn: Connection) -> int | None:
    """Return the first attempt whose entry is missing or doesn't match."""
    later: dict[object, dict[str, object]] = {}
    for kind, written in _CHANGES.each(conn):
        body = orjson.loads(written)
        later.setdefault(str(body.get("entry_id")), {}).update(_later(kind, body))
    for entry in _ENTRIES.each(conn):
        if not _matches(entry, later):
            return entry.seq
    return None


def _matches(entry: _Entry, later: Mapping[object, Mapping[str, object]]) -> bool:
    if entry.kind not in _FIRST or entry.body is None or not entry.is_typed:
        return False
    body = orjson.loads(entry.body)
    expected = {**_at_first(body), **later.get(str(body.get("entry_id")), {})}
    try:
        return _has_its_grant(entry, body) and all(
            getattr(entry, name) == _as_kept(name, value)
            for name, value in expected.items()
        )
    except AttributeError, TypeError, ValueError:
        return False  # not our record: its hash was made to match


def _has_its_grant(entry: _Entry, body: Mapping[str, Any]) -> bool:
    """Return whether an entry names the grant of its record.

    Before it was a personal field, the ID was part of the record's body.
    """
    if "grant_id" in body:
        return entry.grant_id in (None, body["grant_id"].encode())
    return entry.grant_id == entry.recorded_grant_id


def _at_first(body: Mapping[str, object]) -> dict[str, object]:
    """Return an entry as its first record describes it."""
    return {
        "entry_id": body.get("entry_id"),
        "at": body.get("at"),
        "courier_id": body.get("courier"),
        "courier_name": body.get("courier_name"),
        "door_id": body.get("door"),
        "door_name": body.get("door_name"),
        # The first ones were all signed, and didn't say so.
        "proof": body.get("proof", Proof.SIGNED),
        "decision": body.get("decision"),
        "reason": body.get("reason"),
        "outcome": None,
        "lock_confirmed": None,
        "unlocked_until": None,
        "completed_at": None,
        "use_returned": False,
    }


def _later(kind: str, body: Mapping[str, object]) -> dict[str, object]:
    """Return the changes that a later record makes to an entry."""
    match kind:
        case "entry.outcome":
            names = ("outcome", "lock_confirmed", "unlocked_until", "use_returned")
            return {name: body.get(name) for name in names}
        case "entry.stopped":
            stopped = {
                "decision": Decision.REFUSED,
                "completed_at": body.get("at"),
                "use_returned": True,
            }
            return (
                stopped
                if body.get("reason") is None
                else stopped | {"reason": body["reason"]}
            )
        case "entry.late_unlock":
            return {"use_returned": False}
        case _:
            return {"completed_at": body.get("at")}


def _as_kept(name: str, value: Any) -> object:
    if value is None:
        return None
    if name in _INSTANTS:
        return microseconds(datetime.fromisoformat(value))
    return int(value) if name in _NUMBERS else value.encode()


_INSTANTS: Final = ("at", "unlocked_until", "completed_at")
_NUMBERS: Final = (*_INSTANTS, "lock_confirmed", "use_returned")


class _Entry(NamedTuple):
    """An entry as it is kept, and its record, if there are both.

    SQLite stores any type in any column. These forms can always be compared.
    """

    kind: str | None
    body: str | None
    seq: int
    at: int | None
    unlocked_until: int | None
    completed_at: int | None
    lock_confirmed: int | None
    use_returned: int | None
    entry_id: bytes | None
    courier_id: bytes | None
    courier_name: bytes | None
    grant_id: bytes | None
    door_id: bytes | None
    door_name: bytes | None
    proof: bytes | None
    decision: bytes | None
    reason: bytes | None
    outcome: bytes | None
    recorded_grant_id: bytes | None
    is_typed: bool


_ENTRIES: Final = Query(
    f"""
    SELECT r.kind, r.body, coalesce(e.seq, r.seq) AS seq, e.at, e.unlocked_until,
        e.completed_at, e.lock_confirmed, e.use_returned,
        CAST(e.entry_id AS BLOB) AS entry_id, CAST(e.courier_id AS BLOB) AS courier_id,
        CAST(e.courier_name AS BLOB) AS courier_name,
        CAST(e.grant_id AS BLOB) AS grant_id, CAST(e.door_id AS BLOB) AS door_id,
        CAST(e.door_name AS BLOB) AS door_name, CAST(e.proof AS BLOB) AS proof,
        CAST(e.decision AS BLOB) AS decision, CAST(e.reason AS BLOB) AS reason,
        CAST(e.outcome AS BLOB) AS outcome,
        CAST(p.value AS BLOB) AS recorded_grant_id,
        {of_type("integer", "e.seq", "e.at", "e.last_at", "e.repeats", "e.relock_by")}
        AND {of_type("integer", "e.unlocked_until", "e.completed_at")}
        AND {of_type("integer", "e.lock_confirmed", "e.use_returned")}
        AND {of_type("text", "e.entry_id", "e.courier_id", "e.courier_name")}
        AND {of_type("text", "e.grant_id", "e.door_id", "e.door_name", "e.proof")}
        AND {of_type("text", "e.decision", "e.reason", "e.outcome", "e.context_id")}
        AND {of_type("text", "e.pass_id")} AS is_typed
    FROM records r FULL JOIN entries e ON e.seq = r.seq
    LEFT JOIN personal p ON p.seq = r.seq AND p.field = 'grant_id'
    WHERE r.kind IN {listed(_FIRST)} OR e.entry_id IS NOT NULL
    ORDER BY seq
    """,
    _Entry,
)


class RecordStatus(StrEnum):
    """What verification found about the record of a notification.

    UNCHANGED includes all records before it. ALTERED: the record or one before it no
    longer matches its hash. ANOTHER: the record was replaced. MISSING: it was left out
    or cut off.
    """

    UNCHANGED = "unchanged"
    ALTERED = "altered"
    ANOTHER = "another"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of verifying the ledger and individual records."""

    found: Verification
    standing: Mapping[Witness, RecordStatus]


def check_codes(conn: Connection, witnesses: Collection[Witness]) -> Checked:
    """Verify the ledger, and the record of each verification code.

    Raise LedgerUnavailable if the file is damaged, for example if an index lacks a row.
    """
    found = chain.verify(conn)
    standing = {witness: _status(conn, found, witness) for witness in witnesses}
    if found.intact:
        found = replace(found, broken_at=first_mismatch(conn))
    if not (binding.fits(conn) and migrations.has_present_structure(conn)):
        broken_at = found.records if found.intact else found.broken_at
        found = replace(found, broken_at=broken_at, state_differs=True)
    elif not is_consistent(conn):
        raise LedgerUnavailable("the file is damaged", Cause.DAMAGED)
    return Checked(found, standing)


_CHECKED: Final = Query("PRAGMA integrity_check(1)", str)
_HASH: Final = Query("SELECT CAST(hash AS BLOB) FROM records WHERE seq = :seq", bytes)


def is_consistent(conn: Connection) -> bool:
    """Return whether SQLite finds that all tables and indexes fit each other."""
    return _CHECKED.one(conn) == "ok"


def _status(conn: Connection, found: Verification, witness: Witness) -> RecordStatus:
    kept = _HASH.first(conn, seq=witness.record)
    if kept is None:
        return RecordStatus.MISSING
    if not kept.hex().startswith(witness.hash):
        return RecordStatus.ANOTHER
    is_whole = found.broken_at is None or witness.record < found.broken_at
    return RecordStatus.UNCHANGED if is_whole else RecordStatus.ALTERED
