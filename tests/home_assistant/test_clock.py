"""The clock watch: how long the clocks agree, and when the wall clock is doubted."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from unittest.mock import Mock

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.home_assistant.clock import (
    CHECK_EVERY,
    WRITTEN,
    ClockDoubt,
    ClockWatch,
)
from custom_components.courier_access.ledger.ledger import Ledger
from tests.support.clocks import Clocks
from tests.support.house import utc

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def watch(hass: HomeAssistant, clocks: Clocks) -> Iterator[ClockWatch]:
    """A running clock watch of a ledger without records."""
    begun = ClockWatch(hass, with_newest(None))
    begun.async_start()
    yield begun
    begun.async_stop()


@pytest.fixture
def steps(watch: ClockWatch) -> list[timedelta]:
    """The clock steps that the watch reports."""
    steps: list[timedelta] = []
    watch.steps.add(steps.append)
    return steps


def with_newest(newest: datetime | None) -> Ledger:
    """Return a ledger whose newest record has this time."""
    return Mock(spec_set=Ledger, newest_at=newest)


def agreed(watch: ClockWatch) -> timedelta:
    return watch.agreed_for(dt_util.utcnow())


async def test_agreeing_clocks_agree_since_watch_started(
    clocks: Clocks, watch: ClockWatch
) -> None:
    assert agreed(watch) == timedelta()
    await clocks.pass_time(DAY)
    assert agreed(watch) == DAY


async def test_clock_step_restarts_agreement_and_is_reported(
    clocks: Clocks, watch: ClockWatch, steps: list[timedelta]
) -> None:
    reported: list[timedelta] = []
    for by in (-HOUR, -4 * SECOND, 4 * SECOND, HOUR, 30 * DAY):
        await clocks.pass_time(HOUR)
        await clocks.step(by)
        assert agreed(watch) == timedelta(), by
        await clocks.pass_time(CHECK_EVERY)
        reported.append(by)
        assert steps == reported
        await clocks.pass_time(HOUR)
        assert agreed(watch) == HOUR, by
        assert steps == reported


async def test_step_undone_between_checks_is_seen_while_it_lasts(
    clocks: Clocks, watch: ClockWatch
) -> None:
    await clocks.pass_time(HOUR)
    await clocks.step(HOUR)
    assert agreed(watch) == timedelta()
    await clocks.step(-HOUR)
    assert agreed(watch) == HOUR


async def test_gradual_correction_agrees_up_to_a_minute(
    clocks: Clocks, watch: ClockWatch, steps: list[timedelta]
) -> None:
    for _ in range(20):
        await clocks.step(3 * SECOND)
        await clocks.pass_time(CHECK_EVERY)
    assert agreed(watch) >= 20 * CHECK_EVERY

    await clocks.step(3 * SECOND)
    await clocks.pass_time(CHECK_EVERY)

    assert agreed(watch) == timedelta()
    assert steps == []


async def test_suspend_restarts_agreement(clocks: Clocks, watch: ClockWatch) -> None:
    await clocks.pass_time(2 * DAY)
    await clocks.step(8 * HOUR)  # suspended: Linux's monotonic clock stops

    await clocks.pass_time(CHECK_EVERY)

    assert agreed(watch) == timedelta()
    assert watch.is_trusted


async def test_stopped_watch_has_no_agreement(
    clocks: Clocks, watch: ClockWatch
) -> None:
    await clocks.pass_time(DAY)
    watch.async_stop()
    assert agreed(watch) == timedelta()
    watch.check()
    watch.async_stop()
    watch.async_start()
    await clocks.pass_time(HOUR)
    assert agreed(watch) == HOUR


async def test_clock_before_newest_record_or_never_set_is_doubted(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    for now, newest, doubt in (
        (utc(2026, 11, 24), None, None),
        (utc(2026, 11, 24), utc(2026, 11, 23), None),
        (utc(2026, 11, 24), utc(2026, 11, 24, 0, 1), None),
        (utc(2026, 11, 24), utc(2026, 11, 24, 0, 1, 1), ClockDoubt.BEHIND_RECORDS),
        (utc(1970, 1, 1), None, ClockDoubt.NOT_SET),
        (utc(1970, 1, 1), utc(1970, 1, 1), ClockDoubt.NOT_SET),
        (utc(2000, 1, 1), utc(2026, 11, 24), ClockDoubt.NOT_SET),
        (WRITTEN, None, None),
    ):
        freezer.move_to(now)
        watch = ClockWatch(hass, with_newest(newest))
        assert watch.doubt is doubt, (now, newest)
        assert watch.is_trusted is (doubt is None), (now, newest)
