"""What stands in front of PostgREST, as the proxy of compose.yaml does, and strikes while reports go through it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Thread
from time import sleep
from typing import NamedTuple

from aiohttp import web

from ...instance import HOST
from ..client import TIMEOUT_SECONDS
from ..server import Fleet

_LONGEST = 0.008
"""Within so many real seconds after it was sent, a report is answered."""
_PASSED = ("Authorization", "Content-Type")


class Part(StrEnum):
    """What is killed."""

    POSTGREST = "PostgREST"
    POSTGRESQL = "PostgreSQL"
    REPORTER = "Home Assistant"
    """Home Assistant, as by a power cut."""


class Moment(StrEnum):
    """When it's killed."""

    BEFORE = "before PostgREST has the report"
    DURING = "while it's taken"
    AFTER = "before the building has the reply"


class Strike(NamedTuple):
    """One kill."""

    part: Part
    moment: Moment


class Relay:
    """Passes requests on. Each look at the fleet is at the time of the buildings."""

    def __init__(
        self, fleet: Fleet, random: Random, on_time: Callable[[], None]
    ) -> None:
        """Keep what is behind it."""
        self._fleet = fleet
        self._random = random
        self._on_time = on_time
        self.url = ""
        self.strike: Strike | None = None
        """What happens to the next report."""
        self.is_struck = asyncio.Event()
        self.is_down = asyncio.Event()
        """Whether Home Assistant is dead, for which a strike at it waits."""

    @asynccontextmanager
    async def served(self) -> AsyncIterator[None]:
        """Listen on a port of 127.0.0.1."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, 0).start()
            self.url = f"http://{HOST}:{runner.addresses[0][1]}"
            yield
        finally:
            await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {
            name: request.headers[name] for name in _PASSED if name in request.headers
        }
        strike, self.strike = self.strike, None
        self._on_time()

        def work() -> tuple[int, bytes]:
            return self._pass(strike, request.method, request.path_qs, body, headers)

        # While a thread works, no time passes.
        status, content = await asyncio.get_running_loop().run_in_executor(None, work)
        if strike is not None:
            self.is_struck.set()
            if strike.part is Part.REPORTER:
                await self.is_down.wait()
        return web.Response(
            status=status, body=content, content_type="application/json"
        )

    def _pass(
        self,
        strike: Strike | None,
        method: str,
        path: str,
        body: bytes,
        headers: dict[str, str],
    ) -> tuple[int, bytes]:
        """Pass a request on, unless something is killed before; then start it again."""

        def forward() -> tuple[int, bytes]:
            wire = HTTPConnection(HOST, self._fleet.port, timeout=TIMEOUT_SECONDS)
            try:
                wire.request(method, path, body, headers)
                answer = wire.getresponse()
                return answer.status, answer.read()
            except OSError, HTTPException:
                return 502, b""
            finally:
                wire.close()

        if strike is None:
            return forward()
        kill = self._kill(strike.part)
        match strike.moment:
            case Moment.BEFORE:
                kill()
                answer = (502, b"") if strike.part is Part.REPORTER else forward()
            case Moment.DURING:
                answer = self._during(forward, kill)
            case Moment.AFTER:
                forward()
                kill()
                answer = 502, b""
        if strike.part is Part.POSTGRESQL:
            self._fleet.start_database()
            # By itself, PostgREST waits longer and longer before it connects again.
            self._fleet.kill_rest()
        if strike.part is not Part.REPORTER:
            self._fleet.start_rest()
        return answer

    def _kill(self, part: Part) -> Callable[[], None]:
        match part:
            case Part.POSTGREST:
                return self._fleet.kill_rest
            case Part.POSTGRESQL:
                return self._fleet.kill_database
            case Part.REPORTER:
                # It's in this process, which does that.
                return lambda: None

    def _during(
        self, forward: Callable[[], tuple[int, bytes]], kill: Callable[[], None]
    ) -> tuple[int, bytes]:
        answers: list[tuple[int, bytes]] = []
        sender = Thread(target=lambda: answers.append(forward()))
        sender.start()
        sleep(self._random.random() * _LONGEST)
        kill()
        sender.join()
        return answers[0]
