"""The pages of drivers: at a door, and behind a pass link; the sheets to hang up."""

from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, override
from urllib.parse import quote

from aiohttp.web import Request, Response
from homeassistant.components.http.decorators import require_admin
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import HomeAssistantView

from ..api.passes import (
    OpenedPass,
    PageAnswer,
    async_open_pass,
    async_request_at_page,
    async_request_by_link,
)
from ..building.building import CourierAccessConfigEntry
from ..const import CONF_DOOR_PAGES, CONF_LANGUAGE, DOMAIN
from ..doors.doors import Sheet, sheets_of
from ..entries.request import Waiting
from ..entries.unsigned import Shown
from ..grants.passes import PATH
from ..hass.host import external_url
from .drivers_page import CODE, RING, SIGN, DriversPage, Place, Sent
from .html import HEADERS, async_qr_code, headers, page_texts, render
from .pages import (
    OwnersPage,
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
    # A door that was just added: the building is about to be handed over.
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

SHEET_HEADERS: Final = headers("sheet.css")


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
