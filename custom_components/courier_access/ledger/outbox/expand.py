"""Expand fan-outs into notifications, of which some wait to be combined (promises 2, 3).

The first news of a courier goes out at once. After a notification of its deliveries,
what follows within five minutes waits and comes as one: a courier may issue, revise,
and revoke as often as it likes, and none of that may ring a phone each time.

The first of the notifications that are combined leads: they are sent, delivered,
retried, and given up as one, with its tag.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
import secrets
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final, NamedTuple

from ...access.model import DETAILS, NOTIFIED_DETAILS, DeliveryDetails, GrantKey
from ..queue import (
    AUTHORS,
    BATCH_INTERVAL,
    OWNER,
    REFUSAL_INTERVAL,
    Audience,
    Family,
    NotificationKind,
    Rank,
    kinds_with,
    lived_here,
)
from ..sql import Command, Query, Storable, fields_of, listed
from ..state.residents import units_then

FANOUTS_PER_STEP: Final = 4
NOTIFICATIONS_PER_STEP: Final = 64
MESSAGES_PER_STEP: Final = 4
"""Limits per transaction, since an entry may wait for it."""

OUTCOME_WITHIN: Final = timedelta(minutes=1)
"""An admitted entry is sent with its outcome, or after this time without it."""

MAX_DIGEST_DELAY: Final = timedelta(hours=24)

TAG_PREFIX: Final = "courier_access_"

WAITS_AT_LEAST: Final = timedelta(minutes=1)
"""What waits is sent when its window starts, but no sooner than this.

Couriers choose their windows, and must not choose when a phone rings.
"""

_WAITS: Final = "notifications.held = 1 AND notifications.led_by IS NULL"
"""Whether a notification still waits: it is part of no message so far."""

_NOTIFIES_NOBODY: Final = """fanouts.expanded_at IS NOT NULL AND NOT EXISTS (
    SELECT * FROM notifications WHERE fanout_id = fanouts.id
)"""

_AT_ONCE: Final[Mapping[str, datetime]] = MappingProxyType({})


def named_details(seq: str) -> str:
    """Return the columns of the details that a notification of record `seq` names."""
    return ", ".join(
        f"""(
            SELECT value FROM personal
            WHERE personal.seq = {seq} AND field = '{name}'
        ) AS {name}"""
        if name in NOTIFIED_DETAILS
        else f"NULL AS {name}"
        for name in DETAILS
    )


class Reading(NamedTuple):
    """What somebody reads of a grant."""

    kind: NotificationKind
    details: Mapping[str, str]
    delivery: DeliveryDetails


class _Ready(NamedTuple):
    """A fan-out to expand, with the residents that it addresses."""

    id: int
    entry_id: str | None
    key: GrantKey | None
    resident_id: str | None
    units: frozenset[str]
    reading: Reading
    addressed: Mapping[str, object] | None
    at: datetime
    ready_at: datetime | None
    members: tuple[tuple[str, str], ...]


# A time that is too far ahead is from a clock that was ahead.
_READY: Final = Query(
    f"""
    SELECT fanouts.id, entry_id, fanouts.courier_id, fanouts.grant_id, resident_id,
        coalesce(units, of_entry.value, '[]') AS units, kind,
        coalesce(details, '{{}}') AS details,
        {named_details("fanouts.seq")}, addressed,
        fanouts.at, ready_at, members
    FROM fanouts
    JOIN resident_sets ON revision = set_revision
    LEFT JOIN entries USING (entry_id)
    LEFT JOIN personal of_entry
        ON of_entry.seq = fanouts.seq AND of_entry.field = 'units'
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
            _DELETE_UNREAD.run(conn, **fields_of(fanout.key))
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
    authors = fanout.reading.details.get(AUTHORS, "") if traits.not_to_authors else ""
    skipped = {*_NOTIFIED.each(conn, fanout_id=fanout.id), *authors.split()}
    if traits.family is Family.REFUSAL:
        since = fanout.at - REFUSAL_INTERVAL
        skipped.update(
            _NOTIFIED_OF_REFUSAL.each(
                conn, since=since, at=fanout.at, courier_id=courier_id
            )
        )
    audience = [one for one in _audience(conn, fanout) if one[0] not in skipped]
    times: Mapping[str, datetime | None] = _AT_ONCE
    if is_announcement and key is not None:
        residents = [resident_id for resident_id, _ in audience]
        times = _schedule(conn, key, fanout.reading, residents, at, most)
        audience = [one for one in audience if one[0] in times]
    elif traits.rank is Rank.ENTRY:
        times = {
            resident_id: min(digests[resident_id], at + MAX_DIGEST_DELAY)
            for resident_id, recipient in audience
            if not recipient and resident_id in digests
        }
    # Those of one time begin alike: their indexes write few pages for all of them.
    begin = f"{int(at.timestamp()):08x}"
    return [
        {
            "fanout_id": fanout.id,
            "resident_id": resident_id,
            "recipient": recipient,
            "tag": TAG_PREFIX + begin + secrets.token_hex(12),
            # Buttons name it, which those about an entry don't have.
            "token": begin + secrets.token_hex(12) if fanout.entry_id is None else None,
            "addressed": fanout.addressed,
            "courier_id": courier_id if is_announcement else None,
            "held": times.get(resident_id) is not None,
            "due_at": times.get(resident_id) or fanout.ready_at or fanout.at,
            "next_at": times.get(resident_id) or at,
        }
        for resident_id, recipient in audience[:most]
    ]


