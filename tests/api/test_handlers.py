"""Who may do what: one table over the handlers, and what actions and commands call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
import inspect
from pathlib import Path
import sys
from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access import services
from custom_components.courier_access.access.model import GrantKey, Resident
from custom_components.courier_access.api import (
    about_me,
    acceptance,
    access_log,
    commands,
    consent,
    orders,
    overview,
    passes,
)
from custom_components.courier_access.api.lookup import invalid
from custom_components.courier_access.api.permissions import (
    Actor,
    Permission,
    async_acting,
    link_holder,
)
from custom_components.courier_access.building.building import Building
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.grants.by_residents import Delivery
from custom_components.courier_access.ledger.outbox.fanout import Message
from custom_components.courier_access.web import command_table, websocket
from tests.support.asked_phones import ask_ada
from tests.support.house import House, Sender
from tests.support.people import People, acting
from tests.support.rows import kept_rows
from tests.support.two_buildings import house, people
from tests.support.wires import connect

__all__ = ["house", "people"]

POST: Final = "Parcel Post"
LOBBY: Final = "door-lobby"

# Fay's account is deactivated. `pias` and `bens` are personal links, `auto` is an
# automation, `system` a system user, `gone` a removed user.
PERSONS: Final = (
    *("otto", "lea", "ada", "abe", "nia", "cleo", "dan", "zoe"),
    *("pias", "bens", "auto", "system", "fay", "gone"),
)

# y: done · n: not allowed · -: allowed, but impossible. Nia is confirmed in her row.
TABLE: Final = """
handler             target    otto lea ada abe nia cleo dan zoe pias bens auto system fay gone
get_rules           ada       n    n   y   n   n   n    n   n   n    n    n    n      n   n
get_rules           pia       y    y   n   n   n   n    n   n   y    n    n    n      n   n
get_rules           ben       y    y   n   n   n   n    n   n   n    y    n    n      n   n
get_rules           lea       n    y   n   n   n   n    n   n   n    n    n    n      n   n
set_rules           restrict  y    y   y   n   n   n    n   n   n    n    y    y      y   y
set_rules           loosen    n    n   y   n   n   n    n   n   n    n    n    n      n   n
set_rules           digest    n    n   y   n   n   n    n   n   n    n    n    n      n   n
set_rules           pia       y    y   n   n   n   n    n   n   y    n    y    y      y   y
set_rules           pia_loose n    n   n   n   n   n    n   n   y    n    n    n      n   n
set_rules           ben       y    y   n   n   n   n    n   n   n    y    y    y      y   y
set_rules           ben_loose n    n   n   n   n   n    n   n   n    y    n    n      n   n
set_rules           lea       y    y   n   n   n   n    n   n   n    n    y    y      y   y
set_rules           lea_loose n    y   n   n   n   n    n   n   n    n    n    n      n   n
about_me            ada       n    n   y   n   n   n    n   n   n    n    n    n      n   n
about_me            pia       n    n   n   n   n   n    n   n   y    n    n    n      n   n
about_me            lea       n    y   n   n   n   n    n   n   n    n    n    n      n   n
open_about_me       ada       n    n   y   n   n   n    n   n   n    n    n    n      n   n
get_text            ada       n    n   y   n   n   n    n   n   n    n    n    n      n   n
note_read           ada       n    n   y   n   n   n    n   n   n    n    n    n      n   n
check_rules         ada       y    y   y   n   n   n    n   n   n    n    y    y      y   y
check_access        building  y    y   y   y   y   y    n   n   y    y    n    n      n   n
check_access        flat1     y    y   y   y   n   n    n   n   y    n    n    n      n   n
get_entries         building  y    y   y   y   y   y    n   n   y    y    n    n      n   n
visit               entry     y    y   y   y   y   y    n   n   y    y    n    n      n   n
visit               unknown   -    -   -   -   -   -    n   n   -    -    n    n      n   n
get_driver_visits   building  y    y   n   n   n   n    n   n   n    n    n    n      n   n
get_notifications   building  y    y   n   n   n   n    n   n   n    n    n    n      n   n
count_visits        building  y    y   y   y   y   y    n   n   y    y    n    n      n   n
get_grants          building  y    y   y   y   y   y    n   n   y    y    n    n      n   n
export_records      building  y    y   y   y   y   y    n   n   y    y    n    n      n   n
export_entries      building  y    y   y   y   y   y    n   n   y    y    n    n      n   n
export_verifier     building  y    y   y   y   y   y    n   n   y    y    n    n      n   n
verify              building  y    y   y   y   y   y    n   n   y    y    n    n      n   n
pause               building  y    y   y   y   y   y    n   n   y    y    y    y      y   y
pause               flat1     n    n   y   y   n   n    n   n   y    n    n    n      n   n
pause               flat4     n    y   n   n   n   n    n   n   n    n    n    n      n   n
resume              building  y    y   y   y   y   y    n   n   y    y    n    n      n   n
resume              flat1     n    n   y   y   n   n    n   n   y    n    n    n      n   n
resume              flat4     n    y   n   n   n   n    n   n   n    n    n    n      n   n
set_note            flat1     n    n   y   y   n   n    n   n   y    n    n    n      n   n
set_note            flat4     n    y   n   n   n   n    n   n   n    n    n    n      n   n
choose_fleet_visits ada       n    n   y   n   n   n    n   n   n    n    n    n      n   n
choose_fleet_visits pia       n    n   n   n   n   n    n   n   y    n    n    n      n   n
choose_fleet_visits lea       n    y   n   n   n   n    n   n   n    n    n    n      n   n
choose_erasure      ada       n    n   y   n   n   n    n   n   n    n    n    n      n   n
choose_erasure      pia       n    n   n   n   n   n    n   n   y    n    n    n      n   n
choose_erasure      lea       n    y   n   n   n   n    n   n   n    n    n    n      n   n
veto_grant          flat1     y    y   y   y   n   n    n   n   y    n    y    y      y   y
veto_grant          unknown   -    -   -   -   n   n    n   n   -    n    -    -      -   -
veto_grant          flat4     -    -   n   n   n   n    n   n   n    n    -    -      -   -
issue_grant         flat1     y    y   y   y   n   n    n   n   y    n    n    n      n   n
issue_grant         flat2     y    y   n   n   n   y    n   n   n    n    n    n      n   n
issue_grant         both      y    y   n   n   n   n    n   n   n    n    n    n      n   n
issue_grant         flat3     y    y   n   n   n   n    n   n   n    y    n    n      n   n
issue_grant         flat4     y    y   n   n   n   n    n   n   n    n    n    n      n   n
issue_grant         unknown   -    -   -   -   n   n    n   n   -    n    n    n      n   n
revise_grant        couriers  n    n   n   n   n   n    n   n   n    n    n    n      n   n
revise_grant        adas      n    n   y   n   n   n    n   n   n    n    n    n      n   n
revise_grant        ottos     y    n   n   n   n   n    n   n   n    n    n    n      n   n
revise_grant        piass     n    n   n   n   n   n    n   n   y    n    n    n      n   n
revise_grant        none      n    n   n   n   n   n    n   n   n    n    n    n      n   n
revoke_grant        couriers  y    y   n   n   n   n    n   n   n    n    y    y      y   y
revoke_grant        adas      y    y   y   n   n   n    n   n   n    n    y    y      y   y
revoke_grant        ottos     y    y   n   n   n   n    n   n   n    n    y    y      y   y
revoke_grant        piass     y    y   n   n   n   n    n   n   y    n    y    y      y   y
notify_recipients   entry     y    y   n   n   n   n    n   n   n    n    y    y      y   y
renew_link          pia       y    y   n   n   n   n    n   n   y    n    n    n      n   n
renew_link          ben       y    y   n   n   n   n    n   n   n    y    n    n      n   n
renew_link          ada       -    -   -   n   n   n    n   n   n    n    n    n      n   n
renew_link          lea       -    -   n   n   n   n    n   n   n    n    n    n      n   n
revoke_link         ada       y    y   y   n   n   n    n   n   n    n    n    n      n   n
revoke_link         lea       y    y   n   n   n   n    n   n   n    n    n    n      n   n
revoke_link         pia       y    y   n   n   n   n    n   n   y    n    n    n      n   n
revoke_link         ben       y    y   n   n   n   n    n   n   n    y    n    n      n   n
get_building        building  y    y   n   n   n   n    n   n   n    n    n    n      n   n
test_courier        courier   y    y   n   n   n   n    n   n   n    n    n    n      n   n
test_courier        unknown   -    -   n   n   n   n    n   n   n    n    n    n      n   n
confirm_keys        building  y    y   n   n   n   n    n   n   n    n    n    n      n   n
accept_clock        building  y    y   n   n   n   n    n   n   n    n    n    n      n   n
see_ledger_lost     building  y    y   n   n   n   n    n   n   n    n    n    n      n   n
retry_notifications ada       y    y   n   n   n   n    n   n   n    n    n    n      n   n
invite_again        building  y    y   n   n   n   n    n   n   n    n    n    n      n   n
confirm_resident    nia       n    n   y   y   n   n    n   n   n    n    n    n      n   n
confirm_resident    ada       n    n   y   y   y   n    n   n   n    n    n    n      n   n
confirm_resident    pia       n    n   y   y   y   n    n   n   n    n    n    n      n   n
confirm_resident    lea       n    y   n   n   n   n    n   n   n    n    n    n      n   n
set_hours           building  y    y   n   n   n   n    n   n   n    n    n    n      n   n
make_pass           flat1     n    -   y   -   -   -    n   n   y    -    n    n      n   n
get_passes          building  y    y   y   y   y   y    n   n   y    y    n    n      n   n
revoke_pass         adas      y    y   y   y   y   n    n   n   y    n    y    y      y   y
renew_address_code  ada       n    n   y   n   n   n    n   n   n    n    n    n      n   n
renew_address_code  pia       n    n   n   n   n   n    n   n   y    n    n    n      n   n
set_order           give      n    n   y   n   n   n    n   n   n    n    n    n      n   n
set_order           pia       n    n   n   n   n   n    n   n   y    n    n    n      n   n
set_order           pause     y    y   y   n   n   n    n   n   n    n    y    y      y   y
set_order           resume    n    n   y   n   n   n    n   n   n    n    n    n      n   n
set_order           fewer     y    y   y   n   n   n    n   n   n    n    y    y      y   y
set_order           more      n    n   y   n   n   n    n   n   n    n    n    n      n   n
withdraw_order      adas      y    y   y   n   n   n    n   n   n    n    y    y      y   y
get_orders          building  y    y   y   y   y   y    n   n   y    y    n    n      n   n
get_prospects       building  y    y   y   y   y   y    n   n   y    y    n    n      n   n
get_order_sources   ada       n    n   y   n   n   n    n   n   n    n    n    n      n   n
get_order_sources   pia       n    n   n   n   n   n    n   n   y    n    n    n      n   n
turn_codes_on       lobby     y    y   y   y   y   y    n   n   y    y    n    n      n   n
answer_question     adas      n    n   y   n   n   n    n   n   n    n    n    n      n   n
answer_question     unknown   -    -   -   -   -   -    -   -   -    -    -    -      -   -
"""
COLUMNS, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


async def record_of(building: Building, entry_id: str) -> int:
    """Return the number of a visit's record."""
    query = "SELECT seq FROM entries WHERE entry_id = :entry_id"
    [found] = await kept_rows(building.ledger, query, int, entry_id=entry_id)
    return found


