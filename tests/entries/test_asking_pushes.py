"""A question on its way: phones that are slow to take it, units that are not asked any longer, faults."""

import asyncio
from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from sqlalchemy import select

from custom_components.courier_access.access.model import Attitude, Consent, GrantKey
from custom_components.courier_access.ledger.state.rules import Author
from custom_components.courier_access.ledger.tables import asks
from custom_components.courier_access.notifications import questions
from custom_components.courier_access.notifications.targets import CLEAR
from custom_components.courier_access.notifications.text import words
from custom_components.courier_access.notifications.times import Words
from tests.entries.test_admission_faults import break_ledger, mend_ledger
from tests.ledger.claims_house import said
from tests.ledger.parts import busy
from tests.support.asked_phones import (
    ASK,
    TAG,
    AskedHouse,
    PushService,
    asked_house,
    three_asked,
)
from tests.support.house import entries_of, until


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> AskedHouse:
    """Set up a building where Ada and Ben live in 3B and Cleo in 4A, with a grant for all of them."""
    made = await three_asked(hass, hass_client_no_auth, service)
    await made.sender.grant(units=("3B", "4A"), max_entries=10, door="lobby")
    return made


def fail_pushes(hass: HomeAssistant, *names: str) -> None:
    """Let the app's own action fail, as it may once it was looked for."""

    async def fail(*_: object) -> None:
        raise ValueError

    for name in names:
        hass.services.async_remove("notify", f"mobile_app_{name}")
        hass.services.async_register("notify", f"mobile_app_{name}", fail)


def slow_pushes(
    hass: HomeAssistant, name: str, answered: asyncio.Event, *, shows: bool = True
) -> None:
    """Let an app's own action hang with a question, by default after the phone shows it."""
    action = f"mobile_app_{name}"
    push = hass.services.async_services_for_domain("notify")[action].job.target

    async def slow(call: ServiceCall) -> None:
        is_question = (
            call.data["data"]["tag"].startswith(TAG) and call.data["message"] != CLEAR
        )
        if is_question and not shows:
            await answered.wait()
        sending = push(call)
        assert asyncio.iscoroutine(sending)
        await sending
        if is_question:
            await answered.wait()

    hass.services.async_register("notify", action, slow)


