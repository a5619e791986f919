"""Memory does not grow with a building's age (design, *The ledger*)."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import GrantKey
from tests.clocks import Clocks
from tests.house import Sender, build

KEY = GrantKey("courier-parcel-post", "G1")


async def test_grants_that_are_over_are_let_go_once_a_day(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    clocks = Clocks.take_over(hass, freezer, monkeypatch)
    house = await build(hass)
    await Sender(await hass_client_no_auth()).grant()
    await house.settle()

    await clocks.pass_time(timedelta(hours=1))
    assert house.building.grants.live(KEY) is not None

    await clocks.pass_time(timedelta(hours=25))
    assert house.building.grants.live(KEY) is None
    assert await house.building.grants.find(KEY) is not None
