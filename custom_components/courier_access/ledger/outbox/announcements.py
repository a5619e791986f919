"""Decide when residents are notified of a courier's deliveries (promise 3).

The first news of a courier goes out at once. After a notification of its deliveries,
what follows within five minutes waits and comes as one: a courier may issue, revise,
and revoke as often as it likes, and none of that may ring a phone each time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Final, NamedTuple

from ...access.details import DETAILS, NOTIFIED, DeliveryDetails
from ...access.model import GrantKey
from ..queue import BATCH_INTERVAL, Family, NotificationKind, kinds_with
from ..sql import Command, Query, fields_of, listed
from .digest import HELD, UNTOLD, drop

HELD_AT_LEAST: Final = timedelta(minutes=1)
"""What waits is sent when its window starts, but no sooner than this.

Couriers choose their windows, and must not choose when a phone rings.
"""


def named_details(seq: str) -> str:
    """Return the columns of the details that a notification of record `seq` names."""
    return ", ".join(
        f"""(
            SELECT value FROM personal
            WHERE personal.seq = {seq} AND field = '{name}'
        ) AS {name}"""
        if name in NOTIFIED
        else f"NULL AS {name}"
        for name in DETAILS
    )


class Reading(NamedTuple):
    """What somebody reads of a grant."""

    kind: NotificationKind
    details: Mapping[str, str]
    delivery: DeliveryDetails


@dataclass(frozen=True, slots=True)
class _Known:
    """What a resident was last notified of a grant, and which newer news waits."""

    resident_id: str
    waiting_id: int | None = None
    reading: Reading | None = None

    @property
    def is_expected(self) -> bool:
        """Whether they were last notified that the delivery comes."""
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
            max(CASE WHEN NOT ({HELD}) THEN notifications.id END) AS last,
            min(CASE WHEN {HELD} THEN notifications.id END) AS waiting_id
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


def take_in(
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
    next_times = _next_times(conn, key.courier_id, residents, now)
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
    drop(conn, replaced)
    return times


_FORGET_UNTOLD: Final = Command(f"""
    DELETE FROM fanouts
    WHERE {_OF_GRANT} AND kind IN {listed(_KINDS)} AND {UNTOLD} AND (
        kind = '{NotificationKind.DELIVERY_ANNOUNCED}' OR EXISTS (
            SELECT * FROM fanouts later
            WHERE later.courier_id = fanouts.courier_id
                AND later.grant_id = fanouts.grant_id AND later.kind = fanouts.kind
                AND later.units = fanouts.units AND later.id > fanouts.id
        )
    )
""")


def forget_untold(conn: Connection, key: GrantKey) -> None:
    """Forget fan-outs of the same grant that notify nobody.

    Where some units' delivery was called off, that stays once: who saw it expected may veto it all the same.
    """
    _FORGET_UNTOLD.run(conn, **fields_of(key))


_HASTEN: Final = Command(f"""
    UPDATE notifications SET next_at = :now
    WHERE {HELD} AND next_at > :now
        AND fanout_id IN (SELECT id FROM fanouts WHERE {_OF_GRANT})
""")


def tell_now(conn: Connection, key: GrantKey, now: datetime) -> None:
    """Send what is held of a grant now: its courier is at the door."""
    _HASTEN.run(conn, **fields_of(key), now=now)


def _is_news(reading: Reading, knows: _Known) -> bool:
    if reading.kind is NotificationKind.DELIVERY_CALLED_OFF:
        return knows.is_expected
    return knows.waiting_id is None or knows.reading != reading


def _until(reading: Reading, knows: _Known, until: datetime, now: datetime) -> datetime:
    """Return when to notify, if that can't be later than the window's start."""
    starts_at = datetime.fromisoformat(reading.details["starts_at"])
    # After the window's start, residents who expect the delivery can wait for a change.
    if starts_at > now or not knows.is_expected:
        until = min(until, max(starts_at, now + HELD_AT_LEAST))
    return until


_NEXT_TIMES: Final = Query(
    f"""
    SELECT resident_id, coalesce(
        min(CASE WHEN {HELD} THEN due_at END),
        max(CASE WHEN NOT ({HELD}) AND due_at <= :now THEN due_at END)
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


def _next_times(
    conn: Connection, courier_id: str, residents: Collection[str], now: datetime
) -> Mapping[str, datetime | None]:
    """Return when these residents are next notified of a courier's deliveries.

    None if they weren't notified of any lately, or aren't in it. A time that lies too
    far ahead was stamped by a clock that was wrong, and is ignored.
    """
    return dict(
        _NEXT_TIMES.each(
            conn,
            courier_id=courier_id,
            residents=residents,
            now=now,
            since=now - BATCH_INTERVAL,
            until=now + BATCH_INTERVAL,
        )
    )
