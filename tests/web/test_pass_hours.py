"""Passes promise only the hours in which they open the door as things stand."""

from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.courier_access.access.hours import WEEKDAYS
from tests.support.expecting import Expecting
from tests.support.house import ask, pass_time
from tests.support.people import acting
from tests.support.wires import connect

TOO_EARLY = "It's too early for this delivery."
NOT_NOW = "The door can't be opened for this delivery now."


def daily(*windows: tuple[str, str]) -> dict[str, list[dict[str, str]]]:
    return {day: [{"from": a, "to": b} for a, b in windows] for day in WEEKDAYS}


def tomorrow(hour: int) -> datetime:
    """Return an hour of tomorrow on the building's clock."""
    day = dt_util.now() + timedelta(days=1)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


async def limit(hass: HomeAssistant, at: Expecting, *windows: tuple[str, str]) -> None:
    """Give the building hours of its own."""
    options = {**at.house.entry.options, "building_hours": daily(*windows)}
    hass.config_entries.async_update_entry(at.house.entry, options=options)
    await at.house.settle()


async def set_rules(at: Expecting, **rules: Any) -> None:
    ada = acting(at.people["Ada"])
    await ask(at.house, "set_rules", "resident-ada", ada, **rules)


async def expect_tomorrow(at: Expecting) -> dict[str, str]:
    return await at.expect(tomorrow(8), ends_at=tomorrow(20).isoformat())


async def overview(at: Expecting) -> dict[str, Any]:
    [building] = (await at.ada.ask_anywhere("overview"))["result"]["buildings"]
    return dict(building)


async def shown(at: Expecting) -> dict[str, Any]:
    [delivery] = (await overview(at))["expected"]
    return dict(delivery)


async def test_pass_names_the_hours_in_which_the_building_opens(
    hass: HomeAssistant, at: Expecting
) -> None:
    await limit(hass, at, ("09:00", "12:00"))
    made = await at.ada.result("passes/make", **await expect_tomorrow(at))

    assert "9:00 AM \u2013 12:00 PM" in made["for_driver"]
    for never in ("8:00 AM", "8:00 PM"):
        assert never not in made["for_driver"]
    page = await at.with_link(made).look()
    assert page.lines[4].endswith("9:00 AM \u2013 12:00 PM")


async def test_pass_names_each_span_of_ones_own_hours(at: Expecting) -> None:
    await set_rules(at, windows=daily(("06:00", "09:00"), ("18:00", "19:30")))
    named = await expect_tomorrow(at)
    made = await at.ada.result("passes/make", **named)

    for span in ("8:00 AM \u2013 9:00 AM", "6:00 PM \u2013 7:30 PM"):
        assert span in made["for_driver"]
        assert span in (await at.with_link(made).look()).lines[4]
    assert (await shown(at))["opens"] == [
        {"from": start.isoformat(), "until": end.isoformat()}
        for start, end in (
            (dt_util.as_utc(tomorrow(8)), dt_util.as_utc(tomorrow(9))),
            (
                dt_util.as_utc(tomorrow(18)),
                dt_util.as_utc(tomorrow(19)) + timedelta(minutes=30),
            ),
        )
    ]


async def test_pass_promises_nothing_before_a_pause_ends(at: Expecting) -> None:
    await at.ada.result("pause", unit="3B", until=tomorrow(11).isoformat())
    # Accepted all the same: the pause ends within its time.
    made = await at.ada.result("passes/make", **await expect_tomorrow(at))
    assert "11:00 AM \u2013 8:00 PM" in made["for_driver"]


async def test_pass_that_opens_at_no_time_has_no_sentence_to_send(
    at: Expecting,
) -> None:
    named = await expect_tomorrow(at)
    await set_rules(at, windows={})
    made = await at.ada.result("passes/make", **named)

    assert made["for_driver"] == ""
    assert (await shown(at))["opens"] == []
    assert "8:00 AM" not in str((await at.with_link(made).look()).lines)


async def test_page_of_a_pass_that_opens_nothing_now_says_so(at: Expecting) -> None:
    driver = at.with_link(await at.make_pass())
    await set_rules(at, windows={})
    page = await driver.look()
    assert page.lines[3] == NOT_NOW
    assert await driver.enter(at.sheet.sign, "sign") == NOT_NOW


async def test_pin_typed_too_early_says_from_when_it_works(
    hass: HomeAssistant, at: Expecting, freezer: FrozenDateTimeFactory
) -> None:
    await limit(hass, at, ("09:00", "12:00"))
    made = await at.ada.result("passes/make", **await expect_tomorrow(at))
    start, _, _ = (await at.with_link(made).look()).lines[4].partition(" \u2013 ")
    begins = f"{TOO_EARLY} Your code works from this time on:"

    assert start.endswith("9:00 AM")
    assert await at.driver.enter(made["pin"]) == f"{begins} {start}."
    answer = await ask(
        at.house, "request_entry", "door-lobby", Context(), pin=made["pin"]
    )
    assert answer["say"] == f"{begins} {start}."

    until = tomorrow(7) - dt_util.utcnow()
    await pass_time(hass, freezer, until.total_seconds())
    assert await at.driver.enter(made["pin"]) == f"{begins} 9:00 AM."


async def test_pin_that_never_works_names_no_time(at: Expecting) -> None:
    made = await at.ada.result("passes/make", **await expect_tomorrow(at))
    await set_rules(at, windows={})
    assert await at.driver.enter(made["pin"]) == TOO_EARLY


async def test_pass_names_its_whole_time_if_all_of_it_is_open(at: Expecting) -> None:
    made = await at.ada.result("passes/make", **await expect_tomorrow(at))
    assert "8:00 AM \u2013 8:00 PM" in made["for_driver"]


async def test_neighbor_doesnt_see_when_a_delivery_opens_the_door(
    hass: HomeAssistant, at: Expecting, hass_ws_client: WebSocketGenerator
) -> None:
    await expect_tomorrow(at)
    cleo = await connect(hass, at.house, hass_ws_client, at.people["Cleo"])
    [building] = (await cleo.ask_anywhere("overview"))["result"]["buildings"]
    [delivery] = building["expected"]
    assert "opens" not in delivery


async def test_delivery_says_whether_its_pass_asks_the_home_first(
    at: Expecting,
) -> None:
    await at.expect()
    assert (await shown(at))["asks"] is False
    await set_rules(at, couriers={"Parcel Post": "ask"})
    assert (await shown(at))["asks"] is True
    await set_rules(at, couriers={"Parcel Post": "allow"})
    assert (await shown(at))["asks"] is False
    await at.allow("signed")
    assert (await shown(at))["asks"] is True
    await set_rules(at, windows={})
    assert (await shown(at))["asks"] is False


async def test_resident_reads_whether_passes_ask_the_home_first_now(
    at: Expecting,
) -> None:
    async def asks() -> bool:
        residents = (await overview(at))["residents"]
        return bool(next(each for each in residents if each["is_me"])["asks"])

    assert await asks() is False
    await set_rules(at, couriers={"Parcel Post": "ask"})
    assert await asks() is True
    await set_rules(at, couriers={"Parcel Post": "allow"})
    await at.allow("signed")
    assert await asks() is True
    await set_rules(at, windows={})
    assert await asks() is False  # nobody is asked, and nobody comes in
