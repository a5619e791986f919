"""Count how often a function is called, in all threads."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
import sys
from types import CodeType, FunctionType
from typing import cast

TOOL = sys.monitoring.PROFILER_ID
STARTS = sys.monitoring.events.PY_START


@contextmanager
def calls_of(function: Callable[..., object]) -> Iterator[Callable[[], int]]:
    """Yield a function that returns how often another one was called since."""
    code, calls = cast("FunctionType", function).__code__, 0

    def count(_code: CodeType, _offset: int) -> None:
        nonlocal calls
        calls += 1

    sys.monitoring.use_tool_id(TOOL, "calls of a function")
    try:
        sys.monitoring.register_callback(TOOL, STARTS, count)
        sys.monitoring.set_local_events(TOOL, code, STARTS)
        yield lambda: calls
    finally:
        sys.monitoring.free_tool_id(TOOL)
