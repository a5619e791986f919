"""Names, by which people tell doors, couriers and buildings apart."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from html import escape
from itertools import chain, count


class NameProblem(StrEnum):
    """Why a name can't be given; the translations' error keys."""

    BLANK = "name_blank"
    TAKEN = "name_taken"


def name_problem(name: str, others: Iterable[str] = ()) -> NameProblem | None:
    """Return what is wrong with a (trimmed) name beside the others, which people must tell apart."""
    if not name:
        return NameProblem.BLANK
    if name.casefold() in {other.strip().casefold() for other in others}:
        return NameProblem.TAKEN
    return None


def free_name(name: str, others: Collection[str]) -> str:
    """Return a name, trimmed and with a number if another one is the same."""
    name = name.strip()
    names = chain([name], (f"{name} ({number})" for number in count(2)))
    return next(
        each for each in names if name_problem(each, others) is not NameProblem.TAKEN
    )


def link_tags(path: str) -> dict[str, str]:
    """Return the placeholders around the words of a link.

    The front end takes a link of its own host for a page of its own, unless it is to be opened in a tab of its own;
    which only markup can say, and that no translation may hold.
    """
    return {"open": f'<a href="{escape(path)}" target="_blank">', "close": "</a>"}
