"""Test that a stop loses no notification, and a start sends none twice."""

import asyncio
from functools import partial

from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant, ServiceCall
import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.courier_access.ledger.outbox.due import NotificationState
from custom_components.courier_access.notifications import dispatcher as module
from tests.ledger.filled import owed_entry
from tests.support.phones import add_letters

from .parts import HOUR, MINUTE, SECOND, House, action


async def test_pending_notification_is_sent_after_a_restart_even_to_a_late_target(
    hass: HomeAssistant, house: House
) -> None:
    house.enroll("anna", "3b", action("anna"))
    await house.start()
    await house.enter()
    await house.notifications.async_stop()
    await house.wait(5 * HOUR)
    await house.restart()
    letters = add_letters(hass, "anna")

    await house.wait(30 * SECOND)

    assert len(letters.received) == 1
    assert "2026" not in letters.received[0]["message"]
    assert house.unreachable == set()


async def test_late_target_is_tried_when_home_assistant_has_started(
    hass: HomeAssistant, house: House
) -> None:
    house.enroll("anna", "3b", action("anna"))
    await house.start()
    await house.enter()
    await house.wait(HOUR)
    hass.set_state(CoreState.starting)
    await house.restart()
    letters = add_letters(hass, "anna")
    await house.wait(30 * SECOND)
    assert letters.received == []

    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await house.wait(SECOND)

    assert len(letters.received) == 1


async def test_sent_notification_is_not_sent_again_after_a_restart(
    house: House, aioclient_mock: AiohttpClientMocker
) -> None:
    phone, _ = await house.phone(aioclient_mock, "anna", "3b")
    letters = house.mail("cleo", "4a")
    await house.start()
    await house.enter()

    await house.restart()
    await house.wait(2 * MINUTE)

    assert len(phone.pushes(aioclient_mock)) == 1
    assert len(letters.received) == 1


async def test_stop_waits_for_running_sends_and_stores_them(
    hass: HomeAssistant, house: House
) -> None:
    is_sending, may_go_on = asyncio.Event(), asyncio.Event()

    async def take(call: ServiceCall) -> None:
        is_sending.set()
        await may_go_on.wait()

    house.on_mail(take)
    await house.start()
    await house.ledger.write(owed_entry)
    house.notifications.wake()
    await is_sending.wait()

    stopping = hass.async_create_task(house.notifications.async_stop())
    await asyncio.sleep(0)
    may_go_on.set()
    await stopping

    assert (await house.status_of("anna")).state is NotificationState.SENT


async def test_stop_does_not_wait_for_a_hanging_service(
    hass: HomeAssistant, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STOP_WITHIN", -1)
    is_sending = asyncio.Event()

    async def hang(call: ServiceCall) -> None:
        is_sending.set()
        await asyncio.Event().wait()

    house.on_mail(hang)
    await house.start()
    await house.ledger.write(owed_entry)
    house.notifications.wake()
    await is_sending.wait()

    await house.notifications.async_stop()

    assert (await house.status_of("anna")).state is NotificationState.PENDING
    letters = add_letters(hass, "anna")
    await house.restart()
    assert len(letters.received) == 1


async def test_due_notifications_go_out_while_stopping_and_none_after(
    house: House,
) -> None:
    letters = house.mail("anna")
    await house.start()
    await house.ledger.write(owed_entry)

    house.notifications.wake()
    await asyncio.sleep(0)
    await house.notifications.async_stop()
    assert len(letters.received) == 1
    assert (await house.status_of("anna")).state is NotificationState.SENT

    await house.ledger.write(partial(owed_entry, entry_id="entry-2"))
    house.notifications.wake()
    await house.settle()
    assert len(letters.received) == 1


async def test_stop_before_start_is_no_error(house: House) -> None:
    await house.notifications.async_stop()
