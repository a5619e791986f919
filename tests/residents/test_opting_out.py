"""Test a resident's own no: it ends their consent, and leaves that of others in the home."""

from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access.model import Consent
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.support.enqueued import enqueued, move_in
from tests.support.house import (
    House,
    Sender,
    ask,
    build,
    courier,
    door,
    resident,
)
from tests.support.people import People, acting
from tests.support.rows import personal
from tests.support.verified import verified
from tests.support.wires import connect

ADA, ABE = "resident-ada", "resident-abe"


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    return People(hass)


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """Return a building where Ada and Abe share 3B, and Cleo lives in 4A. Nobody has decided."""
    await people.move_in("Ada", "Abe", "Cleo", "Mia")
    homes = [
        enrolled(people, *each)
        for each in (("Ada", "3B"), ("Abe", "3B"), ("Cleo", "4A"))
    ]
    house = await build(hass, door(), courier(), *homes)
    await people.confirm(house, "Abe", "Ada")
    await house.settle()
    house.told.clear()
    return house


def enrolled(people: People, name: str, unit: str) -> ConfigSubentryDataWithId:
    return resident(name, unit, None, person=people.person(name))


async def decide(house: House, people: People, name: str, consent: str) -> None:
    subject = f"resident-{name.lower()}"
    await ask(house, "set_rules", subject, people.acting(name), consent=consent)
    await house.settle()


def consent(house: House, resident_id: str) -> Consent:
    return house.building.rulebook.of(resident_id).consent


async def shown(house: House, pin: str) -> str:
    """Type a PIN at the door as a keypad does, and return the reason of the answer."""
    answer = await ask(house, "request_entry", "door-lobby", acting(None), pin=pin)
    await house.settle()
    reason: str = answer["reason"]
    return reason


