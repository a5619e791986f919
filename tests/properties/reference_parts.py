"""What is known about a building in the state machine's reference: decisions, grants, questions, and answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

DAY_FROM, DAY_TO = 8, 20


class Hours(Enum):
    """When a resident lets couriers in."""

    NEVER = "never"
    BY_DAY = "by day"
    ALWAYS = "always"

    def is_open(self, at: datetime) -> bool:
        """Whether it is open at that instant; the building keeps UTC."""
        return self is Hours.ALWAYS or (
            self is Hours.BY_DAY and DAY_FROM <= at.hour < DAY_TO
        )


_FIRMNESS = {"given": 0, "not_given": 1, "opted_out": 1, "withdrawn": 2}


@dataclass(frozen=True)
class Decided:
    """What one resident decided."""

    consent: str = "not_given"
    hours: Hours = Hours.NEVER
    attitude: str = "allow"
    shares: bool = False

    def is_narrowed_by(self, later: Decided) -> bool:
        """Whether somebody decided later to let in or to share less than this."""
        hours, strict = list(Hours), ["allow", "ask", "deny"]
        return (
            _FIRMNESS[self.consent] < _FIRMNESS[later.consent]
            or hours.index(later.hours) < hours.index(self.hours)
            or strict.index(later.attitude) > strict.index(self.attitude)
            or (self.shares and not later.shares)
        )


@dataclass(frozen=True)
class Asked:
    """What a courier asked for with a grant."""

    revision: int
    units: tuple[str, ...]
    start: datetime
    end: datetime
    most: int

    def is_same(self, other: Asked) -> bool:
        """Whether it is a repeat: the order in which units are named says nothing."""
        return replace(self, units=other.units) == other and set(self.units) == set(
            other.units
        )


@dataclass(frozen=True)
class Press:
    """A button of a question: on whose phone the question stands, who presses, and what it says."""

    holder: str
    by: str
    is_yes: bool


@dataclass(frozen=True)
class Answered:
    """What somebody said for their unit, asked about somebody who showed a proof.

    `rests_on` is what those of the unit had decided then.
    """

    name: str
    unit: str
    is_yes: bool
    at: datetime
    proof: str
    rests_on: Mapping[str, Decided]


@dataclass
class Question:
    """What was asked of whom; `open_to` are the units that can still answer."""

    grant_id: str
    proof: str
    at: datetime
    names: tuple[str, ...]
    open_to: set[str]


@dataclass
class Granted:
    """A grant as it stands."""

    asked: Asked | None
    parts: dict[str, str] = field(default_factory=dict)
    uses: int = 0
    revoked: bool = False
    announced: frozenset[str] = frozenset()
    """The units that were ever notified of it before."""
    order: str | None = None
    """The standing order under which the building issued it; None if the courier did."""
    answers: list[Answered] = field(default_factory=list)

    @property
    def accepted(self) -> list[str]:
        """The units that still take part."""
        return [unit for unit, part in self.parts.items() if part == "accepted"]


@dataclass
class Pass:
    """What a resident gave to a driver, for one entry on a grant."""

    name: str
    grant_id: str
    is_used: bool = False
    is_revoked: bool = False


@dataclass(frozen=True)
class Paused:
    """A pause of the building, or of one unit; `by` is the unit of who paused."""

    until: datetime
    unit: str | None
    by: str | None
