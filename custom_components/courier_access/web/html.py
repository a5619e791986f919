"""Pages from templates: their texts, QR codes, and headers."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
import re
from string import Formatter
from typing import Final, NamedTuple, Self, override
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..access.hours import (
    WEEKDAYS,
    HoursException,
    Interval,
    WeekSchedule,
    Window,
)
from ..notifications.text import Prefixed, drivers_texts, texts
from ..notifications.times import Times

_SPARED: Final = re.compile(
    r";?\s*(})\s*|\s*([{;,])\s*|(:)\s+|/\*.*?\*/\s*|(?<=[ :])0(?=\.)"
)
"""What a style sheet needs no space around, and what it doesn't need at all."""


class _Loader(FileSystemLoader):
    """Loads templates, and style sheets as short as pages contain them."""

    @override
    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        if template.endswith(".css"):
            source = _SPARED.sub(r"\1\2\3", source)
        return source, path, is_current


_TEMPLATES: Final = Environment(
    loader=_Loader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
    cache_size=-1,
)


@cache
def load_templates() -> None:
    """Read and compile all templates, which takes a while."""
    for name in _TEMPLATES.list_templates():
        _TEMPLATES.get_template(name)


def render(template: str, **shown: object) -> str:
    """Return what a template makes of what it is given to show; all text is escaped."""
    return _TEMPLATES.get_template(template).render(shown)


def headers(*styles: str) -> Mapping[str, str]:
    """Return a page's headers: no caches, frames, search engines, or scripts.

    Browsers apply only these style sheets, one after the other.
    """
    css = "".join(map(render, styles))
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; style-src 'sha256-"
        + b64encode(sha256(css.encode()).digest()).decode()
        + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }


HEADERS: Final = headers("page.css")


_NO_TIMES: Final = ZoneInfo("UTC")
_FROM_THE_RIGHT: Final = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The texts of a language, and the building's time zone."""

    texts: Mapping[str, str]
    zone: ZoneInfo

    @property
    def language(self) -> str:
        """The language of the texts: English if the requested one is missing."""
        return self.texts["page_lang"]

    @property
    def direction(self) -> str:
        return "rtl" if self.language in _FROM_THE_RIGHT else "ltr"

    def plain(self, key: str, **values: object) -> str:
        return self.texts[key].format(**values)

    def parts(
        self, key: str, values: Mapping[str, object]
    ) -> Iterator[tuple[str, object]]:
        """Yield the pieces of a text, each with the value after it; None if there is none."""
        for written, name, _, _ in Formatter().parse(self.texts[key]):
            yield written, None if name is None else values[name]

    @property
    def times(self) -> Times:
        """How the page writes times, on the building's clock."""
        return Times.now(Prefixed(self.texts, "notification_"), self.zone)

    def moment(self, at: datetime) -> str:
        """Format an instant in the building's time zone."""
        return self.times.moment(at)

    def span(self, start: datetime, end: datetime) -> str:
        """Format a period."""
        return self.times.span(start, end)

    def spans(self, intervals: Iterable[Interval]) -> str:
        """Format periods one after the other."""
        return ", ".join(self.span(each.start, each.end) for each in intervals)

    def day(self, day: date) -> str:
        return self.times.full_date(day)

    def week(self, schedule: WeekSchedule) -> list[str]:
        """Format a week, with one line for consecutive days with the same hours."""
        if schedule.is_empty:
            return []
        alike = groupby(range(7), key=lambda day: schedule.days[day])
        return [self._line(self._days(list(days)), windows) for windows, days in alike]

    def exception(self, exception: HoursException) -> str:
        """Format an exception to the hours."""
        days = self._from_to(self.day(exception.first), self.day(exception.last))
        return self._line(days, exception.windows)

    def _line(self, days: str, windows: Sequence[Window]) -> str:
        return self.plain("page_hours_line", days=days, hours=self._hours(windows))

    def _days(self, days: Sequence[int]) -> str:
        if len(days) == 7:
            return self.texts["page_every_day"]
        names = [self.texts[f"page_{WEEKDAYS[day]}"] for day in days]
        return self._from_to(names[0], names[-1])

    def _from_to(self, first: str, last: str) -> str:
        return (
            first
            if first == last
            else self.plain("page_from_to", first=first, last=last)
        )

    def _hours(self, windows: Sequence[Window]) -> str:
        if not windows:
            return self.texts["page_closed"]
        return ", ".join(map(self.times.hours, windows))


async def page_texts(
    hass: HomeAssistant, language: str | None, zone: ZoneInfo
) -> PageTexts:
    """Return the texts of a language, by default Home Assistant's, and a building's zone."""
    return PageTexts(await texts(hass, language), zone)


async def drivers_page_texts(
    hass: HomeAssistant, language: str | None, zone: ZoneInfo = _NO_TIMES
) -> PageTexts:
    """Return the texts of a page that drivers may see, or of a short one without times."""
    return PageTexts(await drivers_texts(hass, language), zone)


_QUIET: Final = 4
"""White modules around a QR code."""


class QrCode(NamedTuple):
    """A QR code: its width with its white margin, and the SVG path of the black modules."""

    address: str
    side: int
    path: str

    @classmethod
    def of(cls, address: str) -> Self:
        """Return the code of an address; this takes a while."""
        import segno  # noqa: PLC0415 - outside of the event loop, and rarely needed

        rows = segno.make_qr(address, error="m").matrix
        return cls(address, len(rows) + 2 * _QUIET, "".join(_runs(rows)))


async def async_qr_code(hass: HomeAssistant, address: str | None) -> QrCode | None:
    """Return the QR code of an address, if there is one."""
    if address is None:
        return None
    return await hass.async_add_executor_job(QrCode.of, address)


def _runs(rows: Sequence[Sequence[int]]) -> Iterator[str]:
    for y, row in enumerate(rows, start=_QUIET):
        x = _QUIET
        for is_black, run in groupby(row):
            width = len(list(run))
            if is_black:
                yield f"M{x} {y}h{width}v1h-{width}z"
            x += width
