"""A building that admits couriers, and nobody who lives there has said yes: told to the owner for as long as that is so."""

from datetime import datetime, timedelta
from typing import Final

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time, async_track_time_interval
from homeassistant.util import dt as dt_util

from ..building.building import Building
from ..hass.addresses import link_url
from ..hass.issues import Fix, IssueKind, Issues

TOLD_AFTER: Final = timedelta(days=1)
"""How long residents have to decide before their owner is told that nobody has."""


@callback
def async_follow_consents(hass: HomeAssistant, building: Building) -> CALLBACK_TYPE:
    """Tell the owner where nobody is enrolled, or where nobody has consented and somebody has not decided.

    Where all have said no, that is their answer, and there is nothing to see to.
    """
    issues = Issues(hass, building.entry.entry_id)
    admits = any(courier.enabled for courier in building.directory.couriers.values())
    stop_waiting: CALLBACK_TYPE | None = None

    @callback
    def look(_: datetime | None = None) -> None:
        nonlocal stop_waiting
        stop_to_wait()
        told_at = _told_at(building) if admits else None
        if told_at is None:
            issues.clear(IssueKind.NO_CONSENT)
        elif told_at <= dt_util.utcnow():
            issues.show(IssueKind.NO_CONSENT, fix=Fix.INVITE_ANEW)
        else:
            issues.clear(IssueKind.NO_CONSENT)
            stop_waiting = async_track_point_in_utc_time(hass, look, told_at)

    @callback
    def stop_to_wait() -> None:
        nonlocal stop_waiting
        if stop_waiting is not None:
            stop_waiting()
            stop_waiting = None

    if admits and not building.residents:
        issues.show(IssueKind.NO_RESIDENTS)
    else:
        issues.clear(IssueKind.NO_RESIDENTS)
    look()
    stop_listening = building.rulebook.listen(look)

    @callback
    def stop() -> None:
        stop_listening()
        stop_to_wait()

    return stop


def _told_at(building: Building) -> datetime | None:
    """Return when the owner is told, a day after the first who has not decided was asked; None where they are not."""
    rulebook = building.rulebook
    if rulebook.has_consent:
        return None
    asked = min(rulebook.undecided.values(), default=None)
    return None if asked is None else asked + TOLD_AFTER


_LOOK_EVERY: Final = timedelta(hours=1)
"""How often it is looked at without an event to go by: Home Assistant Cloud's address fires none."""


@callback
def async_follow_external_url(hass: HomeAssistant, building: Building) -> CALLBACK_TYPE:
    """Tell the owner for as long as a resident has a personal link and Home Assistant no address for it."""
    issues = Issues(hass, building.entry.entry_id)

    @callback
    def look(_: Event | datetime | None = None) -> None:
        has_links = any(
            building.links.link_of(resident_id) is not None for resident_id in building.residents
        )
        if not has_links or link_url(hass, "") is not None:
            issues.clear(IssueKind.NO_EXTERNAL_URL)
        else:
            issues.show(IssueKind.NO_EXTERNAL_URL)

    stop_events = hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, look)
    stop_looking = async_track_time_interval(hass, look, _LOOK_EVERY, cancel_on_shutdown=True)
    look()

    @callback
    def stop() -> None:
        stop_events()
        stop_looking()

    return stop
