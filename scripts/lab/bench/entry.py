"""The command `scripts/bench`: times an entry against what people write by hand.

All run in one real Home Assistant and open the same lock, a template lock over an `input_boolean`.
Each is timed by the machine's clock from just before its POST to the lock's change of state, which
Home Assistant stamps. The automation has a webhook trigger, a template condition, `lock.unlock` and
a persistent notification. Another one also writes a durable line before it unlocks, as somebody would
who wants to know later who came in. The entry has everything: signature, grant, rules, ledger, re-lock,
events, and three residents to notify. Before each the house is left to rest, as couriers come one at a time.

Then a resident's own unlock and the entry are timed again, in quiet and while another process floods the
courier's address with unsigned, forged, oversized and slow requests; and what each of those costs by itself.

With --fleet unreachable, the building belongs to a fleet that takes requests and never answers. The openings begin with
its first report, which is at the next quarter hour.

With --timeline, the steps of an entry are printed instead, and what it takes: statements, fsyncs, bytes of the
write-ahead log. So is the CPU time of importing the integration.
"""

import argparse
import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
import json
from pathlib import Path
from statistics import median
import sys
from tempfile import TemporaryDirectory
from time import time

import aiohttp

from ..answers import UnexpectedAnswerError
from ..courier import Courier
from ..flood import KINDS, refused
from ..instance import Instance, free_port
from ..main_job import new_grant_id
from ..phone import PushService
from ..show import say
from ..signing import signer
from ..site import DEMO_DOOR, OPEN_UNIT, RESIDENTS, configuration, set_up
from .away import unanswered
from .courier_line import ACTION, DOMAIN as LINE_DOMAIN, LINE
from .courier_timeline import COMMAND, DOMAIN as TIMELINE, FILE as TIMELINE_FILE
from .figures import p99, print_line
from .imports import import_seconds
from .opener import OPENER, OPENER_CONFIGURATION, Opener

AUTOMATION_WEBHOOK = "bench_automation"
DURABLE_WEBHOOK = "bench_durable_automation"
AUTOMATION_KEY = "as-long-as-people-make-them"
SECONDS = 30
USES_OF_A_GRANT = 10
REST_SECONDS = 0.1
FLOOD_BEGINS_SECONDS = 3

AUTOMATION = "automation"
DURABLE = "automation + fsync"
ENTRY = "entry.requested"
RESIDENT = "unlock"

PROCESSES = 5
"""In how many the import is timed."""


def automation(webhook: str, first: Sequence[object] = ()) -> Mapping[str, object]:
    """Return an automation that lets a courier in after what comes first."""
    return {
        "id": webhook,
        "alias": f"Let the courier in ({webhook})",
        "mode": "single",
        "triggers": [
            {
                "trigger": "webhook",
                "webhook_id": webhook,
                "allowed_methods": ["POST"],
                "local_only": True,
            }
        ],
        "conditions": [
            {
                "condition": "template",
                "value_template": (
                    f"{{{{ trigger.json.key == '{AUTOMATION_KEY}' and 0 <= now().hour <= 23 }}}}"
                ),
            }
        ],
        "actions": [
            *first,
            {"action": "lock.unlock", "target": {"entity_id": OPENER}},
            {
                "action": "persistent_notification.create",
                "data": {
                    "title": "Courier",
                    "message": "{{ trigger.json.courier }} came in at {{ now() }}",
                    "notification_id": "courier",
                },
            },
        ],
    }


WRITE_A_LINE: Mapping[str, object] = {
    "action": f"{LINE_DOMAIN}.{ACTION}",
    "data": {LINE: "{{ trigger.json.courier }} may come in at {{ now() }}"},
}

BY_HAND: Mapping[str, object] = {
    LINE_DOMAIN: {},
    "automation": [
        automation(AUTOMATION_WEBHOOK),
        automation(DURABLE_WEBHOOK, [WRITE_A_LINE]),
    ],
}


@dataclass(slots=True)
class ByHand:
    """An automation's side."""

    http: aiohttp.ClientSession
    url: str
    opener: Opener
    webhook: str

    async def open(self) -> float:
        """Have the door opened; returns the seconds it took."""
        body = {"key": AUTOMATION_KEY, "courier": "Swift Parcels"}
        began = time()
        async with self.http.post(
            f"{self.url}/api/webhook/{self.webhook}", json=body
        ) as reply:
            await reply.read()
        return await self.opener.until("unlocked") - began


