"""Validate names and build link placeholders."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from html import escape
from itertools import chain, count


class NameProblem(StrEnum):
    """Problems with a name; the error keys."""

    BLANK = "name_blank"
    TAKEN = "name_taken"


def name_problem(name: str, others: Iterable[str] = ()) -> NameProblem | None:
    """Return the problem with a trimmed name, which must differ from the others."""
    if not name:
        return NameProblem.BLANK
    if name.casefold() in {other.strip().casefold() for other in others}:
        return NameProblem.TAKEN
    return None


def free_name(name: str, others: Collection[str]) -> str:
    """Return the trimmed name, numbered if it is taken."""
    name = name.strip()
    names = chain([name], (f"{name} ({number})" for number in count(2)))
    return next(
        each for each in names if name_problem(each, others) is not NameProblem.TAKEN
    )


def link_tags(path: str) -> dict[str, str]:
    """Return placeholders for a link that opens in its own tab.

    The frontend would route a link to its own host, and translations can't contain
    markup.
    """
    return {"open": f'<a href="{escape(path)}" target="_blank">', "close": "</a>"}
