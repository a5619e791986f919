"""Lives the year in a process of its own: its clocks, its threads, and its SQLite are watched."""

import argparse
from datetime import date
import json
import logging

from .counted import Counted
from .time_machine import Threads


def main() -> None:
    """Watch threads and SQLite before anything else is imported, then live."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--begins", type=date.fromisoformat, default=date(2026, 12, 1))
    parser.add_argument("--hurry", type=int, default=1)
    chosen = parser.parse_args()
    threads, counted = Threads(), Counted("courier_access_")
    threads.watch()
    counted.watch()
    # Failed pushes and full disks are part of the plan.
    logging.basicConfig(level=logging.CRITICAL)
    # All that has threads is imported after they are watched; patch_time, before what keeps Python's clocks.
    from pytest_homeassistant_custom_component import patch_time  # noqa: F401, PLC0415 - see above

    from .life import Wanted, run  # noqa: PLC0415 - see above

    wanted = Wanted(
        chosen.days, chosen.seed, chosen.seconds, chosen.begins, chosen.hurry
    )
    found = run(wanted, threads, counted)
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
