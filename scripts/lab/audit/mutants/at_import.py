"""Finds which lines of the integration's functions run while its modules are imported."""

from collections import defaultdict
import importlib
import json
from pathlib import Path
import pkgutil
import sys
from types import CodeType

from ...places import INTEGRATION, ROOT

PACKAGE = "custom_components.courier_access"


def import_all() -> None:
    """Import all modules of the integration."""
    importlib.import_module(PACKAGE)
    for module in pkgutil.walk_packages([str(INTEGRATION)], f"{PACKAGE}."):
        importlib.import_module(module.name)


def main() -> None:
    """Import all modules."""
    sys.path.insert(0, str(ROOT))
    ran: defaultdict[str, set[int]] = defaultdict(set)
    root = f"{INTEGRATION}/"
    monitoring = sys.monitoring

    def line(code: CodeType, number: int) -> object:
        if code.co_filename.startswith(root):
            ran[code.co_filename.removeprefix(root)].add(number)
        return monitoring.DISABLE

    monitoring.use_tool_id(monitoring.COVERAGE_ID, "at_import")
    monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, line)
    monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.LINE)
    import_all()
    found = {module: sorted(lines) for module, lines in ran.items()}
    Path(sys.argv[1]).write_text(json.dumps(found))


if __name__ == "__main__":
    main()
