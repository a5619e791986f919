"""A building whose residents give standing orders: import the fixtures."""

from datetime import datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    WebSocketGenerator,
)

from custom_components.courier_access.access.model import Grant
from tests.support.house import (
    House,
    ask,
    build,
    courier,
    door,
    utc,
)
from tests.support.parcel_feed import ParcelAccount, parcel_account
from tests.support.people import People
from tests.support.wires import Wire, connect

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOURS = {day: [{"from": "08:00:00", "to": "18:00:00"}] for day in DAYS}
PARCEL = "JD014600001"
ORDER = {"resident": "resident-ada", "courier": "Parcel Post"}


@pytest.fixture
async def people(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> People:
    freezer.move_to(utc(2026, 11, 24, 9))
    await hass.config.async_set_time_zone("UTC")
    return People(hass)


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """A building where Ada and Abe share 3B, and Cleo lives in 4A; all take deliveries by day."""
    homes = await people.homes(Ada="3B", Abe="3B", Cleo="4A")
    garage = door("Garage", "garage")
    many = ("door-lobby", "door-garage")
    house = await build(
        hass,
        door(),
        garage,
        courier(),
        courier("Many Doors", many, longest_grant_hours=4),
        *homes,
    )
    await people.confirm(house, "Abe", "Ada")
    for name in ("Ada", "Abe", "Cleo"):
        await ask(
            house,
            "set_rules",
            f"resident-{name.lower()}",
            people.acting(name),
            consent=True,
            windows=HOURS,
        )
    await house.settle()
    house.told.clear()
    return house


@pytest.fixture
async def account(hass: HomeAssistant) -> ParcelAccount:
    return await parcel_account(hass)


@pytest.fixture
async def ada(house: House, people: People, hass_ws_client: WebSocketGenerator) -> Wire:
    return await connect(house.hass, house, hass_ws_client, people["Ada"])


async def give(
    wire: Wire, account: ParcelAccount, who: str = "ada", **more: Any
) -> dict[str, Any]:
    """Give an order, by default from the account's list for Parcel Post."""
    is_named = not more.keys().isdisjoint({"sensors", "sensor", "device"})
    source = {} if is_named else {"sensors": [account.sensor.entity_id]}
    named = {**ORDER, "resident": f"resident-{who}", **source, **more}
    order: dict[str, Any] = await wire.result("orders/set", **named)
    return order


@pytest.fixture
async def order(house: House, ada: Wire, account: ParcelAccount) -> dict[str, Any]:
    order = await give(ada, account)
    await house.settle()
    return order


def open_grants(house: House) -> list[Grant]:
    return house.building.grants.expected()


def hours(start: int, end: int, day: int = 24) -> tuple[datetime, datetime]:
    return utc(2026, 11, day, start), utc(2026, 11, day, end)


def window(grant: Grant) -> tuple[datetime, datetime]:
    return grant.starts_at, grant.ends_at


async def out(
    house: House, account: ParcelAccount, barcode: str = PARCEL, *planned: datetime
) -> list[Grant]:
    """Let a parcel go out for delivery; return what is expected then."""
    account.report(barcode, "in_transit")
    start, end = planned or (None, None)
    account.report(barcode, "out_for_delivery", (start, end))
    await house.settle()
    return open_grants(house)
