"""The lobby notice, and the page behind its QR code.

They show nothing personal except the owner's contact, and nothing current.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hmac import compare_digest
import secrets
from typing import Any, Final, override
from urllib.parse import quote

from aiohttp.web import Request, Response
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..access.rates import Rates
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
from .html import (
    NOTHING,
    Html,
    document,
    element,
    headers,
    items,
    join,
    paragraph,
    section,
    text,
)
from .pages import (
    MOST_REMEMBERED,
    NOTICE_PATH,
    OwnersPage,
    PublicPage,
    limit,
    network_of,
    not_found,
    page,
)
from .qr_code import QrCode
from .texts import PageTexts, page_texts

LOBBY_PATH: Final = f"/api/{DOMAIN}/lobby"

_PROMISES: Final = (
    ("page_promise_asked", "page_promise_asked_says"),
    ("page_promise_told", "page_promise_told_says"),
    ("page_promise_before", "page_promise_before_says"),
    ("page_promise_charge", "page_promise_charge_says"),
    ("page_promise_see", "page_promise_see_says"),
    ("page_promise_watched", "page_promise_watched_says"),
    ("page_promise_forgotten", "page_promise_forgotten_says"),
    ("page_promise_safe", "page_promise_safe_says"),
)

NOTICE_STYLE: Final = (
    ":root{color-scheme:light}"
    "*{box-sizing:border-box}"
    "@page{size:A4;margin:0}"  # no room for browser headers
    "body{margin:0;background:#fff;color:#000;font:10.5pt/1.35 system-ui,sans-serif;overflow-wrap:anywhere}"
    "main{max-width:210mm;margin:0 auto;padding:12mm 16mm}"
    "h1{font-size:22pt;line-height:1.15;margin:1mm 0 3mm}"
    "h2{font-size:13pt;line-height:1.25;margin:5mm 0 2mm}"
    "p{margin:0 0 2mm}"
    ".building{font-size:13pt}"
    ".lead{font-size:13pt}"
    "ul{list-style:none;margin:0;padding:0;columns:2;column-gap:9mm}"
    "li{margin:0;padding:0 0 2mm;break-inside:avoid}"
    ".ends{display:flex;gap:9mm;align-items:flex-start;break-inside:avoid}"
    ".ends>div{flex:1;min-width:0}"
    ".contact{font-size:13pt;font-weight:600;border:.5mm solid #000;padding:3mm;min-height:18mm}"
    ".contact p{margin:0}"
    "figure{margin:5mm 0 0;width:48mm;flex:none}"
    "figcaption,.soft{font-size:8.5pt;line-height:1.3}"
    ".soft{margin-top:2mm}"
    "svg{display:block;width:48mm;height:48mm}"
    ".screen{background:#fff3cd;border:1px solid #8a6d00;padding:4mm;margin:0 0 6mm}"
    "@media print{.screen{display:none}}"
    "@media screen and (max-width:40rem){main{padding:1rem}h1{font-size:20pt}ul{columns:1}.ends{display:block}}"
)
NOTICE_HEADERS: Final = headers(NOTICE_STYLE)


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


def lobby_page(texts: PageTexts, lobby: Lobby) -> str:
    """Return the page for anyone who scans the QR code."""
    html = texts.html
    return document(
        texts.language,
        texts.plain("page_lobby_title", building=lobby.building),
        element("h1", text(lobby.building)),
        section(html("page_lobby_heading"), *_about(texts)),
        section(html("page_lobby_couriers"), *_couriers(texts, lobby)),
        section(html("page_lobby_promises"), _promises(texts, lobby)),
        section(html("page_lobby_you"), *_you(texts)),
        section(html("page_lobby_owner"), _contact(lobby))
        if lobby.contact
        else NOTHING,
    )


def lobby_notice(
    texts: PageTexts, lobby: Lobby, code: QrCode | NoCode, today: date
) -> str:
    """Return the notice for a sheet of A4, with hints for the owner on the screen."""
    html = texts.html
    return document(
        texts.language,
        texts.plain("page_lobby_title", building=lobby.building),
        element("div", *_to_the_owner(texts, code), classes="screen"),
        paragraph(text(lobby.building), classes="building"),
        element("h1", html("page_lobby_heading")),
        *_about(texts),
        element("h2", html("page_lobby_promises")),
        _promises(texts, lobby),
        element("h2", html("page_lobby_you")),
        *_you(texts),
        element(
            "div",
            element(
                "div",
                element("h2", html("page_lobby_owner")),
                _contact(lobby),
                texts.paragraph("page_lobby_as_of", "soft", date=texts.day(today)),
            ),
            NOTHING if isinstance(code, NoCode) else _figure(texts, code),
            classes="ends",
        ),
        NOTHING
        if isinstance(code, NoCode)
        else paragraph(text(code.address), classes="soft"),
        style=NOTICE_STYLE,
    )


def _about(texts: PageTexts) -> Iterator[Html]:
    yield texts.paragraph("page_lobby_says", "lead")
    yield texts.paragraph("page_lobby_exit")


def _promises(texts: PageTexts, lobby: Lobby) -> Html:
    return items(
        join(
            [
                element("strong", texts.html(name)),
                Html(" "),
                texts.html(says, days=str(lobby.retention_days)),
            ]
        )
        for name, says in _PROMISES
    )


def _you(texts: PageTexts) -> Iterator[Html]:
    yield texts.paragraph("page_lobby_enrolled")
    yield texts.paragraph("page_lobby_link")


def _couriers(texts: PageTexts, lobby: Lobby) -> Iterator[Html]:
    if not lobby.couriers:
        yield texts.paragraph("page_lobby_couriers_none")
        return
    yield items(map(text, lobby.couriers), classes="plain")
    yield texts.paragraph("page_lobby_couriers_say", "soft")


def _contact(lobby: Lobby) -> Html:
    """Return the owner's contact, or an empty box to write in."""
    lines = (paragraph(text(line)) for line in lobby.contact.splitlines())
    return element("div", *lines, classes="contact")


