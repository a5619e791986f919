"""Test that buttons on phones act once, in the name of the app's user."""

import asyncio
import logging
from typing import Any

from homeassistant.core import Context, HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.home_assistant.host import Host
from custom_components.courier_access.ledger.errors import Cause, LedgerUnavailable
from custom_components.courier_access.ledger.queue import Button
from custom_components.courier_access.notifications.actions import (
    EVENT_ACTION,
    MAX_PRESSES_PER_USER,
    PhoneActions,
    action_of,
    async_forget_presses,
    async_listen_to_phones,
)
from tests.support.phones import register_phone

TOKEN = "0123456789abcdef" * 2


@pytest.fixture
def acted() -> list[tuple[str, str]]:
    """Return the calls of the veto handler."""
    return []


@pytest.fixture
def actions(hass: HomeAssistant, acted: list[tuple[str, str]]) -> PhoneActions:
    """Return listening actions with a veto handler."""
    MockConfigEntry(domain=DOMAIN, entry_id="elm").add_to_hass(hass)
    async_listen_to_phones(hass)
    return begin(hass, acted)


def begin(hass: HomeAssistant, acted: list[tuple[str, str]]) -> PhoneActions:
    """Return the actions of a building as after one setup."""

    async def veto(token: str, user_id: str) -> None:
        acted.append((token, user_id))

    made = PhoneActions(Host(hass, hass.config_entries.async_get_known_entry("elm")))
    made.handlers[Button.VETO] = veto
    made.presses.on_press = lambda: hass.async_create_task(made.work_off())
    return made


def press(hass: HomeAssistant, verb: Button, token: str, user_id: str) -> None:
    data = {"action": action_of(verb, token)}
    hass.bus.async_fire(EVENT_ACTION, data, context=Context(user_id=user_id))


async def test_button_acts_in_the_name_of_the_apps_user(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
    actions: PhoneActions,
    acted: list[tuple[str, str]],
) -> None:
    anna = MockUser().add_to_hass(hass).id
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")

    await phone.fire(
        await hass_client_no_auth(),
        EVENT_ACTION,
        {"action": action_of(Button.VETO, TOKEN)},
    )
    await hass.async_block_till_done()

    assert acted == [(TOKEN, anna)]


async def test_foreign_malformed_and_unhandled_actions_do_nothing(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]]
) -> None:
    given: tuple[dict[str, Any], ...] = (
        {},
        {"action": 7},
        {"action": "doorbell"},
        {"action": "courier_access_veto_"},
        {"action": f"courier_access_open_{TOKEN}"},
        {"action": f"courier_access_veto_{TOKEN}\n"},
        {"action": f"courier_access_veto_{TOKEN * 3}"},
        {"action": action_of(Button.APPROVE, TOKEN)},
    )
    for data in given:
        hass.bus.async_fire(EVENT_ACTION, data, context=Context(user_id="anna"))
    # An action without a user does nothing, either.
    hass.bus.async_fire(EVENT_ACTION, {"action": action_of(Button.VETO, TOKEN)})
    await hass.async_block_till_done()

    assert acted == []


async def test_press_after_stop_is_handled_after_the_next_start(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]]
) -> None:
    actions.presses.on_press = None
    actions.presses.on_press = None

    for _ in range(2):
        press(hass, Button.VETO, TOKEN, "anna")
    await hass.async_block_till_done()
    await actions.work_off()
    assert acted == []

    for _ in range(2):
        await begin(hass, acted).work_off()
    assert acted == [(TOKEN, "anna")]


async def test_presses_of_one_user_are_limited(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]]
) -> None:
    actions.presses.on_press = None
    press(hass, Button.VETO, TOKEN, "anna")
    for number in range(MAX_PRESSES_PER_USER + 2):
        press(hass, Button.VETO, f"{number:032}", "mallory")
    await hass.async_block_till_done()

    await begin(hass, acted).work_off()

    assert acted[0] == (TOKEN, "anna")
    assert [int(token) for token, _ in acted[1:]] == list(
        range(2, MAX_PRESSES_PER_USER + 2)
    )


