"""The page at a door: a driver types a code, or rings."""

from collections.abc import Coroutine, Mapping
from hmac import compare_digest
from typing import Final, override
from urllib.parse import quote

from homeassistant.config_entries import ConfigEntryState

from ...api.passes import PageAnswer, async_request_at_page
from ...building.building import CourierAccessConfigEntry
from ...const import DOMAIN
from ...doors.doors import Sheet, sheets_of
from ...entries.request import Waiting
from ...entries.unsigned import Shown
from ..pages import not_found, not_ready
from .drivers_page import DriversPage, Place
from .forms import CODE, RING, Sent

DOOR_PATH: Final = f"/api/{DOMAIN}/door"


def page_path(sheet: Sheet) -> str:
    """Return the path of the page that a sheet leads to."""
    return f"{DOOR_PATH}/{quote(sheet.page, safe='')}"


class DoorPage(DriversPage[Place]):
    """The pages of all doors that have one."""

    url = f"{DOOR_PATH}/{{token}}"
    name = "api:courier_access:door"
    asks = (CODE, RING)
    template = "door.html.j2"

    @override
    async def _find(self, token: str) -> Place:
        given = token.encode("utf-8", "surrogatepass")
        entries: list[CourierAccessConfigEntry] = (
            self._hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        )
        for entry in entries:
            for door_id, sheet in sheets_of(entry).items():
                if compare_digest(sheet.page.encode(), given):
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
    # A door that was just added: the building is about to be reloaded.
    if (door := building.directory.doors.get(door_id)) is None:
        raise not_ready()
    return Place(building, door)
