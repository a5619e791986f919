"""Verify Standard Webhooks signatures, v1 and v1a (docs/courier-api/README.md#sign)."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
import hmac
import re
import secrets
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SECRET_BYTES: Final = range(24, 65)
PUBLIC_BYTES: Final = range(32, 33)
NEW_SECRET_BYTES: Final = 32

ID_HEADER: Final = "webhook-id"
TIMESTAMP_HEADER: Final = "webhook-timestamp"
SIGNATURE_HEADER: Final = "webhook-signature"

ID_PATTERN: Final = r"^[A-Za-z0-9_-]{1,64}$"
TIMESTAMP_PATTERN: Final = r"^[0-9]{1,12}$"
TOLERANCE_SECONDS: Final = 300
MAX_TOKENS: Final = 8
MAX_V1A_TOKENS: Final = 2

_ID: Final = re.compile(ID_PATTERN)
_TIMESTAMP: Final = re.compile(TIMESTAMP_PATTERN)

# The y coordinates of Curve25519's points of low order: 4, 1, 2, and 8 twice.
_P: Final = 2**255 - 19
_D: Final = -121665 * pow(121666, -1, _P) % _P
_Y_OF_ORDER_8: Final = (
    0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
)
_LOW_ORDER_Y: Final = frozenset({0, 1, _P - 1, _Y_OF_ORDER_8, _P - _Y_OF_ORDER_8})


class Version(StrEnum):
    """A signature scheme: HMAC-SHA256 with a shared secret, or Ed25519."""

    V1 = "v1"
    V1A = "v1a"


PREFIXES: Final = {Version.V1: "whsec_", Version.V1A: "whpk_"}

_STAND_INS: Final = ((Version.V1, bytes(32)), (Version.V1A, bytes(64)))
"""Signatures by nobody, to verify in the place of those that can't be read."""


class KeyProblem(StrEnum):
    """A problem with a key's text."""

    PREFIX = "prefix"
    ENCODING = "encoding"
    LENGTH = "length"
    LOW_ORDER = "low_order"
    NOT_A_POINT = "not_a_point"