@dataclass(slots=True)
class Handlers:
    """Calls of handlers, each with valid arguments."""

    house: House
    people: People
    sender: Sender
    grants: int = 0

    async def actor(self, name: str) -> Actor:
        if name in ("pias", "bens"):
            return link_holder(self.resident(name.removesuffix("s")))
        context = acting(None if name == "auto" else self.people[name.title()])
        return await async_acting(self.house.building, context)

    def resident(self, name: str) -> Resident:
        return self.house.building.residents[f"resident-{name}"]

    async def outcome(self, name: str, handler: str, target: str) -> str:
        """Return whether the handler did it, denied it, or found it impossible."""
        actor = await self.actor(name)
        try:
            result = await self.call(actor, handler, target)
            if inspect.isawaitable(result):
                result = await result
        except ServiceValidationError as refused:
            key = str(refused.translation_key)
            return "n" if key.startswith(("not_allowed_", "not_your_unit")) else "-"
        return "n" if result is False else "y"

    async def call(self, actor: Actor, handler: str, target: str) -> Any:
        building, unit = self.house.building, UNITS.get(target)
        match handler, target:
            case "set_rules", _:
                name, given = RULES[target]
                return commands.async_set_rules(
                    building, actor, self.resident(name), given
                )
            case "check_rules", _:
                return commands.async_check_rules(
                    building, actor, self.resident(target), {}, "en"
                )
            case "check_access", _:
                return acceptance.check_access(
                    building, actor, LOBBY, {"unit": unit, "proof": "signed"}
                )
            case (("pause" | "resume"), _):
                return HANDLERS[handler](building, actor, unit)
            case "set_note", _:
                return commands.async_set_note(building, actor, unit or "", "Up.")
            case "choose_erasure", _:
                resident = self.resident(target)
                return commands.async_choose_erasure(building, actor, resident, 7)
            case "choose_fleet_visits", _:
                resident = self.resident(target)
                return commands.async_choose_fleet_visits(
                    building, actor, resident, objects=True
                )
            case "retry_notifications", _:
                return commands.async_retry_notifications(building, actor, target)
            case (
                (
                    "about_me"
                    | "open_about_me"
                    | "get_rules"
                    | "note_read"
                    | "confirm_resident"
                    | "renew_link"
                    | "revoke_link"
                ),
                _,
            ):
                return HANDLERS[handler](building, actor, self.resident(target))
            case "get_text", _:
                resident = self.resident(target)
                return consent.async_get_text(building, actor, resident, "en")
            case "test_courier", _:
                named = POST if target == "courier" else "Unknown Post"
                return commands.async_test_courier(building, actor, named)
            case "veto_grant", _:
                grant_id = "none" if target == "unknown" else await self.grant()
                return commands.async_veto_grant(
                    building, actor, POST, grant_id, unit or "flat 1"
                )
            case "issue_grant", _:
                return self.issue(actor, target)
            case (("revise_grant" | "revoke_grant"), _):
                arguments: tuple[Any, ...] = ({},) if handler == "revise_grant" else ()
                grant_id = await self.issued_by(target)
                return HANDLERS[handler](building, actor, POST, grant_id, *arguments)
            case "make_pass", _:
                return passes.async_make_pass(building, actor, POST, await self.grant())
            case "revoke_pass", _:
                ada, grant_id = await self.actor("ada"), await self.grant()
                made = await passes.async_make_pass(building, ada, POST, grant_id)
                return passes.async_revoke_pass(building, actor, made.new.id)
            case "renew_address_code", _:
                resident = self.resident(target)
                return passes.async_renew_address_code(building, actor, resident)
            case "set_order", _:
                return await self.set_order(actor, target)
            case "withdraw_order", _:
                order = await self.order()
                return orders.async_withdraw_order(building, actor, order)
            case "get_order_sources", _:
                resident = self.resident(target)
                return orders.get_order_sources(building, actor, resident)
            case "turn_codes_on", _:
                door = building.directory.doors[LOBBY]
                return passes.async_turn_codes_on(building, actor, door)
            case "answer_question", _:
                question = "none"
                if target == "adas":
                    key = GrantKey("courier-parcel-post", await self.grant())
                    question = await ask_ada(self.house, key)
                return commands.async_answer_question(
                    building, actor, question, admit=True
                )
            case "visit", _:
                record = 10**9
                if target == "entry":
                    entered = await self.sender.enter(await self.grant())
                    record = await record_of(building, entered.body["entry_id"])
                return access_log.async_visit(building, actor, record)
            case "notify_recipients", _:
                entered = await self.sender.enter(await self.grant())
                message = Message("It is on the shelf.", None, None)
                return commands.async_notify_recipients(
                    building, actor, entered.body["entry_id"], None, message
                )
            case _:
                return HANDLERS[handler](building, actor, *ARGUMENTS.get(handler, ()))

    async def grant(self) -> str:
        self.grants += 1
        accepted = await self.sender.grant(f"G{self.grants}", units=("Flat 1",))
        assert accepted.body["decision"] == "accepted"
        return f"G{self.grants}"

    async def order(self, *, is_paused: bool = False) -> str:
        """Return Ada's only order, a new one."""
        building, ada = self.house.building, await self.actor("ada")
        for each in building.standing_orders.all():
            await building.standing_orders.withdraw(each, ada.author)
        given = {**self.source, "courier": POST, "paused": is_paused}
        order = await orders.async_set_order(building, ada, self.resident("ada"), given)
        return str(order["order"])

    async def set_order(self, actor: Actor, target: str) -> Any:
        building, resident = self.house.building, self.resident("ada")
        order = await self.order(is_paused=target == "resume")
        match target:
            case "give" | "pia":
                given = {**self.source, "courier": POST}
                if target == "pia":
                    resident = self.resident("pia")
            case "pause" | "resume":
                given = {"order": order, "paused": target == "pause"}
            case _:
                given = {"order": order, "most_per_day": 1 if target == "fewer" else 9}
        return await orders.async_set_order(building, actor, resident, given)

    @property
    def source(self) -> dict[str, Any]:
        self.house.hass.states.async_set("sensor.parcels", "0", {"trackings": []})
        return {"sensors": ["sensor.parcels"]}

    async def issued_by(self, whose: str) -> str:
        """Return a grant to Flat 1 by its courier, or by somebody of the building."""
        if whose == "none":
            return whose
        if whose == "couriers":
            return await self.grant()
        return await self.issue(await self.actor(whose.removesuffix("s")), "flat1")

    async def issue(self, actor: Actor, target: str) -> str:
        now = dt_util.utcnow()
        both = ("Flat 1", "Flat 2")
        units = both if target == "both" else (UNITS.get(target, "flat 1"),)
        named = "Unknown Post" if target == "unknown" else POST
        delivery = Delivery(units, now, now + timedelta(hours=1), 1, None)
        building = self.house.building
        issue = await commands.async_issue_grant(
            building, actor, named, building.directory.doors[LOBBY], delivery
        )
        return issue.grant.key.grant_id


