"""What a standing order may be, and which change of it only restricts."""

from dataclasses import replace

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.standing_orders import (
    MOST_PER_DAY,
    StandingOrder,
)

ORDER = StandingOrder("order-1", "anna", ("sensor-1",), "courier-1", "door-1")


@pytest.mark.parametrize("most", [0, -1, MOST_PER_DAY + 1])
def test_limit_is_from_1_to_20(most: int) -> None:
    with pytest.raises(ValueError, match="1 to 20"):
        replace(ORDER, most_per_day=most)


@pytest.mark.parametrize("sources", [("a", "a"), tuple("abcdefghijk")])
def test_sources_are_at_most_ten_and_each_once(sources: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="at most 10"):
        replace(ORDER, sources=sources)


def test_change_is_a_new_revision() -> None:
    same = ORDER.changed(most_per_day=3, is_paused=False, sources=("sensor-1",))
    assert ORDER.changed() == same == ORDER
    assert ORDER.changed(is_paused=True) == replace(ORDER, is_paused=True, revision=2)
    assert ORDER.changed(most_per_day=5) == replace(ORDER, most_per_day=5, revision=2)


def test_list_takes_the_place_of_an_account() -> None:
    earlier = replace(ORDER, sources=(), account="device-1")
    assert earlier.changed(is_paused=True).account == "device-1"
    assert earlier.changed(sources=("sensor-1",)) == replace(ORDER, revision=2)
    assert earlier.changed(sources=()).account is None


@given(
    limits=st.tuples(st.integers(1, MOST_PER_DAY), st.integers(1, MOST_PER_DAY)),
    pauses=st.tuples(st.booleans(), st.booleans()),
    sources=st.tuples(*[st.sets(st.sampled_from("abc"))] * 2),
)
def test_only_fewer_grants_fewer_sources_or_a_pause_restrict(
    limits: tuple[int, int],
    pauses: tuple[bool, bool],
    sources: tuple[set[str], set[str]],
) -> None:
    earlier, later = (
        replace(ORDER, most_per_day=most, is_paused=is_paused, sources=tuple(named))
        for most, is_paused, named in zip(limits, pauses, sources, strict=True)
    )
    issues_more = (
        limits[1] > limits[0]
        or (pauses[0] and not pauses[1])
        or bool(sources[1] - sources[0])
    )
    assert later.restricts(earlier) != issues_more
