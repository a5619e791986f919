"""Couriers' keys and names, and issues about them."""

from collections.abc import Mapping
from contextlib import ExitStack
from copy import replace
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..access.model import Courier
from ..access.names import folded_name
from ..const import CONF_KEYS, DOMAIN, KEY_OVERLAP
from ..contract.signature import (
    PREFIXES,
    Key,
    KeyFault,
    Version,
    fingerprint,
    parse_key,
)
from ..home_assistant.issues import Fix, IssueKind, Issues
from ..notifications.times import write_for_issue
from ..residents.directory import Directory
from .inbox import courier_activity

_TEXT: Final = "key"
_ENDS_AT: Final = "ends_at"


@dataclass(frozen=True, slots=True)
class CourierKey:
    """A key as its courier knows it; it has an end once it is rotated."""

    text: str = field(repr=False)
    ends_at: datetime | None = None

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.text)

    def parse(self) -> Key:
        """Return the key that verifies signatures, or raise KeyFault."""
        return parse_key(self.text, self.ends_at)

    def is_active(self, now: datetime) -> bool:
        return self.ends_at is None or now < self.ends_at


@dataclass(frozen=True, slots=True)
class CourierKeys:
    """The keys of a courier; without any, it can't sign a message."""

    newest_first: tuple[CourierKey, ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            tuple(
                CourierKey(
                    each[_TEXT],
                    None
                    if each[_ENDS_AT] is None
                    else datetime.fromisoformat(each[_ENDS_AT]),
                )
                for each in data[CONF_KEYS]
            )
        )

    def to_data(self) -> dict[str, list[dict[str, str | None]]]:
        return {
            CONF_KEYS: [
                {
                    _TEXT: key.text,
                    _ENDS_AT: None if key.ends_at is None else key.ends_at.isoformat(),
                }
                for key in self.newest_first
            ]
        }

    @property
    def newest(self) -> CourierKey | None:
        """The key that the courier should sign with."""
        return self.newest_first[0] if self.newest_first else None

    @property
    def old(self) -> CourierKey | None:
        """The key before the newest one, accepted until it ends."""
        return self.newest_first[1] if len(self.newest_first) > 1 else None

    @property
    def rotation(self) -> tuple[str, datetime] | None:
        """The newest key's fingerprint, and when the old key ends, if there is one."""
        old = self.old
        if old is None or old.ends_at is None:
            return None
        return self.newest_first[0].fingerprint, old.ends_at

    def active(self, now: datetime) -> CourierKeys:
        return CourierKeys(
            tuple(key for key in self.newest_first if key.is_active(now))
        )

    def parse(self) -> tuple[Key, ...]:
        return tuple(key.parse() for key in self.newest_first)

    def rotate(self, text: str, now: datetime, *, overlap: bool) -> CourierKeys:
        """Return the new key and, with an overlap, the newest active old one.

        The old key ends after KEY_OVERLAP unless it ends sooner; older keys end at
        once.
        """
        end = now + KEY_OVERLAP
        old = self.active(now).newest if overlap else None
        if old is None:
            return CourierKeys((CourierKey(text),))
        ends_at = min(end, old.ends_at or end)
        return CourierKeys((CourierKey(text), replace(old, ends_at=ends_at)))

    def prolong_old(self, now: datetime) -> CourierKeys:
        """Accept the old key, ended or not, for KEY_OVERLAP from now."""
        newest, old = self.newest_first
        return CourierKeys((newest, replace(old, ends_at=now + KEY_OVERLAP)))

    def end_old(self) -> CourierKeys:
        return CourierKeys(self.newest_first[:1])


def public_key_fault(text: str, known: CourierKeys) -> str | None:
    """Return the error key of what is wrong with a pasted public key, if anything."""
    if not text.startswith(PREFIXES[Version.V1A]):
        # A shared secret would parse, but one that was pasted can't be trusted.
        return "key_prefix"
    try:
        parse_key(text)
    except KeyFault as fault:
        return f"key_{fault.problem}"
    is_known = any(text == key.text for key in known.newest_first)
    return "key_known" if is_known else None


SHOWN_BEFORE: Final = timedelta(hours=12)
"""How long before a key ends the administrator sees the issue."""