async def test_a_question_counts_that_shows_although_the_push_service_never_said_so(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    answered = asyncio.Event()
    fail_pushes(asked.hass, "ben", "cleo")
    slow_pushes(asked.hass, "ada", answered)
    entering = await asked.show("Ada")
    await asked.rest()
    await asked.wait(freezer, 10.5)
    answered.set()
    await until(lambda: not asked.house.building.questions._sending)
    await asked.phones["Ada"].answer("Let in")
    await until(lambda: asked.phones["Ada"].showing == [])

    assert (await entering).body["decision"] == "admitted"


async def test_a_question_that_comes_when_it_is_over_is_taken_back(
    asked: AskedHouse,
) -> None:
    sent = asyncio.Event()
    slow_pushes(asked.hass, "ada", sent, shows=False)
    entering = await asked.show("Ben", "Cleo")
    await asked.phones["Cleo"].answer("Let in")
    assert (await entering).body["decision"] == "admitted"
    assert asked.phones["Ada"].questions == []
    sent.set()
    await asked.settle()

    assert len(asked.phones["Ada"].questions) == 1
    assert asked.phones["Ada"].showing == []


async def test_a_reload_does_not_wait_for_a_push_and_what_shows_can_be_answered(
    asked: AskedHouse,
) -> None:
    answered = asyncio.Event()
    slow_pushes(asked.hass, "ada", answered)
    entering = await asked.show("Ada", "Ben", "Cleo")
    await asked.hass.config_entries.async_reload(asked.house.entry.entry_id)
    assert (await entering).body["reason"] == "no_answer"
    answered.set()
    await asked.settle()
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()

    assert (await asked.sender.enter()).body["decision"] == "admitted"


async def test_who_has_no_login_is_not_asked_and_keeps_flatmates_from_nothing(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    asked = await asked_house(
        hass,
        hass_client_no_auth,
        service,
        {"Ada": "3B", "Ben": "3B"},
        without_login=("Ben",),
    )
    await asked.sender.grant(door="lobby")
    entering = await asked.come("Ada")
    await asked.phones["Ada"].answer("Let in")

    assert (await entering).body["decision"] == "admitted"


@pytest.mark.parametrize("what", ["veto", "pause", "withdrawal", "denial"])
async def test_a_unit_that_does_not_let_the_courier_in_is_not_asked_any_longer(
    asked: AskedHouse, what: str
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    match what:
        case "veto":
            key = GrantKey("courier-parcel-post", "G1")
            await asked.house.building.grants.veto(key, "3b", Author())
        case "pause":
            await asked.house.building.rulebook.pauses.pause_unit("3b", Author())
        case "withdrawal":
            await asked.decide("Ben", replace(ASK, consent=Consent.WITHDRAWN))
        case _:
            await asked.decide("Ben", replace(ASK, default=Attitude.DENY))
    await until(
        lambda: asked.phones["Ada"].showing == asked.phones["Ben"].showing == []
    )
    assert len(asked.phones["Cleo"].showing) == 1
    assert not entering.done()

    await asked.phones["Ada"].answer("Let in")
    await asked.phones["Cleo"].answer("Let in")
    assert (await entering).body["decision"] == "admitted"
    [answer] = await said(asked.house.building.ledger, "entry.answered")
    assert "resident-ada" not in str(answer)
    [entry] = await entries_of(asked.house.building, 5)
    assert entry.personal["units"] == '["4a"]'


async def test_a_unit_that_is_not_asked_any_longer_is_not_asked_again_by_the_same_question(
    asked: AskedHouse,
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    await asked.decide("Ben", replace(ASK, default=Attitude.DENY))
    await until(
        lambda: asked.phones["Ada"].showing == asked.phones["Ben"].showing == []
    )
    await asked.decide("Ben", ASK)
    await asked.phones["Ada"].answer("Let in")
    await asked.rest()
    assert not entering.done()
    await asked.phones["Cleo"].answer("Don't")
    await until(lambda: asked.phones["Cleo"].showing == [])
    await asked.decide("Ben", replace(ASK, default=Attitude.DENY))

    assert (await entering).body["reason"] == "declined"
    assert all(len(phone.questions) == 1 for phone in asked.phones.values())


async def test_a_question_that_nobody_can_answer_any_more_ends_when_its_time_is_up(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    for flatmate in ("Ben", "Cleo"):
        # In turn, so that there is always a unit to wait for.
        await asked.decide(flatmate, replace(ASK, default=Attitude.DENY))
        await asked.decide(flatmate, ASK)
    await until(lambda: all(phone.showing == [] for phone in asked.phones.values()))
    assert not entering.done()
    await asked.wait(freezer, 12)
    assert (await entering).body["reason"] == "no_answer"
    await asked.settle()

    [tokens] = await asked.house.building.ledger.read(
        lambda conn: list(conn.execute(select(asks.c.tokens)).scalars())
    )
    assert tokens == {}


async def test_a_question_that_all_declined_late_is_over(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    assert (await asked.silence(freezer, "Ada", "Ben", "Cleo")).body[
        "reason"
    ] == "no_answer"
    for name in ("Ada", "Cleo"):
        await asked.phones[name].answer("Don't")
        await asked.settle()

    [tokens] = await asked.house.building.ledger.read(
        lambda conn: list(conn.execute(select(asks.c.tokens)).scalars())
    )
    assert tokens == {}


async def test_a_question_under_way_that_nobody_can_answer_does_not_outlive_the_building(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, caplog: pytest.LogCaptureFixture
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    for flatmate in ("Ben", "Cleo"):
        await asked.decide(flatmate, replace(ASK, default=Attitude.DENY))
        await asked.decide(flatmate, ASK)
    await until(lambda: all(phone.showing == [] for phone in asked.phones.values()))
    assert not entering.done()

    await asked.hass.config_entries.async_unload(asked.house.entry.entry_id)
    assert (await entering).body["reason"] == "no_answer"
    await asked.wait(freezer, 12)

    assert "Error doing job" not in caplog.text


async def test_a_question_that_is_overtaken_before_it_is_written_is_never_put(
    asked: AskedHouse,
) -> None:
    building = asked.house.building
    await asked.settle()
    async with busy(building.ledger):
        entering = asyncio.create_task(asked.sender.enter())
        await until(lambda: building.ledger._jobs.qsize() == 1)
        pausing = asyncio.create_task(building.rulebook.pauses.pause(Author()))
        await until(lambda: building.ledger._jobs.qsize() == 2)
    await pausing
    refused = await entering
    await asked.settle()

    assert refused.body["reason"] == "paused"
    assert len(await said(building.ledger, "entry.asked")) == 1
    assert all(phone.questions == [] for phone in asked.phones.values())


async def test_a_unit_that_is_let_off_while_a_question_is_written_answers_it_not_even_after_a_restart(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    building = asked.house.building
    await asked.settle()
    async with busy(building.ledger):
        entering = asyncio.create_task(asked.sender.enter())
        await until(lambda: building.ledger._jobs.qsize() == 1)
        deciding = asyncio.create_task(
            asked.decide("Cleo", replace(ASK, default=Attitude.DENY))
        )
        await until(lambda: building.ledger._jobs.qsize() == 2)
    await deciding
    await until(lambda: len(asked.phones["Ada"].questions) == 1)
    await asked.wait(freezer, 12)
    assert (await entering).body["reason"] == "no_answer"
    await asked.settle()

    [tokens] = await building.ledger.read(
        lambda conn: list(conn.execute(select(asks.c.tokens)).scalars())
    )
    assert {unit for _, unit in tokens.values()} == {"3b"}
    assert asked.phones["Cleo"].questions == []


async def test_a_question_that_reached_nobody_counts_where_that_can_not_be_written(
    asked: AskedHouse,
    service: PushService,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fail_pushes(asked.hass, "ada", "ben", "cleo")
    await break_ledger(asked.house, "DELETE ON asks")
    refused = await asked.sender.enter()
    await mend_ledger(asked.house)
    assert refused.body["reason"] == "no_answer"
    assert "A question that reached nobody counts as one" in caplog.text

    phone = await service.register(
        asked.hass, asked.sender.client, asked.people["Ada"], "another"
    )
    asked.phones["Ada"] = phone
    for _ in range(2):
        await asked.silence(freezer, "Ada")
    await asked.sender.enter()
    await asked.settle()
    assert len(phone.questions) == 2


async def test_a_resident_whose_question_fails_does_not_keep_others_from_being_asked(
    asked: AskedHouse,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    failures = [OSError("no translations")]

    async def unsteady(hass: HomeAssistant, language: str | None) -> Words:
        if failures:
            raise failures.pop()
        return await words(hass, language)

    monkeypatch.setattr(questions, "words", unsteady)
    entering = await asked.come("Ben", "Cleo")
    await asked.phones["Cleo"].answer("Let in")

    assert (await entering).body["decision"] == "admitted"
    assert asked.phones["Ada"].questions == []
    assert "A question could not be sent" in caplog.text
