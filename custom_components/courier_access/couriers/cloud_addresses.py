"""Whether addresses through Home Assistant Cloud that couriers were given lead here, told to the owner where they don't."""

from datetime import datetime, timedelta
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.start import async_at_started

from ..building.building import Building
from ..const import CONF_CLOUDHOOK_URL, CONF_WEBHOOK_ID, DOMAIN
from ..hass.issues import IssueKind, Issues
from .addresses import async_cloudhook, is_out_of_service, listen_to_cloud

_LOOK_EVERY: Final = timedelta(hours=1)
"""How often it is looked at without an event to go by, such as when a subscription ends."""


@callback
def async_follow_cloud_addresses(hass: HomeAssistant, building: Building) -> CALLBACK_TYPE:
    """Tell the owner of each courier for as long as the address that it was given leads nowhere.

    A connection that is away for a while is none of it: it comes back by itself.
    """
    followed = _Followed(hass, building)
    return followed.start()


class _Followed:
    def __init__(self, hass: HomeAssistant, building: Building) -> None:
        self._hass = hass
        self._building = building
        self._issues = Issues(hass, building.entry.entry_id)
        subentries = building.entry.subentries
        data = {id_: subentries[id_].data for id_ in building.directory.couriers}
        self._given: dict[str, tuple[str, str]] = {
            courier_id: (each[CONF_WEBHOOK_ID], each[CONF_CLOUDHOOK_URL])
            for courier_id, each in data.items()
            if CONF_CLOUDHOOK_URL in each
        }
        self._stops: list[CALLBACK_TYPE] = []

    def start(self) -> CALLBACK_TYPE:
        self._issues.keep(IssueKind.CLOUD_ADDRESS_GONE, self._given)
        if self._given:
            # Before that Home Assistant Cloud may not be loaded yet.
            self._stops.append(async_at_started(self._hass, self._started))
        return self._stop

    @callback
    def _stop(self) -> None:
        for stop in self._stops:
            stop()

    @callback
    def _started(self, hass: HomeAssistant) -> None:
        self._stops += [
            listen_to_cloud(hass, self._look),
            async_track_time_interval(hass, self._look, _LOOK_EVERY, cancel_on_shutdown=True),
        ]
        self._look()

    @callback
    def _look(self, _now: datetime | None = None) -> None:
        if is_out_of_service(self._hass):
            for courier_id in self._given:
                self._show(courier_id)
            return
        self._building.entry.async_create_background_task(
            self._hass, self._compare(), f"{DOMAIN} cloud addresses"
        )

    async def _compare(self) -> None:
        for courier_id, (webhook_id, given) in self._given.items():
            present = await async_cloudhook(self._hass, webhook_id)
            if present == given:
                self._issues.clear(IssueKind.CLOUD_ADDRESS_GONE, courier_id)
            elif present is not None:
                self._show(courier_id)

    def _show(self, courier_id: str) -> None:
        courier = self._building.directory.couriers[courier_id]
        self._issues.show(IssueKind.CLOUD_ADDRESS_GONE, courier_id, {"courier": courier.name})
