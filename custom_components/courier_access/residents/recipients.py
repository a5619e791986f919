"""Read residents as recipients of notifications, and the users of their persons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant, State, valid_entity_id

from ..access.model import Resident, normal_unit
from ..const import (
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
from ..hass.entities import entity_id_of, is_registered

USER_ID: Final = "user_id"


@dataclass(frozen=True, slots=True)
class Target:
    """Name a target as the owner chose it; `value` is the entity or action.

    `app` is the config entry of the phone app that had the action when it was chosen:
    an action is named after its phone, and another phone can take that name later.
    """

    kind: TargetKind
    value: str | None = None
    app: str | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """Hold a resident as a recipient; the default language is Home Assistant's."""

    resident: Resident
    language: str | None
    targets: tuple[Target, ...]

    @classmethod
    def from_subentry(cls, hass: HomeAssistant, subentry: ConfigSubentry) -> Self:
        """Read a resident's subentry."""
        user_id = user_of(hass, subentry.data[CONF_PERSON])
        data = {**subentry.data, CONF_NAME: subentry.title, USER_ID: user_id}
        return cls.from_data(subentry.subentry_id, data)

    @classmethod
    def from_data(cls, resident_id: str, data: Mapping[str, Any]) -> Self:
        """Read a recipient that `to_data` wrote."""
        return cls(
            Resident(
                id=resident_id,
                name=data[CONF_NAME],
                unit=normal_unit(data[CONF_UNIT]),
                unit_label=data[CONF_UNIT],
                person=data[CONF_PERSON],
                user_id=data[USER_ID],
            ),
            language=data[CONF_LANGUAGE],
            targets=tuple(
                Target(
                    TargetKind(target[CONF_KIND]),
                    target.get(CONF_VALUE),
                    target.get(CONF_APP),
                )
                for target in data[CONF_TARGETS]
            ),
        )

    def to_data(self) -> dict[str, object]:
        """Return the data to store, so former targets can still be notified."""
        return {
            CONF_NAME: self.resident.name,
            CONF_UNIT: self.resident.unit_label,
            CONF_PERSON: self.resident.person,
            USER_ID: self.resident.user_id,
            CONF_LANGUAGE: self.language,
            CONF_TARGETS: [
                {
                    CONF_KIND: target.kind.value,
                    CONF_VALUE: target.value,
                    CONF_APP: target.app,
                }
                for target in self.targets
            ],
        }


def user_of(hass: HomeAssistant, person: str | None) -> str | None:
    """Return the user of a person entity."""
    state = _state_of(hass, person)
    return None if state is None else state.attributes.get(USER_ID)


async def may_log_in(hass: HomeAssistant, user_id: str) -> bool:
    """Return whether a user is active: apps outlive the user they belong to."""
    user = await hass.auth.async_get_user(user_id)
    return user is not None and user.is_active


def is_user_of(hass: HomeAssistant, user_id: str, resident: Resident) -> bool:
    """Return whether a user is the resident's last known login and still theirs."""
    return user_id == resident.user_id and not has_another_user(hass, resident)


def has_another_user(hass: HomeAssistant, resident: Resident) -> bool:
    """Return whether the person's user changed since the building was set up."""
    return user_of(hass, resident.person) not in (None, resident.user_id)


def may_have_user(hass: HomeAssistant, person: str | None) -> bool:
    """Return whether a person has a user, or can't be asked now."""
    if person is None:
        return False
    return _state_of(hass, person) is None or user_of(hass, person) is not None


def is_unsure(hass: HomeAssistant, person: str | None) -> bool:
    """Return whether a person exists but has no state yet, so its user is unknown."""
    if person is None or _state_of(hass, person) is not None:
        return False
    return valid_entity_id(person) or is_registered(hass, person)


def _state_of(hass: HomeAssistant, person: str | None) -> State | None:
    entity_id = entity_id_of(hass, person)
    return None if entity_id is None else hass.states.get(entity_id)
