"""Append and verify records in a hash chain, and bind current state to it.

`hash = SHA-256(0x00 + previous hash + canonical JSON of the record)`. Each personal
field is replaced by `SHA-256(salt + value)`, so the purge can delete value and salt and
the chain still verifies (promise 7). `verify_record` checks an export by itself. A seal
stands for the records that the log no longer has (`seals`).

A record of an entry changes the table of entries by the statement of its kind.

Each record also holds a sum over the rows that decide on admission. The ledger's own
connection keeps it up to date. If anything else changes, inserts, deletes, or restores
a row, the sum no longer matches the newest record.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
import hashlib
from itertools import groupby
from operator import attrgetter
import secrets
from sqlite3 import Connection
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import orjson

from ..access.model import Proof
from ..const import MIN_RETENTION_DAYS
from .sql import (
    EPOCH,
    MICROSECOND,
    Command,
    Query,
    Storable,
    bytes_of,
    columns,
    of_type,
)

GENESIS: Final = bytes(32)
SALT_BYTES: Final = 32
_SHORTEST: Final = MIN_RETENTION_DAYS * 24 * 60 * 60 * 1_000_000
WITNESS_BYTES: Final = 10
"""How much of a record's hash is its verification code."""

type Value = str | int | bool | datetime | Collection[str] | None


CLOCK_ACCEPTED: Final = "clock.accepted"
"""The record that accepts its time, whatever later times came before."""

SINCE: Final = "kept_since"
"""In a record that carries personal values on: since when they were kept before."""

PERSONAL_ERASED: Final = "personal.erased"
"""The record before a purge: personal values up to `up_to` may be missing after.

Its personal field `ERASED_EARLIER` lists the later records whose values may be, too: a home
chose to keep its details for a shorter time. Neighbors don't learn which records those are.
"""

ERASED_EARLIER: Final = "records"


class Recorded(NamedTuple):
    """An appended record; `latest` is the latest time since the clock was accepted."""

    seq: int
    hash: bytes
    at: datetime
    latest: datetime
    bound: int = 0
    """The sum over the bound rows (see `BOUND`)."""


class Verification(NamedTuple):
    """The result of verifying the ledger; `broken_at` is the first mismatch.

    `records` is the number of the newest record that fits, and `sealed` that of the last one
    that a seal stands for. With `state_differs`, the bound rows don't match the newest record, which is
    `broken_at` if the records match each other.
    """

    records: int
    head: bytes
    broken_at: int | None = None
    state_differs: bool = False
    sealed: int = 0

    @property
    def intact(self) -> bool:
        return self.broken_at is None


def canonical(body: Mapping[str, object]) -> bytes:
    """Return the RFC 8785 form of an object with ASCII keys and without floats."""
    return orjson.dumps(body, default=_plain, option=orjson.OPT_SORT_KEYS)


def _plain(value: Collection[str] | datetime) -> list[str] | str:
    # orjson writes no subclass of datetime.
    return value.isoformat() if isinstance(value, datetime) else list(value)


def commitment(value: str, salt: bytes) -> str:
    return hashlib.sha256(salt + value.encode()).hexdigest()


def link(previous: bytes, body: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + previous + body).digest()


_PUT_RECORD: Final = Command("""
    INSERT INTO records (seq, at, kind, body, hash)
    VALUES (:seq, :at, :kind, :body, :hash)
""")
_PUT_PERSONAL: Final = Command(f"""
    INSERT INTO personal (seq, field, value, salt, since)
    SELECT :seq, value ->> 0, value ->> 1,
        substr(:salts, 1 + key * {SALT_BYTES}, {SALT_BYTES}), :since
    FROM json_each(:fields)
""")
_HEAD: Final = Query(
    "SELECT seq, hash, at, CAST(body AS BLOB) FROM records ORDER BY seq DESC LIMIT 1",
    tuple[int, bytes, datetime, bytes],
)
_LATEST: Final = Query(
    f"""
    SELECT at FROM records WHERE seq >= coalesce(
        (SELECT max(seq) FROM records WHERE kind = '{CLOCK_ACCEPTED}'), 0
    ) ORDER BY at DESC LIMIT 1
    """,
    datetime,
)
RECORD_HASH: Final = Query(
    "SELECT CAST(hash AS BLOB) FROM records WHERE seq = :seq", bytes
)
NEWEST_HASH: Final = Query(
    "SELECT seq, CAST(hash AS BLOB) FROM records ORDER BY seq DESC LIMIT 1",
    tuple[int, bytes],
)
_NEWEST_TWO: Final = Query(
    """
    SELECT CAST(body AS BLOB), CAST(hash AS BLOB) FROM records
    ORDER BY seq DESC LIMIT 2
    """,
    tuple[bytes, bytes],
)


