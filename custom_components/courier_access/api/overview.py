"""What a user sees of a building, and what administrators see besides.

The administrator's view has no key, address, or token, and of residents' decisions only
their consent.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Final, cast

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import CALLBACK_TYPE, Context, Event, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType

from ..access.model import Consent, Door, Grant, Resident
from ..access.parcels import day_of
from ..building.building import Building, CourierAccessConfigEntry, ledger_path
from ..building.status import follow_kept_out, kept_out_by, lock_of
from ..const import DOMAIN
from ..contract.signature import Version
from ..couriers.addresses import listen_to_cloud, reach_of
from ..couriers.inbox import courier_activity
from ..couriers.keys import CourierKeys, uses_newest_key
from ..doors.bells import BellWatch
from ..doors.doors import sheets_of
from ..entries.request import Waiting
from ..grants.grants import place
from ..grants.issue import Issue
from ..grants.parcel_sources import SourceReport
from ..home_assistant.callbacks import entity_id_of, state_of
from ..home_assistant.host import external_url, is_reachable
from ..home_assistant.issues import FIX, SUBJECT, Issues
from ..ledger.files import file_sizes
from ..ledger.ledger import LedgerUnavailable
from ..ledger.seals import sealed_up_to
from ..ledger.state.grants import refused_without_consent
from ..notifications.targets import routes
from ..residents.directory import hours_of
from ..residents.fleet_visits import begins_at, waits_for
from .acceptance import (
    asks_now,
    asks_of,
    has_hours,
    is_accepting,
    next_change,
    opens_of,
    refusal_of,
    why_shut,
)
from .access_log import instant_view
from .passes import pass_view
from .permissions import Actor, Permission, async_acting

MOST_GRANTS: Final = 500


def is_visible(actor: Actor) -> bool:
    return actor.may(Permission.READ_GRANTS)


def not_ready(hass: HomeAssistant) -> list[str]:
    """Return the IDs of buildings that are not loaded, or have no ledger."""
    return [
        entry.entry_id
        for entry in hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        if entry.state is not ConfigEntryState.LOADED
        or entry.runtime_data.fault is not None
    ]


def overview_of(building: Building, actor: Actor) -> JsonObjectType | None:
    """Return the actor's overview of a building; None if it is empty.

    Without its ledger, only the administrator sees the building, with its fault.
    """
    if building.fault is None:
        return overview_view(building, actor) if is_visible(actor) else None
    if not actor.may(Permission.READ_BUILDING):
        return None
    return {
        "building": building.entry.entry_id,
        "name": building.entry.title,
        "time_zone": building.zone().key,
        "fault": building.fault.value,
    }


def administrator_view_of(building: Building, actor: Actor) -> JsonObjectType | None:
    """Return the administrator's view of a building; None to anybody else."""
    is_administrator = actor.may(Permission.READ_BUILDING)
    return building_view(building, actor) if is_administrator else None


async def async_overview(hass: HomeAssistant, context: Context) -> JsonObjectType:
    """Return a user's overview of all loaded buildings."""
    views: list[JsonObjectType] = []
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        building: Building = entry.runtime_data
        actor = await async_acting(building, context)
        if (view := overview_of(building, actor)) is not None:
            views.append(view)
    return buildings_view(hass, views)


def buildings_view(
    hass: HomeAssistant, views: Iterable[JsonObjectType]
) -> JsonObjectType:
    """Return the overviews of buildings, with those without a ledger apart."""
    whole: list[JsonValueType] = []
    without: list[JsonValueType] = []
    for each in views:
        (without if "fault" in each else whole).append(each)
    return {
        "buildings": whole,
        "without_ledger": without,
        "not_ready": list[JsonValueType](not_ready(hass)),
    }


def shown_residents(building: Building, actor: Actor) -> list[Resident]:
    return [
        resident
        for resident in building.residents.values()
        if actor.may(Permission.READ_RULES, resident)
    ]


