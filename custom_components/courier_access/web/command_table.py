"""What people can ask of a building: each command once, for the panel and as an action.

`websocket` and `services` register the commands. `api/` holds what they do, and checks
who may do it (`api/permissions.py`).
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, NamedTuple

from homeassistant.core import Context, SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from ..access.model import Decision, Door, EntryDecision, Proof, Resident, normal_unit
from ..api import (
    about_me,
    acceptance,
    access_log,
    commands,
    consent,
    orders,
    overview,
    passes,
    schemas,
)
from ..api.lookup import LANGUAGE, instant, invalid, named_door, named_resident
from ..api.permissions import Actor, async_acting
from ..building.building import Building
from ..const import DRIVERS_LANGUAGES
from ..doors.doors import sheets_of
from ..entries.unsigned import TYPED, Shown
from ..ledger.outbox.fanout import Message
from .about_me import PATH as ABOUT_PATH, VISIT_PATH
from .building_pages import SHEET_PATH, async_for_driver, async_trial_path
from .html import async_qr_code
from .pages import LIST_PATH, NOTICE_PATH, async_signed_path

MOST_CODE: Final = 64
MOST_MESSAGE: Final = 500
MOST_TITLE: Final = 100
"""Maximum number of characters: a phone shows no more."""
MOST_RECORD: Final = 2**63 - 1
"""The highest number that a record can have: SQLite's."""

PROOFS: Final = {
    "pin": frozenset({Proof.PASS, Proof.ADDRESS_CODE}),
    "address_code": frozenset({Proof.ADDRESS_CODE}),
    "parcel_number": frozenset({Proof.PARCEL_NUMBER}),
}
"""The fields for a typed code, and what each may be; a keypad can't tell PINs apart."""


class Of(StrEnum):
    """What a command is about: the field that names it in the panel.

    An action's target names it, and stands for the same field: the device of a resident
    or a door, or that of a building or one of its doors. SWITCHES are **Courier access**
    switches, each of which stands for its building.
    """

    BUILDING = "building"
    DOOR = "door"
    RESIDENT = "resident"
    SWITCHES = "switches"


class Call(NamedTuple):
    """A call of a command: the building, the caller, and the fields."""

    building: Building
    actor: Actor
    fields: Mapping[str, Any]
    context: Context
    is_read: bool = True
    """Whether the caller reads the response."""

    @property
    def acting(self) -> tuple[Building, Actor]:
        return self.building, self.actor

    @property
    def resident(self) -> Resident:
        return named_resident(self.building, self.fields["resident"])

    @property
    def door(self) -> Door:
        return named_door(self.building, self.fields["door"])

    @property
    def door_or_none(self) -> Door | None:
        return self.door if "door" in self.fields else None

    @property
    def unit(self) -> str | None:
        """The unit that the call names; None is the whole building."""
        named: str | None = self.fields.get("unit")
        return None if named is None else normal_unit(named)

    @property
    def grant(self) -> tuple[str, str]:
        return self.fields["courier"], self.fields["grant_id"]


async def async_call(
    handler: Handler,
    building: Building,
    fields: Mapping[str, Any],
    context: Context,
    *,
    is_read: bool = True,
) -> JsonObjectType | None:
    """Carry a command out for the user of a context."""
    actor = await async_acting(building, context)
    return await handler(Call(building, actor, fields, context, is_read))


type Handler = Callable[[Call], Awaitable[JsonObjectType | None]]

COMMANDS: Final[dict[Handler, Command]] = {}
"""All commands that are for a building, by the functions that carry them out."""


@dataclass(frozen=True, slots=True)
class Command:
    """How a command is called: its names, what it is about, and its fields.

    An action `responds`; the panel always gets the response. Of the fields `one_of`, one
    must be given. A command that `needs_ledger` is refused for a building without it.
    """

    panel: str | None = None
    action: str | None = None
    fields: VolDictType = field(default_factory=dict)
    of: Of = Of.BUILDING
    responds: SupportsResponse = SupportsResponse.NONE
    one_of: tuple[str, ...] = ()
    needs_ledger: bool = True

    def __call__[H: Handler](self, handler: H) -> H:
        COMMANDS[handler] = self
        return handler


