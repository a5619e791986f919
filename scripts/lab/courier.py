"""The reference courier: a courier's back end that uses the couriers' API (docs/courier-api/README.md).

It signs with the `standardwebhooks` package, so that the integration's verifier is compared with a
signer that others wrote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
import json
from typing import Protocol
from uuid import uuid4

import aiohttp

from .answers import Record, UnexpectedAnswerError, parsed, record
from .signing import Signer

# Every answer comes within 30 s: docs/courier-api/README.md#from-planning-to-the-door.
SECONDS = 35
PROBLEM = "urn:courier-access:problem:"


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it goes out; when it is sent again, its id and body stay the same."""

    body: bytes
    id: str = field(default_factory=lambda: f"msg_{uuid4().hex}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Only a decision settles a message; after anything else it is sent again."""

    status: int
    headers: Mapping[str, str]
    body: Record
    source: str

    @property
    def decision(self) -> str | None:
        """What was decided, None where nothing was."""
        decision = self.body.get("decision")
        return decision if self.status == 200 and isinstance(decision, str) else None

    @property
    def reason(self) -> str | None:
        """Why."""
        reason = self.body.get("reason")
        return reason if isinstance(reason, str) else None

    @property
    def replayed(self) -> bool:
        """Whether it is an earlier answer, given again."""
        return self.body.get("replayed") is True

    @property
    def problem(self) -> str | None:
        """The problem's code, None where the answer is no problem."""
        kind = self.body.get("type")
        if isinstance(kind, str) and kind.startswith(PROBLEM):
            return kind.removeprefix(PROBLEM)
        return None


class Observer(Protocol):
    """Somebody who looks over a courier's shoulder."""

    def asked(self, name: str, message: Message, headers: Mapping[str, str]) -> None:
        """See what is about to be sent."""

    def answered(self, name: str, answer: Answer) -> None:
        """See what came back."""


@dataclass(slots=True)
class Courier:
    """A courier company at one building."""

    http: aiohttp.ClientSession
    name: str
    url: str
    signer: Signer
    to: str | None = None
    observer: Observer | None = None

    def compose(
        self,
        kind: str,
        data: Mapping[str, object],
        *,
        at: datetime | None = None,
        message_id: str | None = None,
    ) -> Message:
        """Write a message of a type; `at` stands in its body as the time it is about."""
        content: dict[str, object] = {
            "type": kind,
            "timestamp": (at or datetime.now(UTC)).isoformat(),
            "data": {key: value for key, value in data.items() if value is not None},
        }
        if self.to is not None:
            content["to"] = self.to
        body = json.dumps(content, ensure_ascii=False).encode()
        return Message(body) if message_id is None else Message(body, message_id)

    def headers(self, message: Message) -> dict[str, str]:
        """Sign a message now."""
        now = datetime.now(UTC)
        return {
            "Content-Type": "application/json",
            "webhook-id": message.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self.signer.sign(message.id, now, message.body),
        }

    async def send(
        self, message: Message, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a message, signed now unless its headers are given."""
        signed = self.headers(message) if headers is None else headers
        if self.observer is not None:
            self.observer.asked(self.name, message, signed)
        async with self.http.post(
            self.url,
            data=message.body,
            headers=signed,
            timeout=aiohttp.ClientTimeout(SECONDS),
        ) as reply:
            source = (await reply.read()).decode(errors="replace")
            answer = Answer(reply.status, dict(reply.headers), _content(source), source)
        if self.observer is not None:
            self.observer.answered(self.name, answer)
        return answer

    async def ping(self) -> Answer:
        """Ask whether the building is there."""
        return await self.send(self.compose("ping", {}))

    async def grant(
        self,
        grant_id: str,
        units: Sequence[str],
        starts_at: datetime,
        ends_at: datetime,
        **more: object,
    ) -> Answer:
        """Announce a delivery: for whom, and when; `more` holds the message's optional fields."""
        data = {
            "grant_id": grant_id,
            "units": list(units),
            "starts_at": starts_at.isoformat(),
            "ends_at": ends_at.isoformat(),
            **more,
        }
        return await self.send(self.compose("grant.issued", data))

    async def revoke(self, grant_id: str, **more: object) -> Answer:
        """Take a grant back."""
        return await self.send(
            self.compose("grant.revoked", {"grant_id": grant_id, **more})
        )

    async def enter(self, grant_id: str, **more: object) -> Answer:
        """Stand before the door and ask to be let in."""
        return await self.send(
            self.compose("entry.requested", {"grant_id": grant_id, **more})
        )


def _content(source: str) -> Record:
    try:
        return record(parsed(source))
    except UnexpectedAnswerError:
        return {}
