"""Contact events in an entry's lifecycle."""

from homeassistant.core import Context

from custom_components.courier_access.doors.openers import Position
from tests.support.door_parts import Bolt, FrontDoor, MakeDoor


async def test_contact_opening_and_closing_is_emitted_once(door: FrontDoor) -> None:
    await door.enter()
    door.set_contact("on")
    assert door.steps() == ["contact_opened"]
    await door.pass_time(2)
    for state in ("off", "on", "off"):
        door.set_contact(state)
    await door.pass_time(3)
    assert door.steps() == ["contact_opened", "contact_closed", "relocked", "completed"]


async def test_early_contact_opening_is_emitted(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    entering = door.start_entering()
    await door.settle()
    door.set_contact("on")
    bolt.move(locked=False)
    await entering
    assert door.steps() == ["contact_opened"]


async def test_open_door_is_locked_once_closed(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    door.set_contact("on")
    await door.pass_time(55)
    door.set_contact("off")
    await door.pass_time(0)
    assert bolt.names == ["unlock"]
    door.set_contact("on")  # opened again
    await door.pass_time(1)
    assert bolt.names == ["unlock"]
    door.set_contact("off")
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps() == ["contact_opened", "contact_closed", "relocked", "completed"]


async def test_silent_contact_delays_no_locking(door: FrontDoor, bolt: Bolt) -> None:
    for number, state in enumerate(("unavailable", "unknown")):
        door.set_contact("off")
        bolt.commands.clear()
        await door.enter(f"e{number}")
        door.set_contact("on")
        await door.pass_time(5)
        door.set_contact(state)
        await door.pass_time(0)
        assert bolt.names == ["unlock", "lock"], state
        steps = door.steps(f"e{number}")
        assert steps == ["contact_opened", "relocked", "completed"], state


async def test_never_opened_needs_a_contact_that_read_closed_throughout(
    make_door: MakeDoor, door: FrontDoor
) -> None:
    without = await make_door()  # the demo door
    await without.enter()
    for number, states in enumerate((("on", "off"), ("unavailable", "on", "off"))):
        if len(states) == 2:
            door.set_contact(states[0])
        await door.enter(f"e{number}")
        for state in states:
            door.set_contact(state)
        await door.pass_time(5)
        assert door.steps(f"e{number}") == ["relocked", "completed"], states
    assert without.steps() == ["relocked", "completed"]


async def test_door_open_for_a_minute_is_left_open(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    await door.pass_time(59)
    assert door.steps() == ["contact_opened"]
    await door.pass_time(1)
    assert door.steps() == ["contact_opened", "left_open"]
    await door.pass_time(3600)
    assert bolt.names == ["unlock"]
    door.set_contact("off")
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps() == [
        "contact_opened",
        "left_open",
        "contact_closed",
        "relocked",
        "completed",
    ]


async def test_left_open_is_emitted_once_per_entry(door: FrontDoor) -> None:
    await door.enter("e1")
    door.set_contact("on")
    await door.pass_time(5)
    await door.pass_time(60)
    await door.enter("e2", "DHL")
    await door.pass_time(5)
    await door.pass_time(60)
    assert door.steps("e1") == ["contact_opened", "left_open"]
    assert door.steps("e2") == ["left_open"]


async def test_closed_door_is_never_left_open(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    bolt.obeys = False
    for _ in range(12):
        await door.pass_time(10)
    assert door.steps() == []


async def test_locked_open_door_completes_closed(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    door.set_contact("on")
    bolt.move(locked=True)
    assert door.done == ["e1"]
    assert door.steps() == ["contact_opened", "relocked"]
    door.set_contact("off")
    assert door.steps() == ["contact_opened", "relocked", "contact_closed", "completed"]


async def test_open_door_is_left_open_whether_it_was_locked_before_or_after(
    door: FrontDoor, bolt: Bolt
) -> None:
    door_open = ["contact_opened", "relocked", "left_open", "completed"]
    await door.enter("e1")
    door.set_contact("on")
    bolt.move(locked=True)
    await door.pass_time(65)
    assert door.steps("e1") == door_open
    assert bolt.names == ["unlock"]

    door.set_contact("off")
    await door.enter("e2")
    door.set_contact("on")
    await door.pass_time(5)
    await door.pass_time(60)
    bolt.move(locked=True)
    assert sorted(door.steps("e2")) == sorted(door_open)
    assert door.steps("e2")[1:3] == ["left_open", "relocked"]


async def test_button_entry_completes_when_door_closes(button_door: FrontDoor) -> None:
    door = button_door
    door.set_contact("off")
    await door.enter()
    door.set_contact("on")
    await door.pass_time(5)
    assert door.steps() == ["contact_opened"]
    assert door.done == ["e1"]
    assert door.shows(Position.LOCKED)
    door.set_contact("off")
    assert door.steps() == ["contact_opened", "contact_closed", "completed"]


async def test_completed_entry_emits_no_contacts(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    door.set_contact("on")
    bolt.move(locked=True)
    bolt.move(locked=False, context=Context())
    door.set_contact("off")
    assert door.steps() == ["contact_opened", "relocked", "completed"]
