"""Runs beside Courier Access in a bench, and notes when an entry passes its steps.

It wraps the functions at which the steps begin and end, by name: a function that was
renamed must be renamed here, too, and until then nothing is noted. Nothing of it is in
what is released.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from importlib import import_module
import inspect
import json
from pathlib import Path
import sqlite3
from time import perf_counter_ns
from typing import Any, Final

from homeassistant import core
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.typing import ConfigType

from .counted import Counted

DOMAIN: Final = "courier_timeline"
FILE: Final = "timeline.jsonl"
COMMAND: Final = "command sent to the opener"
ANSWER: Final = "answer ready"

_PACKAGE: Final = "custom_components.courier_access"
_PREFIX: Final = "courier_access_"
"""Of a building's files."""

_BEGIN: Final = ("web.webhook", "Webhooks._handle")
STEPS: Final = (
    ("web.webhook", "read_body", "exit", "body read"),
    ("web.webhook", "_authenticate", "exit", "signature checked and body parsed"),
    ("couriers.inbox", "Inbox.answer", "enter", "handed to the building"),
    ("entries.admission", "Admission.enter", "enter", "message understood"),
    ("entries.admission", "Admission._claim", "enter", "decided, with the door's turn"),
    ("ledger.ledger", "Ledger._done", "enter", "claim handed to the ledger"),
    ("ledger.state.entries", "claim", "enter", "on the ledger's thread"),
    ("ledger.state.entries", "claim", "exit", "claim written"),
    ("ledger.ledger", "Ledger._deliver", "enter", "committed"),
    ("ledger.ledger", "Ledger._settle", "enter", "back on the loop"),
    ("entries.admission", "Admission._open", "enter", "claim taken in"),
    ("entries.admission", "Admission._last_look", "exit", "last look"),
    ("doors.openers", "EntityOpener.open", "enter", COMMAND),
    ("ledger.state.entries", "finish", "exit", "outcome written"),
)


@dataclass(slots=True)
class _Counts:
    statements: int = 0
    jobs: int = 0
    turns: int = 0
    tasks: int = 0


@dataclass(slots=True)
class _Timeline:
    """One entry, from its request to its answer; `syncs` and `logged` are counted before it."""

    began: int
    syncs: int
    logged: int
    steps: dict[str, int] = field(default_factory=dict)
    counts: _Counts = field(default_factory=_Counts)
    before: _Counts | None = None

    def mark(self, step: str) -> None:
        if step not in self.steps:
            self.steps[step] = perf_counter_ns() - self.began
            if step == COMMAND:
                counted = self.counts
                self.before = _Counts(
                    counted.statements, counted.jobs, counted.turns, counted.tasks
                )

    def to_json(self) -> str:
        before, total = self.before, self.counts
        if before is None:
            return ""
        return json.dumps(
            {
                "steps": self.steps,
                "before": [before.statements, before.jobs, before.turns, before.tasks],
                "total": [total.statements, total.jobs, total.turns, total.tasks],
                "syncs": self.syncs,
                "logged": self.logged,
            }
        )


class _Watch:
    """Holds the timeline of the request under way; a bench makes one at a time."""

    def __init__(self, file: Path) -> None:
        self.now: _Timeline | None = None
        self._file = file
        self.counted = Counted(_PREFIX)

    def begin(self) -> None:
        counted = self.counted
        self.now = _Timeline(perf_counter_ns(), counted.syncs, counted.logged)

    def end(self) -> None:
        ended, self.now = self.now, None
        if ended is not None and (line := ended.to_json()):
            with self._file.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")

    def mark(self, step: str) -> None:
        if self.now is not None:
            self.now.mark(step)

    def count(self, name: str) -> None:
        if self.now is not None:
            setattr(self.now.counts, name, getattr(self.now.counts, name) + 1)


def _wrap(place: tuple[str, str], around: Callable[[Any], Any]) -> None:
    """Replace a function of the integration by one around it."""
    module = import_module(f"{_PACKAGE}.{place[0]}")
    *parents, name = place[1].split(".")
    owner: Any = module
    for parent in parents:
        owner = getattr(owner, parent)
    _replace(owner, name, around)


def _replace(owner: object, name: str, around: Callable[[Any], Any]) -> None:
    setattr(owner, name, around(getattr(owner, name)))


def _marking(watch: _Watch, when: str, step: str) -> Callable[[Any], Any]:
    def around(function: Any) -> Any:
        if inspect.iscoroutinefunction(function):

            @wraps(function)
            async def marked(*args: Any, **named: Any) -> Any:
                if when == "enter":
                    watch.mark(step)
                result = await function(*args, **named)
                if when == "exit":
                    watch.mark(step)
                return result

            return marked

        @wraps(function)
        def marked_at_once(*args: Any, **named: Any) -> Any:
            if when == "enter":
                watch.mark(step)
            result = function(*args, **named)
            if when == "exit":
                watch.mark(step)
            return result

        return marked_at_once

    return around


def _counting(watch: _Watch, name: str) -> Callable[[Any], Any]:
    def around(function: Any) -> Any:
        @wraps(function)
        def counted(*args: Any, **named: Any) -> Any:
            watch.count(name)
            return function(*args, **named)

        return counted

    return around


def _tracing(watch: _Watch) -> Callable[[Any], Any]:
    def around(function: Any) -> Any:
        @wraps(function)
        def traced(database: str, *args: Any, **named: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = function(database, *args, **named)
            if _PREFIX in str(database):
                connection.set_trace_callback(lambda _: watch.count("statements"))
            return connection

        return traced

    return around


def _timing(watch: _Watch) -> Callable[[Any], Any]:
    def around(function: Any) -> Any:
        @wraps(function)
        async def timed(*args: Any, **named: Any) -> Any:
            watch.begin()
            try:
                return await function(*args, **named)
            finally:
                watch.mark(ANSWER)
                watch.end()

        return timed

    return around


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Wrap the steps before any building is loaded."""
    watch = _Watch(Path(hass.config.path(FILE)))

    def wrap() -> None:
        watch.counted.watch()
        for module, name, when, step in STEPS:
            _wrap((module, name), _marking(watch, when, step))
        _wrap(("ledger.ledger", "Ledger._done"), _counting(watch, "jobs"))
        _wrap(_BEGIN, _timing(watch))

    _replace(hass.loop, "_run_once", _counting(watch, "turns"))
    _replace(hass.loop, "create_task", _counting(watch, "tasks"))
    _replace(core, "create_eager_task", _counting(watch, "tasks"))
    _replace(sqlite3, "connect", _tracing(watch))
    await hass.async_add_executor_job(wrap)

    @callback
    def opened(event: Event[Any]) -> None:
        state = event.data["new_state"]
        if event.data["entity_id"].startswith("input_boolean.") and state is not None:
            watch.mark("opener acted")

    hass.bus.async_listen(EVENT_STATE_CHANGED, opened)
    return True
