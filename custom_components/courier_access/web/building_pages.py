"""The pages that a building shows: at its doors, behind pass links, and in its lobby."""

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
import secrets
from typing import Any, Final, override
from urllib.parse import quote

from aiohttp.web import Request, Response
from homeassistant.components.http.decorators import require_admin
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import HomeAssistantView
from homeassistant.util import dt as dt_util

from ..api.passes import (
    OpenedPass,
    PageAnswer,
    async_open_pass,
    async_request_at_page,
    async_request_by_link,
)
from ..building.building import CourierAccessConfigEntry, async_zone_of
from ..const import (
    CONF_DOOR_PAGES,
    CONF_ENABLED,
    CONF_LANGUAGE,
    CONF_LOBBY,
    CONF_OWNER_CONTACT,
    CONF_PAGE,
    DOMAIN,
    SubentryType,
)
from ..doors.doors import Sheet, sheets_of
from ..entries.request import Waiting
from ..entries.unsigned import Shown
from ..grants.passes import PATH
from ..home_assistant.host import external_url
from ..residents.directory import retention_days
from .drivers_page import CODE, RING, SIGN, DriversPage, Place, Sent
from .html import HEADERS, PageTexts, async_qr_code, headers, page_texts, render
from .pages import (
    NOTICE_PATH,
    OwnersPage,
    PublicPage,
    async_building,
    async_owners_path,
    is_token,
    not_found,
    not_ready,
    page,
    redirect,
)

DOOR_PATH: Final = f"/api/{DOMAIN}/door"


def page_path(sheet: Sheet) -> str:
    return f"{DOOR_PATH}/{quote(sheet.page, safe='')}"


class DoorPage(DriversPage[Place]):
    """The pages of all doors that have one."""

    url = f"{DOOR_PATH}/{{token}}"
    name = "api:courier_access:door"
    asks = (CODE, RING)
    template = "door.html.j2"

    @override
    async def _find(self, token: str) -> Place:
        entries: list[CourierAccessConfigEntry] = (
            self._hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        )
        for entry in entries:
            for door_id, sheet in sheets_of(entry).items():
                if is_token(sheet.page, token):
                    return _place(entry, door_id)
        raise not_found()

    @override
    def _shown(self, place: Place) -> Mapping[str, object]:
        wrong_codes = place.building.wrong_codes
        return {"is_off": wrong_codes.is_off(place.door.id, at_keypad=False)}

    @override
    def _ask(
        self, place: Place, sent: Sent, waiting: Waiting, language: str
    ) -> Coroutine[object, object, PageAnswer]:
        shown = Shown() if sent.asks == RING else Shown(sent.typed)
        return async_request_at_page(
            place.building, place.door, shown, waiting, language
        )


def _place(entry: CourierAccessConfigEntry, door_id: str) -> Place:
    if entry.state is not ConfigEntryState.LOADED:
        raise not_ready()
    building = entry.runtime_data
    # A door that was just added: its building is about to be replaced.
    if (door := building.directory.doors.get(door_id)) is None:
        raise not_ready()
    return Place(building, door)


@dataclass(frozen=True, slots=True)
class PassPlace(Place):
    """The door that a pass is for."""

    opened: OpenedPass


class PassPage(DriversPage[PassPlace]):
    """The pages of all passes whose doors have a sheet."""

    url = f"{PATH}/{{token}}"
    name = "api:courier_access:pass"
    asks = (SIGN,)
    template = "pass.html.j2"

    @override
    async def _find(self, token: str) -> PassPlace:
        buildings, missing = self._buildings()
        for building in buildings:
            if (opened := await async_open_pass(building, token)) is not None:
                return PassPlace(building, opened.door, opened)
        raise missing

    @override
    def _shown(self, place: PassPlace) -> Mapping[str, object]:
        return {"opened": place.opened}

    @override
    def _ask(
        self, place: PassPlace, sent: Sent, waiting: Waiting, language: str
    ) -> Coroutine[object, object, PageAnswer]:
        return async_request_by_link(
            place.building, place.opened, sent.typed, waiting, language
        )


SHEET_PATH: Final = f"/api/{DOMAIN}/door_sheets"

SHEET_HEADERS: Final = headers("paper.css", "sheet.css")


class DoorSheet(OwnersPage):
    """The sheets of all buildings."""

    url = f"{SHEET_PATH}/{{entry_id}}"
    name = "api:courier_access:door_sheets"

    @override
    async def _show(self, building: CourierAccessConfigEntry) -> Response:
        sheets = {
            building.subentries[door_id].title: sheet
            for door_id, sheet in sheets_of(building).items()
        }
        codes = {
            door: await async_qr_code(
                self._hass, external_url(self._hass, page_path(sheet))
            )
            for door, sheet in sheets.items()
        }
        settings: Mapping[str, Any] = building.options.get(CONF_DOOR_PAGES, {})
        texts = await page_texts(self._hass, settings.get(CONF_LANGUAGE))
        written = render(
            "door_sheets.html.j2",
            texts=texts,
            building=building.title,
            sheets=sheets,
            codes=codes,
        )
        return page(written, SHEET_HEADERS)


TRIAL_PATH: Final = f"/api/{DOMAIN}/try_door"


class DoorTrial(HomeAssistantView):
    """Leads an owner to a door's page, as its sheet leads drivers.

    The page's address proves that somebody stands at the door, so nothing returns it to
    a front end that shares passes; only an administrator's browser is redirected to it.
    The panel offers this until the first entry.
    """

    url = f"{TRIAL_PATH}/{{entry_id}}/{{door_id}}"
    name = "api:courier_access:try_door"

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass

    @require_admin
    async def get(self, request: Request, entry_id: str, door_id: str) -> Response:
        """Redirect to the page of a building's door."""
        building = async_building(self._hass, entry_id)
        sheet = None if building is None else sheets_of(building).get(door_id)
        if sheet is None:
            return Response(status=HTTPStatus.NOT_FOUND, headers=HEADERS)
        return redirect(page_path(sheet))


@callback
def async_trial_path(
    hass: HomeAssistant, entry: CourierAccessConfigEntry, door_id: str
) -> str | None:
    """Return the path that leads the current owner to a door's page, if it has one."""
    if door_id not in sheets_of(entry):
        return None
    return async_owners_path(hass, TRIAL_PATH, f"{entry.entry_id}/{door_id}")


LOBBY_PATH: Final = f"/api/{DOMAIN}/lobby"

NOTICE_HEADERS: Final = headers("paper.css", "notice.css")


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
    """The lobby pages of buildings that have one.

    They show nothing personal except the owner's contact, and nothing current.
    """

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
