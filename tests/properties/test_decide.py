"""What every decision at the door keeps to, whatever has been said (promises 1, 3, 4 and 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from hypothesis import assume, given, settings, strategies as st

from custom_components.courier_access.access.hours import (
    ALWAYS_OPEN,
    Hours,
    HoursException,
    WeekSchedule,
)
from custom_components.courier_access.access.model import (
    Answer,
    Attitude,
    Consent,
    Decision,
    EntityState,
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
    decide,
    decide_grant,
)
from tests.properties.buildings import (
    NOON,
    SLOW,
    SWIFT,
    UNITS,
    Likely,
    accepted,
    exceptions,
    facts,
    instants,
    likely,
    linked,
    pauses,
    requests,
    rules,
    schedules,
)
from tests.support.quick import examples

STRENGTH = {
    Proof.SIGNED: 5,
    Proof.PASS: 4,
    Proof.ADDRESS_CODE: 3,
    Proof.PARCEL_NUMBER: 2,
    Proof.RING: 1,
}


def says_to(one: Rules, courier_id: str, proof: Proof) -> Attitude:
    """Return a resident's rule for a courier, and a question where the proof is too weak."""
    attitude = one.couriers.get(courier_id, one.default)
    weakest = one.proofs.get(courier_id, one.default_proof)
    if attitude is Attitude.ALLOW and STRENGTH[proof] < STRENGTH[weakest]:
        return Attitude.ASK
    return attitude


def speaks_for_its_unit(
    one: Rules, known: Facts, now: datetime, attitude: Attitude, proof: Proof
) -> bool:
    return (
        one.consent is Consent.GIVEN
        and says_to(one, known.courier.id, proof) is attitude
        and one.hours.is_open(now, known.zone)
        and all(known.entities.get(each) is EntityState.ON for each in one.only_while)
        and all(known.entities.get(each) is EntityState.OFF for each in one.never_while)
    )


def unit_says(unit: str, known: Facts, now: datetime, proof: Proof) -> Attitude:
    """Return a unit's answer, written independently of the code (docs/how-to/residents.md#decisions)."""
    residents = known.rules.get(unit, ())
    if any(one.consent is Consent.WITHDRAWN for one in residents) or any(
        one.attitude(known.courier.id) is Attitude.DENY for one in residents
    ):
        return Attitude.DENY
    for attitude in (Attitude.ALLOW, Attitude.ASK):
        if any(
            speaks_for_its_unit(one, known, now, attitude, proof) for one in residents
        ):
            return attitude
    return Attitude.DENY


def paused(unit: str, known: Facts, now: datetime) -> bool:
    return any(
        pause.unit in (None, unit) and now < pause.until for pause in known.pauses
    )


def wanted(request: EntryRequest, known: Facts, now: datetime) -> tuple[str, ...]:
    """Return the units that let the courier in: none where anything at all speaks against it."""
    grant = request.grant
    if (
        grant is None
        or request.stale
        or not known.courier.enabled
        or grant.state is not GrantState.OPEN
        or not grant.starts_at <= now < grant.ends_at
        or grant.uses >= grant.max_entries
        or grant.door_id not in known.doors
        or grant.door_id not in known.courier.door_ids
        or (request.door_id is not None and request.door_id != grant.door_id)
        or not known.building_hours.is_open(now, known.zone)
    ):
        return ()
    taking_part = [
        unit
        for unit, part in grant.units.items()
        if part is UnitPart.ACCEPTED and not paused(unit, known, now)
    ]
    says = {unit: unit_says(unit, known, now, request.proof) for unit in taking_part}
    allowing = tuple(unit for unit in taking_part if says[unit] is Attitude.ALLOW)
    return allowing or tuple(
        unit
        for unit in taking_part
        if says[unit] is Attitude.ASK and request.answers.get(unit) is Answer.APPROVED
    )


