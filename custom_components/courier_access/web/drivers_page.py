"""The pages of drivers, who have no account: what is sent, and each request once.

A GET never asks for entry: links are opened by previews and scanners, too.
"""

from abc import abstractmethod
import asyncio
from collections import OrderedDict
from collections.abc import Callable, Container, Coroutine, Mapping
from dataclasses import dataclass, field
from functools import partial
import re
import secrets
import time
from typing import Final, override

from aiohttp import hdrs
from aiohttp.web import Request, Response
from homeassistant.core import HomeAssistant

from ..access.model import Door
from ..api.passes import PageAnswer
from ..building.building import Building
from ..const import DOMAIN, RESIDENT_LANGUAGES
from ..entries.request import At, Waiting
from .html import page_texts, render
from .pages import (
    FormPage,
    InvalidForm,
    form_fields,
    not_ready,
    page,
    redirect,
    visitor_of,
)

ONCE: Final = "once"
AGAIN: Final = "again"
CODE: Final = "code"
RING: Final = "ring"
SIGN: Final = "sign"

MOST_TYPED: Final = 64
_ONCE: Final = re.compile(r"[\w-]{22}", re.ASCII)
_ONCE_BYTES: Final = 16


def new_once() -> str:
    """Return a random value by which a form is known, however often it is sent."""
    return secrets.token_urlsafe(_ONCE_BYTES)


@dataclass(frozen=True, slots=True)
class Sent:
    """A submitted form: what is asked for, and what was typed for it."""

    once: str
    asks: str
    typed: str


def read_sent(body: bytes, names: Container[str]) -> Sent:
    """Parse a submitted form, which asks for one of these.

    Raises:
        InvalidForm: no form of the page sends this.

    """
    fields = dict(form_fields(body, 2))
    once = fields.pop(ONCE, "")
    if not _ONCE.fullmatch(once) or len(fields) != 1:
        raise InvalidForm
    [(asks, typed)] = fields.items()
    if asks not in names or len(typed) > MOST_TYPED:
        raise InvalidForm
    return Sent(once, asks, typed)


_MOST: Final = 32
"""Languages of a header that are looked at."""

_WEIGHT: Final = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)
_KNOWN: Final = {language.lower(): language for language in RESIDENT_LANGUAGES}


def preferred_language(accepted: str) -> str:
    """Return the best translation for an Accept-Language header (RFC 9110, 12.5.4)."""
    weighted = [_read(part) for part in accepted.split(",", _MOST)[:_MOST]]
    for name, weight in sorted(weighted, key=lambda each: each[1], reverse=True):
        found = _KNOWN.get(name) or _KNOWN.get(name.partition("-")[0])
        if weight > 0 and found is not None:
            return found
    return RESIDENT_LANGUAGES[0]


def _read(part: str) -> tuple[str, float]:
    """Return a language and its weight; zero if it can't be read."""
    name, *parameters = (each.strip().lower() for each in part.split(";"))
    if not parameters:
        return name, 1
    weight = _WEIGHT.fullmatch(parameters[0])
    return name, float(weight[1]) if weight is not None and len(parameters) == 1 else 0


REMEMBERED_SECONDS: Final = 600
MOST_ATTEMPTS: Final = 1_024


@dataclass(slots=True)
class Attempt:
    """What one form asked for, and what becomes of it; `shows` is of the page's first form."""

    sent: Sent = field(repr=False)
    shows: Sent = field(repr=False)
    waiting: Waiting
    until: float
    task: asyncio.Task[PageAnswer]
    is_read: bool = False
    """Whether somebody read the answer: until then, looking is waiting."""

    @property
    def worth(self) -> int:
        """Return how much it matters to a driver that it isn't forgotten."""
        if not self.task.done():
            return 2
        return int(self.waiting.has_rung)

    async def answer(self, seconds: float) -> PageAnswer | None:
        """Return the answer, or None if there is none within this time."""
        with self.waiting.fetching():
            await asyncio.wait([self.task], timeout=seconds)
        self.is_read = self.task.done()
        return self.task.result() if self.is_read else None


