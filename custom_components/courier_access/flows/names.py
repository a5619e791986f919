"""Names, by which people tell doors, couriers and buildings apart."""

from collections.abc import Iterable
from enum import StrEnum
import re
from typing import Final

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")


class NameFault(StrEnum):
    """Why a name can't be given; the translations' error keys."""

    BLANK = "name_blank"
    TAKEN = "name_taken"


def name_fault(name: str, others: Iterable[str] = ()) -> NameFault | None:
    """Return what is wrong with a (trimmed) name beside the others, which people must tell apart."""
    if not name:
        return NameFault.BLANK
    if name.casefold() in {other.strip().casefold() for other in others}:
        return NameFault.TAKEN
    return None


def in_markdown(name: str) -> str:
    """Return a name for a step's description, which the front end renders: it reads as it was written."""
    return _PUNCTUATION.sub(r"\\\1", name)
