"""Lives some days in a process of its own: its clocks, its threads, its loop, and its SQLite are watched."""

import argparse
import json
import logging

from ...audit.house.time_machine import Threads
from .counting import Costs


def main() -> None:
    """Watch all before anything else is imported, then live."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--visits", type=int, default=0)
    parser.add_argument("--settles", type=int, default=2)
    parser.add_argument("--days", type=int, default=1)
    parser.add_argument("--recorder", action="store_true")
    chosen = parser.parse_args()
    threads, costs = Threads(), Costs()
    threads.watch()
    costs.watch()
    logging.basicConfig(level=logging.CRITICAL)
    # All that has threads is imported after they are watched; patch_time, before what keeps Python's clocks.
    from pytest_homeassistant_custom_component import patch_time  # noqa: F401, PLC0415 - see above

    from .life import Wanted, run  # noqa: PLC0415 - see above

    wanted = Wanted(**vars(chosen))
    print(json.dumps(run(wanted, threads, costs)), flush=True)


if __name__ == "__main__":
    main()
