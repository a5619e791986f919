"""Residents give, pause, and withdraw standing orders; whatever ends their consent ends them."""

import asyncio
from functools import partial
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.typing import (
    WebSocketGenerator,
)

from custom_components.courier_access.api.orders import (
    async_set_order,
    async_withdraw_order,
)
from custom_components.courier_access.api.permissions import async_acting
from custom_components.courier_access.grants.standing_orders import MOST_ORDERS
from custom_components.courier_access.ledger.state.grants import load_orders
from custom_components.courier_access.ledger.upkeep.restore import (
    RestoreCause,
    restore_ledger,
)
from tests.ledger.claims_house import said
from tests.ledger.parts import busy
from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.house import (
    House,
    ask,
    pass_time,
    utc,
)
from tests.support.orders import (
    ORDER,
    PARCEL,
    account,
    ada,
    give,
    house,
    open_grants,
    order,
    out,
    people,
)
from tests.support.parcel_feed import ParcelAccount, mail_account, parcel_account
from tests.support.people import People
from tests.support.rows import opened, personal
from tests.support.verified import verified
from tests.support.wires import Wire, connect

__all__ = ["account", "ada", "house", "order", "people"]


async def test_paused_order_issues_nothing_and_still_ends_its_grants(
    house: House, ada: Wire, account: ParcelAccount, order: dict[str, Any]
) -> None:
    await out(house, account)
    named = {"resident": "resident-ada", "order": order["order"]}
    paused = await ada.result("orders/set", **named, paused=True)
    assert (paused["is_paused"], paused["revision"]) == (True, 2)
    assert len(await out(house, account, "JD2")) == 1
    account.report(PARCEL, "delivered")
    await house.settle()
    assert open_grants(house) == []

    await ada.result("orders/set", **named, paused=False)
    # What is still out for delivery isn't forgotten meanwhile.
    await out(house, account, "JD3")
    found = {grant.delivery.parcel_ref for grant in open_grants(house)}
    assert found == {"JD2", "JD3"}


async def test_withdrawn_order_ends_with_its_open_grants(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
) -> None:
    await out(house, account)
    await ada.result("orders/withdraw", order=order["order"])
    await house.settle()
    assert open_grants(house) == []
    assert await out(house, account, "JD2") == []
    await ada.result("orders/withdraw", order=order["order"])  # nothing to do
    assert (await ada.result("orders"))["orders"] == []
    [withdrawn] = await opened(house.building.ledger, "order.withdrawn")
    assert (withdrawn["revision"], withdrawn["why"]) == ("1", "withdrawn")
    deciders = await personal(house.building.ledger, "decided_by", "order.withdrawn")
    assert deciders == [people["Ada"].id]


async def test_change_does_not_bring_back_an_order_that_is_being_withdrawn(
    house: House, people: People, account: ParcelAccount, order: dict[str, Any]
) -> None:
    building, resident = house.building, house.building.residents["resident-ada"]
    ada = await async_acting(building, people.acting("Ada"))
    changed = {"order": order["order"], "most_per_day": 9}
    outcomes = await asyncio.gather(
        async_withdraw_order(building, ada, order["order"]),
        async_set_order(building, ada, resident, changed),
        return_exceptions=True,
    )
    assert [type(each) for each in outcomes] == [type(None), ServiceValidationError]
    assert building.standing_orders.all() == ()
    assert await building.ledger.read(load_orders) == []


@pytest.mark.parametrize("ends", ["paused", "withdrawn"])
async def test_grant_is_not_opened_again_by_an_order_that_ends_meanwhile(
    house: House,
    people: People,
    account: ParcelAccount,
    order: dict[str, Any],
    ends: str,
) -> None:
    building, resident = house.building, house.building.residents["resident-ada"]
    ada, order_id = await async_acting(building, people.acting("Ada")), order["order"]
    await out(house, account)
    account.report(PARCEL, "in_transit")
    await house.settle()
    assert open_grants(house) == []
    async with busy(building.ledger):
        account.report(PARCEL, "out_for_delivery")
        changed = {"order": order_id, "paused": True}
        ended = asyncio.gather(
            async_set_order(building, ada, resident, changed)
            if ends == "paused"
            else async_withdraw_order(building, ada, order_id)
        )
        # Its write waits behind what the look reads.
        await asyncio.sleep(0)
    await ended
    await house.settle()
    assert open_grants(house) == []


