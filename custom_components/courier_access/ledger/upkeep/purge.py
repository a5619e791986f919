"""Purge personal data whose time is over; the chain still verifies (promise 7).

Each step is a small transaction, so no entry waits long. Pending notifications (promise
2) and evidence of consent are kept.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import BinaryIO, Final, NamedTuple

import orjson

from ...access.model import DETAILS, GrantKey
from ..chain import CLOCK_ACCEPTED, ERASED_EARLIER, PERSONAL_ERASED
from ..errors import RAISED_BY_FILES, unavailable
from ..ledger import Transaction, put_value, read_value
from ..outbox.expand import NOTIFICATIONS_PER_STEP
from ..queue import Family, NotificationKind, kinds_with
from ..sql import MICROSECOND, Command, Query, fields_of, listed, reader
from ..state import questions
from ..state.configured import ConfiguredKind
from ..state.fleet_visits import CHOICE, VISITS
from ..state.grants import (
    IS_FINGERPRINT,
    OF_GRANT,
    OLDEST_MESSAGE,
    REMEMBERED,
    end_orphaned_codes,
    fingerprint,
)
from ..state.residents import ERASE_AFTER, IS_KEPT, end_links_of_leavers
from .restore import refuse_before, restored_at

STEP: Final = 100
"""How many rows one transaction erases at most."""


class Limits(NamedTuple):
    """The current time, the building's retention, and how long a proof of consent is kept.

    Homes may have chosen another retention.
    """

    now: datetime
    retention: timedelta
    proof: timedelta

    @property
    def cutoff(self) -> datetime:
        return self.now - self.retention

    @property
    def proof_since(self) -> datetime:
        """The time up to which consents have ended whose proof isn't kept any longer."""
        return self.now - self.proof


type Job = Callable[[Transaction, Limits, int], int | None]


def step(transaction: Transaction, job: Job, limits: Limits, after: int) -> int | None:
    return job(transaction, limits, after)


_DAY: Final = 24 * 60 * 60 * 1_000_000
_OF_WISH: Final = f"kind = '{ERASE_AFTER}'"
_WISHED: Final = f"""wished (unit, cutoff, from_seq) AS MATERIALIZED (
    SELECT value ->> 'unit',
        min(:now - (value ->> 'days') * {_DAY}, coalesce(value ->> 'left', :now)),
        value ->> 'from_seq'
    FROM configured WHERE {_OF_WISH}
)"""
"""Up to when homes wish their details erased, each from a record on."""

_LATEST_CUTOFF: Final = "max(:cutoff, coalesce((SELECT max(cutoff) FROM wished), 0))"


def _cutoff(seq: str, others: str = "") -> str:
    """Return the latest cutoff of the homes that a record names, and of `others`.

    A home without a wish has the building's.
    """
    named = f"FROM personal AS named WHERE named.seq = {seq} AND field"
    return f"""coalesce((
        SELECT max(coalesce(wished.cutoff, :cutoff)) FROM (
            SELECT home.value AS unit
            FROM personal AS named,
                json_each(iif(json_valid(named.value), named.value, '[]')) AS home
            WHERE named.seq = {seq} AND field = 'units'
            UNION ALL SELECT value {named} = 'unit'
            UNION ALL SELECT unit FROM residences
            WHERE resident_id IN (SELECT value {named} = 'resident')
            {others}
        ) AS homes
        LEFT JOIN wished ON wished.unit = homes.unit AND from_seq <= {seq}
    ), :cutoff)"""


_IS_PENDING: Final = """(
    fanouts.expanded_at IS NULL OR EXISTS (
        SELECT * FROM notifications
        WHERE notifications.fanout_id = fanouts.id AND next_at IS NOT NULL
    )
)"""
"""Whether a fan-out or one of its notifications is still pending."""

_IS_AWAITED: Final = f"""(
    kind = '{NotificationKind.FLEET_VISITS}' AND EXISTS (
        SELECT * FROM configured AS setting
        WHERE setting.kind = '{ConfiguredKind.FLEET}' AND id = '{VISITS}'
            AND setting.value ->> 'seq' = fanouts.seq
            AND setting.value ->> 'notified_at' IS NULL
    )
)"""
"""Whether visits to the fleet wait until every resident got a notification of a fan-out."""

