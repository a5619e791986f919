"""Test questions to residents on their phones, and the answers."""

import asyncio
from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    GrantKey,
    Rules,
)
from custom_components.courier_access.ledger.state.residents import Author
from tests.ledger.claims_house import said
from tests.support.asked_phones import (
    ASK,
    AskedHouse,
    PushService,
    asked_house,
)
from tests.support.house import entries_of, until
from tests.support.rows import opened
from tests.support.verified import verified


async def test_yes_opens_the_door_and_clears_the_question(asked: AskedHouse) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    assert asked.house.door_state() == "locked"

    await asked.phones["Ada"].answer("Let in")
    entered = await entering
    await asked.settle()

    assert (entered.body["decision"], entered.body["outcome"]) == ("admitted", "opened")
    assert asked.house.door_state() == "unlocked"
    assert [phone.showing for phone in asked.phones.values()] == [[], [], []]
    [entry] = await entries_of(asked.house.building, 5)
    assert entry.personal["units"] == '["3b"]'


async def test_question_says_what_a_neighbor_may_read(asked: AskedHouse) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    [push] = [
        push
        for push in asked.phones["Ada"].pushes
        if push["data"] in asked.phones["Ada"].questions
    ]
    for name in ("Ada", "Cleo"):
        await asked.phones[name].answer("Keep out")
    await entering

    assert push["title"] == "Let Parcel Post in?"
    assert push["message"] == "Parcel Post is at Lobby and asks to be let in."
    assert push["data"]["priority"] == "high"
    yes, no = push["data"]["actions"]
    assert (yes["title"], yes["authenticationRequired"]) == ("Let in", True)
    assert (no["title"], no["destructive"]) == ("Keep out", True)
    tags = {phone.questions[0]["tag"] for phone in asked.phones.values()}
    assert len(tags) == 3


