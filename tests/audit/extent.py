"""How much a test of the audit tries, and where it reports what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
import json
import os
from pathlib import Path
import time
from typing import Self

SEED = 22
"""Of what is tried with all tests."""


def real_time() -> float:
    """Return the machine's monotonic time, also while a test moves time."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)


@dataclass(slots=True)
class Extent:
    """What the audit asks for; without it, a little of everything."""

    seed: int
    is_whole: bool
    minutes: float | None
    reports: Path | None
    began: float = field(default_factory=real_time)
    noted: float = field(default_factory=real_time)

    @classmethod
    def chosen(cls) -> Self:
        """Read what the audit chose."""
        if (reports := os.environ.get("COURIER_ACCESS_AUDIT")) is None:
            return cls(SEED, is_whole=False, minutes=None, reports=None)
        minutes = os.environ.get("COURIER_ACCESS_AUDIT_MINUTES")
        return cls(
            int(os.environ["COURIER_ACCESS_AUDIT_SEED"]),
            is_whole=True,
            minutes=None if minutes is None else float(minutes),
            reports=Path(reports),
        )

    def is_over(self, part: float = 1.0) -> bool:
        """Return whether a part of the time for a test is up."""
        passed = (real_time() - self.began) / 60
        return self.minutes is not None and passed > self.minutes * part

    def note(self, counts: Mapping[str, int]) -> None:
        """Report now and then how far a test is."""
        if self.reports is not None and real_time() - self.noted > 20:
            self.noted = real_time()
            self._write({"progress": _figures(counts, [*counts])})

    def report(
        self,
        name: str,
        counts: Mapping[str, int],
        figures: Sequence[str],
        wrong: Sequence[str],
    ) -> None:
        """Report what came of a test."""
        line = f"{name}: {_figures(counts, figures)}, broken promises {len(wrong)}"
        self._write({"line": line, "wrong": list(wrong)})

    def _write(self, report: Mapping[str, object]) -> None:
        if self.reports is not None:
            with self.reports.open("a") as file:
                file.write(f"{json.dumps(report)}\n")


def _figures(counts: Mapping[str, int], figures: Sequence[str]) -> str:
    return ", ".join(f"{name} {counts.get(name, 0):,}" for name in figures)
