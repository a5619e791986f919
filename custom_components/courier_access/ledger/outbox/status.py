"""Report the delivery status of notifications (promise 2), and count them."""

from collections.abc import Collection, Iterable, Mapping
from copy import replace
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from sqlite3 import Connection
from typing import Final

from ...access.model import GrantKey
from .. import structure
from ..queue import OWNER, NotificationKind, lived_here
from ..sql import Command, Query
from ..state.residents import units_then
from .due import IS_PENDING, UNREACHABLE_AFTER, NotificationState
from .fanout import IMAGE


@dataclass(frozen=True, slots=True)
class NotificationContext:
    """What a notification was about when its reader acts on it.

    `unit` is the resident's unit then, or empty if they were pending. `deliveries` are
    the announced ones with the unit then. `is_present` if the reader is still the same
    person.
    """

    kind: NotificationKind
    resident_id: str
    details: Mapping[str, str]
    is_present: bool
    _: KW_ONLY
    unit: str = ""
    deliveries: Mapping[GrantKey, str] = field(default_factory=dict)


_BY_TOKEN: Final = Query(
    f"""
    SELECT kind, n.resident_id, coalesce(details, '{{}}') AS details,
        {lived_here("n.resident_id", "f.seq")} AS is_present, set_revision,
        f.courier_id, grant_id
    FROM notifications found
    JOIN notifications n ON n.id = found.id OR n.led_by = found.id
    JOIN fanouts f ON f.id = n.fanout_id
    WHERE found.token = :token AND entry_id IS NULL
    ORDER BY n.id <> found.id, n.id
    """,
    tuple[NotificationContext, int, GrantKey | None],
)


def find_by_token(conn: Connection, token: str) -> NotificationContext | None:
    """Return the context of a notification that isn't about an entry, by its token."""
    rows = _BY_TOKEN.all(conn, token=token)
    if not rows:
        return None
    units = units_then(conn, {revision for _, revision, _ in rows})
    whose = [
        (one.kind, units.get((revision, one.resident_id), ""), key)
        for one, revision, key in rows
    ]
    return replace(
        rows[0][0],
        unit=whose[0][1],
        deliveries={
            key: unit
            for kind, unit, key in whose
            if key is not None and kind is NotificationKind.DELIVERY_ANNOUNCED
        },
    )


_USE_UP: Final = Command("UPDATE notifications SET token = NULL WHERE token = :token")


def use_up_token(conn: Connection, token: str) -> bool:
    """Let a token act no more; return whether it still did."""
    return _USE_UP.run(conn, token=token) > 0


@dataclass(frozen=True, slots=True)
class NotificationStatus:
    """The delivery status of one resident's notification of an entry.

    `recipient` is false for a different person who has the resident's ID now.
    """

    kind: NotificationKind
    resident_id: str
    recipient: bool
    state: NotificationState
    over: tuple[str, ...]
    attempts: int
    sent_at: datetime | None
    delivered_at: datetime | None
    _: KW_ONLY
    image: str | None = None

    @property
    def is_reached(self) -> bool:
        """Whether a target took it; phones' receipts make no difference."""
        return self.state in (NotificationState.SENT, NotificationState.DELIVERED)


_STATUS: Final = f"""
    SELECT entry_id, details, kind, n.resident_id,
        recipient AND {lived_here("n.resident_id", "f.seq")} AS recipient,
        state, over, attempts, sent_at, delivered_at
    FROM notifications n JOIN fanouts f ON f.id = n.fanout_id
    WHERE entry_id IN (SELECT value FROM json_each(:entry_ids)) {{}}
    ORDER BY n.id
"""
_OF_ALL: Final = Query(
    _STATUS.format(""), tuple[str, Mapping[str, object] | None, NotificationStatus]
)
# By the entries' fan-outs, not by all notifications of these residents.
_OF_THESE: Final = Query(
    _STATUS.format(
        "AND likely(n.resident_id IN (SELECT value FROM json_each(:residents)))"
    ),
    tuple[str, Mapping[str, object] | None, NotificationStatus],
)


def notification_status(
    conn: Connection, entry_ids: Iterable[str], residents: Collection[str] | None = None
) -> Mapping[str, tuple[NotificationStatus, ...]]:
    """Return the delivery status by entry, oldest first, for all residents or for these."""
    statuses: dict[str, list[NotificationStatus]] = {each: [] for each in entry_ids}
    ids = list(statuses)
    found = (
        _OF_ALL.each(conn, entry_ids=ids)
        if residents is None
        else _OF_THESE.each(conn, entry_ids=ids, residents=residents)
    )
    for entry_id, details, status in found:
        # An image that was written by others may be anything that JSON has.
        image = (details or {}).get("image")
        statuses[entry_id].append(
            replace(status, image=image)
            if isinstance(image, str) and IMAGE.fullmatch(image)
            else status
        )
    return {entry_id: tuple(of_entry) for entry_id, of_entry in statuses.items()}


_UNREACHABLE: Final = Query(
    f"""
    SELECT resident_id, min(due_at)
    FROM notifications
    WHERE (
            state = 'undeliverable'
            OR {IS_PENDING} AND attempts > 0 AND due_at <= :in_vain_since
        )
        AND due_at <= :now AND resident_id <> '{OWNER}' AND addressed IS NULL
        AND due_at > coalesce((
            SELECT max(sent_at) FROM notifications taken
            WHERE taken.resident_id = notifications.resident_id AND sent_at <= :now
        ), due_at - 1)
    GROUP BY resident_id
    """,
    tuple[str, datetime],
)


def unreachable_residents(conn: Connection, now: datetime) -> Mapping[str, datetime]:
    """Return the unreachable residents, each with the time of the oldest failure.

    A resident is unreachable if a notification failed or was retried for an hour, and
    nothing was sent since. The administrator is never included. Former targets don't
    count, nor do times after `now` by a clock that was ahead.
    """
    since = now - UNREACHABLE_AFTER
    return dict(_UNREACHABLE.each(conn, now=now, in_vain_since=since))


_PENDING: Final = Query(f"SELECT count(*) FROM notifications WHERE {IS_PENDING}", int)
_STATES: Final = Query(
    "SELECT state, count(*), min(due_at) FROM notifications GROUP BY state",
    tuple[NotificationState, int, datetime],
)
_UNEXPANDED: Final = Query(
    "SELECT count(*) FROM fanouts WHERE expanded_at IS NULL", int
)


def count_pending(conn: Connection) -> int:
    return _PENDING.one(conn)


def outbox_figures(
    conn: Connection,
) -> tuple[Mapping[NotificationState, int], int, datetime | None]:
    """Return notifications by status, unexpanded fan-outs, and the oldest pending time."""
    found = {state: (number, at) for state, number, at in _STATES.each(conn)}
    return (
        {state: found.get(state, (0, None))[0] for state in NotificationState},
        _UNEXPANDED.one(conn),
        found.get(NotificationState.PENDING, (0, None))[1],
    )


_ROWS: Final = Query(
    " UNION ALL ".join(
        f"SELECT '{table}', count(*) FROM {table}" for table in structure.tables()
    ),
    tuple[str, int],
)


def count_rows(conn: Connection) -> dict[str, int]:
    return dict(_ROWS.each(conn))
