"""What an entry by a signed message runs through before the door is commanded."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
import sys
from types import CodeType
from typing import Final, override

import pytest

import custom_components.courier_access as package
from tests.support.door_parts import Bolt
from tests.support.house import House, Sender

MOST_MODULES: Final = 27
MOST_CALLS: Final = 310
MOST_STATEMENTS: Final = 13
"""With those of triggers, and each BEGIN and COMMIT."""

INSIDE: Final = f"{Path(package.__file__).parent}/"
TOOL: Final = sys.monitoring.PROFILER_ID
STARTS: Final = sys.monitoring.events.PY_START


class CountingBolt(Bolt):
    """A lock that counts calls until it gets the command.

    A generator expression is part of the function around it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.calls: Counter[tuple[str, str]] = Counter()
        self.on_unlock: Callable[[], None] = self.stop

    def count(self) -> None:
        """Count the calls of our functions from now on, in all threads."""
        self.calls.clear()
        sys.monitoring.use_tool_id(TOOL, "path of an entry")
        sys.monitoring.register_callback(TOOL, STARTS, self._starts)
        sys.monitoring.set_events(TOOL, STARTS)

    @override
    async def async_unlock(self, **kwargs: object) -> None:
        self.on_unlock()
        await super().async_unlock(**kwargs)

    def stop(self) -> None:
        """End the count."""
        if sys.monitoring.get_tool(TOOL) is not None:
            sys.monitoring.set_events(TOOL, sys.monitoring.events.NO_EVENTS)
            sys.monitoring.free_tool_id(TOOL)

    def _starts(self, code: CodeType, _: int) -> object:
        if not code.co_filename.startswith(INSIDE) or code.co_name == "<genexpr>":
            return sys.monitoring.DISABLE
        self.calls[code.co_filename.removeprefix(INSIDE), code.co_qualname] += 1
        return None


@pytest.fixture
def bolt() -> CountingBolt:
    """The lock at the door."""
    return CountingBolt()


async def test_entry_runs_through_few_modules_and_calls(
    house: House, bolt: CountingBolt, sender: Sender
) -> None:
    await sender.grant(max_entries=2)
    await sender.enter()
    await house.settle()
    # Then the ledger's thread is done with what came before.
    await house.building.ledger.checkpoint()

    bolt.count()
    try:
        entered = await sender.enter()
    finally:
        bolt.stop()
    await house.settle()

    assert entered.body["decision"] == "admitted"
    modules = {module for module, _ in bolt.calls}
    called = "".join(
        f"{calls:4} {module} {function}\n"
        for (module, function), calls in sorted(bolt.calls.items())
    )
    figures = f"{len(modules)} modules, {bolt.calls.total()} calls"
    sys.stdout.write(f"\n{called}{figures}\n")
    assert len(modules) <= MOST_MODULES
    assert bolt.calls.total() <= MOST_CALLS


async def test_entry_runs_few_statements(
    house: House, bolt: CountingBolt, sender: Sender
) -> None:
    await sender.grant(max_entries=2)
    await sender.enter()
    await house.settle()
    run: list[str] = []
    before: list[str] = []
    bolt.on_unlock = lambda: before.extend(run)

    await trace(house, run.append)
    run.clear()
    entered = await sender.enter()
    await trace(house, None)
    await house.settle()

    assert entered.body["decision"] == "admitted"
    listed = "".join(f"{' '.join(each.split()):.88}\n" for each in before)
    sys.stdout.write(f"\n{listed}{len(before)} statements\n")
    assert len(before) <= MOST_STATEMENTS


async def trace(house: House, note: Callable[[str], None] | None) -> None:
    """Note each statement that the ledger runs from now on."""
    await house.building.ledger.read(lambda conn: conn.set_trace_callback(note))
