"""A building to which the flows add subentries."""

from collections.abc import AsyncGenerator, Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN, SubentryType

from .front_end import FrontEnd
from .lists import Lists, own_uploads

type AddSubentry = Callable[..., ConfigSubentry]


@pytest.fixture
def building(hass: HomeAssistant) -> MockConfigEntry:
    """An empty building with several households."""
    entry = MockConfigEntry(
        domain=DOMAIN, title="Rue Haute 7", data={"household": "several"}
    )
    entry.add_to_hass(hass)
    return entry


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
def door_flow(hass: HomeAssistant, building: MockConfigEntry) -> FrontEnd:
    return FrontEnd(hass, building, SubentryType.DOOR)


@pytest.fixture
def courier_flow(hass: HomeAssistant, building: MockConfigEntry) -> FrontEnd:
    return FrontEnd(hass, building, SubentryType.COURIER)


@pytest.fixture
def resident_flow(hass: HomeAssistant, building: MockConfigEntry) -> FrontEnd:
    return FrontEnd(hass, building, SubentryType.RESIDENT)


@pytest.fixture
def add_door(hass: HomeAssistant, building: MockConfigEntry) -> AddSubentry:
    """Add a door, by default a demo door."""

    def add(entry: MockConfigEntry = building, **data: Any) -> ConfigSubentry:
        data = {
            "name": "Front door",
            "key": "front",
            "opener_kind": "demo",
            "unlock_seconds": 5,
            "operation": "unlock",
            "close_cover": False,
        } | data
        return _add(hass, entry, SubentryType.DOOR, data, str(data["key"]))

    return add


@pytest.fixture
def add_courier(hass: HomeAssistant, building: MockConfigEntry) -> AddSubentry:
    def add(**data: Any) -> ConfigSubentry:
        data = {
            "name": "Parcels Ltd",
            "doors": [],
            "longest_grant_hours": 12,
            "rate_per_minute": 60,
            "enabled": True,
            "webhook_id": "0" * 64,
            "keys": [{"key": "whsec_" + "A" * 32, "ends_at": None}],
        } | data
        return _add(hass, building, SubentryType.COURIER, data, str(data["webhook_id"]))

    return add


@pytest.fixture
def add_resident(hass: HomeAssistant, building: MockConfigEntry) -> AddSubentry:
    def add(**data: Any) -> ConfigSubentry:
        data = {
            "name": "Ada",
            "unit": "3B",
            "person": None,
            "language": None,
            "targets": [{"kind": "action", "value": "notify.ada"}],
        } | data
        return _add(hass, building, SubentryType.RESIDENT, data, None)

    return add


def _add(
    hass: HomeAssistant,
    building: MockConfigEntry,
    kind: SubentryType,
    data: dict[str, Any],
    unique_id: str | None,
) -> ConfigSubentry:
    subentry = ConfigSubentry(
        subentry_type=kind,
        title=data.pop("name"),
        unique_id=unique_id,
        data=MappingProxyType(data),
    )
    hass.config_entries.async_add_subentry(building, subentry)
    return subentry