async def test_own_no_ends_no_consent_but_ones_own(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await people.consent(house, "Ada", "Abe")
    await sender.grant("before")

    await decide(house, people, "Ada", "opted_out")

    assert (consent(house, ADA), consent(house, ABE)) == (
        Consent.OPTED_OUT,
        Consent.GIVEN,
    )
    assert (await sender.enter("before")).body["decision"] == "admitted"
    assert (await sender.grant("after")).body["decision"] == "accepted"
    await decide(house, people, "Abe", "withdrawn")
    assert (await sender.grant("later")).body["reason"] == "not_accepting"


async def test_last_no_of_a_home_closes_it_at_once_and_for_good(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await people.consent(house, "Ada", "Abe", "Cleo")
    await sender.grant("both", units=("3B", "4A"))
    await sender.grant("ours")

    await decide(house, people, "Ada", "opted_out")
    assert len(house.building.grants.expected("3b")) == 2
    await decide(house, people, "Abe", "opted_out")

    assert house.building.grants.expected("3b") == []
    assert (await sender.enter("ours")).body["reason"] == "not_accepting"
    assert (await sender.grant("new")).body["reason"] == "not_accepting"
    assert (await sender.enter("both")).body["decision"] == "admitted"
    # A later yes brings no delivery back.
    await decide(house, people, "Abe", "given")
    assert (await sender.enter("ours")).body["reason"] == "not_accepting"
    assert (await sender.grant("new", revision=2)).body["decision"] == "accepted"
    await house.settle()
    assert (await verified(house.building.ledger)).intact


async def test_no_leaves_the_deliveries_of_a_yes_whose_account_is_disabled(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await people.consent(house, "Ada", "Abe")
    await sender.grant("ours", max_entries=2)
    auth = house.hass.auth
    await auth.async_update_user(people["Ada"], is_active=False)
    await house.settle()

    await decide(house, people, "Abe", "opted_out")

    assert (await sender.enter("ours")).body["reason"] == "not_accepting"
    # Abe's no is only his own, whether it comes before or after.
    await auth.async_update_user(people["Ada"], is_active=True)
    await house.settle()
    assert (await sender.enter("ours")).body["decision"] == "admitted"


async def test_no_before_a_first_decision_binds_nobody_else(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await decide(house, people, "Ada", "opted_out")

    assert (await sender.grant("first")).body["reason"] == "not_accepting"
    await people.consent(house, "Abe")
    assert (await sender.grant("second")).body["decision"] == "accepted"
    assert (await sender.enter("second")).body["decision"] == "admitted"


@pytest.mark.parametrize("before", ["given", "withdrawn", None])
async def test_no_is_recorded_notified_once_and_kept_over_a_restart(
    house: House, people: People, before: str | None
) -> None:
    if before is not None:
        await decide(house, people, "Ada", before)
    ledger = house.building.ledger
    house.told.clear()

    await decide(house, people, "Ada", "opted_out")
    await decide(house, people, "Ada", "opted_out")

    assert (await personal(ledger, "consent", "rules.changed"))[-1] == "opted_out"
    deciders = await personal(ledger, "decided_by", "rules.changed")
    assert deciders == [people["Ada"].id] * (1 if before is None else 2)
    [queued] = await enqueued(house, NotificationKind.CONSENT_OPTED_OUT)
    assert dict(queued.units) == {"3b": "3B"}
    told = {name: said for name, said in house.told if "loosened" not in said}
    assert told.keys() == {"Ada", "Abe"}
    is_lifted = before == "withdrawn"
    assert told["Ada"].startswith(
        "You no longer keep" if is_lifted else "Your no to couriers is recorded"
    )
    assert told["Abe"].startswith(
        "A resident of your home no longer keeps couriers out of it."
        if is_lifted
        else "A resident of your home said no to couriers."
    )
    alarms = len(house.told) - len(told)
    assert alarms == (1 if before == "withdrawn" else 0)
    await house.reload()
    assert consent(house, ADA) is Consent.OPTED_OUT
    assert (await verified(house.building.ledger)).intact


async def test_nobody_asks_again_after_a_no(house: House, people: People) -> None:
    await decide(house, people, "Ada", "opted_out")
    house.told.clear()

    await house.building.rulebook.invite_again()
    await house.settle()

    assert sorted(name for name, _ in house.told) == ["Abe", "Cleo"]


async def test_later_yes_is_notified_as_a_loosening(
    house: House, people: People
) -> None:
    await decide(house, people, "Ada", "opted_out")
    house.told.clear()

    await decide(house, people, "Ada", "given")

    assert consent(house, ADA) is Consent.GIVEN
    [(name, said)] = house.told
    assert name == "Ada"
    assert "consent given. Not you? Withdraw" in said


async def test_no_in_place_of_a_withdrawal_opens_the_home_and_is_notified(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await people.consent(house, "Abe")
    await decide(house, people, "Ada", "withdrawn")
    assert (await sender.grant("shut")).body["reason"] == "not_accepting"
    house.told.clear()

    await decide(house, people, "Ada", "opted_out")

    assert (await sender.grant("open")).body["decision"] == "accepted"
    [loosened] = [
        said for name, said in house.told if name == "Ada" and "loosened" in said
    ]
    assert "you no longer keep couriers out of your home. Not you?" in loosened
    told = {name: said for name, said in house.told if said != loosened}
    assert told.keys() == {"Ada", "Abe"}
    assert told["Ada"].startswith("You no longer keep couriers out of your home.")
    assert told["Abe"].startswith("A resident of your home no longer keeps")
    assert not any("have ended" in said for said in told.values())


async def test_pending_residents_no_is_notified_once_they_are_confirmed(
    house: House, people: People, hass_client_no_auth: ClientSessionGenerator
) -> None:
    sender = Sender(await hass_client_no_auth())
    await people.consent(house, "Abe")
    await move_in(house, enrolled(people, "Mia", "3B"))
    await sender.grant()
    await decide(house, people, "Mia", "opted_out")
    assert await enqueued(house, NotificationKind.CONSENT_OPTED_OUT) == []

    await people.confirm(house, "Mia", "Ada")

    [queued] = await enqueued(house, NotificationKind.CONSENT_OPTED_OUT)
    assert queued.details["name"] == "Mia"
    assert (await sender.enter()).body["decision"] == "admitted"


async def test_no_of_a_person_stays_with_another_account(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await decide(house, people, "Ada", "opted_out")
    other = await people.stranger()

    hass.states.async_set("person.ada", "home", {"user_id": other.user_id})
    await house.settle()

    assert consent(house, ADA) is Consent.OPTED_OUT
    assert ADA not in house.building.rulebook.undecided


async def test_no_ends_ones_own_passes_and_a_flatmate_makes_new_ones(
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> None:
    sender = Sender(await hass_client_no_auth())
    await people.consent(house, "Ada", "Abe")
    await sender.grant()
    delivery = {"courier": "Parcel Post", "grant_id": "G1"}
    ada, abe = [
        await connect(house.hass, house, hass_ws_client, people[name])
        for name in ("Ada", "Abe")
    ]
    own = await ada.result("passes/make", **delivery)

    await decide(house, people, "Ada", "opted_out")

    assert await abe.result("passes") == {"passes": []}
    assert await shown(house, own["pin"]) == "unknown_grant"
    assert await ada.refusal("passes/make", **delivery) == (
        "not_found",
        "no_grant_for_pass",
    )
    other = await abe.result("passes/make", **delivery)
    assert not other["ends_earlier"]
    # The earlier pass doesn't come back with a later yes.
    await decide(house, people, "Ada", "given")
    assert await shown(house, own["pin"]) == "unknown_grant"
    assert await shown(house, other["pin"]) == "ok"


@pytest.mark.parametrize("refusal", ["opted_out", "withdrawn"])
async def test_later_yes_brings_back_neither_passes_nor_the_address_code(
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    refusal: str,
) -> None:
    sender = Sender(await hass_client_no_auth())
    await people.consent(house, "Ada", "Abe")
    await sender.grant()
    delivery = {"courier": "Parcel Post", "grant_id": "G1"}
    ada = await connect(house.hass, house, hass_ws_client, people["Ada"])
    own = await ada.result("passes/make", **delivery)
    address = await ada.result("address_code/renew", resident=ADA)

    await decide(house, people, "Ada", refusal)
    await decide(house, people, "Ada", "given")

    assert (await sender.grant("G2")).body["decision"] == "accepted"
    for _ in range(2):
        for code in (own["pin"], address["address_code"]):
            assert await shown(house, code) == "unknown_grant"
        await house.reload()
    assert (await verified(house.building.ledger)).intact
