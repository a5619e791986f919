"""The command `scripts/fleet`: some weeks of two buildings and their fleet.

PostgreSQL, PostgREST, and a real Home Assistant core with both buildings run on this machine. Their clocks are moved:
time goes on to the next timer once everything is at rest. So two weeks take two minutes, and no part knows that it's
tested. The residents are notified, consent, and couriers come. PostgREST is killed and comes back. One building falls
silent, and the ledger of the other is changed and linked again. What the fleet has is then compared with both ledgers.
"""

import subprocess
import sys

from ...places import ROOT


def live(*, visits: int, kills: int, seed: int) -> int:
    """Live in a process of its own, which prints the outcome; return its exit status."""
    command = [sys.executable, "-m", __name__]
    command += [f"--visits={visits}", f"--kills={kills}", f"--seed={seed}"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode
