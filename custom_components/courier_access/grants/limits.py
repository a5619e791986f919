"""How many grants may be open at once for a courier, or for somebody in the building who issues them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from homeassistant.util import dt as dt_util

from ..access.model import GrantKey, Issuer
from .grants import Grants

MOST_OPEN_GRANTS: Final = 200
"""How many grants of one courier may be open at once: the residents were told of each."""

MOST_OF_AN_ISSUER: Final = 50
"""How many grants that one person of the building issued may be open at once."""

LONGEST_WAIT: Final = 3600
SHORTEST_WAIT: Final = 60
"""Seconds after which a courier that has too many open grants is told to come again: when the next one ends."""


class OpenGrants:
    """How many grants are open that each courier issued, or each person of the building."""

    def __init__(self, grants: Grants) -> None:
        """Count what these grants hold."""
        self._grants = grants
        self._arriving = Counter[str]()

    @contextmanager
    def one_more(
        self, key: GrantKey, issuer: Issuer | None = None
    ) -> Iterator[int | None]:
        """Let a grant be issued meanwhile; where there are too many, yield the seconds to wait. One that is open may be revised."""
        expected = self._grants.expected()
        # Not one that nobody accepts any more: by a revision it is one more, as by a new grant.
        if any(grant.key == key for grant in expected):
            yield None
            return
        whose = _whose(key, issuer)
        ends = [
            grant.ends_at
            for grant in expected
            if _whose(grant.key, grant.issuer) == whose
        ]
        most = MOST_OPEN_GRANTS if issuer is None else MOST_OF_AN_ISSUER
        if len(ends) + self._arriving[whose] >= most:
            wait = (
                min(ends, default=dt_util.utcnow()) - dt_util.utcnow()
            ).total_seconds()
            yield min(max(SHORTEST_WAIT, round(wait)), LONGEST_WAIT)
            return
        self._arriving[whose] += 1
        try:
            yield None
        finally:
            self._arriving[whose] -= 1


def _whose(key: GrantKey, issuer: Issuer | None) -> str:
    return key.courier_id if issuer is None else issuer.user_id
