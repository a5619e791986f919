"""Bind current state to records: each record holds a sum over the deciding rows.

The ledger's own connection keeps the sum up to date. If anything else changes, inserts,
deletes, or restores a row, the sum no longer matches the newest record.
"""

from collections.abc import Mapping
import hashlib
import sqlite3
from typing import Final

from sqlalchemy import Connection, Table

from . import chain
from .tables import (
    address_codes,
    answers,
    grant_units,
    grants,
    orders,
    passes,
    pauses,
    residences,
    rules,
)

BOUND: Final[Mapping[Table, tuple[str, ...]]] = {
    # Rules, with the consent behind them.
    rules: tuple(column.name for column in rules.c if column.name != "salt"),
    # Last known logins, and who is confirmed.
    residences: ("resident_id", "unit", "person", "user_id", "login", "is_confirmed"),
    # Revocations and uses, and the number that a driver may show.
    grants: (
        "courier_id",
        "grant_id",
        "revision",
        "state",
        "door_id",
        "starts_at",
        "ends_at",
        "max_entries",
        "uses",
        "returned",
        "parcel_ref",
    ),
    # Vetoes and withdrawals.
    grant_units: ("courier_id", "grant_id", "unit", "part"),
    pauses: ("id", "unit", "until", "ended_at"),
    passes: (
        "pass_id",
        "courier_id",
        "grant_id",
        "pin",
        "short_code",
        "link",
        "is_used",
        "is_revoked",
        "resident_id",
    ),
    address_codes: ("unit", "resident_id", "code"),
    orders: tuple(
        column.name for column in orders.c if column.name not in ("salt", "seq")
    ),
    answers: ("ask_id", "unit", "resident_id", "answer", "at", "entry_id"),
}
"""The bound columns by table. Salts keep personal values from being guessed."""

NOTHING: Final = 0
"""The sum of no rows."""

_MODULUS: Final = 1 << 256
_FUNCTION: Final = "courier_access_bind"


class Sum:
    """The sum over all bound rows, kept up to date for one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Follow this connection with temporary triggers, which aren't in the file."""
        self.total = NOTHING
        connection.create_function(_FUNCTION, 2, self._add)
        # A temporary trigger must not need a file of its own.
        connection.execute("PRAGMA temp_store = MEMORY")
        for table, columns in BOUND.items():
            added, taken = (
                f"SELECT {_FUNCTION}({sign}, {_row_sql(table, f'{row}.')});"
                for sign, row in ((1, "NEW"), (-1, "OLD"))
            )
            changed = ", ".join((*columns, "salt"))
            for when, what in (
                ("INSERT", added),
                ("DELETE", taken),
                (f"UPDATE OF {changed}", taken + added),
            ):
                connection.execute(
                    f"CREATE TEMP TRIGGER bind_{table.name}_{when[:6].lower()}"
                    f" AFTER {when} ON main.{table.name} BEGIN {what} END"
                )

    def _add(self, sign: int, row: bytes) -> None:
        self.total = (self.total + sign * _number(row)) % _MODULUS


def total(conn: Connection) -> int:
    """Return the sum over all bound rows as they are."""
    found = NOTHING
    for table in BOUND:
        query = f"SELECT {_row_sql(table)} FROM {table.name}"  # noqa: S608 - our own tables
        found += sum(_number(row) for row in conn.exec_driver_sql(query).scalars())
    return found % _MODULUS


def fits(conn: Connection) -> bool:
    """Return whether the bound rows match the newest record."""
    newest = chain.head(conn)
    return total(conn) == (NOTHING if newest is None else newest.bound)


def _row_sql(table: Table, row: str = "") -> str:
    # Quoted, to distinguish values of any type; as bytes, since text may be invalid.
    values = " || ',' || ".join(
        f"quote({row}{name})" for name in ("salt", *BOUND[table])
    )
    return f"CAST('{table.name} ' || {values} AS BLOB)"


def _number(row: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"\x01" + row).digest())
