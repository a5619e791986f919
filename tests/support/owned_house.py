"""A building of four residents and two couriers, and its owner who is connected: import the fixtures that are needed."""

from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import (
    WebSocketGenerator,
)

from tests.support.door_parts import BOLT, CONTACT, Bolt, install_bolt
from tests.support.house import KEY, House, ask, build, courier, door, resident
from tests.support.people import People, acting, user
from tests.support.signing import PUBLIC
from tests.support.wires import Wire, connect

OLD_KEY = "whsec_" + "B" * 32
OWN_HOURS = {"tuesday": [{"from": "06:10:00", "to": "06:20:00"}]}


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Nia")
    return people


@pytest.fixture
async def bolt(hass: HomeAssistant) -> Bolt:
    bolt = Bolt()
    await install_bolt(hass, bolt)
    return bolt


@pytest.fixture
async def house(hass: HomeAssistant, people: People, bolt: Bolt) -> House:
    """Ada decides by herself, Nia waits for her, Ben said yes on paper, and Cleo decided nothing."""
    assert await async_setup_component(hass, "websocket_api", {})
    await hass.config.async_update(external_url="https://elm.example")
    hass.states.async_set(CONTACT, "off")
    entity = er.async_get(hass).async_get(BOLT)
    assert entity is not None
    house = await build(
        hass,
        door(opener=entity.id, contact=CONTACT),
        courier(
            keys=[{"key": KEY, "ends_at": None}, {"key": OLD_KEY, "ends_at": soon()}]
        ),
        courier(
            "Own Key", keys=[{"key": PUBLIC, "ends_at": None}], enabled=False, doors=()
        ),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Nia", "3B", None, person=people.person("Nia")),
        resident("Ben", "4A", OWN_HOURS),
        resident("Cleo", "5C", None, targets=[{"kind": "person_apps"}]),
    )
    await ask(
        house,
        "set_rules",
        "resident-ada",
        acting(people["Ada"]),
        consent=True,
        windows=OWN_HOURS,
        digest_at="19:37",
    )
    return house


def soon() -> str:
    return (dt_util.utcnow() + timedelta(hours=20)).isoformat()


@pytest.fixture
async def owner(
    hass: HomeAssistant, house: House, hass_ws_client: WebSocketGenerator
) -> Wire:
    return await connect(
        hass, house, hass_ws_client, await user(hass, "Owner", admin=True)
    )


async def part(wire: Wire, name: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = (await wire.result("building"))[name]
    return told
