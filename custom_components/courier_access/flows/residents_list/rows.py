"""Convert a row of the list to a resident's settings, with the forms' rules.

A blank cell keeps the recorded value, or the form's default for a new resident.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
import re
from typing import Any, Final

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant

from ...access.written_hours import HOURS_FIELDS, InvalidHours
from ...building.building import CourierAccessConfigEntry
from ...const import (
    CONF_CONSENT,
    CONF_DECIDED_ON,
    CONF_LANGUAGE,
    CONF_NAME,
    CONF_PERSON,
    CONF_TARGETS,
    CONF_UNIT,
)
from ..resident_details import (
    PERSON_DOMAIN,
    Agreement,
    PaperConsent,
    ResidentSettings,
    current_paper_consent,
    detail_errors,
    details_from_form,
    has_login,
    resident_settings,
)
from ..targets import (
    FIELD_ACTIONS,
    FIELD_ENTITIES,
    FIELD_PERSON_APPS,
    target_errors,
    targets_from_form,
    targets_suggested,
    targets_to_form,
)
from .table import PAPER_COLUMNS, TARGET_COLUMNS, Row, normal_heading

_BETWEEN: Final = re.compile(r"[\s,;]+")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class RowProblem(StrEnum):
    """Problems with a row that forms can't have; the translation keys."""

    TOO_MANY_CELLS = "too_many_cells"
    LANGUAGE_UNKNOWN = "language_unknown"
    ANSWER_UNREADABLE = "answer_unreadable"
    DATE_UNREADABLE = "date_unreadable"
    PERSON_AMBIGUOUS = "person_ambiguous"
    APPS_WITHOUT_USER = "apps_without_user"
    PAPER_INCOMPLETE = "paper_incomplete"
    PAPER_WITH_USER = "paper_with_user"
    RESIDENT_TWICE = "resident_twice"


@dataclass(frozen=True, slots=True)
class RowError:
    """A problem with a row, a translation key, and the text of its cell."""

    line: int
    problem: str
    written: str = ""


@dataclass(frozen=True, slots=True)
class CellWords:
    """Normalized words for answers and languages, in any language."""

    answers: Mapping[str, Agreement]
    languages: Mapping[str, str]


