"""Limit how often someone may do something, and how much at once."""

from collections import OrderedDict
from typing import Final

_SECOND: Final = 1_000_000_000
_MINUTE: Final = 60 * _SECOND


class Rate:
    """A token bucket: so many a minute, all of them at once if needed."""

    def __init__(self) -> None:
        self._full_at = 0

    def take(self, per_minute: int, now: int) -> int | None:
        """Take one at a time in nanoseconds, or return the whole seconds to wait."""
        full_at = max(self._full_at, now) + _MINUTE // per_minute
        if (too_soon := full_at - now - _MINUTE) > 0:
            return -(-too_soon // _SECOND)
        self._full_at = full_at
        return None


class Rates:
    """One rate per caller, for the most recent callers only."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._rates: OrderedDict[str, Rate] = OrderedDict()

    def __len__(self) -> int:
        return len(self._rates)

    def take(self, caller: str, per_minute: int, now: int) -> int | None:
        """Take one for a caller, as `Rate.take` does."""
        rate = self._rates.setdefault(caller, Rate())
        self._rates.move_to_end(caller)
        if len(self._rates) > self._most:
            self._rates.popitem(last=False)
        return rate.take(per_minute, now)