@dataclass(slots=True)
class ByEntry:
    """The integration's side. Grants are issued before, as they are in life."""

    courier: Courier
    opener: Opener
    push: PushService
    _grant: str = ""
    _left: int = 0

    async def prepare(self) -> None:
        """Have a grant with an entry left."""
        if self._left == 0:
            now = datetime.now(UTC)
            self._grant, self._left = new_grant_id(), USES_OF_A_GRANT
            answer = await self.courier.grant(
                self._grant,
                [OPEN_UNIT],
                now,
                now + timedelta(hours=2),
                max_entries=self._left,
            )
            if answer.decision != "accepted":
                raise UnexpectedAnswerError(
                    f"the grant was not accepted: {answer.source}"
                )

    async def open(self) -> float:
        """Have the door opened; returns the seconds it took, once all are notified."""
        self._left -= 1
        expected = len(self.push.notifications) + len(RESIDENTS)
        message = self.courier.compose("entry.requested", {"grant_id": self._grant})
        headers = self.courier.headers(message)
        began = time()
        answer = await self.courier.send(message, headers)
        if answer.decision != "admitted":
            raise UnexpectedAnswerError(f"the entry was not admitted: {answer.source}")
        took = await self.opener.until("unlocked") - began
        if not await self.push.until(
            lambda: len(self.push.notifications) >= expected, SECONDS
        ):
            raise UnexpectedAnswerError("a resident was not told")
        return took


@dataclass(slots=True)
class ByResident:
    """A resident's own unlock, past the integration."""

    opener: Opener

    async def open(self) -> float:
        """Have the door opened; returns the seconds it took."""
        began = time()
        await self.opener.owner.act("lock.unlock", {"entity_id": OPENER})
        return await self.opener.until("unlocked") - began


type Sides = Mapping[str, ByHand | ByResident | ByEntry]

type Times = Mapping[str, Sequence[float]]
"""What each side's openings took, in milliseconds."""


async def measure(sides: Sides, opener: Opener, rounds: int) -> Times:
    """Time the sides by turns; each begins as often as the others."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    for _ in range(rounds):
        for side in sides.values():
            if isinstance(side, ByEntry):
                await side.prepare()
        for name in names:
            await asyncio.sleep(REST_SECONDS)
            times[name].append(await sides[name].open() * 1000)
            await opener.lock()
        names.append(names.pop(0))
    return times


async def bench(chosen: argparse.Namespace) -> None:
    """Set everything up, time it and print what came of it."""
    rounds: int = chosen.rounds
    warm_up: int = chosen.warm_up
    flood: int = chosen.flood
    timeline: bool = chosen.timeline
    fleet: str | None = chosen.fleet
    push = PushService()
    with TemporaryDirectory(prefix="courier-bench-") as folder:
        async with push.served(), aiohttp.ClientSession() as http:
            home = Instance(
                Path(folder),
                free_port(),
                {
                    **configuration(push),
                    **OPENER_CONFIGURATION,
                    **BY_HAND,
                    **({TIMELINE: {}} if timeline else {}),
                },
                components=[
                    Path(__file__).parent / name
                    for name in (LINE_DOMAIN, *([TIMELINE] if timeline else []))
                ],
            )
            home.start()
            try:
                await home.ready()
                site = await set_up(
                    http, home.url, home.folder, push, {**DEMO_DOOR, "opener": OPENER}
                )
                say(
                    f"Home Assistant {site.version}: {rounds} rounds after {warm_up} to warm up"
                )
                opener = Opener(site.owner)
                account = site.kept.couriers[-1]
                courier = Courier(
                    http, account.name, account.webhook_url, signer(account.key)
                )
                by_entry = ByEntry(courier, opener, push)
                sides: Sides = {
                    AUTOMATION: ByHand(http, home.url, opener, AUTOMATION_WEBHOOK),
                    DURABLE: ByHand(http, home.url, opener, DURABLE_WEBHOOK),
                    ENTRY: by_entry,
                }
                async with site.owner.channel() as channel:
                    await opener.begin(channel)
                    await measure(sides, opener, warm_up)
                    async with unanswered(site) if fleet else nullcontext():
                        times = await measure(sides, opener, rounds)
                    if timeline:
                        if not (noted := home.folder / TIMELINE_FILE).exists():
                            raise UnexpectedAnswerError(
                                f"nothing was noted:\n{home.log_tail()}"
                            )
                        report_timeline(noted, rounds)
                        imports = median(await import_seconds(PROCESSES)) * 1000
                        print(f"import: {imports:.0f} ms of CPU", flush=True)
                        return
                    report(times)
                    if flood > 0:
                        at_once: Sides = {
                            RESIDENT: ByResident(opener),
                            "entry": by_entry,
                        }
                        quiet = await measure(at_once, opener, rounds)
                        async with flooded(courier.url, flood):
                            loud = await measure(at_once, opener, rounds)
                        report_flood(quiet, loud)
                        await report_costs(http, courier.url, rounds)
            finally:
                await asyncio.to_thread(home.stop)


@asynccontextmanager
async def flooded(url: str, a_second: int) -> AsyncGenerator[None]:
    """Have another process flood an address meanwhile, and print what it was answered."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "scripts.lab.flood",
        url,
        str(a_second),
        stdout=asyncio.subprocess.PIPE,
    )
    began = time()
    try:
        await asyncio.sleep(FLOOD_BEGINS_SECONDS)
        yield
    finally:
        process.terminate()
        answers, _ = await process.communicate()
        say(
            f"the flood, {time() - began:.0f} s, was answered {answers.decode().strip()}"
        )


