"""Whether a courier may be let in: the promises in their plainest form, written without the integration."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Paris")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

type Windows = Mapping[str, Sequence[tuple[int, int]]]
"""Hours by weekday, in minutes from midnight."""


class Consent(StrEnum):
    """What a resident said to couriers."""

    NOT_GIVEN = "not_given"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class Proof(IntEnum):
    """How a driver is recognized, the weakest first."""

    RING = 0
    PARCEL_NUMBER = 1
    ADDRESS_CODE = 2
    PASS = 3
    SIGNED = 4


class Verdict(IntEnum):
    """What a home says."""

    NO = 0
    ASK = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class Closed:
    """Dates on which a resident has other hours, or none."""

    first: date
    last: date
    windows: Sequence[tuple[int, int]] = ()


@dataclass(slots=True)
class Wishes:
    """What a resident decided."""

    consent: Consent = Consent.NOT_GIVEN
    windows: Windows = field(default_factory=dict)
    closed: list[Closed] = field(default_factory=list)
    default: str = "allow"
    couriers: dict[str, str] = field(default_factory=dict)
    weakest: Proof = Proof.PASS

    def toward(self, courier: str) -> str:
        """Return allow, ask, or deny."""
        return self.couriers.get(courier, self.default)

    def are_open(self, at: datetime) -> bool:
        """Return whether a time is in this resident's hours, by the clock on the wall."""
        wall = at.astimezone(ZONE)
        minute = wall.hour * 60 + wall.minute
        for closed in self.closed:
            if closed.first <= wall.date() <= closed.last:
                return _covers(closed.windows, minute)
        return _covers(self.windows.get(DAYS[wall.weekday()], ()), minute)

    def say(self, courier: str, proof: Proof, at: datetime) -> Verdict:
        """Return what this resident alone says."""
        attitude = self.toward(courier)
        if self.consent is not Consent.GIVEN or attitude == "deny":
            return Verdict.NO
        if not self.are_open(at):
            return Verdict.NO
        is_asked = attitude == "ask" or proof < self.weakest
        return Verdict.ASK if is_asked else Verdict.YES


def _covers(windows: Sequence[tuple[int, int]], minute: int) -> bool:
    return any(start <= minute < end for start, end in windows)


@dataclass(slots=True)
class Member:
    """A resident, as far as this matters here."""

    unit: str
    wishes: Wishes
    counts: bool
    """Whether somebody of the home confirmed them, if somebody had to."""


def of_home(
    members: Iterable[Member], courier: str, proof: Proof, at: datetime
) -> Verdict:
    """Return what a home says: one whole yes is needed, and no other resident's no."""
    counting = [each.wishes for each in members if each.counts]
    if any(
        each.consent is Consent.WITHDRAWN or each.toward(courier) == "deny"
        for each in counting
    ):
        return Verdict.NO
    said = [each.say(courier, proof, at) for each in counting]
    return max(said, default=Verdict.NO)
