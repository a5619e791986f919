"""Claims whose door was not touched after all are taken back, if need be later than the courier was answered."""

import asyncio
from collections.abc import Callable
import logging
from typing import Final

from .ledger.ledger import Ledger, LedgerUnavailable, Transaction

_LOGGER: Final = logging.getLogger(__name__)

type _Write = Callable[[Transaction], None]
type _Then = Callable[[], None]


class TakingBack:
    """Takes claims back on the disk, then in memory.

    Until that is done a claim's reply stands on the disk as in case of a crash, *admitted* with its outcome unknown.
    So no earlier reply is given before `catch_up`.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Begin with nothing to take back."""
        self._ledger = ledger
        self._left: list[tuple[_Write, _Then]] = []
        self._turn = asyncio.Lock()

    async def take_back(self, write: _Write, then: _Then) -> None:
        """Take a claim back now; where it can't be written, remember it.

        Raises:
            LedgerUnavailable: it will be written later.

        """
        try:
            await self._ledger.write(write)
        except LedgerUnavailable:
            self._left.append((write, then))
            raise
        then()

    async def catch_up(self) -> None:
        """Write what is left.

        Raises:
            LedgerUnavailable: it still can't be written.

        """
        async with self._turn:
            while self._left:
                write, then = self._left[0]
                await self._ledger.write(write)
                del self._left[0]
                then()

    async def async_stop(self) -> None:
        """Write what is left, as far as that can be done."""
        try:
            await self.catch_up()
        except LedgerUnavailable as err:
            _LOGGER.error("Entries whose door was not touched read as cut off: %s", err)
