"""What can still be read of a damaged ledger: who has not heard of an entry yet, and which doors are to be locked.

Row by row, passing over what can't be read, and only what everybody may be told: courier, door and time.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path
import sqlite3
from typing import Final

import orjson
from sqlalchemy import Table

from ...access.model import Decision, Outcome
from ..connections import raw, reader
from ..errors import RAISED_BY_FILES
from ..queue import NotificationKind
from ..tables import entries, fanouts, notices, relocks

MOST_TELLINGS: Final = 100
"""How much is carried over at the most, the newest of it."""

_LONGEST_TEXT: Final = 255
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_WITH_DETAILS: Final = (
    NotificationKind.UNLOCKED_LATE,
    NotificationKind.ENTRY_CARRIED_OVER,
)

type Addressed = dict[str, object]
type Owed = dict[str, Addressed | None]


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """An entry of the lost record that is still to be told.

    `details` are for its words (instants in ISO 8601): `courier`, `door`, `entered_at` and the `outcome`; or, where it is
    still to be told that the door unlocked late, `at` in the outcome's place. `owed_to` are the residents who have not
    heard of it, each with the targets that it goes over if not their present ones; None where that is everybody.
    """

    details: dict[str, str]
    owed_to: Owed | None = None


@dataclass(frozen=True, slots=True)
class LeftUnlocked:
    """A door that was still to be locked for an entry, at the `deadline` in ISO 8601."""

    door_id: str
    entry_id: str
    deadline: str


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was read of a lost record; what is to be told in the order in which it happened."""

    tellings: list[CarriedOver] = field(default_factory=list)
    doors: list[LeftUnlocked] = field(default_factory=list)


def salvage(path: Path) -> Salvaged:
    """Read a ledger's file that nobody has open; of one that is no ledger any more, nothing."""
    engine = reader(path)
    try:
        with engine.connect() as conn:
            file = raw(conn)
            # Whatever stands there can be read as bytes.
            file.text_factory, file.row_factory = bytes, sqlite3.Row
            return Salvaged(_tellings(file), list(_read(file, relocks, _left_unlocked)))
    except (*RAISED_BY_FILES, OSError):
        return Salvaged()
    finally:
        engine.dispose()


@dataclass(frozen=True, slots=True)
class _Open:
    """Something of an entry that is not told to all yet: with its details, or those of its entry."""

    entry_id: str
    details: dict[str, str] | None
    owed_to: Owed | None


def _tellings(file: sqlite3.Connection) -> list[CarriedOver]:
    owed_to: dict[int, Owed] = {}
    for fanout_id, resident_id, addressed in _read(file, notices, _owed):
        owed_to.setdefault(fanout_id, {})[resident_id] = addressed
    still_open = list(_read(file, fanouts, lambda row: _open(row, owed_to)))
    wanted = {each.entry_id for each in still_open}
    entered = dict(_read(file, entries, lambda row: _entered(row, wanted)))
    tellings = [
        CarriedOver(details, each.owed_to)
        for each in still_open
        if (details := each.details or entered.get(each.entry_id))
    ]
    return sorted(tellings, key=_when)[-MOST_TELLINGS:]


def _when(telling: CarriedOver) -> tuple[str, str]:
    return telling.details["entered_at"], telling.details.get("at", "")


def _read[T](
    file: sqlite3.Connection, table: Table, read: Callable[[sqlite3.Row], T | None]
) -> Iterator[T]:
    """Yield what is read of the rows that hold what rows of ours can."""
    for row in _rows(file, table):
        try:
            found = read(row)
        except LookupError, TypeError, ValueError, ArithmeticError:
            continue
        if found is not None:
            yield found


def _rows(file: sqlite3.Connection, table: Table) -> Iterator[sqlite3.Row]:
    """Yield a table's rows from its newer end, and from the older one where a damaged page lies between."""
    reached: int | None = None
    try:
        for row in file.execute(_query(table, "DESC")):
            reached = row["place"]
            yield row
    except RAISED_BY_FILES:
        with suppress(*RAISED_BY_FILES):
            older = file.execute(_query(table, "ASC"))
            yield from takewhile(lambda row: row["place"] != reached, older)


def _query(table: Table, order: str) -> str:
    return f"SELECT rowid AS place, * FROM {table.name} ORDER BY rowid {order}"  # noqa: S608 - our own tables


def _owed(row: sqlite3.Row) -> tuple[int, str, Addressed | None] | None:
    if row["next_at"] is None:
        return None
    return row["fanout_id"], _text(row["resident_id"]), _addressed(row["addressed"])


def _open(row: sqlite3.Row, owed_to: Mapping[int, Owed]) -> _Open | None:
    kind = _text(row["kind"])
    if kind not in (NotificationKind.ENTRY_ADMITTED, *_WITH_DETAILS):
        return None
    if row["expanded_at"] is not None:
        to = owed_to.get(row["id"])
        if to is None:
            return None
    elif row["resident_id"] is not None:
        to = {_text(row["resident_id"]): _addressed(row["addressed"])}
    else:
        to = None
    if kind in _WITH_DETAILS:
        return _Open("", _details(row["details"]), to)
    return _Open(_text(row["entry_id"]), None, to)


def _entered(
    row: sqlite3.Row, wanted: Container[str]
) -> tuple[str, dict[str, str]] | None:
    entry_id = _text(row["entry_id"])
    if entry_id not in wanted or _text(row["decision"]) != Decision.ADMITTED:
        return None
    outcome = row["outcome"]
    return entry_id, {
        "courier": _text(row["courier_name"]),
        "door": _text(row["door_name"]),
        "entered_at": _instant(row["at"]),
        "outcome": Outcome.UNKNOWN if outcome is None else Outcome(_text(outcome)),
    }


def _left_unlocked(row: sqlite3.Row) -> LeftUnlocked:
    return LeftUnlocked(
        _text(row["door_id"]), _text(row["entry_id"]), _instant(row["deadline"])
    )


def _details(value: bytes) -> dict[str, str]:
    said = {
        str(name): _text(str(text).encode())
        for name, text in orjson.loads(value).items()
    }
    details = {name: said[name] for name in ("courier", "door", "entered_at")}
    datetime.fromisoformat(details["entered_at"])
    if "at" in said:
        return details | {"at": datetime.fromisoformat(said["at"]).isoformat()}
    return details | {"outcome": Outcome(said["outcome"])}


def _addressed(value: bytes | None) -> Addressed | None:
    return None if value is None else dict(orjson.loads(value))


def _instant(value: int) -> str:
    return (_EPOCH + timedelta(microseconds=value)).isoformat()


def _text(value: bytes) -> str:
    text = value.decode()
    if not text.isprintable() or len(text) > _LONGEST_TEXT:
        raise ValueError("no text of ours")
    return text
