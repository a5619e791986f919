"""Residents read which visits go to the fleet, and object, on their own pages."""

from datetime import UTC, datetime
from itertools import takewhile

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.state.fleet_visits import (
    begin_visits,
    load_visits_setting,
    note_visits_notified,
)
from custom_components.courier_access.notifications.consent import async_consent_text
from custom_components.courier_access.residents.fleet_visits import (
    StoredVisits,
    load_visits,
)
from tests.support.house import House, Sender, build, courier, door, resident
from tests.support.pages import Answer, Visitor, token_of

from .test_responsible import a_house, pages

HEADING = "Visits of your home for the manager"
WHAT = (
    "fleet.example is the manager's database. It gets visits with the courier, door, "
    "time to the minute, result, and a reason from a fixed list, and keeps them for 90 "
    "days. It gets no home, resident, parcel, or driver."
)
WAITS = (
    "The building sends visits 14 days after every resident was notified. Not every "
    "resident was notified so far."
)
BEGINS = "The building sends later visits, at the earliest from "
NOW = "The building sends visits now."
SENT = "Visits to your home are sent, too: nobody in your home objects."
OUT = "Visits to your home are left out."
ASKED = "Nothing is sent until one of you says yes."
OBJECT, BACK = "Object", "Take my objection back"
YES, NO = "Yes, send our visits", "No, send no visits"


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    residents = resident("Ada", "3B"), resident("Bob", "4C")
    return await build(hass, door(), courier(), *residents)


@pytest.fixture
def ada(house: House, sender: Sender) -> Visitor:
    return Visitor(sender.client, token_of(house, "Ada"))


async def send(house: House, days: int | None = 90) -> None:
    """Turn visits on, or off, as an administrator does."""
    fleet = {"address": "https://fleet.example", "token": "a.b.c"}
    more = {} if days is None else {"visits_days": days}
    options = {**house.entry.options, "fleet": {**fleet, **more}}
    house.hass.config_entries.async_update_entry(house.entry, options=options)
    await house.settle()


async def step(house: House, *, begins: bool) -> None:
    """Record that every resident was notified, or that visits begin."""
    at, visits = datetime(2026, 11, 24, 8, tzinfo=UTC), house.building.rulebook
    work = begin_visits if begins else note_visits_notified

    def write(transaction: Transaction) -> StoredVisits:
        setting = load_visits_setting(transaction.conn)
        assert setting is not None
        work(transaction, setting, at)
        return load_visits(transaction.conn)

    visits.fleet_visits.stored = await house.building.ledger.write(write)


def of_fleet(shown: Answer) -> list[str]:
    """Return the lines of the section, up to its small print."""
    after = shown.lines[shown.lines.index(HEADING) + 1 :]
    small = ("If you object, ", "One no is enough. ")
    return list(takewhile(lambda line: not line.startswith(small), after))


async def test_page_says_what_goes_where_and_from_when(
    house: House, ada: Visitor
) -> None:
    for query in ("", "?data", "?about"):
        assert HEADING not in (await ada.ask(query=query)).lines
    await send(house)
    # The page itself only leads there.
    assert HEADING in (await ada.ask()).lines
    assert WHAT not in (await ada.ask()).lines
    assert of_fleet(await ada.ask(query="?data")) == [WHAT, WAITS, OBJECT]
    await step(house, begins=False)
    _, begins, _ = of_fleet(await ada.ask(query="?data"))
    assert begins.startswith(BEGINS)
    assert "Tue, Dec 8" in begins
    await step(house, begins=True)
    assert of_fleet(await ada.ask(query="?data")) == [WHAT, NOW, SENT, OBJECT]
    about = (await ada.ask(query="?about")).lines
    assert [each for each in about if each in (WHAT, NOW, SENT)] == [WHAT, NOW, SENT]
    assert OBJECT not in about
    await send(house, None)
    assert HEADING not in (await ada.ask(query="?data")).lines


