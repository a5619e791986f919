"""Runs the mutants of a folder through the processes that plant them, in rounds."""

from collections import defaultdict
from collections.abc import Sequence
import contextlib
from dataclasses import dataclass, replace
import json
import os
from pathlib import Path
import subprocess
import sys
from typing import Final

from ...places import INTEGRATION, ROOT
from ...show import say
from .covered import Covered, digest
from .faults import Mutant
from .job import Job, Outcome, Planned, Result, results
from .plan import LEFT_OUT, is_cold, planned
from .running import file_of

ROUNDS: Final = (
    {"hot": (6.0, 20), "cold": (6.0, 4)},
    {"hot": (30.0, 1000), "cold": (30.0, 40)},
    {"hot": (240.0, 1000), "cold": (240.0, 80)},
)
"""The most seconds of tests, and the most files of them, before a mutant is left to the next round.

The first round begins with the tests that run much in little time, the others with those of the mutant's own folder.
"""
CHANCES: Final = 8
"""How many faults each test that found none looks for on its own."""
SHOWN: Final = 60.0
"""After how many seconds the survivors are written down again."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """Where a campaign keeps what it knows."""

    work: Path
    covered: Covered
    processes: int = 2
    rounds: int = len(ROUNDS)
    kinds: Sequence[str] = ("hot", "cold")

    def run(
        self, mutants: Sequence[Mutant], results_file: Path, until: float | None = None
    ) -> None:
        """Try each mutant that isn't found yet, until a test finds it or none is left."""
        for at, kinds in enumerate(ROUNDS[: self.rounds]):
            for kind, (seconds, files) in kinds.items():
                if kind not in self.kinds:
                    continue
                known = merged(results_file)
                plans = []
                for mutant in mutants:
                    result = known.get(mutant.name)
                    if result is not None and result.is_found:
                        continue
                    is_elsewhere = (
                        result is not None and result.outcome is Outcome.ELSEWHERE
                    )
                    if (is_elsewhere or is_cold(mutant, self.covered)) != (
                        kind == "cold"
                    ):
                        continue
                    plan = planned(
                        mutant,
                        self.covered,
                        seconds=seconds,
                        files=files,
                        tried=() if result is None else result.ran,
                        own_first=at > 0,
                    )
                    if plan.tests or result is None:
                        plans.append(plan)
                self._process(kind, plans, mutants, results_file, until)

    def idle(
        self,
        folder: str,
        mutants: Sequence[Mutant],
        results_file: Path,
        until: float | None = None,
    ) -> list[str]:
        """Return a folder's tests that find no fault, even if each looks for some on its own.

        In the rounds, a test that is slow or late in the order hardly gets a turn.
        """
        known = merged(results_file)
        found = {result.killer for result in known.values()}
        chances: defaultdict[str, list[tuple[int, Mutant]]] = defaultdict(list)
        for mutant in mutants:
            result = known.get(mutant.name)
            if result is None or not result.is_found:
                continue
            if not is_cold(mutant, self.covered):
                tests = set(
                    self.covered.of(mutant.module, range(mutant.first, mutant.last + 1))
                )
                for test in tests - found:
                    if test.startswith(f"tests/{folder}/"):
                        chances[test].append((len(tests), mutant))
        for each in chances.values():
            # Those that few tests run come first.
            each.sort(key=lambda chance: (chance[0], chance[1].name))
        path = results_file.with_suffix(".idle.jsonl")
        path.unlink(missing_ok=True)
        ran: set[str] = set()
        for turn in range(CHANCES):
            plans = [
                Planned(each[turn][1], [test], is_all=False)
                for test, each in chances.items()
                if test not in found and turn < len(each)
            ]
            self._process("hot", plans, [], path, until)
            for alone in results(path):
                ran.update(alone.ran)
                found.add(alone.killer)
        return sorted(ran - found)

    def measure(self, known: Path, folders: Sequence[str] = ()) -> None:
        """Measure the tests that aren't known as they are now, and keep what is known.

        The tests of some folders are measured again if the code of their folder changed, so that it is
        known which of its lines they run now.
        """
        changed = [
            folder
            for folder in folders
            if self.covered.digests.get(code := code_of(folder)) != digest(code)
        ]
        files = changed_files(self.covered, changed)
        gone = [name for name in self.covered.digests if not (ROOT / name).exists()]
        self.covered.forget({*gone, *files})
        if files:
            say(f"measuring {len(files)} files of tests")
            path = self.work / "measured.jsonl"
            self._done("measure", str(path), str(self.processes), *files)
            with path.open() as lines:
                self.covered.add(json.loads(line) for line in lines)
            measured = [*files, *map(code_of, changed)]
            self.covered.digests |= {name: digest(name) for name in measured}
        path = self.work / "at_import.json"
        self._done("at_import", str(path))
        self.covered.at_import = {
            module: set(numbers)
            for module, numbers in json.loads(path.read_text()).items()
        }
        self.covered.write(known)

    def _process(
        self,
        kind: str,
        plans: Sequence[Planned],
        mutants: Sequence[Mutant],
        results_file: Path,
        until: float | None,
    ) -> None:
        if not plans:
            return
        files = {file_of(test) for each in plans for test in each.tests}
        seconds = {
            test: took
            for test, took in self.covered.seconds.items()
            if file_of(test) in files
        }
        path = self.work / f"{results_file.stem}.{kind}.job"
        Job(plans, seconds, sorted(files), results_file, self.processes, until).write(
            path
        )
        with self._module(kind, str(path)) as process:
            while process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(SHOWN)
                show(mutants, results_file)
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode, process.args)

    def _done(self, name: str, *arguments: str) -> None:
        with self._module(name, *arguments) as process:
            if process.wait():
                raise subprocess.CalledProcessError(process.returncode, process.args)

    def _module(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Run a module of this package in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.{name}", *arguments],
            cwd=ROOT,
            # What each fork imports again is compiled once.
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""},
        )


