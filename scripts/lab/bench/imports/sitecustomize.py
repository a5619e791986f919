"""Notes each import for the integration, and whether it is on the event loop's thread."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from inspect import currentframe
from pathlib import Path
import sys
from types import ModuleType

_NAME = "courier_access"
_FILE = Path.cwd() / "imports.txt"


class _Notes:
    """Is asked first where a module is that isn't loaded yet, and never knows."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        """Note who asks."""
        where = "elsewhere"
        with suppress(RuntimeError):
            asyncio.get_running_loop()
            where = "loop"
        if _NAME in name or (where == "loop" and _is_for_us()):
            with _FILE.open("a", encoding="utf-8") as file:
                file.write(f"{where} {name}\n")


def _is_for_us() -> bool:
    """Whether a function of the integration is among the callers."""
    frame = currentframe()
    while frame is not None:
        if f"/{_NAME}/" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


sys.meta_path.insert(0, _Notes())
