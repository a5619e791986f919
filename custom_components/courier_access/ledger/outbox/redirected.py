"""Redirect notifications to former targets or into a newer notification."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, Update, bindparam, exists, func, select, update

from ..queue import (
    BUILDING_PAUSES,
    OF_DELIVERIES,
    UNIT_PAUSES,
    WITHDRAWABLE,
    NotificationKind,
)
from ..tables import fanouts, notifications

_LATER: Final = fanouts.alias()
_FORMER: Final = (
    select(_LATER.c.addressed)
    .where(
        _LATER.c.kind.in_(
            (NotificationKind.RESIDENT_REMOVED, NotificationKind.RESIDENT_CHANGED)
        ),
        _LATER.c.resident_id == notifications.c.resident_id,
        _LATER.c.addressed.is_not(None),
        _LATER.c.id > notifications.c.fanout_id,
    )
    .order_by(_LATER.c.id)
    .limit(1)
)
_IS_PERSONAL: Final = (
    select(fanouts.c.id)
    .where(
        fanouts.c.id == notifications.c.fanout_id,
        fanouts.c.kind.in_((*OF_DELIVERIES, *WITHDRAWABLE)),
    )
    .exists()
)
_READDRESS: Final = (
    update(notifications)
    .where(
        notifications.c.next_at.is_not(None),
        notifications.c.addressed.is_(None),
        _IS_PERSONAL,
        _FORMER.exists(),
    )
    .values(addressed=_FORMER.scalar_subquery())
)


def readdress(conn: Connection) -> None:
    """Send notifications for former or replaced residents to their former targets.

    Otherwise the owner could hide an entry or a loosened rule by removing a resident,
    and the next one would read it.
    """
    conn.execute(_READDRESS)


def _newer(kinds: tuple[NotificationKind, ...]) -> Update:
    """Combine a notification of these kinds with the resident's newest one."""
    later, its_fanout = notifications.alias(), fanouts.alias()
    newest = (
        select(func.max(later.c.id))
        .join(its_fanout, its_fanout.c.id == later.c.fanout_id)
        .where(
            later.c.resident_id == notifications.c.resident_id,
            later.c.id > notifications.c.id,
            later.c.next_at.is_not(None),
            its_fanout.c.kind.in_(kinds),
        )
        .scalar_subquery()
    )
    is_of_kinds = exists().where(
        fanouts.c.id == notifications.c.fanout_id, fanouts.c.kind.in_(kinds)
    )
    return (
        update(notifications)
        .where(
            notifications.c.next_at.is_not(None),
            notifications.c.id.not_in(bindparam("under_way", expanding=True)),
            is_of_kinds,
            newest.is_not(None),
        )
        .values(held=True, led_by=newest)
    )


_NEWER: Final = tuple(_newer(kinds) for kinds in (BUILDING_PAUSES, UNIT_PAUSES))


def supersede(conn: Connection, under_way: Collection[int] = ()) -> None:
    """Combine outdated pause notifications with newer ones, except those `under_way`.

    Otherwise one that failed at first would arrive after the newer one.
    """
    for statement in _NEWER:
        conn.execute(statement, {"under_way": list(under_way)})
