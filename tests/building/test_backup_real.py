"""Home Assistant's own backups of a building in which entries go on, and what they are when they are restored."""

import asyncio
from pathlib import Path
import shutil
import tarfile

from homeassistant.components.backup import async_get_manager
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.upkeep.restore import (
    marks_file,
    put_mark,
    read_mark,
)
from tests.support.house import House, Sender, build


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
    assert await async_setup_component(hass, "backup", {})
    built = await build(hass)
    await hass.async_block_till_done()
    return built


async def test_it_holds_a_ledger_that_is_whole_and_marked(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    house: House,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    sender = Sender(await hass_client_no_auth())
    assert (await sender.grant(max_entries=10)).body["decision"] == "accepted"

    tar = await back_up(hass, sender)

    elsewhere = tmp_path_factory.mktemp("restored")
    data = await hass.async_add_executor_job(extract, tar, elsewhere)
    copied = data / ledger_path(hass, house.entry.entry_id).name
    assert not marks_file(copied).exists()
    ledger = Ledger(copied)
    await ledger.open()
    try:
        verified = await ledger.verify()
        assert verified.intact
        assert verified.records >= 3
        assert await ledger.read(read_mark) is not None
    finally:
        await ledger.close()
    assert await house.building.ledger.read(read_mark) is None
    assert (await house.building.ledger.verify()).intact


async def test_restored_it_lets_nobody_in_until_consent_and_keys_are_confirmed(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    house: House,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=10)
    tar = await back_up(hass, sender)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    elsewhere = tmp_path_factory.mktemp("restored")

    def restore() -> None:
        data = extract(tar, elsewhere)
        path = ledger_path(hass, house.entry.entry_id)
        for old in path.parent.glob(f"{path.name}*"):
            old.unlink()
        for file in data.glob(f"{path.stem}*"):
            shutil.copy(file, path.parent)

    await hass.async_add_executor_job(restore)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    assert (await sender.enter()).status == 503
    assert house.building.rulebook.of("resident-ada").consent is Consent.NOT_GIVEN
    assert any("restored from a backup" in message for _, message in house.told)
    assert (await house.building.ledger.verify()).intact


async def test_the_owner_confirms_the_keys_by_the_repair(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    house: House,
) -> None:
    assert await async_setup_component(hass, "repairs", {})
    sender = Sender(await hass_client_no_auth())
    await house.building.ledger.write(
        lambda transaction: put_mark(transaction, "a backup's")
    )
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    assert (await sender.send("ping", {})).status == 503
    issue_id = f"ledger_restored_{house.entry.entry_id}"
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue_id) is not None
    owner = await hass_client()

    begun = await owner.post(
        "/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": issue_id}
    )
    form = await begun.json()
    assert (form["type"], form["step_id"]) == ("form", "confirm")
    done = await owner.post(f"/api/repairs/issues/fix/{form['flow_id']}", json={})

    assert (await done.json())["type"] == "create_entry"
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue_id) is None
    assert (await sender.send("ping", {})).status == 200
