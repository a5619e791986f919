"""What becomes of a report (docs/reference/fleet-protocol.md#the-reply)."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
import time

import pytest

from scripts.lab.fleet.client import Answer, Client, hash_of, report, visit
from scripts.lab.fleet.server import Fleet

from .conftest import Join

type Fields = dict[str, object]


def outcome(answer: Answer) -> tuple[int, object, object, object, object]:
    """Return the status, the cursor, and what the fleet decided."""
    reply = answer.record
    assert set(reply) == {"line", "seq", "taken", "differs", "couriers"}
    return answer.status, reply["line"], reply["seq"], reply["taken"], reply["differs"]


def stored(manager: Client, building: str) -> list[object]:
    """Return the numbers of a building's visits in the fleet."""
    return [
        visit["seq"]
        for visit in manager.get(f"visits?building=eq.{building}&order=line,seq")
    ]


def cursor_at(building: Client, seq: int) -> None:
    """Begin a building's first line there."""
    assert outcome(building.report(report(0, None, seq))) == (200, 1, seq, True, False)


def test_empty_report_asks_for_the_cursor(building: Client) -> None:
    assert outcome(building.report({})) == (200, 0, None, False, False)

    cursor_at(building, 10)

    assert outcome(building.report({})) == (200, 1, 10, False, False)


def test_line_begins_at_the_first_head_and_visits_after_it(
    join: Join, manager: Client
) -> None:
    name, building = join()
    assert building.report(report(0, None, 10, [9])).status == 400
    assert outcome(building.report({})) == (200, 0, None, False, False)

    cursor_at(building, 10)
    answer = building.report(report(1, 10, 14, [14, 11]))

    assert outcome(answer) == (200, 1, 14, True, False)
    assert stored(manager, name) == [11, 14]


def test_visit_is_stored_as_it_was_sent(join: Join, manager: Client) -> None:
    name, building = join()
    cursor_at(building, 10)
    refused = visit(11, result="refused", reason="not_accepted", door="Cour, n° 1")
    building.report(report(1, 10, 11) | {"visits": [refused]})

    assert manager.get(f"visits?building=eq.{name}") == [
        {
            "building": name,
            "name": name.title(),
            "line": 1,
            "seq": 11,
            "hash": hash_of(11),
            "at": "2026-11-28T10:15:00+00:00",
            "courier": "Swift Parcels",
            "door": "Cour, n° 1",
            "result": "refused",
            "reason": "not_accepted",
        }
    ]


def test_report_whose_reply_was_lost_is_stored_once(
    join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    sent = report(1, 10, 12, [11, 12])

    first, again = building.report(sent), building.report(sent)

    assert outcome(first) == (200, 1, 12, True, False)
    assert outcome(again) == (200, 1, 12, False, False)
    assert stored(manager, name) == [11, 12]


def test_first_report_that_comes_again_late_is_no_difference(building: Client) -> None:
    cursor_at(building, 10)
    building.report(report(1, 10, 12))

    assert outcome(building.report(report(0, None, 10))) == (200, 1, 12, False, False)


def test_report_for_another_place_gets_the_cursor(join: Join, manager: Client) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, 10, 20, [15]))

    # Before the cursor; beyond it, as after the fleet's own restore; and for a line that isn't there.
    for late in (
        report(1, 10, 25, [25]),
        report(1, 30, 35, [35]),
        report(2, 20, 25, [25]),
    ):
        assert outcome(building.report(late)) == (200, 1, 20, False, False)
    assert stored(manager, name) == [15]


def test_head_at_the_cursor_is_taken_again(building: Client) -> None:
    cursor_at(building, 10)

    assert outcome(building.report(report(1, 10, 10))) == (200, 1, 10, True, False)


