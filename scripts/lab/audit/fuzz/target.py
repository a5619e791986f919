"""The house that is fuzzed, as somebody outside of it knows it."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
import hmac
import re
from time import time

import aiohttp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ...client import User

OWNER, RESIDENT, STRANGER = "owner", "resident", "stranger"
LINK = re.compile(r"/api/courier_access/personal/([\w-]+)")
FEEDS = ("sensor.fuzzed_parcel", "sensor.other_parcel")


@dataclass(frozen=True, slots=True)
class Account:
    """A courier with a shared secret or a private key; `courier_id` is the building's name for it."""

    courier_id: str
    webhook_id: str
    key: bytes | Ed25519PrivateKey

    @property
    def needs_audience(self) -> bool:
        """Whether its messages must name where they are sent to."""
        return not isinstance(self.key, bytes)

    def signed(
        self, message_id: str, body: bytes, at: int | None = None
    ) -> list[tuple[str, str]]:
        """Return the headers of any bytes, signed for a time, by default for now."""
        when = str(int(time()) if at is None else max(0, at))
        content = f"{message_id}.{when}.".encode() + body
        if isinstance(self.key, bytes):
            version, signature = "v1", hmac.digest(self.key, content, "sha256")
        else:
            version, signature = "v1a", self.key.sign(content)
        return [
            ("Content-Type", "application/json"),
            ("webhook-id", message_id),
            ("webhook-timestamp", when),
            ("webhook-signature", f"{version},{base64.b64encode(signature).decode()}"),
        ]


@dataclass(frozen=True, slots=True)
class Person:
    """A resident, by the IDs that commands and actions name them by."""

    resident_id: str
    device_id: str
    unit: str


@dataclass(slots=True)
class Target:
    """A building with a door, couriers, and residents, in a Home Assistant on a port of this machine.

    `me` is the resident with an account, `others` are residents without one. `links` are the tokens of personal pages,
    by resident; they change.
    """

    http: aiohttp.ClientSession
    port: int
    building: str
    users: Mapping[str, User]
    accounts: Sequence[Account]
    unsigned: str
    door_id: str
    door_device: str
    door_page: str
    door_sign: str
    opener: str
    lock: str
    switch: str
    me: Person
    others: Sequence[Person]
    links: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """What a request names as its host."""
        return f"127.0.0.1:{self.port}"
