"""Deleting a building in its options flow."""

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.courier_access.building.building import ledger_path
from tests.support.house import House, build, courier, door, resident

from .front_end import FrontEnd, Screen


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    return await build(
        hass, door(), courier(), resident("Ada", "9"), resident("Ben", "10")
    )


async def open_form(house: House) -> tuple[FrontEnd, Screen]:
    flow = FrontEnd(house.hass, None, "")
    await flow.configure(house.entry)
    return flow, await flow.choose("remove")


async def test_form_says_what_is_deleted_and_links_to_the_access_log(
    house: House,
) -> None:
    _, screen = await open_form(house)
    assert screen.placeholders["building"] == "12 Elm Street"
    assert screen.placeholders["count"] == "2"
    assert (
        f"/courier-access/entries?building={house.entry.entry_id}"
        in (screen.placeholders["open"])
    )


async def test_building_is_deleted_once_that_is_confirmed(house: House) -> None:
    flow, screen = await open_form(house)
    screen = await flow.submit(screen)
    assert screen.errors == {"delete": "not_confirmed"}
    await house.settle()
    assert house.hass.config_entries.async_get_entry(house.entry.entry_id)
    assert house.told == []

    screen = await flow.submit(screen, delete=True)
    assert (screen.type, screen.reason) == (FlowResultType.ABORT, "removed")
    await house.settle()

    assert not house.hass.config_entries.async_get_entry(house.entry.entry_id)
    assert not ledger_path(house.hass, house.entry.entry_id).exists()
    notified = [
        name for name, text in house.told if "This is the last receipt." in text
    ]
    assert sorted(notified) == ["Ada", "Ben"]
