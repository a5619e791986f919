"""What the forms of the personal page offer and send, and what they do."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from copy import replace
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import partial, reduce
from itertools import product
from types import MappingProxyType
from typing import Final, NamedTuple, Self
from zoneinfo import ZoneInfo

from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ...access.hours import (
    ALWAYS,
    WEEKDAYS,
    Hours,
    Interval,
    InvalidHours,
    WeekSchedule,
    overlap,
    read_hours,
)
from ...access.model import (
    Attitude,
    Consent,
    Courier,
    Decision,
    Door,
    Grant,
    GrantKey,
    Resident,
    Rules,
    UnitPart,
)
from ...access.policy import Layer
from ...api.acceptance import may_open_once, refusal_by_rules
from ...api.commands import (
    async_change_rules,
    async_choose_erasure,
    async_choose_fleet_visits,
    async_issue_grant,
    async_pause,
    async_renew_link,
    async_resume,
    async_revise_grant,
    async_revoke_grant,
    async_set_note,
    async_veto_grant,
)
from ...api.consent import async_note_read, async_text_of
from ...api.lookup import instant, named_courier, named_door, on_wall_clock
from ...api.overview import has_key
from ...api.passes import MadePass, async_make_pass, async_revoke_pass
from ...api.permissions import Actor, link_holder
from ...api.schemas import ERASURE_DAYS, NOTE, PARCEL, read_rules
from ...building.building import Building
from ...contract.messages import FURTHEST_END
from ...grants.by_residents import Delivery
from ...grants.issue import Issue
from ..building_pages import ONCE, ONCE_WRITTEN
from ..pages import bad_request, form_fields


class WeekPreset(StrEnum):
    """A week to choose; the keys of its names."""

    EVENINGS = "evenings"
    DAYTIME = "daytime"
    ALWAYS = "always"
    NONE = "none"


SHOWN_HOURS: Final[Mapping[WeekPreset, tuple[int, int]]] = {
    WeekPreset.EVENINGS: (17, 21),
    WeekPreset.DAYTIME: (8, 18),
}
"""The first and last hour of presets whose names don't say them."""


def _daily(preset: WeekPreset, days: int) -> WeekSchedule:
    start, end = SHOWN_HOURS[preset]
    window = {"from": f"{start:02}:00", "to": f"{end:02}:00"}
    return WeekSchedule.from_mapping({day: [window] for day in WEEKDAYS[:days]})


WEEK_PRESETS: Final[Mapping[WeekPreset, WeekSchedule]] = {
    WeekPreset.EVENINGS: _daily(WeekPreset.EVENINGS, 5),
    WeekPreset.DAYTIME: _daily(WeekPreset.DAYTIME, 7),
    WeekPreset.ALWAYS: ALWAYS,
    WeekPreset.NONE: WeekSchedule(),
}


_DAYS: Final = vol.Any("", ERASURE_DAYS)
"""A number, or an empty field for the building's."""

_DELIVERY: Final = frozenset({"courier", "grant"})
_WINDOW: Final = frozenset({"courier", "day", "hours", "from", "to", "parcel"})
_OPENING: Final = ("starts_at", "ends_at")
"""What hours open for once; a form for a delivery has both or neither."""
_MOST_FIELDS: Final = 12


class Action(StrEnum):
    """An action on the page, with the fields that its form has, and those it may have."""

    required: frozenset[str]
    optional: frozenset[str]

    def __new__(
        cls, value: str, required: Iterable[str] = (), optional: Iterable[str] = ()
    ) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.required = frozenset(required)
        member.optional = frozenset(optional)
        return member

    VETO = "veto", _DELIVERY
    EXPECT = "expect", _WINDOW, {"door", ONCE, *_OPENING}
    REVISE = "revise", _WINDOW | {"grant"}, {"door"}
    OPEN_ONCE = "open_once", {ONCE, *_OPENING}
    CANCEL = "cancel", _DELIVERY
    MAKE_PASS = "make_pass", _DELIVERY, {ONCE}
    REVOKE_PASS = "revoke_pass", {"pass"}
    PAUSE_UNIT = "pause_unit", (), {"length"}
    RESUME_UNIT = "resume_unit"
    SET_NOTE = "set_note", {"note"}
    CHOOSE_ERASURE = "choose_erasure", {"days"}
    CHOOSE_VISITS = "choose_visits", {"object"}
    PAUSE_BUILDING = "pause_building", (), {"length"}
    RESUME_BUILDING = "resume_building"
    GIVE_CONSENT = "give_consent", (), {"agree", "text"}
    READ_TEXT = "read_text"
    OPT_OUT = "opt_out"
    WITHDRAW_CONSENT = "withdraw_consent"
    LIFT_BLOCK = "lift_block"
    SET_HOURS = "set_hours", WEEKDAYS
    SET_WEEK = "set_week", {"preset"}
    REMOVE_DAY = "remove_day", {"day"}
    RENEW_LINK = "renew_link"
    LIFT_DENIAL = "lift_denial", {"courier"}
    NEW_COURIERS = "new_couriers", {"attitude"}
    ALLOW_COURIER = "allow_courier", {"courier"}
    CHECK_RECORD = "check_record", {"notification"}


