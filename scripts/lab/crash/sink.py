"""The notification service outside: it keeps every notification that it took, and fails at random."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
import re

from aiohttp import web

from ..answers import parsed, record, text
from ..instance import HOST

FAILS = 0.15
SLOWEST = 0.1
_WITNESSED = re.compile(r"Receipt (\d+) · ((?:[0-9a-f]{4} ?){5})")


@dataclass(frozen=True, slots=True)
class Taken:
    """A notification that was taken: to whom, and of which record, with the letters of its hash."""

    to: str
    message: str
    seq: int
    witness: str


@dataclass(slots=True)
class Sink:
    """Takes notifications in; `fails` is how often it does not."""

    random: Random
    fails: float = FAILS
    url: str = ""
    taken: list[Taken] = field(default_factory=list)
    failed: int = 0

    @asynccontextmanager
    async def served(self) -> AsyncIterator[None]:
        """Listen on a free port of 127.0.0.1."""
        app = web.Application()
        app.router.add_post("/to/{name}", self._take)
        runner = web.AppRunner(app)
        await runner.setup()
        try:
            site = web.TCPSite(runner, HOST, 0)
            await site.start()
            self.url = f"http://{HOST}:{runner.addresses[0][1]}"
            yield
        finally:
            await runner.cleanup()

    def told(self, name: str) -> set[int]:
        """Return the records that somebody was told of."""
        return {
            notification.seq for notification in self.taken if notification.to == name
        }

    async def _take(self, request: web.Request) -> web.Response:
        message = text(record(parsed(await request.read())), "message")
        await asyncio.sleep(self.random.uniform(0, SLOWEST))
        if self.random.random() < self.fails:
            self.failed += 1
            return web.Response(status=500)
        witnessed = _WITNESSED.search(message)
        if witnessed is None:
            return web.Response(status=400)
        seq, witness = witnessed.groups()
        self.taken.append(
            Taken(
                request.match_info["name"], message, int(seq), witness.replace(" ", "")
            )
        )
        return web.Response()
