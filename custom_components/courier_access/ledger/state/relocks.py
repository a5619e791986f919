"""Re-lock deadlines on the disk, so that a restart leaves no door unlocked (promise 8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, or_, select

from ...access.model import GrantKey, Outcome
from ..tables import entries, relocks
from .entries import has_unlocked_late

_PUT: Final = insert(relocks).prefix_with("OR REPLACE")
_LEFT: Final = select(
    relocks,
    entries.c.courier_id,
    entries.c.grant_id,
    entries.c.courier_name,
    entries.c.door_name,
    entries.c.context_id,
    or_(
        entries.c.lock_confirmed,
        entries.c.unlocked_until.is_not(None),
        has_unlocked_late(entries.c.seq, entries.c.entry_id),
    ).label("confirmed"),
    (entries.c.outcome == Outcome.UNKNOWN).label("cut_off"),
).join_from(relocks, entries)


@dataclass(frozen=True, slots=True)
class Relock:
    """A door that is to be locked again, and the entry it was unlocked for."""

    door_id: str
    entry_id: str
    deadline: datetime
    courier_name: str
    door_name: str
    context_id: str
    key: GrantKey
    confirmed: bool
    """Whether the door was seen to unlock, in time or late, or is taken to have done so where it can't be seen."""
    cut_off: bool
    """Whether nobody knows what came of the entry at the door, because of a crash."""


def put(conn: Connection, door_id: str, entry_id: str, deadline: datetime) -> None:
    """Set the deadline of an entry's door; entries one upon the other have one each."""
    conn.execute(_PUT, {"door_id": door_id, "entry_id": entry_id, "deadline": deadline})


def clear(conn: Connection, entry_id: str) -> None:
    """Forget an entry's deadline: its door is locked again, or was used by hand."""
    conn.execute(delete(relocks).where(relocks.c.entry_id == entry_id))


def load(conn: Connection) -> list[Relock]:
    """Return the deadlines that were left."""
    return [
        Relock(
            row.door_id,
            row.entry_id,
            row.deadline,
            row.courier_name,
            row.door_name,
            row.context_id,
            GrantKey(row.courier_id, row.grant_id or ""),
            confirmed=bool(row.confirmed),
            cut_off=bool(row.cut_off),
        )
        for row in conn.execute(_LEFT)
    ]
