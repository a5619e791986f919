"""The script of the owner's guide, with which any resident sets hours."""

from pathlib import Path
import re
from typing import Any

from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest
import yaml

from tests.support.house import House, build, courier, door, resident
from tests.support.people import People, acting

GUIDE = Path(__file__).parents[2] / "docs" / "owners-guide.md"
ADA = "resident-ada"


def script() -> dict[str, Any]:
    """Return the script of the guide."""
    written = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    [found] = [
        read for block in written if "sequence" in (read := yaml.safe_load(block))
    ]
    made: dict[str, Any] = found
    return made


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
    )
    made = script()
    made["sequence"][0]["data"]["device_id"] = house.device(ADA).id
    assert await async_setup_component(hass, "script", {"script": {"hours": made}})
    return house


async def run(hass: HomeAssistant, someone: User) -> None:
    await hass.services.async_call(
        "script",
        "hours",
        {"start": "08:00:00", "end": "12:00:00"},
        blocking=True,
        context=acting(someone),
    )


async def test_resident_sets_their_hours_with_the_script(
    hass: HomeAssistant, house: House, people: People
) -> None:
    await run(hass, people["Ada"])

    hours = house.building.rulebook.of(ADA).schedule.to_mapping()
    assert list(hours) == ["monday", "tuesday", "wednesday", "thursday", "friday"]
    assert (
        hours["monday"] == hours["friday"] == [{"from": "08:00:00", "to": "12:00:00"}]
    )


async def test_neighbor_cannot_use_the_script(
    hass: HomeAssistant, house: House, people: People
) -> None:
    with pytest.raises(ServiceValidationError):
        await run(hass, people["Cleo"])

    assert house.building.rulebook.of(ADA).schedule.is_empty
