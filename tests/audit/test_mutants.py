"""Faults are planted where tests should find them; those that no test finds are counted."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from scripts.lab.audit.mutants.campaign import (
    Campaign,
    changed_files,
    code_of,
    keep,
    merged,
)
from scripts.lab.audit.mutants.covered import Covered, digest, stamp
from scripts.lab.audit.mutants.equivalents import read_equivalents
from scripts.lab.audit.mutants.faults import Mutant, mutants
from scripts.lab.audit.mutants.figures import Figures
from scripts.lab.audit.mutants.job import Outcome, Result
from scripts.lab.audit.mutants.plan import SAMPLED, WHOLE, planned, sample
from scripts.lab.places import INTEGRATION, ROOT

CODES = "access/codes.py"
FILE = "tests/access/test_codes.py"
COMPARED = (
    f"{FILE}::test_codes_are_compared_without_case_and_spaces[7K4M Q2XD-7K4MQ2XD]"
)
LENGTH = f"{FILE}::test_pin_is_as_long_as_it_takes_beside_other_codes"
EVER = "while (live + 1) * LEAST_A_DAY > CHANCE * 10**length:"


@cache
def of_codes() -> Sequence[Mutant]:
    """Return all mutants of the module of codes."""
    return mutants(CODES)


def differing(before: str, after: str) -> Mutant:
    """Return the one with a difference."""
    (found,) = (
        mutant
        for mutant in of_codes()
        if (mutant.before, mutant.after) == (before, after)
    )
    return found


def tried(folder: Path, planted: Sequence[Mutant]) -> list[tuple[Outcome, str | None]]:
    """Let one test look for faults, as if it ran each line of the module."""
    folder.mkdir()
    covered = Covered()
    lines = list(range(1, 200))
    covered.add([{"name": LENGTH, "seconds": 0.1, "lines": {CODES: lines}}])
    covered.digests = {
        str(path.relative_to(ROOT)): digest(str(path.relative_to(ROOT)))
        for path in (ROOT / "tests").rglob("test_*.py")
    }
    covered.renumber()
    path = folder / "access.jsonl"
    Campaign(folder, covered).run(planted, path)
    known = merged(path)
    return [(known[each.name].outcome, known[each.name].killer) for each in planted]


def test_tests_that_are_gone_or_measured_again_are_forgotten() -> None:
    covered = Covered(digests={"tests/test_gone.py": "", "tests/test_kept.py": ""})
    kept, gone = "tests/test_kept.py::test_it", "tests/test_gone.py::test_it"
    renamed = "tests/test_kept.py::test_it_by_its_new_name"
    covered.add(
        {"name": name, "seconds": 0.1, "lines": {CODES: [1]}} for name in (gone, kept)
    )

    covered.forget({"tests/test_gone.py", "tests/test_kept.py"})
    covered.add([{"name": renamed, "seconds": 0.1, "lines": {CODES: [1]}}])

    assert list(covered.of(CODES, [1])) == [renamed]
    assert list(covered.seconds) == [renamed]
    assert covered.digests == {}


def test_tests_of_a_folder_whose_code_changed_are_measured_again() -> None:
    covered = Covered()
    files = changed_files(covered)
    assert {FILE, "tests/contract/test_messages.py"} <= {*files}
    covered.digests = {name: digest(name) for name in files}

    assert changed_files(covered) == []
    again = changed_files(covered, ["access"])
    assert FILE in again
    assert all(name.startswith("tests/access/") for name in again)
    assert digest(code_of("access")) != digest(code_of("contract"))


def test_faults_are_found_by_a_test_that_looks_at_them_only(tmp_path: Path) -> None:
    in_functions = [
        differing(EVER, EVER.replace("live + 1", "live + 2")),
        differing(EVER, EVER.replace(">", ">=")),
        differing(
            'folded = unicodedata.normalize("NFKC", typed).upper()',
            'folded = unicodedata.normalize("NFKC", typed).lower()',
        ),
    ]
    # Each is planted into a process that runs. These must be there when the module is imported.
    at_import = [
        differing("SHORTEST_PIN: Final = 8", "SHORTEST_PIN: Final = 9"),
        differing("MOST_WRONG: Final = 5", "MOST_WRONG: Final = 6"),
        differing(
            "CHANCE: Final = Fraction(5, 1000)", "CHANCE: Final = Fraction(None, 1000)"
        ),
    ]

    with ThreadPoolExecutor() as side_by_side:
        running = side_by_side.submit(tried, tmp_path / "running", in_functions)
        imported = side_by_side.submit(tried, tmp_path / "imported", at_import)

    assert running.result() == [
        (Outcome.KILLED, LENGTH),
        (Outcome.KILLED, LENGTH),
        # The test doesn't look at it.
        (Outcome.SURVIVED, None),
    ]
    assert imported.result() == [
        (Outcome.KILLED, LENGTH),
        (Outcome.SURVIVED, None),
        # The module can't be imported with it.
        (Outcome.KILLED, None),
    ]


def test_later_rounds_begin_with_the_tests_of_the_own_folder() -> None:
    (in_function,) = (
        each for each in of_codes() if each.before == EVER and ">=" in each.after
    )
    constant = differing("MOST_WRONG: Final = 5", "MOST_WRONG: Final = 6")
    quick = "tests/web/test_page.py::test_that_runs_much_in_little_time"
    slow = f"{FILE}::test_that_takes_longer"
    elsewhere = f"{FILE}::test_that_runs_no_line_of_the_module"
    lines = list(range(1, 200))
    covered = Covered()
    covered.add(
        [
            {"name": quick, "seconds": 0.1, "lines": {CODES: lines}},
            {"name": slow, "seconds": 20.0, "lines": {CODES: lines}},
            {"name": elsewhere, "seconds": 30.0, "lines": {}},
        ]
    )
    covered.renumber()

    def chosen(mutant: Mutant, seconds: float, *, own_first: bool) -> list[str]:
        plan = planned(mutant, covered, seconds=seconds, files=9, own_first=own_first)
        assert plan.is_all == (seconds == 60)
        return list(plan.tests)

    assert chosen(in_function, 5, own_first=False) == [quick]
    assert chosen(in_function, 60, own_first=False) == [quick, slow]
    assert chosen(in_function, 60, own_first=True) == [slow, quick]
    # Whatever the module makes of a constant when it is imported, each test may see.
    assert chosen(constant, 60, own_first=True) == [slow, elsewhere, quick]


SOURCE = '''
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    LEFT_OUT = 1

LIMIT = 3


class Door:
    """A door."""

    __slots__ = ("name",)

    @property
    def is_open(self, most: int = LIMIT) -> "bool":
        """Whether it is open."""
        _LOGGER.debug("looked at %s", 4)
        if self.turned():
            self.ring()
        if most is None:
            raise ValueError("a door needs a number")
        return cast("bool", most > 2)
'''


def test_what_no_test_should_look_at_has_no_faults() -> None:
    assert [mutant.difference for mutant in mutants("door.py", SOURCE)] == [
        "door.py module: LIMIT = 3 → LIMIT = None",
        "door.py module: LIMIT = 3 → LIMIT = 4",
        "door.py Door.is_open: if self.turned(): → if not self.turned():",
        "door.py Door.is_open: self.ring() → ...",
        "door.py Door.is_open: if most is None: → if most is not None:",
    ]


def test_sample_stays_when_code_beside_it_changes() -> None:
    before = of_codes()

    drawn = sample(before, 1, 50)

    assert len(drawn) == 50
    without = [mutant for mutant in before if mutant is not drawn[9]]
    assert sample(without, 1, 49) == [*drawn[:9], *drawn[10:]]
    assert sample(before, 2, 50) != drawn


def result(mutant: Mutant, outcome: Outcome) -> Result:
    killer = LENGTH if outcome is Outcome.KILLED else None
    return Result(mutant.name, outcome, killer, [LENGTH, COMPARED], True, 1.0)


def test_figures_leave_out_equivalents_and_want_95_percent() -> None:
    planted = of_codes()[:41]
    results = {mutant.name: result(mutant, Outcome.KILLED) for mutant in planted}
    for survivor in planted[:3]:
        results[survivor.name] = result(survivor, Outcome.SURVIVED)

    def figures(equivalent: Mutant) -> Figures:
        reasons = {equivalent.difference: "nothing reads it"}
        return Figures("access", planted, results, reasons, [COMPARED])

    right = figures(planted[0])
    assert right.lines()[0] == (
        "access: mutants 41, killed 38, equivalent 1, survived 2 (95.0%)"
    )
    assert not right.wrong()
    assert right.lines()[-1] == f"  found none: {COMPARED}"

    wrong = figures(planted[40])
    assert wrong.wrong() == [
        "tests find only 92.7% of the mutants of access/",
        f"{planted[40].difference} is listed as equivalent, but {LENGTH} finds it",
    ]


def test_figures_say_which_survivors_some_tests_did_not_meet() -> None:
    planted = of_codes()[:40]
    results = {mutant.name: result(mutant, Outcome.KILLED) for mutant in planted}
    for survivor in planted[:3]:
        results[survivor.name] = replace(
            result(survivor, Outcome.SURVIVED), is_all=survivor is planted[0]
        )

    assert Figures("access", planted, results, {}).lines()[0] == (
        "access: mutants 40, killed 37, equivalent 0, "
        "survived 3, of which 2 not tried to the end (92.5%)"
    )


def test_what_was_not_tried_has_no_share() -> None:
    planted = of_codes()[:2]

    assert Figures("access", planted, {}, {}).lines() == [
        "access: mutants 0, killed 0, equivalent 0, survived 0, not tried 2"
    ]


def test_results_are_kept_until_the_code_or_a_test_changes(tmp_path: Path) -> None:
    path = tmp_path / "access.jsonl"
    killed, survived, of_another_module, of_another_test, gone = of_codes()[:5]
    for mutant, outcome, module, tests in (
        (killed, Outcome.KILLED, CODES, [LENGTH]),
        (survived, Outcome.SURVIVED, CODES, [LENGTH, COMPARED]),
        (of_another_module, Outcome.KILLED, "access/hours.py", [LENGTH]),
        (of_another_test, Outcome.KILLED, CODES, ["tests/access/test_hours.py::test"]),
        (gone, Outcome.KILLED, CODES, [LENGTH]),
    ):
        was = stamp(module, mutant.function, tests)
        replace(result(mutant, outcome), stamp=was).append(path)

    keep(path, of_codes()[:4])

    assert set(merged(path)) == {killed.name, survived.name}


def test_a_result_outlasts_other_tests_and_functions(tmp_path: Path) -> None:
    code, file = tmp_path / "code.py", tmp_path / "test_file.py"
    function = "class A:\n  def b(self): return 1\n"
    one, shared = "def test_one(): assert shared()\n", "def shared(): return 1\n"

    def stamped(tests: str, source: str = function, named: str = "A.b") -> str:
        code.write_text(source)
        file.write_text(tests)
        return stamp(str(code), named, [f"{file}::test_one[1]"])

    was = stamped(one + shared)
    others = "import os\n" + one + shared + "def test_two(): assert os\n"
    assert stamped(others, "C = 1\n" + function) == was
    assert stamped(one + shared.replace("1", "2")) != was
    assert stamped(one.replace("shared", "not shared") + shared) != was
    assert stamped(one + shared, function.replace("1", "2")) != was
    assert stamped(one + shared, function, "A.b.<locals>.c") == was

    of_module = stamped(one + shared, "C = 1\n" + function, "")
    assert stamped(one + shared, "C = 2\n" + function, "") != of_module


@pytest.mark.parametrize("folder", [*WHOLE, *SAMPLED])
def test_equivalents_name_modules_and_functions_that_are_there(folder: str) -> None:
    for difference in read_equivalents(folder):
        module, function = difference.partition(":")[0].split(" ")
        path = INTEGRATION / module
        assert path.exists(), difference
        before = difference.partition(": ")[2].partition(" → ")[0]
        source = " ".join(path.read_text().split())
        assert before in source, difference
        name = function.rpartition(".")[2]
        is_there = any(f"def {name}{begins}" in source for begins in "([")
        assert name in {"module", "<lambda>"} or is_there, difference
