"""Connect to the ledger's file, and run SQL: constant statements, and typed rows.

A statement has named parameters and can be pasted into `sqlite3`. It is never built from
values: a list is one parameter in JSON, for `json_each`. Nothing is registered with
Python's driver, which Home Assistant's recorder uses, too.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache, reduce
import json
from operator import or_
from pathlib import Path
import sqlite3
from sqlite3 import Connection
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    NamedTuple,
    TypeAliasType,
    get_args,
    get_origin,
    get_type_hints,
)
from urllib.parse import quote

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from typing_extensions import TypeForm

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
_AS_THEY_ARE: Final = frozenset({str, int, bytes, NoneType})
"""The types of values that SQLite knows."""

_TAKEN: Final = (str, int, float, bool, bytes, object, Any)
"""The types of values that are taken as SQLite or JSON has them."""

_COLLECTIONS: Final = (Mapping, frozenset, list, tuple)
"""The types that are stored as JSON."""

type Storable = (
    str | int | bytes | datetime | Enum | Mapping[str, Any] | Collection[Any] | None
)
"""What can be stored: an instant as microseconds since 1970, a collection as JSON."""

type _Read = Callable[[Any], Any]


def instant(stored: int) -> datetime:
    """Return the instant in UTC that is stored as these microseconds."""
    return EPOCH + stored * MICROSECOND


def _plain(value: object) -> object:
    """Return a collection as JSON knows it; a set in order, so the same is written."""
    match value:
        case dict() | list() | tuple():
            return value
        case Mapping():
            return dict(value)
        case Set():
            return sorted(value)
        case _:
            raise TypeError(f"a {type(value).__name__} can't be stored")


_as_json: Final = json.JSONEncoder(default=_plain, check_circular=False).encode


def fields_of(row: DataclassInstance) -> dict[str, Storable]:
    """Return a dataclass's fields as values of parameters with their names.

    A field that is a dataclass itself gives its own fields, as a query reads them.
    """
    found: dict[str, Storable] = {}
    for name in row.__dataclass_fields__:
        value = getattr(row, name)
        if is_dataclass(value) and not isinstance(value, type):
            found |= fields_of(value)
        else:
            found[name] = value
    return found


def listed(values: Iterable[str]) -> str:
    """Return constants as a list for a statement's text, after `IN`."""
    return "({})".format(", ".join(f"'{value}'" for value in values))


def of_type(kind: str, *columns: str) -> str:
    """Return the condition that columns have values of this type, or are NULL.

    SQLite stores any type in any column, and to its comparisons, text in another type
    is something else.
    """
    return " AND ".join(f"typeof({column}) IN ('{kind}', 'null')" for column in columns)


def bytes_of(*columns: str) -> str:
    """Return the expression of the types and all bytes of columns, to compare rows.

    As text, a value would end at its first NUL.
    """
    return " || ',' || ".join(
        f"typeof({column}) || hex(CAST({column} AS BLOB))" for column in columns
    )


def columns(conn: Connection, table: str) -> list[str]:
    """Return the names of a table's columns in order; none if there is no table."""
    query = "SELECT name FROM pragma_table_info(?) ORDER BY cid"
    return [name for (name,) in conn.execute(query, (table,))]


def structure_revision(conn: Connection) -> int:
    """Return a number that changes with each change of the file's structure."""
    (number,) = conn.execute("PRAGMA schema_version").fetchone()
    return int(number)


@dataclass(frozen=True, slots=True)
class Command:
    """A statement without rows, for example an INSERT or UPDATE."""

    text: str

    def run(self, conn: Connection, /, **values: Storable) -> int:
        """Run it with a value for each parameter; return how many rows it changed."""
        return conn.execute(self.text, as_stored(values)).rowcount

    def run_each(
        self, conn: Connection, rows: Iterable[Mapping[str, Storable]]
    ) -> None:
        conn.executemany(self.text, map(as_stored, rows))


