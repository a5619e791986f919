"""Count rows and notifications, without naming anyone, for diagnostics."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from ..outbox.expand import NotificationState
from ..tables import fanouts, metadata, notifications


@dataclass(frozen=True, slots=True)
class OutboxFigures:
    """Notifications by status, unexpanded fan-outs, and the oldest pending time."""

    notifications: Mapping[NotificationState, int]
    unexpanded: int
    oldest_pending_at: datetime | None


def rows(conn: Connection) -> dict[str, int]:
    """Return the number of rows in each table."""
    return {
        table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
    }


_PENDING: Final = select(func.count()).where(
    notifications.c.state == NotificationState.PENDING
)


def pending(conn: Connection) -> int:
    """Return the number of pending notifications."""
    return conn.execute(_PENDING).scalar_one()


def outbox(conn: Connection) -> OutboxFigures:
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
