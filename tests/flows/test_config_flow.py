from collections.abc import Iterator
from unittest.mock import patch

from homeassistant.config_entries import FlowType
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.const import DOMAIN

from .front_end import FrontEnd


@pytest.fixture
def flow(hass: HomeAssistant) -> FrontEnd:
    return FrontEnd(hass, None, "")


@pytest.fixture
def building(hass: HomeAssistant) -> MockConfigEntry:
    entry = MockConfigEntry(
        domain=DOMAIN, title="Rue Haute 7", data={"household": "several"}
    )
    entry.add_to_hass(hass)
    return entry


@pytest.fixture(autouse=True)
def building_not_started() -> Iterator[None]:
    """Don't set up the building in its flow's tests."""
    with patch("custom_components.courier_access.async_setup_entry", return_value=True):
        yield


@pytest.mark.parametrize("household", ["one", "several"])
async def test_adding_building_continues_with_door(
    hass: HomeAssistant, flow: FrontEnd, household: str
) -> None:
    screen = await flow.add()
    assert screen.fields.keys() == {"name", "household"}
    assert screen.value("household") == "several"
    screen = await flow.submit(screen, name=" Rue Haute 7 ", household=household)
    assert screen.type is FlowResultType.CREATE_ENTRY
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert (entry.title, entry.version) == ("Rue Haute 7", 1)
    assert entry.data == {"household": household}

    kind, flow_id = screen.shown["next_flow"]
    assert kind is FlowType.CONFIG_SUBENTRIES_FLOW
    door_flow = FrontEnd(hass, entry, "door")
    assert (await door_flow.go_on(flow_id)).options == ["opener", "demo"]
    screen = await door_flow.submit(await door_flow.choose("demo"), name="Front door")
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert [door.title for door in entry.get_subentries_of_type("door")] == [
        "Front door"
    ]


async def test_several_buildings_can_be_added(
    hass: HomeAssistant, flow: FrontEnd, building: MockConfigEntry
) -> None:
    screen = await flow.submit(await flow.add(), name="Rue Haute 9", household="one")
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert len(hass.config_entries.async_entries(DOMAIN)) == 2


@pytest.mark.parametrize(
    ("name", "error"), [(" ", "name_blank"), (" rue haute 7", "name_taken")]
)
async def test_building_names_are_unique(
    hass: HomeAssistant,
    flow: FrontEnd,
    building: MockConfigEntry,
    name: str,
    error: str,
) -> None:
    screen = await flow.submit(await flow.add(), name=name, household="one")
    assert screen.errors == {"name": error}
    assert screen.value("household") == "one"
    assert len(hass.config_entries.async_entries(DOMAIN)) == 1
    screen = await flow.submit(screen, name="Rue Haute 9")
    assert screen.type is FlowResultType.CREATE_ENTRY


async def test_name_and_household_can_change(
    flow: FrontEnd, building: MockConfigEntry
) -> None:
    screen = await flow.change_building(building)
    assert screen.value("name") == "Rue Haute 7"
    assert screen.value("household") == "several"
    screen = await flow.submit(screen, name="Rue Haute 7 bis ", household="one")
    assert screen.reason == "reconfigure_successful"
    assert building.title == "Rue Haute 7 bis"
    assert building.data == {"household": "one"}


async def test_retention_can_be_set_up_to_ninety_days(
    flow: FrontEnd, building: MockConfigEntry
) -> None:
    assert (await flow.configure(building)).options == [
        "hours",
        "retention",
        "residents",
        "lobby",
    ]
    screen = await flow.choose("retention")
    assert screen.value("retention_days") == 30
    for days in (6, 91):
        with pytest.raises(InvalidData):
            await flow.submit(screen, retention_days=days)
    screen = await flow.submit(screen, retention_days=90)
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert building.options == {"retention_days": 90}

    await flow.configure(building)
    assert (await flow.choose("retention")).value("retention_days") == 90


async def test_reconfigured_building_can_keep_its_name_but_not_take_anothers(
    hass: HomeAssistant, flow: FrontEnd, building: MockConfigEntry
) -> None:
    MockConfigEntry(
        domain=DOMAIN, title="Rue Haute 9", data={"household": "one"}
    ).add_to_hass(hass)
    screen = await flow.submit(await flow.change_building(building), name="rue haute 9")
    assert screen.errors == {"name": "name_taken"}
    screen = await flow.submit(screen, name="RUE HAUTE 7")
    assert screen.reason == "reconfigure_successful"


@pytest.mark.parametrize("kind", ["door", "courier", "resident"])
async def test_all_subentries_can_be_reconfigured(
    flow: FrontEnd, building: MockConfigEntry, kind: str
) -> None:
    await flow.change_building(building)
    assert building.supported_subentry_types[kind] == {"supports_reconfigure": True}