_RECORD: Final = vol.Range(1, MOST_RECORD)
_OPTIONAL, _ONLY = SupportsResponse.OPTIONAL, SupportsResponse.ONLY
_COURIER: Final[VolDictType] = {vol.Required("courier"): cv.string}
_GRANT: Final[VolDictType] = {**_COURIER, vol.Required("grant_id"): cv.string}
_UNIT: Final[VolDictType] = {vol.Optional("unit"): cv.string}


def _limit(number: object, default: int = access_log.MOST_ON_PAGE) -> VolDictType:
    on_page = vol.All(number, vol.Range(1, access_log.MOST_ON_PAGE))
    return {vol.Optional("limit", default=default): on_page}


@Command("building", needs_ledger=False)
async def _building(call: Call) -> JsonObjectType:
    view = await overview.async_get_building(*call.acting)
    hass, entry = call.building.hass, call.building.entry
    links: JsonObjectType = {
        # A notice in the lobby is for neighbors.
        "notice": None
        if call.building.directory.is_one_home
        else async_signed_path(hass, NOTICE_PATH, entry.entry_id),
        "sheets": async_signed_path(hass, SHEET_PATH, entry.entry_id)
        if sheets_of(entry)
        else None,
        "residents": async_signed_path(hass, LIST_PATH, entry.entry_id),
    }
    return {**view, "links": links}


@Command("couriers/test", fields={vol.Required("courier"): str}, needs_ledger=False)
async def _test_courier(call: Call) -> JsonObjectType:
    courier = call.fields["courier"]
    found, why = await commands.async_test_courier(*call.acting, courier)
    return {"found": found.value, "why": why}


@Command("hours/set", fields={vol.Required("windows"): dict}, needs_ledger=False)
async def _set_hours(call: Call) -> JsonObjectType:
    commands.set_hours(*call.acting, call.fields["windows"])
    return {"hours": overview.hours_view(call.building.entry)}


@Command("rules/get", "get_rules", of=Of.RESIDENT, responds=_ONLY)
async def _get_rules(call: Call) -> JsonObjectType:
    return commands.get_rules(*call.acting, call.resident)


@Command(
    "rules/set",
    fields={**schemas.RULES_FIELDS, **schemas.OPEN_ONCE, **consent.READ_TEXT},
    of=Of.RESIDENT,
)
async def _set_rules_after_text(call: Call) -> JsonObjectType:
    return await commands.async_set_rules(*call.acting, call.resident, call.fields)


@Command(
    action="set_rules",
    fields=schemas.RULES_FIELDS,
    of=Of.RESIDENT,
    responds=_OPTIONAL,
)
async def _set_rules(call: Call) -> JsonObjectType:
    return await commands.async_set_rules(*call.acting, call.resident, call.fields)


@Command(
    "consent/text",
    fields={vol.Required("language"): LANGUAGE, vol.Optional("hash"): str},
    of=Of.RESIDENT,
)
async def _consent_text(call: Call) -> JsonObjectType:
    language, hashed = call.fields["language"], call.fields.get("hash")
    return await consent.async_get_text(*call.acting, call.resident, language, hashed)


@Command("consent/read", of=Of.RESIDENT)
async def _read_text(call: Call) -> None:
    await consent.async_note_read(*call.acting, call.resident)


@Command(
    "rules/check",
    fields={
        **schemas.RULES_FIELDS,
        vol.Optional("language", default="en"): LANGUAGE,
    },
    of=Of.RESIDENT,
)
async def _check_rules(call: Call) -> JsonObjectType:
    faults = await commands.async_check_rules(
        *call.acting, call.resident, call.fields, call.fields["language"]
    )
    return {"faults": faults}


@Command(
    "entries",
    fields={
        **_limit(int, 50),
        vol.Optional("before"): vol.Any(vol.All(int, _RECORD), instant),
        vol.Optional("door"): str,
        vol.Optional("courier"): str,
        vol.Optional("decision"): vol.Coerce(EntryDecision),
    },
)
async def _entries(call: Call) -> JsonObjectType:
    """Return the newest entries; `before` is the number of a record or a time."""
    return await access_log.async_get_entries(*call.acting, call.fields)