@pytest.mark.parametrize(
    "other",
    [
        report(1, None, 21),
        {"line": 1, "head": {"seq": 21, "hash": hash_of(21)}},
        report(1, 20, 21, log="changed"),
        report(1, 10, 21, log="changed"),
        report(1, None, 15, log="restored"),
        report(1, None, 15),
        report(1, 20, 20) | {"head": {"seq": 20, "hash": hash_of(20, "changed")}},
    ],
    ids=[
        "known is null",
        "known is missing",
        "another hash at the cursor",
        "another hash at an earlier head",
        "head below the cursor",
        "the same log, but shorter",
        "another head at the cursor",
    ],
)
def test_log_that_differs_is_refused_and_marked(
    fleet: Fleet, join: Join, manager: Client, other: Fields
) -> None:
    name, building = join()
    cursor_at(building, 10)
    # The last head of an earlier day.
    fleet.sql("update fleet.heads set day = day - 1 where building = :'id'", id=name)
    building.report(report(1, 10, 20, [15]))
    assert manager.get(f"differs?id=eq.{name}") == []

    answer = building.report({**other, "undelivered": 3})

    assert outcome(answer) == (409, 1, 20, False, True)
    assert "hash" not in answer.content
    assert stored(manager, name) == [15]
    [marked] = manager.get(f"differs?id=eq.{name}")
    head = other["head"]
    assert isinstance(head, dict)
    assert (marked["seq"], marked["hash"]) == (head["seq"], head["hash"])
    # A building whose log differs is still looked after.
    assert [row["undelivered"] for row in manager.get(f"undelivered?id=eq.{name}")] == [
        3
    ]


MALFORMED: Mapping[str, object] = {
    "no object": [],
    "null": None,
    "head without a hash": report(1, 10, 12) | {"head": {"seq": 12}},
    "head without a number": report(1, 10, 12) | {"head": {"hash": hash_of(12)}},
    "known without a hash": report(1, 10, 12) | {"known": {"seq": 10}},
    "head without a line": report(None, 10, 12),
    "line that is no number": report(1, 10, 12) | {"line": "one"},
    "known beyond the head": report(1, 12, 11),
    "known without a head": report(1, 10, None),
    "known before the first line": report(0, 5, 10),
    "number 0": report(1, 10, 12) | {"known": {"seq": 0, "hash": hash_of(0)}},
    "negative number": report(1, 10, 12) | {"head": {"seq": -5, "hash": hash_of(5)}},
    "number with a fraction": report(1, 10, 12)
    | {"head": {"seq": 12.5, "hash": hash_of(12)}},
    "number that is too large": report(1, 10, 2**63),
    "number far too large": report(1, 10, 12)
    | {"head": {"seq": 1e300, "hash": hash_of(12)}},
    "hash of an odd length": report(1, 10, 12)
    | {"head": {"seq": 12, "hash": hash_of(12)[1:]}},
    "hash that is too short": report(1, 10, 12)
    | {"head": {"seq": 12, "hash": hash_of(12)[2:]}},
    "hash that is too long": report(1, 10, 12)
    | {"head": {"seq": 12, "hash": hash_of(12) + "00"}},
    "hash that is no hexadecimal": report(1, 10, 12)
    | {"head": {"seq": 12, "hash": "xy" * 32}},
    "visits without a head": {"visits": [visit(11)]},
    "visit at the cursor": report(1, 10, 12, [10]),
    "visit before the cursor": report(1, 10, 12, [9]),
    "visit beyond the head": report(1, 10, 12, [13]),
    "visits that are no list": report(1, 10, 12) | {"visits": {"seq": 11}},
    "visit that is no object": report(1, 10, 12) | {"visits": [11]},
    "number to forget that is none": report(1, 10, 12) | {"forget": ["all"]},
    "numbers to forget that are no list": report(1, 10, 12) | {"forget": 11},
    "negative count": report(1, 10, 12, pending=-1),
    "count without an end": report(1, 10, 12, undelivered=10**9),
    "version without an end": report(1, 10, 12, version="1" * 101),
    "days without an end": report(1, 10, 12, keep_days=10**6),
    "fault that isn't one": report(
        1, 10, 12, faults=[{"door": "Front door", "fault": "Ada is away"}]
    ),
    "fault without an end": report(
        1, 10, 12, faults=[{"door": "x" * 101, "fault": "opener_offline"}]
    ),
    "faults without an end": report(
        1, 10, 12, faults=[{"door": "x", "fault": "opener_offline"}] * 101
    ),
    "silent couriers that are no list": report(1, 10, 12, silent_couriers="Swift"),
    **{
        name: report(1, 10, 12) | {"visits": [visit(11) | fields]}
        for name, fields in dict[str, Fields](
            {
                "visit without a number": {"seq": None},
                "visit without a hash": {"hash": None},
                "visit with half a hash": {"hash": hash_of(11)[:32]},
                "time with seconds": {"at": "2026-11-28T10:15:01Z"},
                "time with a fraction": {"at": "2026-11-28T10:15:00.5Z"},
                "no time": {"at": None},
                "time without an end": {"at": "infinity"},
                "time that is none": {"at": "this morning"},
                "courier without an end": {"courier": "x" * 101},
                "no courier": {"courier": None},
                "courier without a name": {"courier": ""},
                "courier with a line break": {"courier": "Swift\nParcels"},
                "door without an end": {"door": "x" * 101},
                "no door": {"door": None},
                "result that isn't one": {"result": "delivered to Ada"},
                "no result": {"result": None},
                "reason that isn't one": {"reason": "vetoed"},
            }
        ).items()
    },
}


