"""Backups of Home Assistant hold and mark the ledgers, and never fail because of them."""

import asyncio
from pathlib import Path
import sqlite3
import threading
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from sqlalchemy import Connection

from custom_components.courier_access import backup
from custom_components.courier_access.building.backups import UNDER_WAY, Restore
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.upkeep.restore import (
    marks_file,
    noted_marks,
    read_mark,
)
from tests.ledger.parts import PATIENCE, note
from tests.support.house import House, build


async def mark_of(house: House) -> str | None:
    return await house.building.ledger.read(read_mark)


def kinds(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return [
            row[0]
            for row in connection.execute("SELECT kind FROM records ORDER BY seq")
        ]
    finally:
        connection.close()


async def restores_of(house: House) -> int:
    def count(conn: Connection) -> int:
        counted = conn.exec_driver_sql(
            "SELECT count(*) FROM records WHERE kind = 'ledger.restored'"
        ).scalar_one()
        return int(counted)

    return await house.building.ledger.read(count)


async def test_while_files_are_copied_the_ledger_is_marked_and_held(
    hass: HomeAssistant,
) -> None:
    house = await build(hass)
    path = ledger_path(hass, house.entry.entry_id)

    await backup.async_pre_backup(hass)
    mark = hass.data[UNDER_WAY]
    assert await mark_of(house) == mark
    assert mark in await hass.async_add_executor_job(noted_marks, path)
    await house.building.ledger.write(note)
    assert not await house.building.ledger.checkpoint()
    await backup.async_post_backup(hass)

    assert UNDER_WAY not in hass.data
    assert await mark_of(house) is None
    assert await house.building.ledger.checkpoint()
    assert not await hass.async_add_executor_job(marks_file(path).exists)


async def test_a_building_reloaded_meanwhile_stays_marked_and_held(
    hass: HomeAssistant,
) -> None:
    house = await build(hass)
    await backup.async_pre_backup(hass)

    assert await hass.config_entries.async_reload(house.entry.entry_id)

    assert await mark_of(house) == hass.data[UNDER_WAY]
    assert not await house.building.ledger.checkpoint()
    assert await restores_of(house) == 0
    await backup.async_post_backup(hass)
    assert await mark_of(house) is None
    assert await house.building.ledger.checkpoint()


async def test_killed_in_the_midst_of_a_backup_the_ledger_is_its_own_still(
    hass: HomeAssistant,
) -> None:
    house = await build(hass)
    await backup.async_pre_backup(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    hass.data.pop(UNDER_WAY)  # what a process that is killed forgets

    assert await hass.config_entries.async_setup(house.entry.entry_id)

    assert await restores_of(house) == 0
    assert await mark_of(house) is None
    assert house.building.answers_couriers


async def test_a_backup_that_was_cut_off_does_not_make_the_next_one_a_restore(
    hass: HomeAssistant,
) -> None:
    house = await build(hass)
    await backup.async_pre_backup(hass)
    await backup.async_pre_backup(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    hass.data.pop(UNDER_WAY)

    assert await hass.config_entries.async_setup(house.entry.entry_id)

    assert await restores_of(house) == 0


async def test_a_building_that_is_not_loaded_is_copied_and_the_log_says_what_that_lacks(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    house = await build(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)

    await backup.async_pre_backup(hass)
    await backup.async_post_backup(hass)

    assert "12 Elm Street is not loaded" in caplog.text
    assert house.entry.state is ConfigEntryState.NOT_LOADED


async def test_a_building_without_a_ledger_lacks_nothing(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    house = await build(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    path = ledger_path(hass, house.entry.entry_id)
    await hass.async_add_executor_job(path.unlink)

    await backup.async_pre_backup(hass)
    await backup.async_post_backup(hass)

    assert "not loaded" not in caplog.text


async def test_a_ledger_that_fails_neither_fails_a_backup_nor_hides_it(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    house = await build(hass)
    await house.building.ledger.close()

    await backup.async_pre_backup(hass)
    await backup.async_post_backup(hass)

    assert "could not be readied for the backup" in caplog.text
    assert "is still held after the backup" in caplog.text


async def test_a_ledger_at_work_for_too_long_does_not_keep_a_backup_waiting(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    house = await build(hass)
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
    assert await mark_of(house) is None
    assert await house.building.ledger.checkpoint()


async def test_a_mark_that_can_not_be_put_down_is_told_and_the_ledger_is_not_marked(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    house = await build(hass)
    path = ledger_path(hass, house.entry.entry_id)
    await hass.async_add_executor_job(marks_file(path).mkdir)

    await backup.async_pre_backup(hass)

    assert "no mark can be put down" in caplog.text
    assert await mark_of(house) is None
    await backup.async_post_backup(hass)


@pytest.mark.parametrize("hook", ["pre", "post"])
async def test_a_backup_that_begins_or_ends_while_a_building_is_loaded_holds_or_lets_go_its_ledger(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, hook: str
) -> None:
    house = await build(hass)
    if hook == "post":
        await backup.async_pre_backup(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    take_up = Restore.take_up

    async def meanwhile(self: Restore, *given: Any, **more: Any) -> None:
        await take_up(self, *given, **more)
        await (backup.async_pre_backup if hook == "pre" else backup.async_post_backup)(
            hass
        )

    monkeypatch.setattr(Restore, "take_up", meanwhile)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    assert house.building.ledger._held is (hook == "pre")
