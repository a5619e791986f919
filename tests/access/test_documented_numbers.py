"""Numbers that the documents promise to administrators, residents, and couriers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
import random
from zoneinfo import ZoneInfo

import pytest

from custom_components.courier_access.access.codes import (
    WrongLately,
    new_address_code,
    new_short_code,
    pin_length,
)
from custom_components.courier_access.access.hours import (
    ALWAYS_OPEN,
    TWO_YEARS,
    Hours,
    HoursException,
    Interval,
    InvalidSchedule,
    ScheduleFault,
    ScheduleProblem,
    WeekSchedule,
    exceptions_from_list,
    same_offsets,
)
from custom_components.courier_access.access.model import (
    PAUSE_LASTS,
    Attitude,
    Consent,
    Courier,
    Decision,
    DeliveryDetails,
    Grant,
    GrantKey,
    GrantState,
    Issuer,
    IssuerKind,
    Pause,
    Proof,
    Reason,
    Resident,
    Rules,
)
from custom_components.courier_access.access.parcels import (
    MOST_DAYS,
    MOST_LIST_BYTES,
    MOST_PARCELS,
    MOST_VISITS,
    Listing,
    Parcel,
    Progress,
    window,
)
from custom_components.courier_access.access.policy import (
    EntryRequest,
    Facts,
    Finding,
    GrantVerdict,
    Layer,
    Says,
    Verdict,
    decide_grant,
)
from custom_components.courier_access.access.standing_orders import StandingOrder
from tests.access.parts import COURIER, DOORS, GRANT, PARIS, SHARES, facts, hours

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def test_five_wrong_codes_within_ten_minutes_block_for_ten() -> None:
    lately = WrongLately(most=9)
    for number in range(4):
        lately.count("n", NOON + number * 2 * MINUTE)
        assert lately.blocked_until("n", NOON + number * 2 * MINUTE) is None
    lately.count("n", NOON + 9 * MINUTE)
    assert lately.blocked_until("n", NOON + 9 * MINUTE) == NOON + 19 * MINUTE
    slow = WrongLately(most=9)
    for number in range(5):
        slow.count("n", NOON + number * 2.5 * MINUTE)
    assert slow.blocked_until("n", NOON + 10 * MINUTE) is None


def test_codes_have_eight_characters() -> None:
    choose = random.Random(7).randrange
    assert len(new_address_code(choose)) == 8
    assert len(new_short_code(choose)) == 8
    assert pin_length(0) == 8


def test_rules_have_at_most_fifty_exceptions_of_at_most_366_days() -> None:
    days = [date(2026, 12, 1) + number * DAY for number in range(51)]
    written = [{"from": day} for day in days]
    assert len(exceptions_from_list(written[:50])) == 50
    for refused in (
        lambda: exceptions_from_list(written),
        lambda: Hours(exceptions=tuple(HoursException(day, day) for day in days)),
        lambda: HoursException(days[0], days[0] + 366 * DAY),
        lambda: exceptions_from_list(
            [{"from": days[0], "to": days[0] + 366 * DAY}],
        ),
    ):
        with pytest.raises(ValueError, match=r"too_|at most 50|366"):
            refused()
    longest = HoursException(days[0], days[0] + 365 * DAY)
    assert exceptions_from_list([{"from": longest.first, "to": longest.last}]) == (
        longest,
    )


def test_a_day_has_at_most_48_windows() -> None:
    windows = [
        {"from": f"{number // 3:02}:{number % 3 * 20:02}", "to": end}
        for number in range(49)
        for end in [f"{number // 3:02}:{number % 3 * 20 + 10:02}"]
    ]
    assert len(WeekSchedule.from_mapping({"monday": windows[:48]}).days[0]) == 48
    for read in (
        lambda: WeekSchedule.from_mapping({"monday": windows}),
        lambda: exceptions_from_list([{"from": "2026-12-24", "windows": windows}]),
    ):
        with pytest.raises(InvalidSchedule) as caught:
            read()
        [fault] = caught.value.faults
        assert fault.problem is ScheduleProblem.TOO_MANY


def test_a_refusal_contains_the_next_five_shared_windows_of_fourteen_days() -> None:
    def told(*days: str) -> list[Interval]:
        shares = replace(SHARES, schedule=hours("08:00", "09:00", *days))
        verdict = decide_grant(GRANT, None, facts(shares), GRANT.starts_at)
        assert verdict.reason is Reason.OUTSIDE_SCHEDULE
        return [*(verdict.next_windows or ())]

    assert len(told()) == 5
    assert len(told("wednesday")) == 2
    tuesdays = told("tuesday")
    assert [window.start - GRANT.starts_at for window in tuesdays] == [
        7 * DAY - 4 * 60 * MINUTE,
        14 * DAY - 4 * 60 * MINUTE,
    ]


def test_a_pause_lasts_a_day() -> None:
    assert PAUSE_LASTS == DAY


def test_an_automatic_announcement_issues_three_a_day_by_default_and_at_most_twenty() -> (
    None
):
    order = StandingOrder("order-1", "ada", ("sensor-1",), "swift", "lobby")
    assert (order.most_per_day, order.is_paused, order.revision) == (3, False, 1)
    assert order.changed(most_per_day=20).most_per_day == 20
    with pytest.raises(ValueError, match="1 to 20"):
        order.changed(most_per_day=21)


def test_a_driver_may_come_an_hour_before_and_two_hours_after_the_planned_time() -> (
    None
):
    def expected(start: datetime | None, end: datetime | None) -> Interval | None:
        out = Parcel("JD1", Progress.OUT, start, end)
        return window(out, ALWAYS_OPEN, PARIS, NOON)

    hour = timedelta(hours=1)
    assert expected(NOON + 3 * hour, NOON + 4 * hour) == Interval(
        NOON + 2 * hour, NOON + 6 * hour
    )
    assert expected(NOON, NOON + DAY) == Interval(NOON, NOON + 26 * hour)
    assert (
        *(7, 200),
        *(64_000, 10),
    ) == (MOST_DAYS, MOST_PARCELS, MOST_LIST_BYTES, MOST_VISITS)


def test_zones_are_compared_for_two_years() -> None:
    assert TWO_YEARS == 731 * DAY
    # Moscow's clock changed for the last time on 26 October 2014.
    moscow, fixed = ZoneInfo("Europe/Moscow"), ZoneInfo("Etc/GMT-4")
    change = datetime(2014, 10, 25, 22, tzinfo=UTC)
    assert same_offsets(moscow, fixed, change - 731 * DAY)
    assert not same_offsets(moscow, fixed, change - 731 * DAY + timedelta(seconds=1))


def test_what_is_not_given_opens_nothing_and_names_nobody() -> None:
    assert Rules() == Rules(
        consent=Consent.NOT_GIVEN,
        schedule=WeekSchedule(((),) * 7),
        share_hours=False,
        default=Attitude.ALLOW,
        couriers={},
        default_proof=Proof.PASS,
        proofs={},
        revision=0,
        exceptions=(),
        only_while=(),
        never_while=(),
        digest_at=None,
    )
    assert Hours() == Hours(WeekSchedule(((),) * 7), ())
    assert HoursException(NOON.date(), NOON.date()).windows == ()
    assert Courier("swift", "Swift", frozenset(), DAY).enabled is True
    resident = Resident("ada", "Ada", "3b", "3B")
    assert (resident.person, resident.user_id) == (None, None)
    assert resident.is_confirmed is True
    assert Pause(1, NOON) == Pause(1, NOON, None, None, None)
    assert Issuer(IssuerKind.OWNER, "olga").revision is None
    assert Grant(GrantKey("swift", "g"), 1, "lobby", NOON, NOON, 1, {}) == Grant(
        GrantKey("swift", "g"),
        1,
        "lobby",
        NOON,
        NOON,
        1,
        {},
        uses=0,
        returned=0,
        state=GrantState.OPEN,
        unit_labels={},
        delivery=DeliveryDetails(parcel_ref=None, driver_ref=None),
        content="",
        issuer=None,
    )
    assert EntryRequest(None, Proof.PASS) == EntryRequest(
        None, Proof.PASS, door_id=None, stale=False, answers={}
    )
    assert facts().entities == {}
    known = Facts(COURIER, DOORS, {}, (), PARIS)
    assert (known.building_hours, known.entities) == (ALWAYS_OPEN, {})
    refused = Decision.REFUSED, Reason.VETOED
    assert Verdict(*refused) == Verdict(*refused, units=(), asks=())
    assert GrantVerdict(*refused, {}) == GrantVerdict(
        *refused, {}, repeat=False, usable=None, next_windows=None
    )
    assert Finding(Layer.ALLOWS, Says.YES) == Finding(
        Layer.ALLOWS, Says.YES, resident_id=None, entity=None, state=None
    )
    assert ScheduleFault("monday", None, ScheduleProblem.BAD_TIME).exception is None
    assert Parcel("JD1", Progress.OUT) == Parcel(
        "JD1",
        Progress.OUT,
        planned_from=None,
        planned_to=None,
        is_for_pickup=False,
    )
    assert Listing() == Listing((), visits=None, left_out=0)
