"""Select the notifications to send now, and the time to look again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final, NamedTuple

from ...access.model import Outcome, Proof, Reason
from ..chain import WITNESS_BYTES
from ..queue import AUTHORS, Family, NotificationKind, Rank, kinds_with
from ..sql import Query, listed
from ..state.residents import units_then
from .expand import OUTCOME_WITHIN, UNREACHABLE_AFTER, NotificationState

MAX_SENDS_PER_RESIDENT: Final = 2
"""At most this many sends at once, so one slow target doesn't take all slots."""

FOR_OTHERS: Final = frozenset(
    {
        "courier",
        "door",
        "starts_at",
        "ends_at",
        "reason",
        "until",
        "entered_at",
        "at",
        "cause",
        "days",
        "earlier_zone",
        "zone",
        "changes",
    }
)
"""The details that residents who aren't recipients may read."""

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_NOBODY: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class EntryDetails:
    """The entry that a notification is about."""

    entry_id: str
    at: datetime
    courier_name: str
    door_name: str
    proof: Proof | None
    outcome: Outcome | None
    reason: Reason | None
    context_id: str | None = None


@dataclass(frozen=True, slots=True)
class Notification:
    """A due notification with what its text needs: `entry`, `details`, or both.

    `unit`, `parcel_ref`, and most details are set only for recipients, until they are
    erased. `over` are the targets that took it so far, `addressed` replaces the
    resident's current targets, and `others` are combined with it. `is_own` if it is
    about what this resident did.
    """

    id: int
    tag: str
    token: str
    kind: NotificationKind
    resident_id: str
    state: NotificationState
    attempts: int
    over: tuple[str, ...]
    due_at: datetime
    seq: int
    witness: str
    recipient: bool
    unit: str | None = None
    parcel_ref: str | None = None
    entry: EntryDetails | None = None
    details: Mapping[str, str] = _NOTHING
    addressed: Mapping[str, object] | None = None
    others: tuple[Notification, ...] = ()
    is_own: bool = False


class _Stored(NamedTuple):
    """What a notification begins with, as it is stored."""

    id: int
    tag: str
    token: str
    kind: NotificationKind
    resident_id: str
    state: NotificationState
    attempts: int
    over: tuple[str, ...]
    due_at: datetime
    seq: int
    witness: str
    recipient: bool


class _Row(NamedTuple):
    """A notification with all that its readers may or may not read."""

    stored: _Stored
    parcel_ref: str | None
    entry: EntryDetails | None
    details: Mapping[str, str]
    addressed: Mapping[str, object] | None
    led_by: int | None
    set_revision: int
    labels: Mapping[str, str]


_NOTIFICATIONS: Final = f"""
    SELECT n.id, tag, token, f.kind, n.resident_id, state, attempts, over, due_at, f.seq,
        lower(hex(substr(hash, 1, {WITNESS_BYTES}))) AS witness, recipient,
        parcel.value AS parcel_ref, e.entry_id, e.at, courier_name, door_name, proof,
        outcome, reason, context_id, coalesce(details, '{{}}') AS details, n.addressed,
        led_by, set_revision, coalesce(units, label.value, '{{}}') AS labels
    FROM notifications n
    JOIN fanouts f ON f.id = n.fanout_id
    JOIN records r ON r.seq = f.seq
    LEFT JOIN entries e ON e.entry_id = f.entry_id
    LEFT JOIN personal parcel ON parcel.seq = f.seq AND parcel.field = 'parcel_ref'
    LEFT JOIN personal label ON label.seq = f.seq AND label.field = 'unit_labels'
"""
_PAUSES: Final = listed(
    (*kinds_with(Family.BUILDING_PAUSE), *kinds_with(Family.UNIT_PAUSE))
)
_RANK: Final = " ".join(
    f"WHEN kind IN {listed(kinds_with(each))} THEN {each:d}" for each in Rank
)
# The newest pause arrives last: it waits while an earlier one is due.
_IN_TURN: Final = Query(
    f"""
    WITH waiting AS (
        SELECT n.id, CASE {_RANK} END AS urgency, n.resident_id, next_at
        FROM notifications n JOIN fanouts f ON f.id = fanout_id
        WHERE next_at <= :now AND (NOT held OR led_by = n.id)
            AND n.id NOT IN (SELECT value FROM json_each(:without))
            AND NOT (kind IN {_PAUSES} AND EXISTS (
                SELECT * FROM notifications earlier
                JOIN fanouts its ON its.id = earlier.fanout_id
                WHERE earlier.resident_id = n.resident_id AND earlier.id < n.id
                    AND earlier.next_at <= :now AND NOT earlier.held
                    AND its.kind IN {_PAUSES}
            ))
    ), placed AS (
        SELECT id, urgency, coalesce(
            (SELECT value FROM json_each(:busy) WHERE key = resident_id), 0
        ) + row_number() OVER (
            PARTITION BY resident_id ORDER BY urgency, next_at, id
        ) AS turn
        FROM waiting
    )
    {_NOTIFICATIONS}
    JOIN placed ON placed.id = n.id
    WHERE turn <= {MAX_SENDS_PER_RESIDENT}
    ORDER BY urgency, turn, next_at, n.id LIMIT :most
    """,
    _Row,
)
_COMBINED: Final = Query(
    f"""
    {_NOTIFICATIONS}
    WHERE led_by IN (SELECT value FROM json_each(:leaders)) AND led_by <> n.id
    ORDER BY n.id
    """,
    _Row,
)
_PENDING: Final = Query(f"{_NOTIFICATIONS} WHERE state = 'pending' ORDER BY n.id", _Row)


