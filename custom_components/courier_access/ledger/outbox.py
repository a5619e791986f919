"""The outbox: what every resident is owed to be told, followed on the disk until they have it (promise 2).

A *fan-out* says that something is to be told to a revision of the residents' set; it is one row, so that what an
entry costs before the door opens does not grow with the residents. It is expanded into a *notice* for each resident
afterwards.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
import secrets
from typing import Any, Final

import orjson
from sqlalchemy import (
    Connection,
    Row,
    Update,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from ..access.model import Decision, GrantKey
from .tables import Instant, entries, fanouts, notices, personal, resident_sets

FANOUTS_A_STEP: Final = 4
"""How many fan-outs are expanded in one transaction, so that no entry waits long for its turn."""

OUTCOME_WITHIN: Final = timedelta(minutes=1)
"""An admitted entry is told with its outcome, or after this time without."""

UNREACHABLE_AFTER: Final = timedelta(hours=1)
"""A resident who has been owed a notice for so long can't be reached."""

REFUSAL_TOLD_EVERY: Final = timedelta(minutes=10)
"""How often a resident is told of entries that one courier was refused at the most.

Not only those on one grant: its id and the units beside the resident's are the courier's to invent.
"""

TAG_PREFIX: Final = "courier_access_"


class FanoutKind(StrEnum):
    """What is to be told."""

    ENTRY_ADMITTED = "entry_admitted"
    ENTRY_REFUSED = "entry_refused"


RECIPIENTS_ONLY: Final = frozenset({FanoutKind.ENTRY_REFUSED})
"""What only the residents of the units concerned are told; everything else is told to every resident."""


class NoticeState(StrEnum):
    """How far a notice came (design, *Notices*)."""

    OWED = "owed"
    HANDED_OVER = "handed_over"
    CONFIRMED = "confirmed"
    FAILED = "failed"


def owe(
    conn: Connection, kind: FanoutKind, seq: int, entry_id: str, set_revision: int, at: datetime
) -> int:
    """Owe the residents of that revision to be told of an entry; return the fan-out's id."""
    result = conn.execute(
        insert(fanouts).values(
            kind=kind, seq=seq, entry_id=entry_id, set_revision=set_revision, at=at
        )
    )
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def withdraw(conn: Connection, entry_id: str, kind: FanoutKind) -> None:
    """Take back that an entry is to be told: it did not happen after all."""
    of_entry = and_(fanouts.c.entry_id == entry_id, fanouts.c.kind == kind)
    conn.execute(
        delete(notices).where(notices.c.fanout_id.in_(select(fanouts.c.id).where(of_entry)))
    )
    conn.execute(delete(fanouts).where(of_entry))


def owe_refusal(
    conn: Connection, key: GrantKey, seq: int, entry_id: str, set_revision: int, at: datetime
) -> None:
    """Owe the recipients to be told of a refused entry, at most once a grant and ten minutes."""
    if not refusal_told_since(conn, key.courier_id, key.grant_id, at - REFUSAL_TOLD_EVERY):
        owe(conn, FanoutKind.ENTRY_REFUSED, seq, entry_id, set_revision, at)


def refusal_told_since(conn: Connection, courier_id: str, grant_id: str, since: datetime) -> bool:
    """Whether a refused entry on this grant has been told, or is owed to be, since that instant."""
    told = (
        select(fanouts.c.id)
        .join(entries, entries.c.entry_id == fanouts.c.entry_id)
        .where(
            fanouts.c.kind == FanoutKind.ENTRY_REFUSED,
            fanouts.c.at >= since,
            entries.c.courier_id == courier_id,
            entries.c.grant_id == grant_id,
        )
    )
    return bool(conn.execute(select(exists(told))).scalar_one())


def expand(conn: Connection, at: datetime) -> int:
    """Turn some fan-outs into notices, the oldest first, and return how many there were.

    An admitted entry waits for its outcome, which it has within seconds. Fewer than `FANOUTS_A_STEP` mean that none
    is left.
    """
    ready = conn.execute(
        select(fanouts, resident_sets.c.members, entries.c.courier_id)
        .join(resident_sets, resident_sets.c.revision == fanouts.c.set_revision)
        .join(entries, entries.c.entry_id == fanouts.c.entry_id)
        .where(
            fanouts.c.expanded_at.is_(None),
            or_(
                entries.c.decision == Decision.REFUSED,
                entries.c.outcome.is_not(None),
                fanouts.c.at <= at - OUTCOME_WITHIN,
            ),
        )
        .order_by(fanouts.c.id)
        .limit(FANOUTS_A_STEP)
    ).all()
    for fanout in ready:
        units = _units(conn, fanout.seq)
        is_for_all = fanout.kind not in RECIPIENTS_ONLY
        spared = frozenset() if is_for_all else _told_of_refusal(conn, fanout)
        owed = [
            {
                "fanout_id": fanout.id,
                "resident_id": resident_id,
                "recipient": unit in units,
                "state": NoticeState.OWED,
                "tag": TAG_PREFIX + secrets.token_hex(16),
                "next_at": at,
            }
            for resident_id, unit in fanout.members
            if is_for_all or (unit in units and resident_id not in spared)
        ]
        if owed:
            conn.execute(insert(notices), owed)
        conn.execute(update(fanouts).where(fanouts.c.id == fanout.id).values(expanded_at=at))
    return len(ready)


