"""Locking a door after an entry."""

import asyncio

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.access.model import Outcome
from custom_components.courier_access.doors.driver import LifecycleStep
from tests.support.door_parts import (
    Bolt,
    FrontDoor,
    MakeDoor,
    install_template,
    seconds_from_now,
    turn,
)


async def test_door_is_locked_at_deadline_with_entrys_context(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    context = Context()
    await door.enter(context=context)
    await door.pass_time(4)
    assert bolt.names == ["unlock"]
    await door.pass_time(1)
    assert bolt.commands == [("unlock", context), ("lock", context)]
    assert door.steps() == ["relocked", "never_opened", "completed"]
    assert all(event.context is context for event in door.events)
    assert all(event.door_id == "door-1" for event in door.events)
    assert {event.at for event in door.events} == {dt_util.utcnow()}
    assert door.done == ["e1"]
    assert door.driver.changed_by == "UPS"
    await door.pass_time(8)
    assert bolt.names == ["unlock", "lock"]
    assert "was not seen to lock" not in caplog.text


async def test_door_unlocked_before_stays_so(door: FrontDoor, bolt: Bolt) -> None:
    for entry, is_moving in (("e0", True), ("e1", False)):
        bolt.move(locked=False, unlocking=is_moving)
        opening = await door.enter(entry)
        assert (opening.outcome, opening.unlocked_until) == (Outcome.OPENED, None)
        assert door.done[-1] == entry  # no restart locks it either
        await door.pass_time(5)
        await door.pass_time(600)
        assert bolt.names == ["unlock"] * len(door.done)
        assert door.steps(entry) == ["never_opened", "completed"]
    assert door.done == ["e0", "e1"]


async def test_door_locked_manually_during_command_is_locked_again(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.move(locked=False)
    bolt.obeys = False
    entering = door.start_entering()
    await door.settle()
    bolt.move(locked=True)
    bolt.move(locked=False)
    opening = await entering
    assert opening.unlocked_until == seconds_from_now(5)
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock"]


async def test_door_locked_early_gets_no_command(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    bolt.move(locked=True)
    assert door.steps() == ["relocked", "never_opened", "completed"]
    assert door.done == ["e1"]
    assert door.driver.changed_by is None
    await door.pass_time(600)
    assert bolt.names == ["unlock"]


async def test_second_entry_extends_deadline(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter("e1")
    await door.pass_time(3)
    opening = await door.enter("e2", "DHL")
    assert opening.unlocked_until == seconds_from_now(5)
    assert door.driver.changed_by == "DHL"
    await door.pass_time(4)
    assert bolt.names == ["unlock", "unlock"]
    await door.pass_time(1)
    assert bolt.names == ["unlock", "unlock", "lock"]
    for entry in ("e1", "e2"):
        assert door.steps(entry) == ["relocked", "never_opened", "completed"]
    assert door.done == ["e1", "e2"]


async def test_second_entry_keeps_later_deadline(door: FrontDoor, bolt: Bolt) -> None:
    door.resume("e0", seconds_from_now(20), confirmed=True)
    bolt.move(locked=False)
    opening = await door.enter()
    assert opening.unlocked_until == seconds_from_now(20)
    await door.pass_time(19)
    assert bolt.names == ["unlock"]
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]


async def test_lock_command_waits_for_couriers(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter("e1")
    await door.pass_time(3)
    bolt.obeys = False
    entering = door.start_entering("e2", "DHL")
    await door.settle()
    await door.pass_time(3)  # e1's deadline passes meanwhile
    assert bolt.names == ["unlock", "unlock"]
    bolt.report()
    opening = await entering
    assert opening.unlocked_until == seconds_from_now(5)
    bolt.obeys = True
    await door.pass_time(5)
    assert bolt.names == ["unlock", "unlock", "lock"]
    assert door.steps("e1") == door.steps("e2")


async def test_unconfirmed_entry_extends_unlock(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter("e1")
    bolt.obeys = False
    opening = await door.enter_unconfirmed("e2", "DHL")
    assert opening.outcome is Outcome.UNCONFIRMED
    assert opening.unlocked_until == seconds_from_now(5)
    assert not opening.reads_locked
    assert door.driver.changed_by == "UPS"
    bolt.obeys = True
    await door.pass_time(5)
    assert bolt.names == ["unlock", "unlock", "lock"]
    assert door.done == ["e1", "e2"]


async def test_entry_waits_for_lock_command(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter("e1")
    bolt.hangs = asyncio.Event()
    await door.pass_time(5)
    entering = door.start_entering("e2", "DHL")
    await door.settle()
    assert bolt.names == ["unlock", "lock"]
    bolt.hangs.set()
    assert (await entering).outcome is Outcome.OPENED
    assert bolt.names == ["unlock", "lock", "unlock"]
    assert door.steps("e1") == ["relocked", "never_opened", "completed"]
    await door.pass_time(5)
    assert door.steps("e2") == ["relocked", "never_opened", "completed"]


async def test_locking_is_retried_with_growing_pauses_until_confirmed(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    await door.enter()
    bolt.obeys = False
    await door.pass_time(5)
    for tries, pause in enumerate((5, 15, 60, 300, 300), start=1):
        assert bolt.names.count("lock") == tries
        await door.pass_time(8)
        assert f"{door.driver.door.name} was not seen to lock" in caplog.text
        await door.pass_time(pause - 1)
        assert bolt.names.count("lock") == tries
        await door.pass_time(1)
    assert bolt.names.count("lock") == 6
    assert door.steps() == []
    assert door.done == []
    bolt.move(locked=True, context=Context())
    assert door.steps() == ["relocked", "never_opened", "completed"]
    assert door.done == ["e1"]
    assert door.driver.changed_by == "UPS"
    await door.pass_time(600)
    assert bolt.names.count("lock") == 6


@pytest.mark.parametrize("fault", ["fails", "hangs"])
async def test_failed_or_hanging_lock_command_is_retried(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    await door.enter()
    if fault == "fails":
        bolt.raises = HomeAssistantError("no power")
    else:
        bolt.hangs = asyncio.Event()
    await door.pass_time(5)
    if fault == "fails":
        assert "Front door could not be locked: no power" in caplog.text
    else:
        await door.pass_time(8)
    bolt.raises, bolt.hangs = None, None
    await door.pass_time(4)
    assert bolt.names == ["unlock", "lock"]
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock", "lock"]
    assert bolt.cancelled == ([] if fault == "fails" else ["lock"])
    assert door.steps() == ["relocked", "never_opened", "completed"]


async def test_returning_opener_is_locked_once(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    bolt.obeys = False
    await door.pass_time(5)
    bolt.reachable(False)
    bolt.reachable(True)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]


async def test_lock_command_failing_after_manual_use_is_not_retried(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    bolt.hangs = asyncio.Event()
    await door.pass_time(5)
    bolt.raises = HomeAssistantError("timeout")
    hangs, bolt.hangs = bolt.hangs, None
    bolt.move(locked=True)
    bolt.move(locked=False, context=Context())
    hangs.set()
    await door.settle()
    bolt.raises = None
    await door.pass_time(600)
    assert bolt.names == ["unlock", "lock"]


async def test_lock_command_failing_after_locked_changes_nothing(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    await door.enter()
    bolt.hangs = asyncio.Event()
    bolt.raises = HomeAssistantError("timeout")
    await door.pass_time(5)
    bolt.move(locked=True)
    bolt.hangs.set()
    await door.pass_time(600)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps()[-1] == "completed"
    assert "could not be locked" not in caplog.text


async def test_opener_unavailable_at_deadline_is_locked_on_return(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    await door.enter()
    bolt.reachable(False)
    await door.pass_time(2)
    bolt.reachable(True)
    await door.pass_time(2)
    assert bolt.names == ["unlock"]  # not before the deadline
    bolt.reachable(False)
    await door.pass_time(60)
    assert bolt.names == ["unlock"]
    assert "could not be locked" not in caplog.text
    assert door.done == []
    bolt.reachable(True)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]
    assert door.done == ["e1"]


async def test_opener_back_locked_gets_no_command(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    bolt.reachable(False)
    await door.pass_time(60)
    bolt._attr_is_locked = True
    bolt.reachable(True)
    await door.pass_time(5)
    assert bolt.names == ["unlock"]
    assert door.steps() == ["relocked", "never_opened", "completed"]


async def test_cover_that_may_not_close_stays_open(
    hass: HomeAssistant, make_door: MakeDoor
) -> None:
    reference = await install_template(
        hass,
        "cover",
        {"state": "{{ is_state('input_boolean.bolt', 'on') }}"}
        | {"open_cover": turn("on"), "close_cover": turn("off")},
    )
    door = await make_door(opener=reference)
    opening = await door.enter()
    assert opening.outcome is Outcome.OPENED
    assert opening.unlocked_until is None
    await door.pass_time(5)
    assert hass.states.is_state("input_boolean.bolt", "on")
    assert door.steps() == ["completed"]
    assert door.done == ["e1"]


async def test_late_report_leaves_door_locked(door: FrontDoor, bolt: Bolt) -> None:
    context = Context()
    await door.enter(context=context)
    bolt.move(locked=True)  # polled before the bolt moved
    bolt.move(locked=False)
    assert bolt.names == ["unlock"]
    await door.pass_time(5)
    assert bolt.commands == [("unlock", context), ("lock", context)]
    assert door.steps().count(LifecycleStep.COMPLETED) == 1


async def test_door_that_reads_locked_when_all_are_locked_up_gets_one_command(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    await door.enter_unconfirmed()
    door.driver.lock_up()
    await door.settle()
    assert bolt.names == ["unlock", "lock"]
    await door.pass_time(30)
    assert bolt.names == ["unlock", "lock"]
    assert not door.driver.is_lock_pending
