"""Compare a file's structure with its version's, and rebuild what differs.

A planted trigger, view, index, or constraint could change what our statements do, for
example delete each fan-out. The definitions are compared as text, because no pragma
shows a collation or what a constraint does on a conflict.
"""

from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
import re
import sqlite3
from types import MappingProxyType
from typing import Final

from .sql import columns

_SCHEMAS: Final = Path(__file__).with_name("schemas")

SCHEMA_VERSION: Final = 7

type Objects = Mapping[tuple[str, str], str]
"""Definitions by type and name, with folded spaces.

Those of indexes that belong to a table's definition are in it.
"""

type Fill = Mapping[tuple[str, str], str]
"""By table and column, what an older row has in a new column, in SQL over that row."""

_SPACES: Final = re.compile(r"[ \t\n\f\r]+")
"""What separates words for SQLite; any other space is part of a name."""

_SEQUENCE: Final = ("table", "sqlite_sequence")
"""The table that SQLite makes for the first one with AUTOINCREMENT."""

_COUNTED: Final = "AUTOINCREMENT"


@cache
def schema(version: int) -> str:
    """Return the SQL that creates an empty ledger of this version.

    An earlier version's file has only what was otherwise than in the one after it.
    """
    versions = range(SCHEMA_VERSION, version - 1, -1)
    return "\n".join((_SCHEMAS / f"{each}.sql").read_text("utf-8") for each in versions)


def tables(version: int = SCHEMA_VERSION) -> list[str]:
    return [
        name
        for kind, name in _wanted(schema(version))
        if kind == "table" and (kind, name) != _SEQUENCE
    ]


def create(conn: sqlite3.Connection, sql: str) -> None:
    """Create the tables and indexes in an empty file, within a transaction."""
    lines = (line for line in sql.splitlines() if not line.startswith("--"))
    for statement in "\n".join(lines).split(";"):
        conn.execute(statement.strip())


def objects(conn: sqlite3.Connection) -> Objects:
    """Return what a file consists of."""
    # SQLite reads these columns as text, whatever their type, and ignores the case.
    query = (
        "SELECT lower(CAST(type AS TEXT)), CAST(name AS TEXT), CAST(sql AS TEXT)"
        " FROM sqlite_schema WHERE sql <> ''"
    )
    return {
        (kind, name): _SPACES.sub(" ", sql) for kind, name, sql in conn.execute(query)
    }


def differences(conn: sqlite3.Connection, sql: str) -> list[str]:
    """Return the names of all objects that are foreign, missing, or changed."""
    found, wanted = objects(conn), _wanted(sql)
    return sorted(
        {
            name
            for kind, name in found.keys() | wanted.keys()
            if found.get((kind, name)) != wanted.get((kind, name))
        }
    )


def is_whole(conn: sqlite3.Connection, tables: Iterable[str]) -> bool:
    """Return whether these tables, where they exist, and their indexes hold the same rows.

    An index that lacks a row, or has one of another table, hides it from our statements.
    """
    roots = "SELECT count(*) = count(DISTINCT rootpage) FROM sqlite_schema WHERE rootpage > 0"
    (is_each_apart,) = conn.execute(roots).fetchone()
    return bool(is_each_apart) and all(
        conn.execute(f"PRAGMA integrity_check({table})").fetchone() == ("ok",)
        for table in tables
        if columns(conn, table)
    )


def rebuild(
    conn: sqlite3.Connection, sql: str, fill: Fill = MappingProxyType({})
) -> None:
    """Give a file this structure, and keep the rows of tables that are in it.

    Call it within a transaction, without enforced references, and with the legacy form
    of `ALTER TABLE`, which leaves the references of other tables alone.
    """
    wanted = _wanted(sql)
    _delete_without_pages(conn)
    found = objects(conn)
    for kind, name in found:
        if kind == "index" and found[kind, name] != wanted.get((kind, name)):
            conn.execute(f"DROP INDEX {_quoted(name)}")
    for (kind, name), definition in wanted.items():
        if (kind, name) == _SEQUENCE or kind != "table":
            continue
        lacks_sequence = _COUNTED in definition and _SEQUENCE not in found
        if lacks_sequence or found.get((kind, name)) != definition:
            _rebuild_table(conn, name, definition, fill)
    for _, name in objects(conn).keys() - wanted.keys():
        conn.execute(f"DROP TABLE {_quoted(name)}")
    left = objects(conn)
    for key, definition in wanted.items():
        if key not in left:
            conn.execute(definition)


def _delete_without_pages(conn: sqlite3.Connection) -> None:
    """Delete triggers, views, and virtual tables, even those that SQLite can't drop."""
    conn.execute("PRAGMA writable_schema = ON")
    conn.execute("DELETE FROM sqlite_schema WHERE coalesce(rootpage, 0) = 0")
    conn.execute("PRAGMA writable_schema = RESET")


def _rebuild_table(
    conn: sqlite3.Connection, table: str, definition: str, fill: Fill
) -> None:
    old = f"old_{table}"
    had = columns(conn, table)
    if had:
        conn.execute(f"ALTER TABLE {table} RENAME TO {old}")
    conn.execute(definition)
    if not had:
        return
    taken = {
        column: column if column in had else fill[table, column]
        for column in columns(conn, table)
        if column in had or (table, column) in fill
    }
    conn.execute(
        f"INSERT INTO {table} ({', '.join(taken)})"
        f" SELECT {', '.join(taken.values())} FROM {old} AS {table}"
    )
    conn.execute(f"DROP TABLE {old}")


def in_memory(sql: str | None = None) -> sqlite3.Connection:
    """Return an empty ledger in memory, of the present version if no SQL is given."""
    conn = sqlite3.connect(":memory:")
    create(conn, schema(SCHEMA_VERSION) if sql is None else sql)
    return conn


@cache
def _wanted(sql: str) -> Objects:
    with closing(in_memory(sql)) as conn:
        return objects(conn)


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))
