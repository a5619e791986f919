"""What one courier may have at the most, whoever holds its key: open grants, and kept answers on availability.

Whoever issues grants in couriers' names has a limit of their own, and takes nothing of the couriers'.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
import time
from typing import Final

from homeassistant.core import callback

from .access.model import GrantKey, Issuer
from .grants import Grants

MOST_OPEN_GRANTS: Final = 200
"""How many grants of one courier may be open at once: the residents were told of each."""

MOST_OF_AN_ISSUER: Final = 50
"""How many grants that one person of the building issued may be open at once."""

LONGEST_WAIT: Final = 3600
SHORTEST_WAIT: Final = 60
"""Seconds after which a courier that has too many open grants is told to come again: when the next one ends."""

BYTES_AT_ONCE: Final = 1_000_000
BYTES_AN_HOUR: Final = 250_000
"""How much one courier may be answered on availability. Answers have up to 90 KB and are kept for 7 days."""

_SECONDS_A_BYTE: Final = 3600 / BYTES_AN_HOUR


class OpenGrants:
    """How many grants are open that each courier issued, or each person of the building."""

    def __init__(self, grants: Grants, clock: Callable[[], datetime]) -> None:
        """Count what these grants hold."""
        self._grants = grants
        self._clock = clock
        self._arriving = Counter[str]()

    @contextmanager
    def one_more(self, key: GrantKey, issuer: Issuer | None = None) -> Iterator[int | None]:
        """Let a grant be issued meanwhile; where there are too many, yield the seconds to wait. One that is open may be revised."""
        expected = self._grants.expected()
        # Not one that nobody accepts any more: by a revision it is one more, as by a new grant.
        if any(grant.key == key for grant in expected):
            yield None
            return
        whose = _whose(key, issuer)
        ends = [grant.ends_at for grant in expected if _whose(grant.key, grant.issuer) == whose]
        most = MOST_OPEN_GRANTS if issuer is None else MOST_OF_AN_ISSUER
        if len(ends) + self._arriving[whose] >= most:
            wait = (min(ends, default=self._clock()) - self._clock()).total_seconds()
            yield min(max(SHORTEST_WAIT, round(wait)), LONGEST_WAIT)
            return
        self._arriving[whose] += 1
        try:
            yield None
        finally:
            self._arriving[whose] -= 1


def _whose(key: GrantKey, issuer: Issuer | None) -> str:
    return key.courier_id if issuer is None else issuer.user_id


class Answered:
    """How much each courier was answered on availability lately."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._used_up_until: dict[str, float] = {}

    def wait(self, courier_id: str) -> int | None:
        """Return the seconds until a courier may ask again; None where it may."""
        ahead = self._used_up_until.get(courier_id, 0) - time.monotonic()
        too_much = ahead - BYTES_AT_ONCE * _SECONDS_A_BYTE
        return int(too_much) + 1 if too_much > 0 else None

    @callback
    def charge(self, courier_id: str, size: int) -> None:
        """Take in that a courier is answered with so many bytes."""
        since = max(self._used_up_until.get(courier_id, 0), time.monotonic())
        self._used_up_until[courier_id] = since + size * _SECONDS_A_BYTE
