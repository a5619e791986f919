"""Setting up pages at doors."""

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.access.codes import LETTERS
from custom_components.courier_access.const import DRIVERS_LANGUAGES
from custom_components.courier_access.doors.doors import sheets_of

from .front_end import FrontEnd, Screen
from .parts import PartFlow

pytestmark = pytest.mark.usefixtures("building_not_started")


@pytest.fixture
def doors(door_flow: PartFlow) -> list[str]:
    """Two doors, by their IDs."""
    return [
        door_flow.add_door().subentry_id,
        door_flow.add_door(name="Yard", key="yard").subentry_id,
    ]


async def pages_step(
    hass: HomeAssistant, building: MockConfigEntry
) -> tuple[FrontEnd, Screen]:
    await hass.async_block_till_done()
    flow = FrontEnd(hass, None, "")
    await flow.configure(building)
    return flow, await flow.choose("door_pages")


async def test_building_without_doors_is_not_offered_pages(
    hass: HomeAssistant, building: MockConfigEntry
) -> None:
    flow = FrontEnd(hass, None, "")
    assert "door_pages" not in (await flow.configure(building)).options


async def test_every_door_gets_a_page_at_first(
    hass: HomeAssistant, building: MockConfigEntry, doors: list[str]
) -> None:
    hass.config.language = "fr"
    hass.config_entries.async_update_entry(building, options={"retention_days": 7})
    flow, screen = await pages_step(hass, building)
    assert screen.fields.keys() == {"doors", "language"}
    assert (screen.value("doors"), screen.value("language")) == (doors, "fr")
    select = screen.fields["doors"]["selector"]["select"]
    assert [each["label"] for each in select["options"]] == ["Front door", "Yard"]

    ready = await flow.submit(screen)

    assert (ready.type, ready.reason) == (FlowResultType.ABORT, "door_pages_ready")
    opened = ready.shown["description_placeholders"]["open"]
    assert f"/api/courier_access/door_sheets/{building.entry_id}" in opened
    assert building.options["retention_days"] == 7
    assert building.options["door_pages"]["language"] == "fr"
    sheets = sheets_of(building)
    assert list(sheets) == doors
    for sheet in sheets.values():
        assert len(sheet.page) == 22
        assert len(sheet.sign) == 2
        assert set(sheet.sign) <= set(LETTERS)


async def test_sheets_are_offered_in_every_language_of_drivers(
    hass: HomeAssistant, building: MockConfigEntry, doors: list[str]
) -> None:
    hass.config.language = "tr"
    flow, screen = await pages_step(hass, building)
    offered = screen.fields["language"]["selector"]["language"]["languages"]
    assert offered == list(DRIVERS_LANGUAGES)
    assert screen.value("language") == "tr"
    await flow.submit(screen)
    assert building.options["door_pages"]["language"] == "tr"


async def test_pages_stay_until_they_are_replaced_or_not_chosen(
    hass: HomeAssistant, building: MockConfigEntry, doors: list[str]
) -> None:
    flow, screen = await pages_step(hass, building)
    await flow.submit(screen, doors=doors[:1])
    first = sheets_of(building)
    assert list(first) == doors[:1]

    flow, screen = await pages_step(hass, building)
    assert (screen.value("doors"), screen.value("replace")) == (doors[:1], False)
    await flow.submit(screen, doors=doors, language="de")
    both = sheets_of(building)
    assert both[doors[0]] == first[doors[0]]
    assert building.options["door_pages"]["language"] == "de"

    flow, screen = await pages_step(hass, building)
    assert screen.value("language") == "de"
    await flow.submit(screen, replace=True)
    replaced = sheets_of(building)
    assert replaced.keys() == both.keys()
    assert all(replaced[door].page != both[door].page for door in doors)

    flow, screen = await pages_step(hass, building)
    assert (await flow.submit(screen, doors=[])).type is FlowResultType.CREATE_ENTRY
    assert sheets_of(building) == {}
    flow, screen = await pages_step(hass, building)
    assert screen.value("doors") == []


async def test_door_that_is_removed_meanwhile_gets_no_page(
    hass: HomeAssistant, building: MockConfigEntry, doors: list[str]
) -> None:
    flow, screen = await pages_step(hass, building)
    hass.config_entries.async_remove_subentry(building, doors[1])
    await flow.submit(screen)
    assert list(building.options["door_pages"]["doors"]) == doors[:1]


async def test_only_doors_of_the_building_can_be_chosen(
    hass: HomeAssistant, building: MockConfigEntry, doors: list[str]
) -> None:
    flow, screen = await pages_step(hass, building)
    with pytest.raises(InvalidData):
        await flow.submit(screen, doors=["elsewhere"])
