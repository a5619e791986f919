"""Measures which lines of the integration each test runs, and for how long.

Run by `campaign`, as `python -m scripts.lab.audit.mutants.measure RESULTS FILE...`.
"""

from collections import defaultdict
from collections.abc import Iterator
import gc
import json
import os
from pathlib import Path
import sys
from time import monotonic
from types import CodeType, FunctionType

import pytest

from ...places import INTEGRATION, ROOT
from .forks import Forks
from .hot import prepare
from .running import ARGUMENTS, Say, Work, file_of, run

TOOL = sys.monitoring.COVERAGE_ID
LINE = sys.monitoring.events.LINE
INSIDE = f"{INTEGRATION}/"
SLOWEST = 60.0
"""Seconds that each test is assumed to take until it is known."""


class Measure:
    """A pytest plugin that measures the tests of each file in a fork."""

    def __init__(self, results: Path, processes: int) -> None:
        self._results = results
        self._processes = processes

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Measure."""
        prepare()
        codes = list(_codes())
        files: defaultdict[str, list[pytest.Item]] = defaultdict(list)
        for item in session.items:
            files[file_of(item.nodeid)].append(item)

        def prepared(name: str) -> Work:
            def work(folder: Path, say: Say) -> None:
                meter = _Meter(codes, say)
                run(files[name], folder, say, after=meter.tell)

            return work

        forks: Forks[str] = Forks(self._processes, {}, prepared, SLOWEST)
        for name in files:
            forks.add(name)
        with self._results.open("w") as file:
            for fork in forks.ended():
                for said in fork.said:
                    if "seconds" in said:
                        file.write(json.dumps(said) + "\n")
        return True


class _Meter:
    """Says what each test ran."""

    def __init__(self, codes: list[CodeType], say: Say) -> None:
        self._say = say
        self._lines: defaultdict[str, set[int]] = defaultdict(set)
        self._began = monotonic()
        monitoring = sys.monitoring
        monitoring.use_tool_id(TOOL, "mutants")
        monitoring.register_callback(TOOL, LINE, self._heard)
        for code in codes:
            monitoring.set_local_events(TOOL, code, LINE)

    def tell(self, item: pytest.Item) -> None:
        """Say what ran since the last test."""
        lines = {module: sorted(numbers) for module, numbers in self._lines.items()}
        seconds = round(monotonic() - self._began, 3)
        self._say({"name": item.nodeid, "seconds": seconds, "lines": lines})
        self._lines.clear()
        self._began = monotonic()
        sys.monitoring.restart_events()

    def _heard(self, code: CodeType, number: int) -> object:
        self._lines[code.co_filename.removeprefix(INSIDE)].add(number)
        return sys.monitoring.DISABLE


def _codes() -> Iterator[CodeType]:
    """Yield the code of all functions of the integration."""
    waiting = [
        found.__code__ for found in gc.get_objects() if type(found) is FunctionType
    ]
    seen: set[int] = set()
    while waiting:
        code = waiting.pop()
        if id(code) in seen or not code.co_filename.startswith(INSIDE):
            continue
        seen.add(id(code))
        yield code
        waiting += [each for each in code.co_consts if isinstance(each, CodeType)]


def main() -> int:
    """Measure the tests of some files."""
    os.chdir(ROOT)
    results, processes, *files = sys.argv[1:]
    return pytest.main([*ARGUMENTS, *files], [Measure(Path(results), int(processes))])


if __name__ == "__main__":
    sys.exit(main())
