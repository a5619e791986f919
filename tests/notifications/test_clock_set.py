"""Test that notifications survive a clock that was wrong and is set right."""

from datetime import timedelta
from functools import partial

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.outbox.expand import NotificationState
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_pause,
)
from tests.ledger.filled import owed_entry
from tests.support.phones import add_letters

from .parts import HOUR, MINUTE, House, action

YEARS = timedelta(days=1800)


async def test_notification_is_sent_after_a_fast_clock_is_set_right(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory
) -> None:
    right = dt_util.utcnow()
    freezer.move_to(right + YEARS)
    house.enroll("anna", "3b", action("anna"))
    await house.start()
    await house.enter()
    letters = add_letters(hass, "anna")

    freezer.move_to(right)
    await house.restart()

    assert len(letters.received) == 1
    assert (await house.status_of("anna")).state is NotificationState.SENT


async def test_digest_is_sent_after_a_fast_clock_is_set_right(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory
) -> None:
    right = dt_util.utcnow()
    letters = add_letters(hass, "anna")
    house.enroll("anna", "4a", action("anna"))
    freezer.move_to(right + YEARS)
    house.digests["anna"] = right + YEARS + 5 * HOUR
    await house.start()
    await house.enter()
    await house.restart()
    assert letters.received == []

    freezer.move_to(right)
    await house.restart()

    assert len(letters.received) == 1


async def test_interrupted_entry_is_notified_after_a_fast_clock_is_set_right(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory
) -> None:
    letters = add_letters(hass, "anna")
    house.enroll("anna", "3b", action("anna"))
    await house.start()
    ahead = dt_util.utcnow() + YEARS
    await house.ledger.write(
        partial(owed_entry, entry_id="entry-1", at=ahead, outcome=None)
    )

    await house.restart()

    assert len(letters.received) == 1


async def test_refusals_are_notified_despite_earlier_ones_by_a_fast_clock(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory
) -> None:
    right = dt_util.utcnow()
    letters = add_letters(hass, "anna")
    house.enroll("anna", "3b", action("anna"))
    freezer.move_to(right + YEARS)
    await house.start()
    await house.enter("ahead", Reason.VETOED)
    assert len(letters.received) == 1

    freezer.move_to(right)
    await house.restart()
    await house.enter("right", Reason.VETOED)

    assert len(letters.received) == 2


async def test_pause_is_notified_despite_an_earlier_one_by_a_fast_clock(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory
) -> None:
    right = dt_util.utcnow()
    letters = add_letters(hass, "anna")
    house.enroll("anna", "3b", action("anna"))
    await house.start()
    await house.enter()
    letters.received.clear()

    async def notify(kind: NotificationKind) -> None:
        def enqueue(transaction: Transaction) -> None:
            until = {"until": (dt_util.utcnow() + HOUR).isoformat()}
            details = until if kind is NotificationKind.ACCESS_PAUSED else {}
            assert transaction.head is not None
            fan_out = FanOut(
                kind, transaction.head.seq, 1, dt_util.utcnow(), details=details
            )
            enqueue_pause(transaction.conn, fan_out)

        await house.ledger.write(enqueue)
        house.notifications.wake()
        await house.settle()

    freezer.move_to(right + YEARS)
    await notify(NotificationKind.ACCESS_PAUSED)
    assert len(letters.received) == 1
    freezer.tick(MINUTE)
    await notify(NotificationKind.ACCESS_PAUSED)  # waits, so soon after the last one
    assert len(letters.received) == 1

    freezer.move_to(right)
    await house.restart()
    assert len(letters.received) == 2
    freezer.move_to(right + MINUTE - YEARS / 2)
    await notify(NotificationKind.ACCESS_PAUSED)
    assert len(letters.received) == 3


async def test_unreachable_resident_is_shown_despite_later_success_by_a_fast_clock(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory
) -> None:
    right = dt_util.utcnow()
    letters = add_letters(hass, "anna")
    house.enroll("anna", "3b", action("anna"))
    freezer.move_to(right + YEARS)
    await house.start()
    await house.enter("ahead")

    freezer.move_to(right)
    letters.error = OSError()
    await house.restart()
    await house.enter("right")
    await house.wait(HOUR)

    assert house.unreachable == {"resident_unreachable_anna"}


async def test_notification_is_not_given_up_when_the_clock_is_set_forward(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory
) -> None:
    right = dt_util.utcnow()
    letters = add_letters(hass, "anna")
    letters.error = OSError()
    house.enroll("anna", "3b", action("anna"))
    freezer.move_to(right - YEARS)
    await house.start()
    await house.enter()

    freezer.move_to(right)
    await house.restart()
    assert (await house.status_of("anna")).state is NotificationState.PENDING

    letters.error = None
    await house.wait(HOUR)
    assert len(letters.received) == 1
