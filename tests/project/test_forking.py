"""What the tests of whole Home Assistants rely on."""

import subprocess
import sys

from scripts.lab.forking import Forked


def test_process_that_ended_unnoticed_gets_no_signal() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()

    forked = Forked(ended.pid)
    forked.send_signal(0)

    assert forked.poll() is None
