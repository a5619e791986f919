"""Test late answers, and questions that outlive a reload."""

import asyncio
from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.courier_access.access.model import Attitude, Consent
from custom_components.courier_access.ledger.state.residents import Author
from tests.entries.test_unsigned import NOBODY
from tests.ledger.claims_house import said
from tests.support.asked_phones import (
    ASK,
    AskedHouse,
)
from tests.support.house import ask, entries_of, pass_time, until

MINUTE = 60.0


@pytest.fixture
def asked(asked_flat: AskedHouse) -> AskedHouse:
    return asked_flat


async def answer_late(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, title: str = "Let in"
) -> None:
    """Let a question time out, and answer it after that."""
    assert (await asked.silence(freezer, "Ada", "Ben")).body["reason"] == "no_answer"
    await asked.phones["Ada"].answer(title)
    await asked.settle()


async def reload(asked: AskedHouse) -> None:
    await asked.hass.config_entries.async_reload(asked.house.entry.entry_id)
    await asked.settle()


async def test_late_yes_admits_the_next_attempt_without_another_question(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.silence(freezer, "Ada", "Ben")
    assert len(asked.phones["Ada"].showing) == 1

    await pass_time(asked.hass, freezer, 4 * MINUTE)
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    assert asked.house.door_state() == "locked"
    assert [phone.showing for phone in asked.phones.values()] == [[], []]
    await pass_time(asked.hass, freezer, 4 * MINUTE)
    entered = await asked.sender.enter()
    await asked.settle()
    again = await asked.silence(freezer, "Ada", "Ben")

    assert entered.body["decision"] == "admitted"
    assert again.body["reason"] == "no_answer"
    assert len(asked.phones["Ada"].questions) == 2


async def test_late_no_refuses_the_next_attempt_without_another_question(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await answer_late(asked, freezer, "Keep out")

    assert (await asked.sender.enter()).body["reason"] == "declined"
    assert len(asked.phones["Ada"].questions) == 1


@pytest.mark.parametrize("is_reloaded", [False, True])
async def test_no_to_a_ring_ends_a_yes_that_nobody_used(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, is_reloaded: bool
) -> None:
    await answer_late(asked, freezer)
    ringing = asyncio.create_task(
        ask(asked.house, "request_entry", "door-lobby", NOBODY, ring=True)
    )
    await until(lambda: len(asked.phones["Ben"].questions) == 2)
    await asked.phones["Ben"].answer("Keep out")
    assert (await ringing)["reason"] == "declined"
    await asked.settle()
    if is_reloaded:
        await reload(asked)

    assert (await asked.sender.enter()).body["reason"] == "declined"
    assert asked.house.door_state() == "locked"


@pytest.mark.parametrize("title", ["Let in", "Keep out"])
async def test_late_answer_is_good_for_five_minutes(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, title: str
) -> None:
    await answer_late(asked, freezer, title)
    await pass_time(asked.hass, freezer, 5 * MINUTE)

    again = await asked.silence(freezer, "Ada", "Ben")

    assert again.body["reason"] == "no_answer"
    assert len(asked.phones["Ada"].questions) == 2


@pytest.mark.parametrize("how", ["cleared", "cleared after a reload", "timer is late"])
async def test_question_is_cleared_after_five_minutes_and_answered_no_more(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, how: str
) -> None:
    await asked.silence(freezer, "Ada", "Ben")
    if how == "cleared after a reload":
        await reload(asked)
    assert len(asked.phones["Ben"].showing) == 1
    if how == "timer is late":
        freezer.tick(5 * MINUTE - 12)
    else:
        await pass_time(asked.hass, freezer, 5 * MINUTE - 12)
        await asked.settle()
        assert [phone.showing for phone in asked.phones.values()] == [[], []]

    await asked.phones["Ada"].answer("Let in")
    await asked.settle()

    assert await said(asked.house.building.ledger, "entry.answered") == []
    assert (await asked.silence(freezer, "Ada", "Ben")).body["reason"] == "no_answer"


@pytest.mark.parametrize("when", ["before the answer", "after the answer"])
async def test_late_answer_survives_a_reload(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, when: str
) -> None:
    await asked.silence(freezer, "Ada", "Ben")
    if when == "before the answer":
        await reload(asked)
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    if when == "after the answer":
        await reload(asked)
    entered = await asked.sender.enter()
    await asked.settle()

    assert entered.body["decision"] == "admitted"
    assert [phone.showing for phone in asked.phones.values()] == [[], []]
    await reload(asked)
    assert (await asked.silence(freezer, "Ada", "Ben")).body["reason"] == "no_answer"


async def test_reload_does_not_wait_for_an_answer(asked: AskedHouse) -> None:
    entering = await asked.come("Ada", "Ben")
    await reload(asked)

    assert (await entering).body["reason"] == "no_answer"
    await asked.phones["Ben"].answer("Let in")
    await asked.settle()
    assert (await asked.sender.enter()).body["decision"] == "admitted"


@pytest.mark.parametrize(
    ("what", "reason", "asked_again"),
    [
        ("pause", "paused", ()),
        ("withdrawal", "not_accepting", ()),
        ("denial", "not_accepting", ()),
        ("end of the consent behind the yes", "no_answer", ("Ben",)),
        ("another door", "no_answer", ("Ada", "Ben")),
    ],
)
async def test_all_else_is_decided_again_when_a_late_yes_is_used(
    asked: AskedHouse,
    freezer: FrozenDateTimeFactory,
    what: str,
    reason: str,
    asked_again: tuple[str, ...],
) -> None:
    await answer_late(asked, freezer)
    match what:
        case "pause":
            await asked.house.building.rulebook.pauses.pause(Author())
        case "withdrawal":
            await asked.decide("Ben", replace(ASK, consent=Consent.WITHDRAWN))
        case "denial":
            await asked.decide("Ben", replace(ASK, default=Attitude.DENY))
        case "another door":
            await asked.sender.grant(max_entries=10, door="garage", revision=2)
        case _:
            await asked.decide("Ada", replace(ASK, consent=Consent.NOT_GIVEN))

    refused = await (
        asked.silence(freezer, *asked_again) if asked_again else asked.sender.enter()
    )
    await asked.settle()

    assert refused.body["reason"] == reason
    for each in ("lock.lobby", "lock.garage"):
        assert asked.house.door_state(each) == "locked"


async def test_late_yes_admits_one_of_several_couriers(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await answer_late(asked, freezer)

    coming = [asyncio.create_task(asked.sender.enter()) for _ in range(4)]
    await until(lambda: any(task.done() for task in coming))
    # Time that passes must not run out for one that still has to have its turn at the door.
    await until(lambda: asked.waiting == sum(not task.done() for task in coming))
    await asked.wait(freezer, 12)
    answers = [await task for task in coming]
    await asked.settle()

    assert [answer.body["reason"] for answer in answers].count("ok") == 1
    entries = await entries_of(asked.house.building, 9)
    assert len([each for each in entries if each.decision == "admitted"]) == 1
