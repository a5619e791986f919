"""The way of an owner to a door's page before anybody was let in, over real HTTP."""

from datetime import timedelta
import json
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.web.html import HEADERS
from tests.support.drivers import DOOR_PATH, Driver
from tests.support.expecting import Expecting, expecting_house
from tests.support.people import access_token
from tests.support.wires import Wire, connect

OPEN = "The door is open. Please come in."


@pytest.fixture
async def at(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> Expecting:
    return await expecting_house(hass, hass_client_no_auth, hass_ws_client)


@pytest.fixture
async def owner(
    hass: HomeAssistant, at: Expecting, hass_ws_client: WebSocketGenerator
) -> Wire:
    await at.people.owner()
    return await connect(hass, at.house, hass_ws_client, at.people["Owner"])


async def trials(owner: Wire) -> dict[str, str]:
    """Return the paths by the doors that they lead to."""
    doors: dict[str, str] = (await owner.result("building"))["links"]["doors"]
    return doors


async def test_owner_tries_a_pass_at_the_door_until_somebody_was_let_in(
    at: Expecting, owner: Wire
) -> None:
    made = await at.make_pass()
    [(door, path)] = (await trials(owner)).items()
    assert door == "door-lobby"

    led = await at.client.get(path, allow_redirects=False)
    assert led.status == 303
    assert HEADERS.items() <= led.headers.items()
    assert led.headers["Location"] == f"{DOOR_PATH}{at.sheet.page}"
    driver = Driver(at.client, led.headers["Location"])
    assert await driver.enter(made["pin"]) == OPEN
    await at.house.settle()

    assert await trials(owner) == {}


async def test_address_of_the_page_is_in_nothing_but_the_redirect(
    at: Expecting, owner: Wire
) -> None:
    shown = [
        await owner.result("building"),
        await owner.ask_anywhere("overview"),
        await at.make_pass(),
        await at.ada.ask_anywhere("overview"),
    ]
    for each in shown:
        assert at.sheet.page not in json.dumps(each)


async def test_path_opens_for_an_hour(
    at: Expecting, owner: Wire, freezer: FrozenDateTimeFactory
) -> None:
    path = (await trials(owner))["door-lobby"]
    freezer.tick(timedelta(hours=1, seconds=1))
    led = await at.client.get(path, allow_redirects=False)
    assert led.status == 401


async def test_only_administrators_are_led_there(
    hass: HomeAssistant, at: Expecting
) -> None:
    path = "/api/courier_access/try_door/door-lobby"
    resident = await access_token(hass, at.people["Ada"])
    for headers in ({}, {"Authorization": f"Bearer {resident}"}):
        led = await at.client.get(path, headers=headers, allow_redirects=False)
        assert led.status == 401
    code, _ = await at.ada.refusal("building")
    assert code == "unauthorized"


async def test_door_without_a_page_leads_nowhere(
    at: Expecting, hass_client: ClientSessionGenerator
) -> None:
    client: TestClient[Any, Any] = await hass_client()
    for door in ("door-garage", "door-nowhere"):
        led = await client.get(f"/api/courier_access/try_door/{door}")
        assert led.status == 404
