"""Test that whatever bytes are damaged, no door opens without its record."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path
import shutil

from homeassistant.config_entries import ConfigEntryState
from hypothesis import HealthCheck, given, settings, strategies as st

from custom_components.courier_access.access.model import EntryDecision
from custom_components.courier_access.building.ledger_health import Loss
from custom_components.courier_access.ledger.chain import Recorded
from custom_components.courier_access.ledger.errors import LedgerUnavailable
from custom_components.courier_access.ledger.files import Mark
from tests.disk.faulty import Faulty
from tests.support.house import entries_of
from tests.support.verified import verified

EXAMPLES = 40
PATIENCE = 60.0
"""Seconds of real time for one example."""

type Damage = tuple[float, bytes, str]


@st.composite
def damages(draw: st.DrawFn) -> Damage:
    """Draw a place in a file, the bytes written there, and the file or its log."""
    some = st.binary(min_size=1, max_size=64)
    content = draw(st.one_of(some, st.integers(1, 9000).map(bytes)))
    # The header and the schema are a small part of the file, and the one that matters most.
    place = draw(st.one_of(st.floats(0, 0.999), st.floats(0, 0.02)))
    return place, content, draw(st.sampled_from(("", "-wal")))


class Damaged:
    """A building whose ledger is restored, damaged, and loaded again and again."""

    def __init__(self, faulty: Faulty, kept: Path) -> None:
        self.faulty = faulty
        self.kept = kept
        self.newest: Recorded | None = None
        self.saw: Counter[str] = Counter()

    async def keep(self) -> None:
        """Keep a copy of the file and its log, with records in either."""
        ledger = self.faulty.house.building.ledger
        assert await ledger.checkpoint()
        await self.faulty.sender.grant("G2")
        await self.faulty.house.settle()
        self.newest = ledger.newest
        await self.faulty.do(self._copy)

    def _copy(self) -> None:
        for suffix in ("", "-wal"):
            shutil.copy(self._file(suffix), self.kept / f"kept{suffix}")

    def _file(self, suffix: str) -> Path:
        return self.faulty.path.with_name(self.faulty.path.name + suffix)

    def _put_back(self, damage: Damage) -> None:
        for former in self.faulty.path.parent.glob("courier_access_*.db*"):
            former.unlink()
        for suffix in ("", "-wal"):
            shutil.copy(self.kept / f"kept{suffix}", self._file(suffix))
        Mark.of(self.newest).put(self.faulty.path)
        place, content, suffix = damage
        with self._file(suffix).open("r+b") as file:
            file.seek(int(self._file(suffix).stat().st_size * place))
            file.write(content)

    async def live_through(self, damage: Damage) -> None:
        """Start with this damage, and assert what always holds."""
        faulty, bolt = self.faulty, self.faulty.bolt
        await faulty.unload()
        bolt.move(locked=True)
        bolt.commands.clear()
        await faulty.do(lambda: self._put_back(damage))

        await faulty.load()

        assert faulty.house.entry.state is ConfigEntryState.LOADED
        assert faulty.house.door_state() == "locked"
        assert bolt.commands == []
        entered = await faulty.sender.enter()
        await faulty.house.settle()
        assert entered.status in (200, 503)
        admitted = entered.body.get("decision") == "admitted"
        assert ("unlock" in bolt.names) == admitted
        building = faulty.house.building
        if admitted:
            (entry,) = await entries_of(building, 1)
            assert entry.entry_id == entered.body["entry_id"]
            assert entry.decision is EntryDecision.ADMITTED
        if building.recreated is not None and building.recreated.loss is Loss.SET_ASIDE:
            assert list(faulty.path.parent.glob("*.set-aside-*.db"))
        self.saw[await self._result()] += 1

    async def _result(self) -> str:
        building = self.faulty.house.building
        if building.fault is not None:
            assert self.faulty.issues()
            return "doors only"
        if building.recreated is not None:
            return building.recreated.loss.value
        if building.host.couriers_wait:
            return "known to be older"
        try:
            found = await verified(building.ledger)
        except LedgerUnavailable:
            await self.faulty.house.settle()
            return "found while it was read"
        return "whole" if found.intact else "known not to be intact"


async def test_no_damage_opens_a_door_without_its_record(
    faulty: Faulty, tmp_path: Path
) -> None:
    damaged = Damaged(faulty, tmp_path)
    await damaged.keep()
    loop = asyncio.get_running_loop()

    def wait_for(work: Coroutine[object, object, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result(PATIENCE)

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(damages())
    def any_damage(damage: Damage) -> None:
        wait_for(damaged.live_through(damage))

    await asyncio.to_thread(any_damage)

    print(dict(damaged.saw))  # noqa: T201 - shown by -s
    assert damaged.saw["ledger.set_aside"]
    assert damaged.saw["whole"]
