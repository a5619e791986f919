"""Residents imported from and exported to a CSV file."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
import csv
from dataclasses import dataclass, field
from datetime import date
import io
from itertools import zip_longest
import re
from typing import Any, Final, NamedTuple, override

from aiohttp.web import Response
from homeassistant.components.file_upload import process_uploaded_file
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    FileSelector,
    FileSelectorConfig,
)
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..access.hours import HOURS_FIELDS, InvalidHours
from ..access.model import normal_unit
from ..access.names import in_markdown
from ..api.access_log import BYTE_ORDER_MARK
from ..api.consent import TextCodes
from ..building.building import CourierAccessConfigEntry
from ..const import (
    CONF_CONSENT,
    CONF_DECIDED_ON,
    CONF_LANGUAGE,
    CONF_NAME,
    CONF_PERSON,
    CONF_PRIVATE,
    CONF_TARGETS,
    CONF_TEXT,
    CONF_UNIT,
    RESIDENT_LANGUAGES,
    SubentryType,
)
from ..home_assistant.callbacks import entity_id_of
from ..notifications.text import Words, texts
from ..residents.directory import homes_of, is_one_household
from ..web.pages import LIST_PATH, AdministratorsPage, attachment
from .forms import Fields, choice, named_part
from .resident import (
    FIELD_ACTIONS,
    FIELD_ENTITIES,
    FIELD_PERSON_APPS,
    FIELD_TEXT_CODE,
    PERSON_DOMAIN,
    Agreement,
    PaperConsent,
    become_several,
    current_paper_consent,
    detail_errors,
    details_from_form,
    has_login,
    may_be_another,
    resident_settings,
    resident_subentry,
    target_errors,
    targets_from_form,
    targets_to_form,
)

FILE_NAME: Final = "courier-access-residents.csv"
FIELD_LEAVING: Final = "leaving"
FIELD_LIST: Final = "list"
FIELD_MOVE_OUT: Final = "move_out"

MOST_LINES: Final = 20
"""Maximum lines shown per problem."""

MOST_NAMES: Final = 12
"""Maximum residents named per change."""

MOST_BYTES: Final = 262_144
MOST_ROWS: Final = 1_000

PAPER_COLUMNS: Final = (CONF_DECIDED_ON, CONF_CONSENT, FIELD_TEXT_CODE, *HOURS_FIELDS)
TARGET_COLUMNS: Final = (FIELD_PERSON_APPS, FIELD_ENTITIES, FIELD_ACTIONS)
COLUMNS: Final = (
    CONF_NAME,
    CONF_UNIT,
    CONF_PERSON,
    CONF_LANGUAGE,
    *TARGET_COLUMNS,
    *PAPER_COLUMNS,
)
_NEEDED: Final = (CONF_NAME, CONF_UNIT)
_BETWEEN: Final = re.compile(r"[\s,;]+")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DELIMITERS: Final = (",", ";", "\t")
_FORMULA: Final = re.compile(r"'*[=+\-@\uff1d\uff0b\uff0d\uff20]")


class InvalidTable(ValueError):
    """A file isn't a list of residents; `where` is the heading or line."""

    def __init__(self, problem: str, where: str = "") -> None:
        super().__init__(f"{problem}: {where!r}")
        self.problem = problem
        self.where = where


class Row(NamedTuple):
    """A line of the list with its nonblank cells by column.

    `beyond` is the first cell without a column.
    """

    line: int
    cells: Mapping[str, str]
    beyond: str = ""


