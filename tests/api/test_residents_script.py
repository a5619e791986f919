"""The script of the documents, with which any resident sets hours."""

from pathlib import Path
import re
from typing import Any

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest
import yaml

from tests.support.house import House, build, courier, door
from tests.support.people import People

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "dashboards.md"
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
async def house(hass: HomeAssistant, people: People) -> House:
    house = await build(hass, door(), courier(), *await people.homes(Ada="3B"))
    made = script()
    made["sequence"][0]["data"]["device_id"] = house.device(ADA).id
    assert await async_setup_component(hass, "script", {"script": {"hours": made}})
    return house


async def run(house: House, who: Context) -> None:
    hours = {"start": "08:00:00", "end": "12:00:00"}
    await house.hass.services.async_call(
        "script", "hours", hours, blocking=True, context=who
    )


async def test_only_the_resident_sets_their_hours_with_the_script(
    house: House, people: People
) -> None:
    with pytest.raises(ServiceValidationError):
        await run(house, await people.stranger())
    assert house.building.rulebook.of(ADA).schedule.is_empty

    await run(house, people.acting("Ada"))

    hours = house.building.rulebook.of(ADA).schedule.to_mapping()
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    assert hours == {day: [{"from": "08:00:00", "to": "12:00:00"}] for day in days}
