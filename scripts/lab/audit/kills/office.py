"""Couriers' back ends: they keep what they sent, send it again until it is decided, and keep each answer."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import aiohttp

from ...courier import Answer, Courier, Message
from ...main_job import new_grant_id
from .place import DOOR_KEY

FINAL = frozenset({400, 401, 405, 413, 415, 422})
GIVE_UP_SECONDS = 240


@dataclass(slots=True)
class Letter:
    """A message and what became of it: how often it was sent, and the answer that settled it."""

    courier: Courier
    kind: str
    grant_id: str
    message: Message
    units: tuple[str, ...] = ()
    sent: int = 0
    answer: Answer | None = None
    answered_at: datetime | None = None

    @property
    def entry_id(self) -> str | None:
        """The entry that an answer speaks of."""
        entry_id = None if self.answer is None else self.answer.body.get("entry_id")
        return entry_id if isinstance(entry_id, str) else None

    @property
    def is_admitted(self) -> bool:
        """Whether it let somebody in."""
        return self.answer is not None and self.answer.decision == "admitted"


@dataclass(slots=True)
class Office:
    """All couriers' back ends. `sending` is called when an entry is about to be sent."""

    couriers: tuple[Courier, ...]
    random: Random
    sending: Callable[[], None] = lambda: None
    letters: list[Letter] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    closing: bool = False
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """Nothing is sent while it is clear."""
    faults: list[str] = field(default_factory=list)

    async def work(self) -> None:
        """Bring one delivery after the other until the office closes."""
        while not self.closing:
            courier = self.random.choice(self.couriers)
            grant_id = new_grant_id()
            entries = self.random.choice((1, 1, 2, 3))
            now = datetime.now(UTC)
            units = self.random.choice((["3B"], ["3B"], ["2C"], ["3B", "2C"], ["1A"]))
            issued = await self.deliver(
                courier,
                "grant.issued",
                grant_id,
                units=units,
                starts_at=now.isoformat(),
                ends_at=(now + timedelta(minutes=8)).isoformat(),
                max_entries=entries,
                parcel_ref=f"P-{self.random.randrange(10**6)}",
            )
            if issued.answer is None or issued.answer.decision != "accepted":
                continue
            if self.random.random() < 0.1:
                await self.deliver(courier, "grant.revoked", grant_id)
            knocks = [
                self.deliver(courier, "entry.requested", grant_id, door=DOOR_KEY)
                for _ in range(entries + (self.random.random() < 0.2))
            ]
            if self.random.random() < 0.3:
                await asyncio.gather(*knocks)
            else:
                for knock in knocks:
                    await knock
                    await asyncio.sleep(self.random.uniform(0, 0.5))
            if self.random.random() < 0.05:
                await self.deliver(courier, "grant.revoked", grant_id)

    async def deliver(
        self, courier: Courier, kind: str, grant_id: str, **more: object
    ) -> Letter:
        """Send a message, with the same id and body, until it is decided or refused for good."""
        message = courier.compose(kind, {"grant_id": grant_id, **more})
        units = more.get("units", ())
        assert isinstance(units, list | tuple)
        letter = Letter(courier, kind, grant_id, message, tuple(units))
        self.letters.append(letter)
        try:
            async with asyncio.timeout(GIVE_UP_SECONDS):
                answer = await self.attempt(letter)
                while answer is None:
                    await asyncio.sleep(self.random.uniform(0.05, 0.4))
                    answer = await self.attempt(letter)
        except TimeoutError:
            self.faults.append(f"{kind} {message.id} was never answered")
            return letter
        letter.answer, letter.answered_at = answer, datetime.now(UTC)
        if answer.decision is None:
            self.faults.append(
                f"{kind} {message.id} was answered {answer.status} {answer.source}"
            )
        return letter

    async def attempt(self, letter: Letter) -> Answer | None:
        """Send a letter once; None where it is to be sent again."""
        await self.gate.wait()
        letter.sent += 1
        if letter.kind == "entry.requested":
            self.sending()
        try:
            answer = await letter.courier.send(letter.message)
        except aiohttp.ClientError, TimeoutError:
            return None
        if answer.decision is None and answer.status not in FINAL:
            return None
        self.answered.set()
        return answer
