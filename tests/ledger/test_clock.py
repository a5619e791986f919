"""Test how long the clock must be steady, across restarts."""

from datetime import datetime, timedelta

from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.upkeep.purge import (
    Steadiness,
    follow_steadiness,
)
from tests.ledger.filled import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def look(
    ledger: Ledger, now: datetime, agreed: timedelta, *, is_first: bool = False
) -> Steadiness:
    return await ledger.write(
        lambda transaction: follow_steadiness(
            transaction.conn, now, agreed, is_first=is_first
        )
    )


async def test_one_steady_day_is_enough(ledger: Ledger) -> None:
    assert not (await look(ledger, NOON, timedelta(), is_first=True)).is_enough
    assert not (await look(ledger, NOON + 23 * HOUR, 23 * HOUR)).is_enough
    assert (await look(ledger, NOON + DAY, DAY)).is_enough


async def test_nightly_restarts_do_not_prevent_erasing(ledger: Ledger) -> None:
    await look(ledger, NOON, timedelta(), is_first=True)
    await look(ledger, NOON + 23 * HOUR, 23 * HOUR)

    assert (await look(ledger, NOON + DAY, timedelta(), is_first=True)).is_enough


async def test_longer_downtime_starts_over(ledger: Ledger) -> None:
    await look(ledger, NOON, DAY, is_first=True)

    assert not (
        await look(ledger, NOON + 3 * HOUR, timedelta(), is_first=True)
    ).is_enough
    assert (await look(ledger, NOON + 27 * HOUR, DAY)).is_enough


async def test_any_step_of_a_running_clock_starts_over(ledger: Ledger) -> None:
    await look(ledger, NOON, DAY)

    steady = await look(ledger, NOON + 2 * HOUR, timedelta())

    assert steady == Steadiness(NOON + 2 * HOUR, NOON + 2 * HOUR)
    assert not steady.is_enough


async def test_slowly_adjusted_clock_is_steady(ledger: Ledger) -> None:
    await look(ledger, NOON, DAY)

    assert (await look(ledger, NOON + HOUR, HOUR - timedelta(seconds=50))).is_enough


async def test_time_far_from_the_last_one_must_be_steady_for_a_week(
    ledger: Ledger,
) -> None:
    for far in (NOON + 365 * DAY, NOON):
        await look(ledger, NOON, 9 * DAY)
        await look(ledger, far + 8 * DAY, timedelta(), is_first=True)
        await look(ledger, far + 8 * DAY + 23 * HOUR, 23 * HOUR)
        # Neither a day nor a restart in between makes it near.
        assert not (await look(ledger, far + 10 * DAY, HOUR, is_first=True)).is_enough
        assert not (await look(ledger, far + 16 * DAY, 6 * DAY + HOUR)).is_enough
        assert (await look(ledger, far + 17 * DAY, 7 * DAY + HOUR)).is_enough
        # From now on, the time is accepted.
        assert not (await look(ledger, far + 18 * DAY, HOUR)).is_enough
        assert (await look(ledger, far + 19 * DAY, DAY + HOUR)).is_enough
        await look(ledger, far + 19 * DAY, timedelta())