def overview_view(building: Building, actor: Actor) -> JsonObjectType:
    """Return a building's overview, as the actor may see it."""
    actor.check(Permission.READ_GRANTS)
    directory = building.directory
    expected, has_more = _expected(building, actor)
    return {
        "building": building.entry.entry_id,
        "name": building.entry.title,
        "time_zone": building.zone().key,
        "is_owner": actor.is_administrator,
        "is_one_home": directory.is_one_home,
        "doors": [
            {
                "door": door.id,
                "name": door.name,
                "lock": lock_of(building, door),
                "codes_off": building.wrong_codes.are_off(door.id),
                "unasked_rings": _unasked_rings(building, actor, door),
            }
            for door in directory.doors.values()
        ],
        "couriers": [
            {
                "courier": courier.id,
                "name": courier.name,
                "enabled": courier.enabled,
                "doors": [door for door in directory.doors if door in courier.door_ids],
                "longest_grant_hours": courier.longest_grant / timedelta(hours=1),
                "has_key": has_key(building, courier.id),
            }
            for courier in directory.couriers.values()
        ],
        "paused_until": instant_view(building.rulebook.pauses.until()),
        "retention_days": directory.retention_days,
        "log_months": directory.log_months,
        "proof_days": directory.proof_days,
        "hours": hours_view(building.entry),
        "residents": [
            resident_view(building, actor, resident)
            for resident in shown_residents(building, actor)
        ],
        "pending_residents": _pending_views(building, actor),
        "questions": _question_views(building, actor),
        "expected": [_expected_view(building, actor, grant) for grant in expected],
        "more_expected": has_more,
    }


def _unasked_rings(building: Building, actor: Actor, door: Door) -> list[JsonValueType]:
    """Return the rings that the actor's units weren't asked about, and until when.

    Too many rings at that doorbell went unanswered. Or the units were asked often enough
    about their delivery, which doesn't end.
    """
    return [
        {
            "rang_at": instant_view(watch.last_ring),
            "asks_again_at": instant_view(asks_again_at),
        }
        for bell, watch in building.bells.items()
        if bell.door_id == door.id
        and (ring := building.rings.get(bell))
        and not ring.unasked.isdisjoint(actor.units)
        and ((asks_again_at := _asks_again_at(building, ring)) or not ring.is_too_many)
    ]


def _asks_again_at(building: Building, ring: Waiting) -> datetime | None:
    return building.questions.bell_asks_at(ring) if ring.is_too_many else None


def _expected(building: Building, actor: Actor) -> tuple[list[Grant], bool]:
    """Return the first expected deliveries, and whether there are more.

    Those to the actor's units are all among them: each can be vetoed.
    """
    first = islice(building.grants.to_come(), MOST_GRANTS)
    own = building.grants.expected_by(actor.units)
    expected = {grant.key: grant for grant in (*first, *own)}
    has_more = any(grant.key not in expected for grant in building.grants.to_come())
    return sorted(expected.values(), key=place), has_more


def get_grants(
    building: Building, actor: Actor, door: Door | None = None
) -> JsonObjectType:
    """Return expected deliveries, at a door if one is given.

    Residents get those of their units. The administrator gets all, without others'
    units.
    """
    actor.check(Permission.READ_GRANTS)
    expected = (
        building.grants.to_come()
        if actor.is_administrator
        else building.grants.expected_by(actor.units)
    )
    grants = list(
        islice(
            (grant for grant in expected if door is None or grant.door_id == door.id),
            MOST_GRANTS + 1,
        )
    )
    return {
        "grants": [_grant_view(building, actor, each) for each in grants[:MOST_GRANTS]],
        "more": len(grants) > MOST_GRANTS,
    }


def issue_view(issue: Issue) -> JsonObjectType:
    """Return the reply to an issued grant: the same as a courier gets."""
    grant, verdict = issue.grant, issue.verdict
    view: JsonObjectType = {
        "courier": issue.courier.name,
        "courier_id": issue.courier.id,
        "grant_id": grant.key.grant_id,
        "decision": verdict.decision.value,
        "reason": verdict.reason.value,
        "units": [grant.unit_labels[unit] for unit in grant.accepted_units],
        "starts_at": instant_view(grant.starts_at),
        "ends_at": instant_view(grant.ends_at),
    }
    for name, windows in (
        ("usable", verdict.usable),
        ("next_windows", verdict.next_windows),
    ):
        if windows is not None:
            view[name] = [
                {"from": instant_view(each.start), "until": instant_view(each.end)}
                for each in windows
            ]
    return view


