"""What the contact sensor adds to the story."""

from homeassistant.core import Context, HomeAssistant
import pytest

from custom_components.courier_access.doors.driver import LifecycleStep, Position
from tests.support.door_parts import Bolt, FrontDoor, MakeDoor


async def test_a_leaf_that_opens_and_closes_is_told(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    assert door.stories() == [LifecycleStep.CONTACT_OPENED]
    await door.pass_time(2)
    door.set_contact("off")
    assert door.stories() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.CONTACT_CLOSED,
    ]
    door.set_contact("on")  # whoever it is, it is not told again
    door.set_contact("off")
    await door.pass_time(3)
    assert door.stories() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.CONTACT_CLOSED,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]


async def test_a_leaf_that_opens_before_the_bolt_reports_is_told(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    entering = door.begin_to_enter()
    await door.settle()
    door.set_contact("on")
    bolt.move(locked=False)
    await entering
    assert door.stories() == [LifecycleStep.CONTACT_OPENED]


async def test_no_bolt_is_thrown_while_the_leaf_stands_open(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    await door.pass_time(50)
    assert bolt.names == ["unlock"]
    door.set_contact("off")
    await door.pass_time(0)
    assert bolt.names == ["unlock"]  # the leaf comes to rest first
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.CONTACT_CLOSED,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]


async def test_a_leaf_that_opens_again_at_once_is_waited_for_again(
    door: FrontDoor, bolt: Bolt
) -> None:
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
async def test_a_contact_that_falls_silent_does_not_keep_the_door_unlocked(
    door: FrontDoor, bolt: Bolt, state: str
) -> None:
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    door.set_contact(state)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]


async def test_a_contact_that_returns_is_no_opening(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("unavailable")
    door.set_contact("on")
    assert door.stories() == []
    door.set_contact("off")
    await door.pass_time(5)
    # Nobody knows what happened meanwhile: it is not said that the door was never opened.
    assert door.stories() == [LifecycleStep.RELOCKED, LifecycleStep.COMPLETED]


async def test_a_door_without_a_contact_is_never_said_not_to_have_been_opened(
    hass: HomeAssistant, make_door: MakeDoor, bolt: Bolt
) -> None:
    door = await make_door(bolt)
    await door.enter()
    await door.pass_time(5)
    assert door.stories() == [LifecycleStep.RELOCKED, LifecycleStep.COMPLETED]


async def test_a_leaf_that_stood_open_before_is_not_the_couriers_opening(
    door: FrontDoor, bolt: Bolt
) -> None:
    door.set_contact("on")
    await door.enter()
    door.set_contact("off")
    await door.pass_time(5)
    assert door.stories() == [LifecycleStep.RELOCKED, LifecycleStep.COMPLETED]


async def test_a_leaf_that_stands_open_60_seconds_after_the_deadline_is_left_open(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    await door.pass_time(59)
    assert door.stories() == [LifecycleStep.CONTACT_OPENED]
    await door.pass_time(1)
    assert door.stories() == [LifecycleStep.CONTACT_OPENED, LifecycleStep.LEFT_OPEN]
    await door.pass_time(3600)
    assert bolt.names == ["unlock"]
    door.set_contact("off")
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.LEFT_OPEN,
        LifecycleStep.CONTACT_CLOSED,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]


async def test_left_open_is_told_once_an_entry(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter("e1")
    door.set_contact("on")
    await door.pass_time(5)
    await door.pass_time(60)
    await door.enter("e2", "DHL")
    await door.pass_time(5)
    await door.pass_time(60)
    assert door.stories("e1") == [LifecycleStep.CONTACT_OPENED, LifecycleStep.LEFT_OPEN]
    assert door.stories("e2") == [LifecycleStep.LEFT_OPEN]


async def test_a_shut_leaf_is_not_left_open_when_locking_takes_long(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    bolt.obeys = False
    for _ in range(12):
        await door.pass_time(10)
    assert door.stories() == []


async def test_a_bolt_thrown_against_an_open_leaf_leaves_the_story_to_the_leaf(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    bolt.move(locked=True)
    assert door.done == ["e1"]
    assert door.stories() == [LifecycleStep.CONTACT_OPENED, LifecycleStep.RELOCKED]
    door.set_contact("off")
    assert door.stories() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.RELOCKED,
        LifecycleStep.CONTACT_CLOSED,
        LifecycleStep.COMPLETED,
    ]


async def test_a_leaf_that_still_stands_open_behind_a_thrown_bolt_is_left_open(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    bolt.move(locked=True)
    await door.pass_time(65)
    assert door.stories() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.RELOCKED,
        LifecycleStep.LEFT_OPEN,
        LifecycleStep.COMPLETED,
    ]
    assert bolt.names == ["unlock"]


async def test_a_bolt_thrown_after_the_leaf_was_left_open_ends_the_story(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    await door.pass_time(60)
    bolt.move(locked=True)
    assert door.stories()[-3:] == [
        LifecycleStep.LEFT_OPEN,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]


async def test_the_story_of_a_button_waits_for_the_leaf(
    hass: HomeAssistant, button_door: FrontDoor
) -> None:
    door = button_door
    door.set_contact("off")
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    assert door.stories() == [LifecycleStep.CONTACT_OPENED]
    assert door.done == ["e1"]
    assert door.shows(Position.LOCKED)
    door.set_contact("off")
    assert door.stories() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.CONTACT_CLOSED,
        LifecycleStep.COMPLETED,
    ]


async def test_a_leaf_used_by_hand_afterwards_is_nobodys_business(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    bolt.move(locked=True)
    bolt.move(locked=False, context=Context())
    door.set_contact("off")
    assert door.stories() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]
