"""Test what a building that was reloaded knows of its questions."""

import asyncio
from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context
import pytest

from custom_components.courier_access.access.model import Answer, Attitude
from custom_components.courier_access.ledger.state.residents import Author
from tests.attacks.test_hanging_ledger import hanging
from tests.entries.test_admission_races import ask
from tests.ledger.claims_house import said
from tests.support.asked_phones import ASK, AskedHouse
from tests.support.house import ask as house_ask, until


async def reload(asked: AskedHouse) -> None:
    await asked.hass.config_entries.async_reload(asked.house.entry.entry_id)
    await asked.settle()


def question_to(asked: AskedHouse, name: str) -> str:
    """Return the ID of the question that a resident can answer."""
    [digest] = [
        digest
        for digest, ask in asked.house.building.questions._answerable.items()
        if ask.tokens[digest].resident_id == f"resident-{name.lower()}"
    ]
    return digest


async def counts(asked: AskedHouse, name: str, digest: str) -> bool:
    """Whether a resident's answer to a question counts."""
    questions = asked.house.building.questions
    return await questions.answer_open(Answer.DECLINED, digest, asked.people[name].id)


async def test_question_that_is_over_is_answered_no_more(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.silence(freezer, "Ada", "Ben", "Cleo")
    cleos = question_to(asked, "Cleo")
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    assert not await counts(asked, "Cleo", cleos)

    await reload(asked)

    assert not await counts(asked, "Cleo", cleos)
    assert len(await said(asked.house.building.ledger, "entry.answered")) == 1


async def test_unit_that_was_let_off_answers_no_more(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    cleos, adas = question_to(asked, "Cleo"), question_to(asked, "Ada")
    await asked.decide("Cleo", replace(ASK, default=Attitude.DENY))
    await asked.decide("Cleo", ASK)
    await asked.wait(freezer, 12)
    assert (await entering).body["reason"] == "no_answer"
    assert asked.phones["Cleo"].showing == []

    await reload(asked)

    assert not await counts(asked, "Cleo", cleos)
    assert await counts(asked, "Ada", adas)


@pytest.mark.parametrize("ended_by", ["a pause", "narrower rules"])
async def test_yes_that_was_ended_is_none_after_a_reload(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, ended_by: str
) -> None:
    await asked.silence(freezer, "Ada", "Ben", "Cleo")
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    if ended_by == "a pause":
        pauses = asked.house.building.rulebook.pauses
        await pauses.pause(Author(), unit="3b")
        await pauses.resume(Author(), unit="3b")
    else:
        await asked.decide("Ada", replace(ASK, default=Attitude.DENY))
        await asked.decide("Ada", ASK)
    await asked.settle()

    await reload(asked)

    entering = await asked.come("Ada", "Ben", "Cleo")
    assert not entering.done()
    for name in ("Ada", "Cleo"):
        await asked.phones[name].answer("Keep out")
    assert (await entering).body["reason"] == "declined"


async def test_unit_that_is_let_off_while_a_question_is_written_is_not_asked(
    asked: AskedHouse,
) -> None:
    with hanging(asked.house) as busy:
        deciding = asyncio.create_task(
            asked.decide("Cleo", replace(ASK, default=Attitude.DENY))
        )
        await asked.rest()
        ringing = asyncio.create_task(
            house_ask(asked.house, "request_entry", "door-lobby", Context(), ring=True)
        )
        await until(lambda: asked.waiting == 1)
        assert asked.house.building.questions.open_to(["resident-ada"]) == []
    await busy
    await deciding
    await until(lambda: asked.phones["Ada"].questions != [])
    await asked.phones["Ada"].answer("Let in")
    assert (await ringing)["decision"] == "admitted"
    await asked.settle()
    assert asked.phones["Cleo"].questions == []


async def test_courier_who_comes_while_the_building_is_unloaded_asks_nobody(
    asked: AskedHouse,
) -> None:
    building = asked.house.building
    with hanging(asked.house) as busy:
        entering = asyncio.create_task(ask(asked.hass, asked.sender, "msg_1"))
        await until(lambda: bool(building.inbox._in_flight))
        reloading = asyncio.create_task(
            asked.hass.config_entries.async_reload(asked.house.entry.entry_id)
        )
        await until(lambda: not building.host.answers_couriers)
        await asked.rest()
    await busy
    response = await entering
    await reloading
    await asked.settle()
    assert '"no_answer"' in (response.text or "")
    assert all(phone.questions == [] for phone in asked.phones.values())
