"""Counts what the integration does by itself: timers, statements, and what SQLite writes and syncs."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
import sqlite3
import sys
import threading
from types import CodeType
from typing import Any

from ...audit.house.counted import Counted
from ...places import INTEGRATION

LEDGERS, RECORDERS = f"{INTEGRATION.name}_", "home-assistant_v2.db"
_TIMERS = "callbacks.py"
"""The file of the integration's own timers, whose users are of interest."""


@dataclass(slots=True)
class Costs:
    """What was counted since the start."""

    ledger: Counted = field(default_factory=lambda: Counted(LEDGERS))
    recorder: Counted = field(default_factory=lambda: Counted(RECORDERS))
    timers: Counter[str] = field(default_factory=Counter)
    """How many of the loop's timers ended that ran the integration, by its first function."""
    statements: int = 0
    rewritten: int = 0
    """How often the whole file was written again."""
    _first: str = ""

    def watch(self) -> None:
        """Count from now on, in all loops and all connections that are opened after this."""
        self.ledger.watch()
        self.recorder.watch()
        self._watch_statements()
        self._watch_timers()

    def so_far(self) -> dict[str, int]:
        """Return all figures."""
        return {
            "timers": self.timers.total(),
            "statements": self.statements,
            "rewritten": self.rewritten,
            "syncs": self.ledger.syncs,
            "written": self.ledger.written,
            "by_recorder": self.recorder.written,
        }

    def _watch_statements(self) -> None:
        connect: Callable[..., sqlite3.Connection] = sqlite3.connect

        def connect_traced(database: object, **how: Any) -> sqlite3.Connection:
            connection = connect(database, **how)
            if LEDGERS in str(database):
                connection.set_trace_callback(self._stated)
            return connection

        vars(sqlite3)["connect"] = connect_traced

    def _stated(self, statement: str) -> None:
        self.statements += 1
        self.rewritten += statement == "VACUUM"

    def _watch_timers(self) -> None:
        run: Callable[[asyncio.Handle], None] = vars(asyncio.Handle)["_run"]

        def run_counted(handle: asyncio.Handle) -> None:
            self._first = ""
            run(handle)
            if self._first and isinstance(handle, asyncio.TimerHandle):
                self.timers[self._first] += 1

        setattr(asyncio.Handle, "_run", run_counted)  # noqa: B010 - a method of a class
        monitoring, tool = sys.monitoring, sys.monitoring.PROFILER_ID
        monitoring.use_tool_id(tool, __name__)
        events = monitoring.events.PY_START, monitoring.events.PY_RESUME
        for event in events:
            monitoring.register_callback(tool, event, self._ran)
        monitoring.set_events(tool, sum(events))

    def _ran(self, code: CodeType, _offset: int) -> object:
        if not code.co_filename.startswith(str(INTEGRATION)):
            return sys.monitoring.DISABLE
        if (
            not self._first
            and not code.co_filename.endswith(_TIMERS)
            and threading.current_thread() is threading.main_thread()
        ):
            self._first = f"{Path(code.co_filename).stem}.{code.co_qualname}"
        return None
