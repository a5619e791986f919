"""Whether residents' personal links lead anywhere, told to the owner where they don't."""

from datetime import datetime, timedelta
from typing import Final

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval

from ..building.building import Building
from ..hass.addresses import link_url
from ..hass.issues import IssueKind, Issues

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
