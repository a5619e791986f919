"""Openers without a state, with an assumed state, or with a latch that opens unseen."""

from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component
import pytest

from custom_components.courier_access.access.model import Opening, Outcome
from custom_components.courier_access.const import Operation
from custom_components.courier_access.doors.openers import Position
from tests.support.door_parts import Bolt, FrontDoor, MakeDoor, seconds_from_now
from tests.support.nuki import NukiOpener


async def test_button_is_unconfirmed_and_shows_unlocked_for_unlock_time(
    button_door: FrontDoor,
) -> None:
    door = button_door
    shown: list[Position] = []
    door.driver.listen(lambda _context: shown.append(door.driver.position))
    assert door.shows(Position.LOCKED)
    opening = await door.enter()
    assert opening == Opening(
        Outcome.UNCONFIRMED,
        confirmed=False,
        unlocked_until=seconds_from_now(5),
        reads_locked=False,
    )
    assert door.shows(Position.UNLOCKED)
    assert door.driver.changed_by == "UPS"
    assert door.done == []
    await door.pass_time(5)
    assert door.shows(Position.LOCKED)
    assert shown[-2:] == [Position.UNLOCKED, Position.LOCKED]
    assert door.steps() == ["completed"]
    assert door.done == ["e1"]


async def test_unavailable_button_shows_unavailable_during_unlock_time(
    hass: HomeAssistant, button_door: FrontDoor
) -> None:
    door = button_door
    await door.enter()
    hass.states.async_set("button.front", "unavailable")
    assert door.shows(Position.UNAVAILABLE)
    await door.pass_time(5)
    assert door.steps() == ["completed"]


async def test_script_is_unconfirmed_at_once(
    hass: HomeAssistant, make_door: MakeDoor
) -> None:
    assert await async_setup_component(
        hass, "script", {"script": {"buzz": {"sequence": [{"delay": 30}]}}}
    )
    door = await make_door(opener="script.buzz")
    opening = await door.enter()
    assert opening.outcome is Outcome.UNCONFIRMED
    await door.pass_time(30)
    assert door.steps() == ["completed"]


async def test_removed_script_fails(hass: HomeAssistant, make_door: MakeDoor) -> None:
    hass.states.async_set("script.buzz", "off")
    door = await make_door(opener="script.buzz")
    opening = await door.enter()
    assert opening.outcome is Outcome.FAILED
    assert not opening.reads_locked
    assert door.shows(Position.LOCKED)
    await door.pass_time(68)
    assert door.steps() == ["completed"]


@pytest.fixture
async def assumed_door(make_door: MakeDoor, bolt: Bolt) -> FrontDoor:
    """A door whose bolt assumes its state."""
    bolt._attr_assumed_state = True
    return await make_door(bolt)


async def test_assumed_state_never_confirms_but_door_is_locked(
    assumed_door: FrontDoor, bolt: Bolt
) -> None:
    door = assumed_door
    opening = await door.enter()
    assert opening == Opening(
        Outcome.UNCONFIRMED,
        confirmed=False,
        unlocked_until=seconds_from_now(5),
        reads_locked=False,
    )
    assert door.driver.changed_by == "UPS"
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps() == ["relocked", "completed"]


async def test_assumed_state_is_locked_once(
    assumed_door: FrontDoor, bolt: Bolt
) -> None:
    door, context = assumed_door, Context()
    shown_in: list[Context] = []
    door.driver.listen(shown_in.append)
    bolt.obeys = False
    opening = await door.enter(context=context)
    assert not opening.reads_locked
    bolt.report()  # still assumed locked
    assert door.steps() == []
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps() == ["relocked", "completed"]
    assert all(each is context for each in shown_in)
    await door.pass_time(600)
    assert bolt.names == ["unlock", "lock"]


async def test_assumed_state_is_no_manual_use(
    assumed_door: FrontDoor, bolt: Bolt
) -> None:
    door = assumed_door
    bolt.obeys = False
    await door.enter()
    bolt.move(locked=False, context=Context())
    assert door.driver.changed_by == "UPS"
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock"]
    # The lock took the command, so nothing more can be known.
    assert door.steps() == ["relocked", "completed"]
    await door.pass_time(600)
    assert bolt.names == ["unlock", "lock"]


UNSEEN = Opening(
    Outcome.UNCONFIRMED, confirmed=False, unlocked_until=None, reads_locked=False
)


async def test_lock_that_reads_locked_throughout_may_have_opened_its_latch(
    hass: HomeAssistant, make_door: MakeDoor
) -> None:
    nuki = NukiOpener(hass)
    door = await make_door(opener=await nuki.install(hass), operation=Operation.OPEN)
    entering = door.start_entering()
    await hass.async_block_till_done()
    assert nuki.device.done == ["buzz"]
    nuki.poll()
    await door.pass_time(8)
    assert await entering == UNSEEN
    assert door.shows(Position.LOCKED)
    await door.pass_time(60)
    assert door.steps() == ["completed"]
    assert nuki.device.done == ["buzz"]


async def test_failed_command_may_have_opened_the_latch(
    hass: HomeAssistant, make_door: MakeDoor
) -> None:
    """A bridge that answers too late may have passed the command on."""
    nuki = NukiOpener(hass)
    nuki.device.is_reachable = False
    door = await make_door(opener=await nuki.install(hass), operation=Operation.OPEN)
    opening = await door.enter()
    assert (opening.outcome, opening.reads_locked) == (Outcome.FAILED, False)


async def test_ring_to_open_that_starts_while_a_latch_is_watched_is_turned_off(
    hass: HomeAssistant, make_door: MakeDoor
) -> None:
    nuki = NukiOpener(hass)
    door = await make_door(opener=await nuki.install(hass), operation=Operation.OPEN)
    entering = door.start_entering()
    await hass.async_block_till_done()
    await door.pass_time(8)
    await entering
    nuki.device.activate_rto()
    nuki.poll()
    assert door.shows(Position.UNLOCKED)
    assert door.steps() == ["late_unlock"]
    await door.pass_time(5)
    await hass.async_block_till_done()
    assert nuki.device.done == ["buzz", "ring to open", "no ring to open"]


async def test_latch_that_opens_late_is_locked_again(
    make_door: MakeDoor, bolt: Bolt
) -> None:
    door = await make_door(bolt, operation=Operation.OPEN)
    bolt.obeys = False
    assert await door.enter_unconfirmed() == UNSEEN
    bolt.obeys = True
    bolt.move(locked=False, opened=True)
    assert door.steps() == ["late_unlock"]
    await door.pass_time(5)
    assert bolt.names == ["open", "lock"]
