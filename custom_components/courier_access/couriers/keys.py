"""Couriers' keys and names, and issues about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import (
    async_track_point_in_utc_time,
)
from homeassistant.util import dt as dt_util

from ..access.model import Courier
from ..access.names import folded_name
from ..const import CONF_KEYS, KEY_OVERLAP
from ..contract.signature import (
    PREFIXES,
    Key,
    KeyFault,
    KeyProblem,
    Version,
    fingerprint,
    parse_key,
)
from ..home_assistant.issues import Fix, IssueKind, Issues, RepairWatch
from ..notifications.text import write_for_issue
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

    def active(self, now: datetime) -> CourierKeys:
        """Return the keys that haven't ended."""
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


class PublicKeyFault(StrEnum):
    """List why a text can't be a new public key; the values are error keys."""

    PREFIX = "key_prefix"
    ENCODING = "key_encoding"
    LENGTH = "key_length"
    LOW_ORDER = "key_low_order"
    NOT_A_POINT = "key_not_a_point"
    KNOWN = "key_known"


_FAULTS: Final[Mapping[KeyProblem, PublicKeyFault]] = {
    KeyProblem.PREFIX: PublicKeyFault.PREFIX,
    KeyProblem.ENCODING: PublicKeyFault.ENCODING,
    KeyProblem.LENGTH: PublicKeyFault.LENGTH,
    KeyProblem.LOW_ORDER: PublicKeyFault.LOW_ORDER,
    KeyProblem.NOT_A_POINT: PublicKeyFault.NOT_A_POINT,
}


def public_key_fault(text: str, known: CourierKeys) -> PublicKeyFault | None:
    """Return what is wrong with a pasted public key, if anything."""
    if not text.startswith(PREFIXES[Version.V1A]):
        # A shared secret would parse, but one that was pasted can't be trusted.
        return PublicKeyFault.PREFIX
    try:
        parse_key(text)
    except KeyFault as fault:
        return _FAULTS[fault.problem]
    if any(text == key.text for key in known.newest_first):
        return PublicKeyFault.KNOWN
    return None


SHOWN_BEFORE: Final = timedelta(hours=12)
"""How long before a key ends the owner sees the issue."""


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
        if self._waiting:
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
