"""The personal pages of residents without an account: contents, requests, and downloads.

Anyone with the address acts as the resident (docs/explanation/security.md#who-learns-what).
There is no cookie that another site could misuse.
"""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from copy import replace
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from typing import Final, NamedTuple, cast, override
from urllib.parse import quote
from zoneinfo import ZoneInfo

from aiohttp import hdrs
from aiohttp.web import Request, Response, StreamResponse
from homeassistant.components.lock.const import LockState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import orjson

from ...access.hours import (
    FIELD_EVERY_DAY,
    WEEKDAYS,
    Interval,
    WeekSchedule,
    write_hours,
)
from ...access.model import (
    Attitude,
    Door,
    Grant,
    GrantKey,
    Resident,
    Rules,
)
from ...access.policy import ClosedReason
from ...access.rates import Rates
from ...api.about_me import Left, async_leavers
from ...api.acceptance import (
    Refusal,
    asks_now,
    asks_of,
    may_open_once,
    opens_of,
    refusal_of,
    why_shut,
)
from ...api.access_log import (
    MOST_ON_PAGE,
    VERIFIER,
    ReadEntry,
    async_entry_pages,
    async_read_entries,
    async_records_view,
    async_sheets,
    async_verify_records,
    entry_view,
    read_verifier,
)
from ...api.consent import async_text_of
from ...api.overview import chosen_days, note_of
from ...api.passes import MadePass
from ...api.permissions import link_holder
from ...building.building import Building
from ...building.status import lock_of
from ...building.verification import AskedTooOften
from ...const import (
    DOMAIN,
    MAX_NOTE_LENGTH,
    MAX_RETENTION_DAYS,
    MIN_RETENTION_DAYS,
)
from ...home_assistant.callbacks import name_of
from ...ledger.state.consent_texts import ConsentText
from ...ledger.state.entries import EntryFilter
from ...ledger.state.grants import Pass
from ...ledger.verify_record import witnesses_in
from ...residents.directory import Addressee, Responsible
from ...residents.fleet_visits import ResidentVisits
from ...residents.personal_links import PATH
from ..about_me import (
    async_about_page,
    async_page_of_leaver,
    async_visit_page,
    record_of,
)
from ..building_pages import ONCE, async_for_driver, new_once
from ..html import PageTexts, QrCode, async_qr_code, page_texts, render
from ..pages import (
    MOST_REMEMBERED,
    RETRY_AFTER,
    FormPage,
    attachment,
    limit,
    not_found,
    not_ready,
    page,
    redirect,
    too_many_requests,
)
from .actions import (
    FIXED,
    OF_RULES,
    REFUSED,
    RESULTS,
    SHOWN_HOURS,
    WEEK_PRESETS,
    Action,
    ActionForm,
    ActionResult,
    Choices,
    Failure,
    PauseLength,
    Preset,
    Result,
    WeekPreset,
    async_act,
    choices,
    own_reason,
    read_action,
)

MOST_ENTRIES: Final = 20
SHOWN_VISITS: Final = 5
"""The newest visits; the others are folded."""

_OF_DATA: Final = (Action.CHOOSE_ERASURE, Action.CHOOSE_VISITS)
"""The actions whose forms are on the page about stored data."""


class Draft(NamedTuple):
    """A form that was refused, as it was filled in; `messages` are by field.

    Those under "" concern the whole form. The resident's hours can open for what it
    `opens`.
    """

    action: Action
    fields: Mapping[str, str]
    messages: Mapping[str, Sequence[str]]
    opens: Interval | None = None

    @property
    def expected(self) -> Mapping[str, str]:
        """What a form for a new delivery like this one sends."""
        given = (*Action.EXPECT.required, "door")
        return {name: self.fields[name] for name in given if name in self.fields}


