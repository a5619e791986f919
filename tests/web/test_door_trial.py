"""The way of an administrator to a door's page before anybody was let in, over real HTTP."""

from contextlib import closing
from datetime import timedelta
import json
import sqlite3
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
)

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.web.html import HEADERS
from tests.support.drivers import DOOR_PATH, Driver
from tests.support.expecting import Expecting
from tests.support.house import door
from tests.support.people import access_token

OPEN = "The door is open. Please come in."


@pytest.fixture
async def owned(hass: HomeAssistant, at: Expecting) -> Expecting:
    """Make Ada of 3B the administrator."""
    await hass.auth.async_update_user(at.people["Ada"], group_ids=[GROUP_ID_ADMIN])
    return at


async def test_administrator_tries_a_pass_at_the_door_until_somebody_was_let_in(
    owned: Expecting,
) -> None:
    made = await owned.make_pass()
    led = await owned.client.get(made["trial"], allow_redirects=False)
    assert led.status == 303
    assert HEADERS.items() <= led.headers.items()
    assert led.headers["Location"] == f"{DOOR_PATH}{owned.sheet.page}"
    driver = Driver(owned.client, led.headers["Location"])
    assert await driver.enter(made["pin"]) == OPEN
    await owned.house.settle()

    assert (await owned.make_pass())["trial"] is None


async def test_pass_leads_to_its_own_door_if_that_has_a_page(owned: Expecting) -> None:
    made = await owned.make_pass()
    assert made["door_id"] == "door-lobby"
    path = f"/api/courier_access/try_door/{owned.house.entry.entry_id}/door-lobby?"
    assert made["trial"].startswith(path)
    made = await owned.make_pass(at="door-garage")
    assert (made["door_id"], made["trial"]) == ("door-garage", None)


async def test_pass_is_made_while_it_cant_be_read_whether_anybody_came(
    owned: Expecting,
) -> None:
    grant = await owned.expect()
    path = ledger_path(owned.house.hass, owned.house.entry.entry_id)
    with closing(sqlite3.connect(path)) as other, other:
        [(revision,)] = other.execute("PRAGMA schema_version")
        other.execute("DROP TABLE replies")
        # The ledger's own connection doesn't see it, so it can still write.
        other.execute(f"PRAGMA schema_version = {revision}")

    made = await owned.ada.result("passes/make", **grant)

    assert (made["trial"], len(made["pin"])) == (None, 8)


async def test_address_of_the_page_is_in_nothing_but_the_redirect(
    owned: Expecting,
) -> None:
    shown = [
        await owned.make_pass(),
        await owned.ada.result("building"),
        await owned.ada.ask_anywhere("overview"),
    ]
    for each in shown:
        assert owned.sheet.page not in json.dumps(each)


async def test_path_opens_for_an_hour(
    owned: Expecting, freezer: FrozenDateTimeFactory
) -> None:
    path = (await owned.make_pass())["trial"]
    freezer.tick(timedelta(hours=1, seconds=1))
    led = await owned.client.get(path, allow_redirects=False)
    assert led.status == 401


async def test_only_administrators_are_led_there(
    hass: HomeAssistant, at: Expecting
) -> None:
    assert (await at.make_pass())["trial"] is None
    path = f"/api/courier_access/try_door/{at.house.entry.entry_id}/door-lobby"
    resident = await access_token(hass, at.people["Ada"])
    for headers in ({}, {"Authorization": f"Bearer {resident}"}):
        led = await at.client.get(path, headers=headers, allow_redirects=False)
        assert led.status == 401


async def test_unknown_doors_and_those_without_a_page_lead_nowhere(
    hass: HomeAssistant, at: Expecting, hass_client: ClientSessionGenerator
) -> None:
    other = MockConfigEntry(
        domain="demo", options=at.house.entry.options, subentries_data=[door()]
    )
    other.add_to_hass(hass)
    client: TestClient[Any, Any] = await hass_client()

    async def status(building: str, door_id: str) -> int:
        path = f"/api/courier_access/try_door/{building}/{door_id}"
        return (await client.get(path, allow_redirects=False)).status

    ours = at.house.entry.entry_id
    assert await status(ours, "door-lobby") == 303
    for building, door_id in (
        (ours, "door-garage"),
        (ours, "door-nowhere"),
        (other.entry_id, "door-lobby"),
        ("nowhere", "door-lobby"),
    ):
        assert await status(building, door_id) == 404
