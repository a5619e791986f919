"""What a personal page shows, how it is read, and how its forms are filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from homeassistant.components.lock.const import LockState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.util import dt as dt_util

from ...access.hours import FIELD_EVERY_DAY, WEEKDAYS, write_hours
from ...access.model import (
    Attitude,
    Door,
    EntryDecision,
    Grant,
    GrantKey,
    Resident,
    Rules,
)
from ...access.policy import ClosedReason
from ...api.acceptance import why_shut
from ...api.access_log import ReadEntry, async_read_entries, async_verify_records
from ...api.overview import lock_of
from ...api.passes import MadePass
from ...api.permissions import link_holder
from ...building.building import Building
from ...home_assistant.callbacks import name_of
from ...ledger.state.entries import EntryFilter, EntryRow
from ...ledger.state.grants import Pass
from ...ledger.verify_record import witnesses_in
from ..html import PageTexts, QrCode, render
from .actions import (
    FIXED,
    SHOWN_HOURS,
    WEEK_PRESETS,
    Action,
    Choices,
    PauseLength,
    Preset,
    Result,
    choices,
)

MOST_ENTRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was refused, as it was filled in; `messages` are by field.

    Those under "" concern the whole form.
    """

    action: Action
    fields: Mapping[str, str]
    messages: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class DeliveryItem:
    """An expected delivery to the unit; `is_mine` if this resident announced it."""

    key: GrantKey
    courier: str
    door: str
    starts_at: datetime
    ends_at: datetime
    parcel_ref: str | None
    door_id: str = ""
    is_mine: bool = False
    passes: Sequence[Pass] = ()


@dataclass(frozen=True, slots=True)
class DoorItem:
    """A door with its lock's state, `unavailable` if it is unknown, and the latest visit."""

    name: str
    state: str
    visit: EntryRow | None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of a check; `broken_at` is the first record that doesn't match.

    `notifications` are the records that the notification names, each with its standing.
    `is_read` is false if the text names no record.
    """

    records: int
    broken_at: int | None
    notifications: Sequence[tuple[int, str]]
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class PageContents:
    """The contents of the page; `shut` is None if some courier is admitted now.

    A pending resident doesn't see what belongs to the unit.
    """

    building: str
    unit: str
    now: datetime
    rules: Rules
    couriers: Mapping[str, str]
    is_confirmed: bool
    shut: ClosedReason | None
    unit_paused_until: datetime | None
    building_paused_until: datetime | None
    expected: Sequence[DeliveryItem]
    entries: Sequence[ReadEntry]
    retention_days: int
    has_older_entries: bool = False
    doors: Sequence[DoorItem] = ()
    conditions: Sequence[str] = ()
    choices: Choices | None = None
    result: Result | None = None
    check: CheckResult | None = None
    draft: Draft | None = None
    made: MadePass | None = None
    qr: QrCode | None = None
    removed_couriers: Mapping[str, str] = field(default_factory=dict)


async def async_contents(building: Building, resident: Resident) -> PageContents:
    """Return the current contents of a resident's page."""
    entries = await async_read_entries(
        building, link_holder(resident), EntryFilter(MOST_ENTRIES + 1)
    )
    now = dt_util.utcnow()
    rulebook = building.rulebook
    rules = rulebook.of(resident.id)
    unit_pause, building_pause = (
        rulebook.pauses.of_unit(resident.unit),
        rulebook.pauses.of_building(),
    )
    return PageContents(
        building=building.entry.title,
        unit=resident.unit_label,
        now=now,
        rules=rules,
        couriers={
            courier.id: courier.name for courier in building.directory.couriers.values()
        },
        removed_couriers=rulebook.removed_and_denied(rules),
        is_confirmed=resident.is_confirmed,
        shut=why_shut(building, resident, now),
        unit_paused_until=None if unit_pause is None else unit_pause.until,
        building_paused_until=None if building_pause is None else building_pause.until,
        expected=[
            _delivery(building, resident, grant)
            for grant in building.grants.expected(resident.unit)
            if resident.is_confirmed
        ],
        entries=entries[:MOST_ENTRIES],
        has_older_entries=len(entries) > MOST_ENTRIES,
        retention_days=building.directory.retention_days,
        doors=[
            _door(building, door, entries) for door in building.directory.doors.values()
        ],
        conditions=[name_of(building.hass, each) for each in rules.linked],
        choices=choices(building, rules.hours, now) if resident.is_confirmed else None,
    )


async def async_check(
    building: Building, resident: Resident, notification: str
) -> CheckResult:
    """Verify the ledger, and the records of a notification if one is given.

    Raise AskedTooOften if the resident has to wait.
    """
    given = notification.strip()
    witnessed = bool(witnesses_in(given))
    found, standing = await async_verify_records(
        building, link_holder(resident), given if witnessed else None
    )
    return CheckResult(
        records=found.records,
        broken_at=found.broken_at,
        notifications=[
            (witness.record, each.value) for witness, each in standing.items()
        ],
        is_read=witnessed or not given,
    )


