"""Expand fan-outs into notifications, and track each until it is delivered (promise 2)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
import re
import secrets
from types import MappingProxyType
from typing import Any, Final

import orjson
from sqlalchemy import (
    Connection,
    Row,
    Update,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from ...access.model import Decision
from ..ledger import Transaction
from ..queue import (
    ANNOUNCEMENTS,
    AUDIENCES,
    BATCH_INTERVAL,
    ENTRIES,
    OWNER,
    REFUSAL_INTERVAL,
    REFUSALS,
    TO_ALL_TARGETS,
    Audience,
    NotificationKind,
)
from ..tables import (
    Instant,
    entries,
    fanouts,
    lived_here,
    notifications,
    personal,
    resident_sets,
)
from . import announcements as announced

RECENT: Final = timedelta(hours=24)
"""How long after an entry a message about it can be passed on."""

MAX_MESSAGES_PER_ENTRY: Final = 5
"""So that a runaway automation doesn't flood the recipients."""

_ABOUT_ENTRIES: Final = (
    NotificationKind.ENTRY_ADMITTED,
    NotificationKind.ENTRY_REFUSED,
)


IMAGE: Final = re.compile(
    r"/(api/(camera|image)_proxy|local|media)/(?!\S*(\.\.|%(2[5eEfF]|5[cC])))"
    r"[^\s\\\x00-\x1f\x7f\ud800-\udfff]{1,2000}"
)
"""Images of this Home Assistant: another server would learn who views them.

No path leads out of its folder, encoded or not: another address could do the same.
"""


@dataclass(frozen=True, slots=True)
class Message:
    """A message to pass on; `image` is a path on this Home Assistant."""

    text: str
    title: str | None = None
    image: str | None = None


class NotPassedOn(StrEnum):
    """Why a message wasn't passed on."""

    NO_SUCH_ENTRY = "no_such_entry"
    TOO_OLD = "too_old"
    TOO_MANY = "too_many"


def pass_on(
    transaction: Transaction,
    entry_id: str,
    door_id: str | None,
    message: Message,
    set_revision: int,
    at: datetime,
) -> NotPassedOn | None:
    """Enqueue a message to an entry's recipients, or return why it isn't passed on."""
    conn = transaction.conn
    entry = conn.execute(
        select(entries).where(entries.c.entry_id == entry_id)
    ).one_or_none()
    if entry is None or door_id not in (None, entry.door_id):
        return NotPassedOn.NO_SUCH_ENTRY
    if at - entry.at > RECENT:
        return NotPassedOn.TOO_OLD
    so_far = select(func.count()).where(
        fanouts.c.entry_id == entry_id,
        fanouts.c.kind == NotificationKind.MESSAGE_PASSED_ON,
    )
    if conn.execute(so_far).scalar_one() >= MAX_MESSAGES_PER_ENTRY:
        return NotPassedOn.TOO_MANY
    parts = {"message": message.text, "title": message.title, "image": message.image}
    conn.execute(
        insert(fanouts),
        {
            "kind": NotificationKind.MESSAGE_PASSED_ON,
            "seq": entry.seq,
            "entry_id": entry_id,
            "details": {name: part for name, part in parts.items() if part is not None},
            "set_revision": set_revision,
            "at": at,
        },
    )
    return None


def notified_recipients(conn: Connection, entry_id: str) -> list[str]:
    """Return the recipients notified of an entry who are still the same person."""
    return list(
        conn.execute(
            select(notifications.c.resident_id)
            .distinct()
            .join(fanouts, fanouts.c.id == notifications.c.fanout_id)
            .where(
                fanouts.c.entry_id == entry_id,
                fanouts.c.kind.in_(_ABOUT_ENTRIES),
                notifications.c.recipient,
                lived_here(notifications.c.resident_id, fanouts.c.seq),
            )
            .order_by(notifications.c.resident_id)
        ).scalars()
    )


FANOUTS_PER_STEP: Final = 4
NOTIFICATIONS_PER_STEP: Final = 64
"""Limits per transaction, since an entry may wait for it."""

OUTCOME_WITHIN: Final = timedelta(minutes=1)
"""An admitted entry is sent with its outcome, or after this time without it."""