def show(mutants: Sequence[Mutant], results_file: Path) -> None:
    """Write those that survived so far for people who write tests."""
    known = merged(results_file)
    lines = []
    for mutant in mutants:
        result = known.get(mutant.name)
        if result is not None and result.outcome is Outcome.SURVIVED:
            files = ", ".join(sorted({file_of(test) for test in result.ran}))
            every = "all" if result.is_all else "some"
            lines.append(
                f"{mutant.name} {mutant}\n"
                f"    passed: {every} {len(result.ran)} tests that run it, of {files}\n"
            )
    results_file.with_suffix(".txt").write_text("".join(lines))


def code_of(folder: str) -> str:
    """Return where the modules of a folder are."""
    return str((INTEGRATION / folder).relative_to(ROOT))


def changed_files(covered: Covered, folders: Sequence[str] = ()) -> list[str]:
    """Return the files of tests that weren't measured as they are now, and all files of some folders."""
    again = tuple(f"tests/{folder}/" for folder in folders)
    return [
        name
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if not (name := str(path.relative_to(ROOT))).startswith(LEFT_OUT)
        and (name.startswith(again) or covered.digests.get(name) != digest(name))
    ]


def keep(path: Path, mutants: Sequence[Mutant]) -> None:
    """Leave of a file of results only those about the code and the tests as they are now."""
    by_name = {mutant.name: mutant for mutant in mutants}
    kept = [
        result
        for result in results(path)
        if result.name in by_name and result == result.stamped(by_name[result.name])
    ]
    path.unlink(missing_ok=True)
    for result in kept:
        result.append(path)


def merged(path: Path) -> dict[str, Result]:
    """Return the last result of each mutant, with all tests that ran since it survived first."""
    found: dict[str, Result] = {}
    for result in results(path):
        before = found.get(result.name)
        if before is not None and before.outcome is Outcome.SURVIVED:
            ran = dict.fromkeys([*before.ran, *result.ran])
            spent = before.seconds + result.seconds
            found[result.name] = replace(result, ran=list(ran), seconds=spent)
        else:
            found[result.name] = result
    return found
