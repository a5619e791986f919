"""Schedules as a person or a form writes them, for the properties of schedules."""

from datetime import datetime

from hypothesis import strategies as st

type Written = dict[str, list[dict[str, str]]]

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

# Most clocks change in the small hours, at whole or half hours.
clocks = st.one_of(
    st.builds(
        "{:02}:{:02}".format, st.integers(0, 4), st.sampled_from([0, 15, 30, 45])
    ),
    st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)),
    st.builds(
        "{:02}:{:02}:{:02}".format,
        st.integers(0, 23),
        st.integers(0, 59),
        st.integers(0, 59),
    ),
)


# Windows of 13 minutes, 18 apart, shifted from day to day: their edges are at every minute of an hour, and an hour that
# is too early or too late shows.
MINUTES_OPEN = [
    [
        minute
        for start in range(number * 4, 24 * 60 - 13, 31)
        for minute in range(start, start + 13)
    ]
    for number in range(7)
]
"""The open minutes of each weekday."""
EVERY_MINUTE: Written = {
    name: [
        {
            "from": f"{start // 60:02}:{start % 60:02}",
            "to": f"{(start + 13) // 60:02}:{(start + 13) % 60:02}",
        }
        for start in minutes[::13]
    ]
    for name, minutes in zip(DAYS, MINUTES_OPEN, strict=True)
}


def padded(clock: str) -> str:
    return clock if len(clock) > 5 else clock + ":00"


windows_written = st.builds(
    lambda start, end: {"from": start, "to": end},
    clocks,
    st.one_of(clocks, st.sampled_from(["24:00", "24:00:00", "00:00"])),
).filter(lambda window: padded(window["from"]) != padded(window["to"]))
schedules_written: st.SearchStrategy[Written] = st.dictionaries(
    st.sampled_from(DAYS), st.lists(windows_written, max_size=3)
)
# With the same windows every day, a change of offset meets one of them.
daily_written = st.lists(windows_written, min_size=1, max_size=3).map(
    lambda windows: dict.fromkeys(DAYS, windows)
)
written_schedules = st.one_of(schedules_written, daily_written)


def is_open_as_written(written: Written, local: datetime) -> bool:
    """Say whether a week is open, by the digits of a wall clock."""
    clock = local.isoformat(timespec="microseconds")[11:26]
    today, yesterday = DAYS[local.weekday()], DAYS[local.weekday() - 1]
    for window in written.get(today, []):
        if window["from"] < window["to"]:
            if window["from"] <= clock < window["to"]:
                return True
        elif window["from"] <= clock:
            return True
    return any(
        clock < window["to"] < window["from"] for window in written.get(yesterday, [])
    )


# In half hours, so that they can be counted.
halves = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 30]))
half_windows = st.builds(
    lambda start, end: {"from": start, "to": end},
    halves,
    st.one_of(halves, st.just("24:00")),
).filter(lambda window: window["from"] != window["to"])
half_schedules: st.SearchStrategy[Written] = st.dictionaries(
    st.sampled_from(DAYS), st.lists(half_windows, max_size=4)
)


def open_halves(written: Written) -> set[int]:
    """The half hours of a week (of 336) that are open, counted one by one from each `from`."""
    opened: set[int] = set()
    for day, windows in written.items():
        for window in windows:
            hour, minute = window["from"].split(":")
            clock, last_clock = int(hour) * 2 + int(minute) // 30, window["to"]
            while True:
                opened.add((DAYS.index(day) * 48 + clock) % 336)
                clock += 1
                reached = f"{clock // 2 % 24:02}:{clock % 2 * 30:02}"
                if last_clock in (reached, "24:00" if reached == "00:00" else reached):
                    break
    return opened
