"""Test that no kill of Home Assistant makes its own ledger look like a restored one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
import os
from pathlib import Path
import shutil
import threading
from typing import Any

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.courier_access import backup
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.const import DOMAIN, MINOR_VERSION
from custom_components.courier_access.ledger.files import Mark
from custom_components.courier_access.ledger.state.residents import Author
from tests.building.test_restore import bodies, withdraw
from tests.ledger.parts import execute
from tests.ledger.test_migrations import restore
from tests.support.house import House, build

BEFORE = {"new": MINOR_VERSION, "lost": MINOR_VERSION, "damaged": MINOR_VERSION} | {
    f"v{version}": version for version in range(1, MINOR_VERSION + 1)
}
"""What the first start finds, and the version in the config entry."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a kill leaves: the ledger's files, and the version in the config entry."""

    files: Path
    minor_version: int


class Kills:
    """Copies of a building's files, as kills would leave them."""

    def __init__(self, house: House, to: Path) -> None:
        self.moments: list[Moment] = []
        self._house = house
        self._path = ledger_path(house.hass, house.entry.entry_id)
        self._to = to
        self._seen: set[tuple[object, ...]] = set()

    @contextmanager
    def at_each_step(self) -> Iterator[None]:
        """Copy the files before and after each step of the ledger's own thread.

        No other thread writes them, and SQLite's steps leave no less than these.
        """
        with pytest.MonkeyPatch.context() as patch:
            for name in ("open", "fsync"):
                patch.setattr(os, name, self._between(getattr(os, name)))
            yield

    def begin(self, found: str) -> None:
        """Put in place what the first start finds."""
        self._remove()
        if found == "damaged":
            self._path.write_bytes(b"no database" * 1000)
        elif found.startswith("v"):
            restore(self._path, found)
            if found != "v1":
                newest = "SELECT max(seq), hash FROM records"
                [(seq, hashed)] = execute(self._path, newest)
                Mark(seq, hashed).put(self._path)

    def put_back(self, moment: Moment) -> None:
        """Put in place what a kill left."""
        self._remove()
        for file in moment.files.iterdir():
            shutil.copy(file, self._path.parent)

    def _between(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def copy_and_step(*args: Any, **more: Any) -> Any:
            is_its_own = threading.current_thread().name.startswith("courier_access ")
            if is_its_own:
                self._copy()
            result = step(*args, **more)
            if is_its_own:
                self._copy()
            return result

        return copy_and_step

    def _copy(self) -> None:
        version = self._house.entry.minor_version
        there = {file.name: file.read_bytes() for file in self._there()}
        left = (version, *sorted(there.items()))
        if left in self._seen:
            return
        self._seen.add(left)
        files = self._to / str(len(self.moments))
        files.mkdir(parents=True)
        for name, content in there.items():
            (files / name).write_bytes(content)
        self.moments.append(Moment(files, version))

    def _remove(self) -> None:
        for file in self._path.parent.glob(f"{self._path.stem}*"):
            file.unlink()

    def _there(self) -> list[Path]:
        found = self._path.parent.glob(f"{self._path.stem}*")
        # SQLite makes the index of the log again.
        return [file for file in found if not file.name.endswith("-shm")]


async def live(hass: HomeAssistant, house: House) -> None:
    """Load a building, let its state change, and unload it."""
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    await withdraw(house)
    await backup.async_pre_backup(hass)
    await house.building.rulebook.pauses.pause(Author())
    await backup.async_post_backup(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)


@pytest.mark.parametrize("found", BEFORE)
async def test_kill_at_any_step_is_no_restore(
    hass: HomeAssistant, tmp_path: Path, found: str
) -> None:
    house = await build(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    kills = Kills(house, tmp_path / "killed")
    await hass.async_add_executor_job(kills.begin, found)
    hass.config_entries.async_update_entry(house.entry, minor_version=BEFORE[found])
    if found == "new":
        forget_switch(hass, house)
    with kills.at_each_step():
        await live(hass, house)

    assert len(kills.moments) > 10
    for moment in kills.moments:
        await hass.async_add_executor_job(kills.put_back, moment)
        hass.config_entries.async_update_entry(
            house.entry, minor_version=moment.minor_version
        )
        assert await hass.config_entries.async_setup(house.entry.entry_id)
        assert house.building.fault is None
        assert await bodies(house, "ledger.restored") == [], moment
        assert await hass.config_entries.async_unload(house.entry.entry_id)


def forget_switch(hass: HomeAssistant, house: House) -> None:
    """Let the building be one that never had a ledger."""
    registry = er.async_get(hass)
    key = f"{house.entry.entry_id}_courier_access"
    switch = registry.async_get_entity_id(Platform.SWITCH, DOMAIN, key)
    assert switch is not None
    registry.async_remove(switch)
