"""For how long the wall clock has run evenly, across restarts: nothing is erased by a wrong one (promise 7).

Erasing can't be undone, and a clock may be wrong in a way that nobody sees: a machine that comes up a year ahead goes on
from there without a fault. So a time that lies far from the last one known has to hold for longer before it counts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson
from sqlalchemy import Connection, update

from .. import metadata as about
from ..chain import CLOCK_ACCEPTED
from ..ledger import Transaction
from ..tables import evidence, personal
from .restore import refuse_before, restored_at


def accept_clock(transaction: Transaction, at: datetime, by: str | None) -> None:
    """Record that the time is `at` from now on, and the latest time that stood in the record before.

    What couriers sent before a restore is refused for good; one by a clock that was ahead was no later than now.
    """
    latest = None if transaction.head is None else transaction.head.latest.isoformat()
    transaction.append(CLOCK_ACCEPTED, at, {"latest": latest}, {"decided_by": by})
    # What was written by a clock that was ahead was written no later than now.
    transaction.conn.execute(
        update(personal).where(personal.c.since > at).values(since=at)
    )
    transaction.conn.execute(
        update(evidence).where(evidence.c.ended_at > at).values(ended_at=at)
    )
    restored = restored_at(transaction.conn)
    if restored is not None and restored > at:
        refuse_before(transaction, at)


EVEN_FOR: Final = timedelta(hours=24)
"""How long the clocks must have agreed before anything is erased (docs/reliability.md#retention)."""

FAR: Final = timedelta(days=7)
"""After such a gap in what is known of the time, the clocks must have agreed for as long again."""

RESTART: Final = timedelta(hours=2)
"""The longest between two looks, with a restart between them, over which the clock counts as even: the monotonic one began anew."""

SLACK: Final = timedelta(minutes=2)
"""By how much the two clocks may part between two looks: one is set right by and by."""

_NAME: Final = "steadiness"


@dataclass(frozen=True, slots=True)
class Steadiness:
    """When the clock was last looked at, and since when it has run evenly; `is_far` where it had jumped far before."""

    at: datetime
    since: datetime
    is_far: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether the time may be gone by."""
        return self.at - self.since >= (FAR if self.is_far else EVEN_FOR)


def follow_steadiness(
    conn: Connection, now: datetime, agreed: timedelta, *, is_first: bool
) -> Steadiness:
    """Take a look at the clock into account, and return what is known of it now.

    `agreed` says for how long wall and monotonic clock have agreed; at the `is_first` look after a start that began
    anew.
    """
    steady = _after(_read(conn), now, agreed, is_first=is_first)
    about.put(
        conn,
        _NAME,
        orjson.dumps(
            [steady.at.isoformat(), steady.since.isoformat(), steady.is_far]
        ).decode(),
    )
    return steady


def _after(
    last: Steadiness | None, now: datetime, agreed: timedelta, *, is_first: bool
) -> Steadiness:
    if last is None:
        return Steadiness(now, now - agreed)
    gap = now - last.at
    even_for = max(agreed + SLACK, RESTART if is_first else timedelta())
    is_even = timedelta() <= gap <= even_for
    since = last.since if is_even else now - agreed
    is_far = (not is_even and abs(gap) > FAR) or (last.is_far and not last.is_enough)
    return Steadiness(now, since, is_far)


def _read(conn: Connection) -> Steadiness | None:
    if (kept := about.read(conn, _NAME)) is None:
        return None
    at, since, is_far = orjson.loads(kept)
    return Steadiness(datetime.fromisoformat(at), datetime.fromisoformat(since), is_far)
