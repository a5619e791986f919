"""What doors tell of a building's entries, kept while nobody takes it in: the building is being loaded, or is not."""

from collections.abc import Callable
from typing import Protocol

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from .lifecycle import StoryEvent


class Follower(Protocol):
    """Whoever takes in what becomes of entries at the doors."""

    def tell(self, event: StoryEvent) -> None:
        """Take in what happened."""

    def deadline_done(self, entry_id: str) -> None:
        """Take in that a door is locked again, or no longer ours to lock."""


class Reports:
    """Hands on what is told in its order, now or once there is a follower."""

    is_fresh = True
    """Whether nothing was ever handed on: what doors told before Home Assistant was started is not known."""

    def __init__(self) -> None:
        self._follower: Follower | None = None
        self._kept: list[Callable[[Follower], None]] = []

    @callback
    def hand_to(self, follower: Follower | None) -> None:
        """Hand what was kept, and all that is told from now on, to this follower; to nobody, and it is kept."""
        self._follower = follower
        if follower is not None:
            self.is_fresh = False
            kept, self._kept = self._kept, []
            for report in kept:
                report(follower)

    @callback
    def tell(self, event: StoryEvent) -> None:
        """Tell what happened."""
        self._report(lambda follower: follower.tell(event))

    @callback
    def deadline_done(self, entry_id: str) -> None:
        """Tell that a door is locked again, or no longer ours to lock."""
        self._report(lambda follower: follower.deadline_done(entry_id))

    def _report(self, report: Callable[[Follower], None]) -> None:
        if self._follower is None:
            self._kept.append(report)
        else:
            report(self._follower)


REPORTS: HassKey[dict[str, Reports]] = HassKey(f"{DOMAIN}_reports")


@callback
def reports_of(hass: HomeAssistant, entry_id: str) -> Reports:
    """Return the reports of the building with that config entry, which outlive its being loaded anew."""
    return hass.data.setdefault(REPORTS, {}).setdefault(entry_id, Reports())
