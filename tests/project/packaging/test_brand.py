"""Home Assistant shows the integration by its own images, which are drawn from a source that is kept."""

from http import HTTPStatus
import struct

from homeassistant.components.brands.const import ALLOWED_IMAGES
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN
from scripts.lab.brand import images
from scripts.lab.places import INTEGRATION

IMAGES = {path.name: path.read_bytes() for path in (INTEGRATION / "brand").iterdir()}


def test_they_are_what_the_source_draws() -> None:
    assert dict(images()) == IMAGES


def test_they_are_those_that_home_assistant_asks_for() -> None:
    assert IMAGES.keys() == ALLOWED_IMAGES


def test_they_are_as_large_as_brands_are() -> None:
    for name, image in IMAGES.items():
        width, height = struct.unpack(">II", image[16:24])
        scale = 2 if "@2x" in name else 1
        if "icon" in name:
            assert width == height == 256 * scale, name
        else:
            assert 128 * scale <= height <= 256 * scale, name
            assert width > 2 * height, name


async def test_home_assistant_serves_them(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "brands", {})
    client = await hass_client()
    for name, image in IMAGES.items():
        answer = await client.get(f"/api/brands/integration/{DOMAIN}/{name}")
        assert answer.status == HTTPStatus.OK
        assert await answer.read() == image, name