_FOR_NEW_COURIERS: Final = frozenset({Attitude.ALLOW, Attitude.ASK})


class Failure(StrEnum):
    """Why an action wasn't carried out."""

    NOT_AGREED = "not_agreed"
    TEXT_CHANGED = "text_changed"
    NOT_POSSIBLE = "not_possible"
    SENT_AGAIN = "sent_again"


_CONSENTS: Final = MappingProxyType(
    {
        Action.OPT_OUT: Consent.OPTED_OUT,
        Action.WITHDRAW_CONSENT: Consent.WITHDRAWN,
        Action.LIFT_BLOCK: Consent.OPTED_OUT,
    }
)

OF_RULES: Final = frozenset(
    (
        *_CONSENTS,
        Action.SET_HOURS,
        Action.OPEN_ONCE,
        Action.REMOVE_DAY,
        Action.LIFT_DENIAL,
        Action.NEW_COURIERS,
        Action.ALLOW_COURIER,
    )
)
"""The actions that change a resident's rules, which aren't in effect while they are pending."""

type Result = Action | Failure
"""The result of an action: that it is done, or why not."""

RESULTS: Final[Mapping[str, Result]] = {
    each.value: each
    for each in (*Action, *Failure)
    if each not in (Action.SET_WEEK, Action.CHECK_RECORD)
}


class PauseLength(StrEnum):
    """How long a pause lasts; a day if the form doesn't say."""

    HOUR = "hour"
    TONIGHT = "tonight"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class ActionForm:
    """A submitted action with its fields, as they were typed."""

    action: Action
    fields: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str]:
        """The courier of the grant that the form names, and its ID."""
        return self.fields["courier"], self.fields["grant"]

    @property
    def opens_hours(self) -> bool:
        """Whether the form names times at which hours open for once."""
        return "starts_at" in self.fields

    @property
    def opening(self) -> tuple[datetime, datetime]:
        """The times at which hours open for once."""
        return instant(self.fields["starts_at"]), instant(self.fields["ends_at"])


def read_action(body: bytes) -> ActionForm:
    """Parse a submitted form; raise PageError if no form of the page sends this."""
    fields = form_fields(body, _MOST_FIELDS)
    named = fields.pop("do", "")
    if named not in Action:
        raise bad_request()
    action = Action(named)
    if not action.required <= fields.keys() <= action.required | action.optional:
        raise bad_request()
    if (
        fields.get("length", PauseLength.DAY) not in PauseLength
        or fields.get("preset", WeekPreset.NONE) not in WeekPreset
        or fields.get("attitude", Attitude.ASK) not in _FOR_NEW_COURIERS
        or fields.get("object", "no") not in ("yes", "no")
    ):
        raise bad_request()
    if len(fields.keys() & _OPENING) == 1:
        raise bad_request()
    if ONCE in fields and not ONCE_WRITTEN.fullmatch(fields[ONCE]):
        raise bad_request()
    for name, schema in _SCHEMAS.items():
        if name in fields:
            try:
                fields[name] = str(schema(fields[name]))
            except vol.Invalid:  # browsers send neither line breaks nor longer texts
                raise bad_request() from None
    return ActionForm(action, fields)


_SCHEMAS: Final = MappingProxyType(
    {
        "parcel": PARCEL,
        "note": NOTE,
        "days": _DAYS,
        **dict.fromkeys(_OPENING, instant),
    }
)

_A_DAY: Final = timedelta(days=1)


class Preset(StrEnum):
    """Hours to choose: one's own of that day, fixed ones, or other times."""

    MINE = "mine"
    DAY = "day"
    EVENING = "evening"
    ALL_DAY = "all_day"
    OTHER = "other"


