"""Buildings, grants and entries of every kind, for the properties of decisions."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from custom_components.courier_access.access.hours import (
    ALWAYS,
    ALWAYS_OPEN,
    Hours,
    WeekSchedule,
    exceptions_from_list,
)
from custom_components.courier_access.access.model import (
    Answer,
    Attitude,
    Consent,
    Courier,
    Door,
    EntityState,
    Grant,
    GrantKey,
    GrantState,
    Pause,
    Proof,
    Rules,
    UnitPart,
)
from custom_components.courier_access.access.policy import (
    EntryRequest,
    Facts,
    GrantVerdict,
)
from tests.properties.written_exceptions import exceptions_about
from tests.properties.written_schedules import written_schedules

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(
    2026, 10, 24, 12, tzinfo=UTC
)  # a Saturday; Paris leaves summer time the next night
MINUTE = timedelta(minutes=1)
SWIFT, SLOW = "swift", "slow"
UNITS = ("3b", "4a", "9z")  # in the last one nobody lives

instants = st.one_of(
    st.sampled_from([NOON - MINUTE, NOON, NOON + MINUTE]),
    st.integers(-36 * 60, 36 * 60).map(lambda minutes: NOON + minutes * MINUTE),
)
schedules = st.one_of(
    st.sampled_from([ALWAYS, ALWAYS, WeekSchedule()]),
    st.just(ALWAYS),
    written_schedules.map(WeekSchedule.from_mapping),
)
LINKED = ("guests", "nap", "gone")  # of the last one no state is known
linked = st.one_of(
    st.just(()), st.just(()), st.lists(st.sampled_from(LINKED), max_size=2).map(tuple)
)
exceptions = st.one_of(
    st.just(()),
    st.just(()),
    exceptions_about(NOON.date(), most=2).map(exceptions_from_list),
)
attitudes = st.sampled_from([Attitude.ALLOW, Attitude.ALLOW, Attitude.ASK, *Attitude])
proofs = st.sampled_from([Proof.SIGNED, *Proof])
weakest = st.sampled_from([proof for proof in Proof if proof is not Proof.RING])
mostly_given = st.sampled_from([*[Consent.GIVEN] * 4, *Consent])
rules = st.builds(
    Rules,
    consent=mostly_given,
    schedule=schedules,
    share_hours=st.booleans(),
    default=attitudes,
    couriers=st.dictionaries(st.sampled_from([SWIFT, SLOW]), attitudes),
    default_proof=weakest,
    proofs=st.dictionaries(st.sampled_from([SWIFT, SLOW]), weakest),
    exceptions=exceptions,
    only_while=linked,
    never_while=linked,
)
pauses = st.builds(
    Pause, st.integers(1, 9), until=instants, unit=st.none() | st.sampled_from(UNITS)
)
couriers = st.builds(
    Courier,
    st.just(SWIFT),
    st.just("Swift Parcels"),
    st.sampled_from([frozenset({"lobby"}), frozenset({"lobby", "garage", "gone"})]),
    st.just(timedelta(hours=12)),
    enabled=st.sampled_from([True, True, True, False]),
)
facts = st.builds(
    Facts,
    courier=couriers,
    doors=st.just({key: Door(key, key, key) for key in ("lobby", "garage")}),
    rules=st.fixed_dictionaries(
        {"3b": st.lists(rules, max_size=2)},
        optional={"4a": st.lists(rules, max_size=3)},
    ),
    pauses=st.one_of(st.just([]), st.lists(pauses, max_size=2)),
    zone=st.just(PARIS),
    building_hours=st.one_of(
        st.just(ALWAYS_OPEN), st.builds(Hours, schedules, exceptions)
    ),
    entities=st.dictionaries(st.sampled_from(LINKED[:2]), st.sampled_from(EntityState)),
)
doors = st.sampled_from(["lobby", "lobby", "lobby", "garage", "gone", ""])
mostly_accepted = st.sampled_from([UnitPart.ACCEPTED, UnitPart.ACCEPTED, *UnitPart])


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    start, end = sorted(draw(st.lists(instants, min_size=2, max_size=2, unique=True)))
    return Grant(
        key=GrantKey(SWIFT, "grant-1"),
        revision=draw(st.integers(1, 3)),
        door_id=draw(doors),
        starts_at=start,
        ends_at=end,
        max_entries=draw(st.integers(1, 3)),
        units=draw(st.dictionaries(st.sampled_from(UNITS), mostly_accepted)),
        uses=draw(st.sampled_from([0, 0, 1, 3])),
        state=draw(
            st.sampled_from([GrantState.OPEN, GrantState.OPEN, GrantState.REVOKED])
        ),
        content=draw(st.sampled_from("ab")),
    )


requests = st.builds(
    EntryRequest,
    st.one_of(grants(), grants(), st.none()),
    proofs,
    door_id=st.one_of(st.none(), doors),
    stale=st.sampled_from([False, False, True]),
    answers=st.dictionaries(st.sampled_from(UNITS), st.sampled_from(Answer)),
)


@dataclass(frozen=True, slots=True)
class Likely:
    """A grant in use, and a building in which much is allowed: here decisions hang on the residents."""

    grant: Grant
    facts: Facts
    proof: Proof


@st.composite
def likely(draw: st.DrawFn) -> Likely:
    made = draw(grants())
    grant = replace(
        made,
        door_id="lobby",
        starts_at=NOON - draw(st.integers(0, 120)) * MINUTE,
        ends_at=NOON + draw(st.integers(1, 600)) * MINUTE,
        units={**made.units, "3b": UnitPart.ACCEPTED},
        uses=0,
        state=GrantState.OPEN,
    )
    known = draw(facts)
    courier = replace(known.courier, enabled=True)
    return Likely(grant, replace(known, courier=courier), draw(proofs))


def accepted(verdict: GrantVerdict) -> set[str]:
    return {unit for unit, part in verdict.parts.items() if part is UnitPart.ACCEPTED}
