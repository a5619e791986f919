"""Test decisions on issued and revised grants: units, reasons, and shared hours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.courier_access.access.hours import ALWAYS_OPEN
from custom_components.courier_access.access.model import (
    Consent,
    Decision,
    Grant,
    GrantState,
    Issuer,
    IssuerKind,
    Pause,
    Reason,
    Rules,
)
from custom_components.courier_access.access.policy import (
    Facts,
    GrantVerdict,
    decide_grant,
)
from custom_components.courier_access.access.schedule import ALWAYS
from custom_components.courier_access.access.wall_clock import Interval
from tests.access.parts import (
    ACCEPTED,
    AFTERNOONS,
    ASKS,
    COURIER,
    EVENINGS,
    GRANT,
    HOUR,
    INSTANT,
    NEVER,
    NOON,
    NOT_ACCEPTING,
    PARIS,
    SHARES,
    SHUT,
    VETOED,
    WITHDRAWN,
    YES,
    facts,
    hours,
    units,
)

OWNER = Issuer(IssuerKind.OWNER, "user-olga")


def issue(
    grant: Grant = GRANT,
    known: Facts | None = None,
    previous: Grant | None = None,
    *,
    stale: bool = False,
) -> GrantVerdict:
    return decide_grant(
        grant, previous, facts(YES) if known is None else known, NOON, stale=stale
    )


def paris(day: int, start: int, end: int) -> Interval:
    """Return hours on a day in November 2026 in Paris."""
    first, last = (datetime(2026, 11, day, hour, tzinfo=PARIS) for hour in (start, end))
    return Interval(first.astimezone(UTC), last.astimezone(UTC))


class TestIssuing:
    def test_grant_is_accepted_by_units_that_are_open_in_its_window(self) -> None:
        grant = replace(GRANT, units=dict.fromkeys(("3b", "4a", "9z"), NOT_ACCEPTING))
        verdict = issue(grant, facts(YES, others=[SHUT]))

        assert verdict == GrantVerdict(
            Decision.ACCEPTED,
            Reason.OK,
            {"3b": ACCEPTED, "4a": NOT_ACCEPTING, "9z": NOT_ACCEPTING},
        )

    def test_unit_that_would_be_asked_accepts(self) -> None:
        assert issue(known=facts(ASKS)).parts == {"3b": ACCEPTED}

    @pytest.mark.parametrize(
        ("verdict", "reason"),
        [
            (
                issue(known=facts(YES, courier=replace(COURIER, enabled=False))),
                "courier_disabled",
            ),
            (issue(stale=True), "stale_request"),
            (
                issue(previous=replace(GRANT, state=GrantState.REVOKED, revision=0)),
                "revoked",
            ),
            (issue(previous=replace(GRANT, revision=3)), "stale_revision"),
            (issue(previous=replace(GRANT, content="else")), "stale_revision"),
            (
                issue(previous=replace(GRANT, revision=1, issuer=OWNER)),
                "stale_revision",
            ),
            (issue(previous=replace(GRANT, issuer=OWNER)), "stale_revision"),
            (issue(replace(GRANT, issuer=OWNER), previous=GRANT), "stale_revision"),
            (issue(replace(GRANT, door_id="garage")), "door_not_allowed"),
            (issue(replace(GRANT, door_id="gone")), "door_not_allowed"),
            (issue(replace(GRANT, door_id="")), "door_not_allowed"),
            (issue(replace(GRANT, ends_at=NOON)), "expired"),
            (issue(known=facts(YES, pauses=[Pause(1, GRANT.ends_at)])), "paused"),
            (issue(known=facts(SHUT, pauses=[Pause(1, GRANT.ends_at)])), "paused"),
            (issue(known=facts(pauses=[Pause(1, GRANT.ends_at)])), "paused"),
            (
                issue(known=facts(YES, pauses=[Pause(1, GRANT.ends_at, "3b")])),
                "not_accepting",
            ),
            (
                issue(known=facts(YES, building_hours=EVENINGS)),
                "outside_building_hours",
            ),
            (issue(known=facts(SHUT)), "not_accepting"),
            (issue(known=facts()), "not_accepting"),
        ],
    )
    def test_refused_grant_has_a_reason(
        self, verdict: GrantVerdict, reason: str
    ) -> None:
        assert verdict == GrantVerdict(
            Decision.REFUSED, Reason(reason), {"3b": NOT_ACCEPTING}
        )

    def test_building_and_unit_hours_must_overlap(self) -> None:
        later = replace(GRANT, ends_at=NOON + 8 * HOUR)
        apart = facts(replace(YES, schedule=EVENINGS), building_hours=AFTERNOONS)

        assert issue(later, apart).reason is Reason.NOT_ACCEPTING
        assert (
            issue(later, replace(apart, building_hours=ALWAYS_OPEN)).decision
            is Decision.ACCEPTED
        )

    def test_started_window_is_evaluated_from_now(self) -> None:
        begun = replace(GRANT, starts_at=NOON - 6 * HOUR)

        assert issue(
            begun, facts(replace(YES, schedule=hours("07:00", "13:00")))
        ).reason is (Reason.NOT_ACCEPTING)
        assert (
            issue(begun, facts(replace(YES, schedule=AFTERNOONS))).decision
            is Decision.ACCEPTED
        )

    def test_pause_that_ends_in_time_does_not_refuse(self) -> None:
        ends = GRANT.ends_at - INSTANT
        for unit in (None, "3b", "4a"):
            assert issue(known=facts(YES, pauses=[Pause(1, ends, unit)])).parts == {
                "3b": ACCEPTED
            }

    def test_pause_over_all_hours_of_a_unit_hides_them(self) -> None:
        pause = Pause(1, NOON + HOUR / 2)
        for residents in (
            [replace(YES, schedule=hours("13:00", "13:30"))],
            [SHUT],
            [Rules()],
            [],
        ):
            verdict = issue(known=facts(*residents, pauses=[pause]))
            assert (verdict.reason, verdict.parts) == (
                Reason.NOT_ACCEPTING,
                {"3b": NOT_ACCEPTING},
            )

    def test_pause_of_one_unit_does_not_affect_others(self) -> None:
        grant = replace(GRANT, units=dict.fromkeys(("3b", "4a"), NOT_ACCEPTING))
        known = facts(YES, others=[YES], pauses=[Pause(1, GRANT.ends_at, "3b")])

        assert issue(grant, known).parts == {"3b": NOT_ACCEPTING, "4a": ACCEPTED}

    def test_first_of_several_reasons_is_given(self) -> None:
        previous = replace(GRANT, revision=1, units=units(u3b=VETOED))
        known = facts(
            SHARES,
            pauses=[Pause(1, GRANT.ends_at)],
            building_hours=hours("05:00", "06:00"),
        )
        told = [issue(known=known, previous=previous).reason]
        known = replace(known, pauses=())
        told.append(issue(known=known, previous=previous).reason)
        told.append(issue(known=known).reason)
        known = replace(known, building_hours=ALWAYS_OPEN)
        told.append(issue(known=known).reason)

        assert told == [
            Reason.PAUSED,
            Reason.VETOED,
            Reason.OUTSIDE_BUILDING_HOURS,
            Reason.OUTSIDE_SCHEDULE,
        ]


class TestSharedHours:
    def test_unit_that_shares_hours_reports_usable_windows(self) -> None:
        grant = replace(GRANT, ends_at=NOON + 8 * HOUR)
        verdict = issue(grant, facts(replace(SHARES, schedule=hours("12:00", "16:00"))))

        assert verdict.usable == (Interval(NOON, NOON + 3 * HOUR),)
        assert verdict.next_windows is None

    def test_shared_hours_are_limited_to_building_hours(self) -> None:
        grant = replace(GRANT, ends_at=NOON + 8 * HOUR)
        known = facts(
            replace(SHARES, schedule=ALWAYS), building_hours=hours("14:00", "15:00")
        )

        assert issue(grant, known).usable == (Interval(NOON + HOUR, NOON + 2 * HOUR),)

    def test_hours_that_are_not_shared_stay_hidden(self) -> None:
        grant = replace(
            GRANT,
            ends_at=NOON + 8 * HOUR,
            units=dict.fromkeys(("3b", "4a"), NOT_ACCEPTING),
        )
        known = facts(
            replace(YES, schedule=hours("14:00", "15:00")),
            replace(
                SHARES, schedule=hours("16:00", "17:00"), consent=Consent.NOT_GIVEN
            ),
            others=[replace(SHARES, schedule=hours("15:00", "16:00")), SHARES],
        )

        verdict = issue(grant, known)
        assert verdict.parts == {"3b": ACCEPTED, "4a": ACCEPTED}
        assert verdict.usable == (paris(24, 15, 16), paris(24, 18, 20))
        assert issue(grant, facts(YES)).usable is None

    def test_shared_hours_of_several_residents_are_joined(self) -> None:
        grant = replace(GRANT, ends_at=NOON + 8 * HOUR)
        known = facts(
            replace(SHARES, schedule=hours("16:00", "17:00")),
            replace(SHARES, schedule=hours("13:00", "14:30")),
            replace(SHARES, schedule=hours("14:15", "16:00")),
            replace(SHARES, schedule=hours("13:30", "14:00")),
        )

        assert issue(grant, known).usable == (paris(24, 13, 17),)

    def test_refusal_includes_the_next_shared_windows(self) -> None:
        verdict = issue(
            known=facts(replace(SHARES, schedule=hours("08:00", "09:00", "monday")))
        )

        assert verdict.reason is Reason.OUTSIDE_SCHEDULE
        # From the grant's window on, 14 days.
        assert verdict.next_windows == (paris(30, 8, 9), ending_in(paris(30, 8, 9), 7))

    def test_at_most_five_next_windows_are_given(self) -> None:
        verdict = issue(known=facts(SHARES))

        assert verdict.next_windows == tuple(
            paris(day, 18, 20) for day in range(24, 29)
        )

    def test_never_open_unit_that_shares_hours_reports_no_windows(self) -> None:
        verdict = issue(known=facts(replace(SHARES, schedule=NEVER)))

        assert (verdict.reason, verdict.next_windows) == (Reason.OUTSIDE_SCHEDULE, ())


def ending_in(interval: Interval, days: int) -> Interval:
    later = timedelta(days=days)
    return Interval(interval.start + later, interval.end + later)


class TestRevising:
    def test_repeated_grant_changes_nothing(self) -> None:
        standing = replace(GRANT, units=units(u3b=ACCEPTED, u4a=VETOED), uses=1)

        verdict = issue(
            previous=standing, known=facts(replace(SHARES, schedule=ALWAYS))
        )
        assert verdict == GrantVerdict(
            Decision.ACCEPTED,
            Reason.OK,
            standing.units,
            repeat=True,
            usable=(Interval(NOON, GRANT.ends_at),),
        )

    def test_repeated_grant_is_decided_again_after_all_units_left(self) -> None:
        standing = replace(GRANT, units=units(u3b=WITHDRAWN))

        verdict = issue(previous=standing)
        assert (verdict.parts, verdict.repeat) == ({"3b": ACCEPTED}, False)

    def test_higher_revision_is_decided_again(self) -> None:
        verdict = issue(previous=replace(GRANT, revision=1), known=facts(SHUT))

        assert (verdict.reason, verdict.parts) == (
            Reason.NOT_ACCEPTING,
            {"3b": NOT_ACCEPTING},
        )

    def test_veto_survives_a_revision(self) -> None:
        vetoed = replace(GRANT, revision=1, units=units(u3b=VETOED, u4a=ACCEPTED))
        grant = replace(GRANT, units=dict.fromkeys(("3b", "4a"), NOT_ACCEPTING))

        verdict = issue(grant, facts(YES, others=[YES]), vetoed)
        assert verdict.parts == {"3b": VETOED, "4a": ACCEPTED}
        assert issue(previous=vetoed).reason is Reason.VETOED

    def test_veto_survives_a_refused_revision(self) -> None:
        vetoed = replace(GRANT, revision=1, units=units(u3b=VETOED))

        for refused in (
            issue(replace(GRANT, door_id="garage"), previous=vetoed),
            issue(replace(GRANT, ends_at=NOON), previous=vetoed),
            issue(previous=vetoed, stale=True),
        ):
            assert refused.parts == {"3b": VETOED}

    def test_veto_survives_a_revision_without_its_unit(self) -> None:
        vetoed = replace(GRANT, revision=1, units=units(u3b=VETOED))
        without = replace(GRANT, units=units(u4a=NOT_ACCEPTING))

        verdict = issue(without, facts(YES, others=[YES]), vetoed)
        assert verdict.parts == {"4a": ACCEPTED, "3b": VETOED}
        # A veto isn't the reason why other units refuse.
        refused = issue(without, facts(YES), vetoed)
        assert refused.reason is Reason.NOT_ACCEPTING
        assert refused.parts == {"4a": NOT_ACCEPTING, "3b": VETOED}
