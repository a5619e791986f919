"""Cuts the power of a real Home Assistant again and again, and compares its record with what was seen outside."""

from collections.abc import Mapping
from pathlib import Path
from random import Random
import shutil
import tempfile
from typing import override

from ...building import DOMAIN
from ...forking import Forks
from ...instance import Instance
from ...show import say
from ..kills.campaign import campaign
from ..kills.ground import Ground
from ..part import Chosen, Report
from .supply import Supply

CUTS = 100
HOMES = 3
LOSES_ALL = 0.3
"""How often nothing is left of what wasn't synced."""


class Powered(Ground):
    """A disk whose power can be cut."""

    def __init__(self, folder: Path, seed: str) -> None:
        """Mount one below this folder."""
        super().__init__(folder, seed)
        self._random = Random(f"{seed} power")
        self._supply = Supply(folder)
        self.home = self._supply.mounted / "home"

    @property
    @override
    def configuration(self) -> Mapping[str, object]:
        # What Home Assistant remembers of states isn't ours, and fills the disk.
        return {"recorder": {"db_url": f"sqlite:///{self.logs}/recorder.db"}}

    @override
    def settle(self) -> None:
        """Have the file system write what Home Assistant itself doesn't sync, but nothing of ours."""
        self._supply.write_back(DOMAIN)

    @override
    def end(self, home: Instance) -> None:
        super().end(home)
        all_of_it = self._random.random() < LOSES_ALL
        self._supply.cut(None if all_of_it else str(self._random.random()))
        self._supply.restore()

    @override
    def close(self) -> None:
        self._supply.close()


async def audit(chosen: Chosen) -> Report:
    """Run the campaign; its folder is kept where something is wrong."""
    folder = Path(tempfile.mkdtemp(prefix="courier-power-"))
    with Forks.running() as forks:
        result = await campaign(
            folder, forks, CUTS, chosen.seed, HOMES, chosen.minutes, say, Powered
        )
    if result.findings.wrong:
        say(f"kept: {folder}")
    else:
        shutil.rmtree(folder)
    line = result.findings.line("cuts", result.kills)
    return Report([*result.figures, line], result.findings.wrong)
