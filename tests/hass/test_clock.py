"""The clock watch: how long the clocks agree, and when the wall clock is doubted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from unittest.mock import Mock

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.hass.clock import (
    LOOK_EVERY,
    WRITTEN,
    ClockDoubt,
    ClockWatch,
)
from custom_components.courier_access.ledger.ledger import Ledger
from tests.support.clocks import Clocks
from tests.support.house import utc

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clocks(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> Clocks:
    """Control the machine's clocks."""
    return Clocks.take_over(hass, freezer, monkeypatch)


@pytest.fixture
def watch(hass: HomeAssistant, clocks: Clocks) -> Callable[..., ClockWatch]:
    """Start a clock watch, optionally with a newest record."""

    def begin(newest: datetime | None = None) -> ClockWatch:
        begun = ClockWatch(hass, with_newest(newest))
        begun.async_start()
        return begun

    return begin


def with_newest(newest: datetime | None) -> Ledger:
    """Return a ledger whose newest record has this time."""
    return Mock(spec_set=Ledger, newest_at=newest)


def agreed(watch: ClockWatch) -> timedelta:
    return watch.agreed_for(dt_util.utcnow())


async def test_agreeing_clocks_agree_since_watch_started(
    clocks: Clocks, watch: Callable[..., ClockWatch]
) -> None:
    begun = watch()
    assert agreed(begun) == timedelta()
    await clocks.pass_time(DAY)
    assert agreed(begun) == DAY
    begun.async_stop()


@pytest.mark.parametrize("by", [-HOUR, -4 * SECOND, 4 * SECOND, HOUR, 30 * DAY])
async def test_clock_step_restarts_agreement_and_is_reported(
    clocks: Clocks, watch: Callable[..., ClockWatch], by: timedelta
) -> None:
    begun, steps = watch(), list[timedelta]()
    begun.listen_stepped(steps.append)
    await clocks.pass_time(HOUR)

    await clocks.step(by)
    assert agreed(begun) == timedelta()
    await clocks.pass_time(LOOK_EVERY)

    assert steps == [by]
    await clocks.pass_time(HOUR)
    assert agreed(begun) == HOUR
    assert steps == [by]
    begun.async_stop()


async def test_step_undone_between_checks_is_seen_while_it_lasts(
    clocks: Clocks, watch: Callable[..., ClockWatch]
) -> None:
    begun = watch()
    await clocks.pass_time(HOUR)
    await clocks.step(HOUR)
    assert agreed(begun) == timedelta()
    await clocks.step(-HOUR)
    assert agreed(begun) == HOUR
    begun.async_stop()


async def test_gradual_correction_agrees_up_to_a_minute(
    clocks: Clocks, watch: Callable[..., ClockWatch]
) -> None:
    begun, steps = watch(), list[timedelta]()
    begun.listen_stepped(steps.append)
    for _ in range(20):
        await clocks.step(3 * SECOND)
        await clocks.pass_time(LOOK_EVERY)
    assert agreed(begun) >= 20 * LOOK_EVERY

    await clocks.step(3 * SECOND)
    await clocks.pass_time(LOOK_EVERY)

    assert agreed(begun) == timedelta()
    assert steps == []
    begun.async_stop()


async def test_suspend_restarts_agreement(
    clocks: Clocks, watch: Callable[..., ClockWatch]
) -> None:
    begun = watch()
    await clocks.pass_time(2 * DAY)
    await clocks.step(8 * HOUR)  # suspended: Linux's monotonic clock stops

    await clocks.pass_time(LOOK_EVERY)

    assert agreed(begun) == timedelta()
    assert begun.is_trusted
    begun.async_stop()


async def test_stopped_watch_has_no_agreement(
    clocks: Clocks, watch: Callable[..., ClockWatch]
) -> None:
    begun = watch()
    await clocks.pass_time(DAY)
    begun.async_stop()
    assert agreed(begun) == timedelta()
    begun.look()
    begun.async_stop()
    begun.async_start()
    await clocks.pass_time(HOUR)
    assert agreed(begun) == HOUR
    begun.async_stop()


@pytest.mark.parametrize(
    ("now", "newest", "doubt"),
    [
        (utc(2026, 11, 24), None, None),
        (utc(2026, 11, 24), utc(2026, 11, 23), None),
        (utc(2026, 11, 24), utc(2026, 11, 24, 0, 1), None),
        (utc(2026, 11, 24), utc(2026, 11, 24, 0, 1, 1), ClockDoubt.BEHIND_RECORDS),
        (utc(1970, 1, 1), None, ClockDoubt.NOT_SET),
        (utc(1970, 1, 1), utc(1970, 1, 1), ClockDoubt.NOT_SET),
        (utc(2000, 1, 1), utc(2026, 11, 24), ClockDoubt.NOT_SET),
        (WRITTEN, None, None),
    ],
)
async def test_clock_before_newest_record_or_never_set_is_doubted(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    now: datetime,
    newest: datetime | None,
    doubt: ClockDoubt | None,
) -> None:
    freezer.move_to(now)
    watch = ClockWatch(hass, with_newest(newest))
    assert watch.doubt is doubt
    assert watch.is_trusted is (doubt is None)
