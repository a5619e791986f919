"""Hostile input at every edge of a real Home Assistant, over HTTP and WebSocket."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
import signal
from time import monotonic

from ...instance import Instance
from ...show import say
from ..part import Chosen, Report
from .account import compare, locked, resident_bytes, tracebacks, verified
from .campaign import Campaign
from .documented import bodies
from .hostile import made_by_hypothesis
from .place import house
from .tally import Tally
from .target import Target

ENOUGH = 1_000_000
VALUES, BODIES = 600, 200
WARM = 0.1
"""The part of a run after which the memory is measured first."""
SAY_SECONDS = 30


async def audit(chosen: Chosen) -> Report:
    """Fuzz a house."""
    made = made_by_hypothesis(chosen.seed, VALUES)
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:

        async def documented(seed: int) -> Sequence[object]:
            return await loop.run_in_executor(apart, bodies, seed, BODIES)

        async with house() as (home, target):
            say(f"fuzzing {target.host}")
            campaign = Campaign(target, chosen.seed, made, documented)
            return await _fuzz(home, target, campaign, chosen)


async def _fuzz(
    home: Instance, target: Target, campaign: Campaign, chosen: Chosen
) -> Report:
    progress = Progress(home, campaign, chosen)
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, progress.end)
    await campaign.run(progress.is_enough)
    grown = progress.memory() - progress.warm
    unlocked_still, altered = await locked(target), await verified(target)
    ledger = home.folder / f"courier_access_{target.building}.db"
    size = sum(file.stat().st_size for file in home.folder.glob(f"{ledger.name}*"))
    await asyncio.to_thread(home.stop)
    tally, unlocked = campaign.tally, campaign.keeper.commands["unlock"]
    by_proof = compare(ledger, unlocked, campaign.proofs, tally, target.me.unit)
    own, others = tracebacks(home.log.read_text(errors="replace"))
    wrong = [*tally.wrong, *filter(None, (unlocked_still, altered)), *own[:5]]
    let_in = ", ".join(f"{proof} {count}" for proof, count in sorted(by_proof.items()))
    return Report(
        [
            *tally.lines(),
            f"let in {by_proof.total()}: {let_in}; opener called {unlocked} times",
            f"access log {size / 2**20:.0f} MB, tracebacks of others {len(others)}",
            _last_line(tally, len(own), grown),
        ],
        wrong,
    )


def _last_line(tally: Tally, tracebacks: int, grown: int) -> str:
    return (
        f"requests {tally.total}, admitted without proof {tally.without_proof}, "
        f"errors {tally.errors}, tracebacks {tracebacks}, memory {grown / 2**20:+.0f} MB"
    )


class Progress:
    """Knows when it is enough, says how far it is, and measures when the house is warm."""

    def __init__(self, home: Instance, campaign: Campaign, chosen: Chosen) -> None:
        """Begin now."""
        self._home = home
        self._tally = campaign.tally
        self._began = self._said = monotonic()
        self._seconds = None if chosen.minutes is None else chosen.minutes * 60
        self._is_over = False
        self.warm = 0

    def end(self) -> None:
        """End soon: a long run that is asked to end still reports what it has."""
        self._is_over = True

    def memory(self) -> int:
        """Return the memory that Home Assistant uses."""
        assert self._home.process is not None
        return resident_bytes(self._home.process.pid)

    def is_enough(self) -> bool:
        """Return whether it is enough: requests, or time."""
        now = monotonic()
        part = self._tally.total / ENOUGH
        if self._seconds is not None:
            part = max(part, (now - self._began) / self._seconds)
        if not self.warm and part >= WARM:
            self.warm = self.memory()
        if now - self._said >= SAY_SECONDS:
            self._said = now
            say(
                f"{self._tally.total:,} requests, {self._tally.errors} errors, "
                f"{self.memory() / 2**20:.0f} MB"
            )
        return self._is_over or part >= 1
