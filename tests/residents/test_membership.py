"""Test that new residents stay pending until somebody confirms them."""

from collections.abc import Mapping
from copy import replace
from datetime import UTC, datetime

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.model import Resident
from custom_components.courier_access.ledger.state.residents import (
    NOT_KNOWN,
    LoginState,
    Residence,
)
from custom_components.courier_access.residents.membership import Move, compare

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ADA = Resident("ada", "Ada", "3b", "3B", "person-ada", "user-ada")
BOB = Resident("bob", "Bob", "3b", "3B", "person-bob", "user-bob")
MIA = Resident("mia", "Mia", "3b", "3B", "person-mia", "user-mia")
OLD = Resident("old", "Old", "3b", "3B")


def stored(*residents: Resident) -> dict[str, Residence]:
    """Return the residences as stored, in the order in which the residents came."""
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


def confirmed(moves: Mapping[str, Move]) -> set[str]:
    return {
        resident_id for resident_id, move in moves.items() if move.resident.is_confirmed
    }


def pending(resident: Resident) -> Resident:
    return replace(resident, is_confirmed=False)


AWAY = replace(ADA, unit="9z")
CLEO = replace(BOB, id="cleo", unit="4a", user_id="user-cleo")
NO_LOGIN = replace(ADA, user_id=None)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        pytest.param([ADA], [], {"ada"}, id="empty unit"),
        pytest.param([ADA, BOB, OLD], [ADA], {"ada"}, id="beside a login"),
        pytest.param([OLD, ADA], [OLD], {"old", "ada"}, id="beside no login"),
        pytest.param([ADA, CLEO], [ADA], {"ada", "cleo"}, id="login elsewhere"),
        pytest.param([OLD, ADA, BOB], [], {"old", "ada"}, id="first login of several"),
        pytest.param([BOB, ADA, OLD], [], {"bob"}, id="first login comes first"),
        pytest.param([ADA, BOB], [ADA, BOB], {"ada", "bob"}, id="confirmed before"),
        pytest.param(
            [ADA, replace(CLEO, unit="3b")], [ADA, CLEO], {"ada"}, id="moves in"
        ),
        pytest.param([NO_LOGIN, MIA], [ADA, pending(MIA)], {"ada"}, id="login is lost"),
        pytest.param(
            [NO_LOGIN, OLD],
            [ADA, pending(OLD)],
            {"ada"},
            id="login is lost, none beside it",
        ),
        pytest.param(
            [MIA, OLD], [ADA, pending(MIA), pending(OLD)], set(), id="others leave"
        ),
        pytest.param(
            [AWAY, MIA, OLD],
            [ADA, pending(MIA), pending(OLD)],
            {"ada"},
            id="others move away",
        ),
        pytest.param(
            [ADA, MIA, OLD],
            [AWAY, pending(MIA), pending(OLD)],
            {"ada"},
            id="others come back",
        ),
        pytest.param([MIA, BOB], [pending(MIA)], {"bob"}, id="beside pending ones"),
    ],
)
def test_confirmed_at_a_start(
    now: list[Resident], before: list[Resident], expected: set[str]
) -> None:
    assert confirmed(compare(now, stored(*before), ())) == expected


def test_arrivals_are_distinguished() -> None:
    assert compare([ADA], {}, ()) == {"ada": Move(ADA, None, is_same=False)}
    moves = compare([ADA, BOB, OLD], stored(ADA), ())
    assert [move.is_same for move in moves.values()] == [True, False, False]
    before = stored(AWAY)
    assert compare([ADA], before, ()) == {
        "ada": Move(ADA, before["ada"], is_same=False)
    }


@pytest.mark.parametrize(
    "now",
    [
        replace(BOB, unit="3b", person="person-other"),
        replace(BOB, user_id="user-other"),
        replace(BOB, person=None, user_id=None),
    ],
)
def test_replaced_resident_is_pending(now: Resident) -> None:
    moves = compare([ADA, now], stored(ADA, BOB), ())

    assert confirmed(moves) == {"ada"}
    assert not moves["bob"].is_same


def test_first_account_changes_the_resident() -> None:
    paper = replace(OLD, person="person-old")

    moves = compare([ADA, replace(paper, user_id="user-old")], stored(ADA, paper), ())

    assert not moves["old"].is_same
    assert confirmed(moves) == {"ada"}


def test_resident_keeps_account_that_the_person_lost() -> None:
    lost = replace(BOB, user_id=None)

    moves = compare([ADA, lost], stored(ADA, BOB), ())
    before = stored(ADA, BOB)["bob"]
    assert moves["bob"] == Move(BOB, before, is_same=True)

    moved = compare([ADA, replace(lost, unit="4a")], stored(ADA, BOB), ())
    assert moved["bob"] == Move(replace(BOB, unit="4a"), before, is_same=False)

    back = compare([ADA, replace(BOB, user_id="user-other")], stored(ADA, BOB), ())
    assert not back["bob"].is_same


def test_resident_with_unknown_account_is_unchanged() -> None:
    silent = replace(ADA, user_id=None)

    before = stored(ADA)

    moves = compare([silent, MIA], before, {"ada"})

    assert moves["ada"] == Move(ADA, before["ada"], is_same=True)
    assert confirmed(moves) == {"ada"}, "Ada's login is only unknown now"


def test_resident_stays_the_same_once_the_account_is_known() -> None:
    silent = replace(ADA, user_id=None)
    first = compare([silent], {}, {"ada"})
    nobody = replace(ADA, user_id=NOT_KNOWN)
    assert first["ada"] == Move(nobody, None, is_same=False)

    unknown = {"ada": replace(stored(ADA)["ada"], user_id=NOT_KNOWN)}
    for user_id in ("user-ada", None):
        known = replace(ADA, user_id=user_id)
        same = Move(known, unknown["ada"], is_same=True)
        assert compare([known], unknown, ())["ada"] == same
    same = Move(nobody, unknown["ada"], is_same=True)
    assert compare([silent], unknown, {"ada"})["ada"] == same


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
def test_nobody_is_confirmed_beside_a_confirmed_account_by_a_start(
    before: list[Resident], now: list[Resident], unsure: set[str]
) -> None:
    earlier = stored(*before)
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
            assert move.is_same


@given(before=people, now=people, unsure=unsure_ones)
def test_only_new_residents_are_confirmed_by_a_start_and_a_second_changes_nothing(
    before: list[Resident], now: list[Resident], unsure: set[str]
) -> None:
    moves = compare(now, stored(*before), unsure)

    was = {resident.id for resident in before if resident.is_confirmed}
    for resident_id, move in moves.items():
        if move.is_same:
            assert move.resident.is_confirmed == (resident_id in was)
    arrived = {move.resident.unit for move in moves.values() if not move.is_same}
    assert arrived <= {
        move.resident.unit for move in moves.values() if move.resident.is_confirmed
    }
    after = stored(*(move.resident for move in moves.values()))
    again = compare(now, after, unsure)
    assert confirmed(again) == confirmed(moves)
    assert all(move.is_same for move in again.values())
