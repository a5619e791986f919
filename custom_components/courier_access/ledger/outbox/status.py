"""How far the residents have been told, for the owner to read (promise 2)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from ...access.model import GrantKey
from ..queue import OWNER, NotificationKind
from ..state.residents import units_then
from ..tables import Instant, fanouts, lived_here, notices
from .expand import UNREACHABLE_AFTER, NotificationState


@dataclass(frozen=True, slots=True)
class NotificationContext:
    """What a reader acted on: what the notice told of, and what it led.

    `unit` is the resident's as it was then, empty for one who did not count yet; `deliveries` are those that were
    announced, each with the unit as it was when it was. `is_present` says that the reader is who they were then.
    """

    kind: NotificationKind
    resident_id: str
    details: Mapping[str, str]
    unit: str
    deliveries: Mapping[GrantKey, str]
    is_present: bool


def find_by_token(conn: Connection, token: str) -> NotificationContext | None:
    """Return what the notice with this token told of; None where there is none, or it told of an entry."""
    found = select(notices.c.id).where(notices.c.token == token).scalar_subquery()
    rows = conn.execute(
        select(
            notices.c.resident_id.label("reader"),
            lived_here(notices.c.resident_id, fanouts.c.seq).label("is_present"),
            fanouts,
        )
        .join(fanouts, fanouts.c.id == notices.c.fanout_id)
        .where(
            or_(notices.c.id == found, notices.c.led_by == found),
            fanouts.c.entry_id.is_(None),
        )
        .order_by(notices.c.id != found, notices.c.id)
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
    """How far one resident has been told of an entry, over which targets and when.

    `recipient` says that they were one then; somebody else in their place was none.
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


def notification_status(
    conn: Connection, entry_ids: Iterable[str], residents: Collection[str] | None = None
) -> Mapping[str, tuple[NotificationStatus, ...]]:
    """Return how far each resident, or each of these, has been told of these entries, by entry."""
    told: dict[str, tuple[NotificationStatus, ...]] = dict.fromkeys(entry_ids, ())
    query = (
        select(
            notices,
            fanouts.c.entry_id,
            fanouts.c.kind,
            fanouts.c.at,
            and_(
                notices.c.recipient, lived_here(notices.c.resident_id, fanouts.c.seq)
            ).label("was_recipient"),
        )
        .join(fanouts, fanouts.c.id == notices.c.fanout_id)
        .where(fanouts.c.entry_id.in_(list(told)))
        .order_by(notices.c.id)
    )
    if residents is not None:
        # By the entries' fan-outs and not by all that these residents were ever told.
        query = query.where(func.likely(notices.c.resident_id.in_(residents)))
    for row in conn.execute(query):
        told[row.entry_id] += (
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
            ),
        )
    return told


_NOW: Final = bindparam("now", type_=Instant)
_OTHERS: Final = notices.alias()
_LAST_TAKEN: Final = (
    select(func.max(_OTHERS.c.sent_at))
    .where(_OTHERS.c.resident_id == notices.c.resident_id, _OTHERS.c.sent_at <= _NOW)
    .scalar_subquery()
)
_UNREACHABLE: Final = (
    select(notices.c.resident_id, func.min(notices.c.due_at).label("since"))
    .group_by(notices.c.resident_id)
    .where(
        or_(
            notices.c.state == NotificationState.UNDELIVERABLE,
            and_(
                notices.c.state == NotificationState.PENDING,
                notices.c.attempts > 0,
                notices.c.due_at <= bindparam("in_vain_since", type_=Instant),
            ),
        ),
        notices.c.due_at <= _NOW,
        or_(_LAST_TAKEN.is_(None), notices.c.due_at > _LAST_TAKEN),
        notices.c.resident_id != OWNER,
        notices.c.addressed.is_(None),
    )
)


def unreachable_residents(conn: Connection, now: datetime) -> Mapping[str, datetime]:
    """Return the residents with a notice that failed, or has been tried in vain for an hour, and none taken since.

    Each with when the oldest of these notices that is still kept was to be told.

    The owner is none of them, and what goes over former targets says nothing of the present ones, nor does what a
    clock that was ahead says happened after `now`.
    """
    rows = conn.execute(
        _UNREACHABLE, {"now": now, "in_vain_since": now - UNREACHABLE_AFTER}
    )
    return {row.resident_id: row.since for row in rows}
