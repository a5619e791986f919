"""The command `scripts/audit`."""

import argparse
import asyncio
from datetime import UTC, datetime
from importlib import import_module
from random import SystemRandom
import sys
from time import monotonic
from typing import cast

from ..show import head, say
from .document import circumstances, write
from .part import Audit, Chosen, Report

PARTS = ("fuzz", "mutants", "kills", "power", "clock", "attacks", "timing", "year")

EPILOG = """\
fuzz      hostile input at every edge, over HTTP and WebSocket
mutants   faults planted in the code, each of which a test has to find
kills     a real Home Assistant, killed at random moments
power     power cuts on a file system that drops what wasn't synced
clock     every transition of every time zone, and a clock that is set
attacks   each threat of the security page, over HTTP
timing    whether the time of a refusal tells a known code from an unknown one
year      a year of a building with eight homes

Each part's figures are printed, and written into docs/explanation/audit.md. Exit status: 0 where no promise was
broken, else 1.
"""


def main() -> int:
    """Run the parts."""
    parser = argparse.ArgumentParser(
        prog="scripts/audit",
        description="Try to break the promises, with everything at hand.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="default: all")
    parser.add_argument(
        "--minutes", type=float, help="for each part; default: until it is complete"
    )
    parser.add_argument("--seed", type=int, help="of all that is chosen")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    seed = SystemRandom().randrange(10**6) if chosen.seed is None else chosen.seed
    broken = 0
    for part in chosen.parts or PARTS:
        broken += _run(part, Chosen(chosen.minutes, seed))
    return 1 if broken else 0


def _run(part: str, chosen: Chosen) -> int:
    head(part)
    say(f"seed {chosen.seed}")
    # Each has needs of its own: only one of them mounts a file system.
    audit = cast("Audit", import_module(f".{part}", __package__).audit)
    began = monotonic()
    report = asyncio.run(_awaited(audit, chosen))
    for fault in report.wrong:
        print(f"WRONG: {fault}")
    print("\n".join(report.lines), flush=True)
    minutes = (monotonic() - began) / 60
    write(part, report, circumstances(chosen.seed, minutes, datetime.now(UTC)))
    return len(report.wrong)


async def _awaited(audit: Audit, chosen: Chosen) -> Report:
    return await audit(chosen)


if __name__ == "__main__":
    sys.exit(main())