FIXED: Final[Mapping[Preset, tuple[time, time]]] = {
    Preset.DAY: (time(8), time(18)),
    Preset.EVENING: (time(17), time(21)),
    Preset.ALL_DAY: (time(0), time(0)),
}
"""From when until when; an end that isn't later is on the next day."""


class WindowProblem(StrEnum):
    """Why a form has no window."""

    UNREADABLE = "unreadable"
    CLOSED = "closed"


class Choices(NamedTuple):
    """What the form offers: couriers and doors by ID, presets, and days.

    What is `preselected` is accepted as things stand, if anything is.
    """

    couriers: Mapping[str, str]
    doors: Mapping[str, str]
    presets: Sequence[Preset]
    first: date
    last: date
    preselected: Mapping[str, str]


def choices(building: Building, resident: Resident, now: datetime) -> Choices | None:
    """Return what a resident may choose; None without couriers."""
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
    if _open_within(_hours(building, resident), now, a_week, building.zone()):
        offered.insert(0, Preset.MINE)
    return Choices(
        {courier.id: courier.name for courier in usable.values()},
        doors,
        offered,
        today,
        today + FURTHEST_END - _A_DAY,
        _preselected(building, resident, usable.values(), offered, today, now),
    )


def _preselected(
    building: Building,
    resident: Resident,
    couriers: Iterable[Courier],
    presets: Sequence[Preset],
    today: date,
    now: datetime,
) -> Mapping[str, str]:
    """Return the first delivery of the coming week that nothing refuses.

    Without one, return the first that isn't over.
    """
    hours, zone = _hours(building, resident), building.zone()
    days = [(today + timedelta(days=ahead)).isoformat() for ahead in range(8)]
    any_one: dict[str, str] = {}
    first: dict[str, str] = {}
    for courier in couriers:
        doors = (door for door in building.directory.doors if door in courier.door_ids)
        door = next(doors)
        for day, preset in product(days, presets):
            chosen = {"courier": courier.id, "door": door, "day": day, "hours": preset}
            any_one = any_one or chosen
            if preset is Preset.OTHER:
                continue
            window = read_window(chosen, hours, zone, courier.longest_grant, now)
            if isinstance(window, WindowProblem):
                continue
            start, end = window
            if end <= now or end - start > courier.longest_grant:
                continue
            first = first or chosen
            parts = {resident.unit: UnitPart.ACCEPTED}
            grant = Grant(GrantKey(courier.id, ""), 1, door, start, end, 1, parts)
            refusal = refusal_by_rules(building, resident.unit, grant)
            if refusal is None:
                return chosen
            if refusal.layer in _AT_ANY_TIME:
                break
        else:
            break  # the hours or a pause, which refuse the others, too
    return first or any_one


_AT_ANY_TIME: Final = {Layer.NOBODY_CONSENTS, Layer.WITHDRAWN, Layer.DENIED}
"""What refuses all deliveries of a courier, whenever they are."""

REFUSED: Final = {
    Layer.PROBLEM: "page_shut_problem",
    Layer.COURIER_DISABLED: "notification_reason_courier_disabled",
    Layer.DOOR_NOT_ALLOWED: "notification_reason_door_not_allowed",
    Layer.BUILDING_PAUSED: "page_building_paused",
    Layer.UNIT_PAUSED: "page_unit_paused",
    Layer.BUILDING_HOURS: "panel_rule_building_hours",
    Layer.NOBODY_CONSENTS: "page_shut_not_given",
    Layer.WITHDRAWN: "page_shut_withdrawn",
    Layer.DENIED: "notification_your_denied",
    Layer.OUTSIDE_HOURS: "page_shut_outside_hours",
    Layer.ENTITY: "page_shut_otherwise",
}
"""What a home's own residents read of what would refuse their delivery."""


def own_reason(key: str, rules: Rules) -> str:
    """Return the key of a reason as a resident with these rules reads it."""
    if key == "page_shut_outside_hours" and rules.consent is not Consent.GIVEN:
        return "page_shut_others_hours"  # the resident's own hours don't count
    if key == "page_shut_withdrawn" and rules.consent is not Consent.WITHDRAWN:
        return "page_shut_kept_out"  # by somebody else in the home
    return key


