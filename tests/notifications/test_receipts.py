"""Test that an app's receipt confirms delivery, or the next target is tried."""

from typing import Any

from homeassistant.core import Context, HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.outbox.due import NotificationState
from tests.ledger.filled import NOON
from tests.support.phones import RECEIVED, add_letters, add_person, register_phone

from .parts import APPS, HOUR, MINUTE, SECOND, House, action


async def test_receipt_of_the_residents_app_confirms(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    letters = add_letters(hass, "anna")
    phone, anna = await house.phone(aioclient_mock, "anna", "3b", action("anna"))
    await house.start()

    await house.enter()
    [push] = phone.pushes(aioclient_mock)
    others: tuple[dict[str, Any], ...] = ({}, {"tag": 7}, {"tag": "doorbell"})
    for data in others:
        hass.bus.async_fire(RECEIVED, data, context=Context(user_id=anna))
    await house.settle()
    assert (await house.status_of("anna")).state is NotificationState.SENT
    house.freezer.tick(SECOND)
    await phone.confirm(await hass_client_no_auth(), push)
    await house.settle()

    found = await house.status_of("anna")
    assert (found.state, found.over, found.delivered_at) == (
        NotificationState.DELIVERED,
        ("notify.mobile_app_phone",),
        NOON + SECOND,
    )
    await house.wait(2 * MINUTE)
    assert letters.received == []


@pytest.mark.parametrize("push_status", [201, 500])
async def test_next_target_is_tried_two_minutes_without_receipt(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    push_status: int,
) -> None:
    anna = MockUser().add_to_hass(hass).id
    person = (await add_person(hass, {"Anna": anna}))["Anna"]
    first = await register_phone(
        hass, aioclient_mock, anna, "First", push_status=push_status
    )
    second = await register_phone(hass, aioclient_mock, anna, "Second")
    letters = add_letters(hass, "anna")
    house.enroll("anna", "3b", APPS, action("anna"), person=person)
    await house.start()

    await house.enter()
    await house.wait(2 * MINUTE - SECOND)
    assert second.pushes(aioclient_mock) == []
    await house.wait(SECOND)
    assert letters.received == []
    await house.wait(2 * MINUTE)

    pushes = [*first.pushes(aioclient_mock), *second.pushes(aioclient_mock)]
    assert len(pushes) == 2
    assert pushes[0]["data"]["tag"] == pushes[1]["data"]["tag"]
    assert len(letters.received) == 1
    found = await house.status_of("anna")
    assert (found.state, found.over) == (
        NotificationState.SENT,
        ("notify.mobile_app_first", "notify.mobile_app_second", "notify.anna"),
    )


async def test_unconfirmed_notification_stays_sent_without_another_target(
    house: House, aioclient_mock: AiohttpClientMocker
) -> None:
    phone, _ = await house.phone(aioclient_mock, "anna", "3b")
    await house.start()

    await house.enter()
    for _ in range(3):
        await house.wait(24 * HOUR)

    assert len(phone.pushes(aioclient_mock)) == 1
    assert (await house.status_of("anna")).state is NotificationState.SENT
    assert house.unreachable == set()


async def test_failing_next_target_is_retried_but_not_the_app(
    hass: HomeAssistant, house: House, aioclient_mock: AiohttpClientMocker
) -> None:
    letters = add_letters(hass, "anna")
    letters.error = OSError()
    phone, _ = await house.phone(aioclient_mock, "anna", "3b", action("anna"))
    await house.start()

    await house.enter()
    await house.wait(2 * MINUTE)
    letters.error = None
    await house.wait(MINUTE)

    assert len(phone.pushes(aioclient_mock)) == 1
    assert len(letters.received) == 1


async def test_receipt_of_another_users_app_confirms_nothing(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    letters = add_letters(hass, "anna")
    phone, _ = await house.phone(aioclient_mock, "anna", "3b", action("anna"))
    mallory = MockUser().add_to_hass(hass).id
    forger = await register_phone(hass, aioclient_mock, mallory, "Forger")
    house.enroll("mallory", "4a", action("mallory"))
    await house.start()

    await house.enter()
    [push] = phone.pushes(aioclient_mock)
    await forger.confirm(await hass_client_no_auth(), push)
    hass.bus.async_fire(RECEIVED, {"tag": push["data"]["tag"]})
    await house.settle()

    assert (await house.status_of("anna")).state is NotificationState.SENT
    await house.wait(2 * MINUTE)
    assert len(letters.received) == 1


async def test_phone_of_another_user_may_confirm_if_it_is_a_target(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    carer = MockUser().add_to_hass(hass).id
    phone = await register_phone(hass, aioclient_mock, carer, "Carer")
    house.enroll("anna", "3b", action("mobile_app_carer"))
    await house.start()

    await house.enter()
    [push] = phone.pushes(aioclient_mock)
    await phone.confirm(await hass_client_no_auth(), push)
    await house.settle()

    assert (await house.status_of("anna")).state is NotificationState.DELIVERED
