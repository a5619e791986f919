"""Fixtures for buildings."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.support.house import House, Sender, build


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """A building where Ada lives."""
    return await build(hass)


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    """A courier's back end."""
    return Sender(await hass_client_no_auth())
