from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.hours import (
    ALWAYS,
    HOURS_FIELDS,
    WEEKDAYS,
    HoursFault,
    HoursProblem,
    InvalidHours,
    WeekSchedule,
    read_hours,
    write_form_hours,
    write_hours,
)

CLOCKS = st.integers(0, 24 * 60 - 1).map(
    lambda minute: f"{minute // 60:02}:{minute % 60:02}"
)
WINDOWS = st.tuples(CLOCKS, CLOCKS | st.just("24:00")).filter(
    lambda window: window[0] != window[1]
)
WEEKS = st.dictionaries(st.sampled_from(WEEKDAYS), st.lists(WINDOWS, max_size=3))


@given(WEEKS)
def test_written_hours_are_read_back(
    week: dict[str, list[tuple[str, str]]],
) -> None:
    schedule = WeekSchedule.from_mapping(
        {day: [{"from": start, "to": end} for start, end in week[day]] for day in week}
    )
    assert read_hours(write_hours(schedule)) == schedule


@given(st.dictionaries(st.sampled_from(HOURS_FIELDS), st.text()))
def test_any_text_is_read_or_refused(texts: dict[str, str]) -> None:
    error: InvalidHours | None = None
    try:
        read_hours(texts)
    except InvalidHours as invalid:
        error = invalid
    for fault in () if error is None else error.faults:
        assert fault.window in texts[fault.field]


@pytest.mark.parametrize(
    "text",
    [
        "08:00-12:00",
        "8-12",
        "8h-12h",
        "8h00 - 12H00",
        " 08:00 \u2013 12:00 ,",
        "8\u201412;;9-10",
        "08.00\u201312.00",
        "8am-12pm",
        "8:00 a.m. - 12 P.M.",
        "8 bis 12",
        "8-12 Uhr",
        "Von 8 Uhr bis 12 Uhr",
        "from 8 am to 12 pm",
        "de 8 h \u00c0 12 h",
        "de 8 a 12",
        "dalle 8 alle 12",
        "8 uur tot 12 uur",
        "od 8 do 12",
        "das 8h \u00e0s 12h00",
        "kl. 8 till 12",
    ],
)
def test_hours_are_read_in_many_formats(text: str) -> None:
    assert write_hours(read_hours({"monday": text})) == {"monday": "08:00-12:00"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("12am-12pm", "00:00-12:00"),
        ("1am-1pm", "01:00-13:00"),
        ("9am-5pm, 7:30pm-12am", "09:00-17:00, 19:30-24:00"),
        (
            "5 \u2013 9 PM, 2-4pm, 8 to 8:30 a.m.",
            "08:00-08:30, 14:00-16:00, 17:00-21:00",
        ),
        ("9.00\u201312.00, 14-18.30", "09:00-12:00, 14:00-18:30"),
    ],
)
def test_halves_of_the_day_are_read(text: str, written: str) -> None:
    assert write_hours(read_hours({"sunday": text})) == {"sunday": written}


def test_working_week_is_one_field_in_forms() -> None:
    week = read_hours({"monday_to_friday": "9-17", "saturday": "9-12"})
    assert write_hours(week) == {
        **dict.fromkeys(WEEKDAYS[:5], "09:00-17:00"),
        "saturday": "09:00-12:00",
    }
    assert write_form_hours(week) == {
        "monday_to_friday": "09:00-17:00",
        "saturday": "09:00-12:00",
    }
    assert read_hours(write_form_hours(week)) == week
    assert write_form_hours(ALWAYS) == {"every_day": "00:00-24:00"}
    for texts in ({"saturday": "09:00-12:00"}, {"monday": "09:00-12:00"}):
        assert write_form_hours(read_hours(texts)) == texts


def test_hours_of_a_working_week_are_added_to_each_of_its_days() -> None:
    week = read_hours(
        {"every_day": "8-9", "monday_to_friday": "10-11", "monday": "12-13"}
    )
    assert write_hours(week) == {
        "monday": "08:00-09:00, 10:00-11:00, 12:00-13:00",
        **dict.fromkeys(WEEKDAYS[1:5], "08:00-09:00, 10:00-11:00"),
        **dict.fromkeys(WEEKDAYS[5:], "08:00-09:00"),
    }


