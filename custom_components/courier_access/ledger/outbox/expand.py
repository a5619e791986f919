"""Expand fan-outs into notifications, and track each until it is delivered (promise 2)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
import re
import secrets
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final

from ...access.model import GrantKey
from ..ledger import Transaction
from ..queue import (
    BATCH_INTERVAL,
    OWNER,
    REFUSAL_INTERVAL,
    Audience,
    Family,
    NotificationKind,
    Rank,
    enqueue,
    kinds_with,
    lived_here,
)
from ..sql import Command, Query, Storable, listed
from . import announcements as announced

RECENT: Final = timedelta(hours=24)
"""How long after an entry a message about it can be passed on."""

MAX_MESSAGES_PER_ENTRY: Final = 5
"""So that a runaway automation doesn't flood the recipients."""

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


_ENTRY: Final = Query(
    f"""
    SELECT seq, door_id, at, (
        SELECT count(*) FROM fanouts WHERE fanouts.entry_id = entries.entry_id
            AND kind = '{NotificationKind.MESSAGE_PASSED_ON}'
    )
    FROM entries WHERE entry_id = :entry_id
    """,
    tuple[int, str, datetime, int],
)


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
    if (entry := _ENTRY.first(conn, entry_id=entry_id)) is None:
        return NotPassedOn.NO_SUCH_ENTRY
    seq, entry_door_id, entered_at, so_far = entry
    if door_id not in (None, entry_door_id):
        return NotPassedOn.NO_SUCH_ENTRY
    if at - entered_at > RECENT:
        return NotPassedOn.TOO_OLD
    if so_far >= MAX_MESSAGES_PER_ENTRY:
        return NotPassedOn.TOO_MANY
    parts = {"message": message.text, "title": message.title, "image": message.image}
    details = {name: part for name, part in parts.items() if part is not None}
    kind = NotificationKind.MESSAGE_PASSED_ON
    enqueue(conn, kind, seq, entry_id, set_revision, at, details=details)
    return None


_RECIPIENTS: Final = Query(
    f"""
    SELECT DISTINCT notifications.resident_id
    FROM notifications JOIN fanouts ON fanouts.id = fanout_id
    WHERE entry_id = :entry_id AND recipient
        AND kind IN ('entry_admitted', 'entry_refused')
        AND {lived_here("notifications.resident_id", "fanouts.seq")}
    ORDER BY notifications.resident_id
    """,
    str,
)


def notified_recipients(conn: Connection, entry_id: str) -> list[str]:
    """Return the recipients notified of an entry who are still the same person."""
    return _RECIPIENTS.all(conn, entry_id=entry_id)


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


@dataclass(frozen=True, slots=True)
class _Ready:
    """A fan-out to expand, with the residents that it addresses."""

    id: int
    entry_id: str | None
    key: GrantKey | None
    resident_id: str | None
    units: frozenset[str]
    reading: announced.Reading
    addressed: Mapping[str, object] | None
    at: datetime
    ready_at: datetime | None
    members: tuple[tuple[str, str], ...]


# A time that is too far ahead is from a clock that was ahead.
_READY: Final = Query(
    f"""
    SELECT fanouts.id, entry_id, fanouts.courier_id, fanouts.grant_id, resident_id,
        coalesce(units, of_entry.value, '[]') AS units, kind,
        coalesce(details, '{{}}') AS details, parcel.value AS parcel_ref, addressed,
        fanouts.at, ready_at, members
    FROM fanouts
    JOIN resident_sets ON revision = set_revision
    LEFT JOIN entries USING (entry_id)
    LEFT JOIN personal of_entry
        ON of_entry.seq = fanouts.seq AND of_entry.field = 'units'
    LEFT JOIN personal parcel
        ON parcel.seq = fanouts.seq AND parcel.field = 'parcel_ref'
    WHERE expanded_at IS NULL
        AND (ready_at IS NULL OR ready_at <= :now OR ready_at > :latest_ready)
        AND (
            entry_id IS NULL OR decision <> 'admitted' OR outcome IS NOT NULL
            OR fanouts.at <= :without_outcome OR fanouts.at > :latest_entry
        )
    ORDER BY fanouts.id LIMIT {FANOUTS_PER_STEP}
    """,
    _Ready,
)
_EXPANDED: Final = Command("UPDATE fanouts SET expanded_at = :at WHERE id = :id")
_PUT: Final = Command("""
    INSERT INTO notifications (
        fanout_id, resident_id, recipient, state, tag, token, addressed, courier_id,
        held, over, attempts, due_at, next_at
    ) VALUES (
        :fanout_id, :resident_id, :recipient, 'pending', :tag, :token, :addressed,
        :courier_id, :held, '[]', 0, :due_at, :next_at
    )
""")


