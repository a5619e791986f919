"""Couriers who still sign with a key that ends: the owner is told until they use the new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
import logging
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time, async_track_time_interval
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..building.building import Building
from ..const import CONF_CLOUDHOOK_URL, CONF_KEY, CONF_KEYS, CONF_WEBHOOK_ID, DOMAIN
from ..hass.issues import Fix, IssueKind, Issues
from ..ledger.ledger import LedgerUnavailable
from ..ledger.state.couriers import note_key
from .activity import couriers_heard
from .addresses import async_cloudhook, is_out_of_service, listen_to_cloud

_LOOK_EVERY: Final = timedelta(hours=1)
"""How often it is looked at without an event to go by, such as when a subscription ends."""


@callback
def async_follow_cloud_addresses(hass: HomeAssistant, building: Building) -> CALLBACK_TYPE:
    """Tell the owner of each courier for as long as the address that it was given leads nowhere.

    A connection that is away for a while is none of it: it comes back by itself.
    """
    followed = _FollowedAddress(hass, building)
    return followed.start()


class _FollowedAddress:
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


TOLD_BEFORE: Final = timedelta(hours=12)
"""How long before a key ends its owner is told: until then the courier has time to change over by itself."""

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Rotation:
    """A courier whose key was replaced: the new key, by its fingerprint, and when the old one ends or has ended."""

    fingerprint: str
    ends_at: datetime

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> _Rotation | None:
        """Read what a courier's subentry holds; None where there is no old key."""
        match data[CONF_KEYS]:
            case [newest, {"ends_at": str(ends_at)}, *_]:
                fingerprint = sha256(newest[CONF_KEY].encode()).hexdigest()
                return cls(fingerprint, dt_util.parse_datetime(ends_at, raise_on_error=True))
            case _:
                return None


@callback
def async_follow_keys(hass: HomeAssistant, building: Building) -> CALLBACK_TYPE:
    """Tell the owner of each enabled courier that was not heard by its new key yet, from some time before the old one ends.

    Also once it has ended: then the courier is turned away.
    """
    rotations = _rotations(building)
    followed = _FollowedKeys(
        hass,
        building,
        {
            courier_id: rotation
            for courier_id, rotation in rotations.items()
            if not _is_heard(building, courier_id, rotation)
        },
    )
    return followed.start()


def uses_newest(building: Building, courier_id: str) -> bool | None:
    """Whether a courier was heard by the key that replaced another.

    None for one whose key was not replaced, and where that is not known without the ledger.
    """
    rotation = _Rotation.read(building.entry.subentries[courier_id].data)
    if rotation is None or building.fault is not None:
        return None
    return _is_heard(building, courier_id, rotation)


def _is_heard(building: Building, courier_id: str, rotation: _Rotation) -> bool:
    return building.heard_by.get(courier_id) == rotation.fingerprint


def _rotations(building: Building) -> dict[str, _Rotation]:
    rotations = {}
    for courier in building.directory.couriers.values():
        # One that was removed while the building was loaded has it loaded anew.
        subentry = building.entry.subentries.get(courier.id)
        if subentry is None or not courier.enabled:
            continue
        if (rotation := _Rotation.read(subentry.data)) is not None:
            rotations[courier.id] = rotation
    return rotations


class _FollowedKeys:
    def __init__(
        self, hass: HomeAssistant, building: Building, waiting: dict[str, _Rotation]
    ) -> None:
        self._hass = hass
        self._building = building
        self._waiting = waiting
        self._issues = Issues(hass, building.entry.entry_id)
        self._stops: list[CALLBACK_TYPE] = []

    def start(self) -> CALLBACK_TYPE:
        now = dt_util.utcnow()
        told = [id_ for id_, each in self._waiting.items() if each.ends_at - TOLD_BEFORE <= now]
        self._issues.keep(IssueKind.KEY_ENDING, told)
        for courier_id, rotation in self._waiting.items():
            if courier_id in told:
                self._show(courier_id)
            else:
                self._stops.append(
                    async_track_point_in_utc_time(
                        self._hass,
                        partial(self._on_time, courier_id),
                        rotation.ends_at - TOLD_BEFORE,
                    )
                )
        self._stops.append(couriers_heard(self._hass).listen(self._heard))
        return self._stop

    @callback
    def _stop(self) -> None:
        for stop in self._stops:
            stop()

    @callback
    def _on_time(self, courier_id: str, _now: datetime) -> None:
        if courier_id in self._waiting:
            self._show(courier_id)

    def _show(self, courier_id: str) -> None:
        courier = self._building.directory.couriers[courier_id]
        ends_at = dt_util.as_local(self._waiting[courier_id].ends_at)
        self._issues.show(
            IssueKind.KEY_ENDING,
            courier_id,
            {"courier": courier.name, "ends_at": f"{ends_at:%Y-%m-%d %H:%M}"},
            fix=Fix.SEE_TO_KEYS,
        )

    @callback
    def _heard(self, courier_id: str, by_newest_key: bool) -> None:
        if not by_newest_key or (rotation := self._waiting.pop(courier_id, None)) is None:
            return
        building = self._building
        building.heard_by = {**building.heard_by, courier_id: rotation.fingerprint}
        self._issues.clear(IssueKind.KEY_ENDING, courier_id)
        building.run(self._keep(courier_id, rotation), f"{DOMAIN} key heard")

    async def _keep(self, courier_id: str, rotation: _Rotation) -> None:
        try:
            await self._building.ledger.write(
                lambda transaction: note_key(transaction.conn, courier_id, rotation.fingerprint)
            )
        except LedgerUnavailable as err:
            _LOGGER.info("It could not be kept that a courier uses its new key: %s", err)
