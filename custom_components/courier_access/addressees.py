"""Who is to be told, and over what they chose to be told."""

from dataclasses import dataclass
from typing import Final, Self

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant, State

from .access.model import Resident, normal_unit
from .const import (
    CONF_APP,
    CONF_KIND,
    CONF_LANGUAGE,
    CONF_NAME,
    CONF_PERSON,
    CONF_TARGETS,
    CONF_UNIT,
    CONF_VALUE,
    TargetKind,
)
from .references import entity_id_of

USER_ID: Final = "user_id"


@dataclass(frozen=True, slots=True)
class Target:
    """One of a resident's targets, as the owner chose it; `value` names the entity or the action.

    `app` is the registration (its config entry's id) of the phone to which the action belonged when it was chosen:
    an action goes by the phone's name, and whoever gives a phone that name last has it.
    """

    kind: TargetKind
    value: str | None = None
    app: str | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """A resident as somebody to be told; without a language it is Home Assistant's."""

    resident: Resident
    language: str | None
    targets: tuple[Target, ...]

    @classmethod
    def from_subentry(cls, hass: HomeAssistant, subentry: ConfigSubentry) -> Self:
        """Read a resident's subentry."""
        data = subentry.data
        return cls(
            Resident(
                id=subentry.subentry_id,
                name=data[CONF_NAME],
                unit=normal_unit(data[CONF_UNIT]),
                unit_label=data[CONF_UNIT],
                person=data[CONF_PERSON],
                user_id=user_of(hass, data[CONF_PERSON]),
            ),
            language=data[CONF_LANGUAGE],
            targets=tuple(
                Target(TargetKind(target[CONF_KIND]), target.get(CONF_VALUE), target.get(CONF_APP))
                for target in data[CONF_TARGETS]
            ),
        )


def user_of(hass: HomeAssistant, person: str | None) -> str | None:
    """Return the user of a person, given by the id of its entity."""
    state = _state_of(hass, person)
    return None if state is None else state.attributes.get(USER_ID)


def may_have_user(hass: HomeAssistant, person: str | None) -> bool:
    """Whether a person has a user, or can't be asked whether they have one."""
    if person is None:
        return False
    return _state_of(hass, person) is None or user_of(hass, person) is not None


def _state_of(hass: HomeAssistant, person: str | None) -> State | None:
    entity_id = entity_id_of(hass, person)
    return None if entity_id is None else hass.states.get(entity_id)
