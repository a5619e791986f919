"""Plants faults into functions of a process that has collected all tests.

Run by `campaign`, as `python -m scripts.lab.audit.mutants.hot JOB`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
import gc
from itertools import count
import os
from pathlib import Path
import sys
import threading
from types import CodeType, FunctionType

import freezegun
import pytest

from ...places import INTEGRATION, ROOT
from .at_import import import_all
from .contest import Contest
from .faults import Mutant
from .job import Job
from .running import ARGUMENTS, Say, Work, named, run


class Hot:
    """A pytest plugin that runs a job in the place of the tests."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the job."""
        prepare()
        functions = _Functions()
        gc.freeze()

        def planted(mutant: Mutant | None, tests: Sequence[str]) -> Work:
            def work(folder: Path, say: Say) -> None:
                if mutant is not None and not functions.plant(mutant):
                    say({"elsewhere": True})
                    return
                run(named(session.items, tests), folder, say)

            return work

        Contest(self._job, planted).run()
        return True


def prepare() -> None:
    """Do once what forks would do each."""
    import_all()
    # It looks at each imported module when it first starts.
    with freezegun.freeze_time("2026-01-01"):
        pass
    gc.collect()
    assert threading.active_count() == 1, threading.enumerate()


class _Functions:
    """The integration's functions, by their code."""

    def __init__(self) -> None:
        self._of: defaultdict[tuple[str, str, int], list[FunctionType]] = defaultdict(
            list
        )
        for found in gc.get_objects():
            if type(found) is FunctionType:
                code = found.__code__
                self._of[
                    code.co_filename, code.co_qualname, code.co_firstlineno
                ].append(found)

    def plant(self, mutant: Mutant) -> bool:
        """Give the functions of a mutant its code, if they can take it."""
        path = INTEGRATION / mutant.module
        outermost = mutant.function.partition(".<locals>")[0]
        old, new = (
            list(
                _codes(compile(source, str(path), "exec", dont_inherit=True), outermost)
            )
            for source in (path.read_text(), mutant.source)
        )
        done = False
        for before, after in _pairs(old, new):
            for function in self._of[
                str(path), before.co_qualname, before.co_firstlineno
            ]:
                if len(before.co_freevars) != len(after.co_freevars):
                    return False
                function.__code__ = after
                done |= before.co_qualname == outermost
        return done


def _codes(code: CodeType, outermost: str) -> Iterator[CodeType]:
    name = code.co_qualname
    if name == outermost or name.startswith(f"{outermost}.<locals>."):
        yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant, outermost)


def _pairs(
    old: Sequence[CodeType], new: Sequence[CodeType]
) -> Iterator[tuple[CodeType, CodeType]]:
    """Pair codes of the same name, in their order, as a property's getter and setter have."""

    def named(codes: Sequence[CodeType]) -> dict[tuple[str, int], CodeType]:
        seen: defaultdict[str, Iterator[int]] = defaultdict(count)
        return {
            (code.co_qualname, next(seen[code.co_qualname])): code for code in codes
        }

    after = named(new)
    for key, code in named(old).items():
        if key in after:
            yield code, after[key]


def main() -> int:
    """Run a job."""
    os.chdir(ROOT)
    job = Job.read(Path(sys.argv[1]))
    return pytest.main([*ARGUMENTS, *job.files], [Hot(job)])


if __name__ == "__main__":
    sys.exit(main())