class DeliveryItem(NamedTuple):
    """An expected delivery to the unit; `is_mine` if this resident announced it.

    `refused` is what would refuse it as things stand, and it `opens` the door at these
    times. A pass `asks` the home first, if no rule lets it in. The resident's hours `may_open`
    for it.
    """

    grant: Grant
    courier: str
    door: str
    is_mine: bool = False
    passes: Sequence[Pass] = ()
    refused: Refusal | None = None
    opens: Sequence[Interval] = ()
    asks: bool = False
    may_open: bool = False


class DoorItem(NamedTuple):
    """A door with its lock's state, `unavailable` if it is unknown."""

    name: str
    state: str


class CheckResult(NamedTuple):
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

    A pending resident doesn't see what belongs to the unit. `for_driver` is what the
    driver with the pass that was `made` has to know. If a change of the access log
    ended the resident's consent, it was found at `altered_at`. A new consent is given to
    the `text`.
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
    rules_days: int
    log_months: int
    proof_days: int
    text: ConsentText
    has_new_text: bool = False
    asks: bool = False
    building_hours: WeekSchedule = WeekSchedule()
    altered_at: datetime | None = None
    is_one_home: bool = False
    responsible: Responsible | None = None
    has_older_entries: bool = False
    doors: Sequence[DoorItem] = ()
    conditions: Sequence[str] = ()
    choices: Choices | None = None
    result: Result | None = None
    check: CheckResult | None = None
    draft: Draft | None = None
    made: MadePass | None = None
    for_driver: str = ""
    qr: QrCode | None = None
    removed_couriers: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    chosen_days: int | None = None
    """After how many days the resident wants details erased, if they chose."""
    visits: ResidentVisits | None = None
    """What goes to the fleet of visits, if any does."""
    is_data: bool = False
    """Whether the page is the one about stored data: its downloads and its erasure."""


async def async_contents(building: Building, resident: Resident) -> PageContents:
    """Return the current contents of a resident's page."""
    entries = await async_read_entries(
        building, link_holder(resident), EntryFilter(MOST_ENTRIES + 1)
    )
    now = dt_util.utcnow()
    rulebook = building.rulebook
    rules = rulebook.of(resident.id)
    language = building.directory.addressees[resident.id].language
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
        asks=asks_now(building, resident, now),
        unit_paused_until=rulebook.pauses.until(resident.unit),
        building_paused_until=rulebook.pauses.until(),
        expected=[
            _delivery(building, resident, grant)
            for grant in building.grants.expected(resident.unit)
            if resident.is_confirmed
        ],
        entries=entries[:MOST_ENTRIES],
        has_older_entries=len(entries) > MOST_ENTRIES,
        retention_days=building.rulebook.erased_after(resident.id),
        rules_days=building.directory.retention_days,
        log_months=building.directory.log_months,
        proof_days=building.directory.proof_days,
        text=await async_text_of(building, resident, language),
        has_new_text=resident.id in rulebook.unshown,
        doors=[_door(building, door) for door in building.directory.doors.values()],
        building_hours=building.directory.building_hours.week,
        altered_at=rulebook.altered_at(resident.id),
        is_one_home=building.directory.is_one_home,
        responsible=building.directory.responsible,
        conditions=[name_of(building.hass, each) for each in rules.linked],
        choices=choices(building, resident, now) if resident.is_confirmed else None,
        note=note_of(building, link_holder(resident), resident) or "",
        chosen_days=chosen_days(building, resident),
        visits=rulebook.fleet_visits.of(resident),
    )


def _door(building: Building, door: Door) -> DoorItem:
    lock = lock_of(building, door)
    state = None if lock is None else building.hass.states.get(lock)
    shown = STATE_UNAVAILABLE
    if state is not None and state.state in LockState:
        shown = state.state
    return DoorItem(door.name, shown)


