"""Vetoes from a phone: the button on the push that announced a delivery (promise 3)."""

from collections.abc import Callable, Mapping
import logging

from .access.model import Resident
from .grants import Grants
from .ledger.ledger import Ledger, LedgerUnavailable
from .ledger.outbox import find_by_token
from .ledger.owed import FanoutKind
from .ledger.rules import Author

_LOGGER = logging.getLogger(__name__)


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
        """Take a unit out of the grant that the notice of this token announced; anything else does nothing."""
        try:
            told = await self._ledger.read(lambda conn: find_by_token(conn, token))
            if told is None or told.kind is not FanoutKind.DELIVERY_ANNOUNCED:
                return
            assert told.key is not None
            resident = self._residents().get(told.resident_id)
            if resident is None or not resident.counts:
                return
            if (resident.user_id, resident.unit) != (user_id, told.unit):
                return
            await self._grants.veto(told.key, resident.unit, Author(user_id=user_id))
        except LedgerUnavailable as err:
            _LOGGER.error("A veto can't be recorded: %s", err)
