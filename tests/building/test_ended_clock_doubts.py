"""Test that a doubt of the clock at the start goes away with its cause."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.api.commands import async_accept_clock
from custom_components.courier_access.api.permissions import async_acting
from custom_components.courier_access.home_assistant.clock import CHECK_EVERY
from tests.support import fixing
from tests.support.clocks import Clocks
from tests.support.house import House, build, utc
from tests.support.people import acting, user


async def start_behind(hass: HomeAssistant, clocks: Clocks, by: timedelta) -> House:
    """Set up a building whose clock is behind its newest record."""
    house = await build(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    clocks.set_wall(-by)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert fixing.shown(hass, "clock_untrusted") is not None
    return house


def problem_of(hass: HomeAssistant) -> str:
    """Return the sensor that is on while couriers are kept out."""
    [problem] = (
        entity_id
        for entity_id in hass.states.async_entity_ids("binary_sensor")
        if entity_id.endswith("problem")
    )
    return problem


async def test_doubt_at_start_ends_by_itself(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    freezer.move_to(utc(2026, 11, 24, 12))
    clocks = Clocks.take_over(hass, freezer, monkeypatch)
    house = await start_behind(hass, clocks, timedelta(seconds=90))
    problem = problem_of(hass)
    assert hass.states.is_state(problem, "on")

    for _ in range(5):
        await clocks.pass_time(CHECK_EVERY)
        await house.settle()

    assert house.building.clock_watch.is_trusted
    assert fixing.shown(hass, "clock_untrusted") is None
    assert hass.states.is_state(problem, "off")


async def test_doubt_at_start_is_accepted_by_administrator_at_once(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    freezer.move_to(utc(2026, 11, 24, 12))
    clocks = Clocks.take_over(hass, freezer, monkeypatch)
    house = await start_behind(hass, clocks, timedelta(hours=1))
    problem = problem_of(hass)

    someone = await user(hass, "Otto", admin=True)
    await async_accept_clock(
        house.building, await async_acting(house.building, acting(someone))
    )
    await house.settle()
    assert house.building.clock_watch.is_trusted
    assert hass.states.is_state(problem, "off")
    assert fixing.shown(hass, "clock_untrusted") is None