async def test_press_is_handled_once_even_if_the_building_is_removed_meanwhile(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]]
) -> None:
    go_on = asyncio.Event()

    async def veto(token: str, user_id: str) -> None:
        await go_on.wait()
        acted.append((token, user_id))

    actions.handlers[Button.VETO] = veto
    actions.presses.on_press = lambda: None
    press(hass, Button.VETO, TOKEN, "anna")
    handling = [hass.async_create_task(actions.work_off()) for _ in range(2)]
    await async_forget_presses(hass, "elm")
    go_on.set()
    await asyncio.gather(*handling)

    assert acted == [(TOKEN, "anna")]


async def test_press_is_kept_for_no_other_integration(
    hass: HomeAssistant, actions: PhoneActions, hass_storage: dict[str, Any]
) -> None:
    MockConfigEntry(domain="other", entry_id="another").add_to_hass(hass)
    actions.presses.on_press = None

    press(hass, Button.VETO, TOKEN, "anna")
    await hass.async_block_till_done()

    assert [key for key in hass_storage if key.endswith(".pressed")] == [
        f"{DOMAIN}.elm.pressed"
    ]


async def test_presses_are_removed_with_the_building(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]]
) -> None:
    actions.presses.on_press = None
    press(hass, Button.VETO, TOKEN, "anna")
    await hass.async_block_till_done()

    await async_forget_presses(hass, "elm")
    await begin(hass, acted).work_off()

    assert acted == []


async def test_press_waits_for_the_ledger_without_blocking_others(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]]
) -> None:
    causes: list[Cause | None] = [Cause.LOCKED, None]

    async def confirm(token: str, user_id: str) -> None:
        raise LedgerUnavailable("away", causes.pop(0))

    actions.handlers[Button.CONFIRM] = confirm
    actions.presses.on_press = None
    for verb in (Button.CONFIRM, Button.VETO):
        press(hass, verb, TOKEN, "anna")
    await hass.async_block_till_done()
    actions.presses.on_press = lambda: None

    with pytest.raises(LedgerUnavailable):
        await actions.work_off()
    assert acted == [(TOKEN, "anna")]

    # A retry would never succeed without a cause in the file.
    for _ in range(2):
        await actions.work_off()
    assert causes == []


async def test_failing_handler_is_logged_and_the_next_press_handled(
    hass: HomeAssistant,
    actions: PhoneActions,
    acted: list[tuple[str, str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail(token: str, user_id: str) -> None:
        raise OSError

    caplog.set_level(logging.INFO)  # DEBUG would log every event
    actions.handlers[Button.CONFIRM] = fail
    for verb in (Button.CONFIRM, Button.VETO):
        press(hass, verb, TOKEN, "anna")
    await hass.async_block_till_done()

    assert acted == [(TOKEN, "anna")]
    assert "A phone's action confirm failed" in caplog.text
    assert TOKEN not in caplog.text


async def test_waiting_for_the_ledger_is_logged_once(
    hass: HomeAssistant, actions: PhoneActions, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    fault: Cause | None = Cause.LOCKED

    async def confirm(token: str, user_id: str) -> None:
        if fault is not None:
            raise LedgerUnavailable("away", fault)

    async def approve(token: str, user_id: str) -> None:
        """Do nothing: the ledger is readable, and the token is nobody's."""

    actions.handlers[Button.CONFIRM] = confirm
    actions.handlers[Button.APPROVE] = approve
    actions.presses.on_press = lambda: None

    async def press_many() -> None:
        for number in range(2 * MAX_PRESSES_PER_USER):
            press(hass, Button.CONFIRM, f"{number:032}", "mallory")
            if number % MAX_PRESSES_PER_USER == 0:
                press(hass, Button.APPROVE, TOKEN, "mallory")
                await wait()
        await wait()

    async def wait() -> None:
        await hass.async_block_till_done()
        with pytest.raises(LedgerUnavailable):
            await actions.work_off()

    await press_many()
    assert caplog.text.count("waits for the ledger") == 1

    # A later failure is a new outage, logged again.
    fault = None
    await actions.work_off()
    fault = Cause.FULL
    await press_many()
    assert caplog.text.count("waits for the ledger") == 2
