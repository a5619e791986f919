"""How often somebody may do something, and how much of it at once."""

import asyncio
from collections import OrderedDict
from typing import Final
from weakref import WeakValueDictionary

_SECOND: Final = 1_000_000_000
_MINUTE: Final = 60 * _SECOND


class Rate:
    """So many a minute, evenly renewed, all of them at once if they must be."""

    def __init__(self) -> None:
        self._full_at = 0

    def take(self, per_minute: int, now: int) -> int | None:
        """Take one at a time in nanoseconds; where none is left, return the whole seconds until one is."""
        full_at = max(self._full_at, now) + _MINUTE // per_minute
        if (too_soon := full_at - now - _MINUTE) > 0:
            return -(-too_soon // _SECOND)
        self._full_at = full_at
        return None


class Rates:
    """A rate for each of many, of whom only so many are remembered: those that came last."""

    def __init__(self, most: int) -> None:
        """Remember at most so many."""
        self._most = most
        self._rates: OrderedDict[str, Rate] = OrderedDict()

    def __len__(self) -> int:
        return len(self._rates)

    def take(self, whose: str, per_minute: int, now: int) -> int | None:
        """Take one of somebody's, as `Rate.take` does."""
        rate = self._rates.setdefault(whose, Rate())
        self._rates.move_to_end(whose)
        if len(self._rates) > self._most:
            self._rates.popitem(last=False)
        return rate.take(per_minute, now)


class Turns:
    """One turn at a time for each of many, so that nobody who asks for much at once keeps the others waiting."""

    def __init__(self) -> None:
        """Begin with nobody having a turn."""
        # A lock is forgotten when nobody holds it or waits for it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, whose: str) -> asyncio.Lock:
        """Return the lock that somebody's turn is taken with."""
        lock = self._locks.get(whose)
        if lock is None:
            lock = self._locks[whose] = asyncio.Lock()
        return lock
