"""Store a few named values about the ledger itself."""

from sqlite3 import Connection
from typing import Final

from .sql import Command, Query

_READ: Final = Query("SELECT value FROM about WHERE name = :name", str)
_PUT: Final = Command("""
    INSERT INTO about (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
""")
_REMOVE: Final = Command("DELETE FROM about WHERE name = :name")


def read(conn: Connection, name: str) -> str | None:
    """Return the value of this name, if any."""
    return _READ.first(conn, name=name)


def put(conn: Connection, name: str, value: str) -> None:
    """Store a value under this name."""
    _PUT.run(conn, name=name, value=value)


def remove(conn: Connection, name: str) -> None:
    """Remove the value of this name, if any."""
    _REMOVE.run(conn, name=name)