def _to_the_owner(texts: PageTexts, code: QrCode | NoCode) -> Iterator[Html]:
    yield texts.paragraph("page_lobby_print")
    match code:
        case NoCode.OFF:
            yield texts.paragraph("page_lobby_code_off")
        case NoCode.NO_ADDRESS:
            yield texts.paragraph("page_lobby_code_no_address")


def _figure(texts: PageTexts, code: QrCode) -> Html:
    drawing = code.drawing(texts.plain("page_lobby_code_says"))
    return element(
        "figure", drawing, element("figcaption", texts.html("page_lobby_code_says"))
    )


PAGES_PER_MINUTE: Final = 30
"""Pages that one network may open."""

_TOKEN_BYTES: Final = 16


class LobbyPage(PublicPage):
    """The lobby pages of buildings that have one."""

    url = f"{LOBBY_PATH}/{{token}}"
    name = "api:courier_access:lobby"

    def __init__(self, hass: HomeAssistant) -> None:
        """Initialize the pages."""
        super().__init__(hass)
        self._visits = Rates(MOST_REMEMBERED)

    post = PublicPage.put

    @override
    async def _show(self, request: Request, token: str) -> Response:
        building = self._find(token)
        if building is None:
            self._limit_misses(request)
            raise not_found()
        limit(self._visits, network_of(request.remote), PAGES_PER_MINUTE)
        return page(lobby_page(await _texts(self._hass, building), _lobby(building)))

    def _find(self, token: str) -> CourierAccessConfigEntry | None:
        for building in self._hass.config_entries.async_entries(
            DOMAIN, include_disabled=False
        ):
            own = lobby_token(building)
            if own is not None and compare_digest(
                own.encode(), token.encode("utf-8", "replace")
            ):
                return building
        return None


class LobbyNotice(OwnersPage):
    """The lobby notices of all buildings, to print."""

    url = f"{NOTICE_PATH}/{{entry_id}}"
    name = "api:courier_access:lobby_notice"

    @override
    async def _show(self, building: CourierAccessConfigEntry) -> Response:
        code = await self._hass.async_add_executor_job(_code, self._address(building))
        texts = await _texts(self._hass, building)
        today = dt_util.utcnow().astimezone(texts.zone).date()
        return Response(
            text=lobby_notice(texts, _lobby(building), code, today),
            content_type="text/html",
            headers=NOTICE_HEADERS,
        )

    def _address(self, building: CourierAccessConfigEntry) -> str | NoCode:
        token = lobby_token(building)
        if token is None:
            return NoCode.OFF
        path = f"{LOBBY_PATH}/{quote(token, safe='')}"
        return external_url(self._hass, path) or NoCode.NO_ADDRESS


@callback
def async_setup_lobby(hass: HomeAssistant) -> None:
    """Register the pages and notices of all buildings, loaded or not."""
    hass.http.register_view(LobbyPage(hass))
    hass.http.register_view(LobbyNotice(hass))


def new_lobby_token() -> str:
    """Return a new token for a page's address."""
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


def _code(address: str | NoCode) -> QrCode | NoCode:
    """Return the QR code of an address, if there is one."""
    return address if isinstance(address, NoCode) else QrCode.of(address)
