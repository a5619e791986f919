"""Limit how many grants a courier or a person may have open at once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from homeassistant.util import dt as dt_util

from ..access.model import GrantKey, Issuer
from .grants import Grants

MOST_OPEN_GRANTS: Final = 200
"""How many grants of one courier may be open: each was announced to residents."""

MOST_OF_AN_ISSUER: Final = 50
"""How many grants issued by one person may be open."""

LONGEST_WAIT: Final = 3600
SHORTEST_WAIT: Final = 60
"""Bounds on the seconds to wait for the next open grant to end."""


class OpenGrants:
    """Count the open grants of each courier, or of each person who issues some."""

    def __init__(self, grants: Grants) -> None:
        """Count these grants."""
        self._grants = grants
        self._arriving = Counter[str]()

    @contextmanager
    def one_more(
        self, key: GrantKey, issuer: Issuer | None = None
    ) -> Iterator[int | None]:
        """Count a grant that is being issued; yield the seconds to wait if too many.

        An open grant may always be revised.
        """
        # A revision of a grant that no unit accepts counts as a new grant.
        if self._grants.is_expected(key):
            yield None
            return
        whose = key.courier_id if issuer is None else issuer.id
        most = MOST_OPEN_GRANTS if issuer is None else MOST_OF_AN_ISSUER
        if (ends := self._ends_of_too_many(whose, most)) is not None:
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

    def _ends_of_too_many(self, whose: str, most: int) -> list[datetime] | None:
        """Return when the open grants end, if there are too many for one more."""
        allowed = most - self._arriving[whose]
        if self._grants.count_issued_by(whose) < allowed:
            return None
        ends = [grant.ends_at for grant in self._grants.issued_by(whose)]
        return ends if len(ends) >= allowed else None
