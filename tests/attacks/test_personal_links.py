"""What a personal link is good for when it should be good for nothing anymore, and what it never is good for."""

import asyncio
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.api.commands import (
    async_renew_link,
    async_revoke_link,
)
from custom_components.courier_access.api.permissions import Actor
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.web import pages
from custom_components.courier_access.web.personal import page as personal_page
from custom_components.courier_access.web.personal.actions import Action
from tests.support.enqueued import move_in
from tests.support.house import (
    House,
    Sender,
    across_the_street,
    build,
    courier,
    door,
    resident,
)
from tests.support.pages import Answer, Visitor, token_of
from tests.support.people import People

OWNER = Actor("owner", is_administrator=True, residents=())


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    return await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Bob", "4C")
    )


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    return Sender(await hass_client_no_auth())


@pytest.fixture
def ada(house: House, sender: Sender) -> Visitor:
    return Visitor(sender.client, token_of(house, "Ada"))


async def is_over(visitor: Visitor) -> bool:
    """Whether an address shows and does what one shows and does that never was."""
    never = await Visitor(visitor.client, "never was").ask()
    answers: list[Answer] = [await visitor.ask(), await visitor.ask(query="?export")]
    answers.append(await visitor.send({"do": "pause_building"}))
    # While a change isn't in effect yet, every address waits, and is then asked to wait.
    assert never.status in (404, 503)
    never_was = (never.status, never.body)
    return all((answer.status, answer.body) == never_was for answer in answers)


def not_loaded_anew(house: House) -> asyncio.Lock:
    """Return what keeps a building from being loaded again though its administrator has changed it."""
    return house.entry.setup_lock


async def test_a_link_is_over_when_the_administrator_takes_it_away(
    house: House, ada: Visitor
) -> None:
    await async_revoke_link(
        house.building, OWNER, house.building.residents["resident-ada"]
    )
    assert await is_over(ada)


async def test_a_link_is_over_when_the_administrator_replaces_it_without_seeing_the_new_one(
    house: House, ada: Visitor
) -> None:
    token = await async_renew_link(
        house.building, OWNER, house.building.residents["resident-ada"]
    )
    assert token is None
    assert await is_over(ada)
    assert (await Visitor(ada.client, token_of(house)).ask()).status == 200


async def test_a_link_only_reads_from_the_moment_its_resident_is_removed(
    hass: HomeAssistant,
    house: House,
    ada: Visitor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "FORMS_PER_MINUTE", 2 * len(Action))
    async with not_loaded_anew(house):
        hass.config_entries.async_remove_subentry(house.entry, "resident-ada")
        assert "resident-ada" in house.building.residents
        assert await is_over(ada)

    await house.settle()
    shown = await ada.ask()
    assert (shown.status, shown.page.forms) == (200, [])
    for do in Action:
        assert (await ada.send({"do": do})).status in (400, 404), do
    assert house.building.rulebook.pauses.until() is None


