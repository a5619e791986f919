"""Test entry decisions: each reason, in the order of the checks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from custom_components.courier_access.access.hours import (
    ALWAYS,
    ALWAYS_OPEN,
    Hours,
    HoursException,
)
from custom_components.courier_access.access.model import (
    Answer,
    Attitude,
    Consent,
    Decision,
    EntityState,
    Grant,
    GrantState,
    Issuer,
    IssuerKind,
    Pause,
    Proof,
    Reason,
    Rules,
)
from custom_components.courier_access.access.policy import (
    EntryRequest,
    Facts,
    Verdict,
    decide,
)
from tests.access.parts import (
    ACCEPTED,
    AFTERNOONS,
    ASKS,
    COURIER,
    DENIES,
    EVENINGS,
    GRANT,
    HOUR,
    INSTANT,
    NEVER,
    NOON,
    NOT_ACCEPTING,
    OPTED_OUT,
    SHARES,
    SHUT,
    VETOED,
    WITHDRAWN,
    WITHDREW,
    YES,
    facts,
    grant,
    units,
)

BOTH = grant(units=units(u3b=ACCEPTED, u4a=ACCEPTED))
PAUSE = Pause(1, NOON + HOUR)
UNIT_PAUSE = replace(PAUSE, unit="3b")
ADMITS = Verdict(Decision.ADMITTED, Reason.OK, units=("3b",))
NOT_NOW = Verdict(Decision.REFUSED, Reason.NOT_ACCEPTING)


def entry(
    asked: Grant | None = GRANT,
    known: Facts | None = None,
    proof: Proof = Proof.SIGNED,
    **request: object,
) -> Verdict:
    entry_request = EntryRequest(asked, proof, **request)  # type: ignore[arg-type]
    return decide(entry_request, facts(YES) if known is None else known, NOON)


def entry_with(*residents: Rules, **more: object) -> Verdict:
    return entry(known=facts(*residents, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("proof", Proof)
def test_number_and_code_for_a_grant_that_strangers_could_cause_always_ask(
    proof: Proof,
) -> None:
    trusting = facts(replace(YES, default_proof=Proof.PARCEL_NUMBER))
    own, mail = (
        grant(issuer=Issuer(IssuerKind.ORDER, "order-1", is_forgeable=is_forgeable))
        for is_forgeable in (False, True)
    )
    asks = Verdict(Decision.REFUSED, Reason.NO_ANSWER, asks=("3b",))
    expected = asks if proof is Proof.RING else ADMITS
    assert entry(own, trusting, proof) == expected
    if proof in (Proof.PARCEL_NUMBER, Proof.ADDRESS_CODE):
        expected = asks
    assert entry(mail, trusting, proof) == expected
    answers = {"3b": Answer.APPROVED}
    assert entry(mail, trusting, proof, answers=answers) == ADMITS


class TestEntering:
    def test_courier_with_a_grant_of_a_willing_unit_is_admitted(self) -> None:
        assert entry() == entry(door_id="lobby") == ADMITS

    @pytest.mark.parametrize(
        ("verdict", "reason"),
        [
            (
                lambda: entry_with(YES, courier=replace(COURIER, enabled=False)),
                "courier_disabled",
            ),
            (lambda: entry(stale=True), "stale_request"),
            (lambda: entry(None), "unknown_grant"),
            (lambda: entry(grant(state=GrantState.REVOKED)), "revoked"),
            (lambda: entry(grant(state=GrantState.CALLED_OFF)), "revoked"),
            (lambda: entry(door_id="garage"), "door_not_allowed"),
            (lambda: entry(door_id=""), "door_not_allowed"),
            (lambda: entry(grant(door_id="garage")), "door_not_allowed"),
            (lambda: entry(grant(door_id="gone")), "door_not_allowed"),
            (lambda: entry(grant(door_id="")), "door_not_allowed"),
            (lambda: entry(grant(starts_at=NOON + INSTANT)), "not_yet_valid"),
            (lambda: entry(grant(ends_at=NOON)), "expired"),
            (lambda: entry(grant(uses=2)), "entries_exhausted"),
            (lambda: entry(grant(uses=3)), "entries_exhausted"),
            (lambda: entry(grant(units=units(u3b=VETOED, u4a=WITHDRAWN))), "vetoed"),
            (lambda: entry(grant(units=units(u3b=WITHDRAWN))), "not_accepting"),
            (lambda: entry(grant(units=units(u3b=NOT_ACCEPTING))), "not_accepting"),
            (lambda: entry(grant(units={})), "not_accepting"),
            (lambda: entry_with(YES, pauses=[Pause(1, NOON + INSTANT)]), "paused"),
            (lambda: entry_with(YES, pauses=[UNIT_PAUSE]), "paused"),
            (lambda: entry_with(Rules(), pauses=[UNIT_PAUSE]), "paused"),
            (
                lambda: entry_with(YES, building_hours=EVENINGS),
                "outside_building_hours",
            ),
            (lambda: entry_with(SHARES), "outside_schedule"),
            (lambda: entry_with(SHUT, SHARES), "outside_schedule"),
            (entry_with, "not_accepting"),
            (lambda: entry_with(Rules()), "not_accepting"),
            (lambda: entry_with(SHUT), "not_accepting"),
            (
                lambda: entry_with(SHUT, replace(SHARES, consent=Consent.NOT_GIVEN)),
                "not_accepting",
            ),
            (lambda: entry_with(WITHDREW), "not_accepting"),
            (lambda: entry_with(DENIES), "not_accepting"),
            (lambda: entry_with(ASKS), "no_answer"),
            (
                lambda: entry(known=facts(ASKS), answers={"3b": Answer.DECLINED}),
                "declined",
            ),
        ],
    )
    def test_refused_courier_gets_the_reason(
        self, verdict: Callable[[], Verdict], reason: str
    ) -> None:
        asked = ("3b",) if reason == "no_answer" else ()
        assert verdict() == Verdict(Decision.REFUSED, Reason(reason), asks=asked)

    def test_grant_begins_at_its_first_instant(self) -> None:
        begins = grant(starts_at=NOON)
        assert entry(begins) == ADMITS
        assert entry(grant(ends_at=NOON + INSTANT)) == ADMITS

    def test_first_of_several_reasons_is_given(self) -> None:
        """Each of these forbids the entry; remove them one after another."""
        disabled = replace(COURIER, enabled=False, door_ids=frozenset())
        known = facts(SHUT, courier=disabled, pauses=[PAUSE], building_hours=EVENINGS)
        assert entry(None, known, stale=True).reason is Reason.COURIER_DISABLED
        known = replace(known, courier=replace(disabled, enabled=True))
        assert entry(None, known, stale=True).reason is Reason.STALE_REQUEST
        assert entry(None, known).reason is Reason.UNKNOWN_GRANT

        asked = grant(
            state=GrantState.REVOKED,
            starts_at=NOON + HOUR,
            ends_at=NOON,
            uses=2,
            units=units(u3b=VETOED),
        )
        removed: Sequence[tuple[Reason, dict[str, Any], dict[str, Any]]] = (
            (Reason.REVOKED, {}, {}),
            (Reason.DOOR_NOT_ALLOWED, {"state": GrantState.OPEN}, {}),
            (Reason.NOT_YET_VALID, {}, {"courier": COURIER}),
            (Reason.EXPIRED, {"starts_at": NOON - HOUR}, {}),
            (Reason.ENTRIES_EXHAUSTED, {"ends_at": NOON + HOUR}, {}),
            (Reason.PAUSED, {"uses": 1}, {}),
            (Reason.VETOED, {}, {"pauses": [UNIT_PAUSE]}),
            (Reason.PAUSED, {"units": units(u3b=ACCEPTED)}, {}),
            (Reason.OUTSIDE_BUILDING_HOURS, {}, {"pauses": ()}),
            (Reason.NOT_ACCEPTING, {}, {"building_hours": ALWAYS_OPEN}),
        )
        for reason, of_grant, of_facts in removed:
            asked, known = replace(asked, **of_grant), replace(known, **of_facts)
            assert entry(asked, known).reason is reason

    def test_one_willing_unit_admits_and_only_it_is_named(self) -> None:
        three = grant(units={**BOTH.units, "5c": ACCEPTED})
        assert entry(three, facts(SHUT, others=[YES])).units == ("4a",)
        assert entry(three, facts(YES, others=[YES])).units == ("3b", "4a")

    def test_units_look_alike_during_a_building_pause(self) -> None:
        pauses = [Pause(1, NOON + INSTANT)]
        for part in (ACCEPTED, NOT_ACCEPTING, VETOED, WITHDRAWN):
            for residents in ([YES], [ASKS], [SHARES], [Rules()], []):
                known = facts(*residents, pauses=pauses, building_hours=EVENINGS)
                verdict = entry(grant(units=units(u3b=part)), known)
                assert verdict == Verdict(Decision.REFUSED, Reason.PAUSED), part

    def test_pause_of_another_unit_or_the_past_has_no_effect(self) -> None:
        known = facts(YES, others=[YES], pauses=[UNIT_PAUSE])
        assert entry(BOTH, known).units == ("4a",)
        assert entry_with(YES, pauses=[Pause(1, NOON)]) == ADMITS

    def test_no_unit_is_asked_while_another_allows(self) -> None:
        known = facts(ASKS, others=[YES])
        verdict = entry(BOTH, known, answers={"3b": Answer.APPROVED})
        assert verdict == replace(ADMITS, units=("4a",))

    def test_only_units_without_an_answer_are_asked(self) -> None:
        known = facts(ASKS, others=[ASKS])
        declined = {"3b": Answer.DECLINED}

        assert entry(BOTH, known).asks == ("3b", "4a")
        assert entry(BOTH, known, answers=declined).asks == ("4a",)
        approved = entry(BOTH, known, answers={**declined, "4a": Answer.APPROVED})
        assert approved == replace(ADMITS, units=("4a",))
        both = {**declined, "4a": Answer.DECLINED}
        assert entry(BOTH, known, answers=both).reason is Reason.DECLINED

    def test_approval_by_a_unit_that_is_not_asked_opens_nothing(self) -> None:
        verdict = entry(known=facts(SHUT), answers={"3b": Answer.APPROVED})
        assert verdict.reason is Reason.NOT_ACCEPTING

    def test_courier_rule_overrides_the_default(self) -> None:
        allows = replace(DENIES, couriers={"swift": Attitude.ALLOW})
        assert entry_with(replace(YES, couriers={"swift": Attitude.DENY})) == NOT_NOW
        assert entry_with(allows) == ADMITS

    @pytest.mark.parametrize(
        ("residents", "is_admitted"),
        [
            ((YES, Rules()), True),
            ((Rules(), YES), True),
            ((SHUT, YES), True),
            ((YES, ASKS), True),
            ((YES, WITHDREW), False),
            ((YES, OPTED_OUT), True),
            ((OPTED_OUT, YES), True),
            ((OPTED_OUT,), False),
            ((OPTED_OUT, Rules()), False),
            ((OPTED_OUT, SHUT), False),
            # An own no lifts neither the denial of a courier nor a withdrawal.
            ((YES, replace(OPTED_OUT, couriers={"swift": Attitude.DENY})), False),
            ((YES, OPTED_OUT, WITHDREW), False),
            ((YES, DENIES), False),
            ((YES, replace(Rules(), couriers={"swift": Attitude.DENY})), False),
            # One consents and the other is open, but no resident has both.
            ((SHUT, replace(YES, consent=Consent.NOT_GIVEN)), False),
            ((Rules(), Rules()), False),
        ],
    )
    def test_one_resident_is_enough_unless_another_denies(
        self, residents: Sequence[Rules], is_admitted: bool
    ) -> None:
        assert entry_with(*residents) == (ADMITS if is_admitted else NOT_NOW)

    def test_unit_is_asked_when_only_asking_residents_are_open(self) -> None:
        assert entry_with(SHUT, ASKS).asks == ("3b",)


LINKED = replace(YES, only_while=("home",), never_while=("nap",))
LINKED_SHARES = replace(LINKED, share_hours=True)
HOME = {"home": EntityState.ON, "nap": EntityState.OFF}


class TestLinkedEntities:
    def test_all_linked_entities_must_allow(self) -> None:
        asks = replace(ASKS, only_while=("nap",))
        assert entry(known=replace(facts(LINKED), entities=HOME)) == ADMITS
        assert entry(known=replace(facts(asks), entities=HOME)) == NOT_NOW

    def test_unknown_entity_state_keeps_the_door_closed(self) -> None:
        for name in HOME:
            missing = {each: on for each, on in HOME.items() if each != name}
            for states in (missing, {**HOME, name: EntityState.UNKNOWN}):
                for one in (
                    LINKED,
                    LINKED_SHARES,
                    replace(LINKED, default=Attitude.ASK),
                ):
                    known = replace(facts(one), entities=states)
                    assert entry(known=known) == NOT_NOW, (name, states)

    def test_linked_entities_affect_only_their_resident(self) -> None:
        assert entry_with(LINKED, YES) == ADMITS
        assert entry_with(LINKED, ASKS).asks == ("3b",)

    @pytest.mark.parametrize(
        ("residents", "reason"),
        [
            # A resident who shares hours is open; the entity's refusal isn't revealed.
            ((LINKED_SHARES, SHARES), Reason.NOT_ACCEPTING),
            ((LINKED_SHARES, SHUT), Reason.NOT_ACCEPTING),
            # Shared hours are closed: that is revealed, but not that another resident
            # is open.
            ((LINKED, SHARES), Reason.OUTSIDE_SCHEDULE),
            ((replace(LINKED_SHARES, schedule=EVENINGS),), Reason.OUTSIDE_SCHEDULE),
            # It is the afternoon in the building's time zone.
            ((replace(LINKED_SHARES, schedule=AFTERNOONS),), Reason.NOT_ACCEPTING),
            (
                (LINKED, replace(SHARES, consent=Consent.NOT_GIVEN)),
                Reason.NOT_ACCEPTING,
            ),
        ],
    )
    def test_courier_never_learns_of_linked_entities(
        self, residents: Sequence[Rules], reason: Reason
    ) -> None:
        assert entry_with(*residents) == Verdict(Decision.REFUSED, reason)


def test_exceptions_replace_the_hours_of_their_date() -> None:
    today = date(2026, 11, 24)
    closed = replace(YES, exceptions=(HoursException(today, today),))
    building = Hours(ALWAYS, closed.exceptions)
    shares = replace(closed, share_hours=True)
    assert entry_with(closed) == NOT_NOW
    assert entry_with(shares).reason is Reason.OUTSIDE_SCHEDULE
    refused = entry_with(YES, building_hours=building)
    assert refused.reason is Reason.OUTSIDE_BUILDING_HOURS

    opened = HoursException(today, today, ((12 * 3600, 14 * 3600),))
    assert entry_with(replace(YES, schedule=NEVER, exceptions=(opened,))) == ADMITS
