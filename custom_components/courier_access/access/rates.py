"""How often somebody may do something, and how much of it at once."""

from collections import OrderedDict
from typing import Final

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
