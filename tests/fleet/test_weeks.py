"""What `scripts/fleet` finds at the end of its weeks, and what it does to a ledger."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
import sqlite3

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.building.building import ledger_path
from scripts.lab.fleet.client import Client, hash_of, report, visit
from scripts.lab.fleet.server import Fleet
from scripts.lab.fleet.weeks.altered import NOBODY, alter
from scripts.lab.fleet.weeks.compare import Found, compare
from tests.support.fleet import next_quarter
from tests.support.house import Sender, entries_of
from tests.support.verified import verified

from .conftest import Join
from .test_building import connected

DAY = timedelta(days=1) // timedelta(microseconds=1)
KINDS = (
    ("fleet.visits_announced", 0),
    ("entry.refused", 1),
    ("fleet.visits_begun", 14),
    ("entry.admitted", 15),
    ("entry.outcome", 15),
    ("entry.refused", 16),
)
"""Records, and on which day each was written."""


def ledger(path: Path, log: str, kinds: tuple[tuple[str, int], ...] = KINDS) -> Path:
    """Write a ledger with these records; one visit has its end in the record after."""
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE records (seq, at, kind, body, hash)")
        for seq, (kind, day) in enumerate(kinds, 1):
            entry = "E4" if kind == "entry.outcome" else f"E{seq}"
            body = f'{{"entry_id": "{entry}", "outcome": "opened"}}'
            digest = bytes.fromhex(hash_of(seq, log))
            values = (seq, day * DAY, kind, body, digest)
            conn.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?)", values)
    return path


def test_lost_double_and_altered_visits_are_found(
    fleet: Fleet, join: Join, tmp_path: Path
) -> None:
    name, building = join()
    before = {name: ledger(tmp_path / "before.db", name)}
    building.report(report(0, None, 3, log=name))
    visits = [visit(5, name), visit(6, name, result="refused", reason="expired")]
    building.report(report(1, 3, 6, log=name) | {"visits": visits})

    def found(after: dict[str, Path]) -> Found:
        return compare(fleet, before, after)

    assert found(before) == Found(1, 2, 2, 0, 0, 0, 0)
    fleet.sql(
        "update fleet.visits set result = 'failed' where seq = 6 and building = :'id'",
        id=name,
    )
    assert found(before) == Found(1, 2, 1, 1, 1, 0, 0)
    fleet.sql("delete from fleet.visits where seq = 6 and building = :'id'", id=name)
    assert found(before) == Found(1, 2, 1, 1, 0, 0, 0)
    building.report(report(1, 6, 7, [7], log=name))
    assert found(before) == Found(1, 2, 1, 1, 1, 0, 0)
    altered = {
        name: ledger(tmp_path / "after.db", f"{name} altered", (*KINDS, KINDS[0]))
    }
    assert found(altered).altered == 0
    building.report(report(1, None, 7, log="altered"))
    assert found(altered).altered == 1
    assert found(before).altered == 0


def test_visits_that_began_too_early_count_as_double(
    fleet: Fleet, join: Join, tmp_path: Path
) -> None:
    name, building = join()
    kinds = tuple((kind, min(day, 13)) for kind, day in KINDS)
    early = {name: ledger(tmp_path / "early.db", name, kinds)}
    building.report(report(0, None, 3, log=name))
    building.report(report(1, 3, 5, [5], log=name))

    assert compare(fleet, early, early) == Found(1, 0, 0, 0, 1, 0, 0)


@pytest.mark.parametrize(
    ("changed", "is_ok"),
    [
        ({}, True),
        ({"visits": 99, "copied": 99}, False),
        ({"copied": 99, "lost": 1}, False),
        ({"double": 1}, False),
        ({"altered": 0}, False),
        ({"silent": 2}, False),
    ],
)
def test_only_what_is_whole_is_ok(changed: dict[str, int], *, is_ok: bool) -> None:
    whole = Found(2, 100, 100, 0, 0, 1, 1)
    assert whole._replace(**changed).is_ok(100) is is_ok


async def test_altered_log_is_unchanged_for_its_building_and_differs_for_the_fleet(
    hass: HomeAssistant,
    sender: Sender,
    fleet: Fleet,
    manager: Client,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await connected(hass, fleet.url, fleet.add_building("altered-house"))
    await sender.grant()
    await sender.enter()
    await next_quarter(house, freezer)
    assert manager.get("differs?id=eq.altered-house") == []

    await house.go_down()
    alter(ledger_path(hass, house.entry.entry_id))
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    assert (await verified(house.building.ledger)).intact
    [entry] = await entries_of(house.building, 1)
    assert entry.courier_name == NOBODY
    assert not house.building.host.couriers_wait
    await next_quarter(house, freezer)
    assert house.building.fleet.status.differs