class KeyFault(ValueError):
    """An invalid key; the message never contains the key's text."""

    def __init__(self, problem: KeyProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class Unauthenticated(Exception):
    """A message without a proven sender; the cause is for our log only."""


@dataclass(frozen=True, slots=True)
class Key:
    """A courier's key; it verifies only its own version, until `ends_at`."""

    version: Version
    material: bytes = field(repr=False)
    ends_at: datetime | None = None

    def is_active(self, now: datetime) -> bool:
        return self.ends_at is None or now < self.ends_at

    def made(self, token: tuple[Version, bytes], content: bytes) -> bool:
        """Return whether this key made a token of that version."""
        version, signature = token
        return self.version is version and self.verifies(content, signature)

    def verifies(self, content: bytes, signature: bytes) -> bool:
        """Return whether this key made the signature of the content."""
        if self.version is Version.V1:
            return hmac.compare_digest(
                hmac.digest(self.material, content, "sha256"), signature
            )
        try:
            Ed25519PublicKey.from_public_bytes(self.material).verify(signature, content)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signed:
    """The headers of an authentic message; `sent_at` is from the header, not the body.

    `by_newest_key` is true if any of the signatures is by the courier's newest key.
    """

    message_id: str
    sent_at: datetime
    version: Version
    by_newest_key: bool


def parse_key(text: str, ends_at: datetime | None = None) -> Key:
    """Read a key, or raise KeyFault.

    `whsec_` and base64 of 24-64 bytes is a shared secret; `whpk_` and base64 of 32
    bytes is an Ed25519 public key. Public keys of low order are refused, because anyone
    can sign for them; so are bytes that aren't a point on the curve, because no one
    can.
    """
    for version, prefix in PREFIXES.items():
        if text.startswith(prefix):
            material = _strict_base64(text.removeprefix(prefix))
            if material is None:
                raise KeyFault(KeyProblem.ENCODING)
            if len(material) not in (
                SECRET_BYTES if version is Version.V1 else PUBLIC_BYTES
            ):
                raise KeyFault(KeyProblem.LENGTH)
            if version is Version.V1A and _is_low_order(material):
                raise KeyFault(KeyProblem.LOW_ORDER)
            if version is Version.V1A and not _is_point(material):
                raise KeyFault(KeyProblem.NOT_A_POINT)
            return Key(version, material, ends_at)
    raise KeyFault(KeyProblem.PREFIX)


def fingerprint(text: str) -> str:
    """Return a value that tells keys apart without revealing them.

    A key has only one text, since its base64 must be canonical.
    """
    return sha256(text.encode()).hexdigest()


def new_secret() -> str:
    return (
        PREFIXES[Version.V1]
        + base64.b64encode(secrets.token_bytes(NEW_SECRET_BYTES)).decode()
    )


def sign(key: Key, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the headers of a body signed with a shared secret."""
    if key.version is not Version.V1:
        raise ValueError("with a public key nobody signs")
    timestamp = str(int(at.timestamp()))
    signature = hmac.digest(
        key.material, _content(message_id, timestamp, body), "sha256"
    )
    return {
        ID_HEADER: message_id,
        TIMESTAMP_HEADER: timestamp,
        SIGNATURE_HEADER: f"{Version.V1},{base64.b64encode(signature).decode()}",
    }


def authenticate(
    ids: Sequence[str],
    timestamps: Sequence[str],
    signatures: Sequence[str],
    body: bytes,
    keys: Sequence[Key],
    now: datetime,
) -> Signed:
    """Return the signed headers if an active key signed the body.

    The first three parameters are all values of `webhook-id`, `webhook-timestamp`, and
    `webhook-signature`; each must occur exactly once. `keys` start with the newest.

    Raises Unauthenticated otherwise, whatever the input. How long that takes doesn't
    tell which check failed: signatures are verified in any case.
    """
    active = [key for key in keys if key.is_active(now)]
    try:
        message_id, timestamp, tokens = _headers(ids, timestamps, signatures)
    except Unauthenticated:
        _key_of(_STAND_INS, _content("", "", body), active)
        raise
    content = _content(message_id, timestamp, body)
    key = _key_of(tokens, content, active)
    if key is None:
        raise Unauthenticated("no active key made any of the signatures")
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
        raise Unauthenticated("webhook-timestamp is too far from now")
    return Signed(
        message_id,
        datetime.fromtimestamp(int(timestamp), UTC),
        key.version,
        key is keys[0] or any(keys[0].made(each, content) for each in tokens),
    )


def _headers(
    ids: Sequence[str], timestamps: Sequence[str], signatures: Sequence[str]
) -> tuple[str, str, list[tuple[Version, bytes]]]:
    message_id = _only(ids, ID_HEADER)
    if _ID.fullmatch(message_id) is None:
        raise Unauthenticated("webhook-id is malformed")
    timestamp = _only(timestamps, TIMESTAMP_HEADER)
    if _TIMESTAMP.fullmatch(timestamp) is None:
        raise Unauthenticated("webhook-timestamp is malformed")
    return message_id, timestamp, _tokens(_only(signatures, SIGNATURE_HEADER))


def _key_of(
    tokens: Sequence[tuple[Version, bytes]], content: bytes, keys: Sequence[Key]
) -> Key | None:
    for token in tokens:
        for key in keys:
            if key.made(token, content):
                return key
    return None


def _content(message_id: str, timestamp: str, body: bytes) -> bytes:
    return f"{message_id}.{timestamp}.".encode("ascii") + body


def _only(values: Sequence[str], name: str) -> str:
    """Return a header's only value: an attacker could choose between two."""
    if len(values) != 1:
        raise Unauthenticated(f"{name} is missing or repeated")
    return values[0]


def _tokens(header: str) -> list[tuple[Version, bytes]]:
    """Return the signatures of known versions; ignore anything else."""
    texts = header.split(" ")
    if len(texts) > MAX_TOKENS:
        raise Unauthenticated("webhook-signature has too many tokens")
    tokens: list[tuple[Version, bytes]] = []
    for text in texts:
        name, _, encoded = text.partition(",")
        signature = _strict_base64(encoded)
        if name in Version and signature:
            tokens.append((Version(name), signature))
    if not tokens:
        raise Unauthenticated("webhook-signature has no token of a known version")
    if sum(version is Version.V1A for version, _ in tokens) > MAX_V1A_TOKENS:
        raise Unauthenticated("webhook-signature has too many v1a tokens")
    return tokens


def _strict_base64(encoded: str) -> bytes | None:
    """Decode padded standard base64 in its canonical form, or return None."""
    try:
        decoded = base64.b64decode(encoded)
    except ValueError:
        return None
    # The decoder passes over what is no base64.
    return decoded if base64.b64encode(decoded).decode() == encoded else None


def _is_low_order(public: bytes) -> bool:
    """Return whether a public key lies in the small subgroup.

    The top bit is the sign of x. y is reduced because an encoding may exceed the prime.
    """
    y = int.from_bytes(public, "little") & (2**255 - 1)
    return y % _P in _LOW_ORDER_Y


def _is_point(public: bytes) -> bool:
    """Return whether a public key encodes a point on the curve (RFC 8032, 5.1.3).

    x² is (y² - 1) / (d·y² + 1), a square if and only if the product of both is one.
    Crypto libraries don't check this when they load a key.
    """
    y = int.from_bytes(public, "little") & (2**255 - 1)
    square = y * y
    return y < _P and pow((square - 1) * (_D * square + 1), (_P - 1) // 2, _P) == 1
