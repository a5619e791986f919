"""*Check access* says what becomes of the parcels that residents' sources list now."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.building.building import ledger_path
from tests.support.house import House, Sender, ask, do, pass_time, utc
from tests.support.orders import (
    PARCEL,
    account,
    ada,
    give,
    hours,
    house,
    open_grants,
    order,
    out,
    people,
)
from tests.support.parcel_feed import ParcelAccount, mail_account
from tests.support.people import People
from tests.support.rows import kept_rows
from tests.support.wires import Wire, connect

__all__ = ["account", "ada", "house", "order", "people"]


async def prospects(wire: Wire, **more: Any) -> list[dict[str, Any]]:
    """Return what becomes of what is listed, after everything has been compared."""
    await wire.house.settle()
    found = await wire.result("check_access", door="door-lobby", **more)
    parcels: list[dict[str, Any]] = found["parcels"]
    return parcels


async def fates(wire: Wire) -> list[tuple[str | None, str]]:
    """Return what becomes of each parcel."""
    return [(each["parcel"], each["becomes"]) for each in await prospects(wire)]


async def test_announced_parcel_is_shown_with_its_grant(
    ada: Wire, house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    account.report(PARCEL, "out_for_delivery", hours(10, 14))
    [parcel] = await prospects(ada)
    [grant] = open_grants(house)
    assert parcel == {
        "order": order["order"],
        "most_per_day": 3,
        "parcel": PARCEL,
        "courier": "Parcel Post",
        "unregistered_carrier": "DHL",
        "becomes": "announced",
        "always_asks": False,
        "grant_id": grant.key.grant_id,
        "starts_at": "2026-11-24T09:00:00+00:00",
        "ends_at": "2026-11-24T16:00:00+00:00",
    }


@pytest.mark.usefixtures("order")
async def test_each_parcel_that_does_not_come_is_shown_with_the_reason(
    ada: Wire, account: ParcelAccount
) -> None:
    account.report("JD1", "in_transit")
    account.report("JD2", "delivered")
    account.report("JD3", "out_for_delivery", None, pickup_point="Shop")
    account.report("JD4", "out_for_delivery", hours(10, 14, 26))
    assert await fates(ada) == [
        ("JD1", "not_today"),
        ("JD2", "over"),
        ("JD3", "for_pickup"),
        ("JD4", "not_today"),
    ]


async def test_parcels_beyond_the_limit_are_shown_as_left_out(
    ada: Wire, account: ParcelAccount
) -> None:
    await give(ada, account, most_per_day=1)
    account.report("JD1", "out_for_delivery")
    account.report("JD2", "out_for_delivery")
    account.report("JD3", "out_for_delivery")
    assert await fates(ada) == [
        ("JD1", "announced"),
        ("JD2", "limit_reached"),
        ("JD3", "limit_reached"),
    ]


async def test_parcel_of_a_closed_day_or_a_paused_order_is_shown_as_left_out(
    ada: Wire, people: People, account: ParcelAccount, order: dict[str, Any]
) -> None:
    off = {"from": "2026-11-24", "to": "2026-11-24", "windows": []}
    who = people.acting("Ada")
    await ask(ada.house, "set_rules", "resident-ada", who, exceptions=[off])
    account.report(PARCEL, "out_for_delivery")
    assert await fates(ada) == [(PARCEL, "hours_closed")]
    named = {"resident": "resident-ada", "order": order["order"]}
    await ada.result("orders/set", **named, paused=True)
    assert await fates(ada) == [(PARCEL, "paused")]


@pytest.mark.usefixtures("order")
async def test_vetoed_parcel_is_shown_as_not_announced_again(
    ada: Wire, house: House, account: ParcelAccount
) -> None:
    account.report(PARCEL, "out_for_delivery")
    await house.settle()
    [grant] = open_grants(house)
    named = {"courier": "Parcel Post", "grant_id": grant.key.grant_id, "unit": "3B"}
    await ada.result("veto_grant", **named)
    assert await fates(ada) == [(PARCEL, "not_again")]


@pytest.mark.usefixtures("order")
async def test_parcel_that_the_rules_refuse_is_not_shown_as_announced(
    ada: Wire, people: People, account: ParcelAccount
) -> None:
    deny = {"couriers": {"Parcel Post": "deny"}}
    who = people.acting("Ada")
    await ask(ada.house, "set_rules", "resident-ada", who, **deny)
    account.report(PARCEL, "out_for_delivery")
    assert await fates(ada) == [(PARCEL, "not_accepted")]


@pytest.mark.usefixtures("order")
async def test_parcel_of_a_disabled_courier_is_shown_as_unavailable(
    hass: HomeAssistant, ada: Wire, house: House, account: ParcelAccount
) -> None:
    subentry = house.entry.subentries["courier-parcel-post"]
    changed = {**subentry.data, "enabled": False}
    hass.config_entries.async_update_subentry(house.entry, subentry, data=changed)
    await house.settle()
    account.report(PARCEL, "out_for_delivery")
    assert await fates(ada) == [(PARCEL, "unavailable")]


async def test_silent_source_is_shown_since_when(
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    account.report(PARCEL, "out_for_delivery")
    await ada.house.settle()
    freezer.move_to(utc(2026, 11, 24, 10))
    account.fail()
    await ada.house.settle()
    found = await ada.result("check_access", door="door-lobby")
    assert found["parcels"] == []
    [source] = found["silent_sources"]
    assert source["sensor"] == account.sensor.entity_id
    assert source["silent_since"] == "2026-11-24T10:00:00+00:00"


async def test_what_emails_list_or_count_always_asks(
    ada: Wire, account: ParcelAccount
) -> None:
    mail = await mail_account(ada.house.hass)
    await give(ada, account, sensors=[mail.entity_id])
    mail.report(3, "1Z999AA10123456784")
    found = await prospects(ada)
    assert [(each["parcel"], each["becomes"]) for each in found] == [
        ("1Z999AA10123456784", "announced"),
        (None, "announced"),
    ]
    assert all(each["always_asks"] for each in found)


@pytest.mark.usefixtures("order")
async def test_only_the_residents_own_parcels_of_now_are_shown(
    ada: Wire,
    people: People,
    account: ParcelAccount,
    hass_ws_client: WebSocketGenerator,
) -> None:
    house = ada.house
    account.report(PARCEL, "out_for_delivery")
    assert await fates(ada) == [(PARCEL, "announced")]
    lobby = {"door": "door-lobby"}
    assert len((await ada.result("check_access", **lobby, unit=" 3b "))["parcels"]) == 1
    later = await ada.result("check_access", **lobby, at="2026-11-24T12:00:00")
    assert not later.keys() & {"parcels", "silent_sources"}
    # An action answers like the command.
    acted = await ask(house, "check_access", "door-lobby", people.acting("Ada"))
    assert [each["becomes"] for each in acted["parcels"]] == ["announced"]
    for name in ("Abe", "Cleo"):
        wire = await connect(house.hass, house, hass_ws_client, people[name])
        assert await prospects(wire) == []
    owned = await ask(house, "check_access", "door-lobby", await people.owner())
    assert (owned["parcels"], owned["silent_sources"]) == ([], [])


@pytest.mark.usefixtures("order")
async def test_checking_writes_and_announces_nothing(
    ada: Wire, house: House, account: ParcelAccount
) -> None:
    account.report("JD1", "out_for_delivery")
    account.report("JD2", "in_transit")
    await house.settle()
    count = "SELECT count(*) FROM records"
    before = await kept_rows(house.building.ledger, count, int)
    house.announced.clear()
    await fates(ada)
    await house.settle()
    assert await kept_rows(house.building.ledger, count, int) == before
    assert house.announced == []


@pytest.mark.usefixtures("order")
async def test_only_the_parcels_are_missing_while_the_ledger_is_gone(
    ada: Wire, house: House, people: People, account: ParcelAccount
) -> None:
    account.fail()
    await house.settle()
    ledger_path(house.hass, house.entry.entry_id).unlink()
    found = await ask(house, "check_access", "door-lobby", people.acting("Cleo"))
    assert {each["unit"] for each in found["checks"]} == {"4A"}
    assert (found["parcels"], found["silent_sources"]) == ([], [])
    # What doesn't need the ledger is answered.
    found = await ada.result("check_access", door="door-lobby")
    assert {each["unit"] for each in found["checks"]} == {"3B"}
    assert found["parcels"] is None
    [source] = found["silent_sources"]
    assert source["sensor"] == account.sensor.entity_id


async def test_counted_deliveries_are_announced_for_each_order_that_shares_the_source(
    ada: Wire, account: ParcelAccount
) -> None:
    mail = await mail_account(ada.house.hass)
    await give(ada, account, sensors=[mail.entity_id])
    await give(ada, account, sensors=[mail.entity_id])
    await give(ada, account)
    mail.report(2)
    assert await fates(ada) == [(None, "announced"), (None, "announced")]


@pytest.mark.usefixtures("order")
async def test_used_or_revoked_parcel_is_shown_as_not_announced_again(
    ada: Wire,
    house: House,
    people: People,
    account: ParcelAccount,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    account.report("JD1", "out_for_delivery")
    await house.settle()
    [used] = open_grants(house)
    sender = Sender(await hass_client_no_auth())
    assert (await sender.enter(used.key.grant_id)).body["decision"] == "admitted"
    account.report("JD2", "out_for_delivery")
    await house.settle()
    [revoked] = open_grants(house)
    named = {"courier": "Parcel Post", "grant_id": revoked.key.grant_id}
    await do(house, "revoke_grant", await people.owner(), **named)
    assert await fates(ada) == [("JD1", "not_again"), ("JD2", "not_again")]


async def test_parcel_that_comes_and_goes_is_announced_ten_times_a_day(
    hass: HomeAssistant,
    house: House,
    people: People,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    for revision in range(1, 11):
        [grant] = await out(house, account)
        assert grant.revision == revision
        account.report(PARCEL, "problem")
        await house.settle()
        assert open_grants(house) == []
        # Reports in a row wait for the next regular look.
        await pass_time(house.hass, freezer, 5 * 60)
    assert await out(house, account) == []
    ada = await connect(hass, house, hass_ws_client, people["Ada"])
    assert await fates(ada) == [(PARCEL, "not_announced")]

    freezer.move_to(utc(2026, 11, 25, 9))
    assert [each.revision for each in await out(house, account)] == [1]
