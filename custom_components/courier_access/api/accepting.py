"""Whether one resident's own rules are open to couriers at a time, and when that changes."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from ..access.explain import Shut
from ..access.model import Consent, Resident
from ..access.policy import WILLING, unit_says
from ..building.building import Building
from ..residents.linked_entities import states_of

_MOST_TURNS: Final = 64
"""How many ends of windows and pauses are looked at for a change; one further off is not told."""


def is_accepting(building: Building, resident: Resident, at: datetime) -> bool:
    """Whether the resident consents and counts, all hours are open then, nothing is paused and no entity says no.

    Linked entities are looked at as they are now. Single couriers may be denied all the same.
    """
    return not _is_barred(building, resident) and _is_open(building, resident)(at)


def next_change(building: Building, resident: Resident, now: datetime) -> datetime | None:
    """Return when time alone next changes `is_accepting`; None where it does not, or only in the far future."""
    if _is_barred(building, resident):
        return None
    is_open = _is_open(building, resident)
    zone = building.zone()
    schedules = (building.rulebook.of(resident.id).hours, building.directory.building_hours)
    ends = [pause.until for pause in building.rulebook.pauses.over(resident.unit)]
    at, is_now = now, is_open(now)
    for _ in range(_MOST_TURNS):
        turns = (each.next_change(at, zone) for each in schedules)
        coming = [turn for turn in (*turns, *ends) if turn is not None and turn > at]
        if not coming:
            return None
        at = min(coming)
        if is_open(at) is not is_now:
            return at
    return None


def why_shut(building: Building, resident: Resident, now: datetime) -> Shut | None:
    """Say why no courier comes in for the resident's unit now, whoever of it says so; None where one may."""
    if not resident.counts:
        return Shut.NOT_CONFIRMED
    unit, rulebook = resident.unit, building.rulebook
    rules = rulebook.of_unit(unit)
    consenting = [each for each in rules if each.consent is Consent.GIVEN]
    if rulebook.pauses.of_building() is not None:
        return Shut.BUILDING_PAUSED
    if rulebook.pauses.over(unit):
        return Shut.UNIT_PAUSED
    if any(each.consent is Consent.WITHDRAWN for each in rules):
        return Shut.WITHDRAWN
    if not consenting:
        return Shut.NOT_GIVEN
    if all(each.hours.is_empty for each in consenting):
        return Shut.NO_HOURS
    facts = [
        rulebook.facts(courier)
        for courier in building.directory.couriers.values()
        if courier.enabled and not courier.door_ids.isdisjoint(building.directory.doors)
    ]
    if not all(each.building_hours.is_open(now, each.zone) for each in facts):
        return Shut.OUTSIDE_BUILDING_HOURS
    if not any(each.hours.is_open(now, building.zone()) for each in consenting):
        return Shut.OUTSIDE_HOURS
    willing = any(
        unit_says(
            each.rules.get(unit, ()),
            each.courier.id,
            lambda own: own.is_open(now, building.zone()),
            each.entities,
        )
        in WILLING
        for each in facts
    )
    return None if willing else Shut.OTHERWISE


def _is_barred(building: Building, resident: Resident) -> bool:
    """Whether something says no that no time ends."""
    rules = building.rulebook.in_effect(resident)
    return (
        not resident.counts
        or rules.consent is not Consent.GIVEN
        or bool(rules.forbidding(states_of(building.hass, rules.linked)))
    )


def _is_open(building: Building, resident: Resident) -> Callable[[datetime], bool]:
    hours, building_hours = (
        building.rulebook.of(resident.id).hours,
        building.directory.building_hours,
    )
    pauses = building.rulebook.pauses.over(resident.unit)
    zone = building.zone()
    return lambda at: (
        hours.is_open(at, zone)
        and building_hours.is_open(at, zone)
        and not any(pause.covers(resident.unit, at) for pause in pauses)
    )
