"""What a manager sees of buildings that need somebody."""

import pytest

from scripts.lab.fleet.client import Client, report
from scripts.lab.fleet.server import Fleet

from .conftest import Join
from .test_reports import cursor_at


def test_health_of_a_report_is_shown(join: Join, manager: Client) -> None:
    name, building = join()
    cursor_at(building, 10)

    building.report(
        report(
            1,
            10,
            12,
            version="0.2.0",
            pending=4,
            undelivered=2,
            keep_days=60,
            faults=[
                {"door": "Garage", "fault": "opener_offline"},
                {"door": "Front door", "fault": "door_not_locked", "note": "Ada"},
            ],
            silent_couriers=["Swift Parcels"],
        )
    )

    [row] = manager.get(f"buildings?id=eq.{name}")
    shown = ("line", "seq", "version", "pending", "undelivered", "keep_days")
    assert [row[key] for key in shown] == [1, 12, "0.2.0", 4, 2, 60]
    assert (row["faults"], row["silent_couriers"]) == (2, 1)
    [row] = manager.get(f"undelivered?id=eq.{name}")
    assert (row["name"], row["undelivered"], row["pending"]) == (name.title(), 2, 4)
    faults = manager.get(f"faults?id=eq.{name}&order=door")
    assert [(row["door"], row["fault"]) for row in faults] == [
        ("Front door", "door_not_locked"),
        ("Garage", "opener_offline"),
    ]
    [row] = manager.get(f"silent_couriers?id=eq.{name}")
    assert row["courier"] == "Swift Parcels"


def test_health_is_replaced_and_what_is_missing_stays(
    fleet: Fleet, join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    fault = {"door": "Garage", "fault": "opener_offline"}
    building.report(
        report(1, 10, 10, undelivered=2, faults=[fault], silent_couriers=["Swift"])
    )

    building.report(report(1, 10, 10))
    assert len(manager.get(f"undelivered?id=eq.{name}")) == 1
    assert len(manager.get(f"faults?id=eq.{name}")) == 1

    building.report(report(1, 10, 10, undelivered=0, faults=[], silent_couriers=[]))
    for view in ("undelivered", "faults", "silent_couriers"):
        assert manager.get(f"{view}?id=eq.{name}") == []
    # Only what the fleet knows is stored of a fault.
    building.report(report(1, 10, 10, faults=[fault | {"resident": "Ada"}]))
    stored = fleet.row("select faults from fleet.buildings where id = :'id'", id=name)
    assert stored == {"faults": [fault]}


def test_report_that_comes_late_changes_no_health(join: Join, manager: Client) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, 10, 12, undelivered=1))
    building.report(report(1, 12, 14, undelivered=0))

    building.report(report(1, 10, 12, undelivered=1))
    building.report({"undelivered": 5})

    assert manager.get(f"undelivered?id=eq.{name}") == []


def test_late_report_brings_no_longer_time_back(join: Join, manager: Client) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, 10, 10, keep_days=90))
    # The record 11 is that of the shorter time.
    building.report(report(1, 10, 11, keep_days=30))

    building.report(report(1, 10, 10, keep_days=90))

    [row] = manager.get(f"buildings?id=eq.{name}")
    assert row["keep_days"] == 30


def test_next_report_replaces_what_came_late_while_nothing_happened(
    join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, 10, 10, undelivered=1))
    building.report(report(1, 10, 10, undelivered=0))

    building.report(report(1, 10, 10, undelivered=1))
    assert len(manager.get(f"undelivered?id=eq.{name}")) == 1

    building.report(report(1, 10, 10, undelivered=0))
    assert manager.get(f"undelivered?id=eq.{name}") == []


@pytest.mark.parametrize(
    ("last", "is_silent"), [("59 minutes", False), ("61 minutes", True)]
)
def test_building_whose_reports_stop_is_silent(
    fleet: Fleet, join: Join, manager: Client, last: str, *, is_silent: bool
) -> None:
    name, building = join()
    never, _ = join()
    cursor_at(building, 10)
    fleet.sql(
        "update fleet.buildings set taken_at = taken_at - :'last'::interval,"
        " seen_at = seen_at - :'last'::interval, created_at = created_at - :'last'::interval"
        " where id in (:'id', :'never')",
        id=name,
        never=never,
        last=last,
    )

    silent = manager.get(f"silent?id=in.({name},{never})&order=id")

    assert [row["id"] for row in silent] == (sorted([name, never]) if is_silent else [])


def test_building_that_only_asks_for_its_cursor_is_silent(
    fleet: Fleet, join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    fleet.sql(
        "update fleet.buildings set taken_at = now() - interval '2 hours' where id = :'id'",
        id=name,
    )

    building.report({})
    building.report(report(1, 5, 7))
    assert len(manager.get(f"silent?id=eq.{name}")) == 1

    building.report(report(1, 10, 10))
    assert manager.get(f"silent?id=eq.{name}") == []
