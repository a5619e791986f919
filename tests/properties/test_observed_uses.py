"""Uses of other courier access: each begins an entry or belongs to one, whatever the source reports."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, strategies as st

from custom_components.courier_access.doors.observed import Uses

COOL_DOWNS = st.integers(5, 3600)
VALUES = st.sampled_from([None, "off", "on"])
PAUSES = st.one_of(st.just(0), st.integers(0, 60), st.integers(0, 7200))


def entries_of(
    cool_down: float, reports: Sequence[tuple[int, str | None]]
) -> tuple[list[int], list[int]]:
    """Return when a binary sensor was used, by the book, and when entries began."""
    uses, now, used, began, last = Uses(cool_down), 0, [], [], None
    for pause, value in reports:
        now += pause
        if value == "on" and last == "off":
            used.append(now)
        last = value or last
        if uses.read(value, now, is_use=value == "on"):
            began.append(now)
    return used, began


@given(COOL_DOWNS, st.lists(st.tuples(PAUSES, VALUES), max_size=80))
def test_every_use_begins_an_entry_or_follows_one_within_the_cool_down(
    cool_down: int, reports: Sequence[tuple[int, str | None]]
) -> None:
    used, began = entries_of(cool_down, reports)
    assert set(began) <= set(used)
    assert all(later - earlier >= cool_down for earlier, later in pairwise(began))
    assert all(any(0 <= at - entry < cool_down for entry in began) for at in used)


@given(st.lists(st.tuples(PAUSES, VALUES), max_size=80))
def test_no_number_of_uses_puts_off_the_next_entry(
    reports: Sequence[tuple[int, str | None]],
) -> None:
    flapping = [(1, value) for _ in range(100) for value in ("off", "on")]
    _, began = entries_of(30, [*reports, *flapping])
    assert len(began) >= 200 // 31
