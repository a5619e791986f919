"""Test that values are stored and read back, whatever their type, and rows get theirs."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum, IntEnum, StrEnum
import json
import sqlite3
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from hypothesis import example, given, settings, strategies as st
import pytest

from custom_components.courier_access.ledger.sql import (
    Command,
    Query,
    Storable,
    as_stored,
    fields_of,
    listed,
)

INSTANTS = st.datetimes(timezones=st.timezones()).filter(
    lambda each: 2 < each.year < 9998
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**63), 2**63 - 1)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def stored(value: Storable) -> object:
    """Return a value as SQLite stores it."""
    return as_stored({"value": value})["value"]


class Color(StrEnum):
    RED = "red"
    BLUE = "blue"


class Size(IntEnum):
    SMALL = 1


class Shape(Enum):
    ROUND = "round"


class Key(NamedTuple):
    courier_id: str
    grant_id: str


@dataclass(frozen=True, slots=True)
class Counted:
    key: Key
    count: int
    _: KW_ONLY
    label: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    at: datetime
    color: Color | None


@dataclass(frozen=True, slots=True)
class Row:
    key: Key
    is_used: bool
    count: int | None
    colors: tuple[Color, ...]
    names: Mapping[str, Color | None]
    units: frozenset[str] | None
    hours: tuple[tuple[int, str], ...]
    note: Note | None
    size: Size
    anything: str | int | None
    length: int = field(init=False, default=0)


@dataclass(frozen=True, slots=True)
class Visit:
    note: Note
    unit: str
    by: str | None


type Colors = tuple[Color, ...]


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield connection


def back[R](query: Query[R], value: Storable) -> R:
    with closing(sqlite3.connect(":memory:")) as connection:
        return query.one(connection, value=value)


TEXT = Query("SELECT :value", str)
NUMBER = Query("SELECT :value", int)
BYTES = Query("SELECT :value", bytes)
TRUTH = Query("SELECT :value", bool)
INSTANT = Query("SELECT :value", datetime)
LATEST = Query("SELECT :value", datetime | None)
COLOR = Query("SELECT :value", Color)
OPTIONAL_COLOR = Query("SELECT :value", Color | None)
SIZE = Query("SELECT :value", Size)
SHAPE = Query("SELECT :value", Shape)
NAMES = Query("SELECT :value", Mapping[str, str])
UNITS = Query("SELECT :value", tuple[str, ...])
SET = Query("SELECT :value", frozenset[int])
OBJECT = Query("SELECT :value", Mapping[str, object])
FIRST_READ_LATER = Query("SELECT :value", tuple[datetime])
ALIAS = Query("SELECT :value", Colors)


@given(TEXTS, NUMBERS, st.binary(), st.booleans())
def test_plain_value_is_read_back(
    text: str, number: int, data: bytes, truth: bool
) -> None:
    assert back(TEXT, text) == text
    assert back(NUMBER, number) == number
    assert back(BYTES, data) == data
    assert back(TRUTH, truth) is truth
    assert back(NUMBER, truth) == int(truth)


# An hour that comes twice: Python finds it equal to no time of another zone.
@example(datetime(1954, 5, 29, 23, tzinfo=ZoneInfo("Indian/Antananarivo")))
@given(INSTANTS)
def test_instant_is_read_back_to_the_microsecond_in_utc(at: datetime) -> None:
    assert back(INSTANT, at) == at.astimezone(UTC)
    assert back(INSTANT, at).tzinfo is UTC
    assert back(NUMBER, at) == (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        microseconds=1
    )


def test_instant_is_read_while_time_is_moved(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to(NOON)
    assert back(FIRST_READ_LATER, NOON) == (NOON,)


@settings(max_examples=30)
@given(st.lists(INSTANTS, min_size=2, max_size=5))
def test_stored_instants_sort_as_the_instants(instants: list[datetime]) -> None:
    numbers = [back(NUMBER, at) for at in instants]
    # In one zone, Python sorts by the clock on the wall.
    in_utc = [at.astimezone(UTC) for at in instants]
    assert [at for _, at in sorted(zip(numbers, in_utc, strict=True))] == sorted(in_utc)


@pytest.mark.parametrize("value", [*Color, None])
def test_enum_is_read_back(value: Color | None) -> None:
    assert back(OPTIONAL_COLOR, value) is value


def test_enums_of_other_values_are_read_back() -> None:
    assert back(SIZE, Size.SMALL) is Size.SMALL
    assert back(SHAPE, Shape.ROUND) is Shape.ROUND
    assert back(TEXT, Shape.ROUND) == "round"


def test_nothing_is_null_in_each_optional_column() -> None:
    assert back(LATEST, None) is None
    assert back(OPTIONAL_COLOR, None) is None


@settings(max_examples=20)
@given(
    st.dictionaries(st.text(), st.text()),
    st.lists(st.text()),
    st.frozensets(st.integers()),
    st.dictionaries(st.text(), JSON_VALUES),
)
def test_collection_is_read_back(
    names: dict[str, str],
    units: list[str],
    seen: frozenset[int],
    values: dict[str, Any],
) -> None:
    assert back(NAMES, names) == names
    assert back(NAMES, MappingProxyType(names)) == names
    assert back(UNITS, units) == tuple(units)
    assert back(UNITS, tuple(units)) == tuple(units)
    assert back(SET, seen) == seen
    assert back(OBJECT, values) == values


def test_collection_of_enums_is_read_back() -> None:
    assert back(ALIAS, (Color.BLUE, Color.RED)) == (Color.BLUE, Color.RED)
    assert stored({"a": Color.RED}) == '{"a": "red"}'
    assert stored({"a": MappingProxyType({"b": frozenset({2, 1})})}) == (
        '{"a": {"b": [1, 2]}}'
    )


@settings(max_examples=40)
@given(st.dictionaries(st.text(), JSON_VALUES) | st.lists(JSON_VALUES))
def test_json_is_written_as_in_released_files(value: Any) -> None:
    assert stored(value) == json.dumps(value)


@pytest.mark.parametrize(
    "value",
    [NOON.replace(tzinfo=None), {"at": NOON}, {"size": Shape.ROUND}, object()],
    ids=["no time zone", "instant in JSON", "enum in JSON", "unknown"],
)
def test_what_cannot_be_read_back_is_not_stored(value: Any) -> None:
    with pytest.raises(TypeError):
        stored(value)


def test_instant_of_any_zone_is_the_same() -> None:
    assert stored(NOON.astimezone(timezone(timedelta(hours=5, minutes=45)))) == stored(
        NOON
    )


def test_row_gets_the_types_of_its_fields(conn: sqlite3.Connection) -> None:
    text = """
        SELECT 'courier-1' AS courier_id, 'g' AS grant_id, 1 AS is_used,
            NULL AS count, '["red"]' AS colors, '{"a": "blue", "b": null}' AS names,
            '["3b"]' AS units, '[[1, "x"]]' AS hours, :at AS at, 'red' AS color,
            1 AS size, 'x' AS anything
    """
    query = Query(text, Row)
    found = query.one(conn, at=NOON)
    assert found == Row(
        Key("courier-1", "g"),
        True,
        None,
        (Color.RED,),
        {"a": Color.BLUE, "b": None},
        frozenset({"3b"}),
        ((1, "x"),),
        Note(NOON, Color.RED),
        Size.SMALL,
        "x",
    )
    assert query.columns == (
        *("courier_id", "grant_id", "is_used", "count", "colors", "names", "units"),
        *("hours", "at", "color", "size", "anything"),
    )


def test_null_is_no_value_where_there_must_be_one(conn: sqlite3.Connection) -> None:
    for query in (INSTANT, COLOR, NAMES):
        with pytest.raises((TypeError, ValueError)):
            query.one(conn, value=None)
    assert TRUTH.one(conn, value=None) is False


def test_nested_value_without_columns_is_none(conn: sqlite3.Connection) -> None:
    rows = Query("VALUES (1, NULL, NULL), (2, 0, NULL)", tuple[int, Note | None])
    assert rows.all(conn) == [
        (1, None),
        (2, Note(datetime(1970, 1, 1, tzinfo=UTC), None)),
    ]
    assert rows.columns == (None, "at", "color")


def test_keyword_only_fields_are_no_columns(conn: sqlite3.Connection) -> None:
    counted = Query("SELECT 'c' AS courier_id, 'g' AS grant_id, 2 AS count", Counted)
    assert counted.one(conn) == Counted(Key("c", "g"), 2)
    assert counted.columns == ("courier_id", "grant_id", "count")


def test_tuple_and_named_tuple_are_rows(conn: sqlite3.Connection) -> None:
    assert Query("VALUES ('a', 'b')", Key).one(conn) == Key("a", "b")
    assert Query("VALUES (1, 'red')", tuple[int, Color]).one(conn) == (1, Color.RED)
    assert TEXT.columns == (None,)


@pytest.mark.parametrize("kind", [complex, list[complex], int | datetime])
def test_type_that_cannot_be_read_is_an_error(
    conn: sqlite3.Connection, kind: type
) -> None:
    with pytest.raises(TypeError, match="can't be read"):
        Query("SELECT 1", kind).all(conn)


def test_rows_are_read_as_all_first_or_only_one(conn: sqlite3.Connection) -> None:
    numbers = Query("SELECT value FROM json_each(:numbers)", int)
    assert numbers.all(conn, numbers=[3, 1]) == [3, 1]
    assert list(numbers.each(conn, numbers=(3, 1))) == [3, 1]
    assert numbers.first(conn, numbers=[3, 1]) == 3
    assert numbers.first(conn, numbers=[]) is None
    assert numbers.one(conn, numbers=[3]) == 3
    for others in ([], [1, 2]):
        with pytest.raises(sqlite3.DataError):
            numbers.one(conn, numbers=others)


def test_command_returns_how_many_rows_it_changed(conn: sqlite3.Connection) -> None:
    conn.execute("CREATE TABLE notes (at, color)")
    put = Command("INSERT INTO notes VALUES (:at, :color)")
    assert put.run(conn, at=NOON, color=Color.RED) == 1
    put.run_each(conn, [{"at": NOON, "color": color} for color in (*Color, None)])
    assert Command("UPDATE notes SET color = NULL").run(conn) == 4
    assert Query("SELECT * FROM notes", Note).all(conn) == [Note(NOON, None)] * 4


def test_first_row_of_a_change_leaves_nothing_open(conn: sqlite3.Connection) -> None:
    conn.execute("CREATE TABLE notes (at)")
    conn.execute("BEGIN")
    put = Query("INSERT INTO notes VALUES (1), (2) RETURNING at", int)
    assert put.first(conn) == 1
    conn.rollback()
    assert conn.execute("SELECT * FROM notes").fetchall() == []


def test_missing_value_is_an_error(conn: sqlite3.Connection) -> None:
    conn.execute("CREATE TABLE pauses (unit, at, until)")
    put = Command("INSERT INTO pauses VALUES (:unit, :at, :until)")
    with pytest.raises(sqlite3.Error):
        put.run(conn, unit="3b", at=1)
    assert conn.execute("SELECT * FROM pauses").fetchall() == []


def test_fields_are_values_of_their_names(conn: sqlite3.Connection) -> None:
    given = Visit(Note(NOON, Color.RED), "3b", None)
    values = fields_of(given)
    assert values == {"at": NOON, "color": Color.RED, "unit": "3b", "by": None}
    query = Query("SELECT :at AS at, :color AS color, :unit AS unit, :by AS by", Visit)
    assert query.one(conn, **values) == given


def test_constants_are_listed() -> None:
    assert listed(Color) == "('red', 'blue')"


def test_nothing_is_registered_for_others(conn: sqlite3.Connection) -> None:
    assert conn.execute("SELECT :value", {"value": 1}).fetchone() == (1,)
    assert not {kind for kind, _ in sqlite3.adapters} & {Color, Key, dict, tuple, list}
