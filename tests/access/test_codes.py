"""Codes have no obvious pattern, and only so many wrong ones are taken."""

from datetime import UTC, datetime, timedelta
import random

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.codes import (
    ADDRESS_CODE_LENGTH,
    LETTERS,
    MOST_WRONG,
    WITHIN,
    Tries,
    WrongLately,
    has_pattern,
    in_groups,
    most_wrong,
    new_address_code,
    new_pin,
    new_short_code,
    normal_code,
    pin_length,
)

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
seeds = st.integers(0, 10**9)


def choosing(seed: int) -> random.Random:
    return random.Random(seed)


@pytest.mark.parametrize(
    "pin",
    [
        *("000000", "123456", "987654", "890123", "121212", "123123", "112211"),
        *("1000001", "11222122", "48199184"),
    ],
)
def test_pins_that_people_guess_have_a_pattern(pin: str) -> None:
    assert has_pattern(pin)


@pytest.mark.parametrize(
    "pin", ["294017", "501946", "7302915", "60418253", "12133211", "48193481"]
)
def test_other_pins_have_none(pin: str) -> None:
    assert not has_pattern(pin)


@given(seeds, st.integers(0, 1_000))
def test_pin_has_digits_and_no_pattern(seed: int, live: int) -> None:
    pin = new_pin(pin_length(live), choosing(seed).randrange)

    assert pin.isdigit()
    assert len(pin) == pin_length(live)
    assert not has_pattern(pin)


def test_pin_with_a_pattern_is_drawn_again() -> None:
    digits = iter([1, 2, 3, 4, 5, 6, 7, 8, 4, 8, 1, 9, 3, 0, 2, 7])
    assert new_pin(8, lambda _: next(digits)) == "48193027"


@given(seeds)
def test_short_code_is_read_in_one_way(seed: int) -> None:
    code = new_short_code(choosing(seed).randrange)

    assert set(code) <= set(LETTERS)
    assert not set(code) & set("0O1IL")
    assert len(code) == 8
    assert not code.isdigit()
    assert in_groups(code) == f"{code[:4]}-{code[4:]}"


def test_short_code_of_digits_alone_is_drawn_again() -> None:
    drawn = iter([*[0] * 8, *[20] * 8])

    assert new_short_code(lambda _: next(drawn)) == LETTERS[20] * 8


@given(seeds)
def test_address_code_has_eight_digits(seed: int) -> None:
    code = new_address_code(choosing(seed).randrange)

    assert code.isdigit()
    assert len(code) == ADDRESS_CODE_LENGTH


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        (" 7k4m-q2xd ", "7K4MQ2XD"),
        ("7K4M Q2XD", "7K4MQ2XD"),
        ("\uff12\uff19\uff14\uff10\uff11\uff17", "294017"),
        ("#*-", ""),
    ],
)
def test_codes_are_compared_without_case_and_spaces(typed: str, compared: str) -> None:
    assert normal_code(typed) == compared


@given(st.text(max_size=40))
def test_comparing_form_is_final(typed: str) -> None:
    assert normal_code(normal_code(typed)) == normal_code(typed)


def test_pin_is_as_long_as_it_takes_beside_other_codes() -> None:
    assert [pin_length(live) for live in (0, 49, 50, 499, 500)] == [8, 8, 9, 9, 10]


@pytest.mark.parametrize(
    ("lengths", "at_pages", "at_keypads"),
    [
        ((), 18_000, 2_000),
        ((8,), 18_000, 2_000),
        ((8,) * 50, 9_000, 1_000),
        ((8,) * 100, 4_500, 500),
        ((8,) * 50 + (9,) * 50, 8_181, 909),
        ((6,), 4_500, 500),
    ],
)
def test_number_of_a_day_keeps_the_chance_to_hit_any_code_at_half_a_percent(
    lengths: tuple[int, ...], at_pages: int, at_keypads: int
) -> None:
    assert most_wrong(lengths, at_keypad=False) == at_pages
    assert most_wrong(lengths, at_keypad=True) == at_keypads
    chance = sum(10**-length for length in lengths) * (at_pages + at_keypads)
    assert chance <= 0.005000001


def test_wrong_codes_count_for_a_day_at_pages_and_keypads_apart() -> None:
    tries = Tries()
    for hour in range(12):
        now = NOON + timedelta(hours=hour)
        for _ in range(3):
            tries = tries.after_wrong(now, at_keypad=False)
        tries = tries.after_wrong(now, at_keypad=True)
    assert tries.wrong(now, at_keypad=False) == 36
    assert tries.wrong(now, at_keypad=True) == 12

    a_day_later = NOON + timedelta(days=1)
    assert tries.wrong(a_day_later, at_keypad=False) == 36
    assert tries.wrong(a_day_later + timedelta(hours=1), at_keypad=False) == 33
    assert tries.wrong(now + timedelta(days=2), at_keypad=True) == 0
    # A clock that is set back a little forgives nothing, and a lot prolongs nothing.
    assert tries.wrong(NOON - timedelta(hours=1), at_keypad=False) == 36
    assert tries.wrong(NOON - timedelta(days=3), at_keypad=False) == 0
    later = tries.after_wrong(now + timedelta(days=3), at_keypad=True)
    assert list(later.hours.values()) == [(0, 1)]


def test_wrong_codes_are_kept_by_the_hour() -> None:
    tries = Tries().after_wrong(NOON, at_keypad=False)
    tries = tries.after_wrong(NOON + 59 * MINUTE, at_keypad=False)
    assert list(tries.hours.values()) == [(2, 0)]


def test_somebody_is_notified_once_a_day() -> None:
    tries = Tries(notified_at=NOON)
    assert not Tries().is_notified(NOON)
    assert tries.is_notified(NOON + timedelta(hours=23))
    assert not tries.is_notified(NOON + timedelta(days=1))


class TestWrongLately:
    def test_five_within_ten_minutes_block_for_ten(self) -> None:
        lately, now = WrongLately(most=9), NOON
        for _ in range(MOST_WRONG):
            assert lately.blocked_until("n", now) is None
            lately.count("n", now)
            now += MINUTE
        blocked = now - MINUTE + WITHIN
        assert lately.blocked_until("n", now) == blocked
        assert lately.blocked_until("n", blocked - MINUTE / 2) == blocked
        assert lately.blocked_until("n", blocked) is None
        assert lately.blocked_until("other", now) is None
        # A clock that was set back doesn't prolong it.
        for back in (NOON - MINUTE, NOON + 1.5 * MINUTE, NOON + 3.5 * MINUTE):
            assert lately.blocked_until("n", back) is None

    def test_fewer_within_ten_minutes_block_nobody(self) -> None:
        lately = WrongLately(most=9)
        for number in range(40):
            now = NOON + number * 2.5 * MINUTE
            assert lately.blocked_until("n", now) is None
            lately.count("n", now)

    def test_only_the_latest_are_remembered(self) -> None:
        lately = WrongLately(most=2)
        for who in ("a", "b", "c"):
            for _ in range(MOST_WRONG):
                lately.count(who, NOON)
        assert len(lately) == 2
        assert lately.blocked_until("a", NOON) is None
        assert lately.blocked_until("c", NOON) is not None
