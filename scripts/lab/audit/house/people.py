"""The residents of the house: their homes, their ways to be notified, and what they received."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
import re

from .oracle import Member, Wishes

UNITS = ("1A", "1B", "2A", "2B", "3B", "4A", "5C", "6D")
_RECEIPT = re.compile(r"(\d+)(?: \w+ (\d+))? · ((?:[0-9a-f]{4} ){4}[0-9a-f]{4})")
_SEVERAL = re.compile(r"^(\d+) courier visits")


class Way(StrEnum):
    """How a resident is notified, and whether they have an account."""

    APP = "app"
    """The phone's app, and a mailbox if the phone doesn't confirm a push."""
    PHONE = "phone"
    """The phone's app alone: Home Assistant doesn't say if a push fails."""
    ACTION = "action"
    PAPER = "paper"
    """Another integration's action, without an account."""


@dataclass(frozen=True, slots=True)
class Received:
    """A notification that arrived: the first and the last record that it is about, and the first one's code."""

    at: datetime
    title: str
    message: str
    first: int
    last: int
    code: str
    entries: int
    """How many entries it says that it is about."""

    @classmethod
    def of(cls, at: datetime, title: str, message: str) -> Received | None:
        """Read a notification; None if it has no receipt, as a question at the door."""
        found = _RECEIPT.search(message)
        if found is None:
            return None
        first, last, code = found.groups()
        several = _SEVERAL.search(message)
        return cls(
            at,
            title,
            message,
            int(first),
            int(last or first),
            code.replace(" ", ""),
            int(several[1]) if several else 1,
        )


@dataclass(slots=True)
class Resident:
    """Somebody who lives in the house."""

    name: str
    unit: str
    way: Way
    since: datetime
    wishes: Wishes = field(default_factory=Wishes)
    counts: bool = False
    until: datetime | None = None
    person: str | None = None
    token: str = ""
    received: list[Received] = field(default_factory=list)
    fails_until: datetime | None = None
    """Until when what notifies them fails."""
    failed: int = 0

    @property
    def part(self) -> str:
        """The ID of their part of the config entry."""
        return f"resident-{self.name.lower()}"

    @property
    def has_phone(self) -> bool:
        """Return whether they have the app."""
        return self.way in (Way.APP, Way.PHONE)

    @property
    def has_login(self) -> bool:
        """Return whether they have an account."""
        return self.way is not Way.PAPER

    @property
    def member(self) -> Member:
        """What the oracle asks for."""
        return Member(self.unit.lower(), self.wishes, self.counts)

    def lives_here(self, at: datetime) -> bool:
        """Return whether they were enrolled at that time."""
        return self.since <= at and (self.until is None or at < self.until)


FIRST: Sequence[tuple[str, str, Way]] = (
    ("Ada", "3B", Way.APP),
    ("Ben", "3B", Way.ACTION),
    ("Cleo", "4A", Way.APP),
    ("Dora", "5C", Way.PAPER),
    ("Emil", "1A", Way.ACTION),
    ("Fay", "1B", Way.PHONE),
    ("Gil", "1B", Way.ACTION),
    ("Hana", "2A", Way.ACTION),
    ("Ida", "2B", Way.ACTION),
    ("Jon", "6D", Way.PAPER),
    ("Kim", "6D", Way.PAPER),
    ("Lou", "2A", Way.ACTION),
)
"""Who lives in the house when the year begins."""

LATER = (
    "Mia",
    "Nils",
    "Olga",
    "Pau",
    "Quin",
    "Rosa",
    "Sven",
    "Tove",
    "Uwe",
    "Vera",
    "Wim",
    "Xena",
    "Yves",
    "Zora",
    "Abel",
    "Bea",
    "Carl",
    "Dina",
    "Enzo",
    "Fritz",
    "Greta",
    "Hugo",
    "Inga",
)
"""Who moves in, one after the other."""
