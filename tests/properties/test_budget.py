"""A budget of bytes against sums: whatever is asked for when, no more is granted than was promised."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.ledger.budgets import Budget

SECOND = 1_000_000_000
HOUR = 3600 * SECOND

COURIERS = st.sampled_from(["post", "other"])
SIZES = st.integers(1, 20_000)
PAUSES = st.one_of(st.just(0), st.integers(0, 5 * SECOND), st.integers(0, 3 * HOUR))


@dataclass
class Clock:
    """Nanoseconds that pass on command."""

    now: int = 7 * HOUR

    def __call__(self) -> int:
        return self.now


def taken(budget: Budget, courier: str, size: int) -> int | None:
    """Write so many bytes if there is room; return the seconds to wait where there is not."""
    with budget.reserve(courier, size) as wait:
        return wait


@given(
    at_once=st.integers(20_000, 100_000),
    an_hour=st.integers(1, 50_000),
    asked=st.lists(st.tuples(PAUSES, COURIERS, SIZES), max_size=60),
)
def test_between_any_two_moments_no_more_is_granted_than_at_once_and_what_comes_back_meanwhile(
    at_once: int, an_hour: int, asked: Sequence[tuple[int, str, int]]
) -> None:
    clock = Clock()
    budget = Budget(at_once, an_hour, clock)
    granted: dict[str, list[tuple[int, int]]] = {"post": [], "other": []}
    for pause, courier, size in asked:
        clock.now += pause
        if taken(budget, courier, size) is None:
            granted[courier].append((clock.now, size))
    for grants in granted.values():
        for first in range(len(grants)):
            total = 0
            for at, size in grants[first:]:
                total += size
                assert total * HOUR <= at_once * HOUR + an_hour * (
                    at - grants[first][0]
                )


@given(
    at_once=st.integers(20_000, 100_000),
    an_hour=st.integers(1, 2_000_000),
    before=st.lists(st.tuples(PAUSES, SIZES), max_size=30),
    size=SIZES,
)
def test_sender_who_waits_the_stated_time_is_accepted_and_not_a_second_sooner(
    at_once: int, an_hour: int, before: Sequence[tuple[int, int]], size: int
) -> None:
    clock = Clock()
    budget = Budget(at_once, an_hour, clock)
    for pause, each in before:
        clock.now += pause
        taken(budget, "post", each)
    wait = taken(budget, "post", size)
    if wait is None:
        return
    assert wait > 0
    clock.now += (wait - 1) * SECOND
    assert taken(budget, "post", size) == 1
    clock.now += SECOND
    assert taken(budget, "post", size) is None


@given(asked=st.lists(st.tuples(PAUSES, SIZES), max_size=30))
def test_one_couriers_flood_takes_nothing_from_anothers(
    asked: Sequence[tuple[int, int]],
) -> None:
    clock = Clock()
    alone, flooded = Budget(30_000, 5_000, clock), Budget(30_000, 5_000, clock)
    for pause, size in asked:
        clock.now += pause
        taken(flooded, "flood", 30_000)
        flooded.charge("flood", 30_000)
        assert taken(flooded, "post", size) == taken(alone, "post", size)


@given(sizes=st.lists(SIZES, min_size=1, max_size=30))
def test_what_is_written_at_the_same_time_counts_before_it_is_done(
    sizes: Sequence[int],
) -> None:
    clock = Clock()
    budget = Budget(40_000, 3600, clock)
    with ExitStack() as under_way:
        waits = [
            under_way.enter_context(budget.reserve("post", size)) for size in sizes
        ]
        assert (
            sum(size for size, wait in zip(sizes, waits, strict=True) if wait is None)
            <= 40_000
        )
    granted = sum(size for size, wait in zip(sizes, waits, strict=True) if wait is None)
    assert taken(budget, "post", 40_000) == (granted or None)


@given(sizes=st.lists(SIZES, max_size=10))
def test_what_fails_takes_nothing(sizes: Sequence[int]) -> None:
    budget = Budget(40_000, 3600, Clock())
    for size in sizes:
        with pytest.raises(OSError), budget.reserve("post", size):  # noqa: PT011 - of any kind
            raise OSError
    assert taken(budget, "post", 40_000) is None


@given(size=st.integers(20_000, 10**9))
def test_what_is_larger_than_all_of_it_is_let_through_when_all_is_there(
    size: int,
) -> None:
    clock = Clock()
    budget = Budget(20_000, 3600, clock)
    assert taken(budget, "post", size) is None
    assert taken(budget, "post", size) == 20_000
    clock.now += 20_000 * SECOND
    assert taken(budget, "post", size) is None


def test_charge_beyond_the_budget_is_made_up_for_later() -> None:
    clock = Clock()
    budget = Budget(20_000, 3600, clock)
    budget.charge("post", 50_000)
    assert taken(budget, "post", 1) == 30_001
    clock.now += 30_001 * SECOND
    assert taken(budget, "post", 1) is None
