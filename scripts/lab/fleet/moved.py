"""A clock for PostgreSQL that stands still until it's moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from .places import TOOLS

LIBRARY = TOOLS / "python" / "libfaketime/vendor/libfaketime/src/libfaketime.so.1"


@dataclass(frozen=True, slots=True)
class MovedClock:
    """The time in a file, which libfaketime shows to a process in place of the machine's."""

    path: Path

    def move(self, now: datetime) -> None:
        """Show this time from now on."""
        # Whole at once: it's read at each look at the clock.
        new = self.path.with_suffix(".new")
        new.write_text(f"{now.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}\n")
        new.replace(self.path)

    @property
    def environment(self) -> Mapping[str, str]:
        """What a process is started with."""
        return {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self.path),
            "FAKETIME_NO_CACHE": "1",
            # How long something took is still measured.
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": "UTC",
        }
