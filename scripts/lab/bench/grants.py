"""The command `scripts/bench grants`: how many grants a second the building accepts.

Couriers post signed `grant.issued` messages over 50 connections at once. All are accepted, and each is on disk before
it is answered. By turns with them, the same client posts to a bare handler in the same Home Assistant that reads the
request and answers 200. Of three rounds the medians are printed, and how many commits a second the ledger made.
"""

import argparse
import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ..answers import UnexpectedAnswerError, number
from ..courier import Courier
from ..parts import add_couriers, add_residents
from ..show import say
from ..site import OPEN_UNIT
from .courier_probe import TARGET
from .figures import p99
from .probed import (
    CONNECTIONS,
    MOST_OPEN_GRANTS,
    Probed,
    decision,
    grant_requests,
    probed,
)
from .pump import pump

PER_MINUTE = 6000
BARE_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Round:
    """One round: requests a second of both sides, and what the ledger did."""

    grants: float
    bare: float
    commits: float
    p50: float
    p99: float
    loop: float
    ledger: float

    @property
    def ratio(self) -> float:
        """The grants' throughput compared to the bare handler's."""
        return self.grants / self.bare


async def bench(chosen: argparse.Namespace) -> None:
    """Set everything up, measure and print the result."""
    rounds: int = chosen.rounds
    count: int = chosen.grants
    async with probed() as building:
        await asyncio.to_thread(building.home.stop)
        needed = -(-(rounds + 1) * count // MOST_OPEN_GRANTS)
        folder, entry_id = building.home.folder, building.entry_id
        couriers = [
            building.courier(part)
            for part in add_couriers(folder, entry_id, needed, PER_MINUTE)
        ]
        homes = add_residents(folder, entry_id, chosen.homes, f"notify.{TARGET}")
        units = [str(home.data["unit"]) for home in homes] or [OPEN_UNIT]
        await building.restart()
        say(
            f"Home Assistant {building.site.version}: {rounds} rounds of {count} grants"
            f" of {needed} couriers to {len(units)} units, {CONNECTIONS} connections"
        )
        await measure(building, couriers, units, count)
        taken = [await measure(building, couriers, units, count) for _ in range(rounds)]
        report(taken)


async def measure(
    building: Probed, couriers: Sequence[Courier], units: Sequence[str], count: int
) -> Round:
    """Measure both sides once."""
    bare = await building.bare(BARE_SECONDS)
    requests = list(grant_requests(couriers, units, count))
    before = await building.figures()
    pumped = await pump(building.home.url, requests, CONNECTIONS)
    after = await building.figures()
    decided = Counter(
        decision(body) if status == 200 else f"{status} {body!r}"
        for status, body in pumped.answers
    )
    if decided != {"accepted": count}:
        raise UnexpectedAnswerError(f"not all grants were accepted: {decided}")

    def a_second(name: str) -> float:
        return (number(after, name) - number(before, name)) / pumped.seconds

    return Round(
        pumped.a_second,
        bare.a_second,
        a_second("commits"),
        median(pumped.taken),
        p99(pumped.taken),
        a_second("loop_cpu_seconds"),
        a_second("ledger_cpu_seconds"),
    )


def report(rounds: Sequence[Round]) -> None:
    """Print the medians of the rounds."""

    def middle(name: str) -> float:
        return median(float(getattr(each, name)) for each in rounds)

    print(f"grant.issued         {middle('grants'):8.0f} a second")
    print(f"bare handler         {middle('bare'):8.0f} a second")
    print(f"commits              {middle('commits'):8.0f} a second")
    print(f"grant.issued p50     {middle('p50'):8.1f} ms")
    print(f"grant.issued p99     {middle('p99'):8.1f} ms")
    print(f"CPU, the loop        {middle('loop'):8.0%}")
    print(f"CPU, ledger's thread {middle('ledger'):8.0%}")
    print(f"grant throughput ratio: {middle('ratio'):.3f}", flush=True)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--rounds", type=int, default=3, help="default: 3")
    parser.add_argument(
        "--grants", type=int, default=1000, help="of each round (default: 1000)"
    )
    parser.add_argument(
        "--homes",
        type=int,
        default=0,
        help="residents with a unit of their own; the grants are for each in turn (default: for one unit)",
    )
