"""Test that grants to come are found in order, whatever was put in and dropped."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from custom_components.courier_access.access.model import (
    Grant,
    GrantKey,
    GrantState,
    Issuer,
    IssuerKind,
    UnitPart,
)
from custom_components.courier_access.grants.grants import LiveGrants, place

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
COURIERS, DOORS, UNITS = ("gls", "ups"), ("lobby", "garage"), ("3b", "4a")
ISSUERS = (None, Issuer(IssuerKind.RESIDENT, "ada"), Issuer(IssuerKind.ORDER, "daily"))

hours = st.integers(0, 5).map(lambda hour: NOON + timedelta(hours=hour))
grants = st.builds(
    lambda start, length, **others: Grant(
        revision=1, starts_at=start, ends_at=start + timedelta(hours=length), **others
    ),
    key=st.builds(GrantKey, st.sampled_from(COURIERS), st.sampled_from("abc")),
    start=hours,
    length=st.integers(1, 3),
    door_id=st.sampled_from(DOORS),
    max_entries=st.integers(1, 2),
    uses=st.integers(0, 2),
    units=st.dictionaries(st.sampled_from(UNITS), st.sampled_from(UnitPart)),
    state=st.sampled_from(GrantState),
    issuer=st.sampled_from(ISSUERS),
)
deeds = st.lists(grants | hours | st.sampled_from("abc"), max_size=30)


def _issuer(grant: Grant) -> str:
    return grant.key.courier_id if grant.issuer is None else grant.issuer.id


def _to_come(grants: Iterable[Grant]) -> list[Grant]:
    return sorted(
        (
            grant
            for grant in grants
            if grant.state is GrantState.OPEN
            and grant.uses < grant.max_entries
            and grant.accepted_units
        ),
        key=place,
    )


@given(st.lists(grants, unique_by=lambda grant: grant.key), deeds)
def test_grants_to_come_are_those_of_a_scan(
    first: list[Grant], then: list[Grant | datetime | str]
) -> None:
    live, scanned = LiveGrants(first), {grant.key: grant for grant in first}
    for deed in then:
        match deed:
            case Grant():
                live.put(deed)
                scanned[deed.key] = deed
            case datetime():
                over = {key for key, grant in scanned.items() if grant.ends_at <= deed}
                assert set(live.ended(deed)) == over
                scanned = {
                    key: grant for key, grant in scanned.items() if key not in over
                }
            case _ if (key := GrantKey("gls", deed)) in scanned:
                live.drop(key)
                del scanned[key]
    left = scanned.values()
    assert {grant.key: grant for grant in live} == scanned
    assert all(live.get(key) == grant for key, grant in scanned.items())
    assert list(live.to_come()) == _to_come(left)
    for door in DOORS:
        at_door = [grant for grant in left if grant.door_id == door]
        assert list(live.to_come(("door", door))) == _to_come(at_door)
    for unit in UNITS:
        to_unit = [grant for grant in left if unit in grant.accepted_units]
        assert list(live.to_come(("unit", unit))) == _to_come(to_unit)
    for issuer in (*COURIERS, "ada", "daily"):
        issued = [grant for grant in left if _issuer(grant) == issuer]
        assert list(live.to_come(("issuer", issuer))) == _to_come(issued)
