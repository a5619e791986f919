"""The building's wall clock counts, whatever zone the machine itself is in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from custom_components.courier_access.access.hours import Hours, Interval
from custom_components.courier_access.access.model import Decision, Proof
from custom_components.courier_access.access.parcels import (
    Parcel,
    Progress,
    day_end,
    window,
)
from custom_components.courier_access.access.policy import (
    EntryRequest,
    Finding,
    Layer,
    Says,
    availability,
    decide,
    decide_grant,
    explain,
)
from tests.access.parts import GRANT, HOUR, NOON, PARIS, SHARES, YES, facts, hours
from tests.support.clocks import machine_in

LUNCH = hours("13:00", "13:30")
"""Open at noon in UTC in Paris, and in no zone of a machine here."""


@pytest.fixture(autouse=True, params=["UTC", "America/St_Johns", "Pacific/Kiritimati"])
def elsewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    with machine_in(request.param):
        yield


def test_hours_of_homes_and_buildings_open_at_their_own_time() -> None:
    request = EntryRequest(GRANT, Proof.SIGNED)
    at_home = replace(SHARES, schedule=LUNCH)
    for known in (facts(at_home), facts(YES, building_hours=LUNCH)):
        assert decide(request, known, NOON).decision is Decision.ADMITTED
        assert decide(request, known, NOON + HOUR / 2).decision is Decision.REFUSED
        verdict = decide_grant(GRANT, None, known, NOON)
        assert verdict.decision is Decision.ACCEPTED
        late = decide_grant(GRANT, None, known, NOON + HOUR / 2)
        assert late.decision is Decision.REFUSED
    opened = Interval(NOON, NOON + HOUR / 2)
    assert decide_grant(GRANT, None, facts(at_home), NOON).usable == (opened,)
    told = availability(["3b"], facts(at_home), NOON - HOUR, NOON + HOUR)
    assert told == {"3b": (opened,)}


def test_explanation_is_about_the_buildings_own_time() -> None:
    at_home = {"ada": replace(YES, schedule=LUNCH)}
    known = facts(building_hours=LUNCH)
    assert explain("3b", at_home, known, "lobby", NOON) == (
        Finding(Layer.ALLOWS, Says.YES, "ada"),
    )
    assert explain("3b", at_home, known, "lobby", NOON + HOUR / 2) == (
        Finding(Layer.BUILDING_HOURS, Says.NO),
        Finding(Layer.OUTSIDE_HOURS, Says.NO, "ada"),
    )


@pytest.mark.parametrize(
    "zone", ["Europe/Paris", "America/Los_Angeles", "Pacific/Kiritimati"]
)
@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_a_parcels_day_ends_at_the_buildings_midnight(zone: str, hour: int) -> None:
    own = ZoneInfo(zone)
    at = datetime(2026, 11, 24, hour, 30, tzinfo=own)
    midnight = datetime(2026, 11, 25, tzinfo=own)
    assert day_end(at.astimezone(UTC), own) == midnight


def test_a_parcel_gets_the_rest_of_the_buildings_own_day() -> None:
    out = Parcel("JD1", Progress.OUT)
    expected = Interval(NOON, NOON + HOUR / 2)
    assert window(out, Hours(LUNCH), PARIS, NOON) == expected
