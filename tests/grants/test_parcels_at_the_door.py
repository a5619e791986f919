"""What a listed parcel's driver can do at the door, and what a feed can't take from them."""

import asyncio
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import (
    Consent,
    Grant,
    Proof,
    Rules,
)
from custom_components.courier_access.access.standing_orders import StandingOrder
from custom_components.courier_access.home_assistant.callbacks import reference_of
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.administrator import add_courier
from tests.support.asked_phones import AskedHouse, PushService, asked_house
from tests.support.house import ask, pass_time, until, utc
from tests.support.parcel_feed import (
    MailSensor,
    ParcelAccount,
    mail_account,
    parcel_account,
)

NUMBER = "1Z999AA10123456784"
OTHER = "1Z999AA10123456785"
TRUSTING = Rules(
    consent=Consent.GIVEN, schedule=ALWAYS, default_proof=Proof.PARCEL_NUMBER
)


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> AskedHouse:
    """A home that lets in everybody who has a number or a code."""
    freezer.move_to(utc(2026, 11, 24, 9))
    await hass.config.async_set_time_zone("UTC")
    asked = await asked_house(hass, hass_client_no_auth, service)
    await asked.decide("Ada", TRUSTING)
    return asked


@pytest.fixture
async def mail(hass: HomeAssistant) -> MailSensor:
    return await mail_account(hass)


@pytest.fixture
async def account(hass: HomeAssistant) -> ParcelAccount:
    return await parcel_account(hass)


async def follow(asked: AskedHouse, *sensors: str, most_per_day: int = 3) -> None:
    """Let Ada give an order from these sensors."""
    order = StandingOrder(
        "order-1",
        "resident-ada",
        tuple(reference_of(asked.hass, each) for each in sensors),
        "courier-parcel-post",
        "door-lobby",
        most_per_day,
    )
    building = asked.house.building
    await building.standing_orders.put(order, Author(asked.people["Ada"].id))
    await asked.settle()


def expected(asked: AskedHouse) -> list[Grant]:
    return asked.house.building.grants.expected()


def show(asked: AskedHouse, **shown: str) -> asyncio.Task[dict[str, Any]]:
    """Let a driver show something at the door."""
    request = ask(asked.house, "request_entry", "door-lobby", Context(), **shown)
    return asyncio.create_task(request)


async def address_code(asked: AskedHouse) -> str:
    building = asked.house.building
    ada = building.residents["resident-ada"]
    return await building.passes.renew_address_code(ada, Author())


@pytest.mark.parametrize("proof", [Proof.PARCEL_NUMBER, Proof.ADDRESS_CODE])
async def test_made_up_email_lets_nobody_in_without_a_question(
    asked: AskedHouse, mail: MailSensor, proof: Proof
) -> None:
    await follow(asked, mail.entity_id)
    mail.report(1, NUMBER)
    await asked.settle()
    [grant] = expected(asked)
    assert (grant.delivery.parcel_ref, grant.is_forgeable) == (NUMBER, True)

    shown = {"parcel_number": NUMBER}
    if proof is Proof.ADDRESS_CODE:
        shown = {"address_code": await address_code(asked)}
    entering = show(asked, **shown)
    await until(lambda: bool(asked.phones["Ada"].questions))
    assert asked.house.door_state() == "locked"
    await asked.phones["Ada"].answer("Keep out")
    assert (await entering)["decision"] == "refused"
    assert asked.house.door_state() == "locked"


async def test_carriers_own_list_lets_in_by_number_as_the_rules_say(
    asked: AskedHouse, account: ParcelAccount
) -> None:
    await follow(asked, account.sensor.entity_id)
    account.report(NUMBER, "out_for_delivery")
    await asked.settle()
    assert (await show(asked, parcel_number=NUMBER))["decision"] == "admitted"


@pytest.mark.parametrize("domain", ["mqtt", "gls", "parcel_aggregator"])
async def test_parcel_that_anybody_could_add_lets_nobody_in_without_a_question(
    asked: AskedHouse, domain: str
) -> None:
    account = await parcel_account(asked.hass, domain=domain)
    await follow(asked, account.sensor.entity_id)
    account.report(NUMBER, "out_for_delivery")
    await asked.settle()
    entering = show(asked, parcel_number=NUMBER)
    await until(lambda: bool(asked.phones["Ada"].questions))
    await asked.phones["Ada"].answer("Keep out")
    assert (await entering)["decision"] == "refused"
    assert asked.house.door_state() == "locked"


