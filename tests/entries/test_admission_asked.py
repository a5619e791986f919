"""What may come between a resident's yes and the door, and how long a courier may wait for it all."""

import asyncio

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.doors.relock import CONFIRM_WITHIN
from custom_components.courier_access.entries.admission import OPEN_WITHIN, TURN_SECONDS
from custom_components.courier_access.entries.questions import ANSWER_WITHIN
from custom_components.courier_access.web.bodies import BODY_SECONDS
from tests.entries.test_admission_faults import break_ledger, mend_ledger
from tests.support.asked_phones import AskedHouse, PushService, asked_house
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import until

ANSWERED_WITHIN = 30
"""Seconds that a courier's back end waits (docs/courier-api/README.md#from-planning-to-the-door)."""


@pytest.fixture
def bolt() -> Bolt:
    return Bolt()


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
    bolt: Bolt,
) -> AskedHouse:
    """Set up a building where Ada lives in 3B, with a real bolt that is locked again after 10 s."""
    opener = await install_bolt(hass, bolt)
    made = await asked_house(
        hass,
        hass_client_no_auth,
        service,
        {"Ada": "3B"},
        opener=opener,
        unlock_seconds=10,
    )
    await made.sender.grant(max_entries=10, door="lobby")
    return made


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


def test_every_way_to_the_door_ends_within_the_time_that_couriers_allow() -> None:
    opened = OPEN_WITHIN + CONFIRM_WITHIN
    lock_under_way = CONFIRM_WITHIN
    too_late = BODY_SECONDS + ANSWER_WITHIN + TURN_SECONDS + lock_under_way

    assert max(opened, too_late) < ANSWERED_WITHIN
    # The longest wait for an answer and for the door's turn leaves time to open it.
    assert BODY_SECONDS + ANSWER_WITHIN + TURN_SECONDS < OPEN_WITHIN


async def test_a_door_that_can_not_be_opened_in_time_is_busy_and_the_yes_is_kept(
    asked: AskedHouse, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    first = await asked.come("Ada")
    await asked.phones["Ada"].answer("Let in")
    assert (await first).body["decision"] == "admitted"
    await asked.settle()
    bolt.hangs = asyncio.Event()

    # The yes comes in the 12th second, the door's turn 2 s later, while it is being locked, which it is
    # for 8 s at the most.
    entering = await asked.come("Ada")
    await asked.wait(freezer, 11.2)
    await until(lambda: bolt.names == ["unlock", "lock"])
    driver = asked.house.building.drivers["door-lobby"]
    async with driver.turn.of("courier-other"):
        await asked.phones["Ada"].answer("Let in")
        await until(lambda: driver.turn.is_awaited)
        await asked.wait(freezer, 2.4)
    await until(lambda: asked.phones["Ada"].showing == [])
    await until(lambda: is_claimed(asked, uses=2))
    await asked.wait(freezer, 8)
    busy = await entering

    assert (busy.status, busy.problem) == (503, "door_busy")
    assert bolt.names == ["unlock", "lock"]
    bolt.hangs.set()
    await asked.settle()
    assert await is_let_in_without_a_question(asked)


async def test_a_door_that_is_locked_in_time_is_opened(
    asked: AskedHouse, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    first = await asked.come("Ada")
    await asked.phones["Ada"].answer("Let in")
    await first
    await asked.settle()
    bolt.hangs = asyncio.Event()

    entering = await asked.come("Ada")
    await asked.wait(freezer, 10.5)
    await until(lambda: bolt.names == ["unlock", "lock"])
    await asked.phones["Ada"].answer("Let in")
    await until(lambda: asked.phones["Ada"].showing == [])
    await until(lambda: is_claimed(asked, uses=2))
    await asked.wait(freezer, 4)
    bolt.hangs.set()

    assert (await entering).body["decision"] == "admitted"
    assert bolt.names == ["unlock", "lock", "unlock"]


async def test_a_door_whose_turn_does_not_come_is_busy_and_the_yes_is_kept(
    asked: AskedHouse, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    driver = asked.house.building.drivers["door-lobby"]
    async with driver.turn.of("courier-other"):
        entering = await asked.come("Ada")
        await asked.phones["Ada"].answer("Let in")
        await until(lambda: driver.turn.is_awaited)
        freezer.tick(4)
        busy = await entering

    assert (busy.status, busy.problem) == (503, "door_busy")
    assert await is_let_in_without_a_question(asked)


async def test_nobody_is_asked_about_a_door_that_can_not_be_reached(
    asked: AskedHouse, bolt: Bolt
) -> None:
    bolt.reachable(False)
    away = await asked.sender.enter()

    assert (away.status, away.problem) == (503, "door_unavailable")
    assert asked.phones["Ada"].questions == []


async def test_a_door_that_goes_away_while_residents_are_asked_does_not_use_up_the_yes(
    asked: AskedHouse, bolt: Bolt
) -> None:
    entering = await asked.come("Ada")
    bolt.reachable(False)
    await asked.phones["Ada"].answer("Let in")
    away = await entering
    bolt.reachable(True)

    assert (away.status, away.problem) == (503, "door_unavailable")
    assert await is_let_in_without_a_question(asked)


async def test_a_caller_who_leaves_while_residents_are_asked_changes_nothing(
    asked: AskedHouse, bolt: Bolt
) -> None:
    at = dt_util.utcnow()
    entering = await asked.come("Ada", message_id="msg_1", at=at)
    entering.cancel()
    await asyncio.gather(entering, return_exceptions=True)
    meanwhile = await asked.sender.enter(message_id="msg_1", at=at)

    await asked.phones["Ada"].answer("Let in")
    await until(lambda: bolt.names == ["unlock"])
    await asked.settle()
    again = await asked.sender.enter(message_id="msg_1", at=at)

    assert (meanwhile.status, meanwhile.problem) == (409, "in_flight")
    assert (again.body["decision"], again.body["replayed"]) == ("admitted", True)
    assert len(asked.phones["Ada"].questions) == 1
    assert bolt.names == ["unlock"]


async def test_what_can_not_be_written_down_is_not_asked(asked: AskedHouse) -> None:
    await break_ledger(asked.house, "INSERT ON asks")
    broken = await asked.sender.enter()
    assert asked.phones["Ada"].questions == []
    await mend_ledger(asked.house)
    entering = await asked.come("Ada")
    await asked.phones["Ada"].answer("Let in")

    assert (broken.status, broken.problem) == (503, "ledger_unavailable")
    assert (await entering).body["decision"] == "admitted"


async def test_a_yes_that_can_not_be_written_down_opens_nothing(
    asked: AskedHouse, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    entering = await asked.come("Ada")
    await break_ledger(asked.house, "INSERT ON answers")
    await asked.phones["Ada"].answer("Let in")
    await asked.rest()
    await asked.wait(freezer, 12)
    refused = await entering
    await mend_ledger(asked.house)

    assert (refused.body["reason"], bolt.names) == ("no_answer", [])
