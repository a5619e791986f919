"""The building's own hours: they keep couriers out, and let nobody in whom residents keep out."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.house import ALWAYS, House, Sender, build, courier, door, pass_time, resident, utc

# A Tuesday.
pytestmark = pytest.mark.freeze_time(utc(2026, 11, 24, 11))
MORNINGS = {"tuesday": [{"from": "08:00:00", "to": "12:00:00"}]}


async def house_open(
    hass: HomeAssistant, hours: Mapping[str, Any], windows: Mapping[str, Any] = ALWAYS
) -> House:
    """Build a house, and let its owner set hours for it."""
    await hass.config.async_set_time_zone("UTC")
    house = await build(hass, door(), courier(), resident("Ada", "3B", windows))
    hass.config_entries.async_update_entry(
        house.entry, data={**house.entry.data, "building_hours": hours}
    )
    await house.settle()
    return house


async def test_a_courier_comes_in_within_the_buildings_hours_only(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await house_open(hass, MORNINGS)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=2)

    assert (await sender.enter()).body["decision"] == "admitted"
    await house.settle()
    await pass_time(hass, freezer, 3600)
    late = await sender.enter()
    await house.settle()

    assert (late.body["decision"], late.body["reason"]) == ("refused", "outside_building_hours")
    assert house.door_state() == "locked"


async def test_a_grant_that_lies_outside_the_buildings_hours_is_refused(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await house_open(hass, MORNINGS)
    noon = dt_util.utcnow() + timedelta(hours=1)

    answer = await Sender(await hass_client_no_auth()).grant(
        starts_at=noon.isoformat(), ends_at=(noon + timedelta(hours=2)).isoformat()
    )

    assert (answer.body["decision"], answer.body["reason"]) == ("refused", "outside_building_hours")


async def test_the_buildings_hours_open_no_door_that_residents_keep_shut(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await house_open(hass, ALWAYS, windows={"wednesday": MORNINGS["tuesday"]})
    sender = Sender(await hass_client_no_auth())

    assert (await sender.grant()).body["decision"] == "refused"
    assert (await sender.enter()).body["decision"] == "refused"