async def test_parcel_that_anybody_could_add_is_announced_on_later_days_too(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    account = await parcel_account(asked.hass, domain="gls")
    await follow(asked, account.sensor.entity_id)
    account.report(NUMBER, "out_for_delivery")
    await asked.settle()
    freezer.move_to(utc(2026, 11, 25, 9))
    account.report(NUMBER, "out_for_delivery")
    await asked.settle()
    [grant] = expected(asked)
    assert grant.is_forgeable


async def test_parcel_of_an_email_that_its_carrier_lists_too_is_the_carriers(
    asked: AskedHouse, mail: MailSensor, account: ParcelAccount
) -> None:
    await follow(asked, mail.entity_id, account.sensor.entity_id)
    mail.report(1, NUMBER)
    await asked.settle()
    account.report(NUMBER, "out_for_delivery")
    await asked.settle()
    [grant] = expected(asked)
    assert (grant.is_forgeable, grant.revision) == (False, 2)
    # The email that comes again takes nothing from it.
    mail.report(2, NUMBER, OTHER)
    await asked.settle()
    found = {each.delivery.parcel_ref: each.is_forgeable for each in expected(asked)}
    assert found == {NUMBER: False, OTHER: True}


async def test_carriers_own_list_does_not_speak_for_the_courier_that_a_stranger_named(
    asked: AskedHouse, account: ParcelAccount, freezer: FrozenDateTimeFactory
) -> None:
    add_courier(asked.house, "Blue Van")
    await asked.settle()
    forged = await parcel_account(asked.hass, "Forged", "mqtt")
    await follow(asked, forged.sensor.entity_id, account.sensor.entity_id)
    forged.report(NUMBER, "out_for_delivery", carrier="Blue Van")
    await asked.settle()
    # The carrier's list names no courier of this house, so it is the order's.
    account.report(NUMBER, "out_for_delivery", carrier="DHL")
    await asked.settle()
    [grant] = expected(asked)
    assert grant.key.courier_id == "courier-blue-van"
    entering = show(asked, parcel_number=NUMBER)
    await until(lambda: bool(asked.phones["Ada"].questions))
    await asked.phones["Ada"].answer("Keep out")
    assert (await entering)["decision"] == "refused"
    # Nor once it was called off and goes out again.
    await pass_time(asked.hass, freezer, 11 * 60)
    forged.report(NUMBER, "in_transit", carrier="Blue Van")
    account.report(NUMBER, "in_transit", carrier="DHL")
    await asked.settle()
    assert expected(asked) == []
    account.report(NUMBER, "out_for_delivery", carrier="DHL")
    await asked.settle()
    assert [each.is_forgeable for each in expected(asked)] == [True]


async def test_email_of_yesterday_announces_nothing_again(
    asked: AskedHouse, mail: MailSensor, freezer: FrozenDateTimeFactory
) -> None:
    await follow(asked, mail.entity_id)
    mail.report(1, NUMBER)
    await asked.settle()
    freezer.move_to(utc(2026, 11, 25, 9))
    mail.report(1, NUMBER)
    await asked.settle()
    assert expected(asked) == []


async def test_parcel_whose_driver_asked_lately_is_not_called_off(
    asked: AskedHouse, account: ParcelAccount, freezer: FrozenDateTimeFactory
) -> None:
    await asked.decide(
        "Ada", Rules(consent=Consent.GIVEN, schedule=ALWAYS, default_proof=Proof.PASS)
    )
    await follow(asked, account.sensor.entity_id)
    account.report(NUMBER, "out_for_delivery")
    await asked.settle()
    entering = show(asked, parcel_number=NUMBER)
    await until(lambda: bool(asked.phones["Ada"].questions))
    # Some carriers report it as delivered while the driver stands at the door.
    account.report(NUMBER, "delivered")
    await asked.rest()
    await asked.phones["Ada"].answer("Let in")
    assert (await entering)["decision"] == "admitted"
    await asked.settle()

    account.report(OTHER, "out_for_delivery")
    await asked.settle()
    waiting = show(asked, parcel_number=OTHER)
    await until(lambda: len(asked.phones["Ada"].questions) > 1)
    await asked.wait(freezer, 31)
    await waiting
    account.report(OTHER, "in_transit")
    await asked.settle()
    assert len(expected(asked)) == 1
    await pass_time(asked.hass, freezer, 11 * 60)
    await asked.settle()
    assert expected(asked) == []


async def test_counted_deliveries_of_a_day_only_become_more(
    asked: AskedHouse, mail: MailSensor, freezer: FrozenDateTimeFactory
) -> None:
    await follow(asked, mail.entity_id, most_per_day=20)
    mail.report(2)
    await asked.settle()
    [grant] = expected(asked)
    assert (grant.delivery.parcel_ref, grant.max_entries) == (None, 2)
    assert grant.is_forgeable
    mail.report(0)
    await asked.settle()
    assert expected(asked) == [grant]

    freezer.tick(timedelta(minutes=1))
    assert (await asked.sender.enter(grant.key.grant_id)).body["decision"] == "admitted"
    await asked.settle()
    # What was counted before it came isn't counted again.
    assert [each.entries_left for each in expected(asked)] == [1]
    freezer.tick(timedelta(minutes=30))
    mail.report(3)
    await asked.settle()
    [more] = expected(asked)
    assert (more.key, more.max_entries, more.entries_left) == (grant.key, 4, 3)
    freezer.tick(timedelta(minutes=30))
    mail.report(50)
    await asked.settle()
    assert [each.max_entries for each in expected(asked)] == [10]

    freezer.move_to(utc(2026, 11, 25) - timedelta(seconds=30))
    mail.report(1)
    await asked.settle()
    await pass_time(asked.hass, freezer, 60)
    await asked.settle()
    [tomorrow] = expected(asked)
    assert tomorrow.key != grant.key
    assert tomorrow.max_entries == 1


async def test_count_from_before_the_last_delivery_adds_none(
    asked: AskedHouse, mail: MailSensor, freezer: FrozenDateTimeFactory
) -> None:
    await follow(asked, mail.entity_id, most_per_day=20)
    mail.report(2)
    await asked.settle()
    [grant] = expected(asked)
    freezer.tick(timedelta(minutes=1))
    assert (await asked.sender.enter(grant.key.grant_id)).body["decision"] == "admitted"
    await asked.settle()
    asked.house.building.standing_orders.look()
    await asked.settle()
    assert [(each.uses, each.max_entries) for each in expected(asked)] == [(1, 2)]


async def test_vetoed_count_of_a_day_stays_vetoed(
    asked: AskedHouse, mail: MailSensor
) -> None:
    await follow(asked, mail.entity_id)
    mail.report(1)
    await asked.settle()
    [grant] = expected(asked)
    building = asked.house.building
    await building.grants.veto(grant.key, "3b", Author(asked.people["Ada"].id))
    mail.report(4)
    await asked.settle()
    assert expected(asked) == []
