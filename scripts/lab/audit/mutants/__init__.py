"""Faults planted in the code, each of which a test has to find."""

from dataclasses import replace
from pathlib import Path
import tempfile
from time import time

from ...show import say
from ..part import Chosen, Report
from .campaign import Campaign, keep, merged
from .covered import Covered
from .equivalents import read_equivalents
from .figures import Figures
from .plan import SAMPLE, SAMPLED, WHOLE, every, sample

WORK = Path(tempfile.gettempdir()) / "courier-access-mutants"
"""What is known of tests, and the results of earlier runs: one goes on where the last one ended."""


async def audit(chosen: Chosen) -> Report:
    """Try all mutants of some folders, and a sample of others'."""
    WORK.mkdir(exist_ok=True)
    known = WORK / "map.pickle"
    campaign = Campaign(WORK, Covered.read(known))
    folders = (*WHOLE, *SAMPLED)
    campaign.measure(known, folders)

    lines: list[str] = []
    wrong: list[str] = []
    for folder in folders:
        say(f"{folder}/")
        results = WORK / f"{folder}.jsonl"
        mutants = every(folder)
        reasons = read_equivalents(folder)
        gone = set(reasons) - {mutant.difference for mutant in mutants}
        wrong += [
            f"{difference} is listed as equivalent, but isn't there"
            for difference in sorted(gone)
        ]
        size = SAMPLE if folder in SAMPLED else len(mutants)
        mutants = sample(mutants, chosen.seed, size)
        keep(results, mutants)
        until = None
        if chosen.minutes is not None:
            until = time() + chosen.minutes * 60 / len(folders)
        listed = [mutant for mutant in mutants if mutant.difference in reasons]
        others = [mutant for mutant in mutants if mutant.difference not in reasons]
        # That a reason is wrong shows in the likeliest tests.
        replace(campaign, rounds=1).run(listed, results, until)
        campaign.run(others, results, until)
        # A sample says too little about a test.
        idle = campaign.idle(folder, mutants, results, until) if folder in WHOLE else ()
        figures = Figures(folder, mutants, merged(results), reasons, idle)
        lines += figures.lines()
        wrong += figures.wrong()
    return Report(lines, wrong)
