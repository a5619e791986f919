"""A fleet on 127.0.0.1 that decides about reports as `fleet.take` in `fleet/schema.sql` does."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from freezegun.api import FrozenDateTimeFactory

from tests.support.house import House, pass_time

OF_REPORT = {
    *("line", "known", "head", "visits", "forget", "version", "pending"),
    *("undelivered", "keep_days", "faults", "silent_couriers", "addresses"),
}
OF_VISIT = {"seq", "hash", "at", "courier", "door", "result", "reason"}
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJidWlsZGluZyI6ImVsbSJ9.c2lnbmF0dXJl"


@dataclass(slots=True)
class Fleet:
    """What the database knows of one building, and the requests that came."""

    line: int = 0
    seq: int | None = None
    heads: dict[int, str] = field(default_factory=dict)
    """The hash by number, as far as it was taken in this line."""
    batches: list[dict[str, Any]] = field(default_factory=list)
    """The reports, also those that only ask for the cursor."""
    visits: dict[int, dict[str, Any]] = field(default_factory=dict)
    """The visits that it has, by number."""
    health: dict[str, Any] = field(default_factory=dict)
    answer: Callable[[], web.Response] | None = None
    """What is answered instead of a decision."""
    lost_replies: int = 0
    version: int = 0
    couriers: list[dict[str, Any]] = field(default_factory=list)
    lists: int = 0
    """How often the list of couriers was requested."""
    waits: asyncio.Event | None = None
    """What an answer waits for, if for anything."""
    server: TestServer = field(init=False)

    @property
    def url(self) -> str:
        return str(self.server.make_url("")).rstrip("/")

    @property
    def reports(self) -> list[dict[str, Any]]:
        return [batch for batch in self.batches if "head" in batch]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer a report."""
        batch = (await request.json())["batch"]
        self.batches.append(batch)
        if self.waits is not None:
            await self.waits.wait()
        if self.answer is not None:
            return self.answer()
        if request.headers["Authorization"] != f"Bearer {TOKEN}":
            return web.json_response({"code": "PT401", "message": "…"}, status=401)
        reply = self.take(batch)
        if self.lost_replies:
            self.lost_replies -= 1
            return web.Response(status=502)
        return web.json_response(reply, status=409 if reply["differs"] else 200)

    def take(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Decide in the order of `fleet.take`; nothing else than the protocol names comes."""
        assert batch.keys() <= OF_REPORT, batch.keys() - OF_REPORT
        for visit in batch.get("visits", ()):
            assert visit.keys() == OF_VISIT
        known: Any = batch.get("known")
        head: Any = batch.get("head")
        assert known is None or head is None or known["seq"] <= head["seq"]
        assert batch.get("line") or known is None
        differs = taken = False
        if head is not None and batch["line"] == self.line:
            differs = self.line > 0 and (
                known is None
                or any(
                    self.heads.get(each["seq"], each["hash"]) != each["hash"]
                    for each in (known, head)
                )
            )
            taken = not differs and (self.line == 0 or known["seq"] == self.seq)
        if taken:
            self.line, self.seq = max(self.line, 1), head["seq"]
            self.heads[head["seq"]] = head["hash"]
            self.health = batch
            for visit in batch.get("visits", ()):
                assert known["seq"] < visit["seq"] <= head["seq"]
                self.visits.setdefault(visit["seq"], visit)
        assert len(batch.get("visits", ())) <= 200
        assert len(batch.get("forget", ())) <= 200
        for number in batch.get("forget", ()):
            self.visits.pop(number, None)
        return {
            "line": self.line,
            "seq": self.seq,
            "taken": taken,
            "differs": differs,
            "couriers": self.version,
        }

    async def handle_list(self, request: web.Request) -> web.Response:
        """Answer with the couriers, as the view `api.couriers` does."""
        assert request.headers["Authorization"] == f"Bearer {TOKEN}"
        self.lists += 1
        return web.json_response(self.couriers)

    def register(self, **changes: Any) -> None:
        """Register a courier, or change it; the trigger `version` raises the counter."""
        self.version += 1
        given = {"id": "swift", **changes}
        row = next((each for each in self.couriers if each["id"] == given["id"]), None)
        if row is None:
            row = {"name": "Swift", "keys": [], "door_tags": [], "enabled": True}
            self.couriers.append(row)
        row.update(given)

    def forge(self) -> None:
        """Have another hash at the cursor, as if the building's log had been changed."""
        assert self.seq is not None
        self.heads[self.seq] = "00" * 32


@asynccontextmanager
async def running_fleet() -> AsyncGenerator[Fleet]:
    """Run a fleet that knows the token and never had a report."""
    fleet = Fleet()
    app = web.Application()
    app.router.add_post("/rpc/report", fleet.handle)
    app.router.add_get("/couriers", fleet.handle_list)
    fleet.server = TestServer(app)
    await fleet.server.start_server()
    try:
        yield fleet
    finally:
        if fleet.waits is not None:
            fleet.waits.set()
        await fleet.server.close()


async def connect(house: House, fleet: Fleet, days: int | None = None) -> None:
    """Save a fleet's address and token, and how long it keeps visits, as the forms do."""
    await save_fleet(house, fleet.url, TOKEN, days)


async def save_fleet(
    house: House, address: str, token: str, days: int | None = None
) -> None:
    """Save what the forms about a fleet save; without days, no visits are sent."""
    settings: dict[str, object] = {"address": address, "token": token}
    if days is not None:
        settings["visits_days"] = days
    options = {**house.entry.options, "fleet": settings}
    house.hass.config_entries.async_update_entry(house.entry, options=options)
    await house.settle()


async def let_visits_begin(house: House, freezer: FrozenDateTimeFactory) -> None:
    """Let the 14 days pass after every resident was notified, with a steady clock."""
    await next_quarter(house, freezer)
    await pass_time(house.hass, freezer, 14 * 24 * 60 * 60)
    await next_quarter(house, freezer)


async def next_quarter(house: House, freezer: FrozenDateTimeFactory) -> None:
    """Let the next quarter hour pass, and its report."""
    await pass_time(house.hass, freezer, 15 * 60)
    await house.settle()
