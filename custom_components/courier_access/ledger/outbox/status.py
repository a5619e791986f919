"""Report the delivery status of notifications (promise 2), and count them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from ...access.model import GrantKey
from ..queue import OWNER, NotificationKind
from ..state.residents import units_then
from ..tables import Instant, fanouts, lived_here, metadata, notifications
from .expand import IMAGE, UNREACHABLE_AFTER, NotificationState


@dataclass(frozen=True, slots=True)
class NotificationContext:
    """What a notification was about when its reader acts on it.

    `unit` is the resident's unit then, or empty if they were pending. `deliveries` are
    the announced ones with the unit then. `is_present` if the reader is still the same
    person.
    """

    kind: NotificationKind
    resident_id: str
    details: Mapping[str, str]
    unit: str
    deliveries: Mapping[GrantKey, str]
    is_present: bool


def find_by_token(conn: Connection, token: str) -> NotificationContext | None:
    """Return the context of a notification that isn't about an entry, by its token."""
    found = (
        select(notifications.c.id)
        .where(notifications.c.token == token)
        .scalar_subquery()
    )
    rows = conn.execute(
        select(
            notifications.c.resident_id.label("reader"),
            lived_here(notifications.c.resident_id, fanouts.c.seq).label("is_present"),
            fanouts,
        )
        .join(fanouts, fanouts.c.id == notifications.c.fanout_id)
        .where(
            or_(notifications.c.id == found, notifications.c.led_by == found),
            fanouts.c.entry_id.is_(None),
        )
        .order_by(notifications.c.id != found, notifications.c.id)
    ).all()
    if not rows:
        return None
    units = units_then(conn, {row.set_revision for row in rows})
    return NotificationContext(
        kind=NotificationKind(rows[0].kind),
        resident_id=rows[0].reader,
        details=rows[0].details,
        unit=units.get((rows[0].set_revision, rows[0].reader), ""),
        deliveries={
            GrantKey(row.courier_id, row.grant_id): units.get(
                (row.set_revision, row.reader), ""
            )
            for row in rows
            if row.kind == NotificationKind.DELIVERY_ANNOUNCED
        },
        is_present=rows[0].is_present,
    )


@dataclass(frozen=True, slots=True)
class NotificationStatus:
    """The delivery status of one resident's notification of an entry.

    `recipient` is false for a different person who has the resident's ID now.
    """

    kind: NotificationKind
    resident_id: str
    recipient: bool
    state: NotificationState
    over: tuple[str, ...]
    attempts: int
    enqueued_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    image: str | None


def notification_status(
    conn: Connection, entry_ids: Iterable[str], residents: Collection[str] | None = None
) -> Mapping[str, tuple[NotificationStatus, ...]]:
    """Return the delivery status by entry, oldest first, for all residents or for these."""
    statuses: dict[str, tuple[NotificationStatus, ...]] = dict.fromkeys(entry_ids, ())
    query = (
        select(
            notifications,
            fanouts.c.entry_id,
            fanouts.c.kind,
            fanouts.c.at,
            fanouts.c.details,
            and_(
                notifications.c.recipient,
                lived_here(notifications.c.resident_id, fanouts.c.seq),
            ).label("was_recipient"),
        )
        .join(fanouts, fanouts.c.id == notifications.c.fanout_id)
        .where(fanouts.c.entry_id.in_(list(statuses)))
        .order_by(notifications.c.id)
    )
    if residents is not None:
        # Filter by the entries' fan-outs, not by all notifications of these residents.
        query = query.where(func.likely(notifications.c.resident_id.in_(residents)))
    for row in conn.execute(query):
        statuses[row.entry_id] += (
            NotificationStatus(
                kind=NotificationKind(row.kind),
                resident_id=row.resident_id,
                recipient=row.was_recipient,
                state=NotificationState(row.state),
                over=tuple(row.over),
                attempts=row.attempts,
                enqueued_at=row.at,
                sent_at=row.sent_at,
                delivered_at=row.delivered_at,
                image=_image(row.details),
            ),
        )
    return statuses


def _image(details: Mapping[str, object] | None) -> str | None:
    """Return a message's image, unless it isn't one that may be passed on."""
    image = (details or {}).get("image")
    return image if isinstance(image, str) and IMAGE.fullmatch(image) else None


_NOW: Final = bindparam("now", type_=Instant)
_OTHERS: Final = notifications.alias()
_LAST_TAKEN: Final = (
    select(func.max(_OTHERS.c.sent_at))
    .where(
        _OTHERS.c.resident_id == notifications.c.resident_id, _OTHERS.c.sent_at <= _NOW
    )
    .scalar_subquery()
)
_UNREACHABLE: Final = (
    select(notifications.c.resident_id, func.min(notifications.c.due_at).label("since"))
    .group_by(notifications.c.resident_id)
    .where(
        or_(
            notifications.c.state == NotificationState.UNDELIVERABLE,
            and_(
                notifications.c.state == NotificationState.PENDING,
                notifications.c.attempts > 0,
                notifications.c.due_at <= bindparam("in_vain_since", type_=Instant),
            ),
        ),
        notifications.c.due_at <= _NOW,
        or_(_LAST_TAKEN.is_(None), notifications.c.due_at > _LAST_TAKEN),
        notifications.c.resident_id != OWNER,
        notifications.c.addressed.is_(None),
    )
)


def unreachable_residents(conn: Connection, now: datetime) -> Mapping[str, datetime]:
    """Return the unreachable residents, each with the time of the oldest failure.

    A resident is unreachable if a notification failed or was retried for an hour, and
    nothing was sent since. The owner is never included. Former targets don't count, nor
    do times after `now` by a clock that was ahead.
    """
    rows = conn.execute(
        _UNREACHABLE, {"now": now, "in_vain_since": now - UNREACHABLE_AFTER}
    )
    return {row.resident_id: row.since for row in rows}


@dataclass(frozen=True, slots=True)
class OutboxFigures:
    """Notifications by status, unexpanded fan-outs, and the oldest pending time."""

    notifications: Mapping[NotificationState, int]
    unexpanded: int
    oldest_pending_at: datetime | None


def count_rows(conn: Connection) -> dict[str, int]:
    """Return the number of rows in each table."""
    return {
        table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
    }


_PENDING: Final = select(func.count()).where(
    notifications.c.state == NotificationState.PENDING
)


def count_pending(conn: Connection) -> int:
    """Return the number of pending notifications."""
    return conn.execute(_PENDING).scalar_one()


def outbox_figures(conn: Connection) -> OutboxFigures:
    """Return the figures of all notifications."""
    query = select(
        notifications.c.state, func.count(), func.min(notifications.c.due_at)
    ).group_by(notifications.c.state)
    found = {
        NotificationState(state): (number, due_at)
        for state, number, due_at in conn.execute(query)
    }
    unexpanded = select(func.count()).where(fanouts.c.expanded_at.is_(None))
    return OutboxFigures(
        notifications={
            state: found.get(state, (0, None))[0] for state in NotificationState
        },
        unexpanded=conn.execute(unexpanded).scalar_one(),
        oldest_pending_at=found.get(NotificationState.PENDING, (0, None))[1],
    )
