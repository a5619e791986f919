"""Fixtures of the pages that drivers see at a door."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from tests.support.expecting import Expecting, expecting_house


@pytest.fixture
async def at(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> Expecting:
    """Return a building that expects a delivery, with a sheet at its door."""
    return await expecting_house(hass, hass_client_no_auth, hass_ws_client)
