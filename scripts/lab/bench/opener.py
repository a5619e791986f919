"""The lock that a measurement opens: a template lock over an `input_boolean`."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ..answers import Record, record, text
from ..client import SECONDS, Channel, User

OPENER = "lock.entrance"
SWITCH = "input_boolean.entrance"

OPENER_CONFIGURATION: Mapping[str, object] = {
    "input_boolean": {"entrance": {"name": "Entrance"}},
    "template": [
        {
            "lock": [
                {
                    "name": "Entrance",
                    "unique_id": "bench_entrance",
                    "state": f"{{{{ 'unlocked' if is_state('{SWITCH}', 'on') else 'locked' }}}}",
                    "lock": {
                        "action": "input_boolean.turn_off",
                        "target": {"entity_id": SWITCH},
                    },
                    "unlock": {
                        "action": "input_boolean.turn_on",
                        "target": {"entity_id": SWITCH},
                    },
                }
            ]
        }
    ],
}


@dataclass(slots=True)
class Opener:
    """The lock that both sides open, and since when it is in its state, by the machine's clock."""

    owner: User
    state: str = ""
    changed_at: float = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def begin(self, channel: Channel) -> None:
        """Watch the lock from now on, locked."""
        await channel.subscribe(
            self._take, "subscribe_events", event_type="state_changed"
        )
        self.state = text(await self.owner.state(OPENER), "state")
        if self.state != "locked":
            await self.lock()

    async def until(self, state: str) -> float:
        """Wait for a state; returns since when the lock is in it."""
        async with asyncio.timeout(SECONDS):
            while self.state != state:
                self._changed.clear()
                await self._changed.wait()
        return self.changed_at

    async def lock(self) -> None:
        """Lock by hand."""
        await self.owner.act("lock.lock", {"entity_id": OPENER})
        await self.until("locked")

    def _take(self, event: Record) -> None:
        data = record(event["data"])
        if data["entity_id"] == OPENER and data["new_state"] is not None:
            changed = record(data["new_state"])
            self.state = text(changed, "state")
            self.changed_at = datetime.fromisoformat(
                text(changed, "last_changed")
            ).timestamp()
            self._changed.set()