# The recipients notified of an entry who are still the same person.
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


def _audience(conn: Connection, fanout: _Ready) -> Iterator[tuple[str, bool]]:
    traits, about = fanout.reading.kind.traits, fanout.resident_id
    audience = traits.audience
    if audience is Audience.ONE and about is not None:
        yield about, True
        return
    if audience is Audience.NOTIFIED and fanout.entry_id is not None:
        for recipient in _RECIPIENTS.each(conn, entry_id=fanout.entry_id):
            yield recipient, True
        return
    if audience is not Audience.OTHER_RECIPIENTS:
        about = None
    for resident_id, unit in fanout.members:
        is_recipient = unit in fanout.units
        if audience is Audience.ALL or (is_recipient and resident_id != about):
            yield resident_id, is_recipient
    if traits.administrator_too:
        yield OWNER, False


class _Known(NamedTuple):
    """What a resident was last notified of a grant, and which newer news waits."""

    resident_id: str
    waiting_id: int | None = None
    reading: Reading | None = None

    @property
    def is_expected(self) -> bool:
        return (
            self.reading is not None
            and self.reading.kind is NotificationKind.DELIVERY_ANNOUNCED
        )


_KINDS: Final = kinds_with(Family.ANNOUNCEMENT)
_OF_GRANT: Final = "fanouts.courier_id = :courier_id AND grant_id = :grant_id"
# At most one waits for a resident and grant, since each replaces the one before.
_KNOWN: Final = Query(
    f"""
    SELECT known.resident_id, waiting_id, kind, details,
        {named_details("fanouts.seq")}
    FROM (
        SELECT notifications.resident_id,
            max(CASE WHEN NOT ({_WAITS}) THEN notifications.id END) AS last,
            min(CASE WHEN {_WAITS} THEN notifications.id END) AS waiting_id
        FROM notifications JOIN fanouts ON fanouts.id = fanout_id
        WHERE {_OF_GRANT} AND recipient
            AND kind IN {listed((*_KINDS, NotificationKind.GRANT_REFUSED))}
        GROUP BY notifications.resident_id
    ) known
    LEFT JOIN notifications ON notifications.id = last
    LEFT JOIN fanouts ON fanouts.id = fanout_id
    """,
    _Known,
)


