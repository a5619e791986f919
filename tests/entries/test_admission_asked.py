"""Test what comes between a resident's yes and the door, and how long a courier waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.doors.commands import CONFIRM_WITHIN, DoorTurn
from custom_components.courier_access.entries.admission import OPEN_WITHIN, TURN_SECONDS
from custom_components.courier_access.entries.request import WAITS, At
from custom_components.courier_access.web.webhook import BODY_SECONDS
from tests.support.asked_phones import AskedHouse, PushService, asked_house
from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import until

ANSWERED_WITHIN = 30
"""Seconds that a courier's back end waits (docs/courier-api/README.md#from-planning-to-the-door)."""


@asynccontextmanager
async def held(turn: DoorTurn) -> AsyncIterator[None]:
    """Hold a door's turn for another courier."""
    await turn.acquire("courier-other", 3)
    yield
    turn.release()


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
    bolt: Bolt,
) -> AskedHouse:
    """A building where Ada lives in 3B, with a bolt that is locked again after 10 s."""
    made = await asked_house(
        hass,
        hass_client_no_auth,
        service,
        {"Ada": "3B"},
        opener=await install_bolt(hass, bolt),
        unlock_seconds=10,
    )
    await made.sender.grant(max_entries=10, door="lobby")
    return made


@pytest.fixture
async def hanging(asked: AskedHouse, bolt: Bolt) -> asyncio.Event:
    """Let a courier in; the door's next command hangs until this is set."""
    first = await asked.come("Ada")
    await asked.phones["Ada"].answer("Let in")
    assert (await first).body["decision"] == "admitted"
    await asked.settle()
    bolt.hangs = asyncio.Event()
    return bolt.hangs


async def is_let_in_without_a_question(asked: AskedHouse) -> bool:
    """Whether a courier who comes again needs no other yes."""
    before = len(asked.phones["Ada"].questions)
    entered = await asked.sender.enter()
    return entered.body["decision"] == "admitted" and (
        len(asked.phones["Ada"].questions) == before
    )


def is_claimed(asked: AskedHouse, uses: int) -> bool:
    """Whether as many entries are on the disk, of which the last may still wait for the door."""
    grant = asked.house.building.grants.live(GrantKey("courier-parcel-post", "G1"))
    return grant is not None and grant.uses == uses


def test_every_entry_ends_within_the_time_that_couriers_wait() -> None:
    opened = OPEN_WITHIN + CONFIRM_WITHIN
    lock_under_way = CONFIRM_WITHIN
    too_late = BODY_SECONDS + WAITS[At.SENDER] + TURN_SECONDS + lock_under_way

    assert max(opened, too_late) < ANSWERED_WITHIN
    # The longest wait for an answer and for the door's turn leaves time to open it.
    assert BODY_SECONDS + WAITS[At.SENDER] + TURN_SECONDS < OPEN_WITHIN


async def test_door_that_cannot_be_opened_in_time_is_busy_and_the_yes_is_kept(
    asked: AskedHouse,
    bolt: Bolt,
    hanging: asyncio.Event,
    freezer: FrozenDateTimeFactory,
) -> None:
    # The yes comes in the 12th second, the door's turn 2 s later, while it is being
    # locked, for at most 8 s.
    entering = await asked.come("Ada")
    await asked.wait(freezer, 11.2)
    await until(lambda: bolt.names == ["unlock", "lock"])
    driver = asked.house.building.drivers["door-lobby"]
    async with held(driver.turn):
        await asked.phones["Ada"].answer("Let in")
        await until(lambda: driver.turn.is_awaited)
        await asked.wait(freezer, 2.4)
    await until(lambda: asked.phones["Ada"].showing == [])
    await until(lambda: is_claimed(asked, uses=2))
    await asked.wait(freezer, 8)
    busy = await entering

    assert (busy.status, busy.problem) == (503, "door_busy")
    assert bolt.names == ["unlock", "lock"]
    hanging.set()
    await asked.settle()
    assert await is_let_in_without_a_question(asked)


async def test_door_that_is_locked_in_time_is_opened(
    asked: AskedHouse,
    bolt: Bolt,
    hanging: asyncio.Event,
    freezer: FrozenDateTimeFactory,
) -> None:
    entering = await asked.come("Ada")
    await asked.wait(freezer, 10.5)
    await until(lambda: bolt.names == ["unlock", "lock"])
    await asked.phones["Ada"].answer("Let in")
    await until(lambda: asked.phones["Ada"].showing == [])
    await until(lambda: is_claimed(asked, uses=2))
    await asked.wait(freezer, 4)
    hanging.set()

    assert (await entering).body["decision"] == "admitted"
    assert bolt.names == ["unlock", "lock", "unlock"]


async def test_door_whose_turn_does_not_come_is_busy_and_the_yes_is_kept(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    driver = asked.house.building.drivers["door-lobby"]
    async with held(driver.turn):
        entering = await asked.come("Ada")
        await asked.phones["Ada"].answer("Let in")
        await until(lambda: driver.turn.is_awaited)
        freezer.tick(4)
        busy = await entering

    assert (busy.status, busy.problem) == (503, "door_busy")
    assert await is_let_in_without_a_question(asked)


async def test_unavailable_door_uses_up_no_yes(asked: AskedHouse, bolt: Bolt) -> None:
    bolt.reachable(False)
    before = await asked.sender.enter()
    assert asked.phones["Ada"].questions == []
    bolt.reachable(True)
    entering = await asked.come("Ada")
    bolt.reachable(False)
    await asked.phones["Ada"].answer("Let in")
    during = await entering
    bolt.reachable(True)

    for each in (before, during):
        assert (each.status, each.problem) == (503, "door_unavailable")
    assert await is_let_in_without_a_question(asked)


async def test_question_that_cannot_be_recorded_is_not_asked(asked: AskedHouse) -> None:
    await break_ledger(asked.house, "INSERT ON asks")
    broken = await asked.sender.enter()
    assert asked.phones["Ada"].questions == []
    await repair_ledger(asked.house)
    entering = await asked.come("Ada")
    await asked.phones["Ada"].answer("Let in")

    assert (broken.status, broken.problem) == (503, "ledger_unavailable")
    assert (await entering).body["decision"] == "admitted"


async def test_yes_that_cannot_be_recorded_opens_nothing(
    asked: AskedHouse, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    entering = await asked.come("Ada")
    await break_ledger(asked.house, "INSERT ON answers")
    await asked.phones["Ada"].answer("Let in")
    await asked.rest()
    await asked.wait(freezer, 12)
    refused = await entering
    await repair_ledger(asked.house)

    assert (refused.body["reason"], bolt.names) == ("no_answer", [])
