"""A real building sends its visits to the real fleet."""

from functools import partial
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.building import fleet as fleets
from custom_components.courier_access.building.fleet import FleetError, Problem
from custom_components.courier_access.ledger.chain import RECORD_HASH
from scripts.lab.fleet.client import Client
from scripts.lab.fleet.server import Fleet
from tests.building.test_fleet_visits import ADA, choose, come, refuse
from tests.support.fleet import let_visits_begin, next_quarter, save_fleet
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
)
from tests.support.rows import kept_rows

NAME = "house-of-visits"


async def copied(house: House, manager: Client, name: str) -> dict[int, Any]:
    """Return the visits that a manager reads, each once with the hash that it has at home."""
    address = f"visits?building=eq.{name}&order=seq"
    found: list[Any] = await house.hass.async_add_executor_job(manager.get, address)
    for row in found:
        read = partial(RECORD_HASH.one, seq=row["seq"])
        kept = await house.building.ledger.read(read)
        assert row["hash"] == kept.hex()
    by_number = {row["seq"]: row for row in found}
    assert len(by_number) == len(found)
    return by_number


async def ended(house: House) -> list[int]:
    """Return the numbers of the records that end a visit."""
    query = """
        SELECT seq FROM records WHERE kind IN ('entry.outcome', 'entry.refused')
        ORDER BY seq
    """
    return await kept_rows(house.building.ledger, query, int)


async def catch_up(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory, seconds: int
) -> None:
    """Let the next quarter hour pass, and seconds while the building is behind."""
    await next_quarter(house, freezer)
    for _ in range(seconds):
        await pass_time(hass, freezer, 1)
        await house.settle()
    assert house.building.fleet.status.problem is None


async def test_fleet_has_each_visit_once_and_forgets_those_of_a_home_that_objects(
    hass: HomeAssistant,
    fleet: Fleet,
    manager: Client,
    freezer: FrozenDateTimeFactory,
    sender: Sender,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    residents = resident("Ada", "3B"), resident("Cleo", "4A")
    house = await build(hass, door(), courier(), *residents)
    token = fleet.add_building(NAME)
    await save_fleet(house, fleet.url, token, 60)
    await come(sender, "early")
    await let_visits_begin(house, freezer)
    await next_quarter(house, freezer)
    assert await copied(house, manager, NAME) == {}
    early = len(await ended(house))

    await come(sender, "ada-1")
    await come(sender, "cleo-1", "4A")
    await come(sender, "both-1", "3B", "4A")
    hostile = "'); drop table fleet.visits; --\x00\x85\u202e"
    await refuse(house, Reason.VETOED, "4a", door_name="\n" * 9, courier_name=hostile)
    ask, is_lost = fleets._ask, True

    async def ask_in_vain(*args: Any) -> bytes:
        nonlocal is_lost
        answer = await ask(*args)
        if is_lost and b'"visits":[{' in (args[4] if len(args) > 4 else b""):
            is_lost = False
            raise FleetError(Problem.UNREACHABLE)
        return answer

    monkeypatch.setattr(fleets, "_ask", ask_in_vain)
    await next_quarter(house, freezer)
    assert not is_lost
    await house.reload()
    await catch_up(hass, house, freezer, 0)
    numbers = (await ended(house))[early:]
    rows = await copied(house, manager, NAME)
    assert [*rows] == numbers
    shown = [(row["door"], row["result"], row["reason"]) for row in rows.values()]
    opened = ("Lobby", "opened", None)
    assert shown == [opened, opened, opened, ("-", "refused", "not_accepted")]
    assert (
        fleet.row("select keep_days from fleet.buildings where id = :'id'", id=NAME)[
            "keep_days"
        ]
        == 60
    )

    await choose(house, ADA, objects=True)
    await come(sender, "ada-2")
    await come(sender, "both-2", "3B", "4A")
    await catch_up(hass, house, freezer, 0)
    assert [*await copied(house, manager, NAME)] == [numbers[1], numbers[3]]

    await choose(house, ADA, objects=False)
    before = len(await ended(house))
    await refuse(house, Reason.EXPIRED, count=450)
    await catch_up(hass, house, freezer, 3)
    numbers = [numbers[1], numbers[3], *(await ended(house))[before:]]
    assert [*await copied(house, manager, NAME)] == numbers
    await choose(house, ADA, objects=True)
    await catch_up(hass, house, freezer, 3)
    assert [*await copied(house, manager, NAME)] == numbers[:2]
    assert not house.building.fleet.status.differs


async def test_one_household_sends_nothing_until_it_says_yes(
    hass: HomeAssistant,
    fleet: Fleet,
    manager: Client,
    freezer: FrozenDateTimeFactory,
    sender: Sender,
) -> None:
    name = "house-of-one"
    house = await build(hass, door(), courier(), resident(), household="one")
    await save_fleet(house, fleet.url, fleet.add_building(name), 90)
    await let_visits_begin(house, freezer)
    await come(sender, "early")
    await next_quarter(house, freezer)
    assert await copied(house, manager, name) == {}
    await choose(house, ADA, objects=False)
    await come(sender, "later")
    await next_quarter(house, freezer)
    assert [*await copied(house, manager, name)] == (await ended(house))[1:]
    await choose(house, ADA, objects=True)
    await next_quarter(house, freezer)
    assert await copied(house, manager, name) == {}
