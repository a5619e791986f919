"""Carry out what the forms of the personal page ask for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import assert_never

from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType

from ...access.model import Consent, Decision, Door, Resident, Rules
from ...access.schedule import WeekSchedule
from ...access.written_hours import InvalidHours, read_hours
from ...api.commands import (
    async_change_rules,
    async_issue_grant,
    async_pause,
    async_renew_link,
    async_resume,
    async_revise_grant,
    async_revoke_grant,
    async_veto_grant,
)
from ...api.delivery_schema import ATTR_ENDS_AT, ATTR_PARCEL_REF, ATTR_STARTS_AT
from ...api.lookup import named_courier, named_door
from ...api.passes import async_make_pass, async_revoke_pass
from ...api.permissions import Actor, link_holder
from ...building.building import Building
from ...grants.by_residents import Delivery
from .contents import Failure, Result
from .forms import (
    COURIER,
    DOOR,
    PARCEL,
    PASS,
    Action,
    ActionForm,
    NoWindow,
    PauseLength,
    read_window,
)


@dataclass(frozen=True, slots=True)
class FormFault:
    """What is wrong with a form, or with one of its fields: the key of a text."""

    key: str
    placeholders: Mapping[str, str] = field(default_factory=dict)
    field: str = ""
    is_exception: bool = False


@dataclass(frozen=True, slots=True)
class ActionResult:
    """The result to show, if there is one besides the faults.

    `token` is the new one if the link was replaced, `made` a pass with its codes. A
    form with `faults` is shown again as it was filled in.
    """

    result: Result | None
    token: str | None = None
    made: JsonObjectType | None = None
    faults: Sequence[FormFault] = ()


_EXPLAINED = frozenset({Action.EXPECT, Action.REVISE, Action.MAKE_PASS})
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
                key = form.key
                made = await async_make_pass(
                    building, actor, key.courier_id, key.grant_id
                )
                return ActionResult(Action.MAKE_PASS, made=made)
            case Action.SET_HOURS:
                return await _set_hours(building, actor, resident, form)
            case Action.SET_WEEK:
                change = _with_hours(form.week)
                await async_change_rules(building, actor, resident, change)
                return ActionResult(Action.SET_HOURS)
            case Action.GIVE_CONSENT if not form.agreed:
                return ActionResult(Failure.NOT_AGREED)
            case Action.RENEW_LINK:
                token = await async_renew_link(building, actor, resident)
                return ActionResult(Action.RENEW_LINK, token)
            case _:
                await _decide(building, actor, resident, form)
    except ServiceValidationError as err:
        if form.action not in _EXPLAINED:
            return ActionResult(Failure.NOT_POSSIBLE)
        fault = FormFault(
            err.translation_key or "",
            err.translation_placeholders or {},
            is_exception=True,
        )
        return ActionResult(Failure.NOT_POSSIBLE, faults=[fault])
    return ActionResult(form.action)


async def _decide(
    building: Building, actor: Actor, resident: Resident, form: ActionForm
) -> None:
    match form.action:
        case Action.VETO:
            courier, grant_id = form.key.courier_id, form.key.grant_id
            await async_veto_grant(building, actor, courier, grant_id, resident.unit)
        case Action.CANCEL:
            courier, grant_id = form.key.courier_id, form.key.grant_id
            await async_revoke_grant(building, actor, courier, grant_id)
        case Action.REVOKE_PASS:
            await async_revoke_pass(building, actor, form.fields[PASS])
        case Action.PAUSE_UNIT:
            until = _until(building, form.pause_length)
            await async_pause(building, actor, resident.unit, until)
        case Action.RESUME_UNIT:
            await async_resume(building, actor, resident.unit)
        case Action.PAUSE_BUILDING:
            until = _until(building, form.pause_length)
            await async_pause(building, actor, until=until)
        case Action.RESUME_BUILDING:
            await async_resume(building, actor)
        case Action.GIVE_CONSENT:
            change = _with_consent(Consent.GIVEN)
            await async_change_rules(building, actor, resident, change)
        case Action.WITHDRAW_CONSENT:
            change = _with_consent(Consent.WITHDRAWN)
            await async_change_rules(building, actor, resident, change)
        case Action.LIFT_DENIAL:
            if (courier := form.fields[COURIER]) in building.rulebook.removed_couriers:
                change = _without_courier(courier)
                await async_change_rules(building, actor, resident, change)
        case (
            Action.EXPECT
            | Action.REVISE
            | Action.MAKE_PASS
            | Action.SET_HOURS
            | Action.SET_WEEK
            | Action.RENEW_LINK
        ):
            raise AssertionError(form.action)  # these have results of their own
        case _ as unknown:
            assert_never(unknown)


def _until(building: Building, length: PauseLength) -> datetime | None:
    """Return the end of a pause; None for the default length."""
    now = dt_util.utcnow()
    match length:
        case PauseLength.HOUR:
            return now + timedelta(hours=1)
        case PauseLength.TONIGHT:
            tomorrow = now.astimezone(building.zone()).date() + timedelta(days=1)
            return datetime.combine(tomorrow, time(), building.zone())
        case PauseLength.DAY:
            return None


def _with_consent(consent: Consent) -> Callable[[Rules], Rules]:
    return lambda rules: replace(rules, consent=consent)


def _without_courier(courier_id: str) -> Callable[[Rules], Rules]:
    return lambda rules: replace(
        rules,
        couriers={
            key: each for key, each in rules.couriers.items() if key != courier_id
        },
    )


def _with_hours(schedule: WeekSchedule) -> Callable[[Rules], Rules]:
    return lambda rules: replace(rules, schedule=schedule)


async def _expect(
    building: Building, actor: Actor, resident: Resident, form: ActionForm
) -> ActionResult:
    """Issue or revise a grant for the resident's own unit."""
    hours = building.rulebook.of(resident.id).hours
    courier, parcel = form.fields[COURIER], form.fields[PARCEL] or None
    longest = named_courier(building, courier).longest_grant
    now = dt_util.utcnow()
    try:
        starts_at, ends_at = read_window(
            form.fields, hours, building.zone(), longest, now
        )
    except NoWindow as none:
        fault = FormFault(f"page_expect_{none.problem}")
        return ActionResult(Failure.NOT_POSSIBLE, faults=[fault])
    if form.action is Action.EXPECT:
        delivery = Delivery(
            (resident.unit_label,), starts_at, ends_at, parcel_ref=parcel
        )
        door = _door(building, form, courier)
        issue = await async_issue_grant(building, actor, courier, door, delivery)
    else:
        changes = {
            ATTR_STARTS_AT: starts_at,
            ATTR_ENDS_AT: ends_at,
            ATTR_PARCEL_REF: parcel,
        }
        named = form.fields.get(DOOR)
        issue = await async_revise_grant(
            building,
            actor,
            courier,
            form.key.grant_id,
            changes,
            None if named is None else named_door(building, named),
        )
    if issue.verdict.decision is Decision.REFUSED:
        reason = f"notification_reason_{issue.verdict.reason}"
        faults = [FormFault("page_expect_refused"), FormFault(reason)]
        return ActionResult(None, faults=faults)
    return ActionResult(form.action)


def _door(building: Building, form: ActionForm, courier: str) -> Door:
    """Return the door that the form names, or the courier's only one."""
    if (named := form.fields.get(DOOR)) is not None:
        return named_door(building, named)
    doors = building.directory.doors
    own = [door for door in doors if door in named_courier(building, courier).door_ids]
    return named_door(building, own[0] if own else "")


async def _set_hours(
    building: Building, actor: Actor, resident: Resident, form: ActionForm
) -> ActionResult:
    try:
        schedule = read_hours(form.fields)
    except InvalidHours as invalid:
        faults = [
            FormFault(f"page_{at.problem}", {"window": at.window}, at.field)
            for at in invalid.faults
        ]
        return ActionResult(Failure.NOT_POSSIBLE, faults=faults)
    await async_change_rules(building, actor, resident, _with_hours(schedule))
    return ActionResult(Action.SET_HOURS)
