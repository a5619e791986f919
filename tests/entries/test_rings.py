"""Drivers who ring come in if a resident says so."""

import asyncio
from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
)

from custom_components.courier_access.access.model import Attitude, Proof
from custom_components.courier_access.ledger.state.residents import Author
from tests.entries.test_unsigned import NOBODY
from tests.support.asked_phones import ASK, AskedHouse, PushService, asked_house
from tests.support.house import (
    ask,
    entries_of,
    until,
)


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> AskedHouse:
    """A building where Ada and Cleo each expect a parcel and let it in without asking."""
    made = await asked_house(
        hass, hass_client_no_auth, service, {"Ada": "3B", "Cleo": "4A", "Dan": "5C"}
    )
    for name, unit in (("Ada", "3B"), ("Cleo", "4A")):
        await made.decide(name, replace(ASK, default=Attitude.ALLOW))
        await made.sender.grant(f"of-{unit}", units=(unit,), door="lobby")
    return made


async def test_ring_asks_all_who_expect_a_delivery_and_one_yes_opens(
    asked: AskedHouse, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    ringing = asyncio.create_task(
        ask(
            asked.house,
            "request_entry",
            "door-lobby",
            NOBODY,
            ring=True,
            image="/media/local/lobby.jpg",
        )
    )
    await until(
        lambda: all(len(asked.phones[name].questions) == 1 for name in ("Ada", "Cleo"))
    )
    assert asked.phones["Dan"].questions == []
    [question] = asked.phones["Ada"].questions
    assert question["image"] == "/media/local/lobby.jpg"
    assert asked.house.door_state() == "locked"

    await asked.phones["Cleo"].answer("Let in")
    answer = await ringing
    await asked.settle()
    assert answer["decision"] == "admitted"
    [entry] = await entries_of(asked.house.building, 5)
    assert (entry.proof, entry.personal["units"]) == (Proof.RING, '["4a"]')
    assert all(phone.showing == [] for phone in asked.phones.values())


async def test_ring_asks_a_unit_once_however_many_deliveries_it_expects(
    asked: AskedHouse,
) -> None:
    await asked.sender.grant("another", units=("3B", "4A"), door="lobby")
    ringing = asyncio.create_task(
        ask(asked.house, "request_entry", "door-lobby", NOBODY, ring=True)
    )
    await until(
        lambda: all(len(asked.phones[name].questions) == 1 for name in ("Ada", "Cleo"))
    )
    await until(lambda: not asked.house.building.questions._sending)
    assert [len(asked.phones[name].questions) for name in ("Ada", "Cleo")] == [1, 1]
    await asked.phones["Ada"].answer("Let in")
    assert (await ringing)["decision"] == "admitted"
    await asked.settle()


async def test_ring_that_asked_nobody_may_come_again_at_once(
    asked: AskedHouse, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    pauses = asked.house.building.rulebook.pauses
    await pauses.pause(Author())
    paused = await ask(asked.house, "request_entry", "door-lobby", NOBODY, ring=True)
    assert paused["reason"] == "paused"
    await pauses.resume(Author(), ())
    ringing = asyncio.create_task(
        ask(asked.house, "request_entry", "door-lobby", NOBODY, ring=True)
    )
    await until(lambda: len(asked.phones["Ada"].questions) == 1)
    await asked.phones["Ada"].answer("Let in")
    assert (await ringing)["decision"] == "admitted"
    await asked.settle()


async def test_ring_without_a_delivery_asks_nobody_and_records_nothing(
    asked: AskedHouse,
) -> None:
    before = await entries_of(asked.house.building, 5)
    answer = await ask(asked.house, "request_entry", "door-garage", NOBODY, ring=True)

    assert (answer["reason"], answer["entry_id"]) == ("unknown_grant", None)
    assert await entries_of(asked.house.building, 5) == before
    assert all(phone.questions == [] for phone in asked.phones.values())


async def test_ring_that_lets_in_nobody_is_answered_in_the_same_words_whatever_the_cause(
    asked: AskedHouse,
) -> None:
    unexpected = await ask(
        asked.house, "request_entry", "door-garage", NOBODY, ring=True
    )
    await asked.house.building.rulebook.pauses.pause(Author())
    paused = await ask(asked.house, "request_entry", "door-lobby", NOBODY, ring=True)

    assert (unexpected["reason"], paused["reason"]) == ("unknown_grant", "paused")
    assert (
        unexpected["say"]
        == paused["say"]
        == "Nobody lets you in now. Call the recipient, or leave."
    )
