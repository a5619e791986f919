"""The watch over the clocks: how long they have run alike, and whether the wall clock can be trusted."""

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
    """Take the machine's clocks over."""
    return Clocks.take_over(hass, freezer, monkeypatch)


@pytest.fixture
def watch(hass: HomeAssistant, clocks: Clocks) -> Callable[..., ClockWatch]:
    """Begin to watch them, with a newest record or without."""

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


async def test_clocks_that_run_alike_agree_since_the_watch_began(
    clocks: Clocks, watch: Callable[..., ClockWatch]
) -> None:
    begun = watch()
    assert agreed(begun) == timedelta()
    await clocks.pass_time(DAY)
    assert agreed(begun) == DAY
    begun.async_stop()


@pytest.mark.parametrize("by", [-HOUR, -4 * SECOND, 4 * SECOND, HOUR, 30 * DAY])
async def test_a_step_begins_the_agreement_anew_and_is_told(
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


async def test_a_step_and_its_undoing_between_two_looks_are_seen_while_they_last(
    clocks: Clocks, watch: Callable[..., ClockWatch]
) -> None:
    begun = watch()
    await clocks.pass_time(HOUR)
    await clocks.step(HOUR)
    assert agreed(begun) == timedelta()
    await clocks.step(-HOUR)
    assert agreed(begun) == HOUR
    begun.async_stop()


async def test_a_clock_set_right_little_by_little_keeps_agreeing_for_a_minute_in_all(
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


async def test_a_machine_that_was_suspended_begins_anew(
    clocks: Clocks, watch: Callable[..., ClockWatch]
) -> None:
    begun = watch()
    await clocks.pass_time(2 * DAY)
    await clocks.step(8 * HOUR)  # asleep: the monotonic clock of Linux stands still

    await clocks.pass_time(LOOK_EVERY)

    assert agreed(begun) == timedelta()
    assert begun.is_trusted
    begun.async_stop()


async def test_a_watch_that_does_not_run_has_seen_no_agreement(
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
async def test_a_clock_is_doubted_that_is_before_the_newest_record_or_was_never_set(
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
