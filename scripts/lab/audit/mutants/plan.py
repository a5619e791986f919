"""Chooses the faults of a folder, and for each the tests that should find it."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
import re
from typing import Final

from ...places import INTEGRATION
from .covered import Covered
from .faults import Mutant, mutants
from .job import Planned
from .running import file_of

WHOLE: Final = ("access", "contract")
"""The folders of which every mutant is tried."""
SAMPLED: Final = (
    "doors",
    "entries",
    "grants",
    "ledger",
    "residents",
    "couriers",
    "notifications",
)
SAMPLE: Final = 300
LEFT_OUT: Final = (
    "tests/e2e/",
    "tests/audit/",
    "tests/project/",
    "tests/courier_api/",
)
"""Tests that run the integration in other processes, or don't run it."""
_TARGET: Final = re.compile(r"\s*(?:async def |def |class |type )?(\w+)")


def every(folder: str) -> list[Mutant]:
    """Return all of a folder's mutants."""
    return [
        mutant
        for path in sorted((INTEGRATION / folder).rglob("*.py"))
        for mutant in mutants(str(path.relative_to(INTEGRATION)))
    ]


def sample(mutants: Sequence[Mutant], seed: int, size: int = SAMPLE) -> list[Mutant]:
    """Return some of them, in a random order that hardly changes with the code."""

    def drawn(mutant: Mutant) -> bytes:
        return sha256(f"{seed} {mutant.name}".encode()).digest()

    return sorted(mutants, key=drawn)[:size]


def is_cold(mutant: Mutant, covered: Covered) -> bool:
    """Whether a fault must be there when its module is imported."""
    at_import = covered.at_import.get(mutant.module, set())
    return not mutant.function or any(
        line in at_import for line in range(mutant.first, mutant.last + 1)
    )


def planned(
    mutant: Mutant,
    covered: Covered,
    *,
    seconds: float,
    files: int,
    tried: Iterable[str] = (),
    own_first: bool = False,
) -> Planned:
    """Choose tests for a mutant, within a time and a number of files."""
    without = set(tried)
    tests = [test for test in _finders(mutant, covered) if test not in without]
    if own_first:
        tests.sort(key=lambda test: not test.startswith(_own(mutant)))
    left: list[str] = []
    room = seconds
    seen: set[str] = set()
    for test in tests:
        seen.add(file_of(test))
        room -= covered.seconds[test]
        if len(seen) > files or (room < 0 and left):
            return Planned(mutant, left, is_all=False)
        left.append(test)
    return Planned(mutant, left, is_all=True)


def _finders(mutant: Mutant, covered: Covered) -> Iterator[str]:
    """Yield the tests that run a fault, those first that together run most of its module in little time."""
    groups = [set(covered.of(mutant.module, range(mutant.first, mutant.last + 1)))]
    if is_cold(mutant, covered):
        # What is made at import is run where it is named.
        groups.append(set(_naming(mutant, covered)))
        lines = covered.lines.get(mutant.module, {})
        groups.append(set(covered.of(mutant.module, lines)))
        # A test that only looks at constants runs none of the module's lines.
        groups.append(
            {test for test in covered.seconds if test.startswith(_own(mutant))}
        )
    order = covered.order(mutant.module, _own(mutant))
    given: set[str] = set()
    for group in groups:
        yield from sorted(
            (test for test in group - given if not test.startswith(LEFT_OUT)),
            key=lambda test: (
                order.get(test, len(order)),
                covered.seconds[test],
                test,
            ),
        )
        given |= group


def _own(mutant: Mutant) -> str:
    """Return where the tests of a mutant's own folder are."""
    return f"tests/{mutant.folder}/"


def _naming(mutant: Mutant, covered: Covered) -> Iterator[str]:
    source = covered.sources[mutant.module]
    found = _TARGET.match(source[mutant.first - 1])
    if found is None:
        return
    word = re.compile(rf"\b{found[1]}\b")
    for module, lines in covered.sources.items():
        numbers = [at for at, line in enumerate(lines, 1) if word.search(line)]
        yield from covered.of(module, numbers)
