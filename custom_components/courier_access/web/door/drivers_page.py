"""HTTP requests to the pages of drivers, who have no account.

A GET never asks for entry: links are opened by previews and scanners, too.
"""

from abc import abstractmethod
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Final, override

from aiohttp import hdrs
from aiohttp.web import Request, Response, StreamResponse
from homeassistant.core import HomeAssistant

from ...access.model import Door
from ...access.rates import Rates
from ...api.passes import PageAnswer
from ...building.building import Building
from ...const import DOMAIN
from ...entries.request import At, Waiting
from ..html import HEADERS, page_texts, render
from ..pages import (
    MOST_REMEMBERED,
    PageError,
    PublicPage,
    limit,
    network_of,
    not_ready,
    page,
    read_form,
    visitor_of,
)
from .attempts import Asked, Attempts
from .forms import AGAIN, MOST_TYPED, ONCE, Sent, new_once, read_sent
from .languages import preferred_language

MOST_BYTES: Final = 1_024
PAGES_PER_MINUTE: Final = 60
"""Pages that one network may open; a driver who waits opens some 12."""
REQUESTS_PER_MINUTE: Final = 20
"""Requests for entry that one network may send."""

WAIT_SECONDS: Final = 2
LOOK_AGAIN_SECONDS: Final = 3


@dataclass(frozen=True, slots=True)
class Place:
    """The door that an address is for."""

    building: Building
    door: Door


class DriversPage[P: Place](PublicPage):
    """Pages of one kind on which a driver asks for entry."""

    methods = "GET, HEAD, POST"
    asks: tuple[str, ...]
    """The fields of the page's forms; each form has one."""
    template: str
    """The page with its forms."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Initialize the pages."""
        super().__init__(hass)
        self._pages = Rates(MOST_REMEMBERED)
        self._requests = Rates(MOST_REMEMBERED)
        self._attempts = Attempts()

    async def post(self, request: Request, token: str) -> StreamResponse:
        """Ask for entry once, and redirect to the answer."""
        return await self._answer(request, token, self._ask_once)

    @abstractmethod
    async def _find(self, token: str) -> P:
        """Return the place of an address; raise PageError if there is none."""

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

    async def _ask_once(self, request: Request, token: str) -> Response:
        await self._admit(request, token)
        limit(self._requests, network_of(request.remote), REQUESTS_PER_MINUTE)
        read = partial(read_sent, names=(*self.asks, AGAIN))
        sent = await read_form(request, MOST_BYTES, read)
        # The address may have been replaced while the body arrived.
        place = await self._find(token)
        if place.building.host.is_stopping:
            raise not_ready()
        if (asks := self._asks_again(request, token, sent)) is None:
            return _redirect(f"?{AGAIN}")
        shows, waiting = asks
        asked = self._attempts.start(
            token,
            Asked(sent, shows, waiting),
            lambda: place.building.run(
                self._ask(place, shows, waiting, self._language(request)),
                f"{DOMAIN} driver's page",
            ),
        )
        return _redirect(f"?{ONCE}={sent.once}" if asked else f"?{AGAIN}")

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
        waiting = before.asked.waiting
        if waiting.entered is not None:
            return before.asked.shows, new
        waiting.look()
        return before.asked.shows, waiting

    async def _admit(
        self, request: Request, token: str, *, is_limited: bool = True
    ) -> P:
        """Return the place of an address, within the rate limits.

        Misses never block a valid address: that would lock drivers out.
        """
        try:
            place = await self._find(token)
        except PageError:
            self._limit_misses(request)
            raise
        if is_limited:
            limit(self._pages, network_of(request.remote), PAGES_PER_MINUTE)
        return place


def _redirect(to: str) -> Response:
    return Response(status=HTTPStatus.SEE_OTHER, headers={hdrs.LOCATION: to, **HEADERS})
