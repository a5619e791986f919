"""Contact events in an entry's lifecycle."""

from homeassistant.core import Context, HomeAssistant
import pytest

from custom_components.courier_access.doors.driver import LifecycleStep, Position
from tests.support.door_parts import Bolt, FrontDoor, MakeDoor


async def test_contact_opening_and_closing_is_emitted(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    assert door.steps() == [LifecycleStep.CONTACT_OPENED]
    await door.pass_time(2)
    door.set_contact("off")
    assert door.steps() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.CONTACT_CLOSED,
    ]
    door.set_contact("on")  # not emitted again
    door.set_contact("off")
    await door.pass_time(3)
    assert door.steps() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.CONTACT_CLOSED,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]


async def test_contact_opening_before_unlock_report_is_emitted(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    entering = door.start_entering()
    await door.settle()
    door.set_contact("on")
    bolt.move(locked=False)
    await entering
    assert door.steps() == [LifecycleStep.CONTACT_OPENED]


async def test_door_that_stands_open_is_not_locked(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    await door.pass_time(50)
    assert bolt.names == ["unlock"]
    door.set_contact("off")
    await door.pass_time(0)
    assert bolt.names == ["unlock"]  # the door settles first
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.CONTACT_CLOSED,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]


async def test_reopened_door_is_not_locked(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    door.set_contact("off")
    door.set_contact("on")
    await door.pass_time(1)
    assert bolt.names == ["unlock"]
    door.set_contact("off")
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]


@pytest.mark.parametrize("state", ["unavailable", "unknown"])
async def test_silent_contact_does_not_delay_locking(
    door: FrontDoor, bolt: Bolt, state: str
) -> None:
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    door.set_contact(state)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]


async def test_returning_contact_is_not_opening(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    door.set_contact("unavailable")
    door.set_contact("on")
    assert door.steps() == []
    door.set_contact("off")
    await door.pass_time(5)
    # It's unknown what happened meanwhile, so never_opened isn't emitted.
    assert door.steps() == [LifecycleStep.RELOCKED, LifecycleStep.COMPLETED]


async def test_door_without_contact_does_not_emit_never_opened(
    hass: HomeAssistant, make_door: MakeDoor, bolt: Bolt
) -> None:
    door = await make_door(bolt)
    await door.enter()
    await door.pass_time(5)
    assert door.steps() == [LifecycleStep.RELOCKED, LifecycleStep.COMPLETED]


async def test_door_open_before_entry_is_not_couriers_opening(
    door: FrontDoor, bolt: Bolt
) -> None:
    door.set_contact("on")
    await door.enter()
    door.set_contact("off")
    await door.pass_time(5)
    assert door.steps() == [LifecycleStep.RELOCKED, LifecycleStep.COMPLETED]


async def test_door_open_60_seconds_after_deadline_is_left_open(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    await door.pass_time(59)
    assert door.steps() == [LifecycleStep.CONTACT_OPENED]
    await door.pass_time(1)
    assert door.steps() == [LifecycleStep.CONTACT_OPENED, LifecycleStep.LEFT_OPEN]
    await door.pass_time(3600)
    assert bolt.names == ["unlock"]
    door.set_contact("off")
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.LEFT_OPEN,
        LifecycleStep.CONTACT_CLOSED,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]


async def test_left_open_is_emitted_once_per_entry(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter("e1")
    door.set_contact("on")
    await door.pass_time(5)
    await door.pass_time(60)
    await door.enter("e2", "DHL")
    await door.pass_time(5)
    await door.pass_time(60)
    assert door.steps("e1") == [LifecycleStep.CONTACT_OPENED, LifecycleStep.LEFT_OPEN]
    assert door.steps("e2") == [LifecycleStep.LEFT_OPEN]


async def test_closed_door_is_not_left_open_while_locking(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    bolt.obeys = False
    for _ in range(12):
        await door.pass_time(10)
    assert door.steps() == []


async def test_locked_but_open_door_completes_when_closed(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    bolt.move(locked=True)
    assert door.done == ["e1"]
    assert door.steps() == [LifecycleStep.CONTACT_OPENED, LifecycleStep.RELOCKED]
    door.set_contact("off")
    assert door.steps() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.RELOCKED,
        LifecycleStep.CONTACT_CLOSED,
        LifecycleStep.COMPLETED,
    ]


async def test_locked_but_open_door_is_left_open(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    door.set_contact("on")
    bolt.move(locked=True)
    await door.pass_time(65)
    assert door.steps() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.RELOCKED,
        LifecycleStep.LEFT_OPEN,
        LifecycleStep.COMPLETED,
    ]
    assert bolt.names == ["unlock"]


async def test_locking_after_left_open_completes_entry(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    await door.pass_time(60)
    bolt.move(locked=True)
    assert door.steps()[-3:] == [
        LifecycleStep.LEFT_OPEN,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]


async def test_button_entry_completes_when_door_closes(
    hass: HomeAssistant, button_door: FrontDoor
) -> None:
    door = button_door
    door.set_contact("off")
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    assert door.steps() == [LifecycleStep.CONTACT_OPENED]
    assert door.done == ["e1"]
    assert door.shows(Position.LOCKED)
    door.set_contact("off")
    assert door.steps() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.CONTACT_CLOSED,
        LifecycleStep.COMPLETED,
    ]


async def test_contact_changes_after_completion_emit_nothing(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    bolt.move(locked=True)
    bolt.move(locked=False, context=Context())
    door.set_contact("off")
    assert door.steps() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]
