"""Codes have no obvious pattern, and wrong ones block a door for longer and longer."""

from datetime import UTC, datetime, timedelta
import random

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.codes import (
    ADDRESS_CODE_LENGTH,
    LETTERS,
    LONGEST_BLOCK,
    MOST_IN_A_ROW,
    MOST_WRONG,
    WITHIN,
    Tries,
    has_pattern,
    in_groups,
    new_address_code,
    new_pin,
    new_short_code,
    normal_code,
    pin_length,
)

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
seeds = st.integers(0, 10**9)


def choosing(seed: int) -> random.Random:
    return random.Random(seed)


@pytest.mark.parametrize(
    "pin",
    ["000000", "123456", "987654", "890123", "121212", "123123", "112211", "1000001"],
)
def test_pins_that_people_guess_have_a_pattern(pin: str) -> None:
    assert has_pattern(pin)


@pytest.mark.parametrize("pin", ["294017", "501946", "7302915", "60418253"])
def test_other_pins_have_none(pin: str) -> None:
    assert not has_pattern(pin)


@given(seeds, st.integers(0, 1_000))
def test_pin_has_six_to_eight_digits_and_no_pattern(seed: int, live: int) -> None:
    pin = new_pin(pin_length(live), choosing(seed).randrange)

    assert pin.isdigit()
    assert len(pin) == (6 if live < 10 else 7 if live < 100 else 8)
    # A guess at one of ten passes is as unlikely as at one of a hundred.
    assert live / 10 ** len(pin) <= 10 / 10**6
    assert not has_pattern(pin)


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


def wrong(tries: Tries, times: int, now: datetime) -> Tries:
    for _ in range(times):
        tries = tries.after_wrong(now)
    return tries


def test_ten_wrong_codes_block_for_thirty_seconds_and_then_twice_as_long() -> None:
    tries, now, lasted = Tries(), NOON, []
    while not tries.is_off:
        tries = wrong(tries, MOST_WRONG - 1, now)
        assert not tries.is_blocked(now)
        tries = tries.after_wrong(now)
        assert tries.blocked_until is not None
        lasted.append((tries.blocked_until - now).total_seconds())
        assert tries.is_blocked(tries.blocked_until - SECOND)
        now = tries.blocked_until

    assert lasted == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert tries.in_a_row == MOST_IN_A_ROW


def test_wrong_codes_of_earlier_are_forgotten_but_counted_in_a_row() -> None:
    tries, now = Tries(), NOON
    for _ in range(MOST_IN_A_ROW - 1):
        tries = tries.after_wrong(now)
        assert not tries.is_blocked(now)
        now += WITHIN / (MOST_WRONG - 1)

    assert tries.after_wrong(now).is_blocked(now + 10 * LONGEST_BLOCK)


@given(
    st.lists(st.integers(0, 3_600), max_size=120),
    st.integers(0, 40_000),
)
def test_a_block_ends_within_the_hour_unless_codes_are_off(
    pauses: list[int], later: int
) -> None:
    tries, now = Tries(), NOON
    for pause in pauses:
        now += timedelta(seconds=pause)
        if not tries.is_blocked(now):
            tries = tries.after_wrong(now)
        assert len(tries.recent) < MOST_WRONG

    if not tries.is_off:
        assert not tries.is_blocked(now + LONGEST_BLOCK + timedelta(seconds=later))
        # A clock that was set back far doesn't prolong it, either.
        assert not tries.is_blocked(now - timedelta(days=1))
