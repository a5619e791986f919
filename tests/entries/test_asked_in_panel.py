"""Test questions at the door as the panel shows them to residents, and their answers."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.ledger.state.questions import ANSWERABLE
from tests.support.asked_phones import AskedHouse
from tests.support.house import entries_of
from tests.support.rows import opened
from tests.support.wires import Wire, connect


async def wire_of(
    hass: HomeAssistant, clients: WebSocketGenerator, asked: AskedHouse, name: str
) -> Wire:
    """Connect a resident's panel."""
    return await connect(hass, asked.house, clients, asked.people[name])


async def shown(wire: Wire) -> list[dict[str, Any]]:
    """Return the questions that the panel shows."""
    [building] = (await wire.ask_anywhere("overview"))["result"]["buildings"]
    questions: list[dict[str, Any]] = building["questions"]
    return questions


async def test_yes_in_the_panel_opens_the_door_and_clears_the_question(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, asked: AskedHouse
) -> None:
    ada = await wire_of(hass, hass_ws_client, asked, "Ada")
    assert await shown(ada) == []
    entering = await asked.come("Ada", "Ben", "Cleo")

    [question] = await shown(ada)
    assert (question["courier"], question["door"]) == ("Parcel Post", "Lobby")
    assert (question["proof"], question["may_admit"]) == ("signed", True)
    named = {"question": question["question"], "admit": True}
    assert (await ada.ask("questions/answer", **named))["success"]
    entered = await entering
    await asked.settle()

    assert (entered.body["decision"], entered.body["outcome"]) == ("admitted", "opened")
    assert [phone.showing for phone in asked.phones.values()] == [[], [], []]
    assert await shown(ada) == []
    [answered] = await opened(asked.house.building.ledger, "entry.answered")
    assert answered["answer"] == "approved"


async def test_no_in_the_panel_keeps_the_door_closed(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, asked_flat: AskedHouse
) -> None:
    ben = await wire_of(hass, hass_ws_client, asked_flat, "Ben")
    entering = await asked_flat.come("Ada", "Ben")
    [question] = await shown(ben)

    named = {"question": question["question"], "admit": False}
    assert (await ben.ask("questions/answer", **named))["success"]
    entered = await entering
    await asked_flat.settle()

    assert entered.body["reason"] == "declined"
    assert asked_flat.house.door_state() == "locked"
    again = await ben.ask("questions/answer", **{**named, "admit": True})
    assert again["error"]["translation_key"] == "no_such_question"
    assert asked_flat.house.door_state() == "locked"


async def test_question_is_for_the_resident_who_was_asked_alone(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, asked: AskedHouse
) -> None:
    ada, ben, cleo = [
        await wire_of(hass, hass_ws_client, asked, name)
        for name in ("Ada", "Ben", "Cleo")
    ]
    entering = await asked.come("Ada", "Ben", "Cleo")
    [question] = await shown(ada)

    for other in (ben, cleo):
        [their] = await shown(other)
        assert their["question"] != question["question"]
        answer = await other.ask(
            "questions/answer", question=question["question"], admit=True
        )
        assert answer["error"]["code"] == "unauthorized"
    assert not entering.done()
    for wire in (ada, cleo):
        [own] = await shown(wire)
        named = {"question": own["question"], "admit": False}
        assert (await wire.ask("questions/answer", **named))["success"]
    assert (await entering).body["reason"] == "declined"
    assert await entries_of(asked.house.building, 5) != []


async def test_yes_without_consent_is_refused(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, asked_flat: AskedHouse
) -> None:
    undecided = Rules(consent=Consent.NOT_GIVEN, schedule=ALWAYS)
    await asked_flat.decide("Ben", undecided)
    ben = await wire_of(hass, hass_ws_client, asked_flat, "Ben")
    entering = await asked_flat.come("Ada", "Ben")
    [question] = await shown(ben)

    assert question["may_admit"] is False
    named = {"question": question["question"], "admit": True}
    answer = await ben.ask("questions/answer", **named)
    assert answer["error"]["translation_key"] == "consent_first"
    assert not entering.done()
    await asked_flat.phones["Ada"].answer("Let in")
    assert (await entering).body["decision"] == "admitted"


async def test_question_whose_time_is_over_is_not_shown_even_if_its_timer_is_late(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
    asked_flat: AskedHouse,
) -> None:
    ada = await wire_of(hass, hass_ws_client, asked_flat, "Ada")
    await asked_flat.silence(freezer, "Ada", "Ben")
    assert len(await shown(ada)) == 1
    freezer.tick(ANSWERABLE)
    assert await shown(ada) == []


@pytest.mark.parametrize("change", ["begins", "ends"])
async def test_panel_follows_questions(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
    asked: AskedHouse,
    change: str,
) -> None:
    ada = await wire_of(hass, hass_ws_client, asked, "Ada")
    if change == "ends":
        await asked.silence(freezer, "Ada", "Ben", "Cleo")
    await ada.ask_anywhere("subscribe")
    [building] = (await ada.event())["buildings"]
    assert len(building["questions"]) == (1 if change == "ends" else 0)

    entering = None
    if change == "begins":
        entering = await asked.come("Ada", "Ben", "Cleo")
        await asked.wait(freezer, 0.6)
    else:
        await asked.wait(freezer, ANSWERABLE.total_seconds())
        await asked.wait(freezer, 0.6)
    event = await ada.event()
    [building] = event["buildings"]
    assert len(building["questions"]) == (0 if change == "ends" else 1)
    assert "questions" in event["changed"][building["building"]]
    if entering is not None:
        for name in ("Ada", "Cleo"):
            await asked.phones[name].answer("Keep out")
        await entering
    await asked.settle()
