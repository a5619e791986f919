"""A standing order issues grants from a parcel account, within the resident's hours and its limit."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
)

from custom_components.courier_access.access.model import IssuerKind
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.grants.standing_orders import EVENTS
from custom_components.courier_access.home_assistant.host import hand_over_soon
from tests.building.test_handover import meanwhile
from tests.ledger.claims_house import said
from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.house import (
    House,
    Sender,
    ask,
    entries_of,
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
from tests.support.parcel_feed import ParcelAccount
from tests.support.people import People
from tests.support.wires import Wire

__all__ = ["account", "ada", "house", "order", "people"]


async def test_parcel_out_for_delivery_is_announced_and_its_driver_comes_in(
    house: House,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
) -> None:
    account.report(PARCEL, "registered")
    account.report(PARCEL, "in_transit")
    await house.settle()
    assert open_grants(house) == []
    assert house.announced == []

    account.report(PARCEL, "out_for_delivery", hours(10, 14))
    await house.settle()
    [grant] = open_grants(house)
    assert window(grant) == hours(10, 14)
    assert (grant.accepted_units, grant.delivery.parcel_ref) == (("3b",), PARCEL)
    assert grant.max_entries == 1
    assert grant.issuer is not None
    assert (grant.issuer.kind, grant.issuer.id) == (IssuerKind.ORDER, order["order"])
    # Both residents of the home may veto it; nobody else learns of it.
    assert {name for name, _ in house.announced} == {"Ada", "Abe"}
    assert all(
        "Announced by your home's standing order." in t for _, t in house.announced
    )


async def test_driver_uses_a_pass_or_the_courier_its_grant(
    house: House,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    [grant] = await out(house, account)
    named = {"courier": grant.key.courier_id, "grant_id": grant.key.grant_id}
    made = await ada.result("passes/make", **named)
    shown = await house.hass.services.async_call(
        "courier_access",
        "request_entry",
        {"device_id": house.device("door-lobby").id, "pin": made["pin"]},
        blocking=True,
        return_response=True,
    )
    assert shown is not None
    assert shown["decision"] == "admitted"

    second = next(
        g for g in await out(house, account, "JD2") if g.delivery.parcel_ref == "JD2"
    )
    sender = Sender(await hass_client_no_auth())
    assert (await sender.enter(second.key.grant_id)).body["decision"] == "admitted"
    await house.settle()
    assert len(await entries_of(house.building, 5)) == 2
    # Delivered parcels of used grants need no further record.
    account.report(PARCEL, "delivered")
    await house.settle()
    assert await said(house.building.ledger, "grant.revoked") == []


async def test_without_a_planned_time_the_rest_of_the_open_day_is_the_window(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    [grant] = await out(house, account)
    assert window(grant) == hours(9, 18)


async def test_window_is_no_longer_than_the_couriers_longest_grant(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    await give(ada, account, courier="Many Doors", door="door-garage")
    [grant] = await out(house, account)
    assert window(grant) == hours(9, 13)
    assert grant.door_id == "door-garage"


async def test_nothing_is_issued_outside_the_residents_own_hours(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    assert await out(house, account, PARCEL, *hours(19, 21)) == []
    # A new time within them is soon enough.
    account.move(PARCEL, hours(16, 19))
    await house.settle()
    [grant] = open_grants(house)
    assert window(grant) == hours(16, 18)


async def test_new_delivery_time_revises_the_grant_and_one_outside_the_hours_ends_it(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    [first] = await out(house, account, PARCEL, *hours(10, 12))
    account.move(PARCEL, hours(15, 17))
    await house.settle()
    [second] = open_grants(house)
    assert (second.key, second.revision) == (first.key, 2)
    assert window(second) == hours(15, 17)

    account.move(PARCEL, hours(20, 22))
    await house.settle()
    assert open_grants(house) == []
    account.move(PARCEL, hours(15, 17))
    await house.settle()
    assert open_grants(house) == []


@pytest.mark.parametrize(
    ("status", "more"),
    [
        ("delivered", {}),
        ("returning", {}),
        ("problem", {}),
        ("at_pickup_point", {}),
        ("out_for_delivery", {"pickup": True}),
    ],
)
async def test_parcel_that_comes_no_more_ends_its_grant(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    status: str,
    more: dict[str, Any],
) -> None:
    await out(house, account)
    account.report(PARCEL, status, **more)
    await house.settle()
    assert open_grants(house) == []
    [ended] = await said(house.building.ledger, "grant.revoked")
    assert not ended["by_courier"]
    # The same parcel isn't announced again on that day.
    assert await out(house, account) == []


async def test_parcel_of_yesterday_is_announced_again(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await out(house, account)
    account.report(PARCEL, "problem")
    await house.settle()
    freezer.move_to(utc(2026, 11, 25, 9))
    [grant] = await out(house, account)
    assert window(grant) == hours(9, 18, day=25)


async def test_vetoed_parcel_is_never_announced_again(
    house: House,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    [grant] = await out(house, account)
    named = {"courier": grant.key.courier_id, "grant_id": grant.key.grant_id}
    await ada.result("veto_grant", **named, unit="3B")
    account.move(PARCEL, hours(10, 12))
    await house.settle()
    assert open_grants(house) == []
    freezer.move_to(utc(2026, 11, 25, 9))
    assert await out(house, account) == []


async def test_order_issues_as_many_as_it_may_a_day(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    for number in range(5):
        await out(house, account, f"JD{number}")
    assert {grant.delivery.parcel_ref for grant in open_grants(house)} == {
        "JD0",
        "JD1",
        "JD2",
    }
    await house.reload()
    await out(house, account, "JD5")
    assert len(open_grants(house)) == 3

    freezer.move_to(utc(2026, 11, 25, 9))
    assert {
        grant.delivery.parcel_ref for grant in await out(house, account, "JD6")
    } == {"JD6"}


async def test_grant_that_the_rules_refuse_counts_too(
    house: House, people: People, ada: Wire, account: ParcelAccount
) -> None:
    await give(ada, account, most_per_day=1)
    abe = people.acting("Abe")
    await ask(house, "set_rules", "resident-abe", abe, default="deny")
    assert await out(house, account) == []
    [refused] = await said(house.building.ledger, "grant.refused")
    assert refused["issued_by"] == "order"
    await ask(house, "set_rules", "resident-abe", abe, default="allow")
    assert await out(house, account, "JD2") == []


async def test_after_a_restart_the_same_parcel_is_not_issued_twice(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    [before] = await out(house, account)
    await house.go_down()
    assert await house.hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    [after] = await out(house, account)
    assert (after.key, after.revision) == (before.key, before.revision)
    account.report(PARCEL, "delivered")
    await house.settle()
    assert open_grants(house) == []


async def test_without_the_ledger_nothing_is_issued(
    house: House, account: ParcelAccount, order: dict[str, Any], caplog: Any
) -> None:
    await break_ledger(house, "INSERT ON grants")
    assert await out(house, account) == []
    assert "A standing order issues nothing" in caplog.text
    await repair_ledger(house)
    account.move(PARCEL, hours(10, 12))
    await house.settle()
    assert len(open_grants(house)) == 1


async def test_disabled_courier_and_one_without_the_door_write_nothing(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    subentry = house.entry.subentries["courier-parcel-post"]
    house.hass.config_entries.async_update_subentry(
        house.entry, subentry, data={**subentry.data, "enabled": False}
    )
    await house.settle()
    assert await out(house, account) == []
    assert await said(house.building.ledger, "grant.refused") == []


async def test_status_sensor_is_a_source_by_itself_even_if_it_is_renamed(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    sensor = account.sensor
    sensor.report("in_transit", barcode=PARCEL)
    await give(ada, account, sensor=sensor.entity_id)
    sensor.report("unavailable")
    sensor.report(None)
    await house.settle()
    assert open_grants(house) == []

    start, end = hours(10, 12)
    planned = {"planned_from": start.isoformat(), "planned_to": end.isoformat()}
    sensor.report("out_for_delivery", barcode=PARCEL, **planned)
    await house.settle()
    [grant] = open_grants(house)
    assert (grant.delivery.parcel_ref, window(grant)) == (PARCEL, hours(10, 12))

    er.async_get(house.hass).async_update_entity(
        sensor.entity_id, new_entity_id="sensor.renamed"
    )
    await house.settle()
    sensor.report("unavailable")
    await house.settle()
    assert len(open_grants(house)) == 1
    sensor.report("delivered", barcode=PARCEL)
    await house.settle()
    assert open_grants(house) == []


async def test_building_loads_while_a_sensor_has_a_day_that_does_not_exist(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    account.sensor.report("in_transit", barcode=PARCEL)
    await give(ada, account, sensor=account.sensor.entity_id)
    account.sensor.report("out_for_delivery", planned_from="2026-02-30T09:00:00Z")
    await house.reload()
    assert house.entry.state is ConfigEntryState.LOADED
    assert len(open_grants(house)) == 1


async def test_sensor_that_loses_its_state_does_not_move_its_grant(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    start, end = hours(10, 12)
    planned = {"planned_from": start.isoformat(), "planned_to": end.isoformat()}
    account.sensor.report("out_for_delivery", **planned)
    await give(ada, account, sensor=account.sensor.entity_id)
    for status in ("unavailable", None, "unknown"):
        account.sensor.report(status)
        await house.settle()
        [grant] = open_grants(house)
        assert (window(grant), grant.revision) == (hours(10, 12), 1)

    start, end = hours(14, 16)
    later = {"planned_from": start.isoformat(), "planned_to": end.isoformat()}
    account.sensor.report("unknown", **later)
    await house.settle()
    [grant] = open_grants(house)
    assert window(grant) == hours(14, 16)


async def test_sensor_without_a_barcode_makes_one_grant_a_day(
    house: House,
    ada: Wire,
    account: ParcelAccount,
    freezer: FrozenDateTimeFactory,
) -> None:
    account.sensor.report("out_for_delivery")
    await give(ada, account, sensor=account.sensor.entity_id)
    await house.settle()
    [grant] = open_grants(house)
    assert grant.delivery.parcel_ref is None
    named = {"courier": grant.key.courier_id, "grant_id": grant.key.grant_id}
    await ada.result("veto_grant", **named, unit="3B")
    for status in ("delivered", "out_for_delivery"):
        account.sensor.report(status)
        await house.settle()
    assert open_grants(house) == []

    freezer.move_to(utc(2026, 11, 25, 9))
    account.sensor.report("in_transit")
    account.sensor.report("out_for_delivery")
    await house.settle()
    assert len(open_grants(house)) == 1


def listened(house: House) -> int:
    """Return to how many kinds of parcels' events the building listens."""
    listeners = house.hass.bus.async_listeners()
    return sum(listeners.get(event, 0) for event in EVENTS)


async def test_without_orders_nothing_is_listened_to(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    assert listened(house) == 0
    given = await give(ada, account)
    assert listened(house) == len(EVENTS)
    await ada.result("orders/withdraw", order=given["order"])
    assert listened(house) == 0


async def test_parcel_that_is_reported_during_a_hand_over_is_announced(
    house: House, ada: Wire, account: ParcelAccount, order: dict[str, Any]
) -> None:
    account.report(PARCEL, "in_transit")
    meanwhile(lambda: account.report(PARCEL, "out_for_delivery", hours(10, 14)))
    hand_over_soon(house.hass, house.entry.entry_id)
    await house.settle()

    [grant] = open_grants(house)
    assert window(grant) == hours(10, 14)
    assert listened(house) == len(EVENTS)
    await ada.result("orders/withdraw", order=order["order"])
    assert listened(house) == 0


async def test_nothing_is_listened_to_after_a_hand_over_without_the_ledger(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    path = ledger_path(house.hass, house.entry.entry_id)

    def replace() -> None:
        path.rename(path.with_suffix(".moved"))
        path.mkdir()

    meanwhile(replace)
    hand_over_soon(house.hass, house.entry.entry_id)
    await house.settle()
    assert house.building.fault is not None
    assert listened(house) == 0
