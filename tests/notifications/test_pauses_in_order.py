"""Test that pauses are notified promptly and in order (promise 4)."""

import asyncio

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from tests.support.house import until
from tests.support.phones import Letters

from .parts import HOUR, MINUTE, SECOND, House

PAUSED, RESUMED = NotificationKind.ACCESS_PAUSED, NotificationKind.ACCESS_RESUMED
SAYS = {
    "into the building until": PAUSED,
    "the building again": RESUMED,
    "for your home until": NotificationKind.UNIT_PAUSED,
    "pause of your home is over": NotificationKind.UNIT_RESUMED,
}


@pytest.fixture
async def letters(hass: HomeAssistant, house: House) -> Letters:
    letters = house.mail("anna")
    await house.start()
    return letters


async def change(house: House, *kinds: NotificationKind) -> None:
    """Pause or resume the building or Anna's unit, in one transaction."""

    def enqueue(transaction: Transaction) -> None:
        now = dt_util.utcnow()
        for kind in kinds:
            seq = transaction.append("told", now, {}).seq
            details = {"until": (now + HOUR).isoformat()} if "paused" in kind else {}
            units = {"3b": "3B"} if "unit" in kind else {}
            enqueue_fan_out(
                transaction.conn, FanOut(kind, seq, 1, now, units, details=details)
            )

    await house.ledger.write(enqueue)
    house.notifications.wake()


def kinds(letters: Letters) -> list[NotificationKind]:
    """Return what arrived, in order."""
    return [
        kind
        for letter in letters.received
        for text, kind in SAYS.items()
        if text in letter["message"]
    ]


async def test_end_of_notified_pause_is_notified_at_once_in_order(
    house: House, letters: Letters
) -> None:
    await change(house, PAUSED)
    await house.settle()
    await house.wait(SECOND)
    await change(house, RESUMED, NotificationKind.UNIT_PAUSED)
    await house.settle()

    assert kinds(letters) == [PAUSED, RESUMED, NotificationKind.UNIT_PAUSED]


@pytest.mark.parametrize(
    ("paused", "resumed"),
    [(PAUSED, RESUMED), (NotificationKind.UNIT_PAUSED, NotificationKind.UNIT_RESUMED)],
)
async def test_flapping_pause_waits_five_minutes(
    house: House, letters: Letters, paused: NotificationKind, resumed: NotificationKind
) -> None:
    for kind in (paused, resumed) * 5 + (paused,):
        await change(house, kind)
        await house.settle()
        await house.wait(SECOND)
    assert kinds(letters) == [paused, resumed]

    await house.wait(5 * MINUTE)
    assert kinds(letters) == [paused, resumed, paused]


async def test_outdated_pause_does_not_arrive_after_its_end(
    house: House, letters: Letters
) -> None:
    letters.error = OSError()
    await change(house, PAUSED)
    await house.settle()
    await house.wait(5 * SECOND)
    await change(house, RESUMED)
    await house.settle()
    letters.error = None

    for _ in range(3):
        await house.wait(HOUR)

    assert kinds(letters) == [RESUMED]
    assert house.notifications.pending == 0


async def test_end_of_pause_waits_for_notification_that_is_being_sent(
    hass: HomeAssistant, house: House, letters: Letters
) -> None:
    is_slow = asyncio.Event()

    async def take(call: ServiceCall) -> None:
        if "building until" in call.data["message"]:
            await is_slow.wait()
        letters.received.append(dict(call.data))

    hass.services.async_register("notify", "anna", take)
    await change(house, PAUSED)
    await until(lambda: bool(house.notifications._sends))
    await change(house, RESUMED)
    for _ in range(50):
        await house.ledger.read(lambda _: None)
    assert kinds(letters) == []

    is_slow.set()
    await house.settle()
    assert kinds(letters) == [PAUSED, RESUMED]
