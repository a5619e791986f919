"""Lets tests look for each fault of a job, in an order that learns."""

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ...show import say
from .faults import Mutant
from .forks import Fork, Forks
from .job import Job, Outcome, Planned, Result
from .running import Work

REMEMBERED: Final = 6
"""How many tests that found a function's faults go first for its next."""
CONTROLLED: Final = 40
"""Of how many faults found the tests of one run again without it, in the same order."""

type Plant = Callable[[Mutant | None, Sequence[str]], Work]
"""Makes the work of a fork: plant a fault, if any, and run tests."""


@dataclass(frozen=True, slots=True)
class _Try:
    planned: Planned
    result: Result | None = None
    """What is checked without the fault."""


@dataclass(slots=True)
class Contest:
    """Tests against faults."""

    job: Job
    plant: Plant
    flaky: set[str] = field(default_factory=set)
    """Those that failed without a fault; they count for nothing."""
    _trusted: set[str | None] = field(default_factory=set)
    _killers: defaultdict[tuple[str, str], deque[str]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=REMEMBERED))
    )
    _found: int = 0
    _done: int = 0

    def run(self) -> None:
        """Run all of the job."""
        forks: Forks[_Try] = Forks(self.job.processes, self.job.seconds, self._prepared)
        for planned in self.job.planned:
            forks.add(_Try(planned))
        for fork in forks.ended(self.job.until):
            if fork.task.result is not None:
                again = self._controlled(fork, fork.task.result)
            else:
                again = self._tried(fork)
            if again is not None:
                forks.first(again)

    def _prepared(self, task: _Try) -> Work:
        if task.result is not None:
            return self.plant(None, task.result.ran)
        mutant = task.planned.mutant
        tests = [test for test in task.planned.tests if test not in self.flaky]
        killers = self._killers[mutant.module, mutant.function]
        tests.sort(key=lambda test: test not in killers)
        return self.plant(mutant, tests)

    def _tried(self, fork: Fork[_Try]) -> _Try | None:
        planned = fork.task.planned
        result = _result(fork)
        if result.outcome not in {Outcome.KILLED, Outcome.TIMEOUT}:
            self._write(result)
            return None
        self._found += 1
        if self._found % CONTROLLED == 0:
            return _Try(planned, result)
        if result.killer not in self._trusted:
            # Without a killer, the tests couldn't be collected, or pytest itself broke.
            ran = [result.killer] if result.killer else planned.tests[:1]
            checked = replace(result, ran=ran).stamped(planned.mutant)
            return _Try(planned, checked)
        self._count(planned.mutant, result)
        return None

    def _controlled(self, fork: Fork[_Try], result: Result) -> _Try | None:
        """Count a fault as found, if the tests pass without it."""
        if _result(fork).outcome is Outcome.SURVIVED:
            self._trusted.add(result.killer)
            self._count(fork.task.planned.mutant, result)
            return None
        culprit = _result(fork).killer or result.killer
        say(f"fails without a fault: {culprit} {_result(fork).failure[-300:]}")
        if culprit is None or culprit in self.flaky:
            raise RuntimeError("The tests fail without a fault.")
        self.flaky.add(culprit)
        self._trusted.discard(culprit)
        return _Try(fork.task.planned)

    def _count(self, mutant: Mutant, result: Result) -> None:
        killers = self._killers[mutant.module, mutant.function]
        if result.killer is not None:
            if result.killer in killers:
                killers.remove(result.killer)
            killers.appendleft(result.killer)
        self._write(result)

    def _write(self, result: Result) -> None:
        result.append(self.job.results)
        self._done += 1
        if self._done % 100 == 0:
            say(f"{self._done} of {len(self.job.planned)}")


def _result(fork: Fork[_Try]) -> Result:
    planned = fork.task.planned
    ran = fork.ran
    killer: str | None = None
    failure = ""
    if fork.last("elsewhere"):
        outcome = Outcome.ELSEWHERE
    elif (
        fork.last("end") and fork.last("failed") is None and fork.last("broken") is None
    ):
        outcome = Outcome.SURVIVED
    else:
        outcome = Outcome.TIMEOUT if fork.is_late else Outcome.KILLED
        killer = ran[-1] if ran else None
        failure = str(fork.last("failure") or fork.last("broken") or "")
    return Result(
        planned.mutant.name,
        outcome,
        killer,
        ran,
        planned.is_all,
        fork.seconds,
        failure,
    ).stamped(planned.mutant)
