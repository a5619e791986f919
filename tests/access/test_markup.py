"""Foreign text loses or escapes what could become a link, a mention, or markup."""

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.names import (
    in_markdown,
    plain,
    without_markup,
)


@given(st.text())
def test_every_punctuation_mark_is_escaped_for_markdown(name: str) -> None:
    escaped = in_markdown(name)

    rest = iter(escaped)
    read = [next(rest) if character == "\\" else character for character in rest]
    assert "".join(read) == name
    for mark in "!*_[](){}<>`#|~:./\\":
        assert escaped.count(mark) >= name.count(mark)
        assert in_markdown(mark) == f"\\{mark}"


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("Müller & Söhne, 3. OG (links)", "Müller & Söhne, 3. OG (links)"),
        ("*Ada* _Lovelace_", r"\*Ada\* \_Lovelace\_"),
        ("<b>[x](y)", r"\<b\>\[x\](y)"),
        ("www.example.com", r"www\.example.com"),
        ("WWW.example.com", r"WWW\.example.com"),
        ("https://example.com", r"https\://example.com"),
        ("&amp; & you", r"\&amp; & you"),
        ("# 1", r"\# 1"),
        ("12. floor", r"12\. floor"),
        ("a@b", r"a\@b"),
    ],
)
def test_only_markup_is_escaped_in_text_that_is_plain_elsewhere(
    name: str, escaped: str
) -> None:
    assert without_markup(name) == escaped


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ring twice, flat 3-b", "Ring twice, flat 3-b"),
        ("https://example.com/a?b", "https example com a b"),
        ("@here *now*", "here now"),
        ("été  2\n", "été 2"),
        ("e\u0301t\u00e9", "été"),
        ("\u0939\u093f", "\u0939\u093f"),
        # Compatibility forms of a dot and a slash.
        ("example\uff0ecom\uff0fa", "example com a"),
    ],
)
def test_of_a_couriers_text_letters_marks_and_numbers_are_left(
    text: str, kept: str
) -> None:
    assert plain(text) == kept