def expand_fanouts(
    conn: Connection, at: datetime, digests: Mapping[str, datetime] = _AT_ONCE
) -> bool:
    """Expand some fan-outs, the oldest first; return whether more may be left.

    An admitted entry waits for its outcome for a few seconds. `digests` maps residents
    who want a digest of other residents' deliveries to its time.
    """
    ready = _READY.all(
        conn,
        now=at,
        latest_ready=at + BATCH_INTERVAL,
        without_outcome=at - OUTCOME_WITHIN,
        latest_entry=at + OUTCOME_WITHIN,
    )
    room = NOTIFICATIONS_PER_STEP
    for fanout in ready:
        missing = _missing_notifications(conn, fanout, at, digests, room)
        _PUT.run_each(conn, missing)
        if (room := room - len(missing)) == 0:
            return True  # perhaps incomplete: the rest comes with the next step
        _EXPANDED.run(conn, id=fanout.id, at=at)
        family = fanout.reading.kind.traits.family
        if family is Family.ANNOUNCEMENT and fanout.key is not None:
            announced.forget_untold(conn, fanout.key)
    return len(ready) == FANOUTS_PER_STEP


_NOTIFIED: Final = Query(
    "SELECT resident_id FROM notifications WHERE fanout_id = :fanout_id", str
)
_NOTIFIED_OF_REFUSAL: Final = Query(
    f"""
    SELECT DISTINCT notifications.resident_id
    FROM notifications JOIN fanouts ON fanouts.id = fanout_id
    WHERE kind IN {listed(kinds_with(Family.REFUSAL))} AND at BETWEEN :since AND :at
        AND fanouts.courier_id IS :courier_id
    """,
    str,
)


def _missing_notifications(
    conn: Connection,
    fanout: _Ready,
    at: datetime,
    digests: Mapping[str, datetime],
    most: int,
) -> list[dict[str, Storable]]:
    """Return the notifications that a fan-out still needs, up to `most`."""
    traits, key = fanout.reading.kind.traits, fanout.key
    is_announcement = traits.family is Family.ANNOUNCEMENT
    courier_id = None if key is None else key.courier_id
    skipped = set(_NOTIFIED.each(conn, fanout_id=fanout.id))
    if traits.family is Family.REFUSAL:
        since = fanout.at - REFUSAL_INTERVAL
        skipped.update(
            _NOTIFIED_OF_REFUSAL.each(
                conn, since=since, at=fanout.at, courier_id=courier_id
            )
        )
    audience = [one for one in _audience(conn, fanout) if one[0] not in skipped]
    held: Mapping[str, datetime | None] = _AT_ONCE
    if is_announcement and key is not None:
        residents = [resident_id for resident_id, _ in audience]
        held = announced.take_in(conn, key, fanout.reading, residents, at, most)
        audience = [one for one in audience if one[0] in held]
    elif traits.rank is Rank.ENTRY:
        held = _until_digest(audience, digests, at)
    return [
        {
            "fanout_id": fanout.id,
            "resident_id": resident_id,
            "recipient": recipient,
            "tag": TAG_PREFIX + secrets.token_hex(16),
            "token": secrets.token_hex(16),
            "addressed": fanout.addressed,
            "courier_id": courier_id if is_announcement else None,
            "held": held.get(resident_id) is not None,
            "due_at": held.get(resident_id) or fanout.ready_at or fanout.at,
            "next_at": held.get(resident_id) or at,
        }
        for resident_id, recipient in audience[:most]
    ]


def _audience(conn: Connection, fanout: _Ready) -> Iterator[tuple[str, bool]]:
    """Yield each resident to notify, and whether they are a recipient."""
    traits, about = fanout.reading.kind.traits, fanout.resident_id
    audience = traits.audience
    if audience is Audience.ONE and about is not None:
        yield about, True
        return
    if audience is Audience.NOTIFIED and fanout.entry_id is not None:
        for recipient in notified_recipients(conn, fanout.entry_id):
            yield recipient, True
        return
    if audience is not Audience.OTHER_RECIPIENTS:
        about = None
    for resident_id, unit in fanout.members:
        is_recipient = unit in fanout.units
        if audience is Audience.ALL or (is_recipient and resident_id != about):
            yield resident_id, is_recipient
    if traits.owner_too:
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


