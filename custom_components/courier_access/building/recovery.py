"""A ledger that begins anew in the place of one that was damaged or is gone: recorded, told, and nobody let in by it."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

import orjson

from ..ledger import metadata as about
from ..ledger.ledger import Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.upkeep.restore import Papers, await_keys, refuse_before, void_consents

_NAME: Final = "begun_anew"
_FIRST: Final = 1


class Loss(StrEnum):
    """What became of the ledger before; the kinds of the first records of the one that follows."""

    SET_ASIDE = "ledger.set_aside"
    MISSING = "ledger.missing"


@dataclass(frozen=True, slots=True)
class RecreatedLedger:
    """What a ledger that begins anew knows of the one before, of which nothing else is known any more."""

    loss: Loss
    file: str | None = None
    """The name under which the damaged file was set aside."""

    is_told: bool = False
    is_seen: bool = False

    @classmethod
    def read(cls, transaction: Transaction) -> Self | None:
        """Return what this ledger knows of an earlier one."""
        kept = about.read(transaction.conn, _NAME)
        if kept is None:
            return None
        data = orjson.loads(kept)
        return cls(**data | {"loss": Loss(data["loss"])})

    def keep(self, transaction: Transaction) -> None:
        """Have this ledger know it."""
        about.put(transaction.conn, _NAME, orjson.dumps(asdict(self)).decode())


def begin(
    transaction: Transaction,
    lost: RecreatedLedger | None,
    *,
    had_ledger: bool,
    papers: Papers,
    now: datetime,
) -> RecreatedLedger | None:
    """Write first of all into an empty ledger that it is not the building's first; return what it knows of an earlier.

    A yes on paper does not count again: it may have been withdrawn. Couriers wait until the owner
    has looked at their keys: the ledger may be missing since an older configuration was put back.
    """
    if transaction.head is not None:
        return RecreatedLedger.read(transaction)
    if lost is None and had_ledger:
        lost = RecreatedLedger(Loss.MISSING)
    if lost is None:
        return None
    cause = (
        {"file": lost.file, "cause": "damaged"} if lost.loss is Loss.SET_ASIDE else {}
    )
    transaction.append(lost.loss, now, cause)
    lost.keep(transaction)
    void_consents(transaction, papers)
    refuse_before(transaction, now)
    await_keys(transaction)
    return lost


def tell(transaction: Transaction, set_revision: int, now: datetime) -> None:
    """Notify every resident once that the access log was re-created.

    Entries that the earlier one held may not have been notified to all.
    """
    known = RecreatedLedger.read(transaction)
    if known is not None and not known.is_told:
        writer = FanOutWriter(transaction, set_revision, now, {}, of=_FIRST)
        writer.everybody(NotificationKind.LEDGER_BEGUN_ANEW)
        replace(known, is_told=True).keep(transaction)


def seen(transaction: Transaction) -> None:
    """Keep that the owner has read of it."""
    known = RecreatedLedger.read(transaction)
    if known is not None:
        replace(known, is_seen=True).keep(transaction)
