"""Withdraw consent from a phone: the button on the push about loosened rules (promise 4)."""

from dataclasses import replace

from ..access.model import Consent
from ..ledger.ledger import Ledger
from ..ledger.outbox.status import find_by_token
from ..ledger.queue import LOOSENINGS
from ..ledger.state.rules import Author
from .rulebook import Rulebook


class Withdrawals:
    """Withdraws the consent of the resident whose rules were loosened.

    Any registered app can fire any event, so a token works only for the resident who got its notification, and only
    while they are who they were then.
    """

    def __init__(self, ledger: Ledger, rulebook: Rulebook) -> None:
        """Prepare for what residents press."""
        self._ledger = ledger
        self._rulebook = rulebook

    async def press(self, token: str, user_id: str) -> None:
        """Withdraw the consent of the resident who got this token's notification; ignore anything else.

        Raises:
            LedgerUnavailable: it can't be read or written, and nothing changed.

        """
        told = await self._ledger.read(lambda conn: find_by_token(conn, token))
        if told is None or told.kind not in LOOSENINGS or not told.is_present:
            return
        resident = self._rulebook.residents.get(told.resident_id)
        if resident is None or resident.user_id != user_id:
            return
        async with self._rulebook.turn:
            withdrawn = replace(self._rulebook.of(resident.id), consent=Consent.WITHDRAWN)
            await self._rulebook.change(resident, withdrawn, Author(user_id=user_id))
