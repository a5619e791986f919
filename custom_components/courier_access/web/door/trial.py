"""Leads an owner to a door's page, as its sheet leads drivers.

The page's address proves that somebody stands at the door, so nothing returns it to a
front end that shares passes; only an administrator's browser is redirected to it.
The panel offers this until the first entry. Administrators can print the sheet anytime.
"""

from http import HTTPStatus
from typing import Final

from aiohttp import hdrs
from aiohttp.web import Request, Response
from homeassistant.components.http.decorators import require_admin
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import HomeAssistantView

from ...building.building import CourierAccessConfigEntry
from ...const import DOMAIN
from ...doors.doors import sheets_of
from ..html import HEADERS
from ..pages import async_building, async_owners_path
from .page import page_path

TRIAL_PATH: Final = f"/api/{DOMAIN}/try_door"


class DoorTrial(HomeAssistantView):
    """The redirects to all doors that have a page."""

    url = f"{TRIAL_PATH}/{{entry_id}}/{{door_id}}"
    name = "api:courier_access:try_door"

    def __init__(self, hass: HomeAssistant) -> None:
        """Initialize the redirects."""
        self._hass = hass

    @require_admin
    async def get(self, request: Request, entry_id: str, door_id: str) -> Response:
        """Redirect to the page of a building's door."""
        building = async_building(self._hass, entry_id)
        sheet = None if building is None else sheets_of(building).get(door_id)
        if sheet is None:
            return Response(status=HTTPStatus.NOT_FOUND, headers=HEADERS)
        return Response(
            status=HTTPStatus.SEE_OTHER,
            headers={hdrs.LOCATION: page_path(sheet), **HEADERS},
        )


@callback
def async_trial_path(
    hass: HomeAssistant, entry: CourierAccessConfigEntry, door_id: str
) -> str | None:
    """Return the path that leads the current owner to a door's page, if it has one."""
    if door_id not in sheets_of(entry):
        return None
    return async_owners_path(hass, TRIAL_PATH, f"{entry.entry_id}/{door_id}")
