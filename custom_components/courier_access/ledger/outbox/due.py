"""Select the notifications to send now, and the time to look again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

import orjson
from sqlalchemy import (
    Connection,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)

from ...access.model import Outcome, Proof, Reason
from ..chain import WITNESS_BYTES
from ..queue import (
    AUTHORS,
    BUILDING_PAUSES,
    ENTRIES,
    OF_DELIVERIES,
    UNIT_PAUSES,
    NotificationKind,
)
from ..state.residents import units_then
from ..tables import Instant, entries, fanouts, notifications, personal, records
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


_PARCELS: Final = personal.alias()
_LABELS: Final = personal.alias()

_NOTIFICATIONS: Final = (
    select(
        notifications,
        fanouts.c.kind,
        fanouts.c.seq,
        fanouts.c.set_revision,
        fanouts.c.units,
        fanouts.c.details,
        entries.c.entry_id,
        entries.c.at,
        entries.c.courier_name,
        entries.c.door_name,
        entries.c.proof,
        entries.c.outcome,
        entries.c.reason,
        entries.c.context_id,
        records.c.hash,
        _PARCELS.c.value.label("parcel_ref"),
        _LABELS.c.value.label("unit_labels"),
    )
    .join(fanouts, fanouts.c.id == notifications.c.fanout_id)
    .join(records, records.c.seq == fanouts.c.seq)
    .outerjoin(entries, entries.c.entry_id == fanouts.c.entry_id)
    .outerjoin(
        _PARCELS,
        and_(_PARCELS.c.seq == fanouts.c.seq, _PARCELS.c.field == "parcel_ref"),
    )
    .outerjoin(
        _LABELS, and_(_LABELS.c.seq == fanouts.c.seq, _LABELS.c.field == "unit_labels")
    )
)
"""Notifications with their content, built once because compiling is slow."""


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


_NOW: Final = bindparam("now", type_=Instant)
_PAUSES: Final = (*BUILDING_PAUSES, *UNIT_PAUSES)
_EARLIER: Final = notifications.alias()
_ITS_FANOUT: Final = fanouts.alias()
_FOLLOWS_ANOTHER: Final = and_(
    fanouts.c.kind.in_(_PAUSES),
    select(_EARLIER.c.id)
    .join(_ITS_FANOUT, _ITS_FANOUT.c.id == _EARLIER.c.fanout_id)
    .where(
        _EARLIER.c.resident_id == notifications.c.resident_id,
        _EARLIER.c.id < notifications.c.id,
        _EARLIER.c.next_at <= _NOW,
        ~_EARLIER.c.held,
        _ITS_FANOUT.c.kind.in_(_PAUSES),
    )
    .exists(),
)
"""Whether an earlier pause notification is due, so the newest arrives last."""


def _in_turn() -> Select[Any]:
    """Select what to send now; `busy` has how many sends a resident already has."""
    busy = func.json_each(bindparam("busy")).table_valued("key", "value")
    ahead = func.coalesce(
        select(busy.c.value)
        .where(busy.c.key == notifications.c.resident_id)
        .scalar_subquery(),
        0,
    )
    urgency = case(
        (fanouts.c.kind == NotificationKind.LEFT_UNLOCKED, 0),
        (fanouts.c.kind.in_(ENTRIES), 1),
        (fanouts.c.kind.in_(OF_DELIVERIES), 2),
        else_=3,
    )
    place = func.row_number().over(
        partition_by=notifications.c.resident_id,
        order_by=(urgency, notifications.c.next_at, notifications.c.id),
    )
    waiting = (
        select(
            notifications.c.id, urgency.label("urgency"), (place + ahead).label("turn")
        )
        .join(fanouts, fanouts.c.id == notifications.c.fanout_id)
        .where(
            notifications.c.next_at <= _NOW,
            notifications.c.id.not_in(bindparam("without", expanding=True)),
            or_(~notifications.c.held, notifications.c.led_by == notifications.c.id),
            ~_FOLLOWS_ANOTHER,
        )
        .subquery()
    )
    return (
        _NOTIFICATIONS.join(waiting, waiting.c.id == notifications.c.id)
        .where(waiting.c.turn <= MAX_SENDS_PER_RESIDENT)
        .order_by(
            waiting.c.urgency,
            waiting.c.turn,
            notifications.c.next_at,
            notifications.c.id,
        )
        .limit(bindparam("most", type_=Integer))
    )


_IN_TURN: Final = _in_turn()
_COMBINED: Final = _NOTIFICATIONS.where(
    notifications.c.led_by.in_(bindparam("leaders", expanding=True)),
    notifications.c.led_by != notifications.c.id,
).order_by(notifications.c.id)

_PENDING: Final = _NOTIFICATIONS.where(
    notifications.c.state == NotificationState.PENDING
).order_by(notifications.c.id)


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
    params = {
        "now": now,
        "without": list(without),
        "most": limit,
        "busy": orjson.dumps(dict(busy)).decode(),
    }
    if not (rows := conn.execute(_IN_TURN, params).all()):
        return []
    leaders = [row.id for row in rows if row.held]
    combined = conn.execute(_COMBINED, {"leaders": leaders}).all() if leaders else []
    units = units_then(conn, {row.set_revision for row in (*rows, *combined)})
    others: dict[int, tuple[Notification, ...]] = {}
    for row in combined:
        others[row.led_by] = (*others.get(row.led_by, ()), _notification(row, units))
    return [_notification(row, units, others.get(row.id, ())) for row in rows]


def pending_notifications(conn: Connection) -> list[Notification]:
    """Return all notifications that no target has taken, the oldest first."""
    rows = conn.execute(_PENDING).all()
    units = units_then(conn, {row.set_revision for row in rows})
    return [_notification(row, units) for row in rows]


def _notification(
    row: Row[Any],
    units: Mapping[tuple[int, str], str],
    others: tuple[Notification, ...] = (),
) -> Notification:
    own = units.get((row.set_revision, row.resident_id), "")
    details: Mapping[str, str] = row.details or {}
    return Notification(
        id=row.id,
        tag=row.tag,
        token=row.token,
        kind=NotificationKind(row.kind),
        resident_id=row.resident_id,
        state=NotificationState(row.state),
        attempts=row.attempts,
        over=tuple(row.over),
        due_at=row.due_at,
        seq=row.seq,
        witness=row.hash[:WITNESS_BYTES].hex(),
        recipient=row.recipient,
        unit=_labels(row).get(own) if row.recipient else None,
        parcel_ref=row.parcel_ref if row.recipient else None,
        entry=None if row.entry_id is None else _entry_details(row),
        details={
            name: value
            for name, value in details.items()
            if name != AUTHORS and (row.recipient or name in FOR_OTHERS)
        },
        addressed=row.addressed,
        others=others,
        is_own=row.resident_id in details.get(AUTHORS, "").split(),
    )


def _entry_details(row: Row[Any]) -> EntryDetails:
    return EntryDetails(
        entry_id=row.entry_id,
        at=row.at,
        courier_name=row.courier_name,
        door_name=row.door_name,
        proof=None if row.proof is None else Proof(row.proof),
        outcome=None if row.outcome is None else Outcome(row.outcome),
        reason=None if row.reason is None else Reason(row.reason),
        context_id=row.context_id,
    )


_NEXT: Final = select(
    select(func.min(notifications.c.next_at))
    .where(notifications.c.next_at > _NOW)
    .scalar_subquery(),
    select(func.min(fanouts.c.at))
    .where(
        fanouts.c.expanded_at.is_(None),
        fanouts.c.entry_id.is_not(None),
        fanouts.c.at > bindparam("without_outcome_since", type_=Instant),
    )
    .scalar_subquery(),
    select(func.min(fanouts.c.ready_at))
    .where(fanouts.c.expanded_at.is_(None), fanouts.c.ready_at > _NOW)
    .scalar_subquery(),
    select(func.min(notifications.c.due_at))
    .where(
        notifications.c.state == NotificationState.PENDING,
        notifications.c.due_at > bindparam("in_vain_since", type_=Instant),
    )
    .scalar_subquery(),
)
_AFTER: Final = (timedelta(), OUTCOME_WITHIN, timedelta(), UNREACHABLE_AFTER)


def next_due(conn: Connection, now: datetime) -> datetime | None:
    """Return the next time to send, to expand, or to find someone unreachable."""
    since = {
        "now": now,
        "without_outcome_since": now - OUTCOME_WITHIN,
        "in_vain_since": now - UNREACHABLE_AFTER,
    }
    instants = zip(conn.execute(_NEXT, since).one(), _AFTER, strict=True)
    return min((at + wait for at, wait in instants if at is not None), default=None)


def _labels(row: Row[Any]) -> Mapping[str, str]:
    """Return the units concerned with their names as written."""
    if row.units is not None:
        labels: Mapping[str, str] = row.units
        return labels
    parsed: Mapping[str, str] = (
        {} if row.unit_labels is None else orjson.loads(row.unit_labels)
    )
    return parsed
