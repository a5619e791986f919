"""Expand fan-outs into notifications (promise 2)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
import secrets
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final

from ...access.model import GrantKey
from ..queue import (
    BATCH_INTERVAL,
    OWNER,
    REFUSAL_INTERVAL,
    Audience,
    Family,
    Rank,
    kinds_with,
    lived_here,
)
from ..sql import Command, Query, Storable, listed
from . import announcements as announced

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

MAX_DIGEST_DELAY: Final = timedelta(hours=24)
"""The longest time a notification waits for a digest."""

TAG_PREFIX: Final = "courier_access_"

_AT_ONCE: Final[Mapping[str, datetime]] = MappingProxyType({})


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
        coalesce(details, '{{}}') AS details,
        {announced.named_details("fanouts.seq")}, addressed,
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
