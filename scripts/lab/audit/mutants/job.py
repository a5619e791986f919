"""What a process that plants faults is given, and what it says came of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
import json
from pathlib import Path
import pickle

from .covered import stamp
from .faults import Mutant


class Outcome(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    TIMEOUT = "timeout"
    """A test that passes in its time without the fault had no end with it: that kills, too."""
    SURVIVED = "survived"
    ELSEWHERE = "elsewhere"
    """The fault can't be planted into a process that runs: it must be there from the start."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A mutant and the tests that should find it, in their order."""

    mutant: Mutant
    tests: Sequence[str]
    """Their names, or those of files for all of a file's tests."""
    is_all: bool
    """Whether these are all tests that run the line."""


@dataclass(frozen=True, slots=True)
class Job:
    """What one process does."""

    planned: Sequence[Planned]
    seconds: dict[str, float]
    """How long each test takes without a fault."""
    files: Sequence[str]
    """Where the tests are."""
    results: Path
    """A line of JSON for each mutant."""
    processes: int
    until: float | None = None
    """When no more are begun."""

    def write(self, path: Path) -> None:
        """Write the job for another process of this machine."""
        path.write_bytes(pickle.dumps(self))

    @classmethod
    def read(cls, path: Path) -> Job:
        """Read a job that `write` wrote."""
        job = pickle.loads(path.read_bytes())  # noqa: S301 - written just now
        assert isinstance(job, cls)
        return job


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a mutant."""

    name: str
    outcome: Outcome
    killer: str | None
    """The test that failed."""
    ran: Sequence[str]
    """The tests that ran, in their order, the killer last."""
    is_all: bool
    seconds: float
    failure: str = ""
    stamp: str = ""
    """Of the code that has the fault and the tests, as they were."""

    @property
    def is_found(self) -> bool:
        """Whether a test found it."""
        return self.outcome in {Outcome.KILLED, Outcome.TIMEOUT}

    def stamped(self, mutant: Mutant) -> Result:
        """Return it with the stamp that the mutant's code and the tests have now."""
        about = [self.killer] if self.killer else self.ran
        return replace(self, stamp=stamp(mutant.module, mutant.function, about))

    def append(self, path: Path) -> None:
        """Add a line to a file of results."""
        with path.open("a") as file:
            file.write(
                json.dumps(
                    {
                        "name": self.name,
                        "outcome": self.outcome,
                        "killer": self.killer,
                        "ran": list(self.ran),
                        "is_all": self.is_all,
                        "seconds": round(self.seconds, 2),
                        "failure": self.failure,
                        "stamp": self.stamp,
                    }
                )
                + "\n"
            )


def results(path: Path) -> Iterator[Result]:
    """Yield the results in a file."""
    if not path.exists():
        return
    with path.open() as file:
        for line in file:
            known = json.loads(line)
            yield Result(**(known | {"outcome": Outcome(known["outcome"])}))
