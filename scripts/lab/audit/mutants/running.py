"""Runs chosen tests inside of pytest, one after the other, up to the first that fails."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

type Say = Callable[[dict[str, object]], None]
"""With which a fork says what goes on in it."""
type Work = Callable[[Path, Say], None]
"""What a fork does; the folder is its own."""

ARGUMENTS: Final = (
    *("-q", "-s", "-n", "0", "-p", "no:cacheprovider"),
    *("--timeout=0", "--tb=line"),
)
"""Output is not captured, so that forks share no file."""


def run(
    items: Sequence[pytest.Item],
    folder: Path,
    say: Say,
    *,
    after: Callable[[pytest.Item], None] | None = None,
) -> None:
    """Run tests in a fork up to the first that fails, or all of them, with a call after each."""
    if not items:
        return
    config = items[0].config
    # Forks would share the folders of the process that they come from.
    factory: Any = vars(config)["_tmp_path_factory"]
    factory._given_basetemp = folder / "tests"  # noqa: SLF001 - pytest can't be told later
    factory._basetemp = None  # noqa: SLF001 - the same
    ear = _Ear()
    config.pluginmanager.register(ear)
    for item, following in zip(items, [*items[1:], None], strict=True):
        say({"test": item.nodeid})
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        if after is not None:
            after(item)
        elif ear.failures:
            say({"failed": item.nodeid, "failure": ear.failures[0]})
            return


def named(items: Sequence[pytest.Item], names: Sequence[str]) -> list[pytest.Item]:
    """Return the tests of these names, or of files of these names, in their order.

    A fault may change a test's name, as that of a parameter; it is left out then.
    """
    found: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        found[item.nodeid].append(item)
        found[file_of(item.nodeid)].append(item)
    return list(dict.fromkeys(item for name in names for item in found[name]))


def file_of(test: str) -> str:
    """Return a test's file."""
    return test.partition("::")[0]


class _Ear:
    """Hears which test fails."""

    def __init__(self) -> None:
        self.failures: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure."""
        if report.failed:
            text = str(report.longrepr).strip()
            self.failures.append(f"{report.when}: {text[-300:]}")