def _schedule(
    conn: Connection,
    key: GrantKey,
    reading: Reading,
    residents: Sequence[str],
    now: datetime,
    most: int,
) -> Mapping[str, datetime | None]:
    """Return when to notify residents of a delivery, at most so many; None is at once.

    It replaces what waits of the same grant. Residents are left out if it reads as they
    were notified last, or if a delivery is called off that they never were notified of.
    """
    known = {each.resident_id: each for each in _KNOWN.each(conn, **fields_of(key))}
    next_times = dict(
        _NEXT_TIMES.each(
            conn,
            courier_id=key.courier_id,
            residents=residents,
            now=now,
            since=now - BATCH_INTERVAL,
            until=now + BATCH_INTERVAL,
        )
    )
    times: dict[str, datetime | None] = {}
    replaced: list[int] = []
    for resident_id in residents:
        knows = known.get(resident_id, _Known(resident_id))
        if _is_news(reading, knows):
            until = next_times.get(resident_id)
            times[resident_id] = until and _until(reading, knows, until, now)
        if knows.waiting_id is not None:
            replaced.append(knows.waiting_id)
        if len(times) == most:
            break
    _withdraw(conn, replaced)
    return times


# The last one that called off some units' delivery stays: residents who saw that it was
# expected may still veto it.
_DELETE_UNREAD: Final = Command(f"""
    DELETE FROM fanouts
    WHERE {_OF_GRANT} AND kind IN {listed(_KINDS)} AND {_NOTIFIES_NOBODY} AND (
        kind = '{NotificationKind.DELIVERY_ANNOUNCED}' OR EXISTS (
            SELECT * FROM fanouts later
            WHERE later.courier_id = fanouts.courier_id
                AND later.grant_id = fanouts.grant_id AND later.kind = fanouts.kind
                AND later.units = fanouts.units AND later.id > fanouts.id
        )
    )
""")


_SEND_WAITING: Final = Command(f"""
    UPDATE notifications SET next_at = :now
    WHERE {_WAITS} AND next_at > :now
        AND fanout_id IN (SELECT id FROM fanouts WHERE {_OF_GRANT})
""")


def send_waiting(conn: Connection, key: GrantKey, now: datetime) -> None:
    """Send what waits of a grant now: its courier is at the door."""
    _SEND_WAITING.run(conn, **fields_of(key), now=now)


def _is_news(reading: Reading, knows: _Known) -> bool:
    if reading.kind is NotificationKind.DELIVERY_CALLED_OFF:
        return knows.is_expected
    return knows.waiting_id is None or knows.reading != reading


def _until(reading: Reading, knows: _Known, until: datetime, now: datetime) -> datetime:
    """Return when to notify, if that can't be later than the window's start."""
    starts_at = datetime.fromisoformat(reading.details["starts_at"])
    # After the window's start, residents who expect the delivery can wait for a change.
    if starts_at > now or not knows.is_expected:
        until = min(until, max(starts_at, now + WAITS_AT_LEAST))
    return until


# When residents are next notified of a courier's deliveries: missing or NULL if they
# weren't lately. A time that is too far ahead comes from a clock that was wrong.
_NEXT_TIMES: Final = Query(
    f"""
    SELECT resident_id, coalesce(
        min(CASE WHEN {_WAITS} THEN due_at END),
        max(CASE WHEN NOT ({_WAITS}) AND due_at <= :now THEN due_at END)
            + {BATCH_INTERVAL // timedelta(microseconds=1)}
    )
    FROM notifications
    WHERE courier_id = :courier_id
        AND resident_id IN (SELECT value FROM json_each(:residents))
        AND due_at > :since AND due_at <= :until
    GROUP BY resident_id
    """,
    tuple[str, datetime | None],
)


_FIRST: Final = Query(
    f"""
    SELECT id FROM notifications WHERE {_WAITS} AND next_at <= :now
    ORDER BY next_at, id LIMIT 1
    """,
    int,
)


