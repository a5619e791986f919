"""Test how couriers reach the building, as shown to the administrator."""

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.support.clouds import HomeCloud
from tests.support.house import House, build
from tests.support.people import user
from tests.support.wires import Wire, connect


@pytest.fixture
async def cloud(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> HomeCloud:
    assert await async_setup_component(hass, "websocket_api", {})
    return await HomeCloud.set_up(hass, monkeypatch)


@pytest.fixture
async def house(hass: HomeAssistant, cloud: HomeCloud) -> House:
    return await build(hass)


@pytest.fixture
async def owner(
    hass: HomeAssistant, house: House, hass_ws_client: WebSocketGenerator
) -> Wire:
    someone = await user(hass, "Owner", admin=True)
    return await connect(hass, house, hass_ws_client, someone)


async def reach(owner: Wire) -> str:
    [courier] = (await owner.result("building"))["couriers"]
    return str(courier["reach"])


async def test_external_address_is_preferred_to_cloud(
    hass: HomeAssistant, owner: Wire, cloud: HomeCloud
) -> None:
    for url, is_connected, expected in (
        ("https://elm.example", False, "https"),
        ("http://elm.example", False, "not_https"),
        (None, False, "nothing"),
        (None, True, "cloud"),
        ("http://elm.example", True, "cloud"),
    ):
        if is_connected and not cloud.is_connected:
            await cloud.log_in()
        await hass.config.async_update(external_url=url)

        assert await reach(owner) == expected, (url, is_connected)
    await cloud.disconnect()


async def test_courier_with_cloud_address_only_depends_on_cloud(
    hass: HomeAssistant, house: House, owner: Wire, cloud: HomeCloud
) -> None:
    await cloud.log_in()
    await hass.config.async_update(external_url="https://elm.example")
    courier = house.entry.subentries["courier-parcel-post"]
    given = {**courier.data, "cloudhook_url": "https://hooks.example/hook-1"}
    hass.config_entries.async_update_subentry(house.entry, courier, data=given)
    await house.settle()

    assert await reach(owner) == "cloud"
    await cloud.log_out()
    assert await reach(owner) == "cloud_gone"
    await cloud.disconnect()
