from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from homeassistant.components.lock.const import LockEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.const import DOMAIN, SubentryType
from custom_components.courier_access.doors.doors import sheets_of
from custom_components.courier_access.web.building_pages import SHEET_PATH

from .front_end import FrontEnd
from .parts import PartFlow, person

BUILDING = {"name": "Rue Haute 9", "household": "several", "door": "Front door"}
FIRST = {"name", "household", "door", "opener", "door_page"}


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
async def test_building_is_added_with_its_first_door(
    hass: HomeAssistant, flow: FrontEnd, household: str
) -> None:
    screen = await flow.add()
    assert screen.fields.keys() == FIRST
    assert screen.value("household") == "several"
    screen = await flow.submit(
        screen, name=" Rue Haute 7 ", household=household, door=" Front door "
    )
    assert screen.step == "people"
    assert not hass.config_entries.async_entries(DOMAIN)
    screen = await flow.submit(screen)  # skipped
    assert screen.type is FlowResultType.CREATE_ENTRY
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert (entry.title, entry.version) == ("Rue Haute 7", 1)
    assert entry.data == {"household": household}
    (door,) = entry.subentries.values()
    assert (door.title, door.unique_id) == ("Front door", "front_door")
    assert door.data == {
        "key": "front_door",
        "opener_kind": "demo",
        "unlock_seconds": 5,
        "operation": "unlock",
        "close_cover": False,
    }


async def test_first_door_has_a_page_whose_sheet_comes_next(
    hass: HomeAssistant, flow: FrontEnd
) -> None:
    screen = await flow.submit(await flow.add(), **BUILDING)
    screen = await flow.submit(screen)
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert list(sheets_of(entry)) == list(entry.subentries)
    assert entry.options["door_pages"]["language"] == "en"
    assert screen.shown["description"] == "with_sheet"
    link = screen.shown["description_placeholders"]["open"]
    assert f"{SHEET_PATH}/{entry.entry_id}?authSig=" in link


async def test_first_door_needs_no_page(hass: HomeAssistant, flow: FrontEnd) -> None:
    screen = await flow.submit(await flow.add(), **BUILDING, door_page=False)
    screen = await flow.submit(screen)
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert entry.options == {}
    assert screen.shown["description"] is None


async def test_what_the_first_doors_lock_with_a_latch_does_must_be_chosen(
    hass: HomeAssistant, flow: FrontEnd
) -> None:
    latch = {"supported_features": LockEntityFeature.OPEN}
    hass.states.async_set("lock.gate", "locked", latch)
    hass.states.async_set("lock.yard", "locked")
    screen = await flow.submit(await flow.add(), **BUILDING, opener="lock.gate")
    assert screen.errors == {"operation": "operation_missing"}
    assert screen.value("operation") is None
    screen = await flow.submit(screen, operation="open", opener="lock.yard")
    assert screen.errors == {"operation": "operation_unsupported"}
    screen = await flow.submit(screen, opener="lock.gate")
    assert screen.step == "people"
    await flow.submit(screen)
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    (door,) = entry.subentries.values()
    assert (door.data["opener"], door.data["operation"]) == ("lock.gate", "open")


async def test_what_a_lock_does_is_forgotten_with_the_lock(
    hass: HomeAssistant, flow: FrontEnd
) -> None:
    latch = {"supported_features": LockEntityFeature.OPEN}
    hass.states.async_set("lock.gate", "locked", latch)
    hass.states.async_set("switch.strike", "off")
    screen = await flow.submit(await flow.add(), **BUILDING, opener="lock.gate")
    screen = await flow.submit(screen, operation="open", opener="switch.strike")
    await flow.submit(screen)
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    (door,) = entry.subentries.values()
    assert (door.data["opener"], door.data["operation"]) == ("switch.strike", "unlock")


async def test_first_door_may_have_an_opener(
    hass: HomeAssistant, flow: FrontEnd
) -> None:
    hass.states.async_set("lock.gate", "locked")
    screen = await flow.add()
    screen = await flow.submit(screen, **BUILDING, opener="lock.nowhere")
    assert screen.errors == {"opener": "opener_missing"}
    screen = await flow.submit(screen, opener="lock.gate")
    await flow.submit(screen)
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    (door,) = entry.subentries.values()
    assert (door.data["opener_kind"], door.data["opener"]) == ("entity", "lock.gate")


async def test_first_door_needs_a_name(flow: FrontEnd) -> None:
    screen = await flow.submit(await flow.add(), **BUILDING | {"door": " "})
    assert screen.errors == {"door": "name_blank"}
    assert screen.value("name") == "Rue Haute 9"


