"""Store a courier's keys (docs/courier-api/README.md#send-again)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from homeassistant.util import dt as dt_util

from ..const import KEY_OVERLAP
from ..contract.signature import PREFIXES, KeyFault, KeyProblem, Version, parse_key


class StoredKey(TypedDict):
    """Hold a key and its end in ISO 8601; None until the key is rotated."""

    key: str
    ends_at: str | None


class PublicKeyFault(StrEnum):
    """List why a text can't be a new public key; the values are error keys."""

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
    """Return what is wrong with a pasted public key, if anything."""
    if not text.startswith(PREFIXES[Version.V1A]):
        # A shared secret would parse, but one that was pasted can't be trusted.
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
    """Return the keys that haven't ended."""
    return [
        key for key in keys if key["ends_at"] is None or _instant(key["ends_at"]) > now
    ]


def rotated(
    keys: Sequence[StoredKey], text: str, now: datetime, *, overlap: bool
) -> list[StoredKey]:
    """Return the new key and, with an overlap, the newest old one.

    The old key ends after KEY_OVERLAP unless it ends sooner; older keys end at once.
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
    """Accept the old key, ended or not, for KEY_OVERLAP from now."""
    newest, old = keys
    return [newest, {"key": old["key"], "ends_at": (now + KEY_OVERLAP).isoformat()}]


def _instant(text: str) -> datetime:
    return dt_util.as_utc(datetime.fromisoformat(text))
