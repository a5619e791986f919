"""For how long the clock has run evenly is known across restarts, and a far time has to hold for longer."""

from datetime import datetime, timedelta

from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.upkeep.clock import (
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


async def test_a_day_of_agreement_is_enough(ledger: Ledger) -> None:
    assert not (await look(ledger, NOON, timedelta(), is_first=True)).is_enough
    assert not (await look(ledger, NOON + 23 * HOUR, 23 * HOUR)).is_enough
    assert (await look(ledger, NOON + DAY, DAY)).is_enough


async def test_a_restart_every_night_keeps_nothing_from_being_erased(
    ledger: Ledger,
) -> None:
    await look(ledger, NOON, timedelta(), is_first=True)
    await look(ledger, NOON + 23 * HOUR, 23 * HOUR)

    assert (await look(ledger, NOON + DAY, timedelta(), is_first=True)).is_enough


async def test_a_longer_time_away_begins_anew(ledger: Ledger) -> None:
    await look(ledger, NOON, DAY, is_first=True)

    assert not (
        await look(ledger, NOON + 3 * HOUR, timedelta(), is_first=True)
    ).is_enough
    assert (await look(ledger, NOON + 27 * HOUR, DAY)).is_enough


async def test_a_step_while_it_runs_begins_anew_however_small(ledger: Ledger) -> None:
    await look(ledger, NOON, DAY)

    steady = await look(ledger, NOON + 2 * HOUR, timedelta())

    assert steady == Steadiness(NOON + 2 * HOUR, NOON + 2 * HOUR)
    assert not steady.is_enough


async def test_a_clock_that_is_set_right_by_and_by_runs_evenly(ledger: Ledger) -> None:
    await look(ledger, NOON, DAY)

    assert (await look(ledger, NOON + HOUR, HOUR - timedelta(seconds=50))).is_enough


async def test_a_time_far_from_the_last_one_has_to_hold_for_a_week(
    ledger: Ledger,
) -> None:
    for far in (NOON + 365 * DAY, NOON):
        await look(ledger, NOON, 9 * DAY)
        await look(ledger, far + 8 * DAY, timedelta(), is_first=True)
        await look(ledger, far + 8 * DAY + 23 * HOUR, 23 * HOUR)
        # Neither a day of it nor a restart in between makes it near.
        assert not (await look(ledger, far + 10 * DAY, HOUR, is_first=True)).is_enough
        assert not (await look(ledger, far + 16 * DAY, 6 * DAY + HOUR)).is_enough
        assert (await look(ledger, far + 17 * DAY, 7 * DAY + HOUR)).is_enough
        # From then on it is the time.
        assert not (await look(ledger, far + 18 * DAY, HOUR)).is_enough
        assert (await look(ledger, far + 19 * DAY, DAY + HOUR)).is_enough
        await look(ledger, far + 19 * DAY, timedelta())
