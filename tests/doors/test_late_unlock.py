"""A door that unlocks after all."""

import asyncio
from typing import Any

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.doors.driver import (
    LifecycleStep,
    Position,
    Stopped,
)
from tests.support.door_parts import Bolt, FrontDoor, MakeDoor, seconds_from_now


@pytest.mark.parametrize("after", [0, 59])
async def test_a_late_unlock_is_told_and_locked_again(
    door: FrontDoor, bolt: Bolt, after: int
) -> None:
    bolt.obeys = False
    await door.enter_in_vain()
    await door.pass_time(after)
    bolt.move(locked=False, context=Context())
    assert door.stories() == [LifecycleStep.LATE_UNLOCK]
    assert door.driver.changed_by == "UPS"
    bolt.obeys = True
    await door.pass_time(4)
    assert bolt.names == ["unlock"]
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories() == [
        LifecycleStep.LATE_UNLOCK,
        LifecycleStep.RELOCKED,
        LifecycleStep.NEVER_OPENED,
        LifecycleStep.COMPLETED,
    ]


async def test_a_failed_command_can_unlock_late_too(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.raises = HomeAssistantError("timeout")
    await door.enter()
    bolt.raises = None
    await door.pass_time(30)
    bolt.move(locked=False)
    await door.pass_time(5)
    assert door.stories() == [
        LifecycleStep.LATE_UNLOCK,
        LifecycleStep.RELOCKED,
        LifecycleStep.NEVER_OPENED,
        LifecycleStep.COMPLETED,
    ]


async def test_after_the_watch_an_unlock_is_not_the_couriers(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    await door.enter_in_vain()
    await door.pass_time(59)
    assert door.stories() == []
    await door.pass_time(1)
    assert door.stories() == [LifecycleStep.NEVER_OPENED, LifecycleStep.COMPLETED]
    assert door.done == ["e1"]
    bolt.move(locked=False, context=Context())
    await door.pass_time(600)
    assert bolt.names == ["unlock"]
    assert door.driver.changed_by is None


async def test_a_command_that_has_not_returned_is_watched_until_a_minute_after_it_has(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.hangs, bolt.obeys = asyncio.Event(), False
    await door.enter_in_vain()
    await door.pass_time(3600)
    bolt.hangs.set()
    await door.settle()
    await door.pass_time(59)
    assert door.stories() == []
    await door.pass_time(1)
    assert door.stories() == [LifecycleStep.NEVER_OPENED, LifecycleStep.COMPLETED]
    assert bolt.names == ["unlock"]


async def test_the_next_courier_is_watched_as_long_as_the_command_before_has_not_returned(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.hangs, bolt.obeys = (first := asyncio.Event()), False
    await door.enter_in_vain("e1")
    bolt.hangs = None
    await door.enter_in_vain("e2")
    await door.pass_time(600)
    first.set()
    bolt.move(locked=False)
    bolt.obeys = True
    await door.pass_time(5)
    assert door.stories("e2")[0] is LifecycleStep.LATE_UNLOCK
    assert bolt.names == ["unlock", "unlock", "lock"]


async def test_a_command_that_had_its_effect_after_its_entry_was_over_is_locked_behind(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.hangs = first = asyncio.Event()
    await door.enter_in_vain("e1")
    bolt.hangs = None
    await door.enter("e2")
    await door.pass_time(5)
    assert door.stories("e2")[-1] is LifecycleStep.COMPLETED
    await door.pass_time(
        6
    )  # long enough for reports not to bear the context of a command
    first.set()
    await door.settle()
    assert door.shows(Position.UNLOCKED)
    await door.pass_time(5)
    assert bolt.names == ["unlock", "unlock", "lock", "lock"]
    assert door.shows(Position.LOCKED)


async def test_an_unlock_after_its_entry_was_over_is_locked_behind_by_who_drives_the_door_next(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.hangs = first = asyncio.Event()
    await door.enter_in_vain("e1")
    bolt.hangs = None
    await door.enter("e2")
    await door.pass_time(11)
    first.set()
    await door.settle()
    left = door.driver.stop()
    assert [each.entry_id for each in left] == [None]
    door.driver.start()
    for each in left:
        door.driver.resume(each)
    await door.pass_time(5)
    assert bolt.names == ["unlock", "unlock", "lock", "lock"]


async def test_a_door_that_still_unlocks_for_the_courier_before_is_locked_behind_the_next(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    entering = door.begin_to_enter("e1")
    await door.settle()
    bolt.move(locked=True, unlocking=True)
    await door.pass_time(8)
    await entering
    bolt.obeys = True
    opening = await door.enter("e2")
    assert opening.unlocked_until == seconds_from_now(5)
    await door.pass_time(5)
    assert bolt.names == ["unlock", "unlock", "lock"]


async def test_a_long_unlock_time_is_watched_as_long(
    hass: HomeAssistant, make_door: MakeDoor, bolt: Bolt
) -> None:
    door = await make_door(bolt, unlock_seconds=90)
    bolt.obeys = False
    await door.enter_in_vain()
    await door.pass_time(89)
    bolt.move(locked=False)
    assert door.stories() == [LifecycleStep.LATE_UNLOCK]


async def test_an_unlock_by_hand_is_no_late_unlock(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    await door.enter_in_vain()
    bolt.obeys = True
    await door.driver.manual.unlock(Context())
    assert door.stories() == [LifecycleStep.COMPLETED]
    assert door.driver.changed_by is None
    await door.pass_time(600)
    assert bolt.names == ["unlock", "unlock"]


async def test_the_next_courier_takes_the_unlock_over(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    await door.enter_in_vain("e1")
    bolt.obeys = True
    await door.enter("e2", "DHL")
    assert door.stories("e1") == [LifecycleStep.COMPLETED]
    assert door.stories("e2") == []
    await door.pass_time(60)
    assert door.stories("e2") == [
        LifecycleStep.RELOCKED,
        LifecycleStep.NEVER_OPENED,
        LifecycleStep.COMPLETED,
    ]


async def test_a_stopped_courier_leaves_the_one_before_watched(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    await door.enter_in_vain("e1")
    with pytest.raises(Stopped):
        await door.enter("e2", still_allowed=lambda: Reason.PAUSED)
    bolt.move(locked=False)
    assert door.stories("e1") == [LifecycleStep.LATE_UNLOCK]


async def test_a_door_that_was_away_when_the_watch_ended_and_comes_back_unlocked_is_told_of_and_locked(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    await door.enter_in_vain()
    bolt.obeys = True
    bolt.reachable(False)
    await door.pass_time(80)
    assert door.stories() == []
    bolt._attr_is_locked = False
    bolt.reachable(True)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories()[:2] == [LifecycleStep.LATE_UNLOCK, LifecycleStep.RELOCKED]


async def test_a_door_that_comes_back_unlocked_for_the_next_courier_did_not_unlock_late(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    await door.enter_in_vain("e1")
    bolt.reachable(False)
    await door.pass_time(80)
    bolt.reachable(True)
    bolt.obeys = True
    await door.enter("e2")
    bolt.report()
    assert LifecycleStep.LATE_UNLOCK not in door.stories("e1")


@pytest.mark.parametrize("reads", [{"jammed": True}, {"locked": None}])
async def test_a_door_that_does_not_read_locked_in_the_end_is_locked_in_doubt(
    door: FrontDoor, bolt: Bolt, reads: dict[str, Any]
) -> None:
    bolt.obeys = False
    entering = door.begin_to_enter()
    await door.settle()
    bolt.move(**reads)
    await door.pass_time(8)
    await entering
    bolt.obeys = True
    await door.pass_time(60)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]
    assert LifecycleStep.RELOCKED in door.stories()
    assert door.stories()[-1] is LifecycleStep.COMPLETED


async def test_a_failed_command_does_not_say_that_nobody_came(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.raises = HomeAssistantError("no power")
    await door.enter()
    await door.pass_time(68)
    assert door.stories() == [LifecycleStep.COMPLETED]


async def test_who_comes_and_goes_after_a_failed_command_is_nobodys_business(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.raises = HomeAssistantError("no power")
    await door.enter()
    door.set_contact("on")
    door.set_contact("off")
    await door.pass_time(68)
    assert door.stories() == [LifecycleStep.COMPLETED]
