"""A line that a manager begins after a log differed (docs/reference/fleet-protocol.md#begin-a-line)."""

from scripts.lab.fleet.client import Answer, Client, hash_of, report
from scripts.lab.fleet.server import Fleet

from .conftest import Join
from .test_reports import cursor_at, outcome, stored


def begin(manager: Client, building: str, seq: int, log: str = "") -> Answer:
    """Begin a line at a record of a log."""
    begun = {"building": building, "seq": seq, "hash": hash_of(seq, log)}
    return manager.call("rpc/begin_line", begun)


def test_line_begins_at_the_refused_head_and_nothing_before_is_sent_again(
    join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, 10, 20, [15]))
    assert building.report(report(1, None, 17, log="restored")).status == 409

    answer = begin(manager, name, 17, "restored")
    assert (answer.status, answer.record) == (200, {"line": 2, "seq": 17})

    assert manager.get(f"differs?id=eq.{name}") == []
    answer = building.report(report(2, 17, 18, [17, 18], log="restored"))
    assert answer.status == 400  # 17 is known already
    answer = building.report(report(2, 17, 18, [18], log="restored"))
    assert outcome(answer) == (200, 2, 18, True, False)
    assert stored(manager, name) == [15, 18]
    heads = manager.get(f"heads?building=eq.{name}&order=line")
    assert [(head["line"], head["seq"]) for head in heads] == [(1, 20), (2, 18)]


def test_line_begins_at_the_first_head_that_was_refused(
    join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, 10, 20))
    for head in (12, 13, 14):
        assert building.report(report(1, None, head, log="restored")).status == 409

    assert begin(manager, name, 14, "restored").status == 409
    assert begin(manager, name, 12, "restored").status == 200

    # So what happened while nobody looked is still sent.
    answer = building.report(report(2, 12, 15, [13, 14, 15], log="restored"))
    assert outcome(answer) == (200, 2, 15, True, False)
    assert stored(manager, name) == [13, 14, 15]


def test_late_report_for_the_earlier_line_says_nothing_about_the_new_one(
    join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    refused = report(1, None, 8, log="restored")
    building.report(refused)
    begin(manager, name, 8, "restored")

    assert outcome(building.report(refused)) == (200, 2, 8, False, False)
    assert manager.get(f"differs?id=eq.{name}") == []


def test_log_that_is_restored_again_is_refused_on_the_new_line_too(
    join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, None, 8, log="restored"))
    begin(manager, name, 8, "restored")

    # Its cursor's record isn't in this log.
    answer = building.report(report(2, 8, 9, log="restored again"))
    assert outcome(answer) == (409, 2, 8, False, True)

    assert begin(manager, name, 9, "restored again").record == {"line": 3, "seq": 9}
    answer = building.report(report(3, 9, 11, [10], log="restored again"))
    assert outcome(answer) == (200, 3, 11, True, False)


def test_log_that_is_back_goes_on_and_stays_marked_until_a_manager_has_seen_it(
    join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, None, 8, log="other"))
    [marked] = manager.get(f"differs?id=eq.{name}")
    assert marked["is_back"] is False

    answer = building.report(report(1, 10, 12, [11]))

    assert outcome(answer) == (200, 1, 12, True, False)
    [marked] = manager.get(f"differs?id=eq.{name}")
    assert (marked["is_back"], marked["seq"]) == (True, 8)
    # The other log's head is no place for this one to go on.
    assert begin(manager, name, 8, "other").status == 409
    assert begin(manager, name, 12).record == {"line": 1, "seq": 12}
    assert manager.get(f"differs?id=eq.{name}") == []
    building.report(report(1, 12, 13, [13]))
    assert stored(manager, name) == [11, 13]


def test_another_difference_after_the_log_was_back_is_marked_again(
    join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, None, 8, log="other"))
    building.report(report(1, 10, 12))
    building.report(report(1, None, 9, log="third"))

    [marked] = manager.get(f"differs?id=eq.{name}")

    assert (marked["is_back"], marked["hash"]) == (False, hash_of(9, "third"))


def test_line_begins_nowhere_else(fleet: Fleet, join: Join, manager: Client) -> None:
    name, building = join()
    assert begin(manager, name, 5).status == 409
    cursor_at(building, 10)
    assert begin(manager, name, 5).status == 409
    building.report(report(1, None, 8, log="other"))

    assert begin(manager, name, 8).status == 409
    assert begin(manager, name, 9, "other").status == 409
    assert begin(manager, "nowhere", 8, "other").status == 404
    for odd in ({"hash": "0"}, {"seq": None}, {"building": None}, {"seq": -8}):
        begun = {"building": name, "seq": 8, "hash": hash_of(8, "other")} | odd
        assert manager.call("rpc/begin_line", begun).status in {400, 404, 409}
    assert outcome(building.report({})) == (200, 1, 10, False, False)
    assert fleet.rows("select 1 from fleet.heads where building = :'b'", b=name) == [
        {"?column?": 1}
    ]


def test_restored_fleet_takes_again_what_it_lost(
    fleet: Fleet, join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, 10, 20, [15]))
    building.report(report(1, 20, 30, [25]))
    # What a backup from between both reports has.
    fleet.sql(
        "delete from fleet.visits where building = :'id' and seq = 25;"
        "update fleet.buildings set seq = 20, hash = decode(:'hash', 'hex') where id = :'id';"
        "update fleet.heads set seq = 20, hash = decode(:'hash', 'hex') where building = :'id'",
        id=name,
        hash=hash_of(20),
    )

    answer = building.report(report(1, 30, 40, [35]))
    assert outcome(answer) == (200, 1, 20, False, False)
    answer = building.report(report(1, 20, 40, [25, 35]))
    assert outcome(answer) == (200, 1, 40, True, False)
    assert stored(manager, name) == [15, 25, 35]
