"""Shared helpers that look into the outbox."""

from datetime import timedelta

from sqlalchemy import func, select

from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox import due as module
from custom_components.courier_access.ledger.outbox.due import Notification
from custom_components.courier_access.ledger.outbox.expand import expand_fanouts
from custom_components.courier_access.ledger.outbox.status import (
    NotificationStatus,
    notification_status,
)
from custom_components.courier_access.ledger.tables import notifications
from tests.ledger.filled import NOON

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


async def expanded(ledger: Ledger) -> dict[str, Notification]:
    """Expand fan-outs and return what is due, by resident."""
    await ledger.read(lambda conn: expand_fanouts(conn, NOON))
    return {
        notification.resident_id: notification for notification in await due(ledger)
    }


async def due(
    ledger: Ledger, after: timedelta = timedelta(), limit: int = 100
) -> list[Notification]:
    return await ledger.read(lambda conn: module.due(conn, NOON + after, limit))


async def status(
    ledger: Ledger, resident_id: str, entry_id: str = "entry-1"
) -> NotificationStatus:
    by_entry = await ledger.read(lambda conn: notification_status(conn, [entry_id]))
    [found] = [one for one in by_entry[entry_id] if one.resident_id == resident_id]
    return found


async def count(ledger: Ledger) -> int:
    return await ledger.read(
        lambda conn: conn.execute(
            select(func.count()).select_from(notifications)
        ).scalar_one()
    )


async def owed_to(ledger: Ledger) -> list[str]:
    query = select(notifications.c.resident_id).order_by(notifications.c.id)
    return await ledger.read(lambda conn: list(conn.execute(query).scalars()))