def read_window(
    fields: Mapping[str, str],
    hours: Sequence[Hours],
    zone: ZoneInfo,
    longest: timedelta,
    now: datetime,
) -> tuple[datetime, datetime] | WindowProblem:
    """Return the window of the form's day and times on the building's clock.

    One's own hours are those in which all of `hours` are open. They are cut to the
    longest grant, the same as in the panel.
    """
    try:
        day = date.fromisoformat(fields["day"])
        preset = Preset(fields["hours"])
        if preset is Preset.MINE:
            return _own(day, hours, zone, longest, now) or WindowProblem.CLOSED
        start, end = (
            (time.fromisoformat(fields["from"]), time.fromisoformat(fields["to"]))
            if preset is Preset.OTHER
            else FIXED[preset]
        )
        if start.tzinfo is not None or end.tzinfo is not None:
            return WindowProblem.UNREADABLE
        last = day if start < end else day + _A_DAY
        return _instant(day, start, zone), _instant(last, end, zone)
    except ValueError, OverflowError:
        return WindowProblem.UNREADABLE


def _own(
    day: date,
    hours: Sequence[Hours],
    zone: ZoneInfo,
    longest: timedelta,
    now: datetime,
) -> tuple[datetime, datetime] | None:
    """Return from the first to the last of one's hours on a day.

    Hours that are longer than a grant may be are cut: from now on if they have begun,
    else from the morning on. What goes on after midnight is another day's.
    """
    midnight, next_midnight = _midnight(day, zone), _midnight(day + _A_DAY, zone)
    opens = _open_within(hours, midnight, next_midnight, zone)
    if not opens:
        return None
    start, end = opens[0].start, opens[-1].end
    if end - start <= longest:
        return start, end
    if start <= now < next_midnight:
        since = now.replace(second=0, microsecond=0)
    else:
        since = _instant(day, FIXED[Preset.DAY][0], zone)
    left = [
        Interval(max(each.start, since), each.end) for each in opens if each.end > since
    ]
    start = left[0].start if left else start
    last = start + longest
    return start, max(min(each.end, last) for each in opens if each.start < last)


def _hours(building: Building, resident: Resident) -> tuple[Hours, Hours]:
    """Return the resident's hours and the building's, which both must be open."""
    own = building.rulebook.of(resident.id).hours
    return own, building.directory.building_hours


def _open_within(
    hours: Sequence[Hours], start: datetime, end: datetime, zone: ZoneInfo
) -> Sequence[Interval]:
    """Return when all of these hours are open."""
    return reduce(overlap, (each.windows(start, end, zone) for each in hours))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return _instant(day, time(0), zone)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


class FormFault(NamedTuple):
    """What is wrong with a form, or with one of its fields: the key of a text.

    `until` is the end of the pause that refuses a delivery.
    """

    key: str
    placeholders: Mapping[str, str] = MappingProxyType({})
    field: str = ""
    is_exception: bool = False
    until: datetime | None = None


class ActionResult(NamedTuple):
    """The result to show, if there is one besides the faults.

    `token` is the new one if the link was replaced, `made` a pass with its codes. A
    form with `faults` is shown again as it was filled in, and hours can open for what it
    `opens`.
    """

    result: Result | None
    token: str | None = None
    made: MadePass | None = None
    faults: Sequence[FormFault] = ()
    opens: Interval | None = None


_EXPLAINED = frozenset(
    {Action.EXPECT, Action.REVISE, Action.MAKE_PASS, Action.OPEN_ONCE}
)
"""Actions whose errors are shown; the others only happen if something changed."""


async def async_act(
    building: Building, resident: Resident, form: ActionForm
) -> ActionResult:
    """Carry out an action of a resident's link holder."""
    actor = link_holder(resident)
    try:
        match form.action:
            case Action.EXPECT | Action.REVISE:
                return await _expect(building, actor, resident, form)
            case Action.MAKE_PASS:
                made = await async_make_pass(building, actor, *form.key)
                return ActionResult(None, made=made)
            case Action.SET_HOURS:
                return await _set_hours(building, actor, resident, form)
            case Action.SET_WEEK:
                week = WEEK_PRESETS[WeekPreset(form.fields["preset"])]
                await _set_week(building, actor, resident, week)
                return ActionResult(Action.SET_HOURS)
            case Action.GIVE_CONSENT if form.fields.get("agree") != "yes":
                return ActionResult(Failure.NOT_AGREED)
            case Action.GIVE_CONSENT:
                return await _give_consent(building, actor, resident, form)
            case Action.RENEW_LINK:
                token = await async_renew_link(building, actor, resident)
                return ActionResult(Action.RENEW_LINK, token)
            case _:
                await _decide(building, actor, resident, form)
    except ServiceValidationError as err:
        if form.action not in _EXPLAINED:
            return ActionResult(Failure.NOT_POSSIBLE)
        placeholders = err.translation_placeholders or {}
        fault = FormFault(err.translation_key or "", placeholders, is_exception=True)
        return ActionResult(Failure.NOT_POSSIBLE, faults=[fault])
    return ActionResult(form.action)


