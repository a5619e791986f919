"""Times read as in Home Assistant's frontend: `times.json` is also read by the panel's own tests."""

from copy import replace
from datetime import date, datetime, timedelta
import json
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.access.hours import Window, read_hours
from custom_components.courier_access.const import DRIVERS_LANGUAGES
from custom_components.courier_access.notifications.text import (
    Prefixed,
    Reader,
    drivers_texts,
    words,
    write,
)
from custom_components.courier_access.notifications.times import Times
from custom_components.courier_access.web.html import (
    PageTexts,
    drivers_page_texts,
    page_texts,
)

from .test_entry_texts import of_entry

CASES: Final[dict[str, Any]] = json.loads(
    Path(__file__).with_name("times.json").read_text("utf-8")
)
WRITTEN: Final[dict[str, dict[str, Any]]] = CASES["written"]
ZONE: Final = ZoneInfo(CASES["zone"])
NOW: Final = datetime.fromisoformat(CASES["now"])
MOMENTS: Final = [datetime.fromisoformat(each) for each in CASES["moments"]]
SPANS: Final = [
    (datetime.fromisoformat(start), datetime.fromisoformat(end))
    for start, end in CASES["spans"]
]


@pytest.fixture(autouse=True)
def now(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to(NOW)


async def times_of(hass: HomeAssistant, language: str) -> Times:
    texts = await drivers_texts(hass, language)
    return Times.now(Prefixed(texts, "notification_"), ZONE)


def window(hours: list[str]) -> Window:
    start, end = (
        int(hour) * 3600 + int(minute) * 60
        for hour, minute in (each.split(":") for each in hours)
    )
    return start, end


def test_every_language_has_its_cases() -> None:
    assert {*WRITTEN} == {*DRIVERS_LANGUAGES, "en-GB"}


@pytest.mark.parametrize("language", WRITTEN)
async def test_times_are_those_of_the_frontend(
    hass: HomeAssistant, language: str
) -> None:
    times, written = await times_of(hass, language), WRITTEN[language]

    assert [times.clock(each) for each in MOMENTS] == written["times"]
    assert [times.moment(each) for each in MOMENTS] == written["moments"]
    assert [times.span(*each) for each in SPANS] == written["spans"]


async def test_period_within_a_minute_is_that_minute(hass: HomeAssistant) -> None:
    times = await times_of(hass, "en")
    at = datetime(2026, 11, 30, 6, 10, 5, tzinfo=ZONE)
    set_back = datetime.fromisoformat("2026-10-25T00:30:00+00:00")

    assert times.span(at, at + timedelta(seconds=50)) == times.moment(at)
    assert times.span(at, at + timedelta(seconds=60)).count(":") == 2
    assert times.span(set_back, set_back + timedelta(hours=1)).count(":") == 2


@pytest.mark.parametrize(
    "language", [each for each in WRITTEN if "hours" in WRITTEN[each]]
)
async def test_hours_and_dates_are_those_of_the_panel(
    hass: HomeAssistant, language: str
) -> None:
    times, written = await times_of(hass, language), WRITTEN[language]

    assert [times.hours(window(each)) for each in CASES["hours"]] == written["hours"]
    # Residents type what a page shows.
    for each, shown in zip(CASES["hours"], written["hours"], strict=True):
        assert read_hours({"monday": shown}) == read_hours({"monday": "-".join(each)})
    assert times.hours((0, 86400)) == times.words["all_day"]
    assert times.full_date(date(2026, 11, 30)) == written["date"]


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "fr", "ar"])
async def test_page_of_drivers_and_its_pass_write_the_same(
    hass: HomeAssistant, language: str
) -> None:
    page: PageTexts = await drivers_page_texts(hass, language, ZONE)

    assert [page.moment(each) for each in MOMENTS] == WRITTEN[language]["moments"]
    assert [page.span(*each) for each in SPANS] == WRITTEN[language]["spans"]


@pytest.mark.parametrize("language", ["en", "de", "fr", "pt-BR"])
async def test_push_that_is_read_later_and_personal_page_write_the_same(
    hass: HomeAssistant, language: str
) -> None:
    texts, page = await words(hass, language), await page_texts(hass, language, ZONE)
    for at, written in zip(MOMENTS, WRITTEN[language]["moments"], strict=True):
        retried = replace(of_entry(at=at), attempts=1)
        push = write(texts, retried, "", NOW, Reader(zone=ZONE)).message
        assert f", {written}. " in push
        assert page.moment(at) == written


async def test_push_says_today_and_tomorrow_with_the_same_clock(
    hass: HomeAssistant,
) -> None:
    texts = await words(hass, "en")
    fresh = write(texts, of_entry(at=MOMENTS[0]), "", NOW, Reader(zone=ZONE)).message
    assert ", today 2:13 AM. " in fresh
    times = Times(texts, ZONE, NOW.date(), is_fresh=True)
    assert times.moment(NOW + timedelta(days=1)) == "tomorrow 1:00 PM"


async def test_english_is_written_as_home_assistants_own_english(
    hass: HomeAssistant,
) -> None:
    at = MOMENTS[1]
    assert (await times_of(hass, "en")).moment(at) == "Mon, Nov 30, 2:05 PM"
    await hass.config.async_update(language="en-GB")
    assert (await times_of(hass, "en")).moment(at) == "Mon 30 Nov, 14:05"
    page = await page_texts(hass, None, ZONE)
    assert page.moment(at) == "Mon 30 Nov, 14:05"
    assert page.language == "en"
    # Another language stays that language.
    assert (await times_of(hass, "de")).moment(at) == "Mo., 30. Nov., 14:05"


async def test_seconds_of_hours_are_written_if_there_are_any(
    hass: HomeAssistant,
) -> None:
    window = (6 * 3600 + 30 * 60 + 15, 13 * 3600)
    written = [
        (await times_of(hass, language)).hours(window) for language in ("en", "de")
    ]
    assert written == ["6:30:15 AM – 1:00 PM", "06:30:15–13:00"]  # noqa: RUF001  # dashes of times