def resident_view(
    building: Building, actor: Actor, resident: Resident
) -> JsonObjectType:
    """Return a resident and the rules, for somebody who may read them."""
    now = dt_util.utcnow()
    return {
        "resident": resident.id,
        "name": resident.name,
        "unit": resident.unit_label,
        "is_me": any(each.id == resident.id for each in actor.residents),
        "waits_for_confirmation": not resident.is_confirmed,
        "consent": building.rulebook.of(resident.id).consent.value,
        "has_new_text": resident.id in building.rulebook.unshown,
        "altered_at": instant_view(building.rulebook.altered_at(resident.id)),
        "no_closes_home": building.rulebook.closes(resident, Consent.OPTED_OUT),
        "has_hours": has_hours(building, resident),
        "accepting": is_accepting(building, resident, now),
        "shut": why_shut(building, resident, now),
        "asks": asks_now(building, resident, now),
        "next_change": instant_view(next_change(building, resident, now)),
        "unit_paused_until": instant_view(
            building.rulebook.pauses.until(resident.unit)
        ),
        "has_address_code": building.passes.has_address_code(resident.unit),
        "note": note_of(building, actor, resident),
        "erasure": _erasure_view(building, actor, resident),
        "fleet_visits": _fleet_visits_view(building, actor, resident),
    }


def _erasure_view(
    building: Building, actor: Actor, resident: Resident
) -> JsonObjectType | None:
    """Return after how many days details of visits are erased, and what they chose."""
    if not actor.may(Permission.CHOOSE_ERASURE, resident):
        return None
    return {
        "days": building.rulebook.erased_after(resident.id),
        "chosen": chosen_days(building, resident),
    }


def _fleet_visits_view(
    building: Building, actor: Actor, resident: Resident
) -> JsonObjectType | None:
    """Return whether visits go to the fleet, and what they chose; None if visits are off."""
    if not actor.may(Permission.CHOOSE_FLEET_VISITS, resident):
        return None
    if (visits := building.rulebook.fleet_visits.of(resident)) is None:
        return None
    return {**visits._asdict(), "begins_at": instant_view(visits.begins_at)}


def chosen_days(building: Building, resident: Resident) -> int | None:
    """Return after how many days a resident wants details erased, if they chose."""
    wish = building.rulebook.erasure_wishes.get(resident.id)
    return None if wish is None else wish.days


def note_of(building: Building, actor: Actor, resident: Resident) -> str | None:
    """Return the note of a home for drivers, to those who may change it."""
    if not actor.may(Permission.SET_NOTE, resident.unit):
        return None
    return building.rulebook.notes.get(resident.unit, "")


def _pending_views(building: Building, actor: Actor) -> list[JsonValueType]:
    return [
        {"resident": each.id, "name": each.name, "unit": each.unit_label}
        for each in building.residents.values()
        if not each.is_confirmed and actor.may(Permission.CONFIRM_RESIDENT, each)
    ]


def _question_views(building: Building, actor: Actor) -> list[JsonValueType]:
    directory = building.directory
    couriers = directory.couriers
    own = {resident.id for resident in actor.residents}
    return [
        {
            "question": each.id,
            "courier": couriers[each.choices[0].courier_id].name,
            "couriers": [
                {"courier": key.courier_id, "name": couriers[key.courier_id].name}
                for key in each.choices
                if key.courier_id in couriers
            ],
            "door": directory.doors[each.door_id].name,
            "proof": each.proof.value,
            "until": instant_view(each.until),
            "may_admit": each.may_admit,
            "waits": each.waits.value,
        }
        for each in building.questions.open_to(own)
        if each.choices[0].courier_id in couriers and each.door_id in directory.doors
    ]


def _grant_view(building: Building, actor: Actor, grant: Grant) -> JsonObjectType:
    """Return a delivery: in full for its recipients, else as the calendar shows it.

    The administrator, who may revoke it, also gets its ID.
    """
    directory = building.directory
    view: JsonObjectType = {
        "courier": directory.couriers[grant.key.courier_id].name,
        "door": directory.doors[grant.door_id].name,
        "starts_at": instant_view(grant.starts_at),
        "ends_at": instant_view(grant.ends_at),
    }
    own = [unit for unit in grant.accepted_units if unit in actor.units]
    if own or actor.is_administrator:
        view |= {
            "courier_id": grant.key.courier_id,
            "grant_id": grant.key.grant_id,
            "issued_by": "courier" if grant.issuer is None else grant.issuer.kind.value,
        }
    if own:
        view |= {
            "units": [grant.unit_labels.get(unit, unit) for unit in own],
            "door_id": grant.door_id,
            "is_mine": actor.is_issuer(grant.issuer),
            "passes": [pass_view(each) for each in building.passes.of_grants([grant])],
            **grant.delivery.as_dict(),
            "max_entries": grant.max_entries,
            "entries_left": grant.entries_left,
        }
    return view