async def _decide(
    building: Building, actor: Actor, resident: Resident, form: ActionForm
) -> None:
    match form.action:
        case Action.VETO:
            await async_veto_grant(building, actor, *form.key, resident.unit)
        case Action.CANCEL:
            await async_revoke_grant(building, actor, *form.key)
        case Action.REVOKE_PASS:
            await async_revoke_pass(building, actor, form.fields["pass"])
        case Action.PAUSE_UNIT:
            await async_pause(building, actor, resident.unit, _until(building, form))
        case Action.RESUME_UNIT:
            await async_resume(building, actor, resident.unit)
        case Action.SET_NOTE:
            await async_set_note(building, actor, resident.unit, form.fields["note"])
        case Action.CHOOSE_ERASURE:
            days = int(form.fields["days"]) if form.fields["days"] else None
            await async_choose_erasure(building, actor, resident, days)
        case Action.CHOOSE_VISITS:
            objects = form.fields["object"] == "yes"
            await async_choose_fleet_visits(building, actor, resident, objects=objects)
        case Action.PAUSE_BUILDING:
            await async_pause(building, actor, until=_until(building, form))
        case Action.RESUME_BUILDING:
            await async_resume(building, actor)
        case Action.READ_TEXT:
            await async_note_read(building, actor, resident)
        case _:
            change = _change_of(building, resident, form)
            await async_change_rules(building, actor, resident, change)


def _change_of(
    building: Building, resident: Resident, form: ActionForm
) -> Callable[[Rules], Rules]:
    """Return what an action changes in the resident's rules."""
    fields = form.fields
    match form.action:
        case Action.OPT_OUT | Action.WITHDRAW_CONSENT | Action.LIFT_BLOCK:
            consent = _CONSENTS[form.action]
            return lambda old: replace(old, consent=consent)
        case Action.LIFT_DENIAL:
            removed = building.rulebook.removed_couriers
            return partial(_without, fields["courier"], removed)
        case Action.OPEN_ONCE:
            times = dict(zip(_OPENING, form.opening, strict=True))
            return read_rules(building, resident, {"open_once": times})
        case Action.REMOVE_DAY:
            return partial(_without_day, fields["day"])
        case Action.NEW_COURIERS:
            given = {"new_couriers": fields["attitude"]}
            return read_rules(building, resident, given)
        case Action.ALLOW_COURIER:
            courier = named_courier(building, fields["courier"])
            return partial(_with_allowed, courier.id)
        case _:
            raise AssertionError(form.action)  # the others have results of their own


async def _give_consent(
    building: Building, actor: Actor, resident: Resident, form: ActionForm
) -> ActionResult:
    language = building.directory.addressees[resident.id].language
    text = await async_text_of(building, resident, language)
    if text.hash != form.fields.get("text"):
        return ActionResult(Failure.TEXT_CHANGED)

    def give(old: Rules) -> Rules:
        return replace(old, consent=Consent.GIVEN)

    await async_change_rules(building, actor, resident, give, text)
    return ActionResult(form.action)


def _until(building: Building, form: ActionForm) -> datetime | None:
    """Return the end of a pause; None for the default length."""
    now = dt_util.utcnow()
    match PauseLength(form.fields.get("length", PauseLength.DAY)):
        case PauseLength.HOUR:
            return now + timedelta(hours=1)
        case PauseLength.TONIGHT:
            tomorrow = now.astimezone(building.zone()).date() + timedelta(days=1)
            return datetime.combine(tomorrow, time(), building.zone())
        case PauseLength.DAY:
            return None


def _without(courier_id: str, removed: Collection[str], rules: Rules) -> Rules:
    """Return rules that say nothing about a courier, if it is one of those removed."""
    if courier_id not in removed:
        return rules
    couriers = {key: each for key, each in rules.couriers.items() if key != courier_id}
    return replace(rules, couriers=couriers)


