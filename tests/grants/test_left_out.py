"""A resident is notified of what isn't announced for them, and lets it in with one press."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.courier_access.ledger.queue import Button, NotificationKind
from custom_components.courier_access.notifications.actions import action_of
from tests.ledger.claims_house import said
from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.house import House, ask, pass_time, utc
from tests.support.orders import (
    HOURS,
    account,
    ada,
    give,
    hours,
    house,
    open_grants,
    order,
    people,
    window,
)
from tests.support.parcel_feed import ParcelAccount, mail_account, parcel_account
from tests.support.people import People
from tests.support.rows import kept_rows, opened
from tests.support.verified import verified
from tests.support.wires import Wire, connect

__all__ = ["account", "ada", "house", "order", "people"]

LIMIT = "more parcels from Parcel Post"


async def tokens(
    house: House, kind: NotificationKind = NotificationKind.LIMIT_REACHED
) -> list[str]:
    """Return the tokens of the notifications of a kind."""
    return await kept_rows(
        house.building.ledger,
        """
        SELECT coalesce(token, '') FROM notifications
        JOIN fanouts ON fanouts.id = fanout_id
        WHERE kind = :kind ORDER BY notifications.id
        """,
        str,
        kind=kind,
    )


async def press(house: House, context: Context, verb: Button, token: str) -> None:
    """Press a button, as a user's app reports it."""
    house.hass.bus.async_fire(
        "mobile_app_notification_action",
        {"action": action_of(verb, token)},
        context=context,
    )
    await house.settle()


def limits(house: House) -> list[tuple[str, str]]:
    """Return who was notified of a limit, and of what."""
    return [
        (name, text.partition(" Receipt ")[0])
        for name, text in house.told
        if LIMIT in text
    ]


async def out_at_once(house: House, account: ParcelAccount, count: int) -> None:
    """Let so many parcels go out for delivery with one report."""
    for number in range(count):
        account.report(f"JD{number}", "in_transit")
    for number in range(count):
        account.parcels[f"JD{number}"]["status"] = "out_for_delivery"
    account.poll()
    await house.settle()


