"""What every decision about a grant keeps to, and how alike all ways to say no are (promises 1 and 4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from hypothesis import given, settings, strategies as st

from custom_components.courier_access.access.hours import ALWAYS, WeekSchedule
from custom_components.courier_access.access.model import (
    Answer,
    Attitude,
    Consent,
    Decision,
    Grant,
    GrantState,
    Pause,
    Proof,
    Reason,
    Rules,
    UnitPart,
)
from custom_components.courier_access.access.policy import (
    EntryRequest,
    Facts,
    Verdict,
    availability,
    decide,
    decide_grant,
)
from tests.properties.buildings import (
    MINUTE,
    NOON,
    PARIS,
    SWIFT,
    UNITS,
    Likely,
    accepted,
    facts,
    grants,
    instants,
    likely,
    rules,
)
from tests.support.quick import examples


class TestIssuing:
    @given(st.one_of(st.none(), grants()), grants(), facts, instants, st.booleans())
    @settings(deadline=None)
    def test_every_decision_is_whole(
        self,
        previous: Grant | None,
        grant: Grant,
        known: Facts,
        now: datetime,
        stale: bool,
    ) -> None:
        verdict = decide_grant(grant, previous, known, now, stale=stale)

        assert verdict.decision in (Decision.ACCEPTED, Decision.REFUSED)
        assert (verdict.decision is Decision.ACCEPTED) == (verdict.reason is Reason.OK)
        assert bool(accepted(verdict)) == (verdict.decision is Decision.ACCEPTED)
        assert verdict.usable is None or verdict.decision is Decision.ACCEPTED
        assert (verdict.next_windows is None) == (
            verdict.reason is not Reason.OUTSIDE_SCHEDULE
        )
        if not verdict.repeat:
            assert verdict.parts.keys() >= grant.units.keys()

    @given(likely())
    @settings(deadline=None, max_examples=examples(200))
    def test_a_unit_accepts_when_it_would_let_the_courier_in_at_some_instant(
        self, case: Likely
    ) -> None:
        # What is linked is looked at when somebody enters, and can change until then.
        grant, known = case.grant, unlinked(case.facts)
        verdict = decide_grant(grant, None, case.facts, NOON)

        start, end = max(NOON, grant.starts_at), grant.ends_at
        calendars = [known.building_hours] + [
            one.hours for residents in known.rules.values() for one in residents
        ]
        # Whatever begins to allow an entry does so at one of these.
        moments = [
            start,
            *(pause.until for pause in known.pauses if start <= pause.until < end),
            *(
                window.start
                for calendar in calendars
                for window in calendar.windows(start, end, known.zone)
            ),
        ]
        for unit in grant.units:
            alone = replace(grant, units={unit: UnitPart.ACCEPTED})
            request = EntryRequest(alone, Proof.SIGNED, answers={unit: Answer.APPROVED})
            let_in = any(
                decide(request, known, moment).decision is Decision.ADMITTED
                for moment in moments
            )
            assert (verdict.parts[unit] is UnitPart.ACCEPTED) == let_in

    @given(likely())
    @settings(deadline=None, max_examples=examples(200))
    def test_returned_hours_are_shared_open_and_in_order(self, case: Likely) -> None:
        verdict = decide_grant(case.grant, None, case.facts, NOON)

        told = verdict.usable or verdict.next_windows or ()
        for window in told:
            for instant in (window.start, window.end - MINUTE / 60):
                assert case.facts.building_hours.is_open(instant, PARIS)
                assert any(
                    one.share_hours
                    and one.consent is Consent.GIVEN
                    and one.hours.is_open(instant, PARIS)
                    for unit in case.grant.units
                    for one in case.facts.rules.get(unit, ())
                )
        for window, following in pairwise(told):
            assert window.start < window.end <= following.start

    @given(
        st.lists(st.tuples(grants(), facts, st.booleans()), min_size=1, max_size=6),
        st.sampled_from(UNITS),
        instants,
    )
    @settings(deadline=None, max_examples=examples(200))
    def test_no_revision_brings_a_vetoed_unit_back(
        self,
        revisions: Sequence[tuple[Grant, Facts, bool]],
        unit: str,
        now: datetime,
    ) -> None:
        standing = replace(
            revisions[0][0],
            revision=0,
            state=GrantState.OPEN,
            units={**revisions[0][0].units, unit: UnitPart.VETOED},
        )
        for asked, known, stale in revisions:
            grant = replace(asked, state=GrantState.OPEN, revision=asked.revision * 2)
            verdict = decide_grant(grant, standing, known, now, stale=stale)
            assert unit not in accepted(verdict)
            if verdict.reason not in GRANT_STAYS:
                standing = replace(grant, units=verdict.parts)
            assert standing.units[unit] is UnitPart.VETOED


GRANT_STAYS = (
    Reason.COURIER_DISABLED,
    Reason.STALE_REQUEST,
    Reason.REVOKED,
    Reason.STALE_REVISION,
)


denying_units = st.tuples(st.lists(rules, max_size=2), rules).map(
    lambda unit: [*unit[0], replace(unit[1], couriers={SWIFT: Attitude.DENY})]
)
silent_units = st.one_of(
    st.just(()),
    # Nobody consents.
    st.lists(
        st.builds(
            lambda one, consent: replace(one, consent=consent),
            rules,
            st.sampled_from([Consent.NOT_GIVEN, Consent.OPTED_OUT]),
        )
    ),
    # One withdrew, or denies: what others say, hours they share among it, does not matter.
    denying_units,
    st.tuples(st.lists(rules, max_size=2), rules).map(
        lambda unit: [*unit[0], replace(unit[1], consent=Consent.WITHDRAWN)]
    ),
    # All are closed.
    st.lists(
        rules.map(
            lambda one: replace(
                one, schedule=WeekSchedule(), exceptions=(), share_hours=False
            )
        )
    ),
)
silent_at_the_door = st.one_of(
    silent_units,
    # What all are linked to says no, while those who share their hours are open.
    st.lists(
        rules.map(
            lambda one: replace(
                one, schedule=ALWAYS, exceptions=(), only_while=("gone",)
            )
        )
    ),
)


class TestSilence:
    @given(likely(), silent_at_the_door, silent_at_the_door)
    @settings(deadline=None, max_examples=examples(200))
    def test_at_the_door_one_no_is_like_any_other(
        self, case: Likely, one: Sequence[Rules], other: Sequence[Rules]
    ) -> None:
        verdicts: list[Verdict] = [
            decide(
                EntryRequest(case.grant, Proof.SIGNED),
                with_unit(case.facts, residents),
                NOON,
            )
            for residents in (one, other, ())
        ]

        assert verdicts[0] == verdicts[1] == verdicts[2]

    @given(likely(), silent_units, silent_units, st.lists(instants, max_size=2))
    @settings(deadline=None, max_examples=examples(200))
    def test_to_a_grant_one_no_is_like_any_other_and_like_that_of_no_such_unit(
        self,
        case: Likely,
        one: Sequence[Rules],
        other: Sequence[Rules],
        ends: Sequence[datetime],
    ) -> None:
        nobody = with_unit(case.facts, ())
        unpaused = replace(
            nobody, pauses=[pause for pause in nobody.pauses if pause.unit != "3b"]
        )
        own = [Pause(number, end, "3b") for number, end in enumerate(ends)]
        known = (
            with_unit(case.facts, one),
            with_unit(case.facts, other),
            replace(with_unit(case.facts, one), pauses=[*case.facts.pauses, *own]),
            unpaused,
        )

        first, *others = (decide_grant(case.grant, None, told, NOON) for told in known)
        assert all(verdict == first for verdict in others)

    @given(
        likely(),
        denying_units,
        st.lists(rules, min_size=3, max_size=3),
        st.sampled_from([None, -1, 0, 1]),
    )
    @settings(deadline=None, max_examples=examples(300))
    def test_no_answer_to_a_courier_depends_on_hours_of_a_home_that_denies_it(
        self,
        case: Likely,
        denying: Sequence[Rules],
        others: Sequence[Rules],
        revised: int | None,
    ) -> None:
        """A grant is new, older than the accepted one, the same again, or a revision."""
        elsewhen = [
            replace(
                own,
                schedule=other.schedule,
                exceptions=other.exceptions,
                share_hours=other.share_hours,
            )
            for own, other in zip(denying, others, strict=False)
        ]
        grant, previous = case.grant, None
        if revised is not None:
            previous = replace(grant, revision=grant.revision - revised)

        def answers(residents: Sequence[Rules]) -> list[object]:
            known = with_unit(case.facts, residents)
            return [
                decide_grant(grant, previous, known, NOON),
                availability(UNITS, known, NOON, grant.ends_at),
                decide(EntryRequest(grant, case.proof), known, NOON),
            ]

        assert answers(denying) == answers(elsewhen)

    @given(
        likely(),
        st.lists(rules.map(lambda one: replace(one, share_hours=False)), max_size=2),
        st.lists(instants, max_size=2),
        st.sampled_from([None, "3b"]),
    )
    @settings(deadline=None, max_examples=examples(300))
    def test_to_a_grant_who_shares_no_hours_is_either_in_or_like_no_such_unit(
        self,
        case: Likely,
        residents: Sequence[Rules],
        ends: Sequence[datetime],
        paused: str | None,
    ) -> None:
        """Also where it would be willing but for a pause."""
        pauses = [*case.facts.pauses, *(Pause(8, end, paused) for end in ends)]
        known = replace(with_unit(case.facts, residents), pauses=pauses)
        verdict = decide_grant(case.grant, None, known, NOON)

        if verdict.parts["3b"] is not UnitPart.ACCEPTED:
            assert verdict == decide_grant(case.grant, None, with_unit(known, ()), NOON)

    @given(
        likely(),
        grants(),
        st.lists(rules, max_size=2),
        instants.filter(lambda end: end > NOON),
    )
    @settings(deadline=None, max_examples=examples(200))
    def test_under_a_pause_of_the_building_nothing_is_revealed_of_a_unit(
        self, case: Likely, other: Grant, residents: Sequence[Rules], end: datetime
    ) -> None:
        known = replace(
            with_unit(case.facts, residents), pauses=[*case.facts.pauses, Pause(8, end)]
        )
        grant = replace(case.grant, units=other.units)

        assert decide(EntryRequest(grant, Proof.SIGNED), known, NOON) == Verdict(
            Decision.REFUSED, Reason.PAUSED
        )
        if end >= grant.ends_at:
            assert decide_grant(grant, None, known, NOON).reason is Reason.PAUSED


def with_unit(known: Facts, residents: Sequence[Rules]) -> Facts:
    """Let these be all who live in 3b."""
    return replace(known, rules={**known.rules, "3b": residents})


def unlinked(known: Facts) -> Facts:
    """Let nobody's rules look at an entity."""
    return replace(
        known,
        rules={
            unit: [replace(one, only_while=(), never_while=()) for one in residents]
            for unit, residents in known.rules.items()
        },
    )
