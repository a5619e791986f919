"""The lobby notice, and the page behind its QR code.

They show nothing personal except the owner's contact, and nothing current.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
import secrets
from typing import Any, Final, override
from urllib.parse import quote

from aiohttp.web import Request, Response
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..building.building import CourierAccessConfigEntry, async_zone_of
from ..const import (
    CONF_ENABLED,
    CONF_LANGUAGE,
    CONF_LOBBY,
    CONF_OWNER_CONTACT,
    CONF_PAGE,
    DOMAIN,
    SubentryType,
)
from ..hass.host import external_url
from ..residents.directory import retention_days
from .html import PageTexts, async_qr_code, headers, page_texts, render
from .pages import NOTICE_PATH, OwnersPage, PublicPage, is_token, not_found, page

LOBBY_PATH: Final = f"/api/{DOMAIN}/lobby"

NOTICE_HEADERS: Final = headers("notice.css")


class NoCode(StrEnum):
    """Why a notice has no QR code."""

    OFF = "off"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class Lobby:
    """The content of a lobby notice; `couriers` are the names of enabled couriers."""

    building: str
    couriers: Sequence[str]
    contact: str
    retention_days: int


_TOKEN_BYTES: Final = 16


class LobbyPage(PublicPage[CourierAccessConfigEntry]):
    """The lobby pages of buildings that have one."""

    url = f"{LOBBY_PATH}/{{token}}"
    name = "api:courier_access:lobby"
    pages_per_minute = 30

    @override
    async def _show(self, request: Request, token: str) -> Response:
        building = await self._admit(request, token)
        texts = await _texts(self._hass, building)
        return page(render("lobby.html.j2", texts=texts, lobby=_lobby(building)))

    @override
    async def _find(self, token: str) -> CourierAccessConfigEntry:
        for building in self._hass.config_entries.async_entries(
            DOMAIN, include_disabled=False
        ):
            own = lobby_token(building)
            if own is not None and is_token(own, token):
                return building
        raise not_found()


class LobbyNotice(OwnersPage):
    """The lobby notices of all buildings, to print."""

    url = f"{NOTICE_PATH}/{{entry_id}}"
    name = "api:courier_access:lobby_notice"

    @override
    async def _show(self, building: CourierAccessConfigEntry) -> Response:
        address = self._address(building)
        code = (
            address
            if isinstance(address, NoCode)
            else await async_qr_code(self._hass, address)
        )
        texts = await _texts(self._hass, building)
        today = dt_util.utcnow().astimezone(texts.zone).date()
        written = render(
            "lobby_notice.html.j2",
            texts=texts,
            lobby=_lobby(building),
            code=code,
            today=today,
        )
        return page(written, NOTICE_HEADERS)

    def _address(self, building: CourierAccessConfigEntry) -> str | NoCode:
        token = lobby_token(building)
        if token is None:
            return NoCode.OFF
        path = f"{LOBBY_PATH}/{quote(token, safe='')}"
        return external_url(self._hass, path) or NoCode.NO_ADDRESS


def new_lobby_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)


def lobby_token(building: CourierAccessConfigEntry) -> str | None:
    """Return the token of a building's page; None if it has no page."""
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


async def _texts(hass: HomeAssistant, building: CourierAccessConfigEntry) -> PageTexts:
    zone = await async_zone_of(hass, building)
    return await page_texts(hass, _settings(building).get(CONF_LANGUAGE), zone)
