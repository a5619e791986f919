"""Many buildings report at once, over a network that loses, repeats, and reorders, and beside someone who forges.

Record 1 of each building begins its line, and each later record ends a visit. So SQL can say what must be stored.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import NamedTuple

import aiohttp

from ..answers import Record, number, record
from .client import hash_of, report, visit
from .server import Fleet
from .tokens import sign

FORGED = "Forged"
MOST_VISITS = 25
TRIES = 100

ADD = """
insert into fleet.buildings (id, name)
  select 'load-' || n, 'Building ' || n from generate_series(1, :buildings) as n;
insert into fleet.tokens (id, building, revoked_at)
  select kind || '-of-building-' || n, 'load-' || n, case kind when 'revoked' then now() end
  from generate_series(1, :buildings) as n, (values ('token'), ('revoked')) as kinds(kind);
"""
COMPARE = """
with expected as (
  select 'load-' || n as building, s as seq, sha256(convert_to('load-' || n || '/' || s, 'UTF8')) as hash
  from generate_series(1, :buildings) as n, generate_series(2, :visits + 1) as s
),
compared as (
  select e.seq as expected, v.seq as stored, v.courier
  from expected e full join fleet.visits v on v.building = e.building and v.seq = e.seq and v.hash = e.hash
),
twice as (select count(*) - 1 as more from fleet.visits group by building, seq having count(*) > 1)
select
  count(stored) as stored,
  count(*) filter (where stored is null) as lost,
  (select coalesce(sum(more), 0) from twice) as double,
  count(*) filter (where expected is null or courier = 'Forged') as forged
from compared
"""


class Figures(NamedTuple):
    """What was measured, and what PostgreSQL found."""

    buildings: int
    stored: int
    seconds: float
    p99: float
    lost: int
    double: int
    forged: int
    sent: Counter[str]

    @property
    def is_ok(self) -> bool:
        return not (self.lost or self.double or self.forged)

    def __str__(self) -> str:
        """Give the line that is printed."""
        sent = ", ".join(f"{kind} {count}" for kind, count in sorted(self.sent.items()))
        return (
            f"requests: {sent}\n"
            f"fleet load: buildings {self.buildings}, visits {self.stored}, {self.stored / self.seconds:.0f} visits/s, "
            f"p99 {self.p99 * 1000:.0f} ms, lost {self.lost}, double {self.double}, forged {self.forged}"
        )


@dataclass(slots=True)
class Building:
    """One building, the network, and what someone else sends in its name."""

    name: str
    token: str
    revoked: str
    neighbor: str
    """Another building's token."""
    visits: int
    http: aiohttp.ClientSession
    url: str
    random: Random
    sent: Counter[str]
    seconds: list[float]
    late: list[Record] = field(default_factory=list)

    async def run(self) -> None:
        """Report until all is taken."""
        line, cursor = await self.ask()
        for _ in range(TRIES):
            if cursor == self.visits + 1:
                break
            batch = self.next_report(line, cursor)
            if line:
                await self.attack(line, cursor)
            line, cursor = await self.send(batch)
        else:
            raise AssertionError(f"{self.name} never comes to the end")
        for batch in self.late:
            await self.post("reordered", batch, {200})

    def next_report(self, line: int, cursor: int) -> Record:
        """Return an honest report for this cursor."""
        if not line:
            return report(0, None, 1, log=self.name)
        head = min(cursor + self.random.randint(0, MOST_VISITS), self.visits + 1)
        return report(line, cursor, head, range(cursor + 1, head + 1), log=self.name)

    async def ask(self) -> tuple[int, int]:
        """Return the cursor."""
        return _cursor(await self.post("asked", {}, {200}))

    async def send(self, batch: Record) -> tuple[int, int]:
        """Let a report arrive as networks do; return the cursor as the building then knows it."""
        match self.random.randrange(8):
            case 0:
                await self.post("reply lost", batch, {200})
                return await self.ask()
            case 1:
                await asyncio.gather(
                    *(self.post("repeated", batch, {200}) for _ in range(3))
                )
                return await self.ask()
            case 2:
                self.late.append(batch)
                return await self.ask()
            case 3 if self.late:
                await self.post("reordered", self.late[0], {200})
        return _cursor(await self.post("reported", batch, {200}))

    async def attack(self, line: int, cursor: int) -> None:
        """Send what must not be taken."""
        after = [
            visit(seq, FORGED, courier=FORGED) for seq in range(cursor + 1, cursor + 4)
        ]
        end = {"seq": cursor + 3, "hash": hash_of(cursor + 3, FORGED)}
        true = report(line, cursor, cursor, log=self.name)
        match self.random.randrange(8):
            case 0:
                guessed = {"seq": cursor, "hash": self.random.randbytes(32).hex()}
                forged = true | {"known": guessed, "head": end, "visits": after}
                # It marks the building, whose own reports are then still taken.
                await self.post("hash guessed", forged, {409})
            case 1:
                forged = true | {"head": end, "visits": after}
                await self.post(
                    "another building's token", forged, {200, 409}, self.neighbor
                )
            case 2:
                forged = true | {"head": end, "visits": after}
                await self.post("revoked token", forged, {401}, self.revoked)
            case 3:
                forged = dict(true) | {"visits": after}
                await self.post("beyond the head", forged, {400})

    async def post(
        self, kind: str, batch: Record, allowed: set[int], token: str | None = None
    ) -> Record:
        """Send a report, and return the reply."""
        self.sent[kind] += 1
        for _ in range(TRIES):
            begun = perf_counter()
            async with self.http.post(
                self.url,
                json={"batch": batch},
                headers={"Authorization": f"Bearer {token or self.token}"},
            ) as answer:
                content = await answer.json()
            self.seconds.append(perf_counter() - begun)
            # While another report of this building is taken, it's sent again.
            if answer.status != 503:
                break
        assert answer.status in allowed, (kind, answer.status, content)
        return record(content)


