"""Decide when residents are notified of a courier's deliveries (promise 3).

The first news of a courier goes out at once. After a notification of its deliveries,
what follows within five minutes waits and comes as one: a courier may issue, revise,
and revoke as often as it likes, and none of that may ring a phone each time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from ...access.model import GrantKey
from ..connections import raw
from ..queue import ANNOUNCEMENTS, BATCH_INTERVAL, NotificationKind
from ..statements import Statement
from ..tables import fanouts, notifications, of_grant, of_same_grant, personal
from .digest import HELD, UNTOLD, drop

HELD_AT_LEAST: Final = timedelta(minutes=1)
"""What waits is sent when its window starts, but no sooner than this.

Couriers choose their windows, and must not choose when a phone rings.
"""


def _about_grant(*kinds: NotificationKind) -> ColumnElement[bool]:
    return and_(
        fanouts.c.courier_id == bindparam("courier_id"),
        fanouts.c.grant_id == bindparam("grant_id"),
        fanouts.c.kind.in_([literal(kind) for kind in kinds]),
    )


_BY_RESIDENT: Final = (
    select(
        notifications.c.resident_id,
        func.max(case((~HELD, notifications.c.id))).label("last"),
        func.min(case((HELD, notifications.c.id))).label("waiting_id"),
    )
    .join(fanouts, fanouts.c.id == notifications.c.fanout_id)
    .where(
        _about_grant(*ANNOUNCEMENTS, NotificationKind.GRANT_REFUSED),
        notifications.c.recipient,
    )
    .group_by(notifications.c.resident_id)
    .subquery()
)
# At most one waits for a resident and grant, since each replaces the one before.
_KNOWN: Final = Statement.of(
    select(_BY_RESIDENT, fanouts.c.kind, fanouts.c.details, personal.c.value)
    .outerjoin(notifications, notifications.c.id == _BY_RESIDENT.c.last)
    .outerjoin(fanouts, fanouts.c.id == notifications.c.fanout_id)
    .outerjoin(
        personal,
        and_(personal.c.seq == fanouts.c.seq, personal.c.field == "parcel_ref"),
    )
)
_LATER: Final = fanouts.alias()
_FORGET_UNTOLD: Final = Statement.of(
    delete(fanouts).where(
        _about_grant(*ANNOUNCEMENTS),
        UNTOLD,
        or_(
            fanouts.c.kind == NotificationKind.DELIVERY_ANNOUNCED,
            exists().where(
                of_same_grant(_LATER, fanouts),
                _LATER.c.kind == fanouts.c.kind,
                _LATER.c.units == fanouts.c.units,
                _LATER.c.id > fanouts.c.id,
            ),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What somebody reads of a grant."""

    kind: str
    details: Mapping[str, str]
    parcel_ref: str | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What a resident was last notified of a grant, and which newer news waits."""

    reading: _Reading | None = None
    waiting_id: int | None = None

    @property
    def is_expected(self) -> bool:
        """Whether they were last notified that the delivery comes."""
        return (
            self.reading is not None
            and self.reading.kind == NotificationKind.DELIVERY_ANNOUNCED
        )


def take_in(
    conn: Connection,
    fanout: Row[Any],
    residents: Sequence[str],
    now: datetime,
    most: int,
) -> Mapping[str, datetime | None]:
    """Return when to notify residents of a delivery, at most so many; None is at once.

    It replaces what waits of the same grant. Residents are left out if it reads as they
    were notified last, or if a delivery is called off that they never were notified of.
    """
    reading = _Reading(fanout.kind, fanout.details, _parcel_of(conn, fanout.seq))
    known = _known(conn, fanout)
    next_times = _next_times(conn, fanout.courier_id, residents, now)
    times: dict[str, datetime | None] = {}
    replaced: list[int] = []
    for resident_id in residents:
        knows = known.get(resident_id, _Known())
        if _is_news(reading, knows):
            until = next_times.get(resident_id)
            times[resident_id] = until and _until(reading, knows, until, now)
        if knows.waiting_id is not None:
            replaced.append(knows.waiting_id)
        if len(times) == most:
            break
    drop(conn, replaced)
    return times


def forget_untold(conn: Connection, fanout: Row[Any]) -> None:
    """Forget fan-outs of the same grant that notify nobody.

    Where some units' delivery was called off, that stays once: who saw it expected may veto it all the same.
    """
    _FORGET_UNTOLD.run(
        raw(conn), courier_id=fanout.courier_id, grant_id=fanout.grant_id
    )


def tell_now(conn: Connection, key: GrantKey, now: datetime) -> None:
    """Send what is held of a grant now: its courier is at the door."""
    news = select(fanouts.c.id).where(of_grant(fanouts, key))
    conn.execute(
        update(notifications)
        .where(HELD, notifications.c.fanout_id.in_(news), notifications.c.next_at > now)
        .values(next_at=now)
    )


def _is_news(reading: _Reading, knows: _Known) -> bool:
    if reading.kind == NotificationKind.DELIVERY_CALLED_OFF:
        return knows.is_expected
    return knows.waiting_id is None or knows.reading != reading


def _until(
    reading: _Reading, knows: _Known, until: datetime, now: datetime
) -> datetime:
    """Return when to notify, if that can't be later than the window's start."""
    starts_at = datetime.fromisoformat(reading.details["starts_at"])
    # After the window's start, residents who expect the delivery can wait for a change.
    if starts_at > now or not knows.is_expected:
        until = min(until, max(starts_at, now + HELD_AT_LEAST))
    return until


def _known(conn: Connection, fanout: Row[Any]) -> Mapping[str, _Known]:
    """Return what recipients know of a fan-out's grant, by resident."""
    rows = _KNOWN.run(raw(conn), courier_id=fanout.courier_id, grant_id=fanout.grant_id)
    return {
        resident_id: _Known(
            None if last is None else _Reading(kind, orjson.loads(details), parcel),
            waiting_id,
        )
        for resident_id, last, waiting_id, kind, details, parcel in rows
    }


def _next_times(
    conn: Connection, courier_id: str, residents: Collection[str], now: datetime
) -> Mapping[str, datetime]:
    """Return when these residents are next notified of a courier's deliveries.

    Residents who weren't notified of any lately aren't in it. A time that lies too far
    ahead was stamped by a clock that was wrong, and is ignored.
    """
    was_notified = and_(~HELD, notifications.c.due_at <= now)
    rows = conn.execute(
        select(
            notifications.c.resident_id,
            func.max(case((was_notified, notifications.c.due_at))).label("notified_at"),
            func.min(case((HELD, notifications.c.due_at))).label("waits_until"),
        )
        .where(
            notifications.c.courier_id == courier_id,
            notifications.c.resident_id.in_(residents),
            notifications.c.due_at > now - BATCH_INTERVAL,
            notifications.c.due_at <= now + BATCH_INTERVAL,
        )
        .group_by(notifications.c.resident_id)
    )
    return {
        row.resident_id: row.waits_until or row.notified_at + BATCH_INTERVAL
        for row in rows
        if row.waits_until is not None or row.notified_at is not None
    }


def _parcel_of(conn: Connection, seq: int) -> str | None:
    return conn.execute(
        select(personal.c.value).where(
            personal.c.seq == seq, personal.c.field == "parcel_ref"
        )
    ).scalar_one_or_none()