async def test_opener_that_was_taken_meanwhile_is_asked_for_again(
    hass: HomeAssistant, flow: FrontEnd, building: MockConfigEntry
) -> None:
    hass.states.async_set("lock.gate", "locked")
    screen = await flow.submit(await flow.add(), **BUILDING, opener="lock.gate")
    parts = PartFlow(hass, building, SubentryType.DOOR)
    parts.add_door(opener_kind="entity", opener="lock.gate")
    screen = await flow.submit(screen)
    assert (screen.step, screen.errors) == ("user", {"opener": "opener_taken"})
    assert screen.value("door") == "Front door"
    screen = await flow.submit(screen, opener=None)
    assert screen.type is FlowResultType.CREATE_ENTRY


async def test_building_name_that_was_taken_meanwhile_is_asked_for_again(
    hass: HomeAssistant, flow: FrontEnd
) -> None:
    person(hass)
    person(hass, "bo", "u-2")
    screen = await flow.submit(await flow.add(), **BUILDING)
    other = FrontEnd(hass, None, "")
    await other.submit(await other.submit(await other.add(), **BUILDING))
    screen = await flow.submit(
        screen, couriers=["Post"], residents=["person.ada"], unit="3B"
    )
    assert (screen.step, screen.errors) == ("user", {"name": "name_taken"})
    assert screen.shown["last_step"]

    # The answers about people are kept.
    screen = await flow.submit(screen, name="Rue Haute 11")

    assert screen.type is FlowResultType.CREATE_ENTRY
    names = [entry.title for entry in hass.config_entries.async_entries(DOMAIN)]
    assert names == ["Rue Haute 9", "Rue Haute 11"]
    parts = hass.config_entries.async_entries(DOMAIN)[1].subentries.values()
    assert [part.title for part in parts] == ["Front door", "Post", "ada"]


async def test_first_couriers_and_residents_are_added(
    hass: HomeAssistant, flow: FrontEnd
) -> None:
    ada, bo = person(hass), person(hass, "bo", "u-2")
    person(hass, "cat", None)  # has no account to decide with
    screen = await flow.submit(await flow.add(), **BUILDING)
    assert screen.fields.keys() == {"couriers", "residents", "unit", "another"}
    offered = screen.fields["residents"]["selector"]["select"]["options"]
    assert [option["value"] for option in offered] == ["person.ada", "person.bo"]
    assert screen.value("couriers") == [""]
    assert await flow.go_on(screen.shown["flow_id"]) == screen
    screen = await flow.submit(
        screen,
        couriers=[" Parcels Ltd ", "", "PARCELS LTD", "Post"],
        residents=["person.ada", "person.bo"],
        unit=" 3B ",
    )
    assert screen.type is FlowResultType.CREATE_ENTRY
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    (door,) = entry.get_subentries_of_type("door")
    couriers = {
        courier.title: courier for courier in entry.get_subentries_of_type("courier")
    }
    assert couriers.keys() == {"Parcels Ltd", "Post"}
    post = couriers["Post"]
    assert post.data == {
        "doors": [door.subentry_id],
        "longest_grant_hours": 12,
        "rate_per_minute": 60,
        "enabled": True,
        "webhook_id": post.unique_id,
        "keys": [],
    }
    residents = entry.get_subentries_of_type("resident")
    assert [(each.title, each.data["person"]) for each in residents] == [
        ("ada", ada.id),
        ("bo", bo.id),
    ]
    assert residents[0].data == {
        "unit": "3B",
        "person": ada.id,
        "language": None,
        "targets": [{"kind": "person_apps"}],
        "private_notifications": True,
    }


async def test_first_courier_with_mixed_scripts_is_refused(
    hass: HomeAssistant, flow: FrontEnd
) -> None:
    person(hass)
    screen = await flow.submit(await flow.add(), **BUILDING)
    answers = {"residents": ["person.ada"], "unit": "3B"}
    screen = await flow.submit(screen, couriers=["P\u043est"], **answers)
    assert screen.errors == {"couriers": "name_mixed"}

    screen = await flow.submit(screen, couriers=["Post", "P.o.s.t"], **answers)
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    couriers = entry.get_subentries_of_type("courier")
    assert [courier.title for courier in couriers] == ["Post"]