def combine_waiting(conn: Connection, now: datetime) -> bool:
    """Combine what is due by now, the oldest first; return whether more is left.

    All waiting announcements of one courier are sent when the first is due. Otherwise,
    the courier could cause another message soon after.
    """
    for _ in range(MESSAGES_PER_STEP):
        first = _FIRST.first(conn, now=now)
        if first is None:
            return False
        _combine_with(conn, first, now)
    return True


_WITHDRAW: Final = Query(
    """
    DELETE FROM notifications WHERE id IN (SELECT value FROM json_each(:ids))
    RETURNING fanout_id
    """,
    int,
)
# By their IDs: of their kind, there are more and more.
_DELETE_ANNOUNCED: Final = Command(f"""
    DELETE FROM fanouts
    WHERE id IN (SELECT value FROM json_each(:ids)) AND {_NOTIFIES_NOBODY}
        AND +kind = '{NotificationKind.DELIVERY_ANNOUNCED}'
""")


def _withdraw(conn: Connection, notification_ids: Collection[int]) -> None:
    """Withdraw notifications that wait, and announcements that notify nobody then."""
    if notification_ids:
        _DELETE_ANNOUNCED.run(conn, ids=_WITHDRAW.all(conn, ids=notification_ids))


class _Waiting(NamedTuple):
    """A notification that waits, to be combined with others."""

    id: int
    resident_id: str
    is_due: bool
    kind: NotificationKind
    courier_id: str | None
    grant_id: str | None
    set_revision: int


_TOGETHER: Final = Query(
    f"""
    SELECT notifications.id, notifications.resident_id,
        notifications.next_at <= :now AS is_due, kind, fanouts.courier_id, grant_id,
        set_revision
    FROM notifications
    JOIN fanouts ON fanouts.id = notifications.fanout_id
    JOIN notifications first ON first.id = :first
    WHERE {_WAITS} AND notifications.sent_at IS NULL
        AND notifications.resident_id = first.resident_id
        AND notifications.courier_id IS first.courier_id
        AND notifications.addressed IS first.addressed
        AND (notifications.courier_id IS NOT NULL OR notifications.next_at <= :now)
    ORDER BY notifications.id
    """,
    _Waiting,
)
_COMBINE: Final = Command("""
    UPDATE notifications
    SET led_by = :leader, due_at = min(due_at, :now), next_at = min(next_at, :now)
    WHERE id IN (SELECT value FROM json_each(:ids))
""")


def _combine_with(conn: Connection, first: int, now: datetime) -> None:
    rows = _TOGETHER.all(conn, first=first, now=now)
    off = _not_expected(conn, rows)
    _withdraw(conn, off)
    together = [row for row in rows if row.id not in off]
    if any(row.is_due for row in together):
        ids = [row.id for row in together]
        _COMBINE.run(conn, leader=ids[0], ids=ids, now=now)


_EXPECTED: Final = Query(
    """
    SELECT grant_id, unit FROM grant_units JOIN grants USING (courier_id, grant_id)
    WHERE courier_id = :courier_id AND part = 'accepted' AND state = 'open'
        AND grant_id IN (SELECT value FROM json_each(:grants))
    """,
    tuple[str, str],
)


def _not_expected(conn: Connection, rows: Sequence[_Waiting]) -> frozenset[int]:
    """Return the announcements of deliveries that the readers' units don't expect now."""
    announced = [row for row in rows if row.kind is NotificationKind.DELIVERY_ANNOUNCED]
    if not announced:
        return frozenset()
    expected = set(
        _EXPECTED.each(
            conn,
            courier_id=announced[0].courier_id,
            grants={row.grant_id for row in announced},
        )
    )
    units = units_then(conn, {row.set_revision for row in announced})
    return frozenset(
        row.id
        for row in announced
        if (row.grant_id, units.get((row.set_revision, row.resident_id)))
        not in expected
    )
