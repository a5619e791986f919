"""Verify that the entries shown to residents match their records (promise 5).

The chain protects the records, but people read the table of entries. The number and
time of repeated refusals are in no record and aren't checked.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import orjson
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Label,
    LargeBinary,
    RowMapping,
    and_,
    cast,
    func,
    or_,
    select,
    type_coerce,
)

from ..access.model import Decision, Proof
from . import binding, chain, migrations
from .chain import Verification
from .errors import Cause, LedgerUnavailable
from .tables import entries, is_typed, personal, records
from .verify_record import Witness

_FIRST: Final = ("entry.admitted", "entry.refused", "entry.observed")
_LATER: Final = (
    "entry.stopped",
    "entry.outcome",
    "entry.completed",
    "entry.late_unlock",
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def verify_ledger(conn: Connection) -> Verification:
    """Verify the chain, and that each entry matches its records."""
    found = chain.verify(conn)
    return found if not found.intact else replace(found, broken_at=first_mismatch(conn))


def first_mismatch(conn: Connection) -> int | None:
    """Return the first attempt whose entry is missing or doesn't match."""
    later: dict[object, dict[str, object]] = {}
    for row in conn.execute(
        select(records.c.kind, records.c.body)
        .where(records.c.kind.in_(_LATER))
        .order_by(records.c.seq)
    ):
        body = orjson.loads(row.body)
        later.setdefault(str(body.get("entry_id")), {}).update(_later(row.kind, body))
    for entry in conn.execute(_ENTRIES).mappings():
        if not _matches(entry, later):
            return int(entry["seq"])
    return None


def _matches(entry: RowMapping, later: Mapping[object, Mapping[str, object]]) -> bool:
    if entry["kind"] not in _FIRST or not entry["is_typed"]:
        return False
    body = orjson.loads(entry["body"])
    expected = {**_at_first(body), **later.get(str(body.get("entry_id")), {})}
    try:
        return _has_its_grant(entry, body) and all(
            entry[f"entry_{name}"] == _as_kept(name, value)
            for name, value in expected.items()
        )
    except AttributeError, TypeError, ValueError:
        return False  # not our record: its hash was made to match


def _has_its_grant(entry: RowMapping, body: Mapping[str, Any]) -> bool:
    """Return whether an entry names the grant of its record.

    Before it was a personal field, the ID was part of the record's body.
    """
    if "grant_id" in body:
        return entry["entry_grant_id"] in (None, body["grant_id"].encode())
    return bool(entry["entry_grant_id"] == entry["recorded_grant_id"])


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
        return (datetime.fromisoformat(value) - _EPOCH) // timedelta(microseconds=1)
    return int(value) if name in _NUMBERS else value.encode()


_INSTANTS: Final = ("at", "unlocked_until", "completed_at")
_NUMBERS: Final = (*_INSTANTS, "lock_confirmed", "use_returned")
_TEXTS: Final = (
    "entry_id",
    "courier_id",
    "courier_name",
    "grant_id",
    "door_id",
    "door_name",
    "proof",
    "decision",
    "reason",
    "outcome",
)


def _raw(name: str) -> Label[Any]:
    # SQLite stores any type in any column. These forms can always be compared.
    column: Column[Any] = entries.c[name]
    read = (
        type_coerce(column, BigInteger)
        if name in _NUMBERS
        else cast(column, LargeBinary)
    )
    return read.label(f"entry_{name}")


_ENTRIES: Final = (
    select(
        records.c.kind,
        records.c.body,
        func.coalesce(entries.c.seq, records.c.seq).label("seq"),
        *map(_raw, (*_NUMBERS, *_TEXTS)),
        cast(personal.c.value, LargeBinary).label("recorded_grant_id"),
        is_typed(entries).label("is_typed"),
    )
    .join_from(records, entries, entries.c.seq == records.c.seq, full=True)
    .outerjoin(
        personal, and_(personal.c.seq == records.c.seq, personal.c.field == "grant_id")
    )
    .where(or_(records.c.kind.in_(_FIRST), entries.c.entry_id.is_not(None)))
    .order_by("seq")
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


def is_consistent(conn: Connection) -> bool:
    """Return whether SQLite finds that all tables and indexes fit each other."""
    checked = conn.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    return bool(checked == "ok")


def _status(conn: Connection, found: Verification, witness: Witness) -> RecordStatus:
    kept: bytes | None = conn.execute(
        select(cast(records.c.hash, LargeBinary)).where(records.c.seq == witness.record)
    ).scalar_one_or_none()
    if kept is None:
        return RecordStatus.MISSING
    if not kept.hex().startswith(witness.hash):
        return RecordStatus.ANOTHER
    is_whole = found.broken_at is None or witness.record < found.broken_at
    return RecordStatus.UNCHANGED if is_whole else RecordStatus.ALTERED