def read_table(content: bytes, headings: Mapping[str, str]) -> list[Row]:
    """Read a list, with columns by normalized headings; raise InvalidTable otherwise."""
    if len(content) > MOST_BYTES:
        raise InvalidTable("list_too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidTable("list_not_utf8") from None
    if "\0" in text:
        raise InvalidTable("list_not_utf8")
    lines = _records(text, _delimiter(text, headings))
    _, titles = next(lines, (0, []))
    columns = _columns(titles, headings)
    rows = [_row(line, cells, columns) for line, cells in lines if any(cells)]
    if not rows:
        raise InvalidTable("list_empty")
    if len(rows) > MOST_ROWS:
        raise InvalidTable("list_too_many")
    return rows


def write_table(rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV, without formulas."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(
        [f"'{cell}" if _FORMULA.match(cell) else cell for cell in row] for row in rows
    )
    return written.getvalue()


def normal_heading(heading: str) -> str:
    return " ".join(heading.replace("_", " ").split()).casefold()


def _delimiter(text: str, headings: Mapping[str, str]) -> str:
    def found(delimiter: str) -> int:
        try:
            _, titles = next(_records(text, delimiter), (0, []))
        except InvalidTable:
            return 0
        return sum(normal_heading(title) in headings for title in titles)

    return max(_DELIMITERS, key=found)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record's number and cells; a cell may span lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [_read(cell) for cell in cells]
    except csv.Error:
        raise InvalidTable("list_unreadable", str(reader.line_num)) from None


def _read(cell: str) -> str:
    """Return a cell as one line, without the quote that escapes a formula."""
    content = " ".join(cell.split())
    return (
        content[1:] if content[:1] == "'" and _FORMULA.match(content[1:]) else content
    )


def _columns(titles: Sequence[str], headings: Mapping[str, str]) -> list[str]:
    """Return the columns in order, empty without a heading."""
    columns = []
    for title in titles:
        column = headings.get(normal_heading(title), "")
        if title and not column:
            raise InvalidTable("list_heading_unknown", title)
        if column and column in columns:
            raise InvalidTable("list_heading_twice", title)
        columns.append(column)
    if any(column not in columns for column in _NEEDED):
        raise InvalidTable("list_heading_missing")
    return columns


def _row(line: int, cells: Sequence[str], columns: Sequence[str]) -> Row:
    known: dict[str, str] = {}
    beyond = ""
    for column, cell in zip_longest(columns, cells, fillvalue=""):
        if column and cell:
            known[column] = cell
        beyond = beyond or ("" if column else cell)
    return Row(line, known, beyond)


class RowError(NamedTuple):
    """A problem with a row, a translation key, and the text of its cell."""

    line: int
    problem: str
    written: str = ""


class ListWords(NamedTuple):
    """Columns, answers, and languages by their normalized names in every language."""

    headings: Mapping[str, str]
    answers: Mapping[str, Agreement]
    languages: Mapping[str, str]


class UnclearRow(ValueError):
    """The resident of a row is ambiguous; its arguments are those of a RowError."""


def person_named(hass: HomeAssistant, cell: str) -> str:
    """Return a person's entity id by id or name, or the text; raise UnclearRow for several."""
    named = [
        state.entity_id
        for state in hass.states.async_all(PERSON_DOMAIN)
        if cell == state.entity_id or cell.casefold() == state.name.casefold()
    ]
    if len(named) > 1:
        raise UnclearRow("person_ambiguous", cell)
    return named[0] if named else cell


@dataclass(slots=True)
class _RowReader:
    """Reads a row and collects its errors; a new resident has no subentry."""

    hass: HomeAssistant
    building: CourierAccessConfigEntry
    row: Row
    person: str | None
    resident: ConfigSubentry | None
    words: ListWords
    codes: TextCodes
    errors: list[RowError] = field(default_factory=list)

    def settings(
        self, taken: Collection[str | None], units: Iterable[str], today: date
    ) -> dict[str, Any]:
        """Return the new settings, which are only valid without errors."""
        if self.row.beyond:
            self._note("too_many_cells", self.row.beyond)
        details = self._details(taken, units)
        with_user = has_login(self.hass, self.building, self.resident, details)
        targets = self._targets(details, with_user=with_user)
        paper = self._paper(details, today, with_user=with_user)
        return resident_settings(details, targets, paper)

    @property
    def _recorded(self) -> Mapping[str, Any]:
        return {} if self.resident is None else self.resident.data

    def _details(
        self, taken: Collection[str | None], units: Iterable[str]
    ) -> dict[str, Any]:
        answers = {
            CONF_NAME: self._cell(CONF_NAME),
            CONF_UNIT: self._cell(CONF_UNIT),
            CONF_PERSON: self.person,
            CONF_LANGUAGE: self._language(),
        }
        self._note_all(detail_errors(self.hass, answers, taken, units))
        details = details_from_form(self.hass, answers)
        if self.person is None:
            details[CONF_PERSON] = self._recorded.get(CONF_PERSON)
        if CONF_PRIVATE in self._recorded:
            details[CONF_PRIVATE] = self._recorded[CONF_PRIVATE]
        if self.resident and may_be_another(self.hass, self.resident, details):
            self._note("resident_renamed", self._cell(CONF_NAME))
        return details

    def _language(self) -> str | None:
        language: str | None
        if not (cell := self._cell(CONF_LANGUAGE)):
            language = self._recorded.get(CONF_LANGUAGE)
        elif (language := self.words.languages.get(normal_heading(cell))) is None:
            self._note("language_unknown", cell)
        return language

    def _targets(
        self, details: Mapping[str, Any], *, with_user: bool
    ) -> list[dict[str, str]]:
        so_far = self._recorded.get(CONF_TARGETS, [])
        same_person = (
            self.resident is not None
            and self._recorded[CONF_PERSON] == details[CONF_PERSON]
        )
        if same_person and not any(map(self._cell, TARGET_COLUMNS)):
            return list(so_far)
        former = targets_to_form(self.hass, so_far, same_person=same_person)
        answers = dict(former)
        for column in (FIELD_ENTITIES, FIELD_ACTIONS):
            if names := list(filter(None, _BETWEEN.split(self._cell(column)))):
                answers[column] = names
        answers[FIELD_PERSON_APPS] = self._apps(
            answers.get(FIELD_PERSON_APPS), with_user=with_user
        )
        self._note_all(target_errors(self.hass, answers, so_far))
        if same_person and answers == former:
            return list(so_far)
        return targets_from_form(self.hass, answers, so_far)

    def _apps(self, so_far: bool | None, *, with_user: bool) -> bool:
        answer = self._answer(FIELD_PERSON_APPS)
        if answer is Agreement.YES and not with_user and not so_far:
            self._note("apps_without_user")
        if answer is None:
            return with_user if so_far is None else so_far
        return answer is Agreement.YES

    def _paper(
        self, details: Mapping[str, Any], today: date, *, with_user: bool
    ) -> Mapping[str, Any] | None:
        current = current_paper_consent(self._recorded, details)
        if not any(map(self._cell, PAPER_COLUMNS)):
            return current
        if (decision := self._decision(today, current)) is None:
            return None
        if (
            current is not None
            and decision.decided_on < PaperConsent.from_data(current).decided_on
        ):
            return current  # the list is older than the recorded consent
        paper = decision.to_data(current)
        if with_user and paper != current:
            self._note("paper_with_user")
        return paper

    def _decision(
        self, today: date, current: Mapping[str, Any] | None
    ) -> PaperConsent | None:
        answer = self._answer(CONF_CONSENT)
        decided_on = self._cell(CONF_DECIDED_ON)
        if not self._cell(CONF_CONSENT) or not decided_on:
            self._note("paper_incomplete")
            return None
        if not _DATE.fullmatch(decided_on) or dt_util.parse_date(decided_on) is None:
            self._note("date_unreadable", decided_on)
            return None
        if answer is None:
            return None
        hours = {column: self._cell(column) for column in HOURS_FIELDS}
        try:
            decision = PaperConsent.from_form(
                {CONF_DECIDED_ON: decided_on, CONF_CONSENT: answer, **hours},
                self._text(decided_on, current),
            )
        except InvalidHours as invalid:
            for fault in invalid.faults:
                self._note(fault.problem, fault.window)
            return None
        self._note_all(decision.errors(today))
        return decision

    def _text(self, decided_on: str, current: Mapping[str, Any] | None) -> str:
        """Return the hash of the text; without a code, a paper keeps the one that it has."""
        code = self._cell(FIELD_TEXT_CODE)
        if not code and current and current[CONF_DECIDED_ON] == decided_on:
            return str(current.get(CONF_TEXT, ""))
        if (text := self.codes.read(code)) is None:
            self._note("text_code_unknown", code)
        return text or ""

    def _answer(self, column: str) -> Agreement | None:
        cell = self._cell(column)
        answer = self.words.answers.get(normal_heading(cell))
        if cell and answer is None:
            self._note("answer_unreadable", cell)
        return answer

    def _cell(self, column: str) -> str:
        return self.row.cells.get(column, "")

    def _note(self, problem: str, written: str = "") -> None:
        self.errors.append(RowError(self.row.line, problem, written))

    def _note_all(self, problems: Mapping[str, str]) -> None:
        for column, problem in problems.items():
            self._note(problem, self._cell(column))


type _Home = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes that a list makes; with errors, nothing is applied.

    `changed` has the new settings by subentry id, and `missing` the ids of residents
    who aren't in the list.
    """

    new: Sequence[Mapping[str, Any]] = field(default_factory=list)
    changed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    unchanged: int = 0
    missing: Sequence[str] = field(default_factory=list)
    errors: Sequence[RowError] = field(default_factory=list)

    @property
    def outline(self) -> tuple[object, ...]:
        """Return what identifies a plan, without the ids of paper consent."""
        new = [(each[CONF_NAME], each[CONF_UNIT]) for each in self.new]
        return new, list(self.changed), self.unchanged, self.missing, self.errors


def carry_out(
    hass: HomeAssistant,
    building: CourierAccessConfigEntry,
    planned: Plan,
    *,
    move_out: bool,
) -> None:
    """Apply the plan in one loop iteration; `move_out` removes missing residents.

    One household becomes several if the list brings another home, and notifications of
    its new residents are then private, as in the form.
    """
    entries = hass.config_entries
    was_one = is_one_household(building)
    if move_out:
        for resident_id in planned.missing:
            entries.async_remove_subentry(building, resident_id)
    for resident_id, settings in planned.changed.items():
        title, data = named_part(settings)
        entries.async_update_subentry(
            building, building.subentries[resident_id], title=title, data=data
        )
    homes = _homes(building) | {normal_unit(each[CONF_UNIT]) for each in planned.new}
    is_private = not is_one_household(building) or len(homes) > 1
    for settings in planned.new:
        new = {**settings, CONF_PRIVATE: is_private}
        entries.async_add_subentry(building, resident_subentry(new))
    if was_one and len(homes) > 1:
        become_several(hass, building)


def _homes(building: CourierAccessConfigEntry) -> set[str]:
    return homes_of(building.get_subentries_of_type(SubentryType.RESIDENT))


class Planning:
    """Compares a list with the building's residents.

    A resident is matched by person, otherwise by name and unit.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        building: CourierAccessConfigEntry,
        words: ListWords,
        codes: TextCodes,
        today: date,
    ) -> None:
        self._hass = hass
        self._building = building
        self._words = words
        self._codes = codes
        self._today = today
        residents = building.get_subentries_of_type(SubentryType.RESIDENT)
        self._ids = [resident.subentry_id for resident in residents]
        self._units = [resident.data[CONF_UNIT] for resident in residents]
        self._by_person: dict[str | None, ConfigSubentry] = {}
        self._by_home: dict[_Home, list[ConfigSubentry]] = {}
        for resident in residents:
            if person := resident.data[CONF_PERSON]:
                self._by_person[entity_id_of(hass, person)] = resident
            home = _home(resident.title, resident.data[CONF_UNIT])
            self._by_home.setdefault(home, []).append(resident)
        self._homes: set[_Home] = set()
        self._persons: set[str | None] = set()
        self._listed: set[str] = set()

    def plan(self, rows: Iterable[Row]) -> Plan:
        """Return the changes that the rows make."""
        new: list[Mapping[str, Any]] = []
        changed: dict[str, Mapping[str, Any]] = {}
        errors: list[RowError] = []
        for row in rows:
            try:
                cell = row.cells.get(CONF_PERSON)
                person = None if cell is None else person_named(self._hass, cell)
                known = self._known(row, person)
            except UnclearRow as unclear:
                errors.append(RowError(row.line, *unclear.args))
                continue
            reader = _RowReader(
                self._hass,
                self._building,
                row,
                person,
                known,
                self._words,
                self._codes,
            )
            settings = reader.settings(self._persons, self._units, self._today)
            errors += reader.errors
            self._units.append(settings[CONF_UNIT])
            self._persons.add(entity_id_of(self._hass, settings[CONF_PERSON]) or person)
            if known is None:
                new.append(settings)
            elif settings != {CONF_NAME: known.title, **known.data}:
                changed[known.subentry_id] = settings
        return Plan(
            new=new,
            changed=changed,
            unchanged=len(self._listed) - len(changed),
            missing=[one for one in self._ids if one not in self._listed],
            errors=errors,
        )

    def _known(self, row: Row, person: str | None) -> ConfigSubentry | None:
        """Return the resident of a row, None for a new one; each matches once."""
        if CONF_NAME not in row.cells or CONF_UNIT not in row.cells:
            return None  # reported as an error of its own
        name, unit = row.cells[CONF_NAME], row.cells[CONF_UNIT]
        written, home = f"{name}, {unit}", _home(name, unit)
        at_home = self._by_home.get(home, [])
        known = None if person is None else self._by_person.get(person)
        if known is not None and person in self._persons:
            raise UnclearRow("person_taken", row.cells[CONF_PERSON])
        if known is None and len(at_home) == 1:
            [known] = at_home
        is_known = known is not None and known.subentry_id in self._listed
        is_of_another = any(each is not known for each in at_home)
        if home in self._homes or is_known or is_of_another:
            raise UnclearRow("resident_twice", written)
        self._homes.add(home)
        if known is not None:
            self._listed.add(known.subentry_id)
        return known