@Command(
    action="get_entries",
    fields={
        **_limit(vol.Coerce(int), 50),
        vol.Optional("before"): instant,
    },
    responds=_ONLY,
)
async def _get_entries(call: Call) -> JsonObjectType:
    page = await access_log.async_get_entries(
        *call.acting, call.fields, with_notifications=True
    )
    return {"entries": page["entries"], "more": page["next"] is not None}


@Command(
    action="get_driver_visits",
    fields={
        **_COURIER,
        vol.Required("driver"): vol.All(cv.string, vol.Length(min=1)),
        vol.Required("day"): cv.date,
    },
    responds=_ONLY,
)
async def _get_driver_visits(call: Call) -> JsonObjectType:
    courier, driver, day = (call.fields[name] for name in ("courier", "driver", "day"))
    return await access_log.async_get_driver_visits(*call.acting, courier, driver, day)


@Command(
    "entries/notifications",
    fields={
        vol.Required("entries"): vol.All([str], vol.Length(max=access_log.MOST_ON_PAGE))
    },
)
async def _notifications(call: Call) -> JsonObjectType:
    ids = call.fields["entries"]
    return {
        "notifications": await access_log.async_get_notifications(*call.acting, ids)
    }


@Command("entries/by_hour")
async def _entries_by_hour(call: Call) -> JsonObjectType:
    return await access_log.async_count_visits(*call.acting)


@Command("grants", "get_grants", responds=_ONLY)
async def _grants(call: Call) -> JsonObjectType:
    return overview.get_grants(*call.acting, call.door_or_none)


@Command(
    "check_access",
    "check_access",
    acceptance.CHECK_FIELDS,
    of=Of.DOOR,
    responds=_ONLY,
)
async def _check_access(call: Call) -> JsonObjectType:
    found = acceptance.check_access(*call.acting, call.fields["door"], call.fields)
    if "at" in call.fields:
        return found
    return found | await orders.async_get_prospects(*call.acting, call.unit)


@Command("veto_grant", "veto_grant", {**_GRANT, vol.Required("unit"): cv.string})
async def _veto_grant(call: Call) -> None:
    unit = normal_unit(call.fields["unit"])
    await commands.async_veto_grant(*call.acting, *call.grant, unit)


@Command("pause", "pause", {**_UNIT, vol.Optional("until"): instant}, of=Of.SWITCHES)
async def _pause(call: Call) -> None:
    await commands.async_pause(*call.acting, call.unit, call.fields.get("until"))


@Command("resume", "resume", _UNIT, of=Of.SWITCHES)
async def _resume(call: Call) -> None:
    await commands.async_resume(*call.acting, call.unit)


@Command(
    "note/set",
    fields={vol.Required("unit"): str, vol.Required("note"): schemas.NOTE},
)
async def _set_note(call: Call) -> None:
    unit = normal_unit(call.fields["unit"])
    await commands.async_set_note(*call.acting, unit, call.fields["note"])


@Command(
    "erasure/choose",
    "choose_erasure",
    {vol.Optional("days"): schemas.ERASURE_DAYS},
    of=Of.RESIDENT,
)
async def _choose_erasure(call: Call) -> None:
    """Without days, the building's number of days is used."""
    days = call.fields.get("days")
    await commands.async_choose_erasure(*call.acting, call.resident, days)


@Command("rules/fleet_visits", fields={vol.Required("object"): bool}, of=Of.RESIDENT)
async def _choose_fleet_visits(call: Call) -> None:
    objects = call.fields["object"]
    await commands.async_choose_fleet_visits(
        *call.acting, call.resident, objects=objects
    )


@Command("residents/confirm", "confirm_resident", of=Of.RESIDENT)
async def _confirm(call: Call) -> None:
    await commands.async_confirm_resident(*call.acting, call.resident)


@Command("link/renew", "renew_link", of=Of.RESIDENT)
async def _renew_link(call: Call) -> None:
    """Renew a link without returning it: it goes to the resident only."""
    await commands.async_renew_link(*call.acting, call.resident)


@Command("link/revoke", "revoke_link", of=Of.RESIDENT)
async def _revoke_link(call: Call) -> None:
    await commands.async_revoke_link(*call.acting, call.resident)


