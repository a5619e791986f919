"""A scanned label that shows an expected number asks residents; only the number itself is a proof."""

import asyncio
from dataclasses import replace
import random

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.codes import normal_code
from custom_components.courier_access.access.model import Attitude, Proof
from tests.support.asked_phones import ASK, AskedHouse, PushService, asked_house
from tests.support.house import House, ask, entries_of, until
from tests.support.labels import DPD, DPD_LABEL, GS, SCANNED, USPS
from tests.support.people import People, acting
from tests.support.ringing import LETS_IN, Ringing, ringing_house

from .test_unsigned import NOBODY, expect, house, people, show

__all__ = ["house", "people"]

LOBBY = "door-lobby"


async def let_numbers_in(house: House, people: People, *names: str) -> None:
    """Let these residents let in a parcel's number without a question."""
    for name in names:
        await ask(
            house,
            "set_rules",
            f"resident-{name.lower()}",
            acting(people[name]),
            default_proof="parcel_number",
        )


def wrong_at_keypads(house: House) -> int:
    hours = house.building.wrong_codes.of(LOBBY).hours
    return sum(keypads for _, keypads in hours.values())


async def test_label_of_every_carrier_asks_whatever_the_rule_says(
    house: House, people: People
) -> None:
    ada = acting(people["Ada"])
    await let_numbers_in(house, people, "Ada")
    for name, (scanned, expected) in SCANNED.items():
        await expect(house, ada, parcel_ref=expected)
        answer = await show(house, parcel_number=scanned)
        assert (answer["decision"], answer["reason"]) == ("refused", "no_answer"), name
        answer = await show(house, parcel_number=expected)
        assert answer["decision"] == "admitted", name
    assert wrong_at_keypads(house) == 0


async def test_label_without_an_expected_number_is_one_wrong_code(
    house: House, people: People
) -> None:
    await let_numbers_in(house, people, "Ada")
    await expect(house, acting(people["Ada"]), parcel_ref=DPD)
    other = DPD_LABEL.replace(DPD, DPD[::-1])
    for number, scanned in enumerate((other, f"]C0{other}", "0" * 27 + DPD), 1):
        answer = await show(house, parcel_number=scanned)
        assert (answer["reason"], answer["entry_id"]) == ("unknown_grant", None)
        assert wrong_at_keypads(house) == number


async def test_longer_number_on_a_label_wins_and_in_doubt_nobody_is_asked(
    house: House, people: People
) -> None:
    ada = acting(people["Ada"])
    await let_numbers_in(house, people, "Ada")
    await expect(house, ada, parcel_ref=DPD[:10])
    await expect(house, ada, parcel_ref=DPD[4:])
    assert (await show(house, parcel_number=DPD_LABEL))["reason"] == "unknown_grant"
    # Each of them is still a number of its own.
    assert (await show(house, parcel_number=DPD[4:]))["decision"] == "admitted"
    await expect(house, ada, parcel_ref=DPD)
    answer = await show(house, parcel_number=DPD_LABEL)
    assert answer["reason"] == "no_answer"
    [entry] = await entries_of(house.building, 1)
    assert entry.entry_id == answer["entry_id"]
    assert entry.personal["parcel_ref"] == DPD


async def test_nothing_that_is_typed_lets_in_unless_it_is_the_number(
    house: House, people: People
) -> None:
    """Pack an expected number into what is typed in random ways."""
    chance = random.Random("labels")
    await let_numbers_in(house, people, "Ada")
    for number in (DPD, "JD 0146-71"):
        await expect(house, acting(people["Ada"]), parcel_ref=number, max_entries=10)
    numbers = {normal_code(DPD), "JD014671"}
    parts = [DPD, "jd0146-71", "]C1", "]C0", "(00)", "00", "%", GS, " ", "-", "420"]
    admitted = 0
    for _ in range(60):
        typed = "".join(chance.choices(parts, k=chance.randint(1, 3)))
        answer = await show(house, parcel_number=typed)
        equals = normal_code(typed) in numbers
        assert (answer["decision"] == "admitted") is equals, typed
        admitted += equals
    assert 0 < admitted < 20


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> AskedHouse:
    """A building where Ada of 3B and Cleo of 4A let in a parcel's number, with a phone each."""
    asked = await asked_house(
        hass, hass_client_no_auth, service, {"Ada": "3B", "Cleo": "4A"}
    )
    rules = replace(ASK, default=Attitude.ALLOW, default_proof=Proof.PARCEL_NUMBER)
    for name in ("Ada", "Cleo"):
        await asked.decide(name, rules)
    return asked


async def scan(asked: AskedHouse, label: str) -> asyncio.Task[dict[str, object]]:
    """Scan a label at a keypad, and wait until somebody is asked."""
    scanning = asyncio.create_task(
        ask(asked.house, "request_entry", LOBBY, NOBODY, parcel_number=label)
    )
    await until(lambda: any(each.questions for each in asked.phones.values()))
    return scanning


@pytest.mark.parametrize(
    ("pressed", "decision"), [("Let in", "admitted"), ("Keep out", "refused")]
)
async def test_residents_answer_decides_about_a_label(
    asked: AskedHouse, pressed: str, decision: str
) -> None:
    await asked.sender.grant("G1", door="lobby", parcel_ref=USPS)
    scanning = await scan(asked, f"]C142011213{GS}{USPS}")
    await asked.phones["Ada"].answer(pressed)
    answer = await scanning
    await asked.settle()
    assert answer["decision"] == decision
    [entry] = await entries_of(asked.house.building, 1)
    assert (entry.decision, entry.proof) == (decision, Proof.PARCEL_NUMBER)


async def test_number_of_two_deliveries_asks_about_both(asked: AskedHouse) -> None:
    await asked.sender.grant("G1", door="lobby", parcel_ref=DPD)
    await asked.sender.grant("G2", ("4A",), door="lobby", parcel_ref=DPD)
    scanning = await scan(asked, DPD_LABEL)
    await until(lambda: all(each.questions for each in asked.phones.values()))
    await asked.phones["Cleo"].answer("Let in")
    assert (await scanning)["decision"] == "admitted"
    [entry] = await entries_of(asked.house.building, 1)
    assert entry.personal["units"] == '["4a"]'


async def test_denial_wins_against_a_yes_to_a_label(asked: AskedHouse) -> None:
    await asked.sender.grant("G1", door="lobby", parcel_ref=DPD, max_entries=3)
    scanning = await scan(asked, DPD_LABEL)
    await asked.decide("Ada", replace(ASK, default=Attitude.DENY))
    await asked.phones["Ada"].answer("Let in")
    assert (await scanning)["decision"] == "refused"


async def test_page_takes_a_label_with_all_that_a_scanner_sends(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
    freezer: FrozenDateTimeFactory,
) -> None:
    ringing: Ringing = await ringing_house(hass, hass_client_no_auth, service, freezer)
    rules = replace(ASK, default=Attitude.ALLOW, default_proof=Proof.PARCEL_NUMBER)
    await ringing.asked.decide("Ada", rules)
    await ringing.asked.sender.grant("G1", door="lobby", parcel_ref=USPS)
    page = ringing.page()
    await page.send(code=f"]C1420112131234{GS}{USPS}")
    await until(lambda: ringing.questions() == 1)
    await ringing.sent()
    await ringing.answer()
    assert await page.reads() == LETS_IN