class TestEntering:
    @given(likely())
    @settings(deadline=None)
    def test_a_ring_lets_nobody_in_without_an_answer(self, case: Likely) -> None:
        request = EntryRequest(case.grant, Proof.RING)

        assert decide(request, case.facts, NOON).decision is Decision.REFUSED

    @given(likely(), st.dictionaries(st.sampled_from(UNITS), st.sampled_from(Answer)))
    @settings(deadline=None)
    def test_a_stronger_proof_is_never_refused_what_a_weaker_one_is_granted(
        self, case: Likely, answers: Mapping[str, Answer]
    ) -> None:
        admitted = [
            decide(EntryRequest(case.grant, proof, answers=answers), case.facts, NOON)
            for proof in sorted(Proof, key=STRENGTH.__getitem__)
        ]

        decisions = [verdict.decision is Decision.ADMITTED for verdict in admitted]
        assert decisions == sorted(decisions)

    @given(requests, facts, instants)
    @settings(deadline=None, max_examples=examples(300))
    def test_a_courier_gets_in_when_everything_allows_it_and_never_else(
        self, request: EntryRequest, known: Facts, now: datetime
    ) -> None:
        verdict = decide(request, known, now)

        units = wanted(request, known, now)
        assert verdict.units == units
        assert (verdict.decision is Decision.ADMITTED) == bool(units)

    @given(likely(), st.dictionaries(st.sampled_from(UNITS), st.sampled_from(Answer)))
    @settings(deadline=None, max_examples=examples(300))
    def test_the_residents_have_the_last_word(
        self, case: Likely, answers: Mapping[str, Answer]
    ) -> None:
        request = EntryRequest(case.grant, case.proof, answers=answers)

        assert decide(request, case.facts, NOON).units == wanted(
            request, case.facts, NOON
        )

    @given(requests, facts, instants)
    @settings(deadline=None)
    def test_every_decision_is_whole(
        self, request: EntryRequest, known: Facts, now: datetime
    ) -> None:
        verdict = decide(request, known, now)

        assert (verdict.decision is Decision.ADMITTED) == (verdict.reason is Reason.OK)
        assert verdict.decision in (Decision.ADMITTED, Decision.REFUSED)
        assert bool(verdict.asks) == (verdict.reason is Reason.NO_ANSWER)
        assert not {*verdict.units, *verdict.asks} - set(
            () if request.grant is None else request.grant.accepted_units
        )

    @given(likely())
    @settings(deadline=None)
    def test_who_is_asked_and_says_yes_lets_the_courier_in(self, case: Likely) -> None:
        asked = decide(EntryRequest(case.grant, case.proof), case.facts, NOON)

        for unit in asked.asks:
            request = EntryRequest(
                case.grant, case.proof, answers={unit: Answer.APPROVED}
            )
            assert decide(request, case.facts, NOON).units == (unit,)


_RESTRICTED = {
    Attitude.ALLOW: list(Attitude),
    Attitude.ASK: [Attitude.ASK, Attitude.DENY],
    Attitude.DENY: [Attitude.DENY],
}
_RESTRICTED_CONSENTS: dict[Consent, list[Consent]] = {
    Consent.GIVEN: list(Consent),
    Consent.NOT_GIVEN: [each for each in Consent if each is not Consent.GIVEN],
    Consent.OPTED_OUT: [each for each in Consent if each is not Consent.GIVEN],
    Consent.WITHDRAWN: [Consent.WITHDRAWN],
}