UNREACHABLE_AFTER: Final = timedelta(hours=1)
"""A resident with a notification pending for this long is unreachable."""

MAX_DIGEST_DELAY: Final = timedelta(hours=24)
"""The longest time a notification waits for a digest."""

TAG_PREFIX: Final = "courier_access_"

_AT_ONCE: Final[Mapping[str, datetime]] = MappingProxyType({})


class NotificationState(StrEnum):
    """The delivery status of a notification (docs/reference/notifications.md)."""

    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"


_AT: Final = bindparam("now", type_=Instant)
_READY: Final = (
    select(fanouts, resident_sets.c.members)
    .join(resident_sets, resident_sets.c.revision == fanouts.c.set_revision)
    .outerjoin(entries, entries.c.entry_id == fanouts.c.entry_id)
    .where(
        fanouts.c.expanded_at.is_(None),
        or_(
            fanouts.c.ready_at.is_(None),
            fanouts.c.ready_at <= _AT,
            fanouts.c.ready_at > bindparam("latest_ready", type_=Instant),
        ),
        or_(
            fanouts.c.entry_id.is_(None),
            entries.c.decision != Decision.ADMITTED,
            entries.c.outcome.is_not(None),
            fanouts.c.at <= bindparam("without_outcome", type_=Instant),
            fanouts.c.at > bindparam("latest_entry", type_=Instant),
        ),
    )
    .order_by(fanouts.c.id)
    .limit(FANOUTS_PER_STEP)
)
"""The fan-outs that are ready; a time too far ahead is from a clock that was ahead."""


def expand_fanouts(
    conn: Connection, at: datetime, digests: Mapping[str, datetime] = _AT_ONCE
) -> bool:
    """Expand some fan-outs, the oldest first; return whether more may be left.

    An admitted entry waits for its outcome for a few seconds. `digests` maps residents
    who want a digest of other residents' deliveries to its time.
    """
    ready = conn.execute(
        _READY,
        {
            "now": at,
            "latest_ready": at + BATCH_INTERVAL,
            "without_outcome": at - OUTCOME_WITHIN,
            "latest_entry": at + OUTCOME_WITHIN,
        },
    ).all()
    room = NOTIFICATIONS_PER_STEP
    for fanout in ready:
        missing = _missing_notifications(conn, fanout, at, digests, room)
        if missing:
            conn.execute(insert(notifications), missing)
        if (room := room - len(missing)) == 0:
            return True  # perhaps incomplete: the rest comes with the next step
        conn.execute(
            update(fanouts).where(fanouts.c.id == fanout.id).values(expanded_at=at)
        )
        if fanout.kind in ANNOUNCEMENTS:
            announced.forget_untold(conn, fanout)
    return len(ready) == FANOUTS_PER_STEP


def _missing_notifications(
    conn: Connection,
    fanout: Row[Any],
    at: datetime,
    digests: Mapping[str, datetime],
    most: int,
) -> list[dict[str, object]]:
    """Return the notifications that a fan-out still needs, up to `most`."""
    kind = NotificationKind(fanout.kind)
    skipped = _notified_already(conn, fanout)
    if kind in REFUSALS:
        skipped |= _notified_of_refusal(conn, fanout)
    audience = [one for one in _audience(conn, fanout) if one[0] not in skipped]
    if kind in ANNOUNCEMENTS:
        residents = [resident_id for resident_id, _ in audience]
        held = announced.take_in(conn, fanout, residents, at, most)
        audience = [one for one in audience if one[0] in held]
    elif kind in ENTRIES:
        held = _until_digest(audience, digests, at)
    else:
        held = _AT_ONCE
    return [
        {
            "fanout_id": fanout.id,
            "resident_id": resident_id,
            "recipient": recipient,
            "state": NotificationState.PENDING,
            "tag": TAG_PREFIX + secrets.token_hex(16),
            "token": secrets.token_hex(16),
            "addressed": fanout.addressed,
            "courier_id": fanout.courier_id if kind in ANNOUNCEMENTS else None,
            "held": held.get(resident_id) is not None,
            "due_at": held.get(resident_id) or fanout.ready_at or fanout.at,
            "next_at": held.get(resident_id) or at,
        }
        for resident_id, recipient in audience[:most]
    ]