@dataclass(frozen=True, slots=True)
class Query[R]:
    """A statement with rows, whose columns are the fields of `row` in their order.

    `row` is a dataclass, a named tuple, a tuple of some types, or the type of the only
    column. A field that is a dataclass or named tuple itself takes its fields' columns,
    and is None, if it may be, where all of them are NULL. Keyword-only fields of a
    dataclass aren't columns.
    """

    text: str
    row: TypeForm[R]

    def all(self, conn: Connection, /, **values: Storable) -> list[R]:
        """Run it with a value for each parameter; return the rows."""
        rows = conn.execute(self.text, as_stored(values)).fetchall()
        return list(map(self._read, rows))

    def each(self, conn: Connection, /, **values: Storable) -> Iterator[R]:
        return map(self._read, conn.execute(self.text, as_stored(values)))

    def first(self, conn: Connection, /, **values: Storable) -> R | None:
        """Run it; return the first row, if any."""
        # All are fetched: one that isn't done would be in the way of a ROLLBACK.
        rows = conn.execute(self.text, as_stored(values)).fetchall()
        return self._read(rows[0]) if rows else None

    def one(self, conn: Connection, /, **values: Storable) -> R:
        """Run it; return its only row."""
        rows = conn.execute(self.text, as_stored(values)).fetchall()
        if len(rows) != 1:
            raise sqlite3.DataError("not one row")
        return self._read(rows[0])

    @property
    def columns(self) -> tuple[str | None, ...]:
        """Return the names that the columns must have; None for any name."""
        row: object = self.row
        return _shape(row).columns

    @property
    def _read(self) -> Callable[[Collection[object]], R]:
        row: object = self.row  # mypy doesn't know that a type form is hashable
        return _shape(row).read


def as_stored(values: Mapping[str, Storable]) -> dict[str, object]:
    """Return values as SQLite stores them. Raise TypeError if one can't be stored."""
    found: dict[str, object] = {}
    for name, value in values.items():
        match value:
            case _ if type(value) in _AS_THEY_ARE:
                found[name] = value
            case Enum():
                found[name] = value.value
            case datetime():
                found[name] = (value - EPOCH) // MICROSECOND
            case str() | int() | bytes():
                found[name] = int(value) if isinstance(value, bool) else value
            case _:
                found[name] = _as_json(_plain(value))
    return found


class _Shape(NamedTuple):
    """How a value is read from some columns of a row."""

    columns: tuple[str | None, ...]
    read: _Read


@cache
def _shape(kind: Any) -> _Shape:
    """Return how a row of this type is read. Raise TypeError if it can't be."""
    parts = _parts(kind)
    if parts is None:
        read = _column(kind)
        return _Shape((None,), lambda row: row[0] if read is None else read(row[0]))
    columns: list[str | None] = []
    steps: list[tuple[int | slice, _Read]] = []
    for name, hint in parts:
        start, inner = len(columns), _without_none(hint)
        if _parts(inner) is None:
            columns.append(name)
            if read := _column(hint):
                steps.append((start, read))
        else:
            shape = _shape(inner)
            columns += shape.columns
            within = _nested(shape.read, may_lack=inner is not hint)
            steps.append((slice(start, len(columns)), within))
    # From the end, since a nested value takes the place of its columns.
    steps.reverse()
    make = _together if get_origin(kind) is tuple else kind

    def read_row(row: Collection[object]) -> object:
        values: Any = list(row)
        for place, read in steps:
            values[place] = read(values[place])
        return make(*values)

    return _Shape(tuple(columns), read_row if steps else lambda row: make(*row))


