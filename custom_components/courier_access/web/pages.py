"""Pages without an account, at addresses that can't be guessed, and their forms."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from hmac import compare_digest
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
import logging
import time
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl

from aiohttp import hdrs
from aiohttp.web import Request, Response, StreamResponse
from homeassistant.components.http.auth import async_sign_path
from homeassistant.components.http.decorators import require_admin
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.http import HomeAssistantView
from homeassistant.util.network import is_local

from ..access.rates import Rates
from ..building.building import Building, CourierAccessConfigEntry
from ..const import DOMAIN
from ..home_assistant.host import settings_in_effect
from .html import HEADERS, drivers_page_texts, render
from .webhook import FinalResponse, Refused, read_body

LIST_PATH: Final = f"/api/{DOMAIN}/residents"
NOTICE_PATH: Final = f"/api/{DOMAIN}/lobby_notice"
_OPEN_FOR: Final = timedelta(hours=1)


def async_building(
    hass: HomeAssistant, entry_id: str
) -> CourierAccessConfigEntry | None:
    """Return the building with that ID, loaded or not."""
    entry: CourierAccessConfigEntry | None
    entry = hass.config_entries.async_get_entry(entry_id)
    return None if entry is None or entry.domain != DOMAIN else entry


class AdministratorsPage(HomeAssistantView):
    """A page of a building, for administrators."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass

    @require_admin
    async def get(self, request: Request, entry_id: str) -> Response:
        """Return the page."""
        if (building := async_building(self._hass, entry_id)) is None:
            return Response(status=HTTPStatus.NOT_FOUND, headers=HEADERS)
        return await self._show(building)

    @abstractmethod
    async def _show(self, building: CourierAccessConfigEntry) -> Response:
        """Return the page of a building, loaded or not."""


def async_signed_path(hass: HomeAssistant, path: str, of: str) -> str:
    """Return an address at which the current user can open a page for an hour.

    The page is of the building with the ID `of`, of a `building/door`, or of a
    `building/resident`.
    """
    return async_sign_path(hass, f"{path}/{of}", _OPEN_FOR)


FORMS_PER_MINUTE: Final = 20
MISSES_PER_MINUTE: Final = 20
ALL_MISSES_PER_MINUTE: Final = 300
MOST_REMEMBERED: Final = 1_024
RETRY_AFTER: Final = 60
NO_MORE: Final[Mapping[str, str]] = MappingProxyType({})

_LOGGER = logging.getLogger(__name__)


