"""Track how long the wall clock has been steady, across restarts (promise 7).

Erasing can't be undone, and a clock may be wrong unnoticed, for example a year ahead
from the start. The further a time is from the last one known, the longer it must be
steady before anything is erased.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Final

import orjson

from ..chain import CLOCK_ACCEPTED
from ..ledger import Transaction, put_value, read_value
from ..sql import Command
from .restore import refuse_before, restored_at

_SET_BACK_VALUES: Final = Command("UPDATE personal SET since = :at WHERE since > :at")
_SET_BACK_EVIDENCE: Final = Command(
    "UPDATE evidence SET ended_at = :at WHERE ended_at > :at"
)


def accept_clock(transaction: Transaction, at: datetime, by: str | None) -> None:
    """Record that the owner accepts the time `at`, with the latest time before it."""
    latest = None if transaction.head is None else transaction.head.latest.isoformat()
    transaction.append(CLOCK_ACCEPTED, at, {"latest": latest}, {"decided_by": by})
    # Later times came from a clock that was ahead.
    _SET_BACK_VALUES.run(transaction.conn, at=at)
    _SET_BACK_EVIDENCE.run(transaction.conn, at=at)
    restored = restored_at(transaction.conn)
    if restored is not None and restored > at:
        refuse_before(transaction, at)


EVEN_FOR: Final = timedelta(hours=24)
"""How long the clock must be steady to erase (docs/reference/retention.md)."""

FAR: Final = timedelta(days=7)
"""A gap after which the clock must be steady for as long again."""

RESTART: Final = timedelta(hours=2)
"""The longest gap between two checks across a restart that counts as steady."""

SLACK: Final = timedelta(minutes=2)
"""The largest drift between wall and monotonic clock from one check to the next."""

_NAME: Final = "steadiness"


@dataclass(frozen=True, slots=True)
class Steadiness:
    """The last check of the clock, since when it is steady, and if it jumped `FAR`."""

    at: datetime
    since: datetime
    is_far: bool = False

    @property
    def is_enough(self) -> bool:
        """Return whether the clock has been steady for long enough."""
        return self.at - self.since >= (FAR if self.is_far else EVEN_FOR)


def follow_steadiness(
    conn: Connection, now: datetime, agreed: timedelta, *, is_first: bool
) -> Steadiness:
    """Record a check; `agreed` is how long wall and monotonic clock have agreed."""
    steady = _after(_read(conn), now, agreed, is_first=is_first)
    put_value(
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
    longest_gap = max(agreed + SLACK, RESTART if is_first else timedelta())
    is_even = timedelta() <= gap <= longest_gap
    since = last.since if is_even else now - agreed
    is_far = (not is_even and abs(gap) > FAR) or (last.is_far and not last.is_enough)
    return Steadiness(now, since, is_far)


def _read(conn: Connection) -> Steadiness | None:
    if (kept := read_value(conn, _NAME)) is None:
        return None
    at, since, is_far = orjson.loads(kept)
    return Steadiness(datetime.fromisoformat(at), datetime.fromisoformat(since), is_far)
