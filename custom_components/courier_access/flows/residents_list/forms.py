"""Forms for importing residents and for removing several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import re
from typing import Any, Final

from homeassistant.components.file_upload import process_uploaded_file
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    FileSelector,
    FileSelectorConfig,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
)
import voluptuous as vol

from ...access.markup import in_markdown
from ...access.model import normal_unit
from ...access.written_hours import HOURS_FIELDS
from ...building.building import CourierAccessConfigEntry
from ...const import CONF_UNIT, RESIDENT_LANGUAGES, SubentryType
from ...notifications.text import Words, texts
from ..resident_details import Agreement
from .plan import Plan
from .rows import CellWords, RowError
from .table import (
    COLUMNS,
    MOST_BYTES,
    InvalidTable,
    Row,
    TableProblem,
    normal_heading,
    read_table,
)

FIELD_LEAVING: Final = "leaving"
FIELD_LIST: Final = "list"
FIELD_MOVE_OUT: Final = "move_out"

MOST_LINES: Final = 20
"""Maximum lines shown per problem."""

MOST_NAMES: Final = 12
"""Maximum residents named per change."""


def leaving_fields(
    building: CourierAccessConfigEntry,
) -> dict[vol.Marker, object]:
    """Return the field of residents to remove, by unit."""
    residents = building.get_subentries_of_type(SubentryType.RESIDENT)
    options = [
        SelectOptionDict(
            value=each.subentry_id, label=f"{each.data[CONF_UNIT]} · {each.title}"
        )
        for each in sorted(residents, key=by_unit)
    ]
    chosen = SelectSelector(SelectSelectorConfig(options=options, multiple=True))
    return {vol.Required(FIELD_LEAVING, default=list): chosen}


def by_unit(resident: ConfigSubentry) -> tuple[str, str]:
    """Return a sort key by unit and name, with unit 9 before unit 10."""
    unit = normal_unit(resident.data[CONF_UNIT])
    return re.sub(
        r"\d+", lambda found: found[0].zfill(8), unit
    ), resident.title.casefold()


@dataclass(frozen=True, slots=True)
class ListWords:
    """The names of columns, answers, and languages in all languages."""

    headings: Mapping[str, str]
    cells: CellWords


async def async_list_words(hass: HomeAssistant) -> ListWords:
    """Return the words accepted in a list, in every language."""
    spoken = {language: await texts(hass, language) for language in RESIDENT_LANGUAGES}
    headings = {normal_heading(column): column for column in COLUMNS}
    answers = {answer.value: answer for answer in Agreement}
    languages = {language: language for language in RESIDENT_LANGUAGES}
    for language, words in spoken.items():
        headings |= {
            normal_heading(heading(words, column)): column for column in COLUMNS
        }
        answers |= {
            normal_heading(words[f"csv_{answer}"]): answer for answer in Agreement
        }
        languages[normal_heading(words["csv_language"])] = language
    return ListWords(headings, CellWords(answers, languages))


def heading(words: Words, column: str) -> str:
    """Return a column's heading."""
    return words[
        f"page_{column}" if column in HOURS_FIELDS else f"csv_resident_{column}"
    ]


async def async_read_list(
    hass: HomeAssistant, file_id: str, words: ListWords
) -> list[Row]:
    """Read and delete the uploaded file; raise InvalidTable if it isn't a list."""
    content = await hass.async_add_executor_job(_content, hass, file_id)
    return read_table(content, words.headings)


def list_fields(errors: Sequence[RowError] = ()) -> dict[vol.Marker, object]:
    """Return the fields of the upload form, with a section for each problem of the last file.

    The frontend translates sections into the owner's language, which isn't known here.
    """
    none = section(vol.Schema({}), {"collapsed": False})
    upload = FileSelector(FileSelectorConfig(accept=".csv,text/csv"))
    return {
        vol.Required(FIELD_LIST): upload,
        **{vol.Optional(problem): none for problem in lines_by_problem(errors)},
    }


def lines_by_problem(errors: Sequence[RowError]) -> dict[str, str]:
    """Return the lines of each problem, with their text."""
    kinds: dict[str, list[RowError]] = {}
    for error in errors:
        kinds.setdefault(error.problem, []).append(error)
    return {problem: _lines(found) for problem, found in kinds.items()}


def summary_fields(planned: Plan) -> dict[vol.Marker, object]:
    """Return the fields of the form that confirms the plan."""
    if not planned.missing:
        return {}
    return {vol.Required(FIELD_MOVE_OUT, default=False): BooleanSelector()}


def summary(building: CourierAccessConfigEntry, planned: Plan) -> dict[str, str]:
    """Return the placeholders that describe the plan."""
    residents = building.subentries
    missing = [
        _named(residents[resident_id].title, residents[resident_id].data)
        for resident_id in planned.missing
    ]
    changed = [
        _named(residents[resident_id].title, residents[resident_id].data)
        for resident_id in planned.changed
    ]
    return {
        "new": str(len(planned.new)),
        "new_names": _names([_named(each.name, each.data) for each in planned.new]),
        "changed": str(len(changed)),
        "changed_names": _names(changed),
        "unchanged": str(planned.unchanged),
        "missing": str(len(missing)),
        "missing_names": _names(missing),
    }


def _content(hass: HomeAssistant, file_id: str) -> bytes:
    try:
        with process_uploaded_file(hass, file_id) as path, path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except ValueError:
        raise InvalidTable(TableProblem.GONE) from None


def _lines(errors: Sequence[RowError]) -> str:
    lines = [
        f"{each.line}: {each.written}" if each.written else str(each.line)
        for each in errors
    ]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES:] = [f"… +{len(lines) - MOST_LINES}"]
    return ("; " if any(each.written for each in errors) else ", ").join(lines)


def _named(name: str, data: Mapping[str, Any]) -> str:
    return f"{name} ({data[CONF_UNIT]})"


def _names(residents: Sequence[str]) -> str:
    """Join the first residents' names."""
    lines = list(residents[:MOST_NAMES])
    if len(residents) > MOST_NAMES:
        lines.append(f"… +{len(residents) - MOST_NAMES}")
    return in_markdown(", ".join(lines)) or "\u2013"
