"""Home Assistant has what is used of it without an import, which would fail loudly.

Other tests show the rest, on both releases: the names of loggers, legacy notify services
behind their actions, phone apps' actions, and how conditions match all states.
"""

import ast
import inspect
from pathlib import Path

from homeassistant import components
import pytest

from custom_components.courier_access.couriers.addresses import _Cloud

CLOUD = Path(components.__path__[0]) / "cloud" / "__init__.py"
METHODS = {
    name: list(inspect.signature(method).parameters)[1:]
    for name, method in vars(_Cloud).items()
    if name.startswith("async_")
}


@pytest.mark.parametrize("name", METHODS)
def test_home_assistant_cloud_has_what_is_called_of_it(name: str) -> None:
    """The newer release has none of its requirements: it is read, not imported."""
    found = {
        each.name: [argument.arg for argument in each.args.args]
        for each in ast.parse(CLOUD.read_text("utf-8")).body
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert found[name] == METHODS[name]
