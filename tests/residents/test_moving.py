"""Test that new residents stay pending until somebody confirms them (docs/explanation/mechanisms.md#rules-and-schedules)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.model import Resident
from custom_components.courier_access.ledger.state.residents import (
    NOT_KNOWN,
    LoginState,
    Residence,
)
from custom_components.courier_access.residents.membership import Arrival, Move, compare

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ADA = Resident("ada", "Ada", "3b", "3B", "person-ada", "user-ada")
BOB = Resident("bob", "Bob", "3b", "3B", "person-bob", "user-bob")
MIA = Resident("mia", "Mia", "3b", "3B", "person-mia", "user-mia")
OLD = Resident("old", "Old", "3b", "3B")


def kept(*residents: Resident) -> dict[str, Residence]:
    """Keep residents as a start leaves them, in the order in which they came."""
    return {
        each.id: Residence(
            each.id,
            each.unit,
            each.person,
            each.user_id,
            LoginState.LINKED,
            each.is_confirmed,
            NOON,
            number,
            {},
        )
        for number, each in enumerate(residents)
    }


def counting(moves: Mapping[str, Move]) -> set[str]:
    return {
        resident_id for resident_id, move in moves.items() if move.resident.is_confirmed
    }


def waiting(resident: Resident) -> Resident:
    return replace(resident, is_confirmed=False)


def test_who_comes_into_an_empty_unit_counts() -> None:
    moves = compare([ADA], {}, ())

    assert moves == {"ada": Move(ADA, Arrival.NEW)}


def test_who_comes_to_a_resident_with_a_login_waits_for_them() -> None:
    moves = compare([ADA, BOB, OLD], kept(ADA), ())

    assert counting(moves) == {"ada"}
    assert [move.arrival for move in moves.values()] == [
        Arrival.SAME,
        Arrival.NEW,
        Arrival.NEW,
    ]


def test_who_comes_to_residents_without_a_login_counts() -> None:
    assert counting(compare([OLD, ADA], kept(OLD), ())) == {"old", "ada"}


def test_a_login_in_another_unit_is_no_matter() -> None:
    cleo = replace(BOB, id="cleo", unit="4a")

    assert counting(compare([ADA, cleo], kept(ADA), ())) == {"ada", "cleo"}


def test_of_several_who_come_at_once_the_first_with_a_login_has_the_say() -> None:
    assert counting(compare([OLD, ADA, BOB], {}, ())) == {"old", "ada"}
    assert counting(compare([BOB, ADA, OLD], {}, ())) == {"bob"}


def test_once_confirmed_nobody_waits_again() -> None:
    assert counting(compare([ADA, BOB], kept(ADA, BOB), ())) == {"ada", "bob"}


@pytest.mark.parametrize(
    "now",
    [
        replace(BOB, unit="3b", person="person-other"),
        replace(BOB, user_id="user-other"),
        replace(BOB, person=None, user_id=None),
    ],
)
def test_who_becomes_somebody_else_waits_again(now: Resident) -> None:
    moves = compare([ADA, now], kept(ADA, BOB), ())

    assert counting(moves) == {"ada"}
    assert moves["bob"].arrival is Arrival.CHANGED


def test_who_moves_into_another_unit_is_new_there() -> None:
    cleo = replace(BOB, id="cleo", unit="4a", user_id="user-cleo")
    moves = compare([ADA, replace(cleo, unit="3b")], kept(ADA, cleo), ())

    assert counting(moves) == {"ada"}


def test_a_first_login_is_a_change() -> None:
    paper = replace(OLD, person="person-old")

    moves = compare([ADA, replace(paper, user_id="user-old")], kept(ADA, paper), ())

    assert moves["old"].arrival is Arrival.CHANGED
    assert counting(moves) == {"ada"}


def test_a_login_that_a_person_loses_stays_the_residents() -> None:
    lost = replace(BOB, user_id=None)

    moves = compare([ADA, lost], kept(ADA, BOB), ())
    assert moves["bob"] == Move(BOB, Arrival.SAME)

    moved = compare([ADA, replace(lost, unit="4a")], kept(ADA, BOB), ())
    assert moved["bob"] == Move(replace(BOB, unit="4a"), Arrival.CHANGED)

    back = compare([ADA, replace(BOB, user_id="user-other")], kept(ADA, BOB), ())
    assert back["bob"].arrival is Arrival.CHANGED


def test_a_lost_login_confirms_no_pending_flatmate() -> None:
    lost = replace(ADA, user_id=None)

    assert counting(compare([lost, MIA], kept(ADA, waiting(MIA)), ())) == {"ada"}
    assert counting(compare([lost, OLD], kept(ADA, waiting(OLD)), ())) == {"ada"}


def test_nobodys_absence_confirms_a_pending_resident() -> None:
    before = kept(ADA, waiting(MIA), waiting(OLD))
    away = replace(ADA, unit="9z")

    assert counting(compare([MIA, OLD], before, ())) == set()
    moved = compare([away, MIA, OLD], before, ())
    assert counting(moved) == {"ada"}
    returned = compare([ADA, MIA, OLD], kept(away, waiting(MIA), waiting(OLD)), ())
    assert counting(returned) == {"ada"}
    assert returned["ada"].arrival is Arrival.CHANGED


def test_who_comes_into_a_unit_of_pending_residents_counts() -> None:
    assert counting(compare([MIA, BOB], kept(waiting(MIA)), ())) == {"bob"}


def test_a_person_who_cannot_be_asked_is_who_they_were() -> None:
    silent = replace(ADA, user_id=None)

    moves = compare([silent, MIA], kept(ADA), {"ada"})

    assert moves["ada"] == Move(ADA, Arrival.SAME)
    assert counting(moves) == {"ada"}, "Ada has a login, which is only not known now"


def test_a_person_who_could_never_be_asked_keeps_their_place_when_they_can() -> None:
    silent = replace(ADA, user_id=None)
    first = compare([silent], {}, {"ada"})
    nobody = replace(ADA, user_id=NOT_KNOWN)
    assert first["ada"] == Move(nobody, Arrival.NEW)

    unknown = {"ada": replace(kept(ADA)["ada"], user_id=NOT_KNOWN)}
    for user_id in ("user-ada", None):
        known = replace(ADA, user_id=user_id)
        assert compare([known], unknown, ())["ada"] == Move(known, Arrival.SAME)
    assert compare([silent], unknown, {"ada"})["ada"] == Move(nobody, Arrival.SAME)


logins = st.sampled_from([None, "u1", "u2", "u3"])
people = st.lists(
    st.builds(
        Resident,
        id=st.sampled_from("abcdef"),
        name=st.just("Name"),
        unit=st.sampled_from(["1", "2"]),
        unit_label=st.just("Unit"),
        person=st.sampled_from([None, "p1", "p2"]),
        user_id=logins,
        is_confirmed=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda each: each.id,
)
unsure_ones = st.sets(st.sampled_from("abcdef"))


@given(before=people, now=people, unsure=unsure_ones)
def test_nobody_counts_anew_beside_a_login_that_counted_unless_confirmed(
    before: list[Resident], now: list[Resident], unsure: set[str]
) -> None:
    earlier = kept(*before)
    moves = compare(now, earlier, unsure)

    stood = {
        resident.unit
        for resident in now
        if (was := earlier.get(resident.id)) is not None
        and was.is_confirmed
        and (was.unit, was.person) == (resident.unit, resident.person)
        and was.user_id is not None
        and resident.user_id in (None, was.user_id)
    }
    for resident_id, move in moves.items():
        counted = (was := earlier.get(resident_id)) is not None and was.is_confirmed
        if move.resident.unit in stood and move.resident.is_confirmed:
            assert counted
            assert move.arrival is Arrival.SAME


@given(before=people, now=people, unsure=unsure_ones)
def test_only_arrivals_count_of_themselves_and_a_second_start_changes_nothing(
    before: list[Resident], now: list[Resident], unsure: set[str]
) -> None:
    moves = compare(now, kept(*before), unsure)

    was = {resident.id for resident in before if resident.is_confirmed}
    for resident_id, move in moves.items():
        if move.arrival is Arrival.SAME:
            assert move.resident.is_confirmed == (resident_id in was)
    arrived = {
        move.resident.unit
        for move in moves.values()
        if move.arrival is not Arrival.SAME
    }
    assert arrived <= {
        move.resident.unit for move in moves.values() if move.resident.is_confirmed
    }
    after = kept(*(move.resident for move in moves.values()))
    again = compare(now, after, unsure)
    assert counting(again) == counting(moves)
    assert {move.arrival for move in again.values()} <= {Arrival.SAME}
