"""Export the log for a resident, to be verified anywhere (promise 5).

All records as hashed, with commitments for personal values; plus values and salts of
records that the reader was notified of as a recipient, and of their own decisions.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from sqlalchemy import Column, Connection, Label, LargeBinary, and_, cast, or_, select

from ..tables import fanouts, lived_here, notifications, personal, records

_OF_UNITS: Final = ("units", "unit_labels")
_OF_RECIPIENTS: Final = (*_OF_UNITS, "grant_id", "parcel_ref", "driver_ref", "order")


@dataclass(frozen=True, slots=True)
class Opened:
    """A personal value and the salt of its commitment."""

    value: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class ExportedRecord:
    """A record with the personal values that the reader may know."""

    seq: int
    hash: bytes
    body: str
    opened: Mapping[str, Opened] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """Consecutive records, with the number and hash of the newest one."""

    records: tuple[ExportedRecord, ...]
    head_seq: int
    head: bytes


def page(
    conn: Connection,
    after: int,
    limit: int,
    readers: Collection[str],
    units: Collection[str],
) -> Page:
    """Return a page of records after a number for these residents of these units.

    A value that names units is opened only if all of them are the readers' own.
    """
    rows = conn.execute(
        select(records.c.seq, _raw(records.c.body), _raw(records.c.hash))
        .where(records.c.seq > after)
        .order_by(records.c.seq)
        .limit(limit)
    ).all()
    opened = _opened(conn, rows[0].seq, rows[-1].seq, readers, units) if rows else {}
    newest = conn.execute(
        select(records.c.seq, _raw(records.c.hash))
        .order_by(records.c.seq.desc())
        .limit(1)
    ).one_or_none()
    return Page(
        records=tuple(
            ExportedRecord(row.seq, row.hash, _text(row.body), opened.get(row.seq, {}))
            for row in rows
        ),
        head_seq=0 if newest is None else newest.seq,
        head=b"" if newest is None else newest.hash,
    )


def _opened(
    conn: Connection,
    first: int,
    last: int,
    readers: Collection[str],
    units: Collection[str],
) -> dict[int, dict[str, Opened]]:
    # Filter by this page, so its cost doesn't grow with the log.
    notified = (
        select(fanouts.c.seq)
        .join(notifications, notifications.c.fanout_id == fanouts.c.id)
        .where(
            fanouts.c.seq.between(first, last),
            notifications.c.recipient,
            notifications.c.resident_id.in_(list(readers)),
            lived_here(notifications.c.resident_id, fanouts.c.seq),
        )
    )
    decisions = personal.alias()
    decided = select(decisions.c.seq).where(
        decisions.c.seq.between(first, last),
        decisions.c.field == "resident",
        decisions.c.value.in_(list(readers)),
        lived_here(decisions.c.value, decisions.c.seq),
    )
    rows = conn.execute(
        select(
            personal.c.seq,
            personal.c.field,
            _raw(personal.c.value),
            _raw(personal.c.salt),
        )
        .where(personal.c.seq.between(first, last))
        .where(
            or_(
                and_(
                    personal.c.seq.in_(notified), personal.c.field.in_(_OF_RECIPIENTS)
                ),
                personal.c.seq.in_(decided),
            )
        )
        .order_by(personal.c.field)
    )
    opened: dict[int, dict[str, Opened]] = {}
    for row in rows:
        if row.field not in _OF_UNITS or _are_own(row.value, units):
            opened.setdefault(row.seq, {})[row.field] = Opened(
                _text(row.value), row.salt
            )
    return opened


def _are_own(named: bytes, units: Collection[str]) -> bool:
    try:
        return set(orjson.loads(named)) <= set(units)
    except TypeError, ValueError:
        return False  # not as it was written


def _text(raw: bytes) -> str:
    # Show invalid text; it won't match its hash.
    return raw.decode(errors="replace")


def _raw(column: Column[Any]) -> Label[bytes]:
    # SQLite stores any type in any column.
    return cast(column, LargeBinary).label(column.name)
