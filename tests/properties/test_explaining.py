"""What is said of every layer agrees with what is decided, and what couriers learn of hours with what is shared."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings, strategies as st

from custom_components.courier_access.access.model import (
    Answer,
    Consent,
    Courier,
    Decision,
    Grant,
    Proof,
    Reason,
    UnitPart,
)
from custom_components.courier_access.access.policy import (
    NOBODY,
    ClosedReason,
    EntryRequest,
    Facts,
    Finding,
    Layer,
    Says,
    availability,
    decide,
    explain,
    why_closed,
)
from tests.properties.buildings import (
    NOON,
    UNITS,
    Likely,
    couriers,
    facts,
    instants,
    likely,
)
from tests.support.quick import examples

BLOCKING = {
    Layer.COURIER_DISABLED: Reason.COURIER_DISABLED,
    Layer.DOOR_NOT_ALLOWED: Reason.DOOR_NOT_ALLOWED,
    Layer.BUILDING_PAUSED: Reason.PAUSED,
    Layer.UNIT_PAUSED: Reason.PAUSED,
    Layer.BUILDING_HOURS: Reason.OUTSIDE_BUILDING_HOURS,
    Layer.NOBODY_CONSENTS: Reason.NOT_ACCEPTING,
    Layer.WITHDRAWN: Reason.NOT_ACCEPTING,
    Layer.DENIED: Reason.NOT_ACCEPTING,
}
"""The layers that refuse the courier for the whole unit, and what it learns."""


def explained(
    known: Facts, unit: str, door_id: str, now: datetime, proof: Proof = Proof.SIGNED
) -> tuple[Finding, ...]:
    residents = {
        str(number): one for number, one in enumerate(known.rules.get(unit, ()))
    }
    return explain(unit, residents, known, door_id, now, proof)


def of_each_unit(
    case: Likely, known: Facts, door_id: str
) -> Iterator[tuple[str, Grant, tuple[Finding, ...]]]:
    """Yield each unit, the grant for it alone, and what is explained of that unit."""
    for unit in UNITS:
        units = {unit: UnitPart.ACCEPTED}
        grant = replace(case.grant, units=units, door_id=door_id)
        yield unit, grant, explained(known, unit, door_id, NOON, case.proof)


class TestExplaining:
    @given(likely(), st.sampled_from(["lobby", "garage", "gone"]), st.booleans())
    @settings(deadline=None, max_examples=examples(400))
    def test_what_is_explained_is_what_is_decided(
        self, case: Likely, door_id: str, enabled: bool
    ) -> None:
        known = replace(
            case.facts, courier=replace(case.facts.courier, enabled=enabled)
        )
        for unit, grant, found in of_each_unit(case, known, door_id):
            barred = any(finding.layer in BLOCKING for finding in found)
            said = {finding.says for finding in found}
            alone = decide(EntryRequest(grant, case.proof), known, NOON)
            asked = decide(
                EntryRequest(grant, case.proof, answers={unit: Answer.APPROVED}),
                known,
                NOON,
            )

            allowed = not barred and Says.YES in said
            assert (alone.decision is Decision.ADMITTED) == allowed
            asks = Says.ASK in said and Says.YES not in said
            assert (alone.asks == (unit,)) == (asks and not barred)
            assert (asked.decision is Decision.ADMITTED) == (
                not barred and bool(said & {Says.YES, Says.ASK})
            )
            if alone.decision is Decision.REFUSED:
                assert said & {Says.NO, Says.ASK}

    @given(facts, st.sampled_from(UNITS), instants)
    @settings(deadline=None)
    def test_every_resident_says_something_and_what_speaks_against_says_no(
        self, known: Facts, unit: str, now: datetime
    ) -> None:
        found = explained(known, unit, "lobby", now)

        residents = {str(number) for number in range(len(known.rules.get(unit, ())))}
        assert {finding.resident_id for finding in found} - {None} == residents
        says = {Layer.ASKS: Says.ASK, Layer.ALLOWS: Says.YES}
        for finding in found:
            assert finding.says is says.get(finding.layer, Says.NO)
            assert (finding.entity is None) == (finding.layer is not Layer.ENTITY)
        assert len({*found}) == len(found)


EVER_MORE_WILLING = [
    Reason.PAUSED,
    Reason.OUTSIDE_BUILDING_HOURS,
    Reason.NOT_ACCEPTING,
    Reason.OUTSIDE_SCHEDULE,
    Reason.DECLINED,
    Reason.NO_ANSWER,
    Reason.OK,
]


def shares_hours_that_are_closed(known: Facts, unit: str, now: datetime) -> bool:
    """Return whether somebody shares hours, and nobody who does is open now."""
    sharing = [
        one.hours.is_open(now, known.zone)
        for one in known.rules.get(unit, ())
        if one.consent is Consent.GIVEN and one.share_hours
    ]
    return bool(sharing) and not any(sharing)


class TestOneEvaluation:
    @given(likely(), st.sampled_from(["lobby", "garage", "gone"]), st.booleans())
    @settings(deadline=None, max_examples=examples(400))
    def test_decision_is_the_first_refusal_that_is_explained(
        self, case: Likely, door_id: str, enabled: bool
    ) -> None:
        known = replace(
            case.facts, courier=replace(case.facts.courier, enabled=enabled)
        )
        for unit, grant, found in of_each_unit(case, known, door_id):
            refusals = [BLOCKING[one.layer] for one in found if one.layer in BLOCKING]
            said = {one.says for one in found}
            if refusals:
                expected = refusals[0]
            elif said & {Says.YES, Says.ASK}:
                expected = Reason.OK if Says.YES in said else Reason.NO_ANSWER
            elif shares_hours_that_are_closed(known, unit, NOON):
                expected = Reason.OUTSIDE_SCHEDULE
            else:
                expected = Reason.NOT_ACCEPTING

            verdict = decide(EntryRequest(grant, case.proof), known, NOON)
            assert verdict.reason is expected

    @given(
        likely(), st.dictionaries(st.sampled_from(UNITS), st.sampled_from([*Answer]))
    )
    @settings(deadline=None, max_examples=examples(400))
    def test_the_most_willing_of_the_units_decides(
        self, case: Likely, answers: dict[str, Answer]
    ) -> None:
        units = dict.fromkeys(UNITS, UnitPart.ACCEPTED)
        request = EntryRequest(
            replace(case.grant, units=units), case.proof, answers=answers
        )
        alone = [
            decide(
                replace(request, grant=replace(case.grant, units={unit: part})),
                case.facts,
                NOON,
            ).reason
            for unit, part in units.items()
        ]
        together = decide(request, case.facts, NOON).reason

        assert together is max(alone, key=EVER_MORE_WILLING.index)

    @given(facts, st.lists(couriers, max_size=3), st.sampled_from(UNITS), instants)
    @settings(deadline=None, max_examples=examples(400))
    def test_residents_read_that_couriers_can_enter_exactly_when_one_can(
        self, known: Facts, listed: list[Courier], unit: str, now: datetime
    ) -> None:
        read = why_closed(unit, replace(known, courier=NOBODY), listed, now)
        found = [
            explained(replace(known, courier=courier), unit, door_id, now)
            for courier in listed
            for door_id in known.doors
        ]

        can_enter = [
            not any(finding.layer in BLOCKING for finding in each)
            and any(finding.says in {Says.YES, Says.ASK} for finding in each)
            for each in found
        ]
        assert (read is None) == any(can_enter)
        shown = {
            ClosedReason.BUILDING_PAUSED: Layer.BUILDING_PAUSED,
            ClosedReason.UNIT_PAUSED: Layer.UNIT_PAUSED,
            ClosedReason.WITHDRAWN: Layer.WITHDRAWN,
            ClosedReason.NOT_GIVEN: Layer.NOBODY_CONSENTS,
            ClosedReason.OUTSIDE_BUILDING_HOURS: Layer.BUILDING_HOURS,
        }
        for each in found:
            layers = {finding.layer for finding in each}
            assert read not in shown or shown[read] in layers
            if read in (ClosedReason.OUTSIDE_HOURS, ClosedReason.OTHERWISE):
                assert layers.isdisjoint({*shown.values()} - {Layer.BUILDING_HOURS})


class TestAvailability:
    @given(
        likely(),
        st.sampled_from([None, "lobby", "garage", "gone"]),
        st.integers(0, 14 * 24),
    )
    @settings(deadline=None, max_examples=examples(200))
    def test_only_shared_hours_are_returned(
        self, case: Likely, door_id: str | None, hours: int
    ) -> None:
        known = case.facts
        end = NOON + timedelta(hours=hours)
        told = availability(UNITS, known, NOON, end, door_id=door_id)

        usable = {*known.doors} & known.courier.door_ids
        may_come = bool(usable) if door_id is None else door_id in usable
        for unit in UNITS:
            residents = known.rules.get(unit, ())
            sharing = [
                one
                for one in residents
                if one.consent is Consent.GIVEN and one.share_hours
            ]
            layers = {
                finding.layer for finding in explained(known, unit, "lobby", NOON)
            }
            barred = layers & {Layer.WITHDRAWN, Layer.DENIED, Layer.NOBODY_CONSENTS}
            assert (unit in told) == (may_come and bool(sharing) and not barred)
            windows = told.get(unit, ())
            for window in windows:
                assert NOON <= window.start < window.end <= end
                for instant in (window.start, window.end - timedelta.resolution):
                    assert known.building_hours.is_open(instant, known.zone)
                    assert any(
                        one.hours.is_open(instant, known.zone) for one in sharing
                    )
                    assert not any(
                        pause.covers(unit, instant) for pause in known.pauses
                    )
            for window, following in pairwise(windows):
                assert window.end < following.start

    @given(likely(), st.integers(0, 48))
    @settings(deadline=None, max_examples=examples(200))
    def test_returned_hours_are_not_outside_the_residents_hours(
        self, case: Likely, hours: int
    ) -> None:
        end = NOON + timedelta(hours=hours)
        told = availability(UNITS, case.facts, NOON, end)
        for unit, windows in told.items():
            alone = replace(case.grant, units={unit: UnitPart.ACCEPTED}, ends_at=end)
            for now in [NOON + timedelta(minutes=31 * n) for n in range(hours)]:
                reason = decide(
                    EntryRequest(alone, Proof.SIGNED), case.facts, now
                ).reason
                inside = any(window.start <= now < window.end for window in windows)
                if inside and "lobby" in case.facts.courier.door_ids:
                    assert reason in (Reason.OK, Reason.NO_ANSWER, Reason.NOT_ACCEPTING)
