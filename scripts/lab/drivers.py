"""Drivers whose companies send nothing come in by what they show; what others let in is seen."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
import re
import secrets
from urllib.parse import urljoin

import aiohttp

from .answers import Record, UnexpectedAnswerError, is_waiting, record, records, text
from .building import DOMAIN, Building
from .client import SECONDS, User
from .main_job import GRACE_SECONDS, NOTIFICATION_SECONDS, RELOCK_SECONDS, Result
from .phone import PushService
from .show import head, say
from .watch import DoorWatch

COURIER = "Any courier"
OTHER_ACCESS = "Amazon Key"
RELAY = "input_boolean.key_relay"
SENSOR = "binary_sensor.key_relay"
LET_IN = "Let in"

PARCELS = "sensor.incoming_parcels"
PARCELS_EVENT = "courier_access_lab_parcels"

RELAY_CONFIGURATION: Mapping[str, object] = {
    "input_boolean": {"key_relay": {"name": "Key relay"}},
    "template": [
        {
            "binary_sensor": [
                {
                    "name": "Key relay",
                    "unique_id": "key_relay",
                    "state": f"{{{{ is_state('{RELAY}', 'on') }}}}",
                }
            ]
        },
        {
            "trigger": [{"trigger": "event", "event_type": PARCELS_EVENT}],
            "sensor": [
                {
                    "name": "Incoming parcels",
                    "unique_id": "lab_incoming_parcels",
                    "state": "{{ trigger.event.data.parcels | count }}",
                    "attributes": {"parcels": "{{ trigger.event.data.parcels }}"},
                }
            ],
        },
    ],
}
"""A relay of somebody else's, which a switch stands for, and the list of a parcel account."""


@dataclass(frozen=True, slots=True)
class DoorPage:
    """What the sheet at the door shows: the address, and two characters."""

    url: str
    sign: str


async def add_drivers(building: Building, url: str, door: str) -> DoorPage:
    """Register couriers without messages, somebody else's way in, and the page at the door."""
    door_id = (await building.parts("door"))[door]
    async with building.owner.channel() as channel:
        await channel.command("config/core/update", external_url=url)
    await building.add_courier_without_messages({"name": COURIER, "doors": [door_id]})
    await building.add_other_access(
        {"name": OTHER_ACCESS, "door": door_id, "source": SENSOR}
    )
    sheet = await building.print_sheets([door_id])
    address = re.search(r'https?://[^\s"<]+/api/courier_access/door/[^\s"<]+', sheet)
    sign = re.search(r"<strong[^>]*>(?:<bdi>)?([A-Z0-9]{2})", sheet)
    if address is None or sign is None:
        raise UnexpectedAnswerError("the sheet shows no address or characters")
    return DoorPage(unescape(address[0]), sign[1])


