"""How often one courier may have a unit's residents asked, whatever grants it makes up."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

from homeassistant.core import callback

MOST_QUESTIONS: Final = 6
"""How often a courier may have a unit asked within `WITHIN`, about all of its grants together."""

WITHIN: Final = timedelta(hours=1)


class Patience:
    """Remembers how often each courier has had each unit asked lately.

    About one grant there are three questions, but a courier invents as many grants as it likes: without this it could
    make residents' phones ring at will.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """Begin with nobody having been asked."""
        self._clock = clock
        self._asked: dict[tuple[str, str], list[datetime]] = {}

    def is_left(self, courier_id: str, unit: str) -> bool:
        """Whether a courier may have a unit asked once more."""
        return len(self._lately(courier_id, unit)) < MOST_QUESTIONS

    @callback
    def spend(self, courier_id: str, units: Collection[str]) -> None:
        """Take in that a courier has these units asked."""
        now = self._clock()
        for unit in units:
            self._asked[courier_id, unit] = [*self._lately(courier_id, unit), now]

    @callback
    def restore(self, courier_id: str, units: Collection[str]) -> None:
        """Let a question count as none that was not put after all."""
        for unit in units:
            self._asked[courier_id, unit] = self._lately(courier_id, unit)[:-1]

    def _lately(self, courier_id: str, unit: str) -> list[datetime]:
        now = self._clock()
        # Also where the clock was set back.
        return [at for at in self._asked.get((courier_id, unit), ()) if abs(now - at) < WITHIN]