def test_equal_days_are_written_once() -> None:
    assert write_hours(ALWAYS) == {"every_day": "00:00-24:00"}
    assert read_hours({"every_day": "0-24"}) == ALWAYS


def test_every_days_hours_are_added_to_each_day() -> None:
    schedule = read_hours({"every_day": "8-10", "sunday": "9-12", "tuesday": " "})
    assert write_hours(schedule) == dict.fromkeys(WEEKDAYS, "08:00-10:00") | {
        "sunday": "08:00-12:00"
    }


def test_blank_hours_are_never_open() -> None:
    assert read_hours({}).is_empty
    assert write_hours(WeekSchedule()) == {}


TWO_AN_HOUR = ", ".join(
    f"{hour}:02-{hour}:20, {hour}:32-{hour}:50" for hour in range(24)
)


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"friday": "8-9," * 49}, "friday"),
        ({"every_day": "8-9," * 49}, "every_day"),
        ({"monday_to_friday": "13-14," * 48, "friday": "8-9"}, "friday"),
        # Hours of every day and hours past midnight count.
        ({"every_day": "8-9, 10-11", "friday": "13-14," * 47}, "friday"),
        (
            {"every_day": TWO_AN_HOUR.replace("23:50", "0:01"), "friday": " , "},
            "every_day",
        ),
        (
            {"monday_to_friday": TWO_AN_HOUR.replace("23:50", "0:01")},
            "monday_to_friday",
        ),
    ],
)
def test_windows_per_day_are_limited(texts: dict[str, str], field: str) -> None:
    assert not read_hours({"every_day": TWO_AN_HOUR}).is_empty
    with pytest.raises(InvalidHours) as caught:
        read_hours(texts)
    assert caught.value.faults == (HoursFault(field, "", HoursProblem.TOO_MANY),)


@pytest.mark.parametrize(
    ("text", "window", "problem"),
    [
        ("08:00-12:00, soon", "soon", HoursProblem.UNREADABLE),
        ("8:60-9", "8:60-9", HoursProblem.UNREADABLE),
        ("24-6", "24-6", HoursProblem.UNREADABLE),
        ("8:5-9", "8:5-9", HoursProblem.UNREADABLE),
        ("not 8 to 9", "not 8 to 9", HoursProblem.UNREADABLE),
        ("8 p.m. to 9", "8 p.m. to 9", HoursProblem.UNREADABLE),
        ("٨-٩", "٨-٩", HoursProblem.UNREADABLE),
        ("10-10", "10-10", HoursProblem.EMPTY),
        ("2pm-5", "2pm-5", HoursProblem.UNREADABLE),
        ("11-2pm", "11-2pm", HoursProblem.UNREADABLE),
        ("13pm-14pm", "13pm-14pm", HoursProblem.UNREADABLE),
        ("11am-13pm", "11am-13pm", HoursProblem.UNREADABLE),
        ("0am-5am", "0am-5am", HoursProblem.UNREADABLE),
    ],
)
def test_invalid_window_is_located(
    text: str, window: str, problem: HoursProblem
) -> None:
    with pytest.raises(InvalidHours) as caught:
        read_hours({"monday": "8-12", "friday": text})
    assert caught.value.faults == (HoursFault("friday", window, problem),)


def test_all_faults_are_found_at_once() -> None:
    with pytest.raises(InvalidHours) as caught:
        read_hours({"every_day": "8-8", "monday": "soon, 9-10, later", "friday": "9"})

    assert caught.value.faults == (
        HoursFault("every_day", "8-8", HoursProblem.EMPTY),
        HoursFault("monday", "soon", HoursProblem.UNREADABLE),
        HoursFault("monday", "later", HoursProblem.UNREADABLE),
        HoursFault("friday", "9", HoursProblem.UNREADABLE),
    )
