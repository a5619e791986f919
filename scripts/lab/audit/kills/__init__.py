"""Kills a real Home Assistant again and again, and compares its record with what was seen outside."""

from pathlib import Path
import shutil
import tempfile

from ...forking import Forks
from ...show import say
from ..part import Chosen, Report
from .campaign import campaign

KILLS = 1000
HOMES = 5
"""Side by side: each of them waits for most of its time."""


async def audit(chosen: Chosen) -> Report:
    """Run the campaign; its folder is kept where something is wrong."""
    folder = Path(tempfile.mkdtemp(prefix="courier-kills-"))
    with Forks.running() as forks:
        result = await campaign(
            folder, forks, KILLS, chosen.seed, HOMES, chosen.minutes, say
        )
    if result.findings.wrong:
        say(f"kept: {folder}")
    else:
        shutil.rmtree(folder)
    return Report([*result.figures, result.line], result.findings.wrong)