def head(conn: Connection) -> Recorded | None:
    """Return the newest record."""
    newest = _HEAD.first(conn)
    if newest is None:
        return None
    seq, hashed, at, body = newest
    return Recorded(seq, hashed, at, _LATEST.one(conn), _bound(body))


def newest_fits(conn: Connection) -> bool:
    """Whether the newest record's hash is that of its body after the record before it."""
    rows = _NEWEST_TWO.all(conn)
    previous = [hashed for _, hashed in rows[1:]] or [GENESIS]
    return all(hashed == link(previous[0], body) for body, hashed in rows[:1])


def _bound(raw: bytes) -> int:
    try:
        return int(orjson.loads(raw)["bound"], 16)
    except LookupError, TypeError, ValueError:
        return 0  # not our record, so it binds nothing


def next_seq(head: Recorded | None) -> int:
    return 1 if head is None else head.seq + 1


def append(
    conn: Connection,
    previous: Recorded | None,
    kind: str,
    at: datetime,
    fields: Mapping[str, Value],
    personal_fields: Mapping[str, str | None],
    bound: int = 0,
    commitments: Mapping[str, str] = MappingProxyType({}),
) -> Recorded:
    """Append a record after `previous`.

    For `personal_fields`, the record holds commitments. Values and salts are stored
    separately until they are erased. `commitments` are those of values that are stored already.
    """
    seq = next_seq(previous)
    kept = {
        name: (value, secrets.token_bytes(SALT_BYTES))
        for name, value in personal_fields.items()
        if value is not None
    }
    body = canonical(
        {
            **fields,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "bound": f"{bound:064x}",
            "kind": kind,
            "personal": {
                **commitments,
                **{name: commitment(*stored) for name, stored in kept.items()},
            },
            "seq": seq,
        }
    )
    digest = link(GENESIS if previous is None else previous.hash, body)
    _PUT_RECORD.run(conn, seq=seq, at=at, kind=kind, body=body.decode(), hash=digest)
    latest = at
    if previous is not None and kind != CLOCK_ACCEPTED:
        latest = max(at, previous.latest)
    if kept:
        _PUT_PERSONAL.run(
            conn,
            seq=seq,
            fields=[(name, value) for name, (value, _) in kept.items()],
            salts=b"".join(salt for _, salt in kept.values()),
            since=latest,
        )
    return Recorded(seq, digest, at, latest, bound)


_ATTEMPT: Final = Command("""
    INSERT INTO entries (
        seq, entry_id, at, last_at, courier_id, courier_name, grant_id, door_id,
        door_name, proof, decision, reason, context_id, pass_id, relock_by,
        use_returned, repeats
    ) VALUES (
        :seq, :entry_id, :at, :at, :courier, :courier_name, :grant_id, :door,
        :door_name, :proof, :decision, :reason, :context_id, :pass_id, :relock_by,
        0, 0
    )
""")
_OUTCOME: Final = Command("""
    UPDATE entries SET outcome = :outcome, lock_confirmed = :lock_confirmed,
        unlocked_until = :unlocked_until, use_returned = :use_returned,
        relock_by = :relock_by
    WHERE entry_id = :entry_id
""")
_STOPPED: Final = Command("""
    UPDATE entries SET decision = 'refused', reason = coalesce(:reason, reason),
        use_returned = 1, completed_at = :at, relock_by = NULL
    WHERE entry_id = :entry_id
""")
_COMPLETED: Final = Command("""
    UPDATE entries SET completed_at = :at, relock_by = NULL WHERE entry_id = :entry_id
""")
_LATE_UNLOCK: Final = Command(
    "UPDATE entries SET use_returned = 0 WHERE entry_id = :entry_id"
)


class Effect(NamedTuple):
    """What a record changes in the table of entries; it may lack these values."""

    statement: Command
    values: Mapping[str, Storable] = MappingProxyType({})


