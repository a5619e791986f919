"""Provide a building for each test of notifications."""

from collections.abc import AsyncGenerator
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.const import CONF_HOUSEHOLD, DOMAIN, Household
from custom_components.courier_access.ledger.ledger import Ledger
from tests.ledger.filled import NOON

from .parts import House


@pytest.fixture
async def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncGenerator[House]:
    freezer.move_to(NOON)
    entry = MockConfigEntry(
        domain=DOMAIN, title="Elm House", data={CONF_HOUSEHOLD: Household.SEVERAL}
    )
    entry.add_to_hass(hass)
    ledger = Ledger(tmp_path / "building.db")
    await ledger.open()
    made = House(hass, freezer, ledger, entry.entry_id)
    yield made
    await made.notifications.async_stop()
    await ledger.close()
