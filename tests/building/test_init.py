"""Test a building from setup to removal."""

import asyncio
from contextlib import suppress
from pathlib import Path
import threading
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntries, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access import PLATFORMS
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.ledger.files import mark_of
from tests.support.house import (
    House,
    Sender,
    across_the_street,
    build,
    courier,
    door,
    resident,
)
from tests.support.verified import verified

ENTITIES = {
    "binary_sensor.12_elm_street_problem",
    "binary_sensor.lobby_delivery_expected",
    "calendar.12_elm_street_delivery_calendar",
    "event.lobby_courier",
    "lock.lobby",
    "switch.12_elm_street_courier_access",
}


def entities(hass: HomeAssistant, house: House) -> set[str]:
    registry = er.async_get(hass)
    return {
        entry.entity_id
        for entry in er.async_entries_for_config_entry(registry, house.entry.entry_id)
        if not entry.disabled
    }


def files(hass: HomeAssistant) -> set[str]:
    return {path.name for path in Path(hass.config.config_dir).glob("courier_access_*")}


def ledger_threads() -> list[str]:
    names = [thread.name for thread in threading.enumerate()]
    return [name for name in names if name.startswith("courier_access ")]


async def test_without_a_building_there_are_actions_only(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done()

    assert hass.services.async_services_for_domain(DOMAIN).keys() == {
        "check_access",
        "choose_erasure",
        "confirm_resident",
        "export_entries",
        "get_driver_visits",
        "get_entries",
        "get_grants",
        "get_rules",
        "issue_grant",
        "notify_recipients",
        "pause",
        "renew_link",
        "request_entry",
        "resume",
        "revoke_grant",
        "revoke_link",
        "set_rules",
        "verify_ledger",
        "veto_grant",
    }
    assert files(hass) == set()
    assert ledger_threads() == []


async def test_setup_creates_entities_and_a_ledger_for_its_owner_only(
    hass: HomeAssistant, house: House
) -> None:

    assert house.entry.state is ConfigEntryState.LOADED
    assert entities(hass, house) == ENTITIES
    states = {
        state.entity_id: state.state
        for state in hass.states.async_all()
        if state.domain
        in ("binary_sensor", "calendar", "event", "lock", "sensor", "switch")
    }
    assert states == {
        "binary_sensor.12_elm_street_problem": "off",
        "binary_sensor.lobby_delivery_expected": "off",
        "calendar.12_elm_street_delivery_calendar": "off",
        "event.lobby_courier": "unknown",
        "lock.lobby": "locked",
        "switch.12_elm_street_courier_access": "on",
    }
    ledger = ledger_path(hass, house.entry.entry_id)
    assert ledger.stat().st_mode & 0o777 == 0o600


async def test_unloading_leaves_the_ledger(hass: HomeAssistant, house: House) -> None:
    assert len(ledger_threads()) == 1

    assert await hass.config_entries.async_unload(house.entry.entry_id)

    for entity_id in ENTITIES:
        state = hass.states.get(entity_id)
        assert state is not None
        assert state.state == "unavailable"
    assert ledger_threads() == []
    path = ledger_path(hass, house.entry.entry_id)
    assert files(hass) == {path.name, mark_of(path).name}


def _followed(hass: HomeAssistant) -> dict[str, Any]:
    """Return what Home Assistant calls, keeps open, or waits for on behalf of the integration."""
    ledgers = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # it was closed meanwhile
            ledgers.append(link.readlink().name)
    ledgers = [name for name in ledgers if name.startswith("courier_access_")]
    tasks = [
        task.get_name()
        for task in asyncio.all_tasks()
        if DOMAIN in task.get_name() and not task.done()
    ]
    return {
        "listeners": {
            event: count for event, count in hass.bus.async_listeners().items() if count
        },
        "ledgers": ledgers,
        "tasks": tasks,
        "threads": ledger_threads(),
    }


async def test_unloading_ends_what_the_building_follows_and_keeps_open(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, house: House, sender: Sender
) -> None:
    """A door goes on, to be locked in time; everything else belongs to the loaded building.

    Time stands still: Home Assistant itself follows its stop until it has written what changed, some seconds later.
    """
    assert _followed(hass)["ledgers"]
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await hass.async_block_till_done()
    unloaded = _followed(hass)
    assert (unloaded["ledgers"], unloaded["tasks"], unloaded["threads"]) == ([], [], [])

    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    await sender.grant()
    assert (await sender.enter()).body["decision"] == "admitted"
    loaded = _followed(hass)
    assert loaded != unloaded
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await hass.async_block_till_done()

    assert _followed(hass) == unloaded
    assert (await sender.enter()).status == 503
    assert house.entry.update_listeners == []


async def test_building_unloads_when_its_work_ends(hass: HomeAssistant) -> None:
    building = (await build(hass)).building
    last_word = hass.loop.create_future()

    async def work() -> None:
        await last_word

    building.host.run(work(), "work")

    async def stop() -> None:
        await last_word
        # The work is done, and its task not yet forgotten: to wait for it must let the loop go on.
        await building.async_close_to_couriers()

    stopping = asyncio.create_task(stop())
    await asyncio.sleep(0)
    last_word.set_result(None)

    await stopping


async def test_building_that_cannot_be_unloaded_admits_nobody(
    hass: HomeAssistant, house: House, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sender.grant()

    async def refuses(*_: object) -> bool:
        return False

    monkeypatch.setattr(ConfigEntries, "async_unload_platforms", refuses)
    assert not await hass.config_entries.async_unload(house.entry.entry_id)

    assert house.entry.state is ConfigEntryState.FAILED_UNLOAD
    answer = await sender.enter()
    assert (answer.status, answer.problem) == (503, "not_ready")
    assert house.door_state() == "locked"
    monkeypatch.undo()
    assert await hass.config_entries.async_unload_platforms(house.entry, PLATFORMS)


async def test_building_that_cannot_be_unloaded_can_be_removed(
    hass: HomeAssistant, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    unload_platforms = ConfigEntries.async_unload_platforms

    async def unloads_and_says_otherwise(*args: Any) -> bool:
        await unload_platforms(*args)
        return False

    monkeypatch.setattr(
        ConfigEntries, "async_unload_platforms", unloads_and_says_otherwise
    )

    await hass.config_entries.async_remove(house.entry.entry_id)

    assert files(hass) == set()
    assert ledger_threads() == []


async def test_setup_canceled_among_the_platforms_leaves_no_ledger_open(
    hass: HomeAssistant, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await hass.config_entries.async_unload(house.entry.entry_id)

    async def breaks_off(*_: object) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(ConfigEntries, "async_forward_entry_setups", breaks_off)
    assert not await hass.config_entries.async_setup(house.entry.entry_id)

    assert house.entry.state is ConfigEntryState.SETUP_ERROR
    assert ledger_threads() == []


async def test_reload_keeps_grants_rules_and_pauses(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    await sender.grant()
    switch = {"entity_id": "switch.12_elm_street_courier_access"}
    await hass.services.async_call("switch", "turn_off", switch, blocking=True)

    assert await hass.config_entries.async_reload(house.entry.entry_id)

    assert (await sender.enter()).body["reason"] == "paused"
    assert house.building.rulebook.of("resident-ada").consent == "given"
    assert (await verified(house.building.ledger)).intact
    await house.settle()


async def test_removed_building_leaves_no_ledger_devices_or_repairs(
    hass: HomeAssistant, house: House, hass_client_no_auth: ClientSessionGenerator
) -> None:
    other = await build(hass, *across_the_street(), title="14 Elm Street")
    await Sender(await hass_client_no_auth()).grant()
    for one in (house, other):
        ir.async_create_issue(
            hass,
            DOMAIN,
            f"resident_unreachable_{one.entry.entry_id}",
            data={"entry_id": one.entry.entry_id},
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key="resident_unreachable",
        )

    await hass.config_entries.async_remove(house.entry.entry_id)
    await hass.async_block_till_done()

    remaining = ledger_path(hass, other.entry.entry_id)
    assert {name.partition("-")[0] for name in files(hass)} == {
        remaining.name,
        mark_of(remaining).name,
    }
    assert len(ledger_threads()) == 1
    devices = dr.async_get(hass)
    assert dr.async_entries_for_config_entry(devices, house.entry.entry_id) == []
    assert len(dr.async_entries_for_config_entry(devices, other.entry.entry_id)) == 3
    assert entities(hass, house) == set()
    issues = {issue for domain, issue in ir.async_get(hass).issues if domain == DOMAIN}
    assert f"resident_unreachable_{other.entry.entry_id}" in issues
    assert not [issue for issue in issues if issue.endswith(house.entry.entry_id)]


async def test_building_with_damaged_ledger_can_be_removed(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(
        domain=DOMAIN, data={"household": "one"}, subentries_data=[door()]
    )
    entry.add_to_hass(hass)
    ledger_path(hass, entry.entry_id).write_text("this is no database at all " * 100)
    assert await async_setup_component(hass, DOMAIN, {})
    assert entry.state is ConfigEntryState.LOADED
    assert len([name for name in files(hass) if ".set-aside-" in name]) == 1

    await hass.config_entries.async_remove(entry.entry_id)

    assert files(hass) == set()


async def test_removed_door_and_resident_leave_no_entities_and_open_nothing(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(doors=("door-lobby", "door-garage")),
        resident(),
        resident("Cleo", "4A"),
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant(door="garage")
    await sender.grant("hers", units=("4A",), door="lobby")
    assert "lock.garage" in entities(hass, house)
    assert "switch.unit_4a_deliveries" in er.async_get(hass).entities

    for removed in ("door-garage", "resident-cleo"):
        hass.config_entries.async_remove_subentry(house.entry, removed)
        await house.settle()
        devices = dr.async_entries_for_config_entry(
            dr.async_get(hass), house.entry.entry_id
        )
        assert not [each for each in devices if (DOMAIN, removed) in each.identifiers]

    assert entities(hass, house) == ENTITIES
    assert "switch.unit_4a_deliveries" not in er.async_get(hass).entities
    assert (await sender.enter()).body["reason"] == "door_not_allowed"
    assert (await sender.enter("hers")).body["decision"] == "refused"
    assert (await sender.send("ping", {})).body["doors"] == ["lobby"]
    await house.settle()
