"""Test sending to apps, entities, and actions, even if they fail."""

import asyncio
from contextlib import suppress
import logging

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.courier_access.notifications import targets
from custom_components.courier_access.notifications.targets import (
    Route,
    RouteKind,
    Text,
    button,
    clear,
    send,
)
from tests.support.phones import Phone, add_letters, add_mailbox, register_phone

TEXT = Text("A courier", "Neutral", "Unit 3B, parcel PKT-7")


@pytest.fixture
async def anna(hass: HomeAssistant) -> str:
    """Return Anna's user ID."""
    return MockUser(name="Anna").add_to_hass(hass).id


@pytest.fixture
async def bo(hass: HomeAssistant) -> str:
    """Return Bo's user ID."""
    return MockUser(name="Bo").add_to_hass(hass).id


def by_action(name: str) -> Route:
    return Route(RouteKind.ACTION, f"notify.{name}")


def by_app(phone: Phone) -> Route:
    return Route(RouteKind.APP, "notify.mobile_app_phone", phone.entry_id)


async def test_push_asks_for_a_receipt_with_a_neutral_title(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")

    assert await send(hass, by_app(phone), TEXT, "tag-1")

    [push] = phone.pushes(aioclient_mock)
    assert (push["title"], push["message"]) == ("Neutral", TEXT.message)
    assert push["data"] == {"tag": "tag-1", "confirmation": True, "priority": "high"}


async def test_entity_and_action_get_title_and_message_if_they_are_there(
    hass: HomeAssistant,
) -> None:
    mailbox, letters = await add_mailbox(hass, "box"), add_letters(hass, "letter")
    box = Route(RouteKind.ENTITY, "notify.box")

    assert await send(hass, box, TEXT, "tag")
    assert mailbox.received == [(TEXT.title, TEXT.message)]
    assert await send(hass, by_action("letter"), TEXT, "tag")
    assert letters.received == [{"title": TEXT.title, "message": TEXT.message}]

    mailbox.set_available(False)
    for away in (box, Route(RouteKind.ENTITY, "notify.gone"), by_action("gone")):
        assert not await send(hass, away, TEXT, "tag")
    assert len(mailbox.received) == 1


async def test_raising_service_took_nothing_and_leaks_nothing(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    letters = add_letters(hass, "letter")
    for error, why in (
        (HomeAssistantError("offline"), "offline"),
        (OSError(TEXT.message), "OSError"),
        (ValueError(TEXT.message), "ValueError"),
    ):
        letters.error = error
        caplog.clear()
        with caplog.at_level(logging.INFO, targets.__name__):
            assert not await send(hass, by_action("letter"), TEXT, "tag")

        [logged] = [each for each in caplog.records if each.name == targets.__name__]
        assert logged.getMessage().endswith(f"notify.letter: {why}")
        assert "PKT-7" not in logged.getMessage(), error


async def test_hanging_service_is_given_up(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "SEND_WITHIN", 0)
    was_cancelled = asyncio.Event()

    async def hang(call: ServiceCall) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            was_cancelled.set()

    hass.services.async_register("notify", "hanging", hang)

    assert not await send(hass, by_action("hanging"), TEXT, "tag")
    await was_cancelled.wait()


async def test_service_that_ignores_cancellation_is_neither_awaited_nor_called_again(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, targets.__name__)
    monkeypatch.setattr(targets, "SEND_WITHIN", 0)
    may_end, has_ended = asyncio.Event(), asyncio.Event()
    calls = 0

    async def hang(call: ServiceCall) -> None:
        nonlocal calls
        calls += 1
        while not may_end.is_set():
            with suppress(asyncio.CancelledError):
                await may_end.wait()
        has_ended.set()
        raise ValueError(TEXT.message)

    hass.services.async_register("notify", "hanging", hang)
    stuck = by_action("hanging")
    letters = add_letters(hass, "letter")

    assert not await send(hass, stuck, TEXT, "tag")
    assert caplog.messages[-1].endswith(": it took too long")
    assert not await send(hass, stuck, TEXT, "tag")
    assert caplog.messages[-1].endswith(": it has not ended an earlier call")
    assert calls == 1
    assert await send(hass, by_action("letter"), TEXT, "tag")
    assert len(letters.received) == 1

    may_end.set()
    await has_ended.wait()
    await asyncio.sleep(0)
    assert not await send(hass, stuck, TEXT, "tag")
    assert calls == 2


async def test_service_that_cancels_itself_took_nothing(hass: HomeAssistant) -> None:
    async def cancel(call: ServiceCall) -> None:
        raise asyncio.CancelledError

    hass.services.async_register("notify", "cancelling", cancel)

    assert not await send(hass, by_action("cancelling"), TEXT, "tag")


async def test_canceled_send_cancels_its_call(hass: HomeAssistant) -> None:
    is_called, was_cancelled = asyncio.Event(), asyncio.Event()

    async def hang(call: ServiceCall) -> None:
        is_called.set()
        try:
            await asyncio.Event().wait()
        finally:
            was_cancelled.set()

    hass.services.async_register("notify", "hanging", hang)
    route = by_action("hanging")
    sending = hass.async_create_background_task(
        send(hass, route, TEXT, "tag"), "a send"
    )
    await is_called.wait()

    sending.cancel()
    await was_cancelled.wait()


async def test_action_that_moved_to_another_phone_is_not_called(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    bare = by_action("mobile_app_phone")
    first = await register_phone(hass, aioclient_mock, anna, "Phone")
    second = await register_phone(hass, aioclient_mock, bo, "Phone")

    assert not await send(hass, by_app(first), TEXT, "tag")
    assert not await send(hass, bare, TEXT, "tag")

    assert first.pushes(aioclient_mock) == second.pushes(aioclient_mock) == []


async def test_only_pushes_carry_buttons(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    letters = add_letters(hass, "letter")
    actions = [
        button("courier_access_veto_1", "Veto", destructive=True),
        button("courier_access_confirm_1", "Confirm", protected=True),
    ]

    push_to = by_app(phone)
    assert await send(hass, push_to, TEXT, "tag-1", actions)
    assert await send(hass, by_action("letter"), TEXT, "tag-1", actions)

    [push] = phone.pushes(aioclient_mock)
    assert push["data"]["actions"] == [
        {"action": "courier_access_veto_1", "title": "Veto", "destructive": True},
        {
            "action": "courier_access_confirm_1",
            "title": "Confirm",
            "authenticationRequired": True,
        },
    ]
    assert letters.received == [{"title": TEXT.title, "message": TEXT.message}]


async def test_push_can_be_cleared_from_the_phone(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    letters = add_letters(hass, "letter")

    await clear(hass, by_app(phone), "tag-1")
    await clear(hass, by_action("letter"), "tag-1")

    [push] = phone.pushes(aioclient_mock)
    assert push["message"] == "clear_notification"
    assert push["data"] == {"tag": "tag-1"}
    assert letters.received == []
