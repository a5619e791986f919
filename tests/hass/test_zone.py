"""The time zone of a building that isn't loaded."""

from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.hass.zone import async_configured_zone


@pytest.mark.parametrize(
    ("chosen", "zone"),
    [
        ("Asia/Tokyo", "Asia/Tokyo"),
        (None, "Europe/Berlin"),
        ("Europe/Atlantis", "Europe/Berlin"),
        ("../Berlin", "Europe/Berlin"),
        ("", "Europe/Berlin"),
    ],
)
async def test_zone_is_the_chosen_one_else_home_assistants(
    hass: HomeAssistant, chosen: str | None, zone: str
) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    options = {} if chosen is None else {"time_zone": chosen}
    assert (await async_configured_zone(hass, options)).key == zone
