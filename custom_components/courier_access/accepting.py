"""Whether one resident's own rules are open to couriers at a time, and when that changes."""

from datetime import datetime
from typing import Final

from .access.model import Consent, Resident
from .building import Building
from .linked import states_of

_MOST_TURNS: Final = 200
"""How many ends of windows and pauses are looked at for a change; one further off is not told."""


def is_accepting(building: Building, resident: Resident, at: datetime) -> bool:
    """Whether the resident consents and counts, all hours are open at that time, nothing is paused, no entity says no.

    Linked entities are looked at as they are now. Single couriers may be denied all the same.
    """
    rules = building.rulebook.of(resident.id)
    zone = building.zone()
    return (
        resident.counts
        and rules.consent is Consent.GIVEN
        and rules.hours.is_open(at, zone)
        and building.directory.building_hours.is_open(at, zone)
        and not any(
            pause.covers(resident.unit, at) for pause in building.rulebook.pauses(resident.unit)
        )
        and not rules.forbidding(states_of(building.hass, rules.linked))
    )


def next_change(building: Building, resident: Resident, now: datetime) -> datetime | None:
    """Return when time alone next changes `is_accepting`; None where it does not, or only in the far future."""
    rules = building.rulebook.of(resident.id)
    if not resident.counts or rules.consent is not Consent.GIVEN:
        return None
    zone = building.zone()
    schedules = (rules.hours, building.directory.building_hours)
    ends = [pause.until for pause in building.rulebook.pauses(resident.unit)]
    is_now = is_accepting(building, resident, now)
    at = now
    for _ in range(_MOST_TURNS):
        turns = [each.next_change(at, zone) for each in schedules]
        coming = [turn for turn in (*turns, *ends) if turn is not None and turn > at]
        if not coming:
            return None
        at = min(coming)
        if is_accepting(building, resident, at) is not is_now:
            return at
    return None
