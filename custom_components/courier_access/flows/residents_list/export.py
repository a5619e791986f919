"""Export a building's residents as a CSV file that can be imported.

Paper consent is left out: in an edited row it would become somebody else's.
"""

from collections.abc import Sequence
from typing import Final, override

from aiohttp import hdrs
from aiohttp.web import Response
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant

from ...api.spreadsheet import BYTE_ORDER_MARK
from ...building.building import CourierAccessConfigEntry
from ...const import (
    CONF_LANGUAGE,
    CONF_NAME,
    CONF_PERSON,
    CONF_TARGETS,
    CONF_UNIT,
    SubentryType,
)
from ...hass.entities import entity_id_of
from ...notifications.text import Words, texts
from ...web.html import HEADERS
from ...web.pages import LIST_PATH, OwnersPage
from ..targets import FIELD_ACTIONS, FIELD_ENTITIES, FIELD_PERSON_APPS, targets_to_form
from .forms import by_unit, heading
from .table import COLUMNS, write_table

FILE_NAME: Final = "courier-access-residents.csv"


class ResidentsList(OwnersPage):
    """Serves every building's list."""

    url = f"{LIST_PATH}/{{entry_id}}"
    name = "api:courier_access:residents"

    @override
    async def _show(self, building: CourierAccessConfigEntry) -> Response:
        written = _written(self._hass, building, await texts(self._hass, None))
        return Response(
            body=BYTE_ORDER_MARK + written.encode(),
            content_type="text/csv",
            charset="utf-8",
            headers={
                hdrs.CONTENT_DISPOSITION: f'attachment; filename="{FILE_NAME}"',
                **HEADERS,
            },
        )


def _written(
    hass: HomeAssistant, building: CourierAccessConfigEntry, words: Words
) -> str:
    residents = building.get_subentries_of_type(SubentryType.RESIDENT)
    rows = [_row(hass, each, words) for each in sorted(residents, key=by_unit)]
    return write_table([[heading(words, column) for column in COLUMNS], *rows])


def _row(hass: HomeAssistant, resident: ConfigSubentry, words: Words) -> Sequence[str]:
    data = resident.data
    answers = targets_to_form(hass, data[CONF_TARGETS])
    cells = {
        CONF_NAME: resident.title,
        CONF_UNIT: data[CONF_UNIT],
        CONF_PERSON: entity_id_of(hass, data[CONF_PERSON]) or "",
        CONF_LANGUAGE: data[CONF_LANGUAGE] or "",
        FIELD_PERSON_APPS: words["csv_yes" if answers[FIELD_PERSON_APPS] else "csv_no"],
        FIELD_ENTITIES: " ".join(answers[FIELD_ENTITIES]),
        FIELD_ACTIONS: " ".join(answers[FIELD_ACTIONS]),
    }
    return [cells.get(column, "") for column in COLUMNS]
