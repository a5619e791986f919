"""Test that a failed setup leaves nothing behind."""

import threading

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components import courier_access
from custom_components.courier_access import lock
from custom_components.courier_access.building.building import Building
from custom_components.courier_access.building.ledger_health import RecreatedLedger
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.notifications.dispatcher import Dispatcher
from tests.support.house import House, courier, door, pass_time, resident


def threads() -> list[threading.Thread]:
    return [
        thread for thread in threading.enumerate() if thread.name.startswith(DOMAIN)
    ]


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """A building that isn't set up yet."""
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
    [(Dispatcher, "async_start"), (Building, "_resume"), (lock, "async_setup_entry")],
    ids=["notifications", "what was left", "a platform"],
)
async def test_failed_setup_leaves_no_second_building(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    step: str,
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(owner, step, fail)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
    is_whole = (
        entry.state is ConfigEntryState.LOADED and entry.runtime_data.fault is None
    )
    assert len(threads()) == is_whole

    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()

    assert entry.state is ConfigEntryState.LOADED
    assert len(threads()) == 1
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert threads() == []


@pytest.mark.parametrize(
    ("owner", "step"),
    [(courier_access, "async_follow_backup"), (courier_access, "async_show_panel")],
)
async def test_late_failure_leaves_no_entity_and_is_tried_again(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
    owner: object,
    step: str,
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(owner, step, fail)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()

    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert "unforeseen" in caplog.text
    assert threads() == []
    door_state = hass.states.get("lock.lobby")
    assert door_state is None or door_state.state == "unavailable"

    await pass_time(hass, freezer, 60)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hass.states.is_state("lock.lobby", "locked")


async def test_change_during_setup_takes_effect(
    hass: HomeAssistant, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    resume = Building._resume

    async def rename_meanwhile(
        building: Building, lost: RecreatedLedger | None
    ) -> None:
        await resume(building, lost)
        if entry.title == "12 Elm Street":
            hass.config_entries.async_update_entry(entry, title="14 Elm Street")

    monkeypatch.setattr(Building, "_resume", rename_meanwhile)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()

    assert House(hass, entry).device().name == "14 Elm Street"
