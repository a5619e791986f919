"""What a resident without a user has decided on paper, as the owner records it (promise 1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self
from uuid import uuid4

from homeassistant.helpers.selector import (
    DateSelector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
import voluptuous as vol

from ..access.schedule import WeekSchedule
from ..const import CONF_CONSENT, CONF_DECIDED_ON, CONF_ID, CONF_WINDOWS
from .hours import FIELD_EVERY_DAY, HOURS_FIELDS, hours_fields, read_hours, write_hours


class Agreement(StrEnum):
    """The answer on the paper; it is always given on purpose."""

    NO = "no"
    YES = "yes"


class PaperFault(StrEnum):
    """What is wrong with a decision as recorded; the translations' error keys."""

    IN_FUTURE = "decided_in_future"
    NO_HOURS = "no_hours"


@dataclass(frozen=True, slots=True)
class PaperDecision:
    """A decision on paper: its date, whether the resident agrees, and at which hours."""

    decided_on: date
    consent: bool
    schedule: WeekSchedule

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Read what a resident's subentry keeps."""
        return cls(
            date.fromisoformat(data[CONF_DECIDED_ON]),
            data[CONF_CONSENT],
            WeekSchedule.from_mapping(data[CONF_WINDOWS]),
        )

    @classmethod
    def from_form(cls, answers: Mapping[str, Any]) -> Self:
        """Read the form's answers; raises InvalidHours."""
        return cls(
            date.fromisoformat(answers[CONF_DECIDED_ON]),
            answers[CONF_CONSENT] == Agreement.YES,
            read_hours({field: answers.get(field, "") for field in HOURS_FIELDS}),
        )

    def to_form(self) -> dict[str, Any]:
        """Return the answers that stand for this decision."""
        return {
            CONF_DECIDED_ON: self.decided_on.isoformat(),
            CONF_CONSENT: (Agreement.YES if self.consent else Agreement.NO).value,
            **write_hours(self.schedule),
        }

    def faults(self, today: date) -> dict[str, str]:
        """Return what is wrong with the decision, by the form's fields."""
        errors: dict[str, str] = {}
        if self.decided_on > today:
            errors[CONF_DECIDED_ON] = PaperFault.IN_FUTURE
        if self.consent and self.schedule.is_empty:
            errors[FIELD_EVERY_DAY] = PaperFault.NO_HOURS
        return errors

    def to_data(self, recorded: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return what the subentry keeps: under a new id, unless it says what is recorded already.

        The building applies a decision once, by its id.
        """
        same = recorded is not None and PaperDecision.from_data(recorded) == self
        return {
            CONF_ID: recorded[CONF_ID] if recorded is not None and same else uuid4().hex,
            CONF_DECIDED_ON: self.decided_on.isoformat(),
            CONF_CONSENT: self.consent,
            CONF_WINDOWS: self.schedule.to_mapping(),
        }


def paper_schema() -> vol.Schema:
    """Return the form's fields: date, answer, and the hours of every day and of single days."""
    return vol.Schema(
        {
            vol.Required(CONF_DECIDED_ON): DateSelector(),
            # Without a default the front end would preselect an answer (promise 1).
            vol.Required(CONF_CONSENT, default=""): SelectSelector(
                SelectSelectorConfig(
                    options=[answer.value for answer in Agreement],
                    mode=SelectSelectorMode.LIST,
                    translation_key="paper_consent",
                )
            ),
            **hours_fields(),
        }
    )
