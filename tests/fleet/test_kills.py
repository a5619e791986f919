"""PostgreSQL and PostgREST are killed while buildings report."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from itertools import count
from random import Random
import threading
import time

import pytest

from scripts.lab.fleet.client import Client, hash_of, report
from scripts.lab.fleet.server import Fleet

BUILDINGS = 3
KILLS = 3
"""Of each part."""


@pytest.fixture
def mortal() -> Iterator[Fleet]:
    """A fleet of its own, which other tests don't share."""
    with Fleet.running() as fleet:
        yield fleet


class Reporter:
    """A building that reports all the time, and never notices more than that a reply is missing."""

    def __init__(
        self, fleet: Fleet, name: str, ends: threading.Event, gives_up: threading.Event
    ) -> None:
        self.name = name
        self.taken = 0
        self.failures = 0
        self.answer: object = None
        """The newest, or the error in its place."""
        self._ends = ends
        self._gives_up = gives_up
        self._client = Client(fleet.url, fleet.add_building(name))

    def run(self) -> int:
        """Report until told to end, and then until all is taken; return the last record's number."""
        for head in count(2):
            until_end = not self._ends.is_set()
            while not self._is_taken(head):
                assert not self._gives_up.wait(0.01)
            self.taken = head
            if not until_end:
                break
        self._client.close()
        return self.taken

    def _is_taken(self, head: int) -> bool:
        try:
            self.answer = self._client.report({})
            cursor = self.answer.record
            seq, line = cursor["seq"], cursor["line"]
            if seq is None:
                self._client.report(report(0, None, 1, log=self.name))
                return False
            assert isinstance(seq, int)
            assert isinstance(line, int)
            visits = range(seq + 1, head + 1)
            sent = report(line, seq, head, visits, log=self.name)
            self.answer = reply = self._client.report(sent)
            return reply.status == 200 and reply.record["taken"] is True
        except (OSError, HTTPException, KeyError) as error:
            self.answer = self.answer if isinstance(error, KeyError) else error
            self.failures += 1
            return False


def test_nothing_is_lost_or_double_when_parts_are_killed(mortal: Fleet) -> None:
    random, ends, gives_up = Random(27), threading.Event(), threading.Event()
    reporters = [
        Reporter(mortal, f"killed-{n}", ends, gives_up) for n in range(BUILDINGS)
    ]
    with ThreadPoolExecutor() as threads:
        running = [threads.submit(reporter.run) for reporter in reporters]
        try:
            for part in random.sample(["rest", "database"] * KILLS, 2 * KILLS):
                before = [reporter.taken for reporter in reporters]
                deadline = time.monotonic() + 30
                while any(
                    reporter.taken < taken + 3
                    for reporter, taken in zip(reporters, before, strict=True)
                ):
                    answers = [reporter.answer for reporter in reporters]
                    assert time.monotonic() < deadline, answers
                    time.sleep(random.random() / 100)
                if part == "database":
                    mortal.kill_database()
                    mortal.start_database()
                # By itself, PostgREST waits longer and longer before it connects again.
                mortal.kill_rest()
                mortal.start_rest()
            ends.set()
            heads = [reporter.result(60) for reporter in running]
        finally:
            # Threads that went on would keep the process from ending.
            gives_up.set()

    assert sum(reporter.failures for reporter in reporters) >= KILLS
    manager = Client(mortal.url, mortal.add_manager())
    for reporter, head in zip(reporters, heads, strict=True):
        visits = manager.get(f"visits?building=eq.{reporter.name}&order=seq")
        assert [(row["seq"], row["hash"]) for row in visits] == [
            (seq, hash_of(seq, reporter.name)) for seq in range(2, head + 1)
        ]
    assert manager.get("differs") == []
    manager.close()
