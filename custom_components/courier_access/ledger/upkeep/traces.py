"""Find the traces that SQLite leaves of rows which were erased (promise 7).

`secure_delete` overwrites what a deleted row had. But when SQLite moves rows from one
page to another, the page that it writes again keeps what stood there before between its
cells. If the row is deleted later, only the moved one is overwritten. This happens to
about one row of a thousand, and only VACUUM removes it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from ..errors import RAISED_BY_FILES, unavailable
from ..sql import Query, reader

_LEAST: Final = 8
"""Bytes: less is also found by chance."""

_NAMES: Final = Query(
    f"""
    SELECT salt FROM personal
    UNION SELECT salt FROM grants
    UNION SELECT salt FROM grant_units
    UNION SELECT salt FROM answers
    UNION SELECT salt FROM passes
    UNION SELECT salt FROM pauses
    UNION SELECT name FROM (
        SELECT CAST(grant_id AS BLOB) AS name FROM grants
        UNION SELECT CAST(grant_id AS BLOB) FROM entries
        UNION SELECT CAST(grant_id AS BLOB) FROM fanouts
        UNION SELECT CAST(grant_id AS BLOB) FROM asks
        UNION SELECT CAST(message_id AS BLOB) FROM replies
    ) WHERE length(name) >= {_LEAST}
    """,
    bytes,
)

_HEADERS: Final = {2: 12, 5: 12, 10: 8, 13: 8}
"""The length of a page's header by its kind (SQLite's file format, 1.6)."""


def names(path: Path) -> frozenset[bytes]:
    """Return what a row that a purge may erase can be known by in the file's bytes.

    Raise LedgerUnavailable if the file can't be read.
    """
    try:
        with reader(path) as conn:
            return frozenset(_NAMES.all(conn))
    except RAISED_BY_FILES as err:
        raise unavailable(err) from err


def has_traces(path: Path, erased: frozenset[bytes]) -> bool:
    """Return whether a file has traces of rows with these names; its log isn't read.

    Raise OSError if it can't be read.
    """
    with path.open("rb") as file:
        between = b"\0".join(_between_cells(file))
    return any(name in between for name in erased)


def _between_cells(file: BinaryIO) -> Iterator[bytes]:
    """Yield what stands where pages have no cells."""
    size = _number(file.read(18), 16)
    size = 65_536 if size == 1 else size
    file.seek(0)
    head = 100  # The first page begins with the file's header.
    while page := file.read(size):
        # Other pages have no rows of their own.
        if (length := _HEADERS.get(page[head])) is not None:
            begin = head + length + 2 * _number(page, head + 3)
            yield page[begin : _number(page, head + 5) or size].strip(b"\0")
        head = 0


def _number(page: bytes, at: int) -> int:
    return int.from_bytes(page[at : at + 2])
