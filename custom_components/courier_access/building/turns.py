"""Turns that people take, so that nobody's many requests delay others."""

import asyncio
from weakref import WeakValueDictionary


class Turns:
    """One turn at a time for each person."""

    def __init__(self) -> None:
        """Start without any turns."""
        # A lock disappears once nobody holds it or waits for it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, whose: str) -> asyncio.Lock:
        """Return the lock that a person holds during a turn."""
        lock = self._locks.get(whose)
        if lock is None:
            lock = self._locks[whose] = asyncio.Lock()
        return lock
