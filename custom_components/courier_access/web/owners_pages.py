"""What administrators open of a building beside Home Assistant's own pages, at an address that a flow hands them."""

from abc import abstractmethod
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from aiohttp.web import Request, Response
from homeassistant.components.http.auth import async_sign_path
from homeassistant.components.http.decorators import require_admin
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import HomeAssistantView

from ..building.building import CourierAccessConfigEntry
from ..const import DOMAIN
from .html import HEADERS

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
def async_owners_path(hass: HomeAssistant, path: str, building: CourierAccessConfigEntry) -> str:
    """Return where the owner who asks now can open a building's page at that path, for an hour."""
    return async_sign_path(hass, f"{path}/{building.entry_id}", _OPEN_FOR)
