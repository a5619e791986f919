"""Select the notifications to send now, and store what became of them (promise 2)."""

from collections.abc import Collection, Mapping, Sequence
from copy import replace
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final, NamedTuple

from ...access.model import DeliveryDetails, Outcome, Proof, Reason
from ..chain import WITNESS_BYTES
from ..queue import (
    AUTHORS,
    BATCH_INTERVAL,
    NO_DETAILS,
    OWNER,
    UNLOCKED,
    Button,
    Family,
    NotificationKind,
    Rank,
    kinds_with,
    lived_here,
)
from ..sql import Command, Query, listed
from ..state.residents import units_then
from .expand import MAX_DIGEST_DELAY, OUTCOME_WITHIN, named_details

MAX_SENDS_PER_RESIDENT: Final = 2
"""At most this many sends at once, so one slow target doesn't take all slots."""

FOR_OTHERS: Final = frozenset(
    {
        "courier",
        "door",
        "starts_at",
        "ends_at",
        "reason",
        "until",
        "entered_at",
        "at",
        "cause",
        "days",
        "months",
        "earlier_zone",
        "zone",
        "changes",
        "fleet",
        UNLOCKED,
    }
)
"""The details that residents who aren't recipients may read."""

UNREACHABLE_AFTER: Final = timedelta(hours=1)


_NOBODY: Final[Mapping[str, int]] = MappingProxyType({})


class NotificationState(StrEnum):
    """The delivery status of a notification (docs/reference/notifications.md)."""

    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"


class EntryDetails(NamedTuple):
    """The entry that a notification is about."""

    entry_id: str
    at: datetime
    courier_name: str
    door_name: str
    proof: Proof | None
    outcome: Outcome | None
    reason: Reason | None
    context_id: str | None = None


class Earlier(NamedTuple):
    """What the reader of an announcement was last notified of the same delivery.

    `tag` is set if that was a message by itself.
    """

    kind: NotificationKind
    details: Mapping[str, str]
    tag: str | None


@dataclass(frozen=True, slots=True)
class Notification:
    """A due notification with what its text needs: `entry`, `details`, or both.

    `unit`, `delivery`, and most details are set only for recipients, until they are
    erased. `over` are the targets that accepted it, `addressed` replaces the
    resident's current targets, and `others` are combined with it. `is_own` if it is
    about what this resident did. It has no `token` if it is about an entry. An
    announcement that isn't the first one of its delivery has an `earlier` one.
    """

    id: int
    tag: str
    token: str | None
    kind: NotificationKind
    resident_id: str
    state: NotificationState
    attempts: int
    over: tuple[str, ...]
    due_at: datetime
    seq: int
    witness: str
    recipient: bool
    delivery: DeliveryDetails = DeliveryDetails()
    entry: EntryDetails | None = None
    details: Mapping[str, str] = NO_DETAILS
    addressed: Mapping[str, object] | None = None
    _: KW_ONLY
    unit: str | None = None
    others: tuple[Notification, ...] = ()
    is_own: bool = False
    earlier: Earlier | None = None


class _Row(NamedTuple):
    """A notification with all that its readers may or may not read."""

    notification: Notification
    led_by: int | None
    set_revision: int
    labels: Mapping[str, str]


