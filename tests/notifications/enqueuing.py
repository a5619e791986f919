"""Enqueue notifications that aren't about entries, for tests."""

from typing import Any

from homeassistant.util import dt as dt_util

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)

from .parts import House

KEY = GrantKey("courier-1", "grant-1")
DELIVERY = {
    "courier": "Swift Parcels",
    "door": "Front door",
    "starts_at": "2026-11-24T14:00:00+00:00",
    "ends_at": "2026-11-24T16:00:00+00:00",
}


async def enqueue(house: House, kind: NotificationKind, **more: Any) -> None:
    """Enqueue a notification and wait until it's sent."""

    def write(transaction: Transaction) -> None:
        now = dt_util.utcnow()
        record = transaction.append("told", now, {}, {"parcel_ref": "PKT-7"})
        enqueue_fan_out(transaction.conn, FanOut(kind, record.seq, 1, now, **more))

    await house.ledger.write(write)
    house.notifications.wake()
    await house.settle()
