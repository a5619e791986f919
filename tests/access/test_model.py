"""Test value types: normalized units, restricting rules, and usable grants."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
import unicodedata

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.hours import Hours, HoursException
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    Door,
    EntityState,
    Grant,
    GrantKey,
    GrantState,
    Pause,
    Proof,
    Rules,
    UnitPart,
    door_by_key,
    normal_unit,
)
from custom_components.courier_access.access.schedule import ALWAYS, WeekSchedule

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)


class TestUnits:
    @pytest.mark.parametrize(
        ("written", "same_as"),
        [
            ("3b", "3B"),
            (" 3B\t", "3b"),
            ("\u00a03B\u3000", "3b"),  # spaces that only NFKC turns into plain ones
            ("\uff13\uff22", "3b"),
            ("Straße", "STRASSE"),
            ("Rez-de-chausse\u0301e", "REZ-DE-CHAUSSÉE"),
            ("½", "1\u20442"),
            # Folding splits these from their accents, and NFKC joins them again.
            ("ß\u0301", "SS\u0301"),
            ("\u0390", "\u03aa\u0301"),
        ],
    )
    def test_equivalent_spellings_are_the_same_unit(
        self, written: str, same_as: str
    ) -> None:
        assert normal_unit(written) == normal_unit(same_as)

    @pytest.mark.parametrize(
        ("one", "other"), [("3B", "3 B"), ("3B", "3C"), ("I", "1")]
    )
    def test_different_units_stay_different(self, one: str, other: str) -> None:
        assert normal_unit(one) != normal_unit(other)

    @given(st.text(max_size=32))
    def test_normalizing_is_idempotent(self, written: str) -> None:
        compared = normal_unit(written)

        assert normal_unit(compared) == compared
        assert unicodedata.is_normalized("NFKC", compared)
        assert compared == compared.strip()


def test_door_is_found_by_its_key() -> None:
    lobby, garage = Door("1", "lobby", "Lobby"), Door("2", "garage", "Garage")

    assert door_by_key({"1": lobby, "2": garage}, "garage") is garage
    assert door_by_key({"1": lobby}, "1") is None
    assert door_by_key({}, "lobby") is None


MORNINGS = WeekSchedule(((((8 * 3600, 12 * 3600)),),) * 7)
SUNDAYS = WeekSchedule((*(((),) * 6), ((8 * 3600, 12 * 3600),)))
EVE = date(2026, 12, 24)
OPEN = Rules(consent=Consent.GIVEN, schedule=MORNINGS)


class TestRules:
    def test_default_rules_open_nothing(self) -> None:
        rules = Rules()

        assert rules.consent is Consent.NOT_GIVEN
        assert rules.schedule.is_empty
        assert not rules.share_hours

    def test_courier_without_its_own_rule_gets_the_default(self) -> None:
        rules = Rules(default=Attitude.ASK, couriers={"swift": Attitude.DENY})

        assert rules.attitude("swift") is Attitude.DENY
        assert rules.attitude("slow") is Attitude.ASK

    def test_proof_that_is_too_weak_is_asked_about(self) -> None:
        rules = replace(
            OPEN,
            couriers={"strict": Attitude.ASK, "never": Attitude.DENY},
            proofs={"swift": Proof.PARCEL_NUMBER, "never": Proof.PARCEL_NUMBER},
        )

        assert [rules.answer("swift", proof) for proof in Proof] == [
            *[Attitude.ALLOW] * 4,
            Attitude.ASK,
        ]
        assert [rules.answer("other", proof) for proof in Proof] == [
            *[Attitude.ALLOW] * 2,
            *[Attitude.ASK] * 3,
        ]
        assert {rules.answer("strict", proof) for proof in Proof} == {Attitude.ASK}
        assert {rules.answer("never", proof) for proof in Proof} == {Attitude.DENY}

    @pytest.mark.parametrize(
        "proofs",
        [{"default_proof": Proof.RING}, {"proofs": {"swift": Proof.RING}}],
        ids=lambda proofs: next(iter(proofs)),
    )
    def test_ring_can_not_be_set_to_allow(self, proofs: Mapping[str, object]) -> None:
        with pytest.raises(ValueError, match="ring"):
            replace(OPEN, **proofs)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            (OPEN, OPEN),
            (OPEN, replace(OPEN, revision=7)),
            (OPEN, replace(OPEN, consent=Consent.WITHDRAWN)),
            (Rules(), replace(Rules(), consent=Consent.WITHDRAWN)),
            (OPEN, replace(OPEN, schedule=SUNDAYS)),
            (OPEN, replace(OPEN, schedule=WeekSchedule())),
            (replace(OPEN, share_hours=True), OPEN),
            (OPEN, replace(OPEN, exceptions=(HoursException(EVE, EVE),))),
            (
                replace(
                    OPEN, exceptions=(HoursException(EVE, EVE, ((0, 9), (20, 30))),)
                ),
                replace(OPEN, exceptions=(HoursException(EVE, EVE, ((0, 5),)),)),
            ),
            (OPEN, replace(OPEN, only_while=("home",), never_while=("nap",))),
            (
                replace(OPEN, only_while=("a", "b"), never_while=("c",)),
                replace(OPEN, only_while=("b", "a", "a"), never_while=("d", "c")),
            ),
            (OPEN, replace(OPEN, default=Attitude.ASK)),
            (OPEN, replace(OPEN, default_proof=Proof.SIGNED)),
            (OPEN, replace(OPEN, proofs={"swift": Proof.SIGNED})),
            (
                replace(OPEN, default_proof=Proof.PARCEL_NUMBER),
                replace(OPEN, proofs={"swift": Proof.PARCEL_NUMBER}),
            ),
            (OPEN, replace(OPEN, default=Attitude.DENY)),
            (OPEN, replace(OPEN, couriers={"swift": Attitude.ASK})),
            (OPEN, replace(OPEN, couriers={"swift": Attitude.ALLOW})),
            (
                replace(OPEN, couriers={"swift": Attitude.ASK}),
                replace(OPEN, couriers={"swift": Attitude.DENY}),
            ),
            (
                replace(OPEN, couriers={"swift": Attitude.ASK}),
                replace(OPEN, default=Attitude.ASK),
            ),
            (
                replace(
                    OPEN, default=Attitude.DENY, couriers={"swift": Attitude.ALLOW}
                ),
                replace(OPEN, default=Attitude.DENY),
            ),
        ],
    )
    def test_restricting_change_loosens_nothing(
        self, earlier: Rules, later: Rules
    ) -> None:
        assert later.restricts(earlier)

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            (Rules(), replace(Rules(), consent=Consent.GIVEN)),
            (replace(OPEN, consent=Consent.WITHDRAWN), OPEN),
            # A withdrawal binds the whole unit; no longer asking doesn't.
            (
                replace(OPEN, consent=Consent.WITHDRAWN),
                replace(OPEN, consent=Consent.NOT_GIVEN),
            ),
            (replace(OPEN, schedule=SUNDAYS), OPEN),
            (OPEN, replace(OPEN, schedule=ALWAYS)),
            (OPEN, replace(OPEN, share_hours=True)),
            (replace(OPEN, exceptions=(HoursException(EVE, EVE),)), OPEN),
            (
                OPEN,
                replace(OPEN, exceptions=(HoursException(EVE, EVE, ((0, 86400),)),)),
            ),
            (replace(OPEN, only_while=("home",)), OPEN),
            (replace(OPEN, never_while=("nap",)), OPEN),
            (replace(OPEN, only_while=("home",)), replace(OPEN, never_while=("home",))),
            # Only the resident may change when they are notified.
            (OPEN, replace(OPEN, digest_at=18 * 60)),
            (replace(OPEN, digest_at=18 * 60), OPEN),
            (replace(OPEN, default=Attitude.ASK), OPEN),
            (replace(OPEN, couriers={"swift": Attitude.ASK}), OPEN),
            (
                replace(OPEN, default=Attitude.DENY),
                replace(OPEN, default=Attitude.DENY, couriers={"swift": Attitude.ASK}),
            ),
            (
                replace(OPEN, default=Attitude.ASK, couriers={"swift": Attitude.DENY}),
                replace(OPEN, default=Attitude.DENY, couriers={"swift": Attitude.ASK}),
            ),
            (OPEN, replace(OPEN, default_proof=Proof.ADDRESS_CODE)),
            (OPEN, replace(OPEN, proofs={"swift": Proof.PARCEL_NUMBER})),
            (replace(OPEN, proofs={"swift": Proof.SIGNED}), OPEN),
            # Stricter for one courier, looser for all others.
            (
                replace(OPEN, default=Attitude.ASK),
                replace(
                    OPEN, default=Attitude.ALLOW, couriers={"swift": Attitude.DENY}
                ),
            ),
        ],
    )
    def test_loosening_change_is_named(self, earlier: Rules, later: Rules) -> None:
        assert not later.restricts(earlier)


class TestRulesAsTheyAreKept:
    def test_hours_combine_schedule_and_exceptions(self) -> None:
        exceptions = (HoursException(EVE, EVE),)
        assert replace(OPEN, exceptions=exceptions).hours == Hours(
            OPEN.schedule, exceptions
        )

    def test_linked_entities_are_listed_once(self) -> None:
        rules = Rules(only_while=("home", "nap"), never_while=("nap", "party", "party"))
        assert rules.linked == ("home", "nap", "party")
        # An entity that must be both on and off always forbids.
        assert rules.forbidding({"nap": EntityState.ON, "home": EntityState.ON}) == (
            "nap",
            "party",
        )

    def test_unordered_exceptions_are_refused(self) -> None:
        with pytest.raises(ValueError, match="in order"):
            Rules(exceptions=(HoursException(EVE, EVE),) * 2)

    @pytest.mark.parametrize("minute", [-1, 24 * 60])
    def test_digest_minute_must_be_within_a_day(self, minute: int) -> None:
        assert {Rules(digest_at=each).digest_at for each in (None, 0, 1439)} == {
            None,
            0,
            1439,
        }
        with pytest.raises(ValueError, match="0 to 1439"):
            Rules(digest_at=minute)


class TestPauses:
    def test_building_pause_covers_every_unit_until_its_end(self) -> None:
        pause = Pause(1, NOON)

        assert pause.covers("3b", NOON - INSTANT)
        assert not pause.covers("3b", NOON)

    def test_unit_pause_covers_no_other_unit(self) -> None:
        pause = Pause(1, NOON, unit="3b")

        assert pause.covers("3b", NOON - HOUR)
        assert not pause.covers("4a", NOON - HOUR)


def grant(**changes: object) -> Grant:
    made = Grant(
        key=GrantKey("swift", "grant-1"),
        revision=1,
        door_id="lobby",
        starts_at=NOON,
        ends_at=NOON + HOUR,
        max_entries=2,
        units={"3b": UnitPart.ACCEPTED, "4a": UnitPart.NOT_ACCEPTING},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


class TestGrants:
    def test_accepted_units_are_those_that_accepted(self) -> None:
        parts = {"1": UnitPart.ACCEPTED, "2": UnitPart.VETOED, "3": UnitPart.ACCEPTED}

        assert grant(units=parts).accepted_units == ("1", "3")
        assert (
            grant(units=dict.fromkeys("123", UnitPart.WITHDRAWN)).accepted_units == ()
        )

    @pytest.mark.parametrize(("uses", "left"), [(0, 2), (1, 1), (2, 0), (3, 0)])
    def test_entries_left_is_never_negative(self, uses: int, left: int) -> None:
        assert grant(uses=uses).entries_left == left

    def test_delivery_is_expected_in_the_half_open_window(self) -> None:
        assert not grant().is_expected(NOON - INSTANT)
        assert grant().is_expected(NOON)
        assert grant().is_expected(NOON + HOUR - INSTANT)
        assert not grant().is_expected(NOON + HOUR)

    @pytest.mark.parametrize(
        "change",
        [
            {"state": GrantState.REVOKED},
            {"uses": 2},
            {"units": {"3b": UnitPart.VETOED}},
            {"units": {}},
        ],
        ids=str,
    )
    def test_no_delivery_is_expected_on_an_ended_grant(
        self, change: dict[str, object]
    ) -> None:
        assert not grant(**change).is_expected(NOON)