@st.composite
def restricted(draw: st.DrawFn, earlier: Rules) -> Rules:
    """Restrict rules as a resident's automation might."""
    kept = tuple(
        tuple(
            (draw(st.sampled_from([start, (start + end) // 2])), end)
            for start, end in day
            if draw(st.booleans())
        )
        for day in earlier.schedule.days
    )
    closed = tuple(
        HoursException(each.first, each.last) if draw(st.booleans()) else each
        for each in earlier.exceptions
    )
    return Rules(
        consent=draw(st.sampled_from(_RESTRICTED_CONSENTS[earlier.consent])),
        exceptions=draw(st.sampled_from([earlier.exceptions, closed])),
        only_while=(*draw(linked), *earlier.only_while),
        never_while=(*earlier.never_while, *draw(linked)),
        schedule=draw(st.sampled_from([earlier.schedule, WeekSchedule(kept)])),
        share_hours=earlier.share_hours and draw(st.booleans()),
        default=draw(st.sampled_from(_RESTRICTED[earlier.default])),
        couriers={
            courier: draw(st.sampled_from(_RESTRICTED[earlier.attitude(courier)]))
            for courier in (SWIFT, SLOW)
        },
        default_proof=draw(st.sampled_from(_stronger(earlier.default_proof))),
        proofs={
            courier: draw(
                st.sampled_from(
                    _stronger(earlier.proofs.get(courier, earlier.default_proof))
                )
            )
            for courier in {SWIFT, SLOW, *earlier.proofs}
        },
    )


def _stronger(weakest: Proof) -> list[Proof]:
    """Return what may be asked for in place of this weakest proof."""
    return [proof for proof in Proof if STRENGTH[proof] >= STRENGTH[weakest]]


@st.composite
def changes(draw: st.DrawFn) -> tuple[Rules, Rules]:
    """Draw rules and what they are changed to: restricted on purpose, or in any way that counts as it."""
    earlier = draw(rules)
    later = draw(st.one_of(restricted(earlier), rules))
    return earlier, later


class TestRestricting:
    @given(st.data())
    @settings(deadline=None)
    def test_what_restricts_is_known_to_restrict(self, data: st.DataObject) -> None:
        earlier = data.draw(rules)

        assert data.draw(restricted(earlier)).restricts(earlier)

    @given(rules, rules, rules)
    @settings(deadline=None)
    def test_restricting_twice_restricts(
        self, first: Rules, second: Rules, third: Rules
    ) -> None:
        assert first.restricts(first)
        if second.restricts(first) and third.restricts(second):
            assert third.restricts(first)

    @given(
        likely(),
        changes(),
        st.dictionaries(st.sampled_from(UNITS), st.sampled_from(Answer)),
    )
    @settings(deadline=None, max_examples=examples(300))
    def test_what_restricts_admits_nobody_who_was_refused(
        self, case: Likely, change: tuple[Rules, Rules], answers: Mapping[str, Answer]
    ) -> None:
        earlier, later = change
        assume(later.restricts(earlier))
        before, after = (with_rules(case.facts, one) for one in (earlier, later))
        request = EntryRequest(case.grant, case.proof, answers=answers)

        if decide(request, after, NOON).decision is Decision.ADMITTED:
            assert decide(request, before, NOON).decision is Decision.ADMITTED
        accepted_before = accepted(decide_grant(case.grant, None, before, NOON))
        accepted_after = accepted(decide_grant(case.grant, None, after, NOON))
        assert accepted_after <= accepted_before

    @given(likely(), st.builds(Hours, schedules, exceptions))
    @settings(deadline=None)
    def test_building_hours_admit_nobody_who_was_refused(
        self, case: Likely, own: Hours
    ) -> None:
        before = replace(case.facts, building_hours=ALWAYS_OPEN)
        after = replace(case.facts, building_hours=own)
        request = EntryRequest(case.grant, case.proof)

        if decide(request, after, NOON).decision is Decision.ADMITTED:
            assert own.is_open(NOON, after.zone)
            assert decide(request, before, NOON).decision is Decision.ADMITTED
        accepted_before = accepted(decide_grant(case.grant, None, before, NOON))
        assert accepted(decide_grant(case.grant, None, after, NOON)) <= accepted_before

    @given(likely(), st.dictionaries(st.sampled_from(UNITS), st.sampled_from(Answer)))
    @settings(deadline=None, max_examples=examples(200))
    def test_an_entity_that_says_no_to_all_who_are_willing_keeps_the_door_shut(
        self, case: Likely, answers: Mapping[str, Answer]
    ) -> None:
        """One that is missing or unknown does too (promise 8)."""
        request = EntryRequest(case.grant, case.proof, answers=answers)
        for only, never, entities in (
            (("x",), (), {"x": EntityState.OFF}),
            (("x",), (), {"x": EntityState.UNKNOWN}),
            (("x",), (), {}),
            ((), ("x",), {"x": EntityState.ON}),
            ((), ("x",), {"x": EntityState.UNKNOWN}),
            ((), ("x",), {}),
        ):
            linked_rules = {
                unit: [
                    replace(one, only_while=only, never_while=never)
                    for one in residents
                ]
                for unit, residents in case.facts.rules.items()
            }
            known = replace(case.facts, rules=linked_rules, entities=entities)
            assert decide(request, known, NOON).decision is Decision.REFUSED

    @given(likely(), st.lists(pauses, max_size=2))
    @settings(deadline=None)
    def test_a_pause_admits_nobody_who_was_refused(
        self, case: Likely, more: Sequence[Pause]
    ) -> None:
        after = replace(case.facts, pauses=[*case.facts.pauses, *more])
        request = EntryRequest(case.grant, case.proof)

        if decide(request, after, NOON).decision is Decision.ADMITTED:
            assert decide(request, case.facts, NOON).decision is Decision.ADMITTED


def with_rules(known: Facts, one: Rules) -> Facts:
    """Put a resident with these rules into 3b, with those who live there."""
    return replace(
        known, rules={**known.rules, "3b": [*known.rules.get("3b", ()), one]}
    )
