"""A building on a small disk of its own."""

from collections.abc import Iterator
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.disk.faulty import Faulty
from tests.disk.small_disk import SmallDisk, small_disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Return the disk that holds the configuration."""
    with small_disk(tmp_path / "config") as mounted:
        yield mounted


@pytest.fixture
def hass_config_dir(disk: SmallDisk) -> str:
    """Put the configuration on that disk."""
    return str(disk.place)


@pytest.fixture
async def faulty(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> Faulty:
    """Return a building that a courier may enter."""
    return await Faulty.build(hass, hass_client_no_auth, freezer)
