"""A ledger that begins anew in the place of one that was damaged or is gone: recorded, told, and nobody let in by it."""

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

import orjson

from ..ledger import metadata as about
from ..ledger.ledger import Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.upkeep.restore import Papers, await_keys, refuse_before, void_consents
from ..ledger.upkeep.salvage import CarriedOver, LeftUnlocked

_NAME: Final = "begun_anew"
_FIRST: Final = 1
_AS_RECORDED: Final = {
    "courier": "courier_name",
    "door": "door_name",
    "at": "late_unlock",
}


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

    carried_over: list[CarriedOver] = field(default_factory=list)
    """The entries that were still to be told, until they are owed in this ledger."""

    left_unlocked: list[LeftUnlocked] = field(default_factory=list)
    """The doors that were still to be locked, until they are seen to."""

    is_told: bool = False
    is_seen: bool = False

    @classmethod
    def read(cls, transaction: Transaction) -> Self | None:
        """Return what this ledger knows of an earlier one."""
        kept = about.read(transaction.conn, _NAME)
        if kept is None:
            return None
        data = orjson.loads(kept)
        return cls(
            **data
            | {
                "loss": Loss(data["loss"]),
                "carried_over": [
                    CarriedOver(**each) for each in data.get("carried_over", ())
                ],
                "left_unlocked": [
                    LeftUnlocked(**each) for each in data.get("left_unlocked", ())
                ],
            }
        )

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
    """Owe every resident once to hear that the record begins anew, and that their consent is asked anew.

    Before that, whoever had not heard of an entry is owed what is still known of it, which stands in this record, too.
    """
    known = RecreatedLedger.read(transaction)
    if known is not None and not known.is_told:
        teller = FanOutWriter(transaction, set_revision, now, {})
        for entry in known.carried_over:
            _enqueue(teller, entry)
        replace(teller, of=_FIRST).everybody(NotificationKind.LEDGER_BEGUN_ANEW)
        told = replace(known, is_told=True, carried_over=[], left_unlocked=[])
        told.keep(transaction)


def _enqueue(teller: FanOutWriter, entry: CarriedOver) -> None:
    said = {_AS_RECORDED.get(name, name): text for name, text in entry.details.items()}
    teller.transaction.append("entry.carried_over", teller.at, said)
    if entry.owed_to is None:
        teller.everybody(NotificationKind.ENTRY_CARRIED_OVER, entry.details)
        return
    for resident_id, addressed in entry.owed_to.items():
        teller.resident(
            NotificationKind.ENTRY_CARRIED_OVER, resident_id, entry.details, addressed
        )


def seen(transaction: Transaction) -> None:
    """Keep that the owner has read of it."""
    known = RecreatedLedger.read(transaction)
    if known is not None:
        replace(known, is_seen=True).keep(transaction)
