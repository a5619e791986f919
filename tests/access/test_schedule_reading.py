"""Test reading and writing schedules, and every way in which they can be invalid."""

from datetime import UTC, time, timedelta

import pytest

from custom_components.courier_access.access.hours import (
    MOST_WINDOWS,
    InvalidSchedule,
    ScheduleFault,
    ScheduleProblem,
    WeekSchedule,
)
from tests.access.parts import week

BAD_TIME, WRONG_SHAPE = ScheduleProblem.BAD_TIME, ScheduleProblem.WRONG_SHAPE


def faults_of(mapping: object) -> tuple[ScheduleFault, ...]:
    with pytest.raises(InvalidSchedule) as caught:
        WeekSchedule.from_mapping(mapping)  # type: ignore[arg-type] # what a stranger may send
    return caught.value.faults


def test_times_of_the_schedule_helper_are_read() -> None:
    stored = {"from": "08:00:00", "to": "24:00:00", "data": {"mode": "eco"}}
    validated = {"from": time(8), "to": time.max}
    short = {"from": "08:00", "to": "24:00"}
    expected = WeekSchedule((((8 * 3600, 86400),), *[()] * 6))
    for windows in ([stored], [validated], (short,)):
        assert WeekSchedule.from_mapping({"monday": windows}) == expected


def test_days_with_windows_are_written_in_the_helpers_shape() -> None:
    written = week("friday 18:30-24:00 08:00:05-09:00, monday 00:00-01:00").to_mapping()
    assert written == {
        "monday": [{"from": "00:00:00", "to": "01:00:00"}],
        "friday": [
            {"from": "08:00:05", "to": "09:00:00"},
            {"from": "18:30:00", "to": "24:00:00"},
        ],
    }


def test_equal_hours_are_the_same_schedule() -> None:
    for written, same_as in (
        ("sunday 22:00-06:00", "sunday 22:00-24:00, monday 00:00-06:00"),
        ("monday 22:00-00:00", "monday 22:00-24:00"),
        (
            "monday 10:00-12:00 08:00-10:00 08:30-09:00 11:00-13:00",
            "monday 08:00-13:00",
        ),
    ):
        assert week(written) == week(same_as), written


def test_all_faults_are_reported_with_their_places() -> None:
    good = {"from": "08:00", "to": "09:00"}
    assert faults_of(
        {
            "monday": [
                good,
                {"from": "09:00", "to": "9:30"},
                {"from": "10:00", "to": "10:00:00"},
            ],
            "Tuesday": [good],
            "wednesday": {"from": "08:00", "to": "09:00"},
            "thursday": [{"from": "24:00", "to": "01:00"}, "08:00-09:00", good],
            5: [],
        }
    ) == (
        ScheduleFault("monday", 1, BAD_TIME),
        ScheduleFault("monday", 2, ScheduleProblem.EMPTY_WINDOW),
        ScheduleFault("Tuesday", None, ScheduleProblem.UNKNOWN_DAY),
        ScheduleFault("wednesday", None, WRONG_SHAPE),
        ScheduleFault("thursday", 0, BAD_TIME),
        ScheduleFault("thursday", 1, WRONG_SHAPE),
        ScheduleFault("int", None, ScheduleProblem.UNKNOWN_DAY),
    )
    with pytest.raises(
        InvalidSchedule, match="monday 0: bad_time; funday None: unknown_day"
    ):
        WeekSchedule.from_mapping({"monday": [{"from": "x", "to": "y"}], "funday": []})


def windows(many: int, last: str = "23:59") -> str:
    """Write this many separate windows of a day; the last one ends at `last`."""
    starts, ends = (
        [
            f"{minute // 60:02}:{minute % 60:02}"
            for minute in range(first, 29 * many, 29)
        ]
        for first in (1, 11)
    )
    pairs = zip(starts, [*ends[:-1], last], strict=True)
    return " ".join(f"{start}-{end}" for start, end in pairs)


def test_day_with_too_many_windows_is_refused() -> None:
    full = windows(MOST_WINDOWS)
    assert len(week(f"friday {full}").days[4]) == MOST_WINDOWS
    too_many = ScheduleFault("monday", None, ScheduleProblem.TOO_MANY)

    # They are counted before anything else.
    mapping: dict[str, list[object]] = {
        "monday": [{}] * (MOST_WINDOWS + 1),
        "tuesday": [{}],
    }
    assert faults_of(mapping) == (too_many, ScheduleFault("tuesday", 0, WRONG_SHAPE))

    # A full day that a window runs into couldn't be read again.
    with pytest.raises(InvalidSchedule) as caught:
        week(f"sunday {windows(MOST_WINDOWS, last='00:00:30')}, monday {full}")
    assert caught.value.faults == (too_many,)


def test_value_of_another_shape_is_refused() -> None:
    wholes: list[object] = [None, [], "monday", 7]
    for whole in wholes:
        assert faults_of(whole) == (ScheduleFault("", None, WRONG_SHAPE),), whole
    good = {"from": "08:00", "to": "09:00"}
    for window in (None, {}, {"from": "08:00"}, {**good, "until": "10:00"}, [*good]):
        fault = ScheduleFault("monday", 0, WRONG_SHAPE)
        assert faults_of({"monday": [window]}) == (fault,), window


def test_bad_time_is_refused_at_either_end() -> None:
    fault = (ScheduleFault("monday", 0, BAD_TIME),)
    numbers: list[object] = [800, 8.5, None, True, [8, 0], timedelta(hours=8)]
    texts = ["24:00:01", "25:00", "08:60", "08:00:60", "8:00", "08:00 ", "08:00\n"]
    texts += ["08:00:00.5", "08", "", "\N{ARABIC-INDIC DIGIT ZERO}8:00"]
    utc = [time(8, tzinfo=UTC), time.max.replace(tzinfo=UTC)]
    for bad in (*numbers, *texts, time(8, 0, 0, 500000), *utc):
        for window in ({"from": bad, "to": "23:00"}, {"from": "01:00", "to": bad}):
            assert faults_of({"monday": [window]}) == fault, window
    for start in ("24:00", "24:00:00", time.max):
        assert faults_of({"monday": [{"from": start, "to": "24:00"}]}) == fault, start


def test_only_the_normal_form_can_be_built() -> None:
    for day in (
        ((10, 20), (20, 30)),
        ((30, 40), (10, 20)),
        ((10, 10),),
        ((-1, 10),),
        ((10, 86401),),
    ):
        with pytest.raises(ValueError, match="seven days"):
            WeekSchedule((day, *[()] * 6))
    with pytest.raises(ValueError, match="seven days"):
        WeekSchedule(((),) * 6)
