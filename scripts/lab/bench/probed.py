"""A demo building with the probe beside it, and couriers enough for many grants."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from ..answers import Record, parsed, record, text
from ..courier import Courier
from ..instance import Instance, free_port
from ..main_job import new_grant_id
from ..parts import Part
from ..phone import PushService
from ..signing import signer
from ..site import DEMO_DOOR, Site, configuration, find, set_up
from . import pump
from .courier_probe import BARE, DOMAIN as PROBE, FIGURES
from .opener import OPENER, OPENER_CONFIGURATION

CONNECTIONS = 50
MOST_OPEN_GRANTS = 200
"""Of one courier: docs/courier-api/README.md."""


@dataclass(slots=True)
class Probed:
    """A demo building and the probe."""

    http: aiohttp.ClientSession
    home: Instance
    push: PushService
    site: Site

    async def restart(self) -> None:
        """Start Home Assistant, which was stopped."""
        self.home.start()
        await self.home.ready()
        self.site = await find(self.http, self.home.url, self.home.folder, self.push)

    @property
    def entry_id(self) -> str:
        """The building's config entry."""
        return self.site.kept.entry_id

    @property
    def ledger(self) -> Path:
        """The building's file."""
        return self.home.folder / f"courier_access_{self.entry_id}.db"

    async def figures(self, *, collect: bool = False) -> Record:
        """Read the probe's figures, after Home Assistant collected its garbage if that is wanted."""
        asked = "?collect" if collect else ""
        async with self.http.get(self.home.url + FIGURES + asked) as answer:
            return record(parsed(await answer.read()))

    async def bare(self, seconds: float) -> pump.Pumped:
        """Post to the bare handler for some seconds."""
        url = self.home.url + BARE
        asked = pump.request(url, b"{}", {"Content-Type": "application/json"})
        return await pump.pump(
            url, (asked for _ in range(int(seconds * 30_000))), CONNECTIONS, seconds
        )

    def courier(self, part: Part) -> Courier:
        """Return the back end of a courier that was added to the stopped building."""
        return Courier(
            self.http,
            part.title,
            f"{self.home.url}/api/webhook/{part.data['webhook_id']}",
            signer(part.data["keys"][0]["key"]),
        )


@asynccontextmanager
async def probed(*, with_opener: bool = False) -> AsyncIterator[Probed]:
    """Run a demo building, its door a demo door or the lock of a measurement."""
    push = PushService()
    opener = {"opener": OPENER} if with_opener else {}
    with TemporaryDirectory(prefix="courier-bench-") as folder:
        async with push.served(), aiohttp.ClientSession() as http:
            home = Instance(
                Path(folder),
                free_port(),
                {**configuration(push), **OPENER_CONFIGURATION, PROBE: {}},
                components=[Path(__file__).parent / PROBE],
            )
            home.start()
            try:
                await home.ready()
                site = await set_up(
                    http, home.url, home.folder, push, {**DEMO_DOOR, **opener}
                )
                yield Probed(http, home, push, site)
            finally:
                home.stop()


def grant_requests(
    couriers: Sequence[Courier], units: Sequence[str], count: int
) -> Iterator[bytes]:
    """Write and sign that many new grants, the couriers and the units by turns."""
    now = datetime.now(UTC)
    for courier, unit in islice(
        zip(cycle(couriers), cycle(units), strict=False), count
    ):
        message = courier.compose(
            "grant.issued",
            {
                "grant_id": new_grant_id(),
                "units": [unit],
                "starts_at": now.isoformat(),
                "ends_at": (now + timedelta(hours=8)).isoformat(),
            },
        )
        yield pump.request(courier.url, message.body, courier.headers(message))


def decision(answer: bytes) -> str:
    """Return what was decided."""
    return text(record(parsed(answer)), "decision")
