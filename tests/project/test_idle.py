"""Test what the integration costs when nothing happens, and how `scripts/bench idle` shows it."""

import pytest

from scripts.lab.bench.idle import BEGIN, Lived, live, table
from scripts.lab.bench.performance import DOCUMENT, END


@pytest.mark.timeout(300)  # Many tests run at the same time.
async def test_quiet_day_costs_little() -> None:
    lived = await live(0, settles=1, days=1)

    # The ledger's place is looked at every minute, the clock every two minutes, and
    # every hour the age of what is to be erased, the mark, and the external URL.
    assert lived.an_hour("timers") == 60 + 30 + 3
    assert lived.a_day("timers") == sum(lived.timers.values())
    # Only how long the clock is steady is written, and once a day the log is emptied.
    assert lived.an_hour("syncs") == 1
    assert lived.a_day("syncs") <= 24 + 5
    assert lived.a_day("written") < 100_000
    assert lived.a_day("rewritten") == 0
    assert lived.grown < 10_000


def building(visits: int, **more: float) -> Lived:
    hour = {
        "timers": 93.0,
        "statements": 186.0,
        "rewritten": 0.0,
        "syncs": 1.0,
        "written": 2_000.0,
        "by_recorder": 400_000.0,
    }
    hours = [{**hour, **more}, *[hour] * 47]
    return Lived(visits, hours, {}, used=1_000_000, grown=visits * 8_000, version="")


def test_table_says_what_ten_years_write() -> None:
    quiet = building(0)
    busy = building(10, rewritten=1, written=2_002_000)

    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in table([quiet, busy], [quiet, busy]).splitlines()
    ]

    assert rows[0] == ["", "No visits", "10 visits a day"]
    shown = {name: cells for name, *cells in rows}
    assert shown["Timers in an hour"] == ["93", "93"]
    assert shown["Wholly rewritten in 30 days"] == ["never", "15 times"]
    assert shown["Written in a day (kB)"] == ["48", "1,048"]
    assert shown["The file after ten years (MB)"] == ["1.0", "147.0"]
    assert shown["Written in ten years (GB)"] == ["0.2", "3.8"]
    assert shown["By the recorder in ten years (GB)"] == ["35.0", "35.0"]


def test_document_has_room_for_the_figures() -> None:
    _, found, rest = DOCUMENT.read_text().partition(BEGIN)
    assert found
    assert END in rest
