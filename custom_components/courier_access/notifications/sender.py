"""Limit how many notifications are sent at a time, so slow services don't block."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, KeysView, Mapping
from dataclasses import dataclass
from typing import Final

from homeassistant.core import HomeAssistant, callback

from ..const import DOMAIN

MAX_SENDS: Final = 16
"""The number of places for sends."""

PLACE_SECONDS: Final = 1.0
"""Seconds a send keeps its place; a hanging one goes on without a place."""


@dataclass(frozen=True, slots=True)
class _Send:
    resident_id: str
    task: asyncio.Task[None]


class Sends:
    """Track running sends by notification ID.

    Places are few, so that many notifications overwhelm neither Home Assistant nor a
    service. `MOST_OF_ONE_RESIDENT` limits the sends to each resident, with or without a
    place.
    """

    def __init__(self, hass: HomeAssistant, freed: Callable[[], None]) -> None:
        self._hass = hass
        self._freed = freed
        self._sends: dict[int, _Send] = {}
        self._with_place: set[int] = set()

    @property
    def places_left(self) -> int:
        """Return how many sends may start now."""
        return MAX_SENDS - len(self._with_place)

    @property
    def notification_ids(self) -> KeysView[int]:
        """Return the IDs of the notifications being sent."""
        return self._sends.keys()

    @property
    def by_resident(self) -> Mapping[str, int]:
        """Return the number of running sends to each resident."""
        return Counter(send.resident_id for send in self._sends.values())

    @property
    def tasks(self) -> list[asyncio.Task[None]]:
        """Return the running tasks."""
        return [send.task for send in self._sends.values()]

    @callback
    def begin(
        self,
        notification_id: int,
        resident_id: str,
        work: Coroutine[object, object, None],
    ) -> None:
        """Start a send; call `end` when it's done."""
        task = self._hass.async_create_background_task(
            work, f"{DOMAIN} notification", eager_start=False
        )
        self._sends[notification_id] = _Send(resident_id, task)
        self._with_place.add(notification_id)
        timer = asyncio.get_running_loop().call_later(
            PLACE_SECONDS, self._free_place, notification_id
        )
        task.add_done_callback(lambda _: timer.cancel())

    @callback
    def end(self, notification_id: int) -> None:
        """Remove a finished send."""
        del self._sends[notification_id]
        self._with_place.discard(notification_id)

    @callback
    def _free_place(self, notification_id: int) -> None:
        self._with_place.discard(notification_id)
        self._freed()
