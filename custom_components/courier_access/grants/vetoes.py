"""Vetoes from a phone: the button on the push that announced a delivery (promise 3)."""

import asyncio
from collections.abc import Callable, Mapping

from homeassistant.util.async_ import create_eager_task

from ..access.model import Resident
from ..ledger.ledger import Ledger
from ..ledger.outbox.status import find_by_token
from ..ledger.state.rules import Author
from .grants import Grants


class Vetoes:
    """Vetoes what was announced, for those it was announced to.

    Any app that is registered can fire any event: a token is good only in the hands of the resident to whom its
    notice was written, as long as they live in the unit that was told.
    """

    def __init__(
        self, ledger: Ledger, grants: Grants, residents: Callable[[], Mapping[str, Resident]]
    ) -> None:
        """Prepare for what these residents press."""
        self._ledger = ledger
        self._grants = grants
        self._residents = residents

    async def press(self, token: str, user_id: str) -> None:
        """Take a unit out of the grants that the notice of this token announced; anything else does nothing.

        Raises:
            LedgerUnavailable: it can't be read whose button that was, or not written yet what counts by now.

        """
        told = await self._ledger.read(lambda conn: find_by_token(conn, token))
        if told is None:
            return
        resident = self._residents().get(told.resident_id)
        if resident is None or not resident.counts or resident.user_id != user_id:
            return
        author = Author(user_id=user_id)
        vetoed = [key for key, unit in told.deliveries.items() if unit == resident.unit]
        # Begun at once, all of them: each counts from its call on.
        await asyncio.gather(
            *(create_eager_task(self._grants.veto(key, resident.unit, author)) for key in vetoed)
        )