MODULES: Final = (
    *(about_me, acceptance, commands, consent, access_log),
    *(orders, overview, passes),
)
HANDLERS: Final[Mapping[str, Callable[..., Any]]] = {
    name.removeprefix("async_"): function
    for module in MODULES
    for name, function in vars(module).items()
    if inspect.isfunction(function)
    and function.__module__ == module.__name__
    and {"building", "actor"} <= inspect.signature(function).parameters.keys()
    and not name.startswith("_")
}
STEPS: Final = {
    *("change_rules", "read_entries", "read_ledger", "records_view", "verify_records"),
    *(
        "count_page",
        "entry_pages",
        "left_by",
        "sheets",
        "overview_of",
        "overview_view",
        "building_view",
    ),
    *(
        "administrator_view_of",
        "resident_view",
        "note_of",
        "shown_residents",
        "is_in_setup",
    ),
}
"""Parts of handlers, which don't stand for an action or a command."""
ARGUMENTS: Final[Mapping[str, tuple[Any, ...]]] = {
    "get_entries": ({"limit": 5},),
    "get_prospects": (None,),
    "get_notifications": (["entry"],),
    "get_driver_visits": (POST, "driver-9", date(2026, 11, 24)),
    "export_records": (0, 5),
    "export_entries": (5, None, "en"),
    "verify": (None,),
    "set_hours": ({},),
}
RULES: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "restrict": ("ada", {"share_hours": False}),
    "loosen": ("ada", {"share_hours": True}),
    "digest": ("ada", {"digest_at": "19:30"}),
    "pia": ("pia", {"share_hours": False}),
    "pia_loose": ("pia", {"share_hours": True}),
    "ben": ("ben", {"default": "deny"}),
    "ben_loose": ("ben", {"share_hours": True}),
    "lea": ("lea", {"share_hours": False}),
    "lea_loose": ("lea", {"share_hours": True}),
}
UNITS: Final = {f"flat{number}": f"flat {number}" for number in (1, 2, 3, 4)}


