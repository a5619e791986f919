"""Shared test data: a building, a courier, and a grant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from custom_components.courier_access.access.hours import (
    ALWAYS,
    WEEKDAYS,
    Hours,
    WeekSchedule,
)
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    Courier,
    Door,
    Grant,
    GrantKey,
    Pause,
    Rules,
    UnitPart,
)
from custom_components.courier_access.access.policy import Facts

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday, 13:00 in Paris
HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)
ACCEPTED, NOT_ACCEPTING, VETOED, WITHDRAWN = (
    UnitPart.ACCEPTED,
    UnitPart.NOT_ACCEPTING,
    UnitPart.VETOED,
    UnitPart.WITHDRAWN,
)


def week(written: str) -> WeekSchedule:
    """Read a schedule such as "monday 08:00-12:00 13:00-18:00, sunday 22:00-06:00"."""
    days = [day.split() for day in written.split(", ") if day]
    return WeekSchedule.from_mapping(
        {
            day: [
                dict(zip(("from", "to"), each.split("-"), strict=True))
                for each in spans
            ]
            for day, *spans in days
        }
    )


def hours(start: str, end: str, *days: str) -> WeekSchedule:
    """Return hours from start to end, on the given days or on all."""
    return week(", ".join(f"{day} {start}-{end}" for day in days or WEEKDAYS))


AFTERNOONS = hours("13:00", "18:00")
EVENINGS = hours("18:00", "20:00")
NEVER = WeekSchedule()

YES = Rules(consent=Consent.GIVEN, schedule=ALWAYS)
ASKS = replace(YES, default=Attitude.ASK)
DENIES = replace(YES, default=Attitude.DENY)
OPTED_OUT = replace(YES, consent=Consent.OPTED_OUT)
WITHDREW = replace(YES, consent=Consent.WITHDRAWN)
SHUT = replace(YES, schedule=EVENINGS)
SHARES = replace(SHUT, share_hours=True)

COURIER = Courier(
    "swift", "Swift Parcels", frozenset({"lobby", "gone"}), timedelta(hours=12)
)
DOORS = {key: Door(key, key, key.title()) for key in ("lobby", "garage")}
GRANT = Grant(
    key=GrantKey("swift", "grant-1"),
    revision=2,
    door_id="lobby",
    starts_at=NOON - HOUR,
    ends_at=NOON + HOUR,
    max_entries=2,
    units={"3b": ACCEPTED},
    content="as asked",
)


def grant(**changes: object) -> Grant:
    """Return the grant with these changes."""
    return replace(GRANT, **changes)  # type: ignore[arg-type]


def as_hours(given: Hours | WeekSchedule) -> Hours:
    return given if isinstance(given, Hours) else Hours(given)


def facts(
    *residents: Rules,
    others: Sequence[Rules] = (),
    pauses: Sequence[Pause] = (),
    courier: Courier = COURIER,
    building_hours: Hours | WeekSchedule = ALWAYS,
    has_problem: bool = False,
) -> Facts:
    """Return the facts of a building with residents in 3b and others in 4a."""
    return Facts(
        courier=courier,
        doors=DOORS,
        rules={"3b": residents, "4a": others},
        pauses=pauses,
        zone=PARIS,
        building_hours=as_hours(building_hours),
        has_problem=has_problem,
    )


def units(**parts: UnitPart) -> dict[str, UnitPart]:
    return {name.removeprefix("u"): part for name, part in parts.items()}
