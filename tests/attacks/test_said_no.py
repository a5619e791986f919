"""Others try to turn a resident's no into a yes, to use it against the home, or to say it in their place."""

from typing import Any

from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.support.administrator import change
from tests.support.enqueued import enqueued
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    build,
    courier,
    door,
    refusal,
    resident,
)
from tests.support.pages import Visitor, token_of
from tests.support.people import People, acting
from tests.support.rows import personal
from tests.support.verified import verified
from tests.support.wires import Wires

ADA, ABE, BEN = "resident-ada", "resident-abe", "resident-ben"
PAPER = {"id": "later", "decided_on": "2026-06-07", "consent": True, "windows": ALWAYS}


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """Return a building where Ada and Abe share 3B and consent, and Ben has a personal link."""
    homes = await people.homes(Ada="3B", Abe="3B")
    house = await build(hass, door(), courier(), *homes, resident("Ben", "5C", None))
    await people.confirm(house, "Abe", "Ada")
    await people.consent(house, "Ada", "Abe")
    await house.settle()
    house.told.clear()
    return house


@pytest.fixture
def wires(house: House, people: People, hass_ws_client: WebSocketGenerator) -> Wires:
    return Wires(house, people, hass_ws_client)


async def others(people: People) -> list[User]:
    """Return an administrator and a flatmate, who act over the WebSocket API."""
    await people.owner()
    return [people["Owner"], people["Abe"]]


async def decided(wires: Wires, someone: User, consent: object) -> dict[str, Any]:
    """Let somebody set Ada's consent, and return the answer as it comes.

    They know the text that Ada reads before a yes.
    """
    ada, wire = await wires(wires.people["Ada"]), await wires(someone)
    text = await ada.result("consent/text", resident=ADA, language="en")
    read = {name: text[name] for name in ("hash", "language")}
    return await wire.ask("rules/set", resident=ADA, consent=consent, text=read)


def consent(house: House, resident_id: str = ADA) -> Consent:
    return house.building.rulebook.of(resident_id).consent


@pytest.mark.parametrize("yes", [True, "given", "yes", "on"])
async def test_nobody_turns_a_residents_no_into_a_yes(
    house: House, people: People, wires: Wires, yes: object
) -> None:
    assert (await decided(wires, people["Ada"], "opted_out"))["success"]

    for someone in await others(people):
        assert not (await decided(wires, someone, yes))["success"]
    for context in (acting(None), await people.owner(), people.acting("Abe")):
        why = await refusal(house, "set_rules", context, ADA, consent=yes)
        assert why in ("not_allowed_loosen_rules", "not_allowed_restrict_rules")
    await house.reload()
    assert consent(house) is Consent.OPTED_OUT


@pytest.mark.parametrize("state", ["not_given", "unknown", "", None])
async def test_no_way_leads_back_to_an_open_question(
    house: House, people: People, wires: Wires, state: object
) -> None:
    assert (await decided(wires, people["Ada"], "opted_out"))["success"]

    answer = await decided(wires, people["Ada"], state)

    assert answer["error"]["code"] == "invalid_format"
    assert consent(house) is Consent.OPTED_OUT


async def test_no_in_a_residents_place_does_not_open_a_home_that_keeps_couriers_out(
    house: House,
    people: People,
    wires: Wires,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    sender = Sender(await hass_client_no_auth())
    assert (await decided(wires, people["Ada"], "withdrawn"))["success"]

    for someone in await others(people):
        assert not (await decided(wires, someone, "opted_out"))["success"]
    said = await refusal(house, "set_rules", acting(None), ADA, consent="opted_out")

    assert said == "not_allowed_loosen_rules"
    assert consent(house) is Consent.WITHDRAWN
    assert (await sender.grant()).body["reason"] == "not_accepting"


@pytest.mark.parametrize(
    ("decision", "kind", "says"),
    [
        (
            "opted_out",
            NotificationKind.CONSENT_OPTED_OUT,
            "Your no to couriers is recorded",
        ),
        (
            "withdrawn",
            NotificationKind.CONSENT_WITHDRAWN,
            "Couriers are kept out of your home now.",
        ),
    ],
)
async def test_no_said_for_a_resident_is_recorded_and_notified_to_the_home(
    house: House,
    people: People,
    wires: Wires,
    decision: str,
    kind: NotificationKind,
    says: str,
) -> None:
    owner, abe = await others(people)
    assert not (await decided(wires, abe, decision))["success"]
    assert (await decided(wires, owner, decision))["success"]
    await house.settle()

    assert consent(house, ABE) is Consent.GIVEN
    [queued] = await enqueued(house, kind)
    assert dict(queued.units) == {"3b": "3B"}
    assert sorted(name for name, _ in house.told) == ["Abe", "Ada"]
    # It doesn't say that Ada did it, and the record says who did.
    assert dict(house.told)["Ada"].startswith(says)
    ledger = house.building.ledger
    deciders = await personal(ledger, "decided_by", "rules.changed")
    assert deciders[-1] == owner.id
    assert (await verified(ledger)).intact
    assert (await decided(wires, people["Ada"], "given"))["success"]


async def test_paper_recorded_later_turns_no_link_holders_no_into_a_yes(
    house: House, hass_client_no_auth: ClientSessionGenerator
) -> None:
    client = await hass_client_no_auth()
    await Visitor(client, token_of(house, "Ben")).do("opt_out")
    assert consent(house, BEN) is Consent.OPTED_OUT

    await change(house, BEN, paper=PAPER)

    assert consent(house, BEN) is Consent.OPTED_OUT
    granted = await Sender(client).grant(units=("5C",))
    assert granted.body["reason"] == "not_accepting"
    assert NotificationKind.DECIDED_ON_PAPER in [
        each.kind for each in await enqueued(house)
    ]


async def test_holder_of_a_link_says_no_for_that_resident_alone(
    house: House, hass_client_no_auth: ClientSessionGenerator
) -> None:
    ben = Visitor(await hass_client_no_auth(), token_of(house, "Ben"))
    form = (await ben.ask()).form("opt_out")
    await ben.send({**form, "resident": ADA, "unit": "3B"})

    assert (consent(house), consent(house, ABE)) == (Consent.GIVEN, Consent.GIVEN)