async def test_each_person_may_do_what_the_table_says(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    assert tuple(COLUMNS[2:]) == PERSONS
    client = await hass_client_no_auth()
    await hass.config.async_update(internal_url=f"http://127.0.0.1:{client.port}")
    handlers = Handlers(house, people, Sender(client))
    await handlers.sender.enter(await handlers.grant())
    await hass.auth.async_deactivate_user(people["Fay"])
    await hass.auth.async_remove_user(people["Gone"])
    await house.settle()  # the building is replaced
    everyone = {name: await handlers.actor(name) for name in PERSONS}
    for name in ("auto", "system", "fay", "gone"):
        assert everyone[name] == Actor(None, is_administrator=False, residents=())

    differences = {}
    for handler, target, *outcomes in ROWS:
        expected = dict(zip(PERSONS, outcomes, strict=True))
        # Allowed persons come last: what is done can't always be done again.
        in_turn = sorted(PERSONS, key=lambda name: expected[name] == "y")
        found = {
            name: await handlers.outcome(name, handler, target) for name in in_turn
        }
        if found != expected:
            differences[handler, target] = found
        if (handler, target) == ("pause", "flat4"):
            for name in ("ada", "lea"):
                actor = await handlers.actor(name)
                await commands.async_resume(house.building, actor)
    await house.settle()

    assert differences == {}


@dataclass(frozen=True, slots=True)
class Edge:
    """An action or a WebSocket command, and the handler that it must call."""

    handler: Callable[..., Any]
    data: Mapping[str, Any] = field(default_factory=dict)
    device: str | None = None


ADA: Final = {"resident": "resident-ada"}
GRANT: Final = {"courier": POST, "grant_id": "G1"}
VETO: Final = {**GRANT, "unit": "Flat 1"}
ENDS: Final = {"ends_at": "2126-01-01T00:00:00+00:00"}

ACTIONS: Final = {
    "set_rules": Edge(commands.async_set_rules, device="resident-ada"),
    "get_rules": Edge(commands.get_rules, device="resident-ada"),
    "check_access": Edge(acceptance.check_access, device=LOBBY),
    "get_entries": Edge(access_log.async_get_entries),
    "get_driver_visits": Edge(
        access_log.async_get_driver_visits,
        {"courier": POST, "driver": "driver-9", "day": "2026-11-24"},
    ),
    "export_entries": Edge(access_log.async_export_entries),
    "export_entries json": Edge(access_log.async_export_records, {"format": "json"}),
    "get_grants": Edge(overview.get_grants),
    "issue_grant": Edge(
        commands.async_issue_grant,
        {"courier": POST, "units": ["Flat 1"], **ENDS},
        LOBBY,
    ),
    "request_entry": Edge(passes.async_request_entry, {"pin": "1"}, LOBBY),
    "revoke_grant": Edge(commands.async_revoke_grant, GRANT),
    "notify_recipients": Edge(
        commands.async_notify_recipients,
        {"entry_id": "E1", "message": "It is on the shelf."},
    ),
    "veto_grant": Edge(commands.async_veto_grant, VETO),
    "confirm_resident": Edge(commands.async_confirm_resident, device="resident-nia"),
    "renew_link": Edge(commands.async_renew_link, device="resident-ben"),
    "revoke_link": Edge(commands.async_revoke_link, device="resident-ben"),
    "choose_erasure": Edge(
        commands.async_choose_erasure, {"days": 7}, device="resident-ada"
    ),
    "verify_ledger": Edge(access_log.async_verify),
    "pause": Edge(commands.async_pause),
    "resume": Edge(commands.async_resume),
}
COMMANDS: Final = {
    "building": Edge(overview.async_get_building),
    "couriers/test": Edge(commands.async_test_courier, {"courier": POST}),
    "hours/set": Edge(commands.set_hours, {"windows": {}}),
    "rules/get": Edge(commands.get_rules, ADA),
    "about_me": Edge(about_me.open_about_me, ADA),
    "rules/set": Edge(commands.async_set_rules, ADA),
    "consent/text": Edge(consent.async_get_text, ADA | {"language": "en"}),
    "consent/read": Edge(consent.async_note_read, ADA),
    "rules/check": Edge(commands.async_check_rules, ADA),
    "entries": Edge(access_log.async_get_entries),
    "entries/notifications": Edge(
        access_log.async_get_notifications, {"entries": ["E1"]}
    ),
    "entries/print": Edge(access_log.async_visit, {"record": 1}),
    "entries/by_hour": Edge(access_log.async_count_visits),
    "grants": Edge(overview.get_grants),
    "check_access": Edge(acceptance.check_access, {"door": LOBBY}),
    "veto_grant": Edge(commands.async_veto_grant, VETO),
    "pause": Edge(commands.async_pause),
    "resume": Edge(commands.async_resume),
    "note/set": Edge(commands.async_set_note, {"unit": "Flat 1", "note": "Up."}),
    "grants/issue": Edge(
        commands.async_issue_grant,
        {"courier": POST, "door": LOBBY, "units": ["Flat 1"], **ENDS},
    ),
    "grants/revise": Edge(commands.async_revise_grant, GRANT),
    "grants/revoke": Edge(commands.async_revoke_grant, GRANT),
    "erasure/choose": Edge(commands.async_choose_erasure, ADA | {"days": 7}),
    "rules/fleet_visits": Edge(
        commands.async_choose_fleet_visits, ADA | {"object": True}
    ),
    "residents/confirm": Edge(commands.async_confirm_resident, ADA),
    "link/renew": Edge(commands.async_renew_link, ADA),
    "link/revoke": Edge(commands.async_revoke_link, ADA),
    "passes/make": Edge(passes.async_make_pass, GRANT),
    "passes": Edge(passes.get_passes),
    "passes/revoke": Edge(passes.async_revoke_pass, {"pass": "P1"}),
    "address_code/renew": Edge(passes.async_renew_address_code, ADA),
    "orders": Edge(orders.get_orders),
    "orders/set": Edge(orders.async_set_order, ADA),
    "orders/withdraw": Edge(orders.async_withdraw_order, {"order": "O1"}),
    "orders/sources": Edge(orders.get_order_sources, ADA),
    "questions/answer": Edge(
        commands.async_answer_question,
        {"question": "none", "admit": True},
    ),
    "codes/turn_on": Edge(passes.async_turn_codes_on, {"door": LOBBY}),
    "export": Edge(access_log.async_export_records),
    "export/entries": Edge(access_log.async_export_entries),
    "export/verifier": Edge(access_log.async_export_verifier),
    "verify": Edge(access_log.async_verify),
}


class Called(ServiceValidationError):
    """Raised in place of a handler; nothing before it may decide anything."""

    def __init__(self) -> None:
        super().__init__(translation_domain=DOMAIN, translation_key="nothing_to_veto")


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> Callable[[Edge], list[Any]]:
    """Return how to replace an edge's handler; the list receives its arguments."""

    def replace(edge: Edge) -> list[Any]:
        arguments: list[Any] = []

        def handler(*args: object, **_: object) -> None:
            arguments.extend(args)
            raise Called

        module = sys.modules[edge.handler.__module__]
        monkeypatch.setattr(module, edge.handler.__name__, handler)
        return arguments

    return replace


async def test_each_action_and_command_calls_its_handler_and_decides_nothing(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
    called: Callable[[Edge], list[Any]],
) -> None:
    """Dan may do nothing: the handler is reached only if nothing else denies it."""
    dan = people["Dan"]
    for name, edge in ACTIONS.items():
        action = name.partition(" ")[0]
        arguments = called(edge)
        responds = hass.services.supports_response(DOMAIN, action)
        with pytest.raises(Called):
            await hass.services.async_call(
                DOMAIN,
                action,
                {"device_id": house.device(edge.device).id, **edge.data},
                blocking=True,
                return_response=responds is not SupportsResponse.NONE,
                context=acting(dan),
            )
        building, actor, *_ = arguments
        # What is shown at a door is the authority, and any caller will do.
        who = (
            dan.id if name != "request_entry" else house.building.directory.doors[LOBBY]
        )
        assert (building, getattr(actor, "user_id", actor)) == (house.building, who)

    wire = await connect(hass, house, hass_ws_client, dan)
    for name, edge in COMMANDS.items():
        arguments = called(edge)
        answer = await wire.ask(name, **edge.data)
        error = answer["error"]
        assert (error["code"], error["translation_key"]) == (
            "not_found",
            "nothing_to_veto",
        ), name
        building, actor, *_ = arguments
        assert (building, actor.user_id) == (house.building, dan.id), name


def test_every_action_command_handler_and_permission_is_in_a_table(
    hass: HomeAssistant, house: House
) -> None:
    actions = {name.partition(" ")[0] for name in ACTIONS}
    assert actions == hass.services.async_services_for_domain(DOMAIN).keys()
    registered = {
        name.removeprefix(f"{DOMAIN}/")
        for name in hass.data["websocket_api"]
        if name.startswith(f"{DOMAIN}/")
    }
    assert COMMANDS.keys() == registered - {"overview", "left", "subscribe"}
    table = command_table.COMMANDS.values()
    assert sorted(each.panel for each in table if each.panel) == sorted(COMMANDS)
    assert sorted(each.action for each in table if each.action) == sorted(actions)

    in_table = {handler for handler, *_ in ROWS}
    assert in_table == HANDLERS.keys() - STEPS
    handlers = {each.handler for each in (*ACTIONS.values(), *COMMANDS.values())}
    handlers.remove(passes.async_request_entry)  # it takes no actor
    assert handlers <= {HANDLERS[name] for name in in_table}
    assert all(each.roles for each in Permission)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("not_allowed_pause", "unauthorized"),
        ("not_your_unit", "unauthorized"),
        ("link_needs_no_login", "home_assistant_error"),
    ],
)
def test_a_command_returns_the_code_of_its_error(key: str, code: str) -> None:
    assert websocket._code(invalid(key)) == code


def test_actions_commands_pages_and_assist_check_no_permission() -> None:
    root = Path(services.__file__).parent
    edges = [root / "services.py", root / "llm.py", *root.glob("web/**/*.py")]
    assert not [edge for edge in edges if "Permission" in edge.read_text()]
