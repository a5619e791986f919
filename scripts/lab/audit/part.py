"""What the parts of the audit have in common."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chosen:
    """How long a part runs, and from which seed it chooses."""

    minutes: float | None
    """None for as long as the part needs to be complete."""
    seed: int


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a part."""

    lines: Sequence[str]
    """The figures, as they are printed and written into the document."""
    wrong: Sequence[str] = ()
    """Each promise that was broken, in words."""


type Audit = Callable[[Chosen], Awaitable[Report]]
"""A part's function `audit`, in the module that has the part's name."""
