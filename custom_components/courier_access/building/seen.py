"""The newest record seen in a building's ledger, kept outside of it, so that an older file is known when it is opened."""

from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from ..ledger.chain import Recorded
from ..ledger.upkeep.restore import LastRecord

_VERSION: Final = 1


class LastSeen:
    """What Home Assistant's storage says of one building's ledger."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """See to the building with that config entry."""
        self._store = Store[dict[str, Any]](hass, _VERSION, f"{DOMAIN}.{entry_id}", private=True)
        self._saved: int | None = None

    async def load(self) -> LastRecord | None:
        """Return the newest record that was seen, None where none was."""
        kept = await self._store.async_load()
        return None if kept is None else LastRecord(kept["seq"], bytes.fromhex(kept["hash"]))

    async def save(self, newest: Recorded | None) -> None:
        """Keep the newest record, once it is on the disk."""
        if newest is not None and newest.seq != self._saved:
            self._saved = newest.seq
            await self._store.async_save({"seq": newest.seq, "hash": newest.hash.hex()})

    async def remove(self) -> None:
        """Forget the ledger, which is removed with its building."""
        await self._store.async_remove()
