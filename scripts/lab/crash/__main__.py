"""The command `scripts/crash`."""

import argparse
import asyncio
from pathlib import Path
from random import SystemRandom
import sys
import tempfile

from ..show import say
from .campaign import campaign

EPILOG = """\
The couriers, the residents, the lock (over MQTT) and the notification service live outside of the process that is
killed, and keep a truth of their own. The seed decides what they do and when is killed, but not how the processes
run: the same seed is a similar campaign, not the same one.

Exit status: 0 where nothing is wrong, else 1, after a list of what is.
"""


def main() -> int:
    """Run the campaign."""
    parser = argparse.ArgumentParser(
        prog="scripts/crash",
        description="Kill a real Home Assistant at random moments and compare its record with the outside.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--kills", type=int, default=8, help="how often (default: 8)")
    parser.add_argument("--seed", type=int, default=None, help="of all that is chosen")
    parser.add_argument(
        "--keep", type=Path, help="an empty folder to work in, which is kept"
    )
    chosen = parser.parse_args()
    seed = SystemRandom().randrange(10**6) if chosen.seed is None else chosen.seed
    say(f"seed {seed}")
    with tempfile.TemporaryDirectory(prefix="courier-crash-") as scratch:
        folder = chosen.keep or Path(scratch)
        result = asyncio.run(campaign(folder, chosen.kills, seed, say))
    print(result.figures)
    for fault in result.findings.wrong:
        print(f"WRONG: {fault}")
    print(result.line)
    return 0 if result.findings.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
