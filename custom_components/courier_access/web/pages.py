"""Pages that whoever has their address may open without a login; who guesses one is slowed down."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable
from datetime import timedelta
from http import HTTPStatus
from ipaddress import IPv6Address, IPv6Network, ip_address
import logging
import time
from typing import Final
from zoneinfo import ZoneInfo

from aiohttp import hdrs
from aiohttp.web import Request, Response, StreamResponse
from homeassistant.components.http.auth import async_sign_path
from homeassistant.components.http.decorators import require_admin
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.http import HomeAssistantView

from ..access.rates import Rate, Rates
from ..building.building import CourierAccessConfigEntry
from ..const import DOMAIN
from .bodies import FinalResponse
from .html import HEADERS
from .personal.markup import notice_page
from .texts import words

_OPEN_FOR: Final = timedelta(hours=1)


class OwnersPage(HomeAssistantView):
    """Something of one building each, for administrators."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin."""
        self._hass = hass

    @require_admin
    async def get(self, request: Request, entry_id: str) -> Response:
        """Show it."""
        building = self._hass.config_entries.async_get_entry(entry_id)
        if building is None or building.domain != DOMAIN:
            return Response(status=HTTPStatus.NOT_FOUND, headers=HEADERS)
        return await self._show(building)

    @abstractmethod
    async def _show(self, building: CourierAccessConfigEntry) -> Response:
        """Return what is shown of a building, loaded or not."""


@callback
def async_owners_path(
    hass: HomeAssistant, path: str, building: CourierAccessConfigEntry
) -> str:
    """Return where the owner who asks now can open a building's page at that path, for an hour."""
    return async_sign_path(hass, f"{path}/{building.entry_id}", _OPEN_FOR)


WRONG_PER_MINUTE: Final = 20
ALL_WRONG_PER_MINUTE: Final = 300
MOST_REMEMBERED: Final = 1_024
RETRY_AFTER: Final = 60

_LOGGER = logging.getLogger(__name__)


class TurnedAway(Exception):
    """The request ends here, with a short page that says why."""

    def __init__(
        self, status: HTTPStatus, what: str, retry_after: int | None = None
    ) -> None:
        super().__init__(what)
        self.status = status
        self.what = what
        self.headers: dict[str, str] = {}
        if retry_after is not None:
            self.headers[hdrs.RETRY_AFTER] = str(retry_after)


class PublicPage(HomeAssistantView):
    """Pages of one kind, each at an unguessable address of its own."""

    requires_auth = False
    methods = "GET, HEAD"

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with nobody having asked."""
        self._hass = hass
        self._wrong = Rates(MOST_REMEMBERED)
        self._all_wrong = Rate()

    async def put(self, request: Request, token: str) -> Response:
        """Refuse: nothing is changed but by POST, where that is taken."""
        return FinalResponse(
            request,
            status=HTTPStatus.METHOD_NOT_ALLOWED,
            headers={hdrs.ALLOW: self.methods, **HEADERS},
        )

    patch = put
    delete = put

    async def _answer(
        self,
        request: Request,
        token: str,
        work: Callable[[Request, str], Awaitable[StreamResponse]],
    ) -> StreamResponse:
        try:
            return await work(request, token)
        except TurnedAway as turned:
            away = turned
        except HomeAssistantError:
            away = not_ready()
        except Exception:
            _LOGGER.exception("A page could not be answered")
            away = not_ready()
        said = await words(self._hass, None, ZoneInfo(self._hass.config.time_zone))
        return FinalResponse(
            request,
            status=away.status,
            text=notice_page(said, away.what),
            content_type="text/html",
            headers={**HEADERS, **away.headers},
        )

    def _slow_down(self, request: Request) -> None:
        """Turn away who guesses too often."""
        now = time.monotonic_ns()
        wait = self._wrong.take(network_of(request.remote), WRONG_PER_MINUTE, now)
        if wait is None:
            wait = self._all_wrong.take(ALL_WRONG_PER_MINUTE, now)
        if wait is not None:
            raise too_often(wait)


def page(written: str) -> Response:
    """Answer with a page."""
    return Response(text=written, content_type="text/html", headers=HEADERS)


def gone() -> TurnedAway:
    """Turn away from where nothing is."""
    return TurnedAway(HTTPStatus.NOT_FOUND, "gone")


def wrong(status: HTTPStatus) -> TurnedAway:
    """Turn away what makes no sense."""
    return TurnedAway(status, "wrong")


def not_ready() -> TurnedAway:
    """Turn away until the building is loaded."""
    return TurnedAway(HTTPStatus.SERVICE_UNAVAILABLE, "not_ready", RETRY_AFTER)


def too_often(wait: int) -> TurnedAway:
    """Turn away for so many seconds."""
    return TurnedAway(HTTPStatus.TOO_MANY_REQUESTS, "too_often", wait)


def network_of(remote: str | None) -> str:
    """Return by what one who asks is told from others: of IPv6, the network that one household has."""
    try:
        address = ip_address(remote or "")
    except ValueError:
        return ""  # nobody's address, such as a socket's on this machine
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), 64), strict=False))
    return str(address)
