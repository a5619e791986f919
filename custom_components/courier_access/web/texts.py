"""The page's words, from the translations, with hours and instants as a reader says them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from itertools import groupby
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant

from ..access.hours import HoursException
from ..access.schedule import WEEKDAYS, WeekSchedule
from ..access.wall_clock import DAY, Window
from ..notifications.text import texts
from .html import Html, text


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, and the zone of the building's wall clock."""

    texts: Mapping[str, str]
    zone: ZoneInfo

    @property
    def language(self) -> str:
        """The language that the words are in, which is English where there are none in the one asked for."""
        return self.texts["page_lang"]

    def say(self, key: str, **values: str) -> Html:
        """Return a sentence, filled in."""
        return Html(
            escape(self.texts[key]).format(
                **{name: text(value) for name, value in values.items()}
            )
        )

    def plain(self, key: str, **values: str) -> str:
        """Return a sentence, filled in, for where there is no markup."""
        return self.texts[key].format(**values)

    def moment(self, at: datetime) -> str:
        """Write an instant as the building's clock has it."""
        local = at.astimezone(self.zone)
        weekday = self.texts[f"page_{WEEKDAYS[local.weekday()]}"]
        return self.plain(
            "page_moment",
            weekday=weekday,
            date=self.day(local.date()),
            time=f"{local:%H:%M}",
        )

    def span(self, start: datetime, end: datetime) -> str:
        """Write from when to when."""
        first, last = start.astimezone(self.zone), end.astimezone(self.zone)
        until = f"{last:%H:%M}" if first.date() == last.date() else self.moment(end)
        return self.plain("page_span", start=self.moment(start), end=until)

    def day(self, day: date) -> str:
        """Write a date."""
        return self.plain(
            "page_date", year=f"{day:%Y}", month=f"{day:%m}", day=f"{day:%d}"
        )

    def week(self, schedule: WeekSchedule) -> list[str]:
        """Write a week, a line for the days in a row that are alike; none where it is never open."""
        if schedule.is_empty:
            return []
        alike = [
            (windows, list(days))
            for windows, days in groupby(range(7), key=lambda day: schedule.days[day])
        ]
        return [self._line(self._days(days), windows) for windows, days in alike]

    def exception(self, exception: HoursException) -> str:
        """Write other hours on some dates."""
        days = self.day(exception.first)
        if exception.last != exception.first:
            days = self.plain("page_from_to", first=days, last=self.day(exception.last))
        return self._line(days, exception.windows)

    def _line(self, days: str, windows: Sequence[Window]) -> str:
        return self.plain("page_hours_line", days=days, hours=self._hours(windows))

    def _days(self, days: Sequence[int]) -> str:
        if len(days) == 7:
            return self.texts["page_every_day"]
        first, last = (
            self.texts[f"page_{WEEKDAYS[day]}"] for day in (days[0], days[-1])
        )
        return (
            first
            if first == last
            else self.plain("page_from_to", first=first, last=last)
        )

    def _hours(self, windows: Sequence[Window]) -> str:
        if not windows:
            return self.texts["page_closed"]
        if list(windows) == [(0, DAY)]:
            return self.texts["page_all_day"]
        return ", ".join(
            self.plain("page_hours", start=_clock(start), end=_clock(end))
            for start, end in windows
        )


async def words(hass: HomeAssistant, language: str | None, zone: ZoneInfo) -> Words:
    """Return the words of a language, Home Assistant's where none is given; what it lacks is in English."""
    return Words(await texts(hass, language), zone)


def _clock(second: int) -> str:
    """Write a second of the day to the minute, and to the second where that is not all."""
    minutes, seconds = divmod(second, 60)
    written = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{written}:{seconds:02}" if seconds else written
