"""What is owed because of an entry outlives the ledger that said so: it is read from the file before that is set aside."""

import asyncio
from typing import Any

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.courier_access.ledger.errors import Cause, LedgerUnavailable
from custom_components.courier_access.residents.rulebook import Rulebook
from tests.disk.faulty import Faulty
from tests.disk.test_lost import no_database
from tests.support.house import spoil_ledger, until

HOUR = 3600


class Silent:
    """A resident's service over which nothing can be told for the time being."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.works = False
        self.heard: list[str] = []
        hass.services.async_register("notify", "ada", self._take)

    async def _take(self, call: ServiceCall) -> None:
        if not self.works:
            raise HomeAssistantError("no network")
        self.heard.append(call.data["message"])


@pytest.fixture
def ada(faulty: Faulty) -> Silent:
    """The only resident, who can't be reached."""
    return Silent(faulty.hass)


async def hear(faulty: Faulty, ada: Silent) -> list[str]:
    """Return what is told once that can be, the oldest first, that is of couriers at the door."""
    ada.works = True
    for _ in range(6):
        await faulty.pass_time(HOUR / 2)
    assert faulty.issues() == ["ledger_set_aside"]
    assert (await faulty.house.building.ledger.verify()).intact
    return [text for text in ada.heard if "Lobby" in text]


async def test_an_entry_is_told_though_its_ledger_is_set_aside_before(
    faulty: Faulty, ada: Silent
) -> None:
    assert (await faulty.sender.enter()).body["outcome"] == "opened"
    await faulty.house.settle()
    await spoil_ledger(faulty.house)
    assert await faulty.hass.config_entries.async_reload(faulty.house.entry.entry_id)
    await faulty.house.settle()

    (told,) = await hear(faulty, ada)
    assert told.startswith("Parcel Post was let in at Lobby, ")
    assert "from the record that was damaged" in told
    assert "3B" not in told


async def test_a_late_unlock_is_told_though_its_ledger_is_set_aside_before(
    faulty: Faulty, ada: Silent
) -> None:
    faulty.bolt.obeys = False
    entering = asyncio.create_task(faulty.sender.enter())
    await until(lambda: bool(faulty.bolt.commands))
    await faulty.pass_time(8)
    assert (await entering).body["outcome"] == "unconfirmed"
    faulty.bolt.move(locked=False)
    await faulty.house.settle()
    await faulty.unload()
    await spoil_ledger(faulty.house)
    await faulty.load()

    entered, late = await hear(faulty, ada)
    assert "the door did not confirm that it opened" in entered
    assert late.startswith("Lobby unlocked late for Parcel Post")


async def test_who_was_told_already_is_not_told_again(faulty: Faulty) -> None:
    await faulty.sender.enter()
    await faulty.house.settle()
    faulty.house.told.clear()
    await spoil_ledger(faulty.house)
    await faulty.unload()
    await faulty.load()
    assert [text for _, text in faulty.house.told if "Lobby" in text] == []


async def test_a_door_is_locked_whose_deadline_stood_in_a_ledger_found_damaged_at_start(
    faulty: Faulty,
) -> None:
    await faulty.sender.enter()
    await faulty.unload()
    await spoil_ledger(faulty.house)
    await faulty.pass_time(600)
    assert faulty.bolt.names == ["unlock"]
    await faulty.load()
    await faulty.pass_time(1)
    assert faulty.issues() == ["ledger_set_aside"]
    assert faulty.bolt.names == ["unlock", "lock"]
    faulty.bolt.move(locked=False)
    await faulty.unload()
    await faulty.load()
    await faulty.pass_time(600)
    assert faulty.bolt.names == ["unlock", "lock"]


async def test_a_start_that_fails_midway_loses_nothing_of_it(
    faulty: Faulty, ada: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    await faulty.sender.enter()
    await faulty.unload()
    await spoil_ledger(faulty.house)
    load, full = Rulebook.load, [LedgerUnavailable("no room", Cause.FULL)]

    async def fail_once(self: Rulebook, *given: Any) -> None:
        if full:
            raise full.pop()
        await load(self, *given)

    monkeypatch.setattr(Rulebook, "load", fail_once)
    await faulty.load()
    assert faulty.issues() == ["ledger_full"]
    await faulty.pass_time(60, 1)
    assert faulty.bolt.names == ["unlock", "lock"]
    assert len(await hear(faulty, ada)) == 1


async def test_of_what_is_no_ledger_any_more_nothing_is_told(
    faulty: Faulty, ada: Silent
) -> None:
    await faulty.sender.enter()
    await faulty.unload()
    await faulty.do(lambda: no_database(faulty))
    await faulty.load()
    assert await hear(faulty, ada) == []