_ATTEMPTED: Final = Effect(
    _ATTEMPT,
    {
        # The first ones were all by signed messages, and didn't say so.
        "proof": Proof.SIGNED.value,
        **dict.fromkeys(("context_id", "grant_id", "pass_id", "relock_by")),
    },
)
EFFECTS: Final[Mapping[str, Effect]] = MappingProxyType(
    {
        "entry.admitted": _ATTEMPTED,
        "entry.refused": _ATTEMPTED,
        "entry.observed": _ATTEMPTED,
        "entry.outcome": Effect(
            _OUTCOME, dict.fromkeys(("relock_by", "unlocked_until"))
        ),
        "entry.stopped": Effect(_STOPPED),
        "entry.completed": Effect(_COMPLETED),
        "entry.late_unlock": Effect(_LATE_UNLOCK),
    }
)
"""The effect of each kind of record."""


def apply_record(
    conn: Connection,
    kind: str,
    seq: int,
    at: datetime | int,
    fields: Mapping[str, Storable],
    more: Mapping[str, Storable],
) -> None:
    """Change the table of entries as a record says; `more` isn't in its fields."""
    if (effect := EFFECTS.get(kind)) is not None:
        # SQLite takes the values that the statement names.
        values = {**effect.values, **fields, **more, "seq": seq, "at": at}
        effect.statement.run(conn, **values)


class _Kept(NamedTuple):
    """A record as it is kept, with one of its personal values or none.

    SQLite stores any type in any column. Bytes can always be compared.
    """

    seq: int
    at: int
    kind: bytes
    body: bytes
    hash: bytes
    field: bytes
    value: bytes
    salt: bytes
    is_typed: bool


_AS_KEPT: Final = Query(
    f"""
    SELECT r.seq, r.at, CAST(r.kind AS BLOB) AS kind, CAST(r.body AS BLOB) AS body,
        CAST(r.hash AS BLOB) AS hash, CAST(p.field AS BLOB) AS field,
        CAST(p.value AS BLOB) AS value, CAST(p.salt AS BLOB) AS salt,
        {of_type("integer", "r.seq", "r.at", "p.seq", "p.since")}
        AND {of_type("text", "r.kind", "r.body", "p.field", "p.value")}
        AND {of_type("blob", "r.hash", "p.salt")} AS is_typed
    FROM records r LEFT JOIN personal p ON p.seq = r.seq
    WHERE NOT :sealed OR r.seq > :sealed
    ORDER BY r.seq
    """,
    _Kept,
)


type Follow = Callable[[Mapping[str, Any], int, Mapping[bytes, bytes]], None]
"""Takes the body of a record, its time, and its personal values that are still kept.

It raises a ValueError, TypeError, or LookupError for a record that can't be ours.
"""


def verify(
    conn: Connection,
    follow: Follow = lambda *_: None,
    sealed: int = 0,
    digest: bytes = GENESIS,
) -> Verification:
    """Verify every record against the one before, and personal values against it.

    It begins after the `sealed` records, of which `digest` is the last one's hash.
    A value may be missing only after a recorded purge. A cut-off end leaves no trace
    here, but residents' phones have the verification codes.
    """
    count, erased = sealed, _Erased()
    kept_records = _AS_KEPT.each(conn, sealed=sealed)
    for seq, rows in groupby(kept_records, key=attrgetter("seq")):
        kept = list(rows)
        row = kept[0]
        if (
            seq != count + 1
            or link(digest, row.body) != row.hash
            or not _matches(row.body, kept, erased, follow)
        ):
            return Verification(count, digest, seq, sealed=sealed)
        digest, count = row.hash, seq
    broken_at = min(erased.missing, default=None)
    return Verification(count, digest, broken_at, sealed=sealed)


class _Erased:
    """Track missing personal values that no recorded purge accounts for."""

    def __init__(self) -> None:
        self.missing: dict[int, int] = {}
        """By record, the time since which its values were kept."""
        self._latest = 0

    def follow(
        self, body: Mapping[str, Any], at: int, kept: Mapping[bytes, bytes]
    ) -> None:
        """Follow a record with its kept values; they're kept since the latest time so far."""
        self._latest = at if body["kind"] == CLOCK_ACCEPTED else max(self._latest, at)
        if body["kind"] == CLOCK_ACCEPTED:
            self.missing = {seq: min(since, at) for seq, since in self.missing.items()}
        if len(kept) < len(body["personal"]):
            kept_since = self._latest
            if (since := body.get(SINCE)) is not None:
                kept_since = min(kept_since, _microseconds(since))
            self.missing[body["seq"]] = kept_since
        if body["kind"] == PERSONAL_ERASED:
            soonest = at - _SHORTEST
            up_to = min(_microseconds(body["up_to"]), soonest)
            earlier = {*orjson.loads(kept.get(ERASED_EARLIER.encode(), b"[]"))}
            self.missing = {
                seq: since
                for seq, since in self.missing.items()
                if since > (soonest if seq in earlier else up_to)
            }


