"""Files of time zones that only a test knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
import zoneinfo
from zoneinfo import ZoneInfo


@contextmanager
def zone_data(folder: Path) -> Iterator[None]:
    """Let Python look for zones in a folder first."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([str(folder), *before])
    ZoneInfo.clear_cache()
    try:
        yield
    finally:
        zoneinfo.reset_tzpath(before)
        ZoneInfo.clear_cache()