def _with_allowed(courier_id: str, rules: Rules) -> Rules:
    """Return rules that no longer ask about a courier; a denial stays."""
    if rules.attitude(courier_id) is not Attitude.ASK:
        return rules
    return replace(rules, couriers={**rules.couriers, courier_id: Attitude.ALLOW})


def _without_day(first: str, rules: Rules) -> Rules:
    """Return rules without the other hours of the dates from the first one on."""
    kept = (
        each
        for each in rules.exceptions
        if not each.windows or each.first.isoformat() != first
    )
    return replace(rules, exceptions=tuple(kept))


async def _set_week(
    building: Building, actor: Actor, resident: Resident, week: WeekSchedule
) -> None:
    await async_change_rules(
        building, actor, resident, lambda old: replace(old, schedule=week)
    )


async def _set_hours(
    building: Building, actor: Actor, resident: Resident, form: ActionForm
) -> ActionResult:
    try:
        week = read_hours(form.fields)
    except InvalidHours as invalid:
        faults = [
            FormFault(f"page_{at.problem}", {"window": at.window}, at.field)
            for at in invalid.faults
        ]
        return ActionResult(Failure.NOT_POSSIBLE, faults=faults)
    await _set_week(building, actor, resident, week)
    return ActionResult(Action.SET_HOURS)


async def _expect(
    building: Building, actor: Actor, resident: Resident, form: ActionForm
) -> ActionResult:
    fields = form.fields
    courier, parcel = fields["courier"], fields["parcel"] or None
    longest = named_courier(building, courier).longest_grant
    named = fields.get("door")
    door = None if named is None else named_door(building, named)
    window = _window(building, resident, form, longest)
    if isinstance(window, WindowProblem):
        fault = FormFault(f"page_expect_{window}")
        return ActionResult(Failure.NOT_POSSIBLE, faults=[fault])
    starts_at, ends_at = window
    if form.opens_hours:
        opening = replace(form, action=Action.OPEN_ONCE)
        change = _change_of(building, resident, opening)
        await async_change_rules(building, actor, resident, change)
    if form.action is Action.EXPECT:
        units = (resident.unit_label,)
        delivery = Delivery(units, starts_at, ends_at, parcel_ref=parcel)
        door = door or _only_door(building, courier)
        issue = await async_issue_grant(building, actor, courier, door, delivery)
    else:
        changes = {"starts_at": starts_at, "ends_at": ends_at, "parcel_ref": parcel}
        issue = await async_revise_grant(building, actor, *form.key, changes, door)
    if issue.verdict.decision is Decision.REFUSED:
        return _refused(building, resident, issue)
    made, grant_id = None, issue.grant.key.grant_id
    if form.action is Action.EXPECT and not has_key(building, courier):
        # Drivers of a courier that sends no messages need a pass.
        with suppress(ServiceValidationError):  # the delivery is expected anyway
            made = await async_make_pass(building, actor, courier, grant_id)
    return ActionResult(form.action, made=made)


def _window(
    building: Building, resident: Resident, form: ActionForm, longest: timedelta
) -> tuple[datetime, datetime] | WindowProblem:
    """Return the times that the form opens hours for, or else those that it chooses."""
    if form.opens_hours:
        start, end = form.opening
        return on_wall_clock(building, start), on_wall_clock(building, end)
    hours, zone = _hours(building, resident), building.zone()
    return read_window(form.fields, hours, zone, longest, dt_util.utcnow())


def _refused(building: Building, resident: Resident, issue: Issue) -> ActionResult:
    """Return why a delivery was refused, as its home reads it, and for what hours can open."""
    grant, rules = issue.grant, building.rulebook.of(resident.id)
    refusal = refusal_by_rules(building, resident.unit, grant)
    why = FormFault(f"notification_reason_{issue.verdict.reason}")
    if refusal is not None:
        key = own_reason(REFUSED[refusal.layer], rules)
        why = FormFault(key, until=refusal.until)
    opens = None
    if may_open_once(rules, refusal, grant.ends_at - grant.starts_at):
        opens = Interval(grant.starts_at, grant.ends_at)
    faults = [FormFault("page_expect_refused"), why]
    return ActionResult(None, faults=faults, opens=opens)


def _only_door(building: Building, courier: str) -> Door:
    """Return the courier's first door: forms name none if there is only one."""
    doors = building.directory.doors
    own = [door for door in doors if door in named_courier(building, courier).door_ids]
    return named_door(building, own[0] if own else "")
