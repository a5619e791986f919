"""Bind current state to records: each record holds a sum over the deciding rows.

The ledger's own connection keeps the sum up to date. If anything else changes, inserts,
deletes, or restores a row, the sum no longer matches the newest record.
"""

import hashlib
from sqlite3 import Connection
from typing import Final

from . import chain, structure
from .sql import bytes_of

BOUND: Final = (
    # Rules, with the consent behind them.
    "rules",
    # Last known logins, and who is confirmed.
    "residences",
    # Revocations and uses, and the number that a driver may show.
    "grants",
    # Vetoes and withdrawals.
    "grant_units",
    "pauses",
    "passes",
    "address_codes",
    "orders",
    "answers",
    # What the building acts on of the configuration.
    "configured",
)
"""The tables whose rows are bound, with all columns.

Each has a salt, which keeps personal values from being guessed.
"""

NOTHING: Final = 0
"""The sum of no rows."""

_MODULUS: Final = 1 << 256
_FUNCTION: Final = "courier_access_bind"


class Sum:
    """The sum over all bound rows, kept up to date for one connection."""

    def __init__(self, connection: Connection) -> None:
        """Follow this connection with temporary triggers, which aren't in the file."""
        self.total = NOTHING
        connection.create_function(_FUNCTION, 2, self._add)
        # A temporary trigger must not need a file of its own.
        connection.execute("PRAGMA temp_store = MEMORY")
        for table in BOUND:
            added, taken = (
                f"SELECT {_FUNCTION}({sign}, {_row_sql(connection, table, f'{row}.')});"
                for sign, row in ((1, "NEW"), (-1, "OLD"))
            )
            for when, what in (
                ("INSERT", added),
                ("DELETE", taken),
                ("UPDATE", taken + added),
            ):
                connection.execute(
                    f"CREATE TEMP TRIGGER bind_{table}_{when.lower()}"
                    f" AFTER {when} ON main.{table} BEGIN {what} END"
                )

    def _add(self, sign: int, row: bytes) -> None:
        self.total = (self.total + sign * number(row)) % _MODULUS


def total(connection: Connection) -> int:
    """Return the sum over all bound rows of a file of this or an earlier version."""
    found = NOTHING
    for table in BOUND:
        if structure.columns(connection, table):
            query = f"SELECT {_row_sql(connection, table)} FROM main.{table}"
            found += sum(number(row) for (row,) in connection.execute(query))
    return found % _MODULUS


def fits(conn: Connection) -> bool:
    """Return whether the bound rows match the newest record."""
    newest = chain.head(conn)
    return total(conn) == (NOTHING if newest is None else newest.bound)


def _row_sql(connection: Connection, table: str, row: str = "") -> str:
    values = bytes_of(
        *(f"{row}{name}" for name in structure.columns(connection, table))
    )
    return f"CAST('{table} ' || {values} AS BLOB)"


def number(row: bytes) -> int:
    """Return what a row adds to the sum."""
    return int.from_bytes(hashlib.sha256(b"\x01" + row).digest())