def _cursor(reply: Record) -> tuple[int, int]:
    """Return line and number; the number 0 stands for none."""
    return int(number(reply, "line")), int(number(reply, "seq") if reply["seq"] else 0)


async def load(
    buildings: int, visits: int, *, at_once: int, seed: int, durable: bool = True
) -> Figures:
    """Have all buildings report all their visits."""
    with Fleet.running(durable=durable) as fleet:
        fleet.sql(ADD, buildings=str(buildings))
        sent: Counter[str] = Counter()
        seconds: list[float] = []
        turns = asyncio.Semaphore(at_once)

        def token(kind: str, n: int) -> str:
            return sign(
                fleet.secret,
                role="fleet_building",
                building=f"load-{n}",
                token_id=f"{kind}-of-building-{n}",
            )

        async def one(n: int, http: aiohttp.ClientSession) -> None:
            async with turns:
                await Building(
                    f"load-{n}",
                    token("token", n),
                    token("revoked", n),
                    token("token", n % buildings + 1),
                    visits,
                    http,
                    f"{fleet.url}/rpc/report",
                    Random(f"{seed}/{n}"),
                    sent,
                    seconds,
                ).run()

        begun = perf_counter()
        async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as tasks:
            for n in range(1, buildings + 1):
                tasks.create_task(one(n, http))
        took = perf_counter() - begun
        fleet.sql("analyze fleet.visits")
        found = fleet.row(COMPARE, buildings=str(buildings), visits=str(visits))
    seconds.sort()
    return Figures(
        buildings=buildings,
        stored=int(number(found, "stored")),
        seconds=took,
        p99=seconds[len(seconds) * 99 // 100],
        lost=int(number(found, "lost")),
        double=int(number(found, "double")),
        forged=int(number(found, "forged")),
        sent=sent,
    )
