"""Lock entities stay through a building's own reload, and never longer than their building."""

import asyncio
from collections.abc import Callable
from typing import Any

from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_component import EntityComponent
import pytest

from custom_components import courier_access
from custom_components.courier_access import lock
from custom_components.courier_access.building.backups import BackupHold
from custom_components.courier_access.building.building import Building
from custom_components.courier_access.hass.reload import async_reload_soon
from tests.support.door_parts import BOLT, Bolt, install_bolt
from tests.support.house import (
    House,
    Sender,
    across_the_street,
    build,
    courier,
    door,
    resident,
    watch,
)

LOBBY = "lock.lobby"
UNLOCK = ("lock", "unlock", {"entity_id": LOBBY})


@pytest.fixture
async def bolt(hass: HomeAssistant) -> Bolt:
    bolt = Bolt()
    await install_bolt(hass, bolt)
    return bolt


@pytest.fixture
async def house(hass: HomeAssistant, bolt: Bolt) -> House:
    return await build(hass, door(opener=BOLT), courier(), resident())


def change(house: House, part: str, **changes: Any) -> None:
    """Change a part of the building, which then reloads itself."""
    house.hass.config_entries.async_update_subentry(
        house.entry, house.entry.subentries[part], **changes
    )


def meanwhile(house: House, act: Callable[[], None]) -> None:
    """Call something once, as soon as the building is unloaded."""

    def look() -> None:
        if house.entry.state is ConfigEntryState.NOT_LOADED:
            stop()
            act()

    stop = house.entry.async_on_state_change(look)


def platforms(hass: HomeAssistant, house: House) -> int:
    """Return how many platforms of locks Home Assistant has for the building."""
    component: EntityComponent[Any] = hass.data["lock"]
    return sum(key == house.entry.entry_id for key in component._platforms)


