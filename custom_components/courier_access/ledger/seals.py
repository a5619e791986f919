"""Read and check seals: after one, the records up to a number are no longer there.

The log has a limit, so old records are deleted. A seal is a record that names the last
deleted one, and has its body and the hash before it, which together give its hash: from there, the
chain goes on. What still rests on a deleted record was carried into a new one, which
names its original in the same way.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Any, Final, NamedTuple, Self

import orjson

from .chain import link
from .sql import EPOCH, MICROSECOND, Query

SEALED: Final = "log.sealed"
CARRIED: Final = "log.carried"

SHORTEST: Final = timedelta(days=90)
"""How old a record must be to be sealed, whatever the setting: nothing recent can be hidden."""

SLACK: Final = timedelta(days=1)
"""How far clocks may differ. One that is off unnoticed is no sign of a forged seal."""


class Original(NamedTuple):
    """A record that another one stands for: its number, hash, body, and the hash before it."""

    number: int
    hash: bytes
    before: bytes
    body: str

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Self:
        """Return which record a seal, or a carried record, stands for.

        Raise a LookupError, TypeError, or ValueError if it can't be ours.
        """
        found = cls.checked(
            body["number"],
            bytes.fromhex(body["hash"]),
            bytes.fromhex(body["before"]),
            body["body"],
        )
        personal = orjson.loads(found.body)["personal"]
        if not 0 < found.number < body["seq"] or (
            body["kind"] == CARRIED and personal != body["personal"]
        ):
            raise ValueError("it can't stand for this record")
        return found

    @classmethod
    def checked(cls, number: int, hashed: bytes, before: bytes, body: str) -> Self:
        """Return a record; raise the same errors if it isn't as its hash says."""
        is_numbered = orjson.loads(body)["seq"] == number
        if not is_numbered or link(before, body.encode()) != hashed:
            raise ValueError("the record doesn't have this hash")
        return cls(number, hashed, before, body)

    @property
    def fields(self) -> dict[str, str | int]:
        return {
            "number": self.number,
            "hash": self.hash.hex(),
            "before": self.before.hex(),
            "body": self.body,
        }


class Seal(NamedTuple):
    """A seal, and the record up to which it stands for all."""

    seq: int
    at: datetime
    last: Original


_NEWEST: Final = Query(
    f"""
    SELECT CAST(body AS BLOB) FROM records
    WHERE kind = '{SEALED}' ORDER BY seq DESC LIMIT 1
    """,
    bytes,
)
_FIRST: Final = Query("SELECT min(seq) FROM records", int | None)
_SEALED_UP_TO: Final = Query("SELECT coalesce(min(seq) - 1, 0) FROM records", int)


def sealed_up_to(conn: Connection) -> int:
    """Return the number of the newest record that the log no longer has, or 0."""
    return _SEALED_UP_TO.one(conn)


class BadSeal(Exception):
    """The newest seal can't be ours."""


def newest_seal(conn: Connection, now: datetime | None) -> Seal | None:
    """Return the newest seal, if any; raise BadSeal if it, or what it left, can't be ours.

    Give no time if the clock may be behind: then the seal may be dated ahead of it.
    """
    if (raw := _NEWEST.first(conn)) is None:
        return None
    try:
        body = orjson.loads(raw)
        seal = Seal(
            body["seq"], datetime.fromisoformat(body["at"]), Original.read(body)
        )
        sealed_at = datetime.fromisoformat(orjson.loads(seal.last.body)["at"])
        is_ours = (
            seal.at - sealed_at >= SHORTEST
            and (now is None or seal.at <= now + SLACK)
            and _FIRST.one(conn) == seal.last.number + 1
        )
    except (LookupError, TypeError, ValueError) as err:
        raise BadSeal from err
    if not is_ours:
        raise BadSeal
    return seal


def check_later(seal: Seal | None, body: Mapping[str, Any], at: int) -> None:
    """Raise a ValueError, TypeError, or LookupError if this record disproves a seal.

    Couriers are let in only by a clock that isn't behind: an entry that is dated before the seal
    shows that the seal was dated ahead.
    """
    if body["kind"] in (SEALED, CARRIED):
        if seal is None or Original.read(body).number > seal.last.number:
            raise ValueError("no seal stands for this record")
    elif (
        seal is not None
        and body["kind"] == "entry.admitted"
        and body["seq"] > seal.seq
        and EPOCH + at * MICROSECOND < seal.at - SLACK
    ):
        raise ValueError("the seal was dated ahead")


_ORIGINAL_BODY: Final = """(
    SELECT body ->> 'body' FROM records AS carried
    WHERE carried.seq = {seq} AND kind = 'log.carried' AND json_valid(body)
)"""


def original_seq(seq: str) -> str:
    """Return the number of a record, or of the one that it stands for, in SQL.

    What was carried on was decided by the resident of then.
    """
    return f"coalesce({original_field(seq, 'seq')}, {seq})"


def original_field(seq: str, name: str) -> str:
    """Return a field of the record that one stands for, or NULL, in SQL."""
    body = _ORIGINAL_BODY.format(seq=seq)
    return f"iif(json_valid({body}), {body} ->> '{name}', NULL)"


_UNPROVEN: Final = Query(
    """
    SELECT EXISTS (
        SELECT * FROM rules WHERE consent = 'given' AND NOT EXISTS (
            SELECT * FROM evidence
            JOIN records USING (seq)
            JOIN personal USING (seq)
            WHERE evidence.resident_id = rules.resident_id AND gives
                AND ended_at IS NULL AND kind IN ('rules.changed', :carried)
                AND field = 'resident' AND value = rules.resident_id
        )
    )
    """,
    bool,
)


def lacks_consent(conn: Connection) -> bool:
    """Return whether a consent in effect has no record, for example because none was carried."""
    return _UNPROVEN.one(conn, carried=CARRIED)


_HASH: Final = Query(
    f"""
    SELECT CAST(body ->> 'hash' AS TEXT) FROM records
    WHERE (kind = '{SEALED}' OR kind = '{CARRIED}') AND body ->> 'number' = :number
    ORDER BY seq DESC LIMIT 1
    """,
    str,
)


def original_hash(conn: Connection, number: int) -> str | None:
    """Return the hash of a deleted record that a seal or a carried record names."""
    return _HASH.first(conn, number=number)
