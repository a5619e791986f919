"""Test Home Assistant's own backups of a building while entries go on."""

import asyncio
from pathlib import Path
import shutil
import tarfile

from homeassistant.components.backup import async_get_manager
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.files import mark_of
from custom_components.courier_access.ledger.ledger import Ledger
from tests.support import fixing
from tests.support.house import House, Sender, build
from tests.support.verified import verified


async def back_up(hass: HomeAssistant, sender: Sender) -> Path:
    """Let Home Assistant make a backup while a courier comes again and again; return where it lies."""
    manager = async_get_manager(hass)
    made = asyncio.Event()

    async def come() -> int:
        came = 0
        while not made.is_set():
            assert (await sender.enter()).status == 200
            came += 1
        return came

    coming = asyncio.create_task(come())
    try:
        await manager.async_create_backup(
            agent_ids=["backup.local"],
            include_addons=None,
            include_all_addons=False,
            include_database=False,
            include_folders=None,
            include_homeassistant=True,
            name="nightly",
            password=None,
        )
    finally:
        made.set()
    assert await coming
    [tar] = await hass.async_add_executor_job(
        lambda: list(Path(hass.config.path("backups")).glob("*.tar"))
    )
    return tar


def extract(tar: Path, to: Path) -> Path:
    """Return the configuration that a backup holds."""
    with tarfile.open(tar) as outer:
        outer.extractall(to, filter="data")
    with tarfile.open(to / "homeassistant.tar.gz") as inner:
        inner.extractall(to, filter="data")
    return to / "data"


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """A building in a Home Assistant that makes backups."""
    for component in ("backup", "repairs"):
        assert await async_setup_component(hass, component, {})
    built = await build(hass)
    await hass.async_block_till_done()
    return built


async def test_backup_holds_a_whole_ledger_and_admits_nobody_once_restored(
    hass: HomeAssistant,
    house: House,
    sender: Sender,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    assert (await sender.grant(max_entries=10)).body["decision"] == "accepted"

    tar = await back_up(hass, sender)

    elsewhere = tmp_path_factory.mktemp("restored")
    data = await hass.async_add_executor_job(extract, tar, elsewhere)
    path = ledger_path(hass, house.entry.entry_id)
    # Opened as a copy of its own: to open it is to restore it.
    copied = elsewhere / path.name
    for file in data.glob(f"{path.stem}*"):
        shutil.copy(file, elsewhere)
    assert not mark_of(copied).exists()
    ledger = Ledger(copied)
    await ledger.open()
    try:
        found = await verified(ledger)
        assert found.intact
        assert found.records >= 3
    finally:
        await ledger.close()
    assert (await verified(house.building.ledger)).intact

    assert await hass.config_entries.async_unload(house.entry.entry_id)

    def restore() -> None:
        for old in path.parent.glob(f"{path.stem}*"):
            old.unlink()
        for file in data.glob(f"{path.stem}*"):
            shutil.copy(file, path.parent)

    await hass.async_add_executor_job(restore)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    assert (await sender.enter()).status == 503
    assert house.building.rulebook.of("resident-ada").consent is Consent.NOT_GIVEN
    assert any("restored from a backup" in message for _, message in house.told)
    assert (await verified(house.building.ledger)).intact


async def test_administrator_confirms_the_keys_through_the_repair_issue(
    hass: HomeAssistant,
    house: House,
    sender: Sender,
    hass_client: ClientSessionGenerator,
) -> None:
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    mark = mark_of(ledger_path(hass, house.entry.entry_id))
    await hass.async_add_executor_job(mark.unlink)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    assert (await sender.send("ping", {})).status == 503
    issue = fixing.shown(hass, "ledger_restored")
    assert issue is not None
    owner = await hass_client()

    form = await fixing.begin(owner, issue.issue_id)
    assert (form["type"], form["step_id"]) == ("form", "confirm")
    done = await fixing.confirm(owner, form)

    assert done["type"] == "create_entry"
    assert fixing.shown(hass, "ledger_restored") is None
    assert (await sender.send("ping", {})).status == 200
