"""Whether what residents read of entries is what the records say (promise 5).

The chain guards the records; people read the table of entries, which was written along with them. How often a
refusal was repeated, and when last, stands in no record and is not looked at.
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

from ..access.model import Decision
from . import binding, chain
from .chain import Verification
from .tables import entries, personal, records
from .verify_record import Witness

_FIRST: Final = ("entry.admitted", "entry.refused")
_LATER: Final = (
    "entry.stopped",
    "entry.outcome",
    "entry.completed",
    "entry.late_unlock",
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def verify_ledger(conn: Connection) -> Verification:
    """Check the whole chain, and that each entry reads as its records say."""
    found = chain.verify(conn)
    return found if not found.intact else replace(found, broken_at=first_mismatch(conn))


def first_mismatch(conn: Connection) -> int | None:
    """Return the first record of an attempt whose entry is missing or reads otherwise."""
    later: dict[object, dict[str, object]] = {}
    for row in conn.execute(
        select(records.c.kind, records.c.body)
        .where(records.c.kind.in_(_LATER))
        .order_by(records.c.seq)
    ):
        body = orjson.loads(row.body)
        later.setdefault(str(body.get("entry_id")), {}).update(_later(row.kind, body))
    for entry in conn.execute(_ENTRIES).mappings():
        if not _reads(entry, later):
            return int(entry["seq"])
    return None


def _reads(entry: RowMapping, later: Mapping[object, Mapping[str, object]]) -> bool:
    if entry["kind"] not in _FIRST:
        return False
    body = orjson.loads(entry["body"])
    said = {**_at_first(body), **later.get(str(body.get("entry_id")), {})}
    try:
        return entry["entry_grant_id"] == entry["recorded_grant_id"] and all(
            entry[f"entry_{name}"] == _as_kept(name, value)
            for name, value in said.items()
        )
    except AttributeError, TypeError, ValueError:
        return False  # no record of ours: its hash was made to fit


def _at_first(body: Mapping[str, object]) -> dict[str, object]:
    """Return how an entry read when its attempt was recorded."""
    return {
        "entry_id": body.get("entry_id"),
        "at": body.get("at"),
        "courier_id": body.get("courier"),
        "courier_name": body.get("courier_name"),
        "door_id": body.get("door"),
        "door_name": body.get("door_name"),
        "decision": body.get("decision"),
        "reason": body.get("reason"),
        "outcome": None,
        "lock_confirmed": None,
        "unlocked_until": None,
        "completed_at": None,
        "use_returned": False,
    }


def _later(kind: str, body: Mapping[str, object]) -> dict[str, object]:
    """Return what a later record of an entry changed in how it reads."""
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
    "decision",
    "reason",
    "outcome",
)


def _raw(name: str) -> Label[Any]:
    # SQLite keeps any type in any column: so read, whatever was put there can be compared.
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
    )
    .join_from(records, entries, entries.c.seq == records.c.seq, full=True)
    .outerjoin(
        personal, and_(personal.c.seq == records.c.seq, personal.c.field == "grant_id")
    )
    .where(or_(records.c.kind.in_(_FIRST), entries.c.entry_id.is_not(None)))
    .order_by("seq")
)


class RecordStatus(StrEnum):
    """What became of the record that a notice was of.

    UNCHANGED also says that nothing before it was changed. ALTERED: its text, or a record before it, is no longer
    what its hash was made of. ANOTHER: it was replaced, or one before it. MISSING: it was left out, or cut off.
    """

    UNCHANGED = "unchanged"
    ALTERED = "altered"
    ANOTHER = "another"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the whole record found, and what became of each record that a notice was of."""

    found: Verification
    standing: Mapping[Witness, RecordStatus]


def check_codes(conn: Connection, witnesses: Collection[Witness]) -> Checked:
    """Check the whole chain, that entries and state are as it says, and that these records are in it."""
    found = chain.verify(conn)
    standing = {witness: _standing(conn, found, witness) for witness in witnesses}
    if found.intact:
        found = replace(found, broken_at=first_mismatch(conn))
    if found.intact and not binding.fits(conn):
        found = replace(found, broken_at=found.records, state_differs=True)
    return Checked(found, standing)


def _standing(conn: Connection, found: Verification, witness: Witness) -> RecordStatus:
    kept: bytes | None = conn.execute(
        select(cast(records.c.hash, LargeBinary)).where(records.c.seq == witness.record)
    ).scalar_one_or_none()
    if kept is None:
        return RecordStatus.MISSING
    if not kept.hex().startswith(witness.hash):
        return RecordStatus.ANOTHER
    is_whole = found.broken_at is None or witness.record < found.broken_at
    return RecordStatus.UNCHANGED if is_whole else RecordStatus.ALTERED
