"""Test that notifications are sent in parallel, each once, and none blocks others."""

import asyncio
from functools import partial

from homeassistant.core import HomeAssistant, ServiceCall
import pytest

from custom_components.courier_access.ledger.outbox.due import NotificationState
from custom_components.courier_access.ledger.outbox.expand import FANOUTS_PER_STEP
from custom_components.courier_access.notifications.dispatcher import MAX_SENDS
from tests.ledger.filled import owed_entry
from tests.support.phones import add_letters

from .parts import SECOND, House, action


async def test_running_send_is_not_repeated(house: House) -> None:
    is_sending, may_go_on = asyncio.Event(), asyncio.Event()
    taken = 0

    async def take(call: ServiceCall) -> None:
        nonlocal taken
        taken += 1
        is_sending.set()
        await may_go_on.wait()

    house.on_mail(take)
    await house.start()
    await house.ledger.write(owed_entry)
    house.notifications.wake()
    await is_sending.wait()

    house.notifications.wake()
    await asyncio.sleep(0)
    assert (await house.status_of("anna")).state is NotificationState.PENDING
    may_go_on.set()
    await house.settle()

    assert taken == 1


async def test_many_notifications_are_all_sent_some_at_a_time(
    hass: HomeAssistant, house: House
) -> None:
    at_once = most_at_once = taken = 0

    async def take(call: ServiceCall) -> None:
        nonlocal at_once, most_at_once, taken
        at_once += 1
        most_at_once = max(most_at_once, at_once)
        await asyncio.sleep(0)
        at_once -= 1
        taken += 1

    hass.services.async_register("notify", "all", take)
    for number in range(2 * MAX_SENDS + 1):
        house.enroll(f"resident-{number}", "3b", action("all"))
    await house.start()
    for number in range(FANOUTS_PER_STEP + 1):
        await house.ledger.write(partial(owed_entry, entry_id=f"entry-{number}"))

    house.notifications.wake()
    await house.settle()

    assert taken == (2 * MAX_SENDS + 1) * (FANOUTS_PER_STEP + 1)
    assert most_at_once == MAX_SENDS


async def test_notification_without_text_is_retried(
    hass: HomeAssistant, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    letters = add_letters(hass, "anna")
    house.enroll("anna", "3b", action("anna"), language="\0")
    await house.start()
    await house.enter()
    assert letters.received == []
    assert "A notification could not be sent" in caplog.text

    house.enroll("anna", "3b", action("anna"))
    await house.wait(10 * SECOND)

    assert len(letters.received) == 1
