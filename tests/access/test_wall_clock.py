"""Two zones whose wall clocks show the same."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.courier_access.access.hours import (
    TWO_YEARS,
    same_offsets,
)

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
ZONES = (
    "UTC",
    "Etc/UTC",
    "Africa/Lagos",
    "America/New_York",
    "America/Phoenix",
    "America/Toronto",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Paris",
    "Pacific/Honolulu",
)
zones = st.sampled_from(ZONES).map(ZoneInfo)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Europe/Berlin", "Europe/Paris", True),
        ("America/New_York", "America/Toronto", True),
        ("UTC", "Etc/UTC", True),
        # The same in winter only.
        ("Europe/Berlin", "Africa/Lagos", False),
        ("Europe/London", "UTC", False),
        ("Asia/Tokyo", "Pacific/Honolulu", False),
    ],
)
def test_zones_are_the_same_if_their_clocks_never_differ(
    one: str, other: str, same: bool
) -> None:
    assert same_offsets(ZoneInfo(one), ZoneInfo(other), NOW) is same


def test_only_what_is_ahead_counts() -> None:
    """Moscow's clock was an hour ahead of Istanbul's until 2016."""
    one, other = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Istanbul")
    assert same_offsets(one, other, NOW)
    assert not same_offsets(one, other, datetime(2013, 1, 1, tzinfo=UTC))
    assert not same_offsets(one, other, datetime(2014, 12, 1, tzinfo=UTC))


@settings(deadline=None)
@given(
    one=zones,
    other=zones,
    hours=st.integers(0, TWO_YEARS // timedelta(hours=1) - 1),
)
def test_the_same_zones_show_the_same_at_each_hour(
    one: ZoneInfo, other: ZoneInfo, hours: int
) -> None:
    at = NOW + timedelta(hours=hours)
    assert same_offsets(one, one, NOW)
    assert same_offsets(one, other, NOW) == same_offsets(other, one, NOW)
    if same_offsets(one, other, NOW):
        assert at.astimezone(one).replace(tzinfo=None) == at.astimezone(other).replace(
            tzinfo=None
        )