_HASTEN: Final = Command("""
    UPDATE notifications SET next_at = :now, due_at = min(due_at, :now)
    WHERE next_at > :now AND (
        state = 'pending' AND (due_at <= :now OR NOT held)
        OR next_at > CASE WHEN courier_id IS NULL THEN :digest ELSE :batch END
    )
""")


def hasten_notifications(conn: Connection, now: datetime) -> None:
    """Retry every pending notification now, since a start may have fixed its target.

    Held notifications keep their time, unless a clock that was ahead set it too late.
    """
    _HASTEN.run(
        conn, now=now, batch=now + BATCH_INTERVAL, digest=now + MAX_DIGEST_DELAY
    )


_TAKEN_BY: Final = Query(
    "SELECT over FROM notifications WHERE id = :id", tuple[str, ...]
)
_TO_ALL: Final = [kind for kind in NotificationKind if kind.traits.to_all_targets]
_IS_TO_ALL_TARGETS: Final = f"""EXISTS (
    SELECT * FROM fanouts
    WHERE fanouts.id = fanout_id AND kind IN {listed(_TO_ALL)}
)"""
# A phone may be faster than its service.
_NOTE_SENT: Final = Command(f"""
    UPDATE notifications
    SET state = CASE WHEN delivered_at IS NULL THEN 'sent' ELSE 'delivered' END,
        over = :over, attempts = attempts + 1, sent_at = :at,
        next_at = CASE WHEN delivered_at IS NULL OR {_IS_TO_ALL_TARGETS}
            THEN :next_at END
    WHERE id = :id OR led_by = :id
""")


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
    so_far = _TAKEN_BY.first(conn, id=notification_id)
    if so_far is None:
        return  # withdrawn meanwhile
    taken_by = [*so_far, *over]
    _NOTE_SENT.run(conn, id=notification_id, over=taken_by, at=at, next_at=next_at)


_OF_TAG: Final = """
    SELECT id FROM notifications WHERE tag = :tag AND delivered_at IS NULL
        AND resident_id IN (SELECT value FROM json_each(:residents))
"""
_NOTE_DELIVERED: Final = Command(f"""
    UPDATE notifications
    SET state = 'delivered', sent_at = coalesce(sent_at, :at), delivered_at = :at,
        next_at = CASE WHEN {_IS_TO_ALL_TARGETS} THEN next_at END
    WHERE id IN ({_OF_TAG}) OR led_by IN ({_OF_TAG})
""")


def note_delivered(
    conn: Connection, tag: str, residents: Collection[str], at: datetime
) -> bool:
    """Note that a resident's phone confirmed a notification; return whether it was new."""
    return _NOTE_DELIVERED.run(conn, tag=tag, residents=residents, at=at) > 0


_POSTPONE: Final = Command(f"""
    UPDATE notifications SET attempts = attempts + 1, next_at = :next_at
    WHERE (id = :id OR led_by = :id)
        AND (delivered_at IS NULL OR {_IS_TO_ALL_TARGETS})
""")
_RETRY: Final = Command("""
    UPDATE notifications
    SET state = 'pending', attempts = 0, due_at = :now, next_at = :now
    WHERE resident_id = :resident_id AND state IN ('pending', 'undeliverable')
        AND addressed IS NULL AND due_at <= :now
""")
_ABANDON: Final = """
    UPDATE notifications
    SET next_at = NULL,
        state = CASE WHEN state = 'pending' THEN 'undeliverable' ELSE state END
"""
_SETTLE: Final = Command(f"{_ABANDON} WHERE id = :id OR led_by = :id")
_ABANDON_OTHERS: Final = Command(f"""
    {_ABANDON} WHERE next_at IS NOT NULL AND addressed IS NULL
        AND resident_id NOT IN (SELECT value FROM json_each(:readers))
""")


def note_postponed(conn: Connection, notification_id: int, next_at: datetime) -> None:
    """Note that no target took a notification, and when to try again."""
    _POSTPONE.run(conn, id=notification_id, next_at=next_at)


def retry_notifications(conn: Connection, resident_id: str, now: datetime) -> None:
    """Retry a resident's undelivered notifications now, for another day."""
    _RETRY.run(conn, resident_id=resident_id, now=now)


def note_settled(conn: Connection, notification_id: int) -> None:
    """Stop trying a notification; it is undeliverable if no target ever took it."""
    _SETTLE.run(conn, id=notification_id)


def abandon_notifications(conn: Connection, residents: Collection[str]) -> None:
    """Stop trying to notify anyone but these residents."""
    _ABANDON_OTHERS.run(conn, readers=[*residents, OWNER])
