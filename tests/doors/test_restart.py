"""Doors across restarts."""

from homeassistant.core import Context, HomeAssistant
import pytest

from custom_components.courier_access.access.model import Outcome
from custom_components.courier_access.doors.driver import LifecycleStep
from tests.support.door_parts import Bolt, FrontDoor, MakeDoor, seconds_from_now


async def test_door_past_deadline_is_locked_at_start(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.move(locked=False)
    context = Context()
    door.resume("e1", seconds_from_now(-3600), context, confirmed=True)
    await door.pass_time(0)
    assert bolt.commands == [("lock", context)]
    assert door.steps() == [LifecycleStep.RELOCKED, LifecycleStep.COMPLETED]
    assert door.done == ["e1"]


async def test_open_door_past_deadline_is_left_open_a_minute_after_start(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.move(locked=False)
    door.set_contact("on")
    door.resume("e1", seconds_from_now(-3600), confirmed=True)
    await door.pass_time(59)
    assert door.steps() == []
    await door.pass_time(1)
    assert door.steps() == [LifecycleStep.LEFT_OPEN]


async def test_door_before_deadline_is_locked_at_deadline(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.move(locked=False)
    door.resume("e1", seconds_from_now(4), confirmed=True)
    await door.pass_time(3)
    assert bolt.names == []
    await door.pass_time(1)
    assert bolt.names == ["lock"]


async def test_door_locked_after_restart_gets_no_command(
    door: FrontDoor, bolt: Bolt
) -> None:
    door.resume("e1", seconds_from_now(-1), confirmed=True)
    await door.pass_time(5)
    assert bolt.names == []
    assert door.steps() == [LifecycleStep.RELOCKED, LifecycleStep.COMPLETED]
    assert door.done == ["e1"]


async def test_late_unlock_after_restart_is_emitted_and_locked(
    door: FrontDoor, bolt: Bolt
) -> None:
    door.resume("e1", seconds_from_now(13), confirmed=False)  # 8 s after it
    await door.pass_time(67)
    assert door.steps() == []
    assert door.done == []
    bolt.move(locked=False)
    await door.pass_time(5)
    assert bolt.names == ["lock"]
    assert door.steps() == [
        LifecycleStep.LATE_UNLOCK,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]
    assert door.done == ["e1"]


async def test_late_unlock_during_restart_is_emitted_and_locked(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.move(locked=False)
    door.resume("e1", seconds_from_now(13), confirmed=False)
    assert door.steps() == [LifecycleStep.LATE_UNLOCK]
    bolt.report()
    await door.pass_time(13)
    assert bolt.names == ["lock"]
    assert door.steps() == [
        LifecycleStep.LATE_UNLOCK,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]


async def test_door_unlocked_after_crash_is_not_late(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.reachable(False)
    door.resume("e1", seconds_from_now(13), confirmed=False, cut_off=True)
    bolt._attr_is_locked = False
    bolt.reachable(True)
    await door.pass_time(13)
    assert bolt.names == ["lock"]
    assert LifecycleStep.LATE_UNLOCK not in door.steps()


async def test_assumed_state_after_restart_is_not_late_unlock(
    make_door: MakeDoor,
) -> None:
    door = await make_door(Bolt(locked=False, assumed=True))
    door.resume("e1", seconds_from_now(-1), confirmed=False)
    await door.pass_time(0)
    assert LifecycleStep.LATE_UNLOCK not in door.steps()


async def test_late_unlock_watch_ends_after_restart(
    door: FrontDoor, bolt: Bolt
) -> None:
    door.resume("e1", seconds_from_now(13), confirmed=False)
    door.resume("e2", seconds_from_now(-5), confirmed=False)
    await door.pass_time(67)
    assert door.events == []
    await door.pass_time(1)
    assert door.steps("e1") == door.steps("e2") == [LifecycleStep.COMPLETED]
    bolt.move(locked=False)
    await door.pass_time(600)
    assert bolt.names == []


async def test_old_command_is_not_watched_after_restart(
    door: FrontDoor, bolt: Bolt
) -> None:
    door.resume("e1", seconds_from_now(-3600), confirmed=False)
    await door.pass_time(0)
    assert door.steps() == [LifecycleStep.COMPLETED]
    assert door.done == ["e1"]
    assert bolt.names == []


async def test_late_unlock_is_seen_if_opener_starts_later(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.reachable(False)
    door.resume("e1", seconds_from_now(13), confirmed=False)
    await door.pass_time(20)
    bolt.reachable(True)
    await door.pass_time(20)
    assert door.done == []
    bolt.move(locked=False)
    await door.pass_time(5)
    assert bolt.names == ["lock"]
    assert door.steps() == [
        LifecycleStep.LATE_UNLOCK,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]


async def test_door_is_locked_once_its_opener_starts(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt._attr_is_locked = False
    bolt.reachable(False)
    door.resume("e1", seconds_from_now(-1), confirmed=True)
    await door.pass_time(30)
    assert door.done == []
    bolt.reachable(True)
    await door.pass_time(0)
    assert bolt.names == ["lock"]


async def test_report_does_not_hasten_retry_after_restart(
    make_door: MakeDoor, bolt: Bolt
) -> None:
    bolt._attr_is_locked = False
    door = await make_door(bolt)
    bolt.obeys = False
    door.resume("e1", seconds_from_now(-1), confirmed=True)
    await door.pass_time(0)
    await door.pass_time(8)
    bolt.report()
    await door.pass_time(0)
    assert bolt.names == ["lock"]
    await door.pass_time(5)
    assert bolt.names == ["lock", "lock"]


async def test_deadline_of_wrong_clock_is_capped(door: FrontDoor, bolt: Bolt) -> None:
    bolt.move(locked=False)
    door.resume("e1", seconds_from_now(86400), confirmed=True)
    await door.pass_time(21)
    assert bolt.names == ["lock"]


async def test_open_door_delays_locking_after_restart(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.move(locked=False)
    door.set_contact("on")
    door.resume("e1", seconds_from_now(-1), confirmed=True)
    await door.pass_time(60)
    assert bolt.names == []
    assert door.steps() == [LifecycleStep.LEFT_OPEN]
    door.set_contact("off")
    await door.pass_time(1)
    assert bolt.names == ["lock"]


async def test_button_gets_no_lock_command_after_restart(
    hass: HomeAssistant, button_door: FrontDoor
) -> None:
    door = button_door
    door.resume("e1", seconds_from_now(-1), confirmed=True)
    await door.pass_time(0)
    assert door.steps() == [LifecycleStep.COMPLETED]
    assert door.done == ["e1"]
    assert hass.states.is_state("input_boolean.bolt", "off")


async def test_stop_keeps_door_and_deadline(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    door.set_contact("on")
    door.driver.stop()
    await door.pass_time(600)
    bolt.move(locked=True)
    door.set_contact("off")
    assert bolt.names == ["unlock"]
    assert door.steps() == [LifecycleStep.CONTACT_OPENED, LifecycleStep.LEFT_UNLOCKED]
    assert door.done == []


async def test_stop_reports_an_unlocked_door_once_for_overlapping_entries(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter("e1")
    await door.enter("e2")
    door.driver.stop()
    assert door.steps("e1") == []
    assert door.steps("e2") == [LifecycleStep.LEFT_UNLOCKED]


async def test_stop_reports_no_door_that_was_unlocked_before(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.move(locked=False)
    await door.enter()
    door.driver.stop()
    assert door.steps() == []


async def test_stop_concludes_running_command(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    entering = door.start_entering()
    await door.settle()
    door.driver.stop()
    assert (await entering).outcome is Outcome.UNCONFIRMED
    assert door.events == []
    await door.pass_time(600)
    assert door.events == []
    assert door.done == []


async def test_canceled_caller_does_not_leave_door_unlocked(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    bolt.obeys = False
    entering = door.start_entering()
    await door.settle()
    entering.cancel()
    await door.settle()
    bolt.move(locked=False)
    bolt.obeys = True
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps() == [
        LifecycleStep.RELOCKED,
        LifecycleStep.NEVER_OPENED,
        LifecycleStep.COMPLETED,
    ]
    assert "InvalidStateError" not in caplog.text


@pytest.mark.parametrize(
    "left", [4, -30], ids=["before the deadline", "past the deadline"]
)
async def test_stale_report_does_not_end_deadline(
    door: FrontDoor, bolt: Bolt, left: float
) -> None:
    bolt.reachable(False)
    door.resume("e1", seconds_from_now(left), confirmed=True)
    bolt.reachable(True)
    await door.pass_time(1)
    assert door.done == []
    bolt.move(locked=False)
    await door.pass_time(4)
    assert bolt.names == ["lock"]
    assert door.steps() == [LifecycleStep.RELOCKED, LifecycleStep.COMPLETED]


async def test_stale_state_does_not_end_deadline(door: FrontDoor, bolt: Bolt) -> None:
    context = Context()
    door.resume("e1", seconds_from_now(-30), context, confirmed=True)
    await door.pass_time(1)
    bolt.move(locked=False)
    await door.pass_time(4)
    assert bolt.commands == [("lock", context)]
    assert door.done == ["e1"]


async def test_door_returning_locked_gets_no_command(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.reachable(False)
    door.resume("e1", seconds_from_now(-1), confirmed=True)
    await door.pass_time(30)
    bolt.reachable(True)
    await door.pass_time(5)
    assert bolt.names == []
    assert door.steps() == [LifecycleStep.RELOCKED, LifecycleStep.COMPLETED]
