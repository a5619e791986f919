"""Signatures for tests of couriers that sign with a key of their own (Ed25519), and of forgers."""

from base64 import b64encode
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

OWN = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
"""The private key of a courier that signs at many buildings."""

PUBLIC = (
    "whpk_"
    + b64encode(OWN.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
)


def sign(body: str, message_id: str, at: datetime, key: Ed25519PrivateKey = OWN) -> str:
    """Return a `v1a` token."""
    content = f"{message_id}.{int(at.timestamp())}.{body}"
    return "v1a," + b64encode(key.sign(content.encode())).decode()


def signed(body: str, message_id: str, at: datetime) -> dict[str, str]:
    """Return the headers of a body signed with the courier's own key."""
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": sign(body, message_id, at),
    }