@pytest.mark.parametrize("is_new", [True, False])
async def test_sources_that_come_while_others_are_compared_announce_at_once(
    house: House,
    people: People,
    account: ParcelAccount,
    order: dict[str, Any],
    is_new: bool,
) -> None:
    building, resident = house.building, house.building.residents["resident-ada"]
    ada = await async_acting(building, people.acting("Ada"))
    shop = await parcel_account(house.hass, "Shop", "postnl")
    shop.report("3SABC", "out_for_delivery")
    both = {"sensors": [account.sensor.entity_id, shop.sensor.entity_id]}
    which = ORDER if is_new else {"order": order["order"]}
    await out(house, account)
    async with busy(building.ledger):
        given = asyncio.ensure_future(
            async_set_order(building, ada, resident, which | both)
        )
        await asyncio.sleep(0)
        # What is compared is what the sources of before list.
        account.drop(PARCEL)
    await given
    await house.settle()
    assert "3SABC" in {grant.delivery.parcel_ref for grant in open_grants(house)}


async def test_grants_left_open_by_a_withdrawal_end_with_the_next_start(
    house: House, ada: Wire, account: ParcelAccount, order: dict[str, Any]
) -> None:
    await out(house, account)
    await break_ledger(house, "UPDATE OF state ON grants")
    answer = await ada.refusal("orders/withdraw", order=order["order"])
    assert answer[1] == "ledger_unavailable"
    await repair_ledger(house)
    await house.reload()
    assert open_grants(house) == []


async def test_withdrawn_consent_ends_the_orders_of_the_whole_unit(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    hass_ws_client: WebSocketGenerator,
) -> None:
    cleo = await connect(house.hass, house, hass_ws_client, people["Cleo"])
    kept = await give(cleo, account, "cleo")
    await out(house, account)
    abe = people.acting("Abe")
    await ask(house, "set_rules", "resident-abe", abe, consent=False)

    assert [each.id for each in house.building.standing_orders.all()] == [kept["order"]]
    assert [g.accepted_units for g in open_grants(house)] == [("4a",)]
    sensors = [account.sensor.entity_id]
    assert await ada.refusal("orders/set", **ORDER, sensors=sensors) == (
        "home_assistant_error",
        "consent_first",
    )
    await ask(house, "set_rules", "resident-abe", abe, consent=True)
    await house.reload()
    assert (await ada.result("orders"))["orders"] == []
    [ended] = await opened(house.building.ledger, "order.withdrawn")
    assert ended["why"] == "consent"
    # A new order announces what is still out for delivery.
    await give(ada, account)
    await house.settle()
    assert {g.accepted_units for g in open_grants(house)} == {("3b",), ("4a",)}


@pytest.mark.parametrize("over", ["at once", "after a restart"])
async def test_own_no_ends_ones_own_orders_and_what_they_announced(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    hass_ws_client: WebSocketGenerator,
    over: str,
) -> None:
    abe = await connect(house.hass, house, hass_ws_client, people["Abe"])
    mail = await mail_account(house.hass)
    own = await give(abe, account, "abe", sensors=[mail.entity_id])
    await out(house, account)
    assert len(open_grants(house)) == 1

    await ask(
        house, "set_rules", "resident-ada", people.acting("Ada"), consent="opted_out"
    )
    await house.settle()
    if over == "after a restart":
        await house.reload()

    assert [each.id for each in house.building.standing_orders.all()] == [own["order"]]
    assert open_grants(house) == []
    [ended] = await opened(house.building.ledger, "order.withdrawn")
    assert ended["why"] == "consent"
    await out(house, account, "JD2")
    assert open_grants(house) == []
    sensors = [account.sensor.entity_id]
    _, refusal = await ada.refusal("orders/set", **ORDER, sensors=sensors)
    assert refusal == "consent_first"


