"""A ring while several couriers are expected: whom the question names, and which delivery a yes uses."""

import asyncio
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.ledger.state.residents import Author
from tests.ledger.claims_house import said
from tests.support.administrator import add
from tests.support.asked_phones import PushService
from tests.support.doorbells import Ding, choose, hang
from tests.support.house import ask, courier, entries_of, until
from tests.support.people import acting
from tests.support.ringing import LETS_IN, Ringing, ringing_house
from tests.support.rows import opened
from tests.support.wires import Wire, connect

POST = "Parcel Post"


async def expect(ringing: Ringing, *names: str, unit: str = "3B") -> dict[str, str]:
    """Let Ada or Cleo expect these couriers, each later than the one before; return the grants' IDs."""
    house, hours = ringing.asked.house, 3
    who = ringing.asked.people["Ada" if unit == "3B" else "Cleo"]
    grants = {}
    for name in names:
        if all(part.title != name for part in house.entry.subentries.values()):
            part = courier(name)
            await add(house, part, part["subentry_id"])
        delivery = {
            "courier": name,
            "units": [unit],
            "ends_at": f"2026-11-28 {12 + hours}:00:00+00:00",
        }
        issued = await ask(house, "issue_grant", "door-lobby", acting(who), **delivery)
        grants[name], hours = issued["grant_id"], hours + 1
    return grants


def message(ringing: Ringing, name: str = "Ada") -> str:
    """Return what a resident's last question says."""
    phone = ringing.asked.phones[name]
    [last] = [
        push["message"] for push in phone.pushes if push["data"] == phone.questions[-1]
    ]
    return str(last)


def titles(ringing: Ringing, name: str = "Ada") -> list[str]:
    """Return the buttons of a resident's last question."""
    last = ringing.asked.phones[name].questions[-1]
    return [action["title"] for action in last["actions"]]


async def used(ringing: Ringing) -> dict[str, int]:
    """Return how often each courier's deliveries were used."""
    building = ringing.asked.house.building
    grants = building.grants.expected_at("door-lobby")
    return {
        building.directory.couriers[grant.key.courier_id].name: grant.uses
        for grant in grants
    }


async def panel(ringing: Ringing, clients: WebSocketGenerator, name: str) -> Wire:
    """Open a resident's panel."""
    asked = ringing.asked
    return await connect(asked.hass, asked.house, clients, asked.people[name])


async def shown(wire: Wire) -> dict[str, Any]:
    """Return the only question that a panel shows."""
    [building] = (await wire.ask_anywhere("overview"))["result"]["buildings"]
    [question] = building["questions"]
    return dict(question)


async def test_question_about_one_courier_has_a_yes_without_its_name(
    ringing: Ringing,
) -> None:
    await expect(ringing, POST)
    await ringing.rings()
    assert message(ringing) == "Somebody is ringing at Lobby. Parcel Post is expected."
    assert titles(ringing) == ["Let in", "Keep out"]
    token = ringing.asked.phones["Ada"].button("Let in").rpartition("_")[2]
    assert len(token) == 32


@pytest.mark.parametrize(("chosen", "other"), [(POST, "Swan"), ("Swan", POST)])
async def test_yes_uses_the_delivery_of_the_courier_that_it_names(
    ringing: Ringing, chosen: str, other: str
) -> None:
    grants = await expect(ringing, "Swan")
    page = await ringing.rings()
    assert (
        message(ringing) == "Somebody is ringing at Lobby. Expected: Parcel Post, Swan."
    )
    assert titles(ringing) == ["Let in Parcel Post", "Let in Swan", "Keep out"]
    await ringing.answer(f"Let in {chosen}")
    assert await page.reads() == LETS_IN

    [entry] = await entries_of(ringing.asked.house.building, 9)
    assert (entry.courier_name, entry.decision) == (chosen, "admitted")
    grant_id = {POST: "of-3B", **grants}[chosen]
    assert entry.personal["grant_id"] == grant_id
    assert await used(ringing) == {other: 0}
    [answered] = await opened(ringing.asked.house.building.ledger, "entry.answered")
    assert answered["courier"] == entry.courier_id
    assert answered["answer"] == "approved"