_OF_FANOUT: Final = """
    UNION ALL SELECT key FROM json_each(fanouts.units)
    UNION ALL SELECT unit FROM residences
    WHERE residences.resident_id = fanouts.resident_id
"""
_OLD_FANOUT: Final = Query(
    f"""
    WITH {_WISHED}
    SELECT id, NOT {_IS_PENDING} AND NOT {_IS_AWAITED} AND NOT (
        kind IN {listed(kinds_with(Family.ANNOUNCEMENT))} AND EXISTS (
            SELECT * FROM grants
            WHERE grants.courier_id = fanouts.courier_id
                AND grants.grant_id = fanouts.grant_id AND ends_at > :now
        )
    )
    FROM fanouts
    WHERE id > :after AND at <= {_LATEST_CUTOFF}
        AND at <= {_cutoff("fanouts.seq", _OF_FANOUT)}
    ORDER BY id LIMIT 1
    """,
    tuple[int, bool],
)
# All but the latest evidence of a resident who can't be reached.
_DELETE_NOTIFICATIONS: Final = Command(f"""
    DELETE FROM notifications WHERE id IN (
        SELECT id FROM notifications AS old
        WHERE fanout_id = :fanout_id AND NOT (
            state = 'undeliverable' AND addressed IS NULL
            AND EXISTS (
                SELECT * FROM residences
                WHERE residences.resident_id = old.resident_id
            )
            AND NOT EXISTS (
                SELECT * FROM notifications AS later
                WHERE later.resident_id = old.resident_id AND (
                    later.sent_at >= old.due_at
                    OR later.state = 'undeliverable' AND later.id > old.id
                )
            )
        )
        LIMIT {NOTIFICATIONS_PER_STEP}
    )
""")
_DELETE_FANOUT: Final = Command("""
    DELETE FROM fanouts WHERE id = :fanout_id
        AND NOT EXISTS (SELECT * FROM notifications WHERE fanout_id = fanouts.id)
""")
_EMPTY_FANOUT: Final = Command("""
    UPDATE fanouts SET grant_id = NULL, units = '{}', details = '{}', addressed = NULL,
        set_revision = (SELECT max(revision) FROM resident_sets)
    WHERE id = :fanout_id
""")


def sent_fanouts(transaction: Transaction, limits: Limits, after: int) -> int | None:
    """Delete a fan-out and its notifications after all are sent, unless a veto needs them.

    An undeliverable notification is kept without content until one is delivered.
    """
    conn = transaction.conn
    old = _OLD_FANOUT.first(conn, after=after, cutoff=limits.cutoff, now=limits.now)
    if old is None:
        return None
    fanout_id, is_done = old
    if is_done:
        deleted = _DELETE_NOTIFICATIONS.run(conn, fanout_id=fanout_id)
        if deleted == NOTIFICATIONS_PER_STEP:
            return after
        _DELETE_FANOUT.run(conn, fanout_id=fanout_id)
        _EMPTY_FANOUT.run(conn, fanout_id=fanout_id)
    return fanout_id


# The last record of a full step; after it, there may be more.
_LAST_VALUE: Final = Query(
    f"""
    SELECT DISTINCT seq FROM personal WHERE seq > :after
    ORDER BY seq LIMIT 1 OFFSET {STEP - 1}
    """,
    int,
)
_OLD_VALUES: Final = Query(
    f"""
    WITH {_WISHED},
    kept AS (
        SELECT DISTINCT seq, since FROM personal
        WHERE seq > :after AND seq <= coalesce(:last, 9223372036854775807)
            AND since <= {_LATEST_CUTOFF}
    )
    SELECT seq, max(since) > :cutoff FROM kept
    WHERE since <= {_cutoff("kept.seq")}
        AND NOT EXISTS (
            SELECT * FROM evidence WHERE evidence.seq = kept.seq AND {IS_KEPT}
        )
        AND NOT EXISTS (SELECT * FROM orders WHERE orders.seq = kept.seq)
        AND NOT EXISTS (
            SELECT * FROM fanouts WHERE fanouts.seq = kept.seq AND {_IS_PENDING}
        )
    GROUP BY seq
    """,
    tuple[int, bool],
)
_IS_ANY_WISH: Final = Query(
    f"SELECT EXISTS (SELECT * FROM configured WHERE {_OF_WISH})", bool
)
_ERASE_VALUES: Final = Command(
    "DELETE FROM personal WHERE seq IN (SELECT value FROM json_each(:old))"
)
_ERASE_GRANT_IDS: Final = Command("""
    UPDATE entries SET grant_id = NULL
    WHERE seq IN (SELECT value FROM json_each(:old))
""")


