"""Removing residents in the options flow."""

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.support.enqueued import count_loads
from tests.support.house import House, build, courier, door, resident

from .front_end import FrontEnd


async def open_menu(
    hass: HomeAssistant, building: MockConfigEntry
) -> tuple[FrontEnd, list[str]]:
    flow = FrontEnd(hass, None, "")
    return flow, (await flow.configure(building)).options


async def test_unit_changes_hands_in_one_reload(hass: HomeAssistant) -> None:
    house: House = await build(
        hass,
        door(),
        courier(),
        resident("Cem", "10"),
        resident("Ben", "9"),
        resident("Ada", "9"),
    )
    loads = count_loads(house)
    flow, _ = await open_menu(hass, house.entry)
    screen = await flow.choose("move_out")
    options = screen.fields["leaving"]["selector"]["select"]["options"]
    assert [option["label"] for option in options] == ["9 · Ada", "9 · Ben", "10 · Cem"]

    screen = await flow.submit(screen)
    assert screen.errors == {"leaving": "nobody_chosen"}
    chosen = [option["value"] for option in options if option["label"].startswith("9 ")]
    screen = await flow.submit(screen, leaving=chosen)
    assert screen.step == "move_out_confirm"
    assert screen.placeholders == {
        "names": "Ada \\(9\\)\\, Ben \\(9\\)",
        "days": "30",
    }
    await house.settle()
    assert len(house.building.residents) == 3

    screen = await flow.submit(screen)
    await house.settle()
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert len(loads) == 1
    assert house.building.residents.keys() == {"resident-cem"}
    names = [name for name, message in house.told if "no longer enrolled" in message]
    assert sorted(names) == ["Ada", "Ben"]


async def test_already_removed_resident_is_skipped(hass: HomeAssistant) -> None:
    house = await build(hass, door(), resident("Ada", "9"), resident("Ben", "9"))
    flow, options = await open_menu(hass, house.entry)
    assert "move_out" in options
    screen = await flow.choose("move_out")
    hass.config_entries.async_remove_subentry(house.entry, "resident-ada")

    screen = await flow.submit(screen, leaving=["resident-ada", "resident-ben"])
    screen = await flow.submit(screen)
    await house.settle()

    assert screen.type is FlowResultType.CREATE_ENTRY
    assert house.building.residents == {}


async def test_empty_building_offers_no_move_out(
    hass: HomeAssistant, building: MockConfigEntry
) -> None:
    assert "move_out" not in (await open_menu(hass, building))[1]
