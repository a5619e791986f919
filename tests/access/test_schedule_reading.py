"""Test reading and writing schedules, and every way in which they can be invalid."""

from datetime import UTC, time, timedelta

import pytest

from custom_components.courier_access.access.schedule import (
    MOST_WINDOWS,
    InvalidSchedule,
    ScheduleFault,
    ScheduleProblem,
    WeekSchedule,
)


def schedule(**days: list[tuple[str, str]]) -> WeekSchedule:
    return WeekSchedule.from_mapping(
        {
            day: [{"from": start, "to": end} for start, end in windows]
            for day, windows in days.items()
        }
    )


def faults_of(mapping: object) -> tuple[ScheduleFault, ...]:
    with pytest.raises(InvalidSchedule) as caught:
        WeekSchedule.from_mapping(mapping)  # type: ignore[arg-type] # what a stranger may send
    return caught.value.faults


def test_reads_the_times_of_the_schedule_helper() -> None:
    stored = {"from": "08:00:00", "to": "24:00:00", "data": {"mode": "eco"}}
    validated = {"from": time(8), "to": time.max}
    short = {"from": "08:00", "to": "24:00"}
    assert (
        WeekSchedule.from_mapping({"monday": [stored]})
        == WeekSchedule.from_mapping({"monday": [validated]})
        == WeekSchedule.from_mapping({"monday": (short,)})
        == WeekSchedule((((8 * 3600, 86400),), *[()] * 6))
    )


def test_writes_days_with_windows_in_the_helpers_shape() -> None:
    week = schedule(
        friday=[("18:30", "24:00"), ("08:00:05", "09:00")], monday=[("00:00", "01:00")]
    )
    assert week.to_mapping() == {
        "monday": [{"from": "00:00:00", "to": "01:00:00"}],
        "friday": [
            {"from": "08:00:05", "to": "09:00:00"},
            {"from": "18:30:00", "to": "24:00:00"},
        ],
    }


def test_window_past_midnight_is_stored_as_two() -> None:
    assert schedule(sunday=[("22:00", "06:00")]) == schedule(
        sunday=[("22:00", "24:00")], monday=[("00:00", "06:00")]
    )


def test_window_until_midnight_stays_in_its_day() -> None:
    assert schedule(monday=[("22:00", "00:00")]) == schedule(
        monday=[("22:00", "24:00")]
    )


def test_touching_and_overlapping_windows_are_joined() -> None:
    assert schedule(
        monday=[
            ("10:00", "12:00"),
            ("08:00", "10:00"),
            ("08:30", "09:00"),
            ("11:00", "13:00"),
        ]
    ) == schedule(monday=[("08:00", "13:00")])


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
        ScheduleFault("monday", 1, ScheduleProblem.BAD_TIME),
        ScheduleFault("monday", 2, ScheduleProblem.EMPTY_WINDOW),
        ScheduleFault("Tuesday", None, ScheduleProblem.UNKNOWN_DAY),
        ScheduleFault("wednesday", None, ScheduleProblem.WRONG_SHAPE),
        ScheduleFault("thursday", 0, ScheduleProblem.BAD_TIME),
        ScheduleFault("thursday", 1, ScheduleProblem.WRONG_SHAPE),
        ScheduleFault("int", None, ScheduleProblem.UNKNOWN_DAY),
    )


def windows(many: int, last: str = "23:59") -> list[tuple[str, str]]:
    """Return this many separate windows of a day; the last one ends at `end`."""
    starts = [
        f"{minute // 60:02}:{minute % 60:02}" for minute in range(1, 29 * many, 29)
    ]
    ends = [
        f"{minute // 60:02}:{minute % 60:02}" for minute in range(11, 29 * many, 29)
    ]
    return list(zip(starts, [*ends[:-1], last], strict=True))


def test_day_with_too_many_windows_is_refused() -> None:
    assert len(schedule(friday=windows(MOST_WINDOWS)).days[4]) == MOST_WINDOWS

    # They are counted before anything else.
    mapping: dict[str, list[object]] = {
        "monday": [{}] * (MOST_WINDOWS + 1),
        "tuesday": [{}],
    }
    assert faults_of(mapping) == (
        ScheduleFault("monday", None, ScheduleProblem.TOO_MANY),
        ScheduleFault("tuesday", 0, ScheduleProblem.WRONG_SHAPE),
    )


def test_window_running_into_a_full_day_is_refused() -> None:
    """The stored schedule couldn't be read again."""
    full = windows(MOST_WINDOWS)
    with pytest.raises(InvalidSchedule) as caught:
        schedule(sunday=windows(MOST_WINDOWS, last="00:00:30"), monday=full)
    assert caught.value.faults == (
        ScheduleFault("monday", None, ScheduleProblem.TOO_MANY),
    )


@pytest.mark.parametrize("whole", [None, [], "monday", 7])
def test_value_other_than_a_mapping_is_refused(whole: object) -> None:
    assert faults_of(whole) == (ScheduleFault("", None, ScheduleProblem.WRONG_SHAPE),)


@pytest.mark.parametrize(
    "window",
    [
        None,
        {},
        {"from": "08:00"},
        {"to": "08:00"},
        {"from": "08:00", "to": "09:00", "until": "10:00"},
        ["08:00", "09:00"],
    ],
)
def test_window_of_another_shape_is_refused(window: object) -> None:
    assert faults_of({"monday": [window]}) == (
        ScheduleFault("monday", 0, ScheduleProblem.WRONG_SHAPE),
    )


@pytest.mark.parametrize(
    "bad",
    [
        "24:00:01",
        "25:00",
        "08:60",
        "08:00:60",
        "8:00",
        "08:00 ",
        "08:00\n",
        "08:00:00.5",
        "08",
        "",
        "\N{ARABIC-INDIC DIGIT ZERO}8:00",
        800,
        8.5,
        None,
        True,
        [8, 0],
        time(8, 0, 0, 500000),
        time(8, tzinfo=UTC),
        time.max.replace(tzinfo=UTC),
        timedelta(hours=8),
    ],
    ids=repr,
)
def test_bad_time_is_refused_at_either_end(bad: object) -> None:
    fault = (ScheduleFault("monday", 0, ScheduleProblem.BAD_TIME),)
    assert faults_of({"monday": [{"from": bad, "to": "23:00"}]}) == fault
    assert faults_of({"monday": [{"from": "01:00", "to": bad}]}) == fault


@pytest.mark.parametrize("start", ["24:00", "24:00:00", time.max])
def test_no_window_starts_at_24_00(start: object) -> None:
    assert faults_of({"monday": [{"from": start, "to": "24:00"}]}) == (
        ScheduleFault("monday", 0, ScheduleProblem.BAD_TIME),
    )


def test_invalid_schedule_names_its_faults() -> None:
    with pytest.raises(
        InvalidSchedule, match="monday 0: bad_time; funday None: unknown_day"
    ):
        WeekSchedule.from_mapping({"monday": [{"from": "x", "to": "y"}], "funday": []})


@pytest.mark.parametrize(
    "days",
    [
        ((),) * 6,
        (((10, 20), (20, 30)), *[()] * 6),
        (((30, 40), (10, 20)), *[()] * 6),
        (((10, 10),), *[()] * 6),
        (((-1, 10),), *[()] * 6),
        (((10, 86401),), *[()] * 6),
    ],
)
def test_only_the_normal_form_can_be_built(
    days: tuple[tuple[tuple[int, int], ...], ...],
) -> None:
    with pytest.raises(ValueError, match="seven days"):
        WeekSchedule(days)
