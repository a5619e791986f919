"""The building's time zone."""

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest

from tests.support.house import (
    House,
    build,
    courier,
    door,
    lose_ledger,
    resident,
)

from .front_end import FrontEnd, Screen


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """Return a building in Berlin with two residents who consent, and one who doesn't."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    residents = (resident("Ada"), resident("Ben", "4A"), resident("Cleo", "5C", None))
    return await build(hass, door(), courier(), *residents)


async def zone_step(house: House) -> tuple[FrontEnd, Screen]:
    flow = FrontEnd(house.hass, None, "")
    screen = await flow.configure(house.entry)
    assert "time_zone" in screen.options
    return flow, await flow.choose("time_zone")


async def test_zone_that_moves_hours_says_how_many_consents_it_ends(
    house: House,
) -> None:
    flow, screen = await zone_step(house)
    assert screen.value("time_zone") == "Europe/Berlin"

    screen = await flow.submit(screen, time_zone="Asia/Tokyo")
    assert screen.step == "time_zone_confirm"
    assert screen.shown["description_placeholders"] == {
        "zone": "Asia/Tokyo",
        "earlier_zone": "Europe/Berlin",
        "count": "2",
    }
    assert "time_zone" not in house.entry.options
    assert house.building.zone().key == "Europe/Berlin"

    assert (await flow.submit(screen)).type is FlowResultType.CREATE_ENTRY
    await house.settle()
    assert house.building.zone().key == "Asia/Tokyo"
    assert house.building.rulebook.consents == 0


async def test_zone_with_the_same_times_is_saved_at_once(house: House) -> None:
    flow, screen = await zone_step(house)
    done = await flow.submit(screen, time_zone="Europe/Rome")
    assert done.type is FlowResultType.CREATE_ENTRY
    await house.settle()
    assert house.building.zone().key == "Europe/Rome"
    assert house.building.rulebook.consents == 2
    _, screen = await zone_step(house)
    assert screen.value("time_zone") == "Europe/Rome"


async def test_only_existing_zones_are_offered(house: House) -> None:
    flow, screen = await zone_step(house)
    with pytest.raises(InvalidData):
        await flow.submit(screen, time_zone="Europe/Atlantis")


async def test_unloaded_building_can_not_say_what_it_ends(house: House) -> None:
    flow, screen = await zone_step(house)
    screen = await flow.submit(screen, time_zone="Asia/Tokyo")
    assert await house.hass.config_entries.async_unload(house.entry.entry_id)
    assert (await flow.submit(screen)).type is FlowResultType.ABORT
    _, screen = await zone_step(house)
    assert screen.type is FlowResultType.ABORT
    assert "time_zone" not in house.entry.options


async def test_building_without_its_ledger_can_not_either(house: House) -> None:
    await lose_ledger(house)
    _, screen = await zone_step(house)
    assert screen.type is FlowResultType.ABORT
