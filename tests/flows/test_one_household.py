"""A building of one household: no units, and the arrival of a second home."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN, SubentryType
from tests.support.house import House, Sender, build, courier, door, resident

from .front_end import FrontEnd, Screen
from .lists import HEADINGS, Lists
from .parts import PartFlow, person

FIRST = {"name": "Rue Haute 9", "household": "one", "door": "Front door"}


def units(entry: ConfigEntry) -> dict[str, str]:
    """Return the units of a building's residents by their names."""
    residents = entry.get_subentries_of_type(SubentryType.RESIDENT)
    return {each.title: each.data["unit"] for each in residents}


def has_several(house: House) -> bool:
    return house.building.several


class TestSetUp:
    """Add a building."""

    @pytest.fixture(autouse=True)
    def not_started(self) -> Iterator[None]:
        with patch(
            "custom_components.courier_access.async_setup_entry", return_value=True
        ):
            yield

    async def household(self, hass: HomeAssistant, **home: Any) -> Screen:
        person(hass, "ada", user_id="u-1")
        person(hass, "ben", user_id="u-2")
        flow = FrontEnd(hass, None, "")
        people = await flow.submit(await flow.add(), **FIRST | home)
        assert people.step == "people"
        return await flow.submit(people, residents=["person.ada", "person.ben"])

    async def test_one_household_needs_no_unit(self, hass: HomeAssistant) -> None:
        made = await self.household(hass)
        assert made.type is FlowResultType.CREATE_ENTRY
        [entry] = hass.config_entries.async_entries(DOMAIN)
        assert list(units(entry).values()) == ["Home", "Home"]

    async def test_unit_is_named_in_the_language_of_the_place(
        self, hass: HomeAssistant
    ) -> None:
        hass.config.language = "de"
        await self.household(hass)
        [entry] = hass.config_entries.async_entries(DOMAIN)
        assert {*units(entry).values()} == {"Zuhause"}

    async def test_several_households_need_a_unit(self, hass: HomeAssistant) -> None:
        screen = await self.household(hass, household="several")
        assert screen.errors == {"unit": "unit_blank"}


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """Ada and Ben live together, and decided on paper."""
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "Home"),
        resident("Ben", "Home"),
        household="one",
    )
    house.listen("Cleo")
    return house


async def add(house: House, **details: str) -> tuple[PartFlow, Screen]:
    """Submit the first form for a new resident."""
    flow = PartFlow(house.hass, house.entry, SubentryType.RESIDENT)
    return flow, await flow.submit(await flow.add(), **details)


async def finish(flow: PartFlow, screen: Screen) -> None:
    """Go through the rest of a resident's flow, without a paper."""
    await flow.submit(screen, notify_actions=["notify.cleo"])
    await flow.choose("no_paper")


def enabled(house: House) -> list[str]:
    """Return the residents' entities that are enabled."""
    entities = er.async_entries_for_config_entry(
        er.async_get(house.hass), house.entry.entry_id
    )
    return [
        each.entity_id
        for each in entities
        if each.config_subentry_id in house.building.residents and not each.disabled
    ]


async def test_flatmate_needs_no_unit(house: House) -> None:
    flow, screen = await add(house, name="Cleo")
    assert screen.step == "targets"
    assert screen.value("private_notifications") is False
    await finish(flow, screen)
    await house.settle()
    assert units(house.entry) == dict.fromkeys(("Ada", "Ben", "Cleo"), "Home")
    assert not has_several(house)
    assert enabled(house)


async def test_second_home_asks_for_the_first_ones_unit(house: House) -> None:
    flow, screen = await add(house, name="Cleo", unit="2A")
    assert (screen.step, screen.value("unit")) == ("second_home", "Home")
    assert screen.placeholders == {"unit": "2A"}
    for same, problem in (
        (" 2a", "unit_same"),
        ("2 A", "unit_similar"),
        (" ", "unit_blank"),
    ):
        screen = await flow.submit(screen, unit=same)
        assert screen.errors == {"unit": problem}
    screen = await flow.submit(screen, unit="1A")
    await house.settle()
    # Nothing is saved before the last step.
    assert units(house.entry) == {"Ada": "Home", "Ben": "Home"}
    assert not has_several(house)

    await finish(flow, screen)
    await house.settle()
    assert units(house.entry) == {"Ada": "1A", "Ben": "1A", "Cleo": "2A"}
    assert has_several(house)
    assert enabled(house) == []
    # Nobody consented for the other unit.
    assert all("paper" not in each.data for each in house.entry.subentries.values())
    undecided = house.building.rulebook.undecided
    assert undecided.keys() == house.building.residents.keys()


