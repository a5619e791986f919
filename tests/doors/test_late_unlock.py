"""Doors that unlock late."""

import asyncio
from typing import Any

from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.const import MAX_UNLOCK_SECONDS
from custom_components.courier_access.doors.commands import Stopped
from custom_components.courier_access.doors.openers import Position
from tests.support.door_parts import Bolt, FrontDoor, MakeDoor, seconds_from_now


@pytest.mark.parametrize("after", [0, 59])
@pytest.mark.parametrize("fails", [False, True])
async def test_late_unlock_is_emitted_and_locked(
    door: FrontDoor, bolt: Bolt, after: int, fails: bool
) -> None:
    if fails:
        bolt.raises = HomeAssistantError("timeout")
        await door.enter()
        bolt.raises = None
    else:
        bolt.obeys = False
        await door.enter_unconfirmed()
    await door.pass_time(after)
    bolt.move(locked=False, context=Context())
    assert door.steps() == ["late_unlock"]
    assert door.driver.changed_by == "UPS"
    bolt.obeys = True
    await door.pass_time(4)
    assert bolt.names == ["unlock"]
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps() == ["late_unlock", "relocked", "never_opened", "completed"]


async def test_unlock_after_watch_is_manual_use(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    await door.enter_unconfirmed()
    await door.pass_time(59)
    assert door.steps() == []
    await door.pass_time(1)
    assert door.steps() == ["never_opened", "completed"]
    assert door.done == ["e1"]
    bolt.move(locked=False, context=Context())
    await door.pass_time(600)
    assert bolt.names == ["unlock"]
    assert door.driver.changed_by is None


async def test_stop_while_door_may_unlock_late_leaves_it_unlocked(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    await door.enter_unconfirmed()
    bolt.reachable(False)
    door.driver.stop()
    assert door.steps() == ["left_unlocked"]


async def test_hanging_command_is_watched_until_minute_after_return(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.hangs, bolt.obeys = asyncio.Event(), False
    await door.enter_unconfirmed()
    await door.pass_time(3600)
    bolt.hangs.set()
    await door.settle()
    await door.pass_time(59)
    assert door.steps() == []
    await door.pass_time(1)
    assert door.steps() == ["never_opened", "completed"]
    assert bolt.names == ["unlock"]


async def test_next_entry_is_watched_during_hang(door: FrontDoor, bolt: Bolt) -> None:
    bolt.hangs, bolt.obeys = (first := asyncio.Event()), False
    await door.enter_unconfirmed("e1")
    bolt.hangs = None
    await door.enter_unconfirmed("e2")
    await door.pass_time(600)
    first.set()
    bolt.move(locked=False)
    bolt.obeys = True
    await door.pass_time(5)
    assert door.steps("e2")[0] == "late_unlock"
    assert bolt.names == ["unlock", "unlock", "lock"]


@pytest.mark.parametrize("is_reloaded", [False, True])
async def test_unlock_by_completed_entrys_command_is_locked(
    door: FrontDoor, bolt: Bolt, is_reloaded: bool
) -> None:
    bolt.hangs = first = asyncio.Event()
    await door.enter_unconfirmed("e1")
    bolt.hangs = None
    await door.enter("e2")
    await door.pass_time(5)
    assert door.steps("e2")[-1] == "completed"
    await door.pass_time(6)  # long enough for reports to lose the command's context
    first.set()
    await door.settle()
    assert door.shows(Position.UNLOCKED)
    if is_reloaded:
        await door.reload()
    await door.pass_time(5)
    assert bolt.names == ["unlock", "unlock", "lock", "lock"]
    assert door.shows(Position.LOCKED)


async def test_door_still_unlocking_for_earlier_entry_is_locked_after_next(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    entering = door.start_entering("e1")
    await door.settle()
    bolt.move(locked=True, unlocking=True)
    await door.pass_time(8)
    await entering
    bolt.obeys = True
    opening = await door.enter("e2")
    assert opening.unlocked_until == seconds_from_now(5)
    await door.pass_time(5)
    assert bolt.names == ["unlock", "unlock", "lock"]


async def test_watch_lasts_for_longest_unlock_time(
    make_door: MakeDoor, bolt: Bolt
) -> None:
    door = await make_door(bolt, unlock_seconds=MAX_UNLOCK_SECONDS)
    bolt.obeys = False
    await door.enter_unconfirmed()
    await door.pass_time(MAX_UNLOCK_SECONDS - 1)
    bolt.move(locked=False)
    assert door.steps() == ["late_unlock"]


async def test_manual_unlock_is_not_late_unlock(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    await door.enter_unconfirmed()
    bolt.obeys = True
    await door.driver.unlock_manually(Context())
    assert door.steps() == ["completed"]
    assert door.driver.changed_by is None
    await door.pass_time(600)
    assert bolt.names == ["unlock", "unlock"]


async def test_next_entry_takes_over_unlock(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    await door.enter_unconfirmed("e1")
    bolt.obeys = True
    await door.enter("e2", "DHL")
    assert door.steps("e1") == ["completed"]
    assert door.steps("e2") == []
    await door.pass_time(60)
    assert door.steps("e2") == ["relocked", "never_opened", "completed"]


async def test_stopped_entry_keeps_earlier_watch(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    await door.enter_unconfirmed("e1")
    with pytest.raises(Stopped):
        await door.enter("e2", still_allowed=lambda: Reason.PAUSED)
    bolt.move(locked=False)
    assert door.steps("e1") == ["late_unlock"]


async def test_door_returning_unlocked_after_watch_is_late_and_locked(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    await door.enter_unconfirmed()
    bolt.obeys = True
    bolt.reachable(False)
    await door.pass_time(80)
    assert door.steps() == []
    bolt._attr_is_locked = False
    bolt.reachable(True)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps()[:2] == ["late_unlock", "relocked"]


async def test_door_returning_unlocked_for_next_entry_is_not_late(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    await door.enter_unconfirmed("e1")
    bolt.reachable(False)
    await door.pass_time(80)
    bolt.reachable(True)
    bolt.obeys = True
    await door.enter("e2")
    bolt.report()
    assert "late_unlock" not in door.steps("e1")


@pytest.mark.parametrize("reads", [{"jammed": True}, {"locked": None}])
async def test_door_not_reading_locked_is_locked_in_doubt(
    door: FrontDoor, bolt: Bolt, reads: dict[str, Any]
) -> None:
    bolt.obeys = False
    entering = door.start_entering()
    await door.settle()
    bolt.move(**reads)
    await door.pass_time(8)
    await entering
    bolt.obeys = True
    await door.pass_time(60)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]
    assert "relocked" in door.steps()
    assert door.steps()[-1] == "completed"


async def test_failed_command_emits_no_contacts(door: FrontDoor, bolt: Bolt) -> None:
    bolt.raises = HomeAssistantError("no power")
    for entry, states in (("e1", ()), ("e2", ("on", "off"))):
        await door.enter(entry)
        for state in states:
            door.set_contact(state)
        await door.pass_time(68)
        assert door.steps(entry) == ["completed"], states