async def test_orders_of_a_resident_who_left_or_changed_have_ended(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    hass_ws_client: WebSocketGenerator,
) -> None:
    cleo = await connect(house.hass, house, hass_ws_client, people["Cleo"])
    kept = await give(cleo, account, "cleo")
    await out(house, account)
    subentry = house.entry.subentries["resident-ada"]
    house.hass.config_entries.async_update_subentry(
        house.entry, subentry, data={**subentry.data, "unit": "9Z"}
    )
    await house.settle()
    assert [each.id for each in house.building.standing_orders.all()] == [kept["order"]]
    # Abe still consents, but didn't give this order.
    assert [each.accepted_units for each in open_grants(house)] == [("4a",)]
    [ended] = await opened(house.building.ledger, "order.withdrawn")
    assert ended["why"] == "changed"


async def test_order_of_a_resident_whose_account_is_off_issues_nothing(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
) -> None:
    await ada.client.close()
    await house.hass.auth.async_update_user(people["Ada"], is_active=False)
    await house.settle()
    assert await out(house, account) == []


async def test_several_residents_of_a_unit_each_give_orders(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    hass_ws_client: WebSocketGenerator,
) -> None:
    abe = await connect(house.hass, house, hass_ws_client, people["Abe"])
    abes = await parcel_account(house.hass, "Abe", "postnl")
    await give(abe, abes, "abe", courier="Many Doors", door="door-garage")
    await out(house, account)
    await out(house, abes, "3SABC")
    assert {
        (grant.delivery.parcel_ref, grant.door_id, grant.accepted_units)
        for grant in open_grants(house)
    } == {
        (PARCEL, "door-lobby", ("3b",)),
        ("3SABC", "door-garage", ("3b",)),
    }
    # One doesn't see or change the other's.
    assert len((await abe.result("orders"))["orders"]) == 1
    assert await abe.refusal("orders/withdraw", order=order["order"]) == (
        "unauthorized",
        "not_allowed_restrict_rules",
    )
    assert (
        await abe.refusal(
            "orders/set", resident="resident-abe", order=order["order"], most_per_day=9
        )
    )[1] == "no_such_order"


async def test_giving_and_loosening_are_notified_and_restricting_is_not(
    house: House, ada: Wire, account: ParcelAccount, freezer: FrozenDateTimeFactory
) -> None:
    given = await give(ada, account, most_per_day=2)
    await house.settle()  # a timer that starts after its time never ends here
    await pass_time(house.hass, freezer, 300)
    await house.settle()
    assert [name for name, _ in house.told] == ["Ada"]
    assert ": parcels announced automatically. Not you?" in house.told[0][1]

    named = {"resident": "resident-ada", "order": given["order"]}
    for change in ({"most_per_day": 1}, {"paused": True}, {}):
        await ada.result("orders/set", **named, **change)
    await pass_time(house.hass, freezer, 400)
    assert len(house.told) == 1
    await ada.result("orders/set", **named, paused=False)
    await pass_time(house.hass, freezer, 400)
    assert len(house.told) == 2
    [first, *later] = await said(house.building.ledger, "order.given")
    assert later == []
    assert "revision" not in first
    assert "resident-ada" not in str(first)
    kinds = ("order.given", "order.changed")
    revisions = await personal(house.building.ledger, "revision", *kinds)
    assert revisions == [*"1234"]


async def test_record_of_a_grant_names_its_order_to_the_recipients_alone(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    hass_ws_client: WebSocketGenerator,
) -> None:
    await out(house, account)
    [record] = await said(house.building.ledger, "grant.accepted")
    assert not record.keys() & {"issued_by", "order_revision"}
    assert order["order"] not in str(record)
    [terms] = await personal(house.building.ledger, "terms", "grant.accepted")
    assert '"issued_by":"order","order_revision":1' in terms
    [shown] = (await ada.result("grants"))["grants"]
    assert shown["issued_by"] == "order"
    cleo = await connect(house.hass, house, hass_ws_client, people["Cleo"])

    async def opened(wire: Wire) -> list[str]:
        exported = (await wire.result("export"))["records"]
        return [
            each["opened"]["order"]["value"]
            for each in exported
            if "order" in each["opened"]
        ]

    assert await opened(ada) == [order["order"], order["order"]]
    assert await opened(cleo) == []
    assert (await verified(house.building.ledger)).intact


