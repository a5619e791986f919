"""The time of a courier's 401, whatever its cause."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
import json
from math import inf
from random import Random
from time import monotonic

from ...signing import PrivateKey, SharedKey, Signer
from .wire import Line

# As long as a message may be: the more bytes are signed, the longer that takes.
PADDING = 20_000
STALE = timedelta(seconds=600)
WARM_UP = 50

WRONG = "a wrong signature"
ALMOST = "one whose last byte is wrong"
ENDED = "one of an ended key"
STALE_TIME = "a stale time"
OWN_WRONG = "another's Ed25519 signature"
OWN_ELSEWHERE = "one for another building"
PAIRS = (
    (WRONG, ALMOST),
    (WRONG, ENDED),
    (WRONG, STALE_TIME),
)
TOLD = (OWN_WRONG, OWN_ELSEWHERE)
"""Distinguished, as the security page says, but only by who has a signature of the courier."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Two couriers of a building: one with a shared key, and one with its own."""

    path: str
    key: str
    ended: str
    own_path: str
    own: PrivateKey


type Make = Callable[[], bytes]


def requests(line: Line, keys: Keys, chance: Random) -> Mapping[str, Make]:
    """Return what makes a new request of each kind."""
    shared, ended = SharedKey(keys.key), SharedKey(keys.ended)
    numbers = count()

    def made(
        path: str,
        sign: Callable[[str, datetime, bytes], str],
        ago: timedelta = timedelta(0),
        to: str = "",
    ) -> bytes:
        now = datetime.now(UTC) - ago
        message_id = f"msg_{next(numbers):08}"
        body = json.dumps(
            {
                "type": "ping",
                "timestamp": now.isoformat(),
                "data": {},
                "to": to or path.rpartition("/")[2],
                "padding": "x" * PADDING,
            }
        ).encode()
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": sign(message_id, now, body),
        }
        return line.request("POST", path, headers, body)

    def wrong(message_id: str, at: datetime, body: bytes) -> str:
        return f"v1,{b64encode(chance.randbytes(32)).decode()}"

    def almost(message_id: str, at: datetime, body: bytes) -> str:
        return _last_byte_changed(shared.sign(message_id, at, body))

    stranger: Signer = PrivateKey.generate()
    path, own = keys.path, keys.own_path
    return {
        WRONG: lambda: made(path, wrong),
        ALMOST: lambda: made(path, almost),
        ENDED: lambda: made(path, ended.sign),
        STALE_TIME: lambda: made(path, wrong, STALE),
        OWN_WRONG: lambda: made(own, stranger.sign),
        OWN_ELSEWHERE: lambda: made(own, keys.own.sign, to="a" * len(own)),
    }


def sample(
    url: str, keys: Keys, rounds: int, chance: Random, seconds: float = inf
) -> Mapping[str, list[float]]:
    """Send one request of each kind a round, in random order; return the microseconds of each.

    After some seconds, no further round begins.
    """
    ends = monotonic() + seconds
    with Line(url) as line:
        makers = requests(line, keys, chance)
        taken: dict[str, list[float]] = {kind: [] for kind in makers}
        for number in range(-WARM_UP, rounds):
            if number > 0 and monotonic() > ends:
                break
            # Each is made before the first is sent: the server waits equally long for all.
            made = {kind: make() for kind, make in makers.items()}
            for kind in chance.sample(list(made), len(made)):
                reply, took = line.ask(made[kind])
                if reply.status != 401:
                    raise ValueError(f"{kind} was answered {reply.status}")
                if number >= 0:
                    taken[kind].append(took / 1000)
    return taken


def _last_byte_changed(token: str) -> str:
    # The last 6-bit digit before the padding has 4 bits of the last byte: another valid one.
    digits = "AEIMQUYcgkosw048"
    last = token[-2]
    return f"{token[:-2]}{digits[digits.index(last) ^ 1]}="