def _parts(kind: Any) -> list[tuple[str | None, Any]] | None:
    """Return the names and types of a row's values; None for the type of one column."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        columns = [each for each in fields(kind) if each.init and not each.kw_only]
        return [(each.name, hints[each.name]) for each in columns]
    if isinstance(kind, type) and hasattr(kind, "_fields"):
        return list(get_type_hints(kind).items())
    if get_origin(kind) is tuple and get_args(kind)[-1] is not ...:
        return [(None, each) for each in get_args(kind)]
    return None


def _nested(read: _Read, *, may_lack: bool) -> _Read:
    def read_nested(values: list[object]) -> list[object]:
        if may_lack and all(value is None for value in values):
            return [None]
        return [read(values)]

    return read_nested


def _together(*values: object) -> tuple[object, ...]:
    return values


def _without_none(hint: Any) -> Any:
    if isinstance(hint, TypeAliasType):
        return _without_none(hint.__value__)
    if isinstance(hint, UnionType):
        return reduce(or_, (each for each in get_args(hint) if each is not NoneType))
    return hint


def _column(hint: Any) -> _Read | None:
    """Return how a column of this type is read, or None to take it as it is."""
    inner = _without_none(hint)
    if get_origin(inner) in _COLLECTIONS:
        make = _collection(inner)
        return _optional(hint, lambda text: make(json.loads(text)))
    return _optional(hint, bool) if inner is bool else _value(hint)


def _value(hint: Any) -> _Read | None:
    """Return how a value of this type is read that a column or JSON has."""
    inner = _without_none(hint)
    if get_origin(inner) in _COLLECTIONS:
        return _optional(hint, _collection(inner))
    if isinstance(inner, type) and issubclass(inner, datetime):
        return _optional(hint, instant)
    if isinstance(inner, type) and issubclass(inner, Enum):
        return _optional(hint, inner)
    taken = get_args(inner) if isinstance(inner, UnionType) else (inner,)
    if all(each in _TAKEN for each in taken):
        return None
    raise TypeError(f"{hint} can't be read")


def _optional(hint: Any, read: _Read) -> _Read:
    if _without_none(hint) is hint:
        return read
    return lambda value: None if value is None else read(value)


def _collection(hint: Any) -> _Read:
    make: Any = get_origin(hint)
    reads = [_value(each) or _same for each in get_args(hint) if each is not ...]
    match make, reads:
        case type(), [key, value] if make is Mapping:
            return lambda found: {key(k): value(v) for k, v in found.items()}
        case type(), [read] if make is not Mapping:
            return lambda found: make(map(read, found))
        case _:
            return lambda found: tuple(
                read(each) for read, each in zip(reads, found, strict=True)
            )


def _same(value: object) -> object:
    return value


BUSY_SECONDS: Final = 5.0

_MOST_PREPARED: Final = 1000
"""How many prepared statements SQLite's driver keeps; there are some hundreds."""

_PAGE_BYTES: Final = 1024
"""The size of a new file's pages, of which each commit writes whole ones."""


def writer(path: Path) -> Connection:
    """Connect as the writer, for `transaction`; its commits are durable."""
    conn = _connect(quote(str(path)))
    try:
        for pragma in (
            f"page_size = {_PAGE_BYTES}",  # has no effect on a file that isn't empty
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            "foreign_keys = ON",
            # The ledger moves the log into the file when nobody waits for the commit.
            "wal_autocheckpoint = 0",
        ):
            conn.execute(f"PRAGMA {pragma}")
    except BaseException:
        conn.close()
        raise
    return conn


@contextmanager
def reader(path: Path) -> Iterator[Connection]:
    """Connect read-only, to a snapshot that stays the same meanwhile."""
    with closing(_connect(f"{quote(str(path))}?mode=ro")) as conn:
        conn.execute("BEGIN")
        yield conn


def _connect(uri: str) -> Connection:
    conn = sqlite3.connect(
        f"file:{uri}",
        uri=True,
        # BEGIN is sent by ourselves: the driver's would come too late for savepoints.
        isolation_level=None,
        cached_statements=_MOST_PREPARED,
    )
    # A file may have been given some; ours are temporary and stay on.
    conn.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
    conn.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
    conn.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    return conn


@contextmanager
def transaction(conn: Connection) -> Iterator[None]:
    """Commit what the writer does meanwhile, or none of it.

    No other writer can come between its reads and writes.
    """
    try:
        conn.execute("BEGIN IMMEDIATE")
        yield
        conn.commit()
    except BaseException:
        # SQLite leaves a transaction open whose commit failed.
        with suppress(sqlite3.Error):  # then the next one fails and ends here again
            conn.rollback()
        raise


def run_checkpoint(conn: Connection) -> bool:
    """Move the log into the file and empty it; return whether no reader was in the way.

    It doesn't wait for readers: every writer would wait with it.
    """
    timeout = conn.execute("PRAGMA busy_timeout").fetchone()[0]
    conn.execute("PRAGMA busy_timeout = 0")
    try:
        busy, _, _ = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        conn.execute(f"PRAGMA busy_timeout = {timeout}")
    return not busy


def shorten_log(conn: Connection) -> None:
    """Move what no reader needs from the log into the file; the log is used again."""
    conn.execute("PRAGMA wal_checkpoint(PASSIVE)")


def hold_wal_checkpoints(conn: Connection, *, held: bool = True) -> None:
    """Keep the log when this connection closes.

    The next commit may still start the log over if all of it had been moved.
    """
    conn.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, held)
