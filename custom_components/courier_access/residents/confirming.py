"""Confirm pending residents with the button on a push (docs/architecture.md#rules-and-schedules)."""

from homeassistant.core import HomeAssistant

from ..ledger.ledger import Ledger
from ..ledger.outbox.status import find_by_token
from ..ledger.queue import FanoutKind
from ..ledger.state.rules import Author
from .recipients import is_user_of, may_log_in
from .rulebook import Rulebook


class Confirmations:
    """Confirms whom a resident was told of, for as long as both live where they did then.

    Any app that is registered can fire any event: a token is good only in the hands of the resident to whom its
    notice was written, while they may log in, and only for the newcomer of whom it told, not for whom the owner has
    put in their place since.
    """

    def __init__(self, hass: HomeAssistant, ledger: Ledger, rulebook: Rulebook) -> None:
        """Prepare for what residents press."""
        self._hass = hass
        self._ledger = ledger
        self._rulebook = rulebook

    async def press(self, token: str, user_id: str) -> None:
        """Let the newcomer of whom the notice of this token told count in their unit; anything else does nothing.

        Raises:
            LedgerUnavailable: that can't be read or written, and nothing changed.

        """
        if not await may_log_in(self._hass, user_id):
            return
        told = await self._ledger.read(lambda conn: find_by_token(conn, token))
        if told is None or told.kind is not FanoutKind.RESIDENT_ADDED:
            return
        reader = self._rulebook.residents.get(told.resident_id)
        newcomer = self._rulebook.residents.get(told.details["resident_id"])
        if reader is None or newcomer is None or not reader.counts:
            return
        if not is_user_of(self._hass, user_id, reader):
            return
        if not told.unit == reader.unit == newcomer.unit:
            return
        since_seq = int(told.details["since_seq"])
        async with self._rulebook.turn:
            await self._rulebook.confirm(newcomer, Author(user_id=user_id), since_seq)
