"""Pauses, on the disk (promise 4)."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import BindParameter, ColumnElement, Connection, insert, or_, select, update

from ...access.model import Pause
from ..ledger import Transaction
from ..tables import pauses


def holding_at(conn: Connection, now: datetime) -> list[Pause]:
    """Return the pauses that hold now."""
    rows = conn.execute(select(pauses).where(pauses.c.ended_at.is_(None), pauses.c.until > now))
    return [Pause(row.id, row.until, row.unit, row.by_unit, row.at) for row in rows]


def move(transaction: Transaction, moved: Iterable[Pause], at: datetime) -> None:
    """Keep that these pauses hold until another time, since the clock was set meanwhile."""
    for each in moved:
        transaction.conn.execute(
            update(pauses).where(pauses.c.id == each.id).values(at=each.at, until=each.until)
        )
        transaction.append(
            "access.pause_moved", at, {"pause": each.id, "until": each.until.isoformat()}
        )


def pause(
    transaction: Transaction,
    at: datetime,
    until: datetime,
    *,
    unit: str | None = None,
    by_unit: str | None = None,
    by: str | None = None,
) -> Pause:
    """Halt courier access to the building, or to one unit (promise 4)."""
    until = until.astimezone(UTC)
    number = transaction.conn.execute(
        insert(pauses).returning(pauses.c.id),
        {"unit": unit, "by_unit": by_unit, "at": at, "until": until},
    ).scalar_one()
    transaction.append(
        "access.paused",
        at,
        {"pause": number, "until": until.isoformat(), "building": unit is None},
        {"unit": unit, "decided_by": by},
    )
    return Pause(number, until, unit, by_unit, at.astimezone(UTC))


def resume(
    transaction: Transaction, ended: Sequence[Pause], at: datetime, *, by: str | None = None
) -> None:
    """End these pauses."""
    transaction.conn.execute(
        update(pauses)
        .where(pauses.c.id.in_([pause_to_end.id for pause_to_end in ended]))
        .values(ended_at=at)
    )
    for pause_to_end in ended:
        transaction.append("access.resumed", at, {"pause": pause_to_end.id}, {"decided_by": by})


def paused(
    unit: ColumnElement[str], now: datetime | BindParameter[datetime]
) -> ColumnElement[bool]:
    """Whether a pause holds for the building or for that unit, as a condition of a query."""
    return (
        select(pauses.c.id)
        .where(
            pauses.c.ended_at.is_(None),
            pauses.c.until > now,
            or_(pauses.c.unit.is_(None), pauses.c.unit == unit),
        )
        .exists()
    )
