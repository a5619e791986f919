"""Says what came of a folder's mutants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .faults import Mutant
from .job import Result

LEAST: Final = 0.95
"""The least share of a folder's mutants that tests have to find, without the equivalent ones."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A folder's mutants, and what came of them."""

    folder: str
    mutants: Sequence[Mutant]
    results: Mapping[str, Result]
    reasons: Mapping[str, str]
    """Why a mutant is equivalent, by its difference."""
    idle: Sequence[str] = ()
    """The tests of the folder that found none."""

    @property
    def tried(self) -> list[Mutant]:
        """Return those whose turn came."""
        return [mutant for mutant in self.mutants if mutant.name in self.results]

    @property
    def killed(self) -> list[Mutant]:
        """Return those that a test found."""
        return [mutant for mutant in self.tried if self.results[mutant.name].is_found]

    @property
    def equivalent(self) -> list[Mutant]:
        """Return those that no test can find."""
        return [
            mutant
            for mutant in self.tried
            if mutant.difference in self.reasons
            and not self.results[mutant.name].is_found
        ]

    @property
    def survived(self) -> list[Mutant]:
        """Return those that a test should have found."""
        return [
            mutant
            for mutant in self.tried
            if mutant.difference not in self.reasons
            and not self.results[mutant.name].is_found
        ]

    @property
    def unfinished(self) -> list[Mutant]:
        """Return those of them that some tests that run them didn't meet."""
        return [
            mutant for mutant in self.survived if not self.results[mutant.name].is_all
        ]

    @property
    def share(self) -> float:
        """Return which share of those that can be found were found."""
        rest = len(self.tried) - len(self.equivalent)
        return len(self.killed) / rest if rest else 1.0

    def lines(self) -> list[str]:
        """Return the figures, and what they are about."""
        left = len(self.mutants) - len(self.tried)
        head = (
            f"{self.folder}: mutants {len(self.tried)}, killed {len(self.killed)}, "
            f"equivalent {len(self.equivalent)}, survived {len(self.survived)}"
            + (
                f", of which {len(self.unfinished)} not tried to the end"
                if self.unfinished
                else ""
            )
            + (f" ({self.share:.1%})" if self.tried else "")
            + (f", not tried {left}" if left else "")
        )
        return [
            head,
            *(f"  survived: {mutant.difference}" for mutant in self.survived),
            *(f"  found none: {test}" for test in self.idle),
        ]

    def wrong(self) -> list[str]:
        """Return what must not be."""
        faults = []
        if self.share < LEAST:
            faults.append(
                f"tests find only {self.share:.1%} of the mutants of {self.folder}/"
            )
        faults += [
            f"{mutant.difference} is listed as equivalent, but {self.results[mutant.name].killer} finds it"
            for mutant in self.killed
            if mutant.difference in self.reasons
        ]
        return faults