async def test_resident_objects_and_takes_it_back_for_their_home_alone(
    house: House, ada: Visitor, sender: Sender
) -> None:
    bob = Visitor(sender.client, token_of(house, "Bob"))
    await send(house)
    said = await ada.do("choose_visits", at="?data")
    assert "Saved: this page says whether visits to your home are sent." in said.lines
    assert of_fleet(said) == [WHAT, WAITS, OUT, BACK]
    assert OUT not in (await bob.ask(query="?data")).lines
    about = " ".join((await ada.ask(query="?about")).lines)
    assert "Chosen whether visits to your home are sent to the manager." in about
    assert house.building.rulebook.fleet_visits.stored.of_homes.objects("3b")
    assert not house.building.rulebook.fleet_visits.stored.of_homes.objects("4c")

    said = await ada.do("choose_visits", at="?data")
    assert of_fleet(said) == [WHAT, WAITS, OBJECT]
    assert not house.building.rulebook.fleet_visits.stored.of_homes.objects("3b")


async def test_one_household_is_asked_and_says_yes_or_no(
    hass: HomeAssistant, sender: Sender
) -> None:
    residents = resident("Ada", "3B"), resident("Ben", "3B")
    house = await build(hass, door(), courier(), *residents, household="one")
    ada, ben = (
        Visitor(sender.client, token_of(house, name)) for name in ("Ada", "Ben")
    )
    await send(house)
    assert of_fleet(await ada.ask(query="?data")) == [WHAT, ASKED, YES]
    said = await ada.do("choose_visits", at="?data")
    assert of_fleet(said) == [WHAT, NOW, NO]
    assert of_fleet(await ben.ask(query="?data")) == [WHAT, NOW, NO]
    said = await ben.do("choose_visits", at="?data")
    assert of_fleet(said) == [WHAT, ASKED, YES]


@pytest.mark.parametrize("objects", ["", "true", "maybe"])
async def test_other_values_are_no_form_of_the_page(
    house: House, ada: Visitor, objects: str
) -> None:
    await send(house)
    answer = await ada.send({"do": "choose_visits", "object": objects})
    assert answer.status == 400
    assert house.building.rulebook.fleet_visits.stored.choices == {}


WHERE = "fleet.example, the manager's database, for 90 days"
CONSENT = (
    f"Visits also go to {WHERE}: courier, door, time, result, and reason, without home, "
    "parcel, or driver. This begins 14 days after every resident was notified. You can "
    "object at any time, without taking back your yes."
)
CONSENT_ASKED = (
    f"The administrator wants to send visits also to {WHERE}: courier, door, time, "
    "result, and reason. You are asked about that separately. Without a yes to it, "
    "nothing is sent."
)
LOBBY = (
    f"Visits also go to {WHERE}: courier, door, time, result, and reason, without the "
    "home. Residents can object."
)
DRIVERS = (
    f"Visits can also go to {WHERE}: your company, this door, the time, the result, and "
    "the reason."
)


async def test_consent_notice_and_doors_name_the_fleet(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await a_house(hass, "several")
    client = await hass_client_no_auth()
    lines = {
        "notice": LOBBY,
        "lobby": LOBBY,
        "personal": CONSENT,
        "door": DRIVERS,
        "sheet": DRIVERS,
    }
    for is_on in (False, True):
        if is_on:
            before = await async_consent_text(hass, house.entry, "en")
            await send(house)
            assert (await async_consent_text(hass, house.entry, "en")) != before
        shown = await pages(house, client)
        for name, line in lines.items():
            assert shown[name].lines.count(line) == is_on, name


async def test_one_household_reads_that_it_is_asked_separately(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await a_house(hass, "one")
    await send(house)
    for name, shown in (await pages(house, await hass_client_no_auth())).items():
        assert shown.lines.count(CONSENT_ASKED) == (name == "personal"), name
        assert not {LOBBY, DRIVERS, CONSENT} & set(shown.lines), name


async def test_residents_of_two_units_read_what_happens_even_if_chosen_as_one_household(
    hass: HomeAssistant,
) -> None:
    residents = resident("Ada", "3B"), resident("Bob", "4C")
    house = await build(hass, door(), courier(), *residents, household="one")
    await send(house)

    setting = house.building.rulebook.fleet_visits.setting
    assert setting is not None
    assert not setting.asks
    lines = (await async_consent_text(hass, house.entry, "en")).text.splitlines()
    assert CONSENT in lines
    assert CONSENT_ASKED not in lines
