"""How far the residents have been told, for the owner to read (promise 2)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from ..queue import OWNER, FanoutKind
from ..state.residents import lived_here
from ..tables import Instant, fanouts, notices
from .expand import UNREACHABLE_AFTER, NoticeState


@dataclass(frozen=True, slots=True)
class Told:
    """How far one resident has been told of an entry, over which targets and when.

    `recipient` says that they were one then; somebody else in their place was none.
    """

    kind: FanoutKind
    resident_id: str
    recipient: bool
    state: NoticeState
    over: tuple[str, ...]
    attempts: int
    owed_at: datetime
    handed_over_at: datetime | None
    confirmed_at: datetime | None


def for_entries(
    conn: Connection, entry_ids: Iterable[str], residents: Collection[str] | None = None
) -> Mapping[str, tuple[Told, ...]]:
    """Return how far each resident, or each of these, has been told of these entries, by entry."""
    told: dict[str, tuple[Told, ...]] = dict.fromkeys(entry_ids, ())
    query = (
        select(
            notices,
            fanouts.c.entry_id,
            fanouts.c.kind,
            fanouts.c.at,
            and_(notices.c.recipient, lived_here(notices.c.resident_id, fanouts.c.seq)).label(
                "was_recipient"
            ),
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
            Told(
                kind=FanoutKind(row.kind),
                resident_id=row.resident_id,
                recipient=row.was_recipient,
                state=NoticeState(row.state),
                over=tuple(row.over),
                attempts=row.attempts,
                owed_at=row.at,
                handed_over_at=row.handed_over_at,
                confirmed_at=row.confirmed_at,
            ),
        )
    return told


_NOW: Final = bindparam("now", type_=Instant)
_OTHERS: Final = notices.alias()
_LAST_TAKEN: Final = (
    select(func.max(_OTHERS.c.handed_over_at))
    .where(_OTHERS.c.resident_id == notices.c.resident_id, _OTHERS.c.handed_over_at <= _NOW)
    .scalar_subquery()
)
_UNREACHABLE: Final = (
    select(notices.c.resident_id, func.min(notices.c.due_at).label("since"))
    .group_by(notices.c.resident_id)
    .where(
        or_(
            notices.c.state == NoticeState.FAILED,
            and_(
                notices.c.state == NoticeState.OWED,
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


def unreachable(conn: Connection, now: datetime) -> Mapping[str, datetime]:
    """Return the residents with a notice that failed, or has been tried in vain for an hour, and none taken since.

    Each with when the oldest of these notices that is still kept was to be told.

    The owner is none of them, and what goes over former targets says nothing of the present ones, nor does what a
    clock that was ahead says happened after `now`.
    """
    rows = conn.execute(_UNREACHABLE, {"now": now, "in_vain_since": now - UNREACHABLE_AFTER})
    return {row.resident_id: row.since for row in rows}
