"""Test the year of the audit: some of its days, in which the clocks change and everything rare happens often."""

import pytest

from scripts.lab.answers import record
from scripts.lab.audit.part import Chosen
from scripts.lab.audit.year import lived, report


@pytest.mark.timeout(300)  # Many tests run at the same time.
async def test_days_around_a_change_of_the_clocks_break_no_promise() -> None:
    found = await lived(
        Chosen(None, 6), "--begins", "2027-03-27", "--hurry", "6", days=2
    )
    came_of_it = report(found)
    assert not came_of_it.wrong
    counts = record(found["counts"])
    happened = {"admitted", "changes of the clocks", "upgrades"}
    assert happened <= counts.keys()
    assert "restarts in order" in counts or "kills" in counts


def test_broken_promise_is_reported() -> None:
    came_of_it = report({"wrong": ["the lobby is unlocked"]})
    assert came_of_it.wrong == ["the lobby is unlocked"]
    assert not came_of_it.lines