@pytest.mark.parametrize("batch", MALFORMED.values(), ids=MALFORMED)
def test_malformed_report_is_refused_whole(
    join: Join, manager: Client, batch: object
) -> None:
    name, building = join()
    cursor_at(building, 10)
    [before] = manager.get(f"buildings?id=eq.{name}")

    answer = building.report(batch)

    assert answer.status == 400, answer
    # PostgreSQL would say which row failed, and that row has the cursor's hash.
    assert answer.record["details"] is None
    assert hash_of(10) not in answer.content
    assert manager.get(f"buildings?id=eq.{name}") == [before]
    assert stored(manager, name) == []


def test_report_of_200_visits_is_taken_and_one_more_is_too_many(
    join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)

    answer = building.report(report(1, 10, 300, range(11, 212)))
    assert answer.status == 413
    assert building.report({"forget": [*range(1, 202)]}).status == 413
    padded = report(1, 10, 11, [11]) | {"more": "x" * 262_144}
    assert building.report(padded).status == 413
    assert stored(manager, name) == []

    # The longest names that are allowed, in characters of four bytes each.
    longest = [
        visit(seq, courier="😀" * 100, door="😀" * 100) for seq in range(11, 211)
    ]
    answer = building.report(report(1, 10, 300) | {"visits": longest})
    assert outcome(answer) == (200, 1, 300, True, False)
    assert stored(manager, name) == [*range(11, 211)]


def test_reports_of_one_building_do_not_wait_for_each_other(
    fleet: Fleet, join: Join
) -> None:
    name, building = join()
    _, other = join()
    with ThreadPoolExecutor() as threads:
        held = threads.submit(
            fleet.sql,
            "begin; select from fleet.buildings where id = :'id' for update;"
            "select pg_advisory_lock(27);"
            "select pg_sleep(20)",
            id=name,
        )
        deadline = time.monotonic() + 10
        while not fleet.rows("select 1 from pg_locks where locktype = 'advisory'"):
            assert time.monotonic() < deadline
        answers = [building.report({}) for _ in range(20)]
        free = other.report({})
        fleet.sql(
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
        )
        assert held.exception() is not None

    assert {answer.status for answer in answers} == {503}
    assert answers[0].record["code"] == "PT503"
    assert free.status == 200
    assert building.report({}).status == 200
