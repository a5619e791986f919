"""Show repair issues about consent, homes, personal links, and who is responsible."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Final

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import Event, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..access.names import homes_alike
from ..home_assistant.callbacks import Timer
from ..home_assistant.host import external_url
from ..home_assistant.issues import Fix, IssueKind, Issues
from .directory import Directory, Responsible
from .personal_links import Links
from .rulebook import Rulebook

SHOWN_AFTER: Final = timedelta(days=1)
"""How long residents have to decide before the administrator sees an issue."""

_LOOK_EVERY: Final = timedelta(hours=1)
"""The Home Assistant Cloud address fires no event when it changes."""


def watch_consent(
    issues: Issues, directory: Directory, rulebook: Rulebook, stops: ExitStack
) -> None:
    """Show that nobody is enrolled, or that nobody consents and somebody is undecided.

    If everyone refused, there is nothing to repair.
    """
    has_couriers = any(courier.enabled for courier in directory.couriers.values())
    if has_couriers and not directory.addressees:
        issues.show(IssueKind.NO_RESIDENTS)
    else:
        issues.clear(IssueKind.NO_RESIDENTS)
    timer = Timer(issues.hass)

    def look() -> None:
        shown_at = _consent_missing_at(rulebook) if has_couriers else None
        if shown_at is not None and shown_at <= dt_util.utcnow():
            timer.stop()
            issues.show(IssueKind.NO_CONSENT, fix=Fix.RESEND_INVITATIONS)
        else:
            timer.start_at(shown_at, look)
            issues.clear(IssueKind.NO_CONSENT)

    stops.callback(timer.stop)
    stops.callback(rulebook.listeners.add(look))
    look()


def _consent_missing_at(rulebook: Rulebook) -> datetime | None:
    """Return when to show the issue: a day after the first open invitation."""
    if rulebook.has_consent:
        return None
    invited = min(rulebook.undecided.values(), default=None)
    return None if invited is None else invited + SHOWN_AFTER


def show_responsible(issues: Issues, responsible: Responsible | None) -> None:
    """Show that a house of several homes doesn't say who is responsible for its data."""
    if responsible is None or responsible.is_named:
        issues.clear(IssueKind.NO_RESPONSIBLE)
    else:
        issues.show(IssueKind.NO_RESPONSIBLE)


def show_homes_alike(issues: Issues, labels: set[str]) -> None:
    """Show homes whose names people can't tell apart, which the forms refuse now."""
    if alike := homes_alike(labels):
        issues.show(IssueKind.HOMES_ALIKE, placeholders={"count": str(len(alike))})
    else:
        issues.clear(IssueKind.HOMES_ALIKE)


def watch_links(
    issues: Issues, directory: Directory, links: Links, stops: ExitStack
) -> None:
    """Show that residents have personal links, but no external URL leads to them."""
    hass = issues.hass

    @callback
    def look(_: Event | datetime | None = None) -> None:
        has_links = any(map(links.link_of, directory.addressees))
        if has_links and external_url(hass, "") is None:
            issues.show(IssueKind.NO_EXTERNAL_URL)
        else:
            issues.clear(IssueKind.NO_EXTERNAL_URL)

    stops.callback(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, look))
    stops.callback(async_track_time_interval(hass, look, _LOOK_EVERY))
    look()
