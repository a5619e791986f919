"""A parcel is announced for the courier that its list names, and for its order's otherwise."""

from collections.abc import Awaitable, Callable
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.ledger.claims_house import said
from tests.support.administrator import add_courier, change, remove, rename
from tests.support.house import House, Sender, ask, utc
from tests.support.orders import (
    PARCEL,
    account,
    ada,
    give,
    hours,
    house,
    open_grants,
    people,
)
from tests.support.parcel_feed import ParcelAccount, parcel_account
from tests.support.people import People
from tests.support.rows import kept_rows
from tests.support.wires import Wire

__all__ = ["account", "ada", "house", "people"]

DHL, POST = "courier-dhl", "courier-parcel-post"


@pytest.fixture
async def every(hass: HomeAssistant) -> ParcelAccount:
    """The aggregator, which lists the parcels of all carriers."""
    return await parcel_account(
        hass, "All", "parcel_aggregator", "parcel_aggregator_incoming"
    )


async def register(house: House, name: str = "DHL", **more: Any) -> None:
    """Register one more courier."""
    add_courier(house, name, **more)
    await house.settle()


async def report(
    house: House, account: ParcelAccount, barcode: str, carrier: object, status: str
) -> None:
    account.report(barcode, status, carrier=carrier)
    await house.settle()


async def goes_out(
    house: House, account: ParcelAccount, barcode: str, carrier: object
) -> None:
    """Let a parcel of a carrier go out for delivery."""
    await report(house, account, barcode, carrier, "out_for_delivery")


def couriers(house: House) -> dict[str | None, str]:
    """Return for whom each parcel is expected."""
    return {
        each.delivery.parcel_ref: each.key.courier_id for each in open_grants(house)
    }


async def issued(house: House) -> list[str]:
    """Return the IDs of all grants that orders issued."""
    query = "SELECT grant_id FROM grants WHERE issuer_kind = 'order'"
    return await kept_rows(house.building.ledger, query, str)


async def test_each_parcel_of_a_list_is_announced_for_its_own_carrier(
    house: House, ada: Wire, every: ParcelAccount
) -> None:
    await register(house)
    await register(house, "DPD Nederland")
    await give(ada, every, most_per_day=5)
    for number, carrier in enumerate(["DHL", "DPD", "PostNL", None, 7]):
        await goes_out(house, every, f"JD{number}", carrier)
    assert couriers(house) == {
        "JD0": DHL,
        "JD1": "courier-dpd-nederland",
        "JD2": POST,
        "JD3": POST,
        "JD4": POST,
    }
    announced = " ".join(text for name, text in house.announced if name == "Ada")
    assert "DHL" in announced
    assert "DPD Nederland" in announced
    found = await ada.result("check_access", door="door-lobby")
    assert [
        (each["parcel"], each["courier"], each["unregistered_carrier"])
        for each in found["parcels"]
    ] == [
        ("JD0", "DHL", None),
        ("JD1", "DPD Nederland", None),
        ("JD2", "Parcel Post", "PostNL"),
        ("JD3", "Parcel Post", None),
        ("JD4", "Parcel Post", None),
    ]


async def test_rules_by_courier_hold_for_what_the_aggregator_lists(
    house: House, people: People, ada: Wire, every: ParcelAccount
) -> None:
    await register(house)
    for name in ("Ada", "Abe"):
        deny = {"couriers": {"DHL": "deny"}}
        await ask(
            house, "set_rules", f"resident-{name.lower()}", people.acting(name), **deny
        )
    await give(ada, every)
    await goes_out(house, every, "JD1", "DHL")
    await goes_out(house, every, "JD2", "PostNL")
    assert couriers(house) == {"JD2": POST}
    found = await ada.result("check_access", door="door-lobby")
    assert [
        (each["parcel"], each["courier"], each["becomes"]) for each in found["parcels"]
    ] == [("JD1", "DHL", "not_accepted"), ("JD2", "Parcel Post", "announced")]
    # It comes in as nobody else, however often it is listed, and whatever lists it.
    another = await parcel_account(house.hass, "Shop", "gls")
    await give(ada, another)
    await goes_out(house, another, "JD1", "No carrier")
    every.poll()
    await house.settle()
    assert couriers(house) == {"JD2": POST}


