"""Binary sensors."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.ledger.state.rules import Author
from tests.support.door_parts import Bolt, install_bolt
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

EXPECTED = "binary_sensor.lobby_delivery_expected"
ACCEPTING = "binary_sensor.ada_accepting_deliveries"
# A Tuesday.
MORNINGS = {"tuesday": [{"from": "08:00", "to": "12:00"}]}


def read(hass: HomeAssistant, entity_id: str) -> State:
    state = hass.states.get(entity_id)
    assert state is not None
    return state


async def adas_house(
    hass: HomeAssistant, windows: Mapping[str, Any] | None, **more: Any
) -> House:
    await hass.config.async_set_time_zone("UTC")
    return await build(
        hass, door(), courier(), resident("Ada", "3B", windows, **more), household="one"
    )


@pytest.mark.freeze_time(utc(2026, 11, 24, 7, 0))
async def test_delivery_is_expected_while_grant_is_usable(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    await adas_house(hass, ALWAYS)
    sender = Sender(await hass_client_no_auth())
    assert read(hass, EXPECTED).state == "off"

    now = dt_util.utcnow()
    await sender.grant(
        starts_at=(now + timedelta(minutes=10)).isoformat(),
        ends_at=(now + timedelta(minutes=30)).isoformat(),
    )
    assert read(hass, EXPECTED).state == "off"
    await pass_time(hass, freezer, 600)
    assert read(hass, EXPECTED).state == "on"
    await pass_time(hass, freezer, 1199)
    assert read(hass, EXPECTED).state == "on"
    await pass_time(hass, freezer, 1)
    assert read(hass, EXPECTED).state == "off"


async def test_used_or_revoked_grant_is_not_expected(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await adas_house(hass, ALWAYS)
    sender = Sender(await hass_client_no_auth())
    await sender.grant("used")
    assert read(hass, EXPECTED).state == "on"
    await sender.enter("used")
    assert read(hass, EXPECTED).state == "off"
    await sender.grant("revoked")
    assert read(hass, EXPECTED).state == "on"
    await sender.revoke("revoked")
    assert read(hass, EXPECTED).state == "off"
    await house.settle()


async def test_delivery_is_only_expected_at_its_door(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(doors=("door-lobby", "door-garage")),
        resident(),
    )
    sender = Sender(await hass_client_no_auth())

    await sender.grant(door="garage")

    assert read(hass, EXPECTED).state == "off"
    assert read(hass, "binary_sensor.garage_delivery_expected").state == "on"


async def test_expected_delivery_survives_reload(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await adas_house(hass, ALWAYS)
    await Sender(await hass_client_no_auth()).grant()

    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()

    assert read(hass, EXPECTED).state == "on"


async def test_expected_delivery_is_shown_while_opener_is_unavailable(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    bolt = Bolt()
    await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )
    await Sender(await hass_client_no_auth()).grant()

    bolt.reachable(False)
    await hass.async_block_till_done()

    assert read(hass, "lock.lobby").state == "unavailable"
    assert read(hass, EXPECTED).state == "on"
    assert (
        read(hass, "event.lobby_courier").attributes["event_type"]
        == "delivery_announced"
    )


@pytest.mark.freeze_time(utc(2026, 11, 24, 7, 0))
async def test_resident_accepts_deliveries_in_their_hours(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await adas_house(hass, MORNINGS)
    assert read(hass, ACCEPTING).state == "off"
    assert read(hass, ACCEPTING).attributes["next_change"] == utc(2026, 11, 24, 8, 0)

    await pass_time(hass, freezer, 3600)
    assert read(hass, ACCEPTING).state == "on"
    assert read(hass, ACCEPTING).attributes["next_change"] == utc(2026, 11, 24, 12, 0)

    await pass_time(hass, freezer, 4 * 3600)
    assert read(hass, ACCEPTING).state == "off"
    assert read(hass, ACCEPTING).attributes["next_change"] == utc(2026, 12, 1, 8, 0)


@pytest.mark.freeze_time(utc(2026, 11, 24, 9, 0))
@pytest.mark.parametrize(
    ("windows", "consent"), [(ALWAYS, False), (None, False), ({}, True)]
)
async def test_without_consent_or_hours_nothing_is_accepted(
    hass: HomeAssistant, windows: Mapping[str, Any] | None, consent: bool
) -> None:
    await adas_house(hass, windows, consent=consent)

    assert read(hass, ACCEPTING).state == "off"
    assert read(hass, ACCEPTING).attributes["next_change"] is None


@pytest.mark.freeze_time(utc(2026, 11, 24, 9, 0))
async def test_consent_shows_at_once(hass: HomeAssistant) -> None:
    house = await adas_house(hass, MORNINGS)
    ada = house.building.residents["resident-ada"]
    assert read(hass, ACCEPTING).state == "on"

    await house.building.rulebook.change(ada, Rules(Consent.WITHDRAWN), Author())

    assert read(hass, ACCEPTING).state == "off"


@pytest.mark.freeze_time(utc(2026, 11, 24, 9, 0))
async def test_pause_shows_with_its_end(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    house = await adas_house(hass, ALWAYS)

    await house.building.rulebook.pauses.pause(Author(), (), utc(2026, 11, 24, 10, 0))
    await house.building.rulebook.pauses.pause(Author(), (), utc(2026, 11, 24, 11, 0))

    assert read(hass, ACCEPTING).state == "off"
    assert read(hass, ACCEPTING).attributes["next_change"] == utc(2026, 11, 24, 11, 0)
    await pass_time(hass, freezer, 3600)
    assert read(hass, ACCEPTING).state == "off"
    await pass_time(hass, freezer, 3600)
    assert read(hass, ACCEPTING).state == "on"


@pytest.mark.freeze_time(utc(2026, 11, 24, 9, 0))
async def test_pause_ending_outside_hours_changes_nothing(
    hass: HomeAssistant,
) -> None:
    house = await adas_house(hass, MORNINGS)

    await house.building.rulebook.pauses.pause(Author(), (), utc(2026, 11, 24, 13, 0))

    assert read(hass, ACCEPTING).attributes["next_change"] == utc(2026, 12, 1, 8, 0)


@pytest.mark.freeze_time(utc(2026, 11, 24, 7, 30))
async def test_hours_follow_time_zone_change(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    house = await adas_house(hass, MORNINGS)
    assert read(hass, ACCEPTING).state == "off"

    await hass.config.async_update(time_zone="Europe/Paris")
    await house.settle()

    assert read(hass, ACCEPTING).state == "on"
    assert read(hass, ACCEPTING).attributes["next_change"] == utc(2026, 11, 24, 11, 0)
