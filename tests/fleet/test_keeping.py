"""What the fleet forgets: visits of a home that objected, and what is too old."""

from datetime import UTC, datetime, timedelta

from scripts.lab.fleet.client import Client, report, visit
from scripts.lab.fleet.server import Fleet

from .conftest import Join
from .test_lines import begin
from .test_reports import cursor_at, outcome, stored


def at(days_ago: float) -> str:
    """Return a time as a building sends it."""
    time = datetime.now(UTC) - timedelta(days=days_ago)
    return time.replace(second=0, microsecond=0).isoformat()


def test_visits_of_a_home_that_objected_are_deleted(
    join: Join, manager: Client
) -> None:
    name, building = join()
    other_name, other = join()
    for client in (building, other):
        cursor_at(client, 10)
        client.report(report(1, 10, 15, [11, 12, 13]))

    answer = building.report(report(1, 15, 17, [16, 17], forget=[11, 13, 16]))

    assert outcome(answer) == (200, 1, 17, True, False)
    assert stored(manager, name) == [12, 17]
    assert stored(manager, other_name) == [11, 12, 13]
    # A report with the visit, which was on its way for long, brings it back no more.
    building.report(report(1, 10, 15, [11, 12, 13]))
    building.report({"forget": [12] * 200})
    assert stored(manager, name) == [17]


def test_building_whose_log_differs_is_still_heard_when_a_home_objects(
    join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, 10, 15, [11, 12]))

    answer = building.report(report(1, None, 13, log="restored", forget=[11]))

    assert answer.status == 409
    assert stored(manager, name) == [12]


def test_visits_of_earlier_lines_are_forgotten_too(join: Join, manager: Client) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, 10, 15, [11, 12]))
    building.report(report(1, None, 13, log="restored"))
    begin(manager, name, 13, "restored")

    building.report(report(2, 13, 14, [14], log="restored", forget=[11]))

    assert stored(manager, name) == [12, 14]


def test_old_visits_are_dropped_after_the_days_that_residents_were_notified_of(
    fleet: Fleet, join: Join, manager: Client
) -> None:
    name, building = join()
    short_name, short = join()
    for client in (building, short):
        cursor_at(client, 10)
        visits = [
            visit(seq, at=at(days))
            for seq, days in enumerate([0, 29, 31, 89, 91, -400], start=11)
        ]
        client.report(report(1, 10, 20) | {"visits": visits})
    short.report(report(1, 20, 20, keep_days=30))
    for client in (building, short):
        # Without the field, it stays.
        client.report(report(1, 20, 20))

    fleet.sql("select fleet.drop_old()")

    assert stored(manager, name) == [11, 12, 13, 14, 16]
    assert stored(manager, short_name) == [11, 12, 16]

    # A building whose clock was ahead keeps nothing longer.
    fleet.sql(
        "update fleet.visits set taken_at = now() - interval '91 days' where building = :'id';"
        "select fleet.drop_old()",
        id=name,
    )
    assert stored(manager, name) == []


def test_last_head_of_each_day_is_kept_for_36_months(
    fleet: Fleet, join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    for months in (35, 37):
        fleet.sql(
            "insert into fleet.heads select building, line, day - :days::int, seq, hash, at - make_interval(months => :months)"
            " from fleet.heads where building = :'id' and seq = 10 and day = (now() at time zone 'UTC')::date",
            id=name,
            days=str(months * 30),
            months=str(months),
        )
    building.report(report(1, 10, 12))
    building.report(report(1, 12, 14))

    fleet.sql("select fleet.drop_old()")

    heads = manager.get(f"heads?building=eq.{name}&order=day")
    assert [head["seq"] for head in heads] == [10, 14]
    assert heads[1]["day"] == datetime.now(UTC).date().isoformat()


def test_job_that_does_not_run_is_shown(fleet: Fleet, manager: Client) -> None:
    fleet.sql("select fleet.drop_old()")
    assert manager.get("silent?id=is.null") == []

    fleet.sql("update fleet.state set dropped_at = now() - interval '49 hours'")
    assert [row["name"] for row in manager.get("silent?id=is.null")] == [
        "fleet.drop_old()"
    ]

    fleet.sql("select fleet.drop_old()")
    assert manager.get("silent?id=is.null") == []


def test_removed_building_leaves_nothing(fleet: Fleet, join: Join) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, 10, 15, [11]))

    fleet.sql("delete from fleet.buildings where id = :'id'", id=name)

    assert building.report({}).status == 401
    for table in ("visits", "heads", "tokens", "addresses"):
        query = f"select 1 from fleet.{table} where building = :'id'"
        assert fleet.rows(query, id=name) == []