async def test_first_home_that_keeps_its_unit_keeps_its_decisions(
    house: House,
) -> None:
    flow, screen = await add(house, name="Cleo", unit="2A")
    await finish(flow, await flow.submit(screen))
    await house.settle()
    assert units(house.entry) == {"Ada": "Home", "Ben": "Home", "Cleo": "2A"}
    assert has_several(house)
    [cleo] = house.building.rulebook.undecided
    assert house.building.residents[cleo].name == "Cleo"


async def test_flatmate_who_gets_a_home_of_their_own_is_a_second_home(
    house: House,
) -> None:
    flow = PartFlow(house.hass, house.entry, SubentryType.RESIDENT)
    screen = await flow.change("resident-ben")
    screen = await flow.submit(screen, unit="2A")
    assert screen.step == "second_home"
    screen = await flow.submit(screen, unit="1A")
    await flow.submit(screen)
    await flow.choose("no_paper")
    await house.settle()
    assert units(house.entry) == {"Ada": "1A", "Ben": "2A"}
    assert has_several(house)


async def test_household_with_several_units_already_stays_as_it_is(
    hass: HomeAssistant,
) -> None:
    house = await build(
        hass, door(), resident("Ada", "1A"), resident("Ben", "2A"), household="one"
    )
    house.listen("Cleo")
    flow, screen = await add(house, name="Cleo", unit="3A")
    assert screen.step == "targets"
    assert screen.value("private_notifications") is True
    await finish(flow, screen)
    await house.settle()
    assert not has_several(house)
    assert enabled(house)
    assert not house.building.directory.is_one_home


async def test_building_that_gets_several_households_asks_for_the_first_ones_unit(
    house: House,
) -> None:
    flow = FrontEnd(house.hass, None, "")
    screen = await flow.change_building(house.entry)
    screen = await flow.submit(screen, name="Elm House", household="several")
    assert (screen.step, screen.value("unit")) == ("first_home", "Home")
    screen = await flow.submit(screen, unit=" ")
    assert screen.errors == {"unit": "unit_blank"}
    await house.settle()
    assert (house.entry.title, has_several(house)) == ("12 Elm Street", False)

    screen = await flow.submit(screen, unit="1A")
    await house.settle()
    assert (screen.type, screen.reason) == (
        FlowResultType.ABORT,
        "reconfigure_successful",
    )
    assert (house.entry.title, has_several(house)) == ("Elm House", True)
    assert {*units(house.entry).values()} == {"1A"}
    assert enabled(house) == []


async def test_list_with_a_second_home_makes_several_households(
    hass: HomeAssistant, lists: Lists, building: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(building, data={"household": "one"})
    await lists.take_in(f"{HEADINGS}\nAda,1A,notify.ada")
    assert building.data["household"] == "one"
    await lists.take_in(f"{HEADINGS}\nBen,2A,notify.ben")
    assert building.data["household"] == "several"
    assert units(building) == {"Ada": "1A", "Ben": "2A"}
    # Ada keeps what she had; neighbors can read along with somebody new.
    residents = building.get_subentries_of_type(SubentryType.RESIDENT)
    private = {each.title: each.data["private_notifications"] for each in residents}
    assert private == {"Ada": False, "Ben": True}


@pytest.mark.parametrize("household", ["one", "several"])
async def test_notifications_name_no_unit_to_the_only_household(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    household: str,
) -> None:
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), household=household
    )
    await Sender(await hass_client_no_auth()).grant()
    await house.settle()
    [(_, message)] = house.announced
    assert ("Unit 3B" in message) is (household == "several")
