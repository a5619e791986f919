"""Read files of version 1, whose tables changed without a new number until its end.

Its sum bound some columns only, and read a text up to its first NUL.
"""

from collections.abc import Iterator, Mapping
import hashlib
from itertools import product
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final

import orjson

from .sql import columns
from .structure import Fill, objects

NEXT: Final = 2
"""The version after it."""

_TABLES: Final = frozenset(
    {
        "about",
        "address_codes",
        "answers",
        "asks",
        "code_tries",
        "couriers",
        "entries",
        "evidence",
        "fanouts",
        "grant_units",
        "grants",
        "links",
        "notices",
        "notifications",
        "orders",
        "passes",
        "pauses",
        "personal",
        "records",
        "relocks",
        "replies",
        "residences",
        "resident_sets",
        "rules",
        "sqlite_sequence",
    }
)
_GRANTS: Final = (
    "courier_id grant_id revision state door_id starts_at ends_at max_entries uses"
    " returned"
)
_PASSES: Final = "pass_id courier_id grant_id pin short_code link is_used is_revoked"
_BOUND: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "residences": (
            "resident_id unit counts",
            "resident_id unit is_confirmed",
            "resident_id unit person user_id login is_confirmed",
        ),
        "grants": (_GRANTS, f"{_GRANTS} parcel_ref"),
        "grant_units": ("courier_id grant_id unit part",),
        "pauses": ("id unit until ended_at",),
        "passes": (
            _PASSES,
            f"{_PASSES} resident_id",
            f"{_PASSES} resident_id entry_id",
        ),
        "address_codes": ("unit resident_id code",),
        "answers": ("ask_id unit resident_id answer at entry_id",),
    }
)
"""The columns that were bound at one time or another; all of rules and orders were."""

_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "INTEGER": "integer",
        "BIGINT": "integer",
        "BOOLEAN": "integer",
        "VARCHAR": "text",
        "TEXT": "text",
        "JSON": "text",
        "BLOB": "blob",
    }
)
_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "owed": "pending",
        "handed_over": "sent",
        "confirmed": "delivered",
        "failed": "undeliverable",
    }
)
_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "resident_counted": "resident_confirmed",
        "ledger_begun_anew": "ledger_recreated",
        "entry_carried_over": "ledger_recreated",
    }
)
_FILL: Final[Fill] = MappingProxyType(
    {
        ("asks", "proof"): "'signed'",
        # Nothing but signed messages could ask for an entry before there were proofs.
        ("entries", "proof"): "'signed'",
        ("notifications", "sent_at"): "handed_over_at",
        ("notifications", "delivered_at"): "confirmed_at",
        ("residences", "is_confirmed"): "counts",
        ("residences", "login"): "iif(user_id IS NULL, 'none', 'linked')",
        ("rules", "default_proof"): "'pass'",
        ("rules", "proofs"): "'{}'",
    }
)


def convert(conn: Connection) -> Fill:
    """Convert values to those of version 2, and return what the new columns have."""
    if columns(conn, "notices"):
        conn.execute("ALTER TABLE notices RENAME TO notifications")
    _rename(conn, "notifications", "state", _STATES)
    _rename(conn, "fanouts", "kind", _KINDS)
    conn.execute(
        "INSERT OR REPLACE INTO about SELECT 'recreated', json_object("
        "'loss', value ->> 'loss', 'file', value ->> 'file',"
        " 'is_announced', json(iif(value ->> 'is_told', 'true', 'false')),"
        " 'is_seen', json(iif(value ->> 'is_seen', 'true', 'false')))"
        " FROM about WHERE name = 'begun_anew'"
    )
    conn.execute("DELETE FROM about WHERE name = 'begun_anew'")
    if "entry_id" in columns(conn, "passes"):
        conn.execute("ALTER TABLE entries ADD COLUMN pass_id VARCHAR")
        conn.execute(
            "UPDATE entries SET pass_id = (SELECT pass_id FROM passes"
            " WHERE passes.entry_id = entries.entry_id)"
        )
    fill = dict(_FILL)
    if columns(conn, "relocks"):
        fill["entries", "relock_by"] = (
            "(SELECT deadline FROM relocks WHERE relocks.entry_id = entries.entry_id)"
        )
    return fill


def fits(conn: Connection) -> bool:
    """Return whether nothing was planted, and the bound rows match the newest record."""
    for kind, name in objects(conn):
        if kind in ("trigger", "view") or (kind == "table" and name not in _TABLES):
            return False
    bound = _newest_sum(conn)
    return bound is None or (bound in _sums(conn) and not _hides_something(conn))


def _newest_sum(conn: Connection) -> int | None:
    """Return the sum of the newest record; the first ones had none."""
    row = conn.execute(
        "SELECT CAST(body AS BLOB) FROM records ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return 0
    try:
        body = orjson.loads(row[0])
        return int(body["bound"], 16) if "bound" in body else None
    except TypeError, ValueError:
        return -1  # not our record, so it binds nothing


def _sums(conn: Connection) -> Iterator[int]:
    """Yield the sum over the bound rows for each set of columns that may be bound."""
    by_table = [
        [_sum(conn, table, bound) for bound in choices]
        for table, choices in _choices(conn)
    ]
    for sums in product(*by_table):
        yield sum(sums) % (1 << 256)


def _choices(conn: Connection) -> Iterator[tuple[str, list[list[str]]]]:
    for table in ("rules", "orders"):
        if bound := [name for name in columns(conn, table) if name != "salt"]:
            if table == "orders":
                bound.remove("seq")
            yield table, [bound]
    for table, choices in _BOUND.items():
        there = {"salt", *columns(conn, table)}
        if "salt" in columns(conn, table):
            lists = [choice.split() for choice in choices]
            yield table, [bound for bound in lists if there.issuperset(bound)]


def _sum(conn: Connection, table: str, bound: list[str]) -> int:
    values = " || ',' || ".join(f"quote({name})" for name in ("salt", *bound))
    rows = conn.execute(f"SELECT CAST('{table} ' || {values} AS BLOB) FROM {table}")
    return sum(
        int.from_bytes(hashlib.sha256(b"\x01" + row).digest()) for (row,) in rows
    )


def _hides_something(conn: Connection) -> bool:
    """Return whether a bound value has a NUL, after which the sum read nothing."""
    for table, choices in _choices(conn):
        types = dict(
            conn.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
        )
        for name in {name for bound in choices for name in bound}:
            kind = _TYPES[types[name].partition("(")[0]]
            if conn.execute(
                f"SELECT EXISTS (SELECT * FROM {table} WHERE {name} IS NOT NULL"
                f" AND (typeof({name}) <> '{kind}' OR (typeof({name}) = 'text'"
                f" AND instr(CAST({name} AS BLOB), x'00'))))"
            ).fetchone()[0]:
                return True
    return False


def _rename(
    conn: Connection, table: str, column: str, names: Mapping[str, str]
) -> None:
    for old, new in names.items():
        conn.execute(
            f"UPDATE {table} SET {column} = ? WHERE {column} = ?",
            (new, old),
        )