async def test_an_order_needs_consent_a_source_a_courier_and_a_door(
    house: House, people: People, ada: Wire, account: ParcelAccount
) -> None:
    async def fault(**more: Any) -> str:
        return (await ada.refusal("orders/set", **ORDER | more))[1]

    listed = {"sensors": [account.sensor.entity_id]}
    assert await fault() == "no_such_source"
    assert await fault(device="none") == "no_such_source"
    assert await fault(sensor="sensor.none") == "no_such_source"
    assert await fault(sensors=["lock.lobby"]) == "no_such_source"
    assert await fault(sensors=[account.next_parcel.entity_id]) == "no_such_source"
    ours = "sensor.12_elm_street_pending_notifications"
    assert await fault(sensors=[ours]) == "no_such_source"
    assert await fault(**listed, courier="Nobody") == "no_such_courier"
    assert await fault(**listed, courier="Many Doors") == "door_needed"
    assert await fault(**listed, door="door-garage") == "no_such_door"
    assert await fault(order="none") == "no_such_order"
    for _ in range(MOST_ORDERS):
        await give(ada, account)
    assert await fault(**listed) == "too_many_orders"

    me = people.acting("Ada")
    await ask(house, "set_rules", "resident-ada", me, consent=False)
    assert await fault(**listed) == "consent_first"


