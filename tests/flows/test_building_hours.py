"""The building's hours."""

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.access.hours import (
    ALWAYS_OPEN,
    FORM_FIELDS,
    Hours,
    WeekSchedule,
)
from custom_components.courier_access.residents.directory import Directory

from .front_end import FrontEnd, Screen

pytestmark = pytest.mark.usefixtures("building_not_started")

MORNINGS = {"monday": [{"from": "08:00:00", "to": "12:00:00"}]}


async def hours_step(
    hass: HomeAssistant, building: MockConfigEntry
) -> tuple[FrontEnd, Screen]:
    flow = FrontEnd(hass, None, "")
    await flow.configure(building)
    return flow, await flow.choose("hours")


def open_times(hass: HomeAssistant, building: MockConfigEntry) -> Hours:
    return Directory.read(hass, building).building_hours


async def test_building_has_no_hours_by_default(
    hass: HomeAssistant, building: MockConfigEntry
) -> None:
    assert open_times(hass, building) == ALWAYS_OPEN
    flow, screen = await hours_step(hass, building)
    assert {name: screen.value(name) for name in screen.fields} == dict.fromkeys(
        FORM_FIELDS
    )

    assert (await flow.submit(screen)).type is FlowResultType.CREATE_ENTRY

    assert building.options == {}
    assert open_times(hass, building) == ALWAYS_OPEN


async def test_hours_are_saved_beside_other_options(
    hass: HomeAssistant, building: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(building, options={"retention_days": 7})
    flow, screen = await hours_step(hass, building)
    await flow.submit(screen, every_day="8h-12h", saturday="22:00-6:00")

    assert building.options["retention_days"] == 7
    week = WeekSchedule.from_mapping(building.options["building_hours"])
    assert building.options["building_hours"] == week.to_mapping()
    assert week.to_mapping()["saturday"] == [
        {"from": "08:00:00", "to": "12:00:00"},
        {"from": "22:00:00", "to": "24:00:00"},
    ]
    assert open_times(hass, building) == Hours(week)
    _, screen = await hours_step(hass, building)
    assert screen.value("saturday") == "08:00-12:00, 22:00-24:00"
    assert screen.value("sunday") == "00:00-06:00, 08:00-12:00"


async def test_cleared_hours_are_removed(
    hass: HomeAssistant, building: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(
        building, options={"building_hours": MORNINGS}
    )
    flow, screen = await hours_step(hass, building)
    assert screen.value("monday") == "08:00-12:00"

    await flow.submit(screen, monday=None)

    assert building.options == {}


async def test_hours_stay_when_name_and_household_change(
    hass: HomeAssistant, building: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(
        building, options={"building_hours": MORNINGS}
    )
    flow = FrontEnd(hass, None, "")
    await flow.submit(
        await flow.change_building(building), name="Rue Basse 1", household="one"
    )

    assert building.title == "Rue Basse 1"
    assert building.data == {"household": "one"}
    assert building.options == {"building_hours": MORNINGS}


async def test_all_invalid_hours_show_errors_at_once(
    hass: HomeAssistant, building: MockConfigEntry
) -> None:
    flow, screen = await hours_step(hass, building)
    answers = {
        "every_day": "8:00-8:00",
        "monday": "8-12",
        "friday": "noon, 9-9",
        "sunday": "1-2," * 49,
    }
    screen = await flow.submit(screen, **answers)

    assert screen.errors == {
        "every_day": "hours_empty",
        "friday": "hours_unreadable",
        "sunday": "hours_too_many",
    }
    assert {name: screen.value(name) for name in answers} == answers
    assert "building_hours" not in building.options


async def test_working_week_is_one_field(
    hass: HomeAssistant, building: MockConfigEntry
) -> None:
    flow, screen = await hours_step(hass, building)
    await flow.submit(screen, monday_to_friday="9am-5pm", saturday="09.00\u201312.00")
    _, screen = await hours_step(hass, building)
    held = {name: screen.value(name) for name in screen.fields}
    assert {name: text for name, text in held.items() if text} == {
        "monday_to_friday": "09:00-17:00",
        "saturday": "09:00-12:00",
    }
