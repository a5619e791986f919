"""Rows of a ledger's file, as a test reads or plants them with plain SQL."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
import sqlite3
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

import orjson

from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.sql import Command, Query, Storable

if TYPE_CHECKING:
    from typing_extensions import TypeForm

type Source = Path | Connection
"""A ledger's file, of which what was committed is read, or a connection to it."""


def rows[R](
    source: Source, text: str, kind: TypeForm[R], /, **values: Storable
) -> list[R]:
    """Return the rows of a SELECT: of one column its values, of several each as this tuple."""
    with _connection(source) as conn:
        return Query(text, kind).all(conn, **values)


def row[R](source: Source, text: str, kind: TypeForm[R], /, **values: Storable) -> R:
    """Return the only row of a SELECT."""
    with _connection(source) as conn:
        return Query(text, kind).one(conn, **values)


def plant(source: Source, text: str, /, **values: Storable) -> int:
    """Change rows; return how many. In a file, the ledger didn't do it itself."""
    with _connection(source) as conn:
        return Command(text).run(conn, **values)


async def kept_rows[R](
    ledger: Ledger, text: str, kind: TypeForm[R], /, **values: Storable
) -> list[R]:
    """Return the rows of a SELECT once all is written that the ledger was given."""
    return await ledger.read(lambda conn: rows(conn, text, kind, **values))


async def kinds(ledger: Ledger) -> list[str]:
    """Return the kinds of all records, in order."""
    return await kept_rows(ledger, "SELECT kind FROM records ORDER BY seq", str)


async def bodies(ledger: Ledger, *of_kinds: str) -> list[str]:
    """Return the bodies of the records of these kinds, in order."""
    return await kept_rows(
        ledger,
        """
        SELECT body FROM records WHERE kind IN (SELECT value FROM json_each(:kinds))
        ORDER BY seq
        """,
        str,
        kinds=of_kinds,
    )


async def personal(ledger: Ledger, field: str, *of_kinds: str) -> list[str]:
    """Return what a personal field has in the records of these kinds, in order."""
    return await kept_rows(
        ledger,
        """
        SELECT value FROM personal JOIN records USING (seq)
        WHERE field = :field AND kind IN (SELECT value FROM json_each(:kinds))
        ORDER BY seq
        """,
        str,
        field=field,
        kinds=of_kinds,
    )


async def opened(ledger: Ledger, kind: str) -> list[dict[str, object]]:
    """Return the records of a kind, in order, with the personal values that are kept."""
    found = await kept_rows(
        ledger,
        """
        SELECT body, (
            SELECT json_group_object(field, value) FROM personal
            WHERE personal.seq = records.seq
        ) FROM records WHERE kind = :kind ORDER BY seq
        """,
        tuple[str, str],
        kind=kind,
    )
    return [{**orjson.loads(body), **orjson.loads(values)} for body, values in found]


def commits(path: Path) -> int:
    """Return how many commits are in the file's write-ahead log.

    The last page of each is followed by the size of the file (sqlite.org/walformat.html).
    """
    log = path.with_name(f"{path.name}-wal").read_bytes()
    page, salts = int.from_bytes(log[8:12]), log[16:24]
    frames = [log[at : at + 24] for at in range(32, len(log), 24 + page)]
    return sum(each[8:16] == salts and any(each[4:8]) for each in frames)


@contextmanager
def _connection(source: Source) -> Iterator[Any]:
    if isinstance(source, Path):
        with closing(sqlite3.connect(source, isolation_level=None)) as conn:
            yield conn
    else:
        yield source