_EVERYBODY: Final = frozenset({Audience.EVERYBODY, Audience.EVERYBODY_AND_OWNER})
_OWNER_TOO: Final = frozenset(
    {Audience.OWNER, Audience.RECIPIENTS_AND_OWNER, Audience.EVERYBODY_AND_OWNER}
)


def _audience(conn: Connection, fanout: Row[Any]) -> Iterator[tuple[str, bool]]:
    """Yield each resident to notify, and whether they are a recipient."""
    audience = AUDIENCES[NotificationKind(fanout.kind)]
    units = (
        frozenset(fanout.units)
        if fanout.units is not None
        else _units(conn, fanout.seq)
    )
    if audience is Audience.ONE:
        yield fanout.resident_id, True
        return
    if audience is Audience.NOTIFIED_RECIPIENTS:
        yield from (
            (resident_id, True)
            for resident_id in notified_recipients(conn, fanout.entry_id)
        )
        return
    about = fanout.resident_id if audience is Audience.OTHER_RECIPIENTS else None
    for resident_id, unit in fanout.members:
        if audience in _EVERYBODY or (unit in units and resident_id != about):
            yield resident_id, unit in units
    if audience in _OWNER_TOO:
        yield OWNER, False


def _until_digest(
    audience: Iterable[tuple[str, bool]], digests: Mapping[str, datetime], at: datetime
) -> Mapping[str, datetime]:
    """Return until when each resident who wants a digest waits."""
    return {
        resident_id: min(digests[resident_id], at + MAX_DIGEST_DELAY)
        for resident_id, recipient in audience
        if not recipient and resident_id in digests
    }


def hasten_notifications(conn: Connection, now: datetime) -> None:
    """Retry every pending notification now, since a start may have fixed its target.

    Held notifications keep their time, unless a clock that was ahead set it too late.
    """
    longest = case(
        (
            notifications.c.courier_id.is_not(None),
            literal(now + BATCH_INTERVAL, Instant),
        ),
        else_=literal(now + MAX_DIGEST_DELAY, Instant),
    )
    is_stamped_ahead = notifications.c.next_at > longest
    conn.execute(
        update(notifications)
        .where(
            notifications.c.next_at > now,
            or_(
                and_(
                    notifications.c.state == NotificationState.PENDING,
                    or_(notifications.c.due_at <= now, ~notifications.c.held),
                ),
                is_stamped_ahead,
            ),
        )
        .values(
            next_at=now, due_at=func.min(notifications.c.due_at, literal(now, Instant))
        )
    )


_TAKEN_BY: Final = select(notifications.c.over).where(
    notifications.c.id == bindparam("notification_id")
)
_IS_TO_ALL_TARGETS: Final = (
    select(fanouts.c.id)
    .where(
        fanouts.c.id == notifications.c.fanout_id, fanouts.c.kind.in_(TO_ALL_TARGETS)
    )
    .exists()
)
_IS_CONFIRMED: Final = notifications.c.delivered_at.is_not(None)
_NOTE_SENT: Final = (
    update(notifications)
    .where(
        or_(
            notifications.c.id == bindparam("notification_id"),
            notifications.c.led_by == bindparam("notification_id"),
        )
    )
    .values(
        # A phone may be faster than its service.
        state=case(
            (_IS_CONFIRMED, NotificationState.DELIVERED.value),
            else_=NotificationState.SENT.value,
        ),
        over=bindparam("taken_by", type_=notifications.c.over.type),
        attempts=notifications.c.attempts + 1,
        sent_at=bindparam("taken_at", type_=Instant),
        next_at=case(
            (and_(_IS_CONFIRMED, ~_IS_TO_ALL_TARGETS), None),
            else_=bindparam("then_at", type_=Instant),
        ),
    )
)


def note_sent(
    conn: Connection,
    notification_id: int,
    over: Sequence[str],
    at: datetime,
    next_at: datetime | None,
) -> None:
    """Note which targets took a notification, and when to try the others.

    Delivery stops further tries, except for notifications to all targets.
    """
    so_far = conn.execute(
        _TAKEN_BY, {"notification_id": notification_id}
    ).scalar_one_or_none()
    if so_far is None:
        return  # withdrawn meanwhile
    conn.execute(
        _NOTE_SENT,
        {
            "notification_id": notification_id,
            "taken_by": [*so_far, *over],
            "taken_at": at,
            "then_at": next_at,
        },
    )


