"""Buttons on residents' phones: what is ours is acted on, once, in the name of the app's user."""

import logging
from typing import Any

from homeassistant.core import Context, HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.hass.host import Host
from custom_components.courier_access.ledger.errors import Cause, LedgerUnavailable
from custom_components.courier_access.notifications.actions import (
    EVENT_ACTION,
    MOST_KEPT,
    PhoneActions,
    Verb,
    action_of,
    async_forget_presses,
    async_listen_to_phones,
)
from tests.support.phones import register_phone

TOKEN = "0123456789abcdef" * 2


@pytest.fixture
def acted() -> list[tuple[str, str]]:
    """Return what the handler of *veto* was called with."""
    return []


@pytest.fixture
def actions(hass: HomeAssistant, acted: list[tuple[str, str]]) -> PhoneActions:
    """Return actions that listen, with a handler of *veto*."""
    MockConfigEntry(domain=DOMAIN, entry_id="elm").add_to_hass(hass)
    async_listen_to_phones(hass)
    return begin(hass, acted)


def begin(hass: HomeAssistant, acted: list[tuple[str, str]]) -> PhoneActions:
    """Return the actions of the building as it is loaded once."""

    async def veto(token: str, user_id: str) -> None:
        acted.append((token, user_id))

    made = PhoneActions(Host(hass, hass.config_entries.async_get_known_entry("elm")))
    made.on(Verb.VETO, veto)
    made.start(lambda: hass.async_create_task(made.work_off()))
    return made


def press(hass: HomeAssistant, verb: Verb, token: str, user_id: str) -> None:
    data = {"action": action_of(verb, token)}
    hass.bus.async_fire(EVENT_ACTION, data, context=Context(user_id=user_id))


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
        await hass_client_no_auth(),
        EVENT_ACTION,
        {"action": action_of(Verb.VETO, TOKEN)},
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
    hass: HomeAssistant,
    actions: PhoneActions,
    acted: list[tuple[str, str]],
    data: dict[str, Any],
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


async def test_what_is_pressed_after_stopping_is_acted_on_once_started_again(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]]
) -> None:
    actions.stop()
    actions.stop()

    for _ in range(2):
        press(hass, Verb.VETO, TOKEN, "anna")
    await hass.async_block_till_done()
    await actions.work_off()
    assert acted == []

    for _ in range(2):
        await begin(hass, acted).work_off()
    assert acted == [(TOKEN, "anna")]


async def test_of_one_user_not_more_than_so_many_presses_are_kept(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]]
) -> None:
    actions.stop()
    press(hass, Verb.VETO, TOKEN, "anna")
    for number in range(MOST_KEPT + 2):
        press(hass, Verb.VETO, f"{number:032}", "mallory")
    await hass.async_block_till_done()

    await begin(hass, acted).work_off()

    assert acted[0] == (TOKEN, "anna")
    assert [int(token) for token, _ in acted[1:]] == list(range(2, MOST_KEPT + 2))


async def test_nothing_is_kept_for_a_building_that_is_removed(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]]
) -> None:
    actions.stop()
    press(hass, Verb.VETO, TOKEN, "anna")
    await hass.async_block_till_done()

    await async_forget_presses(hass, "elm")
    await begin(hass, acted).work_off()

    assert acted == []


async def test_a_press_waits_for_the_ledger_and_keeps_no_other_from_counting(
    hass: HomeAssistant, actions: PhoneActions, acted: list[tuple[str, str]]
) -> None:
    causes: list[Cause | None] = [Cause.LOCKED, None]

    async def confirm(token: str, user_id: str) -> None:
        raise LedgerUnavailable("away", causes.pop(0))

    actions.on(Verb.CONFIRM, confirm)
    actions.stop()
    for verb in (Verb.CONFIRM, Verb.VETO):
        press(hass, verb, TOKEN, "anna")
    await hass.async_block_till_done()
    actions.start(lambda: None)

    with pytest.raises(LedgerUnavailable):
        await actions.work_off()
    assert acted == [(TOKEN, "anna")]

    # What the file is not to blame for would never be done.
    for _ in range(2):
        await actions.work_off()
    assert causes == []


async def test_a_handler_that_fails_is_logged_and_the_next_action_heard(
    hass: HomeAssistant,
    actions: PhoneActions,
    acted: list[tuple[str, str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail(token: str, user_id: str) -> None:
        raise OSError

    caplog.set_level(logging.INFO)  # below it, Home Assistant writes down every event
    actions.on(Verb.CONFIRM, fail)
    for verb in (Verb.CONFIRM, Verb.VETO):
        press(hass, verb, TOKEN, "anna")
    await hass.async_block_till_done()

    assert acted == [(TOKEN, "anna")]
    assert "A phone's action confirm failed" in caplog.text
    assert TOKEN not in caplog.text


async def test_it_is_logged_once_that_presses_wait_for_the_ledger_however_many_are_pressed(
    hass: HomeAssistant, actions: PhoneActions, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    fault: Cause | None = Cause.LOCKED

    async def confirm(token: str, user_id: str) -> None:
        if fault is not None:
            raise LedgerUnavailable("away", fault)

    async def approve(token: str, user_id: str) -> None:
        """What can be read, and is nobody's, is done with."""

    actions.on(Verb.CONFIRM, confirm)
    actions.on(Verb.APPROVE, approve)
    actions.start(lambda: None)

    async def press_many() -> None:
        for number in range(2 * MOST_KEPT):
            press(hass, Verb.CONFIRM, f"{number:032}", "mallory")
            if number % MOST_KEPT == 0:
                press(hass, Verb.APPROVE, TOKEN, "mallory")
                await wait()
        await wait()

    async def wait() -> None:
        await hass.async_block_till_done()
        with pytest.raises(LedgerUnavailable):
            await actions.work_off()

    await press_many()
    assert caplog.text.count("waits for the ledger") == 1

    # What can't be done later is another outage.
    fault = None
    await actions.work_off()
    fault = Cause.FULL
    await press_many()
    assert caplog.text.count("waits for the ledger") == 2
