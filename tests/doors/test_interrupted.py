"""Openers that become unavailable during a courier's command."""

import asyncio

import pytest

from custom_components.courier_access.access.model import Opening, Outcome
from tests.support.door_parts import Bolt, FrontDoor, seconds_from_now


@pytest.fixture
async def entering(door: FrontDoor, bolt: Bolt) -> asyncio.Task[Opening]:
    """An entry at a bolt that became unavailable 2 s after the command."""
    bolt.obeys = False
    entering = door.start_entering()
    await door.settle()
    bolt.reachable(False)
    await door.pass_time(2)
    return entering


async def test_opener_that_returns_unlocked_is_unconfirmed_and_locked(
    door: FrontDoor, bolt: Bolt, entering: asyncio.Task[Opening]
) -> None:
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
    assert door.steps() == ["relocked", "never_opened", "completed"]


async def test_opener_back_jammed_is_unconfirmed(
    door: FrontDoor, bolt: Bolt, entering: asyncio.Task[Opening]
) -> None:
    bolt.reachable(True)
    bolt.move(jammed=True)
    await door.pass_time(6)
    opening = await entering
    assert (opening.outcome, opening.reads_locked) == (Outcome.UNCONFIRMED, False)
    bolt.obeys = True
    await door.pass_time(60)
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]


async def test_unavailable_opener_is_unconfirmed_and_locked_on_return(
    door: FrontDoor, bolt: Bolt, entering: asyncio.Task[Opening]
) -> None:
    await door.pass_time(6)
    opening = await entering
    assert (opening.outcome, opening.reads_locked) == (Outcome.UNCONFIRMED, False)
    await door.pass_time(300)
    bolt._attr_is_locked = False
    bolt.obeys = True
    bolt.reachable(True)
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.steps()[-1] == "completed"


async def test_next_command_is_confirmed(
    door: FrontDoor, bolt: Bolt, entering: asyncio.Task[Opening]
) -> None:
    bolt.reachable(True)
    await door.pass_time(6)
    await entering
    bolt.obeys = True
    assert (await door.enter("e2")).outcome is Outcome.OPENED
