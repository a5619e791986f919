"""Validate and convert a resident's details and paper consent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Self
from uuid import uuid4

from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.core import HomeAssistant, split_entity_id
from homeassistant.helpers.selector import DateSelector
import voluptuous as vol

from ..access.model import normal_unit
from ..access.names import mixes_scripts, spaceless_name
from ..access.schedule import WeekSchedule
from ..access.written_hours import (
    FIELD_EVERY_DAY,
    FORM_FIELDS,
    read_hours,
    write_form_hours,
)
from ..building.building import CourierAccessConfigEntry
from ..const import (
    CONF_CONSENT,
    CONF_DECIDED_ON,
    CONF_ID,
    CONF_LANGUAGE,
    CONF_NAME,
    CONF_PAPER,
    CONF_PERSON,
    CONF_TARGETS,
    CONF_UNIT,
    CONF_WINDOWS,
    SubentryType,
)
from ..hass.entities import entity_id_of, reference_of
from ..residents.recipients import may_have_user
from .forms import choice, name_problem
from .hours import hours_errors, hours_fields

PERSON_DOMAIN: Final = "person"
MAX_UNIT_LENGTH: Final = 32


class ResidentProblem(StrEnum):
    """Problems with a resident's details; the error keys."""

    UNIT_BLANK = "unit_blank"
    UNIT_LONG = "unit_long"
    UNIT_MIXED = "unit_mixed"
    UNIT_SIMILAR = "unit_similar"
    PERSON_UNKNOWN = "person_unknown"
    PERSON_TAKEN = "person_taken"


@dataclass(frozen=True, slots=True)
class ResidentSettings:
    """The title and data of a resident's subentry."""

    name: str
    data: Mapping[str, Any]