def _door(building: Building, door: Door, entries: Sequence[ReadEntry]) -> DoorItem:
    lock = lock_of(building, door)
    state = None if lock is None else building.hass.states.get(lock)
    visit = next(
        (
            entry.row
            for entry in entries
            if entry.row.door_id == door.id
            and entry.row.decision is not EntryDecision.REFUSED
        ),
        None,
    )
    is_known = state is not None and state.state in LockState
    return DoorItem(
        door.name, state.state if state and is_known else STATE_UNAVAILABLE, visit
    )


def _delivery(building: Building, resident: Resident, grant: Grant) -> DeliveryItem:
    directory = building.directory
    return DeliveryItem(
        key=grant.key,
        courier=directory.couriers[grant.key.courier_id].name,
        door=directory.doors[grant.door_id].name,
        starts_at=grant.starts_at,
        ends_at=grant.ends_at,
        parcel_ref=grant.delivery.parcel_ref,
        door_id=grant.door_id,
        is_mine=link_holder(resident).is_issuer(grant.issuer),
        passes=list(building.passes.of_grants([grant])),
    )


@dataclass(frozen=True, slots=True)
class _Form:
    """A folded form as it is filled in; it's open, with messages by field, if it was refused."""

    values: Mapping[str, str]
    messages: Mapping[str, Sequence[str]]
    is_open: bool


def personal_page(texts: PageTexts, contents: PageContents) -> str:
    """Return the page."""
    rules, choices = contents.rules, contents.choices
    today = contents.now.astimezone(texts.zone).date()
    coming = [each for each in rules.exceptions if each.last >= today]
    return render(
        "personal.html.j2",
        texts=texts,
        page=contents,
        next=min(contents.expected, key=lambda each: each.starts_at, default=None),
        deliveries=[
            (each, _change(contents, each, texts.zone)) for each in contents.expected
        ],
        parcel=None if choices is None else _new(contents, choices),
        times=None if choices is None else _times(texts, choices),
        pause_lengths=PauseLength,
        weeks=[
            (preset, SHOWN_HOURS.get(preset), week == rules.schedule)
            for preset, week in WEEK_PRESETS.items()
        ],
        hours=_hours(contents),
        days_off=[texts.exception(each) for each in coming if not each.windows],
        other_hours=[texts.exception(each) for each in coming if each.windows],
        attitudes=_attitudes(texts, contents),
    )


def _form(values: Mapping[str, str], draft: Draft | None) -> _Form:
    """Return a form, filled in as it was if it was refused."""
    if draft is None:
        return _Form(values, {}, is_open=False)
    return _Form({**values, **draft.fields}, draft.messages, is_open=True)


def _new(contents: PageContents, choices: Choices) -> _Form:
    """Return the form for a parcel that isn't expected, or not anymore."""
    draft = contents.draft
    if draft is not None and (
        draft.action not in (Action.EXPECT, Action.REVISE)
        or any(_revises(draft, each) for each in contents.expected)
    ):
        draft = None
    values: dict[str, str] = {
        "courier": next(iter(choices.couriers)),
        "door": "",
        "day": choices.first.isoformat(),
        "hours": choices.presets[0],
        "from": "",
        "to": "",
        "parcel": "",
    }
    return _form(values, draft)


def _change(contents: PageContents, delivery: DeliveryItem, zone: ZoneInfo) -> _Form:
    start, end = delivery.starts_at.astimezone(zone), delivery.ends_at.astimezone(zone)
    values: dict[str, str] = {
        "door": delivery.door_id,
        "day": start.date().isoformat(),
        "hours": Preset.OTHER,
        "from": f"{start:%H:%M}",
        "to": f"{end:%H:%M}",
        "parcel": delivery.parcel_ref or "",
    }
    draft = contents.draft
    is_refused = draft is not None and _revises(draft, delivery)
    return _form(values, draft if is_refused else None)


def _revises(draft: Draft, delivery: DeliveryItem) -> bool:
    return draft.action is Action.REVISE and (
        draft.fields["courier"],
        draft.fields["grant"],
    ) == (delivery.key.courier_id, delivery.key.grant_id)


def _times(texts: PageTexts, choices: Choices) -> Mapping[str, str]:
    names = {
        Preset.MINE: texts.plain("page_my_hours"),
        Preset.ALL_DAY: texts.plain("page_all_day"),
        Preset.OTHER: texts.plain("page_other_times"),
    } | {
        preset: texts.plain("page_hours", start=f"{start:%H:%M}", end=f"{end:%H:%M}")
        for preset, (start, end) in FIXED.items()
        if preset is not Preset.ALL_DAY
    }
    return {preset: names[preset] for preset in choices.presets}


def _hours(contents: PageContents) -> _Form:
    written = write_hours(contents.rules.schedule)
    every_day = written.get(FIELD_EVERY_DAY, "")
    values = {day: written.get(day, every_day) for day in WEEKDAYS}
    draft = contents.draft
    is_refused = draft is not None and draft.action is Action.SET_HOURS
    return _form(values, draft if is_refused else None)


def _attitudes(texts: PageTexts, contents: PageContents) -> Mapping[str, Attitude]:
    """Return the default attitude, and those to couriers that differ from it, by name."""
    rules = contents.rules
    return {texts.plain("panel_by_default"): rules.default} | {
        contents.couriers[courier_id]: attitude
        for courier_id, attitude in rules.couriers.items()
        if attitude is not rules.default and courier_id in contents.couriers
    }
