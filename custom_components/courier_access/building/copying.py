"""Prepare a ledger's files for a backup: complete, and marked as a copy (docs/architecture.md#the-ledger)."""

from pathlib import Path
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from ..ledger.errors import unavailable
from ..ledger.ledger import Ledger, LedgerUnavailable
from ..ledger.upkeep.restore import forget_mark, note_mark, put_mark, remove_mark

UNDER_WAY: Final[HassKey[str]] = HassKey("courier_access_backup")
"""The mark of the backup that Home Assistant is making."""


class Copying:
    """Readies one building's ledger to be copied, and lets it go on afterwards."""

    def __init__(self, hass: HomeAssistant, ledger: Ledger, path: Path) -> None:
        """Ready the ledger that is kept at `path`."""
        self._hass = hass
        self._ledger = ledger
        self._path = path
        self._begun_for: str | None = None

    @property
    def mark(self) -> str | None:
        """The mark of the backup under way, None where there is none."""
        return self._hass.data.get(UNDER_WAY)

    async def begin(self, mark: str) -> None:
        """Let the files only grow by what can be copied halfway, and mark the ledger.

        The mark is put down beside the file first: should Home Assistant be killed, the ledger is known as its own.

        Raises:
            LedgerUnavailable: the ledger can't be held or marked.

        """
        try:
            await self._hass.async_add_executor_job(note_mark, self._path, mark)
        except OSError as err:
            raise LedgerUnavailable(f"no mark can be put down: {unavailable(err)}") from err
        await self._ledger.hold_checkpoints()
        # Also the commit after which the write-ahead log is appended to only.
        await self._ledger.write(lambda transaction: put_mark(transaction, mark))
        self._begun_for = mark

    async def catch_up(self) -> None:
        """Follow a backup that began or ended while the building was being loaded, and was not told of by it.

        Raises:
            LedgerUnavailable: the ledger can't be held, marked or let go.

        """
        match self.mark:
            case mark if mark == self._begun_for:
                return
            case None:
                await self.end()
            case mark:
                await self.begin(mark)

    async def end(self) -> None:
        """Take the mark off and let checkpoints go.

        Raises:
            LedgerUnavailable: the mark stays, and is taken off when the building is loaded next.

        """
        self._begun_for = None
        try:
            await self._ledger.write(remove_mark)
        finally:
            await self._ledger.release_checkpoints()
        await self._hass.async_add_executor_job(forget_mark, self._path)
