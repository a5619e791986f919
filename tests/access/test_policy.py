"""Test entry decisions: each reason, in the order of the checks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from custom_components.courier_access.access.hours import (
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
    decide,
)
from custom_components.courier_access.access.schedule import ALWAYS
from tests.access.parts import (
    ACCEPTED,
    ASKS,
    COURIER,
    EVENINGS,
    GRANT,
    HOUR,
    INSTANT,
    NEVER,
    NOON,
    NOT_ACCEPTING,
    SHARES,
    SHUT,
    VETOED,
    WITHDRAWN,
    YES,
    facts,
    units,
)


def entry(
    grant: Grant | None = GRANT,
    known: Facts | None = None,
    proof: Proof = Proof.SIGNED,
    **request: object,
) -> Verdict:
    asked = EntryRequest(grant, proof, **request)  # type: ignore[arg-type]
    return decide(asked, facts(YES) if known is None else known, NOON)


class TestEntering:
    def test_courier_with_a_grant_of_a_willing_unit_is_admitted(self) -> None:
        assert entry() == Verdict(Decision.ADMITTED, Reason.OK, units=("3b",))
        assert entry(door_id="lobby").decision is Decision.ADMITTED

    @pytest.mark.parametrize(
        ("verdict", "reason"),
        [
            (
                entry(known=facts(YES, courier=replace(COURIER, enabled=False))),
                "courier_disabled",
            ),
            (entry(stale=True), "stale_request"),
            (entry(None), "unknown_grant"),
            (entry(replace(GRANT, state=GrantState.REVOKED)), "revoked"),
            (entry(door_id="garage"), "door_not_allowed"),
            (entry(door_id=""), "door_not_allowed"),
            (entry(replace(GRANT, door_id="garage")), "door_not_allowed"),
            (entry(replace(GRANT, door_id="gone")), "door_not_allowed"),
            (entry(replace(GRANT, door_id="")), "door_not_allowed"),
            (entry(replace(GRANT, starts_at=NOON + INSTANT)), "not_yet_valid"),
            (entry(replace(GRANT, ends_at=NOON)), "expired"),
            (entry(replace(GRANT, uses=2)), "entries_exhausted"),
            (entry(replace(GRANT, uses=3)), "entries_exhausted"),
            (entry(replace(GRANT, units=units(u3b=VETOED, u4a=WITHDRAWN))), "vetoed"),
            (entry(replace(GRANT, units=units(u3b=WITHDRAWN))), "not_accepting"),
            (entry(replace(GRANT, units=units(u3b=NOT_ACCEPTING))), "not_accepting"),
            (entry(replace(GRANT, units={})), "not_accepting"),
            (entry(known=facts(YES, pauses=[Pause(1, NOON + INSTANT)])), "paused"),
            (entry(known=facts(YES, pauses=[Pause(1, NOON + HOUR, "3b")])), "paused"),
            (
                entry(known=facts(Rules(), pauses=[Pause(1, NOON + HOUR, "3b")])),
                "paused",
            ),
            (
                entry(known=facts(YES, building_hours=EVENINGS)),
                "outside_building_hours",
            ),
            (entry(known=facts(SHARES)), "outside_schedule"),
            (entry(known=facts(SHUT, SHARES)), "outside_schedule"),
            (entry(known=facts()), "not_accepting"),
            (entry(known=facts(Rules())), "not_accepting"),
            (entry(known=facts(SHUT)), "not_accepting"),
            (
                entry(known=facts(SHUT, replace(SHARES, consent=Consent.NOT_GIVEN))),
                "not_accepting",
            ),
            (
                entry(known=facts(replace(YES, consent=Consent.WITHDRAWN))),
                "not_accepting",
            ),
            (entry(known=facts(replace(YES, default=Attitude.DENY))), "not_accepting"),
            (entry(known=facts(ASKS)), "no_answer"),
            (entry(known=facts(ASKS), answers={"3b": Answer.DECLINED}), "declined"),
        ],
    )
    def test_refused_courier_gets_the_reason(
        self, verdict: Verdict, reason: str
    ) -> None:
        asked = ("3b",) if reason == "no_answer" else ()
        assert verdict == Verdict(Decision.REFUSED, Reason(reason), asks=asked)

    def test_first_of_several_reasons_is_given(self) -> None:
        """Each of these forbids the entry; remove them one after another."""
        grant: Grant | None = None
        courier = replace(COURIER, enabled=False, door_ids=frozenset())
        known = facts(
            SHUT,
            courier=courier,
            pauses=[Pause(1, NOON + HOUR)],
            building_hours=EVENINGS,
        )
        told = [entry(grant, known, stale=True).reason]
        known = replace(known, courier=replace(courier, enabled=True))
        told.append(entry(grant, known, stale=True).reason)
        told.append(entry(grant, known).reason)
        grant = replace(
            GRANT,
            state=GrantState.REVOKED,
            starts_at=NOON + HOUR,
            uses=2,
            units=units(u3b=VETOED),
        )
        told.append(entry(grant, known).reason)
        grant = replace(grant, state=GrantState.OPEN)
        told.append(entry(grant, known).reason)
        known = replace(known, courier=COURIER)
        told.append(entry(grant, known).reason)
        told.append(
            entry(replace(grant, starts_at=NOON - HOUR, ends_at=NOON), known).reason
        )
        grant = replace(grant, starts_at=NOON)
        told.append(entry(grant, known).reason)
        grant = replace(grant, uses=1)
        told.append(entry(grant, known).reason)
        known = replace(known, pauses=[Pause(1, NOON + HOUR, "3b")])
        told.append(entry(grant, known).reason)
        grant = replace(grant, units=units(u3b=ACCEPTED))
        told.append(entry(grant, known).reason)
        known = replace(known, pauses=())
        told.append(entry(grant, known).reason)
        known = replace(known, building_hours=ALWAYS_OPEN)
        told.append(entry(grant, known).reason)

        assert told == [
            Reason.COURIER_DISABLED,
            Reason.STALE_REQUEST,
            Reason.UNKNOWN_GRANT,
            Reason.REVOKED,
            Reason.DOOR_NOT_ALLOWED,
            Reason.NOT_YET_VALID,
            Reason.EXPIRED,
            Reason.ENTRIES_EXHAUSTED,
            Reason.PAUSED,
            Reason.VETOED,
            Reason.PAUSED,
            Reason.OUTSIDE_BUILDING_HOURS,
            Reason.NOT_ACCEPTING,
        ]

    def test_one_willing_unit_admits_and_only_it_is_named(self) -> None:
        grant = replace(GRANT, units=units(u3b=ACCEPTED, u4a=ACCEPTED, u5c=ACCEPTED))

        assert entry(grant, facts(SHUT, others=[YES])).units == ("4a",)
        assert entry(grant, facts(YES, others=[YES])).units == ("3b", "4a")

    @pytest.mark.parametrize("part", [ACCEPTED, NOT_ACCEPTING, VETOED, WITHDRAWN])
    def test_units_look_alike_during_a_building_pause(self, part: UnitPart) -> None:
        for residents in ([YES], [ASKS], [SHARES], [Rules()], []):
            known = facts(
                *residents, pauses=[Pause(1, NOON + INSTANT)], building_hours=EVENINGS
            )
            verdict = entry(replace(GRANT, units=units(u3b=part)), known)
            assert verdict == Verdict(Decision.REFUSED, Reason.PAUSED)

    def test_pause_of_one_unit_does_not_affect_others(self) -> None:
        grant = replace(GRANT, units=units(u3b=ACCEPTED, u4a=ACCEPTED))
        known = facts(YES, others=[YES], pauses=[Pause(1, NOON + HOUR, "3b")])

        assert entry(grant, known).units == ("4a",)

    def test_ended_pause_has_no_effect(self) -> None:
        assert (
            entry(known=facts(YES, pauses=[Pause(1, NOON)])).decision
            is Decision.ADMITTED
        )

    def test_no_unit_is_asked_while_another_allows(self) -> None:
        grant = replace(GRANT, units=units(u3b=ACCEPTED, u4a=ACCEPTED))

        verdict = entry(
            grant, facts(ASKS, others=[YES]), answers={"3b": Answer.APPROVED}
        )
        assert verdict == Verdict(Decision.ADMITTED, Reason.OK, units=("4a",))

    def test_only_units_without_an_answer_are_asked(self) -> None:
        grant = replace(GRANT, units=units(u3b=ACCEPTED, u4a=ACCEPTED))
        known = facts(ASKS, others=[ASKS])

        assert entry(grant, known).asks == ("3b", "4a")
        assert entry(grant, known, answers={"3b": Answer.DECLINED}).asks == ("4a",)
        approved = entry(
            grant, known, answers={"3b": Answer.DECLINED, "4a": Answer.APPROVED}
        )
        assert approved == Verdict(Decision.ADMITTED, Reason.OK, units=("4a",))
        both = dict.fromkeys(("3b", "4a"), Answer.DECLINED)
        assert entry(grant, known, answers=both).reason is Reason.DECLINED

    def test_approval_by_a_unit_that_is_not_asked_opens_nothing(self) -> None:
        verdict = entry(known=facts(SHUT), answers={"3b": Answer.APPROVED})
        assert verdict.reason is Reason.NOT_ACCEPTING

    def test_courier_rule_overrides_the_default(self) -> None:
        denied = replace(YES, couriers={"swift": Attitude.DENY})
        allowed = replace(
            YES, default=Attitude.DENY, couriers={"swift": Attitude.ALLOW}
        )

        assert entry(known=facts(denied)).reason is Reason.NOT_ACCEPTING
        assert entry(known=facts(allowed)).decision is Decision.ADMITTED


class TestOneUnitOfSeveralResidents:
    @pytest.mark.parametrize(
        "residents",
        [
            (YES,),
            (YES, Rules()),
            (Rules(), YES),
            (SHUT, YES),
            (YES, ASKS),
            (replace(YES, schedule=NEVER), YES),
        ],
    )
    def test_one_resident_with_all_conditions_met_is_enough(
        self, residents: Sequence[Rules]
    ) -> None:
        assert entry(known=facts(*residents)).decision is Decision.ADMITTED

    @pytest.mark.parametrize(
        "residents",
        [
            (YES, replace(YES, consent=Consent.WITHDRAWN)),
            (YES, replace(YES, default=Attitude.DENY)),
            (YES, replace(Rules(), couriers={"swift": Attitude.DENY})),
            # One consents and the other is open, but no resident has both.
            (SHUT, replace(YES, consent=Consent.NOT_GIVEN)),
            (Rules(), Rules()),
            (),
        ],
    )
    def test_one_withdrawal_or_denial_refuses(self, residents: Sequence[Rules]) -> None:
        assert entry(known=facts(*residents)).reason is Reason.NOT_ACCEPTING

    def test_unit_is_asked_when_only_asking_residents_are_open(self) -> None:
        assert entry(known=facts(SHUT, ASKS)).asks == ("3b",)


LINKED = replace(YES, only_while=("home",), never_while=("nap",))
HOME = {"home": EntityState.ON, "nap": EntityState.OFF}


class TestLinkedEntities:
    def test_all_linked_entities_must_allow(self) -> None:
        known = replace(facts(LINKED), entities=HOME)

        assert entry(known=known).decision is Decision.ADMITTED
        assert entry(
            known=replace(known, rules={"3b": [replace(ASKS, only_while=("nap",))]})
        ) == (Verdict(Decision.REFUSED, Reason.NOT_ACCEPTING))

    @pytest.mark.parametrize("name", ["home", "nap"])
    @pytest.mark.parametrize("state", [EntityState.UNKNOWN, None])
    def test_unknown_entity_state_keeps_the_door_closed(
        self, name: str, state: EntityState | None
    ) -> None:
        without = {each: on for each, on in HOME.items() if each != name}
        states = without if state is None else {**HOME, name: state}
        for one in (
            LINKED,
            replace(LINKED, share_hours=True),
            replace(LINKED, default=Attitude.ASK),
        ):
            verdict = entry(known=replace(facts(one), entities=states))
            assert verdict == Verdict(Decision.REFUSED, Reason.NOT_ACCEPTING)

    def test_linked_entities_affect_only_their_resident(self) -> None:
        assert entry(known=facts(LINKED, YES)).decision is Decision.ADMITTED
        assert entry(known=facts(LINKED, ASKS)).asks == ("3b",)

    @pytest.mark.parametrize(
        ("residents", "reason"),
        [
            # A resident who shares hours is open; the entity's refusal isn't revealed.
            ((replace(LINKED, share_hours=True), SHARES), Reason.NOT_ACCEPTING),
            ((replace(LINKED, share_hours=True), SHUT), Reason.NOT_ACCEPTING),
            # Shared hours are closed: that is revealed, but not that another resident
            # is open.
            ((LINKED, SHARES), Reason.OUTSIDE_SCHEDULE),
            (
                (replace(LINKED, schedule=EVENINGS, share_hours=True),),
                Reason.OUTSIDE_SCHEDULE,
            ),
            (
                (LINKED, replace(SHARES, consent=Consent.NOT_GIVEN)),
                Reason.NOT_ACCEPTING,
            ),
        ],
    )
    def test_courier_never_learns_of_linked_entities(
        self, residents: Sequence[Rules], reason: Reason
    ) -> None:
        assert entry(known=facts(*residents)) == Verdict(Decision.REFUSED, reason)


TODAY = date(2026, 11, 24)


class TestExceptions:
    def test_closed_exception_keeps_the_door_closed(self) -> None:
        closed = replace(YES, exceptions=(HoursException(TODAY, TODAY),))

        assert entry(known=facts(closed)).reason is Reason.NOT_ACCEPTING
        shares = replace(closed, share_hours=True)
        assert entry(known=facts(shares)).reason is Reason.OUTSIDE_SCHEDULE
        building = Hours(ALWAYS, closed.exceptions)
        assert entry(known=facts(YES, building_hours=building)).reason is (
            Reason.OUTSIDE_BUILDING_HOURS
        )

    def test_open_exception_admits(self) -> None:
        open_today = HoursException(TODAY, TODAY, ((12 * 3600, 14 * 3600),))
        known = facts(replace(YES, schedule=NEVER, exceptions=(open_today,)))

        assert entry(known=known).decision is Decision.ADMITTED
