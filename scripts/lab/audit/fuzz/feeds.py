"""Forged parcels: states of sensors, and events, as anybody with a registered app can send them."""

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
EVENTS: Sequence[str] = tuple(
    f"parcel_aggregator_parcel_{what}"
    for what in ("registered", "status_changed", "delivery_time_changed", "delivered")
)
STATUSES: Sequence[str] = (
    *("registered", "in_transit", "out_for_delivery", "at_pickup_point", "delivered"),
    *("returning", "problem", "unknown", "unavailable", "OUT_FOR_DELIVERY", ""),
)


@dataclass(slots=True)
class Feeds:
    """Somebody who pretends to be a parcel integration."""

    target: Target
    values: Values
    tally: Tally
    devices: Sequence[str] = ()

    @property
    def random(self) -> Random:
        """The source of all choices."""
        return self.values.random

    async def report(self, line: Line) -> None:
        """Report a parcel, by a state or by an event."""
        parcel = self._parcel()
        body: Document
        if self.random.random() < 0.5:
            state = self.random.choice((*STATUSES, *STATUSES, self.values.text()[:255]))
            path = f"/api/states/{self.random.choice(FEEDS)}"
            body = {"state": state, "attributes": parcel}
        else:
            path = f"/api/events/{self.random.choice(EVENTS)}"
            body = {
                **parcel,
                "status": self.random.choice((*STATUSES, self.values.any())),
                "device_id": self.random.choice((*self.devices, self.values.any())),
            }
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
        starts_at = now + timedelta(hours=random.choice((-30, -1, 0, 1, 20, 160, 400)))
        parcel: dict[str, object] = {
            "barcode": random.choice((f"JD{random.randrange(200)}", self.values.any())),
            "planned_from": starts_at.isoformat(),
            "planned_to": (
                starts_at + timedelta(hours=random.randrange(-2, 30))
            ).isoformat(),
            "pickup": random.choice((False, False, True, self.values.any())),
            "carrier": "DHL",
        }
        if random.random() < 0.4:
            parcel[random.choice(list(parcel))] = self.values.any()
        return parcel
