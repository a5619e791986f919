"""An opener that goes away while a courier's command is under way."""

import asyncio

from custom_components.courier_access.access.model import Outcome
from custom_components.courier_access.doors.driver import LifecycleStep, Opening
from tests.support.door_parts import Bolt, FrontDoor, seconds_from_now


async def command(door: FrontDoor, bolt: Bolt) -> asyncio.Task[Opening]:
    """Let a courier in through a bolt that takes the command and goes away."""
    bolt.obeys = False
    entering = door.begin_to_enter()
    await door.settle()
    bolt.reachable(False)
    await door.pass_time(2)
    return entering


async def test_an_opener_that_returns_unlocked_in_between_confirms_nothing_and_is_locked_again(
    door: FrontDoor, bolt: Bolt
) -> None:
    entering = await command(door, bolt)
    bolt._attr_is_locked = False
    bolt.reachable(True)
    await door.settle()
    assert not entering.done()
    bolt.obeys = True
    await door.pass_time(6)

    assert await entering == Opening(
        Outcome.UNCONFIRMED,
        confirmed=False,
        unlocked_until=seconds_from_now(5),
        reads_locked=False,
    )
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories() == [
        LifecycleStep.RELOCKED,
        LifecycleStep.NEVER_OPENED,
        LifecycleStep.COMPLETED,
    ]


async def test_an_opener_that_returns_jammed_in_between_has_not_failed(
    door: FrontDoor, bolt: Bolt
) -> None:
    entering = await command(door, bolt)
    bolt.reachable(True)
    bolt.move(jammed=True)
    await door.pass_time(6)
    opening = await entering
    assert (opening.outcome, opening.reads_locked) == (Outcome.UNCONFIRMED, False)
    bolt.obeys = True
    await door.pass_time(60)
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]


async def test_an_opener_that_stays_away_is_unconfirmed_and_locked_when_it_returns(
    door: FrontDoor, bolt: Bolt
) -> None:
    entering = await command(door, bolt)
    await door.pass_time(6)
    opening = await entering
    assert (opening.outcome, opening.reads_locked) == (Outcome.UNCONFIRMED, False)
    await door.pass_time(300)
    bolt._attr_is_locked = False
    bolt.obeys = True
    bolt.reachable(True)
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories()[-1] is LifecycleStep.COMPLETED


async def test_the_next_command_is_confirmed_again(door: FrontDoor, bolt: Bolt) -> None:
    entering = await command(door, bolt)
    bolt.reachable(True)
    await door.pass_time(6)
    await entering
    bolt.obeys = True
    assert (await door.enter("e2")).outcome is Outcome.OPENED
