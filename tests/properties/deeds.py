"""What can be done in a building's life, and how often."""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.properties.reference import Decided, Hours, Press
from tests.properties.whole_building import LIVES


@dataclass(frozen=True)
class Beginning:
    """What residents decide, and a grant that can be used then, more often than not."""

    decided: tuple[Decided, ...]
    units: tuple[str, ...]
    most: int


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


names = st.sampled_from(list(LIVES))
grant_ids = st.sampled_from([*["newest"] * 5, "G1", "G2"])
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
        st.sampled_from(["given", "given", "given", "withdrawn"]),
        st.sampled_from([Hours.ALWAYS, *Hours]),
        st.sampled_from(["allow", "ask", "ask", "deny"]),
        st.booleans(),
    ),
)
_lived_in = st.sampled_from(
    [("3b",), ("4a",), ("3b", "4a"), ("4a", "3b"), ("3b", "9z")]
)
units = st.one_of(_lived_in, _lived_in, st.just(("9z",)))
beginnings = st.builds(
    Beginning,
    st.tuples(consenting, consenting, consenting),
    _lived_in,
    st.integers(1, 3),
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
    "restart": (1, {}),
    "begin_anew": (2, {"beginning": beginnings}),
}
"""What can be done in a life: how often among all that is done, and what is to be chosen for it."""
deeds = st.sampled_from(
    [what for what, (weight, _) in HOW.items() for _ in range(weight)]
).flatmap(lambda what: st.tuples(st.just(what), st.fixed_dictionaries(HOW[what][1])))
