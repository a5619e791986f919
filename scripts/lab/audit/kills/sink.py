"""The notification service outside: it keeps every notification that it took, and fails at random."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
import re

from aiohttp import web

from ...answers import parsed, record, text
from ...instance import HOST

FAILS = 0.15
SLOWEST = 0.1
_WITNESSED = re.compile(
    r"Receipts? (\d+)(?: to (\d+))? · ((?:[0-9a-f]{4} ?){5})(?: ?to ((?:[0-9a-f]{4} ?){5}))?"
)


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody was notified of a record, with the letters of its hash."""

    to: str
    seq: int
    witness: str


def witnessed(to: str, message: str) -> Iterator[Told]:
    """Yield the records whose receipts a notification shows."""
    if (found := _WITNESSED.search(message)) is None:
        return
    first, last, letters, last_letters = found.groups()
    yield Told(to, int(first), letters.replace(" ", ""))
    if last is not None:
        yield Told(to, int(last), last_letters.replace(" ", ""))


@dataclass(slots=True)
class Sink:
    """Takes notifications in; `fails` is how often it does not."""

    random: Random
    fails: float = FAILS
    url: str = ""
    taken: list[Told] = field(default_factory=list)
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

    async def _take(self, request: web.Request) -> web.Response:
        message = text(record(parsed(await request.read())), "message")
        await asyncio.sleep(self.random.uniform(0, SLOWEST))
        if self.random.random() < self.fails:
            self.failed += 1
            return web.Response(status=500)
        self.taken += witnessed(request.match_info["name"], message)
        return web.Response()
