"""Test questions in transit: slow phones, units that are no longer asked, faults."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Attitude, Consent, GrantKey
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.notifications import questions
from custom_components.courier_access.notifications.targets import CLEAR
from custom_components.courier_access.notifications.text import Words, words
from tests.ledger.claims_house import said
from tests.ledger.parts import busy
from tests.support.asked_phones import (
    ASK,
    TAG,
    AskedHouse,
    PushService,
    asked_house,
)
from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.house import Answer, entries_of, until
from tests.support.rows import kept_rows


def fail_pushes(hass: HomeAssistant, *names: str) -> None:
    """Make the apps' own actions fail, as they may after they were found."""

    async def fail(*_: object) -> None:
        raise ValueError

    for name in names:
        hass.services.async_remove("notify", f"mobile_app_{name}")
        hass.services.async_register("notify", f"mobile_app_{name}", fail)


async def buttons(asked: AskedHouse) -> list[Mapping[str, list[str]]]:
    """Return the buttons on disk that still answer a question."""
    return await kept_rows(
        asked.house.building.ledger,
        "SELECT tokens FROM asks",
        Mapping[str, list[str]],
    )


async def ask_nobody_any_longer(asked: AskedHouse) -> asyncio.Task[Answer]:
    """Let a courier wait while each unit in turn denies, so that there is always one to wait for."""
    entering = await asked.come("Ada", "Ben", "Cleo")
    for flatmate in ("Ben", "Cleo"):
        await asked.decide(flatmate, replace(ASK, default=Attitude.DENY))
        await asked.decide(flatmate, ASK)
    await until(lambda: all(phone.showing == [] for phone in asked.phones.values()))
    assert not entering.done()
    return entering


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


async def test_question_that_shows_counts_without_the_push_services_answer(
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


async def test_question_that_arrives_too_late_is_cleared(asked: AskedHouse) -> None:
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


async def test_reload_does_not_wait_for_a_push(asked: AskedHouse) -> None:
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


async def test_resident_without_account_is_not_asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    lives = {"Ada": "3B", "Ben": "3B"}
    asked = await asked_house(
        hass, hass_client_no_auth, service, lives, without_login=("Ben",)
    )
    await asked.sender.grant(door="lobby")
    entering = await asked.come("Ada")
    await asked.phones["Ada"].answer("Let in")

    assert (await entering).body["decision"] == "admitted"


@pytest.mark.parametrize("what", ["veto", "pause", "withdrawal", "denial"])
async def test_unit_that_denies_is_not_asked_any_longer(
    asked: AskedHouse, what: str
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    match what:
        case "veto":
            key = GrantKey("courier-parcel-post", "G1")
            await asked.house.building.grants.veto(key, "3b", Author())
        case "pause":
            await asked.house.building.rulebook.pauses.pause(Author(), unit="3b")
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


async def test_unit_is_asked_once_by_the_same_question(asked: AskedHouse) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    await asked.decide("Ben", replace(ASK, default=Attitude.DENY))
    await until(
        lambda: asked.phones["Ada"].showing == asked.phones["Ben"].showing == []
    )
    await asked.decide("Ben", ASK)
    await asked.phones["Ada"].answer("Let in")
    await asked.rest()
    assert not entering.done()
    await asked.phones["Cleo"].answer("Keep out")
    await until(lambda: asked.phones["Cleo"].showing == [])
    await asked.decide("Ben", replace(ASK, default=Attitude.DENY))

    assert (await entering).body["reason"] == "declined"
    assert all(len(phone.questions) == 1 for phone in asked.phones.values())


async def test_question_that_nobody_can_answer_ends_in_time(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    entering = await ask_nobody_any_longer(asked)
    await asked.wait(freezer, 12)
    assert (await entering).body["reason"] == "no_answer"
    await asked.settle()

    assert await buttons(asked) == [{}]


async def test_question_that_all_declined_late_is_over(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    refused = await asked.silence(freezer, "Ada", "Ben", "Cleo")
    assert refused.body["reason"] == "no_answer"
    for name in ("Ada", "Cleo"):
        await asked.phones[name].answer("Keep out")
        await asked.settle()

    assert await buttons(asked) == [{}]


async def test_question_that_nobody_can_answer_ends_with_the_building(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, caplog: pytest.LogCaptureFixture
) -> None:
    entering = await ask_nobody_any_longer(asked)

    await asked.hass.config_entries.async_unload(asked.house.entry.entry_id)
    assert (await entering).body["reason"] == "no_answer"
    await asked.wait(freezer, 12)

    assert "Error doing job" not in caplog.text


async def test_question_overtaken_in_the_queue_is_never_asked(
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
    # The pause may be known before the question is begun, or after.
    assert len(await said(building.ledger, "entry.asked")) <= 1
    assert all(phone.questions == [] for phone in asked.phones.values())


async def test_unit_removed_while_a_question_is_written_never_answers_it(
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

    [tokens] = await buttons(asked)
    assert {unit for _, unit in tokens.values()} == {"3b"}
    assert asked.phones["Cleo"].questions == []


async def test_question_that_reached_nobody_counts_if_that_cannot_be_written(
    asked: AskedHouse,
    service: PushService,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fail_pushes(asked.hass, "ada", "ben", "cleo")
    await break_ledger(asked.house, "DELETE ON asks")
    refused = await asked.sender.enter()
    await repair_ledger(asked.house)
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


async def test_failed_push_does_not_keep_others_from_being_asked(
    asked: AskedHouse, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
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


async def test_unit_removed_from_a_question_answers_it_no_more_after_a_restart(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    await asked.decide("Cleo", replace(ASK, default=Attitude.DENY))
    await until(lambda: asked.phones["Cleo"].showing == [])
    await asked.wait(freezer, 12)
    assert (await entering).body["reason"] == "no_answer"
    await asked.decide("Cleo", ASK)
    await asked.hass.config_entries.async_reload(asked.house.entry.entry_id)
    await asked.settle()

    await asked.phones["Cleo"].answer("Let in")
    await asked.settle()

    later = await asked.silence(freezer, "Ada", "Ben", "Cleo")
    assert later.body["reason"] == "no_answer"
    assert await said(asked.house.building.ledger, "entry.answered") == []