def _expected_view(building: Building, actor: Actor, grant: Grant) -> JsonObjectType:
    """Return a delivery, with what would refuse it as things stand for its recipients."""
    view = _grant_view(building, actor, grant)
    own = [unit for unit in grant.accepted_units if unit in actor.units]
    if own:
        view["opens"] = [
            {"from": instant_view(each.start), "until": instant_view(each.end)}
            for each in opens_of(building, own, grant)
        ]
    refusals = {unit: refusal_of(building, unit, grant) for unit in own}
    refused = [each for each in refusals.values() if each is not None]
    admitting = [unit for unit, refusal in refusals.items() if refusal is None]
    if own:
        view["asks"] = asks_of(building, admitting, grant)
    # One home that accepts it is enough.
    if admitting or not refused:
        return view
    layer, until = refused[0]
    return {**view, "refused": {"layer": layer.value, "until": instant_view(until)}}


def has_key(building: Building, courier_id: str) -> bool:
    """Whether the courier signs messages; a removed one doesn't anymore."""
    courier = building.entry.subentries.get(courier_id)
    return courier is not None and CourierKeys.read(courier.data).newest is not None


HISTORY_WITHIN: Final = 1.0
"""Seconds for which the view waits for others who read the ledger."""


async def async_get_building(building: Building, actor: Actor) -> JsonObjectType:
    """Return `building_view` with the size of the ledger's files and its history."""
    view = building_view(building, actor)
    path = ledger_path(building.hass, building.entry.entry_id)
    sizes = await building.hass.async_add_executor_job(file_sizes, path)
    size: JsonObjectType = {"record_bytes": sum(each or 0 for each in sizes.values())}
    sources = _parcel_sources_view(building)
    record = {**_record_view(building), "records": await _count_records(building)}
    view = {**view, **size, **sources, "record": record}
    without_consent = await _without_consent_view(building)
    return {**view, **without_consent, **await _history_view(building, actor)}


DAYS_WITHOUT_CONSENT: Final = 7


async def _without_consent_view(building: Building) -> JsonObjectType:
    """Return how much was refused for want of consent, by courier and day, the newest first."""
    zone, now = building.zone(), dt_util.utcnow()
    today = day_of(now, zone)
    since = now - timedelta(days=DAYS_WITHOUT_CONSENT)
    try:
        refused = await building.ledger.read(
            lambda conn: refused_without_consent(conn, since)
        )
    except LedgerUnavailable:
        return {}
    counted = Counter((courier_id, day_of(at, zone)) for courier_id, at in refused)
    first = today - timedelta(days=DAYS_WITHOUT_CONSENT - 1)
    found: dict[str, JsonValueType] = {
        courier_id: [
            {"day": day.isoformat(), "count": count}
            for (whose, day), count in sorted(counted.items(), reverse=True)
            if whose == courier_id and day >= first
        ]
        for courier_id in building.directory.couriers
    }
    return {"without_consent": found}


async def _count_records(building: Building) -> int | None:
    """Return how many records the log has; older ones may have been sealed."""
    if (newest := building.ledger.newest) is None:
        return None
    try:
        return newest.seq - await building.ledger.read(sealed_up_to)
    except LedgerUnavailable:
        return newest.seq


def _parcel_sources_view(building: Building) -> JsonObjectType:
    """Return how many sources automatic announcements have; never whose, or which.

    Since when one is silent would say which it is.
    """
    now = dt_util.utcnow()
    orders = building.standing_orders.all()
    sources = {reference for order in orders for reference in order.sources}
    reports = (SourceReport.read(building.host, each, now) for each in sources)
    silent = sum(report.is_silent for report in reports)
    return {"parcel_sources": {"count": len(sources), "silent": silent}}


async def async_is_in_setup(building: Building, actor: Actor) -> bool:
    """Whether the actor owns a building where nobody was admitted yet, as far as read."""
    if building.history.ever_admitted or not actor.may(Permission.READ_BUILDING):
        return False
    return (await _history_view(building, actor)).get("ever_admitted") is False


async def _history_view(building: Building, actor: Actor) -> JsonObjectType:
    """Return what was ever recorded; nothing if it can't be read soon."""
    if building.fault is not None:
        return {}
    heard, history = courier_activity(building.hass), building.history
    silent = [
        courier_id
        for courier_id in building.directory.couriers
        if heard.of(courier_id).at is None
    ]
    if not history.is_known(silent):
        try:
            async with (
                asyncio.timeout(HISTORY_WITHIN),
                building.reading_turn(actor.whose),
            ):
                await building.ledger.read_apart(
                    partial(history.read_on, courier_ids=silent)
                )
        except TimeoutError, LedgerUnavailable:
            return {}  # the issues say why
    never: list[JsonValueType] = [
        each for each in silent if each not in history.couriers
    ]
    return {"ever_admitted": history.ever_admitted, "never_heard": never}


