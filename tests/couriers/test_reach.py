"""Test how couriers reach the building, as shown to the owner."""

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.support.clouds import HomeCloud
from tests.support.house import House, build
from tests.support.people import user
from tests.support.wires import connect


@pytest.fixture
async def cloud(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> HomeCloud:
    assert await async_setup_component(hass, "websocket_api", {})
    return await HomeCloud.set_up(hass, monkeypatch)


@pytest.fixture
async def house(hass: HomeAssistant, cloud: HomeCloud) -> House:
    return await build(hass)


async def reach(house: House, hass_ws_client: WebSocketGenerator) -> str:
    someone = await user(house.hass, "Owner", admin=True)
    owner = await connect(house.hass, house, hass_ws_client, someone)
    [courier] = (await owner.result("building"))["couriers"]
    return str(courier["reach"])


@pytest.mark.parametrize(
    ("url", "is_connected", "expected"),
    [
        ("https://elm.example", False, "https"),
        ("http://elm.example", False, "not_https"),
        ("http://elm.example", True, "cloud"),
        (None, True, "cloud"),
        (None, False, "nothing"),
    ],
)
async def test_external_address_is_preferred_to_cloud(
    hass: HomeAssistant,
    house: House,
    cloud: HomeCloud,
    hass_ws_client: WebSocketGenerator,
    url: str | None,
    is_connected: bool,
    expected: str,
) -> None:
    if is_connected:
        await cloud.log_in()
    await hass.config.async_update(external_url=url)

    assert await reach(house, hass_ws_client) == expected

    if is_connected:
        await cloud.disconnect()


@pytest.mark.parametrize(
    ("is_logged_in", "expected"), [(True, "cloud"), (False, "cloud_gone")]
)
async def test_courier_with_cloud_address_only_depends_on_cloud(
    hass: HomeAssistant,
    house: House,
    cloud: HomeCloud,
    hass_ws_client: WebSocketGenerator,
    is_logged_in: bool,
    expected: str,
) -> None:
    await cloud.log_in()
    await hass.config.async_update(external_url="https://elm.example")
    courier = house.entry.subentries["courier-parcel-post"]
    given = {**courier.data, "cloudhook_url": "https://hooks.example/hook-1"}
    hass.config_entries.async_update_subentry(house.entry, courier, data=given)
    await house.settle()
    if not is_logged_in:
        await cloud.log_out()

    assert await reach(house, hass_ws_client) == expected

    await cloud.disconnect()
