"""Runs what `scripts/fleet` is asked for."""

import argparse
import asyncio
import sys

from .load import load
from .weeks import live

VISITS, VISITS_UNDER_LOAD = 450, 50


def main() -> int:
    """Print the outcome; return whether it's as it must be."""
    parser = argparse.ArgumentParser(
        prog="scripts/fleet",
        description=(
            "Start PostgreSQL, PostgREST, and a real Home Assistant core with two buildings, and let them live some weeks,"
            " with moved clocks. One building's log is altered, the other one falls silent, and parts are killed."
        ),
    )
    parser.add_argument(
        "--kills",
        type=int,
        default=1,
        metavar="N",
        help="kill PostgreSQL, PostgREST, and Home Assistant so often each, while they report (default: 1)",
    )
    parser.add_argument(
        "--load",
        action="store_true",
        help=(
            "instead, report as many buildings at once do, with reports that are lost, repeated, reordered, and forged,"
            " and compare what is stored"
        ),
    )
    parser.add_argument(
        "--buildings",
        type=int,
        default=1000,
        metavar="N",
        help="with --load (default: 1000)",
    )
    parser.add_argument(
        "--at-once",
        type=int,
        default=32,
        metavar="N",
        help="with --load: buildings that report (default: 32)",
    )
    parser.add_argument(
        "--visits",
        type=int,
        metavar="N",
        help=f"of each building (default: {VISITS}; with --load, {VISITS_UNDER_LOAD})",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    given = parser.parse_args()
    if not given.load:
        visits = VISITS if given.visits is None else given.visits
        return live(visits=visits, kills=given.kills, seed=given.seed)
    visits = VISITS_UNDER_LOAD if given.visits is None else given.visits
    figures = asyncio.run(
        load(given.buildings, visits, at_once=given.at_once, seed=given.seed)
    )
    print(figures)
    return 0 if figures.is_ok else 1


if __name__ == "__main__":
    sys.exit(main())