def building_view(building: Building, actor: Actor) -> JsonObjectType:
    """Return a building as its administrator sees it, with or without its ledger."""
    actor.check(Permission.READ_BUILDING)
    directory = building.directory
    # After a courier is removed, the building is replaced shortly after.
    couriers = [id_ for id_ in directory.couriers if id_ in building.entry.subentries]
    return {
        "building": building.entry.entry_id,
        "name": building.entry.title,
        "is_one_home": directory.is_one_home,
        "issues": _issues_view(building),
        "couriers": [_courier_view(building, courier_id) for courier_id in couriers],
        "residents": [
            _enrollment_view(building, each) for each in building.residents.values()
        ],
        "doors": [_door_view(building, door) for door in directory.doors.values()],
        "other_access": _other_access_view(building),
        "record": _record_view(building),
        "fleet": fleet_view(building),
        "hours": hours_view(building.entry),
        "has_residents_hours": _has_residents_hours(building),
    }


def fleet_view(building: Building) -> JsonValueType:
    """Return how reports to a fleet go; None if the building belongs to none."""
    fleet = building.fleet
    if fleet.settings is None:
        return None
    return {
        "reported_at": instant_view(fleet.status.reported_at),
        "problem": fleet.status.problem,
        "differs": fleet.status.differs,
        "visits": _visits_sent_view(building),
    }


def _visits_sent_view(building: Building) -> JsonValueType:
    """Return whether visits go to the fleet, and what they wait for; None if they are off.

    It doesn't say who objects.
    """
    visits = building.rulebook.fleet_visits
    if (setting := visits.setting) is None:
        return None
    return {
        "days": setting.days,
        "kept_days": setting.kept_days,
        "begins_at": instant_view(begins_at(setting)),
        "waits_for": waits_for(setting, dt_util.utcnow()),
        "not_notified": visits.unnotified,
    }


def _has_residents_hours(building: Building) -> bool:
    """Whether a resident who consents has hours; never whose, or which."""
    if building.fault is not None:
        return False
    rules = map(building.rulebook.in_effect, building.residents.values())
    return any(
        each.consent is Consent.GIVEN and not each.hours.is_empty for each in rules
    )


def hours_view(building: CourierAccessConfigEntry) -> JsonValueType:
    return cast("JsonValueType", hours_of(building.options).to_mapping())


def follow_building(
    building: Building, listener: Callable[[], None]
) -> list[CALLBACK_TYPE]:
    """Call `listener` when `building_view` may have changed; return what stops that.

    It doesn't follow rules, the config entry, or entries.
    """
    hass = building.hass
    heard = courier_activity(hass)

    def of_courier(courier_id: str, *_: object) -> None:
        if courier_id in building.directory.couriers:
            listener()

    @callback
    def of_issue(event: Event[ir.EventIssueRegistryUpdatedData]) -> None:
        if event.data["domain"] == DOMAIN:
            listener()

    @callback
    def of_anything(*_: object) -> None:
        listener()

    return [
        *follow_kept_out(building, listener),
        building.notifications.listeners.add(listener),
        building.passes.listeners.add(listener),
        heard.on_received.add(of_courier),
        heard.on_answered.add(of_courier),
        listen_to_cloud(hass, listener),
        hass.bus.async_listen(ir.EVENT_REPAIRS_ISSUE_REGISTRY_UPDATED, of_issue),
        hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, of_anything),
        *(driver.listen(of_anything) for driver in building.drivers.values()),
        *(driver.contact.listen(of_anything) for driver in building.drivers.values()),
        *(bell.listen(listener) for bell in building.bells.values()),
        building.questions.listeners.add(listener),
    ]


def _issues_view(building: Building) -> list[JsonValueType]:
    return [
        {
            "kind": issue.translation_key,
            "subject": (issue.data or {}).get(SUBJECT),
            "placeholders": {
                name: (issue.data or {}).get(name, text)
                for name, text in (issue.translation_placeholders or {}).items()
            },
            "is_fixable": FIX in (issue.data or {}),
        }
        for issue in Issues(building.hass, building.entry.entry_id).shown()
        if issue.active and issue.dismissed_version is None
    ]