class UnclearRow(ValueError):
    """The resident of a row is ambiguous."""

    def __init__(self, problem: str, written: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.written = written


def person_named(hass: HomeAssistant, cell: str) -> str:
    """Return a person's entity id by id or name, or the text if unknown.

    Raises UnclearRow if several persons have the name.
    """
    named = [
        state.entity_id
        for state in hass.states.async_all(PERSON_DOMAIN)
        if cell == state.entity_id or cell.casefold() == state.name.casefold()
    ]
    if len(named) > 1:
        raise UnclearRow(RowProblem.PERSON_AMBIGUOUS, cell)
    return named[0] if named else cell


class ReadRow:
    """Reads a row and collects its errors."""

    def __init__(
        self,
        hass: HomeAssistant,
        building: CourierAccessConfigEntry,
        row: Row,
        person: str | None,
        resident: ConfigSubentry | None,
        words: CellWords,
    ) -> None:
        """Prepare; `resident` is the row's subentry, or None for a new resident."""
        self._hass = hass
        self._building = building
        self._row = row
        self._cells = row.cells
        self._person = person
        self._resident = resident
        self._recorded = None if resident is None else resident.data
        self._words = words
        self.errors: list[RowError] = []

    def settings(
        self, taken: Collection[str | None], units: Iterable[str], today: date
    ) -> ResidentSettings:
        """Return the new settings, which are only valid without errors."""
        if self._row.beyond:
            self._note(RowProblem.TOO_MANY_CELLS, self._row.beyond)
        details = self._details(taken, units)
        with_user = has_login(self._hass, self._building, self._resident, details)
        targets = self._targets(details, with_user=with_user)
        return resident_settings(
            details, targets, self._paper(details, today, with_user=with_user)
        )

    def _details(
        self, taken: Collection[str | None], units: Iterable[str]
    ) -> dict[str, Any]:
        recorded: Mapping[str, Any] = self._recorded or {}
        answers = {
            CONF_NAME: self._cells.get(CONF_NAME, ""),
            CONF_UNIT: self._cells.get(CONF_UNIT, ""),
            CONF_PERSON: self._person,
            CONF_LANGUAGE: self._language(recorded.get(CONF_LANGUAGE)),
        }
        problems = detail_errors(self._hass, answers, taken, units)
        for field, problem in problems.items():
            self._note(problem, self._cells.get(field, ""))
        details = details_from_form(self._hass, answers)
        if self._person is None:
            details[CONF_PERSON] = recorded.get(CONF_PERSON)
        return details

    def _language(self, recorded: str | None) -> str | None:
        cell = self._cells.get(CONF_LANGUAGE)
        if cell is None:
            return recorded
        if (language := self._words.languages.get(normal_heading(cell))) is None:
            self._note(RowProblem.LANGUAGE_UNKNOWN, cell)
        return language

    def _targets(
        self, details: Mapping[str, Any], *, with_user: bool
    ) -> list[dict[str, str]]:
        so_far = [] if self._recorded is None else self._recorded[CONF_TARGETS]
        same_person = (
            self._recorded is not None
            and self._recorded[CONF_PERSON] == details[CONF_PERSON]
        )
        named = {
            column: self._cells[column]
            for column in TARGET_COLUMNS
            if column in self._cells
        }
        if same_person and not named:
            return list(so_far)
        answers = targets_suggested(self._hass, so_far, same_person=same_person)
        answer = {
            column: self._list(column) for column in (FIELD_ENTITIES, FIELD_ACTIONS)
        }
        answers |= {column: names for column, names in answer.items() if names}
        answers[FIELD_PERSON_APPS] = self._apps(
            answers.get(FIELD_PERSON_APPS), with_user=with_user
        )
        for field, problem in target_errors(self._hass, answers, so_far).items():
            self._note(problem, self._cells.get(field, ""))
        if same_person and answers == targets_to_form(self._hass, so_far):
            return list(so_far)
        return targets_from_form(self._hass, answers, so_far)

    def _apps(self, so_far: bool | None, *, with_user: bool) -> bool:
        """Return whether the person's apps are notified, which needs a user."""
        answer = self._answer(FIELD_PERSON_APPS)
        if answer is Agreement.YES and not with_user and not so_far:
            self._note(RowProblem.APPS_WITHOUT_USER)
        if answer is None:
            return with_user if so_far is None else so_far
        return answer is Agreement.YES

    def _paper(
        self, details: Mapping[str, Any], today: date, *, with_user: bool
    ) -> Mapping[str, Any] | None:
        current = current_paper_consent(self._recorded, details)
        if not any(column in self._cells for column in PAPER_COLUMNS):
            return current
        decision = self._decision(today)
        if decision is None:
            return None
        if (
            current is not None
            and decision.decided_on < PaperConsent.from_data(current).decided_on
        ):
            return current  # the list is older than the recorded consent
        paper = decision.to_data(current)
        if with_user and paper != current:
            self._note(RowProblem.PAPER_WITH_USER)
        return paper

    def _decision(self, today: date) -> PaperConsent | None:
        """Return the paper consent, or None if it can't be read."""
        answer, decided_on = (
            self._answer(CONF_CONSENT),
            self._cells.get(CONF_DECIDED_ON),
        )
        if CONF_CONSENT not in self._cells or decided_on is None:
            self._note(RowProblem.PAPER_INCOMPLETE)
        elif _DATE.fullmatch(decided_on) is None or not _is_date(decided_on):
            self._note(RowProblem.DATE_UNREADABLE, decided_on)
        elif answer is not None:
            return self._checked(decided_on, answer, today)
        return None

    def _checked(
        self, decided_on: str, answer: Agreement, today: date
    ) -> PaperConsent | None:
        hours = {
            field: self._cells[field] for field in HOURS_FIELDS if field in self._cells
        }
        answers = {CONF_DECIDED_ON: decided_on, CONF_CONSENT: answer, **hours}
        try:
            decision = PaperConsent.from_form(answers)
        except InvalidHours as invalid:
            for fault in invalid.faults:
                self._note(fault.problem, fault.window)
            return None
        for field, problem in decision.errors(today).items():
            self._note(problem, self._cells.get(field, ""))
        return decision

    def _answer(self, column: str) -> Agreement | None:
        """Return a cell's answer, or None if it has none."""
        if (cell := self._cells.get(column)) is None:
            return None
        answer = self._words.answers.get(normal_heading(cell))
        if answer is None:
            self._note(RowProblem.ANSWER_UNREADABLE, cell)
        return answer

    def _list(self, column: str) -> list[str]:
        return [name for name in _BETWEEN.split(self._cells.get(column, "")) if name]

    def _note(self, problem: str, written: str = "") -> None:
        self.errors.append(RowError(self._row.line, problem, written))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
