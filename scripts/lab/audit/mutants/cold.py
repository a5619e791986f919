"""Plants faults that must be there when a module is imported.

Run by `campaign`, as `python -m scripts.lab.audit.mutants.cold JOB`.
"""

from collections.abc import Sequence
import gc
import importlib
from importlib.abc import SourceLoader
from importlib.machinery import SourceFileLoader
import os
from pathlib import Path
import sys
from types import CodeType
from typing import Any

import pytest

from ...places import INTEGRATION, ROOT
from .at_import import import_all
from .contest import Contest
from .faults import Mutant
from .job import Job
from .running import ARGUMENTS, Say, Work, file_of, named, run


class Collected:
    """A pytest plugin that runs chosen tests, one after the other."""

    def __init__(self, tests: Sequence[str], folder: Path, say: Say) -> None:
        self._tests = tests
        self._folder = folder
        self._say = say
        self.began = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests, unless some can't be collected."""
        if session.testsfailed:
            return False
        self.began = True
        chosen = named(session.items, self._tests)
        if chosen:
            run(chosen, self._folder, self._say)
        return True


def plant(mutant: Mutant | None, tests: Sequence[str]) -> Work:
    """Make the work of a fork."""

    def work(folder: Path, say: Say) -> None:
        if mutant is not None:
            _import_with(mutant)
        plugin = Collected(tests, folder, say)
        files = list(dict.fromkeys(file_of(test) for test in tests))
        pytest.main(
            [*ARGUMENTS, "-W", "ignore::pytest.PytestAssertRewriteWarning", *files],
            [plugin],
        )
        if not plugin.began:
            say({"failed": "", "failure": "import"})

    return work


def _import_with(mutant: Mutant) -> None:
    path = str(INTEGRATION / mutant.module)
    original = SourceFileLoader.get_code

    def get_code(self: SourceLoader, fullname: str) -> CodeType | None:
        if isinstance(self, SourceFileLoader) and self.path == path:
            return compile(mutant.source, path, "exec", dont_inherit=True)
        return original(self, fullname)

    loader: Any = SourceFileLoader
    loader.get_code = get_code


def _prepare() -> None:
    """Import what the integration imports of others, and leave it out itself."""
    # They put packages in the places of others before anyone imports those.
    importlib.import_module("homeassistant")
    importlib.import_module("pytest_homeassistant_custom_component.plugins")
    import_all()
    for name in list(sys.modules):
        if name.partition(".")[0] == "custom_components":
            del sys.modules[name]


def main() -> None:
    """Run a job."""
    os.chdir(ROOT)
    job = Job.read(Path(sys.argv[1]))
    _prepare()
    gc.collect()
    gc.freeze()
    Contest(job, plant).run()


if __name__ == "__main__":
    main()
