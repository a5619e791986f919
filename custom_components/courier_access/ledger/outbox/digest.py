"""Combine held notifications: a digest, and the announcements of a busy courier.

The first of them leads: they are sent, delivered, retried, and given up as one, with
its tag.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import Final

from ..queue import NotificationKind
from ..sql import Command, Query
from ..state.residents import units_then

LOTS_A_STEP: Final = 4
"""How many messages are gathered in one transaction: an entry may wait for it."""

HELD: Final = "notifications.held = 1 AND notifications.led_by IS NULL"
"""Whether a notification is still held: it is part of no message so far."""

UNTOLD: Final = """fanouts.expanded_at IS NOT NULL AND NOT EXISTS (
    SELECT * FROM notifications WHERE fanout_id = fanouts.id
)"""
"""Whether nobody is notified of a fan-out after all."""

_FIRST: Final = Query(
    f"""
    SELECT id FROM notifications WHERE {HELD} AND next_at <= :now
    ORDER BY next_at, id LIMIT 1
    """,
    int,
)


def gather(conn: Connection, now: datetime) -> bool:
    """Combine what is due by now, the oldest first; return whether more is left.

    What is held of one courier's announcements goes all at once when the first is due: another message soon after
    would be the courier's to cause.
    """
    for _ in range(LOTS_A_STEP):
        first = _FIRST.first(conn, now=now)
        if first is None:
            return False
        _gather_with(conn, first, now)
    return True


_DROP: Final = Query(
    """
    DELETE FROM notifications WHERE id IN (SELECT value FROM json_each(:ids))
    RETURNING fanout_id
    """,
    int,
)
# By their IDs: of their kind, there are more and more.
_FORGET: Final = Command(f"""
    DELETE FROM fanouts
    WHERE id IN (SELECT value FROM json_each(:ids)) AND {UNTOLD}
        AND +kind = '{NotificationKind.DELIVERY_ANNOUNCED}'
""")


def drop(conn: Connection, notification_ids: Collection[int]) -> None:
    """Take back what is held, and with its last notification a fan-out that announced a delivery."""
    if notification_ids:
        _FORGET.run(conn, ids=_DROP.all(conn, ids=notification_ids))


@dataclass(frozen=True, slots=True)
class _Held:
    """A held notification that goes together with others."""

    id: int
    resident_id: str
    is_due: bool
    kind: NotificationKind
    courier_id: str | None
    grant_id: str | None
    set_revision: int


_TOGETHER: Final = Query(
    f"""
    SELECT notifications.id, notifications.resident_id,
        notifications.next_at <= :now AS is_due, kind, fanouts.courier_id, grant_id,
        set_revision
    FROM notifications
    JOIN fanouts ON fanouts.id = notifications.fanout_id
    JOIN notifications first ON first.id = :first
    WHERE {HELD} AND notifications.sent_at IS NULL
        AND notifications.resident_id = first.resident_id
        AND notifications.courier_id IS first.courier_id
        AND notifications.addressed IS first.addressed
        AND (notifications.courier_id IS NOT NULL OR notifications.next_at <= :now)
    ORDER BY notifications.id
    """,
    _Held,
)
_COMBINE: Final = Command("""
    UPDATE notifications
    SET led_by = :leader, due_at = min(due_at, :now), next_at = min(next_at, :now)
    WHERE id IN (SELECT value FROM json_each(:ids))
""")


def _gather_with(conn: Connection, first: int, now: datetime) -> None:
    rows = _TOGETHER.all(conn, first=first, now=now)
    off = _off(conn, rows)
    drop(conn, off)
    together = [row for row in rows if row.id not in off]
    if any(row.is_due for row in together):
        ids = [row.id for row in together]
        _COMBINE.run(conn, leader=ids[0], ids=ids, now=now)


_EXPECTED: Final = Query(
    """
    SELECT grant_id, unit FROM grant_units JOIN grants USING (courier_id, grant_id)
    WHERE courier_id = :courier_id AND part = 'accepted' AND state = 'open'
        AND grant_id IN (SELECT value FROM json_each(:grants))
    """,
    tuple[str, str],
)


def _off(conn: Connection, rows: Sequence[_Held]) -> frozenset[int]:
    """Return what announces a delivery that the reader's unit expects no more: nobody is to read that it comes."""
    announced = [row for row in rows if row.kind is NotificationKind.DELIVERY_ANNOUNCED]
    if not announced:
        return frozenset()
    expected = set(
        _EXPECTED.each(
            conn,
            courier_id=announced[0].courier_id,
            grants={row.grant_id for row in announced},
        )
    )
    units = units_then(conn, {row.set_revision for row in announced})
    return frozenset(
        row.id
        for row in announced
        if (row.grant_id, units.get((row.set_revision, row.resident_id)))
        not in expected
    )