def _home(name: str, unit: str) -> _Home:
    return name.strip().casefold(), normal_unit(unit)


def leaving_fields(
    building: CourierAccessConfigEntry,
) -> Fields:
    """Return the field of residents to remove, by unit."""
    names = {
        each.subentry_id: f"{each.data[CONF_UNIT]} · {each.title}"
        for each in _residents_by_unit(building)
    }
    chosen = choice(names, multiple=True, mode=None)
    return {vol.Required(FIELD_LEAVING, default=list): chosen}


def _residents_by_unit(building: CourierAccessConfigEntry) -> list[ConfigSubentry]:
    """Return the residents by unit and name, with unit 9 before unit 10."""

    def place(resident: ConfigSubentry) -> tuple[str, str]:
        unit = normal_unit(resident.data[CONF_UNIT])
        sortable = re.sub(r"\d+", lambda found: found[0].zfill(8), unit)
        return sortable, resident.title.casefold()

    residents = building.get_subentries_of_type(SubentryType.RESIDENT)
    return sorted(residents, key=place)


async def async_read_list(
    hass: HomeAssistant, file_id: str
) -> tuple[list[Row], ListWords]:
    """Read and delete the uploaded file; raise InvalidTable if it isn't a list."""
    words = await _list_words(hass)
    content = await hass.async_add_executor_job(_content, hass, file_id)
    return read_table(content, words.headings), words


