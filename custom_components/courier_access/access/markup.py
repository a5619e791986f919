"""Escape foreign text for places that may turn it into links or markup."""

import re
from typing import Final
import unicodedata

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_MARKUP: Final = re.compile(
    r"[\\`*_\[\]<>~|@]|&(?=#?\w+;)|(?<=www)\.|:(?=//)|^[#+-]"
    r"|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d\d\d)[.)]",
    re.IGNORECASE,
)
_LETTERS_MARKS_NUMBERS: Final = frozenset("LMN")
_HARMLESS: Final = frozenset("-,")


def in_markdown(name: str) -> str:
    """Escape a name for text that the front end renders as Markdown."""
    return _PUNCTUATION.sub(r"\\\1", name)


def without_markup(name: str) -> str:
    """Escape a name for text that is Markdown in one place and plain in another.

    Only markup and links are escaped, so ordinary names read the same in both.
    """
    return _MARKUP.sub(r"\\\g<0>", name)


def plain(text: str) -> str:
    """Remove everything from a courier's text that makes a link, a mention, or markup.

    Compatibility forms go first: some read as a dot or a slash, or become one later.
    """
    kept = (
        character
        if character in _HARMLESS
        or unicodedata.category(character)[0] in _LETTERS_MARKS_NUMBERS
        else " "
        for character in unicodedata.normalize("NFKC", text)
    )
    return " ".join("".join(kept).split())