def _delivery(building: Building, resident: Resident, grant: Grant) -> DeliveryItem:
    directory = building.directory
    refused = refusal_of(building, resident.unit, grant)
    rules, lasts = building.rulebook.of(resident.id), grant.ends_at - grant.starts_at
    return DeliveryItem(
        grant=grant,
        courier=directory.couriers[grant.key.courier_id].name,
        door=directory.doors[grant.door_id].name,
        is_mine=link_holder(resident).is_issuer(grant.issuer),
        passes=list(building.passes.of_grants([grant])),
        refused=refused,
        opens=opens_of(building, [resident.unit], grant),
        asks=refused is None and asks_of(building, [resident.unit], grant),
        may_open=may_open_once(rules, refused, lasts),
    )


class _Form(NamedTuple):
    """A folded form as it is filled in; it's open, with messages by field, if it was refused."""

    values: Mapping[str, str]
    messages: Mapping[str, Sequence[str]]
    is_open: bool


def personal_page(texts: PageTexts, contents: PageContents) -> str:
    """Return the page."""
    rules, choices, altered = contents.rules, contents.choices, contents.altered_at
    today = contents.now.astimezone(texts.zone).date()
    coming = [each for each in rules.exceptions if each.last >= today]
    return render(
        "personal.html.j2",
        texts=texts,
        page=contents,
        new_once=new_once,
        shown_visits=SHOWN_VISITS,
        deliveries=[
            (each, _change(contents, each, texts.zone)) for each in contents.expected
        ],
        altered=altered and texts.day(altered.astimezone(texts.zone).date()),
        parcel=None if choices is None else _new(contents, choices),
        times=None if choices is None else _times(texts, choices),
        pause_lengths=PauseLength,
        longest_note=MAX_NOTE_LENGTH,
        days_range=(MIN_RETENTION_DAYS, MAX_RETENTION_DAYS),
        refused=REFUSED,
        own_reason=own_reason,
        is_pending=contents.result in OF_RULES and not contents.is_confirmed,
        is_kept_out=own_reason(f"page_shut_{contents.shut}", rules)
        == "page_shut_kept_out",
        building_hours=", ".join(texts.week(contents.building_hours)),
        weeks=[
            (preset, _hours_of(texts, preset), week == rules.schedule)
            for preset, week in WEEK_PRESETS.items()
        ],
        hours=_hours(contents),
        days_off=[texts.exception(each) for each in coming if not each.windows],
        other_hours={
            each.first: texts.exception(each) for each in coming if each.windows
        },
        attitudes=_attitudes(texts, contents),
        asked_about={
            courier_id: name
            for courier_id, name in contents.couriers.items()
            if rules.attitude(courier_id) is Attitude.ASK
        },
    )


def _form(values: Mapping[str, str], draft: Draft | None) -> _Form:
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
    values = {**choices.preselected, "from": "", "to": "", "parcel": ""}
    return _form(values, draft)


def _change(contents: PageContents, delivery: DeliveryItem, zone: ZoneInfo) -> _Form:
    grant = delivery.grant
    start, end = grant.starts_at.astimezone(zone), grant.ends_at.astimezone(zone)
    values: dict[str, str] = {
        "door": grant.door_id,
        "day": start.date().isoformat(),
        "hours": Preset.OTHER,
        "from": f"{start:%H:%M}",
        "to": f"{end:%H:%M}",
        "parcel": grant.delivery.parcel_ref or "",
    }
    draft = contents.draft
    is_refused = draft is not None and _revises(draft, delivery)
    return _form(values, draft if is_refused else None)


def _revises(draft: Draft, delivery: DeliveryItem) -> bool:
    return draft.action is Action.REVISE and delivery.grant.key == GrantKey(
        draft.fields["courier"], draft.fields["grant"]
    )


def _times(texts: PageTexts, choices: Choices) -> Mapping[str, str]:
    names = {
        Preset.MINE: texts.plain("page_my_hours"),
        Preset.ALL_DAY: texts.plain("notification_all_day"),
        Preset.OTHER: texts.plain("page_other_times"),
    } | {
        preset: texts.times.hours((_second(start), _second(end)))
        for preset, (start, end) in FIXED.items()
        if preset is not Preset.ALL_DAY
    }
    return {preset: names[preset] for preset in choices.presets}


