"""When a standing order issues: its window, what restricts it, and what a parcel's status means."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.hours import (
    ALWAYS,
    Hours,
    Interval,
    WeekSchedule,
)
from custom_components.courier_access.access.standing_orders import (
    FURTHEST_PLANNED,
    MOST_PER_DAY,
    Parcel,
    ParcelStatus,
    Source,
    SourceKind,
    StandingOrder,
    day_end,
    grant_window,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (
    BERLIN,
    ZoneInfo("UTC"),
    ZoneInfo("Pacific/Apia"),
    ZoneInfo("America/St_Johns"),
)
ORDER = StandingOrder(
    "order-1", "anna", Source(SourceKind.DEVICE, "device-1"), "courier-1", "door-1"
)
OUT = Parcel(ParcelStatus.OUT_FOR_DELIVERY, "JD1")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HALF_DAY = timedelta(hours=12)
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
spans = st.timedeltas(timedelta(hours=-30), timedelta(days=9))
windows = st.tuples(st.integers(0, 86_399), st.integers(1, 86_400)).filter(
    lambda window: window[0] < window[1]
)
weeks = st.lists(windows, max_size=1).map(
    lambda day: Hours(WeekSchedule((tuple(day),) * 7))
)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def window(
    parcel: Parcel = OUT,
    hours: Hours = SPLIT,
    since: datetime = NOON,
    longest: timedelta = HALF_DAY,
) -> Interval | None:
    return grant_window(parcel, hours, BERLIN, since, longest)


def test_window_is_the_planned_time_within_the_hours() -> None:
    planned = replace(OUT, planned_from=at(16), planned_to=at(18))
    assert window(planned) == Interval(at(17), at(18))
    assert window(replace(OUT, planned_from=at(18))) == Interval(at(18), at(20))
    assert window(replace(OUT, planned_to=at(18))) == Interval(at(17), at(18))
    assert window(replace(OUT, planned_from=at(11), planned_to=at(16))) is None


def test_window_without_a_planned_time_is_the_rest_of_the_days_open_hours() -> None:
    assert window() == Interval(at(17), at(20))
    assert window(since=at(9)) == Interval(at(9), at(20))
    assert window(since=at(20)) is None
    assert window(hours=Hours()) is None
    # Midnight of the wall clock ends the day.
    assert window(hours=Hours(ALWAYS)) == Interval(NOON, at(0, day=25))


def test_window_ends_with_the_longest_grant_and_never_while_closed() -> None:
    assert window(since=at(8), longest=timedelta(hours=5)) == Interval(at(8), at(10))
    assert window(since=at(8), longest=timedelta(hours=10)) == Interval(at(8), at(18))


def test_what_is_planned_too_far_ahead_or_for_too_long_is_cut() -> None:
    far = replace(OUT, planned_from=NOON + FURTHEST_PLANNED + timedelta(seconds=1))
    assert window(far, Hours(ALWAYS)) is None
    endless = replace(OUT, planned_to=datetime.max.replace(tzinfo=UTC))
    cut = window(endless, Hours(ALWAYS), longest=timedelta(days=3))
    assert cut == Interval(NOON, NOON + timedelta(days=1))


def test_planned_time_that_ends_before_it_begins_is_a_day() -> None:
    day = replace(OUT, planned_from=at(0), planned_to=at(0))
    assert window(day) == Interval(at(17), at(20))


@given(
    hours=weeks,
    zone=st.sampled_from(ZONES),
    since=instants,
    planned_from=st.none() | spans,
    planned_to=st.none() | spans,
    longest=st.timedeltas(timedelta(minutes=1), timedelta(days=2)),
)
def test_window_is_open_at_both_ends_planned_and_no_longer_than_allowed(
    hours: Hours,
    zone: ZoneInfo,
    since: datetime,
    planned_from: timedelta | None,
    planned_to: timedelta | None,
    longest: timedelta,
) -> None:
    parcel = replace(
        OUT,
        planned_from=None if planned_from is None else since + planned_from,
        planned_to=None if planned_to is None else since + planned_to,
    )
    found = grant_window(parcel, hours, zone, since, longest)
    if found is None:
        return
    assert since <= found.start < found.end <= found.start + longest
    assert hours.is_open(found.start, zone)
    assert hours.is_open(found.end - timedelta(microseconds=1), zone)
    if parcel.planned_from is not None:
        assert found.start >= parcel.planned_from
    has_end = parcel.planned_to is not None and (
        parcel.planned_from is None or parcel.planned_to > parcel.planned_from
    )
    if has_end:
        assert parcel.planned_to is not None
        assert found.end <= parcel.planned_to
    else:
        assert found.end <= day_end(max(since, parcel.planned_from or since), zone)


@pytest.mark.parametrize("status", ParcelStatus)
def test_only_a_parcel_on_its_way_to_the_door_comes(status: ParcelStatus) -> None:
    parcel = Parcel(status, "JD1")
    assert parcel.comes == (status is ParcelStatus.OUT_FOR_DELIVERY)
    assert parcel.comes_no_more == (
        status
        in (
            ParcelStatus.AT_PICKUP_POINT,
            ParcelStatus.DELIVERED,
            ParcelStatus.RETURNING,
            ParcelStatus.PROBLEM,
        )
    )
    picked_up = replace(parcel, is_for_pickup=True)
    assert (picked_up.comes, picked_up.comes_no_more) == (False, True)


@pytest.mark.parametrize("status", ParcelStatus)
def test_only_unknown_status_without_a_time_says_nothing(status: ParcelStatus) -> None:
    is_unknown = status is ParcelStatus.UNKNOWN
    assert Parcel(status).says_nothing == is_unknown
    assert not Parcel(status, planned_from=NOON).says_nothing
    assert not Parcel(status, planned_to=NOON).says_nothing
    assert not Parcel(status, is_for_pickup=True).says_nothing


@pytest.mark.parametrize("most", [0, -1, MOST_PER_DAY + 1])
def test_limit_is_from_1_to_20(most: int) -> None:
    with pytest.raises(ValueError, match="1 to 20"):
        replace(ORDER, most_per_day=most)


def test_change_is_a_new_revision() -> None:
    assert ORDER.changed() == ORDER.changed(most_per_day=3, is_paused=False) == ORDER
    assert ORDER.changed(is_paused=True) == replace(ORDER, is_paused=True, revision=2)
    assert ORDER.changed(most_per_day=5) == replace(ORDER, most_per_day=5, revision=2)


@given(
    limits=st.tuples(st.integers(1, MOST_PER_DAY), st.integers(1, MOST_PER_DAY)),
    pauses=st.tuples(st.booleans(), st.booleans()),
)
def test_only_fewer_grants_or_a_pause_restrict(
    limits: tuple[int, int], pauses: tuple[bool, bool]
) -> None:
    earlier, later = (
        replace(ORDER, most_per_day=most, is_paused=is_paused)
        for most, is_paused in zip(limits, pauses, strict=True)
    )
    issues_more = limits[1] > limits[0] or (pauses[0] and not pauses[1])
    assert later.restricts(earlier) != issues_more