def details_from_form(
    hass: HomeAssistant, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a resident's details from a form's answers."""
    person = entity_id_of(hass, answers.get(CONF_PERSON))
    return {
        CONF_NAME: answers[CONF_NAME].strip(),
        CONF_UNIT: answers[CONF_UNIT].strip(),
        CONF_PERSON: reference_of(hass, person) if person else None,
        CONF_LANGUAGE: answers.get(CONF_LANGUAGE),
    }


def detail_errors(
    hass: HomeAssistant,
    answers: Mapping[str, Any],
    taken: Collection[str | None],
    units: Iterable[str],
) -> dict[str, str]:
    """Return the errors by field.

    `taken` are other residents' person entities, and `units` the building's units. Two
    residents may share a name; units tell them apart.
    """
    errors: dict[str, str] = {}
    if problem := name_problem(answers[CONF_NAME].strip()):
        errors[CONF_NAME] = problem
    if unit := unit_problem(answers[CONF_UNIT].strip(), units):
        errors[CONF_UNIT] = unit
    if answers.get(CONF_PERSON):
        person = entity_id_of(hass, answers[CONF_PERSON])
        if person is None or not _is_person(hass, person):
            errors[CONF_PERSON] = ResidentProblem.PERSON_UNKNOWN
        elif person in taken:
            errors[CONF_PERSON] = ResidentProblem.PERSON_TAKEN
    return errors


def unit_problem(unit: str, units: Iterable[str] = ()) -> ResidentProblem | None:
    """Return the problem with a trimmed unit; one of the building's `units` has none."""
    if not normal_unit(unit):
        return ResidentProblem.UNIT_BLANK
    if len(unit) > MAX_UNIT_LENGTH:
        return ResidentProblem.UNIT_LONG
    others = {normal_unit(other) for other in units}
    if normal_unit(unit) in others:
        return None
    if mixes_scripts(unit):
        return ResidentProblem.UNIT_MIXED
    if spaceless_name(unit) in map(spaceless_name, others):
        return ResidentProblem.UNIT_SIMILAR
    return None


def resident_settings(
    details: Mapping[str, Any],
    targets: Sequence[Mapping[str, str]],
    paper: Mapping[str, Any] | None,
) -> ResidentSettings:
    """Return a resident's settings with their current paper consent, if any."""
    data = {**details, CONF_TARGETS: list(targets)}
    name = data.pop(CONF_NAME)
    return ResidentSettings(
        name, data if paper is None else {**data, CONF_PAPER: paper}
    )


def resident_subentry(settings: ResidentSettings) -> ConfigSubentry:
    """Return a new resident's subentry."""
    return ConfigSubentry(
        data=MappingProxyType(dict(settings.data)),
        subentry_type=SubentryType.RESIDENT,
        title=settings.name,
        unique_id=None,
    )


def current_paper_consent(
    recorded: Mapping[str, Any] | None, details: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """Return the recorded paper consent unless the unit or person changed."""
    if recorded is None or not is_same_home(recorded, details):
        return None
    paper: Mapping[str, Any] | None = recorded.get(CONF_PAPER)
    return paper


def has_login(
    hass: HomeAssistant,
    entry: CourierAccessConfigEntry,
    recorded: ConfigSubentry | None,
    details: Mapping[str, Any],
) -> bool:
    """Return whether the resident decides with their person's user or its last one.

    While the building isn't loaded, a resident with a person counts as having one.
    """
    person = details[CONF_PERSON]
    if person is None:
        return False
    if (
        may_have_user(hass, person)
        or recorded is None
        or recorded.data[CONF_PERSON] != person
    ):
        return may_have_user(hass, person)
    if (
        entry.state is not ConfigEntryState.LOADED
        or entry.runtime_data.fault is not None
    ):
        return True
    resident = entry.runtime_data.residents.get(recorded.subentry_id)
    return resident is None or resident.user_id is not None


def is_same_home(recorded: Mapping[str, Any], details: Mapping[str, Any]) -> bool:
    """Return whether the unit and person are unchanged."""
    return (normal_unit(recorded[CONF_UNIT]), recorded[CONF_PERSON]) == (
        normal_unit(details[CONF_UNIT]),
        details[CONF_PERSON],
    )


def _is_person(hass: HomeAssistant, entity_id: str) -> bool:
    is_person = split_entity_id(entity_id)[0] == PERSON_DOMAIN
    return is_person and hass.states.get(entity_id) is not None


class Agreement(StrEnum):
    """The answer on paper."""

    NO = "no"
    YES = "yes"


class PaperProblem(StrEnum):
    """Problems with paper consent; the error keys."""

    IN_FUTURE = "decided_in_future"
    NO_HOURS = "no_hours"


@dataclass(frozen=True, slots=True)
class PaperConsent:
    """A decision on paper: its date, the answer, and the hours."""

    decided_on: date
    consent: bool
    schedule: WeekSchedule

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Read a subentry's data."""
        return cls(
            date.fromisoformat(data[CONF_DECIDED_ON]),
            data[CONF_CONSENT],
            WeekSchedule.from_mapping(data[CONF_WINDOWS]),
        )

    @classmethod
    def from_form(cls, answers: Mapping[str, Any]) -> Self:
        """Read a form's answers; raise InvalidHours if hours are invalid."""
        return cls(
            date.fromisoformat(answers[CONF_DECIDED_ON]),
            answers[CONF_CONSENT] == Agreement.YES,
            read_hours({field: answers.get(field, "") for field in FORM_FIELDS}),
        )

    def to_form(self) -> dict[str, Any]:
        """Return the form's answers."""
        return {
            CONF_DECIDED_ON: self.decided_on.isoformat(),
            CONF_CONSENT: (Agreement.YES if self.consent else Agreement.NO).value,
            **write_form_hours(self.schedule),
        }

    def errors(self, today: date) -> dict[str, str]:
        """Return the errors by field."""
        errors: dict[str, str] = {}
        if self.decided_on > today:
            errors[CONF_DECIDED_ON] = PaperProblem.IN_FUTURE
        if self.consent and self.schedule.is_empty:
            errors[FIELD_EVERY_DAY] = PaperProblem.NO_HOURS
        return errors

    def to_data(self, recorded: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return the subentry's data, with a new id unless nothing changed.

        The building applies each id once.
        """
        same = recorded is not None and PaperConsent.from_data(recorded) == self
        return {
            CONF_ID: recorded[CONF_ID]
            if recorded is not None and same
            else uuid4().hex,
            CONF_DECIDED_ON: self.decided_on.isoformat(),
            CONF_CONSENT: self.consent,
            CONF_WINDOWS: self.schedule.to_mapping(),
        }


def paper_from_form(
    answers: Mapping[str, Any], today: date
) -> tuple[PaperConsent, dict[str, str]]:
    """Return a form's answers and all errors by field; invalid hours are left out."""
    faults = hours_errors(answers)
    if not faults:
        decision = PaperConsent.from_form(answers)
        return decision, decision.errors(today)
    decision = PaperConsent.from_form({**answers, **dict.fromkeys(FORM_FIELDS, "")})
    others = decision.errors(today)
    others.pop(FIELD_EVERY_DAY, None)
    return decision, others | faults


def paper_fields() -> dict[vol.Marker, object]:
    """Return the form's fields: date, answer, and hours."""
    return {
        vol.Required(CONF_DECIDED_ON): DateSelector(),
        # Without a default the frontend would preselect an answer (promise 1).
        vol.Required(CONF_CONSENT, default=""): choice(Agreement, "paper_consent"),
        **hours_fields(),
    }
