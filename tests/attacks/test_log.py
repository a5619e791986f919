"""What people post when they ask for help: nothing personal is in the log, also when the record is damaged."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.support.house import Sender, build, spoil_ledger

SECRET = "insulin-for-3B"


async def test_no_value_of_a_damaged_record_gets_into_the_log(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(parcel_ref=SECRET)
    await house.settle()
    await spoil_ledger(house)
    caplog.clear()

    await sender.enter()
    await house.settle()

    assert "ledger" in caplog.text
    assert SECRET not in caplog.text
