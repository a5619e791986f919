"""All sources at once, until there were enough requests."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import aiohttp

from ...answers import UnexpectedAnswerError
from .commands import ACTIONS_SOURCE as ACTIONS, COMMANDS_SOURCE as COMMANDS, Commands
from .couriers import SOURCE as COURIERS, Couriers
from .documented import SOURCE as DOCUMENT, FromDocument
from .feeds import SOURCE as FEEDS, Feeds
from .hostile import Values
from .keeper import Keeper, opened
from .pages import DOOR, OWNERS, PASS, PERSONAL, Pages
from .passes import Passes
from .tally import Proofs, Tally
from .target import OWNER, RESIDENT, STRANGER, Target
from .wire import Line, SilenceError

LINES = 8
SHARES: Mapping[str, float] = {
    COMMANDS: 0.02,
    ACTIONS: 0.015,
    FEEDS: 0.008,
    DOCUMENT: 0.004,
    DOOR: 0.01,
    PASS: 0.01,
    PERSONAL: 0.003,
    OWNERS: 0.005,
}
"""The part of all requests that each source sends; the couriers' send the rest."""
PAUSE_SECONDS = 0.05
REOPEN_EVERY = 500
VISITS_OF_A_NETWORK = 12


@dataclass(slots=True)
class Campaign:
    """One run against one house, from one seed."""

    target: Target
    seed: int
    made: Sequence[object]
    bodies: Callable[[int], Awaitable[Sequence[object]]]
    """Makes bodies from the OpenAPI document, from a seed."""
    least: int = 40
    """Requests that each source sends in any case."""
    tally: Tally = field(default_factory=Tally)
    proofs: Proofs = field(default_factory=Proofs)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    keeper: Keeper = field(init=False)
    passes: Passes = field(init=False)
    _networks: int = 0

    def __post_init__(self) -> None:
        """Begin with no pass."""
        self.passes = Passes(self.target)
        self.keeper = Keeper(self.target, self.passes, Random(self.seed))

    async def run(self, is_enough: Callable[[], bool]) -> None:
        """Send from all sources until it is enough."""
        owner, resident = await opened(self.target)
        async with owner, resident:
            await self.keeper.watch(owner)
            await self.keeper.reopen(owner, resident)
            async with asyncio.TaskGroup() as tasks:
                reopening = tasks.create_task(self._reopen())
                sources = [tasks.create_task(each) for each in self._sources()]
                while not is_enough():  # noqa: ASYNC110 - sees the time, too
                    await asyncio.sleep(0.2)
                self.stop.set()
                await asyncio.wait(sources)
                reopening.cancel()

    def _sources(self) -> Sequence[Coroutine[None, None, None]]:
        pages, feeds = (
            self._pages(),
            Feeds(self.target, self._values("feeds"), self.tally),
        )
        people = enumerate((OWNER, RESIDENT, RESIDENT, STRANGER))
        commands = [self._people(who, number) for number, who in people]
        couriers = self.couriers()
        return [
            *(self._steadily(couriers.send) for _ in range(LINES)),
            self._visits(pages.visit_door, DOOR),
            self._visits(pages.visit_pass, PASS),
            self._visits(pages.visit_resident, PERSONAL),
            self._visits(pages.visit_owner, OWNERS),
            self._visits(feeds.report, FEEDS),
            *commands,
            self._documented(),
        ]

    def _values(self, source: str) -> Values:
        return Values(Random(f"{self.seed} {source}"), self.made)

    def couriers(self) -> Couriers:
        """Return all couriers' back ends."""
        return Couriers(self.target, self._values("couriers"), self.tally, self.proofs)

    def _pages(self) -> Pages:
        return Pages(
            self.target, self._values("pages"), self.tally, self.proofs, self.passes
        )

    async def turn(self, source: str) -> None:
        """Wait until a source has sent less than its share."""
        while (  # noqa: ASYNC110 - the other sources go on meanwhile
            self.tally.requests[source] > self.least + SHARES[source] * self.tally.total
            and not self.stop.is_set()
        ):
            await asyncio.sleep(PAUSE_SECONDS)

    async def _steadily(self, send: Callable[[Line], Awaitable[None]]) -> None:
        line = Line(self.target.port)
        while not self.stop.is_set():
            try:
                await send(line)
            except SilenceError as error:
                self.tally.error(COURIERS, f"no answer to {error}")
        line.close()

    async def _visits(
        self, visit: Callable[[Line], Awaitable[None]], source: str
    ) -> None:
        """Visit again and again, from another network every few times."""
        while not self.stop.is_set():
            self._networks += 1
            line = Line(self.target.port, network(self._networks))
            for _ in range(VISITS_OF_A_NETWORK):
                await self.turn(source)
                if self.stop.is_set():
                    break
                try:
                    await visit(line)
                except SilenceError as error:
                    self.tally.error(source, f"no answer to {error}")
            line.close()

    async def _people(self, who: str, number: int) -> None:
        """Give commands and call actions as somebody, over a connection that is opened again if it's closed."""
        people = Commands(
            self.target,
            self._values(f"commands {number}"),
            self.tally,
            self.proofs,
            self.passes,
        )
        user = self.target.users[who]
        while not self.stop.is_set():
            async with self.target.http.ws_connect(
                f"{user.url}/api/websocket", max_msg_size=0
            ) as socket:
                await socket.receive()
                await socket.send_json({"type": "auth", "access_token": user.token})
                await socket.receive()
                try:
                    await self._talk(people, who, socket)
                except (ConnectionResetError, TimeoutError) as error:
                    self.tally.error(COMMANDS, f"{error!r} as {who}")

    async def _talk(
        self, people: Commands, who: str, socket: aiohttp.ClientWebSocketResponse
    ) -> None:
        number = 0
        while not self.stop.is_set():
            number += 2
            await self.turn(COMMANDS)
            await people.give(socket, number, people.command(who))
            if self.tally.requests[ACTIONS] <= self.tally.requests[COMMANDS]:
                await people.call(socket, number + 2, people.action(who))
                number += 2

    async def _documented(self) -> None:
        number = 0
        source = FromDocument(
            self.target, self._values("document"), self.tally, self.proofs
        )
        while not self.stop.is_set():
            bodies = await self.bodies(self.seed + number)
            for body in bodies:
                await self.turn(DOCUMENT)
                if self.stop.is_set():
                    break
                await asyncio.to_thread(source.send, body)
            number += 1

    async def _reopen(self) -> None:
        """Keep the house open, after every few requests."""
        rounds, due = 0, REOPEN_EVERY
        owner, resident = await opened(self.target)
        async with owner, resident:
            while True:
                if self.tally.total < due:
                    await asyncio.sleep(PAUSE_SECONDS)
                    continue
                rounds, due = rounds + 1, self.tally.total + REOPEN_EVERY
                with suppress(UnexpectedAnswerError, TimeoutError):
                    await self.keeper.reopen(owner, resident)
                    if rounds % 30 == 0:
                        await self.passes.renew_address_code(resident)


def network(number: int) -> str:
    """Return an address of this machine in another network than those before."""
    return f"127.{1 + number // 60_000 % 200}.{number // 240 % 250}.{1 + number % 240}"
