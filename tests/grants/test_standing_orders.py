"""A standing order announces what its sources list, within the resident's hours and its limit."""

import asyncio
from datetime import datetime, timedelta
import json
from typing import Any
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access.model import GrantKey, IssuerKind
from custom_components.courier_access.access.parcels import LONGEST_WINDOW
from custom_components.courier_access.api.orders import get_orders
from custom_components.courier_access.api.permissions import async_acting
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.home_assistant.host import hand_over_soon
from custom_components.courier_access.ledger.state.residents import Author
from tests.building.test_handover import meanwhile
from tests.ledger.claims_house import said
from tests.ledger.parts import busy
from tests.ledger.purging import run
from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.house import (
    House,
    Sender,
    ask,
    entries_of,
    pass_time,
    utc,
)
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
    window,
)
from tests.support.parcel_feed import ParcelAccount, mail_account, parcel_account
from tests.support.people import People
from tests.support.rows import personal, rows
from tests.support.wires import Wire, connect

__all__ = ["account", "ada", "house", "order", "people"]

MINUTES = timedelta(minutes=1)
ALL_DAY = {
    day: [{"from": "00:00:00", "to": "24:00:00"}]
    for day in (
        *("monday", "tuesday", "wednesday", "thursday", "friday"),
        *("saturday", "sunday"),
    )
}


async def poll(
    house: House, account: ParcelAccount, freezer: Any, minutes: int
) -> None:
    """Let time pass, and the integration report what it lists."""
    await pass_time(house.hass, freezer, minutes * 60)
    account.poll()
    await house.settle()


