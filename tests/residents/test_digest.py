"""Test the times of digests on the building's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.model import Rules
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.residents.rulebook import next_digest
from tests.support.house import build, utc

PARIS = ZoneInfo("Europe/Paris")
SEVEN = 19 * 60
HALF_PAST_TWO = 2 * 60 + 30


def at(*parts: int, fold: int = 0) -> datetime:
    """Return an instant in Paris."""
    return datetime(*parts, tzinfo=PARIS, fold=fold).astimezone(UTC)  # type: ignore[arg-type, misc]  # a date's parts are few


@pytest.mark.parametrize(
    ("now", "following"),
    [
        (at(2026, 11, 24, 12, 0), at(2026, 11, 24, 19, 0)),
        (at(2026, 11, 24, 19, 0), at(2026, 11, 25, 19, 0)),
        (at(2026, 11, 24, 23, 59), at(2026, 11, 25, 19, 0)),
        (at(2026, 3, 28, 20, 0), at(2026, 3, 29, 19, 0)),
        (at(2026, 10, 24, 20, 0), at(2026, 10, 25, 19, 0)),
    ],
)
def test_digest_comes_at_same_clock_time_each_day(
    now: datetime, following: datetime
) -> None:
    assert next_digest(SEVEN, now, PARIS) == following


def test_digest_in_repeated_hour_comes_once() -> None:
    first = at(2026, 10, 25, 2, 30)

    assert next_digest(HALF_PAST_TWO, at(2026, 10, 25, 0, 0), PARIS) == first
    assert next_digest(HALF_PAST_TWO, first, PARIS) == at(2026, 10, 26, 2, 30)


def test_digest_in_skipped_hour_comes_right_after() -> None:
    assert next_digest(HALF_PAST_TWO, at(2026, 3, 29, 0, 0), PARIS) == at(
        2026, 3, 29, 3, 30
    )


async def test_digest_comes_by_the_clock_of_the_building(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(utc(2026, 11, 24, 0))
    await hass.config.async_set_time_zone("Asia/Tokyo")
    rulebook = (await build(hass)).building.rulebook
    ada = rulebook.residents["resident-ada"]

    await rulebook.change(ada, Rules(digest_at=SEVEN), Author())

    assert rulebook.digests(dt_util.utcnow()) == {ada.id: utc(2026, 11, 24, 10)}


@given(
    minute=st.integers(0, 1439),
    now=st.integers(1_577_836_800, 2_051_222_400).map(
        lambda at: datetime.fromtimestamp(at, UTC)
    ),
    zone=st.sampled_from(
        [
            "Europe/Paris",
            "America/New_York",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "UTC",
        ]
    ),
)
def test_digest_comes_within_a_day(minute: int, now: datetime, zone: str) -> None:
    following = next_digest(minute, now, ZoneInfo(zone))

    assert now < following <= now + timedelta(hours=26)
    assert (
        next_digest(minute, following - timedelta(microseconds=1), ZoneInfo(zone))
        == following
    )
