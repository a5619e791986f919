"""The time of the answer to a code that lets nobody in, at a door's page."""

from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from .wire import Line, Reply

FORM = "application/x-www-form-urlencoded"

UNKNOWN = "an unknown code"
USED = "a used code"
BLOCKED = "an unknown code, blocked"
BLOCKED_RIGHT = "a right code, blocked"
SAYS: Mapping[str, str] = {
    UNKNOWN: "valid here. Check it and try again",
    USED: "This was already used",
    BLOCKED: "Too many wrong codes. You can type one again at",
    BLOCKED_RIGHT: "Too many wrong codes. You can type one again at",
}
REDIRECT = ": redirect"
_ALIKE = ((UNKNOWN, USED), (UNKNOWN, BLOCKED), (BLOCKED, BLOCKED_RIGHT))
PAIRS = (
    *_ALIKE,
    *((first + REDIRECT, second + REDIRECT) for first, second in _ALIKE),
)

MOST_WRONG = 5
"""After so many wrong codes, a network is blocked."""
USES = 10
"""How often a blocked network is used: fewer requests a minute than one may send."""


@dataclass(frozen=True, slots=True)
class Page:
    """A door's page, and two codes for the door: one is used, one would open."""

    path: str
    used: str
    right: str


@dataclass(slots=True)
class _Network:
    """An address on the Internet, from which codes are typed."""

    address: str
    left: int


@dataclass(frozen=True, slots=True)
class _Took:
    """How many microseconds a code took."""

    redirect: float
    answer: float


class Codes:
    """Types codes at a door's page, each from a network that is blocked or isn't."""

    def __init__(self, url: str, page: Page, at_once: int, chance: Random) -> None:
        """Begin with new networks, and a connection for each code that is typed at once."""
        self._page = page
        self._chance = chance
        self._wrong: deque[_Network] = deque()
        self._blocked: deque[_Network] = deque()
        self._lines = [Line(url) for _ in range(at_once)]
        self._free = deque(self._lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for line in self._lines:
            line.close()

    def sample(self, rounds: int) -> Mapping[str, list[float]]:
        """Type one code of each kind a round, in random order; return the microseconds of each.

        Each kind has those until its answer, and those until the redirect that leads to the answer.
        """
        kinds: Mapping[str, Callable[[], _Took]] = {
            UNKNOWN: self._type_wrong,
            USED: partial(self._type, USED, self._page.used),
            BLOCKED: partial(self._type_blocked, BLOCKED),
            BLOCKED_RIGHT: partial(self._type_blocked, BLOCKED_RIGHT),
        }
        order = [
            kind
            for _ in range(rounds)
            for kind in self._chance.sample(list(kinds), len(kinds))
        ]
        taken: dict[str, list[float]] = {}
        with ThreadPoolExecutor(len(self._lines)) as people:
            every = people.map(lambda kind: kinds[kind](), order)
            for kind, took in zip(order, every, strict=True):
                taken.setdefault(kind, []).append(took.answer)
                taken.setdefault(kind + REDIRECT, []).append(took.redirect)
        return taken

    def _type_wrong(self) -> _Took:
        """Type an unknown code, from a network that is blocked once it did so often enough."""
        try:
            network = self._wrong.popleft()
        except IndexError:
            network = _Network(self._address(), MOST_WRONG)
        took = self._type(UNKNOWN, self._unknown(), network.address)
        network.left -= 1
        if network.left:
            self._wrong.append(network)
        else:
            network.left = USES
            self._blocked.append(network)
        return took

    def _type_blocked(self, kind: str) -> _Took:
        while True:
            try:
                network = self._blocked.popleft()
                break
            except IndexError:
                self._type_wrong()
        code = self._page.right if kind == BLOCKED_RIGHT else self._unknown()
        took = self._type(kind, code, network.address)
        network.left -= 1
        if network.left:
            self._blocked.append(network)
        return took

    def _type(self, kind: str, code: str, network: str = "") -> _Took:
        line, path = self._free.popleft(), self._page.path
        once = urlsafe_b64encode(self._chance.randbytes(16)).decode()[:22]
        visitor = {"X-Forwarded-For": network or self._address()}
        typed = urlencode({"once": once, "code": code}).encode()
        posted = line.request("POST", path, {**visitor, "Content-Type": FORM}, typed)
        looked = line.request("GET", f"{path}?once={once}", visitor)
        redirect, until_redirect = line.ask(posted)
        _expect(redirect.status == 303, kind, redirect)
        answer, waited = line.ask(looked)
        while answer.waits:
            answer, more = line.ask(looked)
            waited += more
        _expect(SAYS[kind] in answer.text, kind, answer)
        self._free.append(line)
        return _Took(until_redirect / 1000, (until_redirect + waited) / 1000)

    def _unknown(self) -> str:
        return f"{self._chance.randrange(10**8):08}"

    def _address(self) -> str:
        """Return an address on the Internet."""
        return ".".join(str(self._chance.randrange(low, 90)) for low in (20, 0, 0, 0))


def _expect(met: bool, kind: str, answer: Reply) -> None:
    if not met:
        raise ValueError(f"{kind} was answered {answer.status}: {answer.text[-600:]}")
