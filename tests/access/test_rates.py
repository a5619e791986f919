"""Who asks too often has to wait, exactly as long as the answer says."""

from hypothesis import given, strategies as st

from custom_components.courier_access.access.rates import Rate, Rates

SECOND = 1_000_000_000
MINUTE = 60 * SECOND


@given(per_minute=st.integers(1, 60), now=st.integers(0, 10**18))
def test_so_many_at_once_and_then_one_each_time_its_part_of_a_minute_is_over(
    per_minute: int, now: int
) -> None:
    rate = Rate()
    now += MINUTE
    part = MINUTE // per_minute
    for _ in range(per_minute):
        assert rate.take(per_minute, now) is None
    over = per_minute * part + part - MINUTE  # what rounding leaves of a minute
    wait = rate.take(per_minute, now)
    assert wait is not None
    assert (wait - 1) * SECOND < over <= wait * SECOND
    assert rate.take(per_minute, now + over - 1) == 1
    assert rate.take(per_minute, now + over) is None
    assert rate.take(per_minute, now + over) is not None


def test_who_asked_last_is_remembered() -> None:
    rates = Rates(most=2)
    for caller in ("often", "once", "often", "new"):
        assert rates.take(caller, per_minute=2, now=0) is None
    assert rates.take("often", per_minute=2, now=0) == 30
    assert rates.take("once", per_minute=2, now=0) is None
