"""The sheets to hang up at doors, to print."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, override

from aiohttp.web import Response

from ...building.building import CourierAccessConfigEntry
from ...const import CONF_DOOR_PAGES, CONF_LANGUAGE, DOMAIN
from ...doors.sheets import Sheet, sheets_of
from ...hass.host import external_url
from ..html import NOTHING, Html, document, element, headers, paragraph, text
from ..pages import OwnersPage
from ..qr_code import QrCode
from ..texts import PageTexts, page_texts
from .page import page_path

SHEET_PATH: Final = f"/api/{DOMAIN}/door_sheets"

SHEET_STYLE: Final = (
    ":root{color-scheme:light}"
    "*{box-sizing:border-box}"
    "@page{size:A4;margin:0}"  # no room for browser headers
    "body{margin:0;background:#fff;color:#000;font:14pt/1.4 system-ui,sans-serif;overflow-wrap:anywhere}"
    "main{max-width:210mm;margin:0 auto}"
    "section{padding:16mm;break-after:page;text-align:center}"
    "section:last-child{break-after:auto}"
    "h1{font-size:34pt;line-height:1.15;margin:2mm 0 8mm}"
    "p{margin:0 0 4mm}"
    ".lead{font-size:18pt}"
    "svg{display:block;width:90mm;max-width:100%;height:auto;margin:8mm auto}"
    ".address{font-size:11pt}"
    ".address a{color:inherit}"
    ".sign{margin-top:12mm;font-size:16pt}"
    ".sign strong{display:block;font:700 64pt/1.2 ui-monospace,monospace;letter-spacing:.1em}"
    ".screen{background:#fff3cd;border:1px solid #8a6d00;padding:4mm;margin:4mm}"
    "@media print{.screen{display:none}}"
)
SHEET_HEADERS: Final = headers(SHEET_STYLE)


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
        return Response(
            text=door_sheets(texts, building.title, sheets, codes),
            content_type="text/html",
            headers=SHEET_HEADERS,
        )


def door_sheets(
    texts: PageTexts,
    building: str,
    sheets: Mapping[str, Sheet],
    codes: Mapping[str, QrCode | None],
) -> str:
    """Return a page of A4 for each door, with hints for the owner on the screen."""
    return document(
        texts.language,
        texts.plain("page_sheet_title", building=building),
        element(
            "div",
            paragraph(texts.html("page_sheet_print")),
            paragraph(texts.html("page_lobby_code_no_address"))
            if None in codes.values()
            else NOTHING,
            classes="screen",
        ),
        *(
            element("section", *_sheet(texts, building, door, sheet, codes[door]))
            for door, sheet in sheets.items()
        ),
        style=SHEET_STYLE,
    )


def _sheet(
    texts: PageTexts, building: str, door: str, sheet: Sheet, code: QrCode | None
) -> Iterator[Html]:
    yield paragraph(text(building))
    yield element("h1", text(door))
    says = "page_sheet_says" if code is not None else "page_sheet_no_code"
    yield paragraph(texts.html(says), classes="lead")
    if code is not None:
        yield code.drawing(texts.plain("page_sheet_code_says"))
        address = element("a", text(code.address), attributes={"href": code.address})
        yield paragraph(address, classes="address")
    yield paragraph(
        texts.html("page_sheet_sign"),
        Html(" "),
        element("strong", text(sheet.sign)),
        classes="sign",
    )


def _codes(addresses: Mapping[str, str | None]) -> dict[str, QrCode | None]:
    return {
        door: None if address is None else QrCode.of(address)
        for door, address in addresses.items()
    }
