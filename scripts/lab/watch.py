"""Watches a door from the outside: the states of its lock, as any user of Home Assistant sees them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from .answers import Record, record, text
from .client import Channel, User

OPEN_STATES = frozenset({"unlocked", "open"})


@dataclass(slots=True)
class DoorWatch:
    """The states of a lock since the watch began, oldest first; `seen` gets each change."""

    entity_id: str
    seen: Callable[[str, Record], None] = lambda _state, _attributes: None
    states: list[str] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def begin(self, user: User, channel: Channel) -> None:
        """Start watching. Changes come in order with the answers to the channel's commands."""
        await channel.subscribe(
            self._take, "subscribe_events", event_type="state_changed"
        )
        if not self.states:
            self.states.append(text(await user.state(self.entity_id), "state"))

    @property
    def opened(self) -> int:
        """How often the door went from shut to open."""
        pairs = zip(self.states, self.states[1:], strict=False)
        return sum(
            after in OPEN_STATES and before not in OPEN_STATES
            for before, after in pairs
        )

    @property
    def shut(self) -> bool:
        """Whether the door is locked."""
        return self.states[-1] == "locked"

    async def until(self, happened: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is so after a change; returns whether it is in time."""
        try:
            async with asyncio.timeout(seconds):
                while not happened():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True

    def _take(self, event: Record) -> None:
        data = record(event["data"])
        if data["entity_id"] != self.entity_id or data["new_state"] is None:
            return
        changed = record(data["new_state"])
        state = text(changed, "state")
        if not self.states or self.states[-1] != state:
            self.states.append(state)
            self.seen(state, record(changed["attributes"]))
        self._changed.set()
