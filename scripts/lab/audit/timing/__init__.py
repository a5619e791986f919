"""The part `timing`: whether how long a refusal takes reveals why it was refused."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from hashlib import scrypt
from math import inf
from random import Random
from statistics import median
from time import monotonic

from ...show import say
from ..part import Chosen, Report
from . import codes, refusals
from .codes import Codes
from .difference import LEVEL, Difference, difference
from .house import DOORS, House, house

MESSAGES = 10_000
"""How many of each kind a run sends."""
CODES = 10_000 // len(codes.SAYS)
"""How many of each kind a run types: a page answers after whole seconds, so that 10,000 take a quarter of an hour."""
RUNS = len(DOORS)
MOST_BY_CHANCE = 1
"""In how many of the three runs a pair may be distinguished by chance."""
CHUNK = 100
"""Rounds after which the budget is filled from which used codes are recorded."""
MOST_AT_ONCE = 12

type Taken = Mapping[str, Sequence[float]]
type Pair = tuple[str, str]
type Run = Mapping[Pair, Difference]

COURIERS = "401 at a courier's address"
DRIVERS = "Refusals of a code at a door's page"
KNOWN = ", not held:"


async def audit(chosen: Chosen) -> Report:
    """Time refusals against each other, three times."""
    seconds = inf if chosen.minutes is None else chosen.minutes * 60 / (2 * RUNS)
    chance = Random(chosen.seed)
    couriers, drivers = list[Run](), list[Run]()
    async with house() as here:
        for door in DOORS:
            say(f"run {len(couriers) + 1}: couriers' messages")
            sent = await asyncio.to_thread(
                refusals.sample, here.url, here.keys, MESSAGES, chance, seconds
            )
            pairs = (*refusals.PAIRS, refusals.TOLD)
            couriers.append(_compared(sent, pairs, chance))
            say(f"run {len(couriers)}: codes at the page of the {door}")
            typed = await _codes(here, door, seconds, chance)
            drivers.append(_compared(typed, codes.PAIRS, chance))
            timed = {COURIERS: couriers[-1:], DRIVERS: drivers[-1:]}
            print("\n".join(report(timed).lines), flush=True)
    return report({COURIERS: couriers, DRIVERS: drivers})


async def _codes(house: House, door: str, seconds: float, chance: Random) -> Taken:
    """Type codes at a door's page, at least a chunk of each kind."""
    began, taken = monotonic(), dict[str, list[float]]()
    with Codes(house.url, house.pages[door], _at_once(), chance) as typist:
        for done in range(0, CODES, CHUNK):
            if done and monotonic() - began > seconds:
                break
            rounds = min(CHUNK, CODES - done)
            for kind, took in (await asyncio.to_thread(typist.sample, rounds)).items():
                taken.setdefault(kind, []).extend(took)
            say(f"{done + rounds} of {CODES}")
            await house.reload()
    return taken


def _at_once() -> int:
    """Return how many codes are typed at once: their hashes, one after the other, take half a second."""
    took = list[float]()
    for _ in range(5):
        began = monotonic()
        scrypt(b"", salt=b"", n=2**14, r=8, p=1)
        took.append(monotonic() - began)
    return max(1, min(MOST_AT_ONCE, int(0.5 / median(took))))


def _compared(taken: Taken, pairs: Sequence[Pair], chance: Random) -> Run:
    return {
        (first, second): difference(
            taken[first], taken[second], chance.randrange(10**6)
        )
        for first, second in pairs
    }


def report(timed: Mapping[str, Sequence[Run]]) -> Report:
    """Say of each pair whether it can be distinguished in more runs than by chance."""
    lines, wrong = list[str](), list[str]()
    pairs = tests = told = 0
    for title, runs in timed.items():
        lines.append(f"{title}, medians:")
        for pair in runs[0]:
            differences = [run[pair] for run in runs]
            lines += _lines(pair, differences)
            if pair == refusals.TOLD:
                continue
            times = sum(each.is_distinguished for each in differences)
            pairs, tests, told = pairs + 1, tests + len(runs), told + times
            if times > MOST_BY_CHANCE:
                wrong.append(f"{' and '.join(pair)} can be distinguished by their time")
    lines.append(
        f"pairs {pairs}, p < {LEVEL} in {told} of {tests} tests, distinguished {len(wrong)}"
    )
    return Report(lines, wrong)


def _lines(pair: Pair, differences: Sequence[Difference]) -> Iterator[str]:
    yield "  " + " / ".join(pair) + (KNOWN if pair == refusals.TOLD else "")
    for each in differences:
        first, second = each.medians
        yield (
            f"    n = {each.size} of each: {first:.1f} and {second:.1f} µs, p = {each.p:.4f}"
            f" (a difference of {each.visible:.1f} µs would show)"
        )
