"""What the forms of the personal page offer and send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

import voluptuous as vol

from ...access.hours import Hours
from ...access.model import GrantKey
from ...access.schedule import ALWAYS, WEEKDAYS, WeekSchedule
from ...api.delivery_schema import PARCEL as PARCEL_SCHEMA
from ...building.building import Building
from ...contract.messages import FURTHEST_END
from ..pages import InvalidForm, form_fields


class WeekPreset(StrEnum):
    """A week to choose; the keys of its names."""

    EVENINGS = "evenings"
    DAYTIME = "daytime"
    ALWAYS = "always"
    NONE = "none"


SHOWN_HOURS: Final[Mapping[WeekPreset, tuple[int, int]]] = MappingProxyType(
    {WeekPreset.EVENINGS: (17, 21), WeekPreset.DAYTIME: (8, 18)}
)
"""The first and last hour of presets whose names don't say them."""


def _daily(preset: WeekPreset, days: int) -> WeekSchedule:
    start, end = SHOWN_HOURS[preset]
    window = {"from": f"{start:02}:00", "to": f"{end:02}:00"}
    return WeekSchedule.from_mapping({day: [window] for day in WEEKDAYS[:days]})


WEEK_PRESETS: Final[Mapping[WeekPreset, WeekSchedule]] = MappingProxyType(
    {
        WeekPreset.EVENINGS: _daily(WeekPreset.EVENINGS, 5),
        WeekPreset.DAYTIME: _daily(WeekPreset.DAYTIME, 7),
        WeekPreset.ALWAYS: ALWAYS,
        WeekPreset.NONE: WeekSchedule(),
    }
)


ACTION: Final = "do"
AGREE: Final = "agree"
COURIER: Final = "courier"
GRANT: Final = "grant"
PASS: Final = "pass"  # noqa: S105 - a field's name
DOOR: Final = "door"
DAY: Final = "day"
HOURS: Final = "hours"
FROM: Final = "from"
TO: Final = "to"
PARCEL: Final = "parcel"
CHECK: Final = "check_record"
NOTIFICATION: Final = "notification"
PRESET: Final = "preset"
LENGTH: Final = "length"


class Action(StrEnum):
    """An action on the page."""

    VETO = "veto"
    EXPECT = "expect"
    REVISE = "revise"
    CANCEL = "cancel"
    MAKE_PASS = "make_pass"  # noqa: S105 - no password
    REVOKE_PASS = "revoke_pass"  # noqa: S105 - no password
    PAUSE_UNIT = "pause_unit"
    RESUME_UNIT = "resume_unit"
    PAUSE_BUILDING = "pause_building"
    RESUME_BUILDING = "resume_building"
    GIVE_CONSENT = "give_consent"
    WITHDRAW_CONSENT = "withdraw_consent"
    SET_HOURS = "set_hours"
    SET_WEEK = "set_week"
    RENEW_LINK = "renew_link"
    LIFT_DENIAL = "lift_denial"


class PauseLength(StrEnum):
    """How long a pause lasts; a day if the form doesn't say."""

    HOUR = "hour"
    TONIGHT = "tonight"
    DAY = "day"


_DELIVERY: Final = frozenset({COURIER, GRANT})
_WINDOW: Final = frozenset({COURIER, DAY, HOURS, FROM, TO, PARCEL})
_REQUIRED: Final[Mapping[Action, frozenset[str]]] = MappingProxyType(
    {
        Action.VETO: _DELIVERY,
        Action.EXPECT: _WINDOW,
        Action.REVISE: _WINDOW | {GRANT},
        Action.CANCEL: _DELIVERY,
        Action.MAKE_PASS: _DELIVERY,
        Action.REVOKE_PASS: frozenset({PASS}),
        Action.LIFT_DENIAL: frozenset({COURIER}),
        Action.SET_HOURS: frozenset(WEEKDAYS),
        Action.SET_WEEK: frozenset({PRESET}),
    }
)
_OPTIONAL: Final[Mapping[Action, frozenset[str]]] = MappingProxyType(
    {
        Action.EXPECT: frozenset({DOOR}),
        Action.REVISE: frozenset({DOOR}),
        Action.GIVE_CONSENT: frozenset({AGREE}),
        Action.PAUSE_UNIT: frozenset({LENGTH}),
        Action.PAUSE_BUILDING: frozenset({LENGTH}),
    }
)
_MOST_FIELDS: Final = 10


@dataclass(frozen=True, slots=True)
class ActionForm:
    """A submitted action with its fields, as they were typed."""

    action: Action
    fields: Mapping[str, str]

    @property
    def key(self) -> GrantKey:
        """The grant that the form names."""
        return GrantKey(self.fields[COURIER], self.fields[GRANT])

    @property
    def pause_length(self) -> PauseLength:
        """How long the form pauses."""
        return PauseLength(self.fields.get(LENGTH, PauseLength.DAY))

    @property
    def week(self) -> WeekSchedule:
        """The weekly hours that the form chooses."""
        return WEEK_PRESETS[WeekPreset(self.fields[PRESET])]

    @property
    def agreed(self) -> bool:
        """Whether the box was checked."""
        return self.fields.get(AGREE) == "yes"


@dataclass(frozen=True, slots=True)
class CheckForm:
    """A submitted check of the ledger, with the text of a notification."""

    notification: str


