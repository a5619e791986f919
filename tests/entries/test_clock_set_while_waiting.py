"""Test that a courier who waits for an answer isn't let in by a clock that is set back meanwhile."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.home_assistant.clock import CHECK_EVERY
from tests.support.asked_phones import PushService, asked_house
from tests.support.clocks import Clocks
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import utc

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("by", "names"),
    [(-90 * SECOND, []), (-50 * SECOND, ["unlock"])],
)
async def test_clock_set_back_while_a_courier_waits_keeps_the_door_shut(
    socket_enabled: None,
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
    bolt: Bolt,
    by: timedelta,
    names: list[str],
) -> None:
    freezer.move_to(utc(2026, 11, 24, 12))
    clocks = Clocks.take_over(hass, freezer, monkeypatch)
    opener = await install_bolt(hass, bolt)
    asked = await asked_house(hass, hass_client_no_auth, service, opener=opener)
    start = utc(2026, 11, 24, 9).isoformat()
    await asked.sender.grant(door="lobby", starts_at=start)
    entering = await asked.come("Ada")

    clocks.set_wall(by)
    await asked.phones["Ada"].answer("Let in")
    answer = await entering
    await asked.settle()
    # A clock step hands the building over: let that finish.
    await clocks.pass_time(CHECK_EVERY)
    await asked.settle()

    assert bolt.names[:1] == names
    if not names:
        assert (answer.status, answer.problem) == (503, "clock_untrusted")
