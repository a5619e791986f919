"""Fixtures for couriers at a door."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.support.asked_phones import (
    AskedHouse,
    PushService,
    asked_house,
    three_asked,
)
from tests.support.door_parts import CONTACT, Bolt, install_bolt
from tests.support.house import House, build, courier, door, resident
from tests.support.ringing import Ringing, ringing_house


@pytest.fixture
async def house(hass: HomeAssistant, bolt: Bolt) -> House:
    """A building where Ada lives in 3B and Cleo in 4A, whose door has a bolt and a contact sensor."""
    hass.states.async_set(CONTACT, "off")
    return await build(
        hass,
        door(opener=await install_bolt(hass, bolt), contact=CONTACT),
        courier(rate_per_minute=6000),
        resident("Ada", "3B"),
        resident("Cleo", "4A"),
    )


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> AskedHouse:
    """A building where Ada and Ben live in 3B and Cleo in 4A, with a grant for all of them."""
    made = await three_asked(hass, hass_client_no_auth, service)
    await made.sender.grant(units=("3B", "4A"), max_entries=10, door="lobby")
    return made


@pytest.fixture
async def asked_flat(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> AskedHouse:
    """A building where Ada and Ben live in 3B, with a grant for them."""
    made = await asked_house(
        hass, hass_client_no_auth, service, {"Ada": "3B", "Ben": "3B"}
    )
    await made.sender.grant(max_entries=10, door="lobby")
    return made


@pytest.fixture
async def two_doors(hass: HomeAssistant, bolt: Bolt) -> House:
    """A building where Ada lives, with a bolt at the lobby and a demo door at the garage."""
    return await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        door("Garage", "garage"),
        courier(doors=("door-lobby", "door-garage")),
        resident(),
    )


@pytest.fixture
async def ringing(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> Ringing:
    """A building where Ada expects a parcel."""
    freezer.move_to("2026-11-28 12:00:00+00:00")
    return await ringing_house(hass, hass_client_no_auth, service, freezer)
