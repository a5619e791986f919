"""What people post when they ask for help: nothing personal is in the log, also when the record is damaged."""

from pathlib import Path
import sqlite3

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building import ledger_path
from tests.house import Sender, build

SECRET = "insulin-for-3B"


def spoil(path: Path) -> None:
    """Make a text in the ledger one that no text is."""
    with sqlite3.connect(path, isolation_level=None) as ledger:
        ledger.execute(
            "UPDATE grants SET parcel_ref = CAST(CAST(parcel_ref AS BLOB) || x'ff' AS TEXT)"
        )
    ledger.close()


async def test_no_value_of_a_damaged_record_gets_into_the_log(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(parcel_ref=SECRET)
    await house.settle()
    path = ledger_path(hass, house.entry.entry_id)
    await hass.async_add_executor_job(spoil, path)
    caplog.clear()

    await sender.enter()
    await house.settle()

    assert "ledger" in caplog.text
    assert SECRET not in caplog.text