_NOTIFICATIONS: Final = f"""
    SELECT n.id, tag, token, f.kind, n.resident_id, state, attempts, over, due_at, f.seq,
        lower(hex(substr(hash, 1, {WITNESS_BYTES}))) AS witness, recipient,
        {named_details("f.seq")}, e.entry_id, e.at, courier_name, door_name, proof,
        outcome, reason, context_id, coalesce(details, '{{}}') AS details, n.addressed,
        led_by, set_revision, coalesce(units, label.value, '{{}}') AS labels
    FROM notifications n
    JOIN fanouts f ON f.id = n.fanout_id
    JOIN records r ON r.seq = f.seq
    LEFT JOIN entries e ON e.entry_id = f.entry_id
    LEFT JOIN personal label ON label.seq = f.seq AND label.field = 'unit_labels'
"""
_PAUSES: Final = listed(
    (*kinds_with(Family.BUILDING_PAUSE), *kinds_with(Family.UNIT_PAUSE))
)
_RANK: Final = " ".join(
    f"WHEN kind IN {listed(kinds_with(each))} THEN {each:d}" for each in Rank
)
# The newest pause arrives last: it waits while an earlier one is due.
_IN_TURN: Final = Query(
    f"""
    WITH waiting AS (
        SELECT n.id, CASE {_RANK} END AS urgency, n.resident_id, next_at
        FROM notifications n JOIN fanouts f ON f.id = fanout_id
        WHERE next_at <= :now AND (NOT held OR led_by = n.id)
            AND n.id NOT IN (SELECT value FROM json_each(:without))
            AND NOT (kind IN {_PAUSES} AND EXISTS (
                SELECT * FROM notifications earlier
                JOIN fanouts its ON its.id = earlier.fanout_id
                WHERE earlier.resident_id = n.resident_id AND earlier.id < n.id
                    AND earlier.next_at <= :now AND NOT earlier.held
                    AND its.kind IN {_PAUSES}
            ))
    ), placed AS (
        SELECT id, urgency, coalesce(
            (SELECT value FROM json_each(:busy) WHERE key = resident_id), 0
        ) + row_number() OVER (
            PARTITION BY resident_id ORDER BY urgency, next_at, id
        ) AS turn
        FROM waiting
    )
    {_NOTIFICATIONS}
    JOIN placed ON placed.id = n.id
    WHERE turn <= {MAX_SENDS_PER_RESIDENT}
    ORDER BY urgency, turn, next_at, n.id LIMIT :most
    """,
    _Row,
)
_COMBINED: Final = Query(
    f"""
    {_NOTIFICATIONS}
    WHERE led_by IN (SELECT value FROM json_each(:leaders)) AND led_by <> n.id
    ORDER BY n.id
    """,
    _Row,
)
IS_PENDING: Final = "next_at IS NOT NULL AND state = 'pending'"
"""Every pending notification has a time to be sent, and is found by it."""

# Not through all notifications in their order, which would need no sorting.
_PENDING: Final = Query(f"{_NOTIFICATIONS} WHERE {IS_PENDING} ORDER BY +n.id", _Row)


class _EarlierOf(NamedTuple):
    id: int
    earlier: Earlier


# None of them waits: whatever waited of a grant was replaced by the next one of it.
_EARLIER: Final = Query(
    f"""
    SELECT n.id, its.kind, its.details,
        iif(
            EXISTS (
                SELECT * FROM notifications one
                WHERE one.led_by = earlier.led_by AND one.id <> earlier.id
            ),
            NULL, earlier.tag
        ) AS tag
    FROM notifications n
    JOIN fanouts f ON f.id = n.fanout_id
    JOIN fanouts its ON its.courier_id = f.courier_id AND its.grant_id = f.grant_id
        AND its.kind IN {listed(kinds_with(Family.ANNOUNCEMENT))}
    JOIN notifications earlier
        ON earlier.fanout_id = its.id AND earlier.resident_id = n.resident_id
    WHERE n.id IN (SELECT value FROM json_each(:ids)) AND earlier.id < n.id
        AND f.kind = '{NotificationKind.DELIVERY_ANNOUNCED}'
        AND {lived_here("n.resident_id", "its.seq")}
    ORDER BY earlier.id
    """,
    _EarlierOf,
)


def due(
    conn: Connection,
    now: datetime,
    limit: int,
    without: Collection[int] = (),
    busy: Mapping[str, int] = _NOBODY,
) -> list[Notification]:
    """Return the due notifications, except those `without`, which are being sent.

    A door that may be unlocked comes first, then entries, then deliveries, with
    residents in turn. A resident has at most `MAX_SENDS_PER_RESIDENT`, including the
    `busy` ones.
    """
    rows = _IN_TURN.all(conn, now=now, without=without, most=limit, busy=busy)
    if not rows:
        return []
    leaders = [row.led_by for row in rows if row.led_by is not None]
    combined = _COMBINED.all(conn, leaders=leaders) if leaders else []
    read = _for_readers(conn, [*rows, *combined])
    leading, following = read[: len(rows)], read[len(rows) :]
    others: dict[int | None, tuple[Notification, ...]] = {}
    for row, one in zip(combined, following, strict=True):
        others[row.led_by] = (*others.get(row.led_by, ()), one)
    return [
        replace(one, others=others.get(row.led_by, ()))
        for row, one in zip(rows, leading, strict=True)
    ]


def pending_notifications(conn: Connection) -> list[Notification]:
    """Return all notifications that no target has accepted, the oldest first."""
    return _for_readers(conn, _PENDING.all(conn))


