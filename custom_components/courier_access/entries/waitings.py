"""The places of pages that wait at a door."""

from datetime import datetime
import math
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .request import WAITS, At, Waiting

MOST_OF_NETWORK: Final = 2
"""How many pages of one network may wait."""

MOST_AT_DOOR: Final = 20
"""How many pages that ring may wait at a door, and as many that show a code."""


class Waitings:
    """Give pages their places, each for two minutes or until its entry."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin without pages."""
        self._hass = hass
        self._places: dict[Waiting, tuple[str, bool]] = {}
        self._is_open = True

    @callback
    def take(self, waiting: Waiting, door_id: str, *, rings: bool) -> bool:
        """Begin a wait, or return false if there is no place for it."""
        if waiting.at is not At.PAGE:
            waiting.begin()
            return True
        taken = self._taken()
        if (
            not self._is_open
            or waiting in taken
            or len(self._of_network(waiting)) >= MOST_OF_NETWORK
            or not self._make_room((door_id, rings))
        ):
            return False
        waiting.begin()
        self._places[waiting] = door_id, rings
        return True

    def _make_room(self, place: tuple[str, bool]) -> bool:
        """Return whether there is a place at a door, perhaps of a page that is gone.

        Nobody keeps places by ringing without waiting.
        """
        at_door = [each for each, at in self._places.items() if at == place]
        if len(at_door) < MOST_AT_DOOR:
            return True
        if (gone := next((one for one in at_door if not one.is_there), None)) is None:
            return False
        gone.end()
        return True

    def has(self, waiting: Waiting) -> bool:
        """Return whether a page has a place."""
        return waiting in self._taken()

    def next_at(self, waiting: Waiting) -> datetime:
        """Return from which minute on a page's network may ring again."""
        now = self._hass.loop.time()
        network = self._of_network(waiting)
        if waiting in self._taken():
            until = waiting.until
        elif len(network) >= MOST_OF_NETWORK:
            until = min(each.until for each in network)
        else:
            until = now if waiting.has_rung else now + WAITS[At.PAGE]
        at = dt_util.utcnow().timestamp() + until - now
        return dt_util.utc_from_timestamp(math.ceil(at / 60) * 60)

    @callback
    def close(self) -> None:
        """End all waits."""
        self._is_open = False
        for waiting in self._places:
            waiting.end()

    def _taken(self) -> dict[Waiting, tuple[str, bool]]:
        now = self._hass.loop.time()
        self._places = {
            each: place
            for each, place in self._places.items()
            if each.until > now and each.entered is None
        }
        return self._places

    def _of_network(self, waiting: Waiting) -> list[Waiting]:
        if waiting.network is None:
            return []
        return [each for each in self._taken() if each.network == waiting.network]
