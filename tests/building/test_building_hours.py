"""Test the building's own hours, which only restrict."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    utc,
)
from tests.support.people import People, user
from tests.support.wires import connect

# A Tuesday.
pytestmark = pytest.mark.freeze_time(utc(2026, 11, 24, 11))
MORNINGS = {"tuesday": [{"from": "08:00:00", "to": "12:00:00"}]}


async def house_open(
    hass: HomeAssistant, hours: Mapping[str, Any], windows: Mapping[str, Any] = ALWAYS
) -> House:
    """Build a house, and let its administrator set hours for it."""
    await hass.config.async_set_time_zone("UTC")
    house = await build(hass, door(), courier(), resident("Ada", "3B", windows))
    hass.config_entries.async_update_entry(
        house.entry, options={"building_hours": hours}
    )
    await house.settle()
    return house


async def test_courier_is_admitted_within_the_buildings_hours_only(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await house_open(hass, MORNINGS)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=2)
    noon = dt_util.utcnow() + timedelta(hours=1)
    outside = await sender.grant(
        "afternoon",
        starts_at=noon.isoformat(),
        ends_at=(noon + timedelta(hours=2)).isoformat(),
    )

    assert (await sender.enter()).body["decision"] == "admitted"
    await house.settle()
    await pass_time(hass, freezer, 3600)
    late = await sender.enter()
    await house.settle()

    for answer in (outside, late):
        decided = answer.body["decision"], answer.body["reason"]
        assert decided == ("refused", "outside_building_hours")
    assert house.door_state() == "locked"


async def test_buildings_hours_only_restrict(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await house_open(hass, ALWAYS, windows={"wednesday": MORNINGS["tuesday"]})
    sender = Sender(await hass_client_no_auth())

    for answer in (await sender.grant(), await sender.enter()):
        assert answer.body["reason"] == "not_accepting"


async def test_hours_set_through_the_websocket_equal_those_of_the_flow(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    assert await async_setup_component(hass, "websocket_api", {})
    await hass.config.async_set_time_zone("UTC")
    house = await build(hass, door(), courier(), resident())
    owner = await connect(
        hass, house, hass_ws_client, await user(hass, "Owner", admin=True)
    )
    sender = Sender(await hass_client_no_auth())

    told = await owner.result(
        "hours/set", windows={"tuesday": [{"from": "08:00", "to": "10:00"}]}
    )
    await house.settle()

    week = {"tuesday": [{"from": "08:00:00", "to": "10:00:00"}]}
    assert told == {"hours": week}
    assert house.entry.options["building_hours"] == week
    assert (await owner.result("building"))["hours"] == week
    now = dt_util.utcnow()
    soon: dict[str, Any] = {
        "starts_at": now.isoformat(),
        "ends_at": (now + timedelta(hours=1)).isoformat(),
    }
    assert (await sender.grant("G1", **soon)).body["reason"] == "outside_building_hours"

    assert await owner.result("hours/set", windows={}) == {"hours": {}}
    await house.settle()
    assert "building_hours" not in house.entry.options
    assert (await sender.grant("G2", **soon)).body["decision"] == "accepted"


async def test_residents_see_the_buildings_hours(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    people = People(hass)
    assert await async_setup_component(hass, "websocket_api", {})
    homes = await people.homes(Ada="3B")
    house = await build(hass, door(), courier(), *homes)
    ada = await connect(hass, house, hass_ws_client, people["Ada"])

    async def hours() -> Any:
        [shown] = (await ada.ask_anywhere("overview"))["result"]["buildings"]
        return shown["hours"]

    assert await hours() == {}
    hass.config_entries.async_update_entry(
        house.entry, options={"building_hours": MORNINGS}
    )
    await house.settle()
    assert await hours() == MORNINGS


async def test_invalid_hours_are_refused_and_change_nothing(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    assert await async_setup_component(hass, "websocket_api", {})
    house = await house_open(hass, MORNINGS)
    owner = await connect(
        hass, house, hass_ws_client, await user(hass, "Owner", admin=True)
    )

    for windows, fault in (
        ({"caturday": []}, "schedule_unknown_day"),
        ({"monday": [{"from": "08:00", "to": "25:00"}]}, "schedule_bad_time"),
        ({"monday": [{"from": "08:00", "to": "08:00"}]}, "schedule_empty_window"),
    ):
        refused = await owner.refusal("hours/set", windows=windows)
        assert refused == ("invalid_format", fault)

    assert house.entry.options["building_hours"] == MORNINGS
