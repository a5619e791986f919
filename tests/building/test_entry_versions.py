"""Test that a building set up by an earlier version loads with all that was set up."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.const import DOMAIN, MINOR_VERSION
from custom_components.courier_access.ledger.files import mark_of
from tests.support.house import ALWAYS, NEVER, build, courier, door, resident
from tests.support.rows import plant

HOURS = {**NEVER, "monday": ALWAYS["monday"]}


def named(part: Mapping[str, Any], *, without: str = "") -> Any:
    """Describe a part as version 1 stored it, with its name in the data, too."""
    data = {key: value for key, value in part["data"].items() if key != without}
    return {**part, "data": {"name": part["title"], **data}}


@pytest.fixture
def earlier(hass: HomeAssistant) -> MockConfigEntry:
    """A building as the first commits stored it."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="12 Elm Street",
        data={
            "household": "several",
            "building_hours": HOURS,
            "retention_days": 60,
            "lobby": {"page": True, "owner_contact": "Ada, 3B"},
        },
        subentries_data=[
            named(door(), without="close_cover"),
            named(courier()),
            named(resident()),
        ],
        version=1,
        minor_version=1,
    )
    entry.add_to_hass(hass)
    return entry


async def test_settings_and_parts_are_converted(
    hass: HomeAssistant, earlier: MockConfigEntry
) -> None:
    assert await hass.config_entries.async_setup(earlier.entry_id)
    await hass.async_block_till_done()

    assert earlier.minor_version == MINOR_VERSION
    assert earlier.data == {"household": "several"}
    assert earlier.options["building_hours"] == HOURS
    assert earlier.options["retention_days"] == 60
    assert earlier.options["lobby"] == {"page": True}
    assert earlier.options["responsible"] == {"owner_contact": "Ada, 3B"}
    assert not any("name" in part.data for part in earlier.subentries.values())
    assert earlier.subentries["door-lobby"].data["close_cover"] is False
    directory = earlier.runtime_data.directory
    assert not any(each.is_private for each in directory.addressees.values())
    assert list(directory.doorbells) == []
    assert [each.note for each in directory.doors.values()] == [""]
    assert directory.retention_days == 60
    assert [each.name for each in directory.couriers.values()] == ["Parcel Post"]


async def test_contact_of_the_lobby_notice_is_that_of_who_is_responsible(
    hass: HomeAssistant,
) -> None:
    """Version 5 asked for it in the form of the notice."""
    lobby = {"page": None, "language": "fr"}
    first = await build(hass)
    assert await hass.config_entries.async_unload(first.entry.entry_id)
    hass.config_entries.async_update_entry(
        first.entry,
        options={"lobby": {**lobby, "owner_contact": "Olive\n01 23"}},
        minor_version=5,
    )

    assert await hass.config_entries.async_setup(first.entry.entry_id)
    await first.settle()

    assert first.entry.options["lobby"] == lobby
    responsible = first.building.directory.responsible
    assert responsible is not None
    assert (responsible.name, responsible.lines) == ("", ["Olive", "01 23"])
    # It isn't complete: nobody has been named.
    issue = f"no_responsible_{first.entry.entry_id}"
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue) is not None


async def test_it_is_converted_once_and_not_loaded_twice(
    hass: HomeAssistant, earlier: MockConfigEntry
) -> None:
    assert await hass.config_entries.async_setup(earlier.entry_id)
    first = earlier.runtime_data
    await hass.async_block_till_done()
    assert earlier.runtime_data is first

    options = {**earlier.options, "retention_days": 30}
    hass.config_entries.async_update_entry(earlier, options=options)
    await hass.async_block_till_done()
    assert earlier.runtime_data is not first
    assert earlier.runtime_data.directory.retention_days == 30


async def test_version_is_raised_only_once_the_ledger_was_opened(
    hass: HomeAssistant, earlier: MockConfigEntry
) -> None:
    path = ledger_path(hass, earlier.entry_id)
    await hass.async_add_executor_job(path.mkdir)
    assert await hass.config_entries.async_setup(earlier.entry_id)
    assert earlier.minor_version == 1
    # Doors work, and what was set up is there.
    assert earlier.state is ConfigEntryState.LOADED
    assert earlier.options["retention_days"] == 60

    await hass.async_add_executor_job(path.rmdir)
    assert await hass.config_entries.async_reload(earlier.entry_id)
    await hass.async_block_till_done()
    assert earlier.minor_version == MINOR_VERSION


async def test_entry_of_a_newer_version_is_left_alone(
    hass: HomeAssistant, earlier: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(earlier, version=2)
    assert not await hass.config_entries.async_setup(earlier.entry_id)
    assert earlier.state is ConfigEntryState.MIGRATION_ERROR
    assert earlier.data["retention_days"] == 60


async def test_earlier_ledger_that_was_seen_newer_is_a_restored_one(
    hass: HomeAssistant, hass_storage: dict[str, Any], earlier: MockConfigEntry
) -> None:
    """The version before kept the newest record in storage."""
    hass_storage[f"{DOMAIN}.{earlier.entry_id}"] = {
        "version": 1,
        "data": {"seq": 77, "hash": "00" * 32},
    }
    assert await hass.config_entries.async_setup(earlier.entry_id)
    await hass.async_block_till_done()

    assert not earlier.runtime_data.host.answers_couriers
    issue = f"ledger_restored_{earlier.entry_id}"
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue) is not None
    assert f"{DOMAIN}.{earlier.entry_id}" not in hass_storage


@pytest.mark.parametrize("is_own", [True, False])
async def test_copy_that_an_earlier_version_marked_is_a_restored_one(
    hass: HomeAssistant, earlier: MockConfigEntry, is_own: bool
) -> None:
    assert await hass.config_entries.async_setup(earlier.entry_id)
    await hass.async_block_till_done()
    building, path = earlier.runtime_data, ledger_path(hass, earlier.entry_id)
    put = "INSERT INTO about (name, value) VALUES ('mark', 'of a backup')"
    await building.ledger.read(lambda conn: plant(conn, put))
    assert await hass.config_entries.async_unload(earlier.entry_id)
    await hass.async_add_executor_job(mark_of(path).unlink)
    marks = path.with_name(f"{path.stem}.marks.log")
    if is_own:
        await hass.async_add_executor_job(marks.write_text, "of a backup\n")
    hass.config_entries.async_update_entry(earlier, minor_version=1)

    assert await hass.config_entries.async_setup(earlier.entry_id)
    await hass.async_block_till_done()
    assert earlier.runtime_data.host.answers_couriers is is_own
    assert not await hass.async_add_executor_job(marks.exists)
