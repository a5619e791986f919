"""Which parcels come today, in which window, and which never get another grant."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.hours import (
    ALWAYS_OPEN,
    Hours,
    Interval,
    WeekSchedule,
)
from custom_components.courier_access.access.model import (
    Grant,
    GrantKey,
    GrantState,
    UnitPart,
)
from custom_components.courier_access.access.parcels import (
    AFTER,
    BEFORE,
    LONGEST_WINDOW,
    MOST_DAYS,
    Listing,
    Parcel,
    Progress,
    day_end,
    day_of,
    day_start,
    fits_into,
    has_window,
    may_come_back,
    moved_window,
    wanted,
    window,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (
    BERLIN,
    ZoneInfo("UTC"),
    ZoneInfo("Pacific/Apia"),
    ZoneInfo("America/St_Johns"),
)
OUT = Parcel("JD1", Progress.OUT)
EXPECTED = Parcel("JD1", Progress.EXPECTED)
OVER = Parcel("JD1", Progress.OVER)
SPLIT = Hours(
    WeekSchedule.from_mapping(
        {
            "tuesday": [
                {"from": "08:00", "to": "10:00"},
                {"from": "17:00", "to": "20:00"},
            ]
        }
    )
)

instants = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - the zone follows
    datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
spans = st.timedeltas(timedelta(days=-3), timedelta(days=9))
windows = st.tuples(st.integers(0, 86_399), st.integers(1, 86_400)).filter(
    lambda window: window[0] < window[1]
)
weeks = st.lists(windows, max_size=1).map(
    lambda day: Hours(WeekSchedule((tuple(day),) * 7))
)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def planned(start: datetime | None, end: datetime | None = None) -> Parcel:
    return replace(OUT, planned_from=start, planned_to=end)


def found(
    parcel: Parcel | None, now: datetime, hours: Hours = ALWAYS_OPEN
) -> Interval | None:
    return window(parcel, hours, BERLIN, now)


@pytest.mark.parametrize("barcode", ["", " ", " JD1", "JD1\n", "J" * 65])
def test_number_is_short_and_has_no_spaces_around_it(barcode: str) -> None:
    with pytest.raises(ValueError, match="1 to 64"):
        replace(OUT, barcode=barcode)


def test_carriers_name_is_short() -> None:
    assert replace(OUT, carrier="D" * 64).carrier == "D" * 64
    with pytest.raises(ValueError, match="at most 64"):
        replace(OUT, carrier="D" * 65)


@pytest.mark.parametrize("barcode", ["J", "J" * 64])
def test_number_has_1_to_64_characters(barcode: str) -> None:
    assert replace(OUT, barcode=barcode).barcode == barcode


def test_planned_times_have_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        replace(OUT, planned_to=datetime(2026, 11, 24))  # noqa: DTZ001


def test_a_list_counts_from_0() -> None:
    assert Listing(visits=0) != Listing()
    with pytest.raises(ValueError, match="from 0"):
        Listing(visits=-1)
    with pytest.raises(ValueError, match="from 0"):
        Listing(left_out=-1)


def test_only_a_parcel_on_its_way_to_the_door_is_wanted() -> None:
    now = at(12)
    assert wanted(OUT, now, BERLIN)
    assert not wanted(EXPECTED, now, BERLIN)
    assert not wanted(OVER, now, BERLIN)
    assert not wanted(replace(OUT, is_for_pickup=True), now, BERLIN)


def test_parcel_that_is_not_out_is_wanted_while_its_planned_window_may_come() -> None:
    parcel = replace(EXPECTED, planned_from=at(14), planned_to=at(16))
    assert not wanted(parcel, at(12, 59), BERLIN)
    assert wanted(parcel, at(13), BERLIN)
    assert wanted(parcel, at(17, 59), BERLIN)
    assert not wanted(parcel, at(18), BERLIN)
    # Neither an estimate nor a week says when it comes.
    assert not wanted(replace(parcel, planned_to=None), at(14), BERLIN)
    assert not wanted(replace(parcel, planned_to=at(16, day=26)), at(15), BERLIN)
    assert not wanted(replace(parcel, planned_to=at(14)), at(14), BERLIN)


def test_announced_parcel_still_comes_if_its_time_has_moved_to_later_that_day() -> None:
    parcel = replace(EXPECTED, planned_from=at(18), planned_to=at(19))
    assert not wanted(parcel, at(16), BERLIN)
    assert wanted(parcel, at(16), BERLIN, is_announced=True)
    assert not wanted(parcel, at(16), BERLIN, at(0).date(), is_announced=True)
    tomorrow = replace(parcel, planned_from=at(18, day=25), planned_to=at(19, day=25))
    assert not wanted(tomorrow, at(16), BERLIN, is_announced=True)


def test_planned_time_of_a_failed_attempt_does_not_count_again() -> None:
    parcel = replace(EXPECTED, planned_from=at(0), planned_to=at(23, 59))
    today = at(0).date()
    assert wanted(parcel, at(12), BERLIN, today - timedelta(days=1))
    assert not wanted(parcel, at(12), BERLIN, today)
    assert not wanted(parcel, at(1, day=25), BERLIN, today)
    assert wanted(replace(parcel, progress=Progress.OUT), at(12), BERLIN, today)
    tomorrow = replace(parcel, planned_from=at(0, day=25), planned_to=at(23, day=25))
    assert wanted(tomorrow, at(23), BERLIN, today)


def test_parcel_that_is_out_and_planned_for_another_day_waits_for_it() -> None:
    assert not wanted(planned(at(9, day=25)), at(12), BERLIN)
    assert wanted(planned(at(9, day=25)), at(0, day=25), BERLIN)
    # What is planned for yesterday is late.
    assert wanted(planned(at(9, day=23), at(11, day=23)), at(12), BERLIN)
    assert wanted(planned(None, at(11, day=25)), at(0, day=25), BERLIN)


def test_window_has_a_margin_around_the_planned_time() -> None:
    parcel = planned(at(14), at(16))
    assert found(parcel, at(9)) == Interval(at(13), at(18))
    assert found(parcel, at(13, 30)) == Interval(at(13, 30), at(18))
    assert found(planned(None, at(16)), at(9)) == Interval(at(9), at(18))


def test_window_of_an_estimate_is_its_whole_day() -> None:
    parcel = planned(at(13, 7))
    for now in (at(0, 10), at(11), at(14, 30)):
        assert found(parcel, now) == Interval(now, at(0, day=25))
    # An end that doesn't come after the start says no more.
    assert found(planned(at(13), at(13)), at(9)) == Interval(at(9), at(0, day=25))


def test_without_a_planned_time_or_after_it_the_rest_of_the_day_is_the_window() -> None:
    rest = Interval(at(12), at(0, day=25))
    assert found(OUT, at(12)) == rest
    assert found(None, at(12)) == rest
    assert found(planned(at(8), at(10)), at(12)) == rest
    assert found(planned(at(8, day=23)), at(12)) == rest


def test_window_is_cut_at_the_first_and_the_last_open_minute() -> None:
    assert found(OUT, at(9), SPLIT) == Interval(at(9), at(20))
    assert found(OUT, at(12), SPLIT) == Interval(at(17), at(20))
    assert found(planned(at(7), at(16)), at(6), SPLIT) == Interval(at(8), at(18))
    assert found(OUT, at(20), SPLIT) is None
    assert found(OUT, at(9), Hours()) is None


def test_window_is_no_longer_than_a_day_with_its_margin() -> None:
    whole_day = planned(at(12), at(12, day=25))
    assert found(whole_day, at(9)) == Interval(at(11), at(11) + LONGEST_WINDOW)


def test_planned_time_of_more_than_a_day_says_only_on_which_day_it_begins() -> None:
    endless = planned(at(13), datetime(2099, 1, 1, tzinfo=UTC))
    assert found(endless, at(9)) == Interval(at(9), at(0, day=25))
    assert found(endless, at(9, day=26)) == Interval(at(9, day=26), at(0, day=27))
    assert not wanted(endless, at(9, day=23), BERLIN)


def test_moved_window_of_a_grant_ends_within_a_day_of_the_first_one() -> None:
    def moved(new: Interval) -> Interval:
        return moved_window(replace(grant(), ends_at=at(19)), new, BERLIN)

    assert moved(Interval(at(15), at(20))) == Interval(at(15), at(20))
    latest = at(2, day=25)
    assert moved(Interval(at(15), at(9, day=25))) == Interval(at(15), latest)
    # What comes on another day is another grant's.
    assert moved(Interval(at(0, day=25), at(9, day=25))) == Interval(NOON, at(19))
    after_midnight = replace(grant(), starts_at=at(0, 30), ends_at=at(19))
    new = Interval(at(15), at(20))
    assert moved_window(after_midnight, new, BERLIN) == new
    overnight = replace(grant(), ends_at=at(9, day=25))
    new = Interval(at(15), at(16, day=25))
    assert moved_window(overnight, new, BERLIN) == Interval(at(15), at(9, day=25))


@given(moves=st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 26 * 60))))
def test_however_often_a_window_is_moved_its_grant_ends_within_a_day(
    moves: list[tuple[int, int]],
) -> None:
    moving = grant()
    first, now = moving.starts_at, moving.starts_at
    for waits, lasts in moves:
        now += timedelta(minutes=waits)
        if moving.is_over(now):
            break
        new = Interval(now, now + timedelta(minutes=lasts))
        new = moved_window(moving, new, BERLIN)
        moving = replace(moving, starts_at=new.start, ends_at=new.end)
        assert moving.ends_at <= first + LONGEST_WINDOW


@given(
    hours=weeks,
    zone=st.sampled_from(ZONES),
    now=instants,
    starts=st.none() | spans,
    ends=st.none() | spans,
)
def test_window_is_open_at_both_ends_and_covers_what_is_planned_of_it(
    hours: Hours,
    zone: ZoneInfo,
    now: datetime,
    starts: timedelta | None,
    ends: timedelta | None,
) -> None:
    start = None if starts is None else now + starts
    end = None if ends is None else now + ends
    parcel = planned(start, end)
    new = window(parcel, hours, zone, now)
    if new is None:
        return
    assert now <= new.start < new.end <= new.start + LONGEST_WINDOW
    assert hours.is_open(new.start, zone)
    assert hours.is_open(new.end - timedelta(microseconds=1), zone)
    if has_window(parcel) and start and end and end > now:
        # Every open minute of the planned time is inside, up to the longest window.
        first = max(now, start - BEFORE)
        inside = hours.windows(max(now, start), min(end, first + LONGEST_WINDOW), zone)
        for each in inside:
            assert new.start <= each.start
            assert each.end <= new.end
        assert new.end <= end + AFTER


@given(zone=st.sampled_from(ZONES), now=instants, minute=st.integers(0, 1439))
def test_estimate_of_today_lets_in_all_day_whenever_it_is_asked(
    zone: ZoneInfo, now: datetime, minute: int
) -> None:
    estimate = day_start(now, zone) + timedelta(minutes=minute)
    if day_of(estimate, zone) != day_of(now, zone):
        return
    parcel = planned(estimate)
    assert wanted(parcel, now, zone)
    assert window(parcel, ALWAYS_OPEN, zone, now) == Interval(now, day_end(now, zone))


@given(now=instants, zone=st.sampled_from(ZONES), starts=spans, ends=spans)
def test_what_is_wanted_without_being_out_may_come_now(
    now: datetime, zone: ZoneInfo, starts: timedelta, ends: timedelta
) -> None:
    parcel = replace(EXPECTED, planned_from=now + starts, planned_to=now + ends)
    if wanted(parcel, now, zone):
        new = window(parcel, ALWAYS_OPEN, zone, now)
        assert new is not None
        assert new.start == now
        assert new.end <= now + ends + AFTER


@given(
    zone=st.sampled_from(ZONES),
    begins=instants,
    history=st.lists(
        st.tuples(st.integers(0, 20 * 60), st.sampled_from(Progress), spans, spans),
        max_size=12,
    ),
)
def test_after_it_was_out_a_parcel_comes_by_plan_only_on_a_later_day(
    zone: ZoneInfo,
    begins: datetime,
    history: list[tuple[int, Progress, timedelta, timedelta]],
) -> None:
    now, out_on = begins, None
    for waits, progress, starts, ends in history:
        now += timedelta(minutes=waits)
        parcel = Parcel("JD1", progress, now + starts, now + ends)
        comes = wanted(parcel, now, zone, out_on)
        if comes and progress is Progress.EXPECTED and out_on is not None:
            assert day_of(now + starts, zone) > out_on
            assert wanted(parcel, now, zone)
        if progress is Progress.OUT:
            # An attempt that has failed keeps no other van away.
            assert comes == wanted(parcel, now, zone)
            out_on = day_of(now, zone) if comes else out_on


NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def grant(day: int = 24, **more: Any) -> Grant:
    start = NOON.replace(day=day)
    parts = {"3b": UnitPart.ACCEPTED}
    key = GrantKey("courier-1", f"G-{day}")
    made = Grant(key, 1, "door-1", start, start + timedelta(hours=6), 1, parts)
    return replace(made, **more)


def test_new_window_inside_the_open_one_fits() -> None:
    end = NOON + timedelta(hours=6)
    assert fits_into(Interval(NOON, end), grant())
    assert fits_into(Interval(NOON + BEFORE, end - BEFORE), grant())
    assert not fits_into(Interval(NOON - BEFORE, end), grant())
    assert not fits_into(Interval(NOON, end + AFTER), grant())


def test_parcel_gets_grants_on_at_most_seven_days() -> None:
    today = NOON.replace(day=24).date()
    before = [grant(day) for day in range(18, 24)]
    assert len(before) == MOST_DAYS - 1
    assert may_come_back(before, today, BERLIN)
    assert may_come_back([*before, grant(24)], today, BERLIN)
    assert not may_come_back([grant(17), *before], today, BERLIN)
    assert not may_come_back([grant(23)], today, BERLIN, 1)
    assert may_come_back([grant(24)], today, BERLIN, 1)
    after_midnight = replace(grant(24), starts_at=at(0, 30))
    assert may_come_back([after_midnight], today, BERLIN, 1)


ends = st.sampled_from(
    [
        {},
        {"state": GrantState.CALLED_OFF},
        {"units": {"3b": UnitPart.NOT_ACCEPTING}},
        {"units": {"3b": UnitPart.WITHDRAWN}},
        {"uses": 0, "returned": 1},
        {"state": GrantState.REVOKED},
        {"units": {"3b": UnitPart.VETOED}},
        {"uses": 1},
        {"uses": 1, "state": GrantState.CALLED_OFF},
    ]
)


@given(
    history=st.lists(st.tuples(st.integers(18, 24), ends), max_size=7),
    today=st.integers(18, 26),
)
def test_what_was_vetoed_canceled_or_used_never_comes_back(
    history: list[tuple[int, dict[str, Any]]], today: int
) -> None:
    grants = [grant(day, **more) for day, more in history]
    is_final = any(
        each.state is GrantState.REVOKED
        or each.uses > 0
        or UnitPart.VETOED in each.units.values()
        for each in grants
    )
    days = {day for day, _ in history} | {today}
    on = NOON.replace(day=today).date()
    assert may_come_back(grants, on, ZoneInfo("UTC")) == (
        not is_final and len(days) <= MOST_DAYS
    )