def values(transaction: Transaction, limits: Limits, after: int) -> int | None:
    """Erase personal values and salts, after a record of the cutoff.

    If a home chose to keep its details for a shorter time, a purge is always recorded, so
    that neighbors don't learn from it whether there was a visit.
    """
    conn = transaction.conn
    last = _LAST_VALUE.first(conn, after=after)
    found = _OLD_VALUES.all(
        conn,
        after=after,
        last=last,
        now=limits.now,
        cutoff=limits.cutoff,
        proof_since=limits.proof_since,
    )
    old = [seq for seq, _ in found]
    earlier = [seq for seq, is_earlier in found if is_earlier]
    is_hidden = after == 0 and _IS_ANY_WISH.one(conn)
    if old or is_hidden:
        _record(transaction, limits, earlier, is_hidden=is_hidden)
        _ERASE_VALUES.run(conn, old=old)
        _ERASE_GRANT_IDS.run(conn, old=old)
    return last


# Records that were carried on have later numbers, but are kept since the same time.
_OLD_RULES: Final = Query(
    f"""
    SELECT DISTINCT evidence.seq FROM evidence JOIN personal USING (seq)
    WHERE since <= :cutoff AND (
        field IN ('rules', 'unit') AND ended_at <= :cutoff
        OR field = 'rules' AND EXISTS (
            SELECT * FROM evidence AS later
            JOIN personal AS newer ON newer.seq = later.seq
            WHERE later.resident_id = evidence.resident_id
                AND newer.field = 'resident' AND newer.since <= :cutoff
                AND (newer.since, later.seq) > (personal.since, evidence.seq)
        )
    ) AND NOT EXISTS (
        SELECT * FROM fanouts WHERE fanouts.seq = evidence.seq AND {_IS_PENDING}
    )
    ORDER BY evidence.seq LIMIT {STEP}
    """,
    int,
)
_ERASE_RULES: Final = Command("""
    DELETE FROM personal WHERE seq IN (SELECT value FROM json_each(:old)) AND (
        field = 'rules' OR field = 'unit' AND EXISTS (
            SELECT * FROM evidence
            WHERE evidence.seq = personal.seq AND ended_at <= :cutoff
        )
    )
""")


