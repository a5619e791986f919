"""Test decisions on issued and revised grants: units, reasons, and shared hours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from custom_components.courier_access.access.hours import (
    ALWAYS,
    ALWAYS_OPEN,
    Interval,
    WeekSchedule,
)
from custom_components.courier_access.access.model import (
    Attitude,
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
    grant,
    hours,
    units,
)

OWNER = Issuer(IssuerKind.OWNER, "user-olga")


def issue(
    asked: Grant = GRANT,
    known: Facts | None = None,
    previous: Grant | None = None,
    *,
    stale: bool = False,
) -> GrantVerdict:
    return decide_grant(
        asked, previous, facts(YES) if known is None else known, NOON, stale=stale
    )


def paris(day: int, start: int, end: int, month: int = 11) -> Interval:
    """Return hours on a day in 2026 in Paris."""
    first, last = (
        datetime(2026, month, day, hour, tzinfo=PARIS) for hour in (start, end)
    )
    return Interval(first.astimezone(UTC), last.astimezone(UTC))


def issue_with(*residents: Rules, **more: object) -> GrantVerdict:
    return issue(known=facts(*residents, **more))  # type: ignore[arg-type]


PAUSE = Pause(1, GRANT.ends_at)
UNIT_PAUSE = replace(PAUSE, unit="3b")
TWO_UNITS = grant(units=units(u3b=NOT_ACCEPTING, u4a=NOT_ACCEPTING))
LONG = grant(ends_at=NOON + 8 * HOUR)
REVOKED = grant(state=GrantState.REVOKED, revision=0)
CALLED_OFF = grant(
    state=GrantState.CALLED_OFF, issuer=Issuer(IssuerKind.ORDER, "order-1")
)


class TestIssuing:
    def test_grant_is_accepted_by_units_that_are_open_in_its_window(self) -> None:
        three = grant(units={**TWO_UNITS.units, "9z": NOT_ACCEPTING})
        assert issue(three, facts(YES, others=[SHUT])) == GrantVerdict(
            Decision.ACCEPTED,
            Reason.OK,
            {"3b": ACCEPTED, "4a": NOT_ACCEPTING, "9z": NOT_ACCEPTING},
        )

    def test_unit_that_would_be_asked_accepts(self) -> None:
        assert issue_with(ASKS).parts == {"3b": ACCEPTED}

    @pytest.mark.parametrize(
        ("verdict", "reason"),
        [
            (
                lambda: issue_with(YES, courier=replace(COURIER, enabled=False)),
                "courier_disabled",
            ),
            (lambda: issue(stale=True), "stale_request"),
            (lambda: issue(previous=REVOKED), "revoked"),
            (lambda: issue(previous=CALLED_OFF), "revoked"),
            (lambda: issue(previous=grant(revision=3)), "stale_revision"),
            (lambda: issue(previous=grant(content="else")), "stale_revision"),
            (lambda: issue(previous=grant(revision=1, issuer=OWNER)), "stale_revision"),
            (lambda: issue(previous=grant(issuer=OWNER)), "stale_revision"),
            (lambda: issue(grant(issuer=OWNER), previous=GRANT), "stale_revision"),
            (lambda: issue(grant(door_id="garage")), "door_not_allowed"),
            (lambda: issue(grant(door_id="gone")), "door_not_allowed"),
            (lambda: issue(grant(door_id="")), "door_not_allowed"),
            (lambda: issue(grant(ends_at=NOON)), "expired"),
            (lambda: issue_with(YES, pauses=[PAUSE]), "paused"),
            (lambda: issue_with(SHUT, pauses=[PAUSE]), "paused"),
            (lambda: issue_with(pauses=[PAUSE]), "paused"),
            (lambda: issue_with(YES, pauses=[UNIT_PAUSE]), "not_accepting"),
            (
                lambda: issue_with(YES, building_hours=EVENINGS),
                "outside_building_hours",
            ),
            (lambda: issue_with(SHUT), "not_accepting"),
            (issue_with, "not_accepting"),
        ],
    )
    def test_refused_grant_has_a_reason(
        self, verdict: Callable[[], GrantVerdict], reason: str
    ) -> None:
        assert verdict() == GrantVerdict(
            Decision.REFUSED, Reason(reason), {"3b": NOT_ACCEPTING}
        )

    def test_building_and_unit_hours_must_overlap(self) -> None:
        apart = facts(SHUT, building_hours=AFTERNOONS)
        together = replace(apart, building_hours=ALWAYS_OPEN)
        assert issue(LONG, apart).reason is Reason.NOT_ACCEPTING
        assert issue(LONG, together).decision is Decision.ACCEPTED

    def test_rule_for_the_courier_decides_instead_of_the_default(self) -> None:
        denied = replace(YES, couriers={"swift": Attitude.DENY})
        allowed = replace(YES, default=Attitude.DENY, couriers={"swift": Attitude.ASK})
        assert issue_with(denied).reason is Reason.NOT_ACCEPTING
        assert issue_with(allowed).parts == {"3b": ACCEPTED}

    def test_started_window_is_evaluated_from_now(self) -> None:
        begun = grant(starts_at=NOON - 6 * HOUR)
        for open_hours, reason in (
            (hours("07:00", "13:00"), Reason.NOT_ACCEPTING),
            (AFTERNOONS, Reason.OK),
        ):
            known = facts(replace(YES, schedule=open_hours))
            assert issue(begun, known).reason is reason

    def test_pause_that_ends_in_time_does_not_refuse(self) -> None:
        ends = GRANT.ends_at - INSTANT
        for unit in (None, "3b", "4a"):
            accepted = issue_with(YES, pauses=[Pause(1, ends, unit)])
            assert accepted.parts == {"3b": ACCEPTED}, unit

    def test_pause_over_all_hours_of_a_unit_hides_them(self) -> None:
        half = replace(YES, schedule=hours("13:00", "13:30"))
        for residents in ([half], [SHUT], [Rules()], []):
            verdict = issue_with(*residents, pauses=[Pause(1, NOON + HOUR / 2)])
            assert verdict.reason is Reason.NOT_ACCEPTING
            assert verdict.parts == {"3b": NOT_ACCEPTING}

    def test_pause_of_one_unit_does_not_affect_others(self) -> None:
        known = facts(YES, others=[YES], pauses=[UNIT_PAUSE])
        assert issue(TWO_UNITS, known).parts == {"3b": NOT_ACCEPTING, "4a": ACCEPTED}

    def test_first_of_several_reasons_is_given(self) -> None:
        previous = grant(revision=1, units=units(u3b=VETOED))
        early = hours("05:00", "06:00")
        known = facts(SHARES, pauses=[PAUSE], building_hours=early)
        assert issue(known=known, previous=previous).reason is Reason.PAUSED
        known = replace(known, pauses=())
        assert issue(known=known, previous=previous).reason is Reason.VETOED
        assert issue(known=known).reason is Reason.OUTSIDE_BUILDING_HOURS
        known = replace(known, building_hours=ALWAYS_OPEN)
        assert issue(known=known).reason is Reason.OUTSIDE_SCHEDULE


def sharing(start: str, end: str, *days: str) -> Rules:
    return replace(SHARES, schedule=hours(start, end, *days))


class TestSharedHours:
    def test_usable_windows_are_the_joined_hours_of_those_who_share_them(self) -> None:
        shared = sharing("13:00", "14:30"), sharing("14:15", "16:00")
        alone = issue(LONG, facts(sharing("12:00", "16:00")))
        assert (alone.usable, alone.next_windows) == ((paris(24, 13, 16),), None)
        nested = sharing("16:00", "17:00"), *shared, sharing("13:30", "14:00")
        assert issue(LONG, facts(*nested)).usable == (paris(24, 13, 17),)
        assert issue(GRANT, facts(YES)).usable is None

    def test_shared_hours_are_limited_to_building_hours(self) -> None:
        shares = replace(SHARES, schedule=ALWAYS)
        known = facts(shares, building_hours=hours("14:00", "15:00"))
        assert issue(LONG, known).usable == (paris(24, 14, 15),)

    def test_hours_that_are_not_shared_stay_hidden(self) -> None:
        known = facts(
            replace(YES, schedule=hours("14:00", "15:00")),
            replace(sharing("16:00", "17:00"), consent=Consent.NOT_GIVEN),
            others=[sharing("15:00", "16:00"), SHARES],
        )

        verdict = issue(replace(LONG, units=TWO_UNITS.units), known)
        assert verdict.parts == {"3b": ACCEPTED, "4a": ACCEPTED}
        assert verdict.usable == (paris(24, 15, 16), paris(24, 18, 20))

    @pytest.mark.parametrize(
        ("shared", "windows"),
        [
            # From the grant's window on, 14 days; at most five.
            (
                hours("08:00", "09:00", "monday"),
                (paris(30, 8, 9), paris(7, 8, 9, month=12)),
            ),
            (EVENINGS, tuple(paris(day, 18, 20) for day in range(24, 29))),
            (NEVER, ()),
        ],
        ids=["mondays", "evenings", "never"],
    )
    def test_refusal_includes_the_next_shared_windows(
        self, shared: WeekSchedule, windows: tuple[Interval, ...]
    ) -> None:
        verdict = issue_with(replace(SHARES, schedule=shared))
        assert verdict.reason is Reason.OUTSIDE_SCHEDULE
        assert verdict.next_windows == windows


class TestRevising:
    def test_repeated_grant_changes_nothing(self) -> None:
        standing = grant(units=units(u3b=ACCEPTED, u4a=VETOED), uses=1)

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

    def test_repeat_names_no_hours_of_a_unit_that_denies_the_courier_now(self) -> None:
        both = units(u3b=ACCEPTED, u4a=ACCEPTED)
        standing = grant(units=both, ends_at=LONG.ends_at)
        shares = sharing("13:00", "14:00"), sharing("15:00", "16:00")
        denies = replace(YES, couriers={"swift": Attitude.DENY})

        def repeated(*of_4a: Rules) -> GrantVerdict:
            asked = replace(LONG, units=both)
            return issue(asked, facts(shares[0], others=of_4a), standing)

        before, after = repeated(shares[1]), repeated(shares[1], denies)
        assert before.usable == (paris(24, 13, 14), paris(24, 15, 16))
        assert after == replace(before, usable=(paris(24, 13, 14),))
        alone = issue(previous=GRANT, known=facts(shares[0], denies))
        assert (alone.repeat, alone.usable) == (True, None)

    def test_repeat_for_a_unit_that_nobody_lives_in_now_is_answered_alike(self) -> None:
        standing = grant(units=units(u3b=ACCEPTED))
        verdict = issue(previous=standing, known=replace(facts(), rules={}))
        assert verdict == GrantVerdict(
            Decision.ACCEPTED, Reason.OK, standing.units, repeat=True
        )

    def test_grant_is_decided_again_after_all_units_left_or_a_revision(self) -> None:
        verdict = issue(previous=grant(units=units(u3b=WITHDRAWN)))
        assert (verdict.parts, verdict.repeat) == ({"3b": ACCEPTED}, False)

        verdict = issue(previous=grant(revision=1), known=facts(SHUT))
        assert verdict.reason is Reason.NOT_ACCEPTING
        assert verdict.parts == {"3b": NOT_ACCEPTING}

    def test_veto_survives_any_revision(self) -> None:
        vetoed = grant(revision=1, units=units(u3b=VETOED, u4a=ACCEPTED))
        verdict = issue(TWO_UNITS, facts(YES, others=[YES]), vetoed)
        assert verdict.parts == {"3b": VETOED, "4a": ACCEPTED}
        assert issue(previous=vetoed).reason is Reason.VETOED
        for refused in (
            issue(grant(door_id="garage"), previous=vetoed),
            issue(grant(ends_at=NOON), previous=vetoed),
            issue(previous=vetoed, stale=True),
        ):
            assert refused.parts["3b"] is VETOED

    def test_veto_survives_a_revision_without_its_unit(self) -> None:
        vetoed = grant(revision=1, units=units(u3b=VETOED))
        without = grant(units=units(u4a=NOT_ACCEPTING))

        verdict = issue(without, facts(YES, others=[YES]), vetoed)
        assert verdict.parts == {"4a": ACCEPTED, "3b": VETOED}
        # A veto isn't the reason why other units refuse.
        refused = issue(without, facts(YES), vetoed)
        assert refused.reason is Reason.NOT_ACCEPTING
        assert refused.parts == {"4a": NOT_ACCEPTING, "3b": VETOED}
