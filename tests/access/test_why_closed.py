"""Test what residents read of why couriers can't enter for their unit now."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    Courier,
    Pause,
    Rules,
)
from custom_components.courier_access.access.policy import (
    NOBODY,
    ClosedReason,
    why_closed,
)
from tests.access.parts import (
    ASKS,
    COURIER,
    DENIES,
    EVENINGS,
    HOUR,
    NEVER,
    NOON,
    OPTED_OUT,
    SHUT,
    WITHDREW,
    YES,
    facts,
    hours,
)

LATER = NOON + HOUR
OTHER = replace(COURIER, id="slow", name="Slow Mail")
EMPTY = replace(YES, schedule=NEVER)


def closed(
    *residents: Rules,
    pauses: Sequence[Pause] = (),
    couriers: Sequence[Courier] = (COURIER, OTHER),
    evenings: bool = False,
    has_problem: bool = False,
) -> ClosedReason | None:
    known = facts(
        *residents,
        pauses=pauses,
        courier=NOBODY,
        building_hours=EVENINGS if evenings else ALWAYS,
        has_problem=has_problem,
    )
    return why_closed("3b", known, couriers, NOON)


@pytest.mark.parametrize(
    "residents",
    [(YES,), (ASKS,), (Rules(), YES), (SHUT, YES), (EMPTY, ASKS)],
)
def test_unit_is_open_if_one_resident_admits_or_wants_to_be_asked(
    residents: tuple[Rules, ...],
) -> None:
    assert closed(*residents) is None


def test_unit_is_open_if_it_admits_one_of_the_couriers() -> None:
    only_slow = replace(YES, couriers={COURIER.id: Attitude.DENY})

    assert closed(only_slow) is None
    assert closed(only_slow, couriers=[COURIER]) is ClosedReason.OTHERWISE


def test_what_applies_to_all_couriers_comes_first() -> None:
    building, unit = Pause(1, LATER), Pause(2, LATER, "3b")

    def read(*pauses: Pause) -> ClosedReason | None:
        return closed(WITHDREW, pauses=pauses, evenings=True)

    assert read(unit, building) is ClosedReason.BUILDING_PAUSED
    assert read(unit) is ClosedReason.UNIT_PAUSED
    assert read(Pause(3, LATER, "4a"), Pause(4, NOON)) is ClosedReason.WITHDRAWN
    assert closed(EMPTY, WITHDREW) is ClosedReason.WITHDRAWN


@pytest.mark.parametrize("residents", [(YES,), (ASKS,), (WITHDREW,), ()])
def test_problem_that_keeps_all_couriers_out_comes_before_every_rule(
    residents: tuple[Rules, ...],
) -> None:
    pauses = [Pause(1, LATER)]
    read = closed(*residents, pauses=pauses, evenings=True, has_problem=True)
    assert read is ClosedReason.PROBLEM


def test_unit_without_consent_or_hours_reads_that_before_the_buildings_hours() -> None:
    assert closed(evenings=True) is ClosedReason.NOT_GIVEN
    assert closed(Rules(), evenings=True) is ClosedReason.NOT_GIVEN
    assert closed(OPTED_OUT, evenings=True) is ClosedReason.NOT_GIVEN
    assert closed(OPTED_OUT, YES) is None
    assert closed(EMPTY, EMPTY, evenings=True) is ClosedReason.NO_HOURS
    not_given = replace(YES, consent=Consent.NOT_GIVEN)
    assert closed(not_given, EMPTY) is ClosedReason.NO_HOURS


def test_unit_that_has_no_residents_was_not_given_consent() -> None:
    known = facts(YES, courier=NOBODY)
    assert why_closed("5c", known, [COURIER], NOON) is ClosedReason.NOT_GIVEN


def test_hours_are_those_of_the_buildings_time_zone() -> None:
    # It is 13:00 in Paris, and 12:00 in UTC.
    morning, afternoon = (
        replace(YES, schedule=hours(*times), only_while=("home",))
        for times in (("08:00", "13:00"), ("13:00", "18:00"))
    )
    assert closed(morning) is ClosedReason.OUTSIDE_HOURS
    assert closed(afternoon) is ClosedReason.OTHERWISE


def test_buildings_hours_come_before_the_residents() -> None:
    assert closed(SHUT, evenings=True) is ClosedReason.OUTSIDE_BUILDING_HOURS
    assert closed(SHUT, EMPTY) is ClosedReason.OUTSIDE_HOURS


def test_unit_that_denies_all_couriers_or_waits_for_an_entity_is_closed_otherwise() -> (
    None
):
    assert closed(DENIES) is ClosedReason.OTHERWISE
    assert closed(replace(YES, only_while=("home",))) is ClosedReason.OTHERWISE


def test_couriers_who_may_use_no_door_do_not_open_a_unit() -> None:
    disabled = replace(COURIER, enabled=False)
    elsewhere = replace(OTHER, door_ids=frozenset({"gone"}))
    reasons = {
        (): ClosedReason.NO_COURIER,
        (disabled,): ClosedReason.NO_COURIER,
        (disabled, elsewhere): ClosedReason.OTHERWISE,
    }

    for couriers, reason in reasons.items():
        assert closed(YES, couriers=couriers) is reason
        # Nobody could come in the building's hours, either.
        assert closed(YES, couriers=couriers, evenings=True) is reason
        assert closed(EMPTY, couriers=couriers) is ClosedReason.NO_HOURS
    assert closed(YES, couriers=[disabled, elsewhere, OTHER]) is None
