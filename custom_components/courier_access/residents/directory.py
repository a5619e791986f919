"""Who and what a building is made of, read from its config entry."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
import logging
from typing import Any, Self

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant

from ..access.hours import ALWAYS_OPEN, Hours
from ..access.model import Consent, Courier, Door, Resident, Rules
from ..access.schedule import WeekSchedule
from ..const import (
    CONF_BUILDING_HOURS,
    CONF_CONSENT,
    CONF_DECIDED_ON,
    CONF_DOORS,
    CONF_ENABLED,
    CONF_HOUSEHOLD,
    CONF_ID,
    CONF_KEY,
    CONF_LONGEST_GRANT_HOURS,
    CONF_PAPER,
    CONF_PERSON,
    CONF_RETENTION_DAYS,
    CONF_WINDOWS,
    DEFAULT_RETENTION_DAYS,
    MAX_RETENTION_DAYS,
    MIN_RETENTION_DAYS,
    Household,
    SubentryType,
)
from ..doors.driver import DoorSettings
from ..ledger.state.rules import Author
from .recipients import Addressee, is_unsure, may_have_user


def hours_of(options: Mapping[str, Any]) -> WeekSchedule:
    """Return the building's week; an empty one means that the building has no hours of its own."""
    return WeekSchedule.from_mapping(options.get(CONF_BUILDING_HOURS, {}))


def with_hours(options: Mapping[str, Any], week: WeekSchedule) -> dict[str, Any]:
    """Return the options with this week; with an empty week residents alone decide when."""
    changed = {**options, CONF_BUILDING_HOURS: week.to_mapping()}
    if week.is_empty:
        del changed[CONF_BUILDING_HOURS]
    return changed


_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True)
class Directory:
    """The doors, couriers and residents of one building, each by the id of its subentry.

    Those are `unsure` whose persons can't be asked for a user now; `users` are the users of the others' persons.
    """

    household: Household
    building_hours: Hours
    retention_days: int
    doors: Mapping[str, Door]
    door_settings: Mapping[str, DoorSettings]
    couriers: Mapping[str, Courier]
    addressees: Mapping[str, Addressee]
    papers: Mapping[str, tuple[Author, Rules]]
    unsure: frozenset[str]
    users: Mapping[str, str | None]

    @property
    def residents(self) -> dict[str, Resident]:
        """The enrolled residents."""
        return {key: addressee.resident for key, addressee in self.addressees.items()}

    @property
    def addressed(self) -> dict[str, Mapping[str, object]]:
        """Over what each resident is told, in the form that is kept."""
        return {key: addressee.to_data() for key, addressee in self.addressees.items()}

    @classmethod
    def read(cls, hass: HomeAssistant, entry: ConfigEntry[Any]) -> Self:
        """Read what the owner set up, with the persons' present users as the residents' logins."""

        def of(kind: SubentryType) -> dict[str, ConfigSubentry]:
            return {
                subentry.subentry_id: subentry
                for subentry in entry.get_subentries_of_type(kind)
            }

        doors, residents = of(SubentryType.DOOR), of(SubentryType.RESIDENT)
        addressees = {
            key: Addressee.from_subentry(hass, subentry)
            for key, subentry in residents.items()
        }
        return cls(
            household=Household(entry.data[CONF_HOUSEHOLD]),
            building_hours=_building_hours(entry.options),
            retention_days=retention_days(entry.options),
            doors={key: _door(subentry) for key, subentry in doors.items()},
            door_settings={
                key: DoorSettings.from_subentry(subentry)
                for key, subentry in doors.items()
            },
            couriers={
                key: _courier(subentry)
                for key, subentry in of(SubentryType.COURIER).items()
            },
            addressees=addressees,
            papers={
                key: _paper(subentry.data[CONF_PAPER])
                for key, subentry in residents.items()
                if subentry.data.get(CONF_PAPER)
                and not may_have_user(hass, subentry.data[CONF_PERSON])
            },
            unsure=frozenset(
                key
                for key, subentry in residents.items()
                if is_unsure(hass, subentry.data[CONF_PERSON])
            ),
            users={
                key: addressee.resident.user_id for key, addressee in addressees.items()
            },
        )

    def set_logins(self, residents: Mapping[str, Resident]) -> None:
        """Set the residents' last known logins."""
        self.addressees = {
            key: replace(
                addressee,
                resident=replace(addressee.resident, user_id=residents[key].user_id),
            )
            for key, addressee in self.addressees.items()
        }


def _building_hours(options: Mapping[str, Any]) -> Hours:
    """Read when the owner lets couriers in at all: always, where they have set no hours."""
    week = options.get(CONF_BUILDING_HOURS)
    return ALWAYS_OPEN if week is None else Hours(WeekSchedule.from_mapping(week))


def retention_days(options: Mapping[str, Any]) -> int:
    """Read for how many days what is personal is kept: never longer than residents were promised (promise 7)."""
    days = int(options.get(CONF_RETENTION_DAYS, DEFAULT_RETENTION_DAYS))
    return max(MIN_RETENTION_DAYS, min(days, MAX_RETENTION_DAYS))


def _door(subentry: ConfigSubentry) -> Door:
    return Door(subentry.subentry_id, subentry.data[CONF_KEY], subentry.title)


def _courier(subentry: ConfigSubentry) -> Courier:
    data = subentry.data
    return Courier(
        id=subentry.subentry_id,
        name=subentry.title,
        door_ids=frozenset(data[CONF_DOORS]),
        longest_grant=timedelta(hours=data[CONF_LONGEST_GRANT_HOURS]),
        enabled=data[CONF_ENABLED],
    )


def _paper(paper: Mapping[str, Any]) -> tuple[Author, Rules]:
    """Read the decision of a resident without a user, which the owner recorded."""
    rules = Rules(
        consent=Consent.GIVEN if paper[CONF_CONSENT] else Consent.WITHDRAWN,
        schedule=WeekSchedule.from_mapping(paper[CONF_WINDOWS]),
    )
    return Author(paper_id=paper[CONF_ID], decided_on=paper[CONF_DECIDED_ON]), rules
