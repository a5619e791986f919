"""When residents are told of a courier's deliveries: one by one, later, or together (promise 3).

A courier issues, revises and revokes grants as often as it may call, so none of that may push a phone each time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from ...access.model import GrantKey
from ..queue import ANNOUNCEMENTS, NotificationKind
from ..tables import fanouts, notices, personal
from .digest import HELD, UNTOLD, drop

TOLD_EVERY: Final = timedelta(minutes=5)
"""What changes of a grant within this time after it was told is told once, as it stands then.

What is told together is held for no longer than this either.
"""

HELD_AT_LEAST: Final = timedelta(minutes=1)
"""What is held is told when its window starts, but not sooner than after this: windows are the courier's to choose."""

ONE_BY_ONE: Final = 6
LATELY: Final = timedelta(minutes=10)
"""A resident who was told so much of a courier's deliveries lately is told of further ones together."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What somebody reads of a grant."""

    kind: str
    details: Mapping[str, str]
    parcel_ref: str | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What a resident was told of a grant last, when its delivery was told last, and which news of it is held until when."""

    reading: _Reading | None = None
    told_at: datetime | None = None
    held_id: int | None = None
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Din:
    """How much of a courier's deliveries a resident was told lately, and when they are told the rest together."""

    told: int = 0
    together_at: datetime | None = None


def take_in(
    conn: Connection,
    fanout: Row[Any],
    residents: Sequence[str],
    now: datetime,
    most: int,
) -> Mapping[str, datetime | None]:
    """Return when each of these residents is to be told of a delivery, None for at once, of so many at the most.

    It takes the place of what was held of the grant for them. Who is passed over is told nothing: it would read as
    what they were told last, or they were never told of the delivery that is called off.
    """
    reading = _Reading(fanout.kind, fanout.details, _parcel_of(conn, fanout.seq))
    known, din = (
        _known(conn, fanout, now),
        _din(conn, fanout.courier_id, residents, now),
    )
    told: dict[str, datetime | None] = {}
    replaced: list[int] = []
    for resident_id in residents:
        knows = known.get(resident_id, _Known())
        if _is_news(reading, knows, now):
            told[resident_id] = _until(fanout, knows, din.get(resident_id, _Din()), now)
        if knows.held_id is not None:
            replaced.append(knows.held_id)
        if len(told) == most:
            break
    drop(conn, replaced)
    return told


def forget_untold(conn: Connection, fanout: Row[Any]) -> None:
    """Forget the fan-outs of the same grant of which nobody is told.

    Where some units' delivery was called off, that stays once: who saw it expected may veto it all the same.
    """
    later = fanouts.alias()
    is_said_again = exists().where(
        later.c.courier_id == fanouts.c.courier_id,
        later.c.grant_id == fanouts.c.grant_id,
        later.c.kind == fanouts.c.kind,
        later.c.units == fanouts.c.units,
        later.c.id > fanouts.c.id,
    )
    conn.execute(
        delete(fanouts).where(
            _of_grant(fanout),
            UNTOLD,
            or_(fanouts.c.kind == NotificationKind.DELIVERY_ANNOUNCED, is_said_again),
        )
    )


def tell_now(conn: Connection, key: GrantKey, now: datetime) -> None:
    """Let what is held of a grant be told now: its courier is at the door."""
    of_grant = select(fanouts.c.id).where(
        fanouts.c.courier_id == key.courier_id, fanouts.c.grant_id == key.grant_id
    )
    conn.execute(
        update(notices)
        .where(HELD, notices.c.fanout_id.in_(of_grant), notices.c.next_at > now)
        .values(next_at=now)
    )


def _is_news(reading: _Reading, knows: _Known, now: datetime) -> bool:
    if reading.kind == NotificationKind.DELIVERY_CALLED_OFF:
        return (
            knows.reading is not None
            and knows.reading.kind == NotificationKind.DELIVERY_ANNOUNCED
        )
    is_held = knows.held_until is not None or _is_recent(knows.told_at, now)
    return not (is_held and knows.reading == reading)


