"""Test value types: normalized units, restricting rules, and usable grants."""

from dataclasses import replace
from datetime import date
import json
from typing import Any
import unicodedata

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.hours import (
    ALWAYS,
    Hours,
    HoursException,
    WeekSchedule,
)
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    Door,
    EntityState,
    GrantState,
    Loosening,
    Pause,
    Proof,
    Rules,
    door_id_by_key,
    normal_unit,
)
from tests.access.parts import (
    ACCEPTED,
    HOUR,
    INSTANT,
    NOON,
    VETOED,
    WITHDRAWN,
    grant,
    hours,
    units,
    week,
)


class TestUnits:
    @pytest.mark.parametrize(
        ("written", "same_as"),
        [
            ("3b", "3B"),
            (" 3B\t", "3b"),
            # Spaces that only NFKC turns into plain ones.
            ("\u00a03B\u3000", "3b"),
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

    def test_different_units_stay_different(self) -> None:
        for one, other in (("3B", "3 B"), ("3B", "3C"), ("I", "1")):
            assert normal_unit(one) != normal_unit(other)

    @given(st.text(max_size=32))
    def test_normalizing_is_idempotent(self, written: str) -> None:
        compared = normal_unit(written)

        assert normal_unit(compared) == compared
        assert unicodedata.is_normalized("NFKC", compared)
        assert compared == compared.strip()


def test_door_is_found_by_its_key() -> None:
    lobby, garage = Door("1", "lobby", "Lobby"), Door("2", "garage", "Garage")

    assert door_id_by_key({"1": lobby, "2": garage}, "garage") == "2"
    assert not door_id_by_key({"1": lobby}, "1")
    assert not door_id_by_key({}, "lobby")


EVE = date(2026, 12, 24)
SUNDAYS = week("sunday 08:00-12:00")
OPEN = Rules(consent=Consent.GIVEN, schedule=hours("08:00", "12:00"))
ALLOW, ASK, DENY = Attitude.ALLOW, Attitude.ASK, Attitude.DENY


def rules(**changes: Any) -> Rules:
    """Return open rules with these changes; `swift` is a courier's own rule."""
    if (swift := changes.pop("swift", None)) is not None:
        changes["couriers"] = {"swift": swift}
    return replace(OPEN, **changes)


def closed(*windows: tuple[int, int]) -> Rules:
    return rules(exceptions=(HoursException(EVE, EVE, windows),))


class TestRules:
    @given(revision=st.integers(0, 2**53), digest_at=st.none() | st.integers(0, 1439))
    def test_rules_are_read_as_they_are_written(
        self, revision: int, digest_at: int | None
    ) -> None:
        written = rules(
            default=ASK,
            swift=DENY,
            consent=Consent.WITHDRAWN,
            share_hours=True,
            proofs={"slow": Proof.PARCEL_NUMBER},
            revision=revision,
            exceptions=(HoursException(EVE, EVE, ((0, 3600),)),),
            only_while=("sun.sun",),
            never_while=("light.hall", "light.attic"),
            digest_at=digest_at,
        )
        in_json = json.loads(json.dumps(written.to_dict()))
        assert Rules.from_dict(in_json) == written

    def test_later_couriers_change_nothing_for_those_of_today(self) -> None:
        own = rules(couriers={"swift": DENY, "gone": ASK})
        later = own.with_later_couriers(ASK, ["swift", "slow"])
        attitudes = {"swift": DENY, "gone": ASK, "slow": ALLOW}
        assert (later.default, later.couriers) == (ASK, attitudes)
        assert later.restricts(own)
        assert own.loosened(later) == (Loosening.COURIERS,)

    def test_rules_are_the_defaults_where_nothing_is_written(self) -> None:
        assert Rules.from_dict({}) == Rules()
        assert Rules.from_dict(Rules().to_dict()) == Rules()

    @pytest.mark.parametrize(
        "written",
        [
            {"consent": "perhaps"},
            {"schedule": []},
            {"couriers": []},
            {"proofs": {"swift": "ring"}},
            {"only_while": "sun.sun"},
            {"never_while": [1]},
            {"digest_at": 1440},
            {"hours": {}},
        ],
    )
    def test_rules_of_another_form_are_not_read(
        self, written: dict[str, object]
    ) -> None:
        with pytest.raises((AttributeError, LookupError, TypeError, ValueError)):
            Rules.from_dict(written)

    def test_default_rules_open_nothing(self) -> None:
        default = Rules()
        assert default.consent is Consent.NOT_GIVEN
        assert default.schedule.is_empty
        assert not default.share_hours

    def test_courier_without_its_own_rule_gets_the_default(self) -> None:
        asking = rules(default=ASK, swift=DENY)
        assert (asking.attitude("swift"), asking.attitude("slow")) == (DENY, ASK)

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

    def test_ring_can_not_be_set_to_allow(self) -> None:
        for change in (
            {"default_proof": Proof.RING},
            {"proofs": {"swift": Proof.RING}},
        ):
            with pytest.raises(ValueError, match="ring"):
                rules(**change)

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            (OPEN, OPEN),
            (OPEN, rules(revision=7)),
            (OPEN, rules(consent=Consent.WITHDRAWN)),
            (Rules(), Rules(consent=Consent.WITHDRAWN)),
            (OPEN, rules(schedule=SUNDAYS)),
            (OPEN, rules(schedule=WeekSchedule())),
            (rules(share_hours=True), OPEN),
            (OPEN, closed()),
            (closed((0, 9), (20, 30)), closed((0, 5))),
            (OPEN, rules(only_while=("home",), never_while=("nap",))),
            (
                rules(only_while=("a", "b"), never_while=("c",)),
                rules(only_while=("b", "a", "a"), never_while=("d", "c")),
            ),
            (OPEN, rules(default=ASK)),
            (OPEN, rules(default_proof=Proof.SIGNED)),
            (OPEN, rules(proofs={"swift": Proof.SIGNED})),
            (
                rules(default_proof=Proof.PARCEL_NUMBER),
                rules(proofs={"swift": Proof.PARCEL_NUMBER}),
            ),
            (OPEN, rules(consent=Consent.OPTED_OUT)),
            (Rules(), Rules(consent=Consent.OPTED_OUT)),
            (rules(consent=Consent.OPTED_OUT), rules(consent=Consent.WITHDRAWN)),
            (OPEN, rules(default=DENY)),
            (OPEN, rules(swift=ASK)),
            (OPEN, rules(swift=ALLOW)),
            (rules(swift=ASK), rules(swift=DENY)),
            (rules(swift=ASK), rules(default=ASK)),
            (rules(default=DENY, swift=ALLOW), rules(default=DENY)),
        ],
    )
    def test_restricting_change_loosens_nothing(
        self, earlier: Rules, later: Rules
    ) -> None:
        assert later.restricts(earlier)

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            (Rules(), Rules(consent=Consent.GIVEN)),
            (rules(consent=Consent.WITHDRAWN), OPEN),
            # A withdrawal binds the whole unit; no longer asking doesn't.
            (rules(consent=Consent.WITHDRAWN), rules(consent=Consent.NOT_GIVEN)),
            (rules(consent=Consent.WITHDRAWN), rules(consent=Consent.OPTED_OUT)),
            (rules(consent=Consent.OPTED_OUT), OPEN),
            (rules(schedule=SUNDAYS), OPEN),
            (OPEN, rules(schedule=ALWAYS)),
            (OPEN, rules(share_hours=True)),
            (closed(), OPEN),
            (OPEN, closed((0, 86400))),
            (rules(only_while=("home",)), OPEN),
            (rules(never_while=("nap",)), OPEN),
            (rules(only_while=("home",)), rules(never_while=("home",))),
            # Only the resident may change when they are notified.
            (OPEN, rules(digest_at=18 * 60)),
            (rules(digest_at=18 * 60), OPEN),
            (rules(default=ASK), OPEN),
            (rules(swift=ASK), OPEN),
            (rules(default=DENY), rules(default=DENY, swift=ASK)),
            (rules(default=ASK, swift=DENY), rules(default=DENY, swift=ASK)),
            (OPEN, rules(default_proof=Proof.ADDRESS_CODE)),
            (OPEN, rules(proofs={"swift": Proof.PARCEL_NUMBER})),
            (rules(proofs={"swift": Proof.SIGNED}), OPEN),
            # Stricter for one courier, looser for all others.
            (rules(default=ASK), rules(default=ALLOW, swift=DENY)),
        ],
    )
    def test_loosening_change_is_named(self, earlier: Rules, later: Rules) -> None:
        assert not later.restricts(earlier)

    def test_hours_combine_schedule_and_exceptions(self) -> None:
        exceptions = closed().exceptions
        assert closed().hours == Hours(OPEN.schedule, exceptions)
        with pytest.raises(ValueError, match="in order"):
            Rules(exceptions=exceptions * 2)

    def test_linked_entities_are_listed_once(self) -> None:
        linked = rules(
            only_while=("home", "nap"), never_while=("nap", "party", "party")
        )
        assert linked.linked == ("home", "nap", "party")
        # An entity that must be both on and off always forbids.
        states = {"nap": EntityState.ON, "home": EntityState.ON}
        assert linked.forbidding(states) == ("nap", "party")

    def test_digest_minute_must_be_within_a_day(self) -> None:
        for minute in (None, 0, 1439):
            assert Rules(digest_at=minute).digest_at == minute
        for minute in (-1, 24 * 60):
            with pytest.raises(ValueError, match="0 to 1439"):
                Rules(digest_at=minute)


