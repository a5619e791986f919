"""Buttons on residents' phones: what is ours is acted on, once, in the name of the app's user."""

from collections.abc import Coroutine
from typing import Any

from homeassistant.core import Context, HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.phone_actions import (
    EVENT_ACTION,
    PhoneActions,
    Verb,
    action_of,
)
from tests.phones import register_phone

TOKEN = "0123456789abcdef" * 2


@pytest.fixture
def acted() -> list[tuple[str, str]]:
    """Return what the handler of *veto* was called with."""
    return []


@pytest.fixture
def actions(hass: HomeAssistant, acted: list[tuple[str, str]]) -> PhoneActions:
    """Return actions that listen, with a handler of *veto*."""

    def run(work: Coroutine[object, object, None], name: str) -> object:
        return hass.async_create_task(work, name)

    async def veto(token: str, user_id: str) -> None:
        acted.append((token, user_id))

    made = PhoneActions(hass, run)
    made.on(Verb.VETO, veto)
    made.start()
    return made


async def test_a_button_pressed_in_a_phones_app_acts_in_its_users_name(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
    actions: PhoneActions,
    acted: list[tuple[str, str]],
) -> None:
    anna = MockUser().add_to_hass(hass).id
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")

    await phone.fire(
        await hass_client_no_auth(), EVENT_ACTION, {"action": action_of(Verb.VETO, TOKEN)}
    )
    await hass.async_block_till_done()

    assert acted == [(TOKEN, anna)]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": 7},
        {"action": "doorbell"},
        {"action": "courier_access_veto_"},
        {"action": f"courier_access_open_{TOKEN}"},
        {"action": f"courier_access_veto_{TOKEN}\n"},
        {"action": f"courier_access_veto_{TOKEN * 3}"},
        {"action": action_of(Verb.APPROVE, TOKEN)},
    ],
)
async def test_what_is_not_ours_malformed_or_nobodys_to_handle_does_nothing(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]], data: dict[str, Any]
) -> None:
    hass.bus.async_fire(EVENT_ACTION, data, context=Context(user_id="anna"))
    await hass.async_block_till_done()

    assert acted == []


async def test_an_action_of_nobody_does_nothing(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]]
) -> None:
    hass.bus.async_fire(EVENT_ACTION, {"action": action_of(Verb.VETO, TOKEN)})
    await hass.async_block_till_done()

    assert acted == []


async def test_after_stopping_nothing_is_heard_and_stopping_again_is_no_error(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]]
) -> None:
    actions.stop()
    actions.stop()

    hass.bus.async_fire(
        EVENT_ACTION, {"action": action_of(Verb.VETO, TOKEN)}, context=Context(user_id="anna")
    )
    await hass.async_block_till_done()

    assert acted == []


async def test_a_handler_that_fails_is_logged_and_the_next_action_heard(
    hass: HomeAssistant,
    actions: PhoneActions,
    acted: list[tuple[str, str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail(token: str, user_id: str) -> None:
        raise OSError

    actions.on(Verb.CONFIRM, fail)
    for verb in (Verb.CONFIRM, Verb.VETO):
        hass.bus.async_fire(
            EVENT_ACTION, {"action": action_of(verb, TOKEN)}, context=Context(user_id="anna")
        )
    await hass.async_block_till_done()

    assert acted == [(TOKEN, "anna")]
    assert "A phone's action confirm failed" in caplog.text
    assert TOKEN not in caplog.text
