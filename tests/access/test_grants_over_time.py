"""What a grant, its issuer, and a pause say of themselves."""

from datetime import timedelta

import pytest

from custom_components.courier_access.access.model import (
    PAUSE_LASTS,
    Attitude,
    Door,
    GrantState,
    Issuer,
    IssuerKind,
    Pause,
    Proof,
    Rules,
    door_id_by_key,
)
from tests.access.parts import ACCEPTED, HOUR, INSTANT, NOON, NOT_ACCEPTING, grant


def test_new_grant_is_open_and_wholly_unused() -> None:
    new = grant()
    assert (new.entries_left, new.uses, new.returned) == (new.max_entries, 0, 0)
    assert new.state is GrantState.OPEN
    assert new.unit_labels == {}


def test_last_entry_left_can_be_expected() -> None:
    assert grant(uses=1).is_expected(NOON)
    assert not grant(uses=2).is_expected(NOON)


def test_grant_is_over_when_it_is_revoked_or_ends() -> None:
    assert not grant().is_over(NOON + HOUR - INSTANT)
    assert grant().is_over(NOON + HOUR)
    assert grant(state=GrantState.REVOKED).is_over(NOON)
    assert grant(state=GrantState.REVOKED).is_over(NOON + HOUR)


def test_grant_of_one_unit_has_only_that() -> None:
    both = grant(units={"3b": ACCEPTED, "4a": NOT_ACCEPTING})
    assert both.of_units({"4a"}).units == {"4a": NOT_ACCEPTING}
    assert both.of_units({"9z"}).units == {}
    assert both.of_units(None) is both


@pytest.mark.parametrize(
    ("kind", "person", "order"),
    [
        (IssuerKind.OWNER, "id-1", None),
        (IssuerKind.RESIDENT, "id-1", None),
        (IssuerKind.ORDER, None, "id-1"),
    ],
)
def test_issuer_is_a_person_or_an_order(
    kind: IssuerKind, person: str | None, order: str | None
) -> None:
    issuer = Issuer(kind, "id-1")
    assert (issuer.person_id, issuer.order_id) == (person, order)
    assert issuer == Issuer(kind, "id-1", revision=2)


def test_only_a_pause_whose_end_nobody_chose_has_the_default_length() -> None:
    default = Pause(1, NOON + PAUSE_LASTS, at=NOON)
    assert default.has_default_length
    assert not Pause(1, NOON + HOUR, at=NOON).has_default_length
    assert not Pause(1, NOON + PAUSE_LASTS).has_default_length


@pytest.mark.parametrize("by", [timedelta(hours=3), timedelta(days=-2)])
def test_moved_pause_is_as_long_as_before(by: timedelta) -> None:
    pause = Pause(1, NOON + PAUSE_LASTS, unit="3b", by_unit="3b", at=NOON)
    moved = pause.moved(by)
    assert moved == Pause(1, NOON + PAUSE_LASTS + by, "3b", "3b", NOON + by)
    assert moved.has_default_length
    assert Pause(1, NOON).moved(by) == Pause(1, NOON + by)


def test_missing_door_has_an_id_that_no_door_has() -> None:
    doors = {"1": Door("1", "lobby", "Lobby")}
    assert door_id_by_key(doors, "lobby") == "1"
    assert door_id_by_key(doors, "garage") == ""


def test_rule_of_its_own_binds_a_courier_beside_its_namesakes() -> None:
    own = Rules(
        couriers={"new": Attitude.DENY, "asked": Attitude.ASK},
        proofs={"new": Proof.SIGNED, "asked": Proof.PASS},
    )
    like = own.like_namesakes("new", ["asked"])
    assert (like.attitude("new"), like.weakest("new")) == (Attitude.DENY, Proof.SIGNED)
    loose = Rules(
        default=Attitude.DENY,
        couriers={"new": Attitude.ALLOW, "asked": Attitude.ASK},
        default_proof=Proof.SIGNED,
        proofs={"new": Proof.PARCEL_NUMBER, "asked": Proof.PASS},
    )
    like = loose.like_namesakes("new", ["asked"])
    assert (like.attitude("new"), like.weakest("new")) == (Attitude.ASK, Proof.PASS)


def test_changed_order_stays_the_issuer_of_its_grants() -> None:
    order = Issuer(IssuerKind.ORDER, "id-1", 1)
    assert order == Issuer(IssuerKind.ORDER, "id-1", 2, is_forgeable=True)
    assert order != Issuer(IssuerKind.ORDER, "id-2", 1)