def _hours_of(texts: PageTexts, preset: WeekPreset) -> str | None:
    if (hours := SHOWN_HOURS.get(preset)) is None:
        return None
    start, end = hours
    return texts.times.hours((_second(time(start)), _second(time(end))))


def _second(at: time) -> int:
    return (at.hour * 60 + at.minute) * 60


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


EXPORTS_PER_MINUTE: Final = 6

RESULT: Final = "said"


class _Holder(NamedTuple):
    """The resident of a page."""

    building: Building
    resident: Resident
    left: Left | None = None
    """Set if they left: they can only read what is stored about them."""


class PersonalPage(FormPage[_Holder, ActionForm]):
    """The personal pages of all residents of all buildings."""

    url = f"{PATH}/{{token}}"
    name = "api:courier_access:personal"
    most_bytes = 16_384
    pages_per_minute = 60

    def __init__(self, hass: HomeAssistant) -> None:
        super().__init__(hass)
        self._exports = Rates(MOST_REMEMBERED)
        self._downloads = Counter[str]()
        self._answered = deque[int](maxlen=MOST_REMEMBERED)
        """The newest forms that are done once: sent again, they do nothing."""
        self._under_way: dict[int, asyncio.Task[ActionResult]] = {}
        """Such forms that are being done: sent again by a second tap, they are one."""

    @override
    async def _show(self, request: Request, token: str) -> StreamResponse:
        holder = await self._admit(request, token)
        if "about" in request.query or holder.left is not None:
            return await self._about(holder)
        if "visit" in request.query:
            return await self._visit(holder, request.query["visit"])
        if "export" in request.query or "entries" in request.query:
            return await self._download(request, holder)
        if "verifier" in request.query:
            program = await self._hass.async_add_executor_job(read_verifier)
            return Response(
                text=program,
                content_type="text/x-python",
                charset="utf-8",
                headers=attachment(VERIFIER.name),
            )
        contents = await async_contents(holder.building, holder.resident)
        result = RESULTS.get(request.query.get(RESULT, ""))
        is_data = "data" in request.query or result in _OF_DATA
        contents = replace(contents, result=result, is_data=is_data)
        return await self._render(holder, contents)

    async def _about(self, holder: _Holder) -> Response:
        limit(self._exports, holder.resident.id, EXPORTS_PER_MINUTE)
        building, own = holder.building, link_holder(holder.resident)
        if holder.left is not None:
            return await async_page_of_leaver(building, own, holder.left)
        return await async_about_page(building, own, holder.resident.id)

    async def _visit(self, holder: _Holder, named: str) -> Response:
        building, own = holder.building, link_holder(holder.resident)
        language = building.directory.addressees[holder.resident.id].language
        try:
            return await async_visit_page(building, own, record_of(named), language)
        except ServiceValidationError:
            raise not_found() from None

    async def _render(self, holder: _Holder, shown: PageContents) -> Response:
        return page(personal_page(await self._texts(holder), shown))

    async def _texts(self, holder: _Holder) -> PageTexts:
        language = holder.building.directory.addressees[holder.resident.id].language
        return await page_texts(self._hass, language, holder.building.zone())

    async def _download(self, request: Request, holder: _Holder) -> StreamResponse:
        limit(self._exports, holder.resident.id, EXPORTS_PER_MINUTE)
        building, resident = holder.building, holder.resident
        if self._downloads[resident.id] >= AT_ONCE:
            raise too_many_requests(RETRY_AFTER)
        texts = await self._texts(holder)
        if "entries" in request.query:
            pieces = async_sheets(building, link_holder(resident), texts.texts)
            kind, name = "text/csv", "courier-access.csv"
        else:
            pieces = export_pieces(building, resident, texts.plain("page_take_says"))
            kind, name = "application/json", "courier-access.json"
        self._downloads[resident.id] += 1
        try:
            return await _send(request, pieces, kind, name)
        finally:
            self._downloads[resident.id] -= 1
            self._downloads += Counter()  # remove zeros

    async def _check(self, holder: _Holder, notification: str) -> Response:
        """Return the page itself: checking again does no harm."""
        given = notification.strip()
        witnessed = bool(witnesses_in(given))
        try:
            found, standing = await async_verify_records(
                holder.building,
                link_holder(holder.resident),
                given if witnessed else None,
            )
        except AskedTooOften as often:
            raise too_many_requests(often.seconds) from None
        check = CheckResult(
            found.records - found.sealed,
            found.broken_at,
            [(witness.record, each.value) for witness, each in standing.items()],
            is_read=witnessed or not given,
        )
        contents = await async_contents(holder.building, holder.resident)
        return await self._render(holder, replace(contents, check=check))

    @override
    def _caller(self, request: Request, found: _Holder) -> str:
        return found.resident.id

    @override
    def _read(self, body: bytes) -> ActionForm:
        return read_action(body)

    @override
    async def _do(
        self,
        request: Request,
        token: str,
        holder: _Holder,
        form: ActionForm,
    ) -> Response:
        if holder.left is not None:
            raise not_found()
        if form.action is Action.CHECK_RECORD:
            return await self._check(holder, form.fields["notification"])
        building, resident = holder.building, holder.resident
        done = await self._once(holder, form)
        if done is None:
            return redirect(f"?{RESULT}={Failure.SENT_AGAIN}")
        if done.made is None and not done.faults:
            # Relatively: only a renewal's response has a token.
            to = "" if done.token is None else quote(done.token, safe="")
            return redirect(f"{to}?{RESULT}={done.result or ''}")
        # Codes are shown once, and a refused form as it was: neither has an address.
        contents = replace(
            await async_contents(building, resident),
            result=done.result,
            draft=await self._draft(holder, form, done) if done.faults else None,
        )
        if (made := done.made) is not None:
            contents = replace(
                contents,
                made=made,
                for_driver=await async_for_driver(building, made),
                qr=await async_qr_code(self._hass, made.link),
            )
        return await self._render(holder, contents)

    async def _once(self, holder: _Holder, form: ActionForm) -> ActionResult | None:
        """Carry out a form; return None if the same one, with all its fields, is done.

        Its pass may have been sent on, and a new one would end it.
        """
        building, resident = holder.building, holder.resident
        sent = None
        if ONCE in form.fields:
            sent = hash((resident.id, frozenset(form.fields.items())))
        if sent in self._answered:
            return None
        work = self._under_way.get(sent) if sent is not None else None
        if work is None:
            name = f"{DOMAIN} personal page"
            work = building.host.run(async_act(building, resident, form), name)
            if sent is not None:
                self._under_way[sent] = work
                work.add_done_callback(partial(self._end, sent, form))
        return await asyncio.shield(work)

    def _end(
        self, sent: int, form: ActionForm, work: asyncio.Task[ActionResult]
    ) -> None:
        del self._under_way[sent]
        if work.cancelled() or work.exception() is not None:
            return
        # What was refused can be sent again; hours that it opened stay open.
        if form.opens_hours or not work.result().faults:
            self._answered.append(sent)

    async def _draft(
        self, holder: _Holder, form: ActionForm, done: ActionResult
    ) -> Draft:
        page_texts = await self._texts(holder)
        texts, hours = page_texts.texts, holder.building.directory.building_hours
        errors = await async_get_translations(
            self._hass, texts["page_lang"], "exceptions", [DOMAIN]
        )
        messages = defaultdict[str, list[str]](list)
        for fault in done.faults:
            known = (
                errors[f"component.{DOMAIN}.exceptions.{fault.key}.message"]
                if fault.is_exception
                else texts[fault.key]
            )
            until = page_texts.moment(fault.until) if fault.until else ""
            said = {"until": until, "hours": ", ".join(page_texts.week(hours.week))}
            messages[fault.field].append(known.format(**{**said, **fault.placeholders}))
        return Draft(form.action, form.fields, messages, done.opens)

    @override
    async def _find(self, token: str) -> _Holder:
        buildings, missing = self._buildings()
        for building in buildings:
            resident_id = building.links.resident_of(token)
            if resident_id is None:
                continue
            resident = building.residents.get(resident_id)
            if resident is not None:
                if self._is_current(building, resident):
                    return _Holder(building, resident)
            elif left := (await async_leavers(building)).get(resident_id):
                return _Holder(building, left.addressee.resident, left)
        raise missing

    def _is_current(self, building: Building, resident: Resident) -> bool:
        """Whether the resident's current settings still allow the link."""
        subentry = building.entry.subentries.get(resident.id)
        if subentry is None:
            return False
        now = Addressee.from_subentry(self._hass, subentry).resident
        if now.user_id is not None:
            return False
        if now != building.directory.addressees[resident.id].resident:
            raise not_ready()
        return True


