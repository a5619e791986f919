"""The time zone of a building that isn't loaded."""

from pathlib import Path

from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.home_assistant.clock import async_configured_zone
from tests.properties.tz_database import zone_file
from tests.support.zone_files import zone_data

TOKYO = zone_file("Asia/Tokyo").read_bytes()


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


@pytest.mark.parametrize(
    "left",
    [
        pytest.param(b"", id="empty"),
        pytest.param(TOKYO[:30], id="half a header"),
        pytest.param(TOKYO[:60], id="half a table"),
        pytest.param(TOKYO[: TOKYO.rindex(b"\n", 0, -1)], id="no footer"),
        pytest.param(b"not a zone\n", id="another file"),
    ],
)
async def test_zone_whose_file_is_damaged_is_not_taken(
    hass: HomeAssistant, tmp_path: Path, left: bytes
) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    (tmp_path / "Town").write_bytes(left)
    with zone_data(tmp_path):
        zone = await async_configured_zone(hass, {"time_zone": "Town"})
    assert zone.key == "Europe/Berlin"