def test_pause_covers_its_unit_or_all_until_its_end() -> None:
    pause, of_unit = Pause(1, NOON), Pause(1, NOON, unit="3b")
    assert pause.covers("3b", NOON - INSTANT)
    assert not pause.covers("3b", NOON)
    assert of_unit.covers("3b", NOON - HOUR)
    assert not of_unit.covers("4a", NOON - HOUR)


class TestGrants:
    def test_accepted_units_are_those_that_accepted(self) -> None:
        parts = {"1": ACCEPTED, "2": VETOED, "3": ACCEPTED}
        assert grant(units=parts).accepted_units == ("1", "3")
        assert grant(units=units(u1=WITHDRAWN)).accepted_units == ()

    def test_entries_left_is_never_negative(self) -> None:
        for uses, left in ((0, 2), (1, 1), (2, 0), (3, 0)):
            assert grant(uses=uses).entries_left == left

    def test_delivery_is_expected_in_the_half_open_window_of_an_open_grant(
        self,
    ) -> None:
        asked = grant(starts_at=NOON)
        assert not asked.is_expected(NOON - INSTANT)
        assert asked.is_expected(NOON)
        assert asked.is_expected(NOON + HOUR - INSTANT)
        assert not asked.is_expected(NOON + HOUR)
        changes: list[dict[str, Any]] = [
            {"state": GrantState.REVOKED},
            {"uses": 2},
            {"units": units(u3b=VETOED)},
            {"units": {}},
        ]
        for change in changes:
            assert not grant(**change).is_expected(NOON), change


def test_courier_is_treated_no_better_than_its_namesakes() -> None:
    rules = Rules(
        default=Attitude.ALLOW,
        couriers={"asked": Attitude.ASK, "denied": Attitude.DENY},
        proofs={"signed": Proof.SIGNED, "parcels": Proof.PARCEL_NUMBER},
    )

    def like(*namesakes: str) -> tuple[Attitude, Proof]:
        new = rules.like_namesakes("new", namesakes)
        return new.attitude("new"), new.weakest("new")

    assert like("unknown") == (Attitude.ALLOW, Proof.PASS)
    assert like("parcels", "signed") == (Attitude.ALLOW, Proof.SIGNED)
    assert like("denied", "asked") == (Attitude.DENY, Proof.PASS)
    assert rules.like_namesakes("new", ["unknown"]) == rules
    strict = Rules(default=Attitude.DENY, couriers={"asked": Attitude.ASK})
    assert strict.like_namesakes("new", ["asked"]) == strict
