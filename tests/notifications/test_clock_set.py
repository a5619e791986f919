"""Test that notifications survive a clock that was wrong and is set right."""

from datetime import datetime, timedelta
from functools import partial

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.outbox.due import NotificationState
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from tests.ledger.filled import owed_entry
from tests.support.phones import add_letters

from .parts import HOUR, MINUTE, House, action

YEARS = timedelta(days=1800)


@pytest.fixture
def right(house: House) -> datetime:
    """Return the right time, by which the building starts."""
    return dt_util.utcnow()


async def test_notification_is_sent_after_a_fast_clock_is_set_right(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory, right: datetime
) -> None:
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
    house: House, freezer: FrozenDateTimeFactory, right: datetime
) -> None:
    letters = house.mail("anna", "4a")
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
    house: House, right: datetime
) -> None:
    letters = house.mail("anna")
    await house.start()
    entry = partial(owed_entry, entry_id="entry-1", at=right + YEARS, outcome=None)
    await house.ledger.write(entry)

    await house.restart()

    assert len(letters.received) == 1


async def test_refusals_are_notified_despite_earlier_ones_by_a_fast_clock(
    house: House, freezer: FrozenDateTimeFactory, right: datetime
) -> None:
    letters = house.mail("anna")
    freezer.move_to(right + YEARS)
    await house.start()
    await house.enter("ahead", Reason.VETOED)
    assert len(letters.received) == 1

    freezer.move_to(right)
    await house.restart()
    await house.enter("right", Reason.VETOED)

    assert len(letters.received) == 2


async def test_pause_is_notified_despite_an_earlier_one_by_a_fast_clock(
    house: House, freezer: FrozenDateTimeFactory, right: datetime
) -> None:
    letters = house.mail("anna")
    await house.start()
    await house.enter()
    letters.received.clear()

    async def pause() -> int:
        """Pause, and return how many letters there are."""

        def enqueue(transaction: Transaction) -> None:
            now = dt_util.utcnow()
            until = {"until": (now + HOUR).isoformat()}
            assert transaction.head is not None
            kind, seq = NotificationKind.ACCESS_PAUSED, transaction.head.seq
            enqueue_fan_out(transaction.conn, FanOut(kind, seq, 1, now, details=until))

        await house.ledger.write(enqueue)
        house.notifications.wake()
        await house.settle()
        return len(letters.received)

    freezer.move_to(right + YEARS)
    assert await pause() == 1
    freezer.tick(MINUTE)
    assert await pause() == 1  # waits, so soon after the last one

    freezer.move_to(right)
    await house.restart()
    assert len(letters.received) == 2
    freezer.move_to(right + MINUTE - YEARS / 2)
    assert await pause() == 3


async def test_unreachable_resident_is_shown_despite_later_success_by_a_fast_clock(
    house: House, freezer: FrozenDateTimeFactory, right: datetime
) -> None:
    letters = house.mail("anna")
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
    house: House, freezer: FrozenDateTimeFactory, right: datetime
) -> None:
    letters = house.mail("anna")
    letters.error = OSError()
    freezer.move_to(right - YEARS)
    await house.start()
    await house.enter()

    freezer.move_to(right)
    await house.restart()
    assert (await house.status_of("anna")).state is NotificationState.PENDING

    letters.error = None
    await house.wait(HOUR)
    assert len(letters.received) == 1
