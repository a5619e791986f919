"""The door, couriers, and residents that a new building starts with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

from homeassistant.components import webhook
from homeassistant.config_entries import ConfigSubentryData, ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    BooleanSelector,
    TextSelector,
    TextSelectorConfig,
)
from homeassistant.util.ulid import ulid_now
import voluptuous as vol

from ..access.names import mixes_scripts
from ..const import (
    CONF_DOORS,
    CONF_KEY,
    CONF_KIND,
    CONF_LANGUAGE,
    CONF_LONGEST_GRANT_HOURS,
    CONF_OPENER,
    CONF_PERSON,
    CONF_RATE_PER_MINUTE,
    CONF_TARGETS,
    CONF_UNIT,
    DEFAULT_LONGEST_GRANT_HOURS,
    DEFAULT_RATE_PER_MINUTE,
    SubentryType,
    TargetKind,
)
from ..couriers.keys import CourierKeys
from ..hass.entities import entity_id_of, reference_of
from ..residents.recipients import user_of
from .courier import courier_data
from .door import (
    OPENER_FIELD,
    door_data,
    free_key,
    opener_problem,
    openers_of_other_doors,
)
from .forms import NameProblem, courier_name_problem, name_problem, named_choice
from .resident import PERSON_DOMAIN, unit_problem

FIELD_DOOR: Final = "door"
FIELD_DOOR_PAGE: Final = "door_page"
FIELD_COURIERS: Final = "couriers"
FIELD_RESIDENTS: Final = "residents"
FIELD_ANOTHER: Final = "another"


class HomeProblem(StrEnum):
    """Problems with the residents of a home; the error keys."""

    NO_RESIDENT = "no_resident"


def door_fields() -> dict[vol.Marker, object]:
    """Return the fields of the first door."""
    return {
        vol.Required(FIELD_DOOR): TextSelector(),
        vol.Optional(CONF_OPENER): OPENER_FIELD,
        vol.Required(FIELD_DOOR_PAGE, default=True): BooleanSelector(),
    }


def door_errors(hass: HomeAssistant, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the errors by field."""
    errors: dict[str, str] = {}
    if problem := name_problem(answers[FIELD_DOOR].strip()):
        errors[FIELD_DOOR] = problem
    if opener := answers.get(CONF_OPENER):
        taken = openers_of_other_doors(hass, None)
        if fault := opener_problem(hass, entity_id_of(hass, opener), taken):
            errors[CONF_OPENER] = fault
    return errors


def first_door(
    hass: HomeAssistant, answers: Mapping[str, Any]
) -> ConfigSubentryDataWithId:
    """Return the door; without an opener, it is a demo door."""
    name = answers[FIELD_DOOR].strip()
    key = free_key(name, ())
    opener = entity_id_of(hass, answers.get(CONF_OPENER))
    return ConfigSubentryDataWithId(
        data=door_data(hass, opener, {CONF_KEY: key}),
        subentry_id=ulid_now(),
        subentry_type=SubentryType.DOOR,
        title=name,
        unique_id=key,
    )


def courier_errors(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the errors by field."""
    mixed = any(map(mixes_scripts, answers.get(FIELD_COURIERS, ())))
    return {FIELD_COURIERS: NameProblem.MIXED} if mixed else {}


def couriers(names: Iterable[str], door_id: str) -> list[ConfigSubentryData]:
    """Return couriers without a key, who may ask for the door, each name once."""
    details = {
        CONF_DOORS: [door_id],
        CONF_LONGEST_GRANT_HOURS: DEFAULT_LONGEST_GRANT_HOURS,
        CONF_RATE_PER_MINUTE: DEFAULT_RATE_PER_MINUTE,
    }
    named: list[ConfigSubentryData] = []
    for name in map(str.strip, names):
        others = (courier["title"] for courier in named)
        if courier_name_problem(name, others) is None:
            webhook_id = webhook.async_generate_id()
            named.append(
                ConfigSubentryData(
                    data=courier_data(details, webhook_id, CourierKeys()),
                    subentry_type=SubentryType.COURIER,
                    title=name,
                    unique_id=webhook_id,
                )
            )
    return named


@dataclass(frozen=True, slots=True)
class Home:
    """A unit, and the names of the persons who live there by their entities."""

    unit: str
    persons: Mapping[str, str]
    other_units: Sequence[str] = ()

    @classmethod
    def from_form(
        cls, hass: HomeAssistant, answers: Mapping[str, Any], so_far: Sequence[Home]
    ) -> Self:
        """Read a form's answers."""
        offered = _persons_with_login(hass, so_far)
        chosen = answers.get(FIELD_RESIDENTS, ())
        return cls(
            answers.get(CONF_UNIT, "").strip(),
            {person: offered[person] for person in chosen if person in offered},
            [home.unit for home in so_far],
        )

    @property
    def errors(self) -> dict[str, str]:
        """Return the errors by field; an empty home is none."""
        if self.persons and (problem := unit_problem(self.unit, self.other_units)):
            return {CONF_UNIT: problem}
        if self.unit and not self.persons:
            return {FIELD_RESIDENTS: HomeProblem.NO_RESIDENT}
        return {}

    def residents(self, hass: HomeAssistant) -> list[ConfigSubentryData]:
        """Return the residents, who are notified in their phones' apps."""
        return [
            ConfigSubentryData(
                data={
                    CONF_UNIT: self.unit,
                    CONF_PERSON: reference_of(hass, person),
                    CONF_LANGUAGE: None,
                    CONF_TARGETS: [{CONF_KIND: TargetKind.PERSON_APPS.value}],
                },
                subentry_type=SubentryType.RESIDENT,
                title=name,
                unique_id=None,
            )
            for person, name in self.persons.items()
        ]


def courier_fields() -> dict[vol.Marker, object]:
    """Return the field of the first couriers."""
    # An empty name shows the field of one, to type in at once.
    return {
        vol.Optional(
            FIELD_COURIERS, description={"suggested_value": [""]}
        ): TextSelector(TextSelectorConfig(multiple=True))
    }


def home_fields(
    hass: HomeAssistant, homes: Sequence[Home], *, one: bool
) -> dict[vol.Marker, object]:
    """Return the fields of a home; without persons who can log in, there are none."""
    persons = _persons_with_login(hass, homes)
    if not persons:
        return {}
    fields: dict[vol.Marker, object] = {
        vol.Optional(FIELD_RESIDENTS): named_choice(
            persons, multiple=True, as_list=False
        ),
        vol.Optional(CONF_UNIT): TextSelector(),
    }
    if not one and len(persons) > 1:
        fields[vol.Required(FIELD_ANOTHER, default=False)] = BooleanSelector()
    return fields


def _persons_with_login(hass: HomeAssistant, homes: Iterable[Home]) -> dict[str, str]:
    """Return the names of persons with a user, except who lives in another home."""
    taken = {person for home in homes for person in home.persons}
    return {
        state.entity_id: state.name
        for state in hass.states.async_all(PERSON_DOMAIN)
        if user_of(hass, state.entity_id) and state.entity_id not in taken
    }
