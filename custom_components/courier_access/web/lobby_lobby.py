"""What hangs in a building's lobby: the notice that its owner prints, and the page that the notice's code leads to.

The page tells whoever has its address what anybody may know who stands before the door; it needs no ledger, and is
there whether or not the building is loaded.
"""

from collections.abc import Mapping
from hmac import compare_digest
import secrets
import time
from typing import Any, Final, override
from zoneinfo import ZoneInfo

from aiohttp.web import Request, Response, StreamResponse
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util
import segno

from ..access.rates import Rates
from ..building.building import CourierAccessConfigEntry
from ..const import (
    CONF_ENABLED,
    CONF_LANGUAGE,
    CONF_LOBBY,
    CONF_OWNER_CONTACT,
    CONF_PAGE,
    DOMAIN,
    SubentryType,
)
from ..hass.addresses import LOBBY_PATH, lobby_url
from ..residents.directory import retention_days
from .lobby import NOTICE_HEADERS, Code, Lobby, NoCode, lobby_notice, lobby_page
from .owners_pages import OwnersPage
from .pages import MOST_REMEMBERED, PublicPage, gone, network_of, page, too_often
from .texts import Words, words

NOTICE_PATH: Final = f"/api/{DOMAIN}/lobby_notice"
PAGES_PER_MINUTE: Final = 30
"""How often one household, or whoever shares its address, may look."""

_TOKEN_BYTES: Final = 16


class LobbyPage(PublicPage):
    """The pages of all buildings whose owners want one."""

    url = f"{LOBBY_PATH}/{{token}}"
    name = "api:courier_access:lobby"

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with nobody having asked."""
        super().__init__(hass)
        self._visits = Rates(MOST_REMEMBERED)

    async def get(self, request: Request, token: str) -> StreamResponse:
        """Show the page."""
        return await self._answer(request, token, self._show)

    async def head(self, request: Request, token: str) -> StreamResponse:
        """Say what GET would, but for the body."""
        return await self.get(request, token)

    post = PublicPage.put

    async def _show(self, request: Request, token: str) -> Response:
        building = self._find(token)
        if building is None:
            self._slow_down(request)
            raise gone()
        remote = network_of(request.remote)
        wait = self._visits.take(remote, PAGES_PER_MINUTE, time.monotonic_ns())
        if wait is not None:
            raise too_often(wait)
        return page(lobby_page(await _words(self._hass, building), _lobby(building)))

    def _find(self, token: str) -> CourierAccessConfigEntry | None:
        for building in self._hass.config_entries.async_entries(DOMAIN, include_disabled=False):
            own = token_of(building)
            if own is not None and compare_digest(own.encode(), token.encode("utf-8", "replace")):
                return building
        return None


class LobbyNotice(OwnersPage):
    """The notices of all buildings, to be printed."""

    url = f"{NOTICE_PATH}/{{entry_id}}"
    name = "api:courier_access:lobby_notice"

    @override
    async def _show(self, building: CourierAccessConfigEntry) -> Response:
        code = await self._hass.async_add_executor_job(_code, self._address(building))
        said, today = await _words(self._hass, building), dt_util.now().date()
        return Response(
            text=lobby_notice(said, _lobby(building), code, today),
            content_type="text/html",
            headers=NOTICE_HEADERS,
        )

    def _address(self, building: CourierAccessConfigEntry) -> str | NoCode:
        token = token_of(building)
        if token is None:
            return NoCode.OFF
        return lobby_url(self._hass, token) or NoCode.NO_ADDRESS


@callback
def async_setup_lobby(hass: HomeAssistant) -> None:
    """Register the addresses of pages and notices, there whether or not a building is loaded."""
    hass.http.register_view(LobbyPage(hass))
    hass.http.register_view(LobbyNotice(hass))


def new_token() -> str:
    """Return what makes a page's address unguessable."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_of(building: CourierAccessConfigEntry) -> str | None:
    """Return what the address of a building's page ends with, None where its owner wants none."""
    token: str | None = _settings(building).get(CONF_PAGE)
    return token


def _settings(building: CourierAccessConfigEntry) -> Mapping[str, Any]:
    settings: Mapping[str, Any] = building.options.get(CONF_LOBBY, {})
    return settings


def _lobby(building: CourierAccessConfigEntry) -> Lobby:
    couriers = building.get_subentries_of_type(SubentryType.COURIER)
    return Lobby(
        building=building.title,
        couriers=sorted(each.title for each in couriers if each.data[CONF_ENABLED]),
        contact=_settings(building).get(CONF_OWNER_CONTACT, ""),
        retention_days=retention_days(building.options),
    )


async def _words(hass: HomeAssistant, building: CourierAccessConfigEntry) -> Words:
    zone = ZoneInfo(hass.config.time_zone)
    return await words(hass, _settings(building).get(CONF_LANGUAGE), zone)


def _code(address: str | NoCode) -> Code | NoCode:
    """Draw the code, if there is to be one."""
    if isinstance(address, NoCode):
        return address
    modules = segno.make_qr(address, error="m").matrix
    return Code(address, [[bool(module) for module in row] for row in modules])
