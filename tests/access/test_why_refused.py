"""Test what residents read of why their delivery would be refused as things stand."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from custom_components.courier_access.access.hours import ALWAYS, Interval, WeekSchedule
from custom_components.courier_access.access.model import Courier, Grant, Pause, Rules
from custom_components.courier_access.access.policy import (
    Facts,
    Layer,
    asks_all,
    asks_first,
    when_open,
    why_refused,
)
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
        (facts(YES, DENIES, has_problem=True), Layer.PROBLEM),
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


def test_delivery_opens_within_the_hours_of_the_building_and_the_home() -> None:
    """Its time is 12 to 14 in Paris."""
    known = facts(
        SHUT,
        replace(YES, schedule=hours("13:30", "18:00")),
        building_hours=hours("13:00", "18:00"),
    )
    opens = Interval(NOON + HOUR / 2, NOON + HOUR)
    assert when_open("3b", GRANT, known, AFTER_IT) == (opens,)
    assert when_open("3b", GRANT, known, opens.end - INSTANT) == (opens,)
    assert when_open("3b", GRANT, known, opens.end) == ()


def test_delivery_opens_after_the_pauses_and_whatever_entities_say() -> None:
    known = facts(LINKED, pauses=[Pause(1, NOON, "3b"), Pause(2, NOON + HOUR, "4a")])
    assert when_open("3b", GRANT, known, AFTER_IT) == (Interval(NOON, NOON + HOUR),)


@pytest.mark.parametrize(
    "known",
    [
        facts(YES, DENIES),
        facts(YES, WITHDREW),
        facts(OPTED_OUT),
        facts(SHUT),
        facts(YES, courier=replace(COURIER, enabled=False)),
        facts(YES, courier=replace(COURIER, door_ids=frozenset())),
        facts(YES, pauses=[Pause(1, GRANT.ends_at)]),
    ],
)
def test_refused_delivery_opens_at_no_time(known: Facts) -> None:
    assert when_open("3b", GRANT, known, NOON) == ()


def test_linked_entity_refuses_from_the_beginning_of_its_time() -> None:
    known = facts(LINKED, SHUT)
    assert why_refused("3b", GRANT, known, GRANT.starts_at - INSTANT) is None
    assert why_refused("3b", GRANT, known, GRANT.starts_at) is Layer.ENTITY


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize(
    ("residents", "asks"),
    [
        ((ASKS,), True),
        ((ASKS, SHUT), True),
        ((ASKS, YES), False),
        ((YES,), False),
        ((ASKS, DENIES), False),
        ((Rules(),), False),
    ],
)
def test_pass_asks_a_home_in_which_nobody_admits_it_without_a_question(
    residents: tuple[Rules, ...], asks: bool, early: bool
) -> None:
    at = AFTER_IT if early else NOON
    assert asks_first("3b", GRANT, facts(*residents), at) is asks


def test_linked_entities_decide_on_the_question_only_within_the_time() -> None:
    known = facts(LINKED, ASKS)
    assert not asks_first("3b", GRANT, known, GRANT.starts_at - INSTANT)
    assert asks_first("3b", GRANT, known, GRANT.starts_at)


def test_home_is_asked_about_all_passes_unless_one_could_open_the_door() -> None:
    elsewhere = replace(COURIER, door_ids=frozenset())
    disabled = replace(COURIER, enabled=False)

    def asks(*residents: Rules, couriers: Sequence[Courier] = (COURIER,)) -> bool:
        return asks_all("3b", facts(*residents), couriers, NOON)

    assert asks(ASKS)
    assert asks(ASKS, couriers=(COURIER, elsewhere, disabled))
    assert not asks(ASKS, YES)
    assert not asks(ASKS, couriers=(elsewhere, disabled))
    # Nobody is asked about what is refused.
    assert not asks(DENIES)
    assert not asks(SHUT)
