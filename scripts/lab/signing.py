"""Signs messages as the Standard Webhooks specification says, with either of its kinds of key."""

import base64
import binascii
from datetime import UTC, datetime
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from standardwebhooks import Webhook

SHARED = "whsec_"
PRIVATE = "whsk_"
PUBLIC = "whpk_"


class KeyFormError(ValueError):
    """A text is no key that can sign."""


class Signer(Protocol):
    """Something that signs."""

    def sign(self, message_id: str, at: datetime, body: bytes) -> str:
        """Return the value of `webhook-signature`."""
        ...


class SharedKey:
    """Signs `v1` (HMAC-SHA256) with the key that the building gave to the courier."""

    def __init__(self, key: str) -> None:
        self._webhook = Webhook(key)

    def sign(self, message_id: str, at: datetime, body: bytes) -> str:
        """Sign with the specification's own package."""
        return self._webhook.sign(message_id, at.astimezone(UTC), body.decode())


class PrivateKey:
    """Signs `v1a` (Ed25519) with a courier's own key, for which that package has no code."""

    def __init__(self, key: str) -> None:
        secret = _decoded(key, PRIVATE)
        if len(secret) not in (32, 64):
            raise KeyFormError(
                f"a {PRIVATE} key holds 32 bytes, or 64 with the public key"
            )
        self._key = Ed25519PrivateKey.from_private_bytes(secret[:32])

    @classmethod
    def generate(cls) -> PrivateKey:
        """Make a new key."""
        secret = Ed25519PrivateKey.generate().private_bytes_raw()
        return cls(PRIVATE + base64.b64encode(secret).decode())

    @property
    def public(self) -> str:
        """The `whpk_` key to give to a building."""
        raw = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return PUBLIC + base64.b64encode(raw).decode()

    def sign(self, message_id: str, at: datetime, body: bytes) -> str:
        """Sign the same content as `v1` does."""
        content = f"{message_id}.{int(at.timestamp())}.".encode() + body
        return f"v1a,{base64.b64encode(self._key.sign(content)).decode()}"


def signer(key: str) -> Signer:
    """Return what signs with a key: `whsec_…` or `whsk_…`."""
    if key.startswith(PRIVATE):
        return PrivateKey(key)
    _decoded(key, SHARED)
    return SharedKey(key)


def _decoded(key: str, prefix: str) -> bytes:
    try:
        secret = base64.b64decode(key.removeprefix(prefix), validate=True)
    except binascii.Error as error:
        raise KeyFormError(f"not base64 after {prefix}") from error
    if not key.startswith(prefix) or not secret:
        raise KeyFormError(
            f"a key begins with {SHARED} (shared) or {PRIVATE} (private)"
        )
    return secret
