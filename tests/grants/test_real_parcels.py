"""Parcels as real integrations report them, which is seldom as one expects.

Each test shows one such way, by its number, with states that the code of an integration
made (`tests/grants/parcels`).
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Grant
from tests.ledger.claims_house import said
from tests.support.asked_phones import AskedHouse
from tests.support.house import House, Sender, ask, pass_time, until, utc
from tests.support.orders import (
    ORDER,
    ada,
    house,
    open_grants,
    people,
    window,
)
from tests.support.people import People
from tests.support.real_lists import RealList, expected_parcels, real_list
from tests.support.wires import Wire

from .test_parcels_at_the_door import asked, expected, follow, show
from .test_standing_orders import ALL_DAY

__all__ = ["ada", "asked", "house", "people"]

AIRMEE = "TOK-ACTIVE"
DHL = "JVGL0612345678901234"
DPD = "05212345678901"
GLS = "1111111111111"
HERMES = "12345678909999"
INPOST = "630400123456789012345678"
POSTNL = "3SABCD1234567"
UPS = "1Z999AA10123456784"

MINUTES = timedelta(minutes=1)


def at(hour: int, minute: int = 0, day: int = 30) -> datetime:
    """Return a time of the day for which the carriers plan, by default."""
    return utc(2026, 11, day, hour) + minute * MINUTES


@pytest.fixture
async def morning(house: House, ada: Wire, freezer: FrozenDateTimeFactory) -> None:
    """Let the day begin for which the carriers plan."""
    freezer.move_to(at(9))
    house.announced.clear()


async def order(house: House, ada: Wire, *lists: RealList) -> None:
    """Let Ada give an order from these lists."""
    sensors = [each.entity_id for each in lists]
    await ada.result("orders/set", **ORDER, sensors=sensors)
    await house.settle()


async def shows(house: House, source: RealList, state: str, **changes: Any) -> None:
    """Let an integration report, and the building follow."""
    source.show(state, **changes)
    await house.settle()


async def open_all_day(house: House, people: People) -> None:
    """Let Ada and Abe take deliveries at any time."""
    for name in ("Ada", "Abe"):
        who = people.acting(name)
        rules = {"consent": True, "windows": ALL_DAY}
        await ask(house, "set_rules", f"resident-{name.lower()}", who, **rules)
    # It is notified at this time: what follows within five minutes would wait.
    await house.settle()


@pytest.fixture
async def enter(
    hass_client_no_auth: ClientSessionGenerator,
) -> Callable[[Grant], Awaitable[str]]:
    """Return what a courier does who comes with a grant, and is admitted or refused."""
    sender = Sender(await hass_client_no_auth())

    async def come(grant: Grant) -> str:
        answer = await sender.enter(grant.key.grant_id)
        return str(answer.body["decision"])

    return come


@pytest.mark.usefixtures("morning")
async def test_1_list_of_the_aggregator_is_offered_and_announces(
    house: House, ada: Wire
) -> None:
    every = real_list(house.hass, "parcel_aggregator")
    every.show("two_carriers")
    offered = await ada.result("orders/sources", resident="resident-ada")
    assert [each["sensor"] for each in offered["sensors"]] == [every.entity_id]
    await order(house, ada, every)
    assert expected_parcels(house) == {DHL, GLS}


@pytest.mark.usefixtures("morning")
async def test_2_parcel_that_went_out_before_the_order_or_a_start_is_announced(
    house: House, ada: Wire
) -> None:
    dhl, gls = (real_list(house.hass, name) for name in ("dhl_nl", "gls"))
    gls.show("in_transit")
    dhl.show("out_for_delivery")
    await order(house, ada, dhl, gls)
    assert expected_parcels(house) == {DHL}
    await house.go_down()
    gls.show("out_without_a_time")
    assert await house.hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    assert expected_parcels(house) == {DHL, GLS}


@pytest.mark.usefixtures("morning")
async def test_3_carrier_without_the_aggregator_announces(
    house: House, ada: Wire
) -> None:
    inpost = real_list(house.hass, "inpost")
    inpost.show("in_transit")
    await order(house, ada, inpost)
    assert expected_parcels(house) == set()
    await shows(house, inpost, "out_for_delivery")
    assert expected_parcels(house) == {INPOST}


@pytest.mark.usefixtures("morning")
async def test_4_what_a_count_lists_is_announced_until_it_is_gone(
    house: House, ada: Wire, freezer: FrozenDateTimeFactory
) -> None:
    hermes = real_list(house.hass, "hermes")
    hermes.show("in_transit")
    await order(house, ada, hermes)
    await shows(house, hermes, "out_for_delivery")
    state = house.hass.states.get(hermes.entity_id)
    assert state is not None
    assert state.state == "1"
    assert expected_parcels(house) == {HERMES}
    for _ in range(2):
        await pass_time(house.hass, freezer, 15 * 60)
        await shows(house, hermes, "delivered")
    assert expected_parcels(house) == set()


@pytest.mark.usefixtures("morning")
async def test_5_sensor_of_one_parcel_that_is_removed_at_delivery_leaves_no_grant(
    house: House, ada: Wire, freezer: FrozenDateTimeFactory
) -> None:
    dhl = real_list(house.hass, "dhl_nl")
    dhl.show("out_for_delivery")
    sensor = dhl.add_sensor_of(DHL, "out_for_delivery")
    await ada.result("orders/set", **ORDER, sensor=sensor)
    await house.settle()
    assert expected_parcels(house) == {DHL}
    er.async_get(house.hass).async_remove(sensor)
    for _ in range(2):
        await pass_time(house.hass, freezer, 15 * 60)
        await shows(house, dhl, "delivered")
    assert expected_parcels(house) == set()
    # The next parcel of the account is announced.
    await shows(house, dhl, "out_for_delivery", barcode="JVGL0699999999999999")
    assert expected_parcels(house) == {"JVGL0699999999999999"}


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(("hour", "minute"), [(9, 5), (12, 6), (12, 8), (17, 50)])
async def test_6_point_estimate_lets_in_at_any_time_of_that_day(
    house: House,
    ada: Wire,
    freezer: FrozenDateTimeFactory,
    enter: Callable[[Grant], Awaitable[str]],
    hour: int,
    minute: int,
) -> None:
    dhl = real_list(house.hass, "dhl_nl")
    await order(house, ada, dhl)
    await shows(house, dhl, "point_estimate")
    freezer.move_to(at(hour, minute))
    [grant] = open_grants(house)
    assert await enter(grant) == "admitted"


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(("hour", "minute"), [(12, 15), (14, 45)])
async def test_7_driver_who_comes_before_or_after_the_planned_time_is_let_in(
    house: House,
    ada: Wire,
    freezer: FrozenDateTimeFactory,
    enter: Callable[[Grant], Awaitable[str]],
    hour: int,
    minute: int,
) -> None:
    postnl = real_list(house.hass, "postnl")
    await order(house, ada, postnl)
    # Planned from 12:25 to 14:25.
    await shows(house, postnl, "out_for_delivery")
    [grant] = open_grants(house)
    freezer.move_to(at(hour, minute))
    assert await enter(grant) == "admitted"


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("name", ["postnl", "gls", "dpd"])
async def test_8_failed_attempt_that_is_back_in_transit_ends_the_grant(
    house: House, ada: Wire, name: str
) -> None:
    source = real_list(house.hass, name)
    await order(house, ada, source)
    await shows(house, source, "out_for_delivery")
    assert len(open_grants(house)) == 1
    await shows(house, source, "failed_attempt")
    assert open_grants(house) == []


@pytest.mark.usefixtures("morning")
async def test_8_planned_time_of_a_failed_attempt_announces_nothing_more_that_day(
    house: House, ada: Wire, people: People, freezer: FrozenDateTimeFactory
) -> None:
    await open_all_day(house, people)
    dpd = real_list(house.hass, "dpd")
    await order(house, ada, dpd)
    # Its day is planned before it goes out.
    await shows(house, dpd, "in_transit")
    [grant] = open_grants(house)
    await shows(house, dpd, "out_on_a_day")
    assert open_grants(house) == [grant]
    await shows(house, dpd, "failed_attempt")
    assert open_grants(house) == []
    found = await ada.result("check_access", door="door-lobby")
    assert [each["becomes"] for each in found["parcels"]] == ["not_today"]
    await house.reload()
    for now in (at(11), at(13)):
        freezer.move_to(now)
        await shows(house, dpd, "failed_attempt", weight=now.hour)
        assert open_grants(house) == []
    # Another van is another attempt, and so is another day.
    await shows(house, dpd, "out_for_delivery")
    assert [each.key for each in open_grants(house)] == [grant.key]
    for now in (at(14), at(23), at(0, 30) + timedelta(days=1)):
        freezer.move_to(now)
        await shows(house, dpd, "failed_attempt", weight=now.hour)
        assert open_grants(house) == []
    tomorrow = {
        "planned_from": "2026-12-01T00:00:00+00:00",
        "planned_to": "2026-12-01T23:59:59+00:00",
    }
    await shows(house, dpd, "failed_attempt", **tomorrow)
    [another] = open_grants(house)
    assert another.key != grant.key


@pytest.mark.usefixtures("morning")
async def test_8_attempt_that_fails_during_a_restart_ends_the_grant(
    house: House, ada: Wire
) -> None:
    dpd = real_list(house.hass, "dpd")
    await order(house, ada, dpd)
    await shows(house, dpd, "out_on_a_day")
    [grant] = open_grants(house)
    await house.go_down()
    dpd.show("failed_attempt")
    assert await house.hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    assert open_grants(house) == []
    await shows(house, dpd, "out_on_a_day")
    assert [each.key for each in open_grants(house)] == [grant.key]


@pytest.mark.usefixtures("morning")
async def test_8_list_that_only_plans_still_announces_after_a_restart(
    house: House, ada: Wire, freezer: FrozenDateTimeFactory
) -> None:
    postnl = real_list(house.hass, "postnl_by_arjenbos")
    await order(house, ada, postnl)
    freezer.move_to(at(12))
    await shows(house, postnl, "out_for_delivery")
    [grant] = open_grants(house)
    await house.reload()
    assert open_grants(house) == [grant]


@pytest.mark.usefixtures("morning")
async def test_9_parcel_that_goes_to_a_locker_gets_no_grant(
    house: House, ada: Wire
) -> None:
    vinted = real_list(house.hass, "vinted_go")
    vinted.show("in_transit")
    await order(house, ada, vinted)
    for state in ("out_for_a_locker", "at_pickup_point"):
        await shows(house, vinted, state)
        assert open_grants(house) == []
    assert await said(house.building.ledger, "grant.accepted") == []


@pytest.mark.usefixtures("morning")
async def test_10_integration_that_nobody_has_heard_of_is_offered_and_announces(
    house: House, ada: Wire
) -> None:
    airmee = real_list(house.hass, "airmee")
    airmee.show("in_transit")
    offered = await ada.result("orders/sources", resident="resident-ada")
    assert [each["sensor"] for each in offered["sensors"]] == [airmee.entity_id]
    await order(house, ada, airmee)
    await shows(house, airmee, "out_for_delivery")
    assert expected_parcels(house) == {AIRMEE}


@pytest.mark.usefixtures("morning")
async def test_11_parcel_left_over_in_the_evening_has_a_grant_on_the_next_day(
    house: House, ada: Wire, freezer: FrozenDateTimeFactory
) -> None:
    gls = real_list(house.hass, "gls")
    gls.show("in_transit")
    await order(house, ada, gls)
    await shows(house, gls, "out_without_a_time")
    [first] = open_grants(house)
    assert window(first) == (at(9), at(18))
    freezer.move_to(at(8, 30) + timedelta(days=1))
    await shows(house, gls, "out_without_a_time")
    [second] = open_grants(house)
    assert second.key != first.key
    assert window(second) == (
        at(8, 30) + timedelta(days=1),
        at(18) + timedelta(days=1),
    )


@pytest.mark.parametrize(
    ("name", "other", "states", "number", "day"),
    [
        # A carrier's account, and the list of all carriers.
        (
            "dhl_nl",
            "parcel_aggregator",
            ("out_for_delivery", "two_carriers"),
            DHL,
            30,
        ),
        # An app to which a parcel was added, and its carrier's emails.
        (
            "parcelapp",
            "mail_and_packages",
            ("out_for_delivery", "out_for_delivery"),
            UPS,
            29,
        ),
    ],
)
async def test_12_parcel_that_two_report_has_one_grant_and_is_announced_once(
    house: House,
    ada: Wire,
    freezer: FrozenDateTimeFactory,
    name: str,
    other: str,
    states: tuple[str, str],
    number: str,
    day: int,
) -> None:
    freezer.move_to(at(11, 41, day=day))
    both = [real_list(house.hass, each) for each in (name, other)]
    for each in both:
        await order(house, ada, each)
    house.announced.clear()
    for each, state in zip(both, states, strict=True):
        await shows(house, each, state)
    await pass_time(house.hass, freezer, 600)
    await house.settle()
    assert [each.delivery.parcel_ref for each in open_grants(house)].count(number) == 1
    announced = [who for who, text in house.announced if number in text]
    assert announced.count("Ada") == 1


@pytest.mark.usefixtures("morning")
async def test_13_resident_is_notified_of_parcels_beyond_the_limit_of_a_day(
    house: House, ada: Wire
) -> None:
    names = ("dhl_nl", "dpd", "gls", "hermes", "postnl")
    lists = [real_list(house.hass, name) for name in names]
    await order(house, ada, *lists)
    house.told.clear()
    for each in lists:
        await shows(house, each, "out_for_delivery")
    assert len(open_grants(house)) == 3
    [(who, text)] = house.told
    assert who == "Ada"
    assert "more parcels from Parcel Post are coming than the 3 a day" in text


@pytest.mark.usefixtures("morning")
async def test_14_time_that_is_calculated_again_all_day_is_followed_to_its_last_move(
    house: House,
    people: People,
    ada: Wire,
    freezer: FrozenDateTimeFactory,
    enter: Callable[[Grant], Awaitable[str]],
) -> None:
    await open_all_day(house, people)
    dhl = real_list(house.hass, "dhl_nl")
    await order(house, ada, dhl)
    await shows(house, dhl, "out_for_delivery")
    for move in range(1, 16):
        await pass_time(house.hass, freezer, 15 * 60)
        moved = {
            "planned_from": (at(13) + move * 20 * MINUTES).isoformat(),
            "planned_to": (at(15) + move * 20 * MINUTES).isoformat(),
        }
        await shows(house, dhl, "out_for_delivery", **moved)
    [grant] = open_grants(house)
    assert grant.revision == 16
    freezer.move_to(at(19, 45))
    assert await enter(grant) == "admitted"


async def test_14_time_that_becomes_narrow_inside_the_window_notifies_nobody(
    house: House,
    people: People,
    ada: Wire,
    freezer: FrozenDateTimeFactory,
    enter: Callable[[Grant], Awaitable[str]],
) -> None:
    await open_all_day(house, people)
    # Before a driver may come by the narrow time, but not before the promised one.
    freezer.move_to(at(15, 5))
    trunkrs = real_list(house.hass, "trunkrs")
    await order(house, ada, trunkrs)
    await shows(house, trunkrs, "promised_for_the_evening")
    [grant] = open_grants(house)
    await house.settle()
    house.told.clear()
    house.announced.clear()
    for move in range(15):
        await pass_time(house.hass, freezer, 5 * 60)
        narrow = {
            "planned_from": (at(17, 34) + move * 2 * MINUTES).isoformat(),
            "planned_to": (at(18) + move * 2 * MINUTES).isoformat(),
        }
        await shows(house, trunkrs, "on_the_van_which_it_has_no_word_for", **narrow)
    assert open_grants(house) == [grant]
    assert (house.told, house.announced) == ([], [])
    assert await enter(grant) == "admitted"


@pytest.mark.parametrize(
    ("name", "label", "number"),
    [
        ("dpd", f"%0003932{DPD}101040", DPD),
        ("dpd", f"{DPD}K", DPD),
        ("postnl", f"]C0{POSTNL}", POSTNL),
        ("dhl_nl", f"]C0J{DHL}", DHL),
    ],
)
async def test_15_scanned_label_of_a_listed_parcel_asks_its_resident(
    hass: HomeAssistant,
    asked: AskedHouse,
    freezer: FrozenDateTimeFactory,
    name: str,
    label: str,
    number: str,
) -> None:
    freezer.move_to(at(9))
    source = real_list(hass, name)
    await follow(asked, source.entity_id)
    source.show("out_for_delivery")
    await asked.settle()
    assert [each.delivery.parcel_ref for each in expected(asked)] == [number]
    freezer.move_to(at(12))
    scanning = show(asked, parcel_number=label)
    await until(lambda: bool(asked.phones["Ada"].questions))
    await asked.phones["Ada"].answer("Let in")
    assert (await scanning)["decision"] == "admitted"
