"""Re-create a ledger that was damaged or is gone, and notify everybody."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

import orjson

from ..ledger.ledger import Transaction, put_value, read_value
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.upkeep.restore import Papers, await_keys, refuse_before, void_consents

_NAME: Final = "recreated"
_FIRST: Final = 1


class Loss(StrEnum):
    """What became of the earlier ledger: the kind of the new one's first record."""

    SET_ASIDE = "ledger.set_aside"
    MISSING = "ledger.missing"


@dataclass(frozen=True, slots=True)
class RecreatedLedger:
    """What a re-created ledger knows about the earlier one."""

    loss: Loss
    file: str | None = None
    """The name of the quarantined file."""

    is_announced: bool = False
    is_seen: bool = False

    @classmethod
    def read(cls, transaction: Transaction) -> Self | None:
        """Return what this ledger knows about an earlier one."""
        kept = read_value(transaction.conn, _NAME)
        if kept is None:
            return None
        data = orjson.loads(kept)
        return cls(**data | {"loss": Loss(data["loss"])})

    def keep(self, transaction: Transaction) -> None:
        """Store it in this ledger."""
        put_value(transaction.conn, _NAME, orjson.dumps(asdict(self)).decode())


def begin(
    transaction: Transaction,
    lost: RecreatedLedger | None,
    *,
    had_ledger: bool,
    papers: Papers,
    now: datetime,
) -> RecreatedLedger | None:
    """Record in an empty ledger that there was an earlier one; return what it knows.

    Paper consent doesn't count again: it may have been withdrawn. Couriers wait until
    the owner has checked their keys: the configuration may be an older one.
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
    """Notify every resident once that the ledger was re-created.

    Entries in the earlier ledger may not have been notified to everybody.
    """
    known = RecreatedLedger.read(transaction)
    if known is not None and not known.is_announced:
        writer = FanOutWriter(transaction, set_revision, now, {}, of=_FIRST)
        writer.everybody(NotificationKind.LEDGER_RECREATED)
        replace(known, is_announced=True).keep(transaction)


def seen(transaction: Transaction) -> None:
    """Store that the owner has read about it."""
    known = RecreatedLedger.read(transaction)
    if known is not None:
        replace(known, is_seen=True).keep(transaction)