async def test_lock_stays_available_while_something_else_changes(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    former, locks = house.building, watch(hass, LOBBY)
    events = watch(hass, "event.lobby_courier")

    for title in ("Other Post", "Parcel Post"):
        change(house, "courier-parcel-post", title=title)
        await house.settle()

    assert house.building is not former
    assert "unavailable" in [state.state for state in events]
    assert locks == []
    await sender.grant()
    assert (await sender.enter()).body["outcome"] == "opened"
    await house.settle()
    assert locks[-1].state == "unlocked"
    assert locks[-1].attributes["changed_by"] == "Parcel Post"
    assert platforms(hass, house) == 1


async def test_residents_unlock_by_the_lock_during_a_reload_and_couriers_wait(
    hass: HomeAssistant, house: House, bolt: Bolt, sender: Sender
) -> None:
    await sender.grant()
    during: list[asyncio.Task[Any]] = []

    def come() -> None:
        during.append(hass.async_create_task(sender.enter(message_id="msg_during")))
        call = hass.services.async_call(*UNLOCK, blocking=True)
        during.append(hass.async_create_task(call))

    meanwhile(house, come)
    change(house, "courier-parcel-post", title="Other Post")
    await house.settle()

    answer, _ = [await task for task in during]
    assert (answer.status, answer.problem) == (503, "not_ready")
    assert bolt.names == ["unlock"]
    assert house.door_state() == "unlocked"


async def test_changed_door_has_a_new_lock(
    hass: HomeAssistant, house: House, bolt: Bolt
) -> None:
    locks = watch(hass, LOBBY)
    change(house, "door-lobby", title="Entrance")
    await house.settle()

    assert [state.state for state in locks] == ["unavailable", "locked"]
    assert locks[-1].attributes["friendly_name"] == "Entrance"

    data = dict(house.entry.subentries["door-lobby"].data)
    del data["opener"]
    change(house, "door-lobby", data={**data, "opener_kind": "demo"})
    await house.settle()
    await hass.services.async_call(*UNLOCK, blocking=True)
    await house.settle()
    assert bolt.names == []
    assert house.door_state() == "unlocked"


async def test_lock_that_is_missing_is_added_by_the_next_reload(
    hass: HomeAssistant, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    er.async_get(hass).async_remove(LOBBY)
    await house.settle()
    assert hass.states.get(LOBBY) is None
    change(house, "courier-parcel-post", title="Other Post")
    await house.settle()
    assert house.door_state() == "locked"

    with monkeypatch.context() as broken:
        broken.setattr(lock, "async_setup_entry", fail)
        assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert house.door_state() == "unavailable"
    change(house, "courier-parcel-post", title="Parcel Post")
    await house.settle()
    assert house.door_state() == "locked"


async def fail(*_: object) -> None:
    raise ArithmeticError("unforeseen")


@pytest.mark.parametrize(
    ("owner", "step"),
    [
        (courier_access, "async_start_building"),
        (courier_access, "async_show_panel"),
        (BackupHold, "catch_up"),
        (Building, "async_stop"),
    ],
)
async def test_failed_reload_leaves_no_lock(
    hass: HomeAssistant,
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    step: str,
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(owner, step, fail)
        async_reload_soon(hass, house.entry.entry_id)
        await house.settle()

    assert house.entry.state in (
        ConfigEntryState.SETUP_ERROR,
        ConfigEntryState.SETUP_RETRY,
        ConfigEntryState.FAILED_UNLOAD,
    )
    assert house.door_state() == "unavailable"
    assert platforms(hass, house) == 0
    if house.entry.state is not ConfigEntryState.FAILED_UNLOAD:
        await house.reload()
        assert house.door_state() == "locked"


async def test_building_disabled_during_its_reload_leaves_no_lock(
    hass: HomeAssistant, house: House
) -> None:
    entries, entry_id = hass.config_entries, house.entry.entry_id

    def disable() -> None:
        disabling = entries.async_set_disabled_by(entry_id, ConfigEntryDisabler.USER)
        hass.async_create_task(disabling)

    meanwhile(house, disable)
    async_reload_soon(hass, entry_id)
    await house.settle()

    assert house.entry.state is ConfigEntryState.NOT_LOADED
    state = hass.states.get(LOBBY)
    assert state is None or state.state == "unavailable"
    assert platforms(hass, house) == 0
    assert await entries.async_set_disabled_by(entry_id, None)
    await house.settle()
    assert platforms(hass, house) == 1


async def test_building_removed_during_its_reload_leaves_no_lock(
    hass: HomeAssistant, house: House
) -> None:
    entry_id = house.entry.entry_id

    def remove() -> None:
        hass.async_create_task(hass.config_entries.async_remove(entry_id))

    meanwhile(house, remove)
    async_reload_soon(hass, entry_id)
    await house.settle()

    assert hass.config_entries.async_get_entry(entry_id) is None
    assert hass.states.get(LOBBY) is None
    assert platforms(hass, house) == 0


async def test_unload_by_somebody_else_leaves_no_lock(
    hass: HomeAssistant, house: House
) -> None:
    async_reload_soon(hass, house.entry.entry_id)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    assert house.door_state() == "unavailable"
    assert platforms(hass, house) == 0
    await house.settle()
    assert house.door_state() == "locked"


async def test_task_from_a_reload_unloads_locks_later_and_those_of_other_buildings(
    hass: HomeAssistant, house: House
) -> None:
    other = await build(hass, *across_the_street(), title="14 Elm Street")
    reloaded = asyncio.Event()
    tasks: list[asyncio.Task[None]] = []

    async def unload() -> None:
        assert await hass.config_entries.async_unload(other.entry.entry_id)
        await reloaded.wait()
        assert await hass.config_entries.async_unload(house.entry.entry_id)

    meanwhile(house, lambda: tasks.append(asyncio.create_task(unload())))
    async_reload_soon(hass, house.entry.entry_id)
    await house.settle()

    assert other.door_state("lock.gate") == "unavailable"
    assert platforms(hass, other) == 0
    assert house.door_state() == "locked"
    reloaded.set()
    await tasks[0]
    assert house.door_state() == "unavailable"
    assert platforms(hass, house) == 0
