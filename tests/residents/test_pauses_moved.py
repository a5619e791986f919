"""A pause of the default length lasts as long if the clock is set, whatever the disk does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
import sqlite3

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.api.commands import async_pause, async_resume
from custom_components.courier_access.api.permissions import Actor
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.home_assistant.clock import CHECK_EVERY
from custom_components.courier_access.home_assistant.host import hand_over_soon
from custom_components.courier_access.ledger import sql
from tests.building.test_handover import meanwhile
from tests.support.clocks import Clocks
from tests.support.house import House, build, utc

SECOND, HOUR, DAY = (timedelta(**{part: 1}) for part in ("seconds", "hours", "days"))
OWNER = Actor("owner", is_administrator=True, residents=())


@pytest.fixture
def clocks(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> Clocks:
    """Take the machine's clocks over."""
    freezer.move_to(utc(2026, 11, 24, 12))
    return Clocks.take_over(hass, freezer, monkeypatch)


@pytest.fixture
async def house(
    hass: HomeAssistant, clocks: Clocks, monkeypatch: pytest.MonkeyPatch
) -> House:
    """Return a building that is paused for a day."""
    monkeypatch.setattr(sql, "BUSY_SECONDS", 0.05)
    house = await build(hass)
    await async_pause(house.building, OWNER)
    await house.settle()
    return house


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Lock the ledger's file, as another program would."""
    path = ledger_path(house.hass, house.entry.entry_id)
    foreign = sqlite3.connect(path, isolation_level=None)
    foreign.execute("BEGIN EXCLUSIVE")
    yield
    foreign.execute("ROLLBACK")
    foreign.close()


def ends(house: House) -> datetime | None:
    return house.building.rulebook.pauses.until()


async def passes(house: House, clocks: Clocks, *times: timedelta) -> None:
    for time in times:
        await clocks.pass_time(time)
        await house.settle()


@pytest.mark.parametrize("step", [-50 * SECOND, 50 * SECOND, -HOUR, HOUR])
async def test_pause_is_moved_with_the_clock(
    house: House, clocks: Clocks, step: timedelta
) -> None:
    before = ends(house)
    assert before is not None

    await clocks.step(step)
    await passes(house, clocks, CHECK_EVERY)
    assert ends(house) == before + step

    await house.reload()
    assert ends(house) == before + step


async def test_pause_under_a_clock_that_was_just_set_lasts_as_long(
    house: House, clocks: Clocks
) -> None:
    await async_resume(house.building, OWNER)
    right = dt_util.utcnow()

    clocks.set_wall(-25 * HOUR)
    await async_pause(house.building, OWNER)
    await house.settle()
    await clocks.step(25 * HOUR + 50 * SECOND)
    await passes(house, clocks, CHECK_EVERY)
    assert ends(house) == right + DAY + 50 * SECOND


async def test_earlier_end_counts_only_once_it_is_written(
    house: House, clocks: Clocks
) -> None:
    before = ends(house)
    assert before is not None
    with locked(house):
        await clocks.step(-50 * SECOND)
        await passes(house, clocks, CHECK_EVERY)
        assert ends(house) == before

    await passes(house, clocks, CHECK_EVERY)
    assert ends(house) == before - 50 * SECOND
    await house.reload()
    assert ends(house) == before - 50 * SECOND


@pytest.mark.parametrize("step", [50 * SECOND, HOUR])
async def test_later_end_counts_at_once_and_is_written_later(
    house: House, clocks: Clocks, step: timedelta
) -> None:
    before = ends(house)
    assert before is not None
    with locked(house):
        clocks.set_wall(step)
        house.building.clock_watch.check()
        assert ends(house) == before + step
        await passes(house, clocks, SECOND, CHECK_EVERY)

    await passes(house, clocks, *6 * (CHECK_EVERY,))
    await house.reload()
    assert dt_util.utcnow() < before
    assert ends(house) == before + step


@pytest.mark.parametrize("is_between", [False, True], ids=["before", "between"])
@pytest.mark.parametrize("step", [-HOUR, -50 * SECOND, 50 * SECOND, HOUR, 25 * HOUR])
async def test_clock_that_is_set_around_a_hand_over_moves_the_pause(
    house: House, clocks: Clocks, step: timedelta, *, is_between: bool
) -> None:
    before = ends(house)
    assert before is not None

    if is_between:
        meanwhile(lambda: clocks.set_wall(step))
    else:
        clocks.set_wall(step)
    hand_over_soon(house.hass, house.entry.entry_id)
    await house.settle()

    assert ends(house) == before + step
    await house.reload()
    assert ends(house) == before + step