AT_ONCE: Final = 2
"""Downloads that a resident may run at once."""

SLOWEST: Final = 60.0
"""Seconds in which a client must receive a slice."""

_SLICE: Final = 65_536


async def _send(
    request: Request,
    pieces: AsyncGenerator[bytes],
    kind: str,
    name: str,
) -> StreamResponse:
    charset = "utf-8" if kind.startswith("text/") else None
    async with aclosing(pieces):
        first = await anext(pieces)
        if request.method == hdrs.METH_HEAD:
            return Response(
                content_type=kind, charset=charset, headers=attachment(name)
            )
        response = StreamResponse(headers=attachment(name))
        response.content_type = kind
        response.charset = charset
        await response.prepare(request)
        try:
            await _write(response, first)
            async for piece in pieces:
                await _write(response, piece)
        except HomeAssistantError, RecordsDeleted, TimeoutError:
            # Without its final chunk, the file can't be mistaken for a complete one.
            if request.transport is not None:
                request.transport.abort()
        return response


async def _write(response: StreamResponse, piece: bytes) -> None:
    for start in range(0, len(piece), _SLICE):
        async with asyncio.timeout(SLOWEST):
            await response.write(piece[start : start + _SLICE])


class RecordsDeleted(Exception):
    """Older records were deleted during an export, so its pages don't fit together."""