async def test_former_device_represents_its_list(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    given = await give(ada, account, device=account.device_id)
    assert given["source"] == "DHL (Ada) Incoming parcels"
    assert len(await out(house, account)) == 1


async def test_sources_are_all_sensors_that_list_parcels_but_those_of_phones(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    await parcel_account(house.hass, "Mine", "my_own_carrier")
    await parcel_account(house.hass, "Phone", "mobile_app")
    await mail_account(house.hass)
    offered = await ada.result("orders/sources", resident="resident-ada")
    assert [
        (each["sensor"], each["name"], each["notes"]) for each in offered["sensors"]
    ] == [
        (account.sensor.entity_id, "DHL (Ada) Incoming parcels", []),
        (
            "sensor.dhl_mine_incoming_parcels",
            "DHL (Mine) Incoming parcels",
            ["strangers"],
        ),
        ("sensor.mail_ups_delivering", "Mail UPS Delivering", ["strangers"]),
    ]


async def test_offered_source_says_whether_it_works_and_names_no_parcel(
    ada: Wire, account: ParcelAccount
) -> None:
    async def offered() -> dict[str, Any]:
        found = await ada.result("orders/sources", resident="resident-ada")
        [source] = found["sensors"]
        return {key: source[key] for key in source.keys() - {"sensor", "name", "notes"}}

    account.report(PARCEL, "out_for_delivery")
    works = {
        "changed_at": "2026-11-24T09:00:00+00:00",
        "is_silent": False,
        "silent_since": None,
        "left_out": 0,
    }
    assert await offered() == works
    account.fail()
    since = "2026-11-24T09:00:00+00:00"
    assert await offered() == works | {"is_silent": True, "silent_since": since}


async def shown_source(wire: Wire) -> tuple[str | None, str | None, bool]:
    """Return the name of an order's source, what is missing, and whether it is silent."""
    await wire.house.settle()
    [order] = (await wire.result("orders"))["orders"]
    [source] = order["sources"]
    return source["name"], source["missing"], source["is_silent"]


@pytest.mark.usefixtures("order")
async def test_source_of_a_disabled_integration_is_shown_as_disabled(
    hass: HomeAssistant, ada: Wire, account: ParcelAccount
) -> None:
    name = "DHL (Ada) Incoming parcels"
    assert await shown_source(ada) == (name, None, False)
    entry_id, by_user = account.entry.entry_id, ConfigEntryDisabler.USER
    await hass.config_entries.async_set_disabled_by(entry_id, by_user)
    assert await shown_source(ada) == (name, "disabled", True)


@pytest.mark.usefixtures("order")
async def test_disabled_source_is_shown_apart_from_one_that_was_removed(
    hass: HomeAssistant, ada: Wire, account: ParcelAccount
) -> None:
    registry, entity_id = er.async_get(hass), account.sensor.entity_id
    off = er.RegistryEntryDisabler.USER
    registry.async_update_entity(entity_id, disabled_by=off)
    assert await shown_source(ada) == (entity_id, "disabled", True)
    registry.async_remove(entity_id)
    assert await shown_source(ada) == (None, "removed", True)


async def test_list_of_a_neighbor_can_be_a_source_and_announces_for_the_own_home(
    house: House,
    people: People,
    account: ParcelAccount,
    order: dict[str, Any],
    hass_ws_client: WebSocketGenerator,
) -> None:
    cleo = await connect(house.hass, house, hass_ws_client, people["Cleo"])
    await give(cleo, account, "cleo")
    await out(house, account)
    assert {each.accepted_units for each in open_grants(house)} == {("3b",), ("4a",)}


async def test_sources_of_an_order_change_and_fewer_only_restrict(
    house: House,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    shop = await parcel_account(house.hass, "Shop", "postnl")
    named = {"resident": "resident-ada", "order": order["order"]}
    both = [account.sensor.entity_id, shop.sensor.entity_id]
    house.told.clear()
    changed = await ada.result("orders/set", **named, sensors=both)
    await pass_time(house.hass, freezer, 400)
    assert changed["revision"] == 2
    assert [name for name, _ in house.told] == ["Ada"]
    assert len(await out(house, shop)) == 1
    fewer = await ada.result("orders/set", **named, sensors=both[:1])
    assert (fewer["revision"], len(fewer["sources"])) == (3, 1)


async def test_order_shows_what_each_source_says_last(
    house: House, ada: Wire, account: ParcelAccount, order: dict[str, Any]
) -> None:
    for number in range(201):
        account.report(f"JD{number}", "in_transit")
    account.report("JD7", "out_for_delivery")
    await house.settle()
    [shown] = (await ada.result("orders"))["orders"]
    source = {
        "sensor": account.sensor.entity_id,
        "name": "DHL (Ada) Incoming parcels",
        "missing": None,
        "last_parcel": "JD7",
        "changed_at": "2026-11-24T09:00:00+00:00",
        "is_silent": False,
        "silent_since": None,
        "left_out": 1,
    }
    assert shown["sources"] == [source]
    account.fail()
    await house.settle()
    [shown] = (await ada.result("orders"))["orders"]
    assert shown["sources"] == [
        source
        | {
            "last_parcel": None,
            "is_silent": True,
            "silent_since": "2026-11-24T09:00:00+00:00",
            "left_out": 0,
        }
    ]


async def test_administrator_sees_of_others_orders_only_what_they_may_end(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    hass_ws_client: WebSocketGenerator,
) -> None:
    assert order["source"] == "DHL (Ada) Incoming parcels"
    assert (order["courier"], order["door"]) == ("Parcel Post", "Lobby")
    await give(ada, account)
    await people.owner()
    owner = await connect(house.hass, house, hass_ws_client, people["Owner"])
    first, _ = (await owner.result("orders"))["orders"]
    assert first == {
        "order": order["order"],
        "courier_id": "courier-parcel-post",
        "courier": "Parcel Post",
        "is_paused": False,
    }
    await owner.result("orders/withdraw", order=order["order"])
    [left] = (await ada.result("orders"))["orders"]
    assert left["source"] == "DHL (Ada) Incoming parcels"
    er.async_get(house.hass).async_remove(account.sensor.entity_id)
    await house.settle()
    [left] = (await ada.result("orders"))["orders"]
    assert left["source"] is None
    assert [each["name"] for each in left["sources"]] == [None]


async def test_administrator_sees_how_many_sources_there_are_and_not_whose_or_which(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await people.owner()
    owner = await connect(house.hass, house, hass_ws_client, people["Owner"])

    async def shown() -> object:
        return (await owner.result("building"))["parcel_sources"]

    assert await shown() == {"count": 0, "silent": 0}
    shop = await parcel_account(house.hass, "Shop", "postnl")
    await give(ada, account)
    both = [account.sensor.entity_id, shop.sensor.entity_id]
    await give(ada, account, sensors=both)
    await house.settle()
    assert await shown() == {"count": 2, "silent": 0}
    shop.fail()
    await house.settle()
    assert await shown() == {"count": 2, "silent": 1}


async def test_restored_ledger_has_no_orders(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    await house.building.ledger.write(
        partial(
            restore_ledger,
            cause=RestoreCause.BACKUP,
            papers={},
            now=utc(2026, 11, 24, 9),
        )
    )
    assert await house.building.ledger.read(load_orders) == []