_TO_RESIDENT: Final = Query(
    f"""
    {_NOTIFICATIONS}
    WHERE n.addressed IS NULL AND n.id IN (
        SELECT own.id FROM fanouts AS recent
        CROSS JOIN notifications AS own
            ON own.fanout_id = recent.id AND own.resident_id = :resident_id
        WHERE recent.kind IN {listed(NotificationKind)} AND recent.at >= :since
            AND {lived_here("own.resident_id", "recent.seq")}
    )
    ORDER BY n.id DESC LIMIT :limit
    """,
    _Row,
)


def notifications_to(
    conn: Connection, resident_id: str, since: datetime, limit: int
) -> list[Notification]:
    """Return the newest notifications to a resident, newest first, each by itself.

    Those to former targets are left out: someone else may read them.
    """
    found = _TO_RESIDENT.all(conn, resident_id=resident_id, since=since, limit=limit)
    return _for_readers(conn, found)


def _for_readers(conn: Connection, rows: Sequence[_Row]) -> list[Notification]:
    units = units_then(conn, {row.set_revision for row in rows})
    announced = [
        row.notification.id
        for row in rows
        if row.notification.kind is NotificationKind.DELIVERY_ANNOUNCED
    ]
    earlier = dict(_EARLIER.each(conn, ids=announced)) if announced else {}
    return [_for_reader(row, units, earlier.get(row.notification.id)) for row in rows]


def _for_reader(
    row: _Row, units: Mapping[tuple[int, str], str], earlier: Earlier | None
) -> Notification:
    """Return a notification with only what its reader may read."""
    stored = row.notification
    reader, is_recipient = stored.resident_id, stored.recipient
    own = units.get((row.set_revision, reader), "")
    return replace(
        stored,
        unit=row.labels.get(own) if is_recipient else None,
        delivery=stored.delivery if is_recipient else DeliveryDetails(),
        details={
            name: value
            for name, value in stored.details.items()
            if name != AUTHORS and (is_recipient or name in FOR_OTHERS)
        },
        earlier=earlier,
        is_own=reader in stored.details.get(AUTHORS, "").split(),
    )


_NEXT: Final = Query(
    f"""
    SELECT (SELECT min(next_at) FROM notifications WHERE next_at > :now),
        (
            SELECT min(at) FROM fanouts
            WHERE expanded_at IS NULL AND entry_id IS NOT NULL
                AND at > :without_outcome_since
        ),
        (
            SELECT min(ready_at) FROM fanouts
            WHERE expanded_at IS NULL AND ready_at > :now
        ),
        (
            SELECT min(due_at) FROM notifications
            WHERE {IS_PENDING} AND due_at > :in_vain_since
        )
    """,
    tuple[datetime | None, datetime | None, datetime | None, datetime | None],
)
_AFTER: Final = (timedelta(), OUTCOME_WITHIN, timedelta(), UNREACHABLE_AFTER)


def next_due(conn: Connection, now: datetime) -> datetime | None:
    """Return the next time to send, to expand, or to find someone unreachable."""
    found = _NEXT.one(
        conn,
        now=now,
        without_outcome_since=now - OUTCOME_WITHIN,
        in_vain_since=now - UNREACHABLE_AFTER,
    )
    instants = zip(found, _AFTER, strict=True)
    return min((at + wait for at, wait in instants if at is not None), default=None)


_HASTEN: Final = Command("""
    UPDATE notifications SET next_at = :now, due_at = min(due_at, :now)
    WHERE next_at > :now AND (
        state = 'pending' AND (due_at <= :now OR NOT held)
        OR next_at > CASE WHEN courier_id IS NULL THEN :digest ELSE :batch END
    )
""")


def hasten_notifications(conn: Connection, now: datetime) -> None:
    """Retry every pending notification now, since a start may have fixed its target.

    Waiting notifications keep their time, unless a clock that was ahead set it too late.
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
_POSTPONE: Final = Command(f"""
    UPDATE notifications SET attempts = attempts + 1, next_at = :next_at
    WHERE (id = :id OR led_by = :id)
        AND (delivered_at IS NULL OR {_IS_TO_ALL_TARGETS})
""")
_ABANDON: Final = """
    UPDATE notifications
    SET next_at = NULL,
        state = CASE WHEN state = 'pending' THEN 'undeliverable' ELSE state END
"""
_ABANDON_ONE: Final = Command(f"{_ABANDON} WHERE id = :id OR led_by = :id")
_ABANDON_OTHERS: Final = Command(f"""
    {_ABANDON} WHERE next_at IS NOT NULL AND addressed IS NULL
        AND resident_id NOT IN (SELECT value FROM json_each(:readers))