async def test_five_parcels_over_a_limit_of_three_are_one_notification(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await out_at_once(house, account, 5)
    assert len(open_grants(house)) == 3
    assert limits(house) == [
        (
            "Ada",
            (
                "Nov 24, 2026: more parcels from Parcel Post are coming than"
                " the 3 a day that the building may announce for you. Not announced: 2."
            ),
        )
    ]
    [record] = await opened(house.building.ledger, "order.left_out")
    assert (record["revision"], record["why"]) == ("1", "limit_reached")
    # Neither another parcel, nor a reload, nor time, nor a restart notifies again.
    account.report("JD9", "out_for_delivery")
    await house.settle()
    await house.reload()
    await house.settle()
    await pass_time(house.hass, freezer, 600)
    account.poll()
    await house.settle()
    await house.go_down()
    assert await house.hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    assert len(limits(house)) == 1
    assert len(await said(house.building.ledger, "order.left_out")) == 1
    assert len(open_grants(house)) == 3
    assert (await verified(house.building.ledger)).intact


async def test_order_at_its_limit_tries_to_write_nothing(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    await out_at_once(house, account, 5)
    await break_ledger(house, "INSERT ON grants")
    account.poll()
    await house.settle()
    await house.reload()
    assert len(open_grants(house)) == 3
    assert not [each for each in caplog.records if each.levelname == "ERROR"]
    await repair_ledger(house)


async def test_press_lets_in_what_the_notification_counts_and_no_more(
    house: House,
    people: People,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await out_at_once(house, account, 5)
    for _ in range(2):
        await pass_time(house.hass, freezer, 300)
        await house.settle()
    house.announced.clear()
    house.told.clear()
    [token] = await tokens(house)
    await press(house, people.acting("Ada"), Button.LET_IN, token)
    assert len(open_grants(house)) == 5
    assert {name for name, _ in house.announced} == {"Ada", "Abe"}
    [record] = await opened(house.building.ledger, "order.limit_raised")
    assert record["revision"] == "1"
    # Somebody else may have pressed it.
    [(name, text)] = house.told
    assert name == "Ada"
    assert "today 9:10 AM: parcels announced automatically" in text
    # The token acts once, whatever comes later.
    account.report("JD9", "out_for_delivery")
    await press(house, people.acting("Ada"), Button.LET_IN, token)
    assert len(open_grants(house)) == 5
    assert len(await said(house.building.ledger, "order.limit_raised")) == 1
    assert (await verified(house.building.ledger)).intact


async def test_press_counts_after_a_restart(
    house: House, people: People, account: ParcelAccount, order: dict[str, Any]
) -> None:
    await out_at_once(house, account, 4)
    [token] = await tokens(house)
    await house.go_down()
    await press(house, people.acting("Ada"), Button.LET_IN, token)
    assert await house.hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    assert len(open_grants(house)) == 4
    assert len(limits(house)) == 1


async def test_press_of_anybody_else_or_of_another_button_does_nothing(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
) -> None:
    await out_at_once(house, account, 5)
    [token] = await tokens(house)
    # A flatmate may veto, but the order is Ada's.
    others = [people.acting("Abe"), people.acting("Cleo"), await people.owner()]
    for context in (*others, await people.stranger(), Context()):
        await press(house, context, Button.LET_IN, token)
    adas = people.acting("Ada")
    [consent, *_] = await tokens(house, NotificationKind.CONSENT_INVITED)
    for made_up in (consent, "0" * 32):
        await press(house, adas, Button.LET_IN, made_up)
    for verb in set(Button) - {Button.LET_IN}:
        await press(house, adas, verb, token)
    await ada.client.close()
    await house.hass.auth.async_update_user(people["Ada"], is_active=False)
    await press(house, adas, Button.LET_IN, token)
    assert len(open_grants(house)) == 3
    assert await said(house.building.ledger, "order.limit_raised") == []


async def test_press_on_another_day_or_for_an_order_that_ended_does_nothing(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await out_at_once(house, account, 5)
    freezer.move_to(utc(2026, 11, 25, 9))
    account.poll()
    await house.settle()
    first, second = await tokens(house)
    assert len(limits(house)) == 2
    await press(house, people.acting("Ada"), Button.LET_IN, first)
    assert len(open_grants(house)) == 3
    await ada.result("orders/withdraw", order=order["order"])
    await press(house, people.acting("Ada"), Button.LET_IN, second)
    assert open_grants(house) == []
    assert await said(house.building.ledger, "order.limit_raised") == []


async def test_parcel_that_another_order_announces_is_not_left_out(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    await give(ada, account, most_per_day=1)
    await give(ada, account, most_per_day=2)
    await out_at_once(house, account, 3)
    assert len(open_grants(house)) == 3
    assert limits(house) == []
    # Nor is it notified under both if neither announces it.
    account.report("JD9", "out_for_delivery")
    await house.settle()
    assert [text[-2:] for _, text in limits(house)] == ["1."]


async def test_parcel_that_a_home_leaves_out_twice_is_notified_once(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    adas = await give(ada, account, most_per_day=1)
    abe = await connect(house.hass, house, hass_ws_client, people["Abe"])
    await give(abe, account, "abe", most_per_day=1)
    cleo = await connect(house.hass, house, hass_ws_client, people["Cleo"])
    await give(cleo, account, "cleo", most_per_day=1)
    rules = {"windows": CLOSED}
    await ask(house, "set_rules", "resident-abe", people.acting("Abe"), **rules)
    await out_at_once(house, account, 3)
    assert [(name, text[-2:]) for name, text in limits(house)] == [
        ("Ada", "2."),
        ("Cleo", "2."),
    ]
    assert closed(house) == []
    # What one order of a home can't announce on the next day, only the other one says.
    freezer.move_to(utc(2026, 12, 1, 9))
    await ada.result("orders/withdraw", order=adas["order"])
    await out_at_once(house, account, 3)
    assert [name for name, _ in closed(house)] == ["Abe"]


async def test_parcel_that_a_home_leaves_out_twice_is_notified_once_over_restarts(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await give(ada, account, most_per_day=1)
    abe = await connect(house.hass, house, hass_ws_client, people["Abe"])
    await give(abe, account, "abe", most_per_day=1)
    await out_at_once(house, account, 3)
    assert [name for name, _ in limits(house)] == ["Ada"]
    for _ in range(2):
        await house.reload()
        account.poll()
        await house.settle()
    assert [name for name, _ in limits(house)] == ["Ada"]


async def test_flatmate_who_was_notified_before_keeps_no_parcel_from_the_other(
    house: House,
    people: People,
    ada: Wire,
    account: ParcelAccount,
    hass_ws_client: WebSocketGenerator,
) -> None:
    own = await parcel_account(house.hass, "Made up")
    both = [each.sensor.entity_id for each in (own, account)]
    await give(ada, account, most_per_day=1, sensors=both)
    abe = await connect(house.hass, house, hass_ws_client, people["Abe"])
    await give(abe, account, "abe", most_per_day=1)
    for number in range(2):
        own.report(f"MADEUP{number}", "out_for_delivery")
    await house.settle()
    assert [name for name, _ in limits(house)] == ["Ada"]
    await out_at_once(house, account, 2)
    account.poll()
    await house.settle()
    assert [(name, text[-2:]) for name, text in limits(house)] == [
        ("Ada", "1."),
        ("Abe", "1."),
    ]


async def test_count_without_numbers_is_notified_once_for_each_source(
    house: House, people: People, ada: Wire, account: ParcelAccount
) -> None:
    mail = await mail_account(house.hass)
    other = await mail_account(house.hass, "FedEx")
    for sensor in (mail, mail, other):
        await give(ada, account, sensors=[sensor.entity_id])
    rules = {"windows": CLOSED}
    await ask(house, "set_rules", "resident-ada", people.acting("Ada"), **rules)
    mail.report(2)
    other.report(1)
    await house.settle()
    assert [text[-2:] for _, text in closed(house)] == ["1.", "1."]


async def test_delivery_without_a_number_is_left_out_as_one(
    house: House, people: People, ada: Wire, account: ParcelAccount
) -> None:
    mail = await mail_account(house.hass)
    sources = [account.sensor.entity_id, mail.entity_id]
    await give(ada, account, sensors=sources, most_per_day=1)
    await out_at_once(house, account, 1)
    mail.report(3)
    await house.settle()
    [grant] = open_grants(house)
    assert [text[-2:] for _, text in limits(house)] == ["1."]
    [token] = await tokens(house)
    await press(house, people.acting("Ada"), Button.LET_IN, token)
    [counted] = [each for each in open_grants(house) if each.key != grant.key]
    assert counted.max_entries == 1


async def test_time_of_an_announced_parcel_changes_though_others_are_left_out(
    house: House, ada: Wire, account: ParcelAccount
) -> None:
    await give(ada, account, most_per_day=1)
    account.report("JD2", "out_for_delivery", hours(9, 10))
    await house.settle()
    # It is listed after the one that is left out.
    account.parcels = {"JD1": account.parcels["JD2"] | {"barcode": "JD1"}} | (
        account.parcels
    )
    account.move("JD2", hours(15, 16))
    await house.settle()
    assert len(limits(house)) == 1
    [grant] = open_grants(house)
    assert (grant.delivery.parcel_ref, window(grant)) == ("JD2", hours(14, 18))


CLOSED = {day: spans for day, spans in HOURS.items() if day != "tuesday"}
OFF = {"from": "2026-11-24", "to": "2026-11-24"}


def closed(house: House) -> list[tuple[str, str]]:
    """Return who was notified of a closed day, and of what."""
    return [
        (name, text.partition(" Receipt ")[0])
        for name, text in house.told
        if "closed all day" in text
    ]


@pytest.mark.parametrize(
    "rules", [{"windows": CLOSED}, {"exceptions": [OFF]}], ids=["weekday", "day off"]
)
async def test_closed_day_is_one_notification_and_a_press_opens_it(
    house: House,
    people: People,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    rules: dict[str, Any],
) -> None:
    await ask(house, "set_rules", "resident-ada", people.acting("Ada"), **rules)
    await out_at_once(house, account, 2)
    assert open_grants(house) == []
    assert closed(house) == [
        (
            "Ada",
            (
                "Nov 24, 2026: your hours are closed all day, so parcels from Parcel"
                " Post that are coming aren't announced: 2."
            ),
        )
    ]
    [record] = await opened(house.building.ledger, "order.left_out")
    assert record["why"] == "day_closed"
    account.poll()
    await house.reload()
    for _ in range(2):
        await pass_time(house.hass, freezer, 300)
        await house.settle()
    assert len(closed(house)) == 1
    [token] = await tokens(house, NotificationKind.DAY_CLOSED)
    for context in (people.acting("Abe"), people.acting("Cleo"), await people.owner()):
        await press(house, context, Button.OPEN_DAY, token)
    await press(house, people.acting("Ada"), Button.LET_IN, token)
    assert open_grants(house) == []
    house.told.clear()
    await press(house, people.acting("Ada"), Button.OPEN_DAY, token)
    assert len(open_grants(house)) == 2
    assert {each.ends_at for each in open_grants(house)} == {hours(9, 18)[1]}
    [(name, text)] = house.told
    assert (name, "today 9:10 AM: more hours" in text) == ("Ada", True)
    # The token acts once, though the day is closed again.
    await ask(house, "set_rules", "resident-ada", people.acting("Ada"), **rules)
    rulebook = house.building.rulebook
    before = rulebook.of("resident-ada")
    await press(house, people.acting("Ada"), Button.OPEN_DAY, token)
    assert rulebook.of("resident-ada") == before
    assert (await verified(house.building.ledger)).intact


async def test_closed_day_is_opened_on_that_day_only(
    house: House,
    people: People,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    away = {"exceptions": [OFF | {"to": "2026-11-26"}]}
    await ask(house, "set_rules", "resident-ada", people.acting("Ada"), **away)
    await out_at_once(house, account, 1)
    freezer.move_to(utc(2026, 11, 25, 9))
    account.poll()
    await house.settle()
    first, second = await tokens(house, NotificationKind.DAY_CLOSED)
    await press(house, people.acting("Ada"), Button.OPEN_DAY, first)
    assert open_grants(house) == []
    await press(house, people.acting("Ada"), Button.OPEN_DAY, second)
    assert len(open_grants(house)) == 1
    rules = house.building.rulebook.of("resident-ada")
    days = [(each.first.day, each.last.day) for each in rules.exceptions]
    assert days == [(24, 24), (26, 26)]


async def test_hours_that_are_over_today_are_no_closed_day(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    freezer.move_to(utc(2026, 11, 24, 19))
    await out_at_once(house, account, 1)
    assert open_grants(house) == []
    assert closed(house) == []


async def test_count_without_numbers_on_a_closed_day_is_notified(
    house: House, people: People, ada: Wire, account: ParcelAccount
) -> None:
    mail = await mail_account(house.hass)
    await give(ada, account, sensors=[mail.entity_id])
    rules = {"windows": CLOSED}
    await ask(house, "set_rules", "resident-ada", people.acting("Ada"), **rules)
    mail.report(2)
    await house.settle()
    assert [text[-2:] for _, text in closed(house)] == ["1."]