def show_names_alike(issues: Issues, directory: Directory) -> None:
    """Show couriers whose names read the same; the form refuses new ones."""
    first: dict[str, Courier] = {}
    alike: dict[str, tuple[Courier, Courier]] = {}
    for courier in directory.couriers.values():
        other = first.setdefault(folded_name(courier.name), courier)
        if other is not courier:
            alike[courier.id] = courier, other
    issues.clear_except(IssueKind.COURIER_NAMES_ALIKE, alike)
    for courier, other in alike.values():
        names = {"courier": courier.name, "other": other.name}
        issues.show(IssueKind.COURIER_NAMES_ALIKE, courier.id, names)


_SAVE_AFTER: Final = 1.0
"""Seconds until a used key is stored, in case Home Assistant stops."""


class UsedKeys:
    """Keep which newest key each courier of a building has used, also over restarts.

    Only the fingerprints of keys that took an old key's place are kept.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        self._store = Store[dict[str, str]](
            hass, 1, f"{DOMAIN}.{entry_id}.used_keys", private=True, atomic_writes=True
        )
        self._used: dict[str, str] | None = None
        """The fingerprints by courier; None until they're read."""

    async def load(self) -> None:
        if self._used is None:
            self._used = await self._store.async_load() or {}

    async def remove(self) -> None:
        await self._store.async_remove()

    def has_used(self, courier_id: str, key: str) -> bool:
        return (self._used or {}).get(courier_id) == key

    def keep(self, courier_id: str, key: str) -> None:
        """Keep that a courier has used the key with this fingerprint."""
        used = self._used = {**(self._used or {}), courier_id: key}
        self._store.async_delay_save(lambda: used, _SAVE_AFTER)


_USED_KEYS: HassKey[dict[str, UsedKeys]] = HassKey(f"{DOMAIN}_used_keys")


def used_keys(hass: HomeAssistant, entry_id: str) -> UsedKeys:
    """Return the used keys of a config entry, loaded or not."""
    of_entries = hass.data.setdefault(_USED_KEYS, {})
    if entry_id not in of_entries:
        of_entries[entry_id] = UsedKeys(hass, entry_id)
    return of_entries[entry_id]


async def async_forget_used_keys(hass: HomeAssistant, entry_id: str) -> None:
    """Forget the used keys of a building that is removed."""
    await used_keys(hass, entry_id).remove()
    del hass.data[_USED_KEYS][entry_id]


def uses_newest_key(
    hass: HomeAssistant, entry_id: str, courier: Courier, keys: CourierKeys
) -> bool | None:
    """Return whether a courier has used its new key; None if it has no old key."""
    if keys.rotation is None:
        return None
    newest, _ = keys.rotation
    return used_keys(hass, entry_id).has_used(courier.id, newest)


def watch_keys(
    issues: Issues,
    entry: ConfigEntry[Any],
    directory: Directory,
    zone: ZoneInfo,
    stops: ExitStack,
) -> None:
    """Show enabled couriers that haven't used their new key before the old one ends.

    The issue stays after the old key has ended: from then on the courier is refused.
    """
    hass, now = issues.hass, dt_util.utcnow()
    used = used_keys(hass, entry.entry_id)
    waiting: dict[str, str] = {}
    due: list[str] = []

    @callback
    def show(courier: Courier, ends_at: datetime, _now: datetime | None = None) -> None:
        if courier.id in waiting:
            ends = write_for_issue(ends_at, zone)
            placeholders = {"courier": courier.name, "ends_at": ends}
            kind, fix = IssueKind.KEY_ENDING, Fix.MANAGE_OLD_KEY
            issues.show(kind, courier.id, placeholders, fix=fix)

    def heard(courier_id: str, by_newest_key: bool) -> None:
        if by_newest_key and (newest := waiting.pop(courier_id, None)) is not None:
            used.keep(courier_id, newest)
            issues.clear(IssueKind.KEY_ENDING, courier_id)

    for courier in directory.couriers.values():
        # The subentry may have been removed while the building was loaded.
        if not courier.enabled or courier.id not in entry.subentries:
            continue
        keys = CourierKeys.read(entry.subentries[courier.id].data)
        if keys.rotation is None or used.has_used(courier.id, keys.rotation[0]):
            continue
        waiting[courier.id], ends_at = keys.rotation
        shown_at = ends_at - SHOWN_BEFORE
        if shown_at <= now:
            due.append(courier.id)
            show(courier, ends_at)
        else:
            later = partial(show, courier, ends_at)
            stops.callback(async_track_point_in_utc_time(hass, later, shown_at))
    issues.clear_except(IssueKind.KEY_ENDING, due)
    if waiting:
        stops.callback(courier_activity(hass).on_received.add(heard))