def _until(
    fanout: Row[Any], knows: _Known, din: _Din, now: datetime
) -> datetime | None:
    """Return until when a resident is not told yet."""
    waits: list[datetime] = []
    if knows.told_at is not None and _is_recent(knows.told_at, now):
        waits.append(knows.told_at + TOLD_EVERY)
    if din.told >= ONE_BY_ONE:
        waits.append(din.together_at or now + TOLD_EVERY)
    if not waits:
        return None
    until = max(waits)
    starts_at = datetime.fromisoformat(fanout.details["starts_at"])
    if starts_at > now:
        until = min(until, max(starts_at, now + HELD_AT_LEAST))
    # A grant that is revised again and again is not put off each time.
    return until if knows.held_until is None else min(until, knows.held_until)


def _is_recent(told_at: datetime | None, now: datetime) -> bool:
    """Whether something was told so shortly before that what follows waits; not by a clock that was ahead."""
    return told_at is not None and told_at <= now < told_at + TOLD_EVERY


def _known(conn: Connection, fanout: Row[Any], now: datetime) -> Mapping[str, _Known]:
    """Return what recipients know of a fan-out's grant, by resident."""
    is_announcement = fanouts.c.kind.in_(ANNOUNCEMENTS)
    notified_by_now = and_(~HELD, is_announcement, notices.c.due_at <= now)
    by_resident = (
        select(
            notices.c.resident_id,
            func.max(case((~HELD, notices.c.id))).label("last"),
            func.max(case((notified_by_now, notices.c.due_at))).label("told_at"),
            func.min(case((HELD, notices.c.id))).label("held_id"),
            func.min(case((HELD, notices.c.due_at))).label("held_until"),
        )
        .join(fanouts, fanouts.c.id == notices.c.fanout_id)
        .where(_of_grant(fanout, NotificationKind.GRANT_REFUSED), notices.c.recipient)
        .group_by(notices.c.resident_id)
        .subquery()
    )
    # A grant has one held notice for a resident at the most, since each takes the place of the one before.
    rows = conn.execute(
        select(by_resident, fanouts.c.kind, fanouts.c.details, personal.c.value)
        .outerjoin(notices, notices.c.id == by_resident.c.last)
        .outerjoin(fanouts, fanouts.c.id == notices.c.fanout_id)
        .outerjoin(
            personal,
            and_(personal.c.seq == fanouts.c.seq, personal.c.field == "parcel_ref"),
        )
    )
    return {
        row.resident_id: _Known(
            None if row.last is None else _Reading(row.kind, row.details, row.value),
            row.told_at,
            row.held_id,
            row.held_until,
        )
        for row in rows
    }


def _din(
    conn: Connection, courier_id: str, residents: Collection[str], now: datetime
) -> Mapping[str, _Din]:
    """Return how much these residents hear of a courier; what a clock that was ahead says happened later is none."""
    is_told = and_(~HELD, notices.c.due_at <= now)
    rows = conn.execute(
        select(
            notices.c.resident_id,
            func.count(case((is_told, notices.c.id))).label("told"),
            func.min(case((HELD, notices.c.due_at))).label("together_at"),
        )
        .where(
            notices.c.courier_id == courier_id,
            notices.c.resident_id.in_(residents),
            notices.c.due_at > now - LATELY,
            notices.c.due_at <= now + TOLD_EVERY,
        )
        .group_by(notices.c.resident_id)
    )
    return {row.resident_id: _Din(row.told, row.together_at) for row in rows}


def _of_grant(fanout: Row[Any], *more: NotificationKind) -> ColumnElement[bool]:
    return and_(
        fanouts.c.courier_id == fanout.courier_id,
        fanouts.c.grant_id == fanout.grant_id,
        fanouts.c.kind.in_((*ANNOUNCEMENTS, *more)),
    )


def _parcel_of(conn: Connection, seq: int) -> str | None:
    return conn.execute(
        select(personal.c.value).where(
            personal.c.seq == seq, personal.c.field == "parcel_ref"
        )
    ).scalar_one_or_none()
