"""A set-up that fails half-way leaves nothing behind, and what changes meanwhile is taken in."""

import threading

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components import courier_access
from custom_components.courier_access import lock
from custom_components.courier_access.building.backups import BackupHold
from custom_components.courier_access.building.building import Building
from custom_components.courier_access.building.recovery import RecreatedLedger
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.notifications.dispatcher import Dispatcher
from tests.support.house import build, courier, door, resident


def threads() -> list[threading.Thread]:
    return [
        thread for thread in threading.enumerate() if thread.name.startswith(DOMAIN)
    ]


def added(hass: HomeAssistant) -> MockConfigEntry:
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="12 Elm Street",
        data={"household": "several"},
        subentries_data=[door(), courier(), resident()],
    )
    entry.add_to_hass(hass)
    return entry


async def fail(*_: object) -> None:
    raise ArithmeticError("unforeseen")


@pytest.mark.parametrize(
    ("owner", "step"),
    [(Dispatcher, "async_start"), (Building, "_take_up"), (lock, "async_setup_entry")],
    ids=["notifications", "what was left", "a platform"],
)
async def test_a_set_up_that_fails_leaves_no_second_building_behind(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, owner: object, step: str
) -> None:
    entry = added(hass)
    with monkeypatch.context() as broken:
        broken.setattr(owner, step, fail)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
    before = len(threads())
    is_whole = (
        entry.state is ConfigEntryState.LOADED and entry.runtime_data.fault is None
    )

    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()

    assert entry.state is ConfigEntryState.LOADED
    assert len(threads()) == 1
    assert before == (1 if is_whole else 0)
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert threads() == []


@pytest.mark.parametrize(
    ("owner", "step"), [(BackupHold, "catch_up"), (courier_access, "async_show_panel")]
)
async def test_a_late_failure_leaves_no_entity_behind(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, owner: object, step: str
) -> None:
    entry = added(hass)
    with monkeypatch.context() as broken:
        broken.setattr(owner, step, fail)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()

    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert threads() == []
    door_state = hass.states.get("lock.lobby")
    assert door_state is None or door_state.state == "unavailable"

    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    door_state = hass.states.get("lock.lobby")
    assert door_state is not None
    assert door_state.state == "locked"


async def test_a_change_made_during_set_up_is_taken_in(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = added(hass)
    take_up = Building._take_up

    async def rename_meanwhile(
        building: Building, lost: RecreatedLedger | None, *, had_ledger: bool
    ) -> None:
        await take_up(building, lost, had_ledger=had_ledger)
        if entry.title == "12 Elm Street":
            hass.config_entries.async_update_entry(entry, title="14 Elm Street")

    monkeypatch.setattr(Building, "_take_up", rename_meanwhile)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()

    building: Building = entry.runtime_data
    device = dr.async_get(hass).async_get(building.device_id)
    assert device is not None
    assert device.name == "14 Elm Street"


async def test_removing_a_building_ends_its_work_and_its_record(
    hass: HomeAssistant,
) -> None:
    house = await build(hass)

    await hass.config_entries.async_remove(house.entry.entry_id)
    await hass.async_block_till_done()

    assert threads() == []
