"""What others wrote, in texts that mail, chat, or the front end may turn into links or markup."""

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
    """Return a name for a text that the front end renders as Markdown, so that it reads as it was written."""
    return _PUNCTUATION.sub(r"\\\1", name)


def without_markup(name: str) -> str:
    """Return a name for a text that is rendered as Markdown in one place and shown as it is in another.

    Only what would become markup or a link is escaped, so that an ordinary name reads the same in both.
    """
    return _MARKUP.sub(r"\\\g<0>", name)


def plain(text: str) -> str:
    """Return a courier's words without what makes a link, a mention, or markup anywhere.

    Compatibility forms go first: some of them read as a dot or a slash, or become one on the way.
    """
    kept = (
        character
        if character in _HARMLESS
        or unicodedata.category(character)[0] in _LETTERS_MARKS_NUMBERS
        else " "
        for character in unicodedata.normalize("NFKC", text)
    )
    return " ".join("".join(kept).split())
