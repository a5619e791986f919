"""A real building on a real ledger, driven step by step beside the reference."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
import hashlib
from itertools import count
import json
from pathlib import Path
import re
import shutil
from sqlite3 import Connection
from typing import Final

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.courier_access.access.hours import ALWAYS, WeekSchedule
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    Grant,
    GrantKey,
    Proof,
    Rules,
)
from custom_components.courier_access.api.commands import (
    async_confirm_resident,
    async_pause,
    async_resume,
    async_veto_grant,
)
from custom_components.courier_access.api.orders import (
    async_set_order,
    async_withdraw_order,
)
from custom_components.courier_access.api.passes import (
    async_make_pass,
    async_request_entry,
    async_revoke_pass,
)
from custom_components.courier_access.api.permissions import Actor
from custom_components.courier_access.building.building import Building, ledger_path
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.contract.messages import read_json
from custom_components.courier_access.doors.doors import DoorEvent, DoorEventType
from custom_components.courier_access.doors.observed import forget_watches
from custom_components.courier_access.entries.unsigned import Shown
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.outbox.expand import expand_fanouts
from custom_components.courier_access.ledger.queue import Button, NotificationKind
from custom_components.courier_access.ledger.state.entries import EntryRow, MessageKey
from custom_components.courier_access.ledger.state.grants import find_grant, load_orders
from custom_components.courier_access.ledger.verification import check_codes
from custom_components.courier_access.notifications.actions import (
    EVENT_ACTION,
    action_of,
)
from tests.properties.reference import Reference
from tests.properties.reference_observed import (
    COOL_DOWN,
    READER,
    RELAY,
    WANTED,
    OtherAccess,
    Shown as SourceShown,
)
from tests.properties.reference_orders import Report
from tests.properties.reference_parts import Decided, Hours, Press
from tests.support.house import (
    courier,
    decide,
    door,
    entries_of,
    observed,
    resident,
    told_of,
)
from tests.support.people import People, acting
from tests.support.phone_app import PhoneApp
from tests.support.rows import kept_rows, rows

START: Final = datetime(2026, 11, 25, 10, tzinfo=UTC)
COURIER: Final = "courier-parcel-post"
LIVES: Final = {"Ada": "3b", "Ben": "3b", "Cleo": "4a"}
BY_DAY: Final = WeekSchedule(((((8 * 60 * 60), (20 * 60 * 60)),),) * 7)
LOBBY: Final = "door-lobby"
SOURCES: Final = {RELAY: "binary_sensor.relay", READER: "event.reader"}
PARCELS: Final = ("sensor.parcels_a", "sensor.parcels_b")
"""Lists of parcels as `aftership` in Home Assistant has them, each a source of orders."""
ASK: Final = re.compile(r"courier_access_(approve|decline)_([0-9a-f]+)")
SCHEDULES: Final = {
    Hours.NEVER: WeekSchedule(),
    Hours.BY_DAY: BY_DAY,
    Hours.ALWAYS: ALWAYS,
}

_numbers = count()


@dataclass(frozen=True)
class MadePass:
    """A pass as its maker sees it."""

    id: str
    pin: str


class WholeBuilding:
    """The building, with what is asked of it in words of the reference."""

    def __init__(
        self,
        hass: HomeAssistant,
        freezer: FrozenDateTimeFactory,
        people: People,
        phones: Mapping[str, PhoneApp],
        moved_in: WholeBuilding | None = None,
    ) -> None:
        """Describe a building; one like `moved_in`, which is closed, begins with that one's ledger."""
        self.hass = hass
        self.freezer = freezer
        freezer.move_to(START)
        self.people = people
        self.phones = phones
        self.is_told = True
        """Whether notifications are sent while it lives. Else they stay pending, and are found so in the end."""
        self.tokens: dict[str, str] = {}
        """The last question on each resident's phone, by its token."""
        self.events: list[tuple[DoorEventType, object]] = []
        """The events of entries, each with the entry's ID."""
        self.entry = MockConfigEntry(
            domain=DOMAIN,
            title="12 Elm Street",
            data={"household": "several"},
            subentries_data=[
                door(),
                courier(),
                *(
                    observed(
                        source,
                        entity_id,
                        event_types=(WANTED,) if source == READER else (),
                        cool_down=int(COOL_DOWN.total_seconds()),
                    )
                    for source, entity_id in SOURCES.items()
                ),
                *(
                    resident(
                        name,
                        unit,
                        None,
                        person=people.person(name),
                        targets=_over(name),
                    )
                    for name, unit in LIVES.items()
                ),
            ],
        )
        self._moved_in = moved_in
        self.last: tuple[MessageKey, object, dict[str, object]] | None = None
        self.listed: dict[str, dict[str, dict[str, str | None]]] = {}
        """What each source lists, by the parcels' numbers."""

    @property
    def ledger(self) -> Path:
        """The file of the building's ledger."""
        return ledger_path(self.hass, self.entry.entry_id)

    async def move_in(self) -> None:
        """Open it for the first time."""
        self.entry.add_to_hass(self.hass)
        for entity_id in PARCELS:
            self.hass.states.async_set(entity_id, "0", {"trackings": []})
        for source, shown in OtherAccess().shown.items():
            self.show(source, shown)
        if self._moved_in is not None:
            shutil.copy(self._moved_in.ledger, self.ledger)
        await self.open()

    async def open(self) -> None:
        """Open the building on what its ledger holds."""
        self.building = Building(self.hass, self.entry)
        self.building.events.listen(LOBBY, self._keep_event)
        await self.building.async_start()
        self.building.notifications._is_started = self.is_told
        self.building.open_to_couriers()

    def _keep_event(self, event: DoorEvent) -> None:
        if event.type in (DoorEventType.ENTRY_ADMITTED, DoorEventType.ENTRY_OBSERVED):
            self.events.append((event.type, event.attributes["entry_id"]))

    async def restart(
        self, meanwhile: Collection[tuple[str, SourceShown]], *, forgets: bool
    ) -> None:
        """Close it and open it again, as a restart does, or as a reload that forgets less."""
        await self.building.async_stop()
        if forgets:
            forget_watches(self.hass, self.entry.entry_id)
        for source, shown in meanwhile:
            self.show(source, shown)
        await self.open()
        await self.rest()

    async def end(self, reference: Reference, others: OtherAccess) -> None:
        """See that everything is as it should be, and leave nothing behind."""
        while self.is_waiting:  # for what a failed step expected otherwise
            self.pass_time(12)
            await self.building.ledger.read(_nothing)
        try:
            await self.check(reference, others)
        finally:
            await self.building.async_stop()
            await self.hass.config_entries.async_remove(self.entry.entry_id)

    def actor(self, name: str) -> Actor:
        """Return a resident as somebody who acts."""
        own = tuple(one for one in self.building.residents.values() if one.name == name)
        return Actor(self.people[name].id, is_administrator=False, residents=own)

    async def decide(self, name: str, decided: Decided) -> None:
        """Let a resident decide."""

        def change(rules: Rules) -> Rules:
            return replace(
                rules,
                consent=Consent(decided.consent),
                schedule=SCHEDULES[decided.hours],
                default=Attitude(decided.attitude),
                share_hours=decided.shares,
            )

        who = self.building.residents[f"resident-{name.lower()}"]
        await decide(self.building, self.actor(name), who, change)

    async def veto(self, name: str, grant_id: str) -> None:
        """Let a resident veto a grant for their unit."""
        with suppress(ServiceValidationError):  # nothing to veto, or not theirs to
            await async_veto_grant(
                self.building,
                self.actor(name),
                COURIER,
                grant_id,
                LIVES[name],
            )

    async def pause(self, name: str, unit: str | None, until: datetime) -> None:
        """Let a resident pause the building, or their unit."""
        with suppress(ServiceValidationError):  # not their unit yet
            await async_pause(self.building, self.actor(name), unit, until)

    async def resume(self, name: str, unit: str | None) -> None:
        """Let a resident end a pause."""
        with suppress(ServiceValidationError):  # not their unit yet
            await async_resume(self.building, self.actor(name), unit)

    async def confirm(self, name: str, newcomer: str) -> None:
        """Let a resident confirm another of their unit."""
        who = self.building.residents[f"resident-{newcomer.lower()}"]
        await async_confirm_resident(self.building, self.actor(name), who)

    async def make_pass(self, name: str, grant_id: str) -> MadePass | None:
        """Let a resident make a pass, if they may."""
        try:
            made = await async_make_pass(
                self.building, self.actor(name), COURIER, grant_id
            )
        except ServiceValidationError:
            return None
        return MadePass(made.new.id, made.new.pin)

    async def revoke_pass(self, pass_id: str) -> None:
        """Let the administrator revoke a pass."""
        owner = Actor("owner", is_administrator=True, residents=())
        await async_revoke_pass(self.building, owner, pass_id)

    async def give_order(self, name: str, source: str, most: int) -> str | None:
        """Let a resident give a standing order, if they may; return its ID."""
        return await self._set_order(
            name, {"sensor": source, "courier": "Parcel Post", "most_per_day": most}
        )

    async def change_order(
        self, name: str, order_id: str, most: int, *, is_paused: bool
    ) -> bool:
        """Let a resident change a standing order; return whether it is in effect."""
        changed = {"order": order_id, "most_per_day": most, "paused": is_paused}
        return await self._set_order(name, changed) is not None

    async def _set_order(self, name: str, given: Mapping[str, object]) -> str | None:
        who = self.building.residents[f"resident-{name.lower()}"]
        try:
            order = await async_set_order(self.building, self.actor(name), who, given)
        except ServiceValidationError:
            return None
        await self.rest()
        return str(order["order"])

    async def withdraw_order(self, name: str, order_id: str) -> None:
        """Let a resident withdraw a standing order."""
        await async_withdraw_order(self.building, self.actor(name), order_id)
        await self.rest()

    async def report(self, source: str, report: Report | None) -> None:
        """Let a list of parcels say something, besides what it said before."""
        listed = self.listed.setdefault(source, {})
        if report is None:
            self.hass.states.async_set(source, "unavailable")
        else:
            estimated = report.estimated
            listed[report.barcode] = {
                "tracking_number": report.barcode,
                "status": report.status,
                "expected_delivery": None if estimated is None else str(estimated),
            }
            trackings = {"trackings": [*listed.values()]}
            self.hass.states.async_set(source, str(len(listed)), trackings)
        await self.rest()

    async def rest(self) -> None:
        """Let what sources list be followed, also while a courier waits."""
        orders = self.building.standing_orders
        while orders._is_working:
            await self.building.ledger.read(_nothing)

    async def asked_about(self) -> Collection[str]:
        """Return the grants whose drivers asked residents."""
        query = "SELECT grant_id FROM asks"
        return await self.building.ledger.read(lambda conn: rows(conn, query, str))

    async def orders(self) -> Mapping[str, tuple[int, bool]]:
        """Return the orders in effect by their IDs, with limit and pause."""
        kept = await self.building.ledger.read(load_orders)
        assert sorted(each.id for each in kept) == sorted(
            each.id for each in self.building.standing_orders.all()
        )
        return {each.id: (each.most_per_day, each.is_paused) for each in kept}

    async def ordered(self) -> Mapping[str, Grant]:
        """Return all grants that were issued under standing orders, by their IDs."""

        def read(conn: Connection) -> Mapping[str, Grant]:
            of_orders = "SELECT grant_id FROM grants WHERE issuer_kind = 'order'"
            ids = rows(conn, of_orders, str)
            found = (find_grant(conn, GrantKey(COURIER, each)) for each in ids)
            return {grant.key.grant_id: grant for grant in found if grant is not None}

        return await self.building.ledger.read(read)

    def show(self, source: str, shown: SourceShown) -> None:
        """Let a source of other courier access show something."""
        attributes = {"event_type": shown.type} if shown.type else {}
        self.hass.states.async_set(SOURCES[source], shown.value, attributes)

    async def ring(self) -> dict[str, object]:
        """Let somebody ring, as a doorbell's automation does."""
        lobby = self.building.directory.doors[LOBBY]
        return dict(await async_request_entry(self.building, lobby, Shown()))

    async def show_pass(self, pin: str) -> tuple[str, str]:
        """Let a driver type a PIN."""
        lobby = self.building.directory.doors[LOBBY]
        result = await self.building.unsigned.request(lobby, Shown(pin))
        return result.decision.value, result.reason.value

    async def send(self, kind: str, data: dict[str, object]) -> dict[str, object]:
        """Send a courier's message."""
        body = json.dumps(
            {"type": kind, "timestamp": dt_util.utcnow().isoformat(), "data": data}
        ).encode()
        key = MessageKey(
            COURIER, f"msg_{next(_numbers)}", hashlib.sha256(body).digest()
        )
        document = read_json(body)
        answer = await self._answer(key, document)
        self.last = key, document, answer
        return answer

    async def replay(self) -> tuple[dict[str, object], dict[str, object]] | None:
        """Send the last message again; return the first answer and this one."""
        if self.last is None:
            return None
        key, document, first = self.last
        return first, await self._answer(key, document)

    async def _answer(self, key: MessageKey, document: object) -> dict[str, object]:
        inbox = self.building.inbox
        assert inbox._reserve(key) is None
        reply = await self.building.host.run(
            inbox._answer_once(key, document, asyncio.get_running_loop().time()),
            "courier_access message",
        )
        assert reply.status == 200, reply
        answer: dict[str, object] = json.loads(reply.body)
        return answer

    async def come(
        self,
        names: Collection[str],
        *comes: Callable[[], Coroutine[object, object, dict[str, object]]],
    ) -> list[asyncio.Task[dict[str, object]]]:
        """Let couriers come to the door, and wait until these residents are asked, or till they have an answer."""
        for phone in self.phones.values():
            phone.pushes.clear()
        entering = [asyncio.create_task(each()) for each in comes]
        sending = self.building.questions._sending
        while not any(one.done() for one in entering) and not (
            self.asked() and self.asked().keys() >= set(names)
        ):
            await self.building.ledger.read(_nothing)  # which takes its turn
        if sending:
            await asyncio.wait(sending)
        for name in self.asked():
            [self.tokens[name]] = {token for _, token in self._buttons(name)}
        return entering

    def asked(self) -> dict[str, set[str]]:
        """Who has been asked since couriers came, and what each of them can answer."""
        buttons = {name: self._buttons(name) for name in self.phones}
        return {
            name: {verb for verb, _ in found}
            for name, found in buttons.items()
            if found
        }

    def _buttons(self, name: str) -> list[tuple[str, str]]:
        actions = [
            button["action"]
            for push in self.phones[name].pushes
            for button in push.get("data", {}).get("actions", [])
        ]
        return [
            (found[1], found[2])
            for action in actions
            if (found := ASK.fullmatch(action))
        ]

    async def press(self, *pressed: Press) -> None:
        """Let phones' apps say that buttons were pressed, all at once; whoever presses, on whatever phone."""
        for one in pressed:
            verb = Button.APPROVE if one.is_yes else Button.DECLINE
            action = action_of(verb, self.tokens.get(one.holder, "0123456789abcdef"))
            context = acting(self.people[one.by])
            self.hass.bus.async_fire(EVENT_ACTION, {"action": action}, context=context)
        await self.building._late_writes.catch_up()

    @property
    def is_waiting(self) -> bool:
        """Whether a courier waits for residents' answers."""
        return bool(self.building.questions._under_way)

    async def stands(self, grant_id: str) -> tuple[object, object]:
        """What became of an entry and of the answers: the units that let the last courier in, and who holds what."""
        await self.settle()
        admitted = [
            row
            for row in await entries_of(self.building, 10)
            if row.decision == "admitted"
        ]
        held = self.building.questions.answers.in_effect(
            (GrantKey(COURIER, grant_id), LOBBY, Proof.SIGNED)
        )
        last = _let_in(admitted[0]) if admitted else None
        return last, {unit: answer.is_yes for unit, answer in held.items()}

    def pass_time(self, seconds: int) -> None:
        """Let time pass while a courier waits, who can't be waited for."""
        self.freezer.tick(seconds)
        async_fire_time_changed(self.hass)

    async def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.pass_time(seconds)
        await self.hass.async_block_till_done()

    def tell_nobody(self) -> None:
        """Send no notifications from now on."""
        self.is_told = self.building.notifications._is_started = False

    async def settle(self) -> None:
        """Let all that is under way come to rest; notifications are sent."""
        if self.is_told:
            self.building.notifications.wake()
        for _ in range(3 if self.is_told else 1):
            await self.hass.async_block_till_done(wait_background_tasks=True)

    async def check(self, reference: Reference, others: OtherAccess) -> None:
        """See that the building is what the reference says, and that the promises hold."""
        await self.settle()
        while not self.is_told and await self.building.ledger.write(_expand):
            pass
        rows = [*reversed(await entries_of(self.building, 500))]
        admitted = [row for row in rows if row.decision == "admitted"]
        assert [_let_in(row) for row in admitted] == reference.admitted
        assert all(row.outcome == "opened" for row in admitted)
        seen = [row for row in rows if row.decision == "observed"]
        assert [(row.courier_name, row.at) for row in seen] == others.entries
        await self._check_notified(admitted, NotificationKind.ENTRY_ADMITTED)
        await self._check_notified(seen, NotificationKind.ENTRY_OBSERVED)
        assert sorted(self.events, key=str) == sorted(
            [
                *((DoorEventType.ENTRY_ADMITTED, row.entry_id) for row in admitted),
                *((DoorEventType.ENTRY_OBSERVED, row.entry_id) for row in seen),
            ],
            key=str,
        )
        await self._check_uses(reference)
        checked = await self.building.ledger.read(
            lambda conn: check_codes(conn, (), dt_util.utcnow())
        )
        assert checked.found.intact

    async def _check_notified(
        self, entries: Collection[EntryRow], kind: NotificationKind
    ) -> None:
        """See that every resident has the notification of each entry."""
        told = await told_of(self.building, [row.entry_id for row in entries])
        for row in entries:
            sent = [one for one in told[row.entry_id] if one.kind is kind]
            assert sorted(one.resident_id for one in sent) == [
                f"resident-{name.lower()}" for name in LIVES
            ]

    async def _check_uses(self, reference: Reference) -> None:
        """See that each entry used its grant once."""
        used = "SELECT grant_id, uses FROM grants WHERE uses <> 0"
        kind = tuple[str, int]
        assert dict(await kept_rows(self.building.ledger, used, kind)) == {
            grant_id: grant.uses
            for grant_id, grant in reference.grants.items()
            if grant.uses
        }


async def let_rest(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let Home Assistant keep its registries, which it does some seconds later."""
    for _ in range(2):
        freezer.tick(3600)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)


def _let_in(row: EntryRow) -> tuple[str, tuple[str, ...]]:
    """Return what a courier showed, and the units that let it in."""
    assert row.proof is not None
    return row.proof.value, tuple(json.loads(row.personal["units"]))


def _nothing(_conn: Connection) -> None:
    """Read nothing."""


def _expand(transaction: Transaction) -> bool:
    """Write down pending notifications, which nobody sends; whether there may be more."""
    return expand_fanouts(transaction.conn, dt_util.utcnow())


def _over(name: str) -> list[dict[str, str]]:
    """Return where a resident is notified, and after that asked: only their phone can be asked over."""
    return [
        {"kind": "action", "value": f"notify.{name.lower()}"},
        {"kind": "person_apps"},
    ]


def begin(now: datetime) -> Reference:
    """Return the reference of a building into which everybody has just moved."""
    return Reference(
        now=now,
        lives=LIVES,
        confirmed={"Ada", "Cleo"},
        decided=dict.fromkeys(LIVES, Decided()),
    )
