"""Keep a courier's keys in its subentry: newest first, at most two (docs/courier-api/README.md#send-again)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from homeassistant.util import dt as dt_util

from ..const import KEY_OVERLAP
from ..contract.signature import PREFIXES, KeyFault, KeyProblem, Version, parse_key


class StoredKey(TypedDict):
    """A key's text and its end, ISO 8601 in UTC; without an end it stays until it is rotated."""

    key: str
    ends_at: str | None


class PublicKeyFault(StrEnum):
    """Why a text can't be a courier's new public key; the translations' error keys."""

    PREFIX = "key_prefix"
    ENCODING = "key_encoding"
    LENGTH = "key_length"
    LOW_ORDER = "key_low_order"
    NOT_A_POINT = "key_not_a_point"
    KNOWN = "key_known"


_FAULTS: Mapping[KeyProblem, PublicKeyFault] = {
    KeyProblem.PREFIX: PublicKeyFault.PREFIX,
    KeyProblem.ENCODING: PublicKeyFault.ENCODING,
    KeyProblem.LENGTH: PublicKeyFault.LENGTH,
    KeyProblem.LOW_ORDER: PublicKeyFault.LOW_ORDER,
    KeyProblem.NOT_A_POINT: PublicKeyFault.NOT_A_POINT,
}


def public_key_fault(text: str, known: Sequence[StoredKey]) -> PublicKeyFault | None:
    """Return what is wrong with a pasted public key, beside the keys that the courier has."""
    if not text.startswith(PREFIXES[Version.V1A]):
        # A shared secret would parse, but a secret that travels by hand is not to be trusted.
        return PublicKeyFault.PREFIX
    try:
        parse_key(text)
    except KeyFault as fault:
        return _FAULTS[fault.problem]
    if any(text == key["key"] for key in known):
        return PublicKeyFault.KNOWN
    return None


def first_key(text: str) -> list[StoredKey]:
    """Return the keys of a new courier."""
    return [{"key": text, "ends_at": None}]


def active_keys(keys: Sequence[StoredKey], now: datetime) -> list[StoredKey]:
    """Return the keys that have not ended."""
    return [
        key for key in keys if key["ends_at"] is None or _instant(key["ends_at"]) > now
    ]


def rotated(
    keys: Sequence[StoredKey], text: str, now: datetime, *, overlap: bool
) -> list[StoredKey]:
    """Return the keys after a rotation: the new one, and with an overlap the newest of the old.

    The old one ends after KEY_OVERLAP, or sooner where it was to end sooner; any older one ends
    at once.
    """
    old = active_keys(keys, now)[:1] if overlap else []
    ends_at = now + KEY_OVERLAP
    return first_key(text) + [
        {
            "key": key["key"],
            "ends_at": min(
                ends_at, _instant(key["ends_at"] or ends_at.isoformat())
            ).isoformat(),
        }
        for key in old
    ]


def prolonged(keys: Sequence[StoredKey], now: datetime) -> list[StoredKey]:
    """Return the keys with the old one, ended or not, accepted for KEY_OVERLAP from now on."""
    newest, old = keys
    return [newest, {"key": old["key"], "ends_at": (now + KEY_OVERLAP).isoformat()}]


def _instant(text: str) -> datetime:
    return dt_util.as_utc(datetime.fromisoformat(text))
