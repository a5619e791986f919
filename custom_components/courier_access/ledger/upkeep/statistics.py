"""How much is in a ledger and how far its notices are, in numbers that name nobody: for whoever helps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from ..outbox.expand import NotificationState
from ..tables import fanouts, metadata, notices


@dataclass(frozen=True, slots=True)
class OutboxFigures:
    """How many notices there are in each state, how many tellings are no notices yet, and since when the oldest is owed."""

    notices: Mapping[NotificationState, int]
    unexpanded: int
    oldest_pending_at: datetime | None


def rows(conn: Connection) -> dict[str, int]:
    """Return how many rows each table holds."""
    return {
        table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
    }


_OWED: Final = select(func.count()).where(notices.c.state == NotificationState.PENDING)


def owed(conn: Connection) -> int:
    """Return how many notices no target has taken yet."""
    return conn.execute(_OWED).scalar_one()


def outbox(conn: Connection, resident_id: str | None = None) -> OutboxFigures:
    """Return the figures of all notices, or of those to one resident; what is no notice yet is nobody's."""
    query = select(notices.c.state, func.count(), func.min(notices.c.due_at)).group_by(
        notices.c.state
    )
    if resident_id is not None:
        query = query.where(notices.c.resident_id == resident_id)
    found = {
        NotificationState(state): (number, due_at)
        for state, number, due_at in conn.execute(query)
    }
    unexpanded = select(func.count()).where(fanouts.c.expanded_at.is_(None))
    return OutboxFigures(
        notices={state: found.get(state, (0, None))[0] for state in NotificationState},
        unexpanded=0
        if resident_id is not None
        else conn.execute(unexpanded).scalar_one(),
        oldest_pending_at=found.get(NotificationState.PENDING, (0, None))[1],
    )
