"""Test what residents read of why their delivery would be refused as things stand."""

from dataclasses import replace

import pytest

from custom_components.courier_access.access.hours import ALWAYS, WeekSchedule
from custom_components.courier_access.access.model import Grant, Pause, Rules
from custom_components.courier_access.access.policy import Facts, Layer, why_refused
from tests.access.parts import (
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
    OPTED_OUT,
    SHUT,
    WITHDREW,
    YES,
    facts,
    grant,
    hours,
)

AFTER_IT = GRANT.starts_at - HOUR
LINKED = replace(YES, only_while=("switch.home",))


def refused(known: Facts, given: Grant = GRANT, *, early: bool = False) -> Layer | None:
    return why_refused("3b", given, known, AFTER_IT if early else NOON)


@pytest.mark.parametrize("residents", [(YES,), (ASKS,), (Rules(), YES), (SHUT, YES)])
@pytest.mark.parametrize("early", [False, True])
def test_nothing_refuses_what_one_resident_admits_or_wants_to_be_asked_about(
    residents: tuple[Rules, ...], early: bool
) -> None:
    assert refused(facts(*residents), early=early) is None


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize(
    ("known", "layer"),
    [
        (facts(YES, DENIES), Layer.DENIED),
        (facts(YES, WITHDREW), Layer.WITHDRAWN),
        (facts(Rules()), Layer.NOBODY_CONSENTS),
        (facts(OPTED_OUT), Layer.NOBODY_CONSENTS),
        (facts(SHUT), Layer.OUTSIDE_HOURS),
        (facts(replace(YES, schedule=NEVER)), Layer.OUTSIDE_HOURS),
        (facts(YES, building_hours=EVENINGS), Layer.BUILDING_HOURS),
        (facts(YES, courier=replace(COURIER, enabled=False)), Layer.COURIER_DISABLED),
        (facts(YES, pauses=[Pause(1, NOON + HOUR, "3b")]), Layer.UNIT_PAUSED),
        (facts(YES, pauses=[Pause(1, NOON + HOUR)]), Layer.BUILDING_PAUSED),
    ],
)
def test_first_rule_that_refuses_for_the_home_is_named(
    known: Facts, layer: Layer, early: bool
) -> None:
    assert refused(known, early=early) is layer


def test_door_that_the_courier_may_not_use_is_named() -> None:
    assert refused(facts(YES), grant(door_id="gone")) is Layer.DOOR_NOT_ALLOWED


@pytest.mark.parametrize("own", [AFTERNOONS, ALWAYS])
def test_pause_that_ends_before_its_time_refuses_nothing(own: WeekSchedule) -> None:
    known = facts(replace(YES, schedule=own), pauses=[Pause(1, GRANT.starts_at, "3b")])
    assert refused(known, early=True) is None


def test_before_its_time_hours_that_begin_in_it_refuse_nothing() -> None:
    """Its time is 12 to 14 in Paris."""
    known = facts(
        SHUT,
        replace(YES, schedule=hours("13:30", "18:00")),
        building_hours=hours("13:00", "18:00"),
    )
    assert refused(known, early=True) is None
    assert why_refused("3b", GRANT, known, GRANT.starts_at) is Layer.BUILDING_HOURS
    assert why_refused("3b", GRANT, known, NOON) is Layer.OUTSIDE_HOURS
    assert why_refused("3b", GRANT, known, NOON + HOUR / 2) is None


def test_linked_entity_refuses_from_the_beginning_of_its_time() -> None:
    known = facts(LINKED, SHUT)
    assert why_refused("3b", GRANT, known, GRANT.starts_at - INSTANT) is None
    assert why_refused("3b", GRANT, known, GRANT.starts_at) is Layer.ENTITY
