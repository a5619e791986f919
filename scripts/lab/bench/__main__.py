"""Run one of the measurements, as `scripts/bench` does."""

import argparse
import asyncio
from importlib import import_module
import sys
from typing import Protocol, cast

import aiohttp

from ..answers import UnexpectedAnswerError
from ..instance import StartError

COMMANDS = ("entry", "grants", "idle", "scale")


class Measurement(Protocol):
    """A module that measures something."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's options."""

    async def bench(self, chosen: argparse.Namespace) -> None:
        """Measure and print the result."""


def main() -> int:
    """Run the command."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS:
        print(f"bench: choose one of {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    measurement = cast("Measurement", import_module(f".{name}", __package__))
    parser = argparse.ArgumentParser(
        prog=f"scripts/bench {name}",
        description=(measurement.__doc__ or "").partition("\n\n")[2],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    measurement.add_arguments(parser)
    try:
        asyncio.run(measurement.bench(parser.parse_args(sys.argv[2:])))
    except (
        StartError,
        UnexpectedAnswerError,
        aiohttp.ClientError,
        TimeoutError,
    ) as error:
        print(f"bench: {str(error) or 'no answer in time'}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
