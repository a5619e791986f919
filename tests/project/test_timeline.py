"""What `scripts/bench --timeline` notes has the names that the package's functions have."""

from functools import reduce
from importlib import import_module

import pytest

from scripts.lab.bench import courier_timeline


@pytest.mark.parametrize(
    ("module", "name"),
    sorted({(module, name) for module, name, *_ in courier_timeline.STEPS}),
)
def test_each_step_is_a_function(module: str, name: str) -> None:
    found = import_module(f"custom_components.courier_access.{module}")
    assert callable(reduce(getattr, name.split("."), found))