def hasten(conn: Connection, now: datetime) -> None:
    """Let every notice still owed be tried at once: what was missing may be there after a start."""
    conn.execute(
        update(notices)
        .where(notices.c.state == NoticeState.OWED, notices.c.next_at > now)
        .values(next_at=now)
    )


def handed_over(
    conn: Connection, notice_id: int, over: str, at: datetime, next_at: datetime | None
) -> None:
    """Note that a target took a notice; at `next_at` the next one is tried if no confirmation came."""
    so_far = conn.execute(
        select(notices.c.over).where(notices.c.id == notice_id)
    ).scalar_one_or_none()
    if so_far is None:
        return  # withdrawn meanwhile
    is_confirmed = notices.c.confirmed_at.is_not(None)  # a phone may be faster than its service
    conn.execute(
        _notice(notice_id).values(
            state=case(
                (is_confirmed, NoticeState.CONFIRMED.value), else_=NoticeState.HANDED_OVER.value
            ),
            over=[*so_far, over],
            attempts=notices.c.attempts + 1,
            handed_over_at=at,
            next_at=case((is_confirmed, None), else_=literal(next_at, Instant)),
        )
    )


def confirmed(conn: Connection, tag: str, residents: Collection[str], at: datetime) -> bool:
    """Note that a phone confirmed the notice of this tag, if it is one of these residents'; whether it was."""
    result = conn.execute(
        update(notices)
        .where(
            notices.c.tag == tag,
            notices.c.resident_id.in_(residents),
            notices.c.confirmed_at.is_(None),
        )
        .values(
            state=NoticeState.CONFIRMED,
            handed_over_at=func.coalesce(notices.c.handed_over_at, literal(at, Instant)),
            confirmed_at=at,
            next_at=None,
        )
    )
    return result.rowcount == 1


def postponed(conn: Connection, notice_id: int, next_at: datetime) -> None:
    """Note that no target took a notice, and when they are tried again."""
    conn.execute(
        _notice(notice_id)
        .where(notices.c.confirmed_at.is_(None))
        .values(attempts=notices.c.attempts + 1, next_at=next_at)
    )


def settled(conn: Connection, notice_id: int) -> None:
    """Try a notice no more: it stays as far as it came, and has failed where no target ever took it."""
    conn.execute(_notice(notice_id).values(**_GIVEN_UP))


def abandon(conn: Connection, residents: Collection[str]) -> None:
    """Try the notices of everyone but these residents no more: the others are gone."""
    conn.execute(
        update(notices)
        .where(notices.c.next_at.is_not(None), notices.c.resident_id.not_in(residents))
        .values(**_GIVEN_UP)
    )


_GIVEN_UP: Final = {
    "state": case(
        (notices.c.state == NoticeState.OWED, NoticeState.FAILED.value), else_=notices.c.state
    ),
    "next_at": None,
}


def _notice(notice_id: int) -> Update:
    return update(notices).where(notices.c.id == notice_id)


def _told_of_refusal(conn: Connection, fanout: Row[Any]) -> frozenset[str]:
    """Return who was told shortly before of another entry which that courier was refused."""
    rows = conn.execute(
        select(notices.c.resident_id)
        .distinct()
        .join(fanouts, fanouts.c.id == notices.c.fanout_id)
        .join(entries, entries.c.entry_id == fanouts.c.entry_id)
        .where(
            fanouts.c.kind == FanoutKind.ENTRY_REFUSED,
            fanouts.c.at >= fanout.at - REFUSAL_TOLD_EVERY,
            entries.c.courier_id == fanout.courier_id,
        )
    )
    return frozenset(row.resident_id for row in rows)


def _units(conn: Connection, seq: int) -> frozenset[str]:
    value = conn.execute(
        select(personal.c.value).where(personal.c.seq == seq, personal.c.field == "units")
    ).scalar_one_or_none()
    return frozenset() if value is None else frozenset(orjson.loads(value))
