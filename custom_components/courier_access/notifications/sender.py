"""The notices that are being sent: so many at a time, and none that takes long keeps others from being sent."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, KeysView, Mapping
from dataclasses import dataclass
from typing import Final

from homeassistant.core import HomeAssistant, callback

from ..const import DOMAIN

MOST_AT_ONCE: Final = 16
"""How many places there are for sends."""

PLACE_SECONDS: Final = 1.0
"""How long a send keeps its place. A service that answers does so sooner; what hangs only waits, and may without one."""


@dataclass(frozen=True, slots=True)
class _Send:
    resident_id: str
    task: asyncio.Task[None]


class Sends:
    """What is being sent, by the ids of the notices.

    Places are few, so that many notices at once overwhelm neither Home Assistant nor a service. Without one wait at
    the most as many as are sent to all residents at once (`MAX_SENDS_PER_RESIDENT` of each).
    """

    def __init__(self, hass: HomeAssistant, freed: Callable[[], None]) -> None:
        """Begin with nothing; `freed` is called when a place was given up."""
        self._hass = hass
        self._freed = freed
        self._sends: dict[int, _Send] = {}
        self._placed: set[int] = set()

    @property
    def places_left(self) -> int:
        """How many more may begin now."""
        return MOST_AT_ONCE - len(self._placed)

    @property
    def notice_ids(self) -> KeysView[int]:
        """The notices that are being sent."""
        return self._sends.keys()

    @property
    def by_resident(self) -> Mapping[str, int]:
        """How many are being sent to each resident."""
        return Counter(send.resident_id for send in self._sends.values())

    @property
    def tasks(self) -> list[asyncio.Task[None]]:
        """The tasks that send."""
        return [send.task for send in self._sends.values()]

    @callback
    def begin(
        self, notice_id: int, resident_id: str, work: Coroutine[object, object, None]
    ) -> None:
        """Send a notice; `end` is to be called when that is over."""
        task = self._hass.async_create_background_task(
            work, f"{DOMAIN} notice", eager_start=False
        )
        self._sends[notice_id] = _Send(resident_id, task)
        self._placed.add(notice_id)
        takes_long = asyncio.get_running_loop().call_later(
            PLACE_SECONDS, self._move_on, notice_id
        )
        task.add_done_callback(lambda _: takes_long.cancel())

    @callback
    def end(self, notice_id: int) -> None:
        """Take in that a notice is being sent no more."""
        del self._sends[notice_id]
        self._placed.discard(notice_id)

    @callback
    def _move_on(self, notice_id: int) -> None:
        self._placed.discard(notice_id)
        self._freed()
