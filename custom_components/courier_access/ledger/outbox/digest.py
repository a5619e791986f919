"""Combine held notifications: a digest, and the announcements of a busy courier.

The first of them leads: they are sent, delivered, retried, and given up as one, with
its tag.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from ...access.model import GrantState, UnitPart
from ..queue import NotificationKind
from ..state.residents import units_then
from ..tables import Instant, fanouts, grant_units, grants, notifications, of_same_grant

LOTS_A_STEP: Final = 4
"""How many messages are gathered in one transaction: an entry may wait for it."""

HELD: Final[ColumnElement[bool]] = and_(
    notifications.c.held, notifications.c.led_by.is_(None)
)
"""Whether a notification is still held: it is part of no message so far."""

UNTOLD: Final = and_(
    fanouts.c.expanded_at.is_not(None),
    ~exists().where(notifications.c.fanout_id == fanouts.c.id),
)
"""Whether nobody is notified of a fan-out after all."""

_FIRST: Final = (
    select(notifications.c.id, notifications.c.resident_id, notifications.c.courier_id)
    .where(HELD, notifications.c.next_at <= bindparam("now", type_=Instant))
    .order_by(notifications.c.next_at, notifications.c.id)
    .limit(1)
)


def gather(conn: Connection, now: datetime) -> bool:
    """Combine what is due by now, the oldest first; return whether more is left.

    What is held of one courier's announcements goes all at once when the first is due: another message soon after
    would be the courier's to cause.
    """
    for _ in range(LOTS_A_STEP):
        first = conn.execute(_FIRST, {"now": now}).one_or_none()
        if first is None:
            return False
        _gather_with(conn, first, now)
    return True


def drop(conn: Connection, notification_ids: Collection[int]) -> None:
    """Take back what is held, and with its last notification a fan-out that announced a delivery."""
    if not notification_ids:
        return
    of_them = notifications.c.id.in_(notification_ids)
    fanout_ids = (
        conn.execute(select(notifications.c.fanout_id).where(of_them).distinct())
        .scalars()
        .all()
    )
    conn.execute(delete(notifications).where(of_them))
    conn.execute(
        delete(fanouts).where(
            fanouts.c.id.in_(fanout_ids),
            UNTOLD,
            fanouts.c.kind == NotificationKind.DELIVERY_ANNOUNCED,
        )
    )


def _gather_with(conn: Connection, first: Row[Any], now: datetime) -> None:
    leader = notifications.alias()
    over_the_same_targets = notifications.c.addressed.is_not_distinct_from(
        select(leader.c.addressed).where(leader.c.id == first.id).scalar_subquery()
    )
    rows = conn.execute(
        select(
            notifications.c.id,
            notifications.c.resident_id,
            notifications.c.next_at,
            fanouts.c.kind,
            fanouts.c.courier_id,
            fanouts.c.grant_id,
            fanouts.c.set_revision,
        )
        .join(fanouts, fanouts.c.id == notifications.c.fanout_id)
        .where(
            HELD,
            notifications.c.resident_id == first.resident_id,
            notifications.c.sent_at.is_(None),
            notifications.c.courier_id.is_not_distinct_from(first.courier_id),
            or_(
                notifications.c.courier_id.is_not(None), notifications.c.next_at <= now
            ),
            over_the_same_targets,
        )
        .order_by(notifications.c.id)
    ).all()
    off = _off(conn, rows)
    drop(conn, off)
    together = [row for row in rows if row.id not in off]
    if not any(row.next_at <= now for row in together):
        return
    at_the_latest = literal(now, Instant)
    conn.execute(
        update(notifications)
        .where(notifications.c.id.in_([row.id for row in together]))
        .values(
            led_by=together[0].id,
            due_at=func.min(notifications.c.due_at, at_the_latest),
            next_at=func.min(notifications.c.next_at, at_the_latest),
        )
    )


def _off(conn: Connection, rows: Sequence[Row[Any]]) -> frozenset[int]:
    """Return what announces a delivery that the reader's unit expects no more: nobody is to read that it comes."""
    announced = [row for row in rows if row.kind == NotificationKind.DELIVERY_ANNOUNCED]
    if not announced:
        return frozenset()
    expected = {
        (row.grant_id, row.unit)
        for row in conn.execute(
            select(grant_units.c.grant_id, grant_units.c.unit)
            .join(grants, of_same_grant(grants, grant_units))
            .where(
                grant_units.c.courier_id == announced[0].courier_id,
                grant_units.c.grant_id.in_({row.grant_id for row in announced}),
                grant_units.c.part == UnitPart.ACCEPTED,
                grants.c.state == GrantState.OPEN,
            )
        )
    }
    units = units_then(conn, {row.set_revision for row in announced})
    return frozenset(
        row.id
        for row in announced
        if (row.grant_id, units.get((row.set_revision, row.resident_id)))
        not in expected
    )