async def _list_words(hass: HomeAssistant) -> ListWords:
    headings = {normal_heading(column): column for column in COLUMNS}
    answers = {answer.value: answer for answer in Agreement}
    languages = {language: language for language in RESIDENT_LANGUAGES}
    for language in RESIDENT_LANGUAGES:
        words = await texts(hass, language)
        headings |= {normal_heading(_heading(words, one)): one for one in COLUMNS}
        answers |= {normal_heading(words[f"csv_{one}"]): one for one in Agreement}
        languages[normal_heading(words["csv_language"])] = language
    return ListWords(headings, answers, languages)


def _heading(words: Words, column: str) -> str:
    prefix = "page" if column in HOURS_FIELDS else "csv_resident"
    return words[f"{prefix}_{column}"]


def _content(hass: HomeAssistant, file_id: str) -> bytes:
    try:
        with process_uploaded_file(hass, file_id) as path, path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except ValueError:
        raise InvalidTable("list_gone") from None


def list_fields(errors: Sequence[RowError] = ()) -> Fields:
    """Return the fields of the upload form, with a section for each problem of the last file.

    The frontend translates sections into the administrator's language, which isn't
    known here.
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


def _lines(errors: Sequence[RowError]) -> str:
    lines = [
        f"{each.line}: {each.written}" if each.written else str(each.line)
        for each in errors
    ]
    separator = "; " if any(each.written for each in errors) else ", "
    return separator.join(_first(lines, MOST_LINES))


def _first(lines: Sequence[str], most: int) -> list[str]:
    more = [f"… +{len(lines) - most}"] if len(lines) > most else []
    return [*lines[:most], *more]


def summary(building: CourierAccessConfigEntry, planned: Plan) -> dict[str, str]:
    """Return the placeholders that describe the plan."""
    new = [f"{each[CONF_NAME]} ({each[CONF_UNIT]})" for each in planned.new]
    return {
        "unchanged": str(planned.unchanged),
        "new": str(len(new)),
        "new_names": _in_one_line(new),
        "changed": str(len(planned.changed)),
        "changed_names": named_residents(building, planned.changed),
        "missing": str(len(planned.missing)),
        "missing_names": named_residents(building, planned.missing),
    }


def named_residents(
    building: CourierAccessConfigEntry, resident_ids: Iterable[str]
) -> str:
    """Return the residents' names with their units, for a form's text."""
    residents = [building.subentries[resident_id] for resident_id in resident_ids]
    return _in_one_line(
        [f"{each.title} ({each.data[CONF_UNIT]})" for each in residents]
    )


def _in_one_line(names: Sequence[str]) -> str:
    joined = ", ".join(_first(names, MOST_NAMES))
    return in_markdown(joined) or "\u2013"


class ResidentsList(AdministratorsPage):
    """Serves every building's list.

    Paper consent is left out: in an edited row it would become somebody else's.
    """

    url = f"{LIST_PATH}/{{entry_id}}"
    name = "api:courier_access:residents"

    @override
    async def _show(self, building: CourierAccessConfigEntry) -> Response:
        words = await texts(self._hass, None)
        residents = _residents_by_unit(building)
        rows = [_cells(self._hass, each, words) for each in residents]
        headings = [_heading(words, column) for column in COLUMNS]
        return Response(
            body=BYTE_ORDER_MARK + write_table([headings, *rows]).encode(),
            content_type="text/csv",
            charset="utf-8",
            headers=attachment(FILE_NAME),
        )


def _cells(
    hass: HomeAssistant, resident: ConfigSubentry, words: Words
) -> Sequence[str]:
    data = resident.data
    answers = targets_to_form(hass, data[CONF_TARGETS], same_person=True)
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
