"""Keeps the house such that couriers can come in, whatever was changed, and watches its opener."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from ...answers import Record, record, records, text
from ...building import EVERY_DAY
from ...client import Channel
from ...consent import with_text
from .passes import PREFIX, Passes, quietly
from .target import FEEDS, OWNER, RESIDENT, Target

ALWAYS = {day: [{"from": "00:00:00", "to": "24:00:00"}] for day in EVERY_DAY}
OPEN_RULES: Record = {
    "consent": True,
    "windows": ALWAYS,
    "exceptions": [],
    "default": "allow",
    "couriers": {},
    "default_proof": "pass",
    "proofs": {},
    "only_while": [],
    "never_while": [],
    "share_hours": True,
    "digest_at": None,
}


@dataclass(slots=True)
class Keeper:
    """The administrator and the resident who want their couriers to come in."""

    target: Target
    passes: Passes
    random: Random
    commands: Counter[str] = field(default_factory=Counter)
    """How often the opener was called, by the action."""

    async def watch(self, channel: Channel) -> None:
        """Count each call of the opener from now on."""
        await channel.subscribe(
            self._called, "subscribe_events", event_type="call_service"
        )

    def _called(self, event: Record) -> None:
        data = record(event["data"])
        called = record(data.get("service_data") or {}).get("entity_id")
        if data["domain"] == "lock" and called in (
            self.target.opener,
            [self.target.opener],
        ):
            self.commands[text(data, "service")] += 1

    async def reopen(self, owner: Channel, resident: Channel) -> None:
        """Take back whatever keeps couriers out, and expect another parcel."""
        building = {"building": self.target.building}
        me = {"resident": self.target.me.resident_id}
        await quietly(owner, f"{PREFIX}/resume", **building)
        await quietly(owner, f"{PREFIX}/hours/set", **building, windows={})
        await quietly(
            owner, f"{PREFIX}/codes/turn_on", **building, door=self.target.door_id
        )
        rules = await with_text(
            resident, self.target.building, self.target.me.resident_id, OPEN_RULES
        )
        self.passes.texts.append(record(rules["text"]))
        await quietly(resident, f"{PREFIX}/rules/set", **building, **me, **rules)
        await quietly(resident, f"{PREFIX}/resume", **building)
        await quietly(
            resident, f"{PREFIX}/resume", **building, unit=self.target.me.unit
        )
        await self._order(resident)
        await self.passes.make(resident, self.random)

    async def _order(self, resident: Channel) -> None:
        """Have the feeds' parcels announced, and learn which questions there are."""
        building = {"building": self.target.building}
        listed = record(await resident.command(f"{PREFIX}/orders", **building))
        orders = records(listed["orders"])
        self.passes.orders.extend(text(order, "order") for order in orders)
        if len(orders) < len(FEEDS):
            for sensor in FEEDS:
                await quietly(
                    resident,
                    f"{PREFIX}/orders/set",
                    **building,
                    resident=self.target.me.resident_id,
                    sensors=[sensor],
                    courier=self.target.unsigned,
                    most_per_day=20,
                )
        overview = record(await resident.command(f"{PREFIX}/overview"))
        for shown in records(overview["buildings"]):
            asked = records(shown["questions"])
            self.passes.questions.extend(text(each, "question") for each in asked)


async def opened(target: Target) -> tuple[Channel, ...]:
    """Return connections of the administrator and the resident, which the caller closes."""
    channels = []
    for who in (OWNER, RESIDENT):
        user = target.users[who]
        socket = await target.http.ws_connect(
            f"{user.url}/api/websocket", max_msg_size=0
        )
        channel = Channel(socket)
        await channel.log_in(user.token)
        channels.append(channel)
    return tuple(channels)
