"""Forks one Home Assistant after the other from a process that has imported everything already.

It is run by itself, by the Python that has Home Assistant, and imports nothing else of this package. It takes one JSON
object a line: what a start needs. The child is then `python -m homeassistant` in its folder. It says the process id of
each start, and the exit status of each end.

What an orderly Home Assistant had imported is kept in a file, by which the next one is prepared.
"""

from contextlib import suppress
from importlib import import_module
import json
import os
from pathlib import Path
import selectors
import signal
import sys
import threading
from typing import NoReturn, TypedDict

COMPONENTS = "custom_components"


class Asked(TypedDict):
    """What a start needs."""

    folder: str
    log: str
    environment: dict[str, str]


class Server:
    """Forks, and waits for what it forked."""

    def __init__(self, root: str, names: Path) -> None:
        """Serve the integration in the folder `root`; `names` is the file of the imported modules."""
        self._root = root
        self._names = names
        self._read_at: int | None = None
        self._children: dict[int, int] = {}
        self._chosen = selectors.DefaultSelector()
        self._chosen.register(0, selectors.EVENT_READ)

    def serve(self) -> NoReturn:
        """Serve until the input ends; then kill what still runs."""
        import_module("homeassistant.bootstrap")
        import_module("homeassistant.runner")
        self._prepare()
        asked = b""
        while True:
            for key, _ in self._chosen.select():
                if key.fd:
                    self._reap(key.fd)
                    continue
                if not (read := os.read(0, 65_536)):
                    for pid in self._children.values():
                        os.kill(pid, signal.SIGKILL)
                    # Taking all modules down again takes seconds.
                    os._exit(0)
                *lines, asked = (asked + read).split(b"\n")
                for line in lines:
                    self._start(json.loads(line))

    def _start(self, asked: Asked) -> None:
        self._prepare()
        if not (pid := os.fork()):
            _run(asked, self._root, self._names)
        ended = os.pidfd_open(pid)
        self._children[ended] = pid
        self._chosen.register(ended, selectors.EVENT_READ)
        _say(started=pid)

    def _reap(self, ended: int) -> None:
        pid = self._children.pop(ended)
        self._chosen.unregister(ended)
        os.close(ended)
        _, status = os.waitpid(pid, 0)
        _say(ended=pid, status=os.waitstatus_to_exitcode(status))

    def _prepare(self) -> None:
        """Import what is kept, if it was not yet."""
        try:
            written_at = self._names.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if written_at == self._read_at:
            return
        self._read_at = written_at
        sys.path.insert(0, self._root)
        for name in self._names.read_text().split():
            # Some were only there by another name, or have no library on this machine.
            with suppress(Exception):
                import_module(name)
        sys.path.remove(self._root)
        # A child would have none of them, and perhaps their locks.
        assert threading.active_count() == 1, threading.enumerate()


def _say(**what: int) -> None:
    os.write(1, f"{json.dumps(what)}\n".encode())


def _run(asked: Asked, root: str, names: Path) -> None:
    """Become a Home Assistant."""
    os.setsid()
    os.environ.clear()
    os.environ.update(asked["environment"])
    log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    folder = asked["folder"]
    os.chdir(folder)
    sys.argv = ["homeassistant", "--config", folder, "--skip-pip"]
    if found := sys.modules.get(COMPONENTS):
        # Home Assistant looks for others in its own folder.
        found.__path__ = [f"{folder}/{COMPONENTS}"]
        _forget_others(Path(folder, COMPONENTS), Path(root, COMPONENTS))
    status = 1
    try:
        main = import_module("homeassistant.__main__").main
        status = main()
        _keep(names)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _forget_others(here: Path, imported: Path) -> None:
    """Have integrations that aren't those of the folder imported again, such as a release of this one."""
    for name in [each for each in sys.modules if each.startswith(f"{COMPONENTS}.")]:
        integration = name.split(".")[1]
        if (here / integration).resolve() != (imported / integration).resolve():
            del sys.modules[name]


def _keep(names: Path) -> None:
    # Home Assistant takes this thread for that of its loop, in which nothing may be read.
    keeping = threading.Thread(target=_write_names, args=(names,))
    keeping.start()
    keeping.join()


def _write_names(names: Path) -> None:
    there = {name for name in sys.modules if not name.startswith("__")}
    with suppress(FileNotFoundError):
        known = set(names.read_text().split())
        if there <= known:
            return
        there |= known
    new = names.with_suffix(f".{os.getpid()}")
    new.write_text("\n".join(sorted(there)))
    new.replace(names)


if __name__ == "__main__":
    Server(sys.argv[1], Path(sys.argv[2])).serve()