""")


def note_attempt(
    conn: Connection,
    notification_id: int,
    over: Sequence[str],
    at: datetime,
    next_at: datetime | None,
) -> None:
    """Note which targets accepted a notification, and when to try the others, if ever.

    A notification that no target ever accepted is undeliverable then. Delivery stops further
    tries, except for notifications to all targets.
    """
    if over:
        so_far = _TAKEN_BY.first(conn, id=notification_id)
        if so_far is not None:  # otherwise, it was withdrawn meanwhile
            taken_by = [*so_far, *over]
            _NOTE_SENT.run(
                conn, id=notification_id, over=taken_by, at=at, next_at=next_at
            )
    elif next_at is not None:
        _POSTPONE.run(conn, id=notification_id, next_at=next_at)
    else:
        _ABANDON_ONE.run(conn, id=notification_id)


# The first condition is the index's.
_OF_TAG: Final = """
    SELECT id FROM notifications
    WHERE substr(tag, 16, 8) = substr(:tag, 16, 8) AND tag = :tag AND delivered_at IS NULL
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
    """Note that a resident's phone confirmed a notification; return if it was new."""
    return _NOTE_DELIVERED.run(conn, tag=tag, residents=residents, at=at) > 0


_RETRY: Final = Command(f"""
    UPDATE notifications
    SET state = 'pending', attempts = 0, due_at = :now, next_at = :now
    WHERE resident_id = :resident_id AND ({IS_PENDING} OR state = 'undeliverable')
        AND addressed IS NULL AND due_at <= :now
""")


def retry_notifications(conn: Connection, resident_id: str, now: datetime) -> None:
    """Retry a resident's undelivered notifications now, for another day."""
    _RETRY.run(conn, resident_id=resident_id, now=now)


def abandon_notifications(conn: Connection, residents: Collection[str]) -> None:
    _ABANDON_OTHERS.run(conn, readers=[*residents, OWNER])


_CHANGED: Final = (NotificationKind.RESIDENT_REMOVED, NotificationKind.RESIDENT_CHANGED)
_IS_CHANGED: Final = f"kind IN {listed(_CHANGED)} AND later.addressed IS NOT NULL"
_FORMER: Final = f"""
    SELECT later.addressed FROM fanouts later
    WHERE {_IS_CHANGED} AND later.resident_id = notifications.resident_id
        AND later.id > fanout_id
    ORDER BY later.id LIMIT 1
"""
# It is known first whether a resident ever changed: hardly any did.
_READDRESS: Final = Command(f"""
    UPDATE notifications SET addressed = ({_FORMER})
    WHERE next_at IS NOT NULL AND addressed IS NULL AND resident_id IN (
        SELECT resident_id FROM fanouts later WHERE {_IS_CHANGED}
    ) AND EXISTS (
        SELECT * FROM fanouts
        WHERE fanouts.id = fanout_id AND (
            kind NOT IN {listed(kinds_with(Rank.OTHER))}
            OR kind IN {listed(kinds_with(Button.WITHDRAW))}
        )
    ) AND EXISTS ({_FORMER})
""")


def readdress(conn: Connection) -> None:
    """Send notifications for former or replaced residents to their former targets.

    Otherwise the administrator could hide an entry or a loosened rule by removing a
    resident, and the next one would read it.
    """
    _READDRESS.run(conn)


_NEWEST: Final = """(
    SELECT max(later.id) FROM notifications later
    JOIN fanouts its ON its.id = later.fanout_id
    WHERE later.resident_id = notifications.resident_id
        AND later.id > notifications.id AND later.next_at IS NOT NULL
        AND its.kind IN (SELECT value FROM json_each(:kinds))
)"""
_SUPERSEDE: Final = Command(f"""
    UPDATE notifications SET held = 1, led_by = {_NEWEST}
    WHERE next_at IS NOT NULL
        AND id NOT IN (SELECT value FROM json_each(:under_way))
        AND fanout_id IN (
            SELECT id FROM fanouts WHERE kind IN (SELECT value FROM json_each(:kinds))
        )
        AND {_NEWEST} IS NOT NULL
""")


def supersede(conn: Connection, under_way: Collection[int] = ()) -> None:
    """Combine outdated pause notifications with newer ones, except those `under_way`.

    Otherwise one that failed at first would arrive after the newer one.
    """
    for family in (Family.BUILDING_PAUSE, Family.UNIT_PAUSE):
        _SUPERSEDE.run(conn, kinds=kinds_with(family), under_way=under_way)
