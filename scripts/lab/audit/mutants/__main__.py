"""Tries chosen mutants, for the author of tests that find them."""

import argparse
from pathlib import Path
import sys

from ...show import say
from . import WORK
from .campaign import ROUNDS, Campaign, merged
from .covered import Covered
from .equivalents import add_equivalent, read_equivalents
from .figures import Figures
from .plan import SAMPLE, SAMPLED, every, sample


def main() -> int:
    """Run mutants."""
    arguments = _arguments()
    results = arguments.results or arguments.work
    results.mkdir(parents=True, exist_ok=True)
    own = results / "map.pickle"
    covered = Covered.read(own if own.exists() else arguments.work / "map.pickle")
    if not arguments.because:
        # A few mutants aren't worth the minutes that their folder's tests take.
        folders = () if arguments.only else arguments.folders
        Campaign(results, covered, arguments.processes).measure(own, folders)
    alive = 0
    for folder in arguments.folders:
        say(f"{folder}/")
        mutants = every(folder)
        path = results / f"{folder}.jsonl"
        if arguments.only:
            mutants = [mutant for mutant in mutants if mutant.name in arguments.only]
        else:
            size = arguments.sample if folder in SAMPLED else len(mutants)
            mutants = sample(mutants, arguments.seed, size)
        reasons = read_equivalents(folder)
        if arguments.because:
            for mutant in mutants:
                add_equivalent(mutant, arguments.because)
            continue
        mutants = [mutant for mutant in mutants if mutant.difference not in reasons]
        if arguments.again:
            path = path.with_suffix(".again.jsonl")
            path.unlink(missing_ok=True)
        kinds = (arguments.kind,) if arguments.kind else ("hot", "cold")
        Campaign(results, covered, arguments.processes, arguments.rounds, kinds).run(
            mutants, path
        )
        known = merged(path)
        figures = Figures(folder, mutants, known, reasons)
        alive += len(figures.survived)
        for mutant in mutants:
            if arguments.only:
                result = known[mutant.name]
                print(f"{mutant.name} {result.outcome} {result.killer or ''} {mutant}")
        say(figures.lines()[0])
    return 1 if alive else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.lab.audit.mutants", description=__doc__
    )
    parser.add_argument("folders", nargs="+", metavar="FOLDER", help="access, doors, …")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these mutants")
    parser.add_argument(
        "--because",
        help="instead of running --only, list them as equivalent, with this reason",
    )
    parser.add_argument("--again", action="store_true", help="forget earlier results")
    parser.add_argument(
        "--rounds", type=int, default=len(ROUNDS), help="1 for the likeliest tests only"
    )
    parser.add_argument(
        "--kind",
        choices=("hot", "cold"),
        help="only faults inside or outside of functions",
    )
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--work",
        type=Path,
        default=WORK,
        help="what is known of tests; default: %(default)s",
    )
    parser.add_argument(
        "--results", type=Path, help="where results are kept; default: the same folder"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
