"""What can be done in a building's life, and how often."""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.properties.reference_observed import READER, RELAY
from tests.properties.reference_parts import Decided, Hours, Press
from tests.properties.whole_building import LIVES, PARCELS


@dataclass(frozen=True)
class Said:
    """What a list says of a parcel, and in how many hours it is estimated to come."""

    status: str
    barcode: str
    estimated: int | None


@dataclass(frozen=True)
class Giving:
    """A standing order that a resident gives, and what its source says then."""

    name: str
    source: str
    most: int
    reports: tuple[Said, ...]


@dataclass(frozen=True)
class Beginning:
    """What residents decide, and what can be used then, more often than not: a grant, perhaps an order."""

    decided: tuple[Decided, ...]
    units: tuple[str, ...]
    most: int
    giving: Giving | None


@dataclass(frozen=True)
class Change:
    """A resident decides something while a question stands."""

    name: str
    decided: Decided


@dataclass(frozen=True)
class Veto:
    """A resident vetoes while a question stands."""

    name: str


@dataclass(frozen=True)
class Pause:
    """A resident pauses the building, or their unit, while a question stands."""

    name: str
    whole: bool


type Happening = Press | Change | Veto | Pause
names = st.sampled_from(list(LIVES))
grant_ids = st.sampled_from([*["newest"] * 5, *["ordered"] * 3, "G1", "G2"])
consenting = st.builds(
    Decided,
    st.just("given"),
    st.sampled_from([Hours.ALWAYS, Hours.ALWAYS, Hours.BY_DAY]),
    st.sampled_from(["allow", "ask"]),
    st.booleans(),
)
deciding = st.one_of(
    consenting,
    consenting,
    st.builds(
        Decided,
        st.sampled_from(["given", "given", "given", "opted_out", "withdrawn"]),
        st.sampled_from([Hours.ALWAYS, *Hours]),
        st.sampled_from(["allow", "ask", "ask", "deny"]),
        st.booleans(),
    ),
)
_lived_in = st.sampled_from(
    [("3b",), ("4a",), ("3b", "4a"), ("4a", "3b"), ("3b", "9z")]
)
units = st.one_of(_lived_in, _lived_in, st.just(("9z",)))
reports = st.builds(
    Said,
    st.sampled_from(
        [
            *["OutForDelivery"] * 6,
            "InTransit",
            "Delivered",
            "Exception",
            "Pending",
            "unavailable",
        ]
    ),
    st.sampled_from(["JD1", "JD1", "JD2", "JD3"]),
    st.one_of(st.none(), st.integers(-30, 30)),
)
sources = st.sampled_from(PARCELS)
givings = st.builds(
    Giving,
    names,
    sources,
    st.integers(1, 2),
    st.lists(reports, max_size=2).map(tuple),
)
beginnings = st.builds(
    Beginning,
    st.tuples(consenting, consenting, consenting),
    _lived_in,
    st.integers(1, 3),
    st.one_of(givings, givings, st.none()),
)
steps = st.sampled_from([1, 6, 90, 4 * 60, 30 * 60, 5 * 60 * 60])
pauses = st.sampled_from([1, 6, 90, 90, 30 * 60])
own_presses = st.builds(
    lambda name, is_yes: Press(name, name, is_yes),
    names,
    st.sampled_from([True, True, False]),
)
presses = st.one_of(
    own_presses, own_presses, st.builds(Press, names, names, st.booleans())
)
happenings = st.one_of(
    presses,
    presses,
    st.builds(Change, names, deciding),
    st.builds(Veto, names),
    st.builds(Pause, names, st.booleans()),
)
rings = st.lists(happenings, max_size=3)
shows = st.one_of(
    st.tuples(
        st.just(RELAY), st.sampled_from(["on", "on", "off", "off", "unavailable"])
    ),
    st.tuples(
        st.just(READER),
        st.sampled_from(["granted", "granted", "denied", "unavailable"]),
    ),
)

HOW: dict[str, tuple[int, dict[str, st.SearchStrategy[object]]]] = {
    "enter": (
        4,
        {"grant_id": grant_ids, "meanwhile": st.lists(happenings, max_size=3)},
    ),
    "two_enter_at_once": (
        2,
        {"grant_id": grant_ids, "meanwhile": st.lists(happenings, max_size=1)},
    ),
    "enter_while_two_answer_at_once": (
        2,
        {"grant_id": grant_ids, "pressed": st.tuples(own_presses, own_presses)},
    ),
    "veto_while_one_enters": (2, {"name": names, "grant_id": grant_ids}),
    "press": (3, {"what": presses}),
    "wait": (3, {"seconds": steps}),
    "decide": (2, {"name": names, "decided": deciding}),
    "accept_everything": (1, {"attitude": st.sampled_from(["allow", "ask"])}),
    "issue": (
        2,
        {
            "grant_id": grant_ids,
            "revision": st.integers(1, 5),
            "units": units,
            "start": st.sampled_from([-1, 0, 0, 0, 2]),
            "length": st.integers(1, 10),
            "most": st.integers(1, 3),
        },
    ),
    "revoke": (1, {"grant_id": grant_ids}),
    "veto": (1, {"name": names, "grant_id": grant_ids}),
    "make_pass": (
        3,
        {"name": names, "grant_id": grant_ids, "shown": st.integers(0, 2)},
    ),
    "show_pass": (3, {"which": st.integers(0, 3)}),
    "revoke_pass": (1, {"which": st.integers(0, 3)}),
    "pause": (1, {"name": names, "whole": st.booleans(), "seconds": pauses}),
    "resume": (1, {"name": names, "whole": st.booleans()}),
    "confirm": (1, {}),
    "repeat": (1, {}),
    "restart": (
        1,
        {"meanwhile": st.lists(shows, max_size=2), "forgets": st.booleans()},
    ),
    "give_order": (2, {"giving": givings}),
    "change_order": (
        1,
        {
            "which": st.integers(0, 2),
            "most": st.integers(1, 3),
            "is_paused": st.booleans(),
            "said": reports,
        },
    ),
    "withdraw_consent": (1, {"name": names}),
    "withdraw_order": (1, {"which": st.integers(0, 2)}),
    "report": (3, {"source": sources, "said": reports}),
    "ring": (
        4,
        {
            "grant_id": grant_ids,
            "meanwhile": rings,
            "again_after": st.sampled_from([None, 1, 60, 240]),
        },
    ),
    "observe": (2, {"shows": st.lists(shows, min_size=1, max_size=3)}),
    "begin_anew": (2, {"beginning": beginnings}),
}
"""What can be done in a life: how often among all that is done, and what is to be chosen for it."""
deeds = st.sampled_from(
    [what for what, (weight, _) in HOW.items() for _ in range(weight)]
).flatmap(lambda what: st.tuples(st.just(what), st.fixed_dictionaries(HOW[what][1])))
