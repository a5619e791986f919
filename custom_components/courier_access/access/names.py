"""Compare names as people read them, refuse those that mix scripts, and escape them."""

from collections.abc import Callable, Collection, Iterable
from functools import cache
import re
from typing import Final
import unicodedata

from .model import Courier, normal_unit

# Letters that look like a Latin one, at least as capitals (Unicode Technical Standard 39,
# confusables.txt), after case folding.
_LOOKALIKES: Final = str.maketrans(
    "авекмнорстухіјѕһԁԛԝӏ" + "αβεζηικμνορτυχϳ" + "\u0131",
    "abekmhopctyxijshdqwl" + "abezhikmnoptyxj" + "i",
)
_EAST_ASIAN: Final = frozenset({"BOPOMOFO", "CJK", "HANGUL", "HIRAGANA", "KATAKANA"})
"""Scripts that are written together in one word."""

# Letters and marks that nothing is drawn for (Default_Ignorable_Code_Point).
_INVISIBLE: Final = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810)))
) | frozenset(map(chr, (0x3164, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_SPACES: Final = frozenset("ZC")
_SPACES_AND_PUNCTUATION: Final = frozenset("ZCPS")
"""Symbols, such as + and ®, too."""
_ACCENTS: Final = frozenset(map(chr, range(0x0300, 0x0370)))
"""Marks that are combined with letters of European scripts."""


def folded_name(name: str) -> str:
    """Return the form in which couriers' names are compared.

    It has no case, spaces, punctuation, or symbols, and a lookalike counts as the Latin letter.
    """
    return _folded(name, _SPACES_AND_PUNCTUATION)


def couriers_by_carrier(
    couriers: Iterable[Courier],
) -> Callable[[str], Courier | None]:
    """Return a function that finds the courier that a carrier's name means.

    It returns None unless it is exactly one courier: it has that name, or if none has,
    its name and the carrier's begin with the same words and one of them ends there, such
    as DHL and DHL Parcel Polska. Accents don't count. Lists are long, and repeat few
    carriers: each one is compared once.
    """
    words = {courier: _words(courier.name) for courier in couriers}

    @cache
    def find(name: str) -> Courier | None:
        carrier = _words(name)
        same = [
            courier
            for courier, its in words.items()
            if "".join(its) == "".join(carrier)
        ]
        alike = [
            courier for courier, its in words.items() if _begins_alike(its, carrier)
        ]
        found = same or alike
        return found[0] if carrier and len(found) == 1 else None

    return find


def _begins_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and one[:shorter] == other[:shorter]


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a courier's or a carrier's name, without accents."""
    decomposed = unicodedata.normalize("NFKD", name)
    plain_letters = "".join(each for each in decomposed if each not in _ACCENTS)
    return tuple(filter(None, map(folded_name, _split(plain_letters))))


def spaceless_name(name: str) -> str:
    """Return the form in which homes' names are compared.

    It keeps punctuation: 1-11 and 11-1 are two homes.
    """
    return _folded(name, _SPACES)


def one_line(text: str) -> str:
    """Return a person's text as one line that can't reorder or hide other text.

    Line breaks become spaces. Controls and what nothing is drawn for are removed.
    """
    return " ".join(_without(" ".join(text.split()), frozenset("C")).split())


def mixes_scripts(name: str) -> bool:
    """Return whether a word of the name has letters of more than one script.

    It is the single-script test of Unicode Technical Standard 39, with the scripts' names
    as the names of the letters give them.
    """
    visible = _without(unicodedata.normalize("NFKC", name), frozenset("C"))
    return any(len(_scripts(word)) > 1 for word in _split(visible))


def homes_alike(names: Collection[str]) -> list[str]:
    """Return the names of homes that people can't tell apart, or that mix scripts."""
    by_look: dict[str, set[str]] = {}
    for name in names:
        by_look.setdefault(spaceless_name(name), set()).add(normal_unit(name))
    return sorted(
        name
        for name in set(names)
        if mixes_scripts(name) or len(by_look[spaceless_name(name)]) > 1
    )


def _folded(name: str, dropped: frozenset[str]) -> str:
    """Fold a name until nothing changes: folding can compose new letters."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_LOOKALIKES)
    folded = unicodedata.normalize("NFKC", _without(folded, dropped))
    return folded if folded == name else _folded(folded, dropped)


def _without(name: str, dropped: frozenset[str]) -> str:
    return "".join(
        each
        for each in name
        if each not in _INVISIBLE and unicodedata.category(each)[0] not in dropped
    )


def _split(name: str) -> list[str]:
    return "".join(
        " " if unicodedata.category(each)[0] in _SPACES_AND_PUNCTUATION else each
        for each in name
    ).split()


def _scripts(word: str) -> set[str]:
    """Return the scripts of a word's letters; modifier letters belong to any."""
    names = (
        unicodedata.name(each, "").partition(" ")[0]
        for each in word
        if unicodedata.category(each) in {"Lu", "Ll", "Lt", "Lo"}
    )
    return {"CJK" if script in _EAST_ASIAN else script for script in names}


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


def fit(name: str, longest: int) -> str:
    """Return a name with printable characters only, at most so long, and never empty."""
    printable = "".join(each if each.isprintable() else " " for each in name)
    return printable.strip()[:longest].rstrip() or "-"


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
