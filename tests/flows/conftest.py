"""A building to which the flows add subentries."""

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from unittest.mock import patch

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN, SubentryType

from .lists import Lists, own_uploads
from .parts import PartFlow


@pytest.fixture
def building(hass: HomeAssistant) -> MockConfigEntry:
    """An empty building with several households."""
    entry = MockConfigEntry(
        domain=DOMAIN, title="Rue Haute 7", data={"household": "several"}
    )
    entry.add_to_hass(hass)
    return entry


@pytest.fixture(autouse=True)
def sent(hass: HomeAssistant) -> list[ServiceCall]:
    """Residents' notify actions, and what was sent through them."""
    calls: list[ServiceCall] = []
    names = ("ada", "ben", "cem", "e", "mail", "mail_cleo", "mail_office", "r")
    for name in names:
        hass.services.async_register("notify", name, calls.append)
    return calls


@pytest.fixture
def building_not_started() -> Iterator[None]:
    """Don't set up the building in its flow's tests."""
    with patch("custom_components.courier_access.async_setup_entry", return_value=True):
        yield


@pytest.fixture
async def lists(
    hass: HomeAssistant,
    building: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    tmp_path: Path,
) -> AsyncGenerator[Lists]:
    """Lists of the building's residents."""
    assert await async_setup_component(hass, DOMAIN, {})
    with own_uploads(tmp_path):
        yield Lists(hass, building, await hass_client())


@pytest.fixture
async def addresses(hass: HomeAssistant) -> None:
    """Set the external and internal URLs."""
    await hass.config.async_update(
        external_url="https://home.example.org", internal_url="http://192.0.2.7:8123"
    )


@pytest.fixture
def door_flow(hass: HomeAssistant, building: MockConfigEntry) -> PartFlow:
    return PartFlow(hass, building, SubentryType.DOOR)


@pytest.fixture
def courier_flow(hass: HomeAssistant, building: MockConfigEntry) -> PartFlow:
    return PartFlow(hass, building, SubentryType.COURIER)


@pytest.fixture
def resident_flow(hass: HomeAssistant, building: MockConfigEntry) -> PartFlow:
    return PartFlow(hass, building, SubentryType.RESIDENT)
