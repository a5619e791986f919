"""Read and write a list of residents as CSV."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
import csv
from dataclasses import dataclass
from enum import StrEnum
import io
import re
from typing import Final

from ...access.written_hours import HOURS_FIELDS
from ...const import (
    CONF_CONSENT,
    CONF_DECIDED_ON,
    CONF_LANGUAGE,
    CONF_NAME,
    CONF_PERSON,
    CONF_UNIT,
)
from ..targets import FIELD_ACTIONS, FIELD_ENTITIES, FIELD_PERSON_APPS

MOST_BYTES: Final = 262_144
MOST_ROWS: Final = 1_000

PAPER_COLUMNS: Final = (CONF_DECIDED_ON, CONF_CONSENT, *HOURS_FIELDS)
TARGET_COLUMNS: Final = (FIELD_PERSON_APPS, FIELD_ENTITIES, FIELD_ACTIONS)
COLUMNS: Final = (
    CONF_NAME,
    CONF_UNIT,
    CONF_PERSON,
    CONF_LANGUAGE,
    *TARGET_COLUMNS,
    *PAPER_COLUMNS,
)
_NEEDED: Final = (CONF_NAME, CONF_UNIT)
_DELIMITERS: Final = (",", ";", "\t")
_FORMULA: Final = re.compile(r"'*[=+\-@\uff1d\uff0b\uff0d\uff20]")


class TableProblem(StrEnum):
    """Problems with a file as a whole; the error keys."""

    GONE = "list_gone"
    TOO_LARGE = "list_too_large"
    TOO_MANY = "list_too_many"
    NOT_UTF8 = "list_not_utf8"
    UNREADABLE = "list_unreadable"
    EMPTY = "list_empty"
    HEADING_UNKNOWN = "list_heading_unknown"
    HEADING_MISSING = "list_heading_missing"
    HEADING_TWICE = "list_heading_twice"


class InvalidTable(ValueError):
    """A file isn't a list of residents; `where` is the heading or line."""

    def __init__(self, problem: TableProblem, where: str = "") -> None:
        super().__init__(f"{problem}: {where!r}")
        self.problem = problem
        self.where = where


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list with its nonblank cells by column.

    `beyond` is the first cell without a column.
    """

    line: int
    cells: Mapping[str, str]
    beyond: str = ""


def read_table(content: bytes, headings: Mapping[str, str]) -> list[Row]:
    """Read a list; `headings` maps normalized headings to columns.

    Raises InvalidTable if it isn't a list.
    """
    if len(content) > MOST_BYTES:
        raise InvalidTable(TableProblem.TOO_LARGE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidTable(TableProblem.NOT_UTF8) from None
    if "\0" in text:
        raise InvalidTable(TableProblem.NOT_UTF8)
    lines = _lines(text, _delimiter(text, headings))
    _, titles = next(lines, (0, []))
    columns = _columns(titles, headings)
    rows = [_row(line, cells, columns) for line, cells in lines if any(cells)]
    if not rows:
        raise InvalidTable(TableProblem.EMPTY)
    if len(rows) > MOST_ROWS:
        raise InvalidTable(TableProblem.TOO_MANY)
    return rows


def write_table(rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV, without formulas."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(
        [f"'{cell}" if _FORMULA.match(cell) else cell for cell in row] for row in rows
    )
    return written.getvalue()


def normal_heading(heading: str) -> str:
    """Return a heading without differences of case and spaces."""
    return " ".join(heading.replace("_", " ").split()).casefold()


def _delimiter(text: str, headings: Mapping[str, str]) -> str:
    """Return the delimiter that finds the most headings."""

    def found(delimiter: str) -> int:
        try:
            _, titles = next(_lines(text, delimiter), (0, []))
        except InvalidTable:
            return 0
        return sum(normal_heading(title) in headings for title in titles)

    return max(_DELIMITERS, key=found)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record's number and cells; a cell may span lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [_read(cell) for cell in cells]
    except csv.Error:
        raise InvalidTable(TableProblem.UNREADABLE, str(reader.line_num)) from None


def _read(cell: str) -> str:
    """Return a cell as one line, without the quote that escapes a formula."""
    content = " ".join(cell.split())
    return (
        content[1:] if content[:1] == "'" and _FORMULA.match(content[1:]) else content
    )


def _columns(titles: Sequence[str], headings: Mapping[str, str]) -> list[str]:
    """Return the columns in order, empty without a heading."""
    columns = []
    for title in titles:
        column = headings.get(normal_heading(title), "")
        if title and not column:
            raise InvalidTable(TableProblem.HEADING_UNKNOWN, title)
        if column and column in columns:
            raise InvalidTable(TableProblem.HEADING_TWICE, title)
        columns.append(column)
    if any(column not in columns for column in _NEEDED):
        raise InvalidTable(TableProblem.HEADING_MISSING)
    return columns


def _row(line: int, cells: Sequence[str], columns: Sequence[str]) -> Row:
    known = {
        column: cell
        for column, cell in zip(columns, cells, strict=False)
        if column and cell
    }
    named = [*columns, *[""] * len(cells)]
    beyond = next(
        (
            cell
            for column, cell in zip(named, cells, strict=False)
            if cell and not column
        ),
        "",
    )
    return Row(line, known, beyond)
