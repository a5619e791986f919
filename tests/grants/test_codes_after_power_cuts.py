"""Codes that were handed out work after a power cut."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.courier_access.const import DOMAIN
from scripts.lab.audit.power.supply import Supply
from tests.support.expecting import two_flats
from tests.support.house import ask
from tests.support.people import People, acting
from tests.support.wires import connect


@pytest.fixture
def hass_storage() -> None:
    """Have Home Assistant write its files, which the harness else keeps in memory."""


@pytest.fixture
def supply(tmp_path: Path) -> Iterator[Supply]:
    with closing(Supply(tmp_path)) as supply:
        yield supply


@pytest.fixture
def hass_config_dir(supply: Supply) -> str:
    (supply.mounted / ".storage").mkdir()
    supply.write_back(DOMAIN)
    return str(supply.mounted)


@pytest.mark.parametrize("seed", [None, "0", "1"])
async def test_pin_is_known_after_a_power_cut(
    hass: HomeAssistant,
    supply: Supply,
    seed: str | None,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    house = await two_flats(hass, people)
    ada = await connect(hass, house, hass_ws_client, people["Ada"])
    issued = await ask(
        house,
        "issue_grant",
        "door-lobby",
        acting(people["Ada"]),
        courier="Parcel Post",
        units=["3B"],
        ends_at=(dt_util.utcnow() + timedelta(hours=2)).isoformat(),
    )
    made = await ada.result(
        "passes/make", courier="Parcel Post", grant_id=issued["grant_id"]
    )

    assert await hass.config_entries.async_unload(house.entry.entry_id)
    # The file system writes what Home Assistant leaves to it, but none of the building's files.
    await hass.async_add_executor_job(supply.write_back, DOMAIN)
    await hass.async_add_executor_job(supply.cut, seed)
    await hass.async_add_executor_job(supply.restore)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    answer = await ask(house, "request_entry", "door-lobby", Context(), pin=made["pin"])
    assert answer["decision"] == "admitted"
