"""Test what was ever recorded: it stays true, and entries are read once."""

from copy import replace
from functools import partial

from custom_components.courier_access.access.model import Decision, GrantKey, Reason
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state.entries import (
    History,
    record_attempt,
)
from tests.support.rows import plant

from .parts import attempt

SILENT = ("courier-1", "courier-2", "courier-3")


async def enter(ledger: Ledger, courier_id: str, reason: Reason) -> None:
    decision = Decision.ADMITTED if reason is Reason.OK else Decision.REFUSED
    tried = replace(attempt(), entry_id=courier_id, key=GrantKey(courier_id, "grant"))

    def write(transaction: Transaction) -> None:
        record_attempt(transaction, tried, decision, reason, {})

    await ledger.write(write)


async def test_history_is_read_on_from_the_last_entry(ledger: Ledger) -> None:
    history = History()
    read = partial(history.read_on, courier_ids=SILENT)
    await ledger.read_apart(read)
    assert (history.ever_admitted, set(history.couriers)) == (False, set())

    await enter(ledger, "courier-1", Reason.EXPIRED)
    await ledger.read_apart(read)
    assert (history.ever_admitted, set(history.couriers)) == (False, {"courier-1"})

    # Entries don't change; if one did, it would be found only if it were read again.
    await ledger.write(
        lambda t: plant(t.conn, "UPDATE entries SET courier_id = 'courier-3'")
    )
    await enter(ledger, "courier-2", Reason.OK)
    await ledger.read_apart(read)

    assert (history.ever_admitted, set(history.couriers)) == (
        True,
        {"courier-1", "courier-2"},
    )
    assert history.is_known(SILENT[:2])
    assert not history.is_known(SILENT)
