"""Parcels that the resident expects, with the passes that let their drivers in."""

from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from ...answers import Record, UnexpectedAnswerError, record, text
from ...client import Channel
from .target import Target

PREFIX = "courier_access"


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass, with what opens the door."""

    pass_id: str
    pin: str
    short_code: str
    token: str


@dataclass(slots=True)
class Passes:
    """The newest passes and parcels."""

    target: Target
    made: deque[Pass] = field(default_factory=lambda: deque(maxlen=8))
    grants: deque[str] = field(default_factory=lambda: deque(maxlen=30))
    parcels: deque[str] = field(default_factory=lambda: deque(maxlen=8))
    address_codes: deque[str] = field(default_factory=lambda: deque(maxlen=1))
    questions: deque[str] = field(default_factory=lambda: deque(maxlen=4))
    orders: deque[str] = field(default_factory=lambda: deque(maxlen=6))
    texts: deque[Record] = field(default_factory=lambda: deque(maxlen=2))
    """Texts of the resident's consent, as they are named in a yes."""

    async def make(self, channel: Channel, random: Random) -> None:
        """Expect a parcel as the resident, and make a pass for it."""
        target, now = self.target, datetime.now(UTC)
        parcel = f"PKT{random.randrange(10**9)}"
        issued = record(
            await channel.command(
                f"{PREFIX}/grants/issue",
                building=target.building,
                courier=target.unsigned,
                door=target.door_id,
                units=[target.me.unit],
                ends_at=(now + timedelta(hours=2)).isoformat(),
                parcel_ref=parcel,
            )
        )
        if issued["decision"] != "accepted":
            return
        grant = text(issued, "grant_id")
        self.grants.append(grant)
        self.parcels.append(parcel)
        made = record(
            await channel.command(
                f"{PREFIX}/passes/make",
                building=target.building,
                courier=target.unsigned,
                grant_id=grant,
            )
        )
        self.made.append(
            Pass(
                text(made, "pass"),
                text(made, "pin"),
                text(made, "short_code"),
                str(made["link"] or "").rpartition("/")[2],
            )
        )

    async def renew_address_code(self, channel: Channel) -> None:
        """Have the resident's address code replaced."""
        renewed = await channel.command(
            f"{PREFIX}/address_code/renew",
            building=self.target.building,
            resident=self.target.me.resident_id,
        )
        self.address_codes.append(text(record(renewed), "address_code"))

    def any(self, random: Random) -> Pass | None:
        """Return one of the passes, used or not."""
        return random.choice(self.made) if self.made else None

    def some_grant(self, random: Random) -> str:
        """Return the ID of a parcel that is expected, or of none."""
        return random.choice(self.grants) if self.grants else "G-0"

    def parcel_number(self, random: Random) -> str:
        """Return a parcel's number or an address code that is one."""
        known = [*self.parcels, *self.address_codes]
        return random.choice(known) if known else "PKT0"

    def text_hash(self, random: Random) -> str:
        """Return the hash of a text that a resident read, or of none."""
        return text(random.choice(self.texts), "hash") if self.texts else "0" * 64

    @staticmethod
    def today() -> str:
        """Return the date."""
        return str(datetime.now(UTC).date())


async def quietly(channel: Channel, kind: str, **fields: object) -> None:
    """Give a command that may be turned down."""
    with suppress(UnexpectedAnswerError):
        await channel.command(kind, **fields)
