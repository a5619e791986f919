"""Test that backups hold the ledgers, and never fail because of them."""

import asyncio
import threading
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access import backup
from custom_components.courier_access.building.backups import UNDER_WAY, Restore
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.files import Mark
from tests.ledger.parts import PATIENCE, note
from tests.support.house import House
from tests.support.rows import bodies


async def restores_of(house: House) -> int:
    return len(await bodies(house.building.ledger, "ledger.restored"))


async def test_ledger_is_held_during_a_backup_and_marked_after_it(
    hass: HomeAssistant, house: House
) -> None:
    path = ledger_path(hass, house.entry.entry_id)

    await backup.async_pre_backup(hass)
    await house.building.ledger.write(note)
    assert not await house.building.ledger.checkpoint()
    await backup.async_post_backup(hass)

    assert UNDER_WAY not in hass.data
    assert await house.building.ledger.checkpoint()
    newest = house.building.ledger.newest
    assert await hass.async_add_executor_job(Mark.read, path) == Mark.of(newest)


async def test_building_reloaded_during_a_backup_stays_held(
    hass: HomeAssistant, house: House
) -> None:
    await backup.async_pre_backup(hass)

    assert await hass.config_entries.async_reload(house.entry.entry_id)

    assert not await house.building.ledger.checkpoint()
    assert await restores_of(house) == 0
    await backup.async_post_backup(hass)
    assert await house.building.ledger.checkpoint()


@pytest.mark.parametrize("backups", [1, 2])
async def test_interrupted_backup_is_no_restore(
    hass: HomeAssistant, house: House, backups: int
) -> None:
    for _ in range(backups):
        await backup.async_pre_backup(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    hass.data.pop(UNDER_WAY)  # what a killed process forgets

    assert await hass.config_entries.async_setup(house.entry.entry_id)

    assert await restores_of(house) == 0
    assert house.building.host.answers_couriers


@pytest.mark.parametrize("has_ledger", [True, False])
async def test_backup_of_an_unloaded_building_is_logged_if_it_has_a_ledger(
    hass: HomeAssistant,
    house: House,
    caplog: pytest.LogCaptureFixture,
    has_ledger: bool,
) -> None:
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    if not has_ledger:
        path = ledger_path(hass, house.entry.entry_id)
        await hass.async_add_executor_job(path.unlink)

    await backup.async_pre_backup(hass)
    await backup.async_post_backup(hass)

    assert ("12 Elm Street is not loaded" in caplog.text) is has_ledger
    assert house.entry.state is ConfigEntryState.NOT_LOADED


async def test_failing_ledger_is_logged_and_does_not_fail_the_backup(
    hass: HomeAssistant, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.building.ledger.close()

    await backup.async_pre_backup(hass)
    await backup.async_post_backup(hass)

    assert "could not be readied for the backup" in caplog.text
    assert "is still held after the backup" in caplog.text


async def test_busy_ledger_does_not_delay_the_backup(
    hass: HomeAssistant,
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(backup, "WITHIN", 0.05)
    go_on = threading.Event()
    working = asyncio.create_task(
        house.building.ledger.read(lambda _: go_on.wait(PATIENCE)), eager_start=True
    )

    await backup.async_pre_backup(hass)

    assert "could not be readied for the backup" in caplog.text
    go_on.set()
    await working
    monkeypatch.undo()
    await backup.async_post_backup(hass)
    assert await house.building.ledger.checkpoint()


@pytest.mark.parametrize("hook", ["pre", "post"])
async def test_backup_that_begins_or_ends_during_setup_holds_or_releases_the_ledger(
    hass: HomeAssistant, house: House, monkeypatch: pytest.MonkeyPatch, hook: str
) -> None:
    if hook == "post":
        await backup.async_pre_backup(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    detect = Restore.detect

    async def meanwhile(self: Restore, *given: Any, **more: Any) -> None:
        await detect(self, *given, **more)
        await (backup.async_pre_backup if hook == "pre" else backup.async_post_backup)(
            hass
        )

    monkeypatch.setattr(Restore, "detect", meanwhile)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    assert house.building.ledger.holds_checkpoints is (hook == "pre")
