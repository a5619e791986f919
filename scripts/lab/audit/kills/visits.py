"""What somebody at the door showed, how often, and what they read: the truth that the access log is compared with."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum


class Way(StrEnum):
    """How somebody shows themselves; the value is the proof in the record."""

    SIGNED = "signed messages"
    PIN = "PINs"
    LINK = "pass links"
    CODE = "codes on the page"
    PARCEL = "parcel numbers"
    RING = "rings"
    OTHERS = "entries of others"


LATEST = timedelta(seconds=25)
"""A page may lose its connection while its request still waits for its turn at the door."""

PASSES = (Way.PIN, Way.LINK, Way.CODE)


@dataclass(slots=True)
class Try:
    """Something was shown once; `is_in` is None where no answer came."""

    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    ended: datetime | None = None
    is_in: bool | None = None
    entry_id: str | None = None
    said: str = ""

    def covers(self, at: datetime) -> bool:
        """Whether an entry of this time can be its."""
        ends = self.ended and self.ended + LATEST
        return self.began <= at and (ends is None or at <= ends)


@dataclass(slots=True)
class Visit:
    """One driver with one thing to show; of a pass, `grant_id` says for which delivery."""

    way: Way
    unit: str
    grant_id: str = ""
    number: str = ""
    made_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    tries: list[Try] = field(default_factory=list)
    unknown_at: datetime | None = None
    """When it was said to be unknown, for good."""

    @property
    def is_in(self) -> bool:
        """Whether the driver read that the door is open."""
        return any(each.is_in for each in self.tries)

    def covers(self, at: datetime) -> bool:
        """Whether an entry of this time can be its."""
        return any(each.covers(at) for each in self.tries)