def _matches(
    raw: bytes, kept: Sequence[_Kept], erased: _Erased, follow: Follow
) -> bool:
    """Return whether a body matches its columns and commits to its personal values."""
    row = kept[0]
    try:
        body = orjson.loads(raw)
        commitments: Mapping[bytes, str] = {
            field.encode(): committed for field, committed in body["personal"].items()
        }
        values = [each for each in kept if each.field is not None]
        opened = {each.field: each.value for each in values}
        if (
            (body["seq"], body["kind"].encode(), _microseconds(body["at"]))
            == (row.seq, row.kind, row.at)
            and all(each.is_typed for each in kept)
            and all(
                # Bytes could be moved between a value and a salt of another length.
                len(each.salt) == SALT_BYTES
                and commitments[each.field]
                == hashlib.sha256(each.salt + each.value).hexdigest()
                for each in values
            )
        ):
            erased.follow(body, row.at, opened)
            follow(body, row.at, opened)
            return True
    except AttributeError, LookupError, TypeError, ValueError:
        pass  # not our record: its hash was made to match
    return False


def _microseconds(at: str) -> int:
    return (datetime.fromisoformat(at) - EPOCH) // MICROSECOND


BOUND: Final = (
    # Rules, with the consent behind them.
    "rules",
    # Last known accounts, and who is confirmed.
    "residences",
    # Revocations and uses, and the number that a driver may show.
    "grants",
    # Vetoes and withdrawals.
    "grant_units",
    "pauses",
    "passes",
    "address_codes",
    "orders",
    "answers",
    # What the building acts on of the configuration, and homes' notes for drivers.
    "configured",
)
"""The tables whose rows are bound, with all columns.

Each has a salt, which keeps personal values from being guessed.
"""

NOTHING: Final = 0

_MODULUS: Final = 1 << 256
_FUNCTION: Final = "courier_access_bind"


class BoundSum:
    """The sum over all bound rows, kept up to date for one connection."""

    def __init__(self, conn: Connection) -> None:
        """Follow this connection with temporary triggers, which aren't in the file."""
        self.total = NOTHING
        conn.create_function(_FUNCTION, 2, self._add)
        # A temporary trigger must not need a file of its own.
        conn.execute("PRAGMA temp_store = MEMORY")
        for table in BOUND:
            added, taken = (
                f"{_FUNCTION}({sign}, {_row_sql(conn, table, f'{row}.')})"
                for sign, row in ((1, "NEW"), (-1, "OLD"))
            )
            for when, what in (
                ("INSERT", added),
                ("DELETE", taken),
                ("UPDATE", f"{taken}, {added}"),
            ):
                conn.execute(
                    f"CREATE TEMP TRIGGER bind_{table}_{when.lower()}"
                    f" AFTER {when} ON main.{table} BEGIN SELECT {what}; END"
                )

    def _add(self, sign: int, row: bytes) -> None:
        self.total = (self.total + sign * number(row)) % _MODULUS


def bound_total(conn: Connection) -> int:
    """Return the sum over all bound rows of a file of this or an earlier version."""
    found = NOTHING
    for table in BOUND:
        if columns(conn, table):
            query = f"SELECT {_row_sql(conn, table)} FROM main.{table}"
            found += sum(number(row) for (row,) in conn.execute(query))
    return found % _MODULUS


def state_fits(conn: Connection) -> bool:
    """Return whether the bound rows match the newest record."""
    newest = head(conn)
    return bound_total(conn) == (NOTHING if newest is None else newest.bound)


def _row_sql(conn: Connection, table: str, row: str = "") -> str:
    values = bytes_of(*(row + name for name in columns(conn, table)))
    return f"CAST('{table} ' || {values} AS BLOB)"


def number(row: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"\x01" + row).digest())
