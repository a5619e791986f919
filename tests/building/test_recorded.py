"""What Home Assistant itself records of the doors of a house."""

from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.recorder import get_instance
import pytest
import yaml

from tests.support import fixing
from tests.support.door_parts import BOLT, CONTACT, Bolt, install_bolt
from tests.support.house import House, build, courier, door, resident

pytestmark = pytest.mark.usefixtures("recorder_mock")


def shown(hass: HomeAssistant) -> list[str] | None:
    """Return the entities that the issue proposes to exclude; None without an issue."""
    issue = fixing.shown(hass, "doors_recorded")
    if issue is None:
        return None
    assert issue.translation_placeholders is not None
    written = yaml.safe_load(issue.translation_placeholders["lines"])
    entities: list[str] = written["recorder"]["exclude"]["entities"]
    return entities


async def settled(
    hass: HomeAssistant, *others: ConfigSubentryDataWithId, household: str = "several"
) -> House:
    opener = await install_bolt(hass, Bolt())
    parts = (door(opener=opener, contact=CONTACT), courier(), resident("Ada", "3B"))
    return await build(hass, *parts, *others, household=household)


async def test_house_of_several_homes_reads_what_to_exclude(
    hass: HomeAssistant,
) -> None:
    house = await settled(hass)
    assert shown(hass) == [CONTACT, BOLT, "lock.lobby"]

    er.async_get(hass).async_update_entity(BOLT, new_entity_id="lock.oak")
    await house.settle()
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert shown(hass) == [CONTACT, "lock.lobby", "lock.oak"]


@pytest.mark.parametrize(
    "recorder_config", [{"exclude": {"entities": [BOLT, CONTACT, "lock.lobby"]}}]
)
async def test_house_that_excludes_them_reads_nothing(hass: HomeAssistant) -> None:
    await settled(hass)
    assert shown(hass) is None
    assert get_instance(hass).entity_filter is not None


async def test_household_on_its_own_decides_itself(hass: HomeAssistant) -> None:
    await settled(hass, household="one")
    assert shown(hass) is None


async def test_two_homes_read_what_to_exclude_even_if_chosen_as_one_household(
    hass: HomeAssistant,
) -> None:
    await settled(hass, resident("Bob", "4C"), household="one")
    assert shown(hass) == [CONTACT, BOLT, "lock.lobby"]


async def test_demo_door_hides_nobody(hass: HomeAssistant) -> None:
    await build(hass, door(), courier(), resident("Ada", "3B"))
    assert shown(hass) is None
