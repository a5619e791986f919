"""Exceptions to a week as a person or a form writes them, for the properties of hours."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.properties.written_schedules import (
    Written,
    is_open_as_written,
    windows_written,
)

type WrittenExceptions = list[dict[str, Any]]

# An exception's window ends on its date.
within_a_day = windows_written.filter(
    lambda window: window["from"] < window["to"] or window["to"] == "00:00"
)


@st.composite
def exceptions_about(draw: st.DrawFn, day: date, most: int = 4) -> WrittenExceptions:
    """Write exceptions near a date, apart from one another, in any order."""
    written: WrittenExceptions = []
    since = day - timedelta(days=draw(st.integers(0, 5)))
    for _ in range(draw(st.integers(0, most))):
        until = since + timedelta(
            days=draw(st.sampled_from([0, 0, 0, 1, 2, 40, 200, 365]))
        )
        one: dict[str, Any] = {"from": since.isoformat()}
        spelled_out = draw(st.booleans())
        if until != since or spelled_out:
            one["to"] = until.isoformat()
        windows = draw(st.lists(within_a_day, max_size=2))
        if windows or spelled_out:
            one["windows"] = windows
        written.append(one)
        since = until + timedelta(days=draw(st.sampled_from([1, 1, 2, 3, 9])))
    return draw(st.permutations(written))


def clocks_of(written: Written, exceptions: WrittenExceptions) -> Written:
    """Return all windows, as of some days, for the instants that they are likely to change at."""
    return {
        **written,
        "": [window for one in exceptions for window in one.get("windows", ())],
    }


def hours_are_open_as_written(
    written: Written, exceptions: WrittenExceptions, local: datetime
) -> bool:
    """Say whether hours are open, by the digits of a wall clock and its calendar."""
    shown = local.isoformat(timespec="microseconds")
    today, clock = shown[:10], shown[11:26]
    for one in exceptions:
        last = one["to" if "to" in one else "from"]
        if one["from"] <= today <= last:
            return is_in_one_of(one.get("windows", ()), clock)
    return is_open_as_written(written, local)


def is_in_one_of(windows: Sequence[dict[str, str]], clock: str) -> bool:
    return any(
        window["from"] <= clock and (clock < window["to"] or window["to"] == "00:00")
        for window in windows
    )
