"""Export the log for a resident, to be verified anywhere (promise 5).

All records as hashed, with commitments for personal values; plus values and salts of
records that the reader was notified of as a recipient, and of their own decisions. A
record that is about a unit, and not about one resident, shows its unit, its pause, pass,
or answer, and which revision it vetoed, to its residents.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Final, NamedTuple

import orjson

from ...access.model import DETAILS
from ..chain import NEWEST_HASH
from ..queue import lived_here
from ..seals import original_seq, sealed_up_to
from ..sql import Query, listed

_OF_UNITS: Final = ("units", "unit_labels")
_OF_HOME: Final = ("unit", "pause", "until", "pass", "ask", "answer", "revision")
_OF_RECIPIENTS: Final = (*_OF_UNITS, "grant_id", *DETAILS, "terms", "order")


class Opened(NamedTuple):
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


class Page(NamedTuple):
    """Consecutive records, with the number and hash of the newest one.

    The records up to `sealed` are no longer there.
    """

    records: tuple[ExportedRecord, ...]
    head_seq: int
    head: bytes
    sealed: int


# SQLite stores any type in any column: what is in it is read as bytes.
_RECORDS: Final = Query(
    """
    SELECT seq, CAST(hash AS BLOB), CAST(body AS BLOB) FROM records
    WHERE seq > :after ORDER BY seq LIMIT :limit
    """,
    tuple[int, bytes, bytes],
)


def page(
    conn: Connection,
    after: int,
    limit: int,
    readers: Collection[str],
    units: Collection[str],
    user_id: str | None = None,
) -> Page:
    """Return a page of records after a number for these residents of these units.

    A value that names units is opened only if all of them are the readers' own. The
    user reads which records name them as who decided.
    """
    found = _RECORDS.all(conn, after=after, limit=limit)
    deciders = [*readers] if user_id is None else [user_id, *readers]
    opened = (
        _opened(conn, (found[0][0], found[-1][0]), readers, units, deciders)
        if found
        else {}
    )
    head_seq, head = NEWEST_HASH.first(conn) or (0, b"")
    return Page(
        tuple(
            ExportedRecord(seq, digest, _text(body), opened.get(seq, {}))
            for seq, digest, body in found
        ),
        head_seq,
        head,
        sealed_up_to(conn),
    )


# The join begins with the page, so that the cost doesn't grow with the log.
_READABLE: Final = Query(
    f"""
    SELECT seq, field, CAST(value AS BLOB), CAST(salt AS BLOB) FROM personal
    WHERE seq BETWEEN :first AND :last AND (
        field IN {listed(_OF_RECIPIENTS)} AND seq IN (
            SELECT fanouts.seq FROM fanouts
            CROSS JOIN notifications ON notifications.fanout_id = fanouts.id
            WHERE fanouts.seq BETWEEN :first AND :last AND recipient
                AND notifications.resident_id IN (SELECT value FROM json_each(:readers))
                AND {lived_here("notifications.resident_id", "fanouts.seq")}
        )
        OR seq IN (
            SELECT seq FROM personal AS decisions
            WHERE seq BETWEEN :first AND :last AND field = 'resident'
                AND value IN (SELECT value FROM json_each(:readers))
                AND {lived_here("decisions.value", original_seq("decisions.seq"))}
        )
        OR field IN {listed(_OF_HOME)} AND EXISTS (
                SELECT * FROM personal AS homes
                CROSS JOIN residences ON residences.unit = homes.value
                WHERE homes.seq = personal.seq AND homes.field = 'unit'
                    AND homes.value IN (SELECT value FROM json_each(:units))
                    AND resident_id IN (SELECT value FROM json_each(:readers))
                    AND since_seq <= {original_seq("personal.seq")}
            )
            AND NOT EXISTS (
                SELECT * FROM personal AS others
                WHERE others.seq = personal.seq AND others.field = 'resident'
            )
        OR field = 'decided_by' AND value IN (SELECT value FROM json_each(:deciders))
            AND {lived_here("personal.value", original_seq("personal.seq"))}
    )
    ORDER BY field
    """,
    tuple[int, str, bytes, bytes],
)


def _opened(
    conn: Connection,
    of_page: tuple[int, int],
    readers: Collection[str],
    units: Collection[str],
    deciders: Collection[str],
) -> dict[int, dict[str, Opened]]:
    opened: dict[int, dict[str, Opened]] = {}
    first, last = of_page
    for seq, name, value, salt in _READABLE.each(
        conn, first=first, last=last, readers=readers, units=units, deciders=deciders
    ):
        if name not in _OF_UNITS or _are_own(value, units):
            opened.setdefault(seq, {})[name] = Opened(_text(value), salt)
    return opened


def _are_own(named: bytes, units: Collection[str]) -> bool:
    try:
        return set(orjson.loads(named)) <= set(units)
    except TypeError, ValueError:
        return False  # not as it was written


def _text(raw: bytes) -> str:
    # Show invalid text; it won't match its hash.
    return raw.decode(errors="replace")