async def test_a_link_is_over_when_the_building_is_removed(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    await hass.config_entries.async_remove(house.entry.entry_id)
    assert await is_over(ada)


async def test_a_link_is_over_from_the_moment_its_resident_gets_an_account(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    people = People(hass)
    await people.move_in("Ada")
    hass.states.async_set("person.eve", "home", {"user_id": None})
    house = await build(hass, door(), courier(), resident("Eve", person="person.eve"))
    eve = Visitor(await hass_client_no_auth(), token_of(house, "Eve"))
    assert (await eve.ask()).status == 200

    async with not_loaded_anew(house):
        hass.states.async_set("person.eve", "home", {"user_id": people["Ada"].id})
        assert await is_over(eve)

    await house.settle()
    assert await is_over(eve)


async def test_a_link_waits_while_its_resident_becomes_another_and_is_over_then(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    subentry = house.entry.subentries["resident-ada"]
    moved: dict[str, Any] = {**subentry.data, "unit": "4C"}
    async with not_loaded_anew(house):
        hass.config_entries.async_update_subentry(house.entry, subentry, data=moved)
        assert (await ada.ask()).status == 503
        assert (await ada.send({"do": "pause_unit"})).status == 503

    await house.settle()
    assert (
        house.building.rulebook.pauses.over("3b")
        == house.building.rulebook.pauses.over("4c")
        == []
    )
    assert house.building.rulebook.of("resident-ada").consent is not Consent.GIVEN
    assert await is_over(ada) == (token_of(house) != ada.token)


async def test_a_pending_residents_link_changes_nothing_for_the_unit(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    people = People(hass)
    await people.move_in("Ada")
    house = await build(
        hass, door(), courier(), resident("Ada", person=people.person("Ada"))
    )
    await _consent(house)
    await move_in(house, resident("Eve"))
    sender = Sender(await hass_client_no_auth())
    await sender.grant(parcel_ref="P-77")
    eve = Visitor(sender.client, token_of(house, "Eve"))

    shown = await eve.ask()

    assert any("must confirm you first" in line for line in shown.lines)
    assert "P-77" not in shown.body.decode()
    for fields in (
        {"do": "veto", "courier": "courier-parcel-post", "grant": "G1"},
        {"do": "pause_unit"},
    ):
        assert (await eve.send(fields)).headers["Location"] == "?said=not_possible"
    await eve.send({"do": "withdraw_consent"})
    assert (await sender.enter()).body["decision"] == "admitted"


async def test_a_residents_link_is_good_for_nothing_across_the_street(
    hass: HomeAssistant, house: House, ada: Visitor, sender: Sender
) -> None:
    other = MockConfigEntry(
        domain=DOMAIN,
        title="13 Elm Street",
        data={"household": "several"},
        subentries_data=list(across_the_street(webhook_id="other")),
    )
    other.add_to_hass(hass)
    assert await hass.config_entries.async_setup(other.entry_id)
    await hass.async_block_till_done()
    across = House(hass, other)
    theirs = Sender(sender.client, webhook_id="other")
    assert (await theirs.grant()).body["decision"] == "accepted"
    zoe = Visitor(sender.client, token_of(across, "Zoe"))

    # Both live in a unit 3B.
    fields = (await zoe.ask()).form("veto")
    assert (await ada.send(fields)).headers["Location"] == "?said=not_possible"
    await ada.send({"do": "pause_building"})
    await ada.send({"do": "withdraw_consent"})

    assert (await theirs.enter()).body["decision"] == "admitted"
    assert (await zoe.ask()).lines[0] == "13 Elm Street"
    assert "13 Elm" not in (await ada.ask()).body.decode()


async def test_a_link_that_may_be_of_a_building_that_is_not_loaded_is_not_said_to_be_wrong(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    broken = MockConfigEntry(
        domain=DOMAIN, data={"household": "one"}, subentries_data=[door()]
    )
    broken.add_to_hass(hass)
    assert broken.state is ConfigEntryState.NOT_LOADED

    assert (await ada.ask()).status == 200
    assert (await Visitor(ada.client, "wrong").ask()).status == 503


async def test_markup_from_a_courier_stays_text_and_can_be_vetoed(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    hostile = '<img src=x onerror="alert(1)">'
    evil = courier(hostile, webhook_id="evil")
    house = await build(hass, door(hostile), evil, resident(), title=hostile)
    sender = Sender(await hass_client_no_auth(), webhook_id="evil")
    assert (await sender.grant(parcel_ref="<b>&amp;")).body["decision"] == "accepted"
    await sender.enter()
    await house.settle()
    ada = Visitor(sender.client, token_of(house))

    shown = await ada.ask()

    assert {"img", "b"}.isdisjoint(shown.page.tags)
    assert shown.lines[0] == hostile
    assert "Unit 3B. Parcel <b>&amp;." in shown.lines
    await sender.grant("G2")
    assert "Vetoed." in " ".join((await ada.do("veto")).lines)


async def test_no_token_gets_into_a_state_a_log_or_a_title(
    hass: HomeAssistant,
    house: House,
    ada: Visitor,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG, "custom_components.courier_access")
    old = ada.token

    async def fail(*_: object) -> None:
        raise RuntimeError("nobody expected this")

    with monkeypatch.context() as patched:
        patched.setattr(personal_page, "async_contents", fail)
        assert (await ada.ask()).status == 503
    await ada.do("renew_link")
    await ada.send({"do": "unheard-of"})

    assert "nobody expected this" in caplog.text
    ours = "".join(
        record.getMessage() + (record.exc_text or "")
        for record in caplog.records
        if record.name.startswith("custom_components")
    )
    states = str([state.as_dict() for state in hass.states.async_all()])
    for token in (old, ada.token):
        assert token not in ours
        assert token not in states
        assert token not in house.entry.title


async def _consent(house: House) -> None:
    ada = house.building.residents["resident-ada"]
    rules = Rules(consent=Consent.GIVEN, schedule=ALWAYS)
    await house.building.rulebook.change(ada, rules, Author(user_id=ada.user_id))
