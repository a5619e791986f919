"""What an administrator tries with time zones: to move residents' hours to now."""

from typing import Final

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.support.house import House, Sender, build, courier, door, resident, utc

# A Tuesday evening in Berlin.
pytestmark = pytest.mark.freeze_time(utc(2026, 11, 24, 20))
MORNING: Final = [{"from": "08:00:00", "to": "12:00:00"}]
MORNINGS: Final = {"tuesday": MORNING, "wednesday": MORNING}
WHERE_IT_IS_MORNING: Final = "Pacific/Honolulu"


async def mornings_house(hass: HomeAssistant, zone: str = "Europe/Berlin") -> House:
    await hass.config.async_set_time_zone(zone)
    return await build(
        hass, door(), courier(longest_grant_hours=24), resident("Ada", "3B", MORNINGS)
    )


async def answers(sender: Sender) -> tuple[str, str]:
    body = (await sender.enter()).body
    return body["decision"], body["reason"]


async def test_home_assistants_time_zone_does_not_move_residents_hours(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await mornings_house(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(ends_at=utc(2026, 11, 25, 12).isoformat(), max_entries=5)
    assert await answers(sender) == ("refused", "not_accepting")

    await hass.config.async_update(time_zone=WHERE_IT_IS_MORNING)
    await house.settle()

    assert await answers(sender) == ("refused", "not_accepting")
    assert house.door_state() == "locked"