async def test_parcel_out_for_delivery_is_announced_and_its_driver_comes_in(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    account.report(PARCEL, "registered")
    account.report(PARCEL, "in_transit")
    await house.settle()
    assert open_grants(house) == []
    assert house.announced == []

    account.report(PARCEL, "out_for_delivery", hours(10, 14))
    await house.settle()
    [grant] = open_grants(house)
    assert window(grant) == hours(9, 16)
    assert (grant.accepted_units, grant.delivery.parcel_ref) == (("3b",), PARCEL)
    assert grant.max_entries == 1
    assert grant.issuer is not None
    assert (grant.issuer.kind, grant.issuer.id) == (IssuerKind.ORDER, order["order"])
    assert not grant.is_forgeable
    # Both residents of the home may veto it; nobody else learns of it.
    assert {name for name, _ in house.announced} == {"Ada", "Abe"}
    assert all(
        "Announced automatically for your home." in t for _, t in house.announced
    )
    sender = Sender(await hass_client_no_auth())
    assert (await sender.enter(grant.key.grant_id)).body["decision"] == "admitted"
    await house.settle()
    assert len(await entries_of(house.building, 5)) == 1
    # A used grant needs no further record, and never comes back.
    for status in ("delivered", "in_transit", "out_for_delivery"):
        account.report(PARCEL, status)
        await house.settle()
    assert open_grants(house) == []
    assert await said(house.building.ledger, "grant.revoked") == []
    assert len(await said(house.building.ledger, "grant.accepted")) == 1


async def test_parcel_that_was_out_before_the_order_is_announced(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    account.report(PARCEL, "out_for_delivery")
    await house.settle()
    await give(ada, account)
    await house.settle()
    [grant] = open_grants(house)
    assert window(grant) == hours(9, 18)


async def test_parcel_that_went_out_while_home_assistant_was_down_is_announced(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    await house.go_down()
    account.report(PARCEL, "out_for_delivery")
    assert await house.hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    [before] = open_grants(house)
    await house.reload()
    await house.settle()
    [after] = open_grants(house)
    assert (after.key, after.revision) == (before.key, 1)


async def test_building_that_stops_announces_nothing_more(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    account.report("JD1", "in_transit")
    account.report("JD2", "in_transit")
    await house.settle()
    async with busy(house.building.ledger):
        account.report("JD1", "out_for_delivery")
        account.report("JD2", "out_for_delivery")
        down = asyncio.ensure_future(house.go_down())
        await asyncio.sleep(0)
    await down
    path = ledger_path(house.hass, house.entry.entry_id)
    assert rows(path, "SELECT grant_id FROM grants", str) == []


async def test_parcel_that_goes_out_during_a_hand_over_is_announced(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    meanwhile(lambda: account.report(PARCEL, "out_for_delivery", hours(10, 14)))
    hand_over_soon(house.hass, house.entry.entry_id)
    await house.settle()
    [grant] = open_grants(house)
    assert window(grant) == hours(9, 16)


async def test_aggregators_list_is_a_source_like_any_other(
    house: House, ada: Wire
) -> None:
    every = await parcel_account(
        house.hass, "All", "parcel_aggregator", "parcel_aggregator_incoming"
    )
    await give(ada, every)
    assert len(await out(house, every)) == 1


async def test_sensor_of_one_parcel_represents_its_accounts_list(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    given = await give(ada, account, sensor=account.next_parcel.entity_id)
    assert [each["sensor"] for each in given["sources"]] == [account.sensor.entity_id]
    assert len(await out(house, account)) == 1
    # Integrations remove such a sensor once the parcel is delivered.
    er.async_get(house.hass).async_remove(account.next_parcel.entity_id)
    account.report(PARCEL, "delivered")
    await house.settle()
    assert open_grants(house) == []


async def test_estimate_lets_in_all_day_whenever_the_order_asks(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    for name in ("Ada", "Abe"):
        who = people.acting(name)
        rules = {"consent": True, "windows": ALL_DAY}
        await ask(house, "set_rules", f"resident-{name.lower()}", who, **rules)
    await give(ada, account)
    sender = Sender(await hass_client_no_auth())
    for number, (hour, minute) in enumerate(((0, 10), (11, 0), (14, 30))):
        freezer.move_to(utc(2026, 11, 26, hour) + minute * MINUTES)
        account.report(
            f"JD{number}",
            "out_for_delivery",
            (utc(2026, 11, 26, 13) + 7 * MINUTES, None),
        )
        await house.settle()
        [grant] = open_grants(house)
        assert grant.ends_at == utc(2026, 11, 27)
        assert (await sender.enter(grant.key.grant_id)).body["decision"] == "admitted"
        await house.settle()


async def test_driver_may_come_an_hour_early_and_two_hours_late(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    sender = Sender(await hass_client_no_auth())
    account.report("JD1", "out_for_delivery", hours(11, 12))
    account.report("JD2", "out_for_delivery", hours(11, 12))
    await house.settle()
    early, late = open_grants(house)
    freezer.move_to(utc(2026, 11, 24, 10) + 50 * MINUTES)
    assert (await sender.enter(early.key.grant_id)).body["decision"] == "admitted"
    freezer.move_to(utc(2026, 11, 24, 13) + 50 * MINUTES)
    assert (await sender.enter(late.key.grant_id)).body["decision"] == "admitted"


@pytest.mark.parametrize(
    ("status", "more"),
    [
        ("delivered", {}),
        ("returning", {}),
        ("problem", {}),
        ("at_pickup_point", {}),
        # A failed attempt.
        ("in_transit", {}),
        ("out_for_delivery", {"pickup": True}),
        ("out_for_delivery", {"pickup_point": {"name": "Kiosk"}}),
    ],
)
async def test_parcel_that_does_not_come_ends_its_grant_in_silence(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    status: str,
    more: dict[str, Any],
) -> None:
    [first] = await out(house, account)
    house.told.clear()
    account.report(PARCEL, status, **more)
    await house.settle()
    assert open_grants(house) == []
    [ended] = await said(house.building.ledger, "grant.revoked")
    assert not ended["by_courier"]
    # Out again on that day: the same grant goes on, and isn't announced again.
    [again] = await out(house, account)
    assert (again.key, window(again)) == (first.key, window(first))
    assert again.revision == 2
    await house.settle()
    assert house.told == []


async def test_parcel_for_a_locker_gets_no_grant(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    account.report(PARCEL, "out_for_delivery", pickup_point={"name": "Locker 7"})
    await house.settle()
    assert await said(house.building.ledger, "grant.accepted") == []


async def test_parcel_left_over_is_announced_again_on_each_of_seven_days(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await out(house, account)
    seen = {open_grants(house)[0].key}
    for day in range(25, 31):
        freezer.move_to(utc(2026, 11, day, 9))
        account.poll()
        await house.settle()
        [grant] = open_grants(house)
        assert window(grant) == hours(9, 18, day=day)
        seen.add(grant.key)
    assert len(seen) == 7
    freezer.move_to(utc(2026, 12, 1, 9))
    account.poll()
    await house.settle()
    assert open_grants(house) == []


async def test_grant_that_was_revised_ten_times_is_not_opened_again_that_day(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    for _ in range(20):
        await out(house, account)
        account.report(PARCEL, "in_transit")
        await house.settle()
        await pass_time(house.hass, freezer, 240)
    assert len(await said(house.building.ledger, "grant.accepted")) == 10
    assert len(await said(house.building.ledger, "grant.revoked")) == 10
    freezer.move_to(utc(2026, 11, 25, 9))
    assert len(await out(house, account)) == 1


async def test_reports_cause_twenty_looks_until_the_next_regular_one(
    house: House,
    ada: Wire,
    account: ParcelAccount,
    freezer: FrozenDateTimeFactory,
) -> None:
    await give(ada, account, most_per_day=20)
    await house.settle()
    for _ in range(20):
        account.poll()
        await house.settle()
    assert await out(house, account) == []
    await pass_time(house.hass, freezer, 240)
    await house.settle()
    assert len(open_grants(house)) == 1
    assert len(await out(house, account, "JD2")) == 2


async def test_new_day_begins_at_the_buildings_midnight(
    house: House,
    people: People,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    who = people.acting("Ada")
    rules = {"consent": True, "windows": ALL_DAY}
    await ask(house, "set_rules", "resident-ada", who, **rules)
    freezer.move_to(utc(2026, 11, 24, 23) + 58 * MINUTES)
    [first] = await out(house, account)
    await pass_time(house.hass, freezer, 130)
    await house.settle()
    [second] = open_grants(house)
    assert first.key != second.key
    assert second.starts_at == utc(2026, 11, 25) + timedelta(seconds=10)


async def test_two_sources_and_residents_that_list_one_parcel_make_one_grant(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    hass_ws_client: WebSocketGenerator,
) -> None:
    shop = await parcel_account(house.hass, "Shop", "postnl")
    both = [account.sensor.entity_id, shop.sensor.entity_id]
    given = await give(ada, account, sensors=both)
    assert [each["name"] for each in given["sources"]] == [
        "DHL (Ada) Incoming parcels",
        "DHL (Shop) Incoming parcels",
    ]
    abe = await connect(house.hass, house, hass_ws_client, people["Abe"])
    await give(abe, shop, "abe")
    await out(house, account)
    [grant] = await out(house, shop)
    assert len(await said(house.building.ledger, "grant.accepted")) == 1
    # Either one knows first that it doesn't come.
    shop.report(PARCEL, "delivered")
    await house.settle()
    assert open_grants(house) == []
    assert grant.issuer is not None


async def test_new_time_revises_the_grant_unless_it_lies_inside_the_window(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    [first] = await out(house, account, PARCEL, *hours(11, 14))
    house.told.clear()
    account.move(PARCEL, hours(12, 14))
    await house.settle()
    assert open_grants(house) == [first]
    assert house.told == []
    account.move(PARCEL, hours(15, 17))
    await house.settle()
    [second] = open_grants(house)
    assert (second.key, second.revision) == (first.key, 2)
    assert window(second) == hours(14, 18)


async def test_there_is_no_last_move(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    await out(house, account, PARCEL, *hours(10, 11))
    for number in range(1, 16):
        start, end = hours(10, 11)
        account.move(PARCEL, (start, end + number * 20 * MINUTES))
        await house.settle()
    [grant] = open_grants(house)
    assert (grant.revision, window(grant)) == (16, hours(9, 18))


async def test_parcel_that_is_planned_for_weeks_has_a_grant_for_each_of_seven_days(
    house: House,
    people: People,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    for name in ("Ada", "Abe"):
        who = people.acting(name)
        rules = {"consent": True, "windows": ALL_DAY}
        await ask(house, "set_rules", f"resident-{name.lower()}", who, **rules)
    weeks = (utc(2026, 11, 24, 9), utc(2026, 12, 15))
    await out(house, account, PARCEL, *weeks)
    seen = set()
    for hour in range(0, 9 * 24, 6):
        freezer.move_to(utc(2026, 11, 24, 9) + hour * 60 * MINUTES)
        account.move(PARCEL, weeks)
        await house.settle()
        for grant in open_grants(house):
            seen.add(grant.key)
            assert (grant.ends_at - MINUTES).date() == grant.starts_at.date()
    assert len(seen) == 7
    assert open_grants(house) == []
    assert len(await said(house.building.ledger, "grant.accepted")) == 7


async def test_grant_of_a_time_that_always_moves_on_ends_within_a_day(
    house: House,
    people: People,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    for name in ("Ada", "Abe"):
        who = people.acting(name)
        rules = {"consent": True, "windows": ALL_DAY}
        await ask(house, "set_rules", f"resident-{name.lower()}", who, **rules)
    await out(house, account)
    ends: dict[GrantKey, list[datetime]] = {}
    for hour in range(0, 9 * 24, 6):
        now = utc(2026, 11, 24, 9) + hour * 60 * MINUTES
        freezer.move_to(now)
        account.move(PARCEL, (now, now + timedelta(hours=23)))
        await house.settle()
        for grant in open_grants(house):
            ends.setdefault(grant.key, [now]).append(grant.ends_at)
    assert 1 < len(ends) <= 7
    assert all(max(each) <= each[0] + LONGEST_WINDOW for each in ends.values())


async def test_nothing_is_issued_while_the_residents_hours_are_closed(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    assert await out(house, account, PARCEL, *hours(21, 22)) == []
    account.move(PARCEL, hours(16, 19))
    await house.settle()
    [grant] = open_grants(house)
    assert window(grant) == hours(15, 18)


async def test_opened_hours_let_a_parcel_of_now_be_announced(
    house: House,
    people: People,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    freezer.move_to(utc(2026, 11, 24, 19))
    assert await out(house, account) == []
    who = people.acting("Ada")
    rules = {"consent": True, "windows": ALL_DAY}
    await ask(house, "set_rules", "resident-ada", who, **rules)
    await house.settle()
    assert len(open_grants(house)) == 1


async def test_grant_that_was_refused_is_accepted_once_the_rules_are(
    house: House, people: People, ada: Wire, account: ParcelAccount
) -> None:
    await give(ada, account, most_per_day=1)
    abe = people.acting("Abe")
    await ask(house, "set_rules", "resident-abe", abe, default="deny")
    assert await out(house, account) == []
    [terms] = await personal(house.building.ledger, "terms", "grant.refused")
    assert '"issued_by":"order"' in terms
    account.poll()
    await house.settle()
    assert len(await said(house.building.ledger, "grant.refused")) == 1
    await ask(house, "set_rules", "resident-abe", abe, default="allow")
    await house.settle()
    [grant] = open_grants(house)
    assert grant.revision == 2
    assert await out(house, account, "JD2") == [grant]


async def test_grant_outside_the_buildings_hours_is_refused_once_until_they_open(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    def open_until(hour: int) -> None:
        windows = {"tuesday": [{"from": "08:00:00", "to": f"{hour}:00:00"}]}
        options = {"building_hours": windows}
        house.hass.config_entries.async_update_entry(house.entry, options=options)

    open_until(12)
    await house.settle()
    assert await out(house, account, PARCEL, *hours(14, 16)) == []
    for _ in range(3):
        account.poll()
        await house.settle()
    [refused] = await said(house.building.ledger, "grant.refused")
    assert refused["reason"] == "outside_building_hours"
    open_until(20)
    await house.settle()
    [grant] = open_grants(house)
    assert (grant.revision, window(grant)) == (2, hours(13, 18))


async def test_vetoed_or_canceled_parcel_is_never_announced_again(
    house: House,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await out(house, account, "JD1")
    vetoed, canceled = sorted(
        await out(house, account, "JD2"), key=lambda each: str(each.delivery.parcel_ref)
    )
    named = {"courier": vetoed.key.courier_id, "grant_id": vetoed.key.grant_id}
    await ada.result("veto_grant", **named, unit="3B")
    assert await house.building.grants.call_off(canceled.key, Author("user-owner"))
    for day in (*range(24, 30), *range(1, 20)):
        month = 11 if day > 20 else 12
        freezer.move_to(utc(2026, month, day, 10))
        account.report("JD1", "in_transit")
        account.report("JD2", "in_transit")
        account.report("JD1", "out_for_delivery")
        account.report("JD2", "out_for_delivery")
        await house.settle()
        assert open_grants(house) == []


async def test_vetoed_parcel_stays_so_while_its_list_is_silent_each_midnight(
    house: House,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    [grant] = await out(house, account)
    named = {"courier": grant.key.courier_id, "grant_id": grant.key.grant_id}
    await ada.result("veto_grant", **named, unit="3B")
    for day in range(1, 16):
        freezer.move_to(utc(2026, 12, day, 0) - timedelta(days=6))
        account.fail()
        await house.settle()
        freezer.tick(timedelta(hours=10))
        account.poll()
        await house.settle()
        assert open_grants(house) == []
        await run(house.building.ledger, dt_util.utcnow())


async def test_parcel_that_is_not_listed_is_gone_after_two_reports(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await out(house, account)
    await poll(house, account, freezer, 5)
    account.drop(PARCEL)
    await house.settle()
    await poll(house, account, freezer, 9)
    assert len(open_grants(house)) == 1
    await poll(house, account, freezer, 1)
    assert open_grants(house) == []


async def test_parcel_that_is_missing_in_the_first_report_is_not_gone(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await out(house, account)
    account.fail()
    await house.settle()
    await pass_time(house.hass, freezer, 60 * 60)
    assert len(open_grants(house)) == 1
    listed, account.parcels = account.parcels, {}
    account.poll()
    await house.settle()
    await pass_time(house.hass, freezer, 60 * 60)
    assert len(open_grants(house)) == 1
    await poll(house, account, freezer, 1)
    account.parcels = listed
    await poll(house, account, freezer, 30)
    account.parcels = {}
    await poll(house, account, freezer, 5)
    assert len(open_grants(house)) == 1
    await poll(house, account, freezer, 10)
    assert open_grants(house) == []


async def test_parcel_that_is_listed_again_must_be_missing_twice_again(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await out(house, account)
    listed = account.parcels.pop(PARCEL)
    for _ in range(2):
        await poll(house, account, freezer, 10)
    assert open_grants(house) == []
    account.parcels[PARCEL] = listed
    await poll(house, account, freezer, 1)
    assert len(open_grants(house)) == 1
    account.drop(PARCEL)
    await house.settle()
    assert len(open_grants(house)) == 1


async def test_list_that_was_not_reported_for_a_day_announces_nothing(
    house: House,
    people: People,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await out(house, account)
    freezer.move_to(utc(2026, 11, 25, 8) + 50 * MINUTES)
    await pass_time(house.hass, freezer, 0)
    await house.settle()
    assert len(open_grants(house)) == 1
    freezer.move_to(utc(2026, 11, 26, 9))
    await pass_time(house.hass, freezer, 0)
    await house.settle()
    assert open_grants(house) == []
    acting = await async_acting(house.building, people.acting("Ada"))
    [shown] = json.loads(json.dumps(get_orders(house.building, acting)))
    [source] = shown["sources"]
    assert (source["is_silent"], source["silent_since"]) == (
        True,
        "2026-11-24T09:00:00+00:00",
    )


async def test_list_that_reports_only_changes_announces_for_seven_days(
    house: House, people: People, ada: Wire, freezer: FrozenDateTimeFactory
) -> None:
    every = await parcel_account(
        house.hass, "All", "parcel_aggregator", "parcel_aggregator_incoming"
    )
    await give(ada, every)
    await out(house, every)
    for day in range(24, 31):
        freezer.move_to(utc(2026, 11, day, 9))
        await pass_time(house.hass, freezer, 0)
        await house.settle()
        [grant] = open_grants(house)
        assert (window(grant), grant.is_forgeable) == (hours(9, 18, day=day), True)
    acting = await async_acting(house.building, people.acting("Ada"))
    [shown] = json.loads(json.dumps(get_orders(house.building, acting)))
    assert [each["is_silent"] for each in shown["sources"]] == [False]
    freezer.move_to(utc(2026, 12, 1, 9))
    await pass_time(house.hass, freezer, 0)
    await house.settle()
    assert open_grants(house) == []


async def test_order_issues_as_many_as_it_may_a_day(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for number in range(5):
        await out(house, account, f"JD{number}")
    first = {"JD0", "JD1", "JD2"}
    assert {grant.delivery.parcel_ref for grant in open_grants(house)} == first
    await out(house, account, "JD5")
    account.poll()
    await house.settle()
    warnings = [each for each in caplog.messages if "issues nothing" in each]
    assert len(warnings) == 1
    await house.reload()
    await out(house, account, "JD7")
    assert len(open_grants(house)) == 3

    account.parcels = {}
    freezer.move_to(utc(2026, 11, 25, 9))
    assert {
        grant.delivery.parcel_ref for grant in await out(house, account, "JD6")
    } == {"JD6"}


async def test_counted_deliveries_are_as_many_as_the_order_may_announce(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    mail = await mail_account(house.hass)
    given = await give(ada, account, sensors=[mail.entity_id], most_per_day=2)
    mail.report(7)
    await house.settle()
    [grant] = open_grants(house)
    assert grant.max_entries == 2
    # What was announced stays.
    named = {"resident": "resident-ada", "order": given["order"]}
    await ada.result("orders/set", **named, most_per_day=1)
    mail.report(8)
    await house.settle()
    assert open_grants(house) == [grant]


async def test_source_that_counts_is_counted_once_for_a_home(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    hass_ws_client: WebSocketGenerator,
) -> None:
    mail = await mail_account(house.hass)
    given = await give(ada, account, sensors=[mail.entity_id], paused=True)
    abe = await connect(house.hass, house, hass_ws_client, people["Abe"])
    await give(abe, account, "abe", sensors=[mail.entity_id])
    mail.report(2)
    await house.settle()
    [grant] = open_grants(house)
    assert grant.max_entries == 2
    named = {"resident": "resident-ada", "order": given["order"]}
    await ada.result("orders/set", **named, paused=False)
    await house.settle()
    assert open_grants(house) == [grant]
    # Not even if it was vetoed.
    key = {"courier": grant.key.courier_id, "grant_id": grant.key.grant_id}
    await abe.result("veto_grant", **key, unit="3B")
    mail.report(3)
    await house.settle()
    assert open_grants(house) == []


async def test_without_the_ledger_nothing_is_issued_until_it_is_back(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def errors() -> int:
        return caplog.text.count("An automatic announcement issues nothing")

    await break_ledger(house, "INSERT ON grants")
    for _ in range(5):
        assert await out(house, account) == []
    assert errors() == 1
    await repair_ledger(house)
    await pass_time(house.hass, freezer, 300)
    await house.settle()
    assert len(open_grants(house)) == 1
    await break_ledger(house, "INSERT ON grants")
    await out(house, account, "JD2")
    assert errors() == 2


async def test_report_during_a_look_that_fails_is_followed_at_once(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await out(house, account)
    freezer.move_to(utc(2026, 11, 25, 9))
    await break_ledger(house, "UPDATE ON grants")
    async with busy(house.building.ledger):
        account.poll()
        repaired = asyncio.ensure_future(repair_ledger(house))
        await asyncio.sleep(0)
        account.poll()
    await repaired
    await house.settle()
    [grant] = open_grants(house)
    assert window(grant) == hours(9, 18, day=25)


class Unreadable(list[Any]):
    """A list that an integration shows, and that fails when it is read."""

    def __iter__(self) -> Any:
        raise RuntimeError


class NoonOnly(ZoneInfo):
    """The zone of a planned time with which nothing can be calculated."""

    def utcoffset(self, dt: datetime | None, /) -> timedelta | None:
        if dt is not None and dt.hour != 12:
            raise RuntimeError
        return super().utcoffset(dt)


async def test_list_that_can_not_be_read_hides_no_other_source(
    house: House,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    people: People,
) -> None:
    other = await parcel_account(house.hass, "Other", "postnl")
    await give(ada, other)
    other.sensor._attr_extra_state_attributes = {"parcels": Unreadable("x")}
    other.sensor.async_write_ha_state()
    assert len(await out(house, account)) == 1
    acting = await async_acting(house.building, people.acting("Ada"))
    shown = json.loads(json.dumps(get_orders(house.building, acting)))
    silent = [each["sources"][0]["is_silent"] for each in shown]
    assert silent == [False, True]


async def test_parcel_that_fails_hides_no_other_parcel(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    noon = utc(2026, 11, 24, 12).replace(tzinfo=NoonOnly("UTC"))
    failing = {"planned_from": noon, "planned_to": noon.replace(minute=30)}
    account.report("JD0", "out_for_delivery", **failing)
    [grant] = await out(house, account)
    assert grant.delivery.parcel_ref == PARCEL
    await poll(house, account, freezer, 5)
    assert caplog.text.count("An automatic announcement failed") == 1
    # It is logged again once it failed after it had worked.
    account.drop("JD0")
    await poll(house, account, freezer, 5)
    account.report("JD0", "out_for_delivery", **failing)
    await house.settle()
    assert caplog.text.count("An automatic announcement failed") == 2


async def test_disabled_courier_writes_nothing(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    subentry = house.entry.subentries["courier-parcel-post"]
    house.hass.config_entries.async_update_subentry(
        house.entry, subentry, data={**subentry.data, "enabled": False}
    )
    await house.settle()
    assert await out(house, account) == []
    assert await said(house.building.ledger, "grant.refused") == []


async def test_window_is_not_bound_by_the_couriers_longest_grant(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    await give(ada, account, courier="Many Doors", door="door-garage")
    [grant] = await out(house, account)
    assert window(grant) == hours(9, 18)
    assert grant.door_id == "door-garage"


async def test_renamed_list_is_followed(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    er.async_get(house.hass).async_update_entity(
        account.sensor.entity_id, new_entity_id="sensor.renamed"
    )
    await house.settle()
    assert len(await out(house, account)) == 1
    account.fail()
    await house.settle()
    assert len(open_grants(house)) == 1


async def test_building_loads_while_a_list_has_a_day_that_does_not_exist(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    account.report(PARCEL, "out_for_delivery", planned_from="2026-02-30T09:00:00Z")
    await house.reload()
    assert house.entry.state is ConfigEntryState.LOADED
    assert len(open_grants(house)) == 1
