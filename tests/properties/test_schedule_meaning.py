"""What a weekly schedule means, whatever way it is written, and what is no schedule at all."""

from collections.abc import Iterable
from datetime import time, timedelta
from itertools import pairwise

from hypothesis import example, given, settings, strategies as st
import pytest

from custom_components.courier_access.access.hours import (
    ALWAYS,
    EPOCH,
    Interval,
    InvalidSchedule,
    ScheduleFault,
    ScheduleProblem,
    WeekSchedule,
    overlap,
    union,
)
from tests.properties.written_schedules import (
    DAYS,
    Written,
    clocks,
    half_schedules,
    open_halves,
    padded,
    windows_written,
    written_schedules,
)
from tests.support.quick import examples

SECOND = timedelta(seconds=1)

# Meaning and writing


@settings(max_examples=examples(300), deadline=None)
@given(half_schedules, half_schedules)
def test_contains_is_the_subset_of_open_time(one: Written, other: Written) -> None:
    for first, second in ((one, other), (one, one), ({**one, **other}, one)):
        outer, inner = (
            WeekSchedule.from_mapping(first),
            WeekSchedule.from_mapping(second),
        )
        assert outer.contains(inner) is (open_halves(second) <= open_halves(first))
        assert ALWAYS.contains(outer)
        assert outer.contains(WeekSchedule())


@settings(max_examples=examples(200), deadline=None)
@given(half_schedules, st.data())
def test_a_part_of_a_schedule_is_contained_in_it(
    whole: Written, data: st.DataObject
) -> None:
    part = {
        day: data.draw(st.lists(st.sampled_from(windows)))
        for day, windows in whole.items()
        if windows
    }
    assert WeekSchedule.from_mapping(whole).contains(WeekSchedule.from_mapping(part))


