"""Lives some weeks in a process of its own: its clocks, its threads, and its loop are watched."""

import argparse
import logging
import sys

from ...audit.house.time_machine import Threads


def main() -> int:
    """Watch threads before anything else is imported, then live."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--visits", type=int, required=True)
    parser.add_argument("--kills", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    chosen = parser.parse_args()
    threads = Threads()
    threads.watch()
    logging.basicConfig(level=logging.CRITICAL)
    # All that has threads is imported after they are watched; patch_time, before what keeps Python's clocks.
    from pytest_homeassistant_custom_component import patch_time  # noqa: F401, PLC0415 - see above

    from .life import Wanted, run  # noqa: PLC0415 - see above
    from .relay import Part  # noqa: PLC0415 - see above

    found = run(Wanted(**vars(chosen)), threads)
    is_ok = found.is_ok(least=2 * (chosen.visits + len(Part) * chosen.kills))
    print(f"fleet {'ok' if is_ok else 'failed'}: {found}", flush=True)
    return 0 if is_ok else 1


if __name__ == "__main__":
    sys.exit(main())
