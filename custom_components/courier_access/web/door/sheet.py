"""The sheets to hang up at doors, to print."""

from collections.abc import Mapping
from typing import Any, Final, override

from aiohttp.web import Response

from ...building.building import CourierAccessConfigEntry
from ...const import CONF_DOOR_PAGES, CONF_LANGUAGE, DOMAIN
from ...doors.doors import sheets_of
from ...hass.host import external_url
from ..html import QrCode, headers, page_texts, render
from ..pages import OwnersPage, page
from .page import page_path

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
        addresses = {
            door: external_url(self._hass, page_path(sheet))
            for door, sheet in sheets.items()
        }
        codes = await self._hass.async_add_executor_job(_codes, addresses)
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


def _codes(addresses: Mapping[str, str | None]) -> dict[str, QrCode | None]:
    return {
        door: None if address is None else QrCode.of(address)
        for door, address in addresses.items()
    }
