"""Forged parcels: states of sensors that list them, as anyone who may set a state can send them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import quote

from .hostile import Document, Values, as_json
from .tally import Tally
from .target import FEEDS, OWNER, Target
from .wire import Line

SOURCE = "feeds"
STATUSES: Sequence[str] = (
    *("InfoReceived", "InTransit", "OutForDelivery", "OutForDelivery", "Delivered"),
    *("AvailableForPickup", "AttemptFail", "Exception", "OUTFORDELIVERY", ""),
)
SILENT: Sequence[str] = ("unavailable", "unknown")


@dataclass(slots=True)
class Feeds:
    """Somebody who pretends to be a parcel integration."""

    target: Target
    values: Values
    tally: Tally

    @property
    def random(self) -> Random:
        """The source of all choices."""
        return self.values.random

    async def report(self, line: Line) -> None:
        """Let a source list parcels, of which some can't be read."""
        random = self.random
        parcels: object = [self._parcel() for _ in range(random.choice((0, 1, 3, 300)))]
        if random.random() < 0.1:
            parcels = self.values.any()
        path = f"/api/states/{random.choice(FEEDS)}"
        state = random.choice(("3", "3", "3", *SILENT, self.values.text()[:255]))
        body: Document = {"state": state, "attributes": {"trackings": parcels}}
        written = as_json(body)
        head = (
            f"POST {quote(path)} HTTP/1.1\r\nHost: {self.target.host}\r\n"
            f"Authorization: Bearer {self.target.users[OWNER].token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(written)}\r\n\r\n"
        )
        reply = await line.ask(head.encode() + written)
        self.tally.count(SOURCE, str(reply.status))
        if reply.status >= 500:
            self.tally.error(SOURCE, f"{reply.status} to {path} {written[:300]!r}")

    def _parcel(self) -> Mapping[str, object]:
        random, now = self.random, datetime.now(UTC)
        at = now + timedelta(hours=random.choice((-30, -1, 0, 1, 20, 160, 400)))
        parcel: dict[str, object] = {
            "tracking_number": random.choice(
                (f"JD{random.randrange(200)}", self.values.any())
            ),
            "status": random.choice((*STATUSES, self.values.any())),
            "expected_delivery": random.choice(
                (None, at.isoformat(), at.date().isoformat(), self.values.any())
            ),
            "name": "DHL",
        }
        if random.random() < 0.4:
            parcel[random.choice(list(parcel))] = self.values.any()
        return parcel