def _courier_view(building: Building, courier_id: str) -> JsonObjectType:
    directory, hass = building.directory, building.hass
    courier = directory.couriers[courier_id]
    data = building.entry.subentries[courier_id].data
    heard = courier_activity(hass).of(courier_id)
    last = heard.last_refusal
    keys = CourierKeys.read(data)
    return {
        "courier": courier.id,
        "name": courier.name,
        "enabled": courier.enabled,
        "doors": [
            each.name
            for each in directory.doors.values()
            if each.id in courier.door_ids
        ],
        "reach": reach_of(hass, data).value,
        "keys": [
            {
                "kind": "secret" if key.parse().version is Version.V1 else "public_key",
                "ends_at": instant_view(key.ends_at),
            }
            for key in keys.active(dt_util.utcnow()).newest_first
        ],
        "uses_newest_key": uses_newest_key(
            hass, building.entry.entry_id, courier, keys
        ),
        "last_contact": instant_view(heard.at),
        "refusals": heard.refusals,
        "last_refusal": None
        if last is None
        else {"at": instant_view(last.at), "why": last.why},
    }


def _enrollment_view(building: Building, resident: Resident) -> JsonObjectType:
    """Return a resident; consent and delivery are unknown without the ledger."""
    addressee = building.directory.addressees[resident.id]
    view: JsonObjectType = {
        "resident": resident.id,
        "name": resident.name,
        "unit": resident.unit_label,
        "has_way": bool(routes(building.hass, addressee)),
    }
    if building.fault is not None:
        return view
    consent = building.rulebook.of(resident.id).consent
    _, paper = building.directory.paper_consents.get(resident.id, (None, None))
    return view | {
        "consent": consent.value,
        "on_paper": consent is not Consent.NOT_GIVEN
        and paper is not None
        and paper.consent is consent,
        "waits_for_confirmation": not resident.is_confirmed,
        "unreachable_since": instant_view(
            building.notifications.unreachable.get(resident.id)
        ),
    }


def _door_view(building: Building, door: Door) -> JsonObjectType:
    hass, driver = building.hass, building.drivers[door.id]
    settings = driver.settings
    state = state_of(hass, settings.opener)
    # A removed opener has no state with a time.
    since = None if driver.opener.available or state is None else state.last_changed
    return {
        "door": door.id,
        "name": door.name,
        "lock": lock_of(building, door),
        "position": driver.position.value,
        "opener": entity_id_of(hass, settings.opener),
        "available": driver.opener.available,
        "unavailable_since": instant_view(since),
        "opener_removed": driver.opener.removed,
        "unlock_seconds": settings.unlock_seconds,
        "contact": None if settings.contact is None else driver.contact.state.value,
        "doorbells": [
            _bell_view(building, watch)
            for bell, watch in building.bells.items()
            if bell.door_id == door.id
        ],
        "page": _page_state(building, door),
        "left_open": driver.entries.left_open,
    }


def _page_state(building: Building, door: Door) -> str | None:
    """Return whether drivers can use the door's page; None if it has none."""
    if door.id not in sheets_of(building.entry):
        return None
    if not is_reachable(external_url(building.hass, "")):
        return "unreachable"
    if building.fault is None and building.wrong_codes.is_off(door.id, at_keypad=False):
        return "codes_off"
    return "on"


def _other_access_view(building: Building) -> list[JsonValueType]:
    doors = building.directory.doors
    return [
        {
            "source": source.id,
            "name": source.name,
            "door": doors[source.door_id].name if source.door_id in doors else None,
        }
        for source in building.directory.sources.values()
    ]


def _bell_view(building: Building, watch: BellWatch) -> JsonObjectType:
    """Return a doorbell; one that is missing or disabled has no name."""
    state, ring = watch.state, building.rings.get(watch.bell)
    became = None if ring is None else ring.became
    asks_again_at = None if ring is None else _asks_again_at(building, ring)
    since = None if watch.is_available or state is None else state.last_changed
    return {
        "name": None if state is None else state.name,
        "rang_at": instant_view(watch.last_ring),
        "became": None if became is None else became.value,
        "asks_again_at": instant_view(asks_again_at),
        "unavailable_since": instant_view(since),
    }


def _record_view(building: Building) -> JsonObjectType:
    newest = building.ledger.newest
    return {
        "kept_out_by": kept_out_by(building),
        "records": None if newest is None else newest.seq,
        "newest_at": instant_view(building.ledger.newest_at),
        "retention_days": building.directory.retention_days,
        "proof_days": building.directory.proof_days,
        "notifications_pending": building.notifications.pending,
    }