def due(
    conn: Connection,
    now: datetime,
    limit: int,
    without: Collection[int] = (),
    busy: Mapping[str, int] = _NOBODY,
) -> list[Notification]:
    """Return the due notifications, except those `without`, which are being sent.

    A door that may be unlocked comes first, then entries, then deliveries, with
    residents in turn. A resident has at most `MAX_SENDS_PER_RESIDENT`, including the `busy` ones.
    """
    rows = _IN_TURN.all(conn, now=now, without=without, most=limit, busy=busy)
    if not rows:
        return []
    leaders = [row.led_by for row in rows if row.led_by is not None]
    combined = _COMBINED.all(conn, leaders=leaders) if leaders else []
    units = units_then(conn, {row.set_revision for row in (*rows, *combined)})
    others: dict[int | None, tuple[Notification, ...]] = {}
    for row in combined:
        others[row.led_by] = (*others.get(row.led_by, ()), _notification(row, units))
    return [_notification(row, units, others.get(row.led_by, ())) for row in rows]


def pending_notifications(conn: Connection) -> list[Notification]:
    """Return all notifications that no target has taken, the oldest first."""
    rows = _PENDING.all(conn)
    units = units_then(conn, {row.set_revision for row in rows})
    return [_notification(row, units) for row in rows]


def _notification(
    row: _Row,
    units: Mapping[tuple[int, str], str],
    others: tuple[Notification, ...] = (),
) -> Notification:
    reader, is_recipient = row.stored.resident_id, row.stored.recipient
    own = units.get((row.set_revision, reader), "")
    return Notification(
        *row.stored,
        unit=row.labels.get(own) if is_recipient else None,
        parcel_ref=row.parcel_ref if is_recipient else None,
        entry=row.entry,
        details={
            name: value
            for name, value in row.details.items()
            if name != AUTHORS and (is_recipient or name in FOR_OTHERS)
        },
        addressed=row.addressed,
        others=others,
        is_own=reader in row.details.get(AUTHORS, "").split(),
    )


_NEXT: Final = Query(
    """
    SELECT (SELECT min(next_at) FROM notifications WHERE next_at > :now),
        (
            SELECT min(at) FROM fanouts
            WHERE expanded_at IS NULL AND entry_id IS NOT NULL
                AND at > :without_outcome_since
        ),
        (
            SELECT min(ready_at) FROM fanouts
            WHERE expanded_at IS NULL AND ready_at > :now
        ),
        (
            SELECT min(due_at) FROM notifications
            WHERE state = 'pending' AND due_at > :in_vain_since
        )
    """,
    tuple[datetime | None, datetime | None, datetime | None, datetime | None],
)
_AFTER: Final = (timedelta(), OUTCOME_WITHIN, timedelta(), UNREACHABLE_AFTER)


def next_due(conn: Connection, now: datetime) -> datetime | None:
    """Return the next time to send, to expand, or to find someone unreachable."""
    found = _NEXT.one(
        conn,
        now=now,
        without_outcome_since=now - OUTCOME_WITHIN,
        in_vain_since=now - UNREACHABLE_AFTER,
    )
    instants = zip(found, _AFTER, strict=True)
    return min((at + wait for at, wait in instants if at is not None), default=None)
