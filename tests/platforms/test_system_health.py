"""System health."""

import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import get_system_health_info
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.const import DOMAIN
from tests.project.test_translations import EN
from tests.support.clouds import HomeCloud
from tests.support.fleet import connect, next_quarter, running_fleet
from tests.support.house import (
    House,
    Sender,
    across_the_street,
    build,
    lose_ledger,
    utc,
)
from tests.support.people import access_token, user


async def info(hass: HomeAssistant) -> dict[str, Any]:
    result: dict[str, Any] = await get_system_health_info(hass, DOMAIN)
    assert result.keys() == EN["system_health"]["info"].keys()
    json.dumps(result)
    return result


@pytest.fixture(autouse=True)
async def system_health(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, "system_health", {})


async def test_all_buildings_are_summarized(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await hass.config.async_update(external_url="https://elm.example")
    await build(hass)
    across = await build(hass, *across_the_street(), title="Across the street")
    hass.services.async_remove("notify", "zoe")
    sender = Sender(await hass_client_no_auth(), "webhook-of-other-post")
    await sender.grant()
    assert (await sender.enter()).body["decision"] == "admitted"
    await across.settle()

    assert await info(hass) == {
        "couriers_address": "ok",
        "buildings": 2,
        "buildings_loaded": 2,
        "couriers_answered": 2,
        "record": "ok",
        "clock": "ok",
        "fleet": False,
        "notifications_pending": 2,
    }
    assert await hass.config_entries.async_unload(across.entry.entry_id)
    result = await info(hass)
    assert (result["buildings"], result["buildings_loaded"]) == (2, 1)
    assert result["notifications_pending"] == 0


NO_URL = {"type": "failed", "error": "no_external_url"}


async def test_external_address_is_reported(hass: HomeAssistant, house: House) -> None:
    for url, result in (
        ("https://elm.example", "ok"),
        ("http://elm.example", {"type": "failed", "error": "not_https"}),
        (None, NO_URL),
    ):
        await hass.config.async_update(external_url=url)
        assert (await info(hass))["couriers_address"] == result


async def test_cloudhooks_are_reported_without_external_url(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = await HomeCloud.set_up(hass, monkeypatch)
    await cloud.log_in()
    await build(hass)
    assert (await info(hass))["couriers_address"] == "Home Assistant Cloud"

    await cloud.disconnect()
    assert (await info(hass))["couriers_address"] == NO_URL


async def test_clock_and_ledger_problems_are_reported(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(utc(2025, 1, 1))
    house = await build(hass)
    assert (await info(hass))["clock"] == {"type": "failed", "error": "not_set"}

    await lose_ledger(house)
    result = await info(hass)
    assert result["record"] == {"type": "failed", "error": "other"}
    assert (result["couriers_answered"], result["notifications_pending"]) == (0, 0)


async def test_every_user_can_read_system_health(
    hass: HomeAssistant, house: House, hass_ws_client: WebSocketGenerator
) -> None:
    stranger = await user(hass, "Stranger")
    client = await hass_ws_client(hass, await access_token(hass, stranger))

    await client.send_json_auto_id({"type": "system_health/info"})
    assert (await client.receive_json())["success"]
    event = (await client.receive_json())["event"]

    result = event["data"][DOMAIN]
    assert result["manage_url"] == "/config/integrations/integration/courier_access"
    assert result["info"]["buildings_loaded"] == 1
    assert "Elm" not in json.dumps(result)


async def test_report_that_fails_is_shown(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, socket_enabled: None
) -> None:
    house = await build(hass)
    async with running_fleet() as fleet:
        await connect(house, fleet)
        await next_quarter(house, freezer)
        assert (await info(hass))["fleet"] == "ok"
    await next_quarter(house, freezer)
    assert (await info(hass))["fleet"] == {"type": "failed", "error": "unreachable"}