def note_delivered(
    conn: Connection, tag: str, residents: Collection[str], at: datetime
) -> bool:
    """Note that a resident's phone confirmed a notification; return whether it was new."""
    of_tag = select(notifications.c.id).where(
        notifications.c.tag == tag,
        notifications.c.resident_id.in_(residents),
        notifications.c.delivered_at.is_(None),
    )
    result = conn.execute(
        update(notifications)
        .where(or_(notifications.c.id.in_(of_tag), notifications.c.led_by.in_(of_tag)))
        .values(
            state=NotificationState.DELIVERED,
            sent_at=func.coalesce(notifications.c.sent_at, literal(at, Instant)),
            delivered_at=at,
            next_at=case((_IS_TO_ALL_TARGETS, notifications.c.next_at), else_=None),
        )
    )
    return result.rowcount > 0


def note_postponed(conn: Connection, notification_id: int, next_at: datetime) -> None:
    """Note that no target took a notification, and when to try again."""
    conn.execute(
        _notification(notification_id)
        .where(or_(notifications.c.delivered_at.is_(None), _IS_TO_ALL_TARGETS))
        .values(attempts=notifications.c.attempts + 1, next_at=next_at)
    )


def retry_notifications(conn: Connection, resident_id: str, now: datetime) -> None:
    """Retry a resident's undelivered notifications now, for another day."""
    conn.execute(
        update(notifications)
        .where(
            notifications.c.resident_id == resident_id,
            notifications.c.state.in_(
                (NotificationState.PENDING, NotificationState.UNDELIVERABLE)
            ),
            notifications.c.addressed.is_(None),
            notifications.c.due_at <= now,
        )
        .values(state=NotificationState.PENDING, attempts=0, due_at=now, next_at=now)
    )


def note_settled(conn: Connection, notification_id: int) -> None:
    """Stop trying a notification; it is undeliverable if no target ever took it."""
    conn.execute(_notification(notification_id).values(**_ABANDONED))


def abandon_notifications(conn: Connection, residents: Collection[str]) -> None:
    """Stop trying to notify anyone but these residents."""
    conn.execute(_ABANDON, {"readers": [*residents, OWNER]})


_ABANDONED: Final = {
    "state": case(
        (
            notifications.c.state == NotificationState.PENDING,
            NotificationState.UNDELIVERABLE.value,
        ),
        else_=notifications.c.state,
    ),
    "next_at": None,
}
_ABANDON: Final = (
    update(notifications)
    .where(
        notifications.c.next_at.is_not(None),
        notifications.c.addressed.is_(None),
        notifications.c.resident_id.not_in(bindparam("readers", expanding=True)),
    )
    .values(**_ABANDONED)
)


def _notification(notification_id: int) -> Update:
    """Update a notification and those combined under it."""
    return update(notifications).where(
        or_(
            notifications.c.id == notification_id,
            notifications.c.led_by == notification_id,
        )
    )


def _notified_already(conn: Connection, fanout: Row[Any]) -> frozenset[str]:
    rows = conn.execute(
        select(notifications.c.resident_id).where(
            notifications.c.fanout_id == fanout.id
        )
    )
    return frozenset(row.resident_id for row in rows)


def _notified_of_refusal(conn: Connection, fanout: Row[Any]) -> frozenset[str]:
    """Return who was notified of a refusal of this courier recently."""
    rows = conn.execute(
        select(notifications.c.resident_id)
        .distinct()
        .join(fanouts, fanouts.c.id == notifications.c.fanout_id)
        .where(
            fanouts.c.kind.in_(REFUSALS),
            fanouts.c.at.between(fanout.at - REFUSAL_INTERVAL, fanout.at),
            fanouts.c.courier_id == fanout.courier_id,
        )
    )
    return frozenset(row.resident_id for row in rows)


def _units(conn: Connection, seq: int) -> frozenset[str]:
    value = conn.execute(
        select(personal.c.value).where(
            personal.c.seq == seq, personal.c.field == "units"
        )
    ).scalar_one_or_none()
    return frozenset() if value is None else frozenset(orjson.loads(value))
