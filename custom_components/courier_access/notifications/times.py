"""Write times as Home Assistant's frontend does, on the clock of a building."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from homeassistant.util import dt as dt_util

from ..access.hours import DAY, Window

_A_DAY: Final = timedelta(days=1)
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_HALF_A_DAY: Final = 12 * _HOUR


class Times(NamedTuple):
    """The times of a language, from the `words` of its notifications.

    The word `clock` is *AM PM* if the language divides the day into halves, else *24*.
    A day names its year unless it is in the year of `today`. If a text `is_fresh`,
    it is read on the day when it is written, so it says *today* and *tomorrow*.
    """

    words: Mapping[str, str]
    zone: ZoneInfo
    today: date
    is_fresh: bool = False

    @classmethod
    def now(cls, words: Mapping[str, str], zone: ZoneInfo) -> Times:
        """Return the times of texts that are read now."""
        return cls(words, zone, dt_util.utcnow().astimezone(zone).date())

    def full_date(self, day: date) -> str:
        """Return a date with its year, such as *Nov 30, 2026*."""
        return self._dated("date", day)

    def day(self, day: date) -> str:
        """Return a date with its weekday, such as *Mon, Nov 30*."""
        is_this_year = day.year == self.today.year
        return self._dated("day" if is_this_year else "day_of_year", day)

    def weekday(self, at: datetime) -> str:
        return self._weekday(at.astimezone(self.zone))

    def clock(self, at: datetime) -> str:
        """Return a time of day, such as *2:13 AM* or *02:13*."""
        local = at.astimezone(self.zone)
        return self.of_day(local.hour * _HOUR + local.minute * _MINUTE)

    def moment(self, at: datetime) -> str:
        """Return an instant, such as *Mon, Nov 30, 2:13 AM*."""
        return self._on_day(at.astimezone(self.zone).date(), self.clock(at))

    def span(self, start: datetime, end: datetime, named: date | None = None) -> str:
        """Return a period; the day once if it is the same, unless it was `named`.

        Within a minute, it is that minute.
        """
        first, last = (each.astimezone(self.zone).date() for each in (start, end))
        begins, ends = self.clock(start), self.clock(end)
        if first == last:
            # When the clock is set back, an hour later it reads the same.
            is_minute = begins == ends and end - start < timedelta(minutes=1)
            times = begins if is_minute else self._say("span", start=begins, end=ends)
            return times if first == named else self._on_day(first, times)
        if self.is_fresh and first == self.today == last - _A_DAY:
            ends = self._say("time_tomorrow", time=ends)
        else:
            begins, ends = self._on_day(first, begins), self._on_day(last, ends)
        return self._say("span", start=begins, end=ends)

    def of_day(self, second: int) -> str:
        """Return a time of day, given in seconds since midnight."""
        return " ".join((self._numbers(second), *self._half(second)))

    def hours(self, window: Window) -> str:
        """Return hours as short as they can be, such as *17-21* or *5 - 9 PM*."""
        if window == (0, DAY):
            return self.words["all_day"]
        is_whole = all(second % _HOUR == 0 for second in window)
        start, end = (self._numbers(each, is_whole=is_whole) for each in window)
        if not self._halves:
            return self._say("window", start=start, end=end)
        halves = [second // _HALF_A_DAY for second in window]
        if halves[0] != halves[1]:
            start = " ".join((start, *self._half(window[0])))
        end = " ".join((end, *self._half(window[1])))
        return self._say("span", start=start, end=end)

    @property
    def _halves(self) -> list[str]:
        words = self.words["clock"].split()
        return words if len(words) > 1 else []

    def _half(self, second: int) -> list[str]:
        half = second // _HALF_A_DAY % 2
        return self._halves[half : half + 1]

    def _numbers(self, second: int, *, is_whole: bool = False) -> str:
        hour, minute = second // _HOUR, second % _HOUR // _MINUTE
        if self._halves:
            hours = str((hour - 1) % 12 + 1)
        else:
            hours = str(hour) if is_whole else f"{hour:02}"
        if is_whole:
            return hours
        rest = second % _MINUTE
        return f"{hours}:{minute:02}:{rest:02}" if rest else f"{hours}:{minute:02}"

    def _weekday(self, day: date) -> str:
        return self.words["weekdays"].split()[day.weekday()]

    def _dated(self, key: str, day: date) -> str:
        return self._say(
            key,
            weekday=self._weekday(day),
            day=day.day,
            month=self.words["months"].split()[day.month - 1],
            year=f"{day:%Y}",
        )

    def _on_day(self, day: date, written: str) -> str:
        if self.is_fresh and day == self.today:
            return self._say("today", time=written)
        if self.is_fresh and day - _A_DAY == self.today:
            return self._say("tomorrow", time=written)
        return self._say("moment", day=self.day(day), time=written)

    def _say(self, key: str, **values: object) -> str:
        return self.words[key].format_map(values)


def write_for_issue(at: datetime, zone: ZoneInfo) -> str:
    """Write a local time for an issue, which has no language of its own."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
