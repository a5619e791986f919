"""Show repair issues about consent, homes, and personal links."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.event import (
    async_track_point_in_utc_time,
    async_track_time_interval,
)
from homeassistant.util import dt as dt_util

from ..access.names import homes_alike
from ..home_assistant.issues import Fix, IssueKind, Issues, RepairWatch
from .directory import Directory
from .personal_links import Links, link_url
from .rulebook import Rulebook

SHOWN_AFTER: Final = timedelta(days=1)
"""How long residents have to decide before the owner sees an issue."""

_LOOK_EVERY: Final = timedelta(hours=1)
"""The Home Assistant Cloud address fires no event when it changes."""


class ConsentRepairs(RepairWatch):
    """Show that nobody is enrolled, or that nobody consents and somebody is undecided.

    If everyone refused, there is nothing to repair.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        issues: Issues,
        directory: Directory,
        rulebook: Rulebook,
    ) -> None:
        super().__init__(hass, issues)
        self._rulebook = rulebook
        self._has_residents = bool(directory.addressees)
        self._has_couriers = any(
            courier.enabled for courier in directory.couriers.values()
        )
        self._stop_waiting: CALLBACK_TYPE | None = None

    @callback
    def start(self) -> None:
        """Show what is missing now, and follow the rules."""
        if self._has_couriers and not self._has_residents:
            self.issues.show(IssueKind.NO_RESIDENTS)
        else:
            self.issues.clear(IssueKind.NO_RESIDENTS)
        self.until_stopped(self._rulebook.listen(self._look), self._stop_timer)
        self._look()

    @callback
    def _look(self, _now: datetime | None = None) -> None:
        self._stop_timer()
        shown_at = self._shown_at() if self._has_couriers else None
        if shown_at is not None and shown_at <= dt_util.utcnow():
            self.issues.show(IssueKind.NO_CONSENT, fix=Fix.RESEND_INVITATIONS)
            return
        self.issues.clear(IssueKind.NO_CONSENT)
        if shown_at is not None:
            self._stop_waiting = async_track_point_in_utc_time(
                self.hass, self._look, shown_at
            )

    @callback
    def _stop_timer(self) -> None:
        if self._stop_waiting is not None:
            self._stop_waiting()
            self._stop_waiting = None

    def _shown_at(self) -> datetime | None:
        """Return when to show the issue: a day after the first open invitation."""
        if self._rulebook.has_consent:
            return None
        invited = min(self._rulebook.undecided.values(), default=None)
        return None if invited is None else invited + SHOWN_AFTER


class HomeRepairs(RepairWatch):
    """Show homes whose names people can't tell apart, which the forms refuse now."""

    def __init__(self, hass: HomeAssistant, issues: Issues, labels: set[str]) -> None:
        super().__init__(hass, issues)
        self._alike = homes_alike(labels)

    @callback
    def start(self) -> None:
        """Show the issue if needed; after a change, there is a new building."""
        if self._alike:
            count = str(len(self._alike))
            self.issues.show(IssueKind.HOMES_ALIKE, placeholders={"count": count})
        else:
            self.issues.clear(IssueKind.HOMES_ALIKE)


class LinkRepairs(RepairWatch):
    """Show that residents have personal links, but no external URL leads to them."""

    def __init__(
        self, hass: HomeAssistant, issues: Issues, directory: Directory, links: Links
    ) -> None:
        super().__init__(hass, issues)
        self._residents = directory.addressees.keys()
        self._link_of: Callable[[str], str | None] = links.link_of

    @callback
    def start(self) -> None:
        """Show the issue if needed, and check again when the URL may have changed."""
        self.until_stopped(
            self.hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, self._look),
            async_track_time_interval(
                self.hass, self._look, _LOOK_EVERY, cancel_on_shutdown=True
            ),
        )
        self._look()

    @callback
    def _look(self, _: Event | datetime | None = None) -> None:
        has_links = any(
            self._link_of(resident_id) is not None for resident_id in self._residents
        )
        if has_links and link_url(self.hass, "") is None:
            self.issues.show(IssueKind.NO_EXTERNAL_URL)
        else:
            self.issues.clear(IssueKind.NO_EXTERNAL_URL)
