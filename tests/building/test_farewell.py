"""Residents are notified when an administrator disables or removes their building."""

import asyncio
from pathlib import Path
import sqlite3

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.support.enqueued import enqueued
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    lose_ledger,
    pass_time,
    resident,
    until,
)

REMOVED = "removed Courier Access from your building"
DISABLED = "disabled Courier Access for your building"


@pytest.fixture
async def house(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> House:
    """Return a building where Ada lives in 3B and Cleo in 4A."""
    residents = resident("Ada", "3B"), resident("Cleo", "4A")
    return await build(hass, door(), courier(), *residents)


def hear(house: House, words: str) -> list[str]:
    """Return who got a notification with these words."""
    return sorted(name for name, message in house.told if words in message)


def fail(house: House, name: str) -> None:
    """Let a resident's service fail."""

    async def refuse(call: ServiceCall) -> None:
        raise HomeAssistantError("out of order")

    house.hass.services.async_register("notify", name.lower(), refuse)


async def disable(house: House, by: ConfigEntryDisabler | None) -> None:
    await house.hass.config_entries.async_set_disabled_by(house.entry.entry_id, by)
    await house.settle()


async def remove(house: House) -> Path:
    """Remove the building; return where its ledger was."""
    path = ledger_path(house.hass, house.entry.entry_id)
    await house.hass.config_entries.async_remove(house.entry.entry_id)
    await house.settle()
    return path


async def test_disabled_building_is_recorded_and_notified_once(house: House) -> None:
    await disable(house, ConfigEntryDisabler.USER)
    assert hear(house, DISABLED) == ["Ada", "Cleo"]

    await disable(house, None)
    await house.reload()

    assert hear(house, DISABLED) == ["Ada", "Cleo"]
    assert len(await enqueued(house, NotificationKind.BUILDING_DISABLED)) == 1


async def test_disabled_building_notifies_later_whom_it_did_not_reach(
    house: House,
) -> None:
    fail(house, "Cleo")
    await disable(house, ConfigEntryDisabler.USER)
    assert hear(house, DISABLED) == ["Ada"]

    house.listen("Cleo")
    await disable(house, None)

    assert hear(house, DISABLED) == ["Ada", "Cleo"]


async def test_building_without_ledger_can_be_disabled(house: House) -> None:
    await lose_ledger(house)
    await disable(house, ConfigEntryDisabler.USER)

    assert hear(house, DISABLED) == []
    assert house.entry.disabled_by is ConfigEntryDisabler.USER


async def test_building_whose_ledger_fails_can_be_disabled(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.building.ledger.close()
    await disable(house, ConfigEntryDisabler.USER)

    assert hear(house, DISABLED) == []
    assert "can't be notified of the disabled building" in caplog.text


async def test_removed_building_notifies_everybody_with_the_last_receipt(
    house: House,
) -> None:
    newest = house.building.ledger.newest
    assert newest is not None

    path = await remove(house)

    assert hear(house, REMOVED) == ["Ada", "Cleo"]
    assert hear(house, "Please check the door") == []
    for _, message in house.told:
        assert f"This is the last receipt. Receipt {newest.seq + 1} · " in message
    assert not list(path.parent.glob(f"{path.stem}*"))


async def test_building_that_is_removed_while_disabled_notifies_everybody(
    house: House,
) -> None:
    await disable(house, ConfigEntryDisabler.USER)

    await remove(house)

    assert hear(house, REMOVED) == ["Ada", "Cleo"]


async def test_entry_whose_notification_is_pending_is_notified_at_the_removal(
    house: House, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    fail(house, "Cleo")
    await sender.grant()
    assert (await sender.enter()).body["outcome"] == "opened"
    await house.settle()
    assert hear(house, "was let in") == ["Ada"]

    house.listen("Cleo")
    await remove(house)

    assert hear(house, "Parcel Post was let in at Lobby") == ["Ada", "Cleo"]
    assert hear(house, REMOVED) == ["Ada", "Cleo"]


async def test_notification_that_waits_to_be_combined_is_sent_at_the_removal(
    house: House,
) -> None:
    for name in ("One", "Two"):
        part = house.entry.subentries["door-lobby"]
        house.hass.config_entries.async_update_subentry(house.entry, part, title=name)
        await house.settle()
    assert hear(house, "“Two”") == []

    await remove(house)

    assert hear(house, "“Two”") == ["Ada", "Cleo"]


async def test_target_that_hangs_delays_the_removal_for_seconds_only(
    house: House, freezer: FrozenDateTimeFactory, caplog: pytest.LogCaptureFixture
) -> None:
    is_called = False

    async def hang(call: ServiceCall) -> None:
        nonlocal is_called
        is_called = True
        await asyncio.Event().wait()

    house.hass.services.async_register("notify", "cleo", hang)
    removing = asyncio.create_task(remove(house))
    await until(lambda: is_called)

    await pass_time(house.hass, freezer, 10)
    path = await removing

    assert hear(house, REMOVED) == ["Ada"]
    assert "weren't notified of the removed building in time" in caplog.text
    assert not path.exists()


async def test_building_without_ledger_is_removed_with_a_notification(
    house: House,
) -> None:
    await house.hass.config_entries.async_unload(house.entry.entry_id)
    path = ledger_path(house.hass, house.entry.entry_id)
    path.unlink()

    await remove(house)

    assert hear(house, REMOVED) == ["Ada", "Cleo"]
    assert hear(house, "Receipt") == []


async def test_building_with_unreadable_ledger_is_removed_with_a_notification(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.hass.config_entries.async_unload(house.entry.entry_id)
    path = ledger_path(house.hass, house.entry.entry_id)
    with sqlite3.connect(path) as ledger:
        ledger.execute("PRAGMA user_version = 77")
    ledger.close()

    await remove(house)

    assert hear(house, REMOVED) == ["Ada", "Cleo"]
    assert "can't be recorded" in caplog.text


async def test_files_are_deleted_though_a_resident_can_not_be_notified(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    def spoil(transaction: Transaction) -> None:
        transaction.conn.execute(
            "UPDATE residences SET addressed = '{}' WHERE resident_id = 'resident-ada'"
        )

    await house.building.ledger.write(spoil)

    path = await remove(house)

    assert hear(house, REMOVED) == ["Cleo"]
    assert "weren't notified of the removed building" in caplog.text
    assert not list(path.parent.glob(f"{path.stem}*"))


async def test_residents_are_notified_though_the_ledger_makes_no_sense(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    def spoil(transaction: Transaction) -> None:
        transaction.conn.execute("UPDATE residences SET login = 'nowhere'")

    await house.building.ledger.write(spoil)

    path = await remove(house)

    assert hear(house, REMOVED) == ["Ada", "Cleo"]
    assert hear(house, "Receipt") == []
    assert "can't be recorded" in caplog.text
    assert not list(path.parent.glob(f"{path.stem}*"))


async def test_building_that_can_not_be_read_can_be_removed(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.hass.config_entries.async_unload(house.entry.entry_id)
    path = ledger_path(house.hass, house.entry.entry_id)
    path.unlink()
    part = house.entry.subentries["resident-ada"]
    house.hass.config_entries.async_update_subentry(house.entry, part, data={})

    await remove(house)

    assert hear(house, REMOVED) == []
    assert "weren't notified of the removed building" in caplog.text
    assert not list(path.parent.glob(f"{path.stem}*"))


async def test_building_that_never_had_residents_can_be_removed(
    hass: HomeAssistant,
) -> None:
    house = await build(hass, door(), courier())
    path = await remove(house)

    assert house.told == []
    assert not path.exists()