@dataclass(slots=True)
class DriversJob:
    """A resident with a phone expects parcels; drivers show something at the door."""

    http: aiohttp.ClientSession
    building: Building
    owner: User
    resident: User
    door: DoorWatch
    door_name: str
    page: DoorPage
    push: PushService
    residents: tuple[str, ...]
    recipient: str
    unit: str
    unlock_seconds: int
    result: Result = field(default_factory=Result)
    _device: str = ""

    async def run(self) -> Result:
        """Do it all, and return what came of it."""
        parts = await self.building.parts("door")
        self._device = await self.building.device(parts[self.door_name])
        need = self.result.need
        head(f"{self.recipient} expects a parcel, and its driver types a PIN")
        made = await self._pass()
        answer = await self._show(pin=made["pin"])
        need(answer["decision"] == "admitted", "the PIN let in")
        await self._opened_and_locked("the PIN")
        await self._in_vain(
            await self._show(pin=made["short_code"]), "entries_exhausted", "a used pass"
        )
        await self._in_vain(
            await self._show(pin="000000"), "unknown_grant", "a guessed PIN"
        )

        head("Another driver types a short code on the door's own page")
        made = await self._pass()
        said = await self._on_the_page(made["short_code"])
        need("The door is open" in said, "the page said that the door is open")
        await self._opened_and_locked("the door's page")
        await self._in_vain(await self._show(ring=True), "unknown_grant", "a ring")

        head("Somebody rings while a parcel is expected")
        await self._expect()
        await self._ring()
        await self._opened_and_locked("the ring")

        head("A parcel account lists a parcel: it is announced, moved, and called off")
        await self._announce_parcel()

        head(f"{OTHER_ACCESS} opens the door: it isn't decided here, but seen")
        await self._observe()
        self.result.door_opened = self.door.opened
        return self.result

    async def _announce_parcel(self) -> None:
        """Give a standing order from a list of parcels, and follow what it announces."""
        need, number = self.result.need, f"JD{secrets.randbelow(10**12):012}"
        now = datetime.now(UTC)
        await self._list(number, "in_transit")
        given = await self._command(
            "orders/set",
            resident=(await self.building.parts("resident"))[self.recipient],
            sensors=[PARCELS],
            courier=COURIER,
            most_per_day=20,
        )
        windows = []
        # Each begins an hour before it is planned, and today: tomorrow's isn't announced yet.
        # An earlier one is moved at any hour; late in the evening, a later one may fit.
        for minutes in (66, 62):
            planned = now + timedelta(minutes=minutes)
            await self._list(number, "out_for_delivery", planned)
            starts_at = (planned - timedelta(hours=1)).isoformat()
            found = await self._expected(number, starts_at)
            windows.append(found)
        need(windows[0], "the listed parcel announced")
        need(windows[1], "the listed parcel moved")
        await self._list(number, "delivered")
        need(await self._expected(number, None), "the delivered parcel called off")
        order = text(record(given), "order")
        await self._command("orders/withdraw", order=order)

    async def _list(
        self, number: str, status: str, planned: datetime | None = None
    ) -> None:
        """Let the account list a parcel, planned for an hour from then on."""
        ends_at = None if planned is None else planned + timedelta(hours=1)
        parcel = {
            "carrier": "DHL",
            "barcode": number,
            "status": status,
            "delivered": status == "delivered",
            "planned_from": planned and planned.isoformat(),
            "planned_to": ends_at and ends_at.isoformat(),
            "pickup": False,
            "pickup_point": None,
        }
        say(f"{PARCELS} lists {number}: {status}")
        await self.owner.post(f"/api/events/{PARCELS_EVENT}", {"parcels": [parcel]})

    async def _expected(self, number: str, starts_at: str | None) -> bool:
        """Return whether a parcel is soon expected from then on, or not at all."""
        for _ in range(10 * NOTIFICATION_SECONDS):
            listed = record(await self._command("grants"))
            starts = [
                datetime.fromisoformat(text(each, "starts_at"))
                for each in records(listed["grants"])
                if each.get("parcel_ref") == number
            ]
            wanted = [] if starts_at is None else [datetime.fromisoformat(starts_at)]
            if starts == wanted:
                return True
            await asyncio.sleep(0.1)
        return False

    async def leave_a_pass(self) -> Record:
        """Leave a live, unused pass and an address code to try; return how they read."""
        made = await self._pass()
        renewed = await self._command(
            "address_code/renew",
            resident=(await self.building.parts("resident"))[self.recipient],
        )
        return {
            "door_page": self.page.url,
            "door_sign": self.page.sign,
            "pass": {name: made[name] for name in ("link", "pin", "short_code")},
            "address_code": text(record(renewed), "address_code"),
        }

    async def _expect(self) -> Mapping[str, object]:
        """Expect a parcel; return how it is named."""
        ends_at = datetime.now(UTC) + timedelta(hours=2)
        issued = await self.resident.ask(
            f"{DOMAIN}.issue_grant",
            {
                "device_id": self._device,
                "courier": COURIER,
                "units": [self.unit],
                "ends_at": ends_at.isoformat(),
            },
        )
        self.result.need(issued["decision"] == "accepted", "the parcel expected")
        return {"courier": COURIER, "grant_id": text(issued, "grant_id")}

    async def _pass(self) -> dict[str, str]:
        made = record(await self._command("passes/make", **(await self._expect())))
        return {name: str(value) for name, value in made.items()}

    async def _command(self, name: str, **fields: object) -> object:
        async with self.resident.channel() as channel:
            return await channel.command(
                f"{DOMAIN}/{name}", building=self.building.entry_id, **fields
            )

    async def _show(self, **shown: object) -> Record:
        return await self.owner.ask(
            f"{DOMAIN}.request_entry", {"device_id": self._device, **shown}
        )

    async def _on_the_page(self, code: str) -> str:
        """Type a code on the door's page, without an account; return what it says."""
        base = self.page.url
        async with self.http.get(base) as answer:
            form = await answer.text()
        once = re.search(r'name="once" value="([^"]+)"', form)
        if once is None:
            raise UnexpectedAnswerError("the door's page has no form")
        typed = {"once": once[1], "code": code}
        async with self.http.post(base, data=typed, allow_redirects=False) as answer:
            shown = urljoin(base, answer.headers.get("Location", ""))
        async with asyncio.timeout(SECONDS):
            while True:
                async with self.http.get(shown) as answer:
                    said = await answer.text()
                if not is_waiting(said):
                    return said

    async def _ring(self) -> None:
        since = len(self.push.notifications)
        ringing = asyncio.create_task(self._show(ring=True))
        asked = await self.push.heard_by(self.recipient, "is ringing at", since=since)
        if self.result.need(asked is not None, f"{self.recipient} asked"):
            assert asked is not None
            say(f"{self.recipient} presses {LET_IN!r}")
            await self.push.phone_of(self.recipient).press(asked.action(LET_IN))
        answer = await ringing
        say(f"said at the door: {answer['say']}")
        self.result.need(answer["decision"] == "admitted", "the ring let in")

    async def _observe(self) -> None:
        since = len(self.push.notifications)
        await self.owner.act("input_boolean.turn_on", {"entity_id": RELAY})

        def notified() -> set[str]:
            return {
                one.to
                for one in self.push.notifications[since:]
                if OTHER_ACCESS in one.message
            }

        everyone = set(self.residents)
        await self.push.until(lambda: notified() >= everyone, NOTIFICATION_SECONDS)
        seen = self.result.need(notified() >= everyone, "all notified of what was seen")
        self.result.observed += int(seen)
        await self.owner.act("input_boolean.turn_off", {"entity_id": RELAY})

    async def _in_vain(self, answer: Record, reason: str, what: str) -> None:
        opened = self.door.opened
        stayed = not await self.door.until(
            lambda: self.door.opened > opened, GRACE_SECONDS
        )
        refused = answer["decision"] == "refused" and answer["reason"] == reason
        if self.result.need(refused and stayed, f"{what} refused as {reason}"):
            self.result.abuses_without_effect += 1

    async def _opened_and_locked(self, by: str) -> None:
        opened = await self.door.until(lambda: not self.door.shut, GRACE_SECONDS * 4)
        self.result.need(opened, f"the door opened by {by}")
        locked = await self.door.until(
            lambda: self.door.shut, self.unlock_seconds + RELOCK_SECONDS
        )
        self.result.need(locked, f"the door locked again after {by}")