class PageError(Exception):
    """Answers a request with a short page that says why."""

    def __init__(
        self, status: HTTPStatus, reason: str, retry_after: int | None = None
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.template = "message.html.j2"
        self.headers: dict[str, str] = {}
        if retry_after is not None:
            self.headers[hdrs.RETRY_AFTER] = str(retry_after)


class PublicPage[P](HomeAssistantView):
    """Pages of one kind, each at an unguessable address; P is what an address is of."""

    requires_auth = False
    methods = "GET, HEAD"
    pages_per_minute: int
    """Pages that one caller may open."""
    not_ready_says = "page_not_ready_says"
    """The key of what its readers can do while there is no page."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._misses = Rates(MOST_REMEMBERED)
        self._all_misses = Rates(1)
        self._pages = Rates(MOST_REMEMBERED)

    @abstractmethod
    async def _find(self, token: str) -> P:
        """Return what an address is of; raise PageError if there is none."""

    async def get(self, request: Request, token: str) -> StreamResponse:
        return await self._answer(request, token, self._show)

    async def head(self, request: Request, token: str) -> StreamResponse:
        return await self.get(request, token)

    @abstractmethod
    async def _show(self, request: Request, token: str) -> StreamResponse:
        """Return the page at an address; raise PageError if there is none."""

    async def put(self, request: Request, token: str) -> StreamResponse:
        """Refuse: only POST changes anything, on pages that allow it."""
        return FinalResponse(
            request,
            status=HTTPStatus.METHOD_NOT_ALLOWED,
            headers={hdrs.ALLOW: self.methods, **HEADERS},
        )

    post = put
    patch = put
    delete = put

    async def _admit(self, request: Request, token: str) -> P:
        """Return what an address is of, within the rate limits.

        Misses of others never block a valid address: that would lock people out, and
        nobody guesses a token.
        """
        try:
            found = await self._find(token)
        except PageError:
            limit(self._misses, network_of(request.remote), MISSES_PER_MINUTE)
            limit(self._all_misses, "", ALL_MISSES_PER_MINUTE)
            raise
        limit(self._pages, self._caller(request, found), self.pages_per_minute)
        return found

    def _caller(self, request: Request, _found: P) -> str:
        return network_of(request.remote)

    async def _answer(
        self,
        request: Request,
        token: str,
        work: Callable[[Request, str], Awaitable[StreamResponse]],
    ) -> StreamResponse:
        try:
            await settings_in_effect(self._hass)
            return await work(request, token)
        except PageError as err:
            error = err
        except HomeAssistantError:
            error = not_ready()
        except Exception:
            _LOGGER.exception("A page could not be answered")
            error = not_ready()
        texts = await drivers_page_texts(self._hass, self._language(request))
        says = f"page_{error.reason}_says"
        if error.reason == "not_ready":
            says = self.not_ready_says
        return FinalResponse(
            request,
            status=error.status,
            text=render(error.template, texts=texts, reason=error.reason, says=says),
            content_type="text/html",
            headers={**HEADERS, **error.headers},
        )

    def _buildings(self) -> tuple[list[Building], PageError]:
        """Return the open buildings, and the error for an address of none of them."""
        entries: list[CourierAccessConfigEntry] = (
            self._hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        )
        buildings = [
            entry.runtime_data
            for entry in entries
            if entry.state is ConfigEntryState.LOADED
            and entry.runtime_data.host.is_open
        ]
        is_ready = len(buildings) == len(entries)
        return buildings, self._missing() if is_ready else not_ready()

    def _missing(self) -> PageError:
        """Return the error for an address of no page."""
        return not_found()

    def _language(self, request: Request) -> str | None:
        """Return the language of short pages that say why there is no page."""
        return None


class FormPage[P, F](PublicPage[P]):
    """Pages with forms; F is what a form sends."""

    methods = "GET, HEAD, POST"
    most_bytes: int

    def __init__(self, hass: HomeAssistant) -> None:
        super().__init__(hass)
        self._forms = Rates(MOST_REMEMBERED)

    async def post(self, request: Request, token: str) -> StreamResponse:
        return await self._answer(request, token, self._submit)

    async def _submit(self, request: Request, token: str) -> StreamResponse:
        caller = self._caller(request, await self._admit(request, token))
        limit(self._forms, caller, FORMS_PER_MINUTE)
        form = self._read(await read_form(request, self.most_bytes))
        # The address may have been replaced while the body arrived.
        return await self._do(request, token, await self._find(token), form)

    @abstractmethod
    def _read(self, body: bytes) -> F:
        """Parse a form; raise PageError if no form of the page sends this."""

    @abstractmethod
    async def _do(
        self, request: Request, token: str, found: P, form: F
    ) -> StreamResponse:
        """Carry out what a form asks for."""


def page(
    written: str,
    more: Mapping[str, str] = NO_MORE,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    return Response(
        status=status,
        text=written,
        content_type="text/html",
        headers={**HEADERS, **more},
    )


def attachment(name: str) -> dict[str, str]:
    return {hdrs.CONTENT_DISPOSITION: f'attachment; filename="{name}"', **HEADERS}


def redirect(to: str) -> Response:
    return Response(status=HTTPStatus.SEE_OTHER, headers={hdrs.LOCATION: to, **HEADERS})


def is_token(own: str, given: str) -> bool:
    """Whether an address has this token; the time doesn't reveal how much of it."""
    return compare_digest(own.encode(), given.encode("utf-8", "surrogatepass"))


async def read_form(request: Request, most_bytes: int) -> bytes:
    """Return what a form of the page itself sends; raise PageError for another site's."""
    if request.headers.get("Sec-Fetch-Site", "none") not in _SAME_SITE:
        raise bad_request(HTTPStatus.FORBIDDEN)
    try:
        return await read_body(request, _FORM, most_bytes)
    except Refused as refused:
        raise bad_request(HTTPStatus(refused.reply.status)) from None


_FORM: Final = "application/x-www-form-urlencoded"
_SAME_SITE: Final = frozenset({"same-origin", "none"})


def not_found() -> PageError:
    return PageError(HTTPStatus.NOT_FOUND, "gone")


def bad_request(status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> PageError:
    return PageError(status, "wrong")


def not_ready() -> PageError:
    return PageError(HTTPStatus.SERVICE_UNAVAILABLE, "not_ready", RETRY_AFTER)


def too_many_requests(wait: int) -> PageError:
    return PageError(HTTPStatus.TOO_MANY_REQUESTS, "too_often", wait)


def limit(rates: Rates, caller: str, per_minute: int) -> None:
    """Count a request of a caller; raise PageError after too many."""
    wait = rates.take(caller, per_minute, time.monotonic_ns())
    if wait is not None:
        raise too_many_requests(wait)


def network_of(remote: str | None) -> str:
    """Return the network to limit: an IPv4 address, or a household's IPv6 network."""
    try:
        address = _address(remote)
    except ValueError:
        return ""  # not an IP address, such as a local socket
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), 64), strict=False))
    return str(address)


def _address(remote: str | None) -> IPv4Address | IPv6Address:
    """Return an address, or raise ValueError; proxies pass some of IPv4 on as IPv6."""
    address = ip_address(remote or "")
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


_OF_PROVIDERS: Final = ip_network("100.64.0.0/10")
"""Addresses that several customers of a provider share (RFC 6598)."""


def visitor_of(hass: HomeAssistant, remote: str | None) -> str | None:
    """Return the network of a visitor; None if it may be anybody's, such as a proxy's."""
    try:
        address = _address(remote)
    except ValueError:
        return None
    several = (_OF_PROVIDERS, *hass.http.trusted_proxies)
    if is_local(address) or any(address in each for each in several):
        return None
    return network_of(remote)


def form_fields(body: bytes, most: int) -> dict[str, str]:
    """Parse a form of at most so many fields, each once; raise PageError otherwise."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=most,
        )
    except ValueError:
        raise bad_request() from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise bad_request()
    return fields
