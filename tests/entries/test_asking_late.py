"""Answers that come late, and questions that outlive a reload: over real HTTP, with real apps."""

import asyncio
from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Attitude, Consent
from custom_components.courier_access.ledger.state.rules import Author
from tests.ledger.claims_house import said
from tests.support.asked_phones import (
    ASK,
    AskedHouse,
    PushService,
    asked_house,
    three_asked,
)
from tests.support.house import entries_of, pass_time, until

MINUTE = 60.0


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> AskedHouse:
    """Set up a building where Ada and Ben live in 3B, with a grant for them."""
    made = await asked_house(
        hass, hass_client_no_auth, service, {"Ada": "3B", "Ben": "3B"}
    )
    await made.sender.grant(max_entries=10, door="lobby")
    return made


async def test_a_late_yes_lets_the_next_attempt_in_without_another_question(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    refused = await asked.silence(freezer, "Ada", "Ben")
    assert refused.body["reason"] == "no_answer"
    assert len(asked.phones["Ada"].showing) == 1
    assert asked.house.door_state() == "locked"

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


async def test_a_late_no_holds_as_well(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.silence(freezer, "Ada", "Ben")
    await asked.phones["Ben"].answer("Don't")
    await asked.settle()

    refused = await asked.sender.enter()
    await pass_time(asked.hass, freezer, 5 * MINUTE)
    later = await asked.silence(freezer, "Ada", "Ben")

    assert refused.body["reason"] == "declined"
    assert later.body["reason"] == "no_answer"
    assert len(asked.phones["Ada"].questions) == 2


async def test_a_yes_holds_five_minutes_and_no_longer(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.silence(freezer, "Ada", "Ben")
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    await pass_time(asked.hass, freezer, 5 * MINUTE)

    again = await asked.silence(freezer, "Ada", "Ben")

    assert again.body["reason"] == "no_answer"
    assert len(asked.phones["Ada"].questions) == 2


async def test_a_yes_five_minutes_after_the_question_is_too_late(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.silence(freezer, "Ada", "Ben")
    await pass_time(asked.hass, freezer, 5 * MINUTE - 12)
    assert [phone.showing for phone in asked.phones.values()] == [[], []]

    await asked.phones["Ada"].answer("Let in")
    await asked.settle()

    assert await said(asked.house.building.ledger, "entry.answered") == []
    assert (await asked.silence(freezer, "Ada", "Ben")).body["reason"] == "no_answer"


@pytest.mark.parametrize("when", ["before the answer", "after the answer"])
async def test_a_late_answer_counts_over_a_reload(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, when: str
) -> None:
    async def reload() -> None:
        await asked.hass.config_entries.async_reload(asked.house.entry.entry_id)
        await asked.settle()

    await asked.silence(freezer, "Ada", "Ben")
    if when == "before the answer":
        await reload()
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    if when == "after the answer":
        await reload()
    entered = await asked.sender.enter()
    await asked.settle()

    assert entered.body["decision"] == "admitted"
    assert [phone.showing for phone in asked.phones.values()] == [[], []]
    await reload()
    assert (await asked.silence(freezer, "Ada", "Ben")).body["reason"] == "no_answer"


async def test_who_was_let_off_a_question_answers_it_no_more_after_a_restart(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    asked = await three_asked(hass, hass_client_no_auth, service)
    await asked.sender.grant(units=("3B", "4A"), max_entries=10, door="lobby")
    entering = await asked.come("Ada", "Ben", "Cleo")
    await asked.decide("Cleo", replace(ASK, default=Attitude.DENY))
    await until(lambda: asked.phones["Cleo"].showing == [])
    await asked.wait(freezer, 12)
    assert (await entering).body["reason"] == "no_answer"
    await asked.decide("Cleo", ASK)
    await hass.config_entries.async_reload(asked.house.entry.entry_id)
    await asked.settle()

    await asked.phones["Cleo"].answer("Let in")
    await asked.settle()

    assert (await asked.silence(freezer, "Ada", "Ben", "Cleo")).body[
        "reason"
    ] == "no_answer"
    assert await said(asked.house.building.ledger, "entry.answered") == []


async def test_a_question_is_taken_back_in_time_over_a_reload(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.silence(freezer, "Ada", "Ben")
    await asked.hass.config_entries.async_reload(asked.house.entry.entry_id)
    await asked.settle()
    assert len(asked.phones["Ben"].showing) == 1

    await pass_time(asked.hass, freezer, 5 * MINUTE - 12)
    await asked.settle()

    assert [phone.showing for phone in asked.phones.values()] == [[], []]


async def test_a_reload_does_not_wait_for_an_answer(asked: AskedHouse) -> None:
    entering = await asked.come("Ada", "Ben")
    await asked.hass.config_entries.async_reload(asked.house.entry.entry_id)
    refused = await entering
    await asked.settle()

    assert refused.body["reason"] == "no_answer"
    await asked.phones["Ben"].answer("Let in")
    await asked.settle()
    assert (await asked.sender.enter()).body["decision"] == "admitted"


async def test_a_yes_opens_no_other_door(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.silence(freezer, "Ada", "Ben")
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    await asked.sender.grant(max_entries=10, door="garage", revision=2)

    refused = await asked.silence(freezer, "Ada", "Ben")

    assert refused.body["reason"] == "no_answer"
    assert asked.house.door_state("lock.garage") == "locked"


@pytest.mark.parametrize("what", ["pause", "withdrawal", "denial"])
async def test_all_the_rest_is_decided_again_when_a_late_yes_is_used(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, what: str
) -> None:
    await asked.silence(freezer, "Ada", "Ben")
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    match what:
        case "pause":
            await asked.house.building.rulebook.pauses.pause(Author())
        case "withdrawal":
            await asked.decide("Ben", replace(ASK, consent=Consent.WITHDRAWN))
        case _:
            await asked.decide("Ben", replace(ASK, default=Attitude.DENY))

    refused = await asked.sender.enter()
    await asked.settle()

    assert refused.body["reason"] == ("paused" if what == "pause" else "not_accepting")
    assert asked.house.door_state() == "locked"


async def test_a_yes_does_not_outlive_the_consent_of_who_gave_it(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.silence(freezer, "Ada", "Ben")
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    await asked.decide("Ada", replace(ASK, consent=Consent.NOT_GIVEN))

    refused = await asked.silence(freezer, "Ben")

    assert (refused.body["reason"], asked.house.door_state()) == ("no_answer", "locked")


async def test_a_yes_is_used_by_one_of_several_couriers(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.silence(freezer, "Ada", "Ben")
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()

    coming = [asyncio.create_task(asked.sender.enter()) for _ in range(4)]
    await until(lambda: any(task.done() for task in coming))
    # Time that passes must not run out for one that still has to have its turn at the door.
    await until(lambda: asked.waiting == sum(not task.done() for task in coming))
    await asked.wait(freezer, 12)
    answers = [await task for task in coming]
    await asked.settle()

    assert [answer.body["reason"] for answer in answers].count("ok") == 1
    assert (
        len(
            [
                e
                for e in await entries_of(asked.house.building, 9)
                if e.decision == "admitted"
            ]
        )
        == 1
    )