async def test_driver_of_the_named_courier_comes_in(
    house: House,
    ada: Wire,
    every: ParcelAccount,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    await register(house)
    await give(ada, every)
    await goes_out(house, every, PARCEL, "DHL Parcel Benelux")
    [grant] = open_grants(house)
    sender = Sender(await hass_client_no_auth(), "webhook-of-parcel-post")
    refused = await sender.enter(grant.key.grant_id)
    assert refused.body["decision"] == "refused"
    dhl = Sender(sender.client, "webhook-of-dhl")
    assert (await dhl.enter(grant.key.grant_id)).body["decision"] == "admitted"
    await house.settle()
    await goes_out(house, every, PARCEL, "PostNL")
    assert open_grants(house) == []


@pytest.mark.parametrize("more", [{"enabled": False}, {"doors": ["door-garage"]}])
async def test_parcels_of_a_courier_that_may_not_come_do_not_come_as_another_ones(
    house: House, ada: Wire, every: ParcelAccount, more: dict[str, Any]
) -> None:
    await register(house)
    await change(house, DHL, **more)
    await give(ada, every)
    await goes_out(house, every, PARCEL, "DHL")
    assert open_grants(house) == []
    found = await ada.result("check_access", door="door-lobby")
    [parcel] = found["parcels"]
    assert (parcel["courier"], parcel["becomes"]) == ("DHL", "unavailable")
    assert await said(house.building.ledger, "grant.refused") == []


async def kept_out(house: House, people: People, why: str) -> None:
    """Register DHL, which Abe of 3B denies, or which is disabled."""
    await register(house)
    if why == "disabled":
        await change(house, DHL, enabled=False)
    else:
        deny = {"couriers": {"DHL": "deny"}}
        await ask(house, "set_rules", "resident-abe", people.acting("Abe"), **deny)


@pytest.mark.parametrize("why", ["denied", "disabled"])
@pytest.mark.parametrize("is_named_first", [True, False])
async def test_no_other_list_announces_a_parcel_of_a_courier_that_is_kept_out(
    house: House,
    people: People,
    ada: Wire,
    every: ParcelAccount,
    why: str,
    is_named_first: bool,
) -> None:
    await kept_out(house, people, why)
    another = await parcel_account(house.hass, "Shop", "gls")
    for each in (every, another) if is_named_first else (another, every):
        await give(ada, each)
    every.report(PARCEL, "in_transit", carrier="DHL")
    another.report(PARCEL, "in_transit", carrier=None)
    for each in (every, another):
        each.parcels[PARCEL]["status"] = "out_for_delivery"
    # Both are there when the building looks.
    every.poll()
    another.poll()
    await house.settle()
    assert [each for each in open_grants(house) if each.accepted_units] == []
    assert set(couriers(house).values()) <= {DHL}
    found = await ada.result("check_access", door="door-lobby")
    becomes = "not_accepted" if why == "denied" else "unavailable"
    assert {each["becomes"] for each in found["parcels"]} == {becomes}


@pytest.mark.parametrize("why", ["denied", "disabled"])
async def test_announced_parcel_is_called_off_once_a_list_names_a_courier_that_is_kept_out(
    house: House, people: People, ada: Wire, every: ParcelAccount, why: str
) -> None:
    await kept_out(house, people, why)
    another = await parcel_account(house.hass, "Shop", "gls")
    await give(ada, another)
    await give(ada, every)
    await goes_out(house, another, PARCEL, None)
    assert couriers(house) == {PARCEL: POST}

    await goes_out(house, every, PARCEL, "DHL")

    assert [each for each in open_grants(house) if each.accepted_units] == []
    another.poll()
    await house.settle()
    assert [each for each in open_grants(house) if each.accepted_units] == []


async def test_list_that_names_no_courier_keeps_no_parcel_out(
    house: House, ada: Wire, every: ParcelAccount
) -> None:
    await register(house)
    another = await parcel_account(house.hass, "Shop", "gls")
    await give(ada, another)
    await give(ada, every)
    await change(house, POST, enabled=False)
    await goes_out(house, another, PARCEL, None)
    assert open_grants(house) == []
    await goes_out(house, every, PARCEL, "DHL")
    assert couriers(house) == {PARCEL: DHL}


@pytest.mark.parametrize("why", ["denied", "disabled"])
async def test_list_that_strangers_write_keeps_no_parcel_of_a_carriers_own_list_out(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    every: ParcelAccount,
    why: str,
) -> None:
    await kept_out(house, people, why)
    await give(ada, every)
    await give(ada, account)
    every.report(PARCEL, "in_transit", carrier="DHL")
    account.report(PARCEL, "in_transit", carrier=None)
    for each in (every, account):
        each.parcels[PARCEL]["status"] = "out_for_delivery"
    every.poll()
    account.poll()
    await house.settle()
    assert couriers(house) == {PARCEL: POST}


async def test_order_for_another_door_announces_what_comes_to_that_door(
    house: House, ada: Wire, every: ParcelAccount
) -> None:
    await register(house, doors=("door-garage",))
    await give(ada, every)
    await give(ada, every, courier="Many Doors", door="door-garage")
    await goes_out(house, every, "JD1", "DHL")
    await goes_out(house, every, "JD2", "PostNL")
    doors = {each.delivery.parcel_ref: each.door_id for each in open_grants(house)}
    assert doors == {"JD1": "door-garage", "JD2": "door-lobby"}


async def added(house: House) -> None:
    await register(house)


async def renamed_to(house: House) -> None:
    await rename(house, "courier-many-doors", "DHL")


async def renamed_from(house: House) -> None:
    await rename(house, DHL, "Yellow Van")


async def disabled(house: House) -> None:
    await change(house, DHL, enabled=False)


async def removed(house: House) -> None:
    await remove(house, DHL)


@pytest.mark.parametrize(
    ("is_there", "happens"),
    [
        (False, added),
        (False, renamed_to),
        (True, renamed_from),
        (True, disabled),
        (True, removed),
    ],
)
async def test_announced_parcel_stays_with_its_courier_whatever_becomes_of_it(
    house: House,
    ada: Wire,
    every: ParcelAccount,
    freezer: FrozenDateTimeFactory,
    is_there: bool,
    happens: Callable[[House], Awaitable[None]],
) -> None:
    if is_there:
        await register(house)
    await give(ada, every)
    await goes_out(house, every, PARCEL, "DHL")
    [grant] = open_grants(house)
    assert grant.key.courier_id == (DHL if is_there else POST)
    await happens(house)
    every.poll()
    await house.settle()
    assert await issued(house) == [grant.key.grant_id]
    assert len(await said(house.building.ledger, "grant.accepted")) == 1
    # Neither another time, nor a second van on that day, makes it another courier's.
    every.report(PARCEL, "out_for_delivery", hours(15, 16), carrier="DHL")
    await house.settle()
    await report(house, every, PARCEL, "DHL", "in_transit")
    assert open_grants(house) == []
    await goes_out(house, every, PARCEL, "DHL")
    assert set(couriers(house).values()) <= {grant.key.courier_id}
    assert await issued(house) == [grant.key.grant_id]
    # On the next day, it is its courier's of that day.
    freezer.move_to(utc(2026, 11, 25, 9))
    await goes_out(house, every, PARCEL, "DHL")
    assert len(await issued(house)) == (1 if happens is disabled else 2)


async def test_what_is_left_out_names_the_couriers_it_is_left_out_of(
    house: House, ada: Wire, every: ParcelAccount
) -> None:
    await register(house)
    await give(ada, every, most_per_day=1)
    for number, carrier in enumerate(["PostNL", "DHL", "PostNL", "DHL"]):
        every.report(f"JD{number}", "in_transit", carrier=carrier)
    for parcel in every.parcels.values():
        parcel["status"] = "out_for_delivery"
    every.poll()
    await house.settle()
    assert couriers(house) == {"JD0": POST}
    [left_out] = [text for _, text in house.told if "more parcels" in text]
    assert "more parcels from DHL, Parcel Post are coming" in left_out
    assert "Not announced: 3." in left_out


async def test_carriers_own_list_counts_before_one_that_names_another_courier(
    house: House, ada: Wire, account: ParcelAccount, every: ParcelAccount
) -> None:
    await register(house)
    await register(house, "Blue Van")
    account.report(PARCEL, "in_transit")
    await goes_out(house, every, PARCEL, "Blue Van")
    sources = [every.sensor.entity_id, account.sensor.entity_id]
    account.report(PARCEL, "out_for_delivery")
    await give(ada, account, sensors=sources)
    await house.settle()
    [grant] = open_grants(house)
    assert (grant.key.courier_id, grant.is_forgeable) == (DHL, False)