def report_flood(quiet: Times, loud: Times) -> None:
    """Print what was timed with and without the flood."""
    for when, times in (("quiet", quiet), ("flooded", loud)):
        for name, taken in times.items():
            print_line(f"{when}: {name}", taken)


async def report_costs(http: aiohttp.ClientSession, url: str, rounds: int) -> None:
    """Print how long one refused request of each kind takes, one after the other."""
    for kind in KINDS:
        taken = []
        for _ in range(rounds):
            body, headers = refused(kind)
            began = time()
            async with http.post(url, data=body, headers=headers) as answer:
                await answer.read()
            taken.append((time() - began) * 1000)
        print_line(f"one {kind}", taken)


def report(times: Times) -> None:
    """Print what was timed, and how the entry compares to the automations."""
    for name, taken in times.items():
        print_line(name, taken)

    def ratio(of: Callable[[Sequence[float]], float], name: str) -> str:
        return f"{of(times[ENTRY]) / of(times[name]):.2f}"

    print(f"unlock p99 ratio: {ratio(p99, AUTOMATION)}")
    print(f"unlock p50 ratio: {ratio(median, AUTOMATION)}")
    print(f"unlock durable ratio: {ratio(median, DURABLE)}", flush=True)


def report_timeline(file: Path, rounds: int) -> None:
    """Print the steps of an entry with their medians, and what they took to do."""
    written = [json.loads(line) for line in file.read_text().splitlines()[-rounds:]]
    steps = {
        step: median(each["steps"][step] for each in written if step in each["steps"])
        for step in written[-1]["steps"]
    }
    before = 0.0
    print(f"{'step':40} {'p50 µs':>8} {'since':>8}")
    for step, at in sorted(steps.items(), key=lambda each: each[1]):
        print(f"{step:40} {at / 1000:8.0f} {(at - before) / 1000:8.0f}")
        before = at
    kinds = ("statements", "ledger jobs", "loop turns", "tasks")
    for number, kind in enumerate(kinds):
        until = median(each["before"][number] for each in written)
        total = median(each["total"][number] for each in written)
        print(f"{kind:40} {until:8.0f} before, {total - until:.0f} after: {COMMAND}")
    # A grant for more entries comes in between now and then, which the medians don't see.
    for title, kind in (("fsyncs", "syncs"), ("bytes of log", "logged")):
        so_far = [each[kind] for each in written]
        each_entry = median(after - before for before, after in pairwise(so_far))
        print(f"{title:40} {each_entry:8.0f} from one entry to the next")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "--rounds", type=int, default=200, help="of each side (default: 200)"
    )
    parser.add_argument(
        "--warm-up", type=int, default=20, help="rounds not counted (default: 20)"
    )
    parser.add_argument(
        "--flood",
        type=int,
        default=200,
        help="requests a second that are refused, 0 for none (default: 200)",
    )
    parser.add_argument(
        "--fleet",
        choices=["unreachable"],
        help="the fleet that the building belongs to (default: none)",
    )
    parser.add_argument(
        "--timeline",
        action="store_true",
        help="print the steps of an entry instead, timed within Home Assistant",
    )
