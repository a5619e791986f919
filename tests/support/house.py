"""A building for tests: real config entry, real ledger, a courier that signs with the public package."""

import asyncio
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import json
import sqlite3
from typing import Any
from uuid import uuid4

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState, ConfigSubentryDataWithId
from homeassistant.core import (
    Context,
    CoreState,
    Event,
    EventStateChangedData,
    HomeAssistant,
    ServiceCall,
    State,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from standardwebhooks import Webhook

from custom_components.courier_access.access.model import Resident, Rules
from custom_components.courier_access.api.commands import (
    async_change_rules,
    async_set_rules,
)
from custom_components.courier_access.api.consent import async_text_of
from custom_components.courier_access.api.permissions import Actor, async_acting
from custom_components.courier_access.building.building import Building, ledger_path
from custom_components.courier_access.const import DOMAIN, MINOR_VERSION, VERSION
from custom_components.courier_access.doors.doors import door_drivers
from custom_components.courier_access.ledger.outbox.status import (
    NotificationStatus,
    notification_status,
)
from custom_components.courier_access.ledger.state.entries import (
    EntryFilter,
    EntryRow,
    latest_entries,
)

KEY = "whsec_" + b64encode(b"a courier's shared secret of 32 b").decode()
ALWAYS = {
    day: [{"from": "00:00:00", "to": "24:00:00"}]
    for day in (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    )
}
NEVER: Mapping[str, Any] = {}
RESPONSIBLE = {
    "name": "Elm Street Owners",
    "owner_contact": "elm@example.org\n01 23 45 67 89",
    "authority": "",
    "purpose": "",
}
"""Who is responsible for a house of several homes, as the form stores it."""
RESPONSIBLE_LINE = "Elm Street Owners, elm@example.org, 01 23 45 67 89"


def door(
    name: str = "Lobby", key: str = "lobby", opener: str | None = None, **more: object
) -> ConfigSubentryDataWithId:
    """Describe a door: the demo door, or one opened by an entity."""
    kind = (
        {"opener_kind": "demo"}
        if opener is None
        else {"opener_kind": "entity", "opener": opener}
    )
    data = {"key": key, "unlock_seconds": 5, "operation": "unlock", **kind, **more}
    return ConfigSubentryDataWithId(
        data=data,
        subentry_type="door",
        title=name,
        unique_id=key,
        subentry_id=f"door-{key}",
    )


def two_doors() -> tuple[ConfigSubentryDataWithId, ...]:
    """Describe a lobby and a garage, and a courier that may come to both."""
    doors = ("door-lobby", "door-garage")
    return door(), door("Garage", "garage"), courier(doors=doors)


def courier(
    name: str = "Parcel Post", doors: tuple[str, ...] = ("door-lobby",), **more: object
) -> ConfigSubentryDataWithId:
    """Describe a courier with a shared secret."""
    slug = name.lower().replace(" ", "-")
    webhook_id = str(more.pop("webhook_id", f"webhook-of-{slug}"))
    data = {
        "doors": list(doors),
        "longest_grant_hours": 12,
        "rate_per_minute": 60,
        "enabled": True,
        "webhook_id": webhook_id,
        "keys": [{"key": KEY, "ends_at": None}],
        **more,
    }
    return ConfigSubentryDataWithId(
        data=data,
        subentry_type="courier",
        title=name,
        unique_id=webhook_id,
        subentry_id=f"courier-{slug}",
    )


RELAY = "binary_sensor.relay"


def observed(
    name: str = "Amazon Key",
    source: str = RELAY,
    door: str = "door-lobby",
    event_types: tuple[str, ...] = (),
    cool_down: int = 30,
    trigger: Mapping[str, Any] | None = None,
) -> ConfigSubentryDataWithId:
    """Describe other courier access, by default the relay of a device on its own contact."""
    reporter: dict[str, Any] = (
        {"source": source, "event_types": list(event_types)}
        if trigger is None
        else {"trigger": dict(trigger)}
    )
    data = {"door": door, "cool_down": cool_down, **reporter}
    return ConfigSubentryDataWithId(
        data=data,
        subentry_type="observed",
        title=name,
        unique_id=None,
        subentry_id=f"observed-{name.lower().replace(' ', '-')}",
    )


def resident(
    name: str = "Ada",
    unit: str = "3B",
    windows: Mapping[str, Any] | None = ALWAYS,
    *,
    person: str | None = None,
    consent: bool = True,
    **more: object,
) -> ConfigSubentryDataWithId:
    """Describe a resident, by default one who decided on paper to be open always, notified by notify.<name>."""
    data: dict[str, Any] = {
        "unit": unit,
        "person": person,
        "language": "en",
        "targets": [{"kind": "action", "value": f"notify.{name.lower()}"}],
        **more,
    }
    if windows is not None:
        data["paper"] = {
            "id": f"paper-{name}",
            "decided_on": "2026-01-02",
            "consent": consent,
            "windows": dict(windows),
        }
    return ConfigSubentryDataWithId(
        data=data,
        subentry_type="resident",
        title=name,
        unique_id=None,
        subentry_id=f"resident-{name.lower()}",
    )


def across_the_street(**more: object) -> tuple[ConfigSubentryDataWithId, ...]:
    """Describe the parts of a second building; as in Home Assistant, no two parts have one id."""
    return (
        door("Gate", "gate"),
        courier("Other Post", ("door-gate",), **more),
        resident("Zoe", "3B"),
    )


async def entries_of(building: Building, limit: int) -> list[EntryRow]:
    """Return the newest entries as the ledger has them, newest first."""
    return await building.ledger.read(
        lambda conn: latest_entries(conn, EntryFilter(limit))
    )


async def told_of(
    building: Building, entry_ids: Sequence[str]
) -> Mapping[str, Sequence[NotificationStatus]]:
    """Return how far each resident's notifications of these entries are."""
    return await building.ledger.read(lambda conn: notification_status(conn, entry_ids))


@dataclass(slots=True)
class House:
    """A building in a test, and what its residents were notified of."""

    hass: HomeAssistant
    entry: MockConfigEntry
    told: list[tuple[str, str]] = field(default_factory=list)
    told_at_first: list[tuple[str, str]] = field(default_factory=list)
    """What they were notified of when the building was set up, such as that they may consent."""
    announced: list[tuple[str, str]] = field(default_factory=list)
    """The deliveries that they were notified of; `told` doesn't contain them."""

    @property
    def building(self) -> Building:
        """The building at run time."""
        loaded: Building = self.entry.runtime_data
        return loaded

    def door_state(self, entity_id: str = "lock.lobby") -> str:
        """Read the door's lock entity."""
        state = self.hass.states.get(entity_id)
        assert state is not None
        return state.state

    def device(self, subject: str | None = None) -> dr.DeviceEntry:
        """Return the device of one of the building's subentries, or of the building."""
        identifier = (DOMAIN, subject or self.entry.entry_id)
        devices = dr.async_entries_for_config_entry(
            dr.async_get(self.hass), self.entry.entry_id
        )
        return next(device for device in devices if identifier in device.identifiers)

    def listen(self, name: str) -> None:
        """Keep what a resident of that name is notified of through `notify.<name>`."""

        async def take(call: ServiceCall) -> None:
            is_announced = call.data.get("title", "").endswith(
                (" expected", " canceled", " expected again", ": changes", ": new time")
            )
            (self.announced if is_announced else self.told).append(
                (name, call.data["message"])
            )

        self.hass.services.async_register("notify", name.lower(), take)

    async def go_down(self) -> None:
        """Unload the building as when Home Assistant stops: of what is left at its doors only the disk knows."""
        self.hass.set_state(CoreState.stopping)
        assert await self.hass.config_entries.async_unload(self.entry.entry_id)
        self.hass.set_state(CoreState.running)
        door_drivers(self.hass).stop()

    async def reload(self) -> None:
        """Reload the building."""
        assert await self.hass.config_entries.async_reload(self.entry.entry_id)
        await self.settle()

    async def settle(self) -> None:
        """Let everything that is under way come to rest."""
        await settle(self.hass)


async def build(
    hass: HomeAssistant,
    *parts: ConfigSubentryDataWithId,
    household: str = "several",
    title: str = "12 Elm Street",
) -> House:
    """Set a building up with these parts, by default one door, one courier and one resident."""
    parts = parts or (door(), courier(), resident())
    # Whatever adds views comes before the first client: it starts the server.
    assert await async_setup_component(hass, "websocket_api", {})
    entry = MockConfigEntry(
        domain=DOMAIN,
        title=title,
        data={"household": household},
        options={"responsible": RESPONSIBLE} if household == "several" else {},
        subentries_data=list(parts),
        version=VERSION,
        minor_version=MINOR_VERSION,
    )
    entry.add_to_hass(hass)
    house = House(hass, entry)
    for part in parts:
        if part["subentry_type"] == "resident":
            house.listen(str(part["title"]))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await house.settle()
    house.told_at_first.extend(house.told)
    house.told.clear()
    return house


async def spoil_ledger(house: House) -> None:
    """Damage texts in a building's ledger, as a disk does.

    One is read when a courier comes, and one, which no record binds, at a start.
    """

    def spoil() -> None:
        path = ledger_path(house.hass, house.entry.entry_id)
        with sqlite3.connect(path, isolation_level=None) as ledger:
            for table, column in (
                ("grant_units", "label"),
                ("resident_sets", "members"),
            ):
                ledger.execute(
                    f"UPDATE {table} SET {column} ="
                    f" CAST(CAST(COALESCE({column}, '') AS BLOB) || x'ff' AS TEXT)"
                )
        ledger.close()

    await house.hass.async_add_executor_job(spoil)


async def lose_ledger(house: House) -> None:
    """Load a building again whose ledger can't be opened: there is no file at its place."""
    assert await house.hass.config_entries.async_unload(house.entry.entry_id)
    path = ledger_path(house.hass, house.entry.entry_id)
    path.rename(path.with_suffix(".moved"))
    path.mkdir()
    assert await house.hass.config_entries.async_setup(house.entry.entry_id)


async def ask(
    house: House, action: str, subject: str | None, context: Context, **data: Any
) -> dict[str, Any]:
    """Call an action on the device of a subentry and return its response, which must be JSON."""
    await _read_text(house, action, subject, context, data)
    response = await house.hass.services.async_call(
        DOMAIN,
        action,
        {"device_id": house.device(subject).id} | data,
        blocking=True,
        return_response=True,
        context=context,
    )
    written: dict[str, Any] = json.loads(json.dumps(response))
    assert written == response
    return written


async def do(
    house: House, action: str, context: Context, subject: str | None = None, **data: Any
) -> None:
    """Call an action on the device of a subentry, and want no response.

    Before an action that says yes, its resident says it in the panel: an action shows no text.
    """
    await _read_text(house, action, subject, context, data)
    await house.hass.services.async_call(
        DOMAIN,
        action,
        {"device_id": house.device(subject).id} | data,
        blocking=True,
        context=context,
    )


async def _read_text(
    house: House,
    action: str,
    subject: str | None,
    context: Context,
    data: dict[str, Any],
) -> None:
    resident = house.building.residents.get(subject or "")
    says_yes = action == "set_rules" and data.get("consent") in (True, "given")
    is_own = resident is not None and resident.user_id == context.user_id is not None
    if says_yes and is_own and house.building.entry.state is ConfigEntryState.LOADED:
        assert resident is not None
        actor = await async_acting(house.building, context)
        text = await async_text_of(house.building, resident, "en")
        given = {**data, "text": {"hash": text.hash, "language": "en"}}
        del data["consent"]
        await async_set_rules(house.building, actor, resident, given)


async def decide(
    building: Building,
    actor: Actor,
    resident: Resident,
    change: Callable[[Rules], Rules],
) -> Rules:
    """Change a resident's rules as in the panel and on pages: they read the text of a yes."""
    text = await async_text_of(building, resident, "en")
    changed = await async_change_rules(building, actor, resident, change, text)
    return changed.rules


async def refusal(
    house: House, action: str, context: Context, subject: str | None = None, **data: Any
) -> str | None:
    """Call an action that is refused, and return the key of the refusal."""
    with pytest.raises(ServiceValidationError) as refused:
        await do(house, action, context, subject, **data)
    return refused.value.translation_key


async def settle(hass: HomeAssistant) -> None:
    """Let everything that is under way come to rest."""
    for _ in range(4):
        await hass.async_block_till_done(wait_background_tasks=True)


async def pass_time(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float
) -> None:
    """Let time pass, and what was waiting for it happen."""
    freezer.tick(seconds)
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def until(condition: Callable[[], bool]) -> None:
    """Give way to whatever else runs until something is so; what never comes fails."""
    for _ in range(200_000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came")


async def quiet() -> None:
    """Give way until nothing else runs for a while, or for 200 turns where something always does."""
    loop: Any = asyncio.get_running_loop()
    alone = 0
    for _ in range(200):
        await asyncio.sleep(0)
        alone = 0 if loop._ready else alone + 1
        if alone == 20:
            return


def watch(hass: HomeAssistant, *entity_ids: str) -> list[State]:
    """Return the states that these entities take from now on, in their order."""
    seen: list[State] = []

    @callback
    def take(event: Event[EventStateChangedData]) -> None:
        if (state := event.data["new_state"]) is not None:
            seen.append(state)

    async_track_state_change_event(hass, entity_ids, take)
    return seen


@dataclass(slots=True)
class Answer:
    """What a courier was answered."""

    status: int
    body: dict[str, Any]
    headers: Mapping[str, str]

    @property
    def problem(self) -> str:
        """The code of what was wrong; empty where nothing was."""
        return str(self.body.get("type", "")).partition("urn:courier-access:problem:")[
            2
        ]


@dataclass(slots=True)
class LateClient:
    """A client that starts Home Assistant's server with its first request: no view can be added after."""

    new: ClientSessionGenerator
    started: TestClient[Any, Any] | None = None

    async def request(self, method: str, path: str, **more: Any) -> ClientResponse:
        """Send a request."""
        if self.started is None:
            self.started = await self.new()
        return await self.started.request(method, path, **more)


@dataclass(slots=True)
class Sender:
    """A courier's back end, signing with somebody else's implementation of the specification."""

    client: TestClient[Any, Any]
    webhook_id: str = "webhook-of-parcel-post"
    key: str = KEY

    async def send(
        self,
        kind: str,
        data: Mapping[str, Any],
        *,
        message_id: str | None = None,
        at: datetime | None = None,
        body_at: datetime | None = None,
        to: str | None = None,
    ) -> Answer:
        """Sign and post a message."""
        at = at or dt_util.utcnow()
        message: dict[str, Any] = {
            "type": kind,
            "timestamp": (body_at or at).isoformat(),
            "data": dict(data),
        }
        if to is not None:
            message["to"] = to
        return await self.post(json.dumps(message), message_id=message_id, at=at)

    async def post(
        self, body: str, *, message_id: str | None = None, at: datetime | None = None
    ) -> Answer:
        """Sign and post a body."""
        return await self.raw(
            body.encode(), self.headers(body, message_id=message_id, at=at)
        )

    async def raw(
        self, data: object, headers: Mapping[str, str], *, method: str = "POST"
    ) -> Answer:
        """Send just this."""
        response = await self.client.request(
            method, f"/api/webhook/{self.webhook_id}", data=data, headers=headers
        )
        text = await response.text()
        return Answer(
            response.status, json.loads(text) if text else {}, response.headers
        )

    def headers(
        self, body: str, *, message_id: str | None = None, at: datetime | None = None
    ) -> dict[str, str]:
        """Return the headers of a signed body."""
        at = at or dt_util.utcnow()
        message_id = message_id or f"msg_{uuid4().hex}"
        return {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(self.key).sign(message_id, at, body),
        }

    async def grant(
        self, grant_id: str = "G1", units: tuple[str, ...] = ("3B",), **more: Any
    ) -> Answer:
        """Issue a grant, by default for the next two hours."""
        now = dt_util.utcnow()
        data = {
            "grant_id": grant_id,
            "units": list(units),
            "starts_at": (now - timedelta(minutes=1)).isoformat(),
            "ends_at": (now + timedelta(hours=2)).isoformat(),
        }
        send = {
            name: more.pop(name)
            for name in ("message_id", "at", "body_at", "to")
            if name in more
        }
        return await self.send("grant.issued", data | more, **send)

    async def enter(self, grant_id: str = "G1", **more: Any) -> Answer:
        """Ask to enter."""
        send = {
            name: more.pop(name)
            for name in ("message_id", "at", "body_at", "to")
            if name in more
        }
        return await self.send("entry.requested", {"grant_id": grant_id} | more, **send)

    async def revoke(self, grant_id: str = "G1", **more: Any) -> Answer:
        """Revoke a grant."""
        send = {
            name: more.pop(name)
            for name in ("message_id", "at", "body_at", "to")
            if name in more
        }
        return await self.send("grant.revoked", {"grant_id": grant_id} | more, **send)


def utc(*parts: int) -> datetime:
    """Return an instant."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]  # a date's parts are few
