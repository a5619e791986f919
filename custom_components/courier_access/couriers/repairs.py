"""Show repair issues about couriers' addresses and keys."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import (
    async_track_point_in_utc_time,
    async_track_time_interval,
)
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..access.model import Courier
from ..access.names import folded_name
from ..const import CONF_CLOUDHOOK_URL, CONF_WEBHOOK_ID, DOMAIN
from ..hass.issues import Fix, IssueKind, Issues, RepairWatch
from ..notifications.times import write_for_issue
from ..residents.directory import Directory
from .activity import courier_activity
from .addresses import async_cloudhook, is_out_of_service, listen_to_cloud
from .keys import CourierKey, CourierKeys

SHOWN_BEFORE: Final = timedelta(hours=12)
"""How long before a key ends the owner sees the issue."""

_LOOK_EVERY: Final = timedelta(hours=1)
"""Home Assistant Cloud fires no event when, for example, a subscription ends."""


class AddressRepairs(RepairWatch):
    """Show each courier whose cloud address no longer works.

    A lost connection isn't shown, because it comes back by itself.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        issues: Issues,
        entry: ConfigEntry[Any],
        directory: Directory,
    ) -> None:
        super().__init__(hass, issues)
        self._entry = entry
        self._couriers = directory.couriers
        data = {id_: entry.subentries[id_].data for id_ in directory.couriers}
        self._given: dict[str, tuple[str, str]] = {
            courier_id: (each[CONF_WEBHOOK_ID], each[CONF_CLOUDHOOK_URL])
            for courier_id, each in data.items()
            if CONF_CLOUDHOOK_URL in each
        }

    @callback
    def start(self) -> None:
        """Check the addresses once Home Assistant, with the cloud, has started."""
        self.issues.keep(IssueKind.CLOUD_ADDRESS_GONE, self._given)
        if self._given:
            self.until_stopped(async_at_started(self.hass, self._started))

    @callback
    def _started(self, hass: HomeAssistant) -> None:
        self.until_stopped(
            listen_to_cloud(hass, self._look),
            async_track_time_interval(
                hass, self._look, _LOOK_EVERY, cancel_on_shutdown=True
            ),
        )
        self._look()

    @callback
    def _look(self, _now: datetime | None = None) -> None:
        if is_out_of_service(self.hass):
            for courier_id in self._given:
                self._show(courier_id)
            return
        self._entry.async_create_background_task(
            self.hass, self._compare(), f"{DOMAIN} cloud addresses"
        )

    async def _compare(self) -> None:
        for courier_id, (webhook_id, given) in self._given.items():
            present = await async_cloudhook(self.hass, webhook_id)
            if present == given:
                self.issues.clear(IssueKind.CLOUD_ADDRESS_GONE, courier_id)
            elif present is not None:
                self._show(courier_id)

    def _show(self, courier_id: str) -> None:
        placeholders = {"courier": self._couriers[courier_id].name}
        self.issues.show(IssueKind.CLOUD_ADDRESS_GONE, courier_id, placeholders)


class NameRepairs(RepairWatch):
    """Show couriers whose names read the same; the form refuses new ones."""

    def __init__(
        self, hass: HomeAssistant, issues: Issues, directory: Directory
    ) -> None:
        super().__init__(hass, issues)
        self._couriers = directory.couriers.values()

    @callback
    def start(self) -> None:
        """Show each courier that has another one's name."""
        first: dict[str, Courier] = {}
        alike: dict[str, tuple[Courier, Courier]] = {}
        for courier in self._couriers:
            other = first.setdefault(folded_name(courier.name), courier)
            if other is not courier:
                alike[courier.id] = courier, other
        self.issues.keep(IssueKind.COURIER_NAMES_ALIKE, alike)
        for courier, other in alike.values():
            names = {"courier": courier.name, "other": other.name}
            self.issues.show(IssueKind.COURIER_NAMES_ALIKE, courier.id, names)


@dataclass(frozen=True, slots=True)
class _Rotation:
    """Hold a courier's newest key's fingerprint, and when the old key ends."""

    courier: Courier
    fingerprint: str
    ends_at: datetime


def _rotation(courier: Courier, keys: CourierKeys) -> _Rotation | None:
    match keys.newest, keys.old:
        case CourierKey() as newest, CourierKey(ends_at=datetime() as ends_at):
            return _Rotation(courier, newest.fingerprint, ends_at)
        case _:
            return None


def uses_newest_key(
    hass: HomeAssistant, courier: Courier, keys: CourierKeys
) -> bool | None:
    """Return whether a courier has used its new key since Home Assistant started.

    None means that the courier has no old key.
    """
    rotation = _rotation(courier, keys)
    return None if rotation is None else _is_used(hass, rotation)


def _is_used(hass: HomeAssistant, rotation: _Rotation) -> bool:
    return (
        courier_activity(hass).newest_keys.get(rotation.courier.id)
        == rotation.fingerprint
    )


class KeyRepairs(RepairWatch):
    """Show enabled couriers that haven't used their new key before the old one ends.

    The issue stays after the old key has ended: from then on the courier is refused.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        issues: Issues,
        entry: ConfigEntry[Any],
        directory: Directory,
        zone: ZoneInfo,
    ) -> None:
        super().__init__(hass, issues)
        self._zone = zone
        rotations = [
            _rotation(courier, CourierKeys.read(subentry.data))
            for courier in directory.couriers.values()
            # The subentry may have been removed while the building was loaded.
            if courier.enabled
            and (subentry := entry.subentries.get(courier.id)) is not None
        ]
        self._waiting = {
            rotation.courier.id: rotation
            for rotation in rotations
            if rotation is not None and not _is_used(hass, rotation)
        }

    @callback
    def start(self) -> None:
        """Show issues that are due, and schedule the others."""
        now = dt_util.utcnow()
        shown_at = {
            id_: each.ends_at - SHOWN_BEFORE for id_, each in self._waiting.items()
        }
        self.issues.keep(
            IssueKind.KEY_ENDING, [id_ for id_, at in shown_at.items() if at <= now]
        )
        for courier_id, at in shown_at.items():
            if at <= now:
                self._show(courier_id)
            else:
                show = partial(self._show, courier_id)
                self.until_stopped(async_track_point_in_utc_time(self.hass, show, at))
        self.until_stopped(courier_activity(self.hass).listen(self._heard))

    @callback
    def _show(self, courier_id: str, _now: datetime | None = None) -> None:
        if (rotation := self._waiting.get(courier_id)) is None:
            return
        ends_at = write_for_issue(rotation.ends_at, self._zone)
        self.issues.show(
            IssueKind.KEY_ENDING,
            courier_id,
            {"courier": rotation.courier.name, "ends_at": ends_at},
            fix=Fix.MANAGE_OLD_KEY,
        )

    @callback
    def _heard(self, courier_id: str, by_newest_key: bool) -> None:
        if (
            by_newest_key
            and (rotation := self._waiting.pop(courier_id, None)) is not None
        ):
            courier_activity(self.hass).newest_keys[courier_id] = rotation.fingerprint
            self.issues.clear(IssueKind.KEY_ENDING, courier_id)