def old_rules(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Erase rules that were replaced, and rules and home of what ended, where the proof stays."""
    conn = transaction.conn
    if old := _OLD_RULES.all(conn, cutoff=limits.cutoff):
        _record(transaction, limits, [], is_hidden=False)
        _ERASE_RULES.run(conn, old=old, cutoff=limits.cutoff)
    return _again(len(old))


_ENDED_GRANTS: Final = f"""(
    SELECT courier_id, grant_id FROM grants WHERE keep_until <= :now
    ORDER BY keep_until, courier_id, grant_id LIMIT {STEP}
)"""
_DELETE_UNITS_OF_ENDED: Final = Command(
    f"DELETE FROM grant_units WHERE (courier_id, grant_id) IN {_ENDED_GRANTS}"
)
_DELETE_ENDED_GRANTS: Final = Command(
    f"DELETE FROM grants WHERE (courier_id, grant_id) IN {_ENDED_GRANTS}"
)


_REVOKED_GRANTS: Final = Query(
    f"""
    WITH {_WISHED}
    SELECT courier_id, grant_id FROM grants
    WHERE state = 'revoked' AND NOT {IS_FINGERPRINT}
        AND max(ends_at, keep_until - :remembered) <= max(:cutoff, coalesce((
            SELECT max(cutoff) FROM grant_units JOIN wished USING (unit)
            WHERE grant_units.courier_id = grants.courier_id
                AND grant_units.grant_id = grants.grant_id
        ), 0))
    LIMIT {STEP}
    """,
    GrantKey,
)
_DELETE_UNITS: Final = Command(f"DELETE FROM grant_units {OF_GRANT}")
_NO_DETAILS: Final = ", ".join(f"{name} = NULL" for name in DETAILS)
_REDUCE_GRANT: Final = Command(f"""
    UPDATE grants SET grant_id = :fingerprint,
        {_NO_DETAILS},
        content = '', issuer_kind = NULL, issuer_id = NULL, is_forgeable = NULL
    {OF_GRANT}
""")


_REMEMBERED: Final = (OLDEST_MESSAGE + REMEMBERED) // MICROSECOND


def revoked_grants(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Reduce revoked grants to the revocation itself (docs/reference/retention.md)."""
    conn = transaction.conn
    keys = _REVOKED_GRANTS.all(
        conn, now=limits.now, cutoff=limits.cutoff, remembered=_REMEMBERED
    )
    for key in keys:
        _DELETE_UNITS.run(conn, **fields_of(key))
        _REDUCE_GRANT.run(conn, **fields_of(key), fingerprint=fingerprint(key))
    return _again(len(keys))


def _limited(table: str, key: str, condition: str) -> str:
    """Return the statement that deletes the rows of a step, by the columns of a key."""
    return f"""
        DELETE FROM {table} WHERE ({key}) IN (
            SELECT {key} FROM {table} WHERE {condition} LIMIT {STEP}
        )
    """


_NO_GRANT: Final = """NOT EXISTS (
    SELECT * FROM grants
    WHERE grants.courier_id = asks.courier_id AND grants.grant_id = asks.grant_id
)"""
_DELETE_QUESTIONS: Final = Command(
    _limited("asks", "id", f"at <= :cutoff AND {_NO_GRANT}")
)


def old_questions(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """Erase finished questions, and their number once the grant is deleted."""
    questions.erase_old(transaction.conn, limits.now)
    cutoff = limits.now - questions.KEPT_FOR
    return _again(_DELETE_QUESTIONS.run(transaction.conn, cutoff=cutoff))


def orphaned_codes(transaction: Transaction, limits: Limits, _after: int) -> int | None:
    """End address codes and links of residents who no longer live in the unit."""
    end_orphaned_codes(transaction.conn)
    end_links_of_leavers(transaction.conn, limits.now)
    return None


_DELETE_REPLIES: Final = Command(
    _limited("replies", "courier_id, message_id", "keep_until <= :now")
)
_DELETE_PASSES: Final = Command(_limited("passes", "pass_id", "keep_until <= :now"))
_DELETE_PAUSES: Final = Command(
    _limited("pauses", "id", "coalesce(ended_at, until) <= :cutoff")
)
_IS_UNUSED: Final = """
    revision < (SELECT max(revision) FROM resident_sets)
    AND revision NOT IN (SELECT set_revision FROM fanouts)
"""
_DELETE_SETS: Final = Command(_limited("resident_sets", "revision", _IS_UNUSED))
_IS_ERASED: Final = """
    ended_at <= :cutoff
    AND NOT EXISTS (SELECT * FROM personal WHERE personal.seq = evidence.seq)
"""
_DELETE_EVIDENCE: Final = Command(_limited("evidence", "seq", _IS_ERASED))
_IS_FULFILLED: Final = (
    f"{_OF_WISH} AND value ->> 'left' <= :now - (value ->> 'days') * {_DAY}"
)
_DELETE_WISHES: Final = Command(_limited("configured", "kind, id", _IS_FULFILLED))
_NO_HOME_IS_KEPT: Final = f"""
    kind = '{CHOICE}' AND value ->> 'until' <= coalesce(
        (SELECT seq FROM personal WHERE field = 'units' ORDER BY seq LIMIT 1),
        9223372036854775807
    )
"""
_DELETE_CHOICES: Final = Command(_limited("configured", "kind, id", _NO_HOME_IS_KEPT))
_DELETE_TEXTS: Final = Command(
    _limited(
        "consent_texts",
        "hash",
        """
        keep_until <= :now AND hash NOT IN (
            SELECT value FROM evidence JOIN personal USING (seq) WHERE field = 'text'
        )
        """,
    )
)


def _delete(*commands: Command) -> Job:
    """Return the job of these commands, of which the last counts what is deleted."""

    def delete(transaction: Transaction, limits: Limits, _after: int) -> int | None:
        deleted = 0
        for command in commands:
            deleted = command.run(
                transaction.conn,
                now=limits.now,
                cutoff=limits.cutoff,
            )
        return _again(deleted)

    return delete


ended_passes: Final = _delete(_DELETE_PASSES)
JOBS: Final[tuple[Job, ...]] = (
    sent_fanouts,
    values,
    old_rules,
    _delete(_DELETE_UNITS_OF_ENDED, _DELETE_ENDED_GRANTS),
    revoked_grants,
    old_questions,
    _delete(_DELETE_REPLIES),
    ended_passes,
    orphaned_codes,
    _delete(_DELETE_PAUSES),
    _delete(_DELETE_SETS),
    _delete(_DELETE_EVIDENCE),
    _delete(_DELETE_WISHES),
    _delete(_DELETE_CHOICES),
    _delete(_DELETE_TEXTS),
)


_NEWEST_PURGE: Final = Query(
    f"""
    SELECT body FROM records WHERE kind = '{PERSONAL_ERASED}' ORDER BY seq DESC LIMIT 1
    """,
    str,
)


def _record(
    transaction: Transaction,
    limits: Limits,
    earlier: list[int],
    *,
    is_hidden: bool,
) -> None:
    """Record the cutoff of this purge once, and which later records it erases `earlier`."""
    cutoff = limits.cutoff.isoformat()
    body = _NEWEST_PURGE.first(transaction.conn)
    personal: dict[str, str] = {}
    if earlier or is_hidden:
        personal = {ERASED_EARLIER: orjson.dumps(earlier).decode()}
    elif body is not None and orjson.loads(body)["up_to"] == cutoff:
        return
    transaction.append(PERSONAL_ERASED, limits.now, {"up_to": cutoff}, personal)


def _again(done: int) -> int | None:
    return 0 if done == STEP else None


_SET_BACK_VALUES: Final = Command("UPDATE personal SET since = :at WHERE since > :at")
_SET_BACK_EVIDENCE: Final = Command(
    "UPDATE evidence SET ended_at = :at WHERE ended_at > :at"
)


def accept_clock(transaction: Transaction, at: datetime, by: str | None) -> None:
    """Record that somebody accepts the time `at`, with the latest time before it."""
    latest = None if transaction.head is None else transaction.head.latest.isoformat()
    transaction.append(CLOCK_ACCEPTED, at, {"latest": latest}, {"decided_by": by})
    # Later times came from a clock that was ahead.
    _SET_BACK_VALUES.run(transaction.conn, at=at)
    _SET_BACK_EVIDENCE.run(transaction.conn, at=at)
    restored = restored_at(transaction.conn)
    if restored is not None and restored > at:
        refuse_before(transaction, at)


EVEN_FOR: Final = timedelta(hours=24)
"""How long the clock must be steady to erase (docs/reference/retention.md)."""

FAR: Final = timedelta(days=7)
"""A gap after which the clock must be steady for as long again."""

RESTART: Final = timedelta(hours=2)
"""The longest gap between two checks across a restart that counts as steady."""

SLACK: Final = timedelta(minutes=2)
"""The largest drift between wall and monotonic clock from one check to the next."""

_STEADINESS: Final = "steadiness"


class Steadiness(NamedTuple):
    """The last check of the clock, since when it is steady, and if it jumped `FAR`.

    Erasing can't be undone, and a clock may be wrong unnoticed, for example a year ahead
    from the start. The further a time is from the last one known, the longer it must be
    steady before anything is erased. This is known across restarts.
    """

    at: datetime
    since: datetime
    is_far: bool = False

    @property
    def is_enough(self) -> bool:
        return self.at - self.since >= (FAR if self.is_far else EVEN_FOR)


def is_steady_for(conn: Connection, now: datetime, period: timedelta) -> bool:
    """Return whether the clock was steady for a period, up to a check shortly before."""
    last = _last_check(conn)
    return (
        last is not None
        and last.at - last.since >= period
        and timedelta() <= now - last.at <= RESTART
    )


def follow_steadiness(
    conn: Connection, now: datetime, agreed: timedelta, *, is_first: bool
) -> Steadiness:
    """Record a check; `agreed` is how long wall and monotonic clock have agreed."""
    steady = _after(_last_check(conn), now, agreed, is_first=is_first)
    values = [steady.at.isoformat(), steady.since.isoformat(), steady.is_far]
    put_value(conn, _STEADINESS, orjson.dumps(values).decode())
    return steady


def _after(
    last: Steadiness | None, now: datetime, agreed: timedelta, *, is_first: bool
) -> Steadiness:
    if last is None:
        return Steadiness(now, now - agreed)
    gap = now - last.at
    longest_gap = max(agreed + SLACK, RESTART if is_first else timedelta())
    is_even = timedelta() <= gap <= longest_gap
    since = last.since if is_even else now - agreed
    is_far = (not is_even and abs(gap) > FAR) or (last.is_far and not last.is_enough)
    return Steadiness(now, since, is_far)


def _last_check(conn: Connection) -> Steadiness | None:
    if (stored := read_value(conn, _STEADINESS)) is None:
        return None
    at, since, is_far = orjson.loads(stored)
    return Steadiness(datetime.fromisoformat(at), datetime.fromisoformat(since), is_far)


_LEAST: Final = 8
"""Bytes: less is also found by chance."""

# `secure_delete` overwrites what a deleted row had. But when SQLite moves rows from one
# page to another, the page that it writes again keeps what stood there before between
# its cells. If the row is deleted later, only the moved one is overwritten. This happens
# to about one row of a thousand, until the page is written again. New rows may overwrite any
# part of the copy, so each part of each column is searched.
_ERASABLE: Final = (
    *("answers", "asks", "fanouts", "grant_units", "grants"),
    *("passes", "pauses", "personal", "replies", "resident_sets"),
)
"""The tables from which a purge erases personal values and what they are known by."""

_HEADERS: Final = {2: 12, 5: 12, 10: 8, 13: 8}
"""The length of a page's header by its kind (SQLite's file format, 1.6)."""


def erasable_values(path: Path) -> frozenset[bytes]:
    """Return the values that a purge may erase, as they stand in the file's bytes.

    Raise LedgerUnavailable if the file can't be read.
    """
    try:
        with reader(path) as conn:
            conn.text_factory = bytes
            return frozenset(
                value
                for table in _ERASABLE
                for row in conn.execute(f"SELECT * FROM {table}")
                for value in row
                if isinstance(value, bytes) and len(value) >= _LEAST
            )
    except RAISED_BY_FILES as err:
        raise unavailable(err) from err


def has_traces(path: Path, erased: frozenset[bytes], kept: frozenset[bytes]) -> bool:
    """Return whether a file has parts of erased values, other than kept values have.

    Its log isn't read. Raise OSError if the file can't be read.
    """
    with path.open("rb") as file:
        between = b"\0".join(_between_cells(file))
    return any(
        part in between and not any(part in value for value in kept)
        for value in erased
        for part in _parts(value)
    )


def _parts(value: bytes) -> Iterator[bytes]:
    """Yield a value in parts of the least length; the last two may overlap."""
    for at in range(0, len(value) - _LEAST, _LEAST):
        yield value[at : at + _LEAST]
    yield value[-_LEAST:]


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