@pytest.mark.parametrize(
    ("second", "reason", "door"),
    [("Keep out", "declined", "locked"), ("Let in", "ok", "unlocked")],
)
async def test_no_of_one_unit_leaves_the_question_to_the_other(
    asked: AskedHouse, second: str, reason: str, door: str
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")

    await asked.phones["Ben"].answer("Keep out")
    await until(lambda: asked.phones["Ada"].showing == [])
    assert not entering.done()
    assert len(asked.phones["Cleo"].showing) == 1
    await asked.phones["Cleo"].answer(second)
    answer = await entering
    await asked.settle()

    assert answer.body["reason"] == reason
    assert asked.phones["Cleo"].showing == []
    assert asked.house.door_state() == door
    [entry] = await entries_of(asked.house.building, 5)
    if reason == "ok":
        assert entry.personal["units"] == '["4a"]'


@pytest.mark.parametrize(
    ("first", "then", "reason", "answer"),
    [
        ("Let in", "Keep out", "ok", "approved"),
        ("Keep out", "Let in", "declined", "declined"),
    ],
)
async def test_first_answer_of_a_unit_wins(
    asked_flat: AskedHouse, first: str, then: str, reason: str, answer: str
) -> None:
    asked = asked_flat
    entering = await asked.come("Ada", "Ben")
    second = asked.phones["Ben"].button(then)

    await asked.phones["Ada"].answer(first)
    await asked.phones["Ben"].press(second)
    entered = await entering
    await asked.settle()

    assert entered.body["reason"] == reason
    [answered] = await opened(asked.house.building.ledger, "entry.answered")
    assert answered["answer"] == answer


async def test_silence_refuses_after_12_seconds_and_not_before(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")

    await asked.wait(freezer, 10.5)
    assert not entering.done()
    await asked.wait(freezer, 1.5)
    refused = await entering
    await asked.settle()

    assert (refused.body["decision"], refused.body["reason"]) == (
        "refused",
        "no_answer",
    )
    assert asked.house.door_state() == "locked"


async def test_question_and_answer_are_recorded_unnamed(asked: AskedHouse) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    await asked.phones["Ada"].answer("Let in")
    await entering
    await asked.settle()

    ledger = asked.house.building.ledger
    [question] = await said(ledger, "entry.asked")
    [answer] = await said(ledger, "entry.answered")
    [admitted] = await said(ledger, "entry.admitted")
    for record in (question, answer):
        assert record["courier"] == "courier-parcel-post"
        assert not record.keys() & {"ask", "answer"}
    [(number, said_yes)] = [
        (each["ask"], each["answer"]) for each in await opened(ledger, "entry.answered")
    ]
    assert (number, said_yes) == ("1", "approved")
    assert question["seq"] < answer["seq"] < admitted["seq"]  # type: ignore[operator]
    of_home = {"grant_id", "unit", "ask", "answer", "decided_by"}
    assert set(answer["personal"]) == of_home  # type: ignore[call-overload]
    assert set(question["personal"]) == {"grant_id", "units", "ask"}  # type: ignore[call-overload]
    plain = [
        {
            name: value
            for name, value in record.items()
            if name not in {"personal", "bound"}  # a hash may hold any digits
        }
        for record in (question, answer)
    ]
    assert not any(hidden in str(plain) for hidden in ("3b", "G1"))
    assert (await verified(ledger)).intact


async def test_resident_without_consent_can_only_say_no(asked: AskedHouse) -> None:
    await asked.decide("Ben", Rules(consent=Consent.NOT_GIVEN))
    entering = await asked.come("Ada", "Ben", "Cleo")

    [no] = asked.phones["Ben"].questions[0]["actions"]
    assert no["title"] == "Keep out"
    await asked.phones["Ben"].press(no["action"].replace("decline", "approve"))
    await asked.rest()
    assert not entering.done()
    await asked.phones["Ben"].press(no["action"])
    await until(lambda: asked.phones["Ada"].showing == [])
    await asked.phones["Cleo"].answer("Let in")
    assert (await entering).body["decision"] == "admitted"
    [entry] = await entries_of(asked.house.building, 5)
    assert entry.personal["units"] == '["4a"]'


async def test_only_the_units_whose_rules_ask_are_asked(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.decide("Cleo", replace(ASK, default=Attitude.DENY))

    refused = await asked.silence(freezer, "Ada", "Ben")

    assert refused.body["reason"] == "no_answer"
    assert asked.phones["Cleo"].questions == []


async def test_nobody_is_asked_if_one_unit_allows(asked: AskedHouse) -> None:
    await asked.decide("Cleo", replace(ASK, default=Attitude.ALLOW))

    entered = await asked.sender.enter()
    await asked.settle()

    assert entered.body["decision"] == "admitted"
    assert all(phone.questions == [] for phone in asked.phones.values())


@pytest.mark.parametrize("push_status", [None, 201])
async def test_without_a_reachable_phone_no_question_is_used_up(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
    push_status: int | None,
) -> None:
    without = ("Ada",) if push_status is None else ()
    asked = await asked_house(hass, hass_client_no_auth, service, without_phone=without)
    if push_status is not None:
        # The app was there when it was looked for, and its action fails.
        async def fail(*_: object) -> None:
            raise ValueError

        name = "mobile_app_ada"
        hass.services.async_remove("notify", name)
        hass.services.async_register("notify", name, fail)
    await asked.sender.grant(max_entries=10, door="lobby")

    answers = [await asked.sender.enter() for _ in range(5)]

    assert [answer.body["reason"] for answer in answers] == ["no_answer"] * 5
    phone = await service.register(
        hass, asked.sender.client, asked.people["Ada"], "another"
    )
    asked.phones["Ada"] = phone
    entering = await asked.come("Ada")
    await phone.answer("Let in")
    assert (await entering).body["decision"] == "admitted"


async def test_fourth_question_about_a_grant_is_not_asked(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    for _ in range(3):
        await asked.silence(freezer, "Ada", "Ben", "Cleo")
    fourth = await asked.sender.enter()
    await asked.sender.grant(
        units=("3B", "4A"), max_entries=10, door="lobby", revision=2
    )
    revised = await asked.sender.enter()
    await asked.hass.config_entries.async_reload(asked.house.entry.entry_id)
    await asked.settle()
    restarted = await asked.sender.enter()

    for answer in (fourth, revised, restarted):
        assert answer.body["reason"] == "no_answer"
    assert len(asked.phones["Ada"].questions) == 3
    questions = await opened(asked.house.building.ledger, "entry.asked")
    assert [each["ask"] for each in questions] == [*"123"]


async def test_simultaneous_couriers_share_one_question_and_one_yes_admits_one(
    asked: AskedHouse,
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    joining = [asyncio.create_task(asked.sender.enter()) for _ in range(3)]
    await until(lambda: asked.waiting == 4)
    await asked.phones["Ada"].answer("Let in")
    answers = [await one for one in (entering, *joining)]
    await asked.settle()

    reasons = sorted(answer.body["reason"] for answer in answers)
    assert reasons == ["no_answer", "no_answer", "no_answer", "ok"]
    assert len(asked.phones["Ada"].questions) == 1
    entries = await entries_of(asked.house.building, 9)
    assert len([each for each in entries if each.decision == "admitted"]) == 1


async def test_message_that_is_sent_again_asks_nobody_again(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    at = dt_util.utcnow()
    entering = await asked.come("Ada", "Ben", "Cleo", message_id="msg_1", at=at)
    await asked.wait(freezer, 12)
    refused = await entering
    await asked.settle()

    again = await asked.sender.enter(message_id="msg_1", at=at)

    assert again.body == refused.body | {"replayed": True}
    assert len(asked.phones["Ada"].questions) == 1


async def test_couriers_of_two_deliveries_are_asked_about_separately(
    asked: AskedHouse,
) -> None:
    await asked.sender.grant("G2", units=("4A",), door="lobby")
    first = await asked.come("Ada", "Ben", "Cleo")
    second = await asked.come("Cleo", grant_id="G2")
    await asked.phones["Cleo"].answer("Let in")
    assert (await second).body["decision"] == "admitted"
    assert not first.done()
    for name in ("Ada", "Cleo"):
        await asked.phones[name].answer("Keep out", 0)
    assert (await first).body["reason"] == "declined"


@pytest.mark.parametrize("what", ["pause", "veto", "withdrawal", "revocation", "hours"])
async def test_decision_during_question_counts_at_once(
    asked: AskedHouse, what: str
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")

    match what:
        case "pause":
            await asked.house.building.rulebook.pauses.pause(Author())
        case "veto":
            for unit in ("3b", "4a"):
                await asked.house.building.grants.veto(
                    GrantKey("courier-parcel-post", "G1"), unit, Author()
                )
        case "revocation":
            await asked.sender.revoke()
        case "withdrawal":
            for name in ("Ada", "Cleo"):
                await asked.decide(name, replace(ASK, consent=Consent.WITHDRAWN))
        case _:
            for name in ("Ada", "Ben", "Cleo"):
                await asked.decide(
                    name, Rules(consent=Consent.GIVEN, default=Attitude.ASK)
                )
    refused = await entering
    await asked.settle()

    reasons = {"pause": "paused", "veto": "vetoed", "revocation": "revoked"}
    reason = reasons.get(what, "not_accepting")
    assert (refused.body["decision"], refused.body["reason"]) == ("refused", reason)
    assert asked.house.door_state() == "locked"
    assert [phone.showing for phone in asked.phones.values()] == [[], [], []]


async def test_allowing_during_a_question_admits_the_courier(asked: AskedHouse) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")

    await asked.decide("Cleo", replace(ASK, default=Attitude.ALLOW))

    assert (await entering).body["decision"] == "admitted"
    await asked.settle()
    assert [phone.showing for phone in asked.phones.values()] == [[], [], []]