async def test_several_homes_are_added(hass: HomeAssistant, flow: FrontEnd) -> None:
    person(hass)
    person(hass, "bo", "u-2")
    screen = await flow.submit(await flow.add(), **BUILDING)
    screen = await flow.submit(
        screen, couriers=["Post"], residents=["person.ada"], unit="3B", another=True
    )
    assert screen.step == "home"
    # Nobody would be left for another one.
    assert screen.fields.keys() == {"residents", "unit"}
    await flow.submit(screen, residents=["person.bo"], unit="4A")
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    residents = entry.get_subentries_of_type("resident")
    assert [each.data["unit"] for each in residents] == ["3B", "4A"]
    assert len(entry.get_subentries_of_type("courier")) == 1


async def test_one_household_has_no_other_homes(
    hass: HomeAssistant, flow: FrontEnd
) -> None:
    person(hass)
    person(hass, "bo", "u-2")
    screen = await flow.submit(await flow.add(), **BUILDING | {"household": "one"})
    assert screen.fields.keys() == {"couriers", "residents", "unit"}


async def test_without_accounts_only_couriers_are_asked_for(flow: FrontEnd) -> None:
    screen = await flow.submit(await flow.add(), **BUILDING)
    assert screen.fields.keys() == {"couriers"}


async def test_home_that_looks_like_the_first_one_is_refused(
    hass: HomeAssistant, flow: FrontEnd
) -> None:
    person(hass)
    person(hass, "bo", "u-2")
    screen = await flow.submit(await flow.add(), **BUILDING)
    home = {"residents": ["person.ada"], "unit": "3B"}
    screen = await flow.submit(screen, **home, another=True)
    for unit in ("3 B", "3\N{CYRILLIC CAPITAL LETTER VE}"):
        screen = await flow.submit(screen, residents=["person.bo"], unit=unit)
        assert screen.errors == {"unit": "unit_similar"}


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"residents": ["person.ada"]}, {"unit": "unit_blank"}),
        ({"residents": ["person.ada"], "unit": "3" * 33}, {"unit": "unit_long"}),
        ({"unit": "3B"}, {"residents": "no_resident"}),
    ],
)
async def test_half_a_home_is_refused_and_kept(
    hass: HomeAssistant,
    flow: FrontEnd,
    answers: dict[str, Any],
    errors: dict[str, str],
) -> None:
    person(hass)
    screen = await flow.submit(await flow.add(), **BUILDING)
    screen = await flow.submit(screen, couriers=["Post"], **answers)
    assert screen.errors == errors
    assert screen.value("couriers") == ["Post"]
    assert {name: screen.value(name) for name in answers} == answers


async def test_several_buildings_can_be_added(
    hass: HomeAssistant, flow: FrontEnd, building: MockConfigEntry
) -> None:
    screen = await flow.submit(await flow.add(), **BUILDING)
    assert (await flow.submit(screen)).type is FlowResultType.CREATE_ENTRY
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
    screen = await flow.submit(
        await flow.add(), **BUILDING | {"name": name, "household": "one"}
    )
    assert screen.errors == {"name": error}
    assert screen.value("household") == "one"
    assert (await flow.submit(screen, name="Rue Haute 9")).step == "people"
    assert len(hass.config_entries.async_entries(DOMAIN)) == 1


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
    # Without residents, there is no first home to name.
    screen = await flow.change_building(building)
    screen = await flow.submit(screen, household="several")
    assert screen.reason == "reconfigure_successful"
    assert building.data == {"household": "several"}


async def test_retention_can_be_set_up_to_ninety_days(
    flow: FrontEnd, building: MockConfigEntry
) -> None:
    assert (await flow.configure(building)).options == [
        "responsible",
        "hours",
        "time_zone",
        "retention",
        "residents",
        "lobby",
        "consent_form",
        "fleet",
        "remove",
    ]
    screen = await flow.choose("retention")
    assert screen.value("retention_days") == 30
    for days in (6, 91):
        with pytest.raises(InvalidData):
            await flow.submit(screen, retention_days=days)
    screen = await flow.submit(screen, retention_days=90)
    assert screen.type is FlowResultType.CREATE_ENTRY
    assert building.options == {
        "retention_days": 90,
        "log_months": 12,
        "proof_days": 365,
    }

    await flow.configure(building)
    assert (await flow.choose("retention")).value("retention_days") == 90


async def test_log_can_be_kept_for_three_to_thirty_six_months(
    flow: FrontEnd, building: MockConfigEntry
) -> None:
    await flow.configure(building)
    screen = await flow.choose("retention")
    assert screen.value("log_months") == 12
    for months in (2, 37):
        with pytest.raises(InvalidData):
            await flow.submit(screen, log_months=months)
    await flow.submit(screen, log_months=36)
    assert building.options["log_months"] == 36


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