async def export_pieces(
    building: Building, resident: Resident, about: str
) -> AsyncGenerator[bytes]:
    """Write a resident's entries, and the records to verify them with, as JSON.

    Raise RecordsDeleted if older ones are deleted meanwhile: the download must begin again.
    """
    actor = link_holder(resident)
    begun = await async_records_view(building, actor, 0, 1)
    head, sealed = begun["head"], begun["sealed"]
    note = note_of(building, actor, resident)
    opening = orjson.dumps(
        {
            "about": about,
            "building": building.entry.title,
            "unit": resident.unit_label,
            "driver_notes": {resident.unit_label: note} if note else {},
            "exported_at": dt_util.utcnow().isoformat(),
            "entries_up_to": cast("JsonObjectType", head)["record"],
            "sealed": sealed,
        }
    )
    yield opening.removesuffix(b"}") + b',\n"entries": ['
    between = b"\n"
    async for entries in async_entry_pages(building, actor):
        yield _listed(list(map(entry_view, entries)), between)
        between = b",\n"
    yield b'\n],\n"records": ['
    between = b"\n"
    after: int | None = 0
    while after is not None:
        found = await async_records_view(building, actor, after, MOST_ON_PAGE)
        if found["sealed"] != sealed:
            raise RecordsDeleted
        yield _listed(cast("Sequence[JsonValueType]", found["records"]), between)
        between = b",\n"
        head, after = found["head"], cast("int | None", found["next"])
    yield b'\n],\n"head": ' + orjson.dumps(head) + b"}\n"


def _listed(values: Sequence[JsonValueType], between: bytes) -> bytes:
    return between + b",\n".join(map(orjson.dumps, values)) if values else b""
