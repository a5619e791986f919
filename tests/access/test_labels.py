"""Which expected number a scanned label shows, and what alone is a parcel's number."""

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.codes import normal_code
from custom_components.courier_access.access.labels import (
    LONGEST_LABEL,
    SHORTEST,
    SHORTEST_WITHIN,
    bare_number,
    is_number,
    number_on_label,
)
from tests.support.labels import DHL, GS, SCANNED


@pytest.mark.parametrize(("scanned", "expected"), SCANNED.values(), ids=SCANNED)
def test_scanned_label_shows_the_expected_number(scanned: str, expected: str) -> None:
    others = ["", "4711", "0987654321", "P-4711 at the neighbor's"]
    bare = bare_number(expected)
    assert number_on_label(scanned, map(bare_number, [*others, expected])) == bare
    assert number_on_label(scanned, others) is None
    assert not is_number(scanned, expected)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        (f"]C1{GS}00{DHL}", f"00{DHL}"[2:]),
        (f" {GS}]C100{DHL}\r\n", DHL),
        (f"(00){DHL}", DHL),
        ("(401)4711ABC", "4711ABC"),
        # Only before 18 digits, and nothing else, it is an identifier.
        ("0034043393", "0034043393"),
        (f"00{DHL}1", f"00{DHL}1"),
        ("(4)711ABC", "4711ABC"),
        ("]4711", "4711"),
        ("C1-4711", "C14711"),
        ("", ""),
    ],
)
def test_only_what_readers_and_gs1_put_first_is_removed(text: str, bare: str) -> None:
    assert bare_number(text) == bare


@pytest.mark.parametrize(
    ("scanned", "expected", "shows"),
    [
        ("00123456789", "123456789", False),  # nine, and more
        ("]C012345678-9", "123456789", True),  # nine, and nothing else
        ("]C0123456", "123456", True),
        ("]C012345", "12345", False),
        ("0" * 30 + "1234567890", "1234567890", True),  # 40 characters
        ("]C1" + "0" * 30 + "1234567890", "1234567890", True),
        ("0" * 31 + "1234567890", "1234567890", False),
        ("]C0" + "1234567890" * 5, "1234567890" * 5, True),  # 50, and nothing else
        ("1234567890", "12345678901", False),
    ],
)
def test_number_within_a_label_has_ten_characters_and_the_label_forty(
    scanned: str, expected: str, shows: bool
) -> None:
    assert (number_on_label(scanned, [expected]) == expected) is shows


def test_longer_number_wins_and_in_doubt_none() -> None:
    label = "%0003932" + "06219912345678" + "101040"
    longer, shorter, other = "06219912345678", "0621991234", "9912345678"
    assert number_on_label(label, [shorter, longer, other]) == longer
    assert number_on_label(label, [shorter, other]) is None
    assert number_on_label(label, [shorter, shorter]) == shorter


def test_number_of_six_characters_is_a_proof_and_a_shorter_one_is_none() -> None:
    assert is_number("ab-1234", "AB1234")
    assert not is_number("ab-123", "AB123")


references = st.text(max_size=64) | st.text("0123456789", min_size=4, max_size=24)


@st.composite
def _packed(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return expected numbers, and a label into which some of them are packed."""
    expected = draw(st.lists(references, max_size=4))
    parts = draw(
        st.lists(st.sampled_from([*expected, "]C1", "(00)", "00", GS, "%"]), max_size=4)
    )
    return draw(st.text(max_size=3)).join(parts), expected


@given(_packed())
def test_number_is_a_proof_only_if_it_is_all_that_was_typed(
    packed: tuple[str, list[str]],
) -> None:
    typed, expected = packed
    for reference in expected:
        equals = normal_code(typed) == normal_code(reference)
        assert is_number(typed, reference) is (
            equals and len(normal_code(typed)) >= SHORTEST
        )


@given(_packed())
def test_number_of_a_label_is_expected_and_the_only_longest(
    packed: tuple[str, list[str]],
) -> None:
    typed, expected = packed
    numbers = [bare_number(reference) for reference in expected]
    label = bare_number(typed)
    found = {
        number
        for number in numbers
        if len(number) >= SHORTEST
        and (
            number == label
            or (
                len(number) >= SHORTEST_WITHIN
                and len(label) <= LONGEST_LABEL
                and number in label
            )
        )
    }
    longest = [n for n in found if len(n) == max(map(len, found))]
    shown = number_on_label(typed, numbers)
    assert shown == (longest[0] if len(longest) == 1 else None)


def test_label_tries_at_most_31_numbers() -> None:
    label = "".join(f"{each:02}" for each in range(20, 40))
    all_places = {label[at : at + 10] for at in range(len(label) - 9)}
    assert (len(label), len(all_places)) == (LONGEST_LABEL, 31)
    assert all(number_on_label(label, [each]) == each for each in all_places)
    assert number_on_label(f"{label}0", all_places) is None


@given(st.text(max_size=64))
def test_bare_number_is_final_form(text: str) -> None:
    assert normal_code(bare_number(text)) == bare_number(text)
