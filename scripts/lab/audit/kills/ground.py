"""Where a Home Assistant has its files, and how it ends without any order."""

from collections.abc import Mapping
from pathlib import Path

from ...instance import Instance


class Ground:
    """A folder, in which a killed process leaves all that it wrote."""

    def __init__(self, folder: Path, seed: str) -> None:
        """Prepare a folder below this one."""
        self.home = folder / "home"
        self.logs = folder

    @property
    def configuration(self) -> Mapping[str, object]:
        """What Home Assistant has to know of it."""
        return {}

    def settle(self) -> None:
        """Let time pass after the building was set up."""

    def end(self, home: Instance) -> None:
        """End a Home Assistant."""
        home.kill()

    def close(self) -> None:
        """Take it down."""
