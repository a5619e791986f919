"""A courier's keys as one value, and their form in the courier's data."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from custom_components.courier_access.const import KEY_OVERLAP
from custom_components.courier_access.couriers.keys import CourierKey, CourierKeys

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TURNS = st.lists(st.tuples(st.integers(0, 48 * 60), st.booleans()), max_size=6)


@given(TURNS)
def test_at_most_two_keys_are_kept_and_newest_has_no_end(
    turns: list[tuple[int, bool]],
) -> None:
    keys, now = CourierKeys((CourierKey("key 0"),)), NOW
    for number, (minutes, overlap) in enumerate(turns, start=1):
        now += timedelta(minutes=minutes)
        old = CourierKey(f"key {number - 1}", now + KEY_OVERLAP)
        keys = keys.rotate(f"key {number}", now, overlap=overlap)
        assert keys.newest == CourierKey(f"key {number}")
        assert keys.old == (old if overlap else None)
        assert len(keys.newest_first) == 1 + overlap
        assert CourierKeys.read(keys.to_data()) == keys


def test_stored_form_is_kept() -> None:
    data = {
        "keys": [
            {"key": "new", "ends_at": None},
            {"key": "old", "ends_at": "2026-11-25T12:00:00.000001+00:00"},
        ]
    }
    assert CourierKeys.read(data | {"webhook_id": "some"}).to_data() == data


def test_near_end_is_not_extended() -> None:
    ending = CourierKey("old", NOW + timedelta(hours=1))
    assert CourierKeys((ending,)).rotate("new", NOW, overlap=True).old == ending


def test_ended_key_is_not_kept_by_rotating() -> None:
    ended = CourierKeys((CourierKey("old", NOW),))
    assert ended.rotate("new", NOW, overlap=True).old is None


def test_key_expires_at_its_end() -> None:
    keys = CourierKeys((CourierKey("old", NOW),))
    assert keys.active(NOW - timedelta(seconds=1)) == keys
    assert keys.active(NOW) == CourierKeys()


def test_courier_without_keys_gets_its_first_by_rotating() -> None:
    nothing = CourierKeys.read(CourierKeys().to_data())
    assert (nothing.newest, nothing.old, nothing.parse()) == (None, None, ())
    assert nothing.active(NOW) == nothing.end_old() == nothing
    first = nothing.rotate("first", NOW, overlap=True)
    assert first == CourierKeys((CourierKey("first"),))


def test_printed_keys_hide_their_text() -> None:
    secret = "whsec_" + "A" * 32
    keys = CourierKeys((CourierKey(secret),))
    assert secret not in f"{keys} {keys!r} {keys.newest} {keys.parse()}"