async def test_no_is_for_all_couriers_that_the_question_names(
    ringing: Ringing,
) -> None:
    await expect(ringing, "Swan")
    bell = await hang(ringing.asked.hass, Ding())
    await choose(ringing.asked.house, bell)
    bell.ring()
    await until(lambda: ringing.questions() == 1)
    await ringing.answer("Keep out")
    await ringing.rest()
    [entry] = await entries_of(ringing.asked.house.building, 9)
    assert (entry.reason, entry.repeats) == ("declined", 0)

    await ringing.after(60)
    bell.ring()
    await ringing.rest()
    assert ringing.questions() == 1
    await ringing.after(250)
    bell.ring()
    await until(lambda: ringing.questions() == 2)


async def test_with_more_couriers_than_buttons_the_panel_has_a_yes_for_each(
    ringing: Ringing, hass_ws_client: WebSocketGenerator
) -> None:
    await expect(ringing, "Swan", "Blue Van")
    page = await ringing.rings()
    assert message(ringing) == (
        "Somebody is ringing at Lobby. Expected: Parcel Post, Swan, Blue Van."
        " Tap to say who it is."
    )
    assert titles(ringing) == ["Keep out"]
    wire = await panel(ringing, hass_ws_client, "Ada")
    question = await shown(wire)
    assert question["courier"] == POST
    assert question["couriers"] == [
        {"courier": "courier-parcel-post", "name": POST},
        {"courier": "courier-swan", "name": "Swan"},
        {"courier": "courier-blue-van", "name": "Blue Van"},
    ]
    named = {"question": question["question"], "admit": True}
    answer = await wire.ask("questions/answer", **named, courier="courier-blue-van")
    assert answer["success"]
    await ringing.rest()
    assert await page.reads() == LETS_IN
    [entry] = await entries_of(ringing.asked.house.building, 9)
    assert entry.courier_name == "Blue Van"


async def test_yes_without_a_courier_is_for_the_first(
    ringing: Ringing, hass_ws_client: WebSocketGenerator
) -> None:
    await expect(ringing, "Swan")
    page = await ringing.rings()
    wire = await panel(ringing, hass_ws_client, "Ada")
    question = await shown(wire)
    named = {"question": question["question"], "admit": True}
    assert (await wire.ask("questions/answer", **named))["success"]
    await ringing.rest()
    assert await page.reads() == LETS_IN
    assert await used(ringing) == {"Swan": 0}


async def test_two_deliveries_of_one_courier_are_one_choice(ringing: Ringing) -> None:
    await expect(ringing, POST, "Swan", "Swan")
    await ringing.rings()
    assert titles(ringing) == ["Let in Parcel Post", "Let in Swan", "Keep out"]


async def test_yes_for_a_courier_that_is_not_expected_counts_for_nothing(
    ringing: Ringing, hass_ws_client: WebSocketGenerator
) -> None:
    grants = await expect(ringing, "Swan", "Blue Van")
    house, ada = ringing.asked.house, ringing.asked.phones["Ada"]
    blue_van = GrantKey("courier-blue-van", grants["Blue Van"])
    await house.building.grants.veto(
        blue_van, "3b", Author(ringing.asked.people["Ada"].id)
    )
    await ringing.rings()
    assert titles(ringing) == ["Let in Parcel Post", "Let in Swan", "Keep out"]
    button = ada.button("Let in Swan")
    token = button.removesuffix("courier-swan")
    forged = [f"{token}courier-blue-van", f"{token}3b", f"{token}courier-swan-", token]
    wire = await panel(ringing, hass_ws_client, "Ada")
    question = await shown(wire)
    swan = GrantKey("courier-swan", grants["Swan"])
    await house.building.grants.veto(swan, "3b", Author(ringing.asked.people["Ada"].id))
    for action in (*forged[:3], button):
        await ada.press(action)
        await ringing.rest()
    for name in ("courier-blue-van", "courier-swan", "Parcel Post", ""):
        answer = await wire.ask(
            "questions/answer",
            question=question["question"],
            admit=True,
            courier=name,
        )
        assert answer["error"]["translation_key"] == "no_such_question", name
    assert await said(house.building.ledger, "entry.answered") == []
    assert house.door_state() == "locked"


