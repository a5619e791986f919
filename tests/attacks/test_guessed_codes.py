"""Somebody with many addresses who guesses codes all day keeps no driver out, and notices that they are counted."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access.codes import most_wrong
from custom_components.courier_access.api.passes import async_request_at_page
from custom_components.courier_access.entries.request import At, Waiting
from custom_components.courier_access.entries.unsigned import Shown
from tests.support.drivers import behind_a_proxy
from tests.support.expecting import Expecting, expecting_house

OPEN = "The door is open. Please come in."
EVERY = 10
HOUR = 3600


@pytest.fixture
async def at(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> Expecting:
    await behind_a_proxy(hass)
    return await expecting_house(hass, hass_client_no_auth, hass_ws_client)


async def test_wrong_code_every_ten_seconds_from_new_networks_keeps_no_driver_out(
    at: Expecting, freezer: FrozenDateTimeFactory
) -> None:
    building = at.house.building
    lobby = building.directory.doors["door-lobby"]

    async def types(code: str, network: str) -> str:
        waiting = Waiting(At.PAGE, network)
        answer = await async_request_at_page(
            building, lobby, Shown(code), waiting, "en"
        )
        return answer.says

    for number in range(24 * HOUR // EVERY):
        says = await types(
            f"{number:08}", f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        )
        assert says == "This code isn't valid here. Check it and try again."
        freezer.tick(EVERY)
        if number * EVERY % HOUR == 0:
            # It is right at once: the driver needs no second try.
            assert await types(await at.pin(), "198.51.100.7") == OPEN
            await at.house.settle()

    now_wrong = building.wrong_codes.of("door-lobby").hours.values()
    assert sum(pages for pages, _ in now_wrong) == 24 * HOUR // EVERY
    assert most_wrong([8] * 50, at_keypad=False) > 24 * HOUR // EVERY
