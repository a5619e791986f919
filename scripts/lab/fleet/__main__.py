"""Runs what `scripts/fleet` is asked for."""

import argparse
import asyncio
import sys

from .load import load


def main() -> int:
    """Print the outcome; return whether anything was lost, stored twice, or forged."""
    parser = argparse.ArgumentParser(
        prog="scripts/fleet",
        description="Drive a fleet's PostgreSQL and PostgREST as many buildings at once do.",
    )
    parser.add_argument(
        "--load",
        action="store_true",
        required=True,
        help="send reports that are lost, repeated, reordered, and forged, and compare what is stored",
    )
    parser.add_argument("--buildings", type=int, default=1000, metavar="N")
    parser.add_argument("--visits", type=int, default=50, metavar="N", help="of each")
    parser.add_argument(
        "--at-once", type=int, default=32, metavar="N", help="buildings that report"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    given = parser.parse_args()
    figures = asyncio.run(
        load(given.buildings, given.visits, at_once=given.at_once, seed=given.seed)
    )
    print(figures)
    return 0 if figures.is_ok else 1


if __name__ == "__main__":
    sys.exit(main())
