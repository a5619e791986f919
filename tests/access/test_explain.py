"""Test the explanation of each rule for or against an entry."""

from collections.abc import Mapping
from dataclasses import replace

from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    EntityState,
    Pause,
    Rules,
)
from custom_components.courier_access.access.policy import (
    Facts,
    Finding,
    Layer,
    Says,
    explain,
)
from tests.access.parts import (
    AFTERNOONS,
    ASKS,
    COURIER,
    EVENINGS,
    HOUR,
    NEVER,
    NOON,
    OPTED_OUT,
    SHUT,
    YES,
    facts,
)

NO = Says.NO


def found(
    residents: Mapping[str, Rules], known: Facts | None = None, door_id: str = "lobby"
) -> list[Finding]:
    return list(explain("3b", residents, known or facts(), door_id, NOON))


def test_allowing_resident_yields_only_a_yes() -> None:
    assert found({"ada": YES}) == [Finding(Layer.ALLOWS, Says.YES, "ada")]


def test_resident_who_wants_to_be_asked_yields_ask() -> None:
    assert found({"ada": ASKS}) == [Finding(Layer.ASKS, Says.ASK, "ada")]


def test_all_objections_are_listed_from_the_building_inward() -> None:
    known = facts(
        courier=replace(COURIER, enabled=False, door_ids=frozenset()),
        pauses=[
            Pause(1, NOON + HOUR, "3b"),
            Pause(2, NOON + HOUR),
            Pause(3, NOON + HOUR, "4a"),
        ],
        building_hours=EVENINGS,
        has_problem=True,
    )
    residents = {
        "ada": Rules(),
        "bea": Rules(consent=Consent.WITHDRAWN, default=Attitude.DENY),
        "cem": replace(YES, couriers={"swift": Attitude.DENY}),
    }

    assert found(residents, known) == [
        Finding(Layer.PROBLEM, NO),
        Finding(Layer.COURIER_DISABLED, NO),
        Finding(Layer.DOOR_NOT_ALLOWED, NO),
        Finding(Layer.BUILDING_PAUSED, NO),
        Finding(Layer.UNIT_PAUSED, NO),
        Finding(Layer.BUILDING_HOURS, NO),
        Finding(Layer.NOT_CONSENTING, NO, "ada"),
        Finding(Layer.WITHDRAWN, NO, "bea"),
        Finding(Layer.DENIED, NO, "bea"),
        Finding(Layer.DENIED, NO, "cem"),
    ]


def test_pause_of_another_unit_is_no_objection() -> None:
    assert found({"ada": YES}, facts(pauses=[Pause(1, NOON + HOUR, "4a")])) == [
        Finding(Layer.ALLOWS, Says.YES, "ada")
    ]
    assert found({"ada": YES}, facts(pauses=[Pause(1, NOON + HOUR, "3b")])) == [
        Finding(Layer.UNIT_PAUSED, NO),
        Finding(Layer.ALLOWS, Says.YES, "ada"),
    ]


def test_hours_are_those_of_the_buildings_wall_clock() -> None:
    """13:00 in Paris is noon in UTC."""
    afternoons = facts(building_hours=AFTERNOONS)
    assert found({"ada": replace(YES, schedule=AFTERNOONS)}, afternoons) == [
        Finding(Layer.ALLOWS, Says.YES, "ada")
    ]


def test_unit_without_consent_is_reported() -> None:
    nobody = Finding(Layer.NOBODY_CONSENTS, NO)

    assert found({}) == [nobody]
    for rules in (Rules(), OPTED_OUT):
        not_ada = Finding(Layer.NOT_CONSENTING, NO, "ada")
        assert found({"ada": rules}) == [nobody, not_ada]


def test_each_forbidding_entity_is_named_with_its_state() -> None:
    linked = replace(SHUT, only_while=("home", "gone"), never_while=("nap", "party"))
    states = {"home": EntityState.OFF, "nap": EntityState.ON, "party": EntityState.OFF}
    known = replace(facts(), entities=states)

    assert found({"ada": linked, "bea": YES}, known) == [
        Finding(Layer.OUTSIDE_HOURS, NO, "ada"),
        Finding(Layer.ENTITY, NO, "ada", "home", EntityState.OFF),
        Finding(Layer.ENTITY, NO, "ada", "gone", EntityState.UNKNOWN),
        Finding(Layer.ENTITY, NO, "ada", "nap", EntityState.ON),
        Finding(Layer.ALLOWS, Says.YES, "bea"),
    ]


def test_unknown_door_is_not_allowed() -> None:
    known = facts(YES, courier=COURIER)

    assert found({"ada": replace(YES, schedule=NEVER)}, known, door_id="gone") == [
        Finding(Layer.DOOR_NOT_ALLOWED, NO),
        Finding(Layer.OUTSIDE_HOURS, NO, "ada"),
    ]
