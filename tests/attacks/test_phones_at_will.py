"""A courier's back end that makes residents' phones ring: the grants are its own to invent."""

import asyncio
from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.patience import MOST_QUESTIONS, WITHIN
from tests.asked_phones import AskedHouse, PushService, asked_house
from tests.house import until

MADE_UP = 2 * MOST_QUESTIONS


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> AskedHouse:
    """Set up a building where Ada lives in 3B and Cleo in 4A."""
    return await asked_house(hass, hass_client_no_auth, service, {"Ada": "3B", "Cleo": "4A"})


async def make_up(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, name: str, *units: str
) -> set[str]:
    """Let a courier come with many grants at once, whom nobody answers; return why it was refused."""
    grants = [f"{name}{number}" for number in range(MADE_UP)]
    for grant_id in grants:
        await asked.sender.grant(grant_id, units, door="lobby")
    entering = [asyncio.create_task(asked.sender.enter(grant_id)) for grant_id in grants]
    building = asked.house.building
    await until(
        lambda: (
            asked.waiting + sum(task.done() for task in entering) == MADE_UP
            and not building.asking._sending
        )
    )
    await asked.wait(freezer, 12)
    reasons = {(await each).body["reason"] for each in entering}
    await asked.settle()
    return reasons


async def silence(asked: AskedHouse, freezer: FrozenDateTimeFactory, grant_id: str) -> None:
    """Let a courier come on a grant whom Ada does not answer in time."""
    entering = await asked.come("Ada", grant_id=grant_id)
    await asked.wait(freezer, 12)
    assert (await entering).body["reason"] == "no_answer"
    await asked.settle()


async def test_a_courier_who_makes_up_grants_does_not_have_residents_asked_at_will(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    assert await make_up(asked, freezer, "A", "3B") == {"no_answer"}
    assert len(asked.phones["Ada"].questions) == MOST_QUESTIONS

    # Not by naming others beside them either, who are asked all the same.
    await make_up(asked, freezer, "B", "3B", "4A")
    assert len(asked.phones["Ada"].questions) == MOST_QUESTIONS
    assert len(asked.phones["Cleo"].questions) == MOST_QUESTIONS

    freezer.tick(WITHIN + timedelta(seconds=1))
    await asked.sender.grant("C", door="lobby")
    await silence(asked, freezer, "C")
    assert len(asked.phones["Ada"].questions) == MOST_QUESTIONS + 1


async def test_questions_that_were_never_put_wear_nobody_out(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.sender.grant("A", door="lobby", max_entries=10)
    for _ in range(3):
        await silence(asked, freezer, "A")
    for _ in range(MADE_UP):
        assert (await asked.sender.enter("A")).body["reason"] == "no_answer"
    await asked.settle()

    await asked.sender.grant("B", door="lobby")
    await silence(asked, freezer, "B")
    assert len(asked.phones["Ada"].questions) == 4