@Command(
    "grants/issue",
    "issue_grant",
    {**_COURIER, **schemas.DELIVERY_FIELDS},
    of=Of.DOOR,
    responds=_OPTIONAL,
)
async def _issue_grant(call: Call) -> JsonObjectType:
    """Issue a grant; report a refusal as an error to a caller without the response."""
    delivery = schemas.read_delivery(call.building, call.fields)
    issue = await commands.async_issue_grant(
        *call.acting, call.fields["courier"], call.door, delivery
    )
    if issue.verdict.decision is Decision.REFUSED and not call.is_read:
        reason = await commands.async_in_words(call.building, issue.verdict.reason)
        raise invalid("grant_refused", reason=reason)
    return overview.issue_view(issue)


@Command(
    "grants/revise",
    fields={**_GRANT, vol.Optional("door"): str, **schemas.REVISION_FIELDS},
)
async def _revise_grant(call: Call) -> JsonObjectType:
    return overview.issue_view(
        await commands.async_revise_grant(
            *call.acting, *call.grant, call.fields, call.door_or_none
        )
    )


@Command("grants/revoke", "revoke_grant", _GRANT)
async def _revoke_grant(call: Call) -> None:
    await commands.async_revoke_grant(*call.acting, *call.grant)


@Command("passes/make", fields=_GRANT)
async def _make_pass(call: Call) -> JsonObjectType:
    made = await passes.async_make_pass(*call.acting, *call.grant)
    new, grant, link = made.new, made.grant, made.link
    hass, entry = call.building.hass, call.building.entry
    code = await async_qr_code(hass, link)
    is_in_setup = await overview.async_is_in_setup(*call.acting)
    return {
        "pass": new.id,
        "door_id": grant.door_id,
        "pin": new.pin,
        "short_code": new.short_code,
        "link": link,
        "page_unreachable": made.is_out_of_reach,
        "starts_at": grant.starts_at.isoformat(),
        "ends_at": grant.ends_at.isoformat(),
        "qr": None if code is None else {"side": code.side, "path": code.path},
        "ends_earlier": new.ends_earlier,
        "for_driver": await async_for_driver(call.building, made),
        "trial": async_trial_path(hass, entry, grant.door_id) if is_in_setup else None,
    }


@Command("passes")
async def _passes(call: Call) -> JsonObjectType:
    return {"passes": passes.get_passes(*call.acting)}


@Command("passes/revoke", fields={vol.Required("pass"): str})
async def _revoke_pass(call: Call) -> None:
    await passes.async_revoke_pass(*call.acting, call.fields["pass"])


@Command("address_code/renew", of=Of.RESIDENT)
async def _renew_address_code(call: Call) -> JsonObjectType:
    return await passes.async_renew_address_code(*call.acting, call.resident)


@Command(
    action="request_entry",
    fields={
        **{
            vol.Optional(name): vol.All(cv.string, vol.Length(1, MOST_CODE))
            for name in PROOFS
        },
        vol.Optional("ring"): vol.All(cv.boolean, vol.In([True])),
        vol.Optional("courier"): cv.string,
        vol.Optional("image"): cv.string,
        vol.Optional("language"): vol.In(DRIVERS_LANGUAGES),
    },
    of=Of.DOOR,
    one_of=(*PROOFS, "ring"),
    responds=_OPTIONAL,
)
async def _request_entry(call: Call) -> JsonObjectType:
    fields = call.fields
    code, proofs = next(
        ((fields[name], PROOFS[name]) for name in PROOFS if name in fields),
        (None, TYPED),
    )
    courier, image = fields.get("courier"), fields.get("image") or None
    shown = Shown(code, proofs, courier_id=courier, image=image)
    language = fields.get("language")
    return await passes.async_request_entry(
        call.building, call.door, shown, language, call.context
    )


@Command(
    action="notify_recipients",
    fields={
        vol.Required("entry_id"): cv.string,
        vol.Required("message"): vol.All(
            cv.string, str.strip, vol.Length(1, MOST_MESSAGE)
        ),
        vol.Optional("title"): vol.All(
            cv.string, str.strip, vol.Length(max=MOST_TITLE)
        ),
        vol.Optional("image"): cv.string,
    },
)
async def _notify_recipients(call: Call) -> None:
    fields = call.fields
    title, image = fields.get("title") or None, fields.get("image") or None
    message = Message(fields["message"], title, image)
    await commands.async_notify_recipients(
        *call.acting, fields["entry_id"], call.door_or_none, message
    )