class Attempts:
    """The latest attempts, by their page and the form's own random `once`."""

    def __init__(self) -> None:
        self._attempts: OrderedDict[tuple[str, str], Attempt] = OrderedDict()

    def __len__(self) -> int:
        return len(self._attempts)

    def start(
        self,
        page: str,
        sent: Sent,
        shows: Sent,
        waiting: Waiting,
        work: Callable[[], asyncio.Task[PageAnswer]],
    ) -> bool:
        """Start what a form asks for, unless it was started.

        Return False if the same form asked for something else before: its answer isn't
        the answer to this.
        """
        if (before := self.find(page, sent.once)) is not None:
            return before.sent == sent
        until = time.monotonic() + REMEMBERED_SECONDS
        attempt = Attempt(sent, shows, waiting, until, work())
        self._attempts[page, sent.once] = attempt
        if len(self._attempts) > MOST_ATTEMPTS:
            # The oldest, but rather none that waits or may ring again.
            worth = {key: each.worth for key, each in self._attempts.items()}
            del self._attempts[min(worth, key=worth.__getitem__)]
        return True

    def find(self, page: str, once: str) -> Attempt | None:
        """Return what a page's form asked for, for as long as it is remembered."""
        now = time.monotonic()
        while self._attempts and next(iter(self._attempts.values())).until <= now:
            self._attempts.popitem(last=False)
        return self._attempts.get((page, once))


WAIT_SECONDS: Final = 2
LOOK_AGAIN_SECONDS: Final = 3


@dataclass(frozen=True, slots=True)
class Place:
    """The door that an address is for."""

    building: Building
    door: Door


class DriversPage[P: Place](FormPage[P, Sent]):
    """Pages of one kind on which a driver asks for entry."""

    most_bytes = 1_024
    pages_per_minute = 60  # a driver who waits opens some 12
    asks: tuple[str, ...]
    """The fields of the page's forms; each form has one."""
    template: str
    """The page with its forms."""

    def __init__(self, hass: HomeAssistant) -> None:
        super().__init__(hass)
        self._attempts = Attempts()

    @abstractmethod
    def _shown(self, place: P) -> Mapping[str, object]:
        """Return what the template shows besides the place."""

    @abstractmethod
    def _ask(
        self, place: P, sent: Sent, waiting: Waiting, language: str
    ) -> Coroutine[object, object, PageAnswer]:
        """Ask for entry."""

    @override
    def _language(self, request: Request) -> str:
        return preferred_language(request.headers.get(hdrs.ACCEPT_LANGUAGE, ""))

    @override
    async def _show(self, request: Request, token: str) -> Response:
        once = request.query.get(ONCE, "")
        attempt = self._attempts.find(token, once)
        # A page that waits refreshes every five seconds.
        waits = attempt is not None and not attempt.is_read
        place = await self._admit(request, token, is_limited=not waits)
        zone = place.building.zone()
        write = partial(
            render,
            texts=await page_texts(self._hass, self._language(request), zone),
            building=place.building.host.title,
            door=place.door.name,
            new_once=new_once,
            most_typed=MOST_TYPED,
        )
        if attempt is None:
            again = AGAIN in request.query
            shown = self._shown(place)
            return page(write(self.template, again=again, **shown))
        if (answer := await attempt.answer(WAIT_SECONDS)) is None:
            refresh = {"Refresh": str(LOOK_AGAIN_SECONDS)}
            return page(write("waiting.html.j2", once=once), refresh)
        rings_again = once if answer.may_ring_again else None
        written = write("answer.html.j2", says=answer.says, rings_again=rings_again)
        return page(written)

    @override
    def _read(self, body: bytes) -> Sent:
        return read_sent(body, (*self.asks, AGAIN))

    @override
    async def _do(self, request: Request, token: str, place: P, sent: Sent) -> Response:
        """Ask for entry once, and redirect to the answer."""
        if place.building.host.is_closing:
            raise not_ready()
        if (asks := self._asks_again(request, token, sent)) is None:
            return redirect(f"?{AGAIN}")
        shows, waiting = asks
        asked = self._attempts.start(
            token,
            sent,
            shows,
            waiting,
            lambda: place.building.host.run(
                self._ask(place, shows, waiting, self._language(request)),
                f"{DOMAIN} driver's page",
            ),
        )
        return redirect(f"?{ONCE}={sent.once}" if asked else f"?{AGAIN}")

    def _asks_again(
        self, request: Request, token: str, sent: Sent
    ) -> tuple[Sent, Waiting] | None:
        """Return what a form shows and who waits; None if it is of a forgotten page.

        A page that rings again shows what it showed before, and waits as who it was.
        """
        new = Waiting(At.PAGE, visitor_of(self._hass, request.remote))
        if sent.asks != AGAIN:
            return sent, new
        if (before := self._attempts.find(token, sent.typed)) is None:
            return None
        if before.waiting.entered is not None:
            return before.shows, new
        before.waiting.note_presence()
        return before.shows, before.waiting
