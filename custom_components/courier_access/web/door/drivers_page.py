"""HTTP requests to the pages of drivers, who have no account.

A GET never asks for entry: links are opened by previews and scanners, too.
"""

from abc import abstractmethod
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Final, override

from aiohttp import hdrs
from aiohttp.web import Request, Response, StreamResponse
from homeassistant.core import HomeAssistant
from homeassistant.util.json import JsonObjectType

from ...access.model import Door
from ...access.rates import Rates
from ...building.building import Building
from ...const import DOMAIN
from ..html import HEADERS
from ..pages import (
    MOST_REMEMBERED,
    PageError,
    PublicPage,
    limit,
    network_of,
    not_ready,
    page,
    read_form,
)
from ..texts import PageTexts, page_texts
from .attempts import Attempts
from .languages import preferred_language
from .markup import AGAIN, ONCE, Heading, Sent, answer_page, read_sent, waiting_page

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

    @property
    def heading(self) -> Heading:
        """What is said of the place."""
        return Heading(self.building.host.title, self.door.name)


class DriversPage[P: Place](PublicPage):
    """Pages of one kind on which a driver asks for entry."""

    methods = "GET, HEAD, POST"
    asks: tuple[str, ...]
    """The fields of the page's forms; each form has one."""

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
    def _form(self, texts: PageTexts, place: P, *, again: bool) -> str:
        """Return the page with its forms."""

    @abstractmethod
    def _ask(
        self, place: P, sent: Sent, language: str
    ) -> Coroutine[object, object, JsonObjectType]:
        """Ask for entry; the answer has what to `say`."""

    @override
    def _language(self, request: Request) -> str:
        return preferred_language(request.headers.get(hdrs.ACCEPT_LANGUAGE, ""))

    @override
    async def _show(self, request: Request, token: str) -> Response:
        place = await self._admit(request, token)
        zone = place.building.zone()
        texts = await page_texts(self._hass, self._language(request), zone)
        once = request.query.get(ONCE, "")
        if (attempt := self._attempts.find(token, once)) is None:
            return page(self._form(texts, place, again=AGAIN in request.query))
        if (answer := await attempt.answer(WAIT_SECONDS)) is None:
            refresh = {"Refresh": str(LOOK_AGAIN_SECONDS)}
            return page(waiting_page(texts, place.heading, once), refresh)
        return page(answer_page(texts, place.heading, str(answer["say"])))

    async def _ask_once(self, request: Request, token: str) -> Response:
        await self._admit(request, token)
        limit(self._requests, network_of(request.remote), REQUESTS_PER_MINUTE)
        read = partial(read_sent, names=self.asks)
        sent = await read_form(request, MOST_BYTES, read)
        # The address may have been replaced while the body arrived.
        place = await self._find(token)
        if place.building.host.is_stopping:
            raise not_ready()
        asked = self._attempts.start(
            token,
            sent.once,
            (sent.asks, sent.typed),
            lambda: place.building.run(
                self._ask(place, sent, self._language(request)),
                f"{DOMAIN} driver's page",
            ),
        )
        to = f"?{ONCE}={sent.once}" if asked else f"?{AGAIN}"
        return Response(
            status=HTTPStatus.SEE_OTHER, headers={hdrs.LOCATION: to, **HEADERS}
        )

    async def _admit(self, request: Request, token: str) -> P:
        """Return the place of an address, within the rate limits.

        Misses never block a valid address: that would lock drivers out.
        """
        try:
            place = await self._find(token)
        except PageError:
            self._limit_misses(request)
            raise
        limit(self._pages, network_of(request.remote), PAGES_PER_MINUTE)
        return place
