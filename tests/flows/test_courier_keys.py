from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from custom_components.courier_access.const import KEY_OVERLAP
from custom_components.courier_access.couriers.keys import (
    StoredKey,
    active_keys,
    first_key,
    rotated,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TURNS = st.lists(st.tuples(st.integers(0, 48 * 60), st.booleans()), max_size=6)


@given(TURNS)
def test_at_most_two_keys_are_kept_and_newest_has_no_end(
    turns: list[tuple[int, bool]],
) -> None:
    keys, now = first_key("key 0"), NOW
    for number, (minutes, overlap) in enumerate(turns, start=1):
        now += timedelta(minutes=minutes)
        newest = keys[0]["key"]
        keys = rotated(keys, f"key {number}", now, overlap=overlap)
        ends_at = (now + KEY_OVERLAP).isoformat()
        assert keys == [
            {"key": f"key {number}", "ends_at": None},
            *([{"key": newest, "ends_at": ends_at}] if overlap else []),
        ]


def test_near_end_is_not_extended() -> None:
    soon = (NOW + timedelta(hours=1)).isoformat()
    keys: list[StoredKey] = [{"key": "old", "ends_at": soon}]
    assert rotated(keys, "new", NOW, overlap=True)[1] == {"key": "old", "ends_at": soon}


def test_key_expires_at_its_end() -> None:
    keys: list[StoredKey] = [{"key": "old", "ends_at": NOW.isoformat()}]
    assert active_keys(keys, NOW - timedelta(seconds=1)) == keys
    assert active_keys(keys, NOW) == []
