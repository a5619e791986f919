"""Fixtures for doors."""

from collections.abc import AsyncGenerator
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.doors.openers import DoorSettings
from tests.support.door_parts import (
    CONTACT,
    Bolt,
    FrontDoor,
    MakeDoor,
    install_bolt,
    install_template,
    turn,
)


@pytest.fixture
async def make_door(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[MakeDoor]:
    """Make a door with these settings; the bolt is the default opener."""
    made: list[FrontDoor] = []

    async def make(bolt: Bolt | None = None, **settings: Any) -> FrontDoor:
        if bolt is not None:
            settings["opener"] = await install_bolt(hass, bolt)
        made.append(FrontDoor(hass, freezer, DoorSettings(**settings)))
        made[-1].driver.start()
        return made[-1]

    yield make
    for door in made:
        door.driver.stop()


@pytest.fixture
async def door(hass: HomeAssistant, make_door: MakeDoor, bolt: Bolt) -> FrontDoor:
    """A door with a bolt and a contact sensor that reads shut."""
    hass.states.async_set(CONTACT, "off")
    return await make_door(bolt, contact=CONTACT)


@pytest.fixture
async def button_door(hass: HomeAssistant, make_door: MakeDoor) -> FrontDoor:
    """A door that a button opens."""
    return await make_door(
        opener=await install_template(hass, "button", {"press": turn("on")}),
        contact=CONTACT,
    )
