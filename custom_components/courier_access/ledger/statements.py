"""Statements that are composed once, for what a courier waits for.

SQLAlchemy takes longer to prepare a statement's run than SQLite takes to run it. These
are composed from the tables when the module is imported, and then run by `sqlite3`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
import sqlite3
from typing import Final, Self, cast

from sqlalchemy import ClauseElement
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from .tables import Instant

_DIALECT: Final = sqlite.dialect(paramstyle="named")

microseconds = Instant.to_microseconds


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement's SQL, and the values that it was composed with."""

    sql: str
    fixed: Mapping[str, object]

    @classmethod
    def of(cls, composed: ClauseElement, *columns: str) -> Self:
        """Compose a statement; an INSERT has these columns.

        Its values are given as SQLite stores them: instants in microseconds.
        """
        compiled = cast(
            "SQLCompiler",
            composed.compile(dialect=_DIALECT, column_keys=columns or None),
        )
        fixed = {
            name: bind.value
            for name, bind in compiled.binds.items()
            if not bind.required
        }
        return cls(str(compiled), fixed)

    def run(self, conn: sqlite3.Connection, **values: object) -> sqlite3.Cursor:
        """Run it with a value for each parameter."""
        return conn.execute(self.sql, {**self.fixed, **values})

    def run_each(
        self, conn: sqlite3.Connection, rows: Iterable[Mapping[str, object]]
    ) -> None:
        """Run it for each of the rows."""
        conn.executemany(self.sql, rows)
