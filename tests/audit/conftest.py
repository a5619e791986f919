"""What tests of the audit share."""

from collections.abc import Iterator

import pytest

from scripts.lab.forking import Forks


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """A process that starts Home Assistants within a second."""
    with Forks.running() as forks:
        yield forks
