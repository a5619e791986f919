"""Doors that a building returns and borrows again, perhaps with other settings."""

from homeassistant.core import HomeAssistant

from custom_components.courier_access.access.model import Door
from custom_components.courier_access.const import Operation
from custom_components.courier_access.doors.driver import LifecycleStep
from tests.support.door_parts import CONTACT, Bolt, FrontDoor, MakeDoor

OTHER_CONTACT = "binary_sensor.other_leaf"


async def test_returned_door_goes_on_and_its_reports_are_kept_in_order(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.reports.attach(None)
    door.set_contact("on")
    door.set_contact("off")
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock"]
    assert (door.steps(), door.done) == ([], [])
    door.reports.attach(door)
    assert door.steps() == [
        LifecycleStep.CONTACT_OPENED,
        LifecycleStep.CONTACT_CLOSED,
        LifecycleStep.RELOCKED,
        LifecycleStep.COMPLETED,
    ]
    assert door.done == ["e1"]


async def test_reload_interrupts_neither_deadline_nor_lifecycle(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    await door.pass_time(4)
    await door.reload()
    assert bolt.names == ["unlock"]
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert list(door.events[-1].steps) == [
        LifecycleStep.RELOCKED,
        LifecycleStep.NEVER_OPENED,
        LifecycleStep.COMPLETED,
    ]


async def test_entry_that_needs_no_locking_is_completed_when_door_is_returned(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.move(locked=False)
    await door.enter()
    assert (door.steps(), door.done) == ([], ["e1"])
    await door.reload()
    assert door.steps() == [LifecycleStep.COMPLETED]


async def test_door_is_locked_once_it_has_another_contact(
    hass: HomeAssistant, door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.set_contact("on")
    await door.pass_time(30)
    assert bolt.names == ["unlock"]
    hass.states.async_set(OTHER_CONTACT, "off")
    await door.reload(contact=OTHER_CONTACT)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]


async def test_another_contact_that_reads_open_is_no_opening_and_holds_the_door(
    hass: HomeAssistant, door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    hass.states.async_set(OTHER_CONTACT, "on")
    await door.reload(contact=OTHER_CONTACT)
    hass.states.async_set(CONTACT, "unavailable")
    await door.pass_time(5)
    assert (bolt.names, door.steps()) == (["unlock"], [])
    hass.states.async_set(OTHER_CONTACT, "off")
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps() == [LifecycleStep.RELOCKED, LifecycleStep.COMPLETED]


async def test_shorter_unlock_time_shortens_a_long_deadline(
    make_door: MakeDoor, bolt: Bolt
) -> None:
    door = await make_door(bolt, unlock_seconds=60)
    await door.enter()
    await door.reload(unlock_seconds=5)
    await door.pass_time(20)
    assert bolt.names == ["unlock"]
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]


async def test_next_command_takes_changed_settings(door: FrontDoor, bolt: Bolt) -> None:
    await door.reload(operation=Operation.OPEN, unlock_seconds=7)
    await door.enter()
    await door.pass_time(6)
    assert bolt.names == ["open"]
    await door.pass_time(1)
    assert bolt.names == ["open", "lock"]


async def test_another_door_of_the_opener_does_not_name_the_courier(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter("e1")
    await door.pass_time(5)
    bolt.obeys = False
    await door.enter_unconfirmed("e2")
    await door.reload(Door("door-2", "back", "Back door"))
    assert door.driver.changed_by is None
    bolt.move(locked=False)
    assert door.steps("e2") == [LifecycleStep.LATE_UNLOCK]
    assert door.driver.changed_by is None