async def test_each_home_sees_and_chooses_among_its_own_couriers(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    freezer.move_to("2026-11-28 12:00:00+00:00")
    lives = {"Ada": "3B", "Cleo": "4A"}
    ringing = await ringing_house(hass, hass_client_no_auth, service, freezer, **lives)
    await expect(ringing, "Swan")
    await expect(ringing, "Blue Van", unit="4A")
    page = await ringing.rings("198.51.100.7", "Ada", "Cleo")
    assert titles(ringing) == ["Let in Parcel Post", "Let in Swan", "Keep out"]
    assert titles(ringing, "Cleo") == [
        "Let in Parcel Post",
        "Let in Blue Van",
        "Keep out",
    ]
    phones = ringing.asked.phones
    token = phones["Ada"].button("Let in Swan").removesuffix("courier-swan")
    await phones["Ada"].press(f"{token}courier-blue-van")
    await ringing.rest()
    assert await said(ringing.asked.house.building.ledger, "entry.answered") == []
    await ringing.answer("Let in Blue Van", "Cleo")
    assert await page.reads() == LETS_IN
    [entry] = await entries_of(ringing.asked.house.building, 9)
    assert (entry.courier_name, entry.personal["units"]) == ("Blue Van", '["4a"]')


async def test_changed_setting_keeps_which_courier_a_yes_is_for(
    ringing: Ringing,
) -> None:
    await expect(ringing, "Swan")
    page, house = await ringing.rings(), ringing.asked.house

    async def change(title: str) -> None:
        former = house.building
        house.hass.config_entries.async_update_entry(house.entry, title=title)
        await until(lambda: house.building is not former)
        await ringing.rest()

    await change("Elm House")
    await ringing.answer("Let in Swan")
    # Nobody fetches the page for longer than somebody counts as being there.
    await ringing.after(130)
    await change("Elm Court")
    await page.ring_again()
    assert await page.reads() == LETS_IN
    assert ringing.questions() == 1
    assert await used(ringing) == {POST: 0}


async def test_changed_setting_keeps_that_a_no_is_for_all_couriers(
    ringing: Ringing,
) -> None:
    await expect(ringing, "Swan")
    page, house = await ringing.rings(), ringing.asked.house
    await ringing.answer("Keep out")
    await page.reads()
    former = house.building
    house.hass.config_entries.async_update_entry(house.entry, title="Elm House")
    await until(lambda: house.building is not former)
    await ringing.page("192.0.2.77").send()
    await ringing.rest()
    assert ringing.questions() == 1


async def test_flatmates_who_name_two_couriers_at_once_let_in_one(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    freezer.move_to("2026-11-28 12:00:00+00:00")
    lives = {"Ada": "3B", "Ben": "3B"}
    ringing = await ringing_house(hass, hass_client_no_auth, service, freezer, **lives)
    await expect(ringing, "Swan")
    page = await ringing.rings("198.51.100.7", "Ada", "Ben")
    ada, ben = ringing.asked.phones.values()
    presses = [
        (ada, ada.button(f"Let in {POST}")),
        (ben, ben.button("Let in Swan")),
    ]
    await asyncio.gather(*(phone.press(button) for phone, button in presses))
    await ringing.rest()
    assert await page.reads() == LETS_IN
    # A press again, and a ring from elsewhere.
    for phone, button in presses:
        await phone.press(button)
    await ringing.page("192.0.2.9").send()
    await ringing.rest()
    building = ringing.asked.house.building
    assert len(await said(building.ledger, "entry.answered")) == 1
    [entry] = await entries_of(building, 9)
    assert entry.decision == "admitted"


@pytest.mark.parametrize("ending", ["veto", "pause", "consent", "deny"])
async def test_yes_ends_with_what_ends_the_delivery_that_it_names(
    ringing: Ringing, ending: str
) -> None:
    grants = await expect(ringing, "Swan")
    house, ada = ringing.asked.house, ringing.asked.people["Ada"]
    page = await ringing.rings()
    # Nobody fetches the page for longer than somebody counts as being there.
    await ringing.after(30)
    await ringing.answer("Let in Swan")
    match ending:
        case "veto":
            swan = GrantKey("courier-swan", grants["Swan"])
            await house.building.grants.veto(swan, "3b", Author(ada.id))
        case "pause":
            await house.building.rulebook.pauses.pause(Author(ada.id), unit="3b")
        case "consent":
            await ask(house, "set_rules", "resident-ada", acting(ada), consent=False)
        case "deny":
            rules = {"couriers": {"courier-swan": "deny"}}
            await ask(house, "set_rules", "resident-ada", acting(ada), **rules)
    await ringing.rest()
    assert await page.reads() != LETS_IN
    assert house.door_state() == "locked"
    assert 1 not in (await used(ringing)).values()
