"""A write that proves that the ledger can be written again, of the size of many entries."""

from typing import Final

from . import metadata as about
from .ledger import Ledger

_NAME: Final = "probe"
_ROOM: Final = "." * 65_536
"""So that a disk on which a few bytes have become free does not count as one that has room."""


async def probe(ledger: Ledger) -> None:
    """Write, and remove again what was written.

    Raises:
        LedgerUnavailable: it can't be written yet.

    """
    await ledger.write(lambda transaction: about.put(transaction.conn, _NAME, _ROOM))
    await ledger.write(lambda transaction: about.remove(transaction.conn, _NAME))