def read_action(body: bytes) -> ActionForm | CheckForm:
    """Parse a submitted form; raise InvalidForm if no form of the page sends this."""
    fields = dict(form_fields(body, _MOST_FIELDS))
    named = fields.pop(ACTION, "")
    if named == CHECK:
        if fields.keys() != {NOTIFICATION}:
            raise InvalidForm
        return CheckForm(fields[NOTIFICATION])
    if named not in Action:
        raise InvalidForm
    action = Action(named)
    required = _REQUIRED.get(action, frozenset())
    allowed = required | _OPTIONAL.get(action, frozenset())
    if not required <= fields.keys() <= allowed:
        raise InvalidForm
    if fields.get(LENGTH, PauseLength.DAY) not in PauseLength:
        raise InvalidForm
    if fields.get(PRESET, WeekPreset.NONE) not in WeekPreset:
        raise InvalidForm
    if PARCEL in fields:
        fields[PARCEL] = _parcel(fields[PARCEL])
    return ActionForm(action, fields)


def _parcel(typed: str) -> str:
    try:
        return str(PARCEL_SCHEMA(typed))
    except vol.Invalid:  # browsers send neither line breaks nor longer texts
        raise InvalidForm from None


_A_DAY: Final = timedelta(days=1)


class Preset(StrEnum):
    """Hours to choose: one's own of that day, fixed ones, or other times."""

    MINE = "mine"
    DAY = "day"
    EVENING = "evening"
    ALL_DAY = "all_day"
    OTHER = "other"


FIXED: Final[Mapping[Preset, tuple[time, time]]] = MappingProxyType(
    {
        Preset.DAY: (time(8), time(18)),
        Preset.EVENING: (time(17), time(21)),
        Preset.ALL_DAY: (time(0), time(0)),
    }
)
"""From when until when; an end that isn't later is on the next day."""


class WindowProblem(StrEnum):
    """Why a form has no window."""

    UNREADABLE = "unreadable"
    CLOSED = "closed"


class NoWindow(Exception):
    """The form has no window."""

    def __init__(self, problem: WindowProblem) -> None:
        """Keep the reason."""
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers: couriers and doors by ID, presets, and days."""

    couriers: Mapping[str, str]
    doors: Mapping[str, str]
    presets: Sequence[Preset]
    first: date
    last: date


def choices(building: Building, hours: Hours, now: datetime) -> Choices | None:
    """Return what a resident with these hours may choose; None without couriers."""
    directory = building.directory
    usable = {
        courier.id: courier
        for courier in directory.couriers.values()
        if courier.enabled and not courier.door_ids.isdisjoint(directory.doors)
    }
    if not usable:
        return None
    doors = {
        door.id: door.name
        for door in directory.doors.values()
        if any(door.id in courier.door_ids for courier in usable.values())
    }
    longest = max(courier.longest_grant for courier in usable.values())
    offered = [Preset.DAY, Preset.EVENING, Preset.OTHER]
    if longest >= _A_DAY:
        offered.insert(2, Preset.ALL_DAY)
    today = now.astimezone(building.zone()).date()
    a_week = _midnight(today + timedelta(days=7), building.zone())
    if hours.windows(now, a_week, building.zone()):
        offered.insert(0, Preset.MINE)
    return Choices(
        {courier.id: courier.name for courier in usable.values()},
        doors,
        offered,
        today,
        today + FURTHEST_END - _A_DAY,
    )


def read_window(
    fields: Mapping[str, str],
    hours: Hours,
    zone: ZoneInfo,
    longest: timedelta,
    now: datetime,
) -> tuple[datetime, datetime]:
    """Return the window of the form's day and times on the building's clock.

    One's own hours are cut to the longest grant, the same as in the panel.

    Raises:
        NoWindow: they can't be read, or the resident has no hours on that day.

    """
    try:
        day = date.fromisoformat(fields[DAY])
        preset = Preset(fields[HOURS])
        if preset is Preset.MINE:
            if (own := _own(day, hours, zone, longest, now)) is None:
                raise NoWindow(WindowProblem.CLOSED)
            return own
        start, end = (
            (time.fromisoformat(fields[FROM]), time.fromisoformat(fields[TO]))
            if preset is Preset.OTHER
            else FIXED[preset]
        )
        if start.tzinfo is not None or end.tzinfo is not None:
            raise NoWindow(WindowProblem.UNREADABLE)
        last = day if start < end else day + _A_DAY
        return _instant(day, start, zone), _instant(last, end, zone)
    except ValueError, OverflowError:
        raise NoWindow(WindowProblem.UNREADABLE) from None


def _own(
    day: date, hours: Hours, zone: ZoneInfo, longest: timedelta, now: datetime
) -> tuple[datetime, datetime] | None:
    """Return from the first to the last of one's hours on a day.

    Hours that are longer than a grant may be are cut: from now on if they have begun,
    else from the morning on.
    """
    midnight, next_midnight = _midnight(day, zone), _midnight(day + _A_DAY, zone)
    windows = hours.windows(midnight, next_midnight, zone)
    if not windows:
        return None
    start, end = windows[0].start, windows[-1].end
    if end - start <= longest:
        return start, end
    if start <= now < next_midnight:
        since = now.replace(second=0, microsecond=0)
    else:
        since = _instant(day, FIXED[Preset.DAY][0], zone)
    # Hours that run into midnight may go on after it.
    *_, last = (
        each
        for each in hours.windows(midnight, next_midnight + longest, zone)
        if each.start < next_midnight
    )
    own = hours.span(since, last.end, zone, longest) or hours.span(
        start, end, zone, longest
    )
    return None if own is None else (own.start, own.end)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return _instant(day, time(0), zone)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