@Command("orders")
async def _orders(call: Call) -> JsonObjectType:
    return {"orders": orders.get_orders(*call.acting)}


@Command("orders/set", fields=orders.ORDER_FIELDS, of=Of.RESIDENT)
async def _set_order(call: Call) -> JsonObjectType:
    return await orders.async_set_order(*call.acting, call.resident, call.fields)


@Command("orders/withdraw", fields={vol.Required("order"): str})
async def _withdraw_order(call: Call) -> None:
    await orders.async_withdraw_order(*call.acting, call.fields["order"])


@Command("orders/sources", of=Of.RESIDENT)
async def _order_sources(call: Call) -> JsonObjectType:
    return orders.get_order_sources(*call.acting, call.resident)


@Command(
    "questions/answer",
    fields={
        vol.Required("question"): str,
        vol.Required("admit"): bool,
        vol.Optional("courier"): str,
    },
)
async def _answer_question(call: Call) -> None:
    await commands.async_answer_question(
        *call.acting,
        call.fields["question"],
        admit=call.fields["admit"],
        courier_id=call.fields.get("courier"),
    )


@Command("codes/turn_on", of=Of.DOOR)
async def _turn_codes_on(call: Call) -> None:
    await passes.async_turn_codes_on(*call.acting, call.door)


@Command(
    "export",
    fields={
        vol.Optional("after", default=0): vol.All(int, vol.Range(0, MOST_RECORD)),
        **_limit(int),
    },
)
async def _export(call: Call) -> JsonObjectType:
    after, limit = call.fields["after"], call.fields["limit"]
    return await access_log.async_export_records(*call.acting, after, limit)


@Command(
    "export/entries",
    fields={
        vol.Optional("before"): vol.All(int, _RECORD),
        **_limit(int),
        vol.Optional("language", default="en"): LANGUAGE,
    },
)
async def _export_entries(call: Call) -> JsonObjectType:
    limit, before = call.fields["limit"], call.fields.get("before")
    language = call.fields["language"]
    return await access_log.async_export_entries(*call.acting, limit, before, language)


@Command(
    action="export_entries",
    fields={
        vol.Optional("format", default="csv"): vol.In(["csv", "json"]),
        vol.Optional("page"): vol.All(vol.Coerce(int), _RECORD),
        **_limit(vol.Coerce(int)),
        vol.Optional("language"): LANGUAGE,
    },
    responds=_ONLY,
)
async def _export_either(call: Call) -> JsonObjectType:
    page, limit = call.fields.get("page"), call.fields["limit"]
    if call.fields["format"] == "json":
        return await access_log.async_export_records(*call.acting, page or 0, limit)
    language = call.fields.get("language")
    return await access_log.async_export_entries(*call.acting, limit, page, language)


@Command("about_me", of=Of.RESIDENT)
async def _about_me(call: Call) -> JsonObjectType:
    """Return where the page with everything about a resident opens, for them alone."""
    of = about_me.open_about_me(*call.acting, call.resident)
    return {"path": async_signed_path(call.building.hass, ABOUT_PATH, of)}


@Command(
    "entries/print",
    fields={vol.Required("record"): vol.All(int, vol.Range(1, MOST_RECORD))},
)
async def _print(call: Call) -> JsonObjectType:
    """Return where the page of a visit opens, for this user."""
    visit = await access_log.async_visit(*call.acting, call.fields["record"])
    of = f"{call.building.entry.entry_id}/{visit.entry.row.seq}"
    return {"path": async_signed_path(call.building.hass, VISIT_PATH, of)}


@Command("export/verifier")
async def _export_verifier(call: Call) -> JsonObjectType:
    program = await access_log.async_export_verifier(*call.acting)
    return {"name": access_log.VERIFIER.name, "program": program}


@Command(
    "verify",
    "verify_ledger",
    {
        vol.Optional("notification"): vol.All(
            cv.string, vol.Length(max=access_log.MOST_NOTIFICATION)
        )
    },
    responds=_ONLY,
)
async def _verify(call: Call) -> JsonObjectType:
    notification = call.fields.get("notification") or None
    return await access_log.async_verify(*call.acting, notification)
