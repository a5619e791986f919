"""What the forms of the personal page send."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import voluptuous as vol

from ...access.model import GrantKey
from ...access.schedule import WEEKDAYS, WeekSchedule
from ...api.delivery_schema import PARCEL as PARCEL_SCHEMA
from ..pages import InvalidForm, form_fields
from .week_presets import WEEK_PRESETS, WeekPreset

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