@settings(max_examples=examples(300), deadline=None)
@given(half_schedules, half_schedules)
def test_equality_is_equality_of_meaning(one: Written, other: Written) -> None:
    first, second = WeekSchedule.from_mapping(one), WeekSchedule.from_mapping(other)
    assert (first == second) is (open_halves(one) == open_halves(other))
    assert first.is_empty is (not open_halves(one))
    one_by_one: Written = {DAYS[half // 48]: [] for half in open_halves(one)}
    for half in open_halves(one):
        start, end = half % 48, half % 48 + 1
        one_by_one[DAYS[half // 48]].append(
            {
                "from": f"{start // 2:02}:{start % 2 * 30:02}",
                "to": f"{end // 2:02}:{end % 2 * 30:02}",
            }
        )
    spelled = WeekSchedule.from_mapping(one_by_one)
    assert spelled == first
    assert hash(spelled) == hash(first)


@settings(max_examples=examples(300), deadline=None)
@given(written_schedules)
def test_what_is_written_is_read_back(written: Written) -> None:
    week = WeekSchedule.from_mapping(written)
    mapping = week.to_mapping()
    assert WeekSchedule.from_mapping(mapping) == week
    assert WeekSchedule.from_mapping(mapping).to_mapping() == mapping
    assert list(mapping) == [day for day in DAYS if day in mapping]
    for windows in mapping.values():
        assert windows
        assert all(window["from"] < window["to"] for window in windows)
        assert all(before["to"] < after["from"] for before, after in pairwise(windows))


@settings(max_examples=examples(200), deadline=None)
@given(written_schedules)
def test_times_are_read_as_objects_as_well(written: Written) -> None:
    objects = {
        day: [
            {
                edge: time.max if text.startswith("24") else time.fromisoformat(text)
                for edge, text in window.items()
            }
            for window in windows
        ]
        for day, windows in written.items()
    }
    assert WeekSchedule.from_mapping(objects) == WeekSchedule.from_mapping(written)


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=8).map(
    lambda pairs: [
        Interval(EPOCH + start * SECOND, EPOCH + (start + length) * SECOND)
        for start, length in pairs
    ]
)


def seconds_of(intervals: Iterable[Interval]) -> set[int]:
    return {
        (each.start - EPOCH) // SECOND + n
        for each in intervals
        for n in range((each.end - each.start) // SECOND)
    }


@given(spans, spans)
def test_what_is_in_either_and_in_both_is_counted_by_seconds(
    one: list[Interval], other: list[Interval]
) -> None:
    first, second = union(one), union(other)
    both = overlap(first, second)

    assert seconds_of(first) == seconds_of(one)
    assert seconds_of(both) == seconds_of(one) & seconds_of(other)
    for intervals in (first, second, both):
        assert all(before.end < after.start for before, after in pairwise(intervals))


# What a stranger may send

no_texts = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.binary(max_size=3),
    st.datetimes(),
)
scalars = st.one_of(no_texts, st.text(max_size=9), st.times(), clocks)
odd_times = st.one_of(
    no_texts,
    st.sampled_from(
        ["24:01", "24:00:01", "25:00", "8:00", "08:60", "-1:00", "08:00Z", " 08:00"]
    ),
    st.times().filter(lambda value: value.microsecond and value != time.max),
)
bad_windows = st.one_of(
    st.tuples(
        st.one_of(scalars, st.just({}), st.just([])),
        st.just(ScheduleProblem.WRONG_SHAPE),
    ),
    st.builds(
        lambda window, gone: (
            {edge: window[edge] for edge in window if edge != gone},
            ScheduleProblem.WRONG_SHAPE,
        ),
        windows_written,
        st.sampled_from(["from", "to"]),
    ),
    st.builds(
        lambda window, edge, odd: ({**window, edge: odd}, ScheduleProblem.BAD_TIME),
        windows_written,
        st.sampled_from(["from", "to"]),
        odd_times,
    ),
    clocks.map(
        lambda clock: (
            {"from": clock, "to": padded(clock)},
            ScheduleProblem.EMPTY_WINDOW,
        )
    ),
    clocks.map(
        lambda clock: ({"from": "24:00", "to": clock}, ScheduleProblem.BAD_TIME)
    ),
)
windows_and_problems = st.lists(
    st.one_of(st.tuples(windows_written, st.none()), bad_windows), max_size=4
)


@settings(max_examples=examples(300), deadline=None)
@given(
    st.dictionaries(st.sampled_from(DAYS), windows_and_problems),
    st.dictionaries(
        st.text(max_size=8).filter(lambda day: day not in DAYS), scalars, max_size=2
    ),
)
def test_every_fault_is_reported_in_its_place_and_no_other(
    days: dict[str, list[tuple[object, ScheduleProblem | None]]],
    unknown: dict[str, object],
) -> None:
    given_mapping = {
        day: [window for window, _ in windows] for day, windows in days.items()
    }
    expected = [
        ScheduleFault(day, index, problem)
        for day, windows in days.items()
        for index, (_, problem) in enumerate(windows)
        if problem is not None
    ] + [ScheduleFault(day, None, ScheduleProblem.UNKNOWN_DAY) for day in unknown]
    if not expected:
        WeekSchedule.from_mapping(given_mapping)
        return
    with pytest.raises(InvalidSchedule) as caught:
        WeekSchedule.from_mapping({**given_mapping, **unknown})
    assert caught.value.faults == tuple(expected)


anything = st.recursive(
    scalars,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.lists(parts, max_size=2).map(tuple),
        st.dictionaries(
            st.one_of(st.sampled_from([*DAYS, "from", "to"]), scalars),
            parts,
            max_size=4,
        ),
        st.fixed_dictionaries({"from": parts, "to": parts}),
    ),
    max_leaves=12,
)


@settings(max_examples=examples(400), deadline=None)
@given(
    st.one_of(
        anything,
        st.dictionaries(
            st.one_of(st.sampled_from(DAYS), scalars), st.lists(anything, max_size=3)
        ),
    )
)
@example({"monday": [{"from": "08:00", "to": "09:00", 1: 2}]})
@example({10**5000: []})
@example({"\ud800": []})
def test_any_input_is_read_or_refused_with_faults(given_input: object) -> None:
    try:
        week = WeekSchedule.from_mapping(given_input)  # type: ignore[arg-type] # anything at all
    except InvalidSchedule as caught:
        invalid = caught
    else:
        assert WeekSchedule.from_mapping(week.to_mapping()) == week
        return
    assert invalid.faults
    assert str(invalid)
