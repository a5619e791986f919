"""The keys of a courier, and how they are stored (docs/courier-api/README.md#send-again)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

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

_TEXT: Final = "key"
_ENDS_AT: Final = "ends_at"


@dataclass(frozen=True, slots=True)
class CourierKey:
    """A key as its courier knows it; it has an end once it is rotated."""

    text: str = field(repr=False)
    ends_at: datetime | None = None

    @property
    def fingerprint(self) -> str:
        """A value that tells keys apart without revealing them."""
        return fingerprint(self.text)

    def parse(self) -> Key:
        """Return the key that verifies signatures, or raise KeyFault."""
        return parse_key(self.text, self.ends_at)

    def is_active(self, now: datetime) -> bool:
        """Return whether the key hasn't ended."""
        return self.ends_at is None or now < self.ends_at


@dataclass(frozen=True, slots=True)
class CourierKeys:
    """The keys of a courier; without any, it can't sign a message."""

    newest_first: tuple[CourierKey, ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Read the keys from the data of a courier's subentry."""
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
        """Return what `read` reads, to be put into the data of a courier's subentry."""
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
        """Return the keys that verify signatures, or raise KeyFault."""
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
        """Return only the newest key."""
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
